"""Bodies and places: names found by their last word, their left edge by areas, levels and word edges.

Three sources, from the surest: organs after an area or level (``二七区委宣传部``, ``区人大常委会``; organs.tsv),
departments by stem and suffix (``区建设和交通局``; departments.tsv), and any name with a known head (``智海科技公司``,
``长江花园``; heads.tsv) whose left edge is the nearest word that cannot be part of a name (edges.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extract.draft import Draft
from kg.extract.names import Name, Namer
from kg.extract.vocabulary import LEVELS, Hit, Vocabulary, areas, cut, vocabulary
from kg.model import Jurisdiction, Mention, Rejected

_UNIT = re.compile(r"[^，。；：、！？“”‘’《》（）\n\s…【】|]+")
_HAN = re.compile(r"[一-龥]")
_NATIONAL = re.compile(r"国家|中国|全国|中央|中华")
_INVERTED = re.compile(r"(政协|中国人民政治协商会议|中共|中国共产党)([一-龥]{2,12}?[省市区县旗州盟])委员会")
_BOOK = re.compile(r"《[^《》]*》")
#: words in which a level character is no level: 全区, 社区, 城市, 开发区
_NOT_LEVEL_BEFORE = set("全社小城地园景片郊辖各本该商校库灾山特老新我两三四五六七八九十一乡村集到多下邻跨外同进出整属")
#: 二七区 + 长江花园: after an area, these begin a title and no organ
_NUMBER = re.compile(r"^(?:[0-9.]+)?[万亿]?元$|^[0-9一二三四五六七八九十百千万亿两几多余数]+[个家所名座处条次项届场位]?$")
_SUB_ORGANS = ("党组", "党委", "党工委", "党支部", "党总支", "纪委", "纪工委", "工会", "团委", "妇联", "办公室", "机关党委", "委员会")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name: where, what kind, how sure, by which rule; ``shared`` is the head it shares with its list."""

    start: int
    end: int
    kind: str
    subkind: str
    rule: str
    score: float
    shared: str = ""
    prefixed: bool = False

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
        self.area_ending: dict[int, int] = {}
        self.titles: list[tuple[int, int]] = []
        self.full_areas: list[tuple[int, int, str]] = []
        self.found: list[Candidate] = []
        self.nested: list[Candidate] = []
        self._area_starts: frozenset[int] = frozenset()
        self._ends: dict[int, Candidate] = {}
        self._street_ends: dict[int, int] = {}
        self.persons: list[Name] = []
        self._person_ends: frozenset[int] = frozenset()
        self._role_ends: frozenset[int] = frozenset()
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
            if self.text[at - 1] in "镇乡" and at - 2 >= self.start and _HAN.match(self.text[at - 2]):
                unit = self._unit_of(at - 1)
                named = self._listed_street(at - 1, at, unit[0])
                if named is None:
                    named = self._left_edge(at - 1, unit, self.vocabulary.head_rows[self.text[at - 1]])[0]
                if named is not None and named < at - 1:
                    return named
            return at - 1
        return None

    def tail_ok(self, start: int, end: int) -> bool:
        """Whether what follows leaves the head alone: 二七区委|托 does not."""
        text = self.text
        if text.startswith("成员", end) and text[end - 1] == "组":
            return True  # 县政府党组|成员
        for back in (1, 2):
            for ahead in (1, 2):
                if end - back >= start and text[end - back : end + ahead] in self.vocabulary.tails:
                    return False
        return True

    # ------------------------------------------------------------ sources

    def find_areas(self) -> None:
        text = self.text
        self.titles = [(m.start(), m.end()) for m in _BOOK.finditer(text)]
        for hit in self.areas.words.find(text):
            name, short = hit.row["name"], hit.row["short"]
            if hit.start < self.start or hit.end > self.end or self._in_title(hit.start):
                continue
            if not short and len(name) == 2 and hit.start > self.start and _HAN.match(text[hit.start - 1]):
                if hit.start not in self.area_ending:
                    continue
            self.area_ending[hit.end] = hit.start
            if not short:
                self.full_areas.append((hit.start, hit.end, name))
        for name in self.where.levels:
            forms = [name] + ([name[:-1]] if len(name) > 2 and name[-1] in "区县市旗" else [])
            city = self.where.city[:-1]
            if city and name.startswith(city) and len(name) > len(city) + 2:
                forms[1:] = [name[len(city) :]]  # 高新区 on the page of 西安高新区
            for form in forms:
                at = text.find(form, self.start, self.end)
                while at >= 0:
                    if at + len(form) not in self.area_ending and not self._in_title(at):
                        self.area_ending[at + len(form)] = at
                        if form == name:
                            self.full_areas.append((at, at + len(form), name))
                    at = text.find(form, at + 1, self.end)

    def find_inverted(self) -> None:
        """政协北京市海淀区委员会, 中共皇姑区委员会: the area inside the name."""
        for m in _INVERTED.finditer(self.text, self.start, self.end):
            if m.end(2) in self.area_ending:
                kind = "cppcc" if "协" in m[1] else "party"
                self.found.append(Candidate(m.start(), m.end(), "body", kind, "body-organ", 0.95))

    def _in_title(self, at: int) -> bool:
        """Whether a place of the text is inside 《》: a title names no body or place of its own."""
        return any(s < at < e for s, e in self.titles)

    def find_organs(self) -> None:
        for hit in self.vocabulary.organs.find(self.text):
            if hit.start < self.start or hit.end > self.end or not self.tail_ok(hit.start, hit.end):
                continue
            after = self.text[hit.end : hit.end + 2]
            if hit.row["organ"] == "人大" and after[:1] in ("代", "会"):
                continue
            if hit.row["organ"] == "中央" and after[:1] not in ("、", "和"):
                continue
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
                if self.text[hit.end - 2 : hit.end] in ("中心", "会议") or not self._edge_before(hit.start):
                    continue
                start = hit.start
            kind = {"police": "government", "judicial": "judicial"}.get(hit.row["system"], hit.row["system"])
            self.found.append(Candidate(start, hit.end, "body", kind or "government", "body-department", 0.93))

    def _edge_before(self, at: int) -> bool:
        """Whether a bare organ may begin here: after punctuation, a level, or a word that ends names."""
        if self.text[at - 1 : at] in ("个", "家", "名", "所"):
            return False
        if at <= self.start or not _HAN.match(self.text[at - 1]):
            return True
        unit = self._unit_of(at)
        starts = self.word_starts(*unit)
        if at not in starts:
            return self.text[at - 2 : at] in self.vocabulary.edges or self.text[at - 1] in self.vocabulary.edges
        before = self.text[starts[starts.index(at) - 1] : at] if starts.index(at) else ""
        return before in self.vocabulary.edges or before[-2:] in self.vocabulary.edges or before[-1:] in LEVELS or before == ""

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
        for hit in self.vocabulary.heads.find(self.text):
            if hit.start < self.start or hit.end > self.end or not self.tail_ok(hit.start, hit.end):
                continue
            if self.text[hit.start - 1 : hit.start] in ("之", "的") or self._inside_area(hit.start, hit.end):
                continue
            if any(p.start < hit.end and hit.start < p.end for p in self.persons):
                continue
            self._head(hit, hit.row)

    def _head(self, hit: Hit, row: Mapping[str, str]) -> None:
        unit = self._unit_of(hit.start)
        if row["subkind"] == "street":
            named = self._listed_street(hit.start, hit.end, unit[0])
            if named is not None:
                start = self.area_start(named)
                self.found.append(Candidate(start, hit.end, "both", "street", "street-listed", 0.97))
                self._street_ends[hit.end] = start
                return
        if self._quoted(unit) and hit.end == unit[1] and row["subkind"] in ("alliance", "research", "commercial", "taskforce", "social") and len(row["head"]) > 1 and 2 < unit[1] - unit[0] <= 20:
            self.found.append(Candidate(unit[0], hit.end, row["kind"], row["subkind"], "name-in-quotes", 0.85))
            return
        level = row["edge"] == "level"
        if len(row["head"]) == 1 and not self._word_end(hit.end, unit):
            return
        start, proper = self._left_edge(hit.start, unit, row)
        if start is None:
            return
        if (cut_at := self.text.rfind("辖区", start, hit.start)) >= start:
            start = cut_at + 2
        if self.text[start - 1 : start].isdigit() and self.text[start] in "年个家名座条":
            return
        stem = self.text[start : hit.start]
        prefixed = start in self._area_starts or self.text[start : start + 1] in LEVELS[:6] and self.level_ok(start)
        if level:
            at = start if prefixed else None
            if at is None or len(stem) < 3 or len(stem) > 10 or self.text[hit.start - 1 : hit.end] in self.vocabulary.role_rows:
                return
        elif not stem:
            return
        elif self.text[start : start + 1] in LEVELS[:6] and len(stem) < 3 and start not in self._area_starts:
            if row["subkind"] not in _INSTITUTIONS or not prefixed:
                return
        score = max(proper, 0.85) if _NATIONAL.match(stem) and len(stem) > 3 else proper
        if prefixed and (row["kind"] == "body" or row["subkind"] in _INSTITUTIONS) and score < 0.8:
            score = 0.8
        if row["subkind"] in ("taskforce", "research", "alliance") and len(stem) >= 6 and score < 0.8:
            score = 0.8
        if row["subkind"] in ("street", "community") and score >= 0.8:
            self._street_ends[hit.end] = start
        found = Candidate(start, hit.end, row["kind"], row["subkind"], "name-by-head", score, "", prefixed)
        self.found.append(found)
        if score >= 0.8 and row["kind"] != "place" and row["subkind"] not in ("street", "community", "facility"):
            self._ends.setdefault(hit.end, found)

    def _inside_area(self, start: int, end: int) -> bool:
        return any(s <= start and end <= e for e, s in self.area_ending.items())

    def _quoted(self, unit: tuple[int, int]) -> bool:
        return self.text[unit[0] - 1 : unit[0]] in ("“", "‘") and self.text[unit[1] : unit[1] + 1] in ("”", "’")

    def _listed_street(self, at: int, end: int, floor: int) -> int | None:
        """The start of a street office or town on the list of divisions that ends in this head."""
        head = self.text[at:end]
        plain = "街道" if head.startswith("街道") else head[0] if head[0] in "镇乡" else ""
        if not plain:
            return None
        for length in range(7, 0, -1):
            stem = self.text[at - length : at]
            if at - length >= floor and stem + plain in self.areas.streets and stem not in self.vocabulary.edges:
                if length == 1 and at - length > floor and self.text[at - 2 : at - 1] not in self.vocabulary.edges:
                    continue
                return at - length
        return None

    def area_start(self, at: int) -> int:
        """``at``, or the start of the areas printed right before it: |郑州市二七区淮河路街道."""
        while at in self.area_ending:
            at = self.area_ending[at]
        return at

    def _word_end(self, at: int, unit: tuple[int, int]) -> bool:
        return at in self.word_starts(*unit)

    def _left_edge(self, at: int, unit: tuple[int, int], row: Mapping[str, str]) -> tuple[int | None, float]:
        """How far left a name reaches whose head begins at ``at``, and how surely it names (see :meth:`_names`).

        Walks left word by word to the first word that cannot be part of a name. 与 and 和 join two parts of one name
        when a body or area stands further left (北京邮电大学网络与交换技术国家重点实验室).
        """
        starts = self.word_starts(*unit)
        text, v = self.text, self.vocabulary
        index = max(i for i, s in enumerate(starts) if s <= at)
        left = at
        words: list[str] = []
        if starts[index] < at:  # the head begins inside a word: 万博商|城, but not 弯|路
            whole = text[starts[index] : starts[index + 1]]
            common = starts[index + 1] == at + len(row["head"]) and whole in v.common
            if common and len(row["head"]) == 1 and (row["subkind"] != "community" or whole in v.generic):
                return None, 0.0
            left = starts[index]
            if not common:
                words.append(text[left:at])
        nominal = row["subkind"] in _LONG_STEMS
        crossed = -1
        listed = nominal and text[unit[0] - 1 : unit[0]] == "、"
        while index > 0 and left > unit[0]:
            if left in self.area_ending:
                short = text[left - 1] not in LEVELS
                words.append("=" if short else "")
                left = self.area_start(left)
                if left in self._ends:  # 市生态环境局|霍山县|分局
                    left = self._ends[left].start
                elif short and left > unit[0] and left in starts and nominal:
                    index = starts.index(left)  # 抖音|成都|直播基地
                    continue
                break
            street = self._street_ends.get(left)
            if street is not None and left < at:
                if row["subkind"] not in _INSIDE_STREETS:
                    left = street
                    words.append("=")
                break
            body = self._ends.get(left)
            if left in self._person_ends or left in self._role_ends:
                break
            if body is not None and body.start < starts[index - 1]:
                left = body.start
                words.append("=")
                break
            word = text[starts[index - 1] : starts[index]]
            if _NUMBER.match(word):
                if not (word[-1] in "个家所名座处条项次届场" and len(word) > 1) and (
                    text[left : left + 1] in "号路街院区中小道弄巷环馆栋/-—" or left == at and row["head"] in ("号院", "号楼")
                ):
                    words.append(word)
                    index -= 1
                    left = starts[index]
                    continue
                break
            if word in v.edges:
                if word in ("与", "和") and left < at and row["edge"] != "level" and self._joins(starts, index, row):
                    words.append(text[starts[index - 2] : starts[index - 1]])
                    index -= 2
                    left = starts[index]
                    continue
                if word in v.nominal and (starts[index - 1] in self._ends or starts[index - 1] in self._street_ends):
                    break
                if word in ("和", "与") and row["edge"] == "level" and (found := self._level_before(starts[index - 1], unit)) is not None:
                    left = found  # 县|工业商贸和科技信息局
                    words.append("=")
                    break
                if not (nominal and word in v.nominal):
                    if not (listed and word in v.verbs and index > 1):
                        break
                    crossed = len(words)
            if at - starts[index - 1] > 24:
                return None, 0.0
            words.append(word)
            index -= 1
            left = starts[index]
        if crossed >= 0 and self._names(words[crossed + 1 :]) < 0.8:
            left += sum(map(len, words[crossed:]))
            del words[crossed:]
        while words and words[-1] in v.edges and left not in self._area_starts:  # 推进|智慧城市指挥部
            left += len(words.pop())
        return left, self._names(words)

    def _level_before(self, at: int, unit: tuple[int, int]) -> int | None:
        """The level or area that begins a department's name whose first half ends at ``at``: 县|工业商贸|和…"""
        if self.text[at - 1] in "局委办厅部院府会" or at in self._ends:
            return None
        for start in range(at - 2, max(unit[0], at - 9) - 1, -1):
            if start in self.area_ending or self.text[start : start + 1] in LEVELS[:6] and self.level_ok(start) and at - start > 2:
                between = self.text[start + (start not in self.area_ending) : at]
                if any(w in self.vocabulary.edges and w not in self.vocabulary.nominal for w in cut(between)):
                    return None
                return self.area_start(start) if start in self.area_ending else start
        return None

    def _names(self, words: list[str]) -> float:
        """How surely words (right to left) name rather than describe.

        0.85: a part that names (豪邦|花园); 0.55: ordinary words (航海|小区, which may be a name in a list of sites);
        0.3: words that only describe (背街|小巷).
        """
        v = self.vocabulary
        singles, score = 0, 0.3
        for word in words:
            if word == "=":
                return 0.85
            if len(word) == 1:
                plain = word in v.edges or word in v.generic or not _HAN.match(word)
                singles = 0 if plain else singles + 1
                if singles >= 2:
                    return 0.85
                continue
            singles = 0
            if word in v.generic or word in v.edges or len(word) > 2 and word[-1] in "化性型级类式":
                continue
            if word and word not in v.common:
                return 0.85
            score = 0.55 if word else score
        return score

    def _joins(self, starts: tuple[int, ...], index: int, row: Mapping[str, str]) -> bool:
        at = starts[index - 1]
        if index < 2 or at in self.area_ending or at in self._ends or at in self._person_ends:
            return False
        before = self.text[starts[index - 2] : at]
        if before in self.vocabulary.edges:
            return False
        if any(s in self.area_ending or s in self._ends for s in starts[max(0, index - 4) : index - 1]):
            return True
        alone = index == 2 or self.text[starts[index - 3] : starts[index - 2]] in self.vocabulary.edges
        return alone and row["subkind"] == "research"

    def find_lists(self) -> None:
        """``嵩山路、洁云路、大学路等5个公安分局``: the head after 等 is every item's; 等单位, 等企业 tell what items are."""
        for m in _LIST_TAIL.finditer(self.text, self.start, self.end):
            head = next((h for n in range(6, 1, -1) if (h := self.text[m.end() : m.end() + n]) in self._list_heads), "")
            if not head:
                continue
            kind, sub, own = self._list_heads[head]
            for start, end in self._items_before(m.start()):
                if any(c.start <= start and c.end == end and c.kind != "place" for c in self.found) and own:
                    continue
                if own and self._names(list(reversed(cut(self.text[start:end])))) < 0.8:
                    continue
                self.found = [c for c in self.found if not (start <= c.start and c.end <= end)]
                self.found.append(Candidate(start, end, kind, sub, "list-with-shared-head" if not own else "list-of-bodies", 0.86, "" if own else head))

    @property
    def _list_heads(self) -> dict[str, tuple[str, str, bool]]:
        return _LIST_HEADS

    def _items_before(self, at: int) -> list[tuple[int, int]]:
        """The items of the list that ends at ``at``: 、-separated, up to the first word that belongs to no name."""
        items: list[tuple[int, int]] = []
        end = at
        while True:
            start = end
            while start > self.start and _UNIT.match(self.text[start - 1]):
                start -= 1
            last = self.text[start - 1 : start] != "、"
            if start >= end:
                break
            starts = self.word_starts(*self._unit_of(start))
            for i in range(len(starts) - 1, 0, -1):
                word = self.text[starts[i - 1] : starts[i]]
                if starts[i] < end and (word in self.vocabulary.edges and word not in self.vocabulary.nominal or word in self.vocabulary.role_rows):
                    start, last = max(start, starts[i]), True
                    break
            if not 2 <= end - start <= 16 or any(start <= p.start < end for p in self.persons):
                break
            items.append((start, end))
            if last:
                break
            end = start - 1
        return items if len(items) > 1 else []

    def freeze(self) -> None:
        """Makes the look-ups that heads need: where areas begin, and where surer names end."""
        self._area_starts = frozenset(self.area_ending.values())
        self._ends = {c.end: c for c in self.found if c.kind == "body"}
        self.persons = Namer(self.text, self.start, self.end, self.vocabulary).anchored()
        self._person_ends = frozenset(p.end for p in self.persons)
        self._role_ends = frozenset(p.start for p in self.persons)

    # ------------------------------------------------------------ settling

    def settle(self) -> list[Candidate]:
        """One reading of overlapping candidates: the longer, but split where a place lies in a place."""
        found = [c for c in self.found if not self._in_title(c.start)]
        chained = self._chain(sorted(set(found), key=lambda c: (c.start, -c.end)))
        out: list[Candidate] = []
        for c in sorted(chained, key=lambda c: (c.start, -c.length, -c.score)):
            if out and c.start < out[-1].end:
                last = out[-1]
                if c.end > last.end and c.score > last.score + 0.05:
                    out[-1] = c
                continue
            out.append(c)
        return out

    def _chain(self, found: list[Candidate]) -> list[Candidate]:
        """Joins a body and the organ right after it (区人武部 + 党委), and splits places inside places."""
        by_end: dict[int, Candidate] = {}
        for c in sorted(found, key=lambda c: (c.end, -c.length, -c.score)):
            if c.end in by_end:
                continue
            split = [o for o in by_end.values() if c.start <= o.start and o.end < c.end and self._splits(o, c)]
            if split:
                at = max(o.end for o in split)
                if len(self.text[at : c.end]) >= 3 and self.text[at : c.end] not in self.vocabulary.head_rows:
                    c = replace(c, start=at)
            by_end[c.end] = c
        for end, c in list(by_end.items()):
            if c.kind == "place":
                continue
            for organ in _SUB_ORGANS:
                if not self.text.startswith(organ, end):
                    continue
                stop = end + len(organ)
                if not self.tail_ok(end, stop):
                    continue
                longer = by_end.get(stop)
                if longer is None or longer.start >= c.start:
                    kind = "party" if organ[0] == "党" or organ.startswith("纪") else c.subkind
                    by_end[stop] = Candidate(c.start, stop, "body", kind, "body-organ-of-body", 0.9)
                    self.nested.append(c)
                break
        for c in by_end.values():
            if c.subkind in ("research", "education"):
                self.nested += [o for o in by_end.values() if o.start == c.start and o.end < c.end and o.subkind == "education"]
        return list(by_end.values())

    def _splits(self, inner: Candidate, outer: Candidate) -> bool:
        """人和路街道|广兴社区|长江花园, but 杏苑社区颐养安居中心 whole."""
        if inner.subkind in ("street", "community") and inner.kind == "both":
            return outer.subkind in ("community", "compound", "road", "commercial", "park", "street")
        return inner.subkind == "road" and self.text[inner.end - 1] == "口" and outer.subkind in ("commercial", "compound", "venue")


_BARE_ORGANS = frozenset(
    "组织部 宣传部 统战部 政法委 社会工作部 社工部 社治委 编办 网信办 巡察办 文明办 文明委 党工委 管委会 纪工委 人武部 总工会 妇联 团委 "
    "中央 党中央 中共中央 国务院 工商联 残联 科协 文联 侨联 红十字会 公安分局 公安局 交警大队 消防救援大队 消防大队 法院 检察院 纪委监委 纪委 党校 关工委".split()
)


#: heads whose names may hold nouns of action: 城市环境综合整治提升指挥部, 养老服务中心
_LONG_STEMS = frozenset(
    ("taskforce", "research", "alliance", "social", "government", "facility", "project", "area", "education", "venue", "other", "company", "media")
)
#: a place of these kinds lies in a street or community and does not take its name along
_INSIDE_STREETS = frozenset(("area", "street", "community", "compound", "road", "commercial", "park"))
#: with an area before them these are names even when the rest describes: 西安市第二医院, 县一中, 市图书馆
_INSTITUTIONS = frozenset(("education", "other", "venue", "media", "research", "park"))
_LIST_TAIL = re.compile(r"等(?:共?(?:[0-9一二三四五六七八九十百两]+|多|余|数|几)+[余多]?[个家所名]|一大?批|[^，。；、“”]{0,4}(?=单位|企业|部门|公司))?(?:电商直播|跨境电商|重点|优秀|知名|本地|辖区|规上|龙头)?")
_LIST_HEADS: dict[str, tuple[str, str, bool]] = {
    "公安分局": ("body", "government", False), "派出所": ("body", "government", False), "街道": ("both", "street", False),
    "乡镇": ("both", "street", True), "镇街": ("both", "street", True), "社区": ("both", "community", False),
    "村": ("both", "community", False), "企业": ("body", "company", True), "公司": ("body", "company", True),
    "单位": ("body", "other", True), "高校": ("body", "education", True), "学校": ("body", "education", True),
    "商家": ("body", "company", True), "商户": ("body", "company", True), "医院": ("body", "other", False), "机构": ("body", "other", True),
    "小区": ("place", "compound", False), "部门": ("body", "government", True), "委局": ("body", "government", True),
}


def find(draft: Draft) -> None:
    """Adds the bodies and places of an article, one reading for each; see :func:`decide`."""
    finder = _Finder(draft)
    finder.find_areas()
    finder.find_organs()
    finder.find_inverted()
    finder.find_departments()
    finder.freeze()
    finder.find_heads()
    finder.find_lists()
    settled = finder.settle()
    draft.areas = finder.area_ending
    draft.add(decide(draft, settled, finder.nested))
    draft.add(listed_sites(draft))
    taken = [(m.start, m.end) for m in draft.of("body", "place")]
    draft.add(
        Mention("place", s, e, draft.text[s:e], name, "area-named", "admin", 0.99)
        for s, e, name in finder.full_areas
        if not any(a <= s and e <= b for a, b in taken) and draft.norm[e : e + 1] != "长"
    )


# ---------------------------------------------------------------- body or place

_GO = re.compile(
    r"(?:到|在|来到|走进|深入|前往|赴|抵达|位于|至|走访|察看了?|查看了?|实地察看了?|实地查看了?|参观了?|视察了?|观摩了?|暗访了?|"
    r"检查了?|考察了?|督导了?|调研了?|途经|进驻|落户|走访慰问了?|看望慰问了?|先后来到|坐落于?|辖区|奔赴)$"
)
_GO_FROM = re.compile(
    r"来到|走进|深入|前往|赴|走访了?|察看了?|查看了?|参观了?|视察了?|暗访了?|先后到|(?<=[队人行])到"
)
#: words after which a list is one of visited places no longer
_NO_LIST = re.compile(r"调研|督导|检查(?!站)|了解|听取|参加|召开|举行|开展|汇报|负责人|负责同志|工作|情况|就")
_ACT = re.compile(
    r"(?:[^，。；、]{0,6}(?:负责人|负责同志|主要领导|班子|干部|代表|工作人员|志愿者|书记|主任|民警|党员)|组织|开展|举行|举办|召开|联合|"
    r"承办|主办|协办|与|和|将|积极|坚持|汇报|表态|参加|陪同|结合|通过|以|为|把|已经|已|始终|成立|推出|打造|创新|按照|邀请|等?\d*个?(?:单位|部门|局|委局|街道|镇|公司|企业))"
)


def decide(draft: Draft, settled: list[Candidate], nested: list[Candidate]) -> list[Mention]:
    """Candidates become mentions: what was visited or is somewhere is a place, what acts is a body.

    ``郑州市淮河路街道`` after 到 is a place, before 组织 a body; a school or a firm on a list of sites is a place. A name made of
    describing words alone (老旧小区) stays out unless it stands in a list of visited sites or of bodies.
    """
    text = draft.norm
    out = [_mention(draft, c, visited=False, acting=True) for c in nested]
    for chain in _chains(settled, text):
        visited = _visited(text, draft.article.prose[0], chain[0].start)
        public = any(c.kind == "body" and c.subkind in _PUBLIC and c.score >= 0.8 for c in chain)
        bodies = any(c.kind == "body" and c.score >= 0.8 for c in chain)
        acting = not visited and (public or bool(_ACT.match(text, chain[-1].end)) and len(chain) > 1)
        for c in chain:
            if c.score < 0.7 and not (c.score > 0.5 and (visited and c.kind != "body" or bodies and c.kind == "body")) and not (
                c.score > 0.5 and c.subkind == "road" and c.end - c.start > 3 and text[c.end - 1] in "道街"
            ):
                draft.rejected.append(Rejected(c.start, c.end, text[c.start : c.end], c.rule, "describes, does not name"))
                continue
            if not visited and _doubtful(c, text, draft):
                continue
            out.append(_mention(draft, c, visited, acting))
    return out


def _visited(text: str, floor: int, at: int) -> bool:
    """Whether a list of visited places reaches to ``at``: 先后来到A、B|、C, 到|D."""
    clause = max(text.rfind(mark, floor, at) for mark in "，。；：\n") + 1
    before = text[max(floor, clause) : at]
    if _GO.search(before[-7:]) and not before.endswith("等"):
        return True
    m = None
    for m in _GO_FROM.finditer(before):
        pass
    return m is not None and "、" in before[m.end() :] and not _NO_LIST.search(before, m.end())


def _doubtful(c: Candidate, text: str, draft: Draft) -> bool:
    """Whether a place that nobody is said to have visited is better left out: 走弯路, “…示范区”."""
    if c.kind != "place":
        return False
    if c.subkind in ("area", "project"):
        return not c.prefixed or text[c.end : c.end + 1] == "”"
    return c.subkind == "road" and text[c.start] in vocabulary(draft.extra).edges


def _chains(settled: list[Candidate], text: str) -> Iterator[list[Candidate]]:
    """Names in one list: joined by 、, 和, 及 or nothing."""
    chain: list[Candidate] = []
    for c in settled:
        if chain and text[chain[-1].end : c.start] not in _LIST_JOINS:
            yield chain
            chain = []
        chain.append(c)
    if chain:
        yield chain


def listed_sites(draft: Draft) -> list[Mention]:
    """Items of a list of visited places that no head gives away: 嵩山路关照先生, 江安河簇桥段, 慧鑫源.

    Only in a list in which another item is a known place, and only items without a verb or a person.
    """
    text, words = draft.norm, vocabulary(draft.extra)
    known = draft.of("place")
    out: list[Mention] = []
    for m in _SITES.finditer(text, *draft.article.prose):
        start, end = m.span(1)
        if "、" not in m[1] or not any(start <= p.start < end for p in known):
            continue
        at = start
        for item in re.split(r"[、和及]", m[1]):
            stop = at + len(item)
            clean = 2 <= len(item) <= 16 and not any(p.start < stop and at < p.end for p in draft.of("place", "body"))
            if clean and not any(w in words.edges and w not in words.nominal for w in cut(item)) and not _NO_LIST.search(item):
                out.append(Mention("place", at, stop, draft.text[at:stop], item, "listed-site", "facility", 0.7))
            at = stop + 1
    return out


_SITES = re.compile(
    r"(?:先后来到|先后到|先后走进|先后前往|先后深入|来到|走进|实地察看了?|实地查看了?|察看了|查看了|参观了|视察了|观摩了|暗访了|实地检查了?)"
    r"([^，。；：“”]{4,120}?)(?:等[处地]?|[，。；]|进行|实地|现场)"
)
_LIST_JOINS = ("、", "和", "及", "以及", "与", "")
_PUBLIC = ("party", "congress", "cppcc", "government", "judicial", "taskforce", "military")


def _mention(draft: Draft, c: Candidate, visited: bool, acting: bool) -> Mention:
    text = draft.norm
    kind, sub = c.kind, c.subkind
    name = text[c.start : c.end] + c.shared
    if kind == "body" and sub in _PUBLIC and visited:
        visited = bool(_LOOK.search(text, max(0, c.start - 7), c.start) or re.match(r"[，。、]?(?:等处|调研|视察|检查|走访|看望|慰问|察看|督导)", text[c.end : c.end + 5]))
    if kind == "both":
        kind = "place" if visited or not (acting or _acts(text, c)) else "body"
    elif kind == "body" and visited:
        kind, sub = "place", {"company": "commercial"}.get(sub, "facility")
    if kind == "body" and sub == "facility":
        sub = "government"
    if kind == "place" and sub in ("company", "education", "research", "government", "other", "social", "media"):
        sub = "facility"
    return Mention("body" if kind == "body" else "place", c.start, c.end, draft.text[c.start : c.end], name, c.rule, sub, c.score)


_LOOK = re.compile(r"(?:察看了?|查看了?|参观了?|走进|来到|走访了?|视察了?|观摩了?|暗访了?|先后到)$")


def _acts(text: str, c: Candidate) -> bool:
    """Whether a street office, community or centre acts here rather than being where something happens."""
    if c.subkind in ("street", "community"):
        if text[c.end - 1] in "处办委府会部组" and text[c.end - 2 : c.end] != "社区":
            return True
        return bool(_ACT.match(text, c.end)) or text[c.start - 1 : c.start] in "由与和对该"
    return c.subkind == "other" or c.subkind != "facility" and bool(_ACT.match(text, c.end))
