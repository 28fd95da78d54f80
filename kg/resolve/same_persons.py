"""Which articles speak of one person: by the posts that they attest, by what can be held together, by the days.

A name is looked at alone. What is told by one article of a name is one person there. Articles join where a post or its
body is the same, or where one area's leader may well hold both posts; namesakes stay apart where the posts cannot be
one person's; what could be a move and is not said to be one is a candidate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.resolve.clusters import Clusters
from kg.resolve.holdable import relation, sort_of
from kg.resolve.kinds import Candidate, Held, Sketch

#: one person as one article names it: the id, and the article
Told = tuple[str, tuple[str, str, str]]

_OFFICIAL = {"official", ""}
#: more sets of one name than this are not compared pair by pair: such a name says nothing
_MANY = 40
_FORMER = {"原", "原任", "时任", "前", "前任"}


@dataclass(slots=True)
class Group:
    """A set of articles held to speak of one person, summed up."""

    told: list[Told]
    posts: list[tuple[Held, str]] = field(default_factory=list)  # with the day
    kinds: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    @property
    def firm(self) -> bool:
        """Whether a post says something about who it is: anybody may be in a 指挥部."""
        return any(sort_of(post.body_name, post.body_kind) != "adhoc" for post, _ in self.posts)

    @property
    def official(self) -> bool:
        return bool(self.kinds & {"official"}) or self.kinds <= {""}


class Persons:
    """Joins and candidates among persons.

    ``body`` gives the id a body goes by, ``area`` the area of a body. ``reasons`` says for pairs why they were joined.
    """

    def __init__(self, clusters: Clusters[Told], body: Callable[[str], str], area: Callable[[str], str]) -> None:
        self.clusters = clusters
        self.body = body
        self.area = area
        self.sketch: dict[Told, Sketch] = {}
        self.reasons: list[tuple[Told, Told, str, str, float]] = []
        self.candidates: list[Candidate] = []
        #: an article of either side, for each candidate
        self.pairs: list[tuple[Told, Told]] = []

    def find(self, sketches: Iterable[Sketch]) -> None:
        by_name: dict[str, list[Told]] = defaultdict(list)
        for s in sketches:
            if s.kind == "person":
                told = (s.id, s.source)
                self.sketch[told] = s
                self.clusters.root(told)
                by_name[s.name].append(told)
        for name in sorted(by_name):
            tolds = sorted(by_name[name])
            if len(tolds) > 1:
                self._same_post(tolds)
                self._one_area(tolds)

    def join(self, a: Told, b: Told, reason: str, rule: str, score: float) -> bool:
        if self.clusters.together(a, b):
            return True
        if not self.clusters.join(a, b):
            return False
        self.reasons.append((a, b, reason, rule, score))
        return True

    def groups(self, tolds: Iterable[Told]) -> list[Group]:
        """The sets that these articles are in now, summed up over these articles alone."""
        found: dict[int, Group] = {}
        for told in tolds:
            group = found.setdefault(self.clusters.root(told), Group([]))
            s = self.sketch[told]
            group.told.append(told)
            group.posts += [(post, s.day) for post in s.posts]
            group.kinds.add(s.subkind)
            group.ids.add(s.id)
            group.areas.add(s.area)
            group.beside.update(s.beside)
            group.pages.add(s.page)
            if s.day:
                group.days.append(s.day)
        return list(found.values())

    # ------------------------------------------------------------ joins

    def _same_post(self, tolds: Sequence[Told]) -> None:
        """Both articles give a post in one and the same body, in the past or now."""
        holders: dict[str, Told] = {}
        for told in tolds:
            for post in self.sketch[told].posts:
                if not post.body:
                    continue
                first = holders.setdefault(self.body(post.body), told)
                if first != told:
                    moved = self.sketch[first].area != self.sketch[told].area
                    former = _FORMER & set(post.modifiers)
                    said = f"原文写明曾任{post.title}" if former else f"同名，任职机构相同（{post.body_name}）"
                    rule = "said-to-have-moved" if former and moved else "same-name-and-body"
                    self.join(first, told, said, rule, 0.95)

    def _one_area(self, tolds: Sequence[Told]) -> None:
        by_id: dict[str, list[Told]] = defaultdict(list)
        for told in tolds:
            by_id[told[0]].append(told)
        for id_ in sorted(by_id):
            self._posts_of(by_id[id_])
            self._without_posts(by_id[id_])
        groups = self.groups(tolds)
        if 1 < len(groups) <= _MANY:
            for i, a in enumerate(groups):
                for b in groups[i + 1 :]:
                    self._candidate(a, b)

    def _posts_of(self, tolds: Sequence[Told]) -> None:
        """Namesakes of one area, by what they hold."""
        groups = [g for g in self.groups(tolds) if g.posts]
        if len(groups) > _MANY:
            return
        judged = [(a, b, self._judge(a, b)) for i, a in enumerate(groups) for b in groups[i + 1 :]]
        for a, b, (verdict, why) in judged:
            if verdict == "no":
                self.clusters.forbid(a.told[0], b.told[0], why)
        for a, b, (verdict, why) in judged:
            if verdict == "yes":
                self.join(a.told[0], b.told[0], why, "posts-held-together", 0.9)

    def _judge(self, a: Group, b: Group) -> tuple[str, str]:
        """yes, no or open for two namesakes of one area with posts, and why."""
        verdict, why = "open", ""
        for p, day_p in a.posts:
            for q, day_q in b.posts:
                said = relation(p, q, self.area(p.body) == self.area(q.body))
                if said == "free":
                    continue
                if said == "unlike" or said == "after" and self._at_once(a, p, b, q):
                    return "no", f"两职不能一人同时担任（{p.title} {day_p}，{q.title} {day_q}）".replace(
                        " ，", "，"
                    ).replace(" ）", "）")
                if said == "together":
                    verdict, why = "yes", f"同名、同一辖区，两职可由一人担任（{p.title}，{q.title}）"
        return verdict, why

    def _at_once(self, a: Group, p: Held, b: Group, q: Held) -> bool:
        """Whether two posts are attested for the same time: one between two days of the other, or on one day."""
        if (_FORMER & set(p.modifiers)) or (_FORMER & set(q.modifiers)):
            return False
        one = sorted(day for held, day in a.posts if day and held.post == p.post)
        two = sorted(day for held, day in b.posts if day and held.post == q.post)
        return bool(one and two) and max(one[0], two[0]) <= min(one[-1], two[-1])

    def _without_posts(self, tolds: Sequence[Told]) -> None:
        """Articles that give a name alone (区领导崔世英): the area's official of that name where there is but one."""
        groups = self.groups(tolds)
        officials = [g for g in groups if g.firm and g.official]
        bare = [g for g in groups if not g.firm and g.official]
        others = [g for g in groups if not g.official]
        for g in bare:
            near = officials if len(officials) == 1 else [o for o in officials if o.pages & g.pages]
            if len(near) == 1:
                self.join(near[0].told[0], g.told[0], "同名、同一辖区，未见第二名官员", "only-official-of-name", 0.85)
            elif not officials:
                self.join(bare[0].told[0], g.told[0], "同名、同一辖区，均未写职务", "same-name-and-area", 0.8)
        for i, g in enumerate(others):
            for h in others[i + 1 :]:
                shared = g.beside & h.beside
                if not (g.kinds & h.kinds):
                    continue
                if shared:
                    self.join(g.told[0], h.told[0], "同名，所在单位或社区相同", "same-name-and-beside", 0.85)
                elif g.pages & h.pages:
                    self.join(g.told[0], h.told[0], "同名，同版，身份相同", "same-name-and-page", 0.8)

    # ------------------------------------------------------------ candidates

    def _candidate(self, a: Group, b: Group) -> None:
        if self.clusters.together(a.told[0], b.told[0]):
            return
        x, y = self.sketch[a.told[0]], self.sketch[b.told[0]]
        pro, con, score = [f"同名（{x.name}）"], [], 0.3 + 0.1 * (len(x.name) > 2)
        forbidden = self.clusters.forbidden(a.told[0], b.told[0])
        if forbidden:
            con, score = [forbidden], score - 0.3
        if a.areas & b.areas:
            pro, score = [*pro, "同一辖区"], score + 0.15
        elif a.days and b.days and max(min(a.days), min(b.days)) <= min(max(a.days), max(b.days)):
            return  # in the news of two areas at one time
        elif _neighbours(a.areas, b.areas):
            pro, score = [*pro, "同一城市"], score + 0.1
        else:
            con, score = [*con, f"辖区不同（{x.area}，{y.area}）"], score - 0.2
        if a.posts and b.posts:
            if any(self._at_once(a, p, b, q) for p, _ in a.posts for q, _ in b.posts):
                return
            days = sorted((min(g.days), max(g.days)) for g in (a, b) if g.days)
            if len(days) == 2 and days[0][1] < days[1][0]:
                pro, score = [*pro, f"先后任职（{days[0][1]}，{days[1][0]}）"], score + 0.1
        if a.official != b.official:
            con, score = [*con, "一为官员，一非官员"], score - 0.25
        elif not a.official and not a.areas & b.areas:
            return
        if score >= 0.15:
            self.candidates.append(
                Candidate(
                    "person",
                    "",
                    "",
                    _called(x.name, a),
                    _called(y.name, b),
                    tuple(pro),
                    tuple(con),
                    round(score, 2),
                    tuple(sorted({self.sketch[t].where for t in a.told})[:3]),
                    tuple(sorted({self.sketch[t].where for t in b.told})[:3]),
                )
            )
            self.pairs.append((a.told[0], b.told[0]))


def _called(name: str, group: Group) -> str:
    titles = list(dict.fromkeys(post.title for post, _ in group.posts))
    return f"{name}（{'、'.join(titles[:2])}）" if titles else name


def _neighbours(a: set[str], b: set[str]) -> bool:
    """Whether two areas are of one city: what they have in common ends in 市."""
    for x in a:
        for y in b:
            same = 0
            while same < min(len(x), len(y)) and x[same] == y[same]:
                same += 1
            if "市" in x[:same]:
                return True
    return False


def main_post(group: Group) -> str:
    """What tells a namesake apart in an id: the body of a post, else the sort of person."""
    for post, _ in group.posts:
        if post.body_name:
            return f"{sort_of(post.body_name, post.body_kind)}|{post.body_name}"
    return "、".join(sorted(group.kinds - {""})) or "?"
