"""Bodies and places: names found by their last word, their left edge by areas, levels and word edges.

Three sources, from the surest: organs after an area or level (``二七区委宣传部``, ``区人大常委会``; organs.tsv),
departments by stem and suffix (``区建设和交通局``; departments.tsv), and any name with a known head (``智海科技公司``,
``长江花园``; heads.tsv) whose left edge is the nearest word that cannot be part of a name (edges.tsv).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from kg.extract.body_lists import ListFinder, offices_of_town
from kg.extract.body_parts import firms_of_projects, sections, whole_names, without_works
from kg.extract.draft import Draft
from kg.extract.ground import Candidate
from kg.extract.named_areas import areas_named
from kg.extract.sieve import after_last
from kg.extract.sites import decide, listed_sites, visited_list, visited_projects
from kg.extract.vocabulary import HAN, LEVELS, cut
from kg.model import Mention

_NATIONAL = re.compile(
    r"(?:国家|中国|全国)[一-龥]{2,11}?(?:总局|局|委员会|委|科学院|总会|联合会|协会|学会)(?![部员会])"
)
_INVERTED = re.compile(
    r"(政协|中国人民政治协商会议|中共|中国共产党)([一-龥]{1,12}?[省市区县旗州盟])(?:第[一二三四五六七八九十]{1,3}届)?委员会"
)
#: 共青团定远县委, 共青团云和县委员会: the league's committees, and not those of the party
_LEAGUE = re.compile(
    r"(?:共青团|共产主义青年团)([一-龥]{1,12}?[省市区县旗州盟])(?:工作?委员会|委员会|工委|委)(?!书记处)"
)
#: 民进江北区委会, 九三学社江北区委员会: the democratic parties' committees and branches
_PARTIES = re.compile(
    r"(?:民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)[一-龥]{0,12}?[省市区县旗州]"
    r"(?:基层)?(?:委员会|委会|工委|总支|支部|委)(?:(?:社会服务|组织|宣传)[部处])?"
)
#: 十里铺“三清”指挥部, 县“两新”办, “小巷”宣讲团: a quoted word, then what kind of body it is
_WITH_QUOTES = re.compile(r"“[一-龥A-Za-z0-9·、]{2,10}”([一-龥]{1,12})")
_QUOTED_KINDS = frozenset(("taskforce", "social", "alliance", "government", "facility"))
#: 第二批“…”工作组
_BATCH = re.compile(r"第[一二三四五六七八九十0-9]{1,2}[批期]?$")
_NONE: Mapping[str, str] = {}
#: before organs that the whole country has one of: those of the people, and these
_COUNTRY = ("中华全国", "全国", "中国")
_COUNTRYWIDE = frozenset(("人大常委会", "人大", "政协", "文明办", "文明委"))
#: organs that streets and zones have, printed without them
_BARE = ("党工委", "人大工委", "纪工委", "政协工委")
#: between two organs of one list of officers stand only a role and a name: 县委|书记王建国，|县人大常委会
_OFFICER = re.compile(
    r"(?:党组|常务)?(?:副?(?:书记|主任|主席|[省市区县旗州]长)|常委|秘书长)[^。；率赴来到陪同一行我在]{0,24}[，、和]"
)
#: after members of an assembly: none of them is named
_NO_NAME = re.compile(r"[、，。；和及与等]|走进|到|参加|列席|视察|调研|旁听|们|[0-9]")
#: further titles or a name may follow these
_MORE_TITLES = re.compile(r"[、，（：和及与兼“ ]|小组|活动|中心|联络|之家|工作|提案|议案|团|会|们")
#: areas of courts and prosecutors that are no counties: 芳草湖|垦区|人民检察院
_RECLAIMED = ("垦区", "林区", "矿区")
_SOME = re.compile(r"部分|邀请|各级|广大|全体|[0-9余]名|组织|动员")
#: all of them, and none: 各乡镇|人大
_TOWNS = ("乡镇", "镇街", "街镇")
#: what stands beside committees in general
_GOVERNMENT = ("政府", "、政府", "和政府", "、人大", "、各部门", "、部门")
_TERM = re.compile(r"第?[一二三四五六七八九十百]{1,4}届$")
#: after the place of an event: 在桃园公园和|县文化中心|启动
_OPENS = re.compile(r"落幕|举行|召开|启动|开展|开讲|开班|举办|进行|顺利|圆满|隆重|同时")
#: fields of work, shortened, and 等部门: 司法、民政、|妇联|等部门
_FIELDS = re.compile(
    r"(?:、[一-龥]{2,4})*等(?:多个|多家|[0-9]+[余多]?[个家]|[两三四五六七八九十几]+[余多]?[个家]|相关|有关)?(?:部门|单位|行业)"
)
#: parts that every office has, printed without it: they name nothing by themselves
_PARTS = frozenset(("办公室", "领导小组办公室", "政治处", "综合办公室", "综合办", "工作专班", "领导小组", "项目部"))
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
#: branches of a body by number or by whom they are for: 实验中学|第二党支部, 市纺织厂|机关党支部
_BRANCH = re.compile(r"(?:第[一二三四五六七八九十]{1,2}|机关|离?退休|联合|教职工|学生|教工|项目)(?:党支部|党总支|支部)")
#: what a town has of its own, printed without it
_OF_TOWN = frozenset((*_SUB_ORGANS, "政府", "人民政府", "人大", "人大主席团"))
#: how the offices of a town are found: 镇财政所, 镇党政办
_OFFICES = ("body-department", "body-organ", "name-by-head")
#: towns that a headline names
_TOWN = re.compile(
    r"(?:(?<![一-龥])|(?<=[县区市]))[一-龥]{2,3}?([镇乡])(?=[：:，\s]|召开|开展|举行|举办|组织|党|多|全|推|扎|着|以|积|打)"
)
#: a body or place of a town: |云岭镇|党委, |云岭镇|综治办
_WITHIN = re.compile(r"[一-龥]{2,5}?[镇乡](?=[党政人纪综财司派便文社农民公经安应妇团工退中])")
#: names that may begin with the name of a street, community or road and yet be names of their own
_SPLIT = frozenset(("community", "compound", "road", "commercial", "park", "street", "venue"))
#: a school's name goes on: 县一中|初中部
_PARTS_OF_SCHOOL = ("附", "初中部", "高中部", "小学部", "教育集团")


class _Finder(ListFinder):
    """One pass over one article: organs, departments, heads, and one reading of what overlaps."""

    def prefix(self, at: int) -> int | None:
        """The start of the area or level that ends at ``at``; None where there is none."""
        if at in self.area_ending:
            start = self.area_ending[at]
            while start in self.area_ending:
                start = self.area_ending[start]
            return start
        if self.text.endswith("街道", self.start, at):
            return self._street_before(at)
        if self.text.endswith(_RECLAIMED, self.start, at) and HAN.match(self.text[at - 3]):
            named = self._left_edge(at - 2, self.unit_of(at - 2), self.vocabulary.head_rows["农场"])[0]
            return self.area_start(named) if named is not None and named < at - 2 else None
        if at > self.start and self.text[at - 1] in LEVELS and self.level_ok(at - 1):
            if self.text.endswith("自治", self.start, at - 1):
                return at - 3
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

    def _street_before(self, at: int) -> int | None:
        """The start of the street whose office's own office begins at ``at``: 桃园街道|城建办, and bare 街道|城建办."""
        named = self.listed_street(at - 2, at, self.unit_of(at - 1).start)
        if named is not None:
            return self.area_start(named)
        return at - 2 if self.edge_before(at - 2) else None

    def find_organs(self) -> None:
        for hit in self.hits.organs:
            if hit.start < self.start or hit.end > self.end or not self.tail_ok(hit.start, hit.end):
                continue
            after = self.text[hit.end : hit.end + 2]
            national = self.text.endswith("全国", self.start, hit.start)
            if hit.row["organ"] == "人大" and after[:1] in ("代", "会") and not (national and after[:1] == "代"):
                continue
            if hit.row["organ"] == "中央" and after[:1] not in ("、", "和"):
                continue
            if self._members(hit.start, hit.end) or self.text.endswith(_TOWNS, self.start, hit.start):
                continue
            start = self.prefix(hit.start)
            bare = hit.row["bare"] == "yes"
            if start is None and bare and self.edge_before(hit.start) and not self._one_of_fields(hit.start, hit.end):
                start = hit.start
            start = self._of_country(hit.start, hit.row, start)
            if start is None:
                start = self._of_session(hit.start, hit.row["organ"])
            if start is None:
                continue
            score = 0.95 if start < hit.start else 0.8
            self.found.append(Candidate(start, hit.end, "body", hit.row["kind"], "body-organ", score))

    def _members(self, start: int, end: int) -> bool:
        """Whether an assembly is named for its members alone: 部分县|人大|代表、县|政协|委员、, but 县政协委员王丽."""
        organ = self.text[start:end]
        follows = {"人大": "代表", "政协": "委员"}.get(organ, "")
        if not follows or not self.text.startswith(follows, end):
            return False
        if not _MORE_TITLES.match(self.text, end + 2) and self.draft.namer.name_at(end + 2, anchor=0.15) is None:
            return True  # 向市|人大|代表通报, 县|人大|代表补选
        clause = after_last("，。；：\n", self.text, self.start, start)
        return bool(_NO_NAME.match(self.text, end + 2) and _SOME.search(self.text, clause, start))

    def _of_country(self, at: int, row: Mapping[str, str], start: int | None) -> int | None:
        """The start of an organ with the country before it (|全国总工会, |中国残联), else ``start``."""
        country = next((name for name in _COUNTRY if self.text.endswith(name, self.start, at)), "")
        countrywide = row["system"] == "mass" or row["organ"] in _COUNTRYWIDE
        return at - len(country) if country and countrywide else start

    def _of_session(self, at: int, organ: str) -> int | None:
        """The start of a congress named with its term: 泾县|第十七届|人民代表大会."""
        if not organ.startswith("人民代表大会"):
            return None
        term = _TERM.search(self.text, max(self.start, at - 7), at)
        return self.prefix(term.start()) if term else None

    def _one_of_fields(self, start: int, end: int) -> bool:
        """Whether a short name stands among fields of work, and is one: 司法、民政、|妇联|等部门."""
        text = self.text
        before = text[start - 4 : start - 1]
        field = before[:1] == "、" and before[1:] in ("工会", "团委", "妇联")  # 民政、工会、|团委
        if text[start - 1 : start] != "、" or text[start - 2 : start - 1] in "局办委队站所院会联部厅" and not field:
            return False
        return bool(_FIELDS.match(text, end))

    def find_inverted(self) -> None:
        """政协北京市海淀区委员会, 中共皇姑区委员会: the area inside the name."""
        for m in _INVERTED.finditer(self.text, self.start, self.end) if "委员会" in self.text else ():
            if m.end(2) in self.area_ending:
                kind = "cppcc" if "协" in m[1] else "party"
                self.found.append(Candidate(m.start(), m.end(), "body", kind, "body-organ", 0.96))
        for m in _LEAGUE.finditer(self.text, self.start, self.end) if "青" in self.text else ():
            if m.end(1) in self.area_ending:
                self.found.append(Candidate(m.start(), m.end(), "body", "mass", "body-organ", 0.97))
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
            if self._members(hit.start, hit.end) or self.text.endswith(_TOWNS, self.start, hit.start):
                continue
            if self.text[hit.start - 1 : hit.start] == "各":
                continue  # 各|民主党派
            house = self.vocabulary.head_rows.get(self.text[hit.start : hit.end], _NONE).get("kind") == "place"
            if house and start is not None and self.text[start - 1] in "在到于":
                continue  # 在|县文化中心|举行
            if house and start is not None:
                clause = after_last("，。；：\n", self.text, self.start, start)
                here = _OPENS.match(self.text, hit.end) and "在" in self.text[clause:start]
                if here or visited_list(self.text, clause, start):
                    continue  # 深入东北庄、|白土乡便民服务中心
            if start is None:
                if self.text[hit.end - 2 : hit.end] in ("查组", "研组"):
                    continue  # 督查组一行: those who came, no body of their own
                if self.text[hit.start : hit.end] in _PARTS or self._one_of_fields(hit.start, hit.end):
                    continue  # 六指法庭和|办公室
                if self.text[hit.end - 1] == "官":
                    continue  # 11名|检察官
                if hit.row["stem"] == "党委" and (
                    self.text.startswith(_GOVERNMENT, hit.end) or self.text.endswith("社区", self.start, hit.start)
                ):
                    continue  # 各方|党委|、政府: those of anywhere; 社区|党委|书记 is told by the title
                if hit.row["stem"] == "人大" and re.match(r"代表(?=[、，和及等])", self.text[hit.end : hit.end + 3]):
                    continue  # 部分人大代表、政协委员
                if not hit.row["suffixes"] and self.text[hit.start : hit.end] in self.vocabulary.head_rows:
                    continue  # 女鞋之都|商会 is for the finder of heads
                counted = re.match(r"[0-9一二两三四五六七八九十]", self.text[hit.end : hit.end + 1])  # 卫生院2家
                item = self.text[hit.end : hit.end + 1] in "、，" and self.text[hit.start - 1 : hit.start] == "、"
                item = item and self.text[hit.start - 2] in "局办委队站所科部室"  # 国土所、企业服务中心、
                vague = self.text[hit.end - 2 : hit.end] in ("中心", "会议") and not item
                vague = vague and hit.row["note"] != "whole name"  # 110指挥中心
                if vague or counted or not self.edge_before(hit.start):
                    start = self._named_item(hit.start, hit.end)
                    if start is None or vague or counted:
                        continue
                else:
                    start = hit.start
            start = self.firm_before(start)
            rule = "body-department" if start == hit.start or self.prefix(hit.start) is not None else "body-in-list"
            kind = {"police": "government", "judicial": "judicial"}.get(hit.row["system"], hit.row["system"])
            if self.text.endswith(("指挥部", "领导小组", "专班", "工作组"), start, hit.end):
                kind = "taskforce"
            self.found.append(Candidate(start, hit.end, "body", kind or "government", rule, 0.93))

    def _named_item(self, at: int, end: int) -> int | None:
        """The start of an item of a list that a town's short name begins: 、桃林|司法所、."""
        begin = self.unit_of(at)[0]
        stem = self.text[begin:at]
        if not 2 <= len(stem) <= 4 or self.text[end : end + 1] not in "、，和" or begin <= self.start:
            return None
        if self.text[end - 1] in "馆校园":
            return None  # 、凤凰博物馆、 is for the finder of heads
        v = self.vocabulary
        if self.text[begin - 1] not in "、，" or stem in v.common or any(w in v.edges for w in cut(stem)):
            return None
        return begin if all(HAN.match(c) for c in stem) and not any(w in v.role_rows for w in cut(stem)) else None

    def find_with_quotes(self) -> None:
        """十里铺“三清”指挥部, 县“两新”组织党工委办: a name that holds a quoted word."""
        for m in _WITH_QUOTES.finditer(self.text, self.start, self.end):
            row, end = self._quoted_head(m[1], m.end())
            if row is None or self.text.endswith("协商会", 0, end):
                continue  # “事好商量”协商会 is a meeting
            left = m.start()
            batch = _BATCH.search(self.text, max(self.start, left - 5), left)
            at = batch.start() if batch else left
            if at in self._ends:
                start: int | None = self._ends[at].start
                self.nested.append(self._ends[at])
            elif at in self._street_ends:
                start = self._street_ends[at]
            elif (start := self.prefix(at)) is None:
                named = at > self.start and HAN.match(self.text[at - 1])
                start = self._left_edge(at, self.unit_of(at - 1), row)[0] if named else None
                if start is not None and at - start > 8:
                    start = None
            if start is not None and self.text[start] in "该本我":
                continue
            if start is None or start == at:
                item = self.text[at - 1] == "、" == self.text[end : end + 1]
                if row["head"] == "办" and not item or batch:
                    continue
                start = at
            self.found.append(Candidate(start, end, "body", row["subkind"], "name-with-quotes", 0.9))

    def _quoted_head(self, words: str, end: int) -> tuple[Mapping[str, str] | None, int]:
        """The head that what follows a quoted word ends in: 工作组, 领导小组办公室, 办; and where it ends."""
        begin = end - len(words)
        for length in range(min(len(words), 10), 0, -1):
            for size in range(length, 0, -1):
                row = self.vocabulary.head_rows.get(words[length - size : length])
                if row is None or row["subkind"] not in _QUOTED_KINDS or row["kind"] == "place":
                    continue
                if size == 1 and (length > 1 or words[0] != "办"):
                    continue
                between = words[: length - size]
                if len(between) > 6 or any(self._ends_name(w) for w in cut(between) if between):
                    continue
                if self.tail_ok(begin, begin + length):
                    return row, begin + length
        return None, end

    def _ends_name(self, word: str) -> bool:
        return word in self.vocabulary.edges and word not in self.vocabulary.nominal and word != "组织"

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
            if end in by_end and not by_end[end].score < 0.7 < 0.9 <= c.score:
                continue
            if c.subkind in _SPLIT:
                inner = [o.end for o in by_end.values() if start <= o.start and o.end < end and self._splits(o, c)]
                if inner and end - max(inner) >= 3 and text[max(inner) : end] not in self.vocabulary.head_rows:
                    c = c._replace(start=max(inner))
            if c.subkind == "area" and text.endswith(("沿线", "周边"), start, end) and end - 2 in by_end:
                continue  # 鲁班大道|沿线
            by_end[end] = c
        for end, c in list(by_end.items()):
            if c.kind == "place":
                continue
            if branch := _BRANCH.match(text, end):
                stop = branch.end()
                by_end[stop] = Candidate(c.start, stop, "body", "party", "body-organ-of-body", 0.9)
                if c.subkind != "area":
                    self.nested.append(c)
                continue
            if not text.startswith(_SUB_ORGANS, end):
                continue
            for organ in _SUB_ORGANS:
                stop = end + len(organ)
                if not text.startswith(organ, end) or not self.tail_ok(end, stop):
                    continue
                longer = by_end.get(stop)
                if longer is None or longer.start >= c.start:
                    kind = "party" if organ[0] == "党" or organ.startswith("纪") else c.subkind
                    by_end[stop] = Candidate(c.start, stop, "body", kind, "body-organ-of-body", 0.9)
                    if c.subkind != "area":
                        self.nested.append(c)
                break
        taught = [c for c in by_end.values() if c.subkind == "education"]
        for c in by_end.values() if taught else ():
            if c.subkind in ("research", "education"):
                self.nested += [
                    o
                    for o in taught
                    if o.start == c.start and o.end < c.end and not self.text.startswith(_PARTS_OF_SCHOOL, o.end)
                ]
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


def _with_town(mentions: list[Mention], text: str, norm: str, headline: str) -> list[Mention]:
    """The organs of a town or street printed without it belong to the one last named: 双沟镇 … 镇党委 is 双沟镇党委."""
    out: list[Mention] = []
    town = {"镇": "", "乡": ""} | {m[1]: m[0] for m in _TOWN.finditer(headline)}
    street, last = "", 0
    for m in sorted(mentions, key=lambda m: m.start):
        name = m.name
        if m.subkind == "street" and name[-1] in town and len(name) > 2:
            town[name[-1]] = name
        elif named := _WITHIN.match(name):
            town[named[0][-1]] = named[0]
        elif m.subkind == "street" and "街道" in name[2:]:
            street, last = name[: name.rindex("街道") + 2], m.end
        elif street and name.startswith("街道") and len(name) > 3:
            m = replace(m, name=street + name[2:])
        elif town.get(name[0]) and (name[1:] in _OF_TOWN or m.rule in _OFFICES and m.kind == "body" and len(name) > 2):
            m = replace(m, name=town[name[0]] + name[1:])
        elif street and (
            name == "办事处" or name in _BARE and m.start - last < 80 and norm[m.start - 2 : m.start] != "街道"
        ):
            m = replace(m, name=street + name)
        elif street and name in _SUB_ORGANS and norm.endswith("街道", 0, m.start):
            start = m.start - 2
            m = replace(m, start=start, text=text[start : m.end], name=street + name)
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
    sections(finder)
    firms_of_projects(finder)
    finder.freeze()
    finder.find_heads()
    finder.find_bracketed()
    finder.find_with_quotes()
    finder.found += visited_projects(draft)
    finder.find_lists()
    finder.found = without_works(finder, finder.found)
    settled = finder.settle()
    draft.areas = finder.area_ending
    found = _with_town(decide(draft, settled, finder.nested), draft.text, draft.norm, draft.article.headline)
    draft.add(whole_names(_of_guests(offices_of_town(found, draft.norm, draft.extra), finder), finder.where.levels))
    draft.add(listed_sites(draft))
    draft.add(areas_named(draft, finder))


def _of_guests(mentions: list[Mention], finder: _Finder) -> list[Mention]:
    """The organs of another area's officers, named in full once: 临洮县委书记甲，县人大常委会主任乙."""
    areas = {start: end for end, start in sorted(finder.area_ending.items())}
    own = finder.where.levels
    out: list[Mention] = []
    area, last = "", 0
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        named = finder.text[m.start : areas.get(m.start, m.start)]
        if m.kind != "body":
            pass
        elif named and named[-1] in LEVELS[:6] and len(named) > 2:
            area, last = ("", 0) if named in own else (named, m.end)
        elif area and m.name[0] == area[-1] and m.name[1:2] not in LEVELS[:6]:
            if _OFFICER.fullmatch(finder.text, last, m.start):
                m, last = replace(m, name=area + m.name[1:]), m.end
            else:
                area = ""
        out.append(m)
    return out
