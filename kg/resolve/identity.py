"""Identity over all pages: from what each article says of each thing to which things are one. Pure.

Reading a page knows nothing of other pages. Here all of them are compared: bodies first, then persons by the bodies
they serve, then events by the persons and places of theirs. Judgements of people come before any rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from kg.resolve.clusters import Clusters
from kg.resolve.judgements import PAIRS, Judgement, Reference
from kg.resolve.kinds import Apart, Candidate, Identity, Join, Namer, Sketch
from kg.resolve.same_bodies import Bodies, gather
from kg.resolve.same_events import Events
from kg.resolve.same_persons import Persons, Told, main_post

_Source = tuple[str, str, str]


def identify(
    sketches: Iterable[Sketch],
    namer: Namer,
    judgements: Sequence[Judgement] = (),
    known: Callable[[str], bool] | None = None,
) -> Identity:
    """Joins, namesakes apart, candidates and warnings for the sketches of all pages.

    ``known`` tells whether a thing that has no sketch (a place, a post, an initiative, a document) is in the graph;
    without it every id is taken to be. The order of the sketches does not matter.
    """
    ordered = sorted(sketches, key=lambda s: (s.kind, s.id, s.source))
    return _Identity(ordered, namer, judgements, known or (lambda id_: True)).found()


class _Identity:
    def __init__(
        self, sketches: Sequence[Sketch], namer: Namer, judgements: Sequence[Judgement], known: Callable[[str], bool]
    ) -> None:
        self.sketches = sketches
        self.namer = namer
        self.judgements = [j for j in judgements if j.verb in PAIRS and j.b is not None]
        self.known = known
        self.warnings: list[str] = []
        self.joins: list[Join] = []
        self.apart: list[Apart] = []
        self.candidates: list[Candidate] = []
        self.names: dict[str, str] = {s.id: s.name for s in reversed(sketches)}
        self.judged: dict[frozenset[str], Judgement] = {}
        self.where: dict[str, list[str]] = defaultdict(list)
        for s in sketches:
            self.where[s.id].append(s.where)

    def found(self) -> Identity:
        bodies = self._bodies()
        persons, person_ids = self._persons(bodies)
        places = self._others("place", self._administered(bodies))
        self._events(persons, person_ids, bodies, places)
        self._others("post", self._posts(bodies))
        for kind in ("initiative", "document"):
            self._others(kind, [])
        shown = (c for c in self.candidates if c.a != c.b and not self._settled(c))
        order = sorted((self._marked(c) for c in shown), key=lambda c: (c.unsure, -c.score, c.kind, c.a, c.b))
        return Identity(
            tuple(sorted(self.joins, key=lambda j: (j.kind, j.canonical, j.id))),
            tuple(sorted(self.apart, key=lambda a: (a.was, a.page, a.article))),
            tuple(order),
            tuple(dict.fromkeys(self.warnings)),
        )

    # ------------------------------------------------------------ judgements

    def _of(self, kind: str) -> list[Judgement]:
        return [j for j in self.judgements if j.a.id.startswith(f"{kind}/")]

    def _keep_apart(self, clusters: Clusters[str], kind: str, there: Callable[[str], bool]) -> None:
        """What was judged different or unsure stays apart, whatever the rules say."""
        for j in self._of(kind):
            assert j.b is not None
            if not self._whole(j) or not self._there(j, there):
                continue
            if j.verb != "same" and not clusters.forbid(j.a.id, j.b.id, _told(j)):
                self._conflict(j)

    def _put_together(self, clusters: Clusters[str], kind: str, there: Callable[[str], bool]) -> list[Judgement]:
        """Joins what was judged the same; gives the judgements that were followed."""
        followed = []
        for j in self._of(kind):
            assert j.b is not None
            if j.verb == "same" and self._whole(j) and there(j.a.id) and there(j.b.id):
                before = clusters.forbidden(j.a.id, j.b.id)
                if clusters.join(j.a.id, j.b.id):
                    followed.append(j)
                else:
                    self._conflict(j, before or "")
        return followed

    def _whole(self, j: Judgement) -> bool:
        if j.a.where or j.b is not None and j.b.where:
            self.warnings.append(f"{j.place}: @page/article is for persons; {j} is not followed")
            return False
        return True

    def _there(self, j: Judgement, there: Callable[[str], bool]) -> bool:
        gone = [str(r) for r in (j.a, j.b) if r is not None and not there(r.id)]
        for id_ in gone:
            self.warnings.append(f"{j.place}: {id_} is no longer in the graph; the judgement ({j.verb}) waits for it")
        return not gone

    def _conflict(self, j: Judgement, other: str = "") -> None:
        against = f" ({other})" if other else ""
        self.warnings.append(f"{j.place}: {j} contradicts what was judged before{against}; it is not followed")

    def _settled(self, c: Candidate) -> bool:
        j = self.judged.get(frozenset((c.a, c.b)))
        return j is not None and j.verb == "different"

    def _marked(self, c: Candidate) -> Candidate:
        j = self.judged.get(frozenset((c.a, c.b)))
        if j is None or j.verb != "unsure":
            return c
        return replace(c, unsure=True, con=(*c.con, f"{j.who} {j.when}: {j.why}"))

    def _note(self, kind: str, of: Callable[[Reference], str]) -> None:
        """Remembers what was judged about which ids of the graph, for the list of candidates."""
        for j in self._of(kind):
            assert j.b is not None
            a, b = of(j.a), of(j.b)
            self.judged[frozenset((a, b))] = j
            self.judged[frozenset((j.a.id, j.b.id))] = j
            if j.verb == "unsure" and a != b and not any({c.a, c.b} == {a, b} for c in self.candidates):
                name_a, name_b = self.names.get(a, a), self.names.get(b, b)
                self.candidates.append(Candidate(kind, a, b, name_a, name_b, (), (), 0.2))

    # ------------------------------------------------------------ bodies and what hangs on them

    def _bodies(self) -> Callable[[str], str]:
        known = gather(self.sketches)
        self.area = {id_: body.area for id_, body in known.items()}
        clusters: Clusters[str] = Clusters(known)
        self._keep_apart(clusters, "body", known.__contains__)
        followed = self._put_together(clusters, "body", known.__contains__)
        found = Bodies(known, clusters)
        found.find()
        names = {id_: body.name for id_, body in known.items()}
        canonical = self._canonical(clusters, names, lambda id_: (-len(names[id_]), id_))
        self.body_known = known
        self._told_joins("body", canonical, names, found.reasons, followed)
        self.candidates += [
            replace(c, a=canonical[c.a], b=canonical[c.b])
            for c in found.candidates()
            if canonical[c.a] != canonical[c.b]
        ]

        def of(id_: str) -> str:
            return canonical.get(id_, id_)

        self._note("body", lambda ref: of(ref.id))
        return of

    def _canonical(
        self, clusters: Clusters[str], names: Mapping[str, str], rank: Callable[[str], tuple[int, str]]
    ) -> dict[str, str]:
        """For each id that it goes by: of those that are one the one with the fullest name."""
        found: dict[str, str] = {}
        for members in clusters:
            if len(members) > 1:
                first = min(members, key=rank)
                found.update(dict.fromkeys(members, first))
            else:
                found[members[0]] = members[0]
        return found

    def _told_joins(
        self,
        kind: str,
        canonical: Mapping[str, str],
        names: Mapping[str, str],
        reasons: Iterable[tuple[str, str, str, str, float]],
        followed: Iterable[Judgement],
    ) -> None:
        """A Join with its reason for every id that goes by another."""
        why: dict[str, tuple[str, str, float, str]] = {}
        for j in followed:
            assert j.b is not None
            for id_ in (j.a.id, j.b.id):
                why.setdefault(id_, (f"人工判定：{j.why}", j.place, 1.0, j.who))
        for a, b, reason, rule, score in reasons:
            for id_ in (b, a):
                why.setdefault(id_, (reason, rule, score, ""))
        for id_, other in sorted(canonical.items()):
            if id_ != other:
                reason, rule, score, who = why.get(id_, ("与同一名称相连", "same-thing", 0.8, ""))
                name = names.get(id_, self.names.get(id_, id_))
                other_name = names.get(other, self.names.get(other, other))
                facets = self._facets(kind, canonical, other)
                self.joins.append(
                    Join(
                        kind, id_, other, name, other_name, reason, rule, score, who, *facets, *self._wheres(id_, other)
                    )
                )

    def _wheres(self, *ids: str) -> list[tuple[str, ...]]:
        """Up to three articles that name each thing, before anything is joined."""
        return [tuple(sorted(set(self.where.get(id_, ())))[:3]) for id_ in ids]

    def _facets(self, kind: str, canonical: Mapping[str, str], id_: str) -> tuple[str, str]:
        """Kind and area of bodies that are one: the kind that most of them are read as, other where none is known."""
        if kind != "body":
            return "", ""
        members = [self.body_known[x] for x, other in sorted(canonical.items()) if other == id_]
        kinds = Counter(x.subkind for x in members for _ in x.articles if x.subkind not in ("", "other"))
        return (kinds.most_common(1)[0][0] if kinds else members[0].subkind), self.body_known[id_].area

    def _administered(self, body: Callable[[str], str]) -> list[tuple[str, str, str]]:
        """Street offices that are one administer one place."""
        places: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for id_, known in self.body_known.items():
            if known.administers:
                places[body(id_)].append((known.administers, known.name))
        found = []
        for same in places.values():
            for other, name in same[1:]:
                if other != same[0][0]:
                    found.append((same[0][0], other, f"同一机构所辖（{same[0][1]}，{name}）"))
                    self.names.setdefault(other, name)
                    self.names.setdefault(same[0][0], same[0][1])
        return found

    def _posts(self, body: Callable[[str], str]) -> list[tuple[str, str, str]]:
        """Posts of one role in bodies that are one."""
        posts: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for s in self.sketches:
            for post in s.posts:
                if post.body and post.role:
                    posts[body(post.body), post.role].setdefault(post.post, post.title)
        found = []
        for same in posts.values():
            (first, title), *others = sorted(same.items(), key=lambda x: (-len(x[1]), x[0]))
            self.names.setdefault(first, title)
            for other, other_title in others:
                self.names.setdefault(other, other_title)
                if _ending(title) == _ending(other_title):
                    found.append((first, other, f"同一机构的同一职务（{title}，{other_title}）"))
        return found

    def _others(self, kind: str, joined: list[tuple[str, str, str]]) -> Callable[[str], str]:
        """Kinds that no rule compares: what follows from other joins, and what people judged."""
        clusters: Clusters[str] = Clusters(id_ for a, b, _ in joined for id_ in (a, b))

        def there(id_: str) -> bool:
            return id_ in clusters or self.known(id_)

        self._keep_apart(clusters, kind, there)
        followed = self._put_together(clusters, kind, there)
        reasons = [(a, b, reason, "follows-from-body", 0.9) for a, b, reason in joined if clusters.join(a, b)]
        canonical = self._canonical(clusters, self.names, lambda id_: (-len(self.names.get(id_, "")), id_))
        self._told_joins(kind, canonical, self.names, reasons, followed)
        self._note(kind, lambda ref: canonical.get(ref.id, ref.id))
        return lambda id_: canonical.get(id_, id_)

    # ------------------------------------------------------------ persons

    def _persons(self, body: Callable[[str], str]) -> tuple[Persons, dict[Told, str]]:
        clusters: Clusters[Told] = Clusters()
        persons = Persons(clusters, body, self.area)
        told: dict[str, list[Told]] = defaultdict(list)
        for s in self.sketches:
            if s.kind == "person":
                told[s.id].append((s.id, s.source))
        for j in self._of("person"):
            if j.verb != "same":
                for a in self._tolds(j.a, told):
                    for b in self._tolds(j.b, told):
                        if a != b and not clusters.forbid(a, b, _told(j)):
                            self._conflict(j)
        persons.find(self.sketches)
        ids = self._assign(persons, told)
        waiting = [j for j in self._of("person") if j.verb == "same"]
        followed: list[tuple[Told, Told, Judgement]] = []
        for j in waiting:
            mine, others = self._tolds(j.a, told, ids), self._tolds(j.b, told, ids)
            if not mine or not others:
                continue
            pairs = [(mine[0], x) for x in (*mine[1:], *others)]
            before = next((w for a, b in pairs if (w := clusters.forbidden(a, b)) and w.startswith("judged")), "")
            if before:
                self._conflict(j, before)
                continue
            for a, b in pairs:
                if clusters.join(a, b):
                    followed.append((a, b, j))
                else:
                    self._conflict(j, clusters.forbidden(a, b) or "")
        for j in self._of("person"):
            for ref in (j.a, j.b):
                if ref is not None and not self._tolds(ref, told, ids):
                    self.warnings.append(
                        f"{j.place}: {ref} is no longer in the graph; the judgement ({j.verb}) waits for it"
                    )
        ids = self._assign(persons, told, followed)
        self._person_joins(persons, told, ids, followed)
        for c, (a, b) in zip(persons.candidates, persons.pairs, strict=True):
            self.candidates.append(replace(c, a=ids[a], b=ids[b]))

        def of(ref: Reference | None) -> str:
            found = self._tolds(ref, told, ids)
            return ids[found[0]] if found else ref.id if ref else ""

        self._note("person", of)
        return persons, ids

    def _tolds(
        self, ref: Reference | None, told: Mapping[str, list[Told]], ids: Mapping[Told, str] | None = None
    ) -> list[Told]:
        """The articles that a judgement speaks of: by the id of a name in its area, or by the id in the graph."""
        if ref is None:
            return []
        mine = told.get(ref.id) or [t for t, id_ in (ids or {}).items() if id_ == ref.id]
        return [t for t in mine if not ref.where or f"{t[1][0]}/{t[1][2]}" == ref.where]

    def _assign(
        self, persons: Persons, told: Mapping[str, list[Told]], followed: Sequence[tuple[Told, Told, Judgement]] = ()
    ) -> dict[Told, str]:
        """The id that each telling goes by: the one of its name and area, and for a second namesake there a new one."""
        clusters = persons.clusters
        main: dict[str, int] = {}
        for id_, tolds in told.items():
            sizes: dict[int, list[Told]] = defaultdict(list)
            for t in tolds:
                sizes[clusters.root(t)].append(t)

            def rank(root: int, sizes: Mapping[int, list[Told]] = sizes) -> tuple[int, int, str, Told]:
                posts = sum(bool(persons.sketch[t].posts) for t in sizes[root])
                day = min((persons.sketch[t].day or "~" for t in sizes[root]), default="~")
                return -posts, -len(sizes[root]), day, min(sizes[root])

            main[id_] = min(sizes, key=rank)
        ids: dict[Told, str] = {}
        made: set[str] = set()
        for members in sorted(clusters, key=min):
            root = clusters.root(members[0])
            mine = sorted({t[0] for t in members if main[t[0]] == root})
            if mine:
                days = {id_: min(persons.sketch[t].day or "~" for t in members if t[0] == id_) for id_ in mine}
                name = min(mine, key=lambda id_: (days[id_], id_))
            else:
                (group,) = persons.groups(members)
                first = persons.sketch[min(members)]
                name = self.namer("person", f"{first.key}|{main_post(group)}", first.name)
                if name in made:
                    name = self.namer("person", f"{first.key}|{main_post(group)}|{first.where}", first.name)
                made.add(name)
            ids.update(dict.fromkeys(members, name))
        return ids

    def _person_joins(
        self,
        persons: Persons,
        told: Mapping[str, list[Told]],
        ids: Mapping[Told, str],
        followed: Sequence[tuple[Told, Told, Judgement]],
    ) -> None:
        why: dict[Told, tuple[str, str, float, str]] = {}
        for a, b, j in followed:
            for t in (b, a):
                why.setdefault(t, (f"人工判定：{j.why}", j.place, 1.0, j.who))
        for x, y, reason, rule, score in persons.reasons:
            if x[0] != y[0]:
                for t in (y, x):
                    why.setdefault(t, (reason, rule, score, ""))
        for id_, tolds in told.items():
            name = persons.sketch[tolds[0]].name
            goes_by = {ids[t] for t in tolds}
            if len(goes_by) == 1:
                (other,) = goes_by
                if other != id_:
                    found = next((why[t] for t in tolds if t in why), ("与同一人相连", "same-person", 0.8, ""))
                    kinds = {persons.sketch[t].subkind for t in told.get(other, tolds)} - {""}
                    kind = "official" if "official" in kinds else min(kinds, default="")
                    area = persons.sketch[told[other][0]].area if other in told else ""
                    wheres = self._wheres(id_, other)
                    self.joins.append(Join("person", id_, other, name, name, *found, kind, area, *wheres))
                continue
            for t in tolds:
                if ids[t] != id_:
                    page, digest, article = t[1]
                    forbidden = next(
                        (w for o in tolds if ids[o] == id_ and (w := persons.clusters.forbidden(o, t))), ""
                    )
                    reason = why[t][0] if t in why else forbidden or "同名、同一辖区，但没有证据是同一人"
                    self.apart.append(Apart("person", id_, ids[t], name, page, digest, article, reason))

    # ------------------------------------------------------------ events

    def _events(
        self,
        persons: Persons,
        ids: Mapping[Told, str],
        body: Callable[[str], str],
        place: Callable[[str], str],
    ) -> None:
        def agent(id_: str, source: _Source) -> str:
            return ids.get((id_, source)) or body(id_)

        clusters: Clusters[str] = Clusters(s.id for s in self.sketches if s.kind == "event")
        self._keep_apart(clusters, "event", clusters.__contains__)
        days = {s.id: s.day for s in self.sketches if s.kind == "event"}
        followed = []
        for j in self._of("event"):
            assert j.b is not None
            if j.verb == "same" and days.get(j.a.id) and days.get(j.b.id) and days[j.a.id] != days[j.b.id]:
                self.warnings.append(f"{j.place}: {j} joins events of two days; correct the date first")
            elif j.verb == "same" and j.a.id in days and j.b.id in days:
                before = clusters.forbidden(j.a.id, j.b.id)
                if clusters.join(j.a.id, j.b.id):
                    followed.append(j)
                else:
                    self._conflict(j, before or "")
        found = Events(clusters, agent, place)
        found.find(self.sketches)
        names = {id_: event.name for id_, event in found.known.items()}
        canonical = self._canonical(clusters, names, lambda id_: (-len(names[id_]), id_))
        self._told_joins("event", canonical, names, found.reasons, followed)
        for c in found.candidates:
            if canonical[c.a] != canonical[c.b]:
                self.candidates.append(replace(c, a=canonical[c.a], b=canonical[c.b]))
        self._note("event", lambda ref: canonical.get(ref.id, ref.id))


def _told(j: Judgement) -> str:
    return f"judged {j.verb} at {j.place} by {j.who}: {j.why}"


def _ending(title: str) -> str:
    """The last characters of a title, by which 副局长 and 局长 of one role column are told apart."""
    return title[-2:]
