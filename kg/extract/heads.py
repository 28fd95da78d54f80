"""Names by their last word: how far left they reach, and whether they name or only describe."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extract.ground import Candidate, Unit
from kg.extract.head_edges import LeftEdges
from kg.extract.sieve import Inside, Taken
from kg.extract.vocabulary import ABOVE_TOWNS, PEOPLES, cut

_NATIONAL = ("国家", "中国", "全国", "中央", "中华")
#: with an area before them these are names even when the rest describes: 西安市第二医院, 县一中, 市图书馆
_INSTITUTIONS = frozenset(("education", "other", "venue", "media", "research", "park"))
#: roads called by their numbers: 105国道
_ROAD_NUMBER = re.compile(r"[A-Z]?[0-9]{1,4}$")
_NUMBERED = ("国道", "省道", "县道", "乡道", "高速", "高速公路")
#: the second of two posts begins after 兼: 县委副书记兼|政法委书记
_BESIDES = re.compile(r"(?:书记|主任|主席|[部局区县市镇乡队院校]长)兼任?")
#: kinds of body that are called by a name in quotation marks, and kinds that a long name is enough for
_QUOTED = frozenset(("alliance", "research", "commercial", "taskforce", "social"))
_CALLED = frozenset(("taskforce", "research", "alliance"))
_BRACKETED = re.compile(r"（[一-龥]{2,6}）[一-龥]{0,14}?(?:有限责任公司|股份有限公司|有限公司|集团|公司)")
_EXPLAINED = re.compile(r"（[一-龥]{2,6}）(领导小组办公室|领导小组|指挥部办公室|指挥部|工作专班|委员会办公室|委员会)")
#: what ordinary words end with that make a name of a place, and the place one of a community or street office
_NAMES_END = {"community": "路街巷里园苑村桥河湖山店庄", "street": "里园苑村桥店庄塘坝岭坪滩堡营屯洼坡岗浜港洲墩铺"}
_JOINED = re.compile(r"[局办委处院所店馆园厂村](?:以及|及)(?=[一-龥]{2})")
_BATCH = re.compile(r"第[一二三四五六七八九十0-9]{1,2}批?")
#: what belongs to the county whose level stands before it
_PUBLIC_PLACES = ("广场", "公园", "体育场", "步行街", "分会场", "主会场")
_PUBLIC = frozenset(("party", "government", "congress", "cppcc", "social"))
#: kinds that a county or city has one of, and heads of two characters like them: 县宣讲团, 县林场
_LEVEL_NAMES = frozenset(("taskforce", "social", "area", "facility", "government"))
_SHORT = frozenset(("专班", "林场", "农场", "剧团", "体校", "乐团", "跑团"))
#: a rank and no name: 全国|百强|镇, 皖南|第一|街
_RANKS = ("百强", "千强", "十强", "第一")
_RANKED = frozenset(("street", "road", "community", "area", "commercial"))
#: a title that is won, and no place: 创建国家卫生|镇, 国家4A级旅游|景区, 争创全国文明|村
_TITLE_WON = re.compile(
    r"(?:国家|全国|省级|市级|争创|创建|创成|获评)(?:[一二三四五]级|[1-5]?A{1,5}级?|[A0-9]+级)?"
    r"(?:卫生|文明|旅游|生态|园林|森林|示范|绿色|平安|美丽|宜居|最美|特色|重点|优秀){1,2}$"
)
#: what somebody does in an area, right after it: 到西湖区|调研|社区
_DOING = ("调研", "考察", "督导", "检查", "视察", "观摩", "开展", "召开", "举行", "推进", "走访")
_PEOPLE = re.compile(rf"[^一-龥]?(?:{PEOPLES})族乡")
#: 设立“溪口劳务服务站”
_FOUNDED = ("设立“", "成立“", "组建“", "设立了“", "成立了“")


#: after a bridge, a lake, a hill: what is called by it
_OF_A_COMMUNITY = re.compile(r"村(?![民庄里级寨])|社区|嘎查")


class HeadFinder(LeftEdges):
    """Finds candidates by the heads of heads.tsv."""

    def freeze(self) -> None:
        """Makes the look-ups that heads need: where areas begin, and where surer names end."""
        self._area_starts = frozenset(self.area_ending.values())
        self._ends = {c.end: c for c in self.found if c.kind == "body"}
        self.persons = self.draft.namer.anchored()
        self._person_ends = frozenset([p.end for p in self.persons])
        self._role_ends = frozenset([p.start for p in self.persons])
        self._stops = {*self.area_ending, *self._ends, *self._person_ends, *self._role_ends}

    def find_heads(self) -> None:
        """Names with a known last word. Nested ones are settled in :meth:`settle`."""
        text, first, last, rows = self.text, self.start, self.end, self.vocabulary.head_rows
        persons = Taken([(p.start, p.end) for p in self.persons])
        inside = Inside([(start, end) for end, start in self.area_ending.items()])
        for start, end, row in self.hits.heads:
            if start < first or end > last or text[start - 1 : start] in ("之", "的") or not self.tail_ok(start, end):
                continue
            if self.area_ending and inside.holds(start, end) or self.persons and persons.touches(start, end):
                continue
            head = row["head"]
            if text.startswith(head, start - len(head)):
                continue  # 县消防救援大队|大队长
            if head.endswith("学校") and text.startswith("长", end) and head[:-1] in rows:
                end, row = end - 1, rows[head[:-1]]  # 第一中学|校长
            self._head(start, end, row)

    def _head(self, at: int, end: int, row: Mapping[str, str]) -> None:
        """Adds the name that the head from ``at`` to ``end`` ends, if it is one."""
        text, unit, subkind, kind = self.text, self.unit_of(at), row["subkind"], row["kind"]
        if kind == "body" and text.count("一", max(unit.start, at - 8), at) > 1:
            return  # 一项目一专班
        ranks = _RANKS[:3] if row["head"] in ("社区", "居委会") else _RANKS  # 广兴|第一社区
        if text.endswith(self.vocabulary.no_heads.get(row["head"], ()), 0, at):
            return
        if text.endswith(ranks, 0, at) and subkind in _RANKED:
            return
        if _TITLE_WON.search(text, max(unit.start, at - 10), at):
            return
        if subkind == "street" or row["head"] == "街":
            named = self.listed_street(at, end, unit.start)
            if named is not None:
                start = self.area_start(named)
                self.found.append(Candidate(start, end, "both", "street", "street-listed", 0.97))
                self._bound_street(end, start)
                return
        if row["head"] in _NUMBERED and (number := _ROAD_NUMBER.search(text, max(unit.start, at - 5), at)):
            start = number.start()
            self.found.append(Candidate(start, end, kind, subkind, "name-by-head", 0.9))
            return
        size = end - at
        quoted = end == unit.end and self._quoted(unit)
        if quoted and subkind == "road":
            return  # “四好农村路”
        if quoted and subkind in _QUOTED and size > 1:
            self.found.append(Candidate(unit.start, end, kind, subkind, "name-in-quotes", 0.85))
            return
        if not self._may_be_head(at, end, row, unit):
            return
        edge, proper = self._left_edge(at, unit, row)
        if edge is None:
            return
        start = self._behind_others(edge, at, row["edge"])
        if start in self._area_starts and (left := self._behind_deed(start, at)) is not None:
            start, proper = left, self._names([text[left:at]])
        if text[start - 1 : start].isdigit() and text[start] in "年个家名座条":
            return
        start = self.firm_before(start) if subkind == "company" and start in self._area_starts else start
        stem, opening = text[start:at], text[start : start + 1]
        of_all = row["edge"] == "level" or subkind in ("street", "community")
        if subkind == "taskforce" and _BATCH.fullmatch(stem) or of_all and "各" in stem:
            return  # 第二批|工作组, 各部委办|局, 全镇各|村
        bare, inner = len(stem) < 3, start in self._area_starts
        prefixed = inner or opening in ABOVE_TOWNS and self.level_ok(start)
        institution = subkind in _INSTITUTIONS
        if opening in ABOVE_TOWNS and text[start + 1 : start + 2] == "级":
            return  # 市级|示范园
        if row["edge"] == "level":
            prefixed = prefixed or start in self._street_ends.values()
            if not prefixed or bare or len(stem) > 14 or text[at - 1 : end] in self.vocabulary.role_rows:
                return
        elif not stem:
            return
        of_level = prefixed and self._of_level(stem, row)
        if (
            row["edge"] != "level"
            and bare
            and not inner
            and opening in ABOVE_TOWNS
            and not (of_level or institution and prefixed)
        ):
            return  # 区路, but 县医院, 县宣讲团
        if subkind in ("community", "street") and len(stem) > 1 and stem[-1] in _NAMES_END[subkind]:
            proper = 0.85  # 民主路社区, 十里塘街道: ordinary words, but a name of a road or village
        family = row["head"] == "村" and len(stem) > 2 and stem[-1] in self.vocabulary.surnames
        if family and at - 1 in unit.starts and at not in unit.starts:
            proper = 0.85  # 三合|朱村
        score = proper
        if score < 0.85 and len(stem) > 3 and stem.startswith(_NATIONAL):
            score = 0.85
        if score < 0.8 and (
            prefixed
            and (kind == "body" or institution)
            or len(stem) >= 6
            and (subkind in _CALLED or row["head"].startswith("志愿服务"))
            or of_level
            or prefixed
            and subkind == "area"
            and not inner
            and len(stem) > 2
            or prefixed
            and row["head"] in _PUBLIC_PLACES
            and not inner
            and stem[:2] not in self.vocabulary.common
        ):
            score = 0.8  # the last: 县希望广场
        if of_level and subkind in ("area", "facility"):
            kind = "both"  # 县工业园区|负责人
        if subkind == "area" and kind == "both" and start in self._area_starts:
            score = 0.85  # 建湖|高新区
        if subkind == "facility" and prefixed is False and row["head"].endswith("中心") and self._of_body(start, at):
            kind, subkind, prefixed, score = "body", "government", True, 0.85  # 工信部|文化发展中心
        if row["head"] == "考察团" and text[start - 1] == "率":
            score = 0.85
        if subkind == "taskforce" and text.endswith(("组成的", "成立的", "组建的"), 0, start):
            score = 0.85
        if quoted and subkind == "facility" and text.endswith(_FOUNDED, 0, start):
            kind, subkind, score = "body", "other", 0.85
        found = Candidate(start, end, kind, subkind, "name-by-head", score, "", prefixed)
        self.found.append(found)
        if score < 0.8:
            return
        if subkind in ("street", "community"):
            self._bound_street(end, start)
        elif kind != "place" and subkind not in ("facility", "area") and end not in self._ends:
            self._ends[end] = found
            self._stops.add(end)

    def _of_level(self, stem: str, row: Mapping[str, str]) -> bool:
        """Whether a level alone before a head makes a name: 县|宣讲团, 市|经开区, but not 区|路, 县|公司."""
        return len(stem) == 1 and (len(row["head"]) > 2 and row["subkind"] in _LEVEL_NAMES or row["head"] in _SHORT)

    def _behind_deed(self, start: int, at: int) -> int | None:
        """Where a name begins when an area and a deed stand before it: 到西湖区调研|社区邻里中心; None otherwise."""
        text = self.text
        for end in range(start + 2, min(at, start + 12)):
            if self.area_ending.get(end) is not None and self.area_start(end) == start:
                for verb in _DOING:
                    if text.startswith(verb, end) and end + len(verb) < at:
                        return end + len(verb)
        return None

    def _of_body(self, start: int, at: int) -> bool:
        return any(c.start == start and c.end < at and c.subkind in _PUBLIC for c in self._ends.values())

    def _bound_street(self, end: int, start: int) -> None:
        """Names that come after know that a street or community ends here."""
        self._street_ends[end] = start
        self._stops.add(end)

    def _may_be_head(self, at: int, end: int, row: Mapping[str, str], unit: Unit) -> bool:
        """Whether a head word stands for itself here: not in “百企帮百村”, 工作思|路, 工作部|署."""
        text, words, head = self.text, self.vocabulary, row["head"]
        if head == "乡" and text[at - 1] == "族" and _PEOPLE.fullmatch(text, self._begins(at, unit), end):
            return False  # 两个|瑶族乡: their names begin with a place
        if len(head) > 1:
            return True
        if row["kind"] == "place" and row["subkind"] != "community" and _OF_A_COMMUNITY.match(text, end):
            return False  # 红旗镇石|桥|村
        if text[unit.start - 1 : unit.start] == "“" and row["subkind"] in ("street", "community"):
            return False  # a slogan
        pair = text[at - 1 : end]
        if pair in words.edges or row["edge"] == "level" and pair in words.common:
            return False
        return end in unit.starts

    def _begins(self, at: int, unit: Unit) -> int:
        """Where the word before a head begins, behind the last word that ends names: 察看|瑶族乡."""
        start = at
        for i in range(len(unit.starts) - 2, -1, -1):
            if unit.starts[i] < at:
                if unit.words[i] in self.vocabulary.edges or unit.words[i][-1] in "个的":
                    break
                start = unit.starts[i]
        return start

    def _behind_others(self, start: int, at: int, edge: str) -> int:
        """Where a name begins whose words reach back to ``start``: behind 辖区, 兼, a body and its 及."""
        text = self.text
        cut_at = text.rfind("辖区", start, at)
        if cut_at >= 0:
            start = cut_at + 2
        if text.find("兼", start, at) >= 0:
            for m in _BESIDES.finditer(text, start, at):
                start = m.end()
        for end in self._ends:  # 区生态环境局|及|属地街道办事处
            if start < end < at and text[end] in "及和与":
                start = end + 1
            elif start < end < at - 1 and edge == "level" and text[end] in ABOVE_TOWNS:
                start = end  # 县纪委|县监委
        joined = _JOINED.search(text, start, at)
        return joined.end() if joined else start  # 县建住局及|双沟镇

    def find_bracketed(self) -> None:
        """中科海创（青岛）科技有限公司: a firm with its place in brackets inside the name."""
        if "）" not in self.text:
            return
        self._explained()
        for m in _BRACKETED.finditer(self.text, self.start, self.end):
            unit = self.unit_of(m.start() - 1) if m.start() > self.start else None
            if unit is None or unit.end != m.start():
                continue
            starts = unit.starts
            left = m.start()
            for i in range(len(starts) - 1, 0, -1):
                word = unit.words[i - 1]
                if (
                    word in self.vocabulary.edges
                    and word not in self.vocabulary.nominal
                    or m.start() - starts[i - 1] > 12
                ):
                    break
                left = starts[i - 1]
            if left == starts[1] and left - unit.start == 1:
                left = unit.start  # 中|科海创: a single character at the head of the clause
            if joined := _JOINED.search(self.text, left, m.start()):
                left = joined.end()  # 省测绘院及|天合（济南）科技有限公司
            if m.start() - left >= 2:
                self.found.append(Candidate(left, m.end(), "body", "company", "name-with-brackets", 0.9))

    def _explained(self) -> None:
        """县依法治县（普法）领导小组办公室: a word in brackets inside the name of an office of an area."""
        text, rows, edges = self.text, self.vocabulary.head_rows, self.vocabulary.edges
        for m in _EXPLAINED.finditer(text, self.start, self.end):
            unit = self.unit_of(m.start() - 1)
            for start in range(max(unit.start, m.start() - 14), m.start() - 2):
                if start not in self._area_starts and not (text[start] in ABOVE_TOWNS and self.level_ok(start)):
                    continue
                if unit.end == m.start() and not any(
                    w in edges and w != "依法" for w in cut(text[start + 1 : m.start()])
                ):
                    row = rows.get(m[1]) or rows["领导小组"]
                    self.found.append(Candidate(start, m.end(), "body", row["subkind"], "name-with-brackets", 0.95))
                    break

    def _quoted(self, unit: Unit) -> bool:
        """Whether a unit is a short name in quotation marks, and nothing else stands between them."""
        start, end = unit.start, unit.end
        quoted = self.text[start - 1 : start] in ("“", "‘") and self.text[end : end + 1] in ("”", "’")
        return quoted and 2 < end - start <= 20
