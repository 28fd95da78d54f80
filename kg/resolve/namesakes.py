"""Who the persons of some names are: which articles speak of one, under which id, and what people judged about them.

Names that no judgement brings together have nothing to do with one another, so each is decided alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.resolve.clusters import Clusters
from kg.resolve.judgements import Judgement, Reference
from kg.resolve.kinds import Apart, Candidate, Join, Namer, Sketch
from kg.resolve.same_persons import Persons, Told, main_post


@dataclass(slots=True)
class Decided:
    """What is decided about the persons of some names.

    ``made`` are the ids made for second namesakes of an area, before any two were judged the same: a judgement may
    name them. ``warnings`` and ``finals`` (the ids that its things go by) are by the number of the judgement.
    """

    joins: list[Join] = field(default_factory=list)
    apart: list[Apart] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    finals: dict[int, tuple[str, str]] = field(default_factory=dict)


def decide(
    sketches: Iterable[Sketch],
    judgements: Mapping[int, Judgement],
    body: Callable[[str], str],
    area: Callable[[str], str],
    namer: Namer,
) -> Decided:
    """The persons of some sketches. ``body`` gives the id that a body goes by, ``area`` the area of a body."""
    ordered = sorted(sketches, key=lambda s: (s.id, s.source))
    return _Namesakes(ordered, judgements, Persons(Clusters(), body, area), namer).decided()


class _Namesakes:
    def __init__(
        self, sketches: Sequence[Sketch], judgements: Mapping[int, Judgement], persons: Persons, namer: Namer
    ) -> None:
        self.sketches = sketches
        self.judgements = judgements
        self.persons = persons
        self.clusters = persons.clusters
        self.namer = namer
        self.found = Decided()
        self.told: dict[str, list[Told]] = defaultdict(list)
        for s in sketches:
            self.told[s.id].append((s.id, s.source))

    def decided(self) -> Decided:
        for number, j in self.judgements.items():
            if j.verb != "same":
                self._keep_apart(number, j)
        self.persons.find(self.sketches)
        ids = self._ids()
        self.found.made = {id_: self.persons.sketch[t].name for t, id_ in ids.items() if id_ not in self.told}
        followed = self._put_together(ids)
        for number, j in self.judgements.items():
            for ref in (j.a, j.b):
                if ref is not None and not self._meant(ref, ids):
                    said = f"{j.place}: {ref} is no longer in the graph; the judgement ({j.verb}) waits for it"
                    self.found.warnings.append((number, said))
        ids = self._ids() if followed else ids
        self._tell(ids, followed)
        for c, (a, b) in zip(self.persons.candidates, self.persons.pairs, strict=True):
            self.found.candidates.append(replace(c, a=ids[a], b=ids[b]))
        for number, j in self.judgements.items():
            self.found.finals[number] = (self._final(j.a, ids), self._final(j.b, ids))
        return self.found

    # ------------------------------------------------------------ judgements

    def _meant(self, ref: Reference | None, ids: Mapping[Told, str]) -> list[Told]:
        """The articles that a judgement speaks of: by the id of a name in its area, or by the id in the graph."""
        if ref is None:
            return []
        mine = self.told.get(ref.id) or [t for t, id_ in ids.items() if id_ == ref.id]
        return [t for t in mine if not ref.where or f"{t[1][0]}/{t[1][2]}" == ref.where]

    def _final(self, ref: Reference | None, ids: Mapping[Told, str]) -> str:
        meant = self._meant(ref, ids)
        return ids[meant[0]] if meant else ref.id if ref else ""

    def _keep_apart(self, number: int, j: Judgement) -> None:
        for a in self._meant(j.a, {}):
            for b in self._meant(j.b, {}):
                said = f"judged {j.verb} at {j.place} by {j.who}: {j.why}"
                if a != b and not self.clusters.forbid(a, b, said):
                    self._conflict(number, j)

    def _put_together(self, ids: Mapping[Told, str]) -> list[tuple[Told, Told, Judgement]]:
        followed: list[tuple[Told, Told, Judgement]] = []
        for number, j in self.judgements.items():
            mine, others = self._meant(j.a, ids), self._meant(j.b, ids)
            if j.verb != "same" or not mine or not others:
                continue
            pairs = [(mine[0], x) for x in (*mine[1:], *others)]
            whys = (self.clusters.forbidden(a, b) or "" for a, b in pairs)
            if before := next((why for why in whys if why.startswith("judged")), ""):
                self._conflict(number, j, before)
                continue
            for a, b in pairs:
                if self.clusters.join(a, b):
                    followed.append((a, b, j))
                else:
                    self._conflict(number, j, self.clusters.forbidden(a, b) or "")
        return followed

    def _conflict(self, number: int, j: Judgement, other: str = "") -> None:
        against = f" ({other})" if other else ""
        said = f"{j.place}: {j} contradicts what was judged before{against}; it is not followed"
        self.found.warnings.append((number, said))

    # ------------------------------------------------------------ ids

    def _ids(self) -> dict[Told, str]:
        """The id that each telling goes by: the one of its name and area, and for a second namesake there a new one."""
        clusters, sketch = self.clusters, self.persons.sketch
        main: dict[str, int] = {}
        for id_, tolds in self.told.items():
            sizes: dict[int, list[Told]] = defaultdict(list)
            for t in tolds:
                sizes[clusters.root(t)].append(t)

            def rank(root: int, sizes: Mapping[int, list[Told]] = sizes) -> tuple[int, int, str, Told]:
                posts = sum(bool(sketch[t].posts) for t in sizes[root])
                day = min((sketch[t].day or "~" for t in sizes[root]), default="~")
                return -posts, -len(sizes[root]), day, min(sizes[root])

            main[id_] = min(sizes, key=rank)
        ids: dict[Told, str] = {}
        made: set[str] = set()
        for members in sorted(clusters, key=min):
            root = clusters.root(members[0])
            mine = sorted({t[0] for t in members if main[t[0]] == root})
            if mine:
                days = {id_: min(sketch[t].day or "~" for t in members if t[0] == id_) for id_ in mine}
                name = min(mine, key=lambda id_: (days[id_], id_))
            else:
                (group,) = self.persons.groups(members)
                first = sketch[min(members)]
                name = self.namer("person", f"{first.key}|{main_post(group)}", first.name)
                if name in made:
                    name = self.namer("person", f"{first.key}|{main_post(group)}|{first.where}", first.name)
                made.add(name)
            ids.update(dict.fromkeys(members, name))
        return ids

    # ------------------------------------------------------------ telling it

    def _reasons(self, followed: Sequence[tuple[Told, Told, Judgement]]) -> dict[Told, tuple[str, str, float, str]]:
        why: dict[Told, tuple[str, str, float, str]] = {}
        for a, b, j in followed:
            for t in (b, a):
                why.setdefault(t, (f"人工判定：{j.why}", j.place, 1.0, j.who))
        for x, y, reason, rule, score in self.persons.reasons:
            if x[0] != y[0]:
                for t in (y, x):
                    why.setdefault(t, (reason, rule, score, ""))
        return why

    def _tell(self, ids: Mapping[Told, str], followed: Sequence[tuple[Told, Told, Judgement]]) -> None:
        sketch, why = self.persons.sketch, self._reasons(followed)
        for id_, tolds in self.told.items():
            name = sketch[tolds[0]].name
            goes_by = {ids[t] for t in tolds}
            if len(goes_by) == 1:
                (other,) = goes_by
                if other != id_:
                    found = next((why[t] for t in tolds if t in why), ("与同一人相连", "same-person", 0.8, ""))
                    kinds = {sketch[t].subkind for t in self.told.get(other, tolds)} - {""}
                    kind = "official" if "official" in kinds else min(kinds, default="")
                    area = sketch[self.told[other][0]].area if other in self.told else ""
                    self.found.joins.append(Join("person", id_, other, name, name, *found, kind, area))
                continue
            for t in tolds:
                if ids[t] != id_:
                    forbidden = (w for o in tolds if ids[o] == id_ and (w := self.clusters.forbidden(o, t)))
                    reason = why[t][0] if t in why else next(forbidden, "") or "同名、同一辖区，但没有证据是同一人"
                    self.found.apart.append(Apart("person", id_, ids[t], name, *t[1], reason))
