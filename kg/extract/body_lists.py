"""Lists of bodies and places: the head that all items share, and what 等单位, 等企业 tell of the items before."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.ground import Candidate
from kg.extract.heads import HeadFinder
from kg.extract.vocabulary import LEVELS, cut
from kg.model import Mention

#: heads that say little of their items: 商户、环卫、执法中队等部门
_VAGUE = ("部门", "委局")
#: 等5个|公安分局, 等单位, 等一大批电商直播|企业: a count, and before the plainest heads a few words that describe
_LIST_TAIL = re.compile(
    r"等(?:共?(?:[0-9一二三四五六七八九十百两]+|多|余|数|几)+[余多]?[个家所名]|一大?批)?"
    r"(?:[^，。；：、“”\n]{1,6}?(?=单位|企业|部门|公司|机构|商家|小区|景区))?"
)
_LIST_HEADS: dict[str, tuple[str, str, bool]] = {
    "公安分局": ("body", "government", False),
    "派出所": ("body", "government", False),
    "街道": ("both", "street", False),
    "乡镇": ("both", "street", True),
    "镇街": ("both", "street", True),
    "社区": ("both", "community", False),
    "村": ("both", "community", False),
    "企业": ("body", "company", True),
    "公司": ("body", "company", True),
    "单位": ("body", "other", True),
    "高校": ("body", "education", True),
    "学校": ("body", "education", True),
    "商家": ("body", "company", True),
    "商户": ("body", "company", True),
    "医院": ("body", "other", False),
    "机构": ("body", "other", True),
    "团体": ("body", "social", True),
    "艺术团体": ("body", "social", True),
    "社会组织": ("body", "social", True),
    "小区": ("place", "compound", False),
    "景区": ("place", "park", False),
    "部门": ("body", "government", True),
    "委局": ("body", "government", True),
}
#: how many they are, and what: 桃林、茂林|两镇, 云山、天池、花海|三个景区; or the last alone says it: 、六安|法庭
_COUNTED = re.compile(
    r"(?<![等共约])(?:[两二三四五六七八九十]|[0-9]{1,2})个(?=街道|社区|村|小区|景区|乡镇|派出所|公安分局)|[两三四五六](?=[镇乡])"
)
_LAST = re.compile(r"(?=法庭|派出所|司法所)(?:(?<=、[一-龥]{2})|(?<=、[一-龥]{3}))")
#: a head that the last item prints for all: 来到柳溪、桃林和松岗|代表团, 天河、龙涌口、海桂|工业区
_FOR_ALL = re.compile(
    r"(?<=[到在入加赴了对由：，。与将动])(?P<items>(?!了)(?:[一-龥]{2,5}、)+[一-龥]{2,5}?(?:[和及与][一-龥]{2,5}?)?|[一-龥]{2,3}[和与][一-龥]{2,3})"
    r"(?P<head>代表团|讨论组|工业区|工业园区?|街道|法庭|派出所|司法所|风景区|高铁站)"
)
_FOR_ALL_HEADS: dict[str, tuple[str, str]] = {
    "代表团": ("body", "taskforce"),
    "讨论组": ("body", "taskforce"),
    "工业区": ("place", "area"),
    "工业园": ("place", "area"),
    "工业园区": ("place", "area"),
    "街道": ("both", "street"),
    "法庭": ("body", "judicial"),
    "派出所": ("body", "government"),
    "司法所": ("body", "government"),
    "风景区": ("place", "park"),
    "高铁站": ("place", "facility"),
}
_COUNTED_HEADS = _LIST_HEADS | {
    "镇": ("both", "street", False),
    "乡": ("both", "street", False),
    "法庭": ("body", "government", False),
    "司法所": ("body", "government", False),
}
#: offices that towns and streets have, and counties do not
_TOWNS_OWN = re.compile(
    r"(?:司法|财政|国土|国土资源|自然资源|市场监管|环卫|税务|林业|城建|村建|规划|派出|民政|劳保)所"
    r"|(?:规建|党政|环卫|计生|城建|村建|综合治理|社会治理|农业农村|公共服务|党群|林长|村镇建设|农办|卫健)办"
    r"|(?:文化|统计|农技|水利|林业|农机|畜牧|兽医|广播|农业服务|文化服务)站|综合执法队|执法中队|企业服务中心|社会事务办"
)
_TOWN_OF = re.compile(r"[一-龥]{2,6}?(?:街道|镇|乡)(?![镇乡])")
_BARE_RULES = ("body-department", "body-organ", "body-in-list")
_NEXT = re.compile(r"、(?:[一-龥“”]{2,5}、)*")


def offices_of_town(mentions: list[Mention], norm: str) -> list[Mention]:
    """The offices of a list that only towns have are those of the town named last: 双沟镇… 综合执法队、司法所、妇联."""
    ordered = sorted(mentions, key=lambda m: m.start)
    out: list[Mention] = []
    run: list[Mention] = []
    town = ""
    for m in [*ordered, None]:
        bare = m is not None and m.kind == "body" and m.rule in _BARE_RULES and m.name[0] not in LEVELS
        joined = run and m is not None and _NEXT.fullmatch(norm, run[-1].end, m.start)
        if run and not (bare and joined):
            if town and len(run) > 2 and any(_TOWNS_OWN.fullmatch(x.name) for x in run):
                run = [replace(x, name=town + x.name) for x in run]
            out += run
            run = []
        if m is None:
            break
        if bare:
            run.append(m)
            continue
        if m.subkind == "street" and (found := _TOWN_OF.match(m.name)):
            town = found[0]
        out.append(m)
    return out


class ListFinder(HeadFinder):
    """Finds candidates by the heads that lists share."""

    def find_lists(self) -> None:
        """``嵩山路、洁云路等5个公安分局``: the head after 等 is every item's; 等单位, 等企业 tell what items are."""
        for m in _LIST_TAIL.finditer(self.text, self.start, self.end):
            head = next((h for n in (4, 3, 2) if (h := self.text[m.end() : m.end() + n]) in _LIST_HEADS), "")
            if not head:
                continue
            kind, sub, own = _LIST_HEADS[head]
            own = own or self.text[m.end() - 1] not in "等个家所名批"  # 等老旧|小区
            for start, end in self._items_before(m.start() - 2 * self.text.endswith("在内", 0, m.start())):
                if any(c.start <= start and c.end == end and c.kind != "place" for c in self.found) and own:
                    continue
                if (
                    own
                    and head in _VAGUE
                    and not (end - start > 2 and self.text[end - 1] in "局办委队站所心院校司厅部会组")
                ):
                    continue
                if own and self._names(list(reversed(cut(self.text[start:end])))) < 0.8:
                    continue
                self.found = [c for c in self.found if not (start <= c.start and c.end <= end)]
                self.found.append(
                    Candidate(
                        start,
                        end,
                        kind,
                        sub,
                        "list-with-shared-head" if not own else "list-of-bodies",
                        0.86,
                        "" if own else head,
                    )
                )

        for pattern in (_COUNTED, _LAST):
            for m in pattern.finditer(self.text, self.start, self.end) if "、" in self.text else ():
                self._counted(m.end(), m.start())

        if any(head in self.text for head in _FOR_ALL_HEADS):
            for m in _FOR_ALL.finditer(self.text, self.start, self.end):
                self._for_all(m)

    def _for_all(self, m: re.Match[str]) -> None:
        """Adds the items of a list whose last prints the head of all, if none of them is a word or has a head."""
        head, rows, common = m["head"], self.vocabulary.head_rows, self.vocabulary.common
        kind, sub = _FOR_ALL_HEADS[head]
        spans: list[tuple[int, int]] = []
        at = m.start("items")
        for item in re.split(r"[、和及与]", m["items"]):
            if not item:  # two marks beside each other
                at += 1
                continue
            ends = any(item[-n:] in rows for n in (2, 3)) or len(item) > 2 and item[-1] in "镇乡村路街"
            verb = any(len(w) > 1 and w in self.vocabulary.edges for w in cut(item))
            if item in common and kind != "body" or item[0] in LEVELS or ends or verb:
                return
            spans.append((at, at + len(item)))
            at += len(item) + 1
        if any(start <= p.start < end for start, end in spans for p in self.persons):
            return
        for start, end in spans:
            stop = m.end() if end == m.end("items") else end
            self.found = [c for c in self.found if not (start <= c.start and c.end <= stop)]
            shared = "" if stop > end else head
            self.found.append(Candidate(start, stop, kind, sub, "list-with-shared-head", 0.9, shared, True))

    def _counted(self, at: int, end: int) -> None:
        """Adds the short items before ``end`` of a list whose head, which begins at ``at``, is printed once."""
        text, common = self.text, self.vocabulary.common
        head = next(h for n in (4, 3, 2, 1) if (h := text[at : at + n]) in _COUNTED_HEADS)
        kind, sub, own = _COUNTED_HEADS[head]
        items = self._items_before(end)
        names = [text[start:stop] for start, stop in items]
        if own or any(len(name) > 4 or name in common or name.endswith((head, head[-1])) for name in names):
            return
        last = at + len(head)
        for start, _ in items:
            self.found = [c for c in self.found if not (start <= c.start and c.end <= last)]
        for start, stop in items:
            if stop == end == at:  # the last has the head itself: 、六安法庭
                self.found.append(Candidate(start, last, kind, sub, "list-with-shared-head", 0.86))
            else:
                self.found.append(Candidate(start, stop, kind, sub, "list-with-shared-head", 0.86, head))

    def _items_before(self, at: int) -> list[tuple[int, int]]:
        """The items of the list that ends at ``at``: 、-separated, up to the first word that belongs to no name."""
        items: list[tuple[int, int]] = []
        end = at
        while True:
            start = self.unit_of(end).start
            last = self.text[start - 1 : start] != "、"
            if start >= end:
                break
            unit = self.unit_of(start)
            starts = unit.starts
            for i in range(len(starts) - 1, 0, -1):
                word = unit.words[i - 1]
                if starts[i] < end and (
                    word in self.vocabulary.edges
                    and word not in self.vocabulary.nominal
                    or word in self.vocabulary.role_rows
                ):
                    start, last = max(start, starts[i]), True
                    break
            if not 2 <= end - start <= 16 or any(start <= p.start < end for p in self.persons):
                break
            inner = next((e for e in self._ends if start < e < end and self.text[e] in "及和与"), None)
            items += [(start, end)] if inner is None else [(inner + 1, end), (start, inner)]
            if last:
                break
            end = start - 1
        return items if len(items) > 1 else []
