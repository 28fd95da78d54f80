"""Where the name of an initiative begins: at the nearest word, mark or mention that it does not reach over.

``持续抓好四项集中治理行动``: the name of the head 集中治理行动 reaches left to 抓好, without the number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate

from kg.extract.draft import Draft
from kg.extract.initiative_words import cutter, words
from kg.extract.quantities import role
from kg.model import Mention, Quantity
from kg.rules import tag

#: before a thing to be made (bind ``aim``) these are verbs: 建设|现代化新城区
MAKERS = frozenset(("建设", "建成", "打造", "创建", "加速建设"))
STOPS = frozenset("，。；：、！？“”‘’（）《》\n \u3000")
_STOP = re.compile(f"[{''.join(sorted(STOPS))}]")
#: a text up to the last thing in it that no name reaches over: a mark or a mention
_TO_WALL = re.compile(f"(?s:.*)[{''.join(sorted(STOPS))}\ue000-\uf8ff]")
#: the mentions that are walls
_WALLS = frozenset(("document", "body", "person", "post", "date"))
_REACH = 24
_COUNTED = frozenset("个件条项处家户座所台名万")
#: the own area by a word, between the verb and the name
_WHOLE = re.compile("[全我本][区市县旗州省镇乡村校]|全街道")
#: 重点场所|火灾防控: where it is done is no part of the name
_SCOPE_BEGINS = frozenset("全辖各主重场领部行单人点时区")
_SCOPE = re.compile(
    "(?:全[区市县旗州省镇乡]|辖区内?|各类|主要|重点)*(?:场所|领域|部位|行业|单位|人群|点位|时段|区域内)"
)
#: 自|新冠疫苗接种, 以|农房风貌管控, where the cutter has glued the preposition; 自建房 is a word
_SINCE = re.compile(
    "以(?!工代赈|旧换新|案促改|租代|学促|赛促|奖代|商招|链招|人民)|自(?=[^建然来治主助行动贸我由救查媒有费理愿强信律检纠养产营备考习学]|行[^车])"
)


class Edges:
    """One article while its initiatives are looked for: its walls, and the words before a head word."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.norm = norm = draft.norm
        self.words = words(draft.extra)
        walls: list[Mention] = []
        labels: list[Mention] = []
        self.sites: list[Mention] = []
        self.quoted_bodies: set[tuple[int, int]] = set()
        #: numbers and towns: where one begins that a name does not → where it ends
        self._edges: dict[int, int] = {}
        for m in draft.mentions:
            kind = m.kind
            if kind in _WALLS:
                walls.append(m)
                if kind == "body" and norm.startswith(("”", "’"), m.end) and norm[m.start - 1 : m.start] in ("“", "‘"):
                    # “时间银行”互助养老模式: a body between quotes may be a name, if a head word follows
                    self.quoted_bodies.add((m.start, m.end))
            elif kind == "label":
                if not m.name.endswith(("干部", "党员")):  # 领导干部|包联制度
                    labels.append(m)
            elif kind == "place":
                if m.subkind not in ("admin", "street"):
                    self.sites.append(m)
                elif m.subkind == "street" and m.name[-1:] in "镇乡":
                    self._edges[m.start] = m.end
            elif kind == "quantity" and m.start not in self._edges and _is_count(m, draft):
                self._edges[m.start] = m.end
        if self.quoted_bodies:
            walls = [m for m in walls if (m.start, m.end) not in self.quoted_bodies]
        self.tagged = tag(norm, walls + labels, *draft.article.prose)
        self.headline = draft.article.headline
        self.home, self._areas = _home_names(draft.context.jurisdiction.levels)
        own = draft.context.jurisdiction.name
        self.own = own[:-1] if len(own) > 2 else own or "\n"
        self._cuts: dict[int, tuple[list[int], list[str]]] = {}

    def wall_before(self, at: int) -> int:
        """Where the last mark or mention before a tagged place ends; where the reach ends if there is none in it."""
        low = max(0, at - _REACH)
        found = _TO_WALL.match(self.tagged.text, low, at)
        return found.end() if found else low

    def floor_before(self, offset: int) -> int:
        """The nearest mark or mention to the left of an offset."""
        at = self.wall_before(self.tagged.at(offset))
        return max(self.tagged.starts[at], offset - _REACH)

    def cut(self, floor: int) -> tuple[list[int], list[str]]:
        """The words from ``floor`` to the end of the clause, and the offsets between which they stand."""
        known = self._cuts.get(floor)
        if known is None:
            stop = _STOP.search(self.norm, floor)
            found = cutter()(self.norm[floor : stop.start() if stop else len(self.norm)])
            known = self._cuts[floor] = (list(accumulate(map(len, found), initial=floor)), found)
        return known

    def left(
        self, floor: int, head: int, over_and: bool = False, made: bool = False, home: bool = False
    ) -> tuple[int, str, list[str]]:
        """Where the name begins whose head word stands at ``head``, the word that stopped it, and its words.

        The page's own area is no part of it unless ``home`` is set (2025铜梁龙灯艺术节).
        """
        if floor >= head:
            return head, "", []
        norm, roles = self.norm, self.words.edges
        starts, found = self.cut(floor)
        first = last = min(bisect_left(starts, head), len(found))
        inside = found[:last]
        if starts[last] > head:
            inside[-1] = norm[starts[last - 1] : head]
        stopper = ""
        while first:
            word = inside[first - 1]
            role = roles.get(word) or (self.role(word) if len(word) == 4 else "")
            if made and word in MAKERS:
                role = "drive"
            if role and role != "trim":
                before = inside[first - 2] if first > 1 else ""
                if role in ("both", "either") and (len(before) < 2 or before in roles):
                    led = self.role(before) == "drive"  # 督导|检查, 推进|优化
                    role = "drive" if role == "either" or led else "stop"
                if word == "和":
                    at = starts[first - 1] + 1
                    if over_and or (norm[at : at + 1] == "美" and norm[at + 1 : at + 2] != "丽"):
                        role = ""  # 和美乡村, of whatever kind (和美|嘎查)
                if role in ("drive", "stop"):
                    stopper = word
                    if self.role(before) == "drive" and _WHOLE.fullmatch(word):
                        stopper = before  # 部署|全县|抗旱保供
                    break
            first -= 1
        if first == last:
            return head, stopper, []
        modifier, start = inside[first:], starts[first]
        # a word of two characters that were a verb would have stopped it
        if (len(modifier[0]) != 2 or modifier[0][0] == "为") and (glued := self._glued(start, head)):
            # 为打|好秋冬: where the cutter went wrong, a verb may still stand at the very beginning
            stopper = norm[start:glued]
            while modifier and start + len(modifier[0]) <= glued:
                start += len(modifier.pop(0))
            if modifier and start < glued:
                modifier[0] = modifier[0][glued - start :]
                start = glued
        while modifier and self._may_not_begin(modifier[0], modifier[1] if len(modifier) > 1 else ""):
            start += len(modifier.pop(0))
        if not modifier:
            return head, stopper, []
        begin = self._without_scope(start, head)
        if not home:
            for area in self._areas:
                if (at := norm.rfind(area, begin, head)) >= 0:
                    begin = at + len(area)
        while modifier and start < begin:
            start += len(modifier.pop(0))
        return begin, stopper, modifier

    def _glued(self, start: int, head: int) -> int:
        """Where the verb ends that a stretch begins with, with 为 before it or without; 0 if there is none."""
        verbs = self.words.verbs
        if start + 3 <= head and self.norm[start] == "为" and self.norm[start + 1 : start + 3] in verbs:
            return start + 3
        return start + 2 if start + 2 <= head and self.norm[start : start + 2] in verbs else 0

    def _without_scope(self, start: int, head: int) -> int:
        """The beginning of a name behind a number, a town or the things it is done to: 120栋|历史建筑修缮, 文峰镇|…"""
        end = self._edges.get(start, -1)
        start = end if start < end <= head - 2 else start
        if self.norm[start] in "以自":
            found = _SINCE.match(self.norm, start, head)
            start = found.end() if found and found.end() <= head - 2 else start
        if self.norm[start] in _SCOPE_BEGINS:
            found = _SCOPE.match(self.norm, start, head)
            start = found.end() if found and found.end() <= head - 2 else start
        return start

    def role(self, word: str) -> str:
        """The role of a word at the edge of a name; 全面落实 has that of 落实."""
        edges = self.words.edges
        if len(word) == 4 and word not in edges and word[:2] in edges:
            return edges.get(word[2:], "")
        return edges.get(word, "")

    def _may_not_begin(self, word: str, after: str) -> bool:
        if word.isdigit():
            return not after or after[0] in _COUNTED
        return self.words.edges.get(word) == "trim" or word in self.home or word in "和与年月日第"


@lru_cache(maxsize=64)
def _home_names(levels: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The page's own areas, in full and short (二七区, 二七), and the longer ones of these."""
    names = dict.fromkeys(name for level in levels for name in (level, level[:-1] if len(level) > 2 else level))
    return frozenset(names), tuple(name for name in names if len(name) > 2)


def _is_count(mention: Mention, draft: Draft) -> bool:
    """Whether a number at the beginning counts what follows (120栋), and is no part of its name (24小时, 三大)."""
    value = mention.value
    return mention.text[:1].isdigit() and isinstance(value, Quantity) and role(value.unit, draft.extra) != "time"
