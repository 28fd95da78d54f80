"""What the finders of events, of those present and of places share: the article as a scene with its happenings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kg import lexicon
from kg.extract.draft import Draft
from kg.extract.sieve import after_last
from kg.frozen import quick
from kg.model import Mention, ParticipationRole, Ref, When
from kg.rules import Match, Rule, RuleSet, Tagged, load_rules
from kg.rules.engine import any_in
from kg.rules.gate import Gate

_NAME = re.compile("[\ue000-\uf8ff]")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
#: a sentence that tells what came before or after the main event
_DETOUR = re.compile(r"(?:会前|[^，。]{0,6}(?:会议|活动|仪式|签约|论坛|比赛)(?:开始|举行)?前(?=，)|活动前|仪式前|赛前)")
_LATER = re.compile(
    r"(?:会后|会议结束后|随后|当天|当日|当晚|同日|同一天|次日|翌日|第二天|活动后|接着|[^，。]{0,6}(?:仪式|讲座|座谈|论坛|活动|开班式|会议?)(?:结束)?后|在随后)"
)
_SAID = re.compile(
    r"强调(?!的)|表示|指出(?!了)|要求[，：“]|提出[，：“]|希望[，：“]|认为[，：“]|叮嘱[，：“]|明确[，：“]|(?<!安排)(?<!工作)(?<!全面)(?<!动员)(?<!具体)(?<!再)部署[，：“]|说[，：“]|(?<!情况)(?<!详细)(?<!听取)(?<!简要)(?<![的作])介绍[，：“]"
)
#: a clause that begins so tells by what order or wish something was done, not what somebody said: 按照上级要求，
_BY_ORDER = re.compile(
    r"[^，。；]{0,4}?(?:按照?|根据|依据|遵照|为|因|落实|贯彻|围绕|结合|响应|对照|针对|应|顺应|满足|符合)"
)


@quick(frozen=True, slots=True)
class Sentence:
    """A stretch of the tagged text; ``said`` is where the words of a speaker begin in it (its end if nowhere).

    ``before`` and ``after``: it tells what came before (会前) or after (会后) the main event; ``names``: it names
    anything. All this is asked only of a sentence in which some rule may match. ``dated``: it begins a paragraph, and
    with a day (the items of a digest: 8月23日，…, 8月24日，…).
    """

    start: int
    end: int
    number: int
    said: int
    before: bool = False
    after: bool = False
    names: bool = True
    dated: bool = False


@dataclass(slots=True)
class Presence:
    """Somebody at a happening, and by what the reader knows; several readings of one agent are joined."""

    agent: Ref
    role: ParticipationRole
    start: int
    end: int
    rule: str
    score: float
    title: str = ""
    through: str = ""
    open_list: bool = False
    weights: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Site:
    """A place of a happening: its venue, or a site that was inspected."""

    place: str
    role: Literal["venue", "site"]
    start: int
    end: int
    rule: str
    score: float


@dataclass(slots=True)
class Happening:
    """An event while it is being put together; ``at`` is where its verb stands in the tagged text.

    ``who`` are the places of those who are its subject, ``gone`` that of a verb of going; ``twin`` joins the two events
    of 观摩暨推进会; what is ``aside`` is told in passing, within another event.
    """

    type: str
    name: str
    at: int
    start: int
    end: int
    rule: str
    score: float
    when: When
    sentence: Sentence
    bare: bool = False
    key: str = ""
    part_of: str = ""
    form: str = "name"
    twin: str = ""
    who: tuple[int, ...] = ()
    aside: bool = False
    gone: int = -1
    present: dict[Ref, Presence] = field(default_factory=dict)
    places: dict[str, Site] = field(default_factory=dict)
    scope: tuple[int, int] = (0, 0)

    @property
    def outing(self) -> bool:
        return self.form == "outing"


@dataclass(slots=True)
class Scene:
    """The tagged article, its sentences, the titles that persons bear in it, and what happens."""

    draft: Draft
    tagged: Tagged
    sentences: list[Sentence]
    happenings: list[Happening] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    made: list[Mention] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)  #: the rules that may match in each sentence (see gate.py)
    continued: set[int] = field(default_factory=set)  #: the sentences that tell more of an event told before

    def sentence_text(self, sentence: Sentence) -> str:
        return self.tagged.text[sentence.start : sentence.end]

    def opens_item(self, sentence: Sentence) -> bool:
        """Whether an item of a digest begins: a paragraph that opens with a day, and not with more of what was told."""
        return sentence.dated and sentence.number not in self.continued

    def main(self) -> Happening | None:
        """The event the article is about: the first one told, not one told as coming before it."""
        told = [h for h in self.happenings if not h.sentence.before and not h.part_of]
        return (told or self.happenings or [None])[0]  # type: ignore[list-item]


def of(draft: Draft) -> Scene:
    """The scene of an article: ``6月26日，二七区召开推进会。`` is ⟨date⟩，⟨place⟩召开推进会。"""
    tagged = draft.layer("person", "post", "body", "place", "date", "document")
    stretches = [m.span() for m in _SENTENCE.finditer(tagged.text)]
    opened = _gate(draft.extra).opened(tagged.text, stretches)
    sentences = [
        _sentence(tagged.text, start, end, number, _dated(tagged, start))
        if opened[number]
        else Sentence(start, end, number, end, dated=_dated(tagged, start))
        for number, (start, end) in enumerate(stretches)
    ]
    return Scene(draft, tagged, sentences, titles=_titles(tagged), opened=opened)


def _dated(tagged: Tagged, start: int) -> bool:
    """Whether a paragraph begins at ``start``, and with a day or some days: 8月23日，…, 8月23日至25日，…."""
    first = tagged.mentions.get(start) if tagged.text[start - 1 : start] == "\n" else None
    return first is not None and first.kind == "date" and (first.subkind == "day" or first.text.endswith("日"))


def _sentence(text: str, start: int, end: int, number: int, dated: bool) -> Sentence:
    said = next(
        (
            s
            for s in _SAID.finditer(text, start, end)
            if s[0][-1] not in "，" or not _ordered(text[start:end], s.start() - start)
        ),
        None,
    )
    head = text[start:end].lstrip("”“’ ")[:16]
    return Sentence(
        start,
        end,
        number,
        said.start() if said else end,
        "前" in head and bool(_DETOUR.match(head)),
        bool(_LATER.match(head)),
        bool(_NAME.search(text, start, end)),
        dated,
    )


def _ordered(text: str, at: int) -> bool:
    """Whether the clause of ``at`` tells by what order something was done: 按照区委|要求，, 落实各项|部署，."""
    return _BY_ORDER.match(text, max(text.rfind(mark, 0, at) for mark in "，；：“") + 1, at) is not None


def _titles(tagged: Tagged) -> dict[str, str]:
    """The title printed before each person's name (the first time): 区委常委、宣传部长."""
    found: dict[str, str] = {}
    marks = tagged.mentions
    for at, mention in marks.items():
        if mention.kind != "person" or mention.name in found:
            continue
        left, begin = at - 1, -1
        while left >= 0 and (left in marks or tagged.text[left] in "、兼，"):
            here = marks.get(left)
            if here is None:
                if left - 1 not in marks or marks[left - 1].kind != "post":
                    break
            elif here.kind == "post":
                begin = left
            elif not (here.kind in ("body", "place") and begin == left + 1):
                break
            left -= 1
        if begin >= 0:
            start = tagged.starts[begin]
            found[mention.name] = tagged_text(tagged, begin, at) if start < mention.start else ""
    return found


def tagged_text(tagged: Tagged, start: int, end: int) -> str:
    """The text behind a tagged stretch, as printed in the mentions and folded between them."""
    return "".join(tagged.mentions[i].text if i in tagged.mentions else tagged.text[i] for i in range(start, end))


@lru_cache(maxsize=4)
def words(role: str, extra: Path | None) -> frozenset[str]:
    """The verbs of a role (kg/lexicon/event-verbs.tsv)."""
    return frozenset(lexicon.load("event-verbs", extra).words(role=role))


@lru_cache(maxsize=4)
def background(extra: Path | None) -> re.Pattern[str]:
    """Words that tell that a verb beside them reports nothing that took place then."""
    found = sorted(words("background", extra), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, found)))


#: words that hold a background word and are none
_NO_BACKGROUND = re.compile(
    r"希望(?:小学|工程|广场|之家|学校|之星|路|大道|村)|主要|重要|需要|要求|要闻|要点|要素|应邀|应急|应对|应到|需求|将军|不断线|"
    r"次要|首要|纪要|必要|摘要|响应|供应|应用|通过率|即将军|适应"
)


def unreal(stretch: str, extra: Path | None) -> str:
    """The word of a stretch that tells that nothing took place (将, 要, 以来); empty if there is none."""
    words = background(extra)
    found = words.search(stretch)
    if found is not None and _NO_BACKGROUND.search(stretch):
        found = words.search(_NO_BACKGROUND.sub("", stretch))
    return found[0] if found else ""


KINDS = ("event", "participation", "event-place", "appointment")


@lru_cache(maxsize=4)
def _gate(extra: Path | None) -> Gate:
    """The gate of all rules of this room."""
    return Gate(rule for kind in KINDS for rule in load_rules(kind, extra))


def by_sentence(rules: RuleSet, scene: Scene) -> Iterator[tuple[Sentence, Iterator[Match]]]:
    """The sentences that rules may match in, in order, each with all matches in it, rule by rule."""
    gate = _gate(scene.draft.extra)
    mask = _mask(rules, gate)
    for sentence, opened in zip(scene.sentences, scene.opened, strict=True):
        if opened & mask:
            yield sentence, _matches(gate.among(opened & mask), scene.tagged, sentence)


@lru_cache(maxsize=32)
def _mask(rules: RuleSet, gate: Gate) -> int:
    return gate.mask(rules)


def _matches(rules: list[Rule], tagged: Tagged, sentence: Sentence) -> Iterator[Match]:
    text, start, end = tagged.text, sentence.start, sentence.end
    for rule in rules:
        for found in rule.pattern.finditer(text, start, end):
            if not rule.needs or any_in(text, rule.needs, start, end):
                yield Match(rule, tagged, found)


def clause_start(text: str, floor: int, at: int) -> int:
    """Where the clause that holds ``at`` begins."""
    return after_last("，。；：！？\n", text, floor, at)


#: the more telling role stands where an agent has several
_RANK: dict[str, int] = {
    "lead": 0,
    "organise": 1,
    "host": 2,
    "lecture": 3,
    "report": 4,
    "relay": 5,
    "pledge": 6,
    "address": 7,
    "award": 8,
    "receive": 9,
    "accompany": 10,
    "attend": 11,
}


def put(
    told: Scene,
    h: Happening,
    agent: Ref,
    role: ParticipationRole,
    at: int,
    rule: str,
    score: float,
    *,
    weight: str = "",
    through: str = "",
    open_list: bool = False,
    end: int = 0,
) -> None:
    """Notes that an agent, named at ``at`` of the tagged text, was at a happening; joins it to what is known."""
    start = told.tagged.starts[at]
    mention = told.tagged.mentions.get(at)
    stop = max(end, mention.end if mention else start + 1)
    title = told.titles.get(agent.name, "") if agent.kind == "person" else ""
    new = Presence(agent, role, start, stop, rule, score, title, through, open_list, {weight} if weight else set())
    old = h.present.get(agent)
    if old is None:
        h.present[agent] = new
        return
    old.weights |= new.weights
    old.open_list = old.open_list or open_list
    old.through = old.through or through
    if _RANK[role] < _RANK[old.role]:
        h.present[agent] = replace(new, weights=old.weights, through=old.through, open_list=old.open_list)


def ref(mention: Mention) -> Ref:
    """The agent that a mention of a body or a place stands for: a bare area is a jurisdiction."""
    return Ref("jurisdiction", mention.name) if mention.subkind == "admin" else Ref("body", mention.name)
