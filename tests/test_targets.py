"""Targets: every rule on its own examples, and what the pages promise and report."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import dates, quantities, targets
from kg.extract.draft import Draft
from kg.model import Article, Context, Jurisdiction, Mention, Ref, Target
from kg.rules import Rule, load_rules
from kg.rules.fold import fold

RULES = list(load_rules("target"))
HOME = Context(year=2020, year_basis="printed", jurisdiction=Jurisdiction("河南省", "郑州市", "二七区"))


def read(text: str, context: Context = HOME, mentions: tuple[Mention, ...] = ()) -> Draft:
    article = Article("t", "a1", "", (), text, fold(text), range(len(text)), (0, len(text)))
    made = Draft(article, context)
    made.add(mentions)
    dates.find(made)
    quantities.find(made)
    targets.find(made)
    return made


def found(text: str, context: Context = HOME) -> list[Target]:
    return [f for f in read(text, context).facts if isinstance(f, Target)]


def show(t: Target) -> str:
    number = f"{t.quantity.value:.12g}{t.quantity.unit}" if t.quantity else ""
    return f"{t.what}|{number}|{t.deadline.edtf if t.deadline else ''}"


def figures(text: str, context: Context = HOME) -> list[tuple[str, str]]:
    """(quantity, deadline) of each target."""
    return [tuple(show(t).split("|")[1:]) for t in found(text, context)]  # type: ignore[misc]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_examples(rule: Rule) -> None:
    for example in rule.examples:
        text = str(example["text"])
        assert sorted(map(show, found(text))) == sorted(example["finds"]), (rule.name, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_rejects(rule: Rule) -> None:
    for text in rule.rejects:
        d = read(text)
        tagged = d.layer("quantity", "date", "document", "person")
        assert not rule.pattern.search(tagged.text), (rule.name, text)


# ---------------------------------------------------------------- what the pages promise and report

SEEDS = Path(__file__).parents[1] / "seeds"


def lines(page: str, first: int, last: int) -> str:
    """Lines of a seed page (1-based, inclusive), unwrapped."""
    raw = next(SEEDS.glob(f"{page}_*.txt")).read_text("utf-8").split("\n")[first - 1 : last]
    return "".join("".join(line.split()) if line.strip() else "" for line in raw)


def line_of(page: str, phrase: str) -> int:
    raw = next(SEEDS.glob(f"{page}_*.txt")).read_text("utf-8").split("\n")
    return next(i for i, line in enumerate(raw, 1) if phrase in line)


def stretch(page: str, first: str, last: str) -> str:
    return lines(page, line_of(page, first), line_of(page, last))


@pytest.mark.parametrize(
    ("page", "first", "last", "year", "expected"),
    [
        (
            "000", "本报讯 城市管理没有旁观者", "任单位，限期整改", 2019,
            [("3个", "2019-07-20"), ("1个", "2019-07-20")],
        ),
        ("000", "常委、政法委书记雍明轩带队到人和", "满意度。记者", 2019, [("", "2019-07-30")]),
        (
            "002", "本报讯 9月 19日上午，记者从二七", "有机更新。", 2019,
            [("15个", ""), ("298个", ""), ("10个", ""), ("39个", "")],
        ),
        # of the two sentences that tell the two months, gold has one as certain and one as optional
        ("002", "本报讯 9月 17日", "式，让城市更美丽更宜居", 2019, [("2个月", ""), ("2个月", "")]),
        (
            "003", "本报讯 为确保全区各级各类学校", "把好学生入学关口", 2020,
            [("283所", ""), ("140000名", ""), ("1000包", ""), ("600瓶", ""), ("250000片", ""), ("8000个", ""), ("200桶", "")],
        ),
        (
            "003", "本报讯 4月11日上午", "了解存在的问题并进行研判", 2020,
            [("467个", "2021-06-30"), ("264个", "2020-12-31"), ("203个", "2021-06-30")],
        ),
        ("003", "本报讯 4月12日,二七区", "专项整治行动攻坚战。记者", 2020, [("1个", "")]),
        ("000", "本报讯 6月 26日，二七区召开", "劲推动工作落实", 2019, []),
        ("001", "本报讯 11月 18日", "关于全国文明城市创建工作", 2019, []),
        ("001", "本报讯 11月 22日", "素养。", 2019, []),
        ("003", "本报讯 4月9日,二七区召开2020年", "良好氛围", 2020, []),
        ("003", "本报讯 4月8日上午", "政法队伍建设。", 2020, []),
    ],
)  # fmt: skip
def test_targets_of_the_seeds(page: str, first: str, last: str, year: int, expected: list[tuple[str, str]]) -> None:
    context = Context(year=year, year_basis="printed", jurisdiction=HOME.jurisdiction)
    assert figures(stretch(page, first, last), context) == expected


def test_parts_and_comparators() -> None:
    whole, first, second = found(stretch("003", "本报讯 4月11日上午", "了解存在的问题并进行研判"))
    assert (whole.part_of, first.part_of, second.part_of) == ("", whole.what, whole.what)
    spots, roads = found("7月20日之前，在全区层面要打造3个以上的观摩亮点，每个街道要打造1个以上的亮点路段")
    assert spots.quantity is not None and spots.quantity.comparator == ">="
    assert (roads.scope, spots.scope) == ("每个街道", "")
    assert roads.quantity is not None and roads.quantity.scope == "每个街道"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("全区已储备融雪剂3200吨", "done"),
        ("据悉，目前区里着重对15个小区进行改造升级", "underway"),
        ("学校将选派50名骨干教师", "planned"),
        ("要在年底前完成120栋历史建筑修缮", "demanded"),
        ("主要依靠群众，清理垃圾70吨", "done"),
        ("项目建成后年产值可达20亿元", "planned"),
        ("可带动就业800余人", "planned"),
        ("城镇新增就业完成年度目标的90.4%", "done"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert [t.modality for t in found(text)] == [modality]


def test_who_and_for_what() -> None:
    text = "区城管局已拆除违建120处，推进市容提升行动"
    body = Mention("body", 0, 4, "区城管局", "区城管局", "names", "government")
    plan = Mention("initiative", 16, 22, "市容提升行动", "市容提升行动", "initiatives", "campaign")
    (target,) = [f for f in read(text, mentions=(body, plan)).facts if isinstance(f, Target)]
    assert target.by == Ref("body", "区城管局")
    assert target.initiative == "市容提升行动"
    assert text[target.evidence.start : target.evidence.end] == "区城管局已拆除违建120处"
    (target,) = found("全区将新建公园12个")
    assert target.by == Ref("jurisdiction", "二七区")
    town = Mention("place", 1, 5, "磨子潭镇", "磨子潭镇", "names", "street")
    (target,) = [
        f for f in read("到磨子潭镇巡河。目前，该镇已建成污水设施9座", mentions=(town,)).facts if isinstance(f, Target)
    ]
    assert target.by == Ref("body", "磨子潭镇")  # who answers for something is a body, though it was visited as a place


def test_a_far_initiative_needs_words_in_common() -> None:
    text = "推进老旧小区改造。\n区里已清理垃圾70吨"
    plan = Mention("initiative", 2, 8, "老旧小区改造", "老旧小区改造", "initiatives", "campaign")
    (target,) = [f for f in read(text, mentions=(plan,)).facts if isinstance(f, Target)]
    assert target.initiative == ""
    text = "推进老旧小区改造。\n区里已改造小区70个"
    (target,) = [f for f in read(text, mentions=(plan,)).facts if isinstance(f, Target)]
    assert target.initiative == "老旧小区改造"


@pytest.mark.parametrize(
    "text",
    [
        "全区18个单位主要负责人、各镇街河长共计86人参加会议。",
        "副区长方正等4位区领导出席，会议历时2个小时。",
        "审议通过了3个文件，研究了5项议题。",
        "该社区有居民3200户、9800人，是一个典型的老旧社区。",
        "“我今年58岁了，在这里住了三十多年。”村民王大爷说。",
        "本次大赛设一等奖1名、二等奖3名、三等奖5名。",
        "环卫工人每天凌晨4点上岗，一干就是10年。",
        "要做到“三个到位”，抓好四个重点，突出五项举措。",
        "先后来到3家企业、2个社区，实地察看复工复产情况。",
        "严格落实24小时值班备勤制度。",
        "遇到可疑情况请拨打110。",
    ],
)
def test_no_targets(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全区共排查隐患点132处，已整改到位118处，剩余14处将于5月底前整改完毕。",
            [("132处", ""), ("118处", ""), ("14处", "2020-05-31")],
        ),
        ("到“十四五”末，森林覆盖率达到45%，建成森林乡村20个。", [("45%", "2025-12-31"), ("20个", "2025-12-31")]),
        ("首批3000套人才公寓已交付，第二批2000套将于明年6月交付使用。", [("3000套", ""), ("2000套", "2021-06")]),
        (
            "累计投入资金3.2亿元，惠及8个乡镇、42个行政村、1.3万户群众。",
            [("320000000元", ""), ("8个", ""), ("42个", ""), ("13000户", "")],
        ),
        ("抽查餐饮单位6家，发现问题11个，当场整改4个。", [("6家", ""), ("11个", ""), ("4个", "")]),
        ("3月底前，全面完成村级换届选举；4月15日前，完成干部轮训。", [("", "2020-03-31"), ("", "2020-04-15")]),
        ("会上部署2020年工作，要求新建公园6个。", [("6个", "")]),
        ("2020年，全区将新建公园6个。", [("6个", "2020-12-31")]),
        ("印发《2020年工作要点》，要求新建公园6个。", [("6个", "")]),
        ("要加快推进太平园中二路等5条断头路建设，确保今年9月底前全部建成通车。", [("5条", "2020-09-30")]),
    ],
)
def test_other_provinces(text: str, expected: list[tuple[str, str]]) -> None:
    assert figures(text) == expected


def test_a_list_without_end_is_read_to_its_end() -> None:
    text = "要" + "完成小区5个、" * 1000
    assert len([f for f in read(text).facts if isinstance(f, Target)]) == 1000


def test_one_term_for_all_that_was_told_before() -> None:
    text = "今年将新增学位1080个，改造老旧小区31个，所有项目须于11月30日前全面完成。"
    assert figures(text) == [("1080个", "2020-11-30"), ("31个", "2020-11-30")]


def test_what_comes_of_a_project_has_no_term_of_its_own() -> None:
    text = "项目计划2021年3月底前建成投产，可提供就业岗位1500个。"
    assert figures(text) == [("", "2021-03-31"), ("1500个", "")]


def test_going_somewhere_is_no_figure() -> None:
    assert figures("李明先后来到4家企业、2个社区。") == []
    assert figures("全村共有320户。") == []


def test_a_member_of_a_list_with_its_own_verb_says_it_alone() -> None:
    assert [t.what for t in found("更新党员信息13条、新发现党员3名，打造亮点路段2条、公园3个。")] == [
        "更新党员信息",
        "新发现党员",
        "打造亮点路段",
        "打造公园",
    ]
