"""Projections, files for other programs, dossiers and the text of the explorer page, on a graph made by hand.

Every expected value is what the sentences of small_graph.py say.
"""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import networkx as nx
import pytest
from rich.console import Console
from small_graph import IMAGE, MEETING, SCRIPT, VISIT, hostile, page, records, visit

from kg import views
from kg.errors import ExportError, KgError
from kg.graph import Store
from kg.model import Ref, Statement
from kg.views import words
from kg.views.exports import cleaned
from kg.views.sentences import Text, sentence


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.build(tmp_path_factory.mktemp("views") / "store", records())


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.build(tmp_path_factory.mktemp("views") / "store", hostile())


def edges(graph: nx.MultiDiGraph, predicate: str = "") -> set[tuple[str, str, str]]:
    """The edges by the names of their ends: ``("陈红民", "带队、主持", "陈红民到淮河路街道调研")``."""
    named = graph.nodes(data="label")
    return {
        (named[a], d["label"], named[b])
        for a, b, d in graph.edges(data=True)
        if predicate in ("", d["predicate"], d["fact_type"])
    }


# ---------------------------------------------------------------- networkx


def test_all_has_every_thing_once(store: Store) -> None:
    graph = views.to_networkx(store)
    count = {kind: sum(1 for _, k in graph.nodes(data="kind") if k == kind) for kind in views.KINDS}
    # persons: 陈红民 twice (namesakes), 崔世英, 翟国防, 苏建设 and the reporter 张改华
    assert count == {
        "person": 6, "post": 3, "body": 7, "event": 2, "place": 2, "initiative": 2, "document": 1, "article": 3,
    }  # fmt: skip


def test_who_took_part_in_which_role(store: Store) -> None:
    graph = views.to_networkx(store)
    visit, meeting = "陈红民到淮河路街道调研", "城市环境综合整治提升工作推进会"
    assert edges(graph, "Participation") == {
        ("陈红民", "带队、主持", visit),
        ("崔世英", "陪同", visit),
        ("翟国防", "陪同", visit),
        ("二七区委办", "陪同", visit),
        ("淮河路街道", "陪同", visit),
        ("陈红民", "出席", meeting),
        ("苏建设", "出席", meeting),
        ("二七区", "组织、承办", meeting),
    }
    assert edges(graph, "EventPlace") == {(visit, "会场", "淮河路街道"), (visit, "察看点", "齐礼阎党群服务中心")}
    assert edges(graph, "Tie") == {("登封市科技局", "合作", "郑州联通公司")}
    assert edges(graph, "administers") == {("淮河路街道", "管辖", "淮河路街道")}
    assert ("二七区委办", "隶属于", "二七区委") in edges(graph, "partOf")


def test_an_edge_carries_its_evidence(store: Store) -> None:
    graph = views.to_networkx(store)
    [edge] = [d for _, _, d in graph.edges(data=True) if d["predicate"] == "lead"]
    assert edge["quote"] == VISIT[: VISIT.index("。") + 1]
    assert edge["headline"] == "陈红民带队到淮河路街道调研"
    assert (edge["page"], edge["date"], edge["rule"], edge["score"]) == ("erqi", "2019-07-01", "who-leads", 0.95)
    assert edge["article"] in graph


def test_every_node_and_edge_keeps_the_contract(store: Store) -> None:
    node = {"label", "kind", "subkind", "date", "search"}
    edge = {
        "label", "predicate", "fact_type", "role", "date", "article", "headline", "page", "quote", "sentence", "rule", "score",
        "fact",
    }  # fmt: skip
    for projection in views.PROJECTIONS:
        graph = views.to_networkx(store, projection)
        assert len(graph) > 2 and graph.number_of_edges() > 2
        for _, data in graph.nodes(data=True):
            assert set(data) == node and all(isinstance(v, str) for v in data.values())
        for _, _, data in graph.edges(data=True):
            assert edge <= set(data) and isinstance(data["score"], float)


def test_search_text_has_pinyin_and_titles(store: Store) -> None:
    graph = views.to_networkx(store)
    [text] = [d["search"] for _, d in graph.nodes(data=True) if d["label"] == "陈红民" and d["subkind"] == "official"]
    said = text.split(" | ")
    assert {"陈红民", "chen hongmin", "chenhongmin", "chm", "二七区委书记"} <= set(said)


def test_events_projection_leaves_posts_and_articles_out(store: Store) -> None:
    graph = views.to_networkx(store, "events")
    kinds = {kind for _, kind in graph.nodes(data="kind")}
    assert kinds == {"event", "person", "body", "place", "initiative"}
    assert ("城市环境综合整治提升工作推进会", "活动主题", "城市环境综合整治") in edges(graph)


def test_person_body_goes_by_the_posts(store: Store) -> None:
    graph = views.to_networkx(store, "person-body")
    assert edges(graph, "Tenure") == {
        ("陈红民", "二七区委书记", "二七区委"),
        ("苏建设", "二七区委副书记", "二七区委"),
        ("苏建设", "二七区区长", "二七区人民政府"),
    }
    assert ("二七区委", "隶属于", "二七区") in edges(graph)


def test_co_attendance_counts_shared_events(store: Store) -> None:
    graph = views.to_networkx(store, "co-attendance")
    named = graph.nodes(data="label")
    pairs = {(frozenset((named[a], named[b])), d["weight"], d["events"]) for a, b, d in graph.edges(data=True)}
    visit, meeting = "陈红民到淮河路街道调研", "城市环境综合整治提升工作推进会"
    assert pairs == {
        (frozenset(("陈红民", "崔世英")), 1, visit),
        (frozenset(("陈红民", "翟国防")), 1, visit),
        (frozenset(("崔世英", "翟国防")), 1, visit),
        (frozenset(("陈红民", "苏建设")), 1, meeting),
    }
    # 崔世英 and 苏建设 were at different events: nothing joins them
    assert len(graph) == 4


def test_around_kinds_and_page_choose_a_part(store: Store) -> None:
    around = views.to_networkx(store, "events", around="su jianshe", hops=1)
    assert {d["label"] for _, d in around.nodes(data=True)} == {"苏建设", "城市环境综合整治提升工作推进会"}
    persons = views.to_networkx(store, kinds=["person"])
    assert {kind for _, kind in persons.nodes(data="kind")} == {"person"}
    page = views.to_networkx(store, page="dengfeng")
    labels = {d["label"] for _, d in page.nodes(data=True)}
    assert labels == {"陈红民", "登封市科技局", "郑州联通公司", "登封市科技局与企业合作"}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"projection": "galaxy"}, "expected one of all, events"),
        ({"kinds": ["planet"]}, "expected some of person"),
        ({"page": "yesterday"}, "dengfeng, erqi"),
        ({"around": "陈红明"}, "陈红民"),
        ({"around": "郑州联通公司", "projection": "events"}, "another"),
    ],
)
def test_a_wrong_choice_is_told_in_one_line(store: Store, chosen: dict[str, object], said: str) -> None:
    with pytest.raises(KgError) as error:
        views.to_networkx(store, **chosen)  # type: ignore[arg-type]
    assert said in str(error.value) and "\n" not in str(error.value)


# ---------------------------------------------------------------- GraphML, GEXF, CSV


def load(data: bytes, form: str) -> nx.MultiDiGraph:
    if form == "gexf":
        return nx.read_gexf(io.BytesIO(data))
    return nx.read_graphml(io.BytesIO(data), force_multigraph=True)


@pytest.mark.parametrize("form", views.GRAPH_FORMATS)
@pytest.mark.parametrize("projection", views.PROJECTIONS)
def test_a_projection_loads_again_as_it_was(store: Store, form: str, projection: str) -> None:
    graph = views.to_networkx(store, projection)
    again = load(views.graph_file(store, form, projection), form)
    assert set(again) == set(graph)
    for node, data in graph.nodes(data=True):
        assert dict(again.nodes[node]) == data

    def flat(g: nx.MultiDiGraph) -> list[tuple[object, ...]]:
        own = ("id", "weight") if form == "gexf" else ()
        return sorted((a, b, *sorted((k, v) for k, v in d.items() if k not in own)) for a, b, d in g.edges(data=True))

    assert flat(again) == flat(graph)
    if projection == "co-attendance":
        assert {d["weight"] for _, _, d in again.edges(data=True)} == {1}


@pytest.mark.parametrize("form", views.GRAPH_FORMATS)
def test_what_the_formats_cannot_hold_is_made_fit(form: str) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("甲", label="a\x0bb\x00\ud800", unknown=None, mixed=1, number=1, many=["一", "二"])
    graph.add_node("乙", mixed="x", number=2.5, big=2**40)
    graph.add_edge("甲", "乙", key="k", type="Tenure", label='<任> & "', none=None, start="2019")
    again = load(views.graph_file(graph, form), form)
    assert again.nodes["甲"]["label"] == "a�b��"
    assert "unknown" not in again.nodes["甲"]
    assert (again.nodes["甲"]["mixed"], again.nodes["乙"]["mixed"]) == ("1", "x")
    assert (again.nodes["甲"]["number"], again.nodes["乙"]["number"]) == (1.0, 2.5)
    assert again.nodes["甲"]["many"] == "一 ｜ 二"
    assert again.nodes["乙"]["big"] == str(2**40)
    [(_, _, edge)] = again.edges(data=True)
    assert edge["label"] == '<任> & "'
    assert "Tenure" in edge.values() and "2019" in edge.values() and "none" not in edge


def test_two_nodes_never_become_one() -> None:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(["a\x00", "a\x01"])
    with pytest.raises(ExportError, match="two nodes"):
        views.graph_file(graph, "graphml")


def test_edge_ids_of_a_file_differ(store: Store) -> None:
    ids = re.findall(r'<edge source="[^"]*" target="[^"]*" id="([^"]*)"', views.graph_file(store, "graphml").decode())
    assert len(ids) == views.to_networkx(store).number_of_edges() == len(set(ids))


@pytest.mark.parametrize("form", views.GRAPH_FORMATS)
def test_the_same_graph_gives_the_same_bytes(store: Store, form: str) -> None:
    assert views.graph_file(store, form) == views.graph_file(Store.open(store.directory), form)
    assert b"lastmodified" not in views.graph_file(store, form)


def test_cleaning_leaves_the_graph_alone() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("甲", unknown=None)
    cleaned(graph)
    assert graph.nodes["甲"] == {"unknown": None}


def test_csv_gives_a_table_per_named_query(store: Store, tmp_path: Path) -> None:
    views.export(store, "csv", tmp_path / "tables")
    names = {path.stem for path in (tmp_path / "tables").iterdir()}
    contract = {
        "articles", "bylines", "persons", "posts", "bodies", "places", "initiatives", "documents", "events",
        "participants", "event_places", "event_topics", "statements", "targets", "ties",
    }  # fmt: skip
    assert contract <= names
    with (tmp_path / "tables" / "posts.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["person"], row["title"]) for row in csv.DictReader(file)}
    assert rows == {("陈红民", "二七区委书记"), ("苏建设", "二七区委副书记"), ("苏建设", "二七区区长")}


def test_export_writes_graph_files_and_says_what_it_cannot(store: Store, tmp_path: Path) -> None:
    views.export(store, "gexf", tmp_path / "g.gexf", "events")
    assert len(nx.read_gexf(tmp_path / "g.gexf")) == len(views.to_networkx(store, "events"))
    views.export(store, "nq", tmp_path / "g.nq")
    assert (tmp_path / "g.nq").read_bytes() == (store.directory / "graph.nq").read_bytes()
    with pytest.raises(ExportError, match="expected one of nq, trig, ttl"):
        views.export(store, "xls", tmp_path / "g.xls")
    with pytest.raises(ExportError, match="cannot be written"):
        views.export(store, "gexf", tmp_path / "nowhere" / "g.gexf")


# ---------------------------------------------------------------- dossiers


def test_namesakes_are_listed_apart(store: Store) -> None:
    found = views.dossier(store, "陈红民")
    assert len(found.entries) == 2
    assert {(e.thing.subkind, dict(e.thing.details)["jurisdiction"]) for e in found.entries} == {
        ("official", "二七区"),
        ("expert", "登封市"),
    }
    by_kind = {entry.thing.subkind: entry for entry in found.entries}
    assert by_kind["expert"].section("posts") == () and by_kind["expert"].section("events") == ()
    assert [item.text for item in by_kind["expert"].section("statements")] == ["陈红民 介绍：“该局与郑州联通公司合作”"]


def official(store: Store, name: str) -> views.Entry:
    [entry] = [e for e in views.dossier(store, name).entries if e.thing.subkind == "official"]
    return entry


def test_a_person_has_posts_events_and_statements_with_their_words(store: Store) -> None:
    entry = official(store, "陈红民")
    assert [(i.date, i.text) for i in entry.section("posts")] == [
        ("2019-07-01", "陈红民 任 二七区委书记"),
        ("2019-07-03", "陈红民 任 二七区委书记"),
    ]
    assert [(i.date, i.text) for i in entry.section("events")] == [
        ("2019-07-01", "陈红民（二七区委书记） 带队、主持 陈红民到淮河路街道调研"),
        ("2019-07-03", "陈红民（二七区委书记） 出席 城市环境综合整治提升工作推进会"),
    ]
    [said] = entry.section("statements")
    assert said.text.startswith("陈红民 表示：“要高标准、高质量完善")
    first = entry.section("posts")[0].source
    assert (first.quote, first.sentence) == ("二七区委书记陈红民", VISIT[: VISIT.index("。") + 1])
    source = entry.section("posts")[1].source
    assert source.quote == "二七区委书记陈红民，区委副书记、区长苏建设参加会议。"
    assert (source.page, source.headline) == ("erqi", "二七区：把城市环境综合整治提升落到行动上")


@pytest.mark.parametrize("name", ["chen hongmin", "ChenHongmin", "chen hong min"])
def test_a_person_is_found_by_pinyin(store: Store, name: str) -> None:
    assert {entry.thing.name for entry in views.dossier(store, name).entries} == {"陈红民"}
    assert len(views.dossier(store, name).entries) == 2


def test_a_body_is_found_by_its_printed_name_and_shows_who_holds_its_posts(store: Store) -> None:
    [office] = views.dossier(store, "区委办").entries
    assert office.thing.name == "二七区委办"
    assert [i.text for i in office.section("events")] == ["二七区委办（主要负责人） 陪同 陈红民到淮河路街道调研"]
    [committee] = views.dossier(store, "二七区委").entries
    assert {i.text for i in committee.section("posts")} == {"陈红民 任 二七区委书记", "苏建设 任 二七区委副书记"}
    assert committee.belongs == ("下有 二七区委办", "隶属于 二七区")


def test_a_street_is_two_things_and_an_initiative_has_targets(store: Store) -> None:
    street = views.dossier(store, "淮河路街道")
    assert [entry.thing.kind for entry in street.entries] == ["body", "place"]
    [cleaning] = views.dossier(store, "城市环境综合整治").entries
    [target] = cleaning.section("targets")
    assert target.date == "2019-07-03"  # the day of the news; the deadline is in the line
    assert target.text == "二七区 要求：整治背街小巷（超过200条，期限 2019-07-31），属于 城市环境综合整治"
    assert target.source.quote == "会议要求，7月底前整治背街小巷200余条。"


def test_the_end_of_a_title_finds_the_post(store: Store) -> None:
    [entry] = views.dossier(store, "区委书记").entries
    assert (entry.thing.kind, entry.thing.name) == ("post", "二七区委书记")


def test_an_unknown_name_gets_near_names(store: Store) -> None:
    with pytest.raises(KgError, match=r"陈宏民: .*陈红民"):
        views.dossier(store, "陈宏民")
    with pytest.raises(KgError, match="kg query persons"):
        views.dossier(store, "Кузнецов")
    with pytest.raises(KgError, match="no name given"):
        views.dossier(store, " ")


def printed(store: Store, name: str, width: int) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(views.show(store, name))
    return out.getvalue().splitlines()


def test_a_dossier_prints_without_trailing_spaces_and_within_the_window(store: Store) -> None:
    lines = printed(store, "苏建设", 60)
    assert lines[0] == "苏建设  人物 · 公职人员  su jianshe"
    assert "  2019-07-03  苏建设 任 二七区区长" in lines
    assert all(line == line.rstrip() for line in lines)
    wide = {len(line) + sum(1 for c in line if ord(c) > 0x2E80) for line in lines}
    assert max(wide) <= 60
    whole = "\n".join(printed(store, "苏建设", 10_000))
    assert "“二七区委书记陈红民，区委副书记、区长苏建设参加会议。”" in whole
    assert "2019-07-03 · erqi · 《二七区：把城市环境综合整治提升落到行动上》 · post-list-then-person 0.9" in whole


def test_a_dossier_says_that_a_day_is_not_known(store: Store) -> None:
    whole = "\n".join(printed(store, "登封市科技局", 200))
    assert "XXXX-03-02  登封市科技局 合作 郑州联通公司" in whole


# ---------------------------------------------------------------- the sentence around a quote


@pytest.mark.parametrize(
    ("page", "article", "quote", "expected"),
    [
        # a hard line break inside the quote
        ("会上，区委书⏎记陈红民强调，要⏎抓好落实。会后察看。", "会上，区委书记陈红民强调，要抓好落实。会后察看。", "区委书⏎记", "会上，区委书记陈红民强调，要抓好落实。"),
        # a name in two sentences: the second one is meant
        ("陈红民出席。　会后，陈红民⏎察看现场。", "陈红民出席。会后，陈红民察看现场。", "，陈红民⏎察", "会后，陈红民察看现场。"),
        # the closing quotation mark belongs to the sentence, the next one begins after it
        ("他说：“要快。”众人鼓掌。", "他说：“要快。”众人鼓掌。", "鼓掌", "众人鼓掌。"),
        ("他说：“要快。”众人鼓掌。", "他说：“要快。”众人鼓掌。", "要快", "他说：“要快。”"),
        # paragraphs end sentences, and so does the text
        ("一是提前\n二是跟进", "一是提前\n二是跟进", "跟进", "二是跟进"),
        ("别处的话。", "这里的话。", "别处", ""),
    ],
)  # fmt: skip
def test_the_sentence_of_a_quote(page: str, article: str, quote: str, expected: str) -> None:
    raw, wanted = page.replace("⏎", "\n"), quote.replace("⏎", "\n")
    words = "".join(wanted.split())
    assert sentence(Text(article), raw, [(raw.index(wanted), words)]) == expected


def test_the_place_of_a_quote_tells_its_sentence() -> None:
    text = "陈红民出席。会后，陈红民察看现场。"
    assert sentence(Text(text), text, [(0, "陈红民")]) == "陈红民出席。"
    assert sentence(Text(text), text, [(9, "陈红民")]) == "会后，陈红民察看现场。"


def test_a_quote_over_a_jump_is_one_sentence() -> None:
    article = "区领导崔世英陪同调研。"
    page = "区领导崔世\n图为现场 本报记者摄\n英陪同调研。"
    stretches = [(2, "导崔世"), (page.index("英陪"), "英陪同")]
    assert sentence(Text(article), page, stretches) == article


# ---------------------------------------------------------------- the text of the explorer page


def test_the_page_loads_nothing(store: Store) -> None:
    html = views.to_pyvis(store)
    loading = re.findall(r"<(?:script|img|iframe|link|object|embed)\b[^>]*\b(?:src|href)=[^>]*>", html)
    assert loading == ['<link rel="icon" href="data:,">']
    assert "@import" not in html and "cdnjs" not in html and "jsdelivr" not in html
    assert "default-src &#39;none&#39;" in html


def test_the_same_store_gives_the_same_page(store: Store, tmp_path: Path) -> None:
    again = Store.build(tmp_path / "again", reversed(list(records())))
    assert views.to_pyvis(store) == views.to_pyvis(again)


def test_iris_stay_out_of_the_page_and_names_are_in_it(store: Store) -> None:
    html = views.to_pyvis(store)
    assert "example.org" not in html
    assert "陈红民" in html and MEETING[: MEETING.index("。") + 1] in html


def test_markup_in_names_stays_text(hostile_store: Store) -> None:
    html = views.to_pyvis(hostile_store)
    assert IMAGE not in html and SCRIPT not in html
    assert "<img" not in html
    # as many scripts as in any page: four of data, vis-network and ours (and one in a string of vis-network)
    assert html.count("</script") == 6
    assert html.count("<script") == views.to_pyvis(nx.MultiDiGraph()).count("<script")


def test_a_page_is_written_in_utf8_whatever_the_locale(store: Store, tmp_path: Path) -> None:
    path = views.write_view(store, tmp_path / "new" / "view.html", projection="events")
    assert path.read_bytes().decode("utf-8") == views.to_pyvis(store, "events")
    with pytest.raises(ExportError, match="cannot write the page"):
        views.write_view(store, tmp_path)


def test_a_graph_too_large_says_how_to_see_the_rest(store: Store) -> None:
    html = views.to_pyvis(store, limit=5)
    assert "只画出联系最多的 5 个" in html and "--around" in html
    assert "只画出" not in views.to_pyvis(store)


def test_a_plain_networkx_graph_is_drawn(tmp_path: Path) -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a", label="甲", kind="person")
    graph.add_node("b", label="乙", kind="moon")
    graph.add_edge("a", "b", label="望", quote="甲望乙。")
    html = views.to_pyvis(graph)
    assert "甲望乙。" in html and '"k":"moon"' in html


def test_an_undirected_graph_with_numbers_for_names_is_drawn_and_written() -> None:
    graph = nx.path_graph(3)
    assert len(re.findall(r'"id":"e\d', views.to_pyvis(graph))) == 2
    assert load(views.graph_file(graph, "graphml"), "graphml").number_of_edges() == 2


def test_an_empty_store_gives_a_page(tmp_path: Path) -> None:
    assert "kg-data" in views.to_pyvis(Store.build(tmp_path / "empty", []))


def test_a_notebook_shows_the_page_in_a_frame_of_its_own(store: Store) -> None:
    shown = views.explorer(store.directory, "events", height=500)
    html = shown._repr_html_()
    assert html.startswith('<iframe sandbox="allow-scripts" srcdoc="&lt;!DOCTYPE html&gt;')
    assert html.count("<") == 2 and "height:500px" in html
    assert len(repr(shown)) < 60


def test_long_statements_are_cut_in_the_page_and_whole_in_a_dossier(tmp_path: Path) -> None:
    items = [visit()]
    said = "要抓好落实，" * 20
    items[0].facts.append(Statement(Ref("person", "陈红民"), "强调", (0, 4), said, items[0].words("陈红民表示")))
    store = Store.build(tmp_path / "long", [page("long", items)])
    assert said not in views.to_pyvis(store) and f"强调：“{said[:48]}……”" in views.to_pyvis(store)
    assert any(said in item.text for item in official(store, "陈红民").section("statements"))


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("scheme", "code", "zh"),
    [
        ("participationRoles", "accompany", "陪同"),
        ("bodyKinds", "street", "街道、乡镇"),
        ("tiePredicates", "partner", "合作"),
    ],
)
def test_codes_have_chinese_words(scheme: str, code: str, zh: str) -> None:
    assert words.code(scheme, code) == zh
    assert words.code(scheme, "unheard-of") == "unheard-of"


def test_every_kind_of_node_has_words_in_both_languages() -> None:
    for kind in views.KINDS:
        assert re.fullmatch(r"[\u4e00-\u9fff]+", words.kind(kind))
        assert words.kind(kind, "en") == kind.capitalize()
