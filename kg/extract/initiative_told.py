"""The works that somebody came to see to, or that a meeting is held for or heard of.

``调研猕猴桃产业发展情况``, ``召开湿地巡护重点工作调度会``: what stands there is a work, if it is known
to be one or ends in the word of a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.initiative_edges import Edges
from kg.extract.initiative_words import kind_of_tail
from kg.rules import Match

_TAGGED = re.compile("[\ue000-\uf8ff]")
#: between what somebody came to see to
_AND = re.compile("、|以及|及其?|和(?!美|谐|平)|与")
#: what such a thing is said of
_SAID_OF = re.compile(
    "[我全本][市县区州旗镇乡省]|[市县区州旗省镇乡](?:委|政府|直)|[\u4e00-\u9fff]{0,6}?(?:19|20)\\d\\d年度?|当前|近期|今年|期间|第?[一二三四]季度|[上下]半年|贯彻|关于|有关|相关|做好|抓好|如何"
)
NO_HEAD = {"bind": ""}
_FIELD_FIRST = re.compile("(?:发展|推进|推动|加快|实施|加强|优化|促进)(?P<of>[^，。；：“”（）]{4,12})")
#: 积极推进|党报党刊发行
_HEADLINED = re.compile(
    "(?:推进|开展|启动|抓好|做好|部署|打响|落实|开启|实施)(?P<name>[一-龥]{4,14}?)"
    "(?:重点)?(?:工作|活动)?(?=[ \\u3000，。！!]|$)"
)


class Found(NamedTuple):
    """A stretch that may be a name: ``core`` is the name without quotes and head."""

    start: int
    end: int
    name: str
    kind: str
    rule: str
    score: float
    core: str = ""
    expansion: str = ""


class Works(Edges):
    """One article, and the works that its meetings and outings are told to be for."""

    def told(self, match: Match) -> Iterator[Found]:
        """What somebody came to see to, or a meeting heard about: 夜市管控及工地管理|情况; each that is a field."""
        start, end = match.span("name")
        at = start
        marks = list(_AND.finditer(self.norm, start, end))
        last = marks[-1].end() if marks else end
        if (
            marks
            and marks[-1][0] == "和"
            and not (self.words.field.fullmatch(self.norm, last, end) or self._known(self.norm[last:end]))
        ):
            marks.pop()  # 社区治理和服务创新 is one
        works: list[Found] = []
        for m in (*marks, None):
            stop = m.start() if m else end
            first = self._without_area(at, stop)
            at = m.end() if m else end
            stop -= 2 * (self.norm.endswith("工作", first, stop) and stop - first > 3)  # 防汛工作|和…整改
            name = self.norm[first:stop]
            if self._known(name):
                works.append(Found(first, stop, name, "campaign", match.rule.name, match.rule.score, name))  # 防汛
                continue
            field = self.words.field.fullmatch(name) or _FIELD_FIRST.fullmatch(name)
            if field is None or field["of"] in self.words.cues["no-field"] or name in self.words.generic:
                continue
            if "的" in name or "等" in name or self.role(name[:2]) in ("drive", "stop"):
                continue
            if field.re is _FIELD_FIRST:
                first, name = stop - len(field["of"]), field["of"]
            kind = kind_of_tail(self.words, name) or "programme"
            works.append(Found(first, stop, name, kind, match.rule.name, match.rule.score, name))
        if len(marks) < 2 or 2 * len(works) > len(marks):  # 检查物资储备、通道畅通、消防站建设情况: single things
            yield from works

    def _known(self, name: str) -> bool:
        """Whether a name is that of a programme or a field of work of the lists."""
        return name in self.words.known or self.words.heads.get(name, NO_HEAD)["bind"] == "work"

    def _without_area(self, start: int, end: int) -> int:
        """The beginning of a name behind the area, the year or the whole that it is said of (全县2025年度|耕地保护)."""
        while start < end:
            step = _SAID_OF.match(self.norm, start, end)
            place = next((m.end for m in self.draft.of("place", "body") if m.start == start and m.end < end - 3), 0)
            if not place and step is None:
                break
            start = max(place, step.end() if step else 0)
        return self._without_scope(start, end) if start < end - 2 else start

    def headlined(self) -> Iterator[Found]:
        """县人社局赴贵州开展|劳务协作: what the headline says is done, where the article prints it too."""
        for m in _HEADLINED.finditer(self.headline):
            name = m["name"]
            at = self.norm.find(name)
            if at >= 0 and name not in self.words.generic and not name.endswith(self.words.cues["no-headline"]):
                kind = kind_of_tail(self.words, name) or "campaign"
                yield Found(at, at + len(name), name, kind, "done-in-headline", 0.65, name)

    def works_of(self, start: int, end: int, rule: str) -> Iterator[Found]:
        """湿地巡护重点|工作调度会: the works that a meeting is for, whatever they are; 政府|工作会议 is for none."""
        end -= 2 * self.norm.endswith(("重点", "专项"), start, end)
        start = self._without_area(start, end)
        cuts = [m.span() for m in _AND.finditer(self.norm, start, end)]
        edges = [start, *(at for cut in cuts for at in cut), end]
        if any(b - a < 4 for a, b in zip(edges[::2], edges[1::2], strict=True)):
            edges = [start, end]  # 春运和假日旅游安全保障 is one
        for first, stop in zip(edges[::2], edges[1::2], strict=True):
            name = self.norm[first:stop]
            if not 2 <= len(name) <= 16 or name in self.words.cues["no-work"] or _TAGGED.search(name):
                continue
            if name.endswith("会议"):
                continue  # 第五次全体会议|暨…工作会议
            kind = kind_of_tail(self.words, name) or "programme"
            stop += 2 * (len(name) < 4 and stop == end)
            yield Found(first, stop, self.norm[first:stop], kind, rule, 0.65, name)
