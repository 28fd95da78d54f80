"""Which articles tell of one happening: the same day, the same kind, and two of leader, company, place and name.

Never across days, never two events of one article, never where the leaders or the parts of the day differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.resolve.clusters import Clusters
from kg.resolve.kinds import Candidate, Sketch

#: words that every meeting and outing has in its name
_COMMON = re.compile(
    r"\d{4}年|工作|推进|会议|大会|动员|部署|专题|座谈|调度|现场|活动|仪式|培训班|培训|召开|举行|调研|督导|检查|视察|察看|走访|慰问|"
    r"街道|情况|全区|全市|全县|辖区|开展|组织|带队|带领|建设|讲话|专项|有关|相关|学习|[“”‘’\"《》（）()\s、，,·]|会$|到|赴|在|的|暨|和|与|对"
)
_GOER = re.compile(r"^[一-龥]{2,4}?(?=到|赴|调研|督导|带队|带领|检查|察看|走访|慰问|视察)")
_ALIKE, _SAME = 0.6, 0.85


@dataclass(slots=True)
class Happening:
    """An event over all articles that name it by one id."""

    id: str
    name: str
    type: str
    day: str
    area: str
    sources: list[tuple[str, str, str]] = field(default_factory=list)
    wheres: list[str] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    leaders: set[str] = field(default_factory=set)
    agents: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


class Events:
    """Joins and candidates among events. ``agent`` and ``place`` give the id that a thing of an article goes by."""

    def __init__(
        self,
        clusters: Clusters[str],
        agent: Callable[[str, tuple[str, str, str]], str],
        place: Callable[[str], str],
    ) -> None:
        self.clusters = clusters
        self.agent = agent
        self.place = place
        self.known: dict[str, Happening] = {}
        self.reasons: list[tuple[str, str, str, str, float]] = []
        self.candidates: list[Candidate] = []

    def find(self, sketches: Iterable[Sketch]) -> None:
        self._gather(sketches)
        blocks: dict[tuple[str, str, str], list[Happening]] = defaultdict(list)
        by_article: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for event in self.known.values():
            blocks[event.area, event.day, event.type].append(event)
            if event.day:
                blocks["", event.day, f"{event.type} {_core(event.name)}"].append(event)
                blocks[event.area, "", event.type].append(event)
            for source in event.sources:
                by_article[source].append(event.id)
        for ids in by_article.values():
            for i, x in enumerate(ids):
                for y in ids[i + 1 :]:
                    self.clusters.forbid(x, y, "同一篇中的两项活动")
        pairs: dict[tuple[str, str], tuple[Happening, Happening]] = {}
        for (_, day, _), block in sorted(blocks.items()):
            for i, a in enumerate(block):
                for b in block[i + 1 :]:
                    if a.id != b.id and (day or not (a.day and b.day)):
                        pairs[a.id, b.id] = (a, b)
        for one, two in pairs.values():
            self._compare(one, two)

    def _gather(self, sketches: Iterable[Sketch]) -> None:
        for s in sketches:
            if s.kind != "event":
                continue
            event = self.known.setdefault(s.id, Happening(s.id, s.name, s.subkind, s.day, s.area))
            event.sources.append(s.source)
            event.wheres.append(s.where)
            event.leaders |= {self.agent(x, s.source) for x in s.leaders}
            event.agents |= {self.agent(x, s.source) for x in s.agents}
            event.places |= {self.place(x) for x in s.places}
            if s.day_part:
                event.parts.add(s.day_part)

    def _compare(self, a: Happening, b: Happening) -> None:
        if self.clusters.together(a.id, b.id) or self.clusters.forbidden(a.id, b.id) is not None:
            return
        alike = likeness(a.name, b.name)
        pro, places, names = [], bool(a.places & b.places), alike >= _ALIKE
        if a.leaders & b.leaders:
            pro.append("带队人相同")
        if len((a.agents & b.agents) - a.leaders) >= 2:
            pro.append("参加者相同")
        if places:
            pro.append("地点相同")
        if names:
            pro.append("名称相近")
        con = []
        if a.leaders and b.leaders and not (a.leaders & b.agents or b.leaders & a.agents):
            con.append("带队人不同")
        if a.parts and b.parts and not a.parts & b.parts:
            con.append(f"时段不同（{'、'.join(sorted(a.parts))}，{'、'.join(sorted(b.parts))}）")
        if a.places and b.places and not places and a.type == "inspection":
            con.append("地点不同")
        if not (a.day and b.day):
            if a.area == b.area and alike >= _SAME and not con:
                self._doubt(a, b, [*pro, "同一辖区、同类型"], ["一处日期不明"], 0.3 + 0.1 * len(pro))
            return
        enough = len(pro) >= 2 and (places or names) or alike >= _SAME and a.area == b.area
        if enough and not con:
            if self.clusters.join(a.id, b.id):
                said = f"同一天（{a.day}）、同类型，{'、'.join(pro)}"
                self.reasons.append((a.id, b.id, said, "same-happening", 0.9))
        elif pro and (a.area == b.area or len(pro) > 1):
            self._doubt(a, b, [f"同一天（{a.day}）、同类型", *pro], con, 0.3 + 0.1 * len(pro) - 0.2 * len(con))

    def _doubt(self, a: Happening, b: Happening, pro: list[str], con: list[str], score: float) -> None:
        if score > 0:
            here, there = (tuple(sorted(set(x.wheres))[:3]) for x in (a, b))
            self.candidates.append(
                Candidate("event", a.id, b.id, a.name, b.name, tuple(pro), tuple(con), round(score, 2), here, there)
            )


def _core(name: str) -> str:
    """The words of a name that tell it from others: without who went, and what every meeting is called."""
    return _COMMON.sub("", _GOER.sub("", name))


def likeness(a: str, b: str) -> float:
    """How much of the shorter name's own words the longer has, from 0 to 1; words that every meeting has count not.

    >>> likeness("二七区老旧小区改造提升工作推进会", "二七区创文工作推进会") < 0.6
    True
    """
    x, y = _pairs(_core(a)), _pairs(_core(b))
    if min(len(x), len(y)) < 3:
        return 1.0 if x and x == y else 0.0
    both = len(x & y)
    return both / min(len(x), len(y)) if both / len(x | y) >= 0.4 else 0.0


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
