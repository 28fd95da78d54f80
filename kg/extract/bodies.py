"""Bodies and places: names found by their last word, their left edge by areas, levels and word edges.

Three sources, from the surest: organs after an area or level (``二七区委宣传部``, ``区人大常委会``; organs.tsv),
departments by stem and suffix (``区建设和交通局``; departments.tsv), and any name with a known head (``智海科技公司``,
``长江花园``; heads.tsv) whose left edge is the nearest word that cannot be part of a name (edges.tsv).
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.draft import Draft
from kg.extract.ground import Candidate
from kg.extract.heads import HeadFinder
from kg.extract.sites import decide, listed_sites
from kg.extract.vocabulary import HAN, LEVELS, cut
from kg.model import Mention

_NATIONAL = re.compile(
    r"(?:国家|中国|全国)[一-龥]{2,11}?(?:总局|局|委员会|委|科学院|总会|联合会|协会|学会)(?![部员会])"
)
_INVERTED = re.compile(r"(政协|中国人民政治协商会议|中共|中国共产党)([一-龥]{1,12}?[省市区县旗州盟])委员会")
#: 民进江北区委会, 九三学社江北区委员会: the democratic parties' committees and branches
_PARTIES = re.compile(
    r"(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)([一-龥]{1,12}?[省市区县旗州])(?:委员会|委会|工委|总支|支部|委)"
)
_SUB_ORGANS = (
    "党组",
    "党委",
    "党工委",
    "党支部",
    "党总支",
    "纪委",
    "纪工委",
    "工会",
    "团委",
    "妇联",
    "办公室",
    "机关党委",
    "委员会",
)


#: what a town has of its own, printed without it
_OF_TOWN = frozenset((*_SUB_ORGANS, "政府", "人民政府", "人大", "人大主席团"))
#: names that may begin with the name of a street, community or road and yet be names of their own
_SPLIT = frozenset(("community", "compound", "road", "commercial", "park", "street", "venue"))


class _Finder(HeadFinder):
    """One pass over one article: organs, departments, heads, and one reading of what overlaps."""

    def prefix(self, at: int) -> int | None:
        """The start of the area or level that ends at ``at``; None where there is none."""
        if at in self.area_ending:
            start = self.area_ending[at]
            while start in self.area_ending:
                start = self.area_ending[start]
            return start
        if at > self.start and self.text[at - 1] in LEVELS and self.level_ok(at - 1):
            if at - 1 in self.area_ending and self.text[at - 2] == self.text[at - 1]:
                return self.area_start(at - 1)  # 凤县|县委
            if self.text[at - 1] in "镇乡" and at - 2 >= self.start and HAN.match(self.text[at - 2]):
                unit = self.unit_of(at - 1)
                named = self.listed_street(at - 1, at, unit.start)
                if named is None:
                    named = self._left_edge(at - 1, unit, self.vocabulary.head_rows[self.text[at - 1]])[0]
                if named is not None and named < at - 1:
                    return named
            return at - 1
        return None

    def find_organs(self) -> None:
        for hit in self.hits.organs:
            if hit.start < self.start or hit.end > self.end or not self.tail_ok(hit.start, hit.end):
                continue
            after = self.text[hit.end : hit.end + 2]
            if hit.row["organ"] == "人大" and after[:1] in ("代", "会"):
                continue
            if hit.row["organ"] == "中央" and after[:1] not in ("、", "和"):
                continue
            start = self.prefix(hit.start)
            bare = hit.row["bare"] == "yes"
            if start is None and bare and self.edge_before(hit.start):
                start = hit.start
            if start is None:
                continue
            score = 0.95 if start < hit.start else 0.8
            self.found.append(Candidate(start, hit.end, "body", hit.row["kind"], "body-organ", score))

    def find_inverted(self) -> None:
        """政协北京市海淀区委员会, 中共皇姑区委员会: the area inside the name."""
        if "委员会" not in self.text:
            return
        for m in _INVERTED.finditer(self.text, self.start, self.end):
            if m.end(2) in self.area_ending:
                kind = "cppcc" if "协" in m[1] else "party"
                self.found.append(Candidate(m.start(), m.end(), "body", kind, "body-organ", 0.95))
        for m in _PARTIES.finditer(self.text, self.start, self.end):
            if self.tail_ok(m.start(), m.end()):
                self.found.append(Candidate(m.start(), m.end(), "body", "party", "body-organ", 0.96))

    def find_national(self) -> None:
        """国家林业和草原局, 中国科学院: the country in front makes the name."""
        if not ("国家" in self.text or "中国" in self.text or "全国" in self.text):
            return
        for m in _NATIONAL.finditer(self.text, self.start, self.end):
            words = cut(m[0])
            if self.tail_ok(m.start(), m.end()) and not any(
                w in self.vocabulary.edges and w not in self.vocabulary.nominal and w != "和" for w in words
            ):
                self.found.append(Candidate(m.start(), m.end(), "body", "government", "body-national", 0.9))

    def find_departments(self) -> None:
        for hit in self.hits.departments:
            if hit.start < self.start or hit.end > self.end or not self.tail_ok(hit.start, hit.end):
                continue
            start = self.prefix(hit.start)
            if start is None:
                if not hit.row["suffixes"] and self.text[hit.start : hit.end] in self.vocabulary.head_rows:
                    continue  # 女鞋之都|商会 is for the finder of heads
                counted = re.match(r"[0-9一二两三四五六七八九十]", self.text[hit.end : hit.end + 1])  # 卫生院2家
                if self.text[hit.end - 2 : hit.end] in ("中心", "会议") or counted or not self.edge_before(hit.start):
                    continue
                start = hit.start
            kind = {"police": "government", "judicial": "judicial"}.get(hit.row["system"], hit.row["system"])
            if self.text.endswith(("指挥部", "领导小组", "专班", "工作组"), start, hit.end):
                kind = "taskforce"
            self.found.append(Candidate(start, hit.end, "body", kind or "government", "body-department", 0.93))

    def settle(self) -> list[Candidate]:
        """One reading of overlapping candidates: the longer, but split where a place lies in a place."""
        found = [c for c in self.found if not self.in_title(c.start)] if self.titles else self.found
        out: list[Candidate] = []
        for c in sorted(self._chain(found), key=lambda c: (c.start, -c.end, -c.score)):
            if out and c.start < out[-1].end:
                last = out[-1]
                if c.end > last.end and c.score > last.score + 0.05:
                    out[-1] = c
                continue
            out.append(c)
        return out

    def _chain(self, found: list[Candidate]) -> list[Candidate]:
        """Joins a body and the organ right after it (区人武部 + 党委), and splits places inside places."""
        text = self.text
        by_end: dict[int, Candidate] = {}
        for c in sorted(found, key=lambda c: (c.end, c.start, -c.score)):
            start, end = c.start, c.end
            if end in by_end:
                continue
            if c.subkind in _SPLIT:
                inner = [o.end for o in by_end.values() if start <= o.start and o.end < end and self._splits(o, c)]
                if inner and end - max(inner) >= 3 and text[max(inner) : end] not in self.vocabulary.head_rows:
                    c = c._replace(start=max(inner))
            by_end[end] = c
        for end, c in list(by_end.items()):
            if c.kind == "place" or not text.startswith(_SUB_ORGANS, end):
                continue
            for organ in _SUB_ORGANS:
                stop = end + len(organ)
                if not text.startswith(organ, end) or not self.tail_ok(end, stop):
                    continue
                longer = by_end.get(stop)
                if longer is None or longer.start >= c.start:
                    kind = "party" if organ[0] == "党" or organ.startswith("纪") else c.subkind
                    by_end[stop] = Candidate(c.start, stop, "body", kind, "body-organ-of-body", 0.9)
                    self.nested.append(c)
                break
        schools = [c for c in by_end.values() if c.subkind == "education"]
        for c in by_end.values() if schools else ():
            if c.subkind in ("research", "education"):
                self.nested += [o for o in schools if o.start == c.start and o.end < c.end]
        return list(by_end.values())

    def _splits(self, inner: Candidate, outer: Candidate) -> bool:
        """人和路街道|广兴社区|长江花园, but 杏苑社区颐养安居中心 whole."""
        if inner.subkind in ("street", "community") and inner.kind == "both":
            return outer.subkind in ("community", "compound", "road", "commercial", "park", "street")
        return (
            inner.subkind == "road"
            and self.text[inner.end - 1] == "口"
            and outer.subkind in ("commercial", "compound", "venue")
        )


def _with_town(mentions: list[Mention]) -> list[Mention]:
    """The organs of a town printed without it belong to the town last named: 双沟镇 … 镇党委 is 双沟镇党委."""
    out: list[Mention] = []
    town = {"镇": "", "乡": ""}
    for m in sorted(mentions, key=lambda m: m.start):
        name = m.name
        if m.subkind == "street" and name[-1] in town and len(name) > 2:
            town[name[-1]] = name
        elif town.get(name[0]) and name[1:] in _OF_TOWN:
            m = replace(m, name=town[name[0]] + name[1:])
        out.append(m)
    return out


def find(draft: Draft) -> None:
    """Adds the bodies and places of an article, one reading for each; see :func:`decide`."""
    finder = _Finder(draft)
    finder.find_areas()
    finder.find_organs()
    finder.find_inverted()
    finder.find_national()
    finder.find_departments()
    finder.freeze()
    finder.find_heads()
    finder.find_bracketed()
    finder.find_lists()
    settled = finder.settle()
    draft.areas = finder.area_ending
    draft.add(_with_town(decide(draft, settled, finder.nested)))
    draft.add(listed_sites(draft))
    own = draft.context.jurisdiction.name
    taken = [(m.start, m.end) for m in draft.of("body", "place")]
    draft.add(
        Mention("place", s, e, draft.text[s:e], name, "area-named", "admin", 0.99)
        for s, e, name in finder.full_areas
        if not (name != own and (draft.norm[s - 1 : s] == "“" or draft.norm[e : e + 1] == "“"))  # 南通市“最美护士”
        and not any(a <= s and e <= b for a, b in taken)
        and draft.norm[e : e + 1] != "长"
    )
