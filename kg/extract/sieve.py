"""Which stretches of an article can hold a finding: the clauses that a trigger occurs in, and what is taken already."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from kg.rules import Tagged
from kg.rules.tagged import offsets

_MARK = re.compile(r"[，。；：！？\n]")
#: a text up to the last mark in it
_TO_MARK = re.compile(r"(?s:.*)[，。；：！？\n]")


def clauses_with(trigger: re.Pattern[str], norm: str, start: int, end: int) -> Tagged:
    """The clauses of ``norm[start:end]`` in which ``trigger`` occurs, as a text whose offsets lead back.

    Every clause keeps the mark that ends it, so that what stood apart does not come together:
    ``会上，陈红民强调，7月20日之前，在全区层面`` with a trigger of digits leaves ``7月20日之前，``.
    """
    parts: list[str] = []
    starts: list[int] = []
    at = start
    while (found := trigger.search(norm, at, end)) is not None:
        opening = _TO_MARK.match(norm, at, found.start())
        first = opening.end() if opening else at
        closing = _MARK.search(norm, found.start(), end)
        at = closing.end() if closing else end
        if found.end() <= at or trigger.search(norm, first, at):
            parts.append(norm[first:at])
            starts += offsets(first, at)
    starts.append(starts[-1] + 1 if starts else end)
    return Tagged("".join(parts), tuple(starts), {})


def after_last(marks: str, text: str, floor: int, at: int) -> int:
    """Where the stretch that holds ``at`` begins: behind the last of the marks before it, at ``floor`` at the least."""
    for mark in marks:
        found = text.rfind(mark, floor, at)
        if found >= 0:
            floor = found + 1
    return floor


class Inside:
    """Stretches of which one is asked for that holds another stretch whole."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether one of the stretches begins at ``start`` or before and ends at ``end`` or after."""
        i = bisect_right(self._starts, start)
        return i > 0 and self._ends[i - 1] >= end


class Taken:
    """Stretches that are taken, asked whether another stretch touches one of them."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(stretches)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def touches(self, start: int, end: int) -> bool:
        """Whether any stretch shares a character with ``start`` to ``end``."""
        i = bisect_right(self._starts, end - 1)
        return i > 0 and self._ends[i - 1] > start
