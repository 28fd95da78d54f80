"""Initiatives: expected names are read off sentences written after local newspapers of several provinces."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import kg.lexicon
from kg.extract import documents, initiatives, quantities
from kg.extract.draft import Draft
from kg.extract.initiative_words import cutter
from kg.lexicon import load
from kg.model import Article, Context, Jurisdiction, Mention
from kg.rules import load_rules
from kg.rules.fold import fold

KINDS = {"campaign", "programme", "project", "mechanism", "vision", "agreement"}
HOME = Context(jurisdiction=Jurisdiction("江苏省", "苏州市", "吴中区"))


def read(text: str, *given: Mention, headline: str = "", context: Context = Context()) -> Draft:
    article = Article(
        page="t",
        key="a1",
        headline=headline,
        headline_spans=(),
        text=text,
        norm=fold(text),
        offsets=range(len(text)),
        prose=(0, len(text)),
    )
    draft = Draft(article, context)
    draft.add(given)
    quantities.find(draft)
    documents.find(draft)
    initiatives.find(draft)
    return draft


def names(text: str, *given: Mention, **more: Any) -> set[str]:
    return {m.name for m in read(text, *given, **more).of("initiative")}


def naming(text: str, kind: str, name: str, subkind: str = "") -> Mention:
    start = text.index(name)
    return Mention(kind, start, start + len(name), name, name, "given", subkind)  # type: ignore[arg-type]


# ---------------------------------------------------------------- the rules' own examples


def rules_with(column: str) -> list[Any]:
    found = []
    for rule in load_rules("initiative"):
        texts: Any = rule.examples if column == "examples" else rule.rejects
        found += [pytest.param(rule.name, text, id=f"{rule.name}-{i}") for i, text in enumerate(texts)]
    return found


def test_every_rule_was_collected() -> None:
    assert len({rule.name for rule in load_rules("initiative")}) >= 12
    assert len(rules_with("examples")) >= 14


@pytest.mark.parametrize(("rule", "example"), rules_with("examples"))
def test_example(rule: str, example: dict[str, Any]) -> None:
    own = "吴中" in example["text"]  # what a rule says of the page's own area
    draft = read(example["text"], context=HOME if own else Context())
    assert {m.name for m in draft.of("initiative")} == set(example["finds"])


@pytest.mark.parametrize(("rule", "text"), rules_with("rejects"))
def test_reject(rule: str, text: str) -> None:
    assert rule not in {m.rule for m in read(text).of("initiative")}


# ---------------------------------------------------------------- quoted names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全面落实“河长制”，让河水变清。", {"河长制"}),
        ("深化“平安细胞”创建，守护一方安宁。", {"“平安细胞”创建"}),
        ("大力推广“支部+合作社”模式，带动村民增收。", {"“支部+合作社”模式"}),
        ("推行“一窗受理、集成服务”改革。", {"“一窗受理、集成服务”改革"}),
        ("坚持“工业强县”战略不动摇。", {"“工业强县”战略"}),
        ("创新推行“网格+警格”工作模式。", {"“网格+警格”工作模式"}),
        ("深化提升矛盾化解“六大机制”。", {"矛盾化解“六大机制”"}),
        ("擦亮“红色物业”品牌。", {"“红色物业”品牌"}),
        ("启动‘乡村夜话’活动。", {"‘乡村夜话’活动"}),
    ],
)
def test_quoted_names(text: str, expected: set[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "遇到问题不能“踢皮球”，要有“绣花”功夫。",
        "城市的“颜值”越来越高。",
        "党员是群众的“主心骨”。",
        "“这条路修得真好，我们出门方便多了。”村民说。",
        "他笑着说：“以前不敢想，现在都实现了。”",
        "举行“数字金融创新论坛”。",
        "成立“石榴红”志愿服务队。",
        "以“乡村教育的明天”为题作了讲座。",
        "以“线上+线下”方式举行。",
    ],
)
def test_quotations_that_name_nothing(text: str) -> None:
    assert names(text) == set()


def test_a_slogan_with_the_area_in_it_is_a_name() -> None:
    assert names("处处可见“诗意吴中”的好风光。", context=HOME) == {"诗意吴中"}
    assert names("处处可见“诗意吴中”的好风光。") == set()


def test_a_quotation_said_again_is_a_name() -> None:
    assert names("“银龄驿站”开门了，老人们在“银龄驿站”下棋。") == {"银龄驿站"}


# ---------------------------------------------------------------- names by their head word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("扎实推进农贸市场改造工作。", {"农贸市场改造"}),
        ("要纵深推进打击整治养老诈骗专项行动。", {"打击整治养老诈骗专项行动"}),
        ("会议要求，坚决打赢秋粮抢收攻坚战。", {"秋粮抢收攻坚战"}),
        ("统筹推进殡葬领域综合改革。", {"殡葬领域综合改革"}),
        ("县里召开秸秆禁烧工作推进会，部署黑臭水体治理。", {"秸秆禁烧", "黑臭水体治理"}),
        ("探索住宅小区物业化管理。", {"住宅小区物业化管理"}),
        ("今年完成老旧厂区改造和整治提升任务。", {"老旧厂区改造和整治提升"}),
        ("打造长三角智能装备产业新高地。", {"长三角智能装备产业新高地"}),
        ("双方签订战略合作框架协议。", {"战略合作框架协议"}),
    ],
)
def test_names_by_their_head(text: str, expected: set[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "要加强组织领导，压实工作责任。",
        "建立健全长效机制，完善责任制度。",
        "把旧厂房改造成了文化馆。",
        "开展集中整治。",
        "加强基础建设。",
        "群众积极参与建设。",
    ],
)
def test_duties_that_name_nothing(text: str) -> None:
    assert names(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("坚决打赢抗旱保供攻坚战。", {"抗旱保供攻坚战"}),
        ("副县长督导防溺水和森林防灭火工作。", {"防溺水", "森林防灭火"}),
        ("研究部署全县防汛抗旱工作。", {"防汛抗旱"}),
        ("对重点场所今冬明春火灾防控工作进行督导检查。", {"今冬明春火灾防控"}),
        ("把巡察整改与队伍建设结合起来。", {"巡察整改"}),
        ("梯次推进宜居宜业和美嘎查建设。", {"宜居宜业和美嘎查建设"}),
        ("落实领导干部包帮联系制度。", {"领导干部包帮联系制度"}),
    ],
)
def test_fields_of_work_and_what_is_done_there(text: str, expected: set[str]) -> None:
    assert names(text) == expected


def test_a_name_does_not_begin_with_a_number_of_things_or_a_preposition() -> None:
    draft = read("自农村厕所改造工程启动以来成效明显，完成120栋历史建筑修缮。")
    assert {m.name for m in draft.of("initiative")} == {"农村厕所改造工程", "历史建筑修缮"}
    assert names("严格落实24小时值班备勤制度。") == {"24小时值班备勤制度"}


def test_a_name_and_the_quotation_behind_it_are_one() -> None:
    assert names("扎实开展自建房安全专项整治“百日攻坚”行动。") == {"自建房安全专项整治“百日攻坚”行动"}
    assert names("推进“大综合一体化”行政执法改革。") == {"“大综合一体化”行政执法改革"}


def test_a_title_that_somebody_won_elsewhere_is_no_name() -> None:
    assert names("她先后获评“吴中最美护士”。", context=HOME) == {"吴中最美护士"}
    assert names("她先后获评“苏州市最美护士”。", context=HOME) == set()


def test_the_own_area_is_not_part_of_a_name() -> None:
    assert names("吴中区召开吴中区城乡环境综合整治推进会。", context=HOME) == {"城乡环境综合整治"}


def test_a_body_is_a_wall() -> None:
    text = "县城市管理局推进会后，县城市管理局持续开展渣土运输专项整治。"
    start = text.rindex("县城市管理局")
    body = Mention("body", start, start + 6, "县城市管理局", "县城市管理局", "given", "government")
    assert names(text, body) == {"渣土运输专项整治"}


def test_nothing_is_found_inside_a_body_or_a_title() -> None:
    text = "县乡村振兴局印发《县城老旧小区改造实施办法》。"
    assert names(text, naming(text, "body", "县乡村振兴局", "government")) == set()


# ---------------------------------------------------------------- lists


def test_each_part_of_a_list_of_works() -> None:
    text = "加快智慧水务、智慧气象、智慧农业等重点示范应用项目建设。"
    assert names(text) == {"智慧水务", "智慧气象", "智慧农业"}


def test_parts_without_a_head_word_are_no_names() -> None:
    assert names("对学校、医院、车站等重点场所进行检查。") == set()


def test_two_in_one_meeting() -> None:
    text = "市里召开美丽河湖建设暨国土绿化攻坚工作推进会。"
    assert names(text) == {"美丽河湖建设", "国土绿化攻坚"}


def test_what_a_meeting_is_about_is_one_thing() -> None:
    assert names("区里召开电动自行车、老年代步车违规上路专项治理工作推进会。") == {
        "电动自行车、老年代步车违规上路专项治理"
    }


def test_three_of_a_kind() -> None:
    assert names("按照片区同治、路院同治、街区同治等不同层次来推进。") == {"片区同治", "路院同治", "街区同治"}


# ---------------------------------------------------------------- one name for all forms


def test_short_forms_share_the_full_name() -> None:
    draft = read("深化全国文明城市创建，文明城市创建只有起点，创文人人有责。")
    forms = {m.text: m.name for m in draft.of("initiative")}
    assert forms == {
        "全国文明城市创建": "全国文明城市创建",
        "文明城市创建": "全国文明城市创建",
        "创文": "全国文明城市创建",
    }


def test_with_and_without_quotes_is_one() -> None:
    assert names("开展“清风行动”，“清风行动”已查处多起。") == {"清风行动"}
    assert len(names("深化“百日会战”行动，全力打好百日会战行动。")) == 1


def test_different_towns_to_be_stay_different() -> None:
    assert names("推进国家生态园林城市创建和全国文明城市创建。") >= {"全国文明城市创建"}
    assert len(names("推进国家森林城市创建、全国文明城市创建。")) == 2


def test_a_longer_name_of_something_else_stays_apart() -> None:
    text = "全县城市精细化管理初见成效，召开城市精细化管理序化、洁化专项整治动员会。"
    assert names(text) == {"城市精细化管理", "城市精细化管理序化、洁化专项整治"}


def test_a_name_with_one_more_head_word_is_the_same() -> None:
    assert names("推进背街小巷改造提升，全县背街小巷改造进展顺利。") == {"背街小巷改造提升"}


def test_mentions_are_printed_stretches_and_do_not_overlap() -> None:
    text = "扎实推进“两违”专项治理、农村人居环境整治，深化扫黑除恶专项斗争。"
    found = read(text).of("initiative")
    assert len(found) == 3
    for m in found:
        assert m.text == text[m.start : m.end] and m.subkind in KINDS and 0 < m.score < 1
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_what_was_nearly_a_name_is_told() -> None:
    draft = read("探索多元共治，城乡自治机制运行良好。")
    assert [(r.text, r.rule) for r in draft.rejected] == [("多元共治", "head-of-name")]


def test_a_run_without_marks_comes_to_an_end() -> None:
    assert names("县里全面提高服务能力和做好群众工作和" * 200) == set()


def test_an_empty_article() -> None:
    assert names("") == set()


# ---------------------------------------------------------------- kinds and expansions


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("全面落实“河长制”。", "河长制", "mechanism"),
        ("推广“党员+乡贤”模式。", "“党员+乡贤”模式", "mechanism"),
        ("开展“送法下乡”活动。", "“送法下乡”活动", "campaign"),
        ("加快推进城北水厂建设。", "城北水厂建设", "project"),
        ("加快推进数字政府建设，抓好数字政府建设。", "数字政府建设", "programme"),
        ("坚决打赢污染防治攻坚战。", "污染防治攻坚战", "campaign"),
        ("签订战略合作框架协议。", "战略合作框架协议", "agreement"),
        ("建立三级联防体系，构建四级防控体系。", "四级防控体系", "mechanism"),
    ],
)
def test_kinds(text: str, name: str, kind: str) -> None:
    assert {m.name: m.subkind for m in read(text).of("initiative")}[name] == kind


def test_home_slogan_is_a_vision() -> None:
    (m,) = read("围绕“诗意吴中”，凝心聚力。", context=HOME).of("initiative")
    assert m.subkind == "vision"


def test_what_a_term_stands_for() -> None:
    text = "要做好“三员”，即宣传员、联络员、服务员。推行“双联双促”机制（支部联村、党员联户）。实施“清风”行动。"
    told = {m.name: m.expansion for m in read(text).of("initiative")}
    assert told == {"三员": "宣传员、联络员、服务员", "“双联双促”机制": "支部联村、党员联户", "“清风”行动": ""}


# ---------------------------------------------------------------- topics


def test_topics_in_the_name_of_an_event() -> None:
    draft = read("县里召开村庄清洁行动动员会。会上还部署了防汛备汛攻坚战。")
    assert initiatives.topics(draft, 0, 0, "村庄清洁行动动员会") == ["村庄清洁行动"]


def test_topics_in_the_clause_that_tells_it() -> None:
    text = "副县长调研农村危房改造和污水管网建设工作。随后参加会议，强调全域土地综合整治。"
    draft = read(text)
    assert "全域土地综合整治" in {m.name for m in draft.of("initiative")}
    assert initiatives.topics(draft, 0, text.index("。"), "副县长调研") == ["农村危房改造", "污水管网建设"]


def test_what_else_is_said_in_the_lead_is_no_topic() -> None:
    text = "市里召开小流域综合治理推进会，该市打造幸福河湖，今年将建成幸福河湖六条。"
    draft = read(text)
    assert {m.name for m in draft.of("initiative")} == {"小流域综合治理", "幸福河湖"}
    assert initiatives.topics(draft, 0, len(text), "推进会") == ["小流域综合治理"]


def test_no_topic() -> None:
    assert initiatives.topics(read("举行植树活动。"), 0, 6, "植树活动") == []


def test_quotes_do_not_matter_in_an_event_name() -> None:
    draft = read("“邻里节”启动，居民在“邻里节”上同台演出。")
    assert initiatives.topics(draft, 0, 0, "‘邻里节’启动仪式") == ["邻里节"]


# ---------------------------------------------------------------- the lists as data


LISTS = ("initiatives", "initiative-heads", "initiative-edges", "initiative-generic", "initiative-cues", "title-cues")


@pytest.mark.parametrize("name", LISTS)
def test_lists_say_where_they_come_from_and_are_sorted(name: str) -> None:
    lines = (Path(kg.lexicon.__file__).parent / f"{name}.tsv").read_text("utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    assert [c.split(":")[0] for c in comments[:3]] == ["# title", "# source", "# licence"]
    keys = [line.split("\t")[0] for line in lines[len(comments) + 1 :]]
    assert keys == sorted(set(keys))
    assert len(keys) >= 70


def test_heads_are_sound() -> None:
    for row in load("initiative-heads"):
        assert row["bind"] in {"strong", "medium", "weak", "link", "aim", "work"}, row
        assert row["kind"] in KINDS and row["least"].isdigit(), row


def test_edges_are_sound() -> None:
    assert {row["role"] for row in load("initiative-edges")} == {"drive", "stop", "both", "either", "trim"}


def test_edges_are_words_of_the_cutter() -> None:
    """A longer row can only stand where the cutter gives it as one word; a rule may look for a verb that ends in none."""
    driving = {row["word"] for row in load("initiative-edges") if row["role"] in ("drive", "either")}
    for word in (row["word"] for row in load("initiative-edges")):
        ends_in_none = word in driving and not any(word[i:] in driving for i in range(1, len(word)))
        assert len(word) < 3 or ends_in_none or cutter()(word) == [word], word


def test_programmes_are_sound() -> None:
    known = load("initiatives").by_key()
    for row in known.values():
        assert row["kind"] in KINDS and row["source"], row
        assert row["full"] != row["word"], row


def test_cues_are_sound() -> None:
    cues = {row["cue"] for row in load("initiative-cues")}
    assert cues == {
        "no-name-end",
        "no-name-soon",
        "no-name-next",
        "doing",
        "work",
        "noun",
        "about",
        "built",
        "honour",
        "no-name-before",
        "field",
        "no-field",
        "no-work",
        "no-headline",
    }
    assert all(row["key"] == f"{row['cue']}:{row['word']}" for row in load("initiative-cues"))


def test_generic_words_are_sound() -> None:
    assert {row["use"] for row in load("initiative-generic")} == {"modifier", "quoted"}


def test_what_the_headline_says_is_done() -> None:
    text = "4月7日，县人社局赴贵州省招工，与当地商谈劳务合作联盟的事。"
    assert names(text, headline="跨越千里 我县开展劳务合作联盟工作") == {"劳务合作联盟"}
    assert names(text, headline="县人社局走访企业") == set()
    assert names("4月7日，县政协集中调研视察。", headline="县政协开展集中调研视察") == set()


def test_single_things_that_are_checked_are_no_works() -> None:
    assert names("县长实地检查车辆停放、货物堆码和消防水池建设情况。") == set()
    assert names("县长调研古茶园保护、茶旅融合和撂荒地整治情况。") == {"古茶园保护", "茶旅融合", "撂荒地整治"}


def test_a_work_behind_a_slogan_is_no_name_by_itself() -> None:
    assert "招商引资" not in names("8月2日，平江县举行“归雁还巢·情系平江”招商引资推介会。")
