"""What becomes other in the engine when pages come and go: as few triples as possible.

A page brings and takes its named graphs. A triple stands in the default graph while any named graph has it. And a page
may change what a thing is called everywhere: then the other graphs that name it change with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pyoxigraph as ox

from kg.graph import terms
from kg.graph.files import Graph
from kg.graph.ledger import Ledger
from kg.graph.names import named, names_of
from kg.graph.parts import Shelves, unpack
from kg.graph.settlement import Settlement

_LABEL, _PAGE, _NAME, _ABOUT, _ARTICLE = (
    ox.NamedNode(terms.term(name)[1:-1]) for name in ("skos:prefLabel", "kg:page", "kg:name", "kg:about", "kg:article")
)

#: the pages and the ledger of a store, and what was decided over its pages
Side = tuple[Shelves, Ledger, Settlement]


class Changes:
    """Applies changes to an engine and counts them: ``named`` lines of named graphs and ``triples`` by default, more or
    less than before."""

    def __init__(self, engine: ox.Store, old: Side, new: Side) -> None:
        self.engine, self.old, self.new = engine, old, new
        self._facts = f"<{new[2].base}fact/"
        self.named = 0
        self.triples = 0

    def apply(self, gone: Collection[str], come: Collection[str]) -> None:
        """Takes the pages of the names ``gone`` out and puts those of ``come`` in (a name in both is replaced)."""
        others = self._renamed(gone, come)
        for name in sorted({*gone, *come, *others}):
            before = _settled(self.old, name) if name in gone or name in others else {}
            after = _settled(self.new, name) if name in come or name in others else {}
            for graph in sorted(before.keys() | after.keys()):
                self._change(graph, before.get(graph, frozenset()), after.get(graph, frozenset()))

    def _renamed(self, gone: Collection[str], come: Collection[str]) -> set[str]:
        """The pages that stay but say a thing's name otherwise now, because another is the most usual."""
        touched: set[str] = set()
        for (shelves, _, _), names in ((self.old, gone), (self.new, come)):
            for name in names:
                touched |= _things(unpack(shelves.get(name))[0])
        before, after = self.old[1].choices(touched), self.new[1].choices(touched)
        named = {thing for thing, name in before.items() if after.get(thing, name) != name}
        old, new = self.old[2], self.new[2]
        decided, graphs = new.differing(old)
        moved = sorted({x for thing in named | decided for x in (thing, old.goes_by(thing))})
        pages = {self._page(graph) for name in graphs if self._has(graph := ox.NamedNode(name[1:-1]))}
        for thing in moved:
            node = ox.NamedNode(thing[1:-1])
            graphs_of = {q.graph_name for q in self.engine.quads_for_pattern(node, _LABEL, None, None)}
            graphs_of |= {q.graph_name for q in self.engine.quads_for_pattern(None, _ABOUT, node, None)}
            if thing.startswith(self._facts):
                graphs_of |= {q.graph_name for q in self.engine.quads_for_pattern(node, _ARTICLE, None, None)}
            pages |= {self._page(graph) for graph in graphs_of if isinstance(graph, ox.NamedNode)}
        return pages - {*gone, *come}

    def _has(self, graph: ox.NamedNode) -> bool:
        """Whether the older store has this graph."""
        return next(self.engine.quads_for_pattern(graph, _PAGE, None, graph), None) is not None

    def _page(self, graph: ox.NamedNode) -> str:
        """The name of the page that a graph belongs to."""
        page = next((q.object for q in self.engine.quads_for_pattern(graph, _PAGE, None, graph)), graph)
        assert isinstance(page, ox.NamedNode)
        (name,) = (q.object for q in self.engine.quads_for_pattern(page, _NAME, None, graph))
        assert isinstance(name, ox.Literal)
        return name.value

    def _change(self, graph: str, before: frozenset[str], after: frozenset[str]) -> None:
        gone, come = sorted(before - after), sorted(after - before)
        self.named += len(come) - len(gone)
        for quad in _parsed(f"{line} {graph} ." for line in gone):
            self.engine.remove(quad)
        quads = _parsed(f"{line} {graph} ." for line in come)
        self.engine.extend(quads)
        for quad in _parsed(f"{line} ." for line in gone):
            if not any(
                isinstance(found.graph_name, ox.NamedNode)
                for found in self.engine.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            ):
                self.engine.remove(quad)
                self.triples -= 1
        fresh = [quad for quad in _parsed(f"{line} ." for line in come) if quad not in self.engine]
        self.engine.extend(fresh)
        self.triples += len(fresh)


def settle(graphs: Iterable[Graph], ledger: Ledger, settlement: Settlement) -> list[Graph]:
    """The graphs of one page as decided, each thing under the name that it goes by in this store."""
    applied = [(graph, *settlement.apply(graph, lines)) for graph, lines in graphs]
    said = {graph: names_of(lines) for graph, lines, _ in applied}
    usual = ledger.choices({thing for names in said.values() for thing, _ in names})
    settled = []
    for graph, lines, decided in applied:
        chosen = {**usual, **decided}
        # few things are called otherwise here than everywhere: where none is, the lines stay as they are
        other = {thing: chosen[thing] for thing, name in said[graph] if chosen.get(thing, name) != name}
        settled.append((graph, named(lines, other)))
    return settled


def _settled(side: Side, name: str) -> dict[str, frozenset[str]]:
    shelves, ledger, settlement = side
    return {graph: frozenset(lines) for graph, lines in settle(unpack(shelves.get(name))[0], ledger, settlement)}


def _things(graphs: Iterable[Graph]) -> set[str]:
    return {thing for _, lines in graphs for thing, _ in names_of(lines)}


def _parsed(lines: Iterable[str]) -> list[ox.Quad]:
    text = "\n".join(lines)
    return list(ox.parse(input=text.encode(), format=ox.RdfFormat.N_QUADS, lenient=True))
