"""Which display lines are whose headline: one assignment over the whole page.

A headline may stand before its article, behind it, or behind the next one; it may have a kicker and a subtitle, and a
banner may stand among them. So every display line is weighed against every article (words they share, the rarer the
better; how far apart they stand), and the set of choices with the highest sum is taken: a line-by-line dynamic
programme whose state is which articles already have their headline. A line may go to nobody.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

_RUN = re.compile(r"[\u3400-\u9fff0-9A-Za-z]{2,}")

#: an article that gets a headline at all
COVER = 3.0
#: a display line left to nobody
LEFT = -1.2
#: a further line of the same headline: in the same block, in the next block
SAME_BLOCK, NEXT_BLOCK = 0.8, 0.0
#: a block torn between two articles
TORN = -2.5
#: standing right before, right behind, and each article in between
BEFORE, BEHIND, APART = 1.6, 1.2, 0.5
#: a line that stands before its article for certain (a heading, a date line below it)
SURE = 5.0
#: each further block between a line and the article it stands before or behind
STEP = 0.3
#: a line that looks like a section's name or a caption, taken for a headline all the same
BANNER = 2.0
#: two separate blocks before an item that only a headline opens, taken for one headline
LOOSE_JOIN = -2.5
#: a subhead taken for the headline of the article it stands in
OWN_SUBHEAD = 2.5
#: what a line must share with an article that it does not touch
FAR = 0.5
#: a line inside an article that may well be a piece of a sentence, taken for a headline
PIECE = 3.0
#: a headline of more lines than this is no headline
LONGEST = 5
_BEAM = 48
_NEAR = 5


@dataclass(frozen=True, slots=True)
class Display:
    """One display line: its words, its block, how many articles begin before it, whether its place is certain.

    ``behind`` and ``ahead`` count the blocks between it and the article behind and before it; ``inside`` is the
    article in whose middle it stands (-1: between articles); ``banner`` is true for what is hardly a headline.
    """

    text: str
    block: int
    after: int
    sure: bool = False
    banner: bool = False
    behind: int = 0
    ahead: int = 0
    inside: int = -1
    piece: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The headline of one article: the indices of its lines, how sure (0 to 1), and the best other line (or -1)."""

    lines: tuple[int, ...]
    score: float
    runner_up: int


def grams(text: str) -> set[str]:
    """The pairs of neighbouring characters of a line, none across a mark or a space."""
    return {run[i : i + 2] for run in _RUN.findall(text) for i in range(len(run) - 1)}


def weigh(lines: Sequence[Display], bodies: Sequence[str]) -> list[dict[int, float]]:
    """For each line the evidence that it is about each nearby article: 0 (nothing shared) to about 4."""
    out: list[dict[int, float]] = []
    count = len(bodies)
    for line in lines:
        low, high = max(0, line.after - _NEAR), min(count, line.after + _NEAR)
        pairs = grams(line.text)
        found = dict.fromkeys(range(low, high), 0.0)
        n = high - low
        if n and pairs:
            whole = math.log(n + 1)
            for pair in pairs:
                hits = [a for a in range(low, high) if pair in bodies[a]]
                if hits:
                    weight = math.log((n + 1) / len(hits)) / whole if n > 1 else 1.0
                    for a in hits:
                        found[a] += weight
            size = len(pairs)
            for a in found:
                # both how much is shared and what part of the line that is
                found[a] = 2.0 * found[a] / (found[a] + 2.0) + 2.0 * found[a] / size
        out.append(found)
    return out


def assign(lines: Sequence[Display], bodies: Sequence[str], open_items: frozenset[int] = frozenset()) -> list[Choice]:
    """The headline of each article, in the articles' order; ``open_items`` are articles that only a headline opens.

    Linear in the number of lines: the programme keeps the best states only, and a line looks at near articles only.
    """
    evidence = weigh(lines, bodies)
    placed = _solve(lines, evidence, open_items)
    chosen: list[list[int]] = [[] for _ in bodies]
    for i, a in enumerate(placed):
        if a >= 0:
            chosen[a].append(i)
    candidates: list[list[int]] = [[] for _ in bodies]
    for i, found in enumerate(evidence):
        for a in found:
            candidates[a].append(i)
    out = []
    for a, own in enumerate(chosen):
        if not own:
            out.append(Choice((), 0.0, -1))
            continue
        best = max(_single(lines[i], evidence[i], a) for i in own)
        rivals = [(_single(lines[i], evidence[i], a), -i) for i in candidates[a] if i not in own]
        other = max(rivals, default=(0.0, 1))
        sum_other = max(other[0], 0.0)
        score = 1.0 if lines[own[0]].sure else best / (best + sum_other) if best > 0 else 0.0
        second = -other[1] if sum_other > 0.5 else -1
        out.append(Choice(tuple(own), round(min(1.0, score), 3), second))
    return out


def _single(line: Display, found: dict[int, float], a: int) -> float:
    """What it is worth to give a line to an article, by words and place."""
    worth = found.get(a, 0.0)
    ahead = a - line.after  # 0: the line stands right before the article; -1: right behind it
    if line.inside >= 0:
        worth -= PIECE if line.piece else 0.0
        return worth - (OWN_SUBHEAD if a == line.inside else APART * abs(a - line.inside))
    if ahead == 0:
        worth += BEFORE - STEP * min(line.ahead, 4) + (SURE if line.sure else 0.0)
    elif ahead == -1:
        worth += BEHIND - STEP * min(line.behind, 4)
    else:
        worth -= APART * (ahead if ahead > 0 else -ahead - 1)
    if line.sure and ahead:
        worth -= SURE
    return worth - (BANNER if line.banner else 0.0)


def _touch(line: Display, a: int) -> bool:
    """Whether a line stands right before or right behind an article."""
    return line.inside < 0 and -1 <= a - line.after <= 0


def _solve(lines: Sequence[Display], evidence: Sequence[dict[int, float]], items: frozenset[int]) -> list[int]:
    """For each line its article, or -1: the best sum over all lines."""
    # state: (articles with a headline as bits, article of the line before or -1, lines it has) → (sum, trail)
    states: dict[tuple[int, int, int], tuple[float, tuple[int, object] | None]] = {(0, -1, 0): (0.0, None)}
    for i, line in enumerate(lines):
        worths = sorted(
            ((_single(line, evidence[i], a), a) for a, e in evidence[i].items() if e >= FAR or _touch(line, a)),
            reverse=True,
        )[:5]
        same_block = i > 0 and lines[i - 1].block == line.block
        same_zone = i > 0 and lines[i - 1].after == line.after and lines[i - 1].inside == line.inside
        left = 0.0 if line.banner or line.inside >= 0 else LEFT
        best: dict[tuple[int, int, int], tuple[float, tuple[int, object] | None]] = {}

        for (mask, last, held), (total, trail) in states.items():
            torn = TORN if same_block else 0.0
            key = (mask, -1, 0)
            value = total + left + (torn if last >= 0 else 0.0)
            if key not in best or best[key][0] < value:
                best[key] = (value, (-1, trail))
            if last >= 0 and same_zone and held < LONGEST:
                bonus = SAME_BLOCK if same_block else NEXT_BLOCK
                value = total + evidence[i].get(last, 0.0) + bonus - 0.3 * (held - 1)
                if line.banner:
                    value -= BANNER
                if line.sure and not lines[i - 1].sure and last == line.after:
                    value += SURE
                if last in items and not same_block and not line.sure:
                    value += LOOSE_JOIN
                key = (mask, last, held + 1)
                if key not in best or best[key][0] < value:
                    best[key] = (value, (last, trail))
            for worth, a in worths:
                if mask >> a & 1:
                    continue
                value = total + worth + COVER + torn
                key = (mask | 1 << a, a, 1)
                if key not in best or best[key][0] < value:
                    best[key] = (value, (a, trail))
        if len(best) > _BEAM:
            # every article gets its COVER sooner or later: to have taken it early is no merit
            kept = sorted(best.items(), key=lambda kv: COVER * kv[0][0].bit_count() - kv[1][0])[:_BEAM]
            best = dict(kept)
        states = best
    _, node = max(states.values(), key=lambda v: v[0])
    placed: list[int] = []
    while node is not None:
        a, node = node  # type: ignore[assignment]
        placed.append(a)
    return placed[::-1]
