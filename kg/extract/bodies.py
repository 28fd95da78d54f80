"""Bodies and places: names found by their last word, their left edge by areas, levels and word edges.

Three sources, from the surest: organs after an area or level (``二七区委宣传部``, ``区人大常委会``; organs.tsv),
departments by stem and suffix (``区建设和交通局``; departments.tsv), and any name with a known head (``智海科技公司``,
``长江花园``; heads.tsv) whose left edge is the nearest word that cannot be part of a name (edges.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg import lexicon
from kg.extract.draft import Draft
from kg.extract.vocabulary import LEVELS, Vocabulary, areas, cut, vocabulary
from kg.model import Jurisdiction, Mention, Rejected

_UNIT = re.compile(r"[^，。；：、！？“”‘’《》（）\n\s…【】|]+")
_HAN = re.compile(r"[一-龥]")
#: words in which a level character is no level: 全区, 社区, 城市, 开发区
_NOT_LEVEL_BEFORE = set("全社小城地园景片郊辖各本该商校库灾山特老新我两三四五六七八九十一乡村集到多下邻跨外同进出整属")
#: 二七区 + 长江花园: after an area, these begin a title and no organ
_NUMBER = re.compile(r"^[0-9一二三四五六七八九十百千万两几多余数]+[个家所名座处条次项届场位]?$")
_SUB_ORGANS = ("党组", "党委", "党工委", "党支部", "党总支", "纪委", "纪工委", "工会", "团委", "妇联", "办公室", "机关党委", "委员会")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name: where, what kind, how sure, and by which rule. ``whole``: swallows names inside it."""

    start: int
    end: int
    kind: str
    subkind: str
    rule: str
    score: float

    @property
    def length(self) -> int:
        return self.end - self.start


class _Finder:
    """One pass over one article."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = draft.norm
        self.start, self.end = draft.article.prose
        self.vocabulary: Vocabulary = vocabulary(draft.extra)
        self.areas = areas(draft.extra)
        self.where: Jurisdiction = draft.context.jurisdiction
        self.tails = frozenset(lexicon.load("tails", draft.extra).words())
        self.generic = frozenset(lexicon.load("generic", draft.extra).words())
        self.area_ending: dict[int, int] = {}
        self.full_areas: list[tuple[int, int, str]] = []
        self.found: list[Candidate] = []
        self._cuts: dict[tuple[int, int], tuple[int, ...]] = {}

    # ------------------------------------------------------------ edges

    def _units(self) -> Iterator[tuple[int, int]]:
        for m in _UNIT.finditer(self.text, self.start, self.end):
            yield m.start(), m.end()

    def word_starts(self, start: int, end: int) -> tuple[int, ...]:
        """The word edges of a unit, by jieba."""
        if (start, end) not in self._cuts:
            edges, at = [], start
            for word in cut(self.text[start:end]):
                edges.append(at)
                at += len(word)
            self._cuts[start, end] = (*edges, end)
        return self._cuts[start, end]

    def level_ok(self, at: int) -> bool:
        """Whether the level character at ``at`` stands for an area: 区 in ，区委 but not in 社区, 全区."""
        if at <= self.start:
            return True
        before = self.text[at - 1]
        if not _HAN.match(before) or at in self.area_ending:
            return True
        if before in _NOT_LEVEL_BEFORE and self.text[at] in "区市县":
            return before in "到" and self.text[at] != "区"
        return True

    def prefix(self, at: int) -> int | None:
        """The start of the area or level that ends at ``at``; None where there is none."""
        if at in self.area_ending:
            start = self.area_ending[at]
            while start in self.area_ending:
                start = self.area_ending[start]
            return start
        if at > self.start and self.text[at - 1] in LEVELS and self.level_ok(at - 1):
            return at - 1
        return None

    def tail_ok(self, start: int, end: int) -> bool:
        """Whether what follows leaves the head alone: 二七区委|托 does not."""
        text = self.text
        for back in (1, 2):
            for ahead in (1, 2):
                if end - back >= start and text[end - back : end + ahead] in self.tails:
                    return False
        return True

    # ------------------------------------------------------------ sources

    def find_areas(self) -> None:
        text = self.text
        for hit in self.areas.words.find(text):
            name, short = hit.row["name"], hit.row["short"]
            if hit.start < self.start or hit.end > self.end:
                continue
            if not short and len(name) == 2 and hit.start > self.start and _HAN.match(text[hit.start - 1]):
                if hit.start not in self.area_ending:
                    continue
            self.area_ending[hit.end] = hit.start
            if not short:
                self.full_areas.append((hit.start, hit.end, name))
        for name in self.where.levels:
            forms = [name] + ([name[:-1]] if len(name) > 2 and name[-1] in "区县市旗" else [])
            for form in forms:
                at = text.find(form, self.start, self.end)
                while at >= 0:
                    if at + len(form) not in self.area_ending:
                        self.area_ending[at + len(form)] = at
                        if form == name:
                            self.full_areas.append((at, at + len(form), name))
                    at = text.find(form, at + 1, self.end)

    def find_organs(self) -> None:
        for hit in self.vocabulary.organs.find(self.text):
            if hit.start < self.start or hit.end > self.end or not self.tail_ok(hit.start, hit.end):
                continue
            after = self.text[hit.end : hit.end + 2]
            if hit.row["organ"] == "人大" and after[:1] in ("代", "会"):
                continue
            if hit.row["organ"] == "委" and after in ("政府", "市政"):
                pass
            start = self.prefix(hit.start)
            bare = hit.row["organ"] in _BARE_ORGANS
            if start is None and bare and self._edge_before(hit.start):
                start = hit.start
            if start is None:
                continue
            score = 0.95 if start < hit.start else 0.8
            self.found.append(Candidate(start, hit.end, "body", hit.row["kind"], "body-organ", score))

    def find_departments(self) -> None:
        for hit in self.vocabulary.departments.find(self.text):
            if hit.start < self.start or hit.end > self.end or not self.tail_ok(hit.start, hit.end):
                continue
            start = self.prefix(hit.start)
            if start is None:
                if not self._edge_before(hit.start):
                    continue
                start = hit.start
            kind = {"police": "government", "judicial": "judicial"}.get(hit.row["system"], hit.row["system"])
            self.found.append(Candidate(start, hit.end, "body", kind or "government", "body-department", 0.93))

    def _edge_before(self, at: int) -> bool:
        """Whether a bare organ may begin here: after punctuation, a level, or a word that ends names."""
        if at <= self.start or not _HAN.match(self.text[at - 1]):
            return True
        unit = self._unit_of(at)
        starts = self.word_starts(*unit)
        if at not in starts:
            return self.text[at - 2 : at] in self.vocabulary.edges or self.text[at - 1] in self.vocabulary.edges
        before = self.text[starts[starts.index(at) - 1] : at] if starts.index(at) else ""
        return before in self.vocabulary.edges or before[-1:] in LEVELS or before == ""

    def _unit_of(self, at: int) -> tuple[int, int]:
        start = at
        while start > self.start and _UNIT.match(self.text[start - 1]):
            start -= 1
        end = at
        while end < self.end and _UNIT.match(self.text[end]):
            end += 1
        return start, end

    def find_heads(self) -> None:
        """Names with a known last word. Nested ones are settled in :meth:`settle`."""
        hits = [h for h in self.vocabulary.heads.find(self.text) if h.start >= self.start and h.end <= self.end]
        for hit in hits:
            row = hit.row
            if not self.tail_ok(hit.start, hit.end):
                continue
            unit = self._unit_of(hit.start)
            if row["subkind"] == "street" and (named := self._listed_street(hit.start, hit.end, unit[0])) is not None:
                self.found.append(Candidate(named, hit.end, "both", "street", "street-listed", 0.97))
                continue
            start = self._left_edge(hit.start, unit)
            if start is None:
                continue
            stem = self.text[start : hit.start]
            if row["edge"] == "level":
                at = self._level_start(start, hit.start)
                if at is None:
                    continue
                start, stem = at, self.text[at : hit.start]
                if len(stem) < 3 or len(stem) > 12:
                    continue
            reason = self._unlikely(stem, row)
            if reason:
                self.draft.rejected.append(Rejected(start, hit.end, self.text[start : hit.end], "name-by-head", reason))
                continue
            score = 0.85 if row["edge"] != "level" else 0.8
            self.found.append(Candidate(start, hit.end, row["kind"], row["subkind"], "name-by-head", score))

    def _listed_street(self, at: int, end: int, floor: int) -> int | None:
        head = self.text[at:end]
        plain = "街道" if head.startswith("街道") else head[0] if head[0] in "镇乡" else ""
        if not plain:
            return None
        for length in range(7, 0, -1):
            if at - length >= floor and self.text[at - length : at] + plain in self.areas.streets:
                if length == 1 and plain != "街道" and at - length > floor:
                    continue
                return at - length
        return None

    def _level_start(self, start: int, at: int) -> int | None:
        """The area or level with which a 区精细办-like name begins, at or after ``start``."""
        for i in range(start, at):
            if i in self.area_ending.values():
                return i
            if self.text[i] in LEVELS[:6] and i == start and at - i >= 3:
                return i
        return None

    def _left_edge(self, at: int, unit: tuple[int, int]) -> int | None:
        """How far left a name whose head begins at ``at`` reaches inside its unit; None if it has no left part."""
        starts = self.word_starts(*unit)
        text, edges = self.text, self.vocabulary.edges
        index = max(i for i, s in enumerate(starts) if s <= at)
        left = at
        if starts[index] < at:  # the head begins inside a word: 万博商|城
            left = starts[index]
        while index > 0:
            word = text[starts[index - 1] : starts[index]]
            if word in edges or _NUMBER.match(word):
                if word in ("与", "和", "及") and index > 1 and left < at and self._joins(starts, index, text):
                    index -= 1
                    left = starts[index - 1]
                    index -= 1
                    continue
                if _NUMBER.match(word) and text[starts[index] :][:1] in "号路街院区中小道弄巷环馆栋":
                    index -= 1
                    left = starts[index]
                    continue
                break
            if len(word) > 2 and word[-1] in "了着" :
                break
            index -= 1
            left = starts[index]
            if at - left > 24:
                return None
        return left

    def _joins(self, starts: tuple[int, ...], index: int, text: str) -> bool:
        """Whether 与 joins two parts of one name: 北京邮电大学网络与交换技术国家重点实验室."""
        before = text[starts[index - 2] : starts[index - 1]]
        return before not in self.vocabulary.edges and starts[index - 1] not in self.area_ending and not any(
            c.end == starts[index - 1] for c in self.found
        ) and self._head_far(starts, index)

    def _head_far(self, starts: tuple[int, ...], index: int) -> bool:
        return any(text_end in self.area_ending or any(c.end == text_end and c.kind == "body" for c in self.found)
                   for text_end in starts[max(0, index - 4) : index - 1])

    def _unlikely(self, stem: str, row: dict[str, str] | object) -> str:
        """Why a stem with this head is no name; empty if it may be one."""
        if not stem:
            return "no name before the head"
        words = cut(stem)
        if all(w in self.generic or w in self.vocabulary.edges or len(w) == 1 and w in LEVELS for w in words):
            return "describes, does not name"
        if stem[-1] in "的了各":
            return "describes, does not name"
        return ""

    # ------------------------------------------------------------ settling

    def settle(self) -> list[Candidate]:
        """One reading of overlapping candidates: the longer, but split where a place lies in a place."""
        merged = self._chain(sorted(set(self.found), key=lambda c: (c.start, -c.end)))
        out: list[Candidate] = []
        for c in sorted(merged, key=lambda c: (c.start, -c.length, -c.score)):
            if out and c.start < out[-1].end:
                last = out[-1]
                if c.end <= last.end:
                    continue
                if c.score > last.score + 0.05 and c.length >= last.length:
                    out[-1] = c
                continue
            out.append(c)
        return out

    def _chain(self, found: list[Candidate]) -> list[Candidate]:
        """Joins a body and the organ right after it (区人武部 + 党委), and splits places inside places."""
        by_end: dict[int, Candidate] = {}
        out: list[Candidate] = []
        for c in sorted(found, key=lambda c: (c.end, c.start)):
            inner = [o for o in by_end.values() if c.start <= o.start and o.end < c.end]
            split = [o for o in inner if self._splits(o, c)]
            if split:
                cut_at = max(o.end for o in split)
                stem = self.text[cut_at : c.end]
                if len(stem) >= 3 and stem not in self.vocabulary.head_rows:
                    c = replace(c, start=cut_at)
            before = by_end.get(c.start)
            if before and before.kind in ("body", "both") and self.text[c.start : c.end] in _SUB_ORGANS:
                c = replace(c, start=before.start, kind="body", subkind="party", score=0.9)
            by_end[c.end] = c
            out.append(c)
        for end, c in list(by_end.items()):
            for organ in _SUB_ORGANS:
                if self.text.startswith(organ, end) and c.kind in ("body", "both") and end + len(organ) not in by_end:
                    kind = "party" if organ[0] == "党" or organ[:2] == "纪委" else c.subkind
                    out.append(Candidate(c.start, end + len(organ), "body", kind, "body-organ-of-body", 0.9))
                    break
        return out

    @staticmethod
    def _splits(inner: Candidate, outer: Candidate) -> bool:
        """人和路街道|广兴社区|长江花园, but 杏苑社区颐养安居中心 whole."""
        if inner.subkind in ("street", "community") and inner.kind == "both":
            return outer.subkind in ("community", "compound", "road", "commercial", "park")
        return False


_BARE_ORGANS = frozenset(
    "组织部 宣传部 统战部 政法委 社会工作部 社工部 社治委 编办 网信办 巡察办 文明办 文明委 党工委 管委会 纪工委 人武部 总工会 妇联 团委 "
    "工商联 残联 科协 文联 侨联 红十字会 公安分局 公安局 交警大队 消防救援大队 消防大队 法院 检察院 纪委监委 纪委 党校 关工委".split()
)


def find(draft: Draft) -> None:
    """Adds the bodies and places of an article; ``both`` is decided by context in :mod:`kg.extract.readings`."""
    finder = _Finder(draft)
    finder.find_areas()
    finder.find_organs()
    finder.find_departments()
    finder.find_heads()
    settled = finder.settle()
    draft.add(decide(draft, settled))
    taken = [(m.start, m.end) for m in draft.of("body", "place")]
    draft.add(
        Mention("place", s, e, draft.text[s:e], name, "area-named", "admin", 0.99)
        for s, e, name in finder.full_areas
        if not any(a <= s and e <= b for a, b in taken)
    )


# ---------------------------------------------------------------- body or place

_GO = re.compile(
    r"(?:到|在|来到|走进|深入|前往|赴|抵达|位于|至|走访|察看了?|查看了?|实地察看了?|实地查看了?|参观了?|视察了?|观摩了?|暗访了?|"
    r"检查了?|考察了?|督导了?|调研了?|途经|进驻|落户|走访慰问了?|看望慰问了?|先后来到|坐落于?|来自|辖区|奔赴)$"
)
_ACT = re.compile(
    r"(?:[^，。；、]{0,6}(?:负责人|负责同志|主要领导|班子|干部|代表|工作人员|志愿者|书记|主任|民警|党员)|组织|开展|举行|举办|召开|联合|"
    r"承办|主办|协办|与|和|将|积极|坚持|汇报|表态|参加|陪同|结合|通过|以|为|把|已经|已|始终|成立|推出|打造|创新|按照|邀请|等?\d*个?(?:单位|部门|局|委局|街道|镇|公司|企业))"
)


def decide(draft: Draft, settled: list[Candidate]) -> list[Mention]:
    """Candidates become mentions: what was visited or is somewhere is a place, what acts is a body."""
    text = draft.norm
    out: list[Mention] = []
    visited_until = -1
    previous: Candidate | None = None
    for c in settled:
        joined = previous is not None and text[previous.end : c.start] in ("、", "和", "及", "以及", "与", "，", "")
        before = text[max(draft.article.prose[0], c.start - 6) : c.start]
        if _GO.search(before) and not before.endswith("等"):
            visited = True
        else:
            visited = joined and visited_until == (previous.end if previous else -2)
        if visited and c.kind == "body" and c.subkind in ("party", "congress", "cppcc", "government", "judicial", "taskforce"):
            visited = bool(re.match(r"[，。、]?(?:等[处地]|调研|视察|检查|走访|看望|慰问|察看)", text[c.end : c.end + 4]))
        if visited:
            visited_until = c.end
        kind, sub = c.kind, c.subkind
        if kind == "both":
            if visited:
                kind = "place"
            elif sub in ("street", "community"):
                kind = "body" if _ACT.match(text, c.end) or c.end - c.start > 4 and text[c.end - 1] in "处办委府" else "place"
                if text[c.start - 1 : c.start] == "由":
                    kind = "body"
            else:
                kind = "body" if _ACT.match(text, c.end) and sub != "facility" else "place"
        elif kind == "body" and visited:
            kind, sub = "place", {"company": "commercial"}.get(sub, "facility")
        if kind == "body" and sub in ("facility",):
            sub = "government"
        if kind == "place" and sub in ("company", "education", "research", "government", "other", "social", "media"):
            sub = "facility"
        out.append(Mention(kind, c.start, c.end, draft.text[c.start : c.end], text[c.start : c.end], c.rule, sub, c.score))  # type: ignore[arg-type]
        previous = c
    return out
