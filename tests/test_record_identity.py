"""A larger store that pages came to and went from is, byte for byte, the one made from nothing: with joins across
pages, namesakes, people who move, bodies under two names, happenings told twice, and with judgements.

The pages are those of tests/corpus; a page is replaced by the text of another one under its name.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_identity import CORPUS, contexts
from test_record import said

from kg import curation, graph, pipeline, resolve
from kg.graph import revision
from kg.resolve.judgements import Judgement, Reference

AREAS = contexts()
#: those of two districts, which share persons, bodies and meetings, and two that people of theirs moved to
NAMES = tuple(
    path.stem
    for path in sorted(CORPUS.glob("*.txt"))
    if path.stem.startswith(("qingshan", "shiwan", "beitang", "baiyun"))
)


@lru_cache(maxsize=None)
def part(name: str, text: str) -> graph.Part:
    """The page of one name with the text of another, read in the area of the text."""
    page = pipeline.pages.read(CORPUS / f"{text}.txt")
    if name != text:
        page = replace(page, name=name, digest=f"{name}-{text}")
    record = pipeline.record(page, pipeline.pages.articles(page), AREAS[text])
    sketches = resolve.pack(resolve.sketches(record, graph.terms.local_name))
    return graph.pack(graph.written(record), graph.BASE, sketches=sketches)


@lru_cache(maxsize=1)
def things() -> dict[str, tuple[str, ...]]:
    """The ids that something is decided about when all pages are there, and some that nothing is."""
    sketches = [s for name in NAMES for s in resolve.unpack(part(name, name).sketches)]
    found = resolve.identify(sketches, graph.terms.local_name)
    ids = {x for c in found.candidates for x in (c.a, c.b)} | {x for j in found.joins for x in (j.id, j.canonical)}
    ids |= {x for a in found.apart for x in (a.was, a.id)}
    return {
        kind: tuple(sorted(x for x in ids if x.startswith(f"{kind}/"))) for kind in ("person", "body", "event", "post")
    }


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    ids = things()[draw(st.sampled_from(("person", "body", "event", "post")))]
    verb = draw(st.sampled_from(("same", "same", "different", "unsure", "rename", "drop")))
    a, b = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True))
    pair = Reference(b) if verb in ("same", "different", "unsure") else None
    value = "改名" if verb == "rename" else ""
    return Judgement(verb, Reference(a), pair, value=value, who="王", when="2026-11-20", why="x", place="j.tsv:2")


STEP = st.tuples(
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=3),
    st.sets(st.sampled_from(NAMES), max_size=3),
    st.one_of(st.none(), st.lists(judgements(), max_size=3).map(tuple)),
)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision, "SMALL", -1)
    monkeypatch.setattr(revision, "SHARE", 1_000_000)


@given(st.lists(STEP, min_size=1, max_size=4))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_store_changed_page_by_page_is_the_one_made_from_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    large: None,
    steps: list[tuple],  # type: ignore[type-arg]
) -> None:
    tmp_path = tmp_path_factory.mktemp("any")
    there = {name: part(name, name) for name in NAMES}
    deciding = curation.deciding(())
    graph.revise(tmp_path / "s", lambda old: there.values(), deciding=deciding)
    for come, go, judged in steps:
        given = {name: part(name, text) for name, text in come.items()}
        there = {name: page for name, page in there.items() if name not in go} | given
        deciding = deciding if judged is None else curation.deciding(judged)
        items = [*(graph.Keep(name) for name in there if name not in given), *given.values()]
        graph.revise(tmp_path / "s", lambda old, items=items: items, deciding=deciding)  # type: ignore[misc]
    graph.revise(tmp_path / "nothing", lambda old: there.values(), deciding=deciding, fresh=True)
    assert said(tmp_path / "s") == said(tmp_path / "nothing")
    one, other = (graph.Store.open(tmp_path / name) for name in ("s", "nothing"))
    for joins in (False, True):
        assert curation.candidates(one, joins=joins) == curation.candidates(other, joins=joins)
    assert one.settlement.notes["warnings"] == other.settlement.notes["warnings"]
