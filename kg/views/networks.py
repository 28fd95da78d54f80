"""The graph for networkx: four projections, one contract of attributes.

Every node has ``label, kind, subkind, date, search``; every edge ``label, predicate, fact_type, role, date, article,
headline, page, quote, sentence, rule, score, fact``. All are text but ``score`` (a number), and on the edges of
co-attendance ``weight``; what is not known is the empty text. Nodes and keys are IRIs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Any, Literal, get_args

import networkx as nx

from kg.errors import KgError
from kg.lexicon.sounds import syllables
from kg.views import phrases
from kg.views.contents import KINDS, Contents, Fact, Source, StoreLike, Thing, contents, of_page, opened
from kg.views.naming import find_in

Projection = Literal["all", "events", "person-body", "co-attendance"]
PROJECTIONS: tuple[str, ...] = get_args(Projection)

#: a name of a projection as people read it
PROJECTION_LABELS = {
    "all": "全部",
    "events": "活动",
    "person-body": "人物与机构",
    "co-attendance": "共同出席",
}

#: which two ends of a fact its edge joins; of several, the first that both are there
_ENDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "Tenure": (("person", "post"),),
    "Participation": (("agent", "event"),),
    "EventPlace": (("event", "place"),),
    "EventTopic": (("event", "initiative"),),
    "Statement": (("speaker", "event"),),
    "Target": (("by", "initiative"),),
    "DocumentUse": (("by", "document"), ("event", "document")),
    "Tie": (("subject", "object"),),
    "Report": (("article", "event"),),
}
_EVENT_FACTS = ("Participation", "EventPlace", "EventTopic")


def to_networkx(
    store: StoreLike,
    projection: str = "all",
    *,
    around: str = "",
    hops: int = 2,
    kinds: Iterable[str] = (),
    page: str = "",
) -> nx.MultiDiGraph:
    """The graph of a store (or of the store in a folder), or a projection of it, as a ``networkx.MultiDiGraph``.

    * ``all``: every thing and article; an edge for each fact between two, and for 隶属于, 设于, 管辖, 记者, 提到;
    * ``events``: who took part in what, where, about what;
    * ``person-body``: persons and the bodies that their posts are in, and the bodies above these;
    * ``co-attendance``: persons who were at the same event, ``weight`` times (each pair once, in the order of IRIs).

    ``around`` keeps what lies within ``hops`` edges of a thing (its name, alias or pinyin: 陈红民), ``kinds`` the
    nodes of some kinds, ``page`` what one page says. Raises KgError for an unknown projection, kind, page or name.

    >>> g = to_networkx(store)  # doctest: +SKIP
    >>> [(g.nodes[a]["label"], d["label"], g.nodes[b]["label"]) for a, b, d in g.edges(data=True)][0]  # doctest: +SKIP
    ('崔世英', '出席', '2019年精神文明建设暨文明城市创建工作推进会')
    """
    known = contents(opened(store))
    if page:
        known = of_page(known, page)
    return select(project(known, projection), known, around=around, hops=hops, kinds=kinds)


def project(known: Contents, projection: str = "all") -> nx.MultiDiGraph:
    """The projection of what was read from a store. Raises KgError for an unknown projection."""
    if projection not in _PROJECT:
        raise KgError(f"projection {projection!r}: expected one of {', '.join(PROJECTIONS)}")
    graph = nx.MultiDiGraph(projection=projection)
    _PROJECT[projection](graph, known)
    return graph


def select(
    graph: nx.MultiDiGraph,
    known: Contents,
    *,
    around: str = "",
    hops: int = 2,
    kinds: Iterable[str] = (),
) -> nx.MultiDiGraph:
    """The part of a projection that was asked for; see :func:`to_networkx`."""
    wanted = set(kinds)
    unknown = sorted(wanted - set(KINDS))
    if unknown:
        raise KgError(f"kind {unknown[0]!r}: expected some of {', '.join(KINDS)}")
    if around:
        centres = [thing.iri for thing in find_in(known.things.values(), around) if thing.iri in graph]
        if not centres:
            raise KgError(f"{around}: has no tie in the projection {graph.graph['projection']!r}; try another one")
        plain = graph.to_undirected(as_view=True)
        near: set[str] = set()
        for centre in centres:
            near |= set(nx.single_source_shortest_path_length(plain, centre, cutoff=hops))
        graph = graph.subgraph(near).copy()
    if wanted:
        graph = graph.subgraph([n for n, d in graph.nodes(data=True) if d["kind"] in wanted]).copy()
    return graph


# ---------------------------------------------------------------- attributes


def search_text(thing: Thing, more: Iterable[str] = ()) -> str:
    """What a search box looks through: the names, and their pinyin with spaces, without, and by its initials.

    ``陈红民`` is found as 陈红民, chen hongmin, chenhongmin and chm.
    """
    names = (thing.name, *thing.printed, *more)
    found = [*names]
    for name in names:
        sounds = syllables(name)
        found += [" ".join(sounds), "".join(sounds), "".join(s[0] for s in sounds)]
    found += thing.pinyin.split(" / ")
    return " | ".join(dict.fromkeys(x.lower() for x in found if x))


def _add_node(graph: nx.MultiDiGraph, thing: Thing, more: Iterable[str] = ()) -> None:
    graph.add_node(
        thing.iri,
        label=thing.name,
        kind=thing.kind,
        subkind=thing.subkind,
        date=thing.date,
        search=search_text(thing, more),
    )


def _add_edge(graph: nx.MultiDiGraph, a: str, b: str, fact: Fact, known: Contents, **changed: Any) -> None:
    source = fact.source
    said: dict[str, Any] = {
        "label": phrases.label(fact),
        "predicate": _predicate(fact),
        "fact_type": fact.type,
        "role": fact.value("role"),
        "date": known.date(fact),
        **_source(source),
        "fact": fact.iri,
    } | changed
    graph.add_edge(a, b, key=fact.iri, **said)


def _source(source: Source) -> dict[str, Any]:
    return {
        "article": source.article,
        "headline": source.headline,
        "page": source.page,
        "quote": source.quote,
        "sentence": source.sentence,
        "rule": source.rule,
        "score": source.score,
    }


def _predicate(fact: Fact) -> str:
    """The edge's code: the role, the predicate of a tie, the action, or the type in lower case."""
    for name in ("role", "predicate", "action"):
        if fact.value(name):
            return fact.value(name)
    return fact.type.lower()


def _ends(fact: Fact, known: Contents) -> tuple[str, str] | None:
    """The two things that the edge of a fact joins; None where one of them is not said, or both are one."""
    ends = dict(fact.ends) | {"article": fact.source.article}
    for first, second in _ENDS[fact.type]:
        a, b = ends.get(first, ""), ends.get(second, "")
        if a in known.things and b in known.things and a != b:
            return a, b
    return None


# ---------------------------------------------------------------- projections


def _all(graph: nx.MultiDiGraph, known: Contents) -> None:
    titles = _titles(known)
    for thing in known.things.values():
        _add_node(graph, thing, titles.get(thing.iri, ()))
    joined = set()
    for fact in known.facts:
        ends = _ends(fact, known)
        if ends:
            _add_edge(graph, *ends, fact, known)
            joined.add(ends)
    for link in known.links:
        if link.predicate == "mentions" and (link.subject, link.object) in joined:
            continue
        source = known.articles.get(link.subject, Source())
        graph.add_edge(
            link.subject,
            link.object,
            key=link.predicate,
            label=phrases.link_label(link),
            predicate=link.predicate,
            fact_type="",
            role="",
            date=source.date,
            **_source(source),
            fact="",
        )


def _events(graph: nx.MultiDiGraph, known: Contents) -> None:
    titles = _titles(known)
    for thing in known.things.values():
        if thing.kind == "event":
            _add_node(graph, thing)
    for fact in known.facts:
        ends = _ends(fact, known) if fact.type in _EVENT_FACTS else None
        for end in ends or ():
            _add_node(graph, known.things[end], titles.get(end, ()))
        if ends:
            _add_edge(graph, *ends, fact, known)


def _person_body(graph: nx.MultiDiGraph, known: Contents) -> None:
    bodies = {x.subject: x.object for x in known.links if x.predicate == "postIn"}
    titles = _titles(known)
    for fact in known.facts:
        person, post = fact.ends.get("person", ""), fact.ends.get("post", "")
        body = bodies.get(post, "")
        if fact.type != "Tenure" or person not in known.things or body not in known.things:
            continue
        _add_node(graph, known.things[person], titles.get(person, ()))
        _add_node(graph, known.things[body])
        modifiers = "".join(fact.values.get("modifier", ()))
        _add_edge(graph, person, body, fact, known, label=modifiers + fact.value("title"))
    parents = {x.subject: x for x in known.links if x.predicate == "partOf"}
    for start in [n for n, d in graph.nodes(data=True) if d["kind"] == "body"]:
        at = start
        while at in parents and not graph.has_edge(at, parents[at].object):
            link = parents[at]
            if link.object not in known.things:
                break
            _add_node(graph, known.things[link.object])
            graph.add_edge(
                link.subject,
                link.object,
                key=link.predicate,
                label=phrases.link_label(link),
                predicate=link.predicate,
                fact_type="",
                role="",
                date="",
                **_source(Source()),
                fact="",
            )
            at = link.object


def _co_attendance(graph: nx.MultiDiGraph, known: Contents) -> None:
    titles = _titles(known)
    present: dict[str, dict[str, Fact]] = defaultdict(dict)
    for fact in known.facts:
        agent, event = fact.ends.get("agent", ""), fact.ends.get("event", "")
        if fact.type == "Participation" and agent in known.things and known.things[agent].kind == "person":
            present[event].setdefault(agent, fact)
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event in sorted(present):
        for a, b in combinations(sorted(present[event]), 2):
            together[a, b].append(event)
    for (a, b), events in sorted(together.items()):
        for person in (a, b):
            _add_node(graph, known.things[person], titles.get(person, ()))
        facts = [present[event][person] for event in events for person in (a, b)]
        graph.add_edge(
            a,
            b,
            key="co-attendance",
            label=f"共同出席 {len(events)} 次",
            predicate="co-attendance",
            fact_type="Participation",
            role="",
            date=" ".join(_each(known.date(f) for f in facts)),
            article=" ".join(_each(f.source.article for f in facts)),
            headline=" ｜ ".join(_each(f.source.headline for f in facts)),
            page=" ".join(_each(f.source.page for f in facts)),
            quote=" ｜ ".join(_each(f.source.quote for f in facts)),
            sentence=" ｜ ".join(_each(f.source.sentence for f in facts)),
            rule=" ".join(_each(f.source.rule for f in facts)),
            score=min(f.source.score for f in facts),
            fact=" ".join(f.iri for f in facts),
            weight=len(events),
            events=" ｜ ".join(known.things[event].name for event in events if event in known.things),
        )


_PROJECT: Mapping[str, Callable[[nx.MultiDiGraph, Contents], None]] = {
    "all": _all,
    "events": _events,
    "person-body": _person_body,
    "co-attendance": _co_attendance,
}


def _each(values: Iterable[str]) -> list[str]:
    return [value for value in dict.fromkeys(values) if value]


def _titles(known: Contents) -> dict[str, list[str]]:
    """The titles that each person is said to hold, so that 区委书记 finds its holder."""
    found: dict[str, list[str]] = defaultdict(list)
    for fact in known.facts:
        if fact.type == "Tenure" and fact.value("title") not in found[fact.ends.get("person", "")]:
            found[fact.ends.get("person", "")].append(fact.value("title"))
    return found
