"""Persons: where a name begins and ends, what is no name, and whose name a list, a label or a short address brings."""

from __future__ import annotations

import pytest

from kg.extract import read_text
from kg.model import Tenure


def persons(text: str) -> list[str]:
    """The persons named in a text, each once, in order of first mention."""
    return list(dict.fromkeys(m.name for m in read_text(text).mentions if m.kind == "person"))


def kinds(text: str) -> dict[str, str]:
    return {m.name: m.subkind for m in read_text(text).mentions if m.kind == "person"}


def posts(text: str) -> list[str]:
    """``person|title`` of every tenure, sorted."""
    return sorted(f"{f.person}|{f.title}" for f in read_text(text).facts if isinstance(f, Tenure))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("6月3日，凤县县委书记徐军到会并讲话。", "徐军"),
        ("会上，区长王亮明确要求，各部门要压实责任。", "王亮"),
        ("市委文明办一级调研员周守让指出，各部门要亲自审核。", "周守让"),
        ("南阳镇党委书记张苏和介绍，今年全镇种植香菇300万袋。", "张苏和"),
        ("泗阳县县长李强一行先后察看了两处工地。", "李强"),
        ("县委常委、组织部部长何平宣读了表彰决定。", "何平"),
        ("副市长方向阳率队到企业走访。", "方向阳"),
        ("州委书记罗文主持召开常委会议。", "罗文"),
        ("县委副书记马玉成就做好下一步工作提出三点要求。", "马玉成"),
        ("市人大常委会主任段成刚对代表提出的建议表示感谢。", "段成刚"),
        ("副县长田国祥和县直有关部门负责人参加活动。", "田国祥"),
        ("区委书记蒋为民先后来到三个村。", "蒋为民"),
        ("市长林伟代表市政府作工作报告。", "林伟"),
        ("县委书记孟祥主持会议并讲话。", "孟祥"),
        ("县政协主席郑海波带领部分委员视察。", "郑海波"),
        ("副区长石磊要求，要守住底线。", "石磊"),
        ("区卫生健康局局长苗青作情况说明。", "苗青"),
        ("县长邓勇强调，要抢抓农时。", "邓勇"),
        ("旗委书记白玉刚深入嘎查调研。", "白玉刚"),
    ],
)
def test_a_name_ends_where_the_sentence_goes_on(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市委书记高峰强调，要稳住工业。", "高峰"),
        ("区委书记于洋指出，要补齐短板。", "于洋"),
        ("县长田野在会上说，春耕不等人。", "田野"),
        ("副县长江山主持仪式。", "江山"),
        ("市教育局局长程度表示，将尽快落实。", "程度"),
    ],
)
def test_a_word_is_a_name_where_it_speaks_after_a_title(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("县委书记欧阳志强带队检查。", "欧阳志强"),
        ("副县长上官文静出席启动仪式。", "上官文静"),
        ("市委副书记皇甫立新主持会议。", "皇甫立新"),
        ("区长诸葛明表示，要抓好落实。", "诸葛明"),
        ("县政协副主席司马瑞参加调研。", "司马瑞"),
        ("村民令狐大海说，路修到了家门口。", "令狐大海"),
    ],
)
def test_a_compound_surname_belongs_to_the_name(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("县长阿不都热依木·买买提主持会议。", "阿不都热依木·买买提"),
        ("副县长艾尔肯·吐尼亚孜参加座谈。", "艾尔肯·吐尼亚孜"),
        ("自治区人大代表古丽娜尔·艾合买提说，议案来自田间。", "古丽娜尔·艾合买提"),
        ("州委副书记玛依拉·木沙强调，要讲团结。", "玛依拉·木沙"),
        ("县长阿力木•卡德尔表示，要办好民生实事。", "阿力木·卡德尔"),
    ],
)
def test_a_name_with_a_dot_is_one_name(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("旗委书记乌云毕力格强调，要保护草原。", "乌云毕力格"),
        ("旗长哈斯巴根主持会议。", "哈斯巴根"),
        ("副县长次仁旺堆参加活动。", "次仁旺堆"),
        ("县委副书记扎西顿珠表示，要守好边。", "扎西顿珠"),
    ],
)
def test_a_transliterated_name_after_a_title(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "齐礼阎片区改造项目进展顺利。",
        "智慧城管平台上线运行。",
        "丹尼斯百货开业。",
        "区领导参加会议。",
        "县委书记高度重视，多次到现场。",
        "由区长任组长，各部门主要负责人为成员。",
        "县长热线接到群众来电200余次。",
        "各乡镇党委书记要带头讲党课。",
        "实行书记项目清单管理。",
        "副县长分别带队下沉一线。",
        "主任会议听取了情况汇报。",
        "区长要求各部门通力合作。",
        "街道党工委书记时刻不放松。",
        "党委书记和校长走进课堂。",
        "各科室主任应当于每周五前报送。",
        "镇长办公会研究了防汛方案。",
        "院长公开接访日定在每月5日。",
        "居民高兴地说，环境好了。",
        "村民委员会换届选举顺利完成。",
        "市民热线全年受理诉求1万件。",
        "居民王女士说，买菜方便了。",
        "学生安全意识不断增强。",
        "志愿者管理办法出台。",
        "新任书记履职尽责。",
        "市长质量奖评选启动。",
    ],
)
def test_no_name(text: str) -> None:
    assert persons(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("副县长孙丽、周涛参加。", ["孙丽", "周涛"]),
        ("区领导王建军、李秀兰、陈刚陪同调研。", ["王建军", "李秀兰", "陈刚"]),
        ("县领导陈华、马小红、白建平等参加活动。", ["陈华", "马小红", "白建平"]),
        ("市政协副主席丁勇、郝建设、石玉兰出席。", ["丁勇", "郝建设", "石玉兰"]),
        ("市人大代表张涛、市政协委员李静应邀参加。", ["张涛", "李静"]),
        ("副区长刘洋（挂职）、韩雪梅参加。", ["刘洋", "韩雪梅"]),
        ("县委副书记王勇，县委常委、副县长李静，副县长马超参加。", ["王勇", "李静", "马超"]),
        ("市领导赵磊、欧阳慧、艾力·吾甫尔出席开幕式。", ["赵磊", "欧阳慧", "艾力·吾甫尔"]),
        ("县四大班子领导梁志刚、黄海燕、覃永明参加植树。", ["梁志刚", "黄海燕", "覃永明"]),
        ("区委常委：钱国栋、孔令伟、金晓东。", ["钱国栋", "孔令伟", "金晓东"]),
    ],
)
def test_a_list_of_names(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("副县长孙丽、周涛参加。", ["周涛|县副县长", "孙丽|县副县长"]),
        ("县委书记赵志强、县长王平出席。", ["王平|县县长", "赵志强|县委书记"]),
        ("县委书记赵志强、李平出席。", ["赵志强|县委书记"]),  # one secretary at a time: 李平 is not told
        ("市政协副主席丁勇和郝建设参加视察。", ["丁勇|市政协副主席", "郝建设|市政协副主席"]),
        ("副区长刘洋、区公安分局局长韩雪梅参加。", ["刘洋|区副区长", "韩雪梅|区公安分局局长"]),
        ("区领导王建军、李秀兰陪同。", []),
        ("区领导王建军，副区长李秀兰陪同。", ["李秀兰|区副区长"]),
    ],
)
def test_a_title_is_carried_along_as_far_as_it_goes(text: str, held: list[str]) -> None:
    assert posts(text) == held


def test_a_list_with_a_label_gives_names_and_no_post() -> None:
    text = "县领导陈华、马小红参加。"
    (label,) = [m for m in read_text(text).mentions if m.kind == "label"]
    assert (label.text, label.subkind) == ("县领导", "person")
    assert posts(text) == []


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("相关部门负责人参加会议。", "负责人"),
        ("市直有关单位主要负责人参加。", "主要负责人"),
        ("区四大班子领导出席。", "区四大班子领导"),
    ],
)
def test_a_group_that_names_nobody_is_a_label(text: str, label: str) -> None:
    reading = read_text(text)
    assert label in [m.text for m in reading.mentions if m.kind == "label"]
    assert persons(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("李国强书记指出，要把责任扛在肩上。", ["李国强"]),
        ("座谈会上，陈志远委员建议加强老街保护。", ["陈志远"]),
        ("区住建局宋可新主任介绍了改造方案。", ["宋可新"]),
        ("任命吴海平为东山县副县长。", ["吴海平"]),
        ("免去郭长春的东山县副县长职务。", ["郭长春"]),
        ("韩冬梅当选为宁陵县妇联主席。", ["韩冬梅"]),
        ("会议选举杨文斌、苏小燕为县人大常委会副主任。", ["杨文斌", "苏小燕"]),
    ],
)
def test_a_name_before_its_title(text: str, names: list[str]) -> None:
    assert persons(text) == names


def test_a_counted_list_is_names_only_when_every_item_is_one() -> None:
    text = "活动现场，县里推荐的李桂兰、王秀珍、张建国、赵玉梅4人受到表彰。"
    assert persons(text) == ["李桂兰", "王秀珍", "张建国", "赵玉梅"]
    assert persons("现场设置了宣讲、咨询、义诊、展示4个区域。") == []


def test_a_surname_and_a_title_stand_for_the_one_person_of_that_surname() -> None:
    text = "县委书记周建华到桃林镇调研。周书记强调，要因地制宜。"
    mentions = [m for m in read_text(text).mentions if m.kind == "person"]
    assert [(m.text, m.name) for m in mentions] == [("周建华", "周建华"), ("周书记", "周建华")]


def test_a_surname_of_two_persons_stands_for_neither() -> None:
    text = "副县长周建华、周涛到桃林镇调研。周县长强调，要因地制宜。"
    assert "周县长" not in [m.text for m in read_text(text).mentions]


def test_of_two_persons_of_a_surname_the_role_tells_which() -> None:
    text = "县委书记周建华、县长周涛到桃林镇调研。周书记强调，要因地制宜。"
    assert ("周书记", "周建华") in [(m.text, m.name) for m in read_text(text).mentions]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("居民王秀英说，楼道亮堂了。", "王秀英", "citizen"),
        ("种粮大户刘广富告诉记者，今年又是丰收年。", "刘广富", "citizen"),
        ("江西农业大学教授谢金水授课。", "谢金水", "expert"),
        ("恒通物流有限公司总经理罗建明介绍，订单排到了年底。", "罗建明", "business"),
        ("县长邓国庆主持会议。", "邓国庆", "official"),
    ],
)
def test_what_a_person_is(text: str, name: str, kind: str) -> None:
    assert kinds(text) == {name: kind}


def test_a_name_once_told_is_found_wherever_it_stands() -> None:
    text = "5月8日，县长韦永福到瓦屋乡调研。在茶园，韦永福与茶农交谈。韦永福强调，要做强品牌。"
    spots = [m.start for m in read_text(text).mentions if m.name == "韦永福"]
    assert spots == [i for i in range(len(text)) if text.startswith("韦永福", i)]


def test_a_place_name_does_not_reach_over_a_person() -> None:
    text = "7月2日，区委书记江明到白云路小学慰问。江明来到白云路小学。"
    assert persons(text) == ["江明"]
    assert {m.name for m in read_text(text).mentions if m.kind in ("place", "body")} >= {"白云路小学"}


def test_a_surname_with_a_role_is_no_name() -> None:
    found = read_text("5月8日，市委常委、区委书记薛侃带队调研社区工作。薛书记表示，社区是最基层的组织。")
    assert {m.name for m in found.mentions if m.kind == "person"} == {"薛侃"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张建国、李秀兰、王志强等区级领导参加。", ["张建国", "李秀兰", "王志强"]),
        ("考察团到访。周志强陪同。", ["周志强"]),
        ("市人大代表李红、林志均、苏芳等发言。", ["李红", "林志均", "苏芳"]),
        ("会议传达学习王建国书记批示精神。", ["王建国"]),
        ("各镇领导班子、居民参加。", []),
        ("为保障人民群众安宁做出贡献。", []),
        ("志愿者向学生代表发放读本。", []),
        ("大家踊跃参加。", []),
    ],
)
def test_names_without_a_title_before_them(text: str, names: list[str]) -> None:
    assert list(dict.fromkeys(m.name for m in read_text(text).mentions if m.kind == "person")) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("刘春生、郭晓云、曾祥平等县四套班子在家领导参加。", ["刘春生", "郭晓云", "曾祥平"]),
        ("走访组来到养殖户骆正明家中。骆正明的母亲陈秀芝说，鱼苗都放下去了。", ["骆正明", "陈秀芝"]),
        ("区委书记胡建民看望离退休老干部郭守信、欧阳庭兰。", ["胡建民", "郭守信", "欧阳庭兰"]),
        ("会议同意潘志明辞去区政协副主席职务。", ["潘志明"]),
        ("会议选举方若梅（女，彝族）为县人民政府县长。", ["方若梅"]),
        ("省人大代表顾锦秀和居民代表60余人参加。", ["顾锦秀"]),
        ("要发动党员干部和群众参与。", []),
        ("该校高三（2）班班主任刘小明介绍，学生很认真。", ["刘小明"]),
    ],
)
def test_who_is_told_by_a_label_an_identity_or_a_verb(text: str, names: list[str]) -> None:
    assert persons(text) == names


def test_a_name_that_ends_with_a_leading_word_before_a_verb_of_presence() -> None:
    reading = read_text("县委书记周德为出席会议并讲话。区长李向参加活动。")
    names = {m.name for m in reading.mentions if m.kind == "person"}
    assert "周德为" in names and "周德" not in names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("6月3日，省农业农村厅负责人来双河镇调研。", []),
        ("县委书记来云岭镇视察，企业负责人来石门社区座谈。", []),
        ("项目负责人来永明说，今年产量很好。", ["来永明"]),
        ("县妇联主席安永明一行来石门村慰问。", ["安永明"]),
    ],
)
def test_somebody_who_comes_to_a_place_is_not_called_by_it(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("何立、马晓云、沈柏青、段文、贺金承作讨论发言。", ["何立", "马晓云", "沈柏青", "段文", "贺金承"]),
        ("县领导赵敏、何立、扇忠平参加。", ["赵敏", "何立", "扇忠平"]),
        ("县政协常委、委员向学校捐赠了图书，委员向学生代表发放了文具。", []),
        ("代表们认为，何敏代市长所作的报告实事求是。", ["何敏"]),
        ("市道德模范提名奖获得者何若君每天清晨义务扫雪。", ["何若君"]),
        ("海州大学法学院讲师、法学博士何立文全程担任评委。", ["何立文"]),
    ],
)
def test_who_is_told_without_a_post(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "昨天，全国人大常委会原副委员长何立文来海州市视察。",
            ["何立文|全国人大常委会副委员长"],
        ),
        ("区委书记马晓云会见江南重工副总经理何立文一行。", ["何立文|江南重工副总经理", "马晓云|区委书记"]),
        ("自治区副主席何立文来海州市调研。", ["何立文|自治区副主席"]),
        ("市公安局大营派出所社区民警何立文入户走访。", ["何立文|市公安局大营派出所社区民警"]),
    ],
)
def test_posts_that_lists_leave_out(text: str, expected: list[str]) -> None:
    assert posts(text) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区委常委、统战部长塔娜，区人大常委会副主任马晓云出席仪式。", ["塔娜", "马晓云"]),
        ("副旗长乌达木，旗政协副主席何立参加。", ["乌达木", "何立"]),
        ("市委书记点题，市长何立答卷。", ["何立"]),
        ("县委书记带队，副县长何立陪同。", ["何立"]),
        ("县委书记办公会，县长办公会研究了方案。", []),
    ],
)
def test_a_name_without_a_known_surname_between_two_titles(text: str, names: list[str]) -> None:
    assert persons(text) == names
