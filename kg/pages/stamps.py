"""The day of publication that a page prints: in the line under a headline, or once at the head of the page.

``2023-02-21 08:02　来源：慈溪日报`` under a headline dates that article, ``溆浦新闻 2022年8月19日 星期五`` above the
first one dates the page, and so does such a line at its foot. A page put together from several issues has a line of
that kind above the items of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kg.model import Span
from kg.rules.fold import fold

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[-./年]\s*(1[0-2]|0?[1-9])\s*[-./月]\s*(3[01]|[12]\d|0?[1-9])(?:\s*日|(?!\d))"
)
_WORDS = re.compile(r"\d{1,2}:\d\d|来源|发布|日期|时间|作者|编辑|记者|日报|星期|周[一二三四五六日]|版|农历|期")
#: what stands beside the day in a paper's own line, and not in the line that a web page prints under a headline
_PAPER = re.compile("星期[一二三四五六日天]|周[一二三四五六日]|版|农历")
#: a line that is the paper's name and the day: 青山日报 2022年8月19日
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,8}(?:报|新闻|融媒|发布|周刊|快讯)[ \u3000,:：]{1,3}" + _DATE.pattern)
_SENTENCE = re.compile("[。！？；]")
#: no longer line is one that only dates; no longer stretch is looked through
_LINE, _REACH = 90, 400


def stamped(text: str, headline: Sequence[Span], first: int) -> date | None:
    """The day in the lines between a headline and the body that begins at ``first``; None where there is none."""
    if not headline:
        return None
    begin = max(span.end for span in headline)
    if begin < first <= begin + _REACH:
        return _in_lines(text[begin:first])
    return None


def at_head(text: str, first: int) -> date | None:
    """The day that the page prints above its first headline or body, which begins at ``first``.

    None where there is none, or where two lines there tell different days.
    """
    found = {day for line in text[: min(first, _REACH)].splitlines() if (day := _in_lines(line))}
    return found.pop() if len(found) == 1 else None


def of_paper(text: str, begin: int, end: int, alone: bool = False) -> date | None:
    """The day in a paper's own line (``青山新闻 2022年8月19日 星期五 02版``) between two places of a page, or None.

    With ``alone``, a line that is a day and nothing else (``2022年8月19日``) counts too. It and a line of the
    paper's name and the day count only where they stand no nearer to what ends at ``begin`` than to what begins at
    ``end``.
    """
    if not begin < end <= begin + _REACH:
        return None
    between = text[begin:end]
    above, below = len(between) - len(between.lstrip()), len(between) - len(between.rstrip())
    return _in_lines(between, _PAPER, alone and above >= below, above >= below)


def _in_lines(
    text: str, beside: re.Pattern[str] | None = None, alone: bool = False, named: bool = False
) -> date | None:
    """The day in the first line that only dates; with ``beside``, in the first that holds such a word, too.

    With ``alone``, a line that is nothing but a day needs no such word, nor with ``named`` one of a paper and a day.
    """
    for line in fold(text).splitlines():
        line = line.strip(" \u3000#*>|")
        if len(line) > _LINE or _SENTENCE.search(line):
            continue
        short = alone and _DATE.fullmatch(line) or named and _NAMED.fullmatch(line)
        if beside and not beside.search(line) and not short:
            continue
        for m in _DATE.finditer(line):
            if m[0] == line or _WORDS.search(line, 0, m.start()) or _WORDS.search(line, m.end()):
                return _day(int(m[1]), int(m[2]), int(m[3]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
