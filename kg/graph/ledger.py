"""The ledger of a store: its pages, and the things of all pages with their names, in one SQLite file.

It is the part of the record that must be asked by name without reading every page: what a page was read from and with,
which names a thing has and how often, how many different things there are.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph.manifest import PageEntry
from kg.graph.names import usual
from kg.graph.parts import Part, named, unpack

_TABLES = """
CREATE TABLE IF NOT EXISTS pages (
  name TEXT PRIMARY KEY, digest TEXT, reading TEXT, version TEXT, articles INTEGER, facts INTEGER, graphs INTEGER,
  lines INTEGER, about TEXT, stamp TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (
  thing TEXT, name TEXT, times INTEGER, PRIMARY KEY (thing, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sketches (page TEXT PRIMARY KEY, said BLOB);
CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY, kind TEXT, pages INTEGER);
"""
#: things asked for at a time; SQLite takes no more than 999 in one question
_LOT = 500


class Ledger:
    """One ledger file, for reading or (``writing``) for changing; made where there is none."""

    def __init__(self, path: Path, base: str, writing: bool = False) -> None:
        self.base = base
        self.closed = False
        mode = "rwc" if writing else "ro&immutable=1"
        address = path.resolve().as_uri() + f"?mode={mode}"
        try:
            self.db = sqlite3.connect(address, uri=True, isolation_level=None)
            if writing:
                # a kill loses the folder that is being made, never a store: there is nothing to recover
                self.db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8192;")
                self.db.executescript(_TABLES)
                self.db.execute("BEGIN")
        except sqlite3.Error as error:
            if writing:  # the disk's fault: told by who makes the store
                raise
            raise StoreError(f"{path.parent}: the store's record cannot be opened ({error}); build it again") from error

    def close(self) -> None:
        """Writes what was changed and closes the file; once closed, nothing happens."""
        if not self.closed:
            self.closed = True
            with closing(self.db) as db:
                db.commit()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *failed: object) -> None:
        self.close()

    # ------------------------------------------------------------ changing

    def add(self, part: Part) -> None:
        """Enters a page; of each name one."""
        p = part
        row = (p.name, p.digest, p.reading, p.version, p.articles, p.facts, p.graphs, p.lines, p.about, p.stamp)
        self.db.execute("INSERT INTO pages VALUES (?,?,?,?,?,?,?,?,?,?)", row)
        self.db.execute("INSERT INTO sketches VALUES (?,?)", (p.name, p.sketches))
        self.count(part.names, part.things, 1)

    def drop(self, name: str, names: Iterable[tuple[str, str, int]], things: Iterable[tuple[str, int]]) -> None:
        """Strikes a page out, with the names and things that it had."""
        self.db.execute("DELETE FROM pages WHERE name = ?", (name,))
        self.db.execute("DELETE FROM sketches WHERE page = ?", (name,))
        names, things = tuple(names), tuple(things)
        self.count(names, things, -1)
        self.db.executemany(
            "DELETE FROM names WHERE thing = ? AND name = ? AND times <= 0", ((self._short(t), n) for t, n, _ in names)
        )
        self.db.executemany("DELETE FROM things WHERE id = ? AND pages <= 0", ((number,) for _, number in things))

    def count(self, names: Iterable[tuple[str, str, int]], things: Iterable[tuple[str, int]], sign: int) -> None:
        self.db.executemany(
            "INSERT INTO names VALUES (?,?,?) ON CONFLICT DO UPDATE SET times = times + excluded.times",
            ((self._short(thing), name, sign * times) for thing, name, times in names),
        )
        self.db.executemany(
            "INSERT INTO things VALUES (?,?,?) ON CONFLICT DO UPDATE SET pages = pages + excluded.pages",
            ((number, kind, sign) for kind, number in things),
        )

    # ------------------------------------------------------------ asking

    def pages(self) -> Iterator[PageEntry]:
        """All pages by name, in the order of their code points."""
        rows = self.db.execute("SELECT name, digest, articles, facts, reading, stamp FROM pages ORDER BY name")
        return (PageEntry(*row) for row in rows)

    def versions(self) -> str:
        """The versions of the rules that the pages were read with: one, where they were all read with the same."""
        return ", ".join(row[0] for row in self.db.execute("SELECT DISTINCT version FROM pages ORDER BY version"))

    def lines(self, name: str) -> int:
        """How many lines a page's graphs have."""
        return int(self.db.execute("SELECT lines FROM pages WHERE name = ?", (name,)).fetchone()[0])

    def part(self, name: str, blob: bytes) -> Part:
        """A page that is entered, as it was, from what its shelf keeps of it."""
        columns = "digest, reading, version, articles, facts, graphs, lines, about, stamp"
        row = self.db.execute(f"SELECT {columns} FROM pages WHERE name = ?", (name,)).fetchone()
        digest, reading, version, articles, facts, number, lines, about, stamp = row
        graphs, things = unpack(blob)
        names = named(graphs)
        (sketches,) = self.db.execute("SELECT said FROM sketches WHERE page = ?", (name,)).fetchone()
        counts = (articles, facts, number, lines)
        return Part(name, digest, reading, version, *counts, names, things, about, blob, sketches, stamp)

    def sketches(self, names: Iterable[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """What pages (all, if none are named) say of persons, bodies and events, packed, by the page's name."""
        if names is None:
            yield from self.db.execute("SELECT page, said FROM sketches ORDER BY page")
            return
        for name in names:
            yield from self.db.execute("SELECT page, said FROM sketches WHERE page = ?", (name,))

    def names_thing(self, id_: str) -> bool:
        """Whether any page names the thing of this id (``place/…``)."""
        return self.db.execute("SELECT 1 FROM names WHERE thing = ? LIMIT 1", (id_,)).fetchone() is not None

    def noted(self, about: str) -> dict[str, int]:
        """The sums over all pages of the numbers that the caller noted under a name: of one, or of several by name."""
        rows = self.db.execute(
            "SELECT key, SUM(value) FROM (SELECT json_extract(about, ?) AS said FROM pages WHERE said NOT NULL), "
            "json_each(said) GROUP BY key ORDER BY key",
            (f"$.{about}",),
        )
        return {str(key): int(number) for key, number in rows}

    def noting(self, about: str) -> Iterator[tuple[str, Any]]:
        """What the caller noted under a name, of the pages where that is anything, by page."""
        path = f"$.{about}"
        rows = self.db.execute(
            "SELECT name, json_extract(about, ?) FROM pages WHERE json_array_length(about, ?) > 0 ORDER BY name",
            (path, path),
        )
        return ((name, json.loads(said)) for name, said in rows)

    def totals(self) -> tuple[int, int, int, int]:
        """The numbers of articles, facts, named graphs and lines of all pages as they were read."""
        row = self.db.execute("SELECT TOTAL(articles), TOTAL(facts), TOTAL(graphs), TOTAL(lines) FROM pages").fetchone()
        articles, facts, graphs, lines = (int(x) for x in row)
        return articles, facts, graphs, lines

    def kinds(self) -> dict[str, int]:
        """How many different things of each kind there are."""
        return dict(self.db.execute("SELECT kind, COUNT(*) FROM things GROUP BY kind ORDER BY kind"))

    def choices(self, things: Iterable[str]) -> dict[str, str]:
        """The name that each of these things goes by, whether it has one name or several."""
        found: dict[str, str] = {}
        waiting = iter(things)
        while lot := [self._short(thing) for thing in islice(waiting, _LOT)]:
            marks = ",".join("?" * len(lot))
            found |= self._chosen(f"SELECT thing, name, times FROM names WHERE thing IN ({marks}) ORDER BY thing", lot)
        return found

    def _chosen(self, query: str, values: Iterable[str]) -> dict[str, str]:
        chosen: dict[str, str] = {}
        with closing(self.db.execute(query, tuple(values))) as rows:
            for thing, same in groupby(rows, key=lambda row: row[0]):
                named = [(name, times) for _, name, times in same]
                chosen[f"<{self.base}{thing}>"] = usual(named)
        return chosen

    def _short(self, thing: str) -> str:
        """A thing as the table has it: ``person/chen-hongmin-3f2a91``."""
        return thing[len(self.base) + 1 : -1]
