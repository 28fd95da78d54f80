"""The store: whole or not at all, the same bytes for the same pages, and no way out of it by a query."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import graph_samples as samples
import pyoxigraph as ox
import pytest
import rdflib

from kg import graph
from kg.errors import ExportError, QueryError, StoreError
from kg.graph import files, terms
from kg.graph.check import check
from kg.model import Entity, PageRecord, Ref

#: rdflib warns of its own parsers
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

RECORD = samples.record()
TESTS = Path(__file__).parent
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
#: far too much to answer: every triple with every other, four times
RUNAWAY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def other(name: str) -> PageRecord:
    """The same page with another first line, so another page."""
    page = samples.page(name, f"第{name}版\n" + samples.SEED.read_text("utf-8"))
    return PageRecord(page, samples.CONTEXT, (samples.meeting(page), samples.visit(page)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> graph.Store:
    return graph.Store.build(tmp_path_factory.mktemp("store") / "store", [RECORD])


def contents(directory: Path) -> dict[str, bytes]:
    return {name: (directory / name).read_bytes() for name in ("manifest.json", "graph.nq", "graph.trig")}


# ---------------------------------------------------------------- bytes


def test_the_same_pages_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    records = [RECORD, other("002"), other("003")]
    graph.Store.build(tmp_path / "a", records)
    graph.Store.build(tmp_path / "b", [graph.written(r) for r in reversed(records)])
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_pages_beyond_memory_are_sorted_on_disk_to_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graphs = [g for r in (RECORD, other("002"), other("003")) for g in graph.written(r).graphs]
    for name, run in (("memory", 10**6), ("disk", 700)):
        monkeypatch.setattr(files, "RUN", run)
        (tmp_path / name).mkdir()
        files.write_files(tmp_path / name, graphs, terms.BASE)
    for name in ("graph.nq", "graph.trig"):
        assert (tmp_path / "disk" / name).read_bytes() == (tmp_path / "memory" / name).read_bytes()
    assert sorted(p.name for p in (tmp_path / "disk").iterdir()) == ["graph.nq", "graph.trig"]


def test_the_lines_are_sorted_by_their_bytes_and_each_stands_once(store: graph.Store) -> None:
    lines = (store.directory / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) == len(store)


def test_trig_and_n_quads_say_the_same(store: graph.Store) -> None:
    quads = [set(ox.parse(path=str(store.directory / f"graph.{s}"))) for s in ("nq", "trig")]
    assert quads[0] == quads[1] == set(store.quads())


def test_a_page_that_comes_twice_is_there_once(tmp_path: Path, store: graph.Store) -> None:
    twice = graph.Store.build(tmp_path / "twice", [RECORD, RECORD])
    assert contents(twice.directory) == contents(store.directory)


def named(page: str, *names: str) -> PageRecord:
    """A page whose articles name one body, each in its own way."""
    of = samples.page(page, f"第{page}版\n" + samples.SEED.read_text("utf-8"))
    records = []
    for number, name in enumerate(names):
        item = (samples.meeting, samples.visit)[number](of)
        body = Entity("body", "body|二七区政府", name, "government", printed=("区政府",))
        entities = {**item.entities, Ref("body", "二七区委"): body}
        records.append(replace(item, entities=entities))
    return PageRecord(of, samples.CONTEXT, tuple(records))


def test_a_thing_goes_by_one_name_whatever_the_pages_call_it(tmp_path: Path) -> None:
    pages = [named("002", "二七区政府", "“二七区”人民政府"), named("003", "二七区人民政府")]
    made = graph.Store.build(tmp_path / "a", pages)
    body = "<http://example.org/kg/id/body/er-qi-qu-zheng-fu-" + terms.short_hash("body|二七区政府") + ">"
    for asked in ("?b ?p ?n", "GRAPH ?a { ?b ?p ?n }"):
        found = made.query(
            f"SELECT DISTINCT ?n {{ BIND({body} AS ?b) VALUES ?p {{ rdfs:label skos:prefLabel }} {asked} }}"
        )
        assert found.rows == (("二七区人民政府",),)
    others = made.query(f"SELECT ?n {{ {body} skos:altLabel ?n }}").column("n")
    assert set(others) == {"区政府", "二七区政府", "“二七区”人民政府"}
    assert made.query(f"SELECT ?n {{ {body} kg:pinyin ?n }}").rows == (("er qi qu ren min zheng fu",),)
    graph.Store.build(tmp_path / "b", [graph.written(p) for p in reversed(pages)])
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    usual = graph.Store.build(tmp_path / "c", [*pages, named("004", "二七区政府")])
    assert usual.query(f"SELECT ?n {{ {body} rdfs:label ?n }}").rows == (("二七区政府",),)
    default = {str(q.triple) for q in made.quads("")}
    assert default == {str(q.triple) for q in made.quads() if not isinstance(q.graph_name, ox.DefaultGraph)}


def test_the_manifest_tells_what_is_in_it(store: graph.Store) -> None:
    said = json.loads((store.directory / "manifest.json").read_text("utf-8"))
    assert said["format"] == "zhengkg-store"
    (page,) = store.pages
    assert (page.name, page.digest) == (RECORD.page.name, RECORD.page.digest)
    assert (page.articles, page.facts) == (2, 20)
    assert store.counts["graphs"] == 2
    assert store.counts["quads"] == len(list(graph.quads(RECORD))) == len(store)


def test_another_base_is_used_throughout(tmp_path: Path) -> None:
    made = graph.Store.build(tmp_path / "s", [RECORD], base="https://data.example.cn/")
    assert b"example.org/kg/id" not in (made.directory / "graph.nq").read_bytes()
    assert made.base == "https://data.example.cn/"
    with pytest.raises(StoreError, match="was written for another base"):
        graph.Store.build(tmp_path / "s", [graph.written(RECORD)], base="https://data.example.cn/")


# ---------------------------------------------------------------- whole or not at all


def test_an_older_store_is_replaced_and_nothing_is_left_beside(tmp_path: Path) -> None:
    graph.Store.build(tmp_path / "s", [RECORD])
    made = graph.Store.build(tmp_path / "s", [other("002")])
    assert [p.name for p in made.pages] == ["002"]
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_a_reader_goes_on_with_what_it_opened(tmp_path: Path) -> None:
    old = graph.Store.build(tmp_path / "s", [RECORD])
    graph.Store.build(tmp_path / "s", [RECORD, other("002")])
    assert old.query(COUNT).rows == ((str(old.counts["triples"]),),)


def test_a_failure_in_the_middle_leaves_the_old_store(tmp_path: Path) -> None:
    before = contents(graph.Store.build(tmp_path / "s", [RECORD]).directory)

    def pages() -> Iterator[PageRecord]:
        yield other("002")
        raise RuntimeError("a page went wrong")

    with pytest.raises(RuntimeError, match="a page went wrong"):
        graph.Store.build(tmp_path / "s", pages())
    assert contents(tmp_path / "s") == before
    assert graph.Store.open(tmp_path / "s").query(COUNT)
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_a_failure_of_a_first_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        graph.Store.build(tmp_path / "new" / "s", (1 // 0 for _ in range(1)))  # type: ignore[misc]
    assert not (tmp_path / "new" / "s").exists()


def test_a_page_that_cannot_be_read_is_not_told_as_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    def pages() -> Iterator[PageRecord]:
        yield RECORD
        raise FileNotFoundError(2, "No such file or directory", "page.txt")

    with pytest.raises(FileNotFoundError, match=r"page\.txt"):
        graph.Store.build(tmp_path / "s", pages())
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_a_store_is_followed(tmp_path: Path) -> None:
    graph.Store.build(tmp_path / "real" / "s", [RECORD])
    (tmp_path / "link").symlink_to(tmp_path / "real" / "s")
    assert [p.name for p in graph.Store.build(tmp_path / "link", [other("002")]).pages] == ["002"]
    assert [p.name for p in graph.Store.open(tmp_path / "real" / "s").pages] == ["002"]
    assert (tmp_path / "link").is_symlink()
    assert sorted(p.name for p in (*tmp_path.iterdir(), *(tmp_path / "real").iterdir())) == ["link", "real", "s"]


def child(code: str, *arguments: str, **more: object) -> subprocess.Popen[str]:
    head = f"import sys; sys.path.insert(0, {str(TESTS)!r}); import graph_samples as samples; from kg import graph\n"
    command = [sys.executable, "-c", head + textwrap.dedent(code), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)  # type: ignore[call-overload,no-any-return]


def test_a_full_disk_is_told_in_one_line_and_leaves_the_old_store(tmp_path: Path) -> None:
    before = contents(graph.Store.build(tmp_path / "s", [RECORD]).directory)
    process = child(
        """
        import resource, signal
        from kg.errors import StoreError
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))  # no file may grow beyond this
        try:
            graph.Store.build(sys.argv[1], [samples.record("full")])
        except StoreError as error:
            print(error)
        """,
        str(tmp_path / "s"),
    )
    said, errors = process.communicate(timeout=60)
    assert not errors
    assert said.count("\n") == 1
    assert "the store cannot be written: File too large; what was there is untouched" in said
    assert contents(tmp_path / "s") == before
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_a_killed_build_leaves_the_old_store_and_the_next_one_clears_up(tmp_path: Path) -> None:
    before = contents(graph.Store.build(tmp_path / "s", [RECORD]).directory)
    process = child(
        """
        def pages():
            yield samples.record("killed")
            print("half way", flush=True)
            sys.stdin.read()
        graph.Store.build(sys.argv[1], pages())
        """,
        str(tmp_path / "s"),
        stdin=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half way\n"
    with pytest.raises(StoreError, match="another build is writing this store"):
        graph.Store.build(tmp_path / "s", [RECORD])
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.communicate()
    assert contents(tmp_path / "s") == before
    assert graph.Store.open(tmp_path / "s").query(COUNT)
    graph.Store.build(tmp_path / "s", [other("002")])
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_a_kill_between_two_renames_is_mended_on_opening(tmp_path: Path, store: graph.Store) -> None:
    """Where the system cannot exchange two folders in one step, the old one stands aside for a moment."""
    shutil.copytree(store.directory, tmp_path / ".s.replaced")
    assert graph.Store.open(tmp_path / "s").query(COUNT)
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_without_an_exchange_of_folders_the_store_is_replaced_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph.Store.build(tmp_path / "s", [RECORD])
    monkeypatch.setattr("kg.graph.replace._exchange", lambda a, b: False)
    assert [p.name for p in graph.Store.build(tmp_path / "s", [other("002")]).pages] == ["002"]
    assert [p.name for p in tmp_path.iterdir()] == ["s"]


def test_a_folder_that_holds_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother.txt").write_text("…", "utf-8")
    for place in (tmp_path / "letters", tmp_path / "letters" / "to-mother.txt"):
        with pytest.raises(StoreError, match="it holds something else, and nothing is removed"):
            graph.Store.build(place, [RECORD])
    assert (tmp_path / "letters" / "to-mother.txt").read_text("utf-8") == "…"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError, match="the store cannot be written: File exists; nothing was made"):
        graph.Store.build(tmp_path / "file" / "s", [RECORD])


# ---------------------------------------------------------------- opening


def test_what_is_no_store_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "manifest.json").write_text('{"format": "something else"}', "utf-8")
    with pytest.raises(StoreError, match="no such folder; make a store with: kg build PAGES --store") as error:
        graph.Store.open(tmp_path / "nowhere")
    assert error.value.exit_code == 2
    for name in ("folder", "other"):
        with pytest.raises(StoreError, match=r"no store here \(manifest\.json is missing or not ours\)"):
            graph.Store.open(tmp_path / name)


def test_a_store_of_another_format_or_damaged_is_told(tmp_path: Path, store: graph.Store) -> None:
    for name in ("later", "damaged"):
        shutil.copytree(store.directory, tmp_path / name)
    said = json.loads((tmp_path / "later" / "manifest.json").read_text("utf-8")) | {"format_version": 99}
    (tmp_path / "later" / "manifest.json").write_text(json.dumps(said), "utf-8")
    with pytest.raises(StoreError, match="store format 99, expected 3; build it again"):
        graph.Store.open(tmp_path / "later")
    shutil.rmtree(tmp_path / "damaged" / "oxigraph")
    with pytest.raises(StoreError, match="the store is damaged") as error:
        graph.Store.open(tmp_path / "damaged")
    assert "\n" not in str(error.value)


def test_opening_and_asking_changes_no_file(tmp_path: Path, store: graph.Store) -> None:
    shutil.copytree(store.directory, tmp_path / "s")

    def state() -> dict[str, tuple[int, int]]:
        every = sorted((tmp_path / "s").rglob("*"))
        return {str(p): (p.stat().st_mtime_ns, p.stat().st_size) for p in every}

    before = state()
    assert graph.Store.open(tmp_path / "s").query(COUNT)
    assert state() == before


# ---------------------------------------------------------------- asking


def test_a_select_in_plain_text(store: graph.Store) -> None:
    result = store.query(
        "SELECT ?n ?kind ?code { ?p a kg:Person ; rdfs:label ?n ; kg:kind ?kind OPTIONAL { ?p kg:divisionCode ?code } } ORDER BY ?n"
    )
    assert result.kind == "select"
    assert result.columns == ("n", "kind", "code")
    assert ("崔世英", "official", "") in result.rows
    assert result.terms[0][0] == graph.Term("literal", "崔世英", graph.PREFIXES["rdf"] + "langString", "zh")
    assert result.terms[0][2] is None
    assert result.column("kind") == ["official", "journalist", "journalist", "official"]


def test_ask_and_construct(store: graph.Store) -> None:
    yes, no = store.query("ASK { ?p rdfs:label '陈红民'@zh }"), store.query("ASK { ?p rdfs:label '无此人'@zh }")
    assert (yes.answer, no.answer) == (True, False)
    assert (yes.columns, yes.rows) == (("answer",), (("true",),))
    made = store.query(
        "CONSTRUCT { ?p a foaf:Agent ; rdfs:label ?n } WHERE { ?p kg:heldPost/rdfs:label '二七区委书记'@zh ; rdfs:label ?n }"
    )
    assert made.kind == "graph"
    assert made.columns == ("subject", "predicate", "object")
    parsed = list(ox.parse(input=made.ntriples(), format=ox.RdfFormat.N_TRIPLES))
    assert {q.object.value for q in parsed} == {"陈红民", graph.PREFIXES["foaf"] + "Agent"}


def test_results_as_json_and_csv(store: graph.Store) -> None:
    result = store.query("SELECT ?t ?n ?x { ?f kg:what ?t ; kg:quantity ?n OPTIONAL { ?f kg:nothing ?x } }")
    assert json.loads(result.json()) == {
        "head": {"vars": ["t", "n", "x"]},
        "results": {
            "bindings": [
                {
                    "t": {"type": "literal", "value": "打造观摩亮点"},
                    "n": {"type": "literal", "value": "3", "datatype": graph.PREFIXES["xsd"] + "integer"},
                }
            ]
        },
    }
    assert result.csv() == "t,n,x\n打造观摩亮点,3,\n"
    assert json.loads(store.query("ASK {}").json()) == {"head": {}, "boolean": True}
    assert graph.Result.load(result.dump()) == result


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * WHERE { ?s ?p }", "query: line 1, column 25: not understood, or not complete, at its end"),
        ("SELECT ?x WHERE { ?x rdfs:label }\nLIMIT 5", "query: line 1, column 33: not understood at “} LIMIT 5” after"),
        ("SELECT ?x\n{ ?s foo:x ?x }", "query: line 2, column 11: the prefix foo: is not declared; begin with PREFIX"),
        ("SELECT", "query: line 1, column 7: not understood, or not complete, at its end, after “SELECT”"),
        ("SELECT ?y (COUNT(?x) AS ?n) { ?x a ?y }", "query: line 1, column 40: the SELECT contains a variable that is"),
        ("", "query: the query is empty"),
        ("二七区", "query: line 1, column "),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", "INSERT changes a graph; a store is only asked"),
        ("PREFIX x: <http://x/> DELETE WHERE { ?s ?p ?o }", "DELETE changes a graph"),
        ("LOAD <http://x/>", "LOAD changes a graph"),
    ],
)
def test_a_query_that_is_none_is_told_in_one_line(store: graph.Store, query: str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        store.query(query)
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300


def test_errors_name_the_query(store: graph.Store) -> None:
    with pytest.raises(QueryError, match=r"^posts\.rq: line 1, column 9"):
        store.query("SELECT {", where="posts.rq")
    with pytest.raises(QueryError, match=r"^posts\.rq: SERVICE is refused"):
        store.query("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", where="posts.rq")


class Listener:
    """A server that only notes whether somebody called."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/sparql"
        self.called = False
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        try:
            connection, _ = self.socket.accept()
        except OSError:
            return
        self.called = True
        connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.close()


WAYS_OUT = [
    "SELECT * WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "PREFIX a: <{0}> SELECT * WHERE {{ service a: {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ BIND(<{0}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ ?s ?p '#' . SERVICE <{0}> {{ ?s ?p ?o }} }}",
    'SELECT * WHERE {{ ?s ?p """a"b""" . SERVICE <{0}> {{ ?s ?p ?o }} }}',
    "SELECT * WHERE {{ ?s ?p '\\\\' . SERVICE <{0}> {{ ?s ?p ?o }} # '\n}}",
    "SELECT * WHERE {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ ?s ?p <a#b> . SERVICE<{0}>{{ ?s ?p ?o }} }}",
    "SELECT * WHERE {{ ?s <http://x/'> ?o . SERVICE <{0}> {{ ?s ?p ?o }} # '\n}}",
    "SELECT * WHERE {{ ?s ?p ?o FILTER(1<2 && 3>2) SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "SELECT * FROM <{0}> WHERE {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{0}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", WAYS_OUT)
def test_no_query_leaves_the_store(store: graph.Store, listener: Listener, query: str) -> None:
    with pytest.raises(QueryError, match="is refused"):
        store.query(query.format(listener.address))
    with pytest.raises(QueryError, match="is refused"):
        store.dataset().query(query.format(listener.address))
    assert not listener.called


def test_no_update_of_the_rdflib_dataset_fetches(store: graph.Store, listener: Listener) -> None:
    dataset = store.dataset()
    with pytest.raises(QueryError, match="LOAD is refused"):
        dataset.update(f"LOAD <{listener.address}>")
    dataset.update("INSERT { <http://a/> <http://b/> 'LOAD' } WHERE {}")
    assert (rdflib.URIRef("http://a/"), rdflib.URIRef("http://b/"), rdflib.Literal("LOAD")) in dataset
    assert not listener.called


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?from WHERE { ?service ?from 'SERVICE <http://x/>' }",
        "PREFIX service: <http://x/> SELECT * WHERE { ?s service:from service: }",
        "SELECT * WHERE { ?s ?p ?o } # FROM <http://x/> SERVICE",
        'SELECT * WHERE { ?s <http://x/SERVICE> "it\'s FROM"@from }',
        "PREFIX insert: <http://x/> ASK { ?delete insert:load 'DROP' }",
    ],
)
def test_words_in_names_and_strings_are_not_refused(store: graph.Store, query: str) -> None:
    assert store.query(query).kind in ("select", "ask")


def test_from_may_name_a_graph_of_the_store(store: graph.Store) -> None:
    article = store.graphs[0]
    (row,) = store.query(f"SELECT (COUNT(?a) AS ?n) FROM <{article}> WHERE {{ ?a a kg:Article }}").rows
    assert row == ("1",)
    assert store.query("SELECT ?g { GRAPH ?g { ?a a kg:Article } }").column("g") == list(store.graphs)


def test_a_runaway_query_is_ended(store: graph.Store) -> None:
    with pytest.raises(QueryError, match=r"no answer within 1 s, so it was ended"):
        store.query(RUNAWAY, timeout=1)


def test_a_query_with_a_time_limit_answers_alike(store: graph.Store) -> None:
    assert store.query(COUNT, timeout=60) == store.query(COUNT)
    with pytest.raises(QueryError, match=r"^x: line 1, column 9"):
        store.query("SELECT {", timeout=60, where="x")


def test_a_query_with_a_time_limit_asks_the_store_that_was_opened(tmp_path: Path) -> None:
    """Also when another store has taken its place, as a query without a limit does."""
    opened = graph.Store.build(tmp_path / "s", [RECORD])
    before = opened.query(COUNT)
    graph.Store.build(tmp_path / "s", [])
    assert graph.Store.open(tmp_path / "s").query(COUNT) != before
    assert opened.query(COUNT, timeout=60) == before


# ---------------------------------------------------------------- handing on


def test_json_ld_is_in_the_words_of_the_shipped_context(store: graph.Store) -> None:
    out = io.BytesIO()
    store.write("jsonld", out)
    document = json.loads(out.getvalue())
    assert document["@context"]["heldPost"] == {"@id": "kg:heldPost", "@type": "@id"}
    assert [node for node in document["@graph"] if "Tenure" in node.get("type", ())]


def test_rdflib_has_the_same_data(store: graph.Store) -> None:
    dataset = store.dataset()
    assert isinstance(dataset, rdflib.Dataset)
    parsed = rdflib.Dataset()
    parsed.parse(store.directory / "graph.nq", format="nquads")
    assert set(dataset.quads()) == set(parsed.quads())
    assert len(dataset.default_graph) == store.counts["triples"]
    rows = dataset.query("SELECT ?n { ?p a kg:Person ; kg:kind 'official' ; rdfs:label ?n }")
    assert {str(r.n) for r in rows} == {"陈红民", "崔世英"}


@pytest.mark.parametrize(
    ("name", "format", "named"),
    [
        ("nq", ox.RdfFormat.N_QUADS, True),
        ("trig", ox.RdfFormat.TRIG, True),
        ("jsonld", ox.RdfFormat.JSON_LD, True),
        ("ttl", ox.RdfFormat.TURTLE, False),
        ("nt", ox.RdfFormat.N_TRIPLES, False),
    ],
)
def test_every_format_is_read_back(
    store: graph.Store, tmp_path: Path, name: str, format: ox.RdfFormat, named: bool
) -> None:
    with (tmp_path / f"graph.{name}").open("wb") as out:
        store.write(name, out)
    quads = set(ox.parse(path=str(tmp_path / f"graph.{name}"), format=format))
    assert quads == set(store.quads() if named else store.quads(""))
    by_rdflib = rdflib.Dataset()
    by_rdflib.parse(tmp_path / f"graph.{name}", format={"nq": "nquads", "jsonld": "json-ld"}.get(name, name))
    assert len({q[:3] for q in by_rdflib.quads()}) == store.counts["triples"]


def test_turtle_is_the_same_bytes_every_time(store: graph.Store, tmp_path: Path) -> None:
    again = graph.Store.build(tmp_path / "s", [RECORD])
    for name in graph.FORMATS:
        for number, source in enumerate((store, again)):
            with (tmp_path / f"{number}.{name}").open("wb") as out:
                source.write(name, out)
        assert (tmp_path / f"0.{name}").read_bytes() == (tmp_path / f"1.{name}").read_bytes(), name


def test_an_unknown_format_and_a_full_disk_are_told(store: graph.Store) -> None:
    with pytest.raises(ExportError, match="cannot write 'rdfxml'; the formats of the graph are nq, trig"):
        store.write("rdfxml", sys.stdout.buffer)
    if os.path.exists("/dev/full"):
        for name in graph.FORMATS:
            with (
                pytest.raises(ExportError, match=f"cannot write {name}: No space left on device"),
                open("/dev/full", "wb", 0) as full,
            ):
                store.write(name, full)


def test_hostile_text_comes_back_as_it_was(tmp_path: Path) -> None:
    page = samples.page(
        "hostile",
        "\ufeff" + samples.SEED.read_text("utf-8").replace("\n", "\r\n") + '\\ "x" </script> \x00\x07 \u2028 😀',
    )
    record = PageRecord(page, samples.CONTEXT, (replace(samples.meeting(page)), samples.visit(page)))
    made = graph.Store.build(tmp_path / "s", [record])
    assert made.query("SELECT ?t { ?p a kg:Page ; schema:text ?t }").rows == ((page.text,),)
    assert check(made).ok
