"""Runs rules over the sentences that can hold a finding, and over nothing else.

A rule of statements or ties never looks beyond its sentence, and most sentences of a page hold no verb that it needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, reduce
from operator import or_

from kg.extract.sieve import after_last
from kg.rules import Match, RuleSet, Tagged
from kg.rules.engine import any_in
from kg.rules.gate import Gate

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
    start = after_last("。！？\n", text, 0, place)
    close = text.find("”", start, place)
    quote = text.rfind("“", 0, close) if close >= 0 else -1
    if 0 <= quote < start:
        start = after_last("。！？\n", text, 0, quote)
    return start


def matches(rules: RuleSet, tagged: Tagged, stretches: list[Stretch]) -> Iterator[Match]:
    """All matches of all rules, rule by rule, left to right: within these sentences or paragraphs, and only in those
    that hold the words the rule needs.
    """
    text = tagged.text
    gate = _gate(rules)
    opened = gate.opened(text, stretches)
    for rule in gate.among(reduce(or_, opened, 0)):
        bit = gate.bit(rule)
        for bits, (start, end) in zip(opened, stretches, strict=True):
            if not bits & bit or (rule.needs and not any_in(text, rule.needs, start, end)):
                continue
            for found in rule.pattern.finditer(text, start, end):
                yield Match(rule, tagged, found)


@lru_cache(maxsize=8)
def _gate(rules: RuleSet) -> Gate:
    return Gate(rules)
