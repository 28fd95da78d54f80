"""Where the name of an initiative may stand, and what speaks for it.

``持续抓好四项集中治理行动``: a rule finds the head 集中治理行动, the name reaches left to 抓好,
and that it is 抓好 speaks for the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.extract.draft import Draft
from kg.extract.initiative_edges import MAKERS, STOPS
from kg.extract.initiative_told import NO_HEAD, Found, Works
from kg.extract.initiative_words import BIND, chain, cutter, kind_of_tail, last_head
from kg.rules import Match, load_rules

#: what else speaks for a name
_DRIVEN, _LIST_DRIVEN, _AGAIN, _IN_HEADLINE, _LONG, _WORK, _VERB, _SHORT = 0.35, 0.2, 0.2, 0.2, 0.15, 0.2, -0.3, -0.1
_AT_HOME, _QUOTED_AGAIN = 0.35, 0.3
#: head words before which the name may reach over 和 (日常防火巡查和安全检查自查制度)
_WIDE = frozenset(("制度", "改革", "管控"))
#: 加强|市容整治: it is worked on, but so are the duties of every day
_FURTHER = frozenset(("加强", "强化", "加大", "促进", "通过", "提升", "优化"))
_TAGGED = re.compile("[\ue000-\uf8ff]")
#: a text up to the last mark in it
_TO_MARK = re.compile("(?s:.*)[，。；：！？\n]")
_NUMBER_NAME = re.compile(r"[一二三四五六七八九十百千万两双\d]")
_COUNTED_NAME = re.compile("[一二三四五六七八九十][大种号项]")
#: “四员”，即政策宣传员 …; “三级联动”督查机制（区领导督查、区督导组日督查 …）
_EXPANSION = re.compile(r"，?即[：，]?(?P<that>[^。；\n]{4,120})|（(?!以?下?简称|见)(?P<bracket>[^（）\n]{6,160})）")
_CLAUSE = re.compile("[^，。；、“”]{0,12}")
_SO_MANY = tuple(f"{n}项" for n in "两二三四五六七八九")
#: 对…火灾防控工作进行督导检查: the verb stands behind
_BEGINS_BEHIND = ("工作", "各项", "重点", "等")
_BEHIND = re.compile("(?:等)?(?:各项|重点)?工作(?:情况|进展)?(?:进行|开展)(?:了|专题|实地|全面)*(?P<verb>..)")
#: 把巡察整改与“两在两同”行动结合起来
_JOINERS = frozenset(("把", "将", "推动", "促进", "使"))
_WITH = re.compile("(?:工作)?[与和同][^，。；]{2,30}?(?:结合|融合|衔接|贯通|统筹)")
_COUNT = re.compile("^[一二三四五六七八九十]个?")
#: 新建项目, 各类工程: kinds of them, none a name
_NEW_ONES = re.compile(r"(?:各|新建|续建|在建|重点|重大|一批|相关|其他|基础设施)[^，。]{0,4}(?:项目|工程)$")
#: whose campaign it is: no part of its name
_WHERE = re.compile(
    "[^，。]{2,6}(?:社区|街道|[镇乡村])(?=(?:文明|卫生|平安|美丽|健康|无废|绿色|书香|法治|示范|先进)[^，。]{1,4}$)"
)
_STAGE = re.compile("[一二三四五六]期(?:工程|项目)")
_AGREEMENTS = ("协议", "协议书", "备忘录", "合同")
#: no quotation is a name that ends so
_SPOKEN = tuple("。！？，；")
#: a meeting that sets something going, not one that is held every year
_DRIVE_MEETING = re.compile("(?:工作)?(?:专题|现场|视频|电视电话)*(?:推进|动员|部署|调度|启动|誓师|攻坚|研究)")


#: a quotation as a name: its begin and end, its kind, what speaks for it, what it is said to mean
_Quote = tuple[int, int, str, tuple[float, float, float], str]


class Reader(Works):
    """One article while its initiatives are looked for: what the rules find, weighed."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._quotes: dict[tuple[int, int, str, bool], _Quote | None] = {}

    def driven(self, floor: int, start: int, stopper: str) -> float:
        """What it is worth that a word of carrying out stands before the name, or before the list that it is in."""
        if stopper in ("和", "与", "及", "以及"):
            starts, found = self.cut(floor)
            return _LIST_DRIVEN * self._any_driving(found[: bisect_left(starts, start)])
        if stopper in _FURTHER:
            return _LIST_DRIVEN
        if stopper == "的":
            starts, found = self.cut(floor)
            return _LIST_DRIVEN * self._any_driving(found[: bisect_left(starts, start)][-6:])
        if stopper:
            return _DRIVEN * (self.role(stopper) in ("drive", "either"))
        if floor == 0 or self.norm[floor - 1] not in "、”":
            return 0.0
        found_before = _TO_MARK.match(self.norm, max(0, floor - 70), floor)
        at = found_before.end() if found_before else max(0, floor - 70)
        return _LIST_DRIVEN * self._any_driving(cutter()(self.norm[at:floor]))

    def _any_driving(self, found: list[str]) -> bool:
        return any(self.role(word) in ("drive", "either") for word in found)

    # ------------------------------------------------------------ the rules' groups

    def read(self) -> Iterator[Found]:
        yield from self.headlined()
        for match in load_rules("initiative", self.draft.extra).find(self.tagged):
            edge = match.rule.result["edge"]
            found: Found | None = None
            if edge == "head":
                found = self.headed(match)
            elif edge == "quoted":
                found = self.quoted(match)
            elif edge == "name" and (match.rule.result.get("own") != "yes" or self._of_home(match)):
                found = self.known(match)
            elif edge == "document":
                found = self.signed(match)
            elif edge == "shared":
                found = self.known(match)
                found = found and found._replace(name=found.name + self.norm[slice(*match.span("share"))])
            elif edge == "topic":
                yield from self.topic(match)
            elif edge == "each":
                yield from self.each(match)
            elif edge == "told":
                yield from self.told(match)
            if found is not None:
                yield found

    def known(self, match: Match) -> Found | None:
        start, end = match.span("name")
        result = match.rule.result
        left = result.get("left")
        if match.has("deep"):
            start = max(start, self.left(self.floor_before(start), match.span("deep")[0])[0])
        elif left == "home":
            start = max(start, self.left(self.floor_before(start), end, home=True)[0])
        elif left == "cut" or result["edge"] == "shared":
            start = max(start, self.left(self.floor_before(start), end)[0])
        name = self.norm[start:end]
        if left == "cut" and (len(name) < 4 or _STAGE.fullmatch(name)):
            return None  # 洽|谈项目, 实现|一期工程: nothing is left to tell it by
        if self.norm[start - 1 : start] in ("”", "’") and self.words.heads.get(name, NO_HEAD)["bind"] == "work":
            return None  # “湘商回归”招商引资推介会
        if name in self.words.known:
            kind = self.words.known[name]["kind"]
        else:
            kind = kind_of_tail(self.words, name) or result.get("kind", "")
        score = match.rule.score + _AGAIN * (self.norm.count(name) > 1)
        core = f"创建{name[2:]}" if name.startswith(("争创", "申创")) else name
        return Found(start, end, name, kind, match.rule.name, score, core)

    def signed(self, match: Match) -> Found | None:
        """An agreement in 《》; a pledge to one's superiors (责任状) is none."""
        start, end = match.span("name")
        name = self.norm[start + 1 : end - 1]
        if not name.endswith(_AGREEMENTS):
            return None
        return Found(start + 1, end - 1, name, "agreement", match.rule.name, match.rule.score, name)

    def _of_home(self, match: Match) -> bool:
        """Whether a name holds that of the page's own area (幸福美好新青州)."""
        return match.match["name"].endswith(tuple(h for h in self.home if len(h) >= 2))

    def headed(self, match: Match) -> Found | None:
        """The name of a head word, which reaches over no mark or mention to its left."""
        starts = self.tagged.starts
        head, end = match.match.span("head")
        floor = starts[self.wall_before(head)]
        return self.from_head(floor, starts[head], starts[end], match.rule.name, match.rule.score)

    def from_head(self, floor: int, head: int, end: int, rule: str, given: float) -> Found | None:
        """The name that ends in the head word at ``head:end``, with what speaks for it."""
        norm = self.norm
        heads = chain(norm[head:end], self.draft.extra)
        if heads is None or head + heads.main - floor < heads.least:
            return None
        bind = heads.bind
        start, stopper, modifier = self.left(floor, head, heads.word in _WIDE, bind == "aim")
        width = head + heads.main - start
        if width < heads.least or (
            heads.least and not heads.field and end - head < 6 and self._says_nothing(modifier, bind)
        ):
            return None
        edges = self.cut(floor)[0]
        if end not in edges and head + heads.last not in edges:
            return None  # 进行|动员: no word begins or ends where 行动 does
        if head - start >= 4 and norm.endswith(_SO_MANY, start, head):
            return None  # 招投标市场整顿|两项专项行动
        start = self._with_twin(floor, start, modifier)
        if not 4 - (bind == "work") <= end - start <= 26:
            return None
        role = self.role(stopper)
        made = stopper in MAKERS or role == "drive"
        if bind == "aim" and not made and any(m.start <= start and end <= m.end for m in self.sites):
            return None  # a place that is visited, not one to be made
        if bind == "work" and norm[start - 1 : start] in ("”", "’"):
            return None  # “安心过年”反诈宣传活动
        if norm.startswith("创建", head) and (where := _WHERE.match(norm, start, head)):
            start = where.end()  # 石门村|文明家庭创建
        name = norm[start:end]
        again = norm.count(name) > 1
        score = given + BIND[bind]
        driven = _DRIVEN if bind == "aim" and stopper in MAKERS else self.driven(floor, start, stopper)
        behind = _BEHIND.match(norm, end) if norm.startswith(_BEGINS_BEHIND, end) else None
        about = self.words.cues["about"]
        if (
            (stopper in _JOINERS and _WITH.match(norm, end))
            or (bind == "work" and stopper in about)
            or (behind and behind["verb"] in about)
        ):
            driven = max(driven, _DRIVEN)
        score += driven * (1.5 if bind == "aim" else 1)
        score += _AGAIN * again + _IN_HEADLINE * (name in self.headline)
        score += _LONG * (width >= 5) + _WORK * norm.startswith(self.words.cues["work"], end)
        if bind in ("medium", "link"):
            score += _VERB * (not self._noun(end)) + _SHORT * (width < 4 and not again)
        kind = heads.kind
        if heads.word.endswith("建设") and norm.endswith(self.words.built, start, head + heads.last):
            kind = "project"
        return Found(start, end, name, kind, rule, score, name)

    def _says_nothing(self, modifier: list[str], bind: str) -> bool:
        """责任制度, 基层基础建设: words too general to make a name; 城市环境综合整治 has enough of them to be one."""
        few = 1 if bind == "strong" else 2
        return len(modifier) <= few and all(w in self.words.generic for w in modifier)

    def _with_twin(self, floor: int, start: int, modifier: list[str]) -> int:
        """序化、洁化专项整治: a word of the same make before 、 belongs to the name, and what stands before it."""
        if not modifier or start != floor or start == 0 or self.norm[start - 1] != "、":
            return start
        first = modifier[0]
        twin = self.norm[max(0, start - 1 - len(first)) : start - 1]
        if len(twin) != len(first) or len(first) > 3 or twin[-1] != first[-1]:
            return start
        begin = start - 1 - len(first)
        return min(begin, self.left(self.floor_before(begin), begin)[0])

    def topic(self, match: Match) -> Iterator[Found]:
        """甲暨乙 before 推进会: each part that ends in a head word."""
        start, end = match.span("topic")
        if self.norm[start - 1] in "”’" and self.words.heads.get(self.norm[start:end], {}).get("bind") == "work":
            return  # “湘商回归”招商引资推介会
        at = start
        for part in self.norm[start:end].split("暨"):
            stop = at + len(part)
            tail = self.last_head(at, stop)
            if tail >= 0:
                if at > start and tail - at <= 2 and self.last_head(start, at - 1) < 0:
                    # 冬季除雪暨供暖保障: a part too short to be a name goes with the one before it
                    first, _, _ = self.left(start, at - 1)
                    name = self.norm[first:stop]
                    yield Found(first, stop, name, "programme", match.rule.name, 0.7, name)
                if "、" in part:
                    # 城区行人、非机动车交通违法行为专项治理: what a meeting is about is one thing
                    first, _, _ = self.left(at, at + part.index("、"))
                    name = self.norm[first:stop]
                    yield Found(first, stop, name, kind_of_tail(self.words, name), match.rule.name, 0.7, name)
                floor = max(at, self.floor_before(tail))
                found = self.from_head(floor, tail, stop, match.rule.name, match.rule.score)
                if found is not None:
                    yield found
                if (found is None or found.score < 0.6) and _DRIVE_MEETING.match(self.norm, end):
                    first, _, _ = self.left(floor, tail)
                    name = self.norm[first:stop]
                    if (field := self.words.field.fullmatch(name)) and field["of"] not in self.words.generic:
                        yield Found(first, stop, name, "campaign", match.rule.name, 0.65, name)  # 水泥厂整改
            elif "暨" not in self.norm[start:end] and (
                _DRIVE_MEETING.match(self.norm, end)
                or (self.norm.startswith("大会", end) and self.words.field.fullmatch(part))  # 民营经济发展|大会
            ):
                first, _, words = self.left(at, stop, over_and=True)
                if (
                    4 <= stop - first <= 10
                    and not self.norm.endswith(("重点", "专项"), first, stop)
                    and not all(w in self.words.generic for w in words)
                ):
                    name = self.norm[first:stop]
                    yield Found(first, stop, name, "campaign", match.rule.name, match.rule.score, name)
            if stop == end and self.norm.startswith("工作", end):
                yield from self.works_of(at, stop, match.rule.name)
            at = stop + 1

    def last_head(self, start: int, end: int) -> int:
        """Where the head begins that ends at ``end``; -1 if there is none."""
        if start >= end or self.norm[end - 1] not in self.words.ends:
            return -1
        found = list(self.words.head.finditer(self.norm, start, end))
        if not found or found[-1].end() != end:
            return -1
        at = found[-1].start()
        for m in reversed(found[:-1]):
            if m.end() != at:
                break
            at = m.start()
        return at

    def each(self, match: Match) -> Iterator[Found]:
        start, end = match.span("each")
        parts: list[tuple[int, int]] = []
        at = start
        for m in re.finditer("[、与和]|$", self.norm[start:end]):
            if m.start() + start > at:
                parts.append((at, start + m.start()))
            at = start + m.end()
        texts = [self.norm[a:b] for a, b in parts]
        alike = _common_prefix(texts[1:]) if len(texts) > 2 else ""
        for a, b in parts:
            text = self.norm[a:b]
            if match.rule.result.get("all") == "yes":
                yield from self._whole_part(match, a, b)
                continue
            if any(mark in text for mark in "“”《") or text.endswith(("情况", "进展", "现场")):
                continue
            tail = self.last_head(a, b)
            if tail >= 0:
                found = self.from_head(a, tail, b, match.rule.name, match.rule.score)
                if found is not None:
                    yield found
            elif match.span("works")[0] and self.norm[slice(*match.span("works"))].endswith("项目建设"):
                first = self.left(a, b)[0] if a == start else a
                if b - first >= 4 + (len(alike) < 2):  # 现代物流、电子商务: kinds of projects
                    yield Found(first, b, self.norm[first:b], "project", match.rule.name, 0.65, self.norm[first:b])
            elif len(alike) >= 2 and alike in text:
                first = a + text.index(alike)
                yield Found(first, b, self.norm[first:b], "project", match.rule.name, 0.7, self.norm[first:b])

    def _whole_part(self, match: Match, start: int, end: int) -> Iterator[Found]:
        """One of a row of projects or mechanisms, a name if there is something to tell it by; 加强|园区共建合作."""
        edges, words = self.cut(start)
        if words and self.role(words[0]) in ("drive", "either", "stop"):
            start = edges[1]
        name = self.norm[start:end]
        row = chain(name[-4:], self.draft.extra)
        told = name[: row.main + len(name[:-4])] if row else name
        if 4 <= len(name) <= 30 and told not in self.words.generic and not _NEW_ONES.match(name):
            kind = match.rule.result.get("kind", "programme")
            yield Found(start, end, name, kind, match.rule.name, match.rule.score, name)

    def quoted(self, match: Match) -> Found | None:
        """The name that a quotation is or begins, by one rule: several rules may speak for the same quotation."""
        start, end = match.span("quoted")
        result = match.rule.result
        tail = self.norm[slice(*match.span("tail"))] if match.has("tail") else ""
        key = (start, end, tail, result.get("behind") == "free")
        if key not in self._quotes:
            self._quotes[key] = self._quote(*key)
        quote = self._quotes[key]
        if quote is None:
            return None
        first, last, kind, points, expansion = quote
        score = match.rule.score + points[0] + points[1] + points[2]
        kind = kind or result.get("kind") or "programme"
        inner = self.norm[start:end]
        name = inner if (first, last) == (start - 1, end + 1) else self.norm[first:last]
        return Found(first, last, name, kind, match.rule.name, score, inner, expansion)

    def _quote(self, start: int, end: int, tail: str, free: bool) -> _Quote | None:
        """What is to be said of a quotation and the words behind it, whatever rule has found it."""
        norm = self.norm
        inner = norm[start:end]
        if not self._may_be_name(inner, start, end, tail, free):
            return None
        numbered = _NUMBER_NAME.match(inner) is not None
        if (start, end) in self.quoted_bodies and not tail and not numbered:
            return None
        numbered = numbered and len(inner) <= 8
        first, last = start - 1, end + 1
        if tail and (len(tail) <= 5 or numbered or self._strong(tail, inner)) and not tail.endswith("方向"):
            last += len(tail)
        if numbered and len(tail) <= 4:
            edge, _, _ = self.left(self.floor_before(first), first)
            before = norm[edge:first]
            if (
                norm[edge - 1 : edge] != "、"
                and 4 <= len(before) <= 8
                and before[-2:] != inner[-2:]
                and before not in self.words.heads
            ):
                first = edge
        at_home = self._holds_home(inner)
        again = norm.count(inner if len(inner) > 2 else norm[start - 1 : end + 1]) > 1  # “盘聚” and 盘聚 by chance
        points = (
            _DRIVEN * self._driving_before(start - 1),
            _QUOTED_AGAIN * again + _IN_HEADLINE * (inner in self.headline),
            _AT_HOME * at_home,
        )
        told = _EXPANSION.match(norm, last if last > end + 1 else end + 1 + len(tail))
        kind = self._kind_of_quoted(inner) if len(tail) > 5 else ""
        kind = kind or kind_of_tail(self.words, tail)
        if at_home and not tail and not inner.endswith(self.words.cues["honour"]):
            kind = "vision"  # “三个二七”, “品质二七”
        kind = kind or self._kind_of_quoted(inner)
        return first, last, kind, points, (told["that"] or told["bracket"]) if told else ""

    def _holds_home(self, inner: str) -> bool:
        """Whether a quotation holds the name of the page's own area, and more."""
        for area in self.home:  # noqa: SIM110 (any() takes twice as long)
            if area in inner and len(area) >= 2 and area != inner:
                return True
        return False

    def _strong(self, tail: str, inner: str) -> bool:
        """Whether a tail ends in a head word that makes a name by itself (“大综合一体化”行政执法改革)."""
        if len(tail) > 14 or inner in self.words.known:
            return False
        head = last_head(self.words, tail)
        return bool(head) and self.words.heads[head]["bind"] == "strong"

    def _noun(self, end: int) -> bool:
        """Whether the head word that ends here is a noun by what follows it."""
        return end >= len(self.norm) or self.norm[end] in STOPS or self.norm.startswith(self.words.cues["noun"], end)

    def _driving_before(self, offset: int) -> bool:
        """Whether the word before an offset is one of carrying out; the words are cut only where it may be."""
        before = self.norm[max(0, offset - 6) : offset]
        driving = self.words.driving
        for n in range(1, 7):
            if before[-n:] in driving:
                return self.role(cutter()(before)[-1]) in ("drive", "either")
        return False

    def _kind_of_quoted(self, inner: str) -> str:
        ends = kind_of_tail(self.words, inner)
        if ends:
            return ends
        if inner.endswith(("制", "法")) or "、" in inner or "+" in inner:
            return "mechanism"
        if inner.endswith(self.words.cues["built"]):
            return "project"
        return "programme" if _COUNTED_NAME.match(inner) else ""

    def _may_be_name(self, inner: str, start: int, end: int, tail: str, free: bool = False) -> bool:
        """Not a figure of speech, not what somebody said, no body and no lecture.

        ``free`` says that the rule itself has looked at what stands behind.
        """
        if inner in self.words.quoted and not tail.startswith(self.words.cues["doing"]):
            return False
        if inner in self.home or len(inner) < 2 or inner.endswith(_SPOKEN) or _TAGGED.search(inner):
            return False
        if inner in self.words.heads and not tail:
            return False
        if inner.isdigit() and not tail:
            return False
        if self.norm[start - 2 : start - 1] in ("：", "说", "道") and len(inner) > 12:
            return False
        cues = self.words.cues
        if self.norm[max(0, start - 5) : start - 1].endswith(cues["no-name-before"]) and self.own not in inner:
            return False  # 获评“最美护士”
        after = _CLAUSE.match(self.norm, end + 1)
        soon = after[0] if after else ""
        if soon.startswith(cues["no-name-next"]) or _COUNT.sub("", soon).startswith(cues["no-name-next"]):
            return False
        if inner.endswith(cues["no-name-end"]):
            return False
        near = None if free else self.words.soon.search(soon)
        if near is None or near.start() > 6:
            return True
        return bool(tail) and not any(0 <= soon.find(w) <= 6 for w in cues["no-name-soon"] if w not in tail)


def _common_prefix(texts: list[str]) -> str:
    if len(texts) < 2:
        return ""
    first, last = min(texts), max(texts)
    n = 0
    while n < min(len(first), len(last)) and first[n] == last[n]:
        n += 1
    return first[:n]
