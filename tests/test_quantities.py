"""Quantities: every rule on its own examples, and attendance."""

from __future__ import annotations

import pytest

from kg import lexicon
from kg.extract import dates, quantities
from kg.extract.draft import Draft
from kg.extract.numerals import integer, number
from kg.model import Article, Context, Mention, Quantity
from kg.rules import Rule, load_rules
from kg.rules.fold import fold

RULES = list(load_rules("quantity"))


def draft(text: str, mentions: tuple[Mention, ...] = ()) -> Draft:
    article = Article("t", "a1", "", (), text, fold(text), range(len(text)), (0, len(text)))
    made = Draft(article, Context())
    made.add(mentions)
    dates.find(made)
    quantities.find(made)
    return made


def show(q: Quantity) -> str:
    return f"{q.value:.12g}{q.unit}{'' if q.comparator == '=' else q.comparator}"


def found(text: str, rule: str = "", mentions: tuple[Mention, ...] = ()) -> list[str]:
    d = draft(text, mentions)
    return [show(m.value) for m in d.of("quantity") if isinstance(m.value, Quantity) and rule in ("", m.rule)]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_examples(rule: Rule) -> None:
    for example in rule.examples:
        text = str(example["text"])
        if "counts" in rule.result:
            counted = quantities.attendance(draft(text), 0, len(text))
            assert counted is not None, (rule.name, text)
            assert [show(counted[0])] == example["finds"], (rule.name, text)
        else:
            assert found(text, rule.name) == example["finds"], (rule.name, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_rejects(rule: Rule) -> None:
    for text in rule.rejects:
        if "counts" in rule.result:
            d = draft(text)
            tagged = d.layer("quantity")
            assert not rule.pattern.search(tagged.text), (rule.name, text)
        else:
            assert found(text, rule.name) == [], (rule.name, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十二", 12), ("两", 2), ("一百二十", 120), ("一百二", 120), ("一百零二", 102), ("八千", 8000), ("百", 100),
        ("三万五千", 35000), ("一万二", 12000), ("二〇二一", 2021), ("8,000", 8000), ("1.2万", 12000), ("二十三", 23),
        ("一亿三千万", 130_000_000), ("十", 10),
    ],
)  # fmt: skip
def test_numerals(text: str, value: int) -> None:
    assert integer(text) == value


def test_no_numerals() -> None:
    assert number("") is None
    assert number("区长") is None
    assert integer("1.5") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # seeds/003
        (
            "对全区283所学校、14万余名师生及家长开展拉网式排查",
            ["283所", "140000名>"],
        ),
        (
            "筹集消毒湿巾1000包、抗菌洗手液600瓶、含氯消毒片25万片、一次性口罩8000个、消毒液200桶等物资",
            ["1000包", "600瓶", "250000片", "8000个", "200桶"],
        ),
        # seeds/000
        ("18个镇办、5个公安分局，16个治安中队长共42人参加", ["18个", "5个", "16个", "42人"]),
        # seeds/004
        ("开展志愿服务活动1800余次，参与志愿者和社工达24000余人次", ["1800次>", "24000人次>"]),
        # a slogan and a name count nothing
        ("助力“三个二七”建设，落实“一领四单、五联共治”", []),
        ("到政通路53号院、12345热线办公室", []),
        ("打造“四个一”机制", []),
        ("加快在二七部署5G站点，按照统一部署，抓好八五普法", []),
    ],
)
def test_stretches_of_pages(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_people_are_told_apart() -> None:
    d = draft("80余家企业代表共500余人参加，居民满意度98%，第三批20户")
    assert [(m.text, m.subkind) for m in d.of("quantity")] == [
        ("80余家", ""),
        ("500余人", "people"),
        ("98%", "share"),
        ("第三批", "ordinal"),
        ("20户", ""),
    ]


def test_names_hold_no_quantities() -> None:
    text = "来到三个人小区察看"
    place = Mention("place", 2, 7, "三个人小区", "三个人小区", "names", "compound")
    assert found(text, mentions=(place,)) == []


@pytest.mark.parametrize(
    ("text", "count", "counted"),
    [
        # seeds/000
        (
            "全区副县级以上领导、区直单位负责人以及各镇（街道）副科级以上干部、社区（村）书记、主任等800多人参加会议。",
            "800人>",
            "副县级以上领导、区直单位负责人以及各镇（街道）副科级以上干部、社区（村）书记、主任",
        ),
        # seeds/001
        (
            "二七区召开推进会，辖区80余家区直部门、各镇办（管委会）、文明单位代表、企业代表共500余人参加。",
            "500人>",
            "辖区80余家区直部门、各镇办（管委会）、文明单位代表、企业代表",
        ),
        # tests/gold/dev: huanggu, shinan, xian_gaoxin
        ("为居民作专题讲座，80余名社区居民到场聆听。", "80名>", "社区居民"),
        ("来自机关、街道的130名学员参加开班式。", "130名", "学员"),
        ("大会以“现场+视频”方式举行，共580人参加会议。", "580人", ""),
    ],
)
def test_attendance(text: str, count: str, counted: str) -> None:
    got = quantities.attendance(draft(text), 0, len(text))
    assert got is not None
    assert (show(got[0]), got[1]) == (count, counted)


@pytest.mark.parametrize(
    "text",
    [
        "20余家企业代表参加活动。",  # firms, not people
        "学校将选派50名骨干教师到皇姑区挂职任教。",
        "区领导陈红民、苏建设等参加。",
        "县长方远主持会议，李立等4位副县长参加。",
        "",
    ],
)
def test_no_attendance(text: str) -> None:
    assert quantities.attendance(draft(text), 0, len(text)) is None


def test_attendance_keeps_to_its_stretch() -> None:
    text = "共42人参加。次日，100人参加。"
    d = draft(text)
    assert quantities.attendance(d, 7, len(text)) == (Quantity(100.0, "人"), "")
    assert quantities.attendance(d, 0, 7) == (Quantity(42.0, "人"), "")


def test_lists_have_known_roles() -> None:
    roles = {r for row in lexicon.load("measures") for r in row["role"].split(",")}
    assert roles == {"people", "times", "thing", "money", "area", "length", "weight", "time", "age", "share"}
    roles = {r for row in lexicon.load("deeds") for r in row["role"].split(",")}
    assert roles == {"deed", "finish", "reach", "extent", "attend", "plan", "demand", "done", "underway", "enumerate"}
