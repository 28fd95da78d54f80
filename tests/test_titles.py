"""Titles: taken apart, completed from the title before them, from the article, or left open."""

from __future__ import annotations

import pytest

from kg.extract import read_text
from kg.model import Context, Jurisdiction, Tenure, Title

FENGXIAN = Context(jurisdiction=Jurisdiction("陕西省", "宝鸡市", "凤县", "610330"))


def held(text: str, context: Context = Context()) -> list[str]:
    """``person|body|role`` of every tenure, in order of text."""
    return [f"{f.person}|{f.body}|{f.role}" for f in read_text(text, context).facts if isinstance(f, Tenure)]


def titles(text: str) -> list[str]:
    """``person|title``."""
    return [f"{f.person}|{f.title}" for f in read_text(text).facts if isinstance(f, Tenure)]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        # two posts in one body, and in a body that the second completes
        ("海州区委常委、宣传部部长李文博到会。", ["李文博|海州区委|常委", "李文博|海州区委宣传部|部长"]),
        ("二七区委常委、宣传部长崔世英出席。", ["崔世英|二七区委|常委", "崔世英|二七区委宣传部|部长"]),
        ("市委常委、组织部部长吴晓东主持会议。", ["吴晓东|市委|常委", "吴晓东|市委组织部|部长"]),
        ("县委副书记、政法委书记何志勇带队检查。", ["何志勇|县委|副书记", "何志勇|县委政法委|书记"]),
        (
            "区委常委、统战部部长、区政协党组副书记郑丽萍参加。",
            ["郑丽萍|区委|常委", "郑丽萍|区委统战部|部长", "郑丽萍|区政协党组|副书记"],
        ),
        # party committee and government
        ("雨山区委副书记、区长何晓明表示，要压实责任。", ["何晓明|雨山区委|副书记", "何晓明|雨山区人民政府|区长"]),
        ("县委副书记、县长王海涛作报告。", ["王海涛|县委|副书记", "王海涛|县人民政府|县长"]),
        ("县委常委、副县长李静参加。", ["李静|县委|常委", "李静|县人民政府|副县长"]),
        ("区委常委、常务副区长孟凡军汇报工作。", ["孟凡军|区委|常委", "孟凡军|区人民政府|常务副区长"]),
        ("市委副书记、代市长林伟强调。", ["林伟|市委|副书记", "林伟|市人民政府|代市长"]),
        # two full bodies
        ("县委书记、县人大常委会主任刘建国讲话。", ["刘建国|县委|书记", "刘建国|县人大常委会|主任"]),
        ("高新区党工委书记、管委会主任周立群致辞。", ["周立群|高新区党工委|书记", "周立群|高新区管委会|主任"]),
        ("开发区党工委副书记、管委会副主任唐敏参加。", ["唐敏|开发区党工委|副书记", "唐敏|开发区管委会|副主任"]),
        ("区城管局党组书记、局长马俊介绍情况。", ["马俊|区城管局党组|书记", "马俊|区城管局|局长"]),
        ("市人大常委会党组书记、主任段成刚出席。", ["段成刚|市人大常委会党组|书记", "段成刚|市人大常委会|主任"]),
        ("县政协党组书记、主席郑海波带队视察。", ["郑海波|县政协党组|书记", "郑海波|县政协|主席"]),
        ("区委办公室主任苗青传达了文件。", ["苗青|区委办公室|主任"]),
        ("县纪委书记、县监委主任汪洋海通报案例。", ["汪洋海|县纪委|书记", "汪洋海|县监委|主任"]),
        # an area right before the role, and a role alone
        ("二七区长苏建国到会。", ["苏建国|二七区人民政府|区长"]),
        ("大悟县县长徐金波主持。", ["徐金波|大悟县人民政府|县长"]),
        ("区长王亮主持。", ["王亮|区人民政府|区长"]),
        ("寿光市副市长赵国栋参加。", ["赵国栋|寿光市人民政府|副市长"]),
        # units whose last character the role holds
        ("区公安分局局长韩雪峰参加。", ["韩雪峰|区公安分局|局长"]),
        ("县消防救援大队大队长方志强讲解。", ["方志强|县消防救援大队|大队长"]),
        ("县第一中学校长沈国良发言。", ["沈国良|县第一中学|校长"]),
        ("市人民医院院长许家明介绍。", ["许家明|市人民医院|院长"]),
        ("湖南农业大学副校长段美娟出席。", ["段美娟|湖南农业大学|副校长"]),
    ],
)
def test_a_compound_title_is_split_and_completed(text: str, posts: list[str]) -> None:
    assert held(text) == posts


@pytest.mark.parametrize(
    ("text", "title", "modifiers"),
    [
        ("原县委书记孙国庆回到凤县。", "县委书记", ("原",)),
        ("时任洛南县县长崔志远主持。", "洛南县县长", ("时任",)),
        ("代县长王海涛作报告。", "县代县长", ("代",)),
        ("县委常委、常务副县长孟凡军参加。", "县常务副县长", ()),
    ],
)
def test_a_modifier_is_kept_beside_the_role(text: str, title: str, modifiers: tuple[str, ...]) -> None:
    tenures = [f for f in read_text(text, FENGXIAN).facts if isinstance(f, Tenure) and f.title == title]
    assert [f.modifiers for f in tenures] == [modifiers]


def test_a_former_holder_held_all_posts_of_the_list() -> None:
    tenures = [f for f in read_text("原县委书记、县长孙国庆回到凤县。", FENGXIAN).facts if isinstance(f, Tenure)]
    assert [(f.title, f.modifiers) for f in tenures] == [("县委书记", ("原",)), ("县县长", ("原",))]


def test_a_modifier_is_no_part_of_the_body() -> None:
    mentions = read_text("原县委书记、县长孙国庆回到凤县。", FENGXIAN).mentions
    assert {m.text for m in mentions if m.kind == "body"} == {"县委"}


def test_a_post_held_besides_is_marked() -> None:
    text = "县委副书记兼政法委书记何志勇带队检查。"
    assert held(text) == ["何志勇|县委|副书记", "何志勇|县委政法委|书记"]


def test_a_first_secretary_is_another_post_than_a_secretary() -> None:
    assert titles("驻杏花村第一书记高文博介绍。") == ["高文博|杏花村第一书记"]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("7月1日，记者来到双沟镇。镇党委书记孙立明介绍，全镇已种树3万株。", ["孙立明|双沟镇党委|书记"]),
        ("侯寨乡今年种桃2000亩。乡长韦永福说，桃子成了致富果。", ["韦永福|侯寨乡人民政府|乡长"]),
        ("走进桃花社区，社区党支部书记陈小红正在值班。", ["陈小红|桃花社区|党支部书记"]),
        ("在石门村，村党支部书记罗大平指着果园说，今年挂果早。", ["罗大平|石门村|党支部书记"]),
        ("青山街道开展走访。街道党工委书记鲁明说，要走进每一户。", ["鲁明|青山街道党工委|书记"]),
    ],
)
def test_a_local_post_belongs_to_the_town_or_village_last_named(text: str, posts: list[str]) -> None:
    assert held(text) == posts


@pytest.mark.parametrize(
    "text",
    [
        "区领导王建军、李秀兰陪同调研。",
        "各乡镇党委书记参加会议。",
        "相关部门主要负责人参加。",
        "分管负责同志汇报工作。",
        "由副县长任组长。",
        "县委书记、县长要亲自抓。",
        "要发挥党支部书记带头作用。",
    ],
)
def test_no_post(text: str) -> None:
    assert held(text) == []


def test_a_title_without_name_is_turned_down_with_the_reason() -> None:
    reading = read_text("县委书记要亲自抓。")
    assert ("县委书记", "a title without a name") in [(r.text, r.reason) for r in reading.rejected]


def test_the_body_of_a_title_reaches_over_a_clause() -> None:
    text = "县政协副主席张正刚，秘书长周厚强参加视察。"
    assert held(text) == ["张正刚|县政协|副主席", "周厚强|县政协|秘书长"]


def test_the_body_of_a_title_does_not_reach_over_a_sentence() -> None:
    text = "县政协副主席张正刚参加视察。秘书长周厚强作了说明。"
    assert held(text) == ["张正刚|县政协|副主席"]


def test_a_title_says_what_it_is_made_of() -> None:
    text = "海州区委常委、宣传部部长李文博到会。"
    values = [m.value for m in read_text(text).mentions if m.kind == "post"]
    assert values == [
        Title("常委", "海州区委", "海州区委常委", "party"),
        Title("部长", "海州区委宣传部", "海州区委宣传部部长", "party"),
    ]


def test_the_system_is_that_of_the_body_where_the_role_tells_none() -> None:
    systems = {
        f.title: f.system
        for f in read_text(
            "县教育局局长周敏、县人大常委会副主任罗平、县政协副主席丁勇、县法院院长石磊、县总工会主席黄海燕参加。"
        ).facts
        if isinstance(f, Tenure)
    }
    assert systems == {
        "县教育局局长": "government",
        "县人大常委会副主任": "congress",
        "县政协副主席": "cppcc",
        "县法院院长": "court",
        "县总工会主席": "mass",
    }


def test_a_party_role_is_the_partys_in_whatever_body() -> None:
    (tenure,) = [f for f in read_text("县教育局党委书记周敏讲话。").facts if isinstance(f, Tenure)]
    assert (tenure.body, tenure.role, tenure.system) == ("县教育局党委", "书记", "party")


def test_a_tenure_is_told_once_and_shows_where() -> None:
    text = "县长邓国庆主持会议。县长邓国庆强调，要守住底线。"
    (tenure,) = [f for f in read_text(text, FENGXIAN).facts if isinstance(f, Tenure)]
    assert text[tenure.evidence.start : tenure.evidence.end] == "县长邓国庆"
    assert tenure.evidence.rule == "posts-then-person"


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "桃源街道党工委书记、人大工委主任李国庆，党工委副书记、办事处主任王志强参加。",
            [
                "李国庆|桃源街道党工委书记",
                "李国庆|桃源街道人大工委主任",
                "王志强|桃源街道党工委副书记",
                "王志强|桃源街道办事处主任",
            ],
        ),
        (
            "汉江新区党工委书记、管委会主任赵建华到工地检查，管委会副主任孙丽陪同。",
            ["赵建华|汉江新区党工委书记", "赵建华|汉江新区管委会主任", "孙丽|汉江新区管委会副主任"],
        ),
        (
            "由新津区委书记周志强，区委副书记、区长吴国庆率领的考察团来访。",
            ["周志强|新津区委书记", "吴国庆|新津区委副书记", "吴国庆|新津区区长"],
        ),
        ("市委常委，滨江新区工委书记郑建国陪同。", ["郑建国|市委常委", "郑建国|滨江新区工委书记"]),
        (
            "襄阳市人大常委会委员、财经委副主任委员、预算工委主任冯志刚到会。",
            ["冯志刚|襄阳市人大常委会委员", "冯志刚|襄阳市人大财经委副主任委员", "冯志刚|襄阳市人大常委会预算工委主任"],
        ),
        ("县长、政府党组书记王国强主持。", ["王国强|县县长", "王国强|县政府党组书记"]),
        ("县农业农村局局长、党组书记李志明汇报。", ["李志明|县农业农村局局长", "李志明|县农业农村局党组书记"]),
        ("市交通局规划处处长刘志远到会。", ["刘志远|市交通局规划处处长"]),
        ("北方重工总裁、党委副书记陈建军致辞。", ["陈建军|北方重工总裁", "陈建军|北方重工党委副书记"]),
        ("市人大代表、双河乡石门村书记王桂兰说，好。", ["王桂兰|市人大代表", "王桂兰|石门村书记"]),
        ("会议在桃源街道召开。街办主任孙立明汇报。", ["孙立明|桃源街道办主任"]),
        ("各级代表李国庆发言。", []),
        ("熊建国当选政协盘山县第七届委员会主席。", ["熊建国|盘山县政协主席"]),
        (
            "近日，城北街道鹿鸣社区举办议事会，社区党委书记纪晓云到场。",
            ["纪晓云|鹿鸣社区党委书记"],
        ),
        (
            "凤台县人民检察院走进青山中学。检察官助理汪小璐讲课，该校副校长闻国刚致谢。",
            ["汪小璐|凤台县人民检察院检察官助理", "闻国刚|青山中学副校长"],
        ),
        (
            "县人民法院政治处主任周文明，正处级干部卢大敏、陈小林带队。",
            ["周文明|县人民法院政治处主任", "卢大敏|县人民法院正处级干部", "陈小林|县人民法院正处级干部"],
        ),
        ("清水镇党委书记李春、镇长赵明陪同。", ["李春|清水镇党委书记", "赵明|清水镇镇长"]),
        ("市纪委副书记、监委副主任孙小梅参加。", ["孙小梅|市纪委副书记", "孙小梅|市监委副主任"]),
        ("建水县第一小学校长王芳，副校长李丽到场。", ["王芳|建水县第一小学校长", "李丽|建水县第一小学副校长"]),
        (
            "石门村党支部书记、村委会主任赵英，合作社理事长周立参加。",
            ["赵英|石门村党支部书记", "赵英|石门村村委会主任"],
        ),
        (
            "市水务局局长李国军带队，供水科科长赵小英同行。",
            ["李国军|市水务局局长", "赵小英|市水务局供水科科长"],
        ),
        ("工作组到石门村走访，与驻村第一书记蓝海涛座谈。", ["蓝海涛|石门村驻村第一书记"]),
        ("免去王强的县教育局局长职务，县民政局局长李红到会。", ["李红|县民政局局长"]),
        ("任命王国强为县教育局局长，县民政局局长李红到会。", ["王国强|县教育局局长", "李红|县民政局局长"]),
    ],
)
def test_a_second_title_is_completed(text: str, posts: list[str]) -> None:
    found = [f"{f.person}|{f.title}" for f in read_text(text).facts if isinstance(f, Tenure)]
    assert sorted(found) == sorted(posts)


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("4月7日，乐安县教育局召开安全工作会议，局长张华主持，副局长李静参加。", ["张华|乐安县教育局局长", "李静|乐安县教育局副局长"]),
        ("4月7日，乐安县人民检察院举行开放日活动。检察长张华致辞。", ["张华|乐安县人民检察院检察长"]),
        # two of a kind: whose head it is stays unknown
        ("4月7日，乐安县教育局举办培训班，乐安县财政局组织人员参加，局长张华讲话。", []),
        # one that holds nothing
        ("4月7日，记者来到乐安县教育局，局长张华介绍了情况。", []),
    ],
)  # fmt: skip
def test_the_head_of_the_one_body_that_holds_something(text: str, posts: list[str]) -> None:
    assert titles(text) == posts


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("全国人大代表李强说，要办好学校。", ["李强|全国人大代表"]),
        ("5月3日，全国政协委员、云山大学教授彭丽到会。", ["彭丽|全国政协委员", "彭丽|云山大学教授"]),
        ("市人大代表、双河乡石门村党总支书记许红说。", ["许红|市人大代表", "许红|石门村党总支书记"]),
        ("部分全国人大代表参加视察。", []),
    ],
)
def test_deputies_of_the_whole_country(text: str, posts: list[str]) -> None:
    assert titles(text) == posts
