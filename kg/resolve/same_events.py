"""Which articles tell of one happening: the same day, the same kind, and two of leader, company, place and name.

Never across days, never two events of one article, never where the leaders or the parts of the day differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.resolve.findings import Finding, Rule, new_pairs
from kg.resolve.kinds import Sketch

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
    """The kind of things that are events.

    ``told`` gives all sketches of an id; ``agent`` and ``place`` the id that a thing of an article goes by.
    """

    kind = "event"

    def __init__(
        self,
        told: Callable[[str], list[Sketch]],
        agent: Callable[[str, tuple[str, str, str]], str],
        place: Callable[[str], str],
    ) -> None:
        self.told = told
        self.agent = agent
        self.place = place
        self.rules = RULES

    def load(self, id_: str) -> Happening | None:
        """An event as all articles together tell it."""
        event: Happening | None = None
        for s in self.told(id_):
            event = event or Happening(s.id, s.name, s.subkind, s.day, s.area)
            event.sources.append(s.source)
            event.wheres.append(s.where)
            event.leaders |= {self.agent(x, s.source) for x in s.leaders}
            event.agents |= {self.agent(x, s.source) for x in s.agents}
            event.places |= {self.place(x) for x in s.places}
            if s.day_part:
                event.parts.add(s.day_part)
        return event

    def forbidden(self, things: Sequence[Happening]) -> Iterable[tuple[str, str, str]]:
        for i, a in enumerate(things):
            for b in things[i + 1 :]:
                if not set(a.sources).isdisjoint(b.sources):
                    yield a.id, b.id, "同一篇中的两项活动"

    def facets(self, things: Sequence[Happening], canonical: Happening) -> tuple[str, str]:
        return "", ""


def _day_keys(event: Happening) -> Iterator[str]:
    if event.day:
        yield f"{event.area}|{event.day}|{event.type}"
        yield f"|{event.day}|{event.type} {_core(event.name)}"


def _compared(key: str, events: Sequence[Happening], changed: frozenset[str]) -> Iterator[Finding]:
    for a, b in new_pairs(events, changed):
        if found := _compare(a, b):
            yield found


def _without_day(key: str, events: Sequence[Happening], changed: frozenset[str]) -> Iterator[Finding]:
    """An event whose day is not known beside all others of its area and type: never one, perhaps in doubt."""
    for a, b in new_pairs(events, changed):
        if not (a.day and b.day) and (found := _compare(a, b)):
            yield found


RULES = (
    Rule("a", _day_keys, _compared, pairs=True),
    Rule("b", lambda e: [f"{e.area}|{e.type}"], _without_day, pairs=True, aside=lambda e, key: bool(e.day)),
)


def _compare(a: Happening, b: Happening) -> Finding | None:
    if not set(a.sources).isdisjoint(b.sources):
        return None
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
            return _doubt(a, b, [*pro, "同一辖区、同类型"], ["一处日期不明"], 0.3 + 0.1 * len(pro))
        return None
    enough = len(pro) >= 2 and (places or names) or alike >= _SAME and a.area == b.area
    if enough and not con:
        said = f"同一天（{a.day}）、同类型，{'、'.join(pro)}"
        return Finding(a.id, b.id, "same-happening", (said,), 0.9, joined=True)
    if pro and (a.area == b.area or len(pro) > 1):
        score = 0.3 + 0.1 * len(pro) - 0.2 * len(con)
        return _doubt(a, b, [f"同一天（{a.day}）、同类型", *pro], con, score)
    return None


def _doubt(a: Happening, b: Happening, pro: list[str], con: list[str], score: float) -> Finding | None:
    return Finding(a.id, b.id, "", tuple(pro), round(score, 2), con=tuple(con)) if score > 0 else None


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
