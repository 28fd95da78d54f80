"""What a store holds, read by SPARQL into plain records that every view is made from: things, facts, links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kg.errors import KgError
from kg.graph import KG, PREFIXES, Result, Store
from kg.views.sentences import Text, sentence

#: the kinds of node that a view draws, in the order of its legend
KINDS = ("person", "post", "body", "event", "place", "initiative", "document", "article")
FACT_TYPES = (
    "Tenure",
    "Participation",
    "Statement",
    "Target",
    "EventPlace",
    "EventTopic",
    "DocumentUse",
    "Tie",
    "Report",
)  # fmt: skip

#: properties that tie two things without a fact of their own
LINKS = ("kg:partOf", "org:postIn", "kg:administers", "schema:author", "schema:contributor", "kg:mentions")

#: what is known of a thing besides its name, in the order in which it is shown
_DETAILS = ("jurisdiction", "system", "postRole", "status", "divisionCode", "expansion", "count", "mergeReason")
_THING_PROPERTIES = " ".join(
    ["rdfs:label", "skos:altLabel", "kg:pinyin", "kg:kind", "kg:eventType", "kg:edtf", "kg:yearBasis"]
    + [f"kg:{name}" for name in _DETAILS]
)
#: IRIs in one VALUES clause
_LOT = 400


class Queryable(Protocol):
    """Anything that answers SPARQL as :class:`kg.graph.Store` does."""

    def query(self, query: str) -> Result: ...


#: a store, or the folder of one
StoreLike = Queryable | str | Path


def opened(store: StoreLike) -> Queryable:
    """The store itself, or the one in a folder; StoreError for a folder that is no store."""
    return Store.open(store) if isinstance(store, str | Path) else store


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the graph as views show it. ``details`` are pairs of a property of kg.ttl and its value."""

    iri: str
    kind: str
    name: str
    subkind: str = ""
    printed: tuple[str, ...] = ()
    pinyin: str = ""
    date: str = ""
    year_basis: str = ""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands: the page's name, the article (its IRI, headline and day), the words, the rule.

    ``quote`` is the evidence itself, ``sentence`` the whole sentence around it as the article has it.
    """

    page: str = ""
    article: str = ""
    headline: str = ""
    date: str = ""
    quote: str = ""
    rule: str = ""
    score: float = 0.0
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact node: ``type`` is Tenure …; ``ends`` the things by property (``{"person": iri, "post": iri}``).

    ``values`` are its literals by property, each a tuple; ``points`` the ordered points of a statement.
    """

    iri: str
    type: str
    ends: Mapping[str, str]
    values: Mapping[str, tuple[str, ...]]
    source: Source
    points: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """The first value of a property, "" where there is none."""
        return (self.values.get(name) or ("",))[0]


@dataclass(frozen=True, slots=True)
class Link:
    """A plain tie without a fact of its own: a post is in a body, a body is part of another, 记者 wrote an article."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Contents:
    """A store, or the part of it around some things, in the order of the IRIs."""

    things: Mapping[str, Thing]
    facts: tuple[Fact, ...]
    links: tuple[Link, ...] = ()
    articles: Mapping[str, Source] = field(default_factory=dict)

    def about(self, iri: str) -> tuple[Fact, ...]:
        """The facts that a thing is part of."""
        return tuple(f for f in self.facts if iri in f.ends.values())

    def date(self, fact: Fact) -> str:
        """The day of a fact as EDTF: its own, else its event's, else that of the news; "" where none is known.

        Of a target it is the day on which it was told: the deadline is another thing, and stands in its line.
        """
        event = self.things.get(fact.ends.get("event", ""))
        return fact.value("edtf") or (event.date if event else "") or fact.source.date


def contents(store: Queryable) -> Contents:
    """Everything in a store."""
    articles = _articles(store)
    facts = _facts(store, articles, "?fact a kg:Fact")
    things = _things(store, "")
    named = {iri for iri, thing in things.items()}
    values = " ".join(LINKS)
    found = store.query(f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?p {{ {values} }} ?s ?p ?o }}").rows
    links = tuple(Link(s, _local(p), o) for s, p, o in sorted(found) if s in named and o in named)
    return Contents(things, facts, links, articles)


def contents_about(store: Queryable, iris: Iterable[str]) -> Contents:
    """The facts that these things are part of, with all things named in them; for a dossier of a large store."""
    wanted = sorted(set(iris))
    articles = _articles(store)
    facts: dict[str, Fact] = {}
    for values in _lots(wanted):
        where = f"VALUES ?about {{ {values} }} ?fact ?any ?about ; a kg:Fact"
        facts.update((fact.iri, fact) for fact in _facts(store, articles, where))
    ends = {iri for fact in facts.values() for iri in fact.ends.values()}
    links = []
    for values in _lots(wanted):
        for s, p, o in store.query(
            f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?p {{ {' '.join(LINKS)} }} "
            f"{{ VALUES ?s {{ {values} }} ?s ?p ?o }} UNION {{ VALUES ?o {{ {values} }} ?s ?p ?o }} }}"
        ).rows:
            links.append(Link(s, _local(p), o))
    ends |= {end for link in links for end in (link.subject, link.object)} | set(wanted)
    things: dict[str, Thing] = {}
    for values in _lots(sorted(ends)):
        things.update(_things(store, f"VALUES ?thing {{ {values} }}"))
    kept = tuple(x for x in sorted(set(links), key=_link_order) if x.subject in things and x.object in things)
    return Contents(things, tuple(facts[iri] for iri in sorted(facts)), kept, articles)


def of_page(known: Contents, page: str) -> Contents:
    """What one page says: its articles, their facts, and the things they name. Raises KgError for an unknown page."""
    articles = {iri: source for iri, source in known.articles.items() if source.page == page}
    if not articles:
        pages = sorted({source.page for source in known.articles.values()})
        shown = ", ".join(pages[:8]) + (" …" if len(pages) > 8 else "")
        raise KgError(f"page {page!r}: no article of it is in the graph; there are {shown or 'none'}")
    facts = tuple(fact for fact in known.facts if fact.source.article in articles)
    told = tuple(x for x in known.links if x.subject in articles)
    named = set(articles) | {x.object for x in told} | {end for fact in facts for end in fact.ends.values()}
    ties = tuple(
        x for x in known.links if x.subject not in known.articles and x.subject in named and x.object in known.things
    )
    named |= {x.object for x in ties}
    things = {iri: thing for iri, thing in known.things.items() if iri in named}
    return Contents(things, facts, tuple(sorted((*told, *ties), key=_link_order)), articles)


# ---------------------------------------------------------------- reading


def _link_order(link: Link) -> tuple[str, str, str]:
    return link.subject, link.predicate, link.object


def _local(iri: str) -> str:
    """The bare name of a term: ``http://example.org/kg/ns#partOf`` is partOf."""
    return iri.rpartition("#")[2].rpartition("/")[2]


def _lots(iris: list[str]) -> Iterator[str]:
    for at in range(0, len(iris), _LOT):
        yield " ".join(f"<{iri}>" for iri in iris[at : at + _LOT])


def _things(store: Queryable, where: str) -> dict[str, Thing]:
    classes = " ".join(f"kg:{kind.capitalize()}" for kind in KINDS)
    rows = store.query(
        f"SELECT DISTINCT ?thing ?class ?p ?value WHERE {{ {where} VALUES ?class {{ {classes} }} ?thing a ?class . "
        f"OPTIONAL {{ VALUES ?p {{ {_THING_PROPERTIES} }} ?thing ?p ?value }} }}"
    ).rows
    kinds: dict[str, str] = {}
    said: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for thing, class_, p, value in rows:
        kinds[thing] = _local(class_).lower()
        if value:
            said[thing][_local(p)].add(value)
    return {iri: _thing(iri, kinds[iri], said[iri]) for iri in sorted(kinds)}


def _thing(iri: str, kind: str, said: dict[str, set[str]]) -> Thing:
    # an event told by two articles may have two names: the fuller one is shown, the other kept beside it
    names = sorted(said.get("label", ()), key=lambda x: (-len(x), x)) or [iri.rpartition("/")[2]]
    dates = sorted(said.get("edtf", ()), key=lambda x: ("X" in x, -len(x), x))
    return Thing(
        iri=iri,
        kind=kind,
        name=names[0],
        subkind="、".join(sorted(said.get("eventType") or said.get("kind") or ())),
        printed=tuple(sorted((said.get("altLabel", set()) | set(names[1:])) - {names[0]})),
        pinyin=" / ".join(sorted(said.get("pinyin", ()))),
        date=dates[0] if dates else "",
        year_basis="、".join(sorted(said.get("yearBasis", ()))),
        details=tuple((name, value) for name in _DETAILS for value in sorted(said.get(name, ()))),
    )


def _articles(store: Queryable) -> dict[str, Source]:
    rows = store.query(
        "SELECT ?article ?page ?headline ?edtf WHERE { ?article a kg:Article ; kg:page ?p . ?p kg:name ?page . "
        "OPTIONAL { ?article schema:headline ?headline } OPTIONAL { ?article kg:edtf ?edtf } }"
    ).rows
    return {
        article: Source(page=page, article=article, headline=headline, date=edtf)
        for article, page, headline, edtf in sorted(rows, reverse=True)
    }


def _facts(store: Queryable, articles: Mapping[str, Source], where: str) -> tuple[Fact, ...]:
    """The facts that ``where`` binds to ``?fact``, with their evidence."""
    known = {f"{KG}{name}": name for name in FACT_TYPES}
    types: dict[str, str] = {}
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    result = store.query(f"SELECT DISTINCT ?fact ?p ?o WHERE {{ {where} . ?fact ?p ?o }}")
    for fact, p, o in result.terms:
        if fact is None or p is None or o is None:
            continue
        name = _local(p.value)
        if p.value == PREFIXES["rdf"] + "type":
            if o.value in known:
                types[fact.value] = known[o.value]
        elif o.kind == "iri":
            if name not in ("evidence", "said", "point"):
                ends[fact.value][name] = o.value
        else:
            values[fact.value][name].append(o.value)
    stretches = _stretches(store, where)
    texts = _Texts(store, {iri for mine in ends.values() if (iri := mine.get("article", ""))})
    points = _points(store, where)
    ruled = store.query(
        f"SELECT DISTINCT ?rule ?name WHERE {{ {where} . ?fact prov:wasGeneratedBy ?rule . ?rule rdfs:label ?name }}"
    )
    rules = {row["rule"]: row["name"] for row in ruled}
    made = []
    for iri in sorted(types):
        mine, said = ends[iri], values[iri]
        article = articles.get(mine.pop("article", ""), Source())
        rule = rules.get(mine.pop("wasGeneratedBy", ""), "")
        source = Source(
            page=article.page,
            article=article.article,
            headline=article.headline,
            date=article.date,
            quote=" … ".join(exact for _, exact in stretches.get(iri, ())),
            rule=rule,
            score=float((said.get("score") or ["0"])[0]),
            sentence=texts.sentence(article.article, stretches.get(iri, ())),
        )
        literals = {name: tuple(sorted(found)) for name, found in sorted(said.items())}
        made.append(Fact(iri, types[iri], dict(sorted(mine.items())), literals, source, points.get(iri, ())))
    return tuple(made)


def _stretches(store: Queryable, where: str) -> dict[str, list[tuple[int, str]]]:
    """The words of each fact with their places on the page, in the order of the page."""
    rows = store.query(
        f"SELECT DISTINCT ?fact ?start ?exact WHERE {{ {where} . ?fact kg:evidence ?mention . "
        "?mention oa:hasSelector ?position , ?quote . ?position oa:start ?start . ?quote oa:exact ?exact }"
    ).rows
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for fact, start, exact in rows:
        found[fact].add((int(start), exact))
    return {fact: sorted(stretches) for fact, stretches in found.items()}


class _Texts:
    """The texts of some articles and of their pages, to find sentences in."""

    def __init__(self, store: Queryable, articles: set[str]) -> None:
        self.articles: dict[str, tuple[str, Text]] = {}
        self.pages: dict[str, str] = {}
        for values in _lots(sorted(articles)):
            told = f"VALUES ?article {{ {values} }} ?article kg:page ?page"
            for article, page, text in store.query(
                f"SELECT ?article ?page ?text WHERE {{ {told} ; schema:text ?text }}"
            ).rows:
                self.articles[article] = (page, Text(text))
            pages = store.query(f"SELECT DISTINCT ?page ?text WHERE {{ {told} . ?page schema:text ?text }}")
            self.pages.update({row["page"]: row["text"] for row in pages})

    def sentence(self, article: str, stretches: Sequence[tuple[int, str]]) -> str:
        page, text = self.articles.get(article, ("", None))
        return sentence(text, self.pages.get(page, ""), stretches) if text else ""


def _points(store: Queryable, where: str) -> dict[str, tuple[str, ...]]:
    rows = store.query(
        f"SELECT DISTINCT ?fact ?index ?text WHERE {{ {where} . ?fact kg:point ?point . "
        "?point kg:index ?index ; kg:text ?text }"
    ).rows
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for fact, index, text in rows:
        found[fact].append((int(index), text))
    return {fact: tuple(text for _, text in sorted(points)) for fact, points in found.items()}
