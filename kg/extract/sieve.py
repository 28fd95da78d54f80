"""Cuts an article down to the clauses that can hold a finding, so that rules need not run over the rest."""

from __future__ import annotations

import re

from kg.rules import Tagged

_CLAUSE = re.compile(r"[^，。；：！？\n]+[，。；：！？\n]?")


def clauses_with(trigger: re.Pattern[str], norm: str, start: int, end: int) -> Tagged:
    """The clauses of ``norm[start:end]`` in which ``trigger`` occurs, as a text whose offsets lead back.

    Every clause keeps the mark that ends it, so that what stood apart does not come together:
    ``会上，陈红民强调，7月20日之前，在全区层面`` with a trigger of digits leaves ``7月20日之前，``.
    """
    parts: list[str] = []
    starts: list[int] = []
    for clause in _CLAUSE.finditer(norm, start, end):
        if trigger.search(norm, clause.start(), clause.end()):
            parts.append(clause[0])
            starts.extend(range(clause.start(), clause.end()))
    starts.append(starts[-1] + 1 if starts else end)
    return Tagged("".join(parts), tuple(starts), {})
