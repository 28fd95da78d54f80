"""The query book: every query has its head, answers with its columns, and says what reading the page says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import graph_samples as samples
import pytest

from kg import graph
from kg.errors import QueryError
from kg.graph import queries
from kg.model import PageRecord, When

ROOT = Path(__file__).resolve().parents[1]
PAGE = samples.SEED.stem

#: what the scorer asks for (MODEL.md §5); more columns may follow
CONTRACT = {
    "articles": "page article headline date text",
    "bylines": "page article person role",
    "persons": "page article person kind",
    "posts": "page article person title body",
    "bodies": "page article body kind parent",
    "places": "page article place kind",
    "initiatives": "page article initiative kind",
    "documents": "page article title action by",
    "events": "page article event type name date count",
    "participants": "event agent role",
    "event_places": "event place role",
    "event_topics": "event initiative",
    "statements": "page article speaker verb event text",
    "targets": "page article initiative what quantity unit deadline by",
    "ties": "page article subject predicate object",
}
BOOK = list(queries.book())
BOOK_PAGE = ROOT / "docs" / "queries.md"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> graph.Store:
    return graph.Store.build(tmp_path_factory.mktemp("queries") / "store", [samples.record()])


def ask(store: graph.Store, name: str, *columns: str) -> set[tuple[str, ...]]:
    result = store.query(queries.find(name).text, where=name)
    at = [result.columns.index(c) for c in columns]
    return {tuple(row[i] for i in at) for row in result.rows}


def test_the_book_is_whole() -> None:
    assert len(BOOK) >= 30
    assert set(CONTRACT) <= set(queries.names())


@pytest.mark.parametrize("query", BOOK, ids=lambda q: q.name)
def test_every_query_has_its_head_and_keeps_to_its_columns(query: queries.NamedQuery, store: graph.Store) -> None:
    assert query.question_zh.endswith("？")
    assert query.question_en.endswith("?")
    assert store.query(query.text, where=query.name).columns == query.columns
    if query.name in CONTRACT:
        wanted = tuple(CONTRACT[query.name].split())
        assert query.columns[: len(wanted)] == wanted


@pytest.mark.parametrize("query", BOOK, ids=lambda q: q.name)
def test_every_query_stands_alone_with_its_prefixes(query: queries.NamedQuery) -> None:
    import rdflib.plugins.sparql

    rdflib.plugins.sparql.prepareQuery(query.text)


def test_no_row_of_a_contract_query_is_an_iri(store: graph.Store) -> None:
    for name in CONTRACT:
        for row in store.query(queries.find(name).text).terms:
            assert all(t is None or t.kind == "literal" for t in row), name


def test_the_page_of_the_book_is_what_the_queries_say() -> None:
    """This file run as a program writes it anew."""
    assert BOOK_PAGE.read_text("utf-8") == queries.reference()


# ---------------------------------------------------------------- answers, by reading the page


def test_articles(store: graph.Store) -> None:
    rows = list(store.query(queries.find("articles").text))
    assert [(r["page"], r["headline"], r["date"]) for r in rows] == [
        (PAGE, "二七区召开精神文明建设 暨创文工作推进会", "2019-06-26"),
        (PAGE, "陈红民带队到淮河路街道调研", "2019-07-01"),
    ]
    assert rows[1]["text"].startswith("本报讯7月1日上午，二七区委书记陈红民带队到淮河路街道，")


def test_persons_bylines_and_posts(store: graph.Store) -> None:
    assert ask(store, "bylines", "person", "role") == {("张改华", "reporter"), ("张雅青", "correspondent")}
    assert ask(store, "persons", "person", "kind") == {("崔世英", "official"), ("陈红民", "official")}
    assert ask(store, "posts", "person", "title", "body") == {
        ("崔世英", "二七区委常委", "二七区委"),
        ("崔世英", "二七区委宣传部部长", "二七区委宣传部"),
        ("陈红民", "二七区委书记", "二七区委"),
    }


def test_bodies_leave_out_the_bare_district_but_participants_name_it(store: graph.Store) -> None:
    assert ask(store, "bodies", "body", "kind", "parent") == {
        ("二七区委", "party", "二七区"),
        ("二七区委宣传部", "party", "二七区委"),
        ("淮河路街道办事处", "street", "二七区"),
    }
    assert ("二七区", "organiser") in ask(store, "participants", "agent", "role")


def test_participants_are_named_once_in_their_first_role(store: graph.Store) -> None:
    assert ask(store, "participants", "agent", "role") == {
        ("崔世英", "leader"),  # of the meeting, where he also speaks
        ("二七区", "organiser"),
        ("陈红民", "leader"),
        ("崔世英", "participant"),  # of the visit
        ("淮河路街道办事处", "participant"),
    }
    assert len(store.query(queries.find("participants").text)) == 5


def test_events_with_their_places_and_topics(store: graph.Store) -> None:
    assert ask(store, "events", "type", "name", "date", "count") == {
        ("meeting", "二七区2019年精神文明建设暨文明城市创建工作推进会", "2019-06-26", ""),
        ("inspection", "陈红民到淮河路街道调研", "2019-07-01", ""),
    }
    assert ask(store, "event_places", "place", "role") == {("齐礼阎党群服务中心", "site"), ("淮河路街道", "venue")}
    assert ask(store, "event_topics", "initiative") == {("全国文明城市创建",)}
    events = {key for (key,) in ask(store, "events", "event")}
    for name in ("participants", "event_places", "event_topics"):
        assert {key for (key,) in ask(store, name, "event")} <= events


def test_what_the_meeting_says_is_said_by_the_meeting(store: graph.Store) -> None:
    said = ask(store, "statements", "speaker", "verb", "text")
    assert ("会议", "宣读", "《市长签批…》") in said
    assert ("陈红民", "表示", "要高标准、高质量完善") in said
    assert {s for s, _, _ in said} == {"会议", "陈红民", "崔世英"}


def test_targets_documents_and_ties(store: graph.Store) -> None:
    assert ask(store, "targets", "what", "quantity", "unit", "deadline", "by", "comparator") == {
        ("打造观摩亮点", "3", "个", "2019-07-20", "淮河路街道办事处", ">=")
    }
    assert ask(store, "documents", "title", "action", "by") == {("全国文明城市测评体系", "cited", "")}
    assert ask(store, "ties", "subject", "predicate", "object") == {("齐礼阎党群服务中心", "located-in", "淮河路街道")}


def test_who_led_says_where_and_in_which_words(store: graph.Store) -> None:
    assert (
        "陈红民",
        "2019-07-01",
        "齐礼阎党群服务中心",
        "7月1日上午，二七区委书记陈红民带队到淮河路街道",
    ) in ask(store, "who_led", "person", "date", "place", "quote")


def test_the_other_questions(store: graph.Store) -> None:
    assert ask(store, "accompanied", "leader", "companion", "open_list") == {
        ("陈红民", "崔世英", ""),
        ("陈红民", "淮河路街道办事处", "true"),
    }
    assert ask(store, "deadlines", "deadline", "what", "year_basis") == {("2019-07-20", "打造观摩亮点", "inferred")}
    assert ask(store, "co_attendance", "person", "other", "events") == {("陈红民", "崔世英", "1")}
    assert ask(store, "post_holders", "title", "person", "first", "last") >= {
        ("二七区委书记", "陈红民", "2019-07-01", "2019-07-01")
    }
    assert ask(store, "open_lists", "agent", "through") == {("淮河路街道办事处", "主要负责人")}
    assert ask(store, "body_tree", "body", "administers", "posts") >= {("淮河路街道办事处", "淮河路街道", "0")}
    assert ask(store, "person_timeline", "person", "date", "role") >= {("崔世英", "2019-07-01", "accompany")}


def test_a_holder_named_without_a_day_too_has_the_days_that_are_known(tmp_path: Path) -> None:
    """陈红民 on a dated page and on one without a date: first and last are those of the dated one, not nothing."""
    page = samples.page("undated", "无日期\n" + samples.SEED.read_text("utf-8"))
    items = [
        replace(
            item,
            reading=replace(
                item.reading,
                when=When(),
                facts=[replace(f, when=When()) if hasattr(f, "when") else f for f in item.reading.facts],
            ),
        )
        for item in (samples.meeting(page), samples.visit(page))
    ]
    undated = PageRecord(page, samples.CONTEXT, tuple(items))
    alone = graph.Store.build(tmp_path / "alone", [undated])
    assert ask(alone, "post_holders", "title", "person", "first", "last") >= {("二七区委书记", "陈红民", "", "")}
    both = graph.Store.build(tmp_path / "both", [samples.record(), undated])
    assert ask(both, "post_holders", "title", "person", "first", "last", "articles") >= {
        ("二七区委书记", "陈红民", "2019-07-01", "2019-07-01", "2")
    }


def test_evidence_has_every_fact_with_its_words(store: graph.Store) -> None:
    rows = list(store.query(queries.find("evidence").text))
    assert len({r["fact"] for r in rows}) == store.counts["facts"] == 20
    text = samples.page().text
    for row in rows:
        assert "".join(text[int(row["start"]) : int(row["end"])].split()) == row["quote"]


# ---------------------------------------------------------------- finding


def test_a_name_a_file_and_a_text_are_told_apart(tmp_path: Path) -> None:
    own = tmp_path / "own.rq"
    own.write_text("ASK { ?s ?p ?o }", "utf-8")
    assert queries.read("posts") == (queries.find("posts").text, "posts")
    assert queries.read(str(own)) == ("ASK { ?s ?p ?o }", str(own))
    assert queries.read("ASK { ?s ?p ?o }") == ("ASK { ?s ?p ?o }", "")


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(QueryError, match=r"no query called 'post'; did you mean posts"):
        queries.read("post")
    with pytest.raises(QueryError, match=r"nowhere\.rq: cannot be read"):
        queries.read("nowhere.rq")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    binary = tmp_path / "b.rq"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match="expected a SPARQL query in UTF-8"):
        queries.read(str(binary))


def test_a_query_without_its_head_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="expected a line '# title-en"):
        queries.parse("x", "# title-zh: 一\nSELECT * {}", tmp_path / "x.rq")


def test_the_queries_are_found_in_an_installation_too(tmp_path: Path) -> None:
    """As the wheel lays them out: kg/queries inside the package, and no folder beside it."""
    shutil.copytree(ROOT / "kg", tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "queries", tmp_path / "kg" / "queries")
    code = "from kg.graph import queries; print(queries.folder()); print(len(queries.names()))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == [str(tmp_path / "kg" / "queries"), str(len(BOOK))], done.stderr


if __name__ == "__main__":
    BOOK_PAGE.write_text(queries.reference(), "utf-8")
