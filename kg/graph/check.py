"""Is the graph sound? The shapes of shapes.ttl, and what no shape can say: quotes, sums, deadlines.

Each finding names the page and the words it is about, so that a person can open the page and look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.namespace import RDF, RDFS, SH

from kg.graph import terms
from kg.graph.interchange import to_graph
from kg.graph.store import Store

SHAPES = Path(__file__).with_name("shapes.ttl")

#: triples that go to pySHACL at a time: enough to spread its fixed cost, few enough to keep in memory
BATCH = 120_000

_KG = rdflib.Namespace(terms.KG)
_OA = rdflib.Namespace(terms.PREFIXES["oa"])

Severity = Literal["violation", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong, or worth a look. ``rule`` is the shape or the check, ``thing`` what it is about."""

    severity: Severity
    rule: str
    message: str
    message_zh: str
    thing: str = ""
    page: str = ""
    article: str = ""
    quote: str = ""

    def __str__(self) -> str:
        where = f"{self.page or 'store'}: "
        said = f" — “{self.quote}”" if self.quote else ""
        thing = f" ({self.thing})" if self.thing else ""
        return f"{self.severity}: {where}{self.message}{thing}{said}"


@dataclass(frozen=True, slots=True)
class Report:
    """What the check found, violations first. ``checked`` counts facts and quotes looked at."""

    findings: tuple[Finding, ...]
    checked: dict[str, int]

    @property
    def ok(self) -> bool:
        """No violation; warnings are for people to look at and do not count."""
        return not self.violations

    @property
    def violations(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "violation")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.severity == "warning")

    def __str__(self) -> str:
        looked = ", ".join(f"{number} {what}" for what, number in self.checked.items())
        head = f"{len(self.violations)} violations, {len(self.warnings)} warnings; looked at {looked}"
        return "\n".join([*map(str, self.findings), head])


def check(store: Store) -> Report:
    """Runs the shapes on every article and the sanity checks on the store; nothing is changed."""
    findings: list[Finding] = []
    for batch in _batches(store):
        findings += shapes(batch)
    quotes = 0
    for found in _quotes(store):
        quotes += 1
        if found:
            findings.append(found)
    findings += _deadlines(store)
    findings += _parts(store)
    findings += _generic_posts(store)
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
    found = []
    for result in results.subjects(RDF.type, SH.ValidationResult):
        focus = results.value(result, SH.focusNode)
        source = results.value(result, SH.sourceShape)
        shape = owners.get(source, source) if source is not None else None
        messages = {str(getattr(m, "language", "") or "en"): str(m) for m in results.objects(result, SH.resultMessage)}
        value = results.value(result, SH.value)
        path = results.value(result, SH.resultPath)
        page, article, quote = _where(graph, focus)
        english = messages.get("en", "")
        if path is not None:
            english += f" [{_local(path)}{f' = {value}' if isinstance(value, rdflib.Literal) else ''}]"
        found.append(
            Finding(
                "warning" if results.value(result, SH.resultSeverity) == SH.Warning else "violation",
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


def _local(node: object) -> str:
    return str(node).rpartition("#")[2] or str(node).rpartition("/")[2]


def _name(graph: rdflib.Graph, node: object) -> str:
    """What a person would call a node: its name, else the end of its IRI."""
    label = graph.value(node, RDFS.label) if isinstance(node, rdflib.URIRef) else None
    return str(label) if label is not None else str(node).rpartition("/")[2]


def _where(graph: rdflib.Graph, node: object) -> tuple[str, str, str]:
    """The page, the article and the words of a fact, a mention, a thing, an article or a page, where they are told."""
    if not isinstance(node, rdflib.URIRef):
        return "", "", ""
    owner = rdflib.URIRef(str(node).partition("#")[0])  # a selector is part of its mention
    mention = graph.value(owner, _KG.evidence) or next(iter(sorted(graph.subjects(_KG.refersTo, owner), key=str)), None)
    if mention is None and (owner, RDF.type, _KG.Mention) in graph:
        mention = owner
    article = graph.value(owner, _KG.article) or graph.value(mention, _KG.article)
    if article is None:
        article = owner if (owner, RDF.type, _KG.Article) in graph else None
    page = graph.value(article, _KG.page) or owner
    selectors = graph.objects(mention, _OA.hasSelector) if mention is not None else ()
    quotes = [str(q) for s in selectors for q in graph.objects(s, _OA.exact)]
    return str(graph.value(page, _KG.name) or ""), str(graph.value(article, _KG.key) or ""), min(quotes, default="")


# ---------------------------------------------------------------- sanity


def _quotes(store: Store) -> Iterator[Finding | None]:
    """One entry a quote: None where it equals the slice of its page, white space aside."""
    for page, name, text in store.query(
        "SELECT ?p ?name ?text WHERE { ?p a kg:Page ; kg:name ?name ; schema:text ?text }"
    ).rows:
        rows = store.query(
            f"SELECT ?start ?end ?quote WHERE {{ ?m oa:hasSource <{page}> ; oa:hasSelector ?at , ?words . "
            "?at oa:start ?start ; oa:end ?end . ?words oa:exact ?quote }"
        ).rows
        for start, end, quote in rows:
            if "".join(text[int(start) : int(end)].split()) == quote:
                yield None
            else:
                message = f"the quote is not what stands on the page from {start} to {end}"
                yield Finding("violation", "quote", message, "引文与原文不符", "", name, "", quote)


_EVIDENCE = (
    "?t kg:article ?a ; kg:evidence ?m . ?m oa:hasSelector/oa:exact ?quote . ?a kg:key ?article ; kg:page/kg:name ?page"
)


def _deadlines(store: Store) -> Iterator[Finding]:
    """A promise that was due before the day on which it was made was misread, or has the wrong year."""
    query = (
        "SELECT ?what ?deadline ?day ?page ?article ?quote WHERE { "
        "?t a kg:Target ; kg:what ?what ; kg:deadline ?deadline ; "
        f'kg:modality ?modality . {_EVIDENCE} ; kg:date ?day FILTER(?deadline < ?day && ?modality != "done") }}'
    )
    for what, deadline, day, page, article, quote in store.query(query).rows:
        message = f"the deadline {deadline} lies before the day of the article, {day}"
        yield Finding("warning", "deadline", message, "期限早于稿件日期", what, page, article, quote)


def _parts(store: Store) -> Iterator[Finding]:
    """The parts of a total, in its unit: more than the total is wrong, another sum is worth a look."""
    query = (
        "SELECT ?t ?what ?total ?unit ?comparator ?part ?quantity ?page ?article ?quote WHERE { "
        "?part kg:partOf ?t ; kg:quantity ?quantity ; kg:unit ?unit . "
        "?t a kg:Target ; kg:what ?what ; kg:quantity ?total ; kg:unit ?unit ; kg:comparator ?comparator . "
        f"{_EVIDENCE} }}"
    )
    parts: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    quotes: dict[str, str] = {}
    for t, what, total, unit, comparator, part, quantity, page, article, quote in store.query(query).rows:
        parts[t, what, total, unit, comparator, page, article][part] = float(quantity)
        quotes[t] = min(quote, quotes.get(t, quote))
    for (t, what, total, unit, comparator, page, article), numbers in sorted(parts.items()):
        summed = sum(numbers.values())
        if comparator != "=" or abs(summed - float(total)) < 1e-6:
            continue
        message = f"the {len(numbers)} parts add up to {summed:g}{unit}, the total is said to be {total}{unit}"
        yield Finding("warning", "parts", message, "分项之和与总数不符", what, page, article, quotes[t])


def _generic_posts(store: Store) -> Iterable[Finding]:
    """区领导 and 主要负责人 name nobody: one that became a post is an error of the reader."""
    labels = {row[0] for row in store.query("SELECT DISTINCT ?label WHERE { ?m kg:label ?label }").rows}
    for name in store.query("SELECT DISTINCT ?name WHERE { ?p a kg:Post ; rdfs:label ?name }").column("name"):
        if name in labels:
            message = "a label that names nobody was made a post"
            yield Finding("violation", "generic-post", message, "泛称被当作职务", name)
