"""Which display lines are whose headline: one assignment over the whole page.

A headline may stand before its article, behind it, or behind the next one; it may have a kicker and a subtitle, and a
banner may stand among them. So every display line is weighed against every article (words they share, the rarer the
better; how far apart they stand), and the set of choices with the highest sum is taken: a dynamic programme over
the lines whose state is which articles already have their headline. A line may go to nobody.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Any, NamedTuple

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
#: so many articles apart or more is all the same
FARTHEST = 4
#: a line that stands before its article for certain (a heading, a date line below it)
SURE = 5.0
#: each further block between a line and the article it stands before or behind
STEP = 0.3
#: a line that looks like a section's name or a caption, taken for a headline all the same
BANNER = 2.0
#: two separate blocks before an item that only a headline opens, taken for one headline
LOOSE_JOIN = -5.0
#: a subhead taken for the headline of the article it stands in
OWN_SUBHEAD = 2.5
#: what a line must share with an article that it does not touch
FAR = 0.5
#: a line inside an article that may well be a piece of a sentence, taken for a headline
PIECE = 3.0
#: by so much a line and an article must prefer each other to be settled before all others
MARGIN = 1.5
#: so much of a body is its lead, whose words count half as much again, and so much is looked at
LEAD, BODY = 150, 240
#: a line but for which the article would not have been told from the one before
OPENS = 1.5
#: what a kicker above the text must share with it where the headline stands below it
KICKER = 2.0
#: a headline of more lines than this is no headline
LONGEST = 5
_CHOICES, _BEAM, _WINDOW = 6, 64, 60

_Trail = tuple[int, Any] | None
#: on a page of many articles a line looks at so many on either side
_NEAR = 12


class Display(NamedTuple):
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
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The headline of one article: the indices of its lines, how sure (0 to 1), the best other line (or -1).

    ``displaced`` is true where it stands neither right before nor right behind the article.
    """

    lines: tuple[int, ...]
    score: float
    runner_up: int
    displaced: bool


def grams(text: str) -> dict[str, None]:
    """The pairs of neighbouring characters of a line in their order, each once, none across a mark or a space."""
    return dict.fromkeys([run[k : k + 2] for run in _RUN.findall(text) for k in range(len(run) - 1)])


@lru_cache(maxsize=64)
def _weights(n: int) -> tuple[float, ...]:
    """What a pair is worth that stands in 0, 1, 2 … of ``n`` articles: 1 where in one only."""
    if n == 1:
        return (0.0, 1.0)
    return (0.0, *(math.log((n + 1) / hits) / math.log(n + 1) for hits in range(1, n + 1)))


def weigh(lines: Sequence[Display], bodies: Sequence[str]) -> list[dict[int, float]]:
    """For each line the evidence that it is about nearby articles: 0 (nothing shared) to about 4.

    An article that a line neither touches nor shares anything with is left out.
    """
    count = len(bodies)
    if all(line.sure or line.banner for line in lines):
        # a page of marked headings leaves nothing to weigh
        return [{line.after: 0.0} if line.after < count else {} for line in lines]
    pairs_of = [grams(line.text) for line in lines]
    wanted: set[str] = set().union(*pairs_of)
    few = len(wanted) < BODY
    held: dict[str, list[int]] = {}
    led: list[set[str]] = []
    for a, body in enumerate(bodies):
        words, lead = body[:BODY], body[:LEAD]
        # few pairs are looked for one by one, many among those of the body
        common = [pair for pair in wanted if pair in words] if few else wanted.intersection(map(add, words, words[1:]))
        led.append({pair for pair in common if pair in lead})
        for pair in common:
            held.setdefault(pair, []).append(a)
    out: list[dict[int, float]] = []
    for line, pairs in zip(lines, pairs_of, strict=True):
        after = line.after
        low, high = max(0, after - _NEAR), min(count, after + _NEAR)
        found: dict[int, float] = {}
        if line.inside < 0:
            found = dict.fromkeys(range(max(low, after - 1), min(high, after + 1)), 0.0)
        out.append(found)
        if high <= low or not pairs:
            continue
        weights = _weights(high - low)
        for pair in pairs:
            hits = held.get(pair)
            if hits is None:
                continue
            if hits[0] < low or hits[-1] >= high:
                hits = hits[bisect_left(hits, low) : bisect_left(hits, high)]
                if not hits:
                    continue
            weight = weights[len(hits)]
            for a in hits:
                found[a] = found.get(a, 0.0) + (weight * 1.5 if pair in led[a] else weight)
        size = len(pairs)
        for a, shared in found.items():
            if shared:
                # both how much is shared and what part of the line that is
                found[a] = 2.0 * shared / (shared + 2.0) + 2.0 * shared / size
    return out


def assign(
    lines: Sequence[Display],
    bodies: Sequence[str],
    open_items: frozenset[int] = frozenset(),
    none: frozenset[int] = frozenset(),
) -> list[Choice]:
    """The headline of each article, in the articles' order.

    ``open_items`` are articles that only a headline opens, ``none`` those that have none (items behind bullets).
    Linear in the number of lines: a line looks at near articles only, and the programme keeps the best states.
    """
    evidence = weigh(lines, bodies)
    if none:
        evidence = [{a: e for a, e in found.items() if a not in none} for found in evidence]
    worths = [{a: _single(line, e, a) for a, e in found.items()} for line, found in zip(lines, evidence, strict=True)]
    placed = _solve(lines, evidence, worths, open_items)
    _add_kickers(lines, evidence, placed)
    chosen: list[list[int]] = [[] for _ in bodies]
    for i, a in enumerate(placed):
        if a >= 0:
            chosen[a].append(i)
    # what each line is worth to each article as a rival: less where either already has another
    for_article: list[list[tuple[float, int]]] = [[] for _ in bodies]
    for_line: list[list[tuple[float, int]]] = []
    for i in range(len(lines)):
        taken = placed[i] >= 0
        mine = []
        for a, worth in worths[i].items():
            for_article[a].append((worth - 1.5 if taken else worth, -i))
            mine.append((worth - 1.5 if chosen[a] else worth, a))
        for_line.append(mine)
    out = []
    for a, own in enumerate(chosen):
        if not own:
            out.append(Choice((), 0.0, -1, False))
            continue
        for i in own:  # a further line of the headline may share nothing with the article
            worths[i].setdefault(a, _single(lines[i], 0.0, a))
        i = max(own, key=lambda i: worths[i][a])
        second = max((rival for rival in for_article[a] if -rival[1] not in own), default=(-9.0, 1))
        elsewhere = max((rival for rival, k in for_line[i] if k != a), default=-9.0)
        margin = worths[i][a] - max(second[0], elsewhere)
        score = 1.0 if lines[i].sure else 1 / (1 + math.exp(-max(-20.0, min(20.0, margin))))
        runner_up = -second[1] if second[0] > 0 else -1
        out.append(Choice(tuple(own), round(score, 3), runner_up, not any(_touch(lines[j], a) for j in own)))
    return out


def _add_kickers(lines: Sequence[Display], evidence: Sequence[dict[int, float]], placed: list[int]) -> None:
    """Gives a line left to nobody to the article it stands before, if that has its headline behind it and its words.

    ``湘商回归 情系溆水`` above the text, ``我县在长沙举行招商引资推介会`` below it.
    """
    for i, line in enumerate(lines):
        a = line.after
        if placed[i] >= 0 or line.inside >= 0 or line.banner or line.ahead or evidence[i].get(a, 0.0) < KICKER:
            continue
        own = [k for k in range(i + 1, min(len(lines), i + 1 + LONGEST)) if placed[k] == a]
        if own and all(lines[k].after == a + 1 and lines[k].inside < 0 for k in own):
            placed[i] = a


def _single(line: Display, worth: float, a: int) -> float:
    """What it is worth to give a line to an article that it shares ``worth`` with, by words and place."""
    ahead = a - line.after  # 0: the line stands right before the article; -1: right behind it
    if line.inside >= 0:
        worth -= PIECE if line.piece else 0.0
        return worth - (OWN_SUBHEAD if a == line.inside else APART * min(FARTHEST, abs(a - line.inside)))
    if ahead == 0:
        worth += BEFORE - STEP * min(line.ahead, 4) + (SURE if line.sure else 0.0) + (OPENS if line.opens else 0.0)
    elif ahead == -1:
        worth += BEHIND - STEP * min(line.behind, 4)
    else:
        worth -= APART * min(FARTHEST, ahead if ahead > 0 else -ahead - 1)
    if line.sure and ahead:
        worth -= SURE
    return worth - (BANNER if line.banner else 0.0)


def _touch(line: Display, a: int) -> bool:
    """Whether a line stands right before or right behind an article."""
    return line.inside < 0 and -1 <= a - line.after <= 0


def _candidates(
    lines: Sequence[Display], evidence: Sequence[dict[int, float]], every: Sequence[dict[int, float]]
) -> list[list[tuple[int, float]]]:
    """For each line the articles that it may begin the headline of, with what that is worth.

    Where a line and an article are each other's best by a margin, neither is offered to others; other lines of the
    same zone keep the article, for a kicker may stand before the line.
    """
    worths: list[dict[int, float]] = []
    best: dict[int, tuple[float, int]] = {}
    for i, (line, found) in enumerate(zip(lines, evidence, strict=True)):
        worth = {a: every[i][a] for a, e in found.items() if e >= FAR or _touch(line, a)}
        worths.append(worth)
        for a, value in worth.items():
            if a not in best or value > best[a][0]:
                best[a] = (value, i)
    out: list[list[tuple[int, float]]] = []
    for i, worth in enumerate(worths):
        offers = []
        zone = (lines[i].after, lines[i].inside)
        top = sorted(worth.values(), reverse=True)[:2]
        for a, value in worth.items():
            value_best, j = best[a]
            if j != i and value < value_best - MARGIN and (lines[j].after, lines[j].inside) != zone:
                rival = worths[j]
                if max(rival.values()) == value_best:
                    continue  # its own line is sure of it
            if value < top[0] - MARGIN and len(top) > 1 and best[_argmax(worth)][1] == i:
                continue  # this line is sure of another
            offers.append((a, value))
        offers.sort(key=lambda x: -x[1])
        out.append(offers[:_CHOICES])
    for i in range(len(lines) - 2, -1, -1):
        # the first line of a block may be a kicker that shares nothing with the article its second line speaks of
        if lines[i].block == lines[i + 1].block and lines[i].inside < 0:
            known = {a for a, _ in out[i]}
            out[i] += [(a, _single(lines[i], 0.0, a)) for a, _ in out[i + 1] if a not in known and a not in every[i]]
            out[i] += [(a, every[i][a]) for a, _ in out[i + 1] if a not in known and a in every[i]]
    return out


def _argmax(worth: dict[int, float]) -> int:
    return max(worth, key=lambda a: worth[a])


def _solve(
    lines: Sequence[Display],
    evidence: Sequence[dict[int, float]],
    worths: Sequence[dict[int, float]],
    items: frozenset[int],
) -> list[int]:
    """For each line its article, or -1: the best sum over all lines (over windows of them on a very long page)."""
    offers = _candidates(lines, evidence, worths)
    placed: list[int] = []
    taken: set[int] = set()
    start = 0
    while start < len(lines):
        stop = min(len(lines), start + _WINDOW)
        while start < stop < len(lines) and stop < start + 2 * _WINDOW and lines[stop].after == lines[stop - 1].after:
            stop += 1
        if taken:
            window = [[(a, worth) for a, worth in offer if a not in taken] for offer in offers[start:stop]]
        else:
            window = offers[start:stop]
        found = _solve_window(lines, evidence, items, window, start)
        placed += found
        taken.update(a for a in found if a >= 0)
        start = stop
    return placed


def _solve_window(
    lines: Sequence[Display],
    evidence: Sequence[dict[int, float]],
    items: frozenset[int],
    offers: Sequence[Sequence[tuple[int, float]]],
    start: int,
) -> list[int]:
    """The articles of the lines from ``start`` on that ``offers`` speaks of."""
    hopes = _hopes(offers)
    bits = {a: 1 << k for k, a in enumerate(sorted({a for offer in offers for a, _ in offer}))}
    # state: (articles with a headline as bits, article of the line before or -1) → (sum, lines it has, trail)
    states: dict[tuple[int, int], tuple[float, int, _Trail]] = {(0, -1): (0.0, 0, None)}
    live = [0]
    for offer in reversed(offers):
        live.append(live[-1] | sum(bits[a] for a, _ in offer if not live[-1] & bits[a]))
    live.reverse()
    for i in range(start, start + len(offers)):
        line = lines[i]
        zoned = i > 0 and (lines[i - 1].after, lines[i - 1].inside) == (line.after, line.inside)
        zoned = zoned and i > start
        same = zoned and lines[i - 1].block == line.block
        torn = TORN if same else 0.0
        left = 0.0 if line.banner or line.inside >= 0 else LEFT
        # an article that no later line may take need not be remembered: states that differ in it only are one
        wanted = live[i + 1 - start]
        best: dict[tuple[int, int], tuple[float, int, _Trail]] = {}
        for (mask, last), (total, held, trail) in states.items():
            key = (mask & wanted, -1)
            value = total + left + (torn if last >= 0 else 0.0)
            if key not in best or best[key][0] < value:
                best[key] = (value, 0, (-1, trail))
            if last >= 0 and zoned and held < LONGEST:
                value = total + _join(lines, evidence, i, last, same, items) - 0.3 * (held - 1)
                key = (mask & wanted, last)
                if key not in best or best[key][0] < value:
                    best[key] = (value, held + 1, (last, trail))
            for a, worth in offers[i - start]:
                if mask & bits[a]:
                    continue
                value = total + worth + COVER + torn
                key = ((mask | bits[a]) & wanted, a)
                if key not in best or best[key][0] < value:
                    best[key] = (value, 1, (a, trail))
        if len(best) > _BEAM:
            best = _prune(best, [(bits[a], h) for a, h in hopes[i + 1 - start].items()])
        states = best
    _, _, node = max(states.values(), key=lambda v: v[0])
    placed: list[int] = []
    while node is not None:
        placed.append(node[0])
        node = node[1]
    return placed[::-1]


def _join(
    lines: Sequence[Display],
    evidence: Sequence[dict[int, float]],
    i: int,
    a: int,
    same: bool,
    items: frozenset[int],
) -> float:
    """What it is worth to let line ``i`` go on with the headline of the line before."""
    line = lines[i]
    value = evidence[i].get(a, 0.0) + (SAME_BLOCK if same else NEXT_BLOCK)
    if line.banner:
        value -= BANNER
    if line.sure and a == line.after and not lines[i - 1].sure:
        value += SURE
    if line.opens and a == line.after:
        value += OPENS
    if a in items and not same and not line.sure:
        value += LOOSE_JOIN
    return value


def _hopes(offers: Sequence[Sequence[tuple[int, float]]]) -> list[dict[int, float]]:
    """For each line, what every article may still get from the lines behind it, at most."""
    hopes: list[dict[int, float]] = [{}]
    for offer in reversed(offers):
        hope = hopes[-1]
        better = {a: worth + COVER for a, worth in offer if worth + COVER > hope.get(a, 0.0)}
        hopes.append({**hope, **better} if better else hope)
    return hopes[::-1]


def _prune(
    best: dict[tuple[int, int], tuple[float, int, _Trail]], hope: Sequence[tuple[int, float]]
) -> dict[tuple[int, int], tuple[float, int, _Trail]]:
    """The states with the best outlook: what they have, less what their articles could still have got elsewhere."""
    outlook = {key: value[0] - sum(h for bit, h in hope if key[0] & bit) for key, value in best.items()}
    kept = sorted(best, key=lambda key: -outlook[key])[:_BEAM]
    return {key: best[key] for key in kept}
