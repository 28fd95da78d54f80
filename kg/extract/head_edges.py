"""How far left a name reaches from its head, and whether its words name or only describe."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from kg.extract.ground import Ground, Unit
from kg.extract.vocabulary import ABOVE_TOWNS, LEVELS, cut

#: a number and what it counts: 3个, 十里, 5元
_NUMBER = re.compile(
    r"^(?:[0-9.]+)?[万亿]?元$|^[0-9一二三四五六七八九十百千万亿两几多余数]+[个家所名座处条次项届场位]?$"
)
#: what a number begins with
_DIGITS = frozenset("0123456789.万亿元一二三四五六七八九十百千两几多余数")
#: numbers that name what they stand before: 12345|市民热线服务中心, 120|急救中心
_HOTLINE = re.compile(r"1[12]\d|12[3-9]\d\d|9[56]\d{3}")
#: heads whose names may hold nouns of action: 城市环境综合整治提升指挥部, 养老服务中心
_LONG_STEMS = frozenset(
    (
        *("taskforce", "research", "alliance", "social", "government", "facility", "project"),
        *("area", "education", "venue", "other", "company", "media"),
    )
)
#: a place of these kinds lies in a street or community and does not take its name along
_INSIDE_STREETS = frozenset(("area", "street", "community", "compound", "road", "commercial", "park", "company"))
#: what is often called by a lane (里)
_WITH_LANES = ("street", "community", "compound")
#: words of one character that jieba takes into an unknown word after them
_STEPS = "到在赴至对向从与和由为"
#: rooms and houses of a body, which do not name it: 在县人大|会议室, 供销社|家属院
_ROOMS = ("会议室", "报告厅", "礼堂", "会议厅", "家属院", "家属楼", "宿舍", "大院", "食堂")


class LeftEdges(Ground):
    """Walks left from a head, word by word."""

    def _left_edge(self, at: int, unit: Unit, row: Mapping[str, str]) -> tuple[int | None, float]:
        """How far left a name reaches whose head begins at ``at``, and how surely it names (see :meth:`_names`).

        Walks left word by word to the first word that cannot be part of a name. 与 and 和 join two parts of one name
        when a body or area stands further left (北京邮电大学网络与交换技术国家重点实验室).
        """
        text, v, stops = self.text, self.vocabulary, self._stops
        edges = v.edges
        floor, _, cuts, starts = unit
        index = bisect_right(starts, at) - 1
        left = at
        words: list[str] = []
        if starts[index] < at:  # the head begins inside a word: 万博商|城, but not 弯|路
            whole = cuts[index]
            if whole in v.verbs and whole not in v.nominal:
                return None, 0.0  # 对提案|交办
            common = starts[index + 1] == at + len(row["head"]) and whole in v.common
            if common and len(row["head"]) == 1 and (row["subkind"] != "community" or whole in v.generic):
                return None, 0.0
            left = starts[index]
            if whole[0] in _STEPS and whole not in v.common and at - left > 1:
                return left + 1, self._names([text[left + 1 : at]])  # 到梨|河
            if not common:
                words.append(text[left:at])
        nominal = row["subkind"] in _LONG_STEMS
        zone = row["subkind"] == "area" and row["kind"] == "both"  # 来|眉山高新区
        crossed = -1
        listed = nominal and text[floor - 1 : floor] == "、"
        while index > 0 and left > floor:
            before, word = starts[index - 1], cuts[index - 1]
            if left in stops:
                if left in self.area_ending:
                    short = text[left - 1] not in LEVELS
                    words.append("=" if short else "")
                    left = self.area_start(left)
                    if left in self._ends:  # 市生态环境局|霍山县|分局
                        left = self._ends[left].start
                    elif short and left > floor and left in starts and nominal and not zone:
                        index = starts.index(left)  # 抖音|成都|直播基地
                        continue
                    break
                street = self._street_ends.get(left)
                if street is not None and left < at:
                    if row["subkind"] not in _INSIDE_STREETS:
                        left = street
                        words.append("=")
                    break
                if left in self._person_ends or left in self._role_ends:
                    break
                body = self._ends.get(left)
                if body is not None and row["head"].endswith(_ROOMS):
                    left = body.start
                    words.append("=")
                    break
                if body is not None and row["subkind"] in ("community", "street", "road", "compound"):
                    self.nested.append(body)
                    break  # 西山管委会|杏林社区
                if body is not None and body.start < before:
                    left = body.start
                    firm = row["subkind"] == "company" and body.end == at  # 卓远集团|有限公司
                    if not firm and not row["head"].startswith(("分", "支")):
                        self.nested.append(body)  # 县公安局|双江派出所 are two, 市生态环境局桐城分局 is one
                    words.append("=")
                    break
            person = next((p for p in range(before + 1, left) if p in self._person_ends), None)
            if person is not None:
                words.append(text[person:left])  # 李秀兰|率考察团
                left = person
                break
            char = word[0]
            if char in _STEPS and len(word) > 2 and word not in v.common and left > before:
                words.append(word[1:])  # 对仁里|冲村
                left = before + 1
                break
            if char == "来" and self._comes(cuts[index - 2] if index > 1 else "", before, word):
                if len(word) > 1:  # 专家|来金|沟村
                    words.append(word[1:])
                    left = before + 1
                break  # 负责人|来|双河社区, but 在|来|龙镇, 西|来|桥镇
            if char in "由率" and len(word) == 2 and word not in v.common:
                left -= 1
                words.append(word[1:])
                break  # 由|主展馆, 率|区党政代表团
            if len(word) == 1 and index > 1 and len(cuts[index - 2]) == 1 and cuts[index - 2] + word in edges:
                break  # 筑|牢|社区
            if char in _DIGITS and _NUMBER.match(word):
                named = _HOTLINE.fullmatch(word) and left < at  # 12345|市民热线|服务中心
                if (
                    named
                    or not (word[-1] in "个家所名座处条项次届场" and len(word) > 1)
                    and (
                        text[left : left + 1] in "号路街院区中小道弄巷环馆栋/-—冶局航建化"
                        or left == at
                        and row["head"] in ("号院", "号楼")
                    )
                ):
                    words.append(word)
                    index -= 1
                    left = before
                    continue
                break
            if len(word) == 4 and word[2:] in v.verbs and (word[:2] in edges or word[2:] not in v.nominal):
                break  # 大力发展|首店, 高度肯定|中心
            if word == "里" and left == at and row["subkind"] in _WITH_LANES and len(cuts[index - 2]) > 1:
                words.append(word)  # 民权|里|社区
                index -= 1
                left = before
                continue
            if word in edges:
                if word in ("与", "和") and left < at and row["edge"] != "level" and self._joins(unit, index, row):
                    index -= 2
                    words.append(cuts[index])
                    left = starts[index]
                    continue
                if word in v.nominal and (before in self._ends or before in self._street_ends):
                    break
                if (
                    word in ("和", "与")
                    and row["edge"] == "level"
                    and at - left >= 2
                    and text[left] not in LEVELS
                    and (found := self._level_before(before, floor)) is not None
                ):
                    left = found  # 县|工业商贸和科技信息局
                    words.append("=")
                    break
                if not (nominal and word in v.nominal):
                    if not (listed and word in v.verbs and index > 1):
                        break
                    crossed = len(words)
            if at - before > 24:
                return None, 0.0
            words.append(word)
            index -= 1
            left = before
        if left - floor == 1 and text[floor] == "中" and row["subkind"] in ("company", "area") and left < at:
            return floor, max(0.85, self._names(words))  # 、中|电光谷集团
        if crossed >= 0 and self._names(words[crossed + 1 :]) < 0.8:
            left += sum(map(len, words[crossed:]))
            del words[crossed:]
        while words and words[-1] in edges and left not in self._area_starts:  # 推进|智慧城市指挥部
            left += len(words.pop())
        return left, self._names(words)

    def _comes(self, who: str, at: int, word: str) -> bool:
        """Whether 来 at ``at`` says that somebody comes, and begins no name: who comes stands before it."""
        v = self.vocabulary
        if word in v.common and word != "来" or at in self._area_starts:
            return False
        if not who:  # a role ends where the words begin
            return at in self._person_ends or at in self._role_ends
        return who[-1] in "人者员们" or len(who) > 1 and who not in v.edges

    def _level_before(self, at: int, floor: int) -> int | None:
        """The level or area that begins a department's name whose first half ends at ``at``: 县|工业商贸|和…"""
        if self.text[at - 1] in "局委办厅部院府会" or at in self._ends:
            return None
        for start in range(at - 2, max(floor, at - 9) - 1, -1):
            if (
                start in self.area_ending
                or self.text[start : start + 1] in ABOVE_TOWNS
                and self.level_ok(start)
                and at - start > 2
            ):
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
        edges, generic, common = v.edges, v.generic, v.common
        singles, score = 0, 0.3
        for word in words:
            size = len(word)
            if size == 1:
                if word == "=":
                    return 0.85
                plain = word in edges or word in generic or not "一" <= word <= "龥"
                singles = 0 if plain else singles + 1
                if singles >= 2:
                    return 0.85
                continue
            singles = 0
            if word in generic or word in edges or size > 2 and word[-1] in "化性型级类式":
                continue
            if word:
                if word not in common:
                    return 0.85
                score = 0.55
        return score

    def _joins(self, unit: Unit, index: int, row: Mapping[str, str]) -> bool:
        """Whether 与 or 和 before the ``index``-th word of a unit joins two parts of one name."""
        starts, cuts = unit.starts, unit.words
        at = starts[index - 1]
        ends = at in self.area_ending or at in self._street_ends or at in self._ends or at in self._person_ends
        if index < 2 or ends or cuts[index - 2] in self.vocabulary.edges:
            return False
        if any(s in self.area_ending or s in self._ends for s in starts[max(0, index - 4) : index - 1]):
            return True
        alone = index == 2 or cuts[index - 3] in self.vocabulary.edges
        return alone and row["subkind"] == "research"
