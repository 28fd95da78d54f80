"""The sample pages from end to end: every fact leads back to the file, and the graph is sound."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from kg import graph
from kg.graph import queries
from kg.graph.check import check


@pytest.fixture(scope="module")
def store(seed_store: Path) -> graph.Store:
    return graph.Store.open(seed_store)


def test_every_quote_of_every_fact_is_a_slice_of_its_file(store: graph.Store, seeds: Path) -> None:
    rows = list(store.query(queries.find("evidence").text))
    assert {r["page"] for r in rows} == {p.stem for p in seeds.glob("*.txt")}
    assert len({r["fact"] for r in rows}) == len(store.query("SELECT ?f { ?f a kg:Fact }"))
    text = {p.stem: p.read_bytes().decode("utf-8") for p in seeds.glob("*.txt")}
    for row in rows:
        assert "".join(text[row["page"]][int(row["start"]) : int(row["end"])].split()) == row["quote"]


def test_every_mention_is_a_slice_of_its_file(store: graph.Store, seeds: Path) -> None:
    rows = store.query(
        "SELECT ?page ?start ?end ?quote { ?m oa:hasSource/kg:name ?page ; oa:hasSelector ?at , ?words . "
        "?at oa:start ?start ; oa:end ?end . ?words oa:exact ?quote }"
    ).rows
    text = {p.stem: p.read_bytes().decode("utf-8") for p in seeds.glob("*.txt")}
    assert len(rows) > 500
    assert all("".join(text[page][int(start) : int(end)].split()) == quote for page, start, end, quote in rows)


def test_the_graph_of_the_sample_pages_is_sound(store: graph.Store) -> None:
    assert check(store).violations == ()


def test_one_key_is_one_thing(store: graph.Store) -> None:
    """The hash in an IRI is that of the identity: one hash under two readable names would be one thing cut in two."""
    by_hash = defaultdict(set)
    for (thing,) in store.query("SELECT DISTINCT ?t { ?t skos:prefLabel ?l }").rows:
        kind, _, name = thing.removeprefix(store.base).partition("/")
        by_hash[kind, name.rpartition("-")[2]].add(name)
    assert {key: names for key, names in by_hash.items() if len(names) > 1} == {}
    assert len(by_hash) > 200


def test_each_article_has_its_graph(store: graph.Store) -> None:
    articles = store.query("SELECT ?a { ?a a kg:Article }").column("a")
    assert sorted(articles) == list(store.graphs)
    rows = store.query("SELECT ?a ?g { GRAPH ?g { ?a a kg:Article } }").rows
    assert all(a == g for a, g in rows)
