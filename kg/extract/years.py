"""Which year a page speaks of: printed years weighed by what they stand with, weekdays, and dated happenings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg import lexicon
from kg.lexicon import Table
from kg.model import YearBasis
from kg.rules import RuleSet, load_rules
from kg.rules.fold import fold

_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_MONTH_DAY = re.compile(
    r"(?<![\d年])(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日(?:（(?:星期|周)([一二三四五六日天])）)?(?!之?前)"
)
_MARKS = str.maketrans("", "", '“”‘’"')
_STAMP = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./年](1[0-2]|0?[1-9])[-./月](3[01]|[12]\d|0?[1-9])(?:日|(?!\d))")
_STAMP_WORDS = re.compile(r"\d{1,2}:\d\d|来源|发布|日期|时间|作者|编辑|日报讯")
#: every rule that reads a year needs one in digits
_YEAR = re.compile(r"(?:19|20)\d\d")
_LAST = 2099


@lru_cache(maxsize=4)
def _signs(extra: Path | None) -> RuleSet:
    return RuleSet("date", tuple(r for r in load_rules("date", extra) if "year" in r.result))


def stamp(text: str) -> date | None:
    """The day in the line that a web page prints under a headline; None where a line is no such line.

    ``2023-02-21 08:02　来源：慈溪日报　■记者 陈醒`` gives 21 February 2023: the day from which
    昨天 in that article counts.
    """
    folded = fold(text)
    for m in _STAMP.finditer(folded):
        if _STAMP_WORDS.search(folded[max(0, m.start() - 30) : m.end() + 20]):
            return _day(int(m[1]), int(m[2]), int(m[3]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _printed(text: str, extra: Path | None) -> Iterator[tuple[int, float, str]]:
    """Each printed year once: the year, the weight of the first rule that reads it, and the phrase."""
    if _YEAR.search(text) is None:
        return
    taken: set[int] = set()
    for rule, places in _signs(extra).reach(text):
        for start, end in places:
            for m in rule.pattern.finditer(text, start, end):
                if m.start("y") in taken:
                    continue
                taken.add(m.start("y"))
                yield int(m["y"]), float(rule.result["year"]), m[0].strip("，。（“ ")


#: a dated happening: its phrase, its first day and its last
_Era = tuple[str, date, date]


@lru_cache(maxsize=4)
def _eras(rows: Table) -> tuple[AhoCorasick, list[list[_Era]]]:
    """The phrases of the list without quotation marks, ready to be found, and the happenings of each."""
    by_form: dict[str, list[_Era]] = {}
    for row in rows:
        phrase, until = row["phrase"], row["until"]
        end = date.fromisoformat(until) if until else date(_LAST, 12, 31)
        by_form.setdefault(phrase.translate(_MARKS), []).append((phrase, date.fromisoformat(row["from"]), end))
    words = AhoCorasick(list(by_form), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA)
    return words, list(by_form.values())


def _windows(text: str, eras: Table) -> list[_Era]:
    """The dated happenings that a text names, the longest phrase at each place, as (phrase, from, until)."""
    for mark in '“”‘’"':  # far faster than str.translate on a whole page
        text = text.replace(mark, "")
    words, happenings = _eras(eras)
    found: list[tuple[int, int, str, date, date]] = []
    for number, at, end in words.find_matches_as_indexes(text, overlapping=True):
        for phrase, begin, until in happenings[number]:
            found.append((at, end, phrase, begin, date(_LAST, 12, 31) if text.startswith("以来", end) else until))
    found.sort(key=lambda f: (f[0], -f[1]))
    kept: dict[str, _Era] = {}
    last = 0
    for at, end, phrase, begin, until in found:
        if at >= last:
            kept.setdefault(phrase, (phrase, begin, until))
            last = end
    return list(kept.values())


def _month_days(text: str) -> Iterator[re.Match[str]]:
    """The days printed with their month; looked for around each 月, for the pattern alone would try every place."""
    at = text.find("月")
    while at >= 0:
        day = _MONTH_DAY.match(text, max(0, at - 2)) or _MONTH_DAY.match(text, max(0, at - 1))
        if day:
            yield day
        at = text.find("月", at + 1)


def year_of(
    texts: Sequence[str], published: date | None, extra: Path | None = None
) -> tuple[int | None, YearBasis, str]:
    """The year that a page's dates fall in, its basis, and the phrase that tells it.

    ``texts`` are the page's texts (headlines and bodies), ``published`` the day given by the user, ``extra`` a
    user's own rules and word lists. Dated happenings are in the list ``eras`` (phrase, from, until).
    ``召开2019年精神文明建设…工作推进会`` gives 2019, printed; a page that prints no year but
    ``学习宣传贯彻党的十九届四中全会精神`` and ``11月21日`` gives 2019, inferred; nothing of the kind gives None.
    """
    if published:
        return published.year, "given", f"published {published.isoformat()}"
    pages = [fold(t) for t in texts]
    weights: Counter[int] = Counter()
    signs: dict[int, tuple[float, str]] = {}
    for text in pages:
        for year, weight, phrase in _printed(text, extra):
            weights[year] += weight  # type: ignore[assignment]
            if weight > signs.get(year, (-1.0, ""))[0]:
                signs[year] = (weight, phrase)
    windows = _windows("\n".join(pages), lexicon.load("eras", extra))
    days = Counter((int(m[1]), int(m[2]), _WEEKDAYS.get(m[3] or "", -1)) for text in pages for m in _month_days(text))
    candidates = {y for y, (strongest, _) in signs.items() if strongest >= 1}
    if candidates:
        best = max(candidates, key=lambda y: (weights[y] + _support(y, days, windows), y))
        return best, "printed", signs[best][1]
    return _inferred(days, windows, max(weights, default=0) if weights else 0, signs)


def _fits(year: int, days: Mapping[tuple[int, int, int], int], begin: date, until: date) -> bool:
    """Whether one of the page's days (or, without any, the year itself) lies between two days in that year."""
    if not days:
        return begin.year <= year <= until.year
    return any(d is not None and begin <= d <= until for d in (_day(year, m, n) for m, n, _ in days))


def _support(year: int, days: Mapping[tuple[int, int, int], int], windows: Sequence[tuple[str, date, date]]) -> float:
    """What weekdays and dated happenings add to a printed year or take from it."""
    score = 0.0
    for (month, day, weekday), count in days.items():
        if weekday >= 0:
            when = _day(year, month, day)
            score += (4.0 if when and when.weekday() == weekday else -4.0) * min(count, 2)
    for _, begin, until in windows:
        score += 1.0 if _fits(year, days, begin, until) else -1.0
    return score


def _inferred(
    days: Mapping[tuple[int, int, int], int],
    windows: Sequence[tuple[str, date, date]],
    horizon: int,
    signs: Mapping[int, tuple[float, str]],
) -> tuple[int | None, YearBasis, str]:
    """The one year in which a page's days agree best with the happenings it names, and with its weekdays.

    A happening without a known end tells nothing but a start; at least one with both must agree. ``horizon`` is
    a printed year that is yet to come (到2025年): with nothing else it tells nothing.
    """
    closed = [w for w in windows if w[2].year < _LAST]
    if not closed:
        return None, "unknown", ""
    score: dict[int, float] = defaultdict(float)
    for year in range(min(w[1].year for w in closed), max(w[2].year for w in closed) + 1):
        # the narrower the window, the more it says
        for _, begin, until in closed:
            weight = 1.0 + 1.0 / (1 + (until - begin).days / 365)
            score[year] += weight if _fits(year, days, begin, until) else 0.0
        for _, begin, _until in (w for w in windows if w[2].year >= _LAST):
            score[year] -= 0.0 if begin.year <= year else 2.0
        for (month, day, weekday), _count in days.items():
            when = _day(year, month, day)
            if weekday >= 0:
                score[year] += 3.0 if when and when.weekday() == weekday else -3.0
        if horizon and year > horizon:
            score[year] -= 2.0
    ranked = sorted(score, key=lambda y: (-score[y], y))
    best = ranked[0]
    if score[best] <= 0 or (len(ranked) > 1 and score[ranked[1]] == score[best]):
        return None, "unknown", ""
    told = max((w for w in closed if _fits(best, days, w[1], w[2])), key=lambda w: (w[1] - w[2], w[0]), default=None)
    return (best, "inferred", told[0]) if told else (None, "unknown", "")
