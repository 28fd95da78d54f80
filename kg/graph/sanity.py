"""What no shape can say of a graph: quotes and pages, sums, days, two holders of one post, words that are not defined.

Each check is a function of a store that gives findings. An error of the reader or the writer is a violation; what may
be right, and what the newspaper itself may have printed wrongly, is a warning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import combinations
from math import inf
from pathlib import Path
from typing import Protocol

import rdflib

from kg import lexicon
from kg.graph import terms
from kg.graph.findings import Finding
from kg.graph.result import Result

VOCABULARY = Path(__file__).with_name("kg.ttl")

#: modifiers of a post that its holder of the day does not have: 原区长, 时任区长, 拟任区长
_NOT_NOW = frozenset(["原", "原任", "前", "前任", "时任", "时任原", "拟任", "候任"])

#: what a body of some kind cannot have: 卫生健康委主任 is no post of the party, 区委办主任 none of the government
_OTHER_SYSTEM = {
    "party": ("government", "congress", "cppcc"),
    "government": ("party", "congress", "cppcc"),
    "congress": ("party", "government", "cppcc"),
    "cppcc": ("party", "government", "congress"),
}

_EVIDENCE = (
    "?t kg:article ?a ; kg:evidence ?m . ?m oa:hasSelector/oa:exact ?quote . ?a kg:key ?article ; kg:page/kg:name ?page"
)


class Asked(Protocol):
    """Anything that answers SPARQL as a store does."""

    def query(self, query: str) -> Result: ...


def quotes(store: Asked) -> Iterator[Finding | None]:
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


def deadlines(store: Asked) -> Iterator[Finding]:
    """A promise that was due before the day on which it was made was misread, or has the wrong year."""
    query = (
        "SELECT ?what ?deadline ?day ?page ?article ?quote WHERE { "
        "?t a kg:Target ; kg:what ?what ; kg:deadline ?deadline ; "
        f'kg:modality ?modality . {_EVIDENCE} ; kg:date ?day FILTER(?deadline < ?day && ?modality != "done") }}'
    )
    for what, deadline, day, page, article, quote in store.query(query).rows:
        message = f"the deadline {deadline} lies before the day of the article, {day}"
        yield Finding("warning", "deadline", message, "期限早于稿件日期", what, page, article, quote)


def parts(store: Asked) -> Iterator[Finding]:
    """The parts of a total, in its unit: 第一批264个 and 第二批203个 are 467个. Another sum is worth a look.

    A number may stand for more or less than it says (200余个 is 200 or more): only what cannot be is told.
    """
    query = (
        "SELECT ?t ?what ?total ?unit ?comparator ?part ?number ?sign ?page ?article ?quote WHERE { "
        "?part kg:partOf ?t ; kg:quantity ?number ; kg:unit ?unit ; kg:comparator ?sign . "
        "?t a kg:Target ; kg:what ?what ; kg:quantity ?total ; kg:unit ?unit ; kg:comparator ?comparator . "
        f"{_EVIDENCE} }}"
    )
    found: dict[tuple[str, ...], dict[str, tuple[float, str]]] = defaultdict(dict)
    words: dict[str, str] = {}
    for t, what, total, unit, comparator, part, number, sign, page, article, quote in store.query(query).rows:
        found[t, what, total, unit, comparator, page, article][part] = float(number), sign
        words[t] = min(quote, words.get(t, quote))
    for (t, what, total, unit, comparator, page, article), numbers in sorted(found.items()):
        low, high = _bounds(float(total), comparator)
        bounds = [_bounds(*number) for number in numbers.values()]
        least, most = sum(b[0] for b in bounds), sum(b[1] for b in bounds)
        if least <= high + 1e-6 and most >= low - 1e-6:
            continue
        summed = sum(number for number, _ in numbers.values())
        message = f"the {len(numbers)} parts add up to {summed:g}{unit}, the total is said to be {total}{unit}"
        yield Finding("warning", "parts", message, "分项之和与总数不符", what, page, article, words[t])


def _bounds(number: float, comparator: str) -> tuple[float, float]:
    """What a number with its comparator may stand for: 467余 is anything from 467."""
    if comparator in (">", ">="):
        return number, inf
    if comparator in ("<", "<="):
        return 0, number
    return number, number


def generic_posts(store: Asked) -> Iterator[Finding]:
    """区领导 and 主要负责人 name nobody: one that became a post is an error of the reader."""
    labels = {row[0] for row in store.query("SELECT DISTINCT ?label WHERE { ?m kg:label ?label }").rows}
    for name in store.query("SELECT DISTINCT ?name WHERE { ?p a kg:Post ; rdfs:label ?name }").column("name"):
        if name in labels:
            message = "a label that names nobody was made a post"
            yield Finding("violation", "generic-post", message, "泛称被当作职务", name)


def holders(store: Asked) -> Iterator[Finding]:
    """Two persons in a post of one holder (区长) on one day: a wrong name, a wrong day, or two persons for one."""
    query = (
        "SELECT ?post ?title ?role ?person ?name ?day ?modifier ?page ?article ?quote WHERE { "
        "?t a kg:Tenure ; kg:post ?post ; kg:person ?person ; kg:earliest ?day ; kg:latest ?day . "
        "?post rdfs:label ?title ; kg:postRole ?role . ?person rdfs:label ?name . "
        f"OPTIONAL {{ ?t kg:modifier ?modifier }} {_EVIDENCE} }}"
    )
    single = _single()
    rows = store.query(query).rows
    former = {(row[0], row[3], row[5], row[8]) for row in rows if row[6] in _NOT_NOW}
    held: dict[tuple[str, str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for post, title, role, person, name, day, _, page, article, quote in sorted(rows):
        if role in single and (post, person, day, article) not in former:
            held[post, title, day].setdefault(person, (name, page, article, quote))
    for (_, title, day), persons in sorted(held.items()):
        for one, other in combinations(sorted(persons.values(), key=lambda p: p[1:]), 2):
            message = f"two holders on {day}: {one[0]}, and {other[0]} on page {other[1]}, “{other[3]}”"
            yield Finding("warning", "holders", message, "同一日一职两人", title, *one[1:])


@lru_cache(maxsize=1)
def _single() -> frozenset[str]:
    """The roles of which a body has one holder at a time, as the word list says: 书记, 区长, 局长 …"""
    return frozenset(row["role"] for row in lexicon.load("roles") if row.get("single") == "yes")


def systems(store: Asked) -> Iterator[Finding]:
    """A post is of the system of its body: 二七区委办主任 is a post of the party, 卫生健康委主任 of the government."""
    query = (
        "SELECT ?title ?system ?body ?kind (MIN(?words) AS ?quote) (MIN(?name) AS ?page) (MIN(?key) AS ?article) "
        "WHERE { ?post a kg:Post ; rdfs:label ?title ; kg:system ?system ; org:postIn ?in . "
        "?in rdfs:label ?body ; kg:kind ?kind . ?t kg:post ?post ; kg:article ?a ; kg:evidence ?m . "
        "?m oa:hasSelector/oa:exact ?words . ?a kg:key ?key ; kg:page/kg:name ?name } "
        "GROUP BY ?title ?system ?body ?kind"
    )
    for title, system, body, kind, quote, page, article in sorted(store.query(query).rows):
        if system in _OTHER_SYSTEM.get(kind, ()):
            message = f"a post of the system {system} in a body of kind {kind}, {body}"
            yield Finding("warning", "system", message, "职务的系统与机构的类别不符", title, page, article, quote)


def circles(store: Asked) -> Iterator[Finding]:
    """Nothing is part of itself, however many steps away: 二七区 of 郑州市 of 二七区."""
    above: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for part, whole, name in store.query(
        "SELECT ?part ?whole ?name WHERE { ?part kg:partOf ?whole OPTIONAL { ?part rdfs:label|kg:what ?name } }"
    ).rows:
        above[part].append(whole)
        names[part] = name
    for start in sorted(above):
        seen: set[str] = set()
        ahead = list(above[start])
        while ahead:
            at = ahead.pop()
            if at == start:
                message = "it is part of itself, directly or through others"
                yield Finding("violation", "circle", message, "直接或间接隶属于自身", names[start])
                break
            if at not in seen:
                seen.add(at)
                ahead += above.get(at, [])


def vocabulary(store: Asked) -> Iterator[Finding]:
    """Every class and property of ours that is used is defined in kg.ttl: the vocabulary is closed."""
    used = set(store.query("SELECT DISTINCT ?p WHERE { ?s ?p ?o }").column("p"))
    used |= set(store.query("SELECT DISTINCT ?c WHERE { ?s a ?c }").column("c"))
    for iri in sorted(used - _defined()):
        if iri.startswith(terms.KG):
            message = "a term that the vocabulary does not define"
            yield Finding("violation", "vocabulary", message, "词汇表未定义的术语", f"kg:{iri.removeprefix(terms.KG)}")


@lru_cache(maxsize=1)
def _defined() -> frozenset[str]:
    graph = rdflib.Graph().parse(VOCABULARY, format="turtle")
    return frozenset(str(s) for s in graph.subjects(unique=True) if isinstance(s, rdflib.URIRef))


#: all of them but the quotes, which are counted
CHECKS: tuple[Callable[[Asked], Iterable[Finding]], ...] = (
    deadlines,
    parts,
    generic_posts,
    holders,
    systems,
    circles,
    vocabulary,
)
