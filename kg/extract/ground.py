"""The ground that names stand on: word edges, areas and levels of one article, and what a name may not cross."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from kg.extract.draft import Draft
from kg.extract.names import Name
from kg.extract.vocabulary import LEVELS, Vocabulary, cut, own_streets, short_area, vocabulary
from kg.model import Jurisdiction

#: what no name reaches over
_BREAK = re.compile(r"[，。；：、！？“”‘’《》（）\n\s…【】|—]")
_BOOK = re.compile(r"《[^《》]*》")
#: zones named by their kind alone, before the organs that only zones have: 高新区|党工委
_ZONE = re.compile(
    r"(?:高新区|高新技术(?:产业)?开发区|经开区|经济(?:技术)?开发区|开发区|工业园区|产业园区|产业集聚区|旅游度假区|保税区)"
    r"(?=党工委|管委会|管理委员会|纪工委)"
)
#: firms whose branches are called by their areas
_FIRMS = ("国网", "中国移动", "中国电信", "中国联通", "中国铁塔", "中国邮政", "中国石化", "中国石油", "南方电网")
_NUMERALS = "0123456789一二三四五六七八九十两几多各"
#: words in which a level character is no level: 全区, 社区, 城市, 开发区
_NOT_LEVEL_BEFORE = set("全社小城地园景片郊辖各本该商校库灾山特老新我两三四五六七八九十一乡村集到多下邻跨外同进出整属")
#: words of one character that jieba glues to an unknown word beside them: |到哈|拉沟, 再到|, 院在|, 西至|
_GLUED_FIRST, _GLUED_LAST = frozenset("到赴"), frozenset("到在至")


class Candidate(NamedTuple):
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


class Unit(NamedTuple):
    """A stretch between two marks and its words, by jieba; ``starts`` says where each begins and the last ends."""

    start: int
    end: int
    words: tuple[str, ...]
    starts: tuple[int, ...]


class Ground:
    """One article's text with its areas and word edges; the finders of names build on it."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = draft.norm
        self.start, self.end = draft.article.prose
        self.vocabulary: Vocabulary = vocabulary(draft.extra)
        self.hits = self.vocabulary.find(self.text)
        self.where: Jurisdiction = draft.context.jurisdiction
        self.area_ending: dict[int, int] = {}
        self.titles: list[tuple[int, int]] = []
        self.full_areas: list[tuple[int, int, str]] = []
        #: cities and provinces in short (深圳), with the names in full
        self.short_areas: list[tuple[int, int, str]] = []
        self.found: list[Candidate] = []
        self.nested: list[Candidate] = []
        self._area_starts: frozenset[int] = frozenset()
        self._ends: dict[int, Candidate] = {}
        self._street_ends: dict[int, int] = {}
        self.persons: list[Name] = []
        self._person_ends: frozenset[int] = frozenset()
        self._role_ends: frozenset[int] = frozenset()
        #: where anything of these ends or begins, at which the walk to the left must look closer
        self._stops: set[int] = set()
        self._breaks = [m.start() for m in _BREAK.finditer(self.text, self.start, self.end)]
        self._units: dict[int, Unit] = {}

    def unit_of(self, at: int) -> Unit:
        """The stretch between two marks that holds ``at``."""
        breaks = self._breaks
        i = bisect_left(breaks, at)
        unit = self._units.get(i)
        if unit is None:
            start = breaks[i - 1] + 1 if i else self.start
            end = breaks[i] if i < len(breaks) else self.end
            words = self._apart(cut(self.text[start:end]))
            unit = self._units[i] = Unit(start, end, words, tuple(accumulate(map(len, words), initial=start)))
        return unit

    def _apart(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with 到 and the like cut off where jieba took them into a word it does not know: 到哈 is 到|哈."""
        out: list[str] = []
        for word in words:
            if word[0] == "和" and self._and_level(word):
                out += word
                continue
            if len(word) == 2 and (word[0] in _GLUED_FIRST or word[1] in _GLUED_LAST):
                known = word in self.vocabulary.common or word in self.vocabulary.edges
                if not known and (word[1] != "至" or word[0] in "东西南北"):
                    out += word
                    continue
            out.append(word)
        return tuple(out)

    def _and_level(self, name: str) -> bool:
        """Whether the name of an area is rather 和 and a level: 兴隆镇|和|县经济开发区, but not on the page of 和县."""
        return len(name) == 2 and name[0] == "和" and name[1] in LEVELS and name != self.where.name

    def level_ok(self, at: int) -> bool:
        """Whether the level character at ``at`` stands for an area: 区 in ，区委 but not in 社区, 全区."""
        if at <= self.start:
            return True
        before = self.text[at - 1]
        if not "一" <= before <= "龥" or at in self.area_ending:
            return True
        if before in "乡村镇" and self.text[at] in "镇街乡" or before in "省市区县旗" and self.text[at] in "乡镇":
            return False  # 各乡镇|人大, 县乡|人大
        if before in _NOT_LEVEL_BEFORE and self.text[at] in "区市县":
            return (
                before == "到" or before == "进" and self.text[at - 2 : at] in ("推进", "促进", "走进")
            )  # 推进|县医院
        return not (before in _NUMERALS and self.text[at] in "镇乡")  # 向阳、洄水、瓦庙、汉王四镇|人大

    def tail_ok(self, start: int, end: int) -> bool:
        """Whether what follows leaves the head alone: 二七区委|托 does not."""
        text, words = self.text, self.vocabulary
        if end + 2 <= len(text) and text[end - 1 : end + 1] not in words.tail_pairs:
            return True
        if text.startswith("成员", end) and text[end - 1] == "组":
            return True  # 县政府党组|成员
        lengths = (2,) if text.startswith(("组织", "组成"), end) else (1, 2)  # 服务中心|组织义诊 is no 中心组
        for back in (1, 2):
            for ahead in lengths:
                if end - back >= start and text[end - back : end + ahead] in words.tails:
                    return False
        return True

    def find_areas(self) -> None:
        text, first, last = self.text, self.start, self.end
        if "《" in text:
            self.titles = [(m.start(), m.end()) for m in _BOOK.finditer(text)]
        for start, end, row in self.hits.areas:
            if start < first or end > last or self.titles and self.in_title(start):
                continue
            name, short = text[start:end], row["short"]
            if self._and_level(name) and not (start == first or text[start - 1] in "，。；、\n"):
                continue
            glued = start > first and "一" <= text[start - 1] <= "龥" and start not in self.area_ending
            if glued and not short and len(name) == 2 and not text.endswith(("政协", "中共"), 0, start):
                continue
            self.area_ending[end] = start
            if not short:
                self.full_areas.append((start, end, name))
            elif len(found := self.vocabulary.areas.short[name]) == 1:
                self.short_areas.append((start, end, found[0].name))
        if "区" in text and any(organ in text for organ in ("工委", "管委会", "管理委员会")):
            for m in _ZONE.finditer(text, first, last):
                if m.start() in self.area_ending or self.edge_before(m.start()):
                    self.area_ending.setdefault(m.end(), m.start())
        for name in self.where.levels:
            forms = [name] + ([short_area(name)] if len(name) > 2 and name[-1] in "区县市旗" else [])
            city = self.where.city[:-1]
            if city and name.startswith(city) and len(name) > len(city) + 2:
                forms[1:] = [name[len(city) :]]  # 高新区 on the page of 西安高新区
            for form in forms:
                at = text.find(form, self.start, self.end)
                while at >= 0:
                    if at + len(form) not in self.area_ending and not self.in_title(at):
                        self.area_ending[at + len(form)] = at
                        if form == name:
                            self.full_areas.append((at, at + len(form), name))
                    at = text.find(form, at + 1, self.end)
        self._stops.update(self.area_ending)

    def firm_before(self, at: int) -> int:
        """Where a branch begins that is called by its area after its firm: |国网|泾县供电公司; else ``at``."""
        return next((at - len(firm) for firm in _FIRMS if self.text.endswith(firm, self.start, at)), at)

    def in_title(self, at: int) -> bool:
        """Whether a place of the text is inside 《》: a title names no body or place of its own."""
        return any(s < at < e for s, e in self.titles)

    def edge_before(self, at: int) -> bool:
        """Whether a bare organ may begin here: after punctuation, a level, or a word that ends names."""
        if self.text[at - 1 : at] in ("个", "家", "名", "所", "（"):
            return False
        if at <= self.start or not "一" <= self.text[at - 1] <= "龥":
            return True
        unit, edges = self.unit_of(at), self.vocabulary.edges
        if at not in unit.starts:
            return self.text[at - 2 : at] in edges or self.text[at - 1] in edges
        index = unit.starts.index(at)
        before = unit.words[index - 1] if index else ""
        return before in edges or before[-2:] in edges or before[-1:] in LEVELS or before == ""

    def listed_street(self, at: int, end: int, floor: int) -> int | None:
        """The start of a street office or town on the list of divisions that ends in this head."""
        head = self.text[at:end]
        if head == "街":  # 多宝街 is 多宝街道 on the page of its district
            own = own_streets(self.where.code)
            for length in range(2, min(6, at - floor) + 1):
                if self.text[at - length : at] + "街道" in own:
                    return at - length
            return None
        plain = "街道" if head.startswith("街道") else head[0] if head[0] in "镇乡" else ""
        if not plain:
            return None
        streets, edges = self.vocabulary.areas.streets, self.vocabulary.edges
        for length in range(min(7, at - floor), 0, -1):
            stem = self.text[at - length : at]
            if stem + plain in streets and stem not in edges:
                if length < 3 and at - length > floor and self.text[at - length - 1 : at - length + 1] in edges:
                    continue  # 召|开城镇
                if length == 1 and at - length > floor and self.text[at - 2 : at - 1] not in edges:
                    continue
                return at - length
        return None

    def area_start(self, at: int) -> int:
        """``at``, or the start of the areas printed right before it: |郑州市二七区淮河路街道."""
        while at in self.area_ending:
            at = self.area_ending[at]
        return at
