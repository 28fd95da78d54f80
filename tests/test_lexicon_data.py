"""The big word lists as data: format, keys, references, and rows that anyone can look up."""

import gzip
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import kg.lexicon
from kg.lexicon import load

FOLDER = Path(kg.lexicon.__file__).parent
COLUMNS = {
    "divisions": ("code", "name", "level"),
    "surnames": ("surname", "kind", "frequency", "word"),
    "departments": ("stem", "system", "suffixes", "full", "note"),
    "eras": ("phrase", "from", "until", "note"),
    "names": ("char", "rank"),
    "notnames": ("word", "ambiguous", "note"),
}
# What each list held when it was written, rounded down: a list that shrinks below has lost rows.
AT_LEAST = {
    "divisions": 52_000,
    "surnames": 650,
    "departments": 1_300,
    "eras": 200,
    "names": 1_400,
    "notnames": 5_500,
}


def lines(name: str) -> list[str]:
    path = FOLDER / f"{name}.tsv"
    data = path.read_bytes() if path.is_file() else gzip.decompress((FOLDER / f"{name}.tsv.gz").read_bytes())
    text = data.decode("utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    return text[:-1].split("\n")


@pytest.mark.parametrize("name", COLUMNS)
def test_format(name: str) -> None:
    """Comments first, then the column names, then one row an entry, sorted by its key."""
    table = lines(name)
    comments = [line for line in table if line.startswith("#")]
    assert table[: len(comments)] == comments
    assert [c.split(":")[0] for c in comments[:3]] == ["# title", "# source", "# licence"]
    assert {c.split(":")[0] for c in comments[3:]} == {"# note"}
    head, *rows = table[len(comments) :]
    assert tuple(head.split("\t")) == COLUMNS[name]
    for row in rows:
        cells = row.split("\t")
        assert len(cells) == len(COLUMNS[name]), row
        assert cells[0], row
        assert all(cell == cell.strip() for cell in cells), row
    keys = [row.split("\t")[0] for row in rows]
    assert [k for k, n in Counter(keys).items() if n > 1] == []
    assert keys == sorted(keys)
    assert len(rows) >= AT_LEAST[name]


@pytest.mark.parametrize("name", COLUMNS)
def test_the_loader_reads_it(name: str) -> None:
    assert load(name).columns == COLUMNS[name]
    assert len(load(name)) >= AT_LEAST[name]


def test_divisions_keep_the_same_bytes() -> None:
    """No clock and no file name in the gzip head, so the script makes the same file again."""
    head = (FOLDER / "divisions.tsv.gz").read_bytes()[:10]
    assert head[4:8] == bytes(4)
    assert head[3] == 0


def test_every_division_has_its_parent() -> None:
    rows = load("divisions").by_key()
    shape = {"province": r"\d{2}0000", "city": r"\d{4}00", "county": r"\d{6}", "street": r"\d{9}"}
    for code, row in rows.items():
        assert re.fullmatch(shape[row["level"]], code), row
        assert f"{code[:2]}0000" in rows, row
        if row["level"] == "street":
            assert rows[code[:6]]["level"] in {"county", "city"}, row
        assert row["name"] not in {"市辖区", "县"}
        assert not row["name"].endswith("街道办事处")
    level = Counter(row["level"] for row in rows.values())
    assert level["province"] == 34


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("410000", "河南省"),
        ("410100", "郑州市"),
        ("410103", "二七区"),
        ("410103001", "淮河路街道"),
        ("410103100", "马寨镇"),
        ("410103002", "解放路街道"),  # gone today, printed in 2019
        ("410103201", "侯寨乡"),  # a street since
        ("419001", "济源市"),
        ("110101", "东城区"),
        ("441900", "东莞市"),
        ("150000", "内蒙古自治区"),
        ("540100", "拉萨市"),
        ("710000", "台湾省"),
    ],
)
def test_known_divisions(code: str, name: str) -> None:
    assert load("divisions").by_key()[code]["name"] == name


def test_the_streets_of_erqi() -> None:
    names = {row["name"] for code, row in load("divisions").by_key().items() if code.startswith("410103")}
    streets = (
        "淮河路 解放路 铭功路 一马路 蜜蜂张 五里堡 大学路 建中街 福华街 德化街 嵩山路 京广路 长江路 人和路 侯寨 金水源"
    )
    assert names == {f"{street}街道" for street in streets.split()} | {"二七区", "马寨镇", "侯寨乡"}


def test_surnames() -> None:
    table = load("surnames")
    for row in table:
        assert row["kind"] in {"single", "compound"}
        assert (row["kind"] == "single") == (len(row["surname"]) == 1), row
        assert row["frequency"] in {"common", "usual", "rare"}
        assert row["word"] in {"", "yes"}
    known = set(table.words())
    # the ten commonest of the census, and those people forget
    assert set("王李张刘陈杨黄赵吴周") <= set(table.words(frequency="common"))
    assert set("仝逯亓禚郄綦") <= known
    assert {"欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "慕容", "令狐", "夏侯"} <= set(
        table.words(kind="compound")
    )
    assert set("和于从时高方常万全安平路向成关党区金白水马东管") <= set(table.words(word="yes"))
    assert not set("刘邓崔") & set(table.words(word="yes"))


def test_departments() -> None:
    systems = {"party", "government", "congress", "cppcc", "judicial", "military", "social", "police", "media"}
    table = load("departments")
    for row in table:
        assert row["system"] in systems, row
        assert row["full"] != row["stem"], row
        assert row["suffixes"] or "whole name" in row["note"], row
        endings = row["suffixes"].split(",")
        assert len(endings) == len(set(endings)), row
        for ending in endings:
            assert re.fullmatch("[一-鿿]*", ending), row
    assert {row["system"] for row in table} == systems


@pytest.mark.parametrize(
    ("stem", "system", "ending", "full"),
    [
        ("发改", "government", "委", "发展和改革"),
        ("教体", "government", "局", "教育体育"),
        ("卫健", "government", "委", "卫生健康"),
        ("住更", "government", "局", "住房和城市更新"),
        ("资源规划", "government", "局", "自然资源和规划"),
        ("精细", "government", "办", "城市精细化管理"),
        ("停管", "government", "中心", "停车场管理"),
        ("文明", "party", "办", "精神文明建设指导委员会"),
        ("社治", "party", "委", "城乡社区发展治理委员会"),
        ("组织", "party", "部", ""),
        ("政法", "party", "委", ""),
        ("公安", "police", "局", ""),
        ("交警", "police", "大队", "公安交通警察"),
        ("人武", "military", "部", "人民武装"),
        ("法工", "congress", "委", "法制工作委员会"),
        ("提案", "cppcc", "委", ""),
        ("检察", "judicial", "院", ""),
        ("红十字", "social", "会", ""),
    ],
)
def test_known_departments(stem: str, system: str, ending: str, full: str) -> None:
    row = load("departments").by_key()[stem]
    assert (row["system"], row["full"]) == (system, full)
    assert ending in row["suffixes"].split(",")


@pytest.mark.parametrize(
    "name", ["法院", "检察院", "纪委", "纪委监委", "总工会", "妇联", "团区委", "政协", "人大常委会", "派出所"]
)
def test_whole_names_need_no_ending(name: str) -> None:
    assert load("departments").by_key()[name]["suffixes"] == ""


def test_eras_run_forward() -> None:
    for row in load("eras"):
        assert date.fromisoformat(row["from"]) <= date.fromisoformat(row["until"]), row
        assert row["note"].startswith(("sure", "fairly sure", "doubtful")), row


@pytest.mark.parametrize(
    ("phrase", "day", "current"),
    [
        ("党的十九大", "2017-10-24", True),
        ("十九届四中全会", "2019-10-31", True),
        ("十九届四中全会", "2019-10-01", False),
        ("党的二十届三中全会", "2024-07-18", True),
        ("“不忘初心、牢记使命”主题教育", "2019-09-19", True),
        ("“不忘初心、牢记使命”主题教育", "2021-09-19", False),
        ("党史学习教育", "2021-06-26", True),
        ("扫黑除恶专项斗争", "2019-06-26", True),
        ("第十一届全国少数民族传统体育运动会", "2019-09-08", True),
        ("全国民族运动会", "2019-06-26", True),
        ("庆七十华诞", "2019-06-29", True),
        ("第七次全国人口普查", "2020-11-01", True),
        ("新冠肺炎疫情", "2019-06-26", False),
    ],
)
def test_known_eras(phrase: str, day: str, current: bool) -> None:
    row = load("eras").by_key()[phrase]
    assert (row["from"] <= day <= row["until"]) is current


def test_given_names() -> None:
    table = load("names")
    for row in table:
        assert re.fullmatch("[一-鿿]", row["char"]), row
        assert row["rank"] in {"1", "2", "3"}
    assert set("伟芳娜敏静强磊军洋杰") <= set(table.words(rank="1"))
    # what follows a name in a report must not pass for its end
    assert not set("在到把被等说的了调") & set(table.words())


@pytest.mark.parametrize(
    "person",
    [
        "陈红民",
        "苏建设",
        "崔世英",
        "翟国防",
        "张改华",
        "习近平",
        "李克强",
        "屠呦呦",
        "焦裕禄",
        "孔繁森",
        "张桂梅",
        "樊锦诗",
    ],
)
def test_known_people_can_be_read(person: str) -> None:
    assert person[0] in load("surnames").words()
    assert set(person[1:]) <= set(load("names").words())
    assert person not in load("notnames").words()


def test_words_that_are_no_names() -> None:
    single = set(load("surnames").words(kind="single"))
    for row in load("notnames"):
        assert row["word"][0] in single, row
        assert len(row["word"]) in {2, 3}, row
        assert row["ambiguous"] in {"", "yes"}, row
    assert len(load("notnames")) <= 6_100
    plain = set(load("notnames").words(ambiguous=""))
    assert {"高度", "方面", "马上", "常务", "全面", "安全", "安排", "和谐", "于是", "万元", "党员", "计划"} <= plain
    assert {"高峰", "安宁", "于洋", "万里", "常青", "路遥", "江山", "明亮"} <= set(
        load("notnames").words(ambiguous="yes")
    )


def test_heads_of_lists_are_of_the_kind_that_names_with_them_are() -> None:
    """Kind and subkind stand in one list alone: in heads, or here for words that end no names."""
    heads = load("heads").by_key()
    for row in load("list-heads"):
        assert (row["kind"] == "") == (row["subkind"] == "") == (row["head"] in heads), row
        assert set(row["where"].split(",")) <= {"etc", "described", "count", "last", "all"}, row
        assert row["items"] in {"", "whole"}
    assert {"企业", "单位", "部门"} <= set(load("list-heads").words(items="whole"))
    assert set(load("list-heads").words(where="last")) == {"派出所", "法庭", "司法所"}


def test_words_before_heads_are_said_of_heads_that_there_are() -> None:
    heads = load("heads").by_key()
    for row in load("no-heads"):
        assert row["head"] in heads, row
        assert all(row["before"].split(",")), row
    assert load("no-heads").by_key()["商会"]["before"] == "协"
