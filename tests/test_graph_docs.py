"""docs/graph.md shows what is really written: its example is part of the graph of the page it quotes."""

from __future__ import annotations

import re
from pathlib import Path

import graph_samples as samples
import rdflib

from kg import graph

TEXT = (Path(__file__).resolve().parents[1] / "docs" / "graph.md").read_text("utf-8")


def test_the_worked_example_is_part_of_the_graph() -> None:
    (example,) = re.findall(r"```turtle\n(.*?)```", TEXT, re.DOTALL)
    shown = rdflib.Graph().parse(data=example, format="turtle")
    lines = "\n".join(f"{s} {p} {o} ." for s, p, o, g in graph.quads(samples.record()) if not g)
    assert len(shown) > 60
    assert set(shown) <= set(rdflib.Graph().parse(data=lines, format="nt"))


def test_every_term_it_names_is_in_the_vocabulary() -> None:
    vocabulary = rdflib.Graph().parse(Path(graph.__file__).with_name("kg.ttl"))
    named = set(re.findall(r"\bkg:(\w+)", TEXT))
    assert len(named) > 60
    assert {n for n in named if not list(vocabulary.objects(rdflib.URIRef(graph.KG + n)))} == set()
