"""Initiatives: named policies, campaigns, programmes, projects, mechanisms and slogans that somebody carries out.

``把文明城市创建与百城建设提质、“路长制”市容市貌大提升行动等重点工作融合推进`` names four of them. The rules
(kg/rules/initiative.yaml) say where a name may stand; here its left edge is found and what speaks for it is weighed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.extract.draft import Draft
from kg.lexicon import load
from kg.model import Mention, Rejected
from kg.rules import Match, load_rules
from kg.rules.fold import fold

#: what a head word is worth by itself, by the ``bind`` column of initiative-heads.tsv
_BIND = {"strong": 0.6, "medium": 0.25, "weak": 0.1, "link": 0.0, "aim": 0.1}
#: what else speaks for a name
_DRIVEN, _LIST_DRIVEN, _AGAIN, _IN_HEADLINE, _LONG, _WORK, _VERB, _SHORT = 0.35, 0.2, 0.2, 0.2, 0.15, 0.2, -0.3, -0.1
#: head words before which the name may reach over 和 (日常防火巡查和安全检查自查制度)
_WIDE = frozenset(("制度", "改革", "管控"))
#: from here on it is a name
ENOUGH = 0.6

_STOPS = frozenset("，。；：、！？“”‘’（）《》\n \u3000")
_REACH = 24


@dataclass(frozen=True, slots=True)
class _Found:
    """A stretch that may be a name: ``core`` is the name without quotes and head."""

    start: int
    end: int
    name: str
    kind: str
    rule: str
    score: float
    core: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists this module reads, ready for use."""

    heads: Mapping[str, Mapping[str, str]]
    edges: Mapping[str, str]
    generic: frozenset[str]
    quoted: frozenset[str]
    known: Mapping[str, Mapping[str, str]]
    head: re.Pattern[str]
    glued: re.Pattern[str]


@lru_cache(maxsize=4)
def _words(extra: Path | None) -> _Words:
    heads = load("initiative-heads", extra).by_key()
    plain = load("initiative-generic", extra)
    edges = {row["word"]: row["role"] for row in load("initiative-edges", extra)}
    any_head = "|".join(re.escape(w) for w in sorted(heads, key=lambda w: (-len(w), w)))
    return _Words(
        heads=heads,
        edges=edges,
        generic=frozenset(plain.words(use="modifier")),
        quoted=frozenset(plain.words(use="quoted")),
        known=load("initiatives", extra).by_key(),
        head=re.compile(any_head),
        glued=re.compile("为?(?:" + "|".join(sorted((w for w, r in edges.items() if r == "drive" and len(w) == 2))) + ")"),
    )


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str], list[str]]:
    """The word cutter: rjieba where it is installed (24 times as fast), else jieba; they cut alike."""
    try:
        import rjieba

        return lambda text: list(rjieba.cut(text))
    except ImportError:
        import jieba

        jieba.setLogLevel(60)
        return lambda text: list(jieba.cut(text))


class _Reader:
    """One article while its initiatives are looked for."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.norm = draft.norm
        self.words = _words(draft.extra)
        self.tagged = draft.layer("document", "body", "person", "post", "label", "date")
        self.headline = draft.article.headline
        self.home = _home_names(draft)
        self._cuts: dict[int, list[tuple[int, int, str]]] = {}

    # ------------------------------------------------------------ the left edge

    def floor(self, match: Match, group: str) -> int:
        """Article offset of the nearest mark or mention to the left: no name reaches over it."""
        at = match.match.start(group)
        text = self.tagged.text
        first = max(0, at - _REACH)
        while at > first and text[at - 1] not in _STOPS and not "\ue000" <= text[at - 1] <= "\uf8ff":
            at -= 1
        return self.tagged.starts[at]

    def cut(self, floor: int) -> list[tuple[int, int, str]]:
        """The words from ``floor`` to the end of the clause, with their offsets."""
        if floor not in self._cuts:
            end = floor
            while end < len(self.norm) and self.norm[end] not in _STOPS:
                end += 1
            at, out = floor, []
            for word in _cutter()(self.norm[floor:end]):
                out.append((at, at + len(word), word))
                at += len(word)
            self._cuts[floor] = out
        return self._cuts[floor]

    def left(self, floor: int, head: int, over_and: bool = False) -> tuple[int, str, list[str]]:
        """Where the name begins whose head word stands at ``head``, the word that stopped it, and its words."""
        inside: list[tuple[int, str]] = []
        stopper = ""
        cut = [(a, self.norm[a : min(b, head)]) for a, b, _ in self.cut(floor) if a < head]
        for i in range(len(cut) - 1, -1, -1):
            start, word = cut[i]
            role = self.role(word)
            if role == "both" and (i == 0 or len(cut[i - 1][1]) < 2 or cut[i - 1][1] in self.words.edges):
                role = "stop"
            if role in ("drive", "stop") and not (over_and and word == "和"):
                stopper = word
                break
            inside.append((start, word))
        inside.reverse()
        if inside and not stopper and (glued := self.words.glued.match(self.norm, inside[0][0], head)):
            # 为打|好秋冬: where the cutter went wrong, a verb may still stand at the very beginning
            at, stopper = glued.end(), glued[0]
            inside = [(max(a, at), w[max(0, at - a) :]) for a, w in inside if a + len(w) > at]
        while inside and self._may_not_begin(inside[0][1], inside[1][1] if len(inside) > 1 else ""):
            inside.pop(0)
        start = inside[0][0] if inside else head
        for home in self.home:
            if len(home) > 2 and (at := self.norm.rfind(home, start, head)) >= 0:
                start = at + len(home)
        return start, stopper, [w for at, w in inside if at >= start]

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
            return _LIST_DRIVEN * any(self.role(w) == "drive" for w in words)
        if stopper:
            return _DRIVEN * (self.role(stopper) == "drive")
        if floor == 0 or self.norm[floor - 1] not in "、”":
            return 0.0
        at = floor
        while at > 0 and self.norm[at - 1] not in "，。；：！？\n" and floor - at < 70:
            at -= 1
        return _LIST_DRIVEN * any(self.role(w) == "drive" for w in _cutter()(self.norm[at:floor]))

    # ------------------------------------------------------------ the rules' groups

    def read(self) -> Iterator[_Found]:
        for match in load_rules("initiative", self.draft.extra).find(self.tagged):
            edge = match.rule.result["edge"]
            if edge == "name":
                yield self.known(match)
            elif edge == "quoted":
                yield from self.quoted(match)
            elif edge == "head":
                yield from self.headed(match)
            elif edge == "topic":
                yield from self.topic(match)
            elif edge == "each":
                yield from self.each(match)

    def known(self, match: Match) -> _Found:
        start, end = match.span("name")
        if match.rule.result.get("left") == "cut":
            start = max(start, self.left(self._floor_before(start), end)[0])
        name = self.norm[start:end]
        kind = match.rule.result.get("kind") or self.words.known[name]["kind"]
        score = match.rule.score + _AGAIN * (self.norm.count(name) > 1)
        return _Found(start, end, name, kind, match.rule.name, score, name)

    def headed(self, match: Match) -> Iterator[_Found]:
        head, end = match.span("head")
        yield from self.from_head(self.floor(match, "head"), head, end, match.rule.name, 0.0)

    def from_head(self, floor: int, head: int, end: int, rule: str, given: float) -> Iterator[_Found]:
        """The name that ends in the head word at ``head:end``, with what speaks for it."""
        chain = [(m.start(), self.words.heads[m[0]]) for m in self.words.head.finditer(self.norm, head, end)]
        if not chain:
            return
        bind = max((row["bind"] for _, row in chain), key=_BIND.__getitem__)
        main, row = next((at, row) for at, row in chain if row["bind"] == bind)
        least, last = int(row["least"]), chain[-1][1]
        start, stopper, modifier = self.left(floor, head, over_and=last["word"] in _WIDE)
        width = main - start
        if width < least or (least and self._says_nothing(modifier, bind)):
            return
        start = self._with_twin(floor, start, modifier)
        name = self.norm[start:end]
        if len(name) < 4 or len(name) > 26:
            return
        again = self.norm.count(name) > 1
        score = given + _BIND[bind]
        score += self.driven(floor, start, stopper) * (1.5 if bind == "aim" else 1)
        score += _AGAIN * again + _IN_HEADLINE * (name in self.headline)
        score += _LONG * (width >= 5) + _WORK * bool(_WORK_AFTER.match(self.norm, end))
        if bind in ("medium", "link"):
            score += _VERB * (not _NOUN_AFTER.match(self.norm, end)) + _SHORT * (width < 4 and not again)
        yield _Found(start, end, name, last["kind"], rule, score, name)

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

    def topic(self, match: Match) -> Iterator[_Found]:
        """甲暨乙 before 推进会: each part that ends in a head word."""
        start, end = match.span("topic")
        at = start
        for part in self.norm[start:end].split("暨"):
            stop = at + len(part)
            tail = self.last_head(at, stop)
            if tail >= 0:
                if at > start and tail - at <= 2 and self.last_head(start, at - 1) < 0:
                    # 冬季除雪暨供暖保障: a part too short to be a name goes with the one before it
                    first, _, _ = self.left(start, at - 1)
                    name = self.norm[first:stop]
                    yield _Found(first, stop, name, "programme", match.rule.name, 0.7, name)
                yield from self.from_head(at, tail, stop, match.rule.name, match.rule.score)
            elif "暨" not in self.norm[start:end] and _DRIVE_MEETING.match(self.norm, end):
                first, _, words = self.left(at, stop)
                if 4 <= stop - first <= 10 and not all(w in self.words.generic for w in words):
                    name = self.norm[first:stop]
                    yield _Found(first, stop, name, "campaign", match.rule.name, match.rule.score, name)
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

    def each(self, match: Match) -> Iterator[_Found]:
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
            if "“" in text or "”" in text or "《" in text:
                continue
            tail = self.last_head(a, b)
            if tail >= 0:
                yield from self.from_head(a, tail, b, match.rule.name, match.rule.score)
            elif match.span("works")[0] and self.norm[slice(*match.span("works"))].endswith("项目建设"):
                first = self.left(a, b)[0] if a == start else a
                if b - first >= 4:
                    yield _Found(first, b, self.norm[first:b], "project", match.rule.name, 0.65, self.norm[first:b])
            elif len(alike) >= 2 and alike in text:
                first = a + text.index(alike)
                yield _Found(first, b, self.norm[first:b], "project", match.rule.name, 0.7, self.norm[first:b])

    def quoted(self, match: Match) -> Iterator[_Found]:
        start, end = match.span("quoted")
        inner = self.norm[start:end]
        tail = self.norm[slice(*match.span("tail"))] if match.has("tail") else ""
        if not self._may_be_name(inner, start, end, tail):
            return
        name, first, last = inner, start - 1, end + 1
        numbered = bool(_NUMBER_NAME.match(inner)) and len(inner) <= 8
        if tail and (len(tail) <= 5 or numbered) and not tail.endswith("方向"):
            last += len(tail)
            name = self.norm[first:last]
        if numbered and len(tail) <= 4:
            edge, _, _ = self.left(self._floor_before(first), first)
            before = self.norm[edge:first]
            if 4 <= len(before) <= 8 and before[-2:] != inner[-2:] and before not in self.words.heads:
                first = edge
                name = self.norm[first:last]
        score = match.rule.score
        score += _DRIVEN * (self.role(self._word_before(start - 1)) == "drive")
        score += 0.3 * (self.norm.count(inner) > 1) + _IN_HEADLINE * (inner in self.headline)
        score += 0.35 * any(len(h) >= 2 and h in inner and h != inner for h in self.home)
        kind = self._kind_of_tail(tail) or match.rule.result.get("kind") or self._kind_of_quoted(inner)
        yield _Found(first, last, name, kind, match.rule.name, score, inner)

    def _floor_before(self, offset: int) -> int:
        """The nearest mark or mention to the left of an offset."""
        at = self.tagged.at(offset)
        text = self.tagged.text
        while at > 0 and text[at - 1] not in _STOPS and not "\ue000" <= text[at - 1] <= "\uf8ff":
            at -= 1
        return max(self.tagged.starts[at], offset - _REACH)

    def _word_before(self, offset: int) -> str:
        cut = _cutter()(self.norm[max(0, offset - 6) : offset])
        return cut[-1] if cut else ""

    def _kind_of_tail(self, tail: str) -> str:
        ends = [m for m in self.words.head.finditer(tail) if m.end() == len(tail)]
        if ends:
            return self.words.heads[ends[-1][0]]["kind"]
        return {"活动": "campaign", "目标": "vision", "品牌": "programme"}.get(tail[-2:], "")

    def _kind_of_quoted(self, inner: str) -> str:
        if inner.endswith(("制", "法", "机制", "制度", "模式")) or "、" in inner:
            return "mechanism"
        return "programme"

    def _may_be_name(self, inner: str, start: int, end: int, tail: str) -> bool:
        """Not a figure of speech, not what somebody said, no body and no lecture."""
        if inner in self.words.quoted and not _DOING.match(tail):
            return False
        if inner in self.home or any("\ue000" <= c <= "\uf8ff" for c in inner):
            return False
        if inner.endswith(tuple("。！？，；")) or len(inner) < 2 or inner in self.words.heads:
            return False
        if self.norm[start - 2 : start - 1] in ("：", "说", "道") and len(inner) > 12:
            return False
        return not _BODY_END.search(inner) and not _NO_NAME_AFTER.match(self.norm, end + 1)


_BODY_END = re.compile(
    r"(?:联盟|实验室|公司|协会|学会|商会|基金会|服务队|突击队|宣讲团|工作室|论坛|峰会|大会|"
    r"问题|现象|模范|奖章|标兵|能手|思维|理念|精神|意识|作用|效应|优势|经济)$"
)
_NO_NAME_AFTER = re.compile(
    r"[^，。；、“”]{0,6}?(?:论坛|讲座|揭牌|服务队|联盟|峰会|培训班|问题|现象|称号|荣誉|奖|精神|为题|主题|展览|标语|字样|号召|等字)"
    r"|方式|形式|[一二三四五六七八九]个?(?:环节|要素|关系)"
)
#: a meeting that sets something going, not one that is held every year
_DRIVE_MEETING = re.compile(r"(?:工作)?(?:专题|现场|视频|电视电话)*(?:推进|动员|部署|调度|启动|誓师|攻坚)")
#: after a figure of speech: what follows is done nevertheless (“两违”专项治理)
_DOING = re.compile(r"创建|行动|改革|专项|整治|治理|攻坚战|服务品牌")
_NUMBER_NAME = re.compile(r"^[一二三四五六七八九十百千万两双\d]")
_COUNTED = frozenset("个件条项处家户座所台名万")
#: after a head word: it is a noun, and something is done about it
_WORK_AFTER = re.compile(r"工作|方案|情况|力度|项目|进展|进度|任务")
_NOUN_AFTER = re.compile(
    r"$|[，。；、：！？“”‘’（）\s]|工作|项目|情况|方案|力度|进|任务|推进|等|和|与|及|暨|中|上|方面|的|为|作为|过程|成|行动|计划|工程|"
    r"攻坚|现场|会|是|要|结合|融合|步|质量|取得|迈|已|三年|五年|领导|指挥|专项|动员|座谈|观摩|调度|启动|名单|标准|资金|规划|"
    r"重点|试点|示范|经验|模式|做法|机制"
)


def _home_names(draft: Draft) -> frozenset[str]:
    """The page's own areas, in full and short: 二七区, 二七."""
    names: set[str] = set()
    for level in draft.context.jurisdiction.levels:
        names |= {level, level[:-1] if len(level) > 2 else level}
    return frozenset(names)


def _common_prefix(texts: list[str]) -> str:
    if len(texts) < 2:
        return ""
    first, last = min(texts), max(texts)
    n = 0
    while n < min(len(first), len(last)) and first[n] == last[n]:
        n += 1
    return first[:n]


# ---------------------------------------------------------------- from readings to names


def find(draft: Draft) -> None:
    """Adds a mention for each printed form of each initiative; forms of one initiative share one name."""
    found = _weighed(_Reader(draft).read())
    good = [f for f in found if f.score >= ENOUGH]
    for f in found:
        if 0.35 <= f.score < ENOUGH:
            draft.rejected.append(
                Rejected(f.start, f.end, draft.text[f.start : f.end], f.rule, f"too little speaks for a name ({f.score:.2f})")
            )
    kept = _apart(good)
    names = _joined(kept, draft)
    draft.add(
        Mention(
            kind="initiative", start=f.start, end=f.end, text=draft.text[f.start : f.end], name=names[f.name],
            rule=f.rule, subkind=f.kind, score=min(0.95, f.score),
        )
        for f in kept
    )


def _weighed(found: Iterable[_Found]) -> list[_Found]:
    """One reading for each stretch: what several rules say of it adds up."""
    best: dict[tuple[int, int], _Found] = {}
    for f in found:
        old = best.get((f.start, f.end))
        if old:
            total = 1 - (1 - min(old.score, 0.95)) * (1 - min(f.score, 0.95))
            best[f.start, f.end] = replace(old if old.score >= f.score else f, score=total)
        else:
            best[f.start, f.end] = f
    return list(best.values())


def _apart(found: list[_Found]) -> list[_Found]:
    """No two names over the same characters: the longer stands, of equals the surer."""
    kept: list[_Found] = []
    for f in sorted(found, key=lambda f: (f.start - f.end, -f.score, f.start)):
        if all(f.end <= k.start or f.start >= k.end for k in kept):
            kept.append(f)
    return sorted(kept, key=lambda f: f.start)


def _joined(found: list[_Found], draft: Draft) -> dict[str, str]:
    """Printed form → the name of its initiative: 创文 and 文明城市创建 are 全国文明城市创建."""
    words = _words(draft.extra)
    cores = {f.name: f.core for f in found}
    forms = sorted(cores, key=lambda n: (-len(n), n))
    name: dict[str, str] = {}
    for form in forms:
        core = cores[form]
        full = words.known[core]["full"] if core in words.known else ""
        if full:
            name[form] = name.get(full, full)
            continue
        longer = [g for g in name if _same(*sorted((core, cores[g]), key=len), words)]
        name[form] = name[longer[0]] if longer else form
    # where a programme of the list is printed by itself, its own name is better than one with an addition
    for form in forms:
        if cores[form] in words.known and not words.known[cores[form]]["full"] and name[form] != form:
            old = name[form]
            name = {k: form if v == old else v for k, v in name.items()}
    return name


_QUOTES = re.compile("[“”‘’]")
_TAIL = re.compile(r"(?:工程|行动|工作|项目|活动|攻坚战)+$")


def _same(short: str, long: str, words: _Words) -> bool:
    """Whether two printed forms are one initiative: one begins or ends with the other, or both begin and end alike."""
    if long.startswith(short) or (len(short) >= 3 and _TAIL.sub("", long).endswith(_TAIL.sub("", short))):
        return not (long in words.known and words.known[long]["full"])
    n = 4 if len(short) >= 6 else 2
    return len(short) >= 6 and short[:n] == long[:n] and short[-2:] == long[-2:]


def topics(draft: Draft, start: int, end: int, event_name: str) -> list[str]:
    """The initiatives an event is about: those its name holds, and those of the clause ``start:end`` that tells it.

    ``调研齐礼阎党群服务中心、商业街区建设工作`` is about both; 城市环境综合整治提升动员会 about 城市环境综合整治提升.
    Returns names as the mentions have them, each once, in order of place; [] where none is named.
    """
    title = _QUOTES.sub("", fold(event_name))
    found: list[str] = []
    for m in draft.of("initiative"):
        bare = _QUOTES.sub("", draft.norm[m.start : m.end])
        within = start <= m.start and m.end <= end
        if (within or bare in title or _QUOTES.sub("", m.name) in title) and m.name not in found:
            found.append(m.name)
    return found
