"""Deciding over all pages, as little as is needed: what a page that came or went can have changed, and nothing else.

Bodies first, then persons by the bodies they serve, then places and posts that follow from bodies, then events by the
persons and places of theirs. In each step a thing is looked at that some page tells otherwise than before, or that
hangs on one which goes by another id now. It is taken out of its keys and put under those that it has now; what was
found under all these keys is found anew (:mod:`kg.resolve.findings`), and what hangs together by findings and
judgements is settled anew. A book in which everything is new is decided by the same steps: so one that was changed
page by page and one made at once say the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kg.resolve.book import Book
from kg.resolve.clusters import Clusters
from kg.resolve.findings import Finding, Kind, Rule
from kg.resolve.following import Other, Places, Posts
from kg.resolve.judgements import PAIRS, Judgement, Reference
from kg.resolve.kinds import Join, Namer
from kg.resolve.namesakes import decide as decide_namesakes
from kg.resolve.same_bodies import Bodies
from kg.resolve.same_events import Events

#: things that are kept at hand while a kind is decided
AT_HAND = 2_000


def decide(book: Book, namer: Namer, judgements: Sequence[Judgement], known: Callable[[str], bool]) -> None:
    """Decides what was noted in the book as changed. Judgements come before any rule; what they touch is always
    looked at, and so is what those of the last time touched.

    ``known`` tells whether a thing that has no sketch (a place, a post, an initiative, a document) is in the graph.
    """
    pairs = {n: j for n, j in enumerate(judgements) if j.verb in PAIRS and j.b is not None}
    before = book.note("judged") or []
    _Deciding(book, namer, pairs, [tuple(row) for row in before], known).decide()
    book.write_note("judged", [[str(j.a.id), str(j.b.id)] for j in pairs.values() if j.b is not None])
    for table in ("dirty", "changed"):
        book.db.execute(f"DELETE FROM {table}")


class _Deciding:
    def __init__(
        self,
        book: Book,
        namer: Namer,
        judgements: Mapping[int, Judgement],
        before: Sequence[tuple[str, str]],
        known: Callable[[str], bool],
    ) -> None:
        self.book = book
        self.db = book.db
        self.namer = namer
        self.judgements = judgements
        self.before = before
        self.known = known
        self.warnings: list[tuple[int, str]] = []
        self.finals: dict[int, tuple[str, str]] = {}

    def decide(self) -> None:
        self._bodies()
        self._persons()
        for kind in (Places(self.book), Posts(self.book)):
            self.book.mark_hanging(kind.kind)
            self._things(kind)
        self.book.mark_hanging("event")
        self._things(Events(self.book.told, self.book.agent, self.book.canonical))
        for name in ("initiative", "document"):
            self._things(Other(name))
        self.book.write_note("warnings", list(dict.fromkeys(said for _, said in self.warnings)))
        self.book.write_note(
            "finals", [[j.verb, *self.finals[n], _told(j), j.a.id, j.b.id] for n, j in self.judgements.items() if j.b]
        )

    def _of(self, kind: str) -> dict[int, Judgement]:
        return {n: j for n, j in self.judgements.items() if j.a.id.startswith(f"{kind}/")}

    # ------------------------------------------------------------ bodies

    def _bodies(self) -> None:
        """The bodies. A body that comes or goes matters to those under it, and to whoever holds a post there."""
        bodies = Bodies(self.book.told)
        for id_ in self.book.dirty("body"):
            body = bodies.load(id_)
            row = self.db.execute("SELECT area FROM areas WHERE body = ?", (id_,)).fetchone()
            if (row and row[0]) != (body.area if body else None):
                self.db.execute("DELETE FROM areas WHERE body = ?", (id_,))
                if body:
                    self.db.execute("INSERT INTO areas VALUES (?,?)", (id_, body.area))
                self.book.change(id_)
        self.book.mark_hanging("body")
        self._things(bodies)

    # ------------------------------------------------------------ persons

    def _persons(self) -> None:
        """Each name alone; those that judgements bring together, together."""
        self.book.mark_hanging("person")
        judged = self._of("person")
        refs = {ref.id for j in judged.values() for ref in (j.a, j.b) if ref}
        for id_ in {x for pair in self.before for x in pair}:
            for name in self.book.names_of(id_):
                self.book.mark("person", name)
        together = self._names(refs)
        for name in self.book.dirty("person"):
            if name not in together:
                self._decide_names([name], {})
        # a name decided just now may have made the id that a judgement means
        together |= self._names(refs)
        self._decide_names(sorted(together), judged)

    def _names(self, ids: Iterable[str]) -> set[str]:
        return {name for id_ in ids for name in self.book.names_of(id_)}

    def _decide_names(self, names: Sequence[str], judged: Mapping[int, Judgement]) -> None:
        sketches = [s for name in names for s in self.book.named(name)]
        found = decide_namesakes(sketches, judged, self.book.canonical, self.book.area, self.namer)
        self.warnings += found.warnings
        self.finals.update(found.finals)
        name_of = {s.id: s.name for s in sketches} | found.made
        for name in names:
            self.book.decide_persons(
                name,
                (x for x in found.joins if x.name == name),
                (x for x in found.apart if x.name == name),
                (x for x in found.candidates if name_of[x.a] == name),
                (id_ for id_, of in found.made.items() if of == name),
            )

    # ------------------------------------------------------------ what rules compare

    def _things(self, kind: Kind) -> None:
        _Comparing(self.book, kind).compare()
        judged = self._of(kind.kind)
        self._missing(kind, judged)
        settling = _Settling(self.book, kind, judged, self.known)
        ids = {ref.id for j in judged.values() for ref in (j.a, j.b) if ref}
        ids |= {id_ for pair in self.before for id_ in pair if id_.startswith(f"{kind.kind}/")}
        settling.settle(ids)
        self.warnings += sorted(settling.warnings)
        for number, j in judged.items():
            assert j.b is not None
            self.finals[number] = (self.book.canonical(j.a.id), self.book.canonical(j.b.id))

    def _missing(self, kind: Kind, judged: Mapping[int, Judgement]) -> None:
        for number, j in judged.items():
            for ref in (j.a, j.b):
                if ref is not None and not _there(kind, ref.id, self.known):
                    said = f"{j.place}: {ref} is no longer in the graph; the judgement ({j.verb}) waits for it"
                    self.warnings.append((number, said))


def _there(kind: Kind, id_: str, known: Callable[[str], bool]) -> bool:
    if kind.kind in ("body", "event"):
        return kind.load(id_) is not None
    return known(id_) or kind.load(id_) is not None


class _Comparing:
    """The things of a kind that changed, under their keys, compared with what else stands there."""

    def __init__(self, book: Book, kind: Kind) -> None:
        self.book = book
        self.db = book.db
        self.kind = kind
        self.rules = {kind.kind[:2] + rule.mark: rule for rule in kind.rules}
        self.things: dict[str, Any] = {}

    def compare(self) -> None:
        for id_ in self.book.dirty(self.kind.kind):
            self._forget("a = ? OR b = ?", (id_, id_))
            self._under_keys(id_)
        # a rule that looks at pairs finds again only what is about a changed thing, which is forgotten by now
        pairs = [mark for mark, rule in self.rules.items() if rule.pairs]
        marks = ",".join("?" * len(pairs))
        self._forget(f"substr(key, 1, 3) NOT IN ({marks}) AND key IN (SELECT key FROM dirty_keys)", pairs)
        for key in self.book.shared_keys():
            self._under(key, self.rules[key[:3]])
        self.db.execute("DELETE FROM dirty_keys")

    def load(self, id_: str) -> Any:
        if id_ not in self.things:
            if len(self.things) >= AT_HAND:
                self.things.clear()
            self.things[id_] = self.kind.load(id_)
        return self.things[id_]

    def _under_keys(self, id_: str) -> None:
        """Takes a thing out of the keys that it had and puts it under those that it has now."""
        self.db.execute("INSERT OR IGNORE INTO unsettled VALUES (?)", (id_,))
        thing = self.load(id_)
        row = self.db.execute("SELECT number FROM things WHERE id = ?", (id_,)).fetchone()
        if row:
            self.db.execute("INSERT OR IGNORE INTO dirty_keys SELECT key FROM keys WHERE thing = ?", row)
            self.db.execute("DELETE FROM keys WHERE thing = ?", row)
            if thing is None:
                self.db.execute("DELETE FROM things WHERE number = ?", row)
        if thing is None:
            return
        number = row[0] if row else self.db.execute("INSERT INTO things (id) VALUES (?)", (id_,)).lastrowid
        keys = {
            (mark + key, bool(rule.aside and rule.aside(thing, key)))
            for mark, rule in self.rules.items()
            for key in rule.keys(thing)
        }
        self.db.executemany("INSERT INTO keys VALUES (?,?,?)", ((key, number, aside) for key, aside in keys))
        self.db.executemany("INSERT OR IGNORE INTO dirty_keys VALUES (?)", ((key,) for key, _ in keys))

    def _under(self, key: str, rule: Rule) -> None:
        members = self.db.execute(
            "SELECT id, aside, EXISTS (SELECT 1 FROM dirty WHERE kind = ? AND dirty.id = things.id) "
            "FROM keys JOIN things ON number = thing WHERE key = ? ORDER BY id",
            (self.kind.kind, key),
        ).fetchall()
        changed = frozenset(id_ for id_, _, dirty in members if dirty)
        if all(aside for _, aside, dirty in members if dirty):  # compared with those alone that are not aside
            members = [row for row in members if row[2] or not row[1]]
        things = [self.load(id_) for id_, _, _ in members]
        for finding in rule.compare(key[3:], things, changed):
            self._note(key, finding)

    def _forget(self, where: str, values: Sequence[str]) -> None:
        """Takes away some of what was found, and notes what it joined as unsettled."""
        for side in ("a", "b"):
            query = f"INSERT OR IGNORE INTO unsettled SELECT {side} FROM findings WHERE joined AND ({where})"
            self.db.execute(query, values)
        self.db.execute(f"DELETE FROM findings WHERE {where}", values)

    def _note(self, key: str, f: Finding) -> None:
        pro, con = (json.dumps(x, ensure_ascii=False) for x in (f.pro, f.con))
        self.db.execute(
            "INSERT INTO findings VALUES (?,?,?,?,?,?,?,?)", (key, f.a, f.b, f.rule, pro, con, f.score, f.joined)
        )
        if f.joined:
            self.db.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", ((f.a,), (f.b,)))


class _Settling:
    """What hangs together by findings and judgements becomes one, as far as nothing forbids it."""

    def __init__(self, book: Book, kind: Kind, judged: Mapping[int, Judgement], known: Callable[[str], bool]) -> None:
        self.book = book
        self.db = book.db
        self.kind = kind
        self.judged = judged
        self.known = known
        self.warnings: list[tuple[int, str]] = []
        self.beside: dict[str, set[str]] = defaultdict(set)
        for j in judged.values():
            assert j.b is not None
            self.beside[j.a.id].add(j.b.id)
            self.beside[j.b.id].add(j.a.id)

    def settle(self, ids: Iterable[str]) -> None:
        """Settles what is noted as unsettled, and these ids."""
        self.db.executemany("INSERT OR IGNORE INTO unsettled VALUES (?)", ((id_,) for id_ in ids))
        done: set[str] = set()  # those of larger sets alone: few
        for id_ in self.book.unsettled():
            if id_ in done:
                continue
            members = self._hanging_together(id_)
            joins = self._joins(sorted(members)) if len(members) > 1 else {}
            for member in sorted(members):
                self.book.decide_join(member, joins.get(member))
            if len(members) > 1:
                done |= members
        self.db.execute("DELETE FROM unsettled")

    def _hanging_together(self, id_: str) -> set[str]:
        found, waiting = {id_}, [id_]
        while waiting:
            one = waiting.pop()
            others = set(self.beside.get(one, ()))
            others.update(x for (x,) in self.db.execute("SELECT b FROM findings WHERE a = ? AND joined", (one,)))
            others.update(x for (x,) in self.db.execute("SELECT a FROM findings WHERE b = ? AND joined", (one,)))
            waiting += others - found
            found |= others
        return found

    def _joins(self, members: Sequence[str]) -> dict[str, Join]:
        things = {id_: thing for id_ in members if (thing := self.kind.load(id_)) is not None}
        clusters: Clusters[str] = Clusters(id_ for id_ in members if _there(self.kind, id_, self.known))
        why = self._judge(clusters, things)
        for a, b, pro, rule, score in self._found(members):
            if not clusters.together(a, b) and clusters.join(a, b):
                for id_ in (b, a):
                    why.setdefault(id_, (pro, rule, score, ""))
        names = {id_: things[id_].name if id_ in things else "" for id_ in members}
        joins: dict[str, Join] = {}
        for cluster in clusters:
            canonical = min(cluster, key=lambda id_: (-len(names[id_]), id_))
            told = [things[id_] for id_ in sorted(cluster) if id_ in things]
            facets = self.kind.facets(told, things[canonical]) if canonical in things else ("", "")
            for id_ in cluster:
                if id_ != canonical:
                    reason, rule, score, by = why[id_]
                    name, other = names[id_] or id_, names[canonical] or canonical
                    joins[id_] = Join(self.kind.kind, id_, canonical, name, other, reason, rule, score, by, *facets)
        return joins

    def _found(self, members: Sequence[str]) -> list[tuple[str, str, str, str, float]]:
        """The joins that were found among some things, in the order of their rules."""
        rows = [
            (key, a, b, json.loads(pro)[0], rule, score)
            for id_ in members
            for key, a, b, pro, rule, score in self.db.execute(
                "SELECT key, a, b, pro, rule, score FROM findings WHERE a = ? AND joined", (id_,)
            )
        ]
        return [row[1:] for row in sorted(rows)]

    def _judge(self, clusters: Clusters[str], things: Mapping[str, Any]) -> dict[str, tuple[str, str, float, str]]:
        """Keeps apart what was judged different or unsure, whatever the rules say; joins what was judged the same."""
        mine = {n: j for n, j in self.judged.items() if j.b and j.a.id in clusters and j.b.id in clusters}
        why: dict[str, tuple[str, str, float, str]] = {}
        for number, j in mine.items():
            if j.a.where or _other(j).where:
                self.warnings.append((number, f"{j.place}: @page/article is for persons; {j} is not followed"))
            elif j.verb != "same":
                clusters.forbid(j.a.id, _other(j).id, _told(j))
        for a, b, reason in self.kind.forbidden(list(things.values())):
            clusters.forbid(a, b, reason)
        for number, j in mine.items():
            a, b = j.a.id, _other(j).id
            if j.verb != "same" or j.a.where or _other(j).where:
                continue
            days = {getattr(things.get(id_), "day", "") for id_ in (a, b)} - {""}
            if len(days) > 1:
                said = f"{j.place}: {j} joins events of two days; correct the date first"
                self.warnings.append((number, said))
                continue
            before = clusters.forbidden(a, b)
            if clusters.join(a, b):
                for id_ in (a, b):
                    why.setdefault(id_, (f"人工判定：{j.why}", j.place, 1.0, j.who))
            else:
                against = f" ({before})" if before else ""
                said = f"{j.place}: {j} contradicts what was judged before{against}; it is not followed"
                self.warnings.append((number, said))
        return why


def _other(j: Judgement) -> Reference:
    assert j.b is not None
    return j.b


def _told(j: Judgement) -> str:
    return f"judged {j.verb} at {j.place} by {j.who}: {j.why}"
