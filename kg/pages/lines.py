"""A page as lines and blocks: the types, and what a line alone tells.

Nothing here knows articles. kg.pages.blocks cuts the lines into blocks, kg.pages.kinds says what each block is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kg import lexicon
from kg.pages import bylines
from kg.rules import load_rules

_LINE = re.compile(r"[^\s\u200b\ufeff][^\n\r\f\v\x85\u2028\u2029]*")
_BREAK = re.compile(r"\n|\r\n?|[\f\v\x85\u2028\u2029]")
HEADING = re.compile(r"#{1,6}[ \t\u3000]*(?=[^#\s])")
RULE = re.compile(r"[-=*_~—─━·•.…◆■★☆]{3,}$")
_ENUMERATED = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+[章节条部分]|[①-⑳])"
)
DATE = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
_DAY = re.compile(DATE)
#: layout characters other than the two usual spaces
ODD = re.compile(r"[\t\r\x0b-\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\ufeff]")
#: on so few lines a column's width shows only where several are about as long
_FEW = 16
_TRIM = " \t\u3000\xa0\u200b\ufeff"

#: marks that end a sentence, and marks that may close behind them
STOPS = "。！？!?…｡；;"
CLOSERS = "”’』」）)】》\"'*_ "
#: one of these stands near the beginning of a line with a lead marker
LEAD_WORDS = ("讯", "电", "记者", "消息")

#: what only a sentence has
SENTENCE = re.compile(r"[。｡；;]|[！？!?…][”’\"](?=[^\s])")
#: a note behind the last full stop: （下转第二版）
_NOTE = re.compile(r"[（(](?:下转|上接|紧接|完|未完|待续|转|接|详见|据|全文见)[^（）()]{0,20}[)）]$")


#: the name of a small paper, with that of its page: 今日南溪 综合新闻, 长丰新闻
_PAPER = re.compile(
    r"(?:今日[一-龥]{2,3}|[一-龥]{2,4}(?:新闻|动态|信息|资讯|要闻|时讯|快讯))[\s\u3000·]*"
    r"(?:[一-龥]{2}[\s\u3000·]?(?:新闻|要闻)|[A-Z ]+|[A-Z]?\d{1,2}版?)?"
    # that of a large one, set apart from its page's: 焦江日报　云山区专版
    r"|[一-龥]{2,5}(?:日报|晚报|早报|晨报|时报|周报|商报|都市报|青年报|快报|导报)[\s\u3000·|｜]+[一-龥·]{2,10}"
)


class Line(NamedTuple):
    """A line that is not blank: its trimmed text, where that stands in the page, blank lines before it."""

    text: str
    start: int
    end: int
    gap: int


@dataclass(slots=True, eq=False)
class Block:
    """Lines ``first`` to ``last`` (inclusive) of a page. ``kind`` is one of

    body (sentences), display (headline, banner, subhead), heading (marked with #), byline, meta (date, source,
    editors, page furniture), caption, rule (a drawn line). ``lead`` is true where the block opens with a lead marker.
    """

    kind: str
    first: int
    last: int
    lead: bool = False
    level: int = 0
    byline: bylines.Parsed | None = None
    #: for a body that ends with its byline: the line it is on, and where in that line it begins
    tail: tuple[int, int] | None = None
    #: 1 where the lines of that byline are to be read with a space between them
    tail_gap: int = 0
    complete: bool = True
    size: int = 0
    #: a section's name, a caption under its picture: hardly a headline
    banner: bool = False
    #: it begins with a bullet: perhaps an item of its own
    bullet: bool = False


@dataclass(slots=True)
class Sheet:
    """A page taken apart: its lines, its blocks, whether its lines are hard-wrapped, and their usual length."""

    text: str
    lines: list[Line]
    blocks: list[Block] = field(default_factory=list)
    wrapped: bool = False
    measure: int = 0
    #: whether few blocks stand more than one blank line behind the one before: these begin something new
    spaced: bool = False
    #: whether blank lines stand between most blocks, so that lines without one between them belong together
    gapped: bool = False
    #: the user's own folder of rules and word lists
    extra: Path | None = None
    #: whether layout characters other than the usual spaces occur
    odd: bool = False

    def words(self, block: Block) -> str:
        """The text of a block, lines put together."""
        if block.first == block.last:
            return self.lines[block.first].text
        return "".join(line.text for line in self.lines[block.first : block.last + 1])


def split_lines(text: str, odd: bool = True) -> list[Line]:
    """The lines of a page that are not blank, trimmed, each with its place.

    ``odd`` is false for the usual page, which has no layout characters but line feeds and the two usual spaces.
    """
    lines: list[Line] = []
    new = tuple.__new__  # half the time of Line(…), and there is one for every line
    previous = at = gap = 0
    if not odd:
        for whole in text.split("\n"):
            words = whole.strip()
            if words:
                start = at if words is whole else at + whole.find(words)
                if words[0] in "*>_" and not RULE.match(words) and words.lstrip("*>_ "):
                    bare = words.lstrip("*>_ ")
                    start += len(words) - len(bare)
                    words = bare.rstrip("*_ ")
                lines.append(new(Line, (words, start, start + len(words), gap)))
                gap = 0
            else:
                gap += 1
            at += len(whole) + 1
        return lines
    for found in _LINE.finditer(text):
        start = found.start()
        words = found.group().rstrip(_TRIM)
        if words[0] in "*>_" and not RULE.match(words):
            # **本报讯** …, > 肩题: the marks of Markdown are no text
            bare = words.lstrip("*>_ ")
            if bare:
                start += len(words) - len(bare)
                words = bare.rstrip("*_ ")
        breaks = text.count("\n", previous, start) or len(_BREAK.findall(text, previous, start))
        lines.append(Line(words, start, start + len(words), breaks - 1 if lines else breaks))
        previous = found.end()
    return lines


def is_full(text: str, measure: int) -> bool:
    """Whether a line fills its column: as many characters, or as wide, as the column's usual line."""
    return len(text) >= measure - 1 or len(text.encode("gbk", "replace")) >= 2 * measure - 2


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence does: 。 and its like, closing marks behind it allowed."""
    last = text[-1:]
    if last in STOPS:
        return bool(last)
    if last in CLOSERS:
        bare = _NOTE.sub("", text).rstrip(CLOSERS)
        return bare[-1:] in STOPS and bool(bare)
    return False


def lead_end(text: str, extra: Path | None = None) -> int:
    """Where the lead marker at the beginning of ``text`` ends; 0 without one. ``本报讯 6月 26日`` gives 3."""
    # our own leads hold one of these; what a user's hold is not known
    if extra is None and text[:1] != "【" and all(text.find(word, 0, 40) < 0 for word in LEAD_WORDS):
        return 0
    head = text[:90]
    for rule in load_rules("lead", extra):
        found = rule.pattern.match(head)
        if found:
            return found.end()
    return 0


def is_wrapped(lines: list[Line]) -> bool:
    """Whether a page's lines are cut at a column's width: few are long, few end where a sentence ends."""
    sizes = [line.end - line.start for line in lines]
    total, longest = sum(sizes), max(sizes, default=0)
    long = sum([size for size in sizes if size > 48]) if longest > 48 else 0
    ends = [line.text[-1] in "。！？：；”" for line, size in zip(lines, sizes, strict=True) if size >= 9]
    counted, ended = len(ends), sum(ends)
    if counted < _FEW and longest > 30 and sum(line.end - line.start > longest - 4 for line in lines) < 3:
        return False  # a short page with links and a date on lines of their own
    return long * 10 < total * 4 and ended * 100 < counted * 45 and counted > 3


@lru_cache(maxsize=4)
def _banners(extra: Path | None) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    table = lexicon.load("banners", extra)
    return frozenset(table.words(where="whole")), table.words(where="end"), table.words(where="short")


def is_banner(text: str, extra: Path | None = None) -> bool:
    """Whether a display line is a section's or a paper's name: ``综合新闻``, ``各单位怎样推进? 看这里``."""
    whole, ends, short = _banners(extra)
    bare = _DAY.sub("", text).strip(" \u3000·|｜【】[]■□◆●★☆?？!！#*")
    if not bare or bare.endswith(ends):
        return True
    if _PAPER.fullmatch(bare):
        return True
    if len(bare) > 8:
        return False
    if bare.endswith(short):
        return True
    bare = bare.replace(" ", "").replace("\u3000", "")
    return bare in whole or any(bare.removesuffix(x) in whole for x in ("新闻", "版", "专版", "专栏", "之窗"))


def is_enumerated(text: str) -> bool:
    """Whether a display line is numbered like a part of one article: ``一、``, ``（二）``."""
    return _ENUMERATED.match(text) is not None
