"""Is the graph sound? The shapes of shapes.ttl, and what no shape can say (sanity.py): quotes, sums, days, holders.

Each finding names the page and the words it is about, so that a person can open the page and look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH

from kg.graph import sanity, terms
from kg.graph.findings import Finding, Report
from kg.graph.interchange import to_graph
from kg.graph.store import Store

__all__ = ["SHAPES", "Finding", "Report", "check", "shapes"]

SHAPES = Path(__file__).with_name("shapes.ttl")

#: triples that go to pySHACL at a time: enough to spread its fixed cost, few enough to keep in memory
BATCH = 120_000

_KG = rdflib.Namespace(terms.KG)
_OA = rdflib.Namespace(terms.PREFIXES["oa"])

#: what a fact is called in a report, where it has no name of its own
_CALLED = (RDFS.label, _KG.what, _KG.title, _KG.text)


def check(store: Store) -> Report:
    """Runs the shapes on every article and the sanity checks on the store; nothing is changed."""
    findings: list[Finding] = []
    for batch in _batches(store):
        findings += shapes(batch)
    quotes = 0
    for found in sanity.quotes(store):
        quotes += 1
        if found:
            findings.append(found)
    for one in sanity.CHECKS:
        findings += one(store)
    order = sorted(set(findings), key=lambda f: (f.severity, f.page, f.rule, f.thing, f.quote, f.message))
    facts = int(store.query("SELECT (COUNT(?f) AS ?n) WHERE { ?f a kg:Fact }").rows[0][0])
    return Report(tuple(order), {"articles": len(store.graphs), "facts": facts, "quotes": quotes})


# ---------------------------------------------------------------- shapes


@lru_cache(maxsize=1)
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES, format="turtle")


def _batches(store: Store) -> Iterator[rdflib.Graph]:
    """The triples of the articles, some articles at a time: an article's graph says all that its facts need."""
    waiting: list[ox.Quad] = []
    for name in store.graphs:
        waiting += store.quads(name)
        if len(waiting) >= BATCH:
            yield to_graph(waiting)
            waiting = []
    if waiting:
        yield to_graph(waiting)


def shapes(graph: rdflib.Graph) -> list[Finding]:
    """The findings of shapes.ttl on one graph."""
    conforms, results, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inference="none", allow_warnings=False)
    if conforms or not isinstance(results, rdflib.Graph):
        return []
    owners = {p: s for s, p in _shapes().subject_objects(SH.property)}
    broken: dict[tuple[Any, Any], list[Any]] = defaultdict(list)
    for result in results.subjects(RDF.type, SH.ValidationResult):
        broken[results.value(result, SH.focusNode), results.value(result, SH.sourceShape)].append(result)
    found = []
    for (focus, source), same in broken.items():
        first = same[0]
        shape = owners.get(source, source) if source is not None else None
        messages = {str(getattr(m, "language", "") or "en"): str(m) for m in results.objects(first, SH.resultMessage)}
        # one constraint that several values of a node break is one finding
        values = {_name(graph, v) for r in same if (v := results.value(r, SH.value)) is not None and v != focus}
        path = _path(results, results.value(first, SH.resultPath))
        page, article, quote = _where(graph, focus)
        english = messages.get("en", "")
        if path:
            told = f" = {', '.join(sorted(values))}" if values else ""
            english += f" [{path}{told}]"
        found.append(
            Finding(
                "warning" if results.value(first, SH.resultSeverity) == SH.Warning else "violation",
                _local(shape),
                english,
                messages.get("zh", ""),
                _name(graph, focus),
                page,
                article,
                quote,
            )
        )
    return found


def _path(results: rdflib.Graph, path: object) -> str:
    """A property, or properties one after the other, by their bare names: ``role``, ``partOf/unit``."""
    if path is None:
        return ""
    if isinstance(path, rdflib.BNode):
        return "/".join(_local(step) for step in Collection(results, path))
    return _local(path)


def _local(node: object) -> str:
    return str(node).rpartition("#")[2] or str(node).rpartition("/")[2]


def _name(graph: rdflib.Graph, node: object) -> str:
    """What a person would call a node: its name or what it says, else the end of its IRI; a literal as it is."""
    if isinstance(node, rdflib.Literal):
        return str(node)
    if isinstance(node, rdflib.URIRef):
        for predicate in _CALLED:
            said = min(map(str, graph.objects(node, predicate)), default="")
            if said:
                return said if len(said) <= 40 else f"{said[:40]}…"
    return str(node).rpartition("/")[2]


def _where(graph: rdflib.Graph, node: object) -> tuple[str, str, str]:
    """The page, the article and the words of a node: its own, else those of what speaks of it, three steps around.

    A fact has its evidence, a person is named by a mention; 二七区委 may only be known as the body of a post, which
    only a tenure speaks of.
    """
    if not isinstance(node, rdflib.URIRef):
        return "", "", ""
    owner = rdflib.URIRef(str(node).partition("#")[0])  # a selector is part of its mention
    around, seen = [owner], {owner}
    best = ("", "", "")
    for _ in range(4):
        told = [found for one in around if (found := _told(graph, one))[0]]
        best = best if best[0] or not told else told[0]
        words = [found for found in told if found[2]]
        if words:
            return words[0]
        users = {s for one in around for s in graph.subjects(None, one) if isinstance(s, rdflib.URIRef)}
        around = sorted(users - seen)
        seen |= users
    return best


def _told(graph: rdflib.Graph, owner: rdflib.URIRef) -> tuple[str, str, str]:
    """What a node itself tells of its place, or a mention of it; empty where nothing does."""
    mention = graph.value(owner, _KG.evidence)
    if mention is None:
        mention = min(graph.subjects(_KG.refersTo, owner), key=str, default=None)
    if mention is None and (owner, RDF.type, _KG.Mention) in graph:
        mention = owner
    article = graph.value(owner, _KG.article) or graph.value(mention, _KG.article)
    if article is None and (owner, RDF.type, _KG.Article) in graph:
        article = owner
    page = graph.value(article, _KG.page) or owner
    selectors = graph.objects(mention, _OA.hasSelector) if mention is not None else ()
    quotes = [str(q) for s in selectors for q in graph.objects(s, _OA.exact)]
    return str(graph.value(page, _KG.name) or ""), str(graph.value(article, _KG.key) or ""), min(quotes, default="")
