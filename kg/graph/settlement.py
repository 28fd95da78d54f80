"""What was decided over all pages, applied to the lines of one graph: joins, namesakes, judgements, links.

A page is kept as it was read. When its graphs are written, things that are one get one IRI, a namesake gets its own,
and what people renamed, dropped or corrected is as they said, with the judgement beside it. A graph that nothing was
decided about stays as it is, byte for byte.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph import amendments, terms
from kg.graph.amendments import Amendment

_TYPE, _KEY, _PART_OF, _NARROWER, _INSIDE = (
    terms.term(name) for name in ("rdf:type", "kg:key", "kg:partOf", "org:subOrganizationOf", "schema:containedInPlace")
)
_REASON, _JOINED, _ID, _WHY, _SCORE = (
    terms.term(name) for name in ("kg:mergeReason", "kg:joined", "kg:formerId", "kg:reason", "kg:score")
)
_JOIN, _APART, _DIFFERENT, _LABEL = (
    terms.term(name) for name in ("kg:Join", "kg:apartReason", "owl:differentFrom", "rdfs:label")
)
_FACETS = {"subkind": terms.term("kg:kind"), "area": terms.term("kg:jurisdiction")}
#: the kinds of things that decisions are about
_THINGS = ("person/", "body/", "place/", "post/", "event/", "initiative/", "document/", "fact/")

_JOINS = 'SELECT kind, id, canonical, name, canonical_name, reason, rule, score, "by", subkind, area FROM joins'
_APARTS = "SELECT was, id, page, digest, article, reason FROM apart"

#: what decides over all pages: told the file of the decisions (that of the older store, or none yet), the pages that
#: are gone and those that came with their packed sketches, and whether an id is named on any page
Decide = Callable[[Path, Iterable[str], Iterable[tuple[str, bytes]], Callable[[str], bool]], None]


@dataclass(frozen=True, slots=True)
class Deciding:
    """How a store is to be decided over; ``mark`` changes whenever the same pages would be decided otherwise."""

    mark: str
    decide: Decide


@dataclass(slots=True)
class _Here:
    """What was decided about the things of one graph, by IRI as read (``all``, ``apart``) or as it goes by."""

    goes_by: dict[str, str] = field(default_factory=dict)
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    facets: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


class Settlement:
    """Decisions, asked for one graph at a time; ``path`` is the file in which a store keeps them, None for none.

    Of that file (see :mod:`kg.resolve.book`) it reads the tables ``joins`` and ``apart``, and the notes ``mark``,
    ``judgements`` and ``links``. Raises StoreError for a damaged file.
    """

    def __init__(self, path: Path | None, base: str = terms.BASE) -> None:
        self.base = base
        self.path = path if path is not None and path.is_file() else None
        self.notes: dict[str, Any] = {}
        self._amend: dict[str, list[Amendment]] = defaultdict(list)
        self._renamed: dict[str, str] = {}
        if self.path is None:
            return
        try:
            self.db = _opened(self.path)
            self.notes = {name: json.loads(said) for name, said in self.db.execute("SELECT name, said FROM notes")}
            self.joins, self.namesakes = (self._number(table) for table in ("joins", "apart"))
        except (sqlite3.Error, ValueError) as error:
            raise StoreError(f"{path}: the store's decisions cannot be read; build it again") from error
        self._judged(self.notes.get("judgements", ()))
        for id_, target, why in self.notes.get("links", ()):
            iri = self.goes_by(self.iri(id_))
            self._amend[iri].append(Amendment.link(iri, target, why))

    @property
    def mark(self) -> str:
        return str(self.notes.get("mark", ""))

    @cached_property
    def nothing(self) -> bool:
        """Whether no page is otherwise than it was read."""
        return self.path is None or not (self.joins or self.namesakes or self._amend)

    def iri(self, id_: str) -> str:
        return f"<{self.base}{id_}>"

    def goes_by(self, iri: str) -> str:
        """The IRI that a thing goes by, where no graph says otherwise."""
        if self.path is None or not self.joins:
            return iri
        row = self.db.execute("SELECT canonical FROM joins WHERE id = ?", (self._id(iri),)).fetchone()
        return self.iri(row[0]) if row else iri

    def fewer(self) -> dict[str, int]:
        """By kind, how many things fewer there are than ids on the pages; less than nothing where there are more."""
        if self.path is None:
            return {}
        found = dict(self.db.execute("SELECT kind, COUNT(*) FROM joins GROUP BY kind"))
        for kind, number in self.db.execute("SELECT kind, COUNT(DISTINCT id) FROM apart GROUP BY kind"):
            found[kind] = found.get(kind, 0) - number
        return found

    def _number(self, table: str) -> int:
        return int(self.db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])

    def _id(self, iri: str) -> str:
        return iri[len(self.base) + 1 : -1]

    def _judged(self, judgements: Sequence[Mapping[str, Any]]) -> None:
        for judgement in judgements:
            if judgement["verb"] in ("rename", "drop", "correct"):
                iri = self.goes_by(self.iri(judgement["a"]))
                amendment = Amendment.of(self.base, iri, judgement)
                self._amend[iri].append(amendment)
                if amendment.verb == "rename":
                    self._renamed[iri] = terms.text(amendment.value, "zh")

    # ------------------------------------------------------------ applying them

    def apply(self, graph: str, lines: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
        """The lines of a graph (``subject predicate object``, sorted) as decided, sorted; and names decided on."""
        if self.nothing:
            return lines, {}
        triples = [line.split(" ", 2) for line in lines]
        here = self._here(graph, {x for s, _, o in triples for x in (s, o) if x[0] == "<"})
        if here is None:
            return lines, {}
        moved: set[str] = set()
        out: set[str] = set()
        for s, p, o in triples:
            subject, object_ = here.goes_by.get(s, s), here.goes_by.get(o, o)
            moved |= {x for x in (s, o) if x in here.goes_by}
            if subject == object_ and p in (_PART_OF, _NARROWER, _INSIDE):
                continue
            if subject != s and p == _KEY:
                object_ = terms.text(self._id(subject))
            elif subject in here.facets and p in here.facets[subject]:
                object_ = here.facets[subject][p]
            out.add(f"{subject} {p} {object_}")
        for iri in moved:
            out.update(here.lines[iri])
        amend = {line[: line.index(" ")] for line in out} & self._amend.keys()
        if amend:
            out = amendments.amended(out, [a for iri in sorted(amend) for a in self._amend[iri]])
        return tuple(sorted(out)), here.names

    def _here(self, graph: str, iris: set[str]) -> _Here | None:
        """What was decided about any of these IRIs of a graph; None for nothing."""
        start = len(self.base) + 1
        ids = sorted(self._id(iri) for iri in iris if iri.startswith(_THINGS, start) and iri.startswith(self.base, 1))
        here = _Here()
        for join in self._rows(_JOINS, "id", ids) if self.joins else ():
            here.goes_by[self.iri(join[1])] = self.iri(join[2])
            here.lines[self.iri(join[1])] = self._join_lines(join)
        for was, id_, page, digest, article, reason in self._rows(_APARTS, "was", ids) if self.namesakes else ():
            if self.iri(terms.article_local(page, digest, article)) == graph:
                old, new = self.iri(was), self.iri(id_)
                here.goes_by[old] = new
                here.lines[old] = (f"{new} {_DIFFERENT} {old}", f"{new} {_APART} {terms.text(reason)}")
        now = {here.goes_by.get(self.iri(id_), self.iri(id_)) for id_ in ids}
        for join in self._rows(_JOINS, "canonical", sorted(map(self._id, now))) if self.joins else ():
            canonical = self.iri(join[2])
            if join[0] in ("body", "person"):
                here.names[canonical] = terms.text(join[4], "zh")
            for name, value in zip(("subkind", "area"), join[9:], strict=True):
                if value:
                    here.facets[canonical][_FACETS[name]] = terms.text(value)
        here.names.update((iri, self._renamed[iri]) for iri in now & self._renamed.keys())
        return here if here.goes_by or here.names or here.facets or now & self._amend.keys() else None

    def _rows(self, query: str, column: str, ids: Sequence[str]) -> Iterable[Sequence[Any]]:
        for at in range(0, len(ids), 500):  # SQLite takes no more than 999 in one question
            lot = ids[at : at + 500]
            yield from self.db.execute(f"{query} WHERE {column} IN ({','.join('?' * len(lot))}) ORDER BY id", lot)

    def _join_lines(self, join: Sequence[Any]) -> tuple[str, ...]:
        _, id_, canonical_id, name, _, reason, rule, score, by, _, _ = join
        canonical = self.iri(canonical_id)
        node = self.iri(f"join/{terms.short_hash(id_, canonical_id, size=8)}")
        return (
            f"{canonical} {_REASON} {terms.text(reason)}",
            f"{node} {_TYPE} {_JOIN}",
            f"{node} {_JOINED} {canonical}",
            f"{node} {_ID} {terms.text(id_)}",
            f"{node} {_LABEL} {terms.text(name, 'zh')}",
            f"{node} {_WHY} {terms.text(reason)}",
            f"{node} {_SCORE} {terms.number(score)}",
            *amendments.source(self.base, node, rule, by),
        )

    # ------------------------------------------------------------ comparing

    def differing(self, old: Settlement) -> tuple[frozenset[str], frozenset[str]]:
        """What is decided otherwise than before: IRIs (as read, and as they go by), and graphs."""
        iris = {iri for iri in self._amend.keys() | old._amend.keys() if self._amend.get(iri) != old._amend.get(iri)}
        graphs: set[str] = set()
        for one, other in ((self, old), (old, self)):
            for row in one._rows_not_in(other, _JOINS):
                iris |= {self.iri(row[1]), self.iri(row[2])}
            for _, _, page, digest, article, _ in one._rows_not_in(other, _APARTS):
                graphs.add(self.iri(terms.article_local(page, digest, article)))
        for settlement in (self, old):
            ids = sorted(map(self._id, iris))
            rows = settlement._rows(_JOINS, "canonical", ids) if settlement.path else ()
            iris |= {self.iri(row[1]) for row in rows}
        return frozenset(iris), frozenset(graphs)

    def _rows_not_in(self, other: Settlement, query: str) -> list[Sequence[Any]]:
        if self.path is None:
            return []
        if other.path is None:
            return self.db.execute(query).fetchall()
        with closing(_opened(self.path)) as db:
            db.execute("ATTACH ? AS other", (_address(other.path),))
            table = query.rpartition(" ")[2]
            return db.execute(f"{query} EXCEPT {query.removesuffix(table)}other.{table}").fetchall()


def _address(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(_address(path), uri=True, check_same_thread=False)


#: a store that nothing was decided over
NOTHING = Settlement(None)
