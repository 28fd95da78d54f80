"""The graph as files: sorted N-Quads and TriG, made from pages in one pass with memory that does not grow."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import groupby
from pathlib import Path

from kg.errors import StoreError
from kg.graph import terms, writer
from kg.graph.names import Names, names_of
from kg.model import PageRecord

#: lines that are sorted in memory; beyond it, sorted runs go to disk and are merged
RUN = 300_000

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_RELATIVE = re.compile(r"[a-z][a-z-]*/[A-Za-z0-9/#_-]+")
_XSD = f'"^^<{terms.PREFIXES["xsd"]}'


@dataclass(frozen=True, slots=True)
class Written:
    """A page as text for the store: what a reading process sends back.

    ``graphs`` are its named graphs, each with its sorted lines ``subject predicate object``; ``names`` the things in
    them with their names, once for each graph.
    """

    name: str
    digest: str
    articles: int
    facts: int
    graphs: tuple[tuple[str, tuple[str, ...]], ...]
    names: tuple[tuple[str, str], ...] = ()

    @property
    def quads(self) -> int:
        return sum(len(lines) for _, lines in self.graphs)


def written(record: PageRecord, base: str = terms.BASE, version: str = "") -> Written:
    """A page as :class:`Written`: pure, picklable, to be given to ``Store.build``."""
    graphs = tuple(
        (graph, tuple(sorted(f"{s} {p} {o}" for s, p, o in triples)))
        for graph, triples in writer.graphs(record, base, version)
    )
    facts = sum(len(item.reading.facts) for item in record.records)
    names = tuple(name for _, lines in graphs for name in names_of(lines))
    return Written(record.page.name, record.page.digest, len(record.records), facts, graphs, names)


class Sorter:
    """Sorts lines and drops repeats, in memory while there are few, through files in ``folder`` beyond."""

    def __init__(self, folder: Path, name: str, run: int = RUN) -> None:
        self.folder, self.name, self.run = folder, name, run
        self.lines: list[str] = []
        self.runs: list[Path] = []

    def add(self, lines: Iterable[str]) -> None:
        self.lines += lines
        if len(self.lines) >= self.run:
            self._spill()

    def _spill(self) -> None:
        path = self.folder / f"{self.name}-{len(self.runs)}.run"
        with path.open("w", encoding="utf-8", newline="\n") as out:
            out.writelines(f"{line}\n" for line in sorted(set(self.lines)))
        self.runs.append(path)
        self.lines = []

    def __iter__(self) -> Iterator[str]:
        """The lines in the order of their bytes, each once. May be asked more than once."""
        if not self.runs:
            # code points and UTF-8 bytes sort alike, so this is what LC_ALL=C sort gives
            self.lines = sorted(set(self.lines))
            yield from self.lines
            return
        if self.lines:
            self._spill()
        last = None
        for line in merge(*(_lines(path) for path in self.runs)):
            if line != last:
                yield line
            last = line

    def clear(self) -> None:
        for path in self.runs:
            path.unlink()
        self.lines, self.runs = [], []


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was written. ``triples`` are the distinct ones, ``quads`` all lines."""

    articles: int
    facts: int
    graphs: int
    triples: int
    quads: int


def write_files(
    folder: Path, items: Iterable[PageRecord | Written], base: str, version: str, run: int = RUN
) -> tuple[Counts, list[Written]]:
    """Writes ``graph.nq`` and ``graph.trig`` into ``folder``. Returns the counts and the pages, without their lines.

    A page that comes twice (same name, same bytes) is written once. The order of the pages does not matter.
    """
    named, default = Sorter(folder, "named", run), Sorter(folder, "default", run)
    blocks = Blocks(folder / "blocks.run", base)
    waiting, names = folder / "pages.run", Names()
    pages, graphs = _gather(waiting, items, base, version, names)
    for graph, lines in _waiting(waiting):
        settled = names.settle(lines)
        blocks.add(graph, settled)
        named.add([f"{line} {graph} ." for line in settled])
        default.add(settled)
    waiting.unlink()
    triples = blocks.write(folder / "graph.trig", default)
    quads = _write_nquads(folder / "graph.nq", named, default)
    named.clear()
    default.clear()
    counts = Counts(sum(p.articles for p in pages), sum(p.facts for p in pages), graphs, triples, quads)
    return counts, sorted(pages, key=lambda p: (p.name, p.digest))


def _gather(
    path: Path, items: Iterable[PageRecord | Written], base: str, version: str, names: Names
) -> tuple[list[Written], int]:
    """Puts the graphs of all pages by, each once, in a file, until all names are known.

    Returns the pages without their lines, and the number of graphs.
    """
    pages: list[Written] = []
    seen: set[str] = set()
    with path.open("wb") as out:
        for item in items:
            page = item if isinstance(item, Written) else written(item, base, version)
            fresh = [(graph, lines) for graph, lines in page.graphs if graph not in seen]
            if page.graphs and not fresh:
                continue
            for graph, lines in fresh:
                if not graph.startswith(f"<{base}"):
                    raise StoreError(f"page {page.name}: was written for another base than {base}: {graph}")
                seen.add(graph)
                pickle.dump((graph, lines), out, pickle.HIGHEST_PROTOCOL)
            names.add(page.names)
            pages.append(Written(page.name, page.digest, page.articles, page.facts, ()))
    return pages, len(seen)


def _waiting(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    with path.open("rb") as file:
        while file.peek(1):
            yield pickle.load(file)


def _write_nquads(path: Path, named: Sorter, default: Sorter) -> int:
    """Both sorted streams as one sorted file; returns the number of lines."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for line in merge(named, (f"{line} ." for line in default)):
            out.write(line + "\n")
            count += 1
    return count


class Blocks:
    """The named graphs as TriG text, kept in a file until their order is known."""

    def __init__(self, path: Path, base: str) -> None:
        self.path, self.base = path, base
        self.places: dict[str, tuple[int, int]] = {}
        self.file = path.open("wb")

    def add(self, graph: str, lines: Iterable[str]) -> None:
        text = f"\n{short(graph, self.base)} {{\n{''.join(turtle(lines, self.base))}}}\n".encode()
        self.places[graph] = (self.file.tell(), len(text))
        self.file.write(text)

    def write(self, path: Path, default: Iterable[str]) -> int:
        """The whole TriG file: prefixes, the default graph, the named graphs by name. Returns the default's size."""
        self.file.close()
        count = 0

        def counted() -> Iterator[str]:
            nonlocal count
            for line in default:
                count += 1
                yield line

        with path.open("wb") as out, self.path.open("rb") as blocks:
            out.write(head(self.base).encode())
            out.write(b"\n{\n")
            for piece in turtle(counted(), self.base):
                out.write(piece.encode())
            out.write(b"}\n")
            for graph in sorted(self.places):
                start, size = self.places[graph]
                blocks.seek(start)
                out.write(blocks.read(size))
        self.path.unlink()
        return count


def head(base: str) -> str:
    """The prefixes and the base, as Turtle and TriG begin."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(terms.PREFIXES.items()))
    return f"@base <{base}> .\n{prefixes}"


def turtle(lines: Iterable[str], base: str) -> Iterator[str]:
    """Sorted N-Triples lines (without the dot) as Turtle, one subject at a time, without the head."""
    for subject, same in groupby((line.split(" ", 2) for line in lines), key=lambda t: t[0]):
        parts = [
            f"{short(predicate, base)} {' , '.join(short(t[2], base) for t in objects)}"
            for predicate, objects in groupby(same, key=lambda t: t[1])
        ]
        parts.sort(key=lambda part: not part.startswith("a "))  # what it is comes first
        yield f"{short(subject, base)} " + " ;\n    ".join(parts) + " .\n"


@lru_cache(maxsize=200_000)
def short(term: str, base: str) -> str:
    """A term as Turtle writes it: ``kg:Person``, ``<person/chen-hongmin-3f2a9107>``, ``5``."""
    if term[0] == '"':
        at = term.rfind(_XSD)
        if at < 0:
            return term
        kind = term[at + len(_XSD) : -1]
        if kind == "integer" or kind == "boolean":
            return term[1:at]
        return f"{term[: at + 1]}^^xsd:{kind}"
    iri = term[1:-1]
    if iri.startswith(base) and _RELATIVE.fullmatch(iri, len(base)):
        return f"<{iri[len(base) :]}>"
    if iri == terms.PREFIXES["rdf"] + "type":
        return "a"
    for name, start in terms.PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
            return f"{name}:{iri[len(start) :]}"
    return term
