"""The areas that stand in a text by themselves: 泗洪县, 上海和云南两地; the page's own also by its short name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kg.extract.draft import Draft
from kg.extract.ground import Ground
from kg.extract.vocabulary import short_area, vocabulary
from kg.model import Mention

#: somebody goes to a city named in short, or is there: 赴深圳、|东莞|招商
_AWAY = re.compile(r"(?:[赴在从]|前往|来自|奔赴|走进|抵达|深入|落户|来到|(?<![一-龥])到|先后到)(?:[一-龥]{2,4}、)*$")
_THERE = re.compile(
    r"[，、。；]|等地|招商|考察|学习|开展|举办|举行|召开|参加|推介|拜访|两地|三地|调研|出差|务工|启动|开幕|闭幕|落幕|开赛|"
    r"开营|揭幕|揭牌|亮相|签约|成立|会见|会晤|出席|视察|慰问|走访|联系|看望|督导|督查|检查|察看|巡视|主持|座谈|挂职"
)
#: the page's own new area, printed by its kind alone
_NEW_AREA = re.compile(
    r"(?<![一-龥])新区(?=将|要|的|在|全|以|城市|各|上下|规划|经济)|(?<=[今年是为全向])新区(?![一-龥]?委)"
)
#: an honour that an area gives, and that it was won: 荣获|衡水市|文明单位
_HONOUR = re.compile(
    r"[^，。；、]{0,20}?(?:先进|模范|文明|示范|优秀|劳动|最美|杰出|青年|三八|道德)[一-龥]{0,8}?"
    r"(?:集体|个人|单位|工作者|荣誉|称号|标兵|能手|模范|奖章|奖状|家庭|村镇|校园|党组织|党员)"
)
_WON = re.compile(r"(?:授予|荣获|获评|评为|获得|获|当选|入选|评选为)[^，。；]{0,12}$")
#: two of them at once: 上海|和云南两地, 济南|、青岛都市圈
_TOGETHER = re.compile(
    r"(?:[、和与及][一-龥]{2,3}){1,4}(?:两地|三地|四地|各地|两省|三省|两市|三市|都市圈|城市群|等省|等地|等市|各县|各市)"
)
_LAST_OF = re.compile(r"两地|三地|四地|各地|两省|三省|两市|三市|都市圈|城市群|各县|各市|等省市?|等市")


@lru_cache(maxsize=256)
def _of_city(code: str, extra: Path | None) -> Mapping[str, str]:
    """The counties of a city by their short names, on its own pages: 茶陵 is 茶陵县; none on those of a county."""
    if len(code) != 6 or code[2:4] == "00" or not code.endswith("00"):
        return {}
    words = vocabulary(extra)
    inside = (area.name for at, area in words.areas.by_code.items() if at[:4] == code[:4] and at != code)
    return {n[:-1]: n for n in inside if n[-1] in "县市" and 2 < len(n) < 5 and n[:-1] not in words.common}


def areas_named(draft: Draft, finder: Ground) -> list[Mention]:
    """The areas that stand in the text by themselves, in full; the page's own also by its short name (泗洪)."""
    own, norm = draft.context.jurisdiction.name, draft.norm
    levels = draft.context.jurisdiction.levels
    taken = [(m.start, m.end, m.kind == "place") for m in draft.of("body", "place")]

    def alone(start: int, end: int, name: str) -> bool:
        if name != own and (norm[start - 1 : start] == "“" or norm[end : end + 1] == "“"):
            return False  # 南通市“最美护士”
        if _HONOUR.match(norm, end) and _WON.search(norm, max(0, start - 24), start):
            return False  # 被授予|河北省|劳动模范
        if any(a < start < b < end for b, a in finder.area_ending.items()):
            return False  # 金|塔城市|治理
        if norm[end : end + 1] == "长" or own and norm.startswith(own, end):
            return False  # 长沙市|开福区
        return not any(a <= start and end <= b and (name in levels or a < start or not at) for a, b, at in taken)

    named = [x for x in finder.full_areas if alone(*x)]
    if len(own) > 2:
        short = "新区" if own.endswith("新区") else short_area(own)
        if short == "新区":
            found = [(m.start(), m.end(), own) for m in _NEW_AREA.finditer(norm, *draft.article.prose)]
        elif short not in finder.vocabulary.common:
            full = {s for s, _, _ in finder.full_areas}
            full |= {end for _, end, place in taken if not place}  # 省援疆工作队|特克斯|分队
            found = [(s, e, own) for e, s in finder.area_ending.items() if norm[s:e] == short and s not in full]
        else:
            found = []
        named += [x for x in found if alone(*x)]
    for name in dict.fromkeys(
        norm[s:e] for e, s in finder.area_ending.items() if e - s > 2 and norm[e - 1] in "县区旗"
    ):
        short = name[:-1]  # 东海县党政考察团来访 … |东海|的做法
        if name in finder.vocabulary.areas.by_name and name not in levels and short not in finder.vocabulary.common:
            named += [
                x
                for m in re.finditer(f"{short}(?![县区市旗一-龥]?[镇乡村街路])", norm)
                if alone(*(x := (m.start(), m.end(), name)))
            ]
    counties = _of_city(draft.context.jurisdiction.code, draft.extra)
    for short, name in counties.items():
        at = norm.find(short)
        while at >= 0:  # 在|茶陵|走访, on a page of 株洲市
            end = at + len(short)
            if _THERE.match(norm, end) and _AWAY.search(norm, max(0, at - 12), at) and alone(at, end, name):
                named.append((at, end, name))
            at = norm.find(short, end)
    for start, end, name in finder.short_areas:
        away = name not in levels and (
            _THERE.match(norm, end)
            and _AWAY.search(norm, max(0, start - 12), start)
            or _TOGETHER.match(norm, end)
            or end - start > 1
            and _LAST_OF.match(norm, end)
            and norm[start - 1 : start] in "、和与"
        )
        if away and alone(start, end, name):
            named.append((start, end, name))
    return [Mention("place", s, e, draft.text[s:e], name, "area-named", "admin", 0.99) for s, e, name in named]
