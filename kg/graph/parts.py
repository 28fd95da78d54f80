"""Pages as the store keeps them: what was read from each, small, so that it need not be read again.

A store that knows what each of its pages said can take one out, put one in or be put together anew without the files.
"""

from __future__ import annotations

import json
import os
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from kg.errors import StoreError
from kg.graph import terms, writer
from kg.graph.files import Graph
from kg.graph.names import names_of
from kg.model import PageRecord

#: pages are kept in so many files: one page more or less means one file of these written anew
SHELVES = 256


@dataclass(frozen=True, slots=True)
class Written:
    """A page as text for the store: what a reading process makes of it.

    ``graphs`` are its named graphs, each with its sorted lines ``subject predicate object``.
    """

    name: str
    digest: str
    articles: int
    facts: int
    graphs: tuple[Graph, ...]

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
    return Written(record.page.name, record.page.digest, len(record.records), facts, graphs)


@dataclass(frozen=True, slots=True)
class Part:
    """A page packed: small enough to be sent between processes, and what the record notes of it.

    ``reading`` names what the page was read with (:func:`kg.graph.fingerprint`), ``version`` the version of the rules;
    ``lines`` counts the lines of its graphs; ``names`` are its things with their names and how often, ``things`` those
    that a summary counts, as kind and number; ``about`` is JSON of the caller's own, ``sketches`` what identity over
    all pages is decided on, ``stamp`` what tells the page's file without reading it.
    """

    name: str
    digest: str
    reading: str
    version: str
    articles: int
    facts: int
    graphs: int
    lines: int
    names: tuple[tuple[str, str, int], ...]
    things: tuple[tuple[str, int], ...]
    about: str
    blob: bytes
    sketches: bytes = b""
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """Stands for a page that stays as the older store has it."""

    name: str


def pack(
    page: Written,
    base: str,
    version: str = "",
    reading: str = "",
    about: str = "{}",
    things: Iterable[tuple[str, str]] = (),
    sketches: bytes = b"",
    stamp: str = "",
) -> Part:
    """A page as the store keeps it. ``things`` are kinds and keys. Raises StoreError for a page of another base."""
    for graph, _ in page.graphs:
        if not graph.startswith(f"<{base}"):
            raise StoreError(f"page {page.name}: was written for another base than {base}: {graph}")
    counted = tuple(sorted({(kind, _number(kind, key)) for kind, key in things}))
    kept = {"graphs": [[graph, "\n".join(lines)] for graph, lines in page.graphs], "things": counted}
    return Part(
        name=page.name,
        digest=page.digest,
        reading=reading,
        version=version,
        articles=page.articles,
        facts=page.facts,
        graphs=len(page.graphs),
        lines=page.quads,
        names=named(page.graphs),
        things=counted,
        about=about,
        # the fastest level: a slower one saves a fifth of the disk and costs as much time as reading a short page
        blob=zlib.compress(json.dumps(kept, ensure_ascii=False).encode(), 1),
        sketches=sketches,
        stamp=stamp,
    )


def unpack(blob: bytes) -> tuple[tuple[Graph, ...], tuple[tuple[str, int], ...]]:
    """The graphs and the counted things of a packed page."""
    kept = json.loads(zlib.decompress(blob))
    graphs = tuple((graph, tuple(lines.split("\n"))) for graph, lines in kept["graphs"])
    return graphs, tuple((kind, number) for kind, number in kept["things"])


def named(graphs: Iterable[Graph]) -> tuple[tuple[str, str, int], ...]:
    """The things of some graphs with their names, and in how many of the graphs each stands."""
    times = Counter(name for _, lines in graphs for name in names_of(lines))
    return tuple((thing, name, number) for (thing, name), number in sorted(times.items()))


def _number(kind: str, key: str) -> int:
    """A thing as a number: the table of all things stays small."""
    return int.from_bytes(blake2b(f"{kind}\x1f{key}".encode("utf-8", "replace"), digest_size=8).digest(), signed=True)


class Shelves:
    """The packed pages of a store, in :data:`SHELVES` files; which page stands in which file is told by its name.

    A file is a row of pages: a line with the length of what follows and the name, then the packed page.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """All pages, shelf by shelf."""
        for path in sorted(self.folder.glob("??")):
            with path.open("rb") as file:
                while found := _header(file):
                    yield found[0], file.read(found[1])

    def get(self, name: str) -> bytes:
        """The packed page of this name; StoreError where it is missing: then the store is damaged."""
        path = self.folder / _shelf(name)
        if path.is_file():
            with path.open("rb") as file:
                while found := _header(file):
                    if found[0] == name:
                        return file.read(found[1])
                    file.seek(found[1], os.SEEK_CUR)
        raise StoreError(f"{self.folder.parent}: the store is damaged (it keeps no page {name}); build it again")

    def put(self, part: Part) -> None:
        """Puts a page at the end of its shelf; each page once."""
        self.folder.mkdir(exist_ok=True)
        with (self.folder / _shelf(part.name)).open("ab") as file:
            file.write(f"{len(part.blob)} {json.dumps(part.name)}\n".encode() + part.blob)

    def take_over(self, old: Shelves, gone: Collection[str]) -> None:
        """Adds the pages of an older store but those that are ``gone``; a shelf without a change is only linked."""
        self.folder.mkdir(exist_ok=True)
        changed = {_shelf(name) for name in gone}
        for path in sorted(old.folder.glob("??")):
            mine = self.folder / path.name
            if path.name not in changed and not mine.exists():
                link_or_copy(path, mine)
                continue
            with path.open("rb") as file, mine.open("ab") as out:
                while found := _header(file):
                    name, size = found
                    blob = file.read(size)
                    if name not in gone:
                        out.write(f"{size} {json.dumps(name)}\n".encode() + blob)
            if not mine.stat().st_size:
                mine.unlink()


def _shelf(name: str) -> str:
    return f"{int.from_bytes(blake2b(name.encode('utf-8', 'replace'), digest_size=2).digest()) % SHELVES:02x}"


def _header(file: BinaryIO) -> tuple[str, int] | None:
    size, _, name = file.readline().partition(b" ")
    return (json.loads(name), int(size)) if size else None


def link_or_copy(source: Path, target: Path) -> None:
    """One file under two names where the disk can do that, else a copy. Only for files that are never written again."""
    try:
        os.link(source, target)
    except OSError:
        target.write_bytes(source.read_bytes())
