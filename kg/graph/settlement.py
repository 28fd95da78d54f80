"""What was decided over all pages, applied to the lines of one graph: joins, namesakes, judgements, links.

A page is kept as it was read. When its graphs are written, things that are one get one IRI, a namesake gets its own,
and what people renamed, dropped or corrected is as they said, with the judgement beside it. A graph that nothing was
decided about stays as it is, byte for byte.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
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
_JOIN, _APART = terms.term("kg:Join"), terms.term("kg:apartReason")
_FACETS = {"subkind": "kg:kind", "area": "kg:jurisdiction"}


#: what decides over all pages: told the packed sketches of every page and whether an id is named on any
Decide = Callable[[Iterable[bytes], Callable[[str], bool]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Deciding:
    """How a store is to be decided over; ``mark`` changes whenever the same pages would be decided otherwise."""

    mark: str
    decide: Decide


@dataclass(frozen=True, slots=True)
class Said:
    """What stands about one IRI: the IRI that it goes by, and the lines that say why."""

    goes_by: str
    lines: tuple[str, ...] = ()


class Settlement:
    """Decisions ready to be applied. Made from plain data (see docs/identity.md), which a store keeps as JSON:

    ``joins`` and ``apart`` as :class:`kg.resolve.Join` and ``Apart`` are, ``judgements`` as
    :class:`kg.resolve.judgements.Judgement`, ``links`` as rows of id, target and reason.
    """

    def __init__(self, decisions: Mapping[str, Any], base: str = terms.BASE) -> None:
        self.base = base
        self.decisions = decisions
        self.all: dict[str, Said] = {}
        self.here: dict[str, dict[str, Said]] = defaultdict(dict)
        self.names: dict[str, str] = {}
        self._facets: dict[str, dict[str, str]] = defaultdict(dict)
        self._amend: dict[str, list[Amendment]] = defaultdict(list)
        for join in decisions.get("joins", ()):
            self._join(join)
        for apart in decisions.get("apart", ()):
            self._apart(apart)
        self._judged(decisions.get("judgements", ()))
        for link in decisions.get("links", ()):
            self._link(*link)

    @classmethod
    def read(cls, path: Path, base: str) -> Settlement:
        """The settlement that a store keeps; an empty one where it keeps none. StoreError for a damaged file."""
        if not path.is_file():
            return cls({}, base)
        try:
            return cls(json.loads(path.read_text("utf-8")), base)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{path}: the store's decisions cannot be read; build it again") from error

    def write(self, path: Path) -> None:
        """Writes the decisions, where there are any; the same decisions give the same bytes."""
        if self.decisions:
            said = json.dumps(self.decisions, ensure_ascii=False, indent=1, sort_keys=True)
            path.write_text(said + "\n", encoding="utf-8", newline="\n")

    @property
    def mark(self) -> str:
        return str(self.decisions.get("mark", ""))

    def iri(self, id_: str) -> str:
        return f"<{self.base}{id_}>"

    def goes_by(self, iri: str) -> str:
        """The IRI that a thing goes by, where no graph says otherwise."""
        return self.all[iri].goes_by if iri in self.all else iri

    # ------------------------------------------------------------ reading the decisions

    def _join(self, join: Mapping[str, Any]) -> None:
        iri, canonical = self.iri(join["id"]), self.iri(join["canonical"])
        node = self.iri(f"join/{terms.short_hash(join['id'], join['canonical'], size=8)}")
        lines = [
            f"{canonical} {_REASON} {terms.text(join['reason'])}",
            f"{node} {_TYPE} {_JOIN}",
            f"{node} {_JOINED} {canonical}",
            f"{node} {_ID} {terms.text(join['id'])}",
            f"{node} {terms.term('rdfs:label')} {terms.text(join['name'], 'zh')}",
            f"{node} {_WHY} {terms.text(join['reason'])}",
            f"{node} {_SCORE} {terms.number(join['score'])}",
            *amendments.source(self.base, node, join["rule"], join["by"]),
        ]
        self.all[iri] = Said(canonical, tuple(lines))
        if join["kind"] in ("body", "person"):
            self.names.setdefault(canonical, terms.text(join["canonical_name"], "zh"))
        for name, predicate in _FACETS.items():
            if join.get(name):
                self._facets[canonical][terms.term(predicate)] = terms.text(join[name])

    def _apart(self, apart: Mapping[str, Any]) -> None:
        article = self.iri(terms.article_local(apart["page"], apart["digest"], apart["article"]))
        was, now = self.iri(apart["was"]), self.iri(apart["id"])
        lines = (
            f"{now} {terms.term('owl:differentFrom')} {was}",
            f"{now} {_APART} {terms.text(apart['reason'])}",
        )
        self.here[article][was] = Said(now, lines)

    def _judged(self, judgements: Sequence[Mapping[str, Any]]) -> None:
        for judgement in judgements:
            if judgement["verb"] in ("rename", "drop", "correct"):
                iri = self.goes_by(self.iri(judgement["a"]))
                amendment = Amendment.of(self.base, iri, judgement)
                self._amend[iri].append(amendment)
                if amendment.verb == "rename":
                    self.names[iri] = terms.text(amendment.value, "zh")

    def _link(self, id_: str, target: str, why: str) -> None:
        iri = self.goes_by(self.iri(id_))
        self._amend[iri].append(Amendment.link(iri, target, why))

    @cached_property
    def touched(self) -> frozenset[str]:
        """Every IRI, as it stands in a page as read, that some decision is about."""
        about = {*self.all, *self._amend, *self._facets, *self.names}
        return frozenset(about | {was for said in self.here.values() for was in said})

    # ------------------------------------------------------------ applying them

    def apply(self, graph: str, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The lines of a graph (``subject predicate object``, sorted) as decided; sorted."""
        if not self.touched or self.touched.isdisjoint(line[: line.index(" ")] for line in lines):
            return lines
        here = self.here.get(graph, {})
        moved: dict[str, Said] = {}
        out: set[str] = set()
        for line in lines:
            s, p, o = line.split(" ", 2)
            subject, object_ = self._now(s, here, moved), self._now(o, here, moved) if o[0] == "<" else o
            if subject == object_ and p in (_PART_OF, _NARROWER, _INSIDE):
                continue
            if subject != s and p == _KEY:
                object_ = terms.text(subject[len(self.base) + 1 : -1])
            elif subject in self._facets and p in self._facets[subject]:
                object_ = self._facets[subject][p]
            out.add(f"{subject} {p} {object_}")
        for said in moved.values():
            out.update(said.lines)
        amend = {line[: line.index(" ")] for line in out} & self._amend.keys()
        if amend:
            out = amendments.amended(out, [a for iri in sorted(amend) for a in self._amend[iri]])
        return tuple(sorted(out))

    def _now(self, iri: str, here: Mapping[str, Said], moved: dict[str, Said]) -> str:
        said = here.get(iri) or self.all.get(iri)
        if said is None:
            return iri
        moved[iri] = said
        return said.goes_by

    # ------------------------------------------------------------ comparing

    def differing(self, other: Settlement) -> tuple[frozenset[str], frozenset[str]]:
        """What two settlements decide otherwise: IRIs (as read, and as they go by), and graphs."""
        iris: set[str] = set()
        for iri in self.touched | other.touched:
            if self._decided(iri) != other._decided(iri):
                iris |= {iri, self.goes_by(iri), other.goes_by(iri)}
        for settlement in (self, other):
            iris |= {iri for iri, said in settlement.all.items() if said.goes_by in iris}
        graphs = {g for g in self.here.keys() | other.here.keys() if self.here.get(g) != other.here.get(g)}
        return frozenset(iris), frozenset(graphs)

    def _decided(self, iri: str) -> tuple[object, ...]:
        return self.all.get(iri), self.names.get(iri), self._facets.get(iri), self._amend.get(iri)


#: a store that nothing was decided over
NOTHING = Settlement({})
