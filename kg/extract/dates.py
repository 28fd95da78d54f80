"""Dates: every expression of time in an article, and the day of the reported event.

``本报讯 6月26日，二七区召开…`` is a day without year (``XXXX-06-26``) until the page tells the year; ``今年12月底前``
is a deadline, its last day; ``近日`` is open and stays so.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.extract.draft import Draft
from kg.extract.numerals import integer
from kg.extract.sieve import Taken, clauses_with
from kg.extract.years import stamp, year_of
from kg.model import Context, Mention, MentionKind, When, YearBasis
from kg.rules import Match, RuleSet, load_rules

__all__ = ["article_date", "find", "stamp", "year_of"]

_SIGNS = "年月日号周星昨今近节旦庆夕期久拜季天"
#: one class first, for the search skips to its characters; then which of them was met
_TRIGGER = re.compile(
    rf"[{_SIGNS}2五七八十六三](?:(?<=[{_SIGNS}])|(?<=2)0\d\d[-./]|(?<=五)[”规末]|(?<=[五七八十六三])一前)"
)
#: 本报7月25日讯, 江淮网11月2日合肥讯: the day on which a report was sent; 今天 and 昨天 in it count from there
_DATELINE = re.compile(
    r"[^，。；：、\n\d]{0,14}?(?:((?:19|20)\d\d)年)?(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日[^，。；：、\n\d]{0,5}?(?:讯|电)"
)
_MONTH = re.compile(r"....-\d\d")
_SHIFT = {"今年": 0, "本年": 0, "本年度": 0, "明年": 1, "后年": 2, "去年": -1, "上年": -1, "前年": -2}
_MONTH_SHIFT = {"本月": 0, "当月": 0, "上月": -1, "下月": 1}
_DAY_SHIFT = {"昨日": -1, "昨天": -1, "昨": -1, "今日": 0, "今天": 0, "今": 0, "前天": -2, "明天": 1, "明日": 1}
_WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1, "前": 1}
_SOON = 20
_STATES = ("截至", "截止", "截止到", "自", "从")
_ENDS = ("底", "末", "终", "内")
#: names in which a number or day is no date: 五一公园, 二七区
_NAMES: tuple[MentionKind, ...] = ("person", "post", "body", "place")
#: 近日 is one day that is not told; 连日来 is a time over which the report runs, and a day may follow
_ONE_DAY = ("近日", "日前", "前不久", "不久前", "前几天", "昨", "今", "前天", "近期", "最近")


@lru_cache(maxsize=8)
def _rules(extra: Path | None) -> RuleSet:
    return RuleSet("date", tuple(r for r in load_rules("date", extra) if "as" in r.result))


@lru_cache(maxsize=8)
def _festivals(extra: Path | None) -> dict[str, str]:
    return {row["word"]: row["date"] for row in lexicon.load("festivals", extra)}


@dataclass(slots=True)
class _Clock:
    """What earlier dates of the article tell later ones: its day, and the month spoken of last."""

    context: Context
    extra: Path | None
    anchor: date | None = None
    month: int = 0
    #: whether a day was told before
    begun: bool = False
    #: the month that was last printed with its year, the year, and where it stands
    said: tuple[int, int, int] = (0, 0, 0)

    @property
    def year(self) -> int | None:
        if self.context.published:
            return self.context.published.year
        return self.context.year

    @property
    def basis(self) -> YearBasis:
        if self.context.year and self.context.year_basis != "unknown":
            return self.context.year_basis
        return "given" if self.context.published else "unknown"


def find(draft: Draft) -> None:
    """Adds a date mention for every expression of time, and sets ``draft.when`` to the article's date.

    A mention's ``value`` is a :class:`When`, its subkind day, span, deadline or open. What lies in a person's,
    body's or place's name is none (``五一公园``).
    """
    norm, (start, end) = draft.norm, draft.article.prose
    matches = list(_rules(draft.extra).find(clauses_with(_TRIGGER, norm, start, end)))
    if not matches:
        draft.when = article_date(draft)
        return
    matches.sort(key=lambda m: (m.start, -m.end))
    names = Taken((m.start, m.end) for m in draft.of(*_NAMES))
    sent = _DATELINE.match(norm)
    context = _as_sent(draft.context, sent) if sent else draft.context
    clock = _Clock(context, draft.extra, context.published)
    found: list[Mention] = []
    last = start
    for match in matches:
        begin, stop = match.span()
        if begin < last or names.touches(begin, stop) or (sent and begin < sent.end()):
            continue
        subkind, when = _read(match, clock)
        last = stop
        text = draft.text[begin:stop]
        rule = match.rule
        found.append(Mention("date", begin, stop, text, text, rule.name, subkind, rule.score, when))
        clock.begun |= subkind == "day"
        if subkind == "day" and clock.anchor is None and when.earliest:
            clock.anchor = when.earliest
    draft.add(found)
    draft.when = article_date(draft)


def _as_sent(context: Context, sent: re.Match[str]) -> Context:
    """The context of a report with the day on which it was sent, where the year is known."""
    year = int(sent[1]) if sent[1] else context.published.year if context.published else context.year
    month, day = int(sent[2]), int(sent[3])
    if year is None or not _valid(year, month, day):
        return context
    told = date(year, month, day)
    if context.published and not sent[1] and told > context.published + timedelta(days=31):
        told = _move_year(told, -1)
    return replace(context, published=told)


# ---------------------------------------------------------------- reading one expression


def _group(match: Match, name: str) -> str:
    return (match.match[name] or "") if match.has(name) else ""


def _number(match: Match, name: str) -> int:
    return integer(_group(match, name)) or 0 if match.has(name) else 0


def _read(match: Match, clock: _Clock) -> tuple[str, When]:
    """The subkind and value of one match: see the groups in kg/rules/date.yaml."""
    kind = match.rule.result["as"]
    if match.has("rel") and not match.has("m"):
        return _relative(match, clock)
    if match.has("wd") or match.has("wd2"):
        return _weekday(match, clock)
    if match.has("fest"):
        return _festival(match, clock)
    if match.has("n"):
        return "deadline", When(basis=clock.basis)
    if match.has("plan"):
        return _plan(match)
    if kind == "open":
        return "open", When(latest=clock.context.published)
    before = match.has("before")
    if match.has("y2"):
        first, last = sorted((_number(match, "y"), _number(match, "y2")))
        return "span", When(f"{first}/{last}", date(first, 1, 1), date(last, 12, 31), "printed")
    if match.has("m") or match.has("mw"):
        return _in_month(match, clock, before)
    if match.has("d"):
        return _bare_day(match, clock, before)
    if match.has("q") or match.has("half") or match.has("half2"):
        return _part_of_year(match, clock, before)
    return _in_year(match, clock, kind, before)


def _year(match: Match, clock: _Clock) -> tuple[int | None, YearBasis]:
    """The year that an expression names or that its page gives."""
    if match.has("y"):
        return integer(_group(match, "y")), "printed"
    year = clock.year
    if year is not None and match.has("yw"):
        shift = _SHIFT.get(_group(match, "yw"))
        return (None, "unknown") if shift is None else (year + shift, clock.basis)
    return year, clock.basis


def _relative(match: Match, clock: _Clock) -> tuple[str, When]:
    published = clock.context.published
    part = _group(match, "part")
    if not published:
        return "open", When(day_part=part)
    return "day", _day(published + timedelta(days=_DAY_SHIFT[_group(match, "rel")]), clock.basis, part)


def _weekday(match: Match, clock: _Clock) -> tuple[str, When]:
    published = clock.context.published
    part, before = _group(match, "part"), match.has("before")
    if not published:
        return ("deadline" if before else "open"), When(day_part=part)
    wanted = _WEEKDAYS[_group(match, "wd") or _group(match, "wd2")]
    monday = published - timedelta(days=published.weekday())
    week = _group(match, "wk")
    if week:
        day = monday + timedelta(days=wanted + {"上": -7, "下": 7}.get(week, 0))
    elif before:
        day = published + timedelta(days=(wanted - published.weekday()) % 7)
    else:
        day = published - timedelta(days=(published.weekday() - wanted) % 7)
    return ("deadline" if before else "day"), _day(day, clock.basis, part)


def _festival(match: Match, clock: _Clock) -> tuple[str, When]:
    fixed = _festivals(clock.extra)[_group(match, "fest")]
    if not match.has("before") or not fixed:
        return ("deadline" if match.has("before") else "open"), When()
    year, basis = _year(match, clock)
    month, day = (int(x) for x in fixed.split("-"))
    eve = date(year or 2001, month, day) - timedelta(days=1)
    if year is None:
        return "deadline", When(f"XXXX-{eve:%m-%d}")
    return "deadline", _day(_to_come(eve, match, clock), basis)


def _plan(match: Match) -> tuple[str, When]:
    first = 1951 + 5 * _number(match, "plan")
    if _group(match, "edge").startswith("末"):
        return "deadline", _day(date(first + 4, 12, 31), "printed")
    edtf = f"{first}/{first + 4}"
    return "span", When(edtf, date(first, 1, 1), date(first + 4, 12, 31), "printed")


def _in_month(match: Match, clock: _Clock, before: bool) -> tuple[str, When]:
    """A day, a span of days, a month or its end, with the month printed or told as 本月."""
    year, basis = _year(match, clock)
    day, part = _number(match, "d"), _group(match, "part")
    if match.has("mw"):
        year, month = _month_word(_MONTH_SHIFT[_group(match, "mw")], year, clock)
    else:
        month = _number(match, "m")
    if not 1 <= month <= 12:
        return ("deadline" if before else "span"), _open_month(day)
    clock.month = month
    if match.has("y") and year:
        clock.said = (month, year, match.end)
    elif clock.said[0] == month and not match.has("yw") and match.start - clock.said[2] < 120:
        year, basis = clock.said[1], "printed"
    if match.has("m2") and not match.has("d2"):
        return "span", _months(year, month, _number(match, "m2"), basis)
    if match.has("d2"):
        kind, when = _days(year, month, day, match, clock, basis)
        return ("deadline", when) if before else (kind, when)
    if day:
        if not _valid(year, month, day):
            return "open", When()
        if year is None:
            return ("deadline" if before else "day"), When(f"XXXX-{month:02}-{day:02}", day_part=part)
        exact = date(year, month, day)
        if not match.has("y") and not match.has("yw"):
            printed = clock.said[:2] == (month, year)
            exact = _to_come(exact, match, clock) if before else exact if printed else _nearest(exact, clock)
        return ("deadline" if before else "day"), _day(exact, basis, part)
    edge = _group(match, "edge")
    ends = before or (edge in _ENDS and not _group(match, "from").startswith(_STATES))
    if ends and _group(match, "yw") not in ("去年", "上年", "前年"):
        last = _last_day(year, month)
        if year is None:
            return "deadline", When(f"XXXX-{month:02}-{last:02}")
        exact = date(year, month, last)
        if before and not match.has("y") and not match.has("yw"):
            exact = _to_come(exact, match, clock)
        # 6月底 in an article of September looks back
        if before or clock.anchor is None or exact >= clock.anchor:
            return "deadline", _day(exact, basis)
    return "span", _month(year, month, basis)


def _days(year: int | None, month: int, day: int, match: Match, clock: _Clock, basis: YearBasis) -> tuple[str, When]:
    """From a day to a day."""
    month2, day2 = _number(match, "m2") or month, _number(match, "d2")
    if not (_valid(year, month, day) and 1 <= month2 <= 12 and _valid(year, month2, day2)):
        return "open", When()
    if year is None:
        return "span", When(f"XXXX-{month:02}-{day:02}/XXXX-{month2:02}-{day2:02}")
    first = date(year, month, day)
    if not match.has("y") and not match.has("yw"):
        first = _nearest(first, clock)
    after = first.year + (month2 < month)
    last = date(after, month2, min(day2, _last_day(after, month2)))
    if last < first:
        return "open", When()
    if clock.anchor is None:
        clock.anchor = first
    return "span", When(f"{first}/{last}", first, last, basis)


def _bare_day(match: Match, clock: _Clock, before: bool) -> tuple[str, When]:
    """A day without month: the month of the article's last date, else of the publication, else not known."""
    published = clock.context.published
    month = clock.month or (published.month if published else 0)
    day, part, year = _number(match, "d"), _group(match, "part"), clock.year
    kind = "deadline" if before else "day"
    if match.has("d2"):
        if not month:
            return "span", When(f"XXXX-XX-{day:02}/XXXX-XX-{_number(match, 'd2'):02}")
        return _days(year, month, day, match, clock, clock.basis)
    if not 1 <= day <= 31 or (month and not _valid(year, month, day)):
        return "open", When()
    if year is None or not month:
        return kind, When(f"XXXX-{month:02}-{day:02}" if month else f"XXXX-XX-{day:02}", day_part=part)
    exact = date(year, month, day)
    if published and not clock.month and not before and exact > published:
        exact = _shift_month(exact, -1)
    return kind, _day(exact, clock.basis, part)


def _part_of_year(match: Match, clock: _Clock, before: bool) -> tuple[str, When]:
    year, basis = _year(match, clock)
    half = _group(match, "half")
    if half:
        first, last = (1, 6) if half == "上" else (7, 12)
    else:
        printed = _group(match, "q") or _group(match, "half2")
        quarter = int(printed) if printed.isdigit() else _QUARTERS[printed]
        first, last = 3 * quarter - 2, 3 * quarter
    final = _last_day(year, last)
    if before or (match.has("edge") and not _group(match, "from").startswith(_STATES)):
        if year is None:
            return "deadline", When(f"XXXX-{last:02}-{final:02}")
        return "deadline", _day(date(year, last, final), basis)
    return "span", _months(year, first, last, basis)


def _in_year(match: Match, clock: _Clock, kind: str, before: bool) -> tuple[str, When]:
    """A year, its beginning or end; and 月底前, the end of the running month."""
    year, basis = _year(match, clock)
    edge, came = _group(match, "edge"), _group(match, "from")
    if match.rule.name == "date-month-end-bare":
        year, month = _month_word(0, year, clock)
        if year is None or not month:
            return "deadline", When()
        return "deadline", _day(date(year, month, _last_day(year, month)), clock.basis)
    past = came.startswith(_STATES) or edge == "初" or _group(match, "yw") in ("去年", "上年", "前年")
    if before or (not past and (edge in _ENDS or (came in ("到", "至") and not edge))):
        # 到2025年 is written as it is printed, a year; 2025年底 as its last day
        if not edge and match.has("y") and year is not None:
            return "deadline", When(str(year), date(year, 1, 1), date(year, 12, 31), basis)
        if year is None:
            return "deadline", When("XXXX-12-31")
        return "deadline", _day(date(year, 12, 31), basis)
    if year is None:
        return "span", When()
    return "span", When(str(year), date(year, 1, 1), date(year, 12, 31), basis)


# ---------------------------------------------------------------- calendar


def _day(day: date, basis: YearBasis, part: str = "") -> When:
    return When(day.isoformat(), day, day, basis, part)


def _month(year: int | None, month: int, basis: YearBasis) -> When:
    if year is None:
        return When(f"XXXX-{month:02}")
    return When(f"{year}-{month:02}", date(year, month, 1), date(year, month, _last_day(year, month)), basis)


def _months(year: int | None, first: int, last: int, basis: YearBasis) -> When:
    """From a month to a month; over the turn of the year, if the last comes first in the calendar."""
    if year is None:
        return When(f"XXXX-{first:02}/XXXX-{last:02}")
    after = year + (last < first)
    end = date(after, last, _last_day(after, last))
    return When(f"{year}-{first:02}/{after}-{last:02}", date(year, first, 1), end, basis)


def _open_month(day: int) -> When:
    return When(f"XXXX-XX-{day:02}") if 1 <= day <= 31 else When()


def _last_day(year: int | None, month: int) -> int:
    return calendar.monthrange(year or 2001, month)[1]


def _valid(year: int | None, month: int, day: int) -> bool:
    return 1 <= day <= _last_day(year or 2000, month)


def _month_word(shift: int, year: int | None, clock: _Clock) -> tuple[int | None, int]:
    """The running month, or the one before or after it; (None, 0) where the article's day is not known."""
    if clock.anchor is None:
        return year, (clock.month + shift - 1) % 12 + 1 if clock.month else 0
    months = clock.anchor.year * 12 + clock.anchor.month - 1 + shift
    return months // 12, months % 12 + 1


def _move_year(day: date, years: int) -> date:
    year = day.year + years
    return day.replace(year=year, day=min(day.day, _last_day(year, day.month)))


def _shift_month(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, _last_day(year, month)))


def _nearest(day: date, clock: _Clock) -> date:
    """With a day of printing, a month and day without year is of that year, if it was before, else the one nearest.

    6月5日, printed in December, is no day of next year; 12月28日, printed on 2 January, is one of the last. Only what
    follows the day of the report may lie a little ahead (1月5日, printed on 28 December).
    """
    published = clock.context.published
    if not published:
        return day
    ahead = _move_year(day, 1)
    if day <= published:
        soon = (ahead - published).days <= _SOON and clock.begun
        return ahead if soon else day
    return min((day, _move_year(day, -1)), key=lambda d: abs((d - published).days))


def _to_come(day: date, match: Match, clock: _Clock) -> date:
    """A deadline without year lies after the article's day (3月底前 in an article of November: next March)."""
    if match.has("y") or match.has("yw") or clock.anchor is None or day >= clock.anchor:
        return day
    return _move_year(day, 1)


# ---------------------------------------------------------------- the article's date


def article_date(draft: Draft) -> When:
    """The day of the reported event; an empty :class:`When` where the article does not tell it.

    ``本报讯 11月21日，二七区…培训班举行`` gives that day; ``近日，…`` gives none, for it is one day that the text keeps
    open; a lead that has but a month gives the month. Without a date in the lead, a day that begins a
    later sentence counts (``连日来…`` and then ``11月30日，侯寨乡组织…``).
    """
    start, end = draft.article.prose
    stop = draft.norm.find("\n", start, end)
    lead = stop if stop > start else end
    month, span = When(), When()
    ongoing = False
    for m in draft.of("date"):
        if not isinstance(m.value, When) or m.start < start or _aside(draft.norm, m.start):
            continue
        if m.start >= lead and (month or span):
            break
        first = m.start == start or draft.norm[m.start - 1] in "\n。 "
        if m.subkind == "open" and m.start < lead:
            if m.text.startswith(_ONE_DAY):
                return span
            ongoing = True
        elif _is_day(m) and ((m.start < lead and not ongoing) or first):
            if m.subkind == "day":
                return m.value if _within(m.value, span) else span
            span = span or m.value
        elif m.subkind == "span" and m.start == start and _MONTH.fullmatch(m.value.edtf):
            month = m.value
    return span or month


def _within(day: When, span: When) -> bool:
    """Whether a day lies in a span of days (2月22日至23日…并于23日下午); every day does in none."""
    if not span or not (day.earliest and span.earliest and span.latest):
        return not span
    return span.earliest <= day.earliest <= span.latest


def _is_day(m: Mention) -> bool:
    if not isinstance(m.value, When) or m.rule == "date-open" or m.text.startswith(_STATES):
        return False
    days = m.subkind == "span" and re.match(r"[\dX]{4}-[\dX]{2}-\d\d/", m.value.edtf)
    return bool(m.value) and (m.subkind == "day" or bool(days))


def _aside(norm: str, at: int) -> bool:
    """Whether a place lies in 《》 or （）."""
    before = norm[max(0, at - 40) : at]
    return before.rfind("《") > before.rfind("》") or before.rfind("（") > before.rfind("）")
