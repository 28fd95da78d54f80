"""What a block of lines is: sentences, display, page furniture, caption; and the byline at its end."""

from __future__ import annotations

import re

from kg.pages import bylines
from kg.pages.furniture import begins_as_furniture, is_furniture, is_note
from kg.pages.lines import CLOSERS, HEADING, SENTENCE, STOPS, Block, Sheet, ends_sentence, is_banner, is_full

_CAPTION = re.compile(r"(?:图为|图片为|上图|下图|左图|右图|题图|图①|图1|↑|↓|←|→|▲|△|\(图|（图)|!\[")
#: a short item behind a triangle, which captions like too
_DATED = re.compile(r"[▲△]\s*(?:\d{1,2}月\d{1,2}日|近日|日前)")
_CREDIT = re.compile(r"(?:摄|供图|图片|/图)[）)]?$")


def judge(page: Sheet, block: Block) -> None:
    """Gives a closed block its kind: sentences or display, caption, page furniture; finds a byline at its end."""
    if block.kind in ("byline", "rule", "meta", "note"):
        return
    lines = page.lines
    first, last = lines[block.first].text, lines[block.last].text
    if block.kind == "heading":
        bare = HEADING.sub("", first).strip("#* ")
        if begins_as_furniture(bare, page.extra):
            block.kind = "meta"
        block.banner = is_banner(bare, page.extra)
        return
    if block.first == block.last:
        size = len(first)
    else:
        size = sum([len(line.text) for line in lines[block.first : block.last + 1]])
    block.size = size
    block.complete = ends_sentence(last)
    if size > 160:  # running text, or a dozen headlines
        if is_note(first, page.extra):
            block.kind = "note"
            return
        if not block.complete or last[-2:] in ("）。", ")。"):
            _tail(page, block)
        if block.tail or block.lead or not _is_ragged(page, block):
            return
    else:
        if not block.lead and size <= 140 and is_furniture_block(page, block):
            block.kind = "meta"
            return
        if is_note(first, page.extra):
            block.kind = "note"
            return
        if _CAPTION.match(first) and not (block.bullet and _DATED.match(first)):
            block.kind = "caption"
            return
        if not block.complete or last[-2:] in ("）。", ")。"):
            _tail(page, block)
            if block.tail:
                return
        if block.lead or ((size > 80 or block.last - block.first > 4) and not _is_ragged(page, block)):
            return
    words = page.words(block)
    if SENTENCE.search(words) or (block.complete and size > 40):
        return
    if _is_column(page, block) if page.wrapped else _is_fragment(words):
        return
    block.kind = "display"
    if _CREDIT.search(last) and not page.wrapped:
        block.kind = "caption"
    block.banner = is_banner(words, page.extra) or lines[block.first].gap >= 3


def is_long_headline(page: Sheet, block: Block, below: Block) -> bool:
    """Whether a long line without any full stop is a headline: its date and source, or its byline, stand below it."""
    text = page.words(block)
    if block.lead or block.tail or block.first != block.last or len(text) > 70 or SENTENCE.search(text):
        return False
    return not block.complete and text[-1] not in "，、,：:" and below.first == block.last + 1


def no_stop(page: Sheet, block: Block) -> bool:
    """Whether a block has no full stop so far."""
    return not any(SENTENCE.search(line.text) for line in page.lines[block.first : block.last + 1])


def is_furniture_block(page: Sheet, block: Block) -> bool:
    """Whether a short block is furniture, be it broken over lines (``2018年12月⏎21日 星期五 第3版``)."""
    first = page.lines[block.first].text
    if is_furniture(first, block.complete, page.extra):
        return True
    if block.first == block.last or block.last - block.first > 3 or not page.wrapped:
        return False
    return not block.complete and is_furniture(page.words(block), False, page.extra)


def _is_ragged(page: Sheet, block: Block) -> bool:
    """Whether up to a dozen lines are of such different length that they are set for display: several headlines."""
    if not page.wrapped or block.last - block.first > 12:
        return False
    sizes = [len(line.text) for line in page.lines[block.first : block.last + 1]]
    widest = max(sizes)
    return 2 * sum(size >= widest - 2 for size in sizes[:-1]) <= len(sizes)


def _is_column(page: Sheet, block: Block) -> bool:
    """Whether lines without a full stop are set to one measure, with commas between: a sentence broken at both ends."""
    texts = [line.text for line in page.lines[block.first : block.last + 1]]
    if len(texts) < 3 or not any("，" in text for text in texts):
        return False
    measure = max(map(len, texts))
    return is_full(texts[0], measure - 2) and all(is_full(text, measure - 1) for text in texts[1:])


def _is_fragment(words: str) -> bool:
    """Whether a line without full stop is a piece of a sentence: two commas, and no spaces between its parts."""
    if " " in words or "\u3000" in words:
        return False
    commas = sum(map(words.count, "，,：:"))
    return len(words) > 44 or (commas >= 2 and len(words) > 28)


def _tail(page: Sheet, block: Block) -> None:
    """Finds the byline behind the last full stop of a block: ``…和满意度。记者 张三`` (also cut by a line break)."""
    lines = page.lines
    after = spaced = ""
    for i in range(block.last, max(block.first, block.last - 2) - 1, -1):
        text = lines[i].text
        whole = text + after
        bare = whole.rstrip("。 ")
        if bare[-1:] in "）)】" and bare:
            at = max(text.rfind("（"), text.rfind("("), text.rfind("【"))
            if at == 0 and i > block.first:
                before = lines[i - 1].text[-1]
            else:
                before = text[:at].rstrip()[-1:] if at > 0 else "x"
        else:
            at = max(map(text.rfind, "。！？…”")) + 1
            before = text[at - 1] if at else "x"
        if at >= 0 and before in STOPS + CLOSERS:
            # the break may stand inside a name or between two
            for gap, rest in ((0, whole), (1, text + spaced)):
                parsed = bylines.parse(rest[at:], True, page.extra)
                if parsed and not parsed.credit:
                    block.byline, block.tail, block.tail_gap, block.complete = parsed, (i, at), gap, True
                    return
            return
        after, spaced = whole, f"\n{text}{spaced}"
