"""The explorer: the graph as one HTML file, drawn by vis-network through pyvis, that asks no network for anything.

pyvis gives the nodes, the edges and the options; the page around them is ours (``assets/``), because the page of
pyvis 0.3.2 links stylesheets on other hosts and runs what stands in titles. Here every text of the graph travels as
JSON data and is shown as text; a content security policy allows the two scripts of this file, by their hashes, and
nothing else: no request, no inline handler, no further script.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx
from pyvis.network import Network

from kg.errors import ExportError, KgError
from kg.views import phrases, words
from kg.views.contents import FACT_TYPES, Contents, Fact, Source, StoreLike, Thing, contents, of_page, opened
from kg.views.exports import cleaned
from kg.views.layout import positions
from kg.views.networks import PROJECTION_LABELS, PROJECTIONS, project, select
from kg.views.page_file import clean, render

#: more nodes than this nobody can read, and a browser draws slowly
MAX_NODES = 2000

TITLE = "政务报道知识图谱"

#: characters of what somebody said in the line of a fact; the sentence below it has the whole
SAID = 48

#: colour and shape of each kind; the shape tells kinds apart where colours do not
STYLES: Mapping[str, tuple[str, str]] = {
    "person": ("#d1603d", "dot"),
    "post": ("#dba52c", "hexagon"),
    "body": ("#33658a", "square"),
    "event": ("#7b5ea7", "diamond"),
    "place": ("#4f9d69", "triangle"),
    "initiative": ("#c2417c", "star"),
    "document": ("#8c6d46", "triangleDown"),
    "article": ("#9aa5ae", "dot"),
}
_OTHER = ("#6b7780", "dot")

#: shapes that look smaller than a dot of the same size
_GROWN = {"star": 1.5, "triangle": 1.15, "triangleDown": 1.15, "diamond": 1.1, "square": 0.9}

_OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1, "improvedLayout": False},
    "nodes": {"borderWidth": 1, "borderWidthSelected": 3, "labelHighlightBold": False, "font": {"size": 0}},
    "edges": {"smooth": False, "color": {"inherit": False}, "selectionWidth": 1.5, "hoverWidth": 0.5},
    "interaction": {"hover": True, "multiselect": False, "tooltipDelay": 100000, "hideEdgesOnDrag": False},
}

_INFO = {"count": "人数", "postRole": "职衔", "expansion": "即"}


def write_view(store: StoreLike | nx.MultiDiGraph, path: str | Path, **chosen: Any) -> Path:
    """Writes the explorer page of a store, or of a networkx graph, to a file; ``chosen`` as for :func:`to_pyvis`.

    Raises ExportError where the file cannot be written. Equal stores give equal bytes.
    """
    target = Path(path)
    html = to_pyvis(store, **chosen)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ExportError(f"{target}: cannot write the page: {error.strerror or error}") from error
    return target


def to_pyvis(
    source: StoreLike | nx.MultiDiGraph,
    projection: str = "all",
    *,
    around: str = "",
    hops: int = 2,
    kinds: Iterable[str] = (),
    page: str = "",
    title: str = TITLE,
    limit: int = MAX_NODES,
) -> str:
    """The explorer page as HTML text.

    A store gives a page with all its projections, ``projection`` shown first, and every fact with the sentence it
    stands in; ``around``, ``hops``, ``kinds`` and ``page`` choose a part as for :func:`kg.views.to_networkx`. A
    networkx graph with the attributes of ``to_networkx`` gives a page with that one view. Of more than ``limit``
    nodes the best connected are drawn and the page says how to see the others. Raises KgError as to_networkx does.
    """
    made = _Page(title)
    if isinstance(source, nx.Graph):
        made.view("graph", "", _capped(cleaned(source), limit, made))
        return made.html()
    known = contents(opened(source))
    if page:
        known = of_page(known, page)
    made.known = known
    chosen = tuple(kinds)
    for name in dict.fromkeys((projection, *PROJECTIONS)):
        try:
            graph = select(project(known, name), known, around=around, hops=hops, kinds=chosen)
        except KgError:
            if name == projection:
                raise
            continue
        if name == projection or graph.number_of_edges() > 1:
            made.view(name, PROJECTION_LABELS[name], _capped(graph, limit, made))
    return made.html()


def _capped(graph: nx.MultiDiGraph, limit: int, page: _Page) -> nx.MultiDiGraph:
    """The best connected nodes of a graph that is too large to draw, and a note that says so."""
    if len(graph) <= limit:
        return graph
    page.notes.append(
        f"图中有 {len(graph)} 个节点，只画出联系最多的 {limit} 个。要看其余的，请缩小范围："
        "kg view --around 名称、--page 版面名 或 --projection co-attendance"
    )
    ties = {n: sum(1 for _, _, d in graph.in_edges(n, data=True) if d.get("predicate") != "mentions") for n in graph}
    for n in graph:
        ties[n] += sum(1 for _, _, d in graph.out_edges(n, data=True) if d.get("predicate") != "mentions")
    kept = sorted(graph, key=lambda n: (-ties[n], str(n)))[:limit]
    return graph.subgraph(kept).copy()


# ---------------------------------------------------------------- the page's data


@dataclass(slots=True)
class _View:
    name: str
    label: str
    graph: nx.MultiDiGraph


@dataclass(slots=True)
class _Page:
    """What goes into the page, while it is being collected. Nodes are n0, n1 …: their IRIs stay out of the page."""

    title: str
    known: Contents | None = None
    views: list[_View] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    nodes: dict[str, int] = field(default_factory=dict)
    cards: list[dict[str, Any]] = field(default_factory=list)
    card_of: dict[str, int] = field(default_factory=dict)
    articles: dict[Source, int] = field(default_factory=dict)
    quotes: dict[str, int] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()

    def view(self, name: str, label: str, graph: nx.MultiDiGraph) -> None:
        self.views.append(_View(name, label, graph))

    def html(self) -> str:
        drawn = sorted({str(node) for view in self.views for node in view.graph})
        self.nodes = {iri: number for number, iri in enumerate(drawn)}
        if self.known is not None:
            self._fact_cards(self.known)
            self.bare = _bare(self.known)
        networks = [self._network(view) for view in self.views]
        counts = {"pages": 0, "articles": 0, "facts": 0}
        if self.known is not None:
            counts = {
                "pages": len({source.page for source in self.known.articles.values()}),
                "articles": len(self.known.articles),
                "facts": len(self.known.facts),
            }
        data = {
            "title": self.title,
            "notes": list(dict.fromkeys(self.notes)),
            "counts": counts,
            "kinds": [
                {"id": kind, "zh": words.kind(kind), "en": words.kind(kind, "en"), "color": color, "shape": shape}
                for kind, (color, shape) in STYLES.items()
            ],
            "sections": [words.term(name) for name in FACT_TYPES] + ["隶属与署名"],
            "nodes": [self._node(iri) for iri in drawn],
            "cards": self.cards,
            "articles": [{"page": a.page, "headline": a.headline, "date": a.date} for a in self.articles],
            "quotes": list(self.quotes),
            "views": [
                {"id": view.name, "label": view.label, "nodes": net.nodes, "edges": net.edges}
                for view, net in list(zip(self.views, networks, strict=True))[1:]
            ],
            "first": {"id": self.views[0].name, "label": self.views[0].label},
        }
        return render(networks[0], clean(self.title), clean(data), _OPTIONS)

    # ------------------------------------------------------------ nodes

    def _node(self, iri: str) -> dict[str, Any]:
        """What the panel shows: k kind, l name, s its narrower kind, a aliases, i details; q what search reads."""
        thing = self.known.things.get(iri) if self.known else None
        drawn = next(dict(view.graph.nodes[iri]) for view in self.views if iri in view.graph)
        name, kind = str(drawn.get("label", iri)), str(drawn.get("kind", ""))
        said = str(drawn.get("subkind", ""))
        made: dict[str, Any] = {"k": kind, "l": name, "s": _subkinds(kind, said), "q": str(drawn.get("search", name))}
        if iri in self.bare:
            made["b"] = 1
        if drawn.get("date"):
            made["d"] = str(drawn["date"])
        if thing is not None:
            made["a"] = list(thing.printed)
            made["y"] = thing.pinyin
            made["i"] = _details(thing)
        return made

    # ------------------------------------------------------------ cards

    def _fact_cards(self, known: Contents) -> None:
        """A card for every fact about a node that is drawn, in the order in which a panel lists them."""
        told = [fact for fact in known.facts if any(end in self.nodes for end in fact.ends.values())]
        told.sort(key=lambda f: (FACT_TYPES.index(f.type), known.date(f) or "~", f.source.article, f.iri))
        for fact in told:
            parts = phrases.line(fact, known, SAID)
            ends = [self.nodes[iri] for iri in (*fact.ends.values(), fact.source.article) if iri in self.nodes]
            self.card_of[fact.iri] = len(self.cards)
            self.cards.append(self._card(fact, parts, ends, known.date(fact), FACT_TYPES.index(fact.type)))

    def _card(
        self, fact: Fact, parts: Iterable[phrases.Part], ends: Iterable[int], date: str, section: int
    ) -> dict[str, Any]:
        card: dict[str, Any] = {
            "t": section,
            "p": [[part.text, self.nodes[part.thing]] if part.thing in self.nodes else [part.text] for part in parts],
            "n": list(dict.fromkeys(ends)),
            "d": date,
            "r": fact.source.rule,
            "c": fact.source.score,
        }
        sentence = fact.source.sentence or fact.source.quote
        if sentence:
            card["q"] = self.quotes.setdefault(sentence, len(self.quotes))
            if fact.source.quote and fact.source.quote != sentence:
                card["e"] = fact.source.quote.split(" … ")
        if fact.source.page:
            place = Source(fact.source.page, fact.source.article, fact.source.headline, fact.source.date)
            card["a"] = self.articles.setdefault(place, len(self.articles))
        if fact.points:
            card["o"] = list(fact.points)
        return card

    def _edge_cards(self, a: str, b: str, data: Mapping[str, Any], graph: nx.MultiDiGraph) -> list[int]:
        """The cards of an edge: those of its facts, or one made from what the edge itself says."""
        facts = [iri for iri in str(data.get("fact", "")).split(" ") if iri in self.card_of]
        if facts:
            return [self.card_of[iri] for iri in facts]
        source = Source(
            page=str(data.get("page", "")),
            article=str(data.get("article", "")),
            headline=str(data.get("headline", "")),
            quote=str(data.get("quote", "")),
            sentence=str(data.get("sentence", "")),
            rule=str(data.get("rule", "")),
            score=float(data.get("score") or 0.0),
        )
        parts = (
            phrases.Part(str(graph.nodes[a].get("label", a)), a),
            phrases.Part(str(data.get("label", ""))),
            phrases.Part(str(graph.nodes[b].get("label", b)), b),
        )
        kind = str(data.get("fact_type", ""))
        section = FACT_TYPES.index(kind) if kind in FACT_TYPES else len(FACT_TYPES)
        key = json.dumps([a, b, sorted((k, str(v)) for k, v in data.items())])
        if key not in self.card_of:
            self.card_of[key] = len(self.cards)
            made = Fact("", kind, {}, {}, source)
            ends = (self.nodes[a], self.nodes[b])
            self.cards.append(self._card(made, parts, ends, str(data.get("date", "")), section))
        return [self.card_of[key]]

    # ------------------------------------------------------------ pyvis

    def _network(self, view: _View) -> Network:
        """The pyvis network of a view: one line for each pair of nodes, however many facts join them."""
        graph = view.graph
        net = Network(directed=True, cdn_resources="in_line", height="100%", width="100%")
        net.options = _Options()
        places = positions(graph, self.bare)
        drawn: dict[tuple[str, str], dict[str, Any]] = {}
        ties: dict[str, int] = dict.fromkeys(map(str, graph), 0)
        for a, b, key, data in sorted(graph.edges(keys=True, data=True), key=lambda e: (e[0], e[1], str(e[2]))):
            pair = (a, b) if a <= b else (b, a)
            line = drawn.setdefault(pair, {"labels": [], "cards": [], "far": True})
            line["labels"].append(str(data.get("label", key)))
            line["cards"] += self._edge_cards(a, b, data, graph)
            if data.get("predicate") != "mentions":
                line["far"] = False
                ties[a] += 1
                ties[b] += 1
        for iri in sorted(map(str, graph)):
            color, shape = STYLES.get(str(graph.nodes[iri].get("kind", "")), _OTHER)
            x, y = places[iri]
            size = round((11 + 3.8 * math.sqrt(min(ties[iri], 60))) * _GROWN.get(shape, 1.0), 1)
            paint = {"background": color, "border": "#ffffff", "highlight": {"background": color, "border": "#22303a"}}
            paint["hover"] = {"background": color, "border": "#22303a"}
            net.add_node(
                f"n{self.nodes[iri]}", label=" ", shape=shape, color=paint, size=size, x=x, y=y, ties=ties[iri]
            )
        for number, ((a, b), line) in enumerate(sorted(drawn.items())):
            labels = list(dict.fromkeys(line["labels"]))
            net.add_edge(
                f"n{self.nodes[a]}",
                f"n{self.nodes[b]}",
                id=f"e{number}",
                arrows="",
                color="#cfd6da" if line["far"] else "#a9b5bc",
                width=0.6 if line["far"] else round(min(0.8 + 0.5 * len(line["cards"]), 4.0), 1),
                words="、".join(labels[:2]) + (" …" if len(labels) > 2 else ""),
                cards=list(dict.fromkeys(line["cards"])),
            )
        return net


class _Options:
    """The options of the drawing in the form in which pyvis asks for them."""

    physics = type("Physics", (), {"enabled": False})

    def to_json(self) -> str:
        return json.dumps(_OPTIONS, sort_keys=True)


def _bare(known: Contents) -> frozenset[str]:
    """The things that articles name and no fact speaks of, nor of anything below them: a page names many.

    A body that a told body is part of is kept, and so is who wrote an article.
    """
    kept = {end for fact in known.facts for end in fact.ends.values()}
    above: dict[str, list[str]] = {}
    for link in known.links:
        if link.predicate in ("author", "contributor"):
            kept.add(link.object)
        elif link.predicate != "mentions":
            above.setdefault(link.subject, []).append(link.object)
    todo = sorted(kept)
    while todo:
        for iri in above.get(todo.pop(), ()):
            if iri not in kept:
                kept.add(iri)
                todo.append(iri)
    return frozenset(iri for iri, thing in known.things.items() if iri not in kept and thing.kind != "article")


def _subkinds(kind: str, said: str) -> str:
    return "、".join(words.subkind(kind, value) for value in said.split("、") if value)


def _details(thing: Thing) -> list[list[str]]:
    """What the panel lists below a name: ``[["辖区", "二七区"], …]``."""
    made = []
    if thing.date:
        basis = words.code("yearBases", thing.year_basis)
        made.append(["日期", f"{thing.date}（年份：{basis}）" if thing.year_basis else thing.date])
    for name, value in thing.details:
        if name == "system":
            value = words.code("systems", value)
        elif name == "status":
            value = words.code("statuses", value)
        made.append([_INFO.get(name) or words.term(name), value])
    return made
