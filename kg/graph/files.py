"""The graph as files: sorted N-Quads and TriG, made from named graphs in one pass with memory that does not grow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from pathlib import Path
from typing import IO

from kg.graph.turtle import Blocks

#: lines that are sorted in memory; beyond it, sorted runs go to disk and are merged
RUN = 300_000

#: a named graph: its IRI, and its sorted lines ``subject predicate object``
Graph = tuple[str, tuple[str, ...]]


class Sorter:
    """Sorts lines and drops repeats, in memory while there are few, through files in ``folder`` beyond."""

    def __init__(self, folder: Path, name: str, run: int | None = None) -> None:
        self.folder, self.name, self.run = folder, name, run or RUN
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

    graphs: int
    triples: int
    quads: int


def write_files(folder: Path, graphs: Iterable[Graph], base: str) -> Counts:
    """Writes ``graph.nq`` and ``graph.trig`` into ``folder``. The order of the graphs does not matter."""
    named, default = Sorter(folder, "named"), Sorter(folder, "default")
    blocks = Blocks(folder / "blocks.run", base)
    for graph, lines in graphs:
        blocks.add(graph, lines)
        _sort_in(graph, lines, named, default)
    with (folder / "graph.trig").open("wb") as out:
        triples = blocks.write(out, default)
    with (folder / "graph.nq").open("wb") as out:
        quads = _write_nquads(out, named, default)
    named.clear()
    default.clear()
    return Counts(len(blocks.places), triples, quads)


def write_nquads(output: IO[bytes], graphs: Iterable[Graph], folder: Path) -> None:
    """The sorted N-Quads alone; ``folder`` takes what memory does not."""
    named, default = Sorter(folder, "named"), Sorter(folder, "default")
    for graph, lines in graphs:
        _sort_in(graph, lines, named, default)
    _write_nquads(output, named, default)


def write_trig(output: IO[bytes], graphs: Iterable[Graph], folder: Path, base: str) -> None:
    """The TriG alone; ``folder`` takes what memory does not."""
    default, blocks = Sorter(folder, "default"), Blocks(folder / "blocks.run", base)
    for graph, lines in graphs:
        blocks.add(graph, lines)
        default.add(lines)
    blocks.write(output, default)


def _sort_in(graph: str, lines: tuple[str, ...], named: Sorter, default: Sorter) -> None:
    named.add([f"{line} {graph} ." for line in lines])
    default.add(lines)


def _write_nquads(out: IO[bytes], named: Sorter, default: Sorter) -> int:
    """Both sorted streams as one sorted file; returns the number of lines."""
    count = 0
    for line in merge(named, (f"{line} ." for line in default)):
        out.write(line.encode() + b"\n")
        count += 1
    return count
