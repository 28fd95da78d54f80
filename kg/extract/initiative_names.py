"""Where the name of an initiative may stand, where it begins, and what speaks for it.

``持续抓好四项集中治理行动``: a rule finds the head 集中治理行动, the name reaches left to 抓好,
and that it is 抓好 speaks for the name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.draft import Draft
from kg.extract.initiative_words import cutter, words
from kg.extract.quantities import role
from kg.model import Mention, MentionKind, Quantity
from kg.rules import Match, load_rules, tag

#: what a head word is worth by itself, by the ``bind`` column of initiative-heads.tsv
_BIND = {"strong": 0.6, "medium": 0.25, "weak": 0.1, "link": 0.0, "aim": 0.1, "work": 0.25}
#: what else speaks for a name
_DRIVEN, _LIST_DRIVEN, _AGAIN, _IN_HEADLINE, _LONG, _WORK, _VERB, _SHORT = 0.35, 0.2, 0.2, 0.2, 0.15, 0.2, -0.3, -0.1
_AT_HOME, _QUOTED_AGAIN = 0.35, 0.3
#: head words before which the name may reach over 和 (日常防火巡查和安全检查自查制度)
_WIDE = frozenset(("制度", "改革", "管控"))

#: before a thing to be made (bind ``aim``) these are verbs: 建设|现代化新城区
_MAKERS = frozenset(("建设", "建成", "打造", "创建", "加速建设"))
_STOPS = frozenset("，。；：、！？“”‘’（）《》\n \u3000")
_STOP = re.compile(f"[{''.join(sorted(_STOPS))}]")
#: what no name reaches over in a tagged text: a mark or a mention
_WALL = re.compile(f"[{''.join(sorted(_STOPS))}\ue000-\uf8ff]")
_REACH = 24
_NUMBER_NAME = re.compile(r"[一二三四五六七八九十百千万两双\d]")
_COUNTED_NAME = re.compile("[一二三四五六七八九十][大种号项]")
#: “四员”，即政策宣传员 …; “三级联动”督查机制（区领导督查、区督导组日督查 …）
_EXPANSION = re.compile(r"，?即[：，]?(?P<that>[^。；\n]{4,120})|（(?!以?下?简称|见)(?P<bracket>[^（）\n]{6,160})）")
_COUNTED = frozenset("个件条项处家户座所台名万")
_CLAUSE = re.compile("[^，。；、“”]{0,12}")
_SO_MANY = re.compile("..[两二三四五六七八九]项$")
#: the own area by a word, between the verb and the name
_WHOLE = re.compile("[全我本][区市县旗州省镇乡村校]|全街道")
#: 对…火灾防控工作进行督导检查: the verb stands behind
_BEHIND = re.compile("(?:等)?(?:各项|重点)?工作(?:情况|进展)?(?:进行|开展)(?:了|专题|实地|全面)*(?P<verb>..)")
#: 把巡察整改与“两在两同”行动结合起来
_JOINERS = frozenset(("把", "将", "推动", "促进", "使"))
_WITH = re.compile("(?:工作)?[与和同][^，。；]{2,30}?(?:结合|融合|衔接|贯通|统筹)")
_COUNT = re.compile("^[一二三四五六七八九十]个?")
#: 重点场所|火灾防控: where it is done is no part of the name
_SCOPE = re.compile(
    "(?:全[区市县旗州省镇乡]|辖区内?|各类|主要|重点)*(?:场所|领域|部位|行业|单位|人群|点位|时段|区域内)"
)
#: 自|新冠疫苗接种, 以|农房风貌管控, where the cutter has glued the preposition; 自建房 is a word
_SINCE = re.compile(
    "以(?!工代赈|旧换新|案促改|租代|学促|赛促|奖代|商招|链招|人民)|自(?=[^建然来治主助行动贸我由救查媒有费理愿强信律检纠养产营备考习学]|行[^车])"
)
#: a meeting that sets something going, not one that is held every year
_DRIVE_MEETING = re.compile("(?:工作)?(?:专题|现场|视频|电视电话)*(?:推进|动员|部署|调度|启动|誓师|攻坚)")


class Found(NamedTuple):
    """A stretch that may be a name: ``core`` is the name without quotes and head."""

    start: int
    end: int
    name: str
    kind: str
    rule: str
    score: float
    core: str = ""
    expansion: str = ""


class Reader:
    """One article while its initiatives are looked for."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.norm = draft.norm
        self.words = words(draft.extra)
        kinds: tuple[MentionKind, ...] = ("document", "body", "person", "post", "date")
        labels = [m for m in draft.of("label") if not m.name.endswith(("干部", "党员"))]  # 领导干部|包联制度
        self.quoted_bodies = {(m.start, m.end) for m in draft.of("body") if _in_quotes(self.norm, m)}
        if self.quoted_bodies:
            # “时间银行”互助养老模式: what looks like a body between quotes may be a name, if a head word follows
            walls = [m for m in draft.of(*kinds) if (m.start, m.end) not in self.quoted_bodies]
        else:
            walls = draft.of(*kinds)
        self.tagged = tag(self.norm, [*walls, *labels], *draft.article.prose)
        self.headline = draft.article.headline
        self.home = _home_names(draft)
        own = draft.context.jurisdiction.name
        self.own = own[:-1] if len(own) > 2 else own or "\n"
        self.sites = [m for m in draft.of("place") if m.subkind not in ("admin", "street")]
        self._walls = [m.end() for m in _WALL.finditer(self.tagged.text)]
        self._cuts: dict[int, list[tuple[int, int, str]]] = {}
        self._edges = {m.start: m.end for m in draft.of("quantity") if _is_count(m, draft)}
        self._edges |= {m.start: m.end for m in draft.of("place") if m.subkind == "street" and m.name[-1:] in "镇乡"}

    # ------------------------------------------------------------ the left edge

    def floor(self, match: Match, group: str) -> int:
        """Article offset of the nearest mark or mention to the left: no name reaches over it."""
        at = match.match.start(group)
        return self.tagged.starts[max(0, at - _REACH, self._wall_before(at))]

    def _wall_before(self, at: int) -> int:
        """Where the last mark or mention before a tagged place ends; 0 where there is none."""
        i = bisect_right(self._walls, at)
        return self._walls[i - 1] if i else 0

    def cut(self, floor: int) -> list[tuple[int, int, str]]:
        """The words from ``floor`` to the end of the clause, with their offsets."""
        if floor not in self._cuts:
            stop = _STOP.search(self.norm, floor)
            end = stop.start() if stop else len(self.norm)
            at, out = floor, []
            for word in cutter()(self.norm[floor:end]):
                out.append((at, at + len(word), word))
                at += len(word)
            self._cuts[floor] = out
        return self._cuts[floor]

    def left(
        self, floor: int, head: int, over_and: bool = False, made: bool = False, home: bool = False
    ) -> tuple[int, str, list[str]]:
        """Where the name begins whose head word stands at ``head``, the word that stopped it, and its words.

        The page's own area is no part of it unless ``home`` is set (2025铜梁龙灯艺术节).
        """
        inside: list[tuple[int, str]] = []
        stopper = ""
        cut = [(a, self.norm[a : min(b, head)]) for a, b, _ in self.cut(floor) if a < head]
        for i in range(len(cut) - 1, -1, -1):
            start, word = cut[i]
            role = self.role(word)
            if role in ("both", "either") and (i == 0 or len(cut[i - 1][1]) < 2 or cut[i - 1][1] in self.words.edges):
                led = i > 0 and self.role(cut[i - 1][1]) == "drive"  # 督导|检查, 推进|优化
                role = "drive" if role == "either" or led else "stop"
            if made and word in _MAKERS:
                role = "drive"
            if word == "和" and self.norm[start + 1 : start + 2] == "美" and self.norm[start + 2 : start + 3] != "丽":
                role = ""  # 和美乡村, of whatever kind (和美|嘎查)
            if role in ("drive", "stop") and not (over_and and word == "和"):
                stopper = word
                if i and _WHOLE.fullmatch(word) and self.role(cut[i - 1][1]) == "drive":
                    stopper = cut[i - 1][1]  # 部署|全县|抗旱保供
                break
            inside.append((start, word))
        inside.reverse()
        if inside and (glued := self.words.glued.match(self.norm, inside[0][0], head)):
            # 为打|好秋冬: where the cutter went wrong, a verb may still stand at the very beginning
            at, stopper = glued.end(), glued[0]
            inside = [(max(a, at), w[max(0, at - a) :]) for a, w in inside if a + len(w) > at]
        while inside and self._may_not_begin(inside[0][1], inside[1][1] if len(inside) > 1 else ""):
            inside.pop(0)
        start = self._without_scope(inside[0][0], head) if inside else head
        for area in () if home else self.home:
            if len(area) > 2 and (at := self.norm.rfind(area, start, head)) >= 0:
                start = at + len(area)
        return start, stopper, [w for at, w in inside if at >= start]

    def _without_scope(self, start: int, head: int) -> int:
        """The beginning of a name behind a number, a town or the things it is done to: 120栋|历史建筑修缮, 文峰镇|…"""
        end = self._edges.get(start, -1)
        start = end if start < end <= head - 2 else start
        for pattern in (_SINCE, _SCOPE):
            found = pattern.match(self.norm, start, head)
            start = found.end() if found and found.end() <= head - 2 else start
        return start

    def role(self, word: str) -> str:
        """The role of a word at the edge of a name; 全面落实 has that of 落实."""
        edges = self.words.edges
        if word not in edges and len(word) == 4 and word[:2] in edges and word[2:] in edges:
            return edges[word[2:]]
        return edges.get(word, "")

    def _may_not_begin(self, word: str, after: str) -> bool:
        if word.isdigit():
            return not after or after[0] in _COUNTED
        return self.words.edges.get(word) == "trim" or word in self.home or word in "和与年月日第"

    def driven(self, floor: int, start: int, stopper: str) -> float:
        """What it is worth that a word of carrying out stands before the name, or before the list that it is in."""
        if stopper in ("和", "与", "及", "以及"):
            words = [w for at, _, w in self.cut(floor) if at < start]
            return _LIST_DRIVEN * any(self.role(w) in ("drive", "either") for w in words)
        if stopper:
            return _DRIVEN * (self.role(stopper) in ("drive", "either"))
        if floor == 0 or self.norm[floor - 1] not in "、”":
            return 0.0
        at = floor
        while at > 0 and self.norm[at - 1] not in "，。；：！？\n" and floor - at < 70:
            at -= 1
        return _LIST_DRIVEN * any(self.role(w) in ("drive", "either") for w in cutter()(self.norm[at:floor]))

    # ------------------------------------------------------------ the rules' groups

    def read(self) -> Iterator[Found]:
        for match in load_rules("initiative", self.draft.extra).find(self.tagged):
            edge = match.rule.result["edge"]
            if edge == "name":
                yield self.known(match)
            elif edge == "shared":
                found = self.known(match)
                yield found._replace(name=found.name + self.norm[slice(*match.span("share"))])
            elif edge == "quoted":
                yield from self.quoted(match)
            elif edge == "head":
                yield from self.headed(match)
            elif edge == "topic":
                yield from self.topic(match)
            elif edge == "each":
                yield from self.each(match)

    def known(self, match: Match) -> Found:
        start, end = match.span("name")
        if match.has("deep"):
            start = max(start, self.left(self._floor_before(start), match.span("deep")[0])[0])
        elif match.rule.result.get("left") == "home":
            start = max(start, self.left(self._floor_before(start), end, home=True)[0])
        elif match.rule.result.get("left") == "cut" or match.rule.result["edge"] == "shared":
            start = max(start, self.left(self._floor_before(start), end)[0])
        name = self.norm[start:end]
        kind = match.rule.result.get("kind", "")
        kind = self.words.known[name]["kind"] if name in self.words.known else self._kind_of_tail(name) or kind
        score = match.rule.score + _AGAIN * (self.norm.count(name) > 1)
        return Found(start, end, name, kind, match.rule.name, score, name)

    def headed(self, match: Match) -> Iterator[Found]:
        head, end = match.span("head")
        yield from self.from_head(self.floor(match, "head"), head, end, match.rule.name, match.rule.score)

    def from_head(self, floor: int, head: int, end: int, rule: str, given: float) -> Iterator[Found]:
        """The name that ends in the head word at ``head:end``, with what speaks for it."""
        chain = [(m.start(), self.words.heads[m[0]]) for m in self.words.head.finditer(self.norm, head, end)]
        if not chain:
            return
        bind = max((row["bind"] for _, row in chain), key=_BIND.__getitem__)
        main, row = next((at, row) for at, row in chain if row["bind"] == bind)
        least, last = int(row["least"]), chain[-1][1]
        start, stopper, modifier = self.left(floor, head, last["word"] in _WIDE, bind == "aim")
        width = main - start
        field = chain[0][1]["bind"] == "work"  # 抗旱保供|攻坚战: a field of work says enough
        if width < least or (least and not (field and main > head) and self._says_nothing(modifier, bind)):
            return
        if not any(b == end or a == chain[-1][0] for a, b, _ in self.cut(floor)):
            return  # 进行|动员: no word begins or ends where 行动 does
        if _SO_MANY.search(self.norm, start, head):
            return  # 招投标市场整顿|两项专项行动
        start = self._with_twin(floor, start, modifier)
        name = self.norm[start:end]
        if len(name) < 4 - (bind == "work") or len(name) > 26:
            return
        made = stopper in _MAKERS or self.role(stopper) == "drive"
        if bind == "aim" and not made and any(m.start <= start and end <= m.end for m in self.sites):
            return  # a place that is visited, not one to be made
        again = self.norm.count(name) > 1
        score = given + _BIND[bind]
        driven = _DRIVEN if bind == "aim" and stopper in _MAKERS else self.driven(floor, start, stopper)
        behind = _BEHIND.match(self.norm, end)
        toured = stopper if bind == "work" else behind["verb"] if behind else ""
        if stopper in _JOINERS and _WITH.match(self.norm, end):
            driven = max(driven, _DRIVEN)
        if toured in self.words.cues["about"] or (behind and behind["verb"] in self.words.cues["about"]):
            driven = max(driven, _DRIVEN)
        score += driven * (1.5 if bind == "aim" else 1)
        score += _AGAIN * again + _IN_HEADLINE * (name in self.headline)
        score += _LONG * (width >= 5) + _WORK * bool(self.norm.startswith(self.words.cues["work"], end))
        if bind in ("medium", "link"):
            score += _VERB * (not self._noun(end)) + _SHORT * (width < 4 and not again)
        thing = self.norm[start : chain[-1][0]]
        built = last["word"].endswith("建设") and thing.endswith((*self.words.cues["built"], "工程"))
        yield Found(start, end, name, "project" if built else last["kind"], rule, score, name)

    def _says_nothing(self, modifier: list[str], bind: str) -> bool:
        """责任制度, 基层基础建设: words too general to make a name; 城市环境综合整治 has enough of them to be one."""
        few = 1 if bind == "strong" else 2
        return all(w in self.words.generic for w in modifier) and len(modifier) <= few

    def _with_twin(self, floor: int, start: int, modifier: list[str]) -> int:
        """序化、洁化专项整治: a word of the same make before 、 belongs to the name, and what stands before it."""
        if not modifier or start != floor or start == 0 or self.norm[start - 1] != "、":
            return start
        first = modifier[0]
        twin = self.norm[max(0, start - 1 - len(first)) : start - 1]
        if len(twin) != len(first) or len(first) > 3 or twin[-1] != first[-1]:
            return start
        begin = start - 1 - len(first)
        return min(begin, self.left(self._floor_before(begin), begin)[0])

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
                    yield Found(first, stop, name, self._kind_of_tail(name), match.rule.name, 0.7, name)
                floor = max(at, self._floor_before(tail))
                yield from self.from_head(floor, tail, stop, match.rule.name, match.rule.score)
            elif "暨" not in self.norm[start:end] and _DRIVE_MEETING.match(self.norm, end):
                first, _, words = self.left(at, stop, over_and=True)
                if 4 <= stop - first <= 10 and not all(w in self.words.generic for w in words):
                    name = self.norm[first:stop]
                    yield Found(first, stop, name, "campaign", match.rule.name, match.rule.score, name)
            at = stop + 1

    def last_head(self, start: int, end: int) -> int:
        """Where the head begins that ends at ``end``; -1 if there is none."""
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
            if any(mark in text for mark in "“”《") or text.endswith(("情况", "进展", "现场")):
                continue
            tail = self.last_head(a, b)
            if tail >= 0:
                yield from self.from_head(a, tail, b, match.rule.name, match.rule.score)
            elif match.span("works")[0] and self.norm[slice(*match.span("works"))].endswith("项目建设"):
                first = self.left(a, b)[0] if a == start else a
                if b - first >= 4:
                    yield Found(first, b, self.norm[first:b], "project", match.rule.name, 0.65, self.norm[first:b])
            elif len(alike) >= 2 and alike in text:
                first = a + text.index(alike)
                yield Found(first, b, self.norm[first:b], "project", match.rule.name, 0.7, self.norm[first:b])

    def quoted(self, match: Match) -> Iterator[Found]:
        start, end = match.span("quoted")
        inner = self.norm[start:end]
        tail = self.norm[slice(*match.span("tail"))] if match.has("tail") else ""
        if not self._may_be_name(inner, start, end, tail, match.rule.result.get("behind") == "free"):
            return
        if (start, end) in self.quoted_bodies and not tail and not _NUMBER_NAME.match(inner):
            return
        name, first, last = inner, start - 1, end + 1
        numbered = bool(_NUMBER_NAME.match(inner)) and len(inner) <= 8
        strong = self._strong(tail) and len(tail) <= 14 and inner not in self.words.known
        if tail and (len(tail) <= 5 or numbered or strong) and not tail.endswith("方向"):
            last += len(tail)
            name = self.norm[first:last]
        if numbered and len(tail) <= 4:
            edge, _, _ = self.left(self._floor_before(first), first)
            before = self.norm[edge:first]
            if 4 <= len(before) <= 8 and before[-2:] != inner[-2:] and before not in self.words.heads:
                first = edge
                name = self.norm[first:last]
        score = match.rule.score
        score += _DRIVEN * (self.role(self._word_before(start - 1)) in ("drive", "either"))
        score += _QUOTED_AGAIN * (self.norm.count(inner) > 1) + _IN_HEADLINE * (inner in self.headline)
        at_home = any(len(h) >= 2 and h in inner and h != inner for h in self.home)
        score += _AT_HOME * at_home
        told = _EXPANSION.match(self.norm, last if last > end + 1 else end + 1 + len(tail))
        kind = self._kind_of_quoted(inner) if len(tail) > 5 else ""
        kind = kind or self._kind_of_tail(tail)
        if at_home and not tail and not inner.endswith(self.words.cues["honour"]):
            kind = "vision"  # “三个二七”, “品质二七”
        kind = kind or self._kind_of_quoted(inner) or match.rule.result.get("kind") or "programme"
        expansion = (told["that"] or told["bracket"]) if told else ""
        yield Found(first, last, name, kind, match.rule.name, score, inner, expansion)

    def _strong(self, tail: str) -> bool:
        """Whether a tail ends in a head word that makes a name by itself (“大综合一体化”行政执法改革)."""
        ends = [m[0] for m in self.words.head.finditer(tail) if m.end() == len(tail)]
        return bool(ends) and self.words.heads[ends[-1]]["bind"] == "strong"

    def _floor_before(self, offset: int) -> int:
        """The nearest mark or mention to the left of an offset."""
        at = self._wall_before(self.tagged.at(offset))
        return max(self.tagged.starts[at], offset - _REACH)

    def _noun(self, end: int) -> bool:
        """Whether the head word that ends here is a noun by what follows it."""
        return end >= len(self.norm) or self.norm[end] in _STOPS or self.norm.startswith(self.words.cues["noun"], end)

    def _word_before(self, offset: int) -> str:
        cut = cutter()(self.norm[max(0, offset - 6) : offset])
        return cut[-1] if cut else ""

    def _kind_of_tail(self, tail: str) -> str:
        ends = [m for m in self.words.head.finditer(tail) if m.end() == len(tail)]
        if ends:
            return self.words.heads[ends[-1][0]]["kind"]
        return {"活动": "campaign", "目标": "vision", "方向": "vision", "平台": "mechanism"}.get(tail[-2:], "")

    def _kind_of_quoted(self, inner: str) -> str:
        ends = self._kind_of_tail(inner)
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
        if inner in self.home or any("\ue000" <= c <= "\uf8ff" for c in inner):
            return False
        if inner.endswith(tuple("。！？，；")) or len(inner) < 2 or (inner in self.words.heads and not tail):
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
        if free:
            return True
        if tail:
            return not any(0 <= soon.find(w) <= 6 for w in cues["no-name-soon"] if not tail.startswith(w))
        near = self.words.soon.search(soon)
        return near is None or near.start() > 6


def _home_names(draft: Draft) -> frozenset[str]:
    """The page's own areas, in full and short: 二七区, 二七."""
    names: set[str] = set()
    for level in draft.context.jurisdiction.levels:
        names |= {level, level[:-1] if len(level) > 2 else level}
    return frozenset(names)


def _in_quotes(norm: str, mention: Mention) -> bool:
    return norm[mention.start - 1 : mention.start] in ("“", "‘") and norm[mention.end : mention.end + 1] in ("”", "’")


def _is_count(mention: Mention, draft: Draft) -> bool:
    """Whether a number at the beginning counts what follows (120栋), and is no part of its name (24小时, 三大)."""
    value = mention.value
    return mention.text[:1].isdigit() and isinstance(value, Quantity) and role(value.unit, draft.extra) != "time"


def _common_prefix(texts: list[str]) -> str:
    if len(texts) < 2:
        return ""
    first, last = min(texts), max(texts)
    n = 0
    while n < min(len(first), len(last)) and first[n] == last[n]:
        n += 1
    return first[:n]
