"""Lines become blocks: what stands together on the page, cut at blank lines, lead markers, bylines and headlines.

A block is a run of lines without a blank one between them (one line where the page has a paragraph a line); its kind
is a first look that kg.pages.bounds corrects by what stands around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path

from kg.pages import bylines
from kg.pages.furniture import begins_as_furniture, is_furniture
from kg.pages.kinds import is_furniture_block, is_long_headline, judge, no_stop
from kg.pages.lines import (
    HEADING,
    LEAD_WORDS,
    ODD,
    RULE,
    Block,
    Sheet,
    ends_sentence,
    is_full,
    is_wrapped,
    lead_end,
    split_lines,
)

#: what a heading, a drawn line or a bracketed lead begins with
_MARKED = frozenset("#-=*_~—─━·•…◆■★☆.【")
#: what a short item begins with that has no headline
_BULLETS = frozenset("●■◆○▲◎★☆□◇")
#: how the first sentence of a news item likes to begin
_NEWS = re.compile(r"(?:\d{4}年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|近日|日前|连日来|近期|昨日|昨天|今天")
#: what furniture has right below a headline, without a blank line: 发布时间：2023-10-24, 2025年12月30日 星期二
_LABEL = re.compile(r"[:：]|星期[一二三四五六日天]")
#: names, set apart by spaces
_NAMES = re.compile(r"[\u3400-\u9fff]{1,4}(?:[ \u3000、]+[\u3400-\u9fff]{1,4})*")
#: what stands in sentences and hardly in headlines of one line
_IN_SENTENCE = re.compile("[，。；、,]")
#: at most so many display lines stand above and below the text they stick to
_HEAD, _TAIL = 12, 12
#: so many lines tell how wide a column is
_MANY = 60


def sheet(text: str, extra: Path | None = None) -> Sheet:
    """A page as lines and blocks."""
    odd = "**" in text or "__" in text or ODD.search(text) is not None
    lines = split_lines(text, odd)
    page = Sheet(text, lines, odd=odd, extra=extra)
    page.wrapped = is_wrapped(lines)
    if page.wrapped:
        sizes = sorted(line.end - line.start for line in lines)
        page.measure = sizes[len(sizes) // 2]
    _cut(page)
    return page


def _cut(page: Sheet) -> None:
    """Cuts the lines into blocks: at blank lines, headings, lead markers, bylines, and (unwrapped) at every line."""
    lines, blocks, wrapped = page.lines, page.blocks, page.wrapped
    heads, marks = bylines.beginnings(page.extra)
    longest, marked = bylines.LONGEST, marks | _MARKED
    leads = _lines_with_lead_words(page)
    open_: Block | None = None
    skip = 0
    for i, (text, _, _, gap) in enumerate(lines):
        if skip:
            skip -= 1
            continue
        char = text[0]
        named = char in marks or text[:2] in heads
        runs_on = wrapped and not gap and open_ is not None and open_.kind == "body"
        below_head = (
            not gap and open_ is not None and not open_.lead and i - open_.first < 4 and _LABEL.search(text, 0, 24)
        )
        if runs_on and not below_head and open_ is not None and not named and char not in marked and i not in leads:
            open_.last = i
            continue
        block: Block | None = None
        if char in _MARKED:
            heading = HEADING.match(text) if char == "#" else None
            if heading:
                block = Block("heading", i, i, level=text.count("#", 0, heading.end()))
            elif RULE.match(text):
                block = Block("rule", i, i)
        if block is None and (i in leads or char == "【") and lead_end(text, page.extra):
            block = Block("body", i, i, lead=True)
        apart = open_ is None or gap > 0 or open_.kind in ("byline", "meta")
        alone = apart or (below_head and open_ is not None and no_stop(page, open_))
        alone = alone and begins_as_furniture(text, page.extra)
        if block is None and alone and is_furniture(text, ends_sentence(text), page.extra):
            block = Block("meta", i, i)
        named = bylines.begins(text, page.extra) if named else "记者" in text[1:14]
        if block is None and named and len(text) <= longest:
            parsed, more, between = _byline_of_lines(page, i)
            apart = apart or ends_sentence(lines[i - 1].text)
            # straight below a headline: no more than a few lines, none of them a sentence
            apart = apart or open_ is None or (not open_.lead and i - open_.first < 4 and no_stop(page, open_))
            if parsed and apart:
                block = Block("meta" if parsed.credit else "byline", i, i + more, byline=parsed, tail_gap=between)
                skip = more
        bullet = char in _BULLETS and (apart or not wrapped or ends_sentence(lines[i - 1].text))
        if block is None:
            if open_ is not None and wrapped and not gap and open_.kind == "body" and not bullet:
                open_.last = i
                continue
            block = Block("body", i, i, bullet=bullet)
        if open_ is not None:
            _shut(page, open_, before_lead=block.lead and not gap)
        blocks.append(block)
        open_ = block
    if open_ is not None:
        _shut(page, open_, before_end=True)
    gaps = [lines[block.first].gap for block in blocks[1:]]
    page.gapped = gaps.count(0) * 3 < len(gaps)
    page.spaced = gaps.count(1) * 2 > len(gaps) and 0 < sum(gap > 1 for gap in gaps) * 3 <= len(gaps)
    if not wrapped:
        for block, below in pairwise(blocks):
            if block.kind == "body" and below.kind in ("meta", "byline") and is_long_headline(page, block, below):
                block.kind = "display"


def _lines_with_lead_words(page: Sheet) -> set[int]:
    """The lines that hold 讯, 电 or 记者 near their beginning: only these can open with a lead marker.

    With a user's own rules every line can.
    """
    if page.extra is not None:
        return set(range(len(page.lines)))
    text, found = page.text, set()
    starts = [line.start for line in page.lines]
    for word in LEAD_WORDS:
        at = text.find(word)
        while at >= 0:
            i = bisect_right(starts, at) - 1
            if i >= 0 and at - starts[i] < 40:
                found.add(i)
            # on to the next line: one is enough
            at = text.find(word, starts[i + 1] if i + 1 < len(starts) else len(text))
    return found


def _byline_of_lines(page: Sheet, i: int) -> tuple[bylines.Parsed | None, int, int]:
    """The byline that line ``i`` is, how many lines it goes on for, and whether a space belongs between them."""
    lines = page.lines
    text = lines[i].text
    parsed = bylines.parse(text, True, page.extra)
    opened = text[0] in "（(【" and text[-1] not in "）)】。"
    if i + 1 == len(lines) or lines[i + 1].gap:
        return parsed, 0, 0
    if parsed and not opened:
        return _with_next(page, i, parsed)
    after = lines[i + 1].text
    if len(after) > 12 or (parsed is None and len(text) < 6) or ("记" not in text and "通" not in text):
        return parsed, 0, 0
    for between, whole in ((0, text + after), (1, f"{text}\n{after}")):
        longer = bylines.parse(whole, True, page.extra)
        if longer and not longer.credit and (not opened or after[-1] in "）)】。"):
            return longer, 1, between
    return parsed, 0, 0


def _with_next(page: Sheet, i: int, parsed: bylines.Parsed) -> tuple[bylines.Parsed, int, int]:
    """A byline that is one as it stands, with the names that a line below it brings: ``通讯员 冒国⏎平 郝薇``."""
    lines = page.lines
    after = lines[i + 1].text
    last = i + 2 == len(lines) or lines[i + 2].gap > 0 or lead_end(lines[i + 2].text, page.extra) > 0
    if parsed.credit or not parsed.names or not last or len(after) > 12 or not _NAMES.fullmatch(after):
        return parsed, 0, 0
    cut = len(parsed.names[-1].person) == 2 and len(after.split()[0]) == 1
    if not cut and not (" " in after or "\u3000" in after):
        return parsed, 0, 0  # one word alone is as well a headline
    between = "" if cut else "\n"
    longer = bylines.parse(f"{lines[i].text}{between}{after}", True, page.extra)
    if longer is None or not bylines.are_persons([name.person for name in longer.names], page.extra):
        return parsed, 0, 0
    return longer, 1, 0 if cut else 1


def _shut(page: Sheet, block: Block, before_lead: bool = False, before_end: bool = False) -> None:
    """Closes the last block of the page; display lines that stick to its sentences become blocks of their own."""
    if not page.wrapped or block.kind != "body" or block.last - block.first < 2:
        judge(page, block)
        return
    if block.last - block.first < 4 and is_furniture_block(page, block):
        block.kind = "meta"
        return
    fresh = block.first == 0 or (len(page.blocks) > 1 and page.blocks[-2].kind in ("byline", "meta", "rule"))
    while block.last - block.first >= 2:
        end = _article_end(page, block)
        last = block.last if end < 0 else end
        measure = _measure(page, block.first, last)
        if not block.lead and last - block.first >= 2:
            first = block.first + _head_lines(page, block.first, last, measure, fresh or end >= 0)
            if block.first < first <= last:
                head = Block("body", block.first, first - 1)
                block.first = first
                page.blocks.insert(len(page.blocks) - 1, head)
                judge(page, head)
        if end < 0:
            if _cut_tail(page, block, measure, before_lead, before_end):
                return
            break
        # an article ends inside the block, where its byline ends
        rest = Block("body", end + 1, block.last, bullet=page.lines[end + 1].text[0] in _BULLETS)
        block.last = end
        judge(page, block)
        page.blocks.append(rest)
        block, fresh = rest, True
    judge(page, block)


def _measure(page: Sheet, first: int, last: int) -> int:
    """How long a full line of these is."""
    sizes = sorted([len(line.text) for line in page.lines[first : min(last, first + _MANY) + 1]])
    return sizes[len(sizes) * 3 // 4]


def _cut_tail(page: Sheet, block: Block, measure: int, before_lead: bool, before_end: bool) -> bool:
    """Whether display lines stood below a block's last full stop; they are a block of their own then, both judged."""
    lines = page.lines
    last = block.last
    while last > max(block.first, block.last - _TAIL - 1) and not (
        ends_sentence(lines[last].text)
        or (("者" in lines[last].text or "员" in lines[last].text) and _ends_byline(page, block.first, last))
        or (("者" in lines[last - 1].text or "员" in lines[last - 1].text) and _ends_byline(page, block.first, last))
    ):
        last -= 1
    if not (block.first < last and 0 < block.last - last <= _TAIL):
        return False
    behind = [line.text for line in lines[last + 1 : block.last + 1]]
    if before_end and not any(_IN_SENTENCE.search(text) for text in behind):
        before_lead = True  # nothing goes on with a sentence that breaks off here
    if not before_lead and not all(_is_short(text, measure) for text in behind):
        return False
    tail = Block("body", last + 1, block.last)
    block.last = last
    judge(page, block)
    page.blocks.append(tail)
    judge(page, tail)
    return True


def _article_end(page: Sheet, block: Block) -> int:
    """The line inside a block where the byline of an article ends; -1 without one."""
    lines = page.lines
    told = False
    for i in range(block.first, block.last):
        text = lines[i].text
        before, told = told, "者" in text or "员" in text
        if (told or before) and _ends_byline(page, block.first, i):
            while i < block.last and len(lines[i + 1].text) < 16 and _ends_byline(page, block.first, i + 1):
                i += 1
            return i if i < block.last else -1
    return -1


def _head_lines(page: Sheet, first: int, last: int, measure: int, fresh: bool) -> int:
    """How many lines at the beginning of a stuck block are set for display above its running text, 0 without any.

    ``fresh`` is true where an article must begin (the page begins, a byline stands above).
    """
    lines = page.lines
    stop = min(last, first + _HEAD)
    marked = first  # the first line with a mark that only sentences have
    while marked < stop and not _IN_SENTENCE.search(lines[marked].text):
        marked += 1
        if _NEWS.match(lines[marked].text):
            return marked - first
    short = first
    while short < stop and _is_set_apart(lines[short].text, measure):
        short += 1
    if not fresh or short >= marked:
        return short - first
    best, found = 0.5, short - first
    if short == first and _is_set_in(lines[first].text, measure):
        best = 1.5
    run = "".join(line.text for line in lines[first + 1 : min(last, first + 12) + 1])
    for k in range(max(short, first + 1), marked + 1):
        if not all(is_full(line.text, measure) for line in lines[k + 1 : marked]):
            continue
        score = 2.0 if _is_set_in(lines[k].text, measure) else -1.0
        for i in range(short, k):
            text = lines[i].text
            score += 1.5 if not is_full(text, measure - 2) or len(text) > measure + 2 else 0.0
            score += 1.0 if " " in text or "\u3000" in text or "：" in text else 0.0
            pairs = [text[j : j + 2] for j in range(len(text) - 1)]
            score += 1.5 * sum(pair in run for pair in pairs) / max(1, len(pairs))
        if score > best + 0.5:
            best, found = score, k - first
    return found


def _is_set_in(text: str, measure: int) -> bool:
    """Whether a line is as long as a paragraph's first one, which is set in by two characters."""
    return is_full(text, measure - 2) and (len(text) < measure or not is_full(text, measure))


def _ends_byline(page: Sheet, first: int, last: int) -> bool:
    """Whether a line ends with a byline behind the text, be it cut by the line's beginning (``记者 王⏎小明``)."""
    text = page.lines[last].text
    if _byline_at(page, text) >= 0:
        return True
    spaced = text
    for before in range(last - 1, max(first, last - 2) - 1, -1):
        if len(text) > bylines.LONGEST:
            return False
        text, spaced = page.lines[before].text + text, f"{page.lines[before].text}\n{spaced}"
        if _byline_at(page, text) >= 0 or _byline_at(page, spaced) >= 0:
            return True
    return False


def _byline_at(page: Sheet, text: str) -> int:
    """Where the byline behind the last full stop of one line begins: ``和满意度。记者 张三``; -1 without one."""
    if "记" not in text and "通" not in text:
        return -1
    at = max(map(text.rfind, "。！？”")) + 1
    if not at:
        return -1
    parsed = bylines.parse(text[at:], extra=page.extra) if at < len(text) else None
    return at if parsed and not parsed.credit else -1


def _is_set_apart(text: str, measure: int) -> bool:
    """Whether a line is no line of the running text below it: it ends before the column does, or goes beyond it."""
    return _is_short(text, measure) or (len(text) > measure + 3 and not ends_sentence(text))


def _is_short(text: str, measure: int) -> bool:
    """Whether a line ends before its column does and without a full stop: no line of running text does."""
    return not is_full(text, measure - 2) and not ends_sentence(text) and text[-1] not in "，、：；,:;“《（("
