"""Ties: what the text says outright about two things, by the rules of tie.yaml.

``二七区政府与郑州联通公司举行…战略合作签约…仪式`` makes the two partners; ``要求成立…专班`` and ``将组建…`` tie
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.extract.draft import Draft
from kg.extract.reach import matches
from kg.model import DocumentUse, Event, Evidence, Mention, Participation, Ref, RefKind, Tie, TiePredicate
from kg.rules import Match, load_rules

_PREDICATES: dict[str, TiePredicate] = {
    "partner": "partner",
    "established": "established",
    "issued": "issued",
    "awarded": "awarded",
    "located-in": "located-in",
    "part-of": "part-of",
    "reported-to": "reported-to",
    "conveyed": "conveyed",
    "trained-by": "trained-by",
}
#: nothing of an article without one of these is a tie, but for places side by side
_PLAN = re.compile(
    r"要(?!闻|素|点)|(?<![即把])将(?![军领])|拟(?!定)|计划|应当|应尽|必须|务必|推动|争取|力争|准备|筹备|加快|探索|鼓励|支持|希望"
    r"|建议|号召|正在"
)
_EDGE = "，。；：！？\n“"
_BARE = (("社区", "community"), ("村", "community"), ("街", "street"), ("镇", "street"), ("乡", "street"))
_AREAS = ("社区", "村", "街道", "镇", "乡")
_SPLIT = re.compile(r"(?<=精神)(?:、|和|，?以及|及|，)|(?<=讲话|批示|指示|论述)(?:、|和|，?以及|及|，)")
_SPIRIT_LEAD = re.compile(r"^(?:学习|贯彻|落实|近期|最近|日前|有关|关于|了|会议)+")
#: 县信访局|首先|传达了
_SPEAKS = re.compile("(?:首先|分别|集中|及时|随后|还|认真|专题|有关负责人|相关负责人|负责人){0,2}")
_MEETING = re.compile(r"会议?|大会|全会")
#: 石门社区锦绣花园小区, 龙凤村红军纪念馆; not 幸福新村小区
_VILLAGE_PLACE = re.compile(
    r"(?P<village>[一-龥]{1,5}?(?:社区|(?<![新城农度])村))(?!委|民)(?P<own>.{2,}(?:[^村]|新村))$"
)
#: 鹿邑县委, 鹿邑县人民政府: the area of a body that leads one
_LED = re.compile(r"(?P<area>(?!自治)[^省]{2,12}?(?:自治[县州旗]|[县市区旗州]))(?:党?委|人民政府|政府)$")


def find(draft: Draft) -> None:
    """Appends a :class:`Tie` for each tie that the article states, each once."""
    tagged = draft.layer("post", "person", "body", "place", "initiative", "document", "label", "date")
    seen = {f.row() for f in draft.facts if isinstance(f, Tie)}
    for match in matches(load_rules("tie", draft.extra), tagged, _paragraphs(tagged.text)):
        if match.rule.result.get("plan") != "yes" and _planned(draft, match):
            continue
        predicate = _PREDICATES[match.rule.result["predicate"]]
        if match.rule.name == "place-in-place" and not _named(draft, match):
            _nest(draft, match, seen)
            continue
        if match.rule.result.get("from") == "areas":
            areas = _two_areas(draft)
            subjects, objects = areas[:1], areas[1:]
        else:
            subjects, objects = _subjects(draft, match), _objects(draft, match)
        if match.rule.result.get("turn") == "yes":
            subjects, objects = objects, subjects
        for subject in subjects:
            for object_ in objects:
                tie = Tie(subject, predicate, object_, _evidence(match))
                if subject != object_ and tie.row() not in seen and not _mirrored(tie, seen):
                    seen.add(tie.row())
                    draft.facts.append(tie)
    _issued(draft, seen)


def _issued(draft: Draft, seen: set[tuple[str, ...]]) -> None:
    """A document that a body is said to have issued is tied to it."""
    for use in [f for f in draft.facts if isinstance(f, DocumentUse)]:
        if use.action == "issued" and use.by is not None:
            tie = Tie(use.by, "issued", Ref("document", use.document), use.evidence)
            if tie.row() not in seen:
                seen.add(tie.row())
                draft.facts.append(tie)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        found.append((at, end))
        at = end
    return found


def _named(draft: Draft, match: Match) -> bool:
    """Whether the inner of two places has a name of its own: 长江花园 has, 电商直播间 is named after its village."""
    inner, outer = match.mention("a"), match.mention("b")
    if inner is None or outer is None:
        return False
    if _VILLAGE_PLACE.match(inner.name) or draft.norm[inner.start] in "·（":
        return False
    own = inner.name.endswith((*_own_names(draft.extra), "公司", "工厂"))
    return own or (outer.subkind == "street" and inner.subkind in ("facility", "venue", "project"))


def _nest(draft: Draft, match: Match, seen: set[tuple[str, ...]]) -> None:
    """``桃林镇石门社区锦绣花园小区``: what bears a name of its own lies in the community that its name begins with."""
    inner = match.mention("a")
    found = _VILLAGE_PLACE.match(inner.name) if inner else None
    if inner is None or found is None or inner.name != draft.norm[inner.start : inner.end]:
        return
    if not found["own"].endswith((*_own_names(draft.extra), "纪念馆", "博物馆")):
        return
    village = [m for m in draft.of("place", "body") if m.start == inner.start and m.name == found["village"]]
    tail = [m for m in draft.of("place") if m.end == inner.end and m.start == inner.start + found.start("own")]
    if village:
        within = Ref("place", village[0].name)
        tie = Tie(_ref(tail[0] if tail else inner, False) or within, "located-in", within, _evidence(match))
        if tie.subject != tie.object and tie.row() not in seen:
            seen.add(tie.row())
            draft.facts.append(tie)


@lru_cache(maxsize=4)
def _own_names(extra: Path | None) -> tuple[str, ...]:
    return tuple(lexicon.load("own-names", extra).words())


def _span(match: Match) -> tuple[int, int]:
    """The match, with what a lookahead saw."""
    ends = [match.span(g)[1] for g in ("a", "b", "verb") if match.has(g)]
    return match.start, max([match.end, *ends])


def _evidence(match: Match) -> Evidence:
    return Evidence(*_span(match), match.rule.name, match.rule.score)


def _mirrored(tie: Tie, seen: set[tuple[str, ...]]) -> bool:
    return tie.predicate == "partner" and (tie.object.name, "partner", tie.subject.name) in seen


def _planned(draft: Draft, match: Match) -> bool:
    """Whether the clause of the verb tells a plan or a demand: 将, 要, 拟 … before it."""
    if not match.has("verb"):
        return False
    start, verb = match.start, match.span("verb")[0]
    clause = max(draft.norm.rfind(c, 0, start) for c in _EDGE) + 1
    words, at = "", clause
    for m in match.mentions():
        if m.start >= verb:
            break
        words += draft.norm[at : m.start]
        at = max(at, m.end)
    return bool(_PLAN.search(words + draft.norm[at:verb]))


def _ref(mention: Mention, acting: bool = True) -> Ref | None:
    """What a mention stands for: a bare area, street or community that acts is no place; a museum stays what it is."""
    if mention.kind == "place" and acting:
        kinds: dict[str, RefKind] = {"admin": "jurisdiction", "street": "body", "community": "body"}
        return Ref(kinds.get(mention.subkind, "place"), mention.name)
    if not acting and mention.kind == "initiative" and not mention.name.endswith(("项目", "工程")):
        return None
    if mention.kind in ("person", "body", "place", "initiative", "document"):
        return Ref(mention.kind, mention.name)
    return None


def _refs(mentions: Iterable[Mention], acting: bool = True) -> list[Ref]:
    found = [_ref(m, acting) for m in mentions]
    return list(dict.fromkeys(r for r in found if r is not None))


def _subjects(draft: Draft, match: Match) -> list[Ref]:
    source = match.rule.result.get("from", "")
    if source == "partners":
        signed = [f for f in draft.facts if isinstance(f, Tie) and f.predicate == "partner"]
        return list(dict.fromkeys(ref for tie in signed for ref in (tie.subject, tie.object)))
    if source == "meeting":
        return _holder(draft, match.start)
    if source == "sentence":
        return _conveyor(draft, match.span("verb")[0])
    if match.has("that"):
        word = draft.norm[slice(*match.span("that"))]
        named = [m for m in draft.of("body", "place") if m.name.endswith(word) and m.end <= match.start]
        return _refs(named[-1:], False)
    if match.has("bare"):
        return _bare(draft, *match.span("bare"))
    acting = match.rule.result["predicate"] not in ("located-in", "part-of")
    return _refs(_open(draft, [*match.mentions("a"), *match.mentions("also")]), acting)


def _objects(draft: Draft, match: Match) -> list[Ref]:
    if match.has("spirit"):
        return _spirits(draft, *match.span("spirit"), match)
    predicate = match.rule.result["predicate"]
    mentions = match.mentions("b")
    if predicate == "reported-to":
        mentions = [m for m in mentions if m.kind in ("person", "body") or m.subkind in ("street", "community")]
        if not mentions and match.has("b"):
            return _bare(draft, *match.span("b"))
    return _refs(_open(draft, mentions), predicate not in ("located-in", "established"))


def _open(draft: Draft, mentions: list[Mention]) -> list[Mention]:
    """Without those in brackets, which are another name: 齐鲁工业大学（山东省科学院）."""
    return [m for m in mentions if draft.norm[m.start - 1 : m.start] != "（"]


def _bare(draft: Draft, start: int, end: int) -> list[Ref]:
    """街道, 社区, 村集体 by its kind alone: the one of that kind named before; of several the one of the same
    sentence, for 该社区 the last."""
    word = draft.norm[start:end]
    kind = next((kind for sign, kind in _BARE if word.startswith((sign, "该" + sign))), "")
    named = [m for m in draft.of("body", "place") if m.subkind == kind and m.end <= start] if kind else []
    whole = [m for m in named if m.name.endswith(_AREAS) and named[-1].name.startswith(m.name)]
    sentence = max(draft.norm.rfind(c, 0, start) for c in "。！？\n") + 1
    near = word.startswith("该") or (named and named[-1].start >= sentence)
    if not near and len({m.name for m in named if m.name.endswith(_AREAS)}) > 1:
        return []
    return _refs((whole or named)[-1:])


def _holder(draft: Draft, at: int) -> list[Ref]:
    """The body whose meeting speaks or decides: who held it, else the body that its name begins with."""
    event = draft.event_at(at)
    if event is None:
        return []
    present = [f for f in draft.facts if isinstance(f, Participation) and f.event == event.key]
    held = [f.agent for f in present if f.role == "organise" and f.agent.kind == "body"]
    if held:
        return held[:1]
    inside = [m for m in draft.of("body") if event.evidence.start <= m.start < event.evidence.end]
    return _refs(inside[:1])


def _two_areas(draft: Draft) -> list[Ref]:
    """The page's own area and the one other of its level that the article speaks of, or the only two; else nothing."""
    own = draft.context.jurisdiction.name
    named: list[str] = []
    for m in sorted(draft.of("place", "body"), key=lambda m: m.start):
        led = _LED.match(m.name) if m.kind == "body" else None
        if led or (m.kind == "place" and m.subkind == "admin"):
            named.append(led["area"] if led else m.name)
    levels = draft.context.jurisdiction.levels
    rank = own[-1:]
    others = dict.fromkeys(n for n in named if n not in levels and (n[-1] == rank or not rank))
    if not own and len(others) == 2:
        return [Ref("jurisdiction", name) for name in others]
    return [Ref("jurisdiction", own), *(Ref("jurisdiction", n) for n in others)] if own and len(others) == 1 else []


def _conveyor(draft: Draft, verb: int) -> list[Ref]:
    """Who passes it on: the person right before the verb in its clause, else the meeting."""
    clause = max(draft.norm.rfind(c, 0, verb) for c in "，。；！？\n") + 1
    bodies = [m for m in draft.of("body") if clause <= m.start and verb - 6 <= m.end <= verb]
    if bodies and _SPEAKS.fullmatch(draft.norm[bodies[-1].end : verb]):
        return _refs(bodies[-1:])
    persons = [m for m in draft.of("person") if clause <= m.start < verb]
    if persons and ("并" in (between := draft.norm[persons[-1].end : verb]) or not _MEETING.search(between)):
        return _refs(persons[-1:])
    event: Event | None = draft.event_at(verb)
    return [Ref("event", event.key)] if event else []


def _spirits(draft: Draft, start: int, end: int, match: Match) -> list[Ref]:
    """``省委全会精神和市长在调度会上的讲话精神`` is two; each is named as printed and becomes a document mention."""
    found: list[Mention] = []
    at = start
    for gap in [*(m.span() for m in _SPLIT.finditer(draft.norm, start, end)), (end, end)]:
        lead = _SPIRIT_LEAD.match(draft.norm[at : gap[0]])
        first = at + (lead.end() if lead else 0)
        if gap[0] - first >= 4:
            text = draft.text[first : gap[0]]
            found.append(Mention("document", first, gap[0], text, text, match.rule.name, "spirit", match.rule.score))
        at = gap[1]
    draft.add(found)
    return _refs(found)
