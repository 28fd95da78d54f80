"""Pages come and go: whatever was added, replaced and removed, the store is the one built from nothing.

Every test of what a store holds is run twice: as small stores are made (anew, with their files) and as large ones are
(changed where something changed, files only on demand), for which :data:`kg.graph.revision.SMALL` is set to nothing.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import file_digest, sha256
from pathlib import Path

import graph_samples as samples
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg import graph, pipeline
from kg.errors import PageError, RuleError, StoreError
from kg.graph import revision
from kg.model import Entity, PageRecord, Ref

PAGE = """{person}到街道调研

本报讯 {day}，{title}{person}带队到{place}街道调研，{body}负责人参加。
{person}表示，要建设{number}个社区食堂。
记者 张改华
"""
#: two names of one body, a body of its own, and persons of one and of several posts
BODIES = ("二七区政府", "二七区人民政府", "二七区城管局")
PERSONS = (("二七区委书记", "陈红民"), ("二七区区长", "苏建设"), ("二七区委宣传部长", "崔世英"))
PLACES = ("淮河路", "嵩山路", "福华街")


@pytest.fixture(params=["small", "large"])
def size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "large":
        monkeypatch.setattr(revision, "SMALL", -1)
        monkeypatch.setattr(revision, "LOAD", 500)
        monkeypatch.setattr(revision, "SHARE", 1_000_000)
    return str(request.param)


def text(number: int) -> str:
    """One of many pages that share persons, bodies and places: the digits of ``number`` choose."""
    title, person = PERSONS[number % 3]
    return PAGE.format(
        person=person,
        title=title,
        day=f"{number % 9 + 1}月{number % 7 + 1}日",
        place=PLACES[number // 3 % 3],
        body=BODIES[number // 2 % 3],
        number=number + 2,
    )


def put(folder: Path, name: str, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text(text(number), "utf-8")
    return path


def said(store: Path) -> dict[str, object]:
    """All that a store says: its files (made on demand if they are not there), its manifest, and what it answers."""
    opened = kg.Store.open(store)
    files = {}
    for form in ("nq", "trig"):
        out = io.BytesIO()
        opened.write(form, out)
        files[form] = out.getvalue()
    return {
        **files,
        "manifest": (store / "manifest.json").read_bytes(),
        "answers": sorted(str(quad) for quad in opened.quads()),
        "posts": kg.query(opened, "posts").rows,
    }


def check_same(store: Path, nothing: Path) -> None:
    """One store is the other, and its answers are what its files say."""
    one, other = said(store), said(nothing)
    assert one == other
    nq = one["nq"]
    assert isinstance(nq, bytes)
    assert {str(q) for q in ox.parse(input=nq, format=ox.RdfFormat.N_QUADS)} == set(one["answers"])  # type: ignore[call-overload]
    assert len(kg.Store.open(store)) == nq.count(b"\n")


# ---------------------------------------------------------------- what the store is


def test_a_page_added_is_as_if_it_had_been_there_always(tmp_path: Path, size: str) -> None:
    pages = [put(tmp_path / "p", f"p{n}", n) for n in range(6)]
    kg.build(pages[:4], tmp_path / "s")
    summary = kg.add(pages[4:], tmp_path / "s")
    assert (summary.added, summary.replaced, summary.kept, summary.pages) == (("p4", "p5"), (), 4, 6)
    kg.build(pages, tmp_path / "nothing")
    check_same(tmp_path / "s", tmp_path / "nothing")
    assert (tmp_path / "s" / "graph.nq").exists() == (size == "small")


def test_a_page_removed_is_as_if_it_had_never_been_read(tmp_path: Path, size: str) -> None:
    pages = [put(tmp_path / "p", f"p{n}", n) for n in range(6)]
    kg.build(pages, tmp_path / "s")
    summary = kg.remove(["p0", "p3"], tmp_path / "s")
    assert (summary.removed, summary.kept, summary.pages) == (("p0", "p3"), 4, 4)
    kg.build([pages[n] for n in (1, 2, 4, 5)], tmp_path / "nothing")
    check_same(tmp_path / "s", tmp_path / "nothing")


def test_a_page_of_a_name_that_is_there_is_replaced_and_told(tmp_path: Path, size: str) -> None:
    pages = [put(tmp_path / "p", f"p{n}", n) for n in range(5)]
    kg.build(pages, tmp_path / "s")
    put(tmp_path / "p", "p2", 17)
    summary = kg.add([pages[2]], tmp_path / "s")
    assert (summary.added, summary.replaced, summary.kept) == ((), ("p2",), 4)
    kg.build(pages, tmp_path / "nothing")
    check_same(tmp_path / "s", tmp_path / "nothing")


def test_removing_every_page_leaves_an_empty_store_that_can_be_added_to(tmp_path: Path, size: str) -> None:
    page = put(tmp_path / "p", "p1", 1)
    kg.build([page], tmp_path / "s")
    kg.remove(["p1"], tmp_path / "s")
    assert len(kg.Store.open(tmp_path / "s")) == 0
    kg.add([page], tmp_path / "s")
    kg.build([page], tmp_path / "nothing")
    check_same(tmp_path / "s", tmp_path / "nothing")


def test_a_name_goes_back_to_what_it_was_when_the_pages_that_changed_it_go(tmp_path: Path, size: str) -> None:
    """二七区政府 on one page, 二七区人民政府 on two: the more usual name is everywhere, until those two pages go."""

    def pages(*names: str) -> list[PageRecord]:
        return [naming(f"p{n}", name) for n, name in enumerate(names)]

    first, *others = pages("二七区政府", "二七区人民政府", "二七区人民政府")
    label = "SELECT DISTINCT ?n { ?a kg:kind 'government' ; rdfs:label ?n FILTER(STRSTARTS(?n, '二七区')) }"
    graph.Store.build(tmp_path / "s", [first])
    before = said(tmp_path / "s")
    assert graph.Store.open(tmp_path / "s").query(label).rows == (("二七区政府",),)
    graph.revise(tmp_path / "s", lambda old: [*map(graph.Keep, old), *others])
    assert graph.Store.open(tmp_path / "s").query(label).rows == (("二七区人民政府",),)
    graph.Store.build(tmp_path / "nothing", [first, *others])
    check_same(tmp_path / "s", tmp_path / "nothing")
    graph.revise(tmp_path / "s", lambda old: [graph.Keep("p0")])
    assert said(tmp_path / "s") == before


@lru_cache(maxsize=None)
def naming(page: str, *names: str, edition: int = 0) -> PageRecord:
    """A page whose articles name one body, each in its own way."""
    of = samples.page(page, f"第{page}版，第{edition}次印\n" + samples.SEED.read_text("utf-8"))
    records = []
    for item, name in zip((samples.meeting(of), samples.visit(of)), names, strict=False):
        body = Entity("body", "body|二七区政府", name, "government", printed=("区政府",))
        records.append(replace(item, entities={**item.entities, Ref("body", "二七区委"): body}))
    return PageRecord(of, samples.CONTEXT, tuple(records))


NAMES = st.sampled_from(("二七区政府", "二七区人民政府", "“二七区”人民政府", "区政府"))
SHEETS = st.builds(
    lambda page, edition, names: naming(page, *names, edition=edition),
    st.sampled_from("abcde"),
    st.integers(0, 2),
    st.lists(NAMES, max_size=2),
)


@given(st.lists(st.tuples(st.dictionaries(st.sampled_from("abcde"), SHEETS, max_size=2), st.sets(st.sampled_from("abcde"), max_size=2)), min_size=1, max_size=5))  # fmt: skip
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_way_to_the_same_pages_gives_the_same_store(
    tmp_path_factory: pytest.TempPathFactory, size: str, steps: list[tuple[dict[str, PageRecord], set[str]]]
) -> None:
    """Add, replace and remove at random, among them pages that call one thing by several names."""
    tmp_path = tmp_path_factory.mktemp("any")
    there: dict[str, PageRecord] = {}
    graph.Store.build(tmp_path / "s", [])
    for come, go in steps:
        given = {record.page.name: record for record in come.values()}
        there = {name: record for name, record in there.items() if name not in go} | given
        items = [*(graph.Keep(name) for name in there if name not in given), *given.values()]
        graph.revise(tmp_path / "s", lambda old, items=items: items)  # type: ignore[misc]
    graph.Store.build(tmp_path / "nothing", there.values())
    check_same(tmp_path / "s", tmp_path / "nothing")


@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("add"), st.sampled_from("abcdef"), st.integers(0, 12)),
            st.tuples(st.just("remove"), st.sampled_from("abcdef"), st.just(0)),
            st.tuples(st.just("build"), st.sampled_from("abcdef"), st.integers(0, 12)),
        ),
        max_size=6,
    )
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_commands_gives_the_store_of_its_pages(
    tmp_path_factory: pytest.TempPathFactory, size: str, steps: list[tuple[str, str, int]]
) -> None:
    """``kg add``, ``kg remove`` and ``kg build`` at random: a page is refused if another has the same text."""
    tmp_path = tmp_path_factory.mktemp("any")
    there = {"a": 20}
    folder, store = tmp_path / "p", tmp_path / "s"
    put(folder, "a", 20)
    kg.build([folder], store)
    for verb, name, number in steps:
        taken = number in [n for page, n in there.items() if page != name]
        if verb == "remove":
            if name not in there:
                with pytest.raises(StoreError, match=f"no page called {name};"):
                    kg.remove([name], store)
                continue
            del there[name]
            kg.remove([name], store)
        elif verb == "add":
            put(tmp_path / "new", name, number)
            summary = kg.add([tmp_path / "new" / f"{name}.txt"], store)
            assert [note.message for note in summary.left_out] == (
                [f"{tmp_path / 'new' / name}.txt: the same page as {pages_with(there, number)}"] if taken else []
            )
            if not taken:
                there[name] = number
        elif not taken:
            there[name] = number
            for page, known in there.items():
                put(folder, page, known)
            summary = kg.build([folder / f"{page}.txt" for page in there], store)
            assert summary.pages == len(there)
    if there:
        for page, number in there.items():
            put(folder, page, number)
        kg.build([folder / f"{page}.txt" for page in there], tmp_path / "nothing", fresh=True)
        check_same(store, tmp_path / "nothing")
    else:
        assert len(kg.Store.open(store)) == 0


def pages_with(there: Mapping[str, int], number: int) -> str:
    (page,) = (name for name, known in there.items() if known == number)
    return page


# ---------------------------------------------------------------- what is read again


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the pages that are read from now on."""
    names: list[str] = []
    work = pipeline.work

    def noting(job: pipeline.Job) -> pipeline.Outcome:
        names.append(job.name)
        return work(job)

    monkeypatch.setattr(pipeline, "work", noting)
    return names


def test_only_what_changed_is_read_again(tmp_path: Path, size: str, read: list[str]) -> None:
    folder = tmp_path / "p"
    for n in range(5):
        put(folder, f"p{n}", n)
    kg.build([folder], tmp_path / "s")
    assert sorted(read) == ["p0", "p1", "p2", "p3", "p4"]
    read.clear()
    put(folder, "p3", 30)
    put(folder, "p9", 9)
    (folder / "p0.txt").unlink()
    (folder / "p1.txt").touch()  # another date, the same bytes
    summary = kg.build([folder], tmp_path / "s")
    assert sorted(read) == ["p3", "p9"]
    assert (summary.added, summary.replaced, summary.removed, summary.kept) == (("p9",), ("p3",), ("p0",), 3)
    anew = kg.build([folder], tmp_path / "nothing")
    check_same(tmp_path / "s", tmp_path / "nothing")
    for what in ("pages", "articles", "characters", "entities", "facts", "quads", "warnings"):
        assert getattr(summary, what) == getattr(anew, what), what


def test_a_file_that_nobody_touched_is_not_read_and_one_of_the_same_size_and_date_is(
    tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "JUST_NOW", -1.0)  # the files of this test are older than they look
    pages = [put(tmp_path / "p", f"p{n}", n) for n in range(3)]
    kg.build(pages, tmp_path / "s")
    read.clear()
    looked: list[object] = []
    monkeypatch.setattr("kg.record.file_digest", lambda file, how: looked.append(file.name) or file_digest(file, how))
    kg.build(pages, tmp_path / "s")
    assert (read, looked) == ([], [])
    before = pages[1].stat()
    pages[1].write_text(text(1).replace("2月2日", "2月3日"), "utf-8")
    os.utime(pages[1], ns=(before.st_atime_ns, before.st_mtime_ns))
    assert pages[1].stat().st_size == before.st_size
    assert kg.build(pages, tmp_path / "s").replaced == ("p1",)
    assert (read, [Path(str(name)).name for name in looked]) == (["p1"], ["p1.txt"])


def test_a_file_written_just_now_is_looked_at_again(tmp_path: Path) -> None:
    assert pipeline.stamp(put(tmp_path / "p", "p1", 1)) == ""
    assert pipeline.stamp(Path("-")) == ""


def test_a_build_of_what_is_there_already_changes_no_file(tmp_path: Path, size: str, read: list[str]) -> None:
    folder = tmp_path / "p"
    for n in range(3):
        put(folder, f"p{n}", n)
    first = kg.build([folder], tmp_path / "s")
    before = {p: p.stat().st_mtime_ns for p in (tmp_path / "s").rglob("*")}
    read.clear()
    again = kg.build([folder], tmp_path / "s")
    assert read == []
    assert {p: p.stat().st_mtime_ns for p in (tmp_path / "s").rglob("*")} == before
    assert (again.facts, again.entities, again.quads, again.kept) == (first.facts, first.entities, first.quads, 3)
    kg.add([folder / "p1.txt"], tmp_path / "s")
    assert read == []


def test_other_options_read_a_page_again(tmp_path: Path, read: list[str]) -> None:
    page = put(tmp_path / "p", "p1", 1)
    kg.build([page], tmp_path / "s")
    options: list[dict[str, object]] = [
        {"context": kg.Context(jurisdiction=kg.Jurisdiction("河南省", "郑州市", "二七区"))},
        {"encoding": "utf-8"},
        {"base": "https://news.example.cn/id/"},
        {"fresh": True},
    ]
    for option in options:
        kg.build([page], tmp_path / "s")
        read.clear()
        kg.build([page], tmp_path / "s", **option)  # type: ignore[arg-type]
        assert read == ["p1"], option


def test_other_rules_read_a_page_again_and_the_same_do_not(tmp_path: Path, read: list[str]) -> None:
    page = put(tmp_path / "p", "p1", 1)
    mine = tmp_path / "own"
    (mine / "lexicon").mkdir(parents=True)
    (mine / "lexicon" / "surnames.tsv").write_text("surname\tkind\n呼延\tcompound\n", "utf-8")
    kg.build([page], tmp_path / "s")
    for content, expected in (("", ["p1"]), ("", []), ("慕容\tcompound\n", ["p1"])):
        with (mine / "lexicon" / "surnames.tsv").open("a", encoding="utf-8") as file:
            file.write(content)
        read.clear()
        kg.build([page], tmp_path / "s", rules=mine)
        assert read == expected


def test_another_program_reads_a_page_again(tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    page = put(tmp_path / "p", "p1", 1)
    kg.build([page], tmp_path / "s")
    monkeypatch.setattr("kg.graph.fingerprints._program", lambda: "another one")
    read.clear()
    kg.build([page], tmp_path / "s")
    assert read == ["p1"]


def test_a_suffix_that_changes_reads_a_page_again(tmp_path: Path, read: list[str]) -> None:
    page = put(tmp_path / "p", "p1", 1)
    kg.build([page], tmp_path / "s")
    page = page.rename(page.with_suffix(".md"))
    read.clear()
    kg.build([page], tmp_path / "s")
    assert read == ["p1"]


def test_the_manifest_tells_what_each_page_was_read_with(tmp_path: Path) -> None:
    pages = [put(tmp_path / "p", f"p{n}", n) for n in range(2)]
    kg.build(pages, tmp_path / "s")
    kg.add([put(tmp_path / "p", "p3", 3)], tmp_path / "s", context=kg.Context(jurisdiction=kg.Jurisdiction("河南省")))
    listed = (tmp_path / "s" / "pages.jsonl").read_text("utf-8").splitlines()
    one, two, three = (json.loads(line)["reading"] for line in listed)
    assert one == two != three
    told = json.loads((tmp_path / "s" / "manifest.json").read_text("utf-8"))
    assert told["rules"] == kg.__version__
    assert told["pages"] == sha256((tmp_path / "s" / "pages.jsonl").read_bytes()).hexdigest()


# ---------------------------------------------------------------- wrong input


def test_a_page_that_cannot_be_read_leaves_the_one_of_its_name(tmp_path: Path, size: str) -> None:
    pages = [put(tmp_path / "p", f"p{n}", n) for n in range(3)]
    kg.build(pages, tmp_path / "s")
    before = said(tmp_path / "s")
    pages[1].write_bytes(bytes(range(256)) * 40)
    summary = kg.add([pages[1]], tmp_path / "s")
    (left,) = summary.left_out
    assert left.page.endswith("p1.txt")
    assert (summary.added, summary.replaced, summary.pages) == ((), (), 3)
    assert said(tmp_path / "s") == before


def test_a_build_leaves_a_page_out_that_cannot_be_read_any_more(tmp_path: Path, size: str) -> None:
    pages = [put(tmp_path / "p", f"p{n}", n) for n in range(3)]
    kg.build(pages, tmp_path / "s")
    pages[1].write_bytes(b"")
    summary = kg.build(pages, tmp_path / "s")
    assert (summary.removed, summary.kept, len(summary.left_out)) == (("p1",), 2, 1)
    kg.build([pages[0], pages[2]], tmp_path / "nothing")
    check_same(tmp_path / "s", tmp_path / "nothing")


def test_an_unknown_page_names_the_nearest_and_nothing_is_removed(tmp_path: Path) -> None:
    kg.build([put(tmp_path / "p", name, n) for n, name in enumerate(("2019-07-05", "2019-07-06"))], tmp_path / "s")
    before = said(tmp_path / "s")
    with pytest.raises(StoreError, match="no page called 2019-07-5; did you mean 2019-07-05 or 2019-07-06") as error:
        kg.remove(["2019-07-06", "2019-07-5"], tmp_path / "s")
    assert str(error.value).endswith("nothing was removed")
    assert said(tmp_path / "s") == before
    assert kg.remove([str(tmp_path / "p" / "2019-07-06.txt")], tmp_path / "s").removed == ("2019-07-06",)


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    page = put(tmp_path / "p", "p1", 1)
    with pytest.raises(StoreError, match="no such folder; make a store with: kg build"):
        kg.add([page], tmp_path / "nowhere")
    with pytest.raises(StoreError, match="no store here"):
        kg.add([page], tmp_path / "p")
    with pytest.raises(StoreError, match="no store here"):
        kg.remove(["p1"], tmp_path / "p")
    assert not (tmp_path / "nowhere").exists()
    kg.build([page], tmp_path / "s")
    with pytest.raises(PageError, match="no such file"):
        kg.add([tmp_path / "nothing.txt"], tmp_path / "s")
    with pytest.raises(RuleError, match="no such folder"):
        kg.add([page], tmp_path / "s", rules=tmp_path / "nowhere")


def test_a_store_whose_record_is_damaged_is_built_anew(tmp_path: Path, read: list[str]) -> None:
    page = put(tmp_path / "p", "p1", 1)
    kg.build([page], tmp_path / "s")
    before = said(tmp_path / "s")
    (tmp_path / "s" / "record.db").write_bytes(b"nonsense")
    with pytest.raises(StoreError, match="the record of its pages cannot be read; build it again"):
        kg.add([put(tmp_path / "p", "p2", 2)], tmp_path / "s")
    read.clear()
    kg.build([page], tmp_path / "s")
    assert read == ["p1"]
    assert said(tmp_path / "s") == before
