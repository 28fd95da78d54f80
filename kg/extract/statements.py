"""Statements: who said what, from the verb of saying to the end of the speech.

``崔世英表示，一是要完善领导体制…二是要营造浓厚氛围…`` is one statement of three points. The rules of statement.yaml
find speaker and verb; here the end of what was said is found, its points, and whom 他 means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from kg import lexicon
from kg.extract import numerals
from kg.extract.draft import Draft
from kg.extract.reach import matches, sentences_at
from kg.extract.sieve import after_last
from kg.model import Evidence, Ref, Statement
from kg.rules import Match, Tagged, load_rules
from kg.rules.engine import expand

Stretch = tuple[int, int]

_SENTENCE = re.compile(r"[^。！？\n]*[。！？]+[”’）]?|[^。！？\n]+")
_DEMAND = re.compile(r"要(?!求)|务必|必须|确保|应当|不得|将|力争|争取|希望")
_TOLD = re.compile(r"[^为]了(?!解)|已|参加|出席|陪同|列席|应邀|主持|授课|宣读|同行|作讲座|作报告|现有|位于|占地")
_MUST = re.compile(r"要(?!求)|务必|必须|确保|应当|不得")
_DONE = re.compile(r"[^为]了(?!解)|已")
_HEADING = re.compile(r"[^，。；：]{2,14}。$")
_COUNTED = re.compile(r"(?P<n>[二三四五六七八九十\d]{1,3})(?:个|大)?(?:方面|点|条|项)")
_MARKS = re.compile(
    r"[一二三四五六七八九十]{1,2}(?=[是要])|(?:(?<=[，：；。\n“])|^)(?:[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,2}[，、]?"
    r"|首先|其次|再次|再者|最后|（[一二三四五六七八九十]{1,2}）|\d{1,2}[.、](?!\d))"
)
_TOGETHER = re.compile(r"(?:一致|共同|都|均|分别|先后)?")
_FIRST = re.compile(r"一|第一|首先|（一|1")
_NAMELY = re.compile(r"(?:即|包括|分别是)[：，]?")
#: somebody speaks of whom no rule knows who it is: what was said before ends here all the same
_OTHER = re.compile(
    r"[^，。；：“”]{2,30}?(?:(?:表示|强调|指出|要求|提出|介绍|说|认为)[，：]|提出[^，。；]{0,6}(?:要求|建议|意见)。)"
)
#: rules whose verb stands apart from its speaker: what was said before ends at the clause of the verb
_SECOND = ("person-goes-on", "says-further")
_NUMERAL = {"n": "[一二三四五六七八九十]"}
_LEAD = re.compile(r"就|对|关于|围绕|针对|在|会上|结合|随后|最后")
_BEFORE_MARK = "，：；。\n“——”是、即"
_TO = re.compile(r"(?:^|[；。\n])(?=要(?!求))|；(?=\S)")


@lru_cache(maxsize=4)
def _openings(extra: Path | None) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Openings of a sentence that the paper tells, of a paragraph that it tells, of one that goes on, and of a fact."""
    narrate = expand("(?:{speech-verbs:narrate})(?!精神|要求)|<Person>|(?:<Post>|<Label>)+<Person>", {}, extra)
    ends = expand("{speech-verbs:resume}|<Body>|<Label>|<Place>|<Document>|<Post>|<Date>|“", {}, extra)
    goon = expand("{speech-verbs:goon}|{{n}}{1,2}(?:是|要|、)|第{{n}}|（{{n}}）", _NUMERAL, extra)
    return (
        re.compile(narrate),
        re.compile(f"{narrate}|{ends}"),
        re.compile(goon),
        re.compile(expand("<Person>|<Body>|<Place>|<Label>|^<Date>", {}, extra)),
    )


@lru_cache(maxsize=4)
def _trigger(extra: Path | None) -> re.Pattern[str]:
    """The ends of the verbs of saying with the mark that follows, and what may be demanded without one."""
    table = lexicon.load("speech-verbs", extra)
    verbs = {w for role in ("say", "reply", "meeting", "body") for w in table.words(role=role)}
    # every way begins with a plain character, none with a class or group: the search skips to those characters
    ends = [re.escape(c) + "(?=[，：。“了])" for c in sorted({w[-1] for w in verbs})]
    asked = [f"{w}(?=[，：])" for w in ("要求", "建议", "意见", "希望", "看法", "体会", "点", "条", "项", "面")]
    bare = [re.escape(w) + r"(?=\S)" for w in sorted(table.words(role="bare"))]
    tells = map(re.escape, sorted(table.words(role="tell")))
    return re.compile("|".join([*ends, *asked, "：(?![“\n])", *bare, *tells]))


@dataclass(slots=True)
class _Said:
    """A verb of saying with its speaker; ``head`` is where its clause begins, ``at`` where the words begin."""

    match: Match
    speaker: Ref
    verb: Stretch
    head: int
    at: int
    quote: Stretch | None = None
    more: bool = False


def find(draft: Draft) -> None:
    """Appends a :class:`Statement` for each verb of saying that has a speaker, in the order of the text."""
    end = draft.article.prose[1]
    tagged = draft.layer("post", "person", "body", "place", "label", "document", "date")
    heads = _heads(draft, tagged)
    last = -1
    for i, said in enumerate(heads):
        if said.verb[0] < last:
            continue
        limit = next((h.head for h in heads[i + 1 :] if h.head > said.at), end)
        for stretch, direct in _stretches(draft, tagged, said, limit, end):
            if direct and not said.quote:
                last = stretch[1]
            for speaker in (*_beside(draft, said.match), said.speaker):
                _add(draft, replace(said, speaker=speaker), stretch, direct)


def _heads(draft: Draft, tagged: Tagged) -> list[_Said]:
    """Every verb of saying that some rule ties to a speaker; of two rules for one verb the first."""
    chosen: dict[int, Match] = {}
    places = (m.start() for m in _trigger(draft.extra).finditer(tagged.text))
    for match in matches(load_rules("statement", draft.extra), tagged, sentences_at(tagged.text, places)):
        chosen.setdefault(match.span("verb")[0], match)
    heads: list[_Said] = []
    for _, match in sorted(chosen.items()):
        speaker = _speaker(draft, match, heads)
        if speaker is None:
            continue
        verb = match.span("verb")
        quote = match.span("quote") if match.has("quote") else None
        first = match.start if quote is None else quote[0] - 1
        head = _clause(draft.norm, first if match.rule.name not in _SECOND else verb[0], draft.article.prose[0])
        heads.append(_Said(match, speaker, verb, head, match.end, quote, match.has("more")))
    return heads


def _clause(norm: str, at: int, start: int) -> int:
    """Where the clause of ``at`` begins; 就…工作，and 会上， before it belong to it."""
    edge = after_last("。！？；\n”", norm, start, at)
    comma = norm.rfind("，", edge, at) + 1
    return edge if _LEAD.match(norm, edge, comma) else max(edge, comma)


def _speaker(draft: Draft, match: Match, before: list[_Said]) -> Ref | None:
    if match.has("event"):
        event = draft.event_at(match.span("verb")[0])
        if event:
            return Ref("event", event.key)
        held = next((m for m in match.mentions("event") if m.kind == "body"), None)
        return Ref("body", held.name) if held else None
    if match.rule.name == "sentence-opens-with-verb":
        at = match.span("verb")[0]
        before_it = after_last("。！？\n", draft.norm, 0, at - 1)
        event = draft.event_at(at) if draft.norm.startswith("会议", before_it) else None
        return Ref("event", event.key) if event else None
    if match.has("group"):
        return Ref("body", draft.norm[slice(*match.span("group"))])
    body = match.mention("body")
    if body is not None:
        area = body.kind == "place" and body.subkind == "admin"
        return Ref("jurisdiction" if area else "body", body.name)
    who = match.mention("who")
    if who is not None:
        return Ref("person", who.name)
    return _antecedent(draft, match.span("back")[0], before) if match.has("back") else _same(draft, match, before)


def _same(draft: Draft, match: Match, before: list[_Said]) -> Ref | None:
    """Who spoke first in the sentence, if nobody is named since: 会议指出，…，要求各校开齐课程."""
    at = match.span("verb")[0]
    if not before or any(c in draft.norm[before[-1].verb[1] : at] for c in "。！？\n“”："):
        return None
    named = any(before[-1].verb[1] <= m.start < at for m in draft.of("person"))
    return None if named else before[-1].speaker


def _beside(draft: Draft, match: Match) -> list[Ref]:
    """Who speaks together with the one before the verb: 区委书记李国庆、|区长|王志强表示, in the order of the text."""
    who = match.mention("who") if match.has("who") else None
    if who is None or not _TOGETHER.fullmatch(draft.norm, who.end, match.span("verb")[0]):
        return []
    ends = {m.end: m for m in draft.of("person")}
    posts = {m.end: m.start for m in draft.of("post")}
    found: list[Ref] = []
    at = who.start
    while True:
        while at in posts or at - 1 in posts and draft.norm[at - 1] == "、":
            at = posts[at] if at in posts else posts[at - 1]
        other = ends.get(at - 1) if draft.norm[at - 1 : at] in ("、", "和") else None
        if other is None:
            return found[::-1]
        found.append(Ref("person", other.name))
        at = other.start


def _antecedent(draft: Draft, at: int, before: list[_Said]) -> Ref | None:
    """Whom 他 means: who spoke last in the paragraph, else the person whom the sentence before tells of."""
    paragraph = draft.norm.rfind("\n", 0, at) + 1
    spoken = [s.speaker for s in before if paragraph <= s.verb[0] < at]
    if spoken:
        return spoken[-1] if spoken[-1].kind == "person" else None
    opened = max(draft.norm.rfind(c, 0, max(paragraph, at - 1)) for c in "。！？\n")
    previous = max(draft.norm.rfind(c, 0, max(opened, 0)) for c in "。！？\n") + 1
    begins = [opened + 1, previous]
    if draft.norm.startswith("”", opened + 1):  # …委员李河。“…。”同时他表示
        begins.append(max(draft.norm.rfind(c, 0, draft.norm.rfind("“", 0, opened) - 1) for c in "。！？\n") + 1)
    for begin in begins:
        named = [m for m in draft.of("person") if begin <= m.start < at]
        if named:
            alone = len({m.name for m in named}) == 1 or draft.norm[named[0].end] not in "、和与及，"
            return Ref("person", named[0].name) if alone else None
    last = before[-1] if before else None
    if last is None or last.speaker.kind != "person" or last.verb[0] < draft.norm.rfind("\n", 0, paragraph - 1):
        return None
    since = {m.name for m in draft.of("person") if last.verb[0] < m.start < at}
    return last.speaker if since <= {last.speaker.name} else None  # a new paragraph: 他强调


def _stretches(draft: Draft, tagged: Tagged, said: _Said, limit: int, end: int) -> list[tuple[Stretch, bool]]:
    """What was said by one verb: the quotation before it, the words after it, or both."""
    norm = draft.norm
    found: list[tuple[Stretch, bool]] = []
    if said.quote:
        if said.more:
            close = norm.find("”", said.at, end)
            return [((said.quote[0], close if close > 0 else said.quote[1]), True)]
        found.append((said.quote, True))
        if norm[said.at - 1] == "。":
            return found
    at = said.at
    if norm[at : at + 1] == "“" and (close := norm.find("”", at, end)) > 0:
        closed = norm[close - 1] in "。！？…" or norm[close + 1 : close + 2] in ("。", "\n", "")
        if closed or norm[at - 1] == "：":
            return [*found, ((at + 1, close), True)]
    stop = _end(draft, tagged, at, min(limit, end))
    if stop > at + 1:
        found.append(((at, stop), False))
    return found


def _end(draft: Draft, tagged: Tagged, at: int, limit: int) -> int:
    """The end of what was said: before the next speaker, or before the first sentence that the paper tells."""
    norm = draft.norm
    narrate, resume, goon, thing = _openings(draft.extra)
    text, stop, counted = tagged.text, at, False
    for sentence in _SENTENCE.finditer(norm, at, limit):
        if sentence.start() > at:
            first, last = tagged.at(sentence.start()), tagged.at(sentence.end() - 1)
            part = text[first : last + 1]
            if norm[sentence.start() - 1] == "\n":
                if not _continues(part, counted, resume, goon):
                    break
            elif narrate.match(part) or (thing.search(part) and _TOLD.search(part) and not _DEMAND.search(part)):
                break
            if _OTHER.match(norm, sentence.start()):
                break
        counted = counted or bool(_COUNTED.search(sentence[0]))
        stop = sentence.end()
    while stop > at and norm[stop - 1] in "，；、 \n”" and norm.count("“", at, stop) != norm.count("”", at, stop):
        stop -= 1
    return stop - (len(norm[at:stop]) - len(norm[at:stop].rstrip("，；、 \n")))


def _continues(sentence: str, counted: bool, resume: re.Pattern[str], goon: re.Pattern[str]) -> bool:
    """Whether a new paragraph goes on with what was said: its first sentence demands or enumerates."""
    if goon.match(sentence):
        return True
    if resume.match(sentence):
        return False
    if counted or _HEADING.match(sentence):
        return True
    return bool(_MUST.search(sentence)) and not _DONE.search(sentence)


def _points(norm: str, start: int, end: int) -> tuple[Stretch, ...]:
    """The ordered points of a speech, each without the mark that ends it.

    一是…；二是…, 首先…其次…, 八个方面的工作，即…；…, a paragraph each where as many were announced, or 要…；要….
    """
    found = [m.start() for m in _MARKS.finditer(norm, start, end)]
    marks = [i for i in found if i == start or norm[i - 1] in _BEFORE_MARK]
    if len(marks) > 1 and _FIRST.match(norm, marks[0]):
        return _cut(norm, [*marks, end])
    for counted in _COUNTED.finditer(norm, start, end):
        if points := _announced(norm, counted, end):
            return points
    bounds = {m.end() for m in _TO.finditer(norm, start, end) if norm.startswith("要", m.end())}
    bounds |= {start} if norm.startswith("要", start) else set()
    return _cut(norm, [*sorted(bounds), end]) if len(bounds) > 1 else ()


def _announced(norm: str, counted: re.Match[str], end: int) -> tuple[Stretch, ...]:
    """The points that a number announces, if exactly as many follow: in one sentence after 即, or a paragraph each."""
    wanted = numerals.integer(counted["n"])
    stop = norm.find("。", counted.end(), end)
    stop = end if stop < 0 else stop
    paragraphs = [i + 1 for i in range(stop, end) if norm[i] == "\n"]
    if len(paragraphs) == wanted:
        return _cut(norm, [*paragraphs, end])
    namely = _NAMELY.search(norm, counted.end(), min(end, stop + 3))
    if namely is None:
        return ()
    stop = norm.find("。", namely.end(), end)
    stop = end if stop < 0 else stop
    for mark in "；、，":
        bounds, depth = [namely.end()], 0
        for i in range(namely.end(), stop):
            depth += (norm[i] in "“（") - (norm[i] in "”）")
            if norm[i] == mark and depth == 0:
                bounds.append(i + 1)
        if len(bounds) == wanted:
            return _cut(norm, [*bounds, stop])
    return ()


def _cut(norm: str, bounds: list[int]) -> tuple[Stretch, ...]:
    points = []
    for a, b in pairwise(bounds):
        text = norm[a:b].rstrip("。；，、\n ")
        if len(text) > 1:
            points.append((a, a + len(text)))
    return tuple(points)


def _add(draft: Draft, said: _Said, stretch: Stretch, direct: bool) -> None:
    start, end = stretch
    event = draft.event_at(said.verb[0])
    rule = said.match.rule
    score = min([rule.score, *(m.score for g in ("who", "body") for m in said.match.mentions(g)[:1])])
    draft.facts.append(
        Statement(
            speaker=said.speaker,
            verb=draft.text[slice(*said.verb)],
            said=(start, end),
            text=draft.text[start:end],
            evidence=Evidence(min(said.match.start, start), max(said.match.end, end), rule.name, score),
            event=event.key if event else "",
            points=_points(draft.norm, start, end),
            direct=direct,
        )
    )
