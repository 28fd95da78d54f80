"""Lines become blocks: what stands together on the page, cut at blank lines, lead markers, bylines and headlines.

A block is a run of lines without a blank one between them (one line where the page has a paragraph a line); its kind
is a first look that kg.pages.bounds corrects by what stands around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.pages import bylines
from kg.pages.kinds import judge, no_stop
from kg.pages.lines import (
    HEADING,
    ODD,
    RULE,
    Block,
    Line,
    Sheet,
    ends_sentence,
    is_full,
    is_wrapped,
    lead_end,
    split_lines,
)

#: what a heading, a drawn line or a bracketed lead begins with
_MARKED = frozenset("#-=*_~—─━·•…◆■★☆.【")
#: how the first sentence of a news item likes to begin
_NEWS = re.compile(r"(?:\d{4}年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|近日|日前|连日来|近期|昨日|昨天|今天")


def sheet(text: str) -> Sheet:
    """A page as lines and blocks."""
    odd = ODD.search(text) is not None
    lines = split_lines(text, odd)
    page = Sheet(text, lines, odd=odd)
    page.wrapped = is_wrapped(lines)
    if page.wrapped:
        sizes = sorted(line.end - line.start for line in lines)
        page.measure = sizes[len(sizes) // 2]
    _cut(page)
    return page


def _cut(page: Sheet) -> None:
    """Cuts the lines into blocks: at blank lines, headings, lead markers, bylines, and (unwrapped) at every line."""
    lines, blocks, wrapped = page.lines, page.blocks, page.wrapped
    byline_begins, longest = bylines.beginnings(), bylines.LONGEST
    marked = byline_begins | _MARKED
    leads = _lines_with_lead_words(page)
    open_: Block | None = None
    skip = 0
    for i, (text, _, _, gap) in enumerate(lines):
        if skip:
            skip -= 1
            continue
        char = text[0]
        if wrapped and not gap and open_ is not None and open_.kind == "body" and char not in marked and i not in leads:
            open_.last = i
            continue
        block: Block | None = None
        if char in _MARKED:
            heading = HEADING.match(text) if char == "#" else None
            if heading:
                block = Block("heading", i, i, level=text.count("#", 0, heading.end()))
            elif RULE.match(text):
                block = Block("rule", i, i)
        if block is None and (i in leads or char == "【") and lead_end(text):
            block = Block("body", i, i, lead=True)
        if block is None and char in byline_begins and len(text) <= longest and bylines.begins(text):
            parsed, more, between = _byline_of_lines(lines, i)
            apart = open_ is None or gap or open_.kind in ("byline", "meta") or ends_sentence(lines[i - 1].text)
            # straight below a headline: no more than a few lines, none of them a sentence
            apart = apart or open_ is None or (not open_.lead and i - open_.first < 4 and no_stop(page, open_))
            if parsed and apart:
                block = Block("meta" if parsed.credit else "byline", i, i + more, byline=parsed, tail_gap=between)
                skip = more
        if block is None:
            if open_ is not None and wrapped and not gap and open_.kind == "body":
                open_.last = i
                continue
            block = Block("body", i, i)
        if open_ is not None:
            _shut(page, open_, before_lead=block.lead and not gap)
        blocks.append(block)
        open_ = block
    if open_ is not None:
        _shut(page, open_)


def _lines_with_lead_words(page: Sheet) -> set[int]:
    """The lines that hold 讯 or 电 near their beginning: only these can open with a lead marker."""
    text, found = page.text, set()
    starts = [line.start for line in page.lines]
    for word in "讯电":
        at = text.find(word)
        while at >= 0:
            i = bisect_right(starts, at) - 1
            if i >= 0 and at - starts[i] < 40:
                found.add(i)
            # on to the next line: one is enough
            at = text.find(word, starts[i + 1] if i + 1 < len(starts) else len(text))
    return found


def _byline_of_lines(lines: list[Line], i: int) -> tuple[bylines.Parsed | None, int, int]:
    """The byline that line ``i`` is, how many lines it goes on for, and whether a space belongs between them."""
    text = lines[i].text
    parsed = bylines.parse(text, bare=True)
    opened = text[0] in "（(【" and text[-1] not in "）)】。"
    if (parsed and not opened) or i + 1 == len(lines) or lines[i + 1].gap:
        return parsed, 0, 0
    after = lines[i + 1].text
    if len(after) > 12 or (parsed is None and len(text) < 6) or ("记" not in text and "通" not in text):
        return parsed, 0, 0
    for between, whole in ((0, text + after), (1, f"{text}\n{after}")):
        longer = bylines.parse(whole, bare=True)
        if longer and not longer.credit and (not opened or after[-1] in "）)】。"):
            return longer, 1, between
    return parsed, 0, 0


def _shut(page: Sheet, block: Block, before_lead: bool = False) -> None:
    """Closes the last block of the page; display lines that stick to its sentences become blocks of their own."""
    if page.wrapped and block.kind == "body" and block.last - block.first >= 2:
        lines = page.lines
        inside = lines[block.first : block.last + 1]
        sizes = [len(line.text) for line in inside]
        sizes.sort()
        measure = sizes[len(sizes) * 3 // 4]
        whole = page.text[inside[0].start : inside[-1].end]
        for i in range(block.first, block.last) if "者" in whole or "员" in whole else ():
            text = lines[i].text
            if ("者" in text or "员" in text) and _ends_byline(page, block.first, i):
                # an article ends inside the block, where its byline ends
                while i < block.last and len(lines[i + 1].text) < 16 and _ends_byline(page, block.first, i + 1):
                    i += 1
                if i == block.last:
                    break
                rest = Block("body", i + 1, block.last)
                block.last = i
                judge(page, block)
                page.blocks.append(rest)
                _shut(page, rest, before_lead)
                return
        if not block.lead:
            first = block.first
            while first < min(block.last, block.first + 4) and _is_set_apart(lines[first].text, measure):
                first += 1
            if first == block.first:
                first += _lines_above_opening(page, block)
            if block.first < first < block.last:
                head = Block("body", block.first, first - 1)
                block.first = first
                page.blocks.insert(len(page.blocks) - 1, head)
                judge(page, head)
        last = block.last
        while last > block.first and not (ends_sentence(lines[last].text) or _ends_byline(page, block.first, last)):
            last -= 1
        few = block.first < last and 0 < block.last - last <= 4
        if few and (before_lead or all(_is_short(line.text, measure) for line in lines[last + 1 : block.last + 1])):
            tail = Block("body", last + 1, block.last)
            block.last = last
            judge(page, block)
            page.blocks.append(tail)
            judge(page, tail)
            return
    judge(page, block)


def _ends_byline(page: Sheet, first: int, last: int) -> bool:
    """Whether a line ends with a byline behind the text, be it cut by the line's beginning (``记者 王⏎小明``)."""
    text = page.lines[last].text
    if _byline_at(text) >= 0:
        return True
    spaced = text
    for before in range(last - 1, max(first, last - 2) - 1, -1):
        if len(text) > bylines.LONGEST:
            return False
        text, spaced = page.lines[before].text + text, f"{page.lines[before].text}\n{spaced}"
        if _byline_at(text) >= 0 or _byline_at(spaced) >= 0:
            return True
    return False


def _byline_at(text: str) -> int:
    """Where the byline behind the last full stop of one line begins: ``和满意度。记者 张三``; -1 without one."""
    at = max(map(text.rfind, "。！？”")) + 1
    if not at or ("记" not in text and "通" not in text):
        return -1
    parsed = bylines.parse(text[at:]) if at < len(text) else None
    return at if parsed and not parsed.credit else -1


def _lines_above_opening(page: Sheet, block: Block) -> int:
    """How many lines without any mark stand above a line that begins like news (``6月18日，…``), at most four."""
    for k, line in enumerate(page.lines[block.first : min(block.last, block.first + 4) + 1]):
        if k and _NEWS.match(line.text):
            return k
        if any(mark in line.text for mark in "，。；、"):
            return 0
    return 0


def _is_set_apart(text: str, measure: int) -> bool:
    """Whether a line is no line of the running text below it: it ends before the column does, or goes beyond it."""
    return _is_short(text, measure) or (len(text) > measure + 3 and not ends_sentence(text))


def _is_short(text: str, measure: int) -> bool:
    """Whether a line ends before its column does and without a full stop: no line of running text does."""
    return not is_full(text, measure - 2) and not ends_sentence(text) and text[-1] not in "，、：；,:;“《（("
