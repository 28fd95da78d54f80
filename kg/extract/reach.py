"""Runs rules over the sentences that can hold a finding, and over nothing else.

A rule of statements or ties never looks beyond its sentence, and most sentences of a page hold no verb that it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.rules import Match, RuleSet, Tagged

Stretch = tuple[int, int]

_ENDS = re.compile(r"[。！？\n]")


def sentences_at(text: str, places: Iterable[int]) -> list[Stretch]:
    """The sentences that hold these places, merged, in order; a quotation before a sentence belongs to it.

    ``“路修好了。”镇长孙立军说，要种好树。`` is one sentence for this purpose.
    """
    found: list[Stretch] = []
    for place in places:
        if found and place < found[-1][1]:
            continue
        start = _opening(text, place)
        ended = _ENDS.search(text, place)
        end = ended.end() if ended else len(text)
        while end < len(text) and text[end] in "”。！？\n":
            end += 1
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _opening(text: str, place: int) -> int:
    """Where the sentence of a place begins, or the quotation that stands before its speaker."""
    start = max(text.rfind(c, 0, place) for c in "。！？\n") + 1
    close = text.find("”", start, place)
    quote = text.rfind("“", 0, close) if close >= 0 else -1
    if 0 <= quote < start:
        start = max(text.rfind(c, 0, quote) for c in "。！？\n") + 1
    return start


def matches(rules: RuleSet, tagged: Tagged, sentences: list[Stretch] | None = None) -> Iterator[Match]:
    """All matches of all rules, rule by rule, left to right: within ``sentences`` where they are given, and
    only in those that hold a word the rule needs.
    """
    text = tagged.text
    known: dict[tuple[str, ...], list[Stretch]] = {}
    for rule, places in zip(rules, rules.reach(text), strict=True):
        if not places:
            continue
        if rule.needs and sentences is None:
            if rule.needs not in known:
                known[rule.needs] = sentences_at(text, sorted(_places(text, rule.needs)))
            reach = known[rule.needs]
        elif not rule.needs:
            reach = sentences if sentences is not None else [(0, len(text))]
        else:
            reach = [s for s in sentences or () if any(text.find(word, *s) >= 0 for word in rule.needs)]
        for start, end in _within(places, reach):
            for found in rule.pattern.finditer(text, start, end):
                yield Match(rule, tagged, found)


def _within(places: list[Stretch], sentences: list[Stretch]) -> Iterator[Stretch]:
    """The parts of ``places`` inside each of ``sentences``; both are in order and do not overlap."""
    i = 0
    for start, end in sentences:
        while i < len(places) and places[i][1] <= start:
            i += 1
        at = i
        while at < len(places) and places[at][0] < end:
            yield max(start, places[at][0]), min(end, places[at][1])
            at += 1


def _places(text: str, words: Iterable[str]) -> Iterator[int]:
    for word in words:
        at = text.find(word)
        while at >= 0:
            yield at
            at = text.find(word, at + len(word))
