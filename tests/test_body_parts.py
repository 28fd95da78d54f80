"""Sections of offices, firms told by their projects, and what stands for works and papers rather than bodies."""

from __future__ import annotations

import pytest

from kg.extract import read_text
from kg.pages import bylines


def bodies(text: str) -> list[str]:
    """The names of bodies, each once, in order of text."""
    return list(dict.fromkeys(m.name for m in read_text(text).mentions if m.kind == "body"))


def persons(text: str) -> list[str]:
    return list(dict.fromkeys(m.name for m in read_text(text).mentions if m.kind == "person"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区卫健局疾控科、市住建局物业管理科开展检查。", ["区卫健局疾控科", "市住建局物业管理科"]),
        ("学员与县委组织部人才科干部交流。", ["县委组织部人才科"]),
        ("市财政局各科室负责人参加。", ["市财政局"]),
        ("县教育局对处理结果进行公示。", ["县教育局"]),
    ],
)
def test_a_section_is_named_with_its_office(text: str, names: list[str]) -> None:
    assert bodies(text) == names


def test_firms_that_only_their_projects_name() -> None:
    text = "分别是投资3亿元的浙江正泰科技智能电表项目，总投资5亿元的江苏恒力涂料年产3万吨水性涂料项目。"
    assert bodies(text) == ["浙江正泰科技", "江苏恒力涂料"]
    assert bodies("浙江重点科技项目加快推进。") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区交警大队联合市公交三公司组织演练。", ["区交警大队", "市公交三公司"]),
        ("小蜜蜂总部及冷链物流园等6个项目开工。", []),
        ("全县集中签约清河热电厂搬迁改造等项目。", []),
        ("众志公司、小蜜蜂科技在内等39家企业签约。", ["众志公司", "小蜜蜂科技"]),
        ("活动由新疆库尔勒垦区人民检察院主办。", ["新疆库尔勒垦区人民检察院"]),
        ("县检察院联合民政、工会、团委、妇联等部门开展活动。", ["县检察院"]),
        (
            "邀请山东省纺织研究院及绿源（济南）服饰有限公司座谈。",
            ["山东省纺织研究院", "绿源（济南）服饰有限公司"],
        ),
    ],
)
def test_where_bodies_end_and_what_is_none(text: str, names: list[str]) -> None:
    assert bodies(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张建军、李秀兰、王春生等市政协领导一道参加视察。", ["张建军", "李秀兰", "王春生"]),
        ("剧本创作者之一王立军到场。", ["王立军"]),
        ("“全国劳模”获得者张建国长女张福英讲了家里的事。", ["张建国", "张福英"]),
        ("法院干警李丹宁以问答的方式讲解新规。", ["李丹宁"]),
        ("县政协主席古丽扎尔·阿布都以及部分委员视察。", ["古丽扎尔·阿布都"]),
        ("县长阿不力孜·吐尔逊等先后发言。", ["阿不力孜·吐尔逊"]),
        ("县人大代表和政协委员30余人参加。", []),
        ("请各位代表边走边问边记。", []),
        ("黔江市民宗委到金山区调研。", []),
        ("周末，交警永宁大队开展夜查。", []),
    ],
)
def test_who_is_named_and_who_is_not(text: str, names: list[str]) -> None:
    assert persons(text) == names


def test_councils_of_a_court_and_posts_of_nobody() -> None:
    reading = read_text("任命赵松为区人民法院审判员、审判委员会委员、副院长。")
    titles = [m.name for m in reading.mentions if m.kind == "post"]
    assert titles == ["区人民法院审判员", "区人民法院审判委员会委员", "区人民法院副院长"]
    reading = read_text("市民政局副局长李娜、各相关处室处长、区委统战部部长周伟参加调研。")
    assert [m.name for m in reading.mentions if m.kind == "post"] == ["市民政局副局长", "区委统战部部长"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（青岛日报社全媒体首席记者 葛明远 青岛日报社全媒体记者 王潇）", ["葛明远", "王潇"]),
        ("通讯员：古丽扎尔", ["古丽扎尔"]),
        ("记者 王强李丽", ["王强", "李丽"]),
    ],
)
def test_bylines_of_papers_with_their_house_and_long_names(text: str, names: list[str]) -> None:
    parsed = bylines.parse(text)
    assert parsed is not None
    assert [name.person for name in parsed.names] == names


def test_the_paper_of_a_reporter_is_no_body_of_the_news() -> None:
    assert bodies("（江城日报社全媒体记者 周明）9月2日，区委书记调研。") == ["区委"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1人被授予河北省劳动模范荣誉。", []),
        ("青年要闯出一片新天地。", []),
        ("调研组来到红旗镇石桥村、大湖社区。", ["红旗镇", "石桥村", "大湖社区"]),
        ("调研组来到杨柳街道胜利社区、幸福社区。", ["杨柳街道", "胜利社区", "幸福社区"]),
        ("村里讨论设哪些卡点。", []),
        ("县领导到贵溪瑶族乡，察看瑶族乡的项目。", ["贵溪瑶族乡"]),
    ],
)
def test_what_is_a_place_and_what_is_none(text: str, names: list[str]) -> None:
    assert list(dict.fromkeys(m.name for m in read_text(text).mentions if m.kind == "place")) == names


def test_works_and_shares_name_nobody() -> None:
    reading = read_text("桃林水厂已完成总工程量的65%，全县新建、改扩建学校18所。")
    assert not [m.name for m in reading.mentions if m.kind == "person" or m.name.endswith("学校")]
