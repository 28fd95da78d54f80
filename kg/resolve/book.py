"""The book of identity: what all pages say of their things, and what was decided over them, in one SQLite file.

A page is entered and struck out; what it named is noted as to be looked at again. :mod:`kg.resolve.deciding` looks at
that alone, however many pages there are, and memory does not grow with them: both are read here, row by row.

==========  ===========================================================================================================
sketches    what each article says of each person, body and event (:class:`kg.resolve.kinds.Sketch`, as JSON)
links       what hangs on what: an event on its agents and places, a place, post or person's name on a body, a body on
            its parent
keys        under which keys each thing is compared
findings    what the rules found under each key: joins, and pairs in doubt
doubts      the pairs in doubt among the persons of a name
made        ids made for second namesakes of an area, before judgements
areas       the area of each body
joins       **decided**: which id goes by which (:class:`kg.resolve.kinds.Join`)
apart       **decided**: in which article a namesake has an id of its own (:class:`kg.resolve.kinds.Apart`)
notes       judgements, warnings and marks, as JSON
==========  ===========================================================================================================
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import astuple
from pathlib import Path
from typing import Any

from kg.resolve.kinds import Apart, Candidate, Join, Sketch
from kg.resolve.packing import dump, load

_TABLES = """
CREATE TABLE IF NOT EXISTS sketches (id TEXT, name TEXT, page TEXT, said TEXT);
CREATE INDEX IF NOT EXISTS sketches_id ON sketches (id);
CREATE INDEX IF NOT EXISTS sketches_page ON sketches (page);
CREATE INDEX IF NOT EXISTS sketches_name ON sketches (name) WHERE name <> '';
CREATE TABLE IF NOT EXISTS links (page TEXT, kind TEXT, thing TEXT, base TEXT, role TEXT, title TEXT);
CREATE INDEX IF NOT EXISTS links_base ON links (base);
CREATE INDEX IF NOT EXISTS links_thing ON links (thing) WHERE title <> '';
CREATE INDEX IF NOT EXISTS links_page ON links (page);
CREATE TABLE IF NOT EXISTS things (number INTEGER PRIMARY KEY, id TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS keys (key TEXT, thing INTEGER, aside INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_thing ON keys (thing);
CREATE TABLE IF NOT EXISTS findings (
  key TEXT, a TEXT, b TEXT, rule TEXT, pro TEXT, con TEXT, score REAL, joined INTEGER);
CREATE INDEX IF NOT EXISTS findings_key ON findings (key);
CREATE INDEX IF NOT EXISTS findings_a ON findings (a);
CREATE INDEX IF NOT EXISTS findings_b ON findings (b);
CREATE TABLE IF NOT EXISTS doubts (name TEXT, said TEXT);
CREATE INDEX IF NOT EXISTS doubts_name ON doubts (name);
CREATE TABLE IF NOT EXISTS made (id TEXT, name TEXT);
CREATE INDEX IF NOT EXISTS made_id ON made (id);
CREATE INDEX IF NOT EXISTS made_name ON made (name);
CREATE TABLE IF NOT EXISTS areas (body TEXT PRIMARY KEY, area TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS joins (
  kind TEXT, id TEXT PRIMARY KEY, canonical TEXT, name TEXT, canonical_name TEXT, reason TEXT, rule TEXT, score REAL,
  "by" TEXT, subkind TEXT, area TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS joins_canonical ON joins (canonical);
CREATE INDEX IF NOT EXISTS joins_name ON joins (name) WHERE kind = 'person';
CREATE TABLE IF NOT EXISTS apart (
  kind TEXT, was TEXT, id TEXT, name TEXT, page TEXT, digest TEXT, article TEXT, reason TEXT, "by" TEXT);
CREATE INDEX IF NOT EXISTS apart_page ON apart (page);
CREATE INDEX IF NOT EXISTS apart_was ON apart (was);
CREATE INDEX IF NOT EXISTS apart_id ON apart (id);
CREATE INDEX IF NOT EXISTS apart_name ON apart (name);
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID;
CREATE TEMP TABLE dirty (kind TEXT, id TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TEMP TABLE dirty_keys (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE unsettled (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE changed (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_Source = tuple[str, str, str]


class Book:
    """One book, for reading or (``writing``) for changing; in memory where no path is given."""

    def __init__(self, path: Path | None = None, writing: bool = True) -> None:
        mode = "rwc" if writing else "ro&immutable=1"
        address = f"{path.resolve().as_uri()}?mode={mode}" if path else ":memory:"
        self.db = sqlite3.connect(address, uri=True, isolation_level=None)
        if writing:
            # a kill loses the folder that is being made, never a store: there is nothing to recover
            self.db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;")
            self.db.executescript(_TABLES)
            self.db.execute("BEGIN")

    def close(self) -> None:
        """Writes what was changed and closes the file."""
        with closing(self.db) as db:
            db.commit()

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *failed: object) -> None:
        self.close()

    # ------------------------------------------------------------ pages come and go

    def enter(self, page: str, sketches: Iterable[Sketch]) -> None:
        """Enters what a page says; each page once."""
        rows: list[tuple[str, str, str, str]] = []
        links: set[tuple[str, str, str, str, str]] = set()
        for s in sketches:
            person = s.kind == "person"
            rows.append((s.id, s.name if person else "", page, dump(s)))
            self.mark(s.kind, s.name if person else s.id)
            links.update(_links(s))
        for kind, thing, *_ in links:
            if kind in ("post", "place"):
                self.mark(kind, thing)
        self.db.executemany("INSERT INTO sketches VALUES (?,?,?,?)", rows)
        self.db.executemany("INSERT INTO links VALUES (?,?,?,?,?,?)", ((page, *link) for link in sorted(links)))

    def strike(self, page: str) -> None:
        """Strikes out what a page says."""
        for id_, name in self.db.execute("SELECT id, name FROM sketches WHERE page = ?", (page,)).fetchall():
            self.mark(id_.partition("/")[0], name or id_)
        rows = "SELECT kind, thing FROM links WHERE page = ? AND kind IN ('post', 'place')"
        for kind, thing in self.db.execute(rows, (page,)).fetchall():
            self.mark(kind, thing)
        for table in ("sketches", "links"):
            self.db.execute(f"DELETE FROM {table} WHERE page = ?", (page,))

    def mark(self, kind: str, id_: str) -> None:
        """Notes a thing (a person: the name) as to be decided anew."""
        self.db.execute("INSERT OR IGNORE INTO dirty VALUES (?,?)", (kind, id_))

    def mark_hanging(self, kind: str) -> None:
        """Notes what hangs on something that goes by another id now."""
        # CROSS JOIN: the few that changed are looked up among the links, and not the other way round
        what = "SELECT kind, thing FROM changed CROSS JOIN links ON base = id WHERE kind = ?"
        self.db.execute(f"INSERT OR IGNORE INTO dirty {what}", (kind,))

    def dirty(self, kind: str) -> Iterator[str]:
        """What is to be decided anew of a kind, by id; a few at a time, and more may be noted meanwhile."""
        return self._slowly("SELECT id FROM dirty WHERE kind = ? AND id > ? ORDER BY id LIMIT 500", kind)

    def unsettled(self) -> Iterator[str]:
        """What hangs together with something otherwise than before, by id."""
        return self._slowly("SELECT id FROM unsettled WHERE id > ? ORDER BY id LIMIT 500")

    def shared_keys(self) -> Iterator[str]:
        """The keys under which something changed and more than one thing stands."""
        more = "(SELECT COUNT(*) FROM (SELECT 1 FROM keys WHERE keys.key = dirty_keys.key LIMIT 2)) = 2"
        return self._slowly(f"SELECT key FROM dirty_keys WHERE {more} AND key > ? ORDER BY key LIMIT 500")

    def _slowly(self, query: str, *values: str) -> Iterator[str]:
        last = ""
        while lot := [row[0] for row in self.db.execute(query, (*values, last))]:
            yield from lot
            last = lot[-1]

    # ------------------------------------------------------------ asking

    def told(self, id_: str) -> list[Sketch]:
        """What all articles say of a thing, by article."""
        return _ordered(self.db.execute("SELECT said FROM sketches WHERE id = ?", (id_,)))

    def named(self, name: str) -> list[Sketch]:
        """What all articles say of the persons of a name, by id and article."""
        return _ordered(self.db.execute("SELECT said FROM sketches WHERE name = ? AND name <> ''", (name,)))

    def canonical(self, id_: str) -> str:
        """The id that a thing goes by, where no article says otherwise."""
        row = self.db.execute("SELECT canonical FROM joins WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else id_

    def is_gone_by(self, id_: str) -> bool:
        """Whether something goes by an id that is its own on no page: a namesake's, or one of those that are one."""
        queries = ("SELECT 1 FROM joins WHERE canonical = ?", "SELECT 1 FROM apart WHERE id = ?")
        return any(self.db.execute(f"{query} LIMIT 1", (id_,)).fetchone() for query in queries)

    def agent(self, id_: str, source: _Source) -> str:
        """The id that a thing goes by in an article (page, digest, article)."""
        if id_.startswith("person/"):
            where = "was = ? AND page = ? AND digest = ? AND article = ?"
            row = self.db.execute(f"SELECT id FROM apart WHERE {where}", (id_, *source)).fetchone()
            if row:
                return str(row[0])
        return self.canonical(id_)

    def area(self, body: str) -> str:
        """The area of a body that some page names."""
        row = self.db.execute("SELECT area FROM areas WHERE body = ?", (body,)).fetchone()
        return row[0] if row else ""

    def names_of(self, id_: str) -> set[str]:
        """The names of the persons that go by an id."""
        where = ("sketches WHERE id = ?", "made WHERE id = ?")
        return {row[0] for x in where for row in self.db.execute(f"SELECT name FROM {x}", (id_,))} - {""}

    def note(self, name: str) -> Any:
        """What was noted under a name; None where nothing was."""
        row = self.db.execute("SELECT said FROM notes WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def write_note(self, name: str, said: Any) -> None:
        text = json.dumps(said, ensure_ascii=False)
        self.db.execute("INSERT OR REPLACE INTO notes VALUES (?,?)", (name, text))

    # ------------------------------------------------------------ what was decided

    def join_of(self, id_: str) -> Join | None:
        row = self.db.execute("SELECT * FROM joins WHERE id = ?", (id_,)).fetchone()
        return Join(*row) if row else None

    def decide_join(self, id_: str, join: Join | None) -> None:
        """What an id goes by from now on; notes it as changed where that is another thing than before."""
        before = self.join_of(id_)
        if before == join:
            return
        if join is None:
            self.db.execute("DELETE FROM joins WHERE id = ?", (id_,))
        else:
            self.db.execute(f"INSERT OR REPLACE INTO joins VALUES ({','.join('?' * 11)})", astuple(join)[:11])
        if (before.canonical if before else id_) != (join.canonical if join else id_):
            self.change(id_)

    def change(self, id_: str) -> None:
        self.db.execute("INSERT OR IGNORE INTO changed VALUES (?)", (id_,))

    def decide_persons(
        self,
        name: str,
        joins: Iterable[Join],
        apart: Iterable[Apart],
        doubts: Iterable[Candidate],
        made: Iterable[str],
    ) -> None:
        """What was decided about the persons of a name, in the place of what was before."""
        old = self.db.execute("SELECT id FROM joins WHERE name = ? AND kind = 'person'", (name,)).fetchall()
        new = {join.id: join for join in joins}
        for id_ in {row[0] for row in old} | new.keys():
            self.decide_join(id_, new.get(id_))
        before = {tuple(row) for row in self.db.execute("SELECT * FROM apart WHERE name = ?", (name,))}
        after = {astuple(x) for x in apart}
        for row in sorted(before ^ after):
            self.change(row[1])
        self.db.execute("DELETE FROM apart WHERE name = ?", (name,))
        self.db.executemany("INSERT INTO apart VALUES (?,?,?,?,?,?,?,?,?)", sorted(after))
        for table in ("doubts", "made"):
            self.db.execute(f"DELETE FROM {table} WHERE name = ?", (name,))
        self.db.executemany("INSERT INTO made VALUES (?,?)", ((id_, name) for id_ in sorted(made)))
        said = (json.dumps(astuple(x), ensure_ascii=False) for x in doubts)
        self.db.executemany("INSERT INTO doubts VALUES (?,?)", ((name, text) for text in said))

    def joins(self) -> Iterator[Join]:
        """All joins by kind, canonical id and id."""
        rows = self.db.execute("SELECT * FROM joins ORDER BY kind, canonical, id")
        return (Join(*row) for row in rows)

    def namesakes(self) -> Iterator[Apart]:
        """All namesakes told apart, by id, page and article."""
        return (Apart(*row) for row in self.db.execute("SELECT * FROM apart ORDER BY was, page, article"))


def _ordered(rows: Iterable[tuple[str]]) -> list[Sketch]:
    return sorted((load(row[0]) for row in rows), key=lambda s: (s.id, s.source))


def _links(s: Sketch) -> Iterator[tuple[str, str, str, str, str]]:
    """What hangs on what, as one article tells it: kind, thing, what it hangs on; role and title of a post,
    name of the body for a place."""
    if s.kind == "event":
        for base in {*s.leaders, *s.agents, *s.places}:
            yield "event", s.id, base, "", ""
    elif s.kind == "body" and s.subkind != "jurisdiction":
        if s.parent:
            yield "body", s.id, s.parent, "", ""
        if s.administers:
            yield "place", s.administers, s.id, "", s.name
    for post in s.posts:
        if post.body:
            yield "person", s.name, post.body, "", ""
            if post.role:
                yield "post", post.post, post.body, post.role, post.title
