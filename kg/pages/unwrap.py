"""Hard line breaks undone: blocks become one text, with the place of every character on the page.

``宣传部⏎长崔世英`` is 宣传部长崔世英 again, ``6月 26日`` is 6月26日; paragraphs are kept apart by one line break.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from kg.model import Span
from kg.pages.drafts import Draft
from kg.pages.lines import Sheet, ends_sentence
from kg.rules.tagged import offsets

_GAP = re.compile(r"(?:[\s\u200b\ufeff]|\*\*|__)+")
_OPENER = re.compile(r"(?:会议|会上|活动|据[悉了介]|同时|此外|下一步|近日|日前|目前|随后|\d{1,2}月\d{1,2}日|“)")
_LATIN = re.compile(r"[0-9A-Za-z]")
#: so much of the page around a join is searched for the same join
_FAR = 10_000
#: from this size on, offsets are kept in a compact array
_LARGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """An article's text, the raw offset of each character, its prose, and where it jumps over other text."""

    text: str
    offsets: Sequence[int]
    prose: tuple[int, int]
    jumps: frozenset[int]
    #: doubtful joins: the raw spans of the lines on both sides, and whether other text stands between them
    joins: tuple[tuple[Span, Span, bool], ...]


def clean(raw: str, start: int, end: int, parts: list[str], ranges: list[range]) -> int:
    """Appends ``raw[start:end]`` without layout spaces to ``parts`` and ``ranges``; the number of characters added.

    A space stays between two Chinese characters (“迎民族盛会 庆七十华诞”) and between two Latin words.
    """
    words = raw[start:end]
    added, at = 0, 0
    for gap in _GAP.finditer(words):
        a, b = gap.span()
        if a > at:
            parts.append(words[at:a])
            ranges.append(range(start + at, start + a))
            added += a - at
        at = b
        if a == 0 or b >= len(words) or words[a] in "*_\u200b\ufeff":
            continue
        if bool(_LATIN.match(words[a - 1])) == bool(_LATIN.match(words[b])):
            parts.append(words[a])
            ranges.append(range(start + a, start + a + 1))
            added += 1
    if at < len(words):
        parts.append(words[at:])
        ranges.append(range(start + at, end))
        added += len(words) - at
    return added


def unwrap(page: Sheet, draft: Draft, raw: str) -> Unwrapped:
    """The running text of a draft, read from ``raw`` (the page as printed)."""
    lines = page.lines
    parts: list[str] = []
    ranges: list[range] = []
    jumps: set[int] = set()
    joins: list[tuple[Span, Span, bool]] = []
    size, prose_start, prose_end = 0, 0, -1
    previous = -1
    measure = _measure(page, draft)
    odd, wrapped, same = page.odd, page.wrapped, raw is page.text
    cuts = {cut[0] for cut in (draft.prose_from, draft.byline_from) if cut is not None}
    for k, block in enumerate(draft.blocks):
        for i in range(block.first, block.last + 1):
            line = lines[i]
            if previous >= 0:
                before = lines[previous]
                if i == block.first:
                    last = draft.blocks[k - 1]
                    new = last.complete or block in draft.alone or last in draft.alone or block.kind == "byline"
                    seam = block in draft.seams
                    broken = not new and line.gap and not wrapped
                    if seam or (broken and _is_odd(raw, line.start, before.text, line.text)):
                        joins.append((Span(before.start, before.end), Span(line.start, line.end), seam))
                else:
                    new = before.end - before.start <= measure - 3 and ends_sentence(before.text)
                if new:
                    at = _newline(raw, before.end, line.start)
                    if at >= 0:
                        parts.append("\n")
                        ranges.append(range(at, at + 1))
                        size += 1
                if i != previous + 1:
                    jumps.add(before.end - 1)
            words, start, end, _ = line
            if not same:
                words = raw[start:end]
            if block.kind == "heading":
                start += len(words) - len(words.lstrip("# \u3000"))
                words = raw[start:end]
            if odd or " " in words or "\u3000" in words:
                size += clean(raw, start, end, parts, ranges)
            else:
                parts.append(words)
                ranges.append(range(start, end))
                size += end - start
            if i in cuts:
                if draft.prose_from is not None and draft.prose_from[0] == i:
                    prose_start = _count(ranges, line.start + draft.prose_from[1], size)
                if draft.byline_from is not None and draft.byline_from[0] == i:
                    prose_end = _count(ranges, line.start + draft.byline_from[1], size)
            previous = i
    text = "".join(parts)
    if prose_end < 0:
        prose_end = len(text)
    while prose_end > prose_start and text[prose_end - 1] in " \n\t\u3000（(":
        prose_end -= 1
    while prose_start < prose_end and text[prose_start] in " \n\t\u3000\xa0":
        prose_start += 1
    return Unwrapped(text, _flat(ranges), (prose_start, max(prose_start, prose_end)), frozenset(jumps), tuple(joins))


def _is_odd(raw: str, at: int, before: str, after: str) -> bool:
    """Whether a sentence hardly goes on like this over a blank line: ``…从上至下形成了⏎⏎文明是一个城区的软实力``."""
    if before[-1:] not in "的了" and _OPENER.match(after) is None:
        return False
    return before[-1:] + after[:1] not in raw[max(0, at - _FAR) : at + _FAR]


def _count(ranges: list[range], raw_at: int, size: int) -> int:
    """The text offset of the first character at or behind a raw offset, counted from the end of what is there."""
    at = size
    for piece in reversed(ranges):
        if piece.stop <= raw_at:
            break
        at -= piece.stop - max(piece.start, raw_at)
        if piece.start <= raw_at:
            break
    return at


def _measure(page: Sheet, draft: Draft) -> int:
    """How long a full line of this article is; 0 on a page that is not hard-wrapped."""
    if not page.wrapped:
        return 0
    sizes: list[int] = []
    for block in draft.blocks:
        if block.kind == "body":
            sizes += [len(line.text) for line in page.lines[block.first : block.last + 1]]
            if len(sizes) > 40:
                break
    sizes.sort()
    return sizes[len(sizes) // 2] if sizes else 0


def _newline(raw: str, start: int, end: int) -> int:
    """The raw offset of the line break between two lines (behind the first, before the second); -1 without any."""
    if start <= end:
        at = raw.find("\n", start, end)
        if at >= 0:
            return at
    for at in (start, end - 1):
        if 0 <= at < len(raw) and raw[at].isspace():
            return at
    return -1


def _flat(ranges: list[range]) -> Sequence[int]:
    """The offsets as one sequence: a range where the text is whole, else a tuple (an array when very long)."""
    if len(ranges) == 1:
        return ranges[0]
    if sum(map(len, ranges)) > _LARGE:
        flat = array("q")
        for piece in ranges:
            flat.extend(piece)
        return flat
    return tuple(chain.from_iterable([offsets(piece.start, piece.stop) for piece in ranges]))
