"""A page as lines and blocks: what stands together, what is a sentence, what is set for display.

Nothing here knows articles. A block is a run of lines without a blank one between them (one line where the page has a
paragraph a line); its kind is a first look that kg.pages.bounds corrects by what stands around it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kg import lexicon
from kg.pages import bylines
from kg.rules import load_rules

_LINE = re.compile(r"[^\s\u200b\ufeff][^\n\r\f\v\x85\u2028\u2029]*")
_BREAK = re.compile(r"\n|\r\n?|[\f\v\x85\u2028\u2029]")
_HEADING = re.compile(r"#{1,6}[ \t\u3000]*(?=[^#\s])")
_RULE = re.compile(r"[-=*_~—─━·•.…◆■★☆]{3,}$")
_ENUMERATED = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+[章节条部分]|[①-⑳])"
)
_CAPTION = re.compile(r"(?:图为|图片为|上图|下图|左图|右图|题图|图①|图1|↑|↓|←|→|▲|△|\(图|（图)|!\[")
_CREDIT = re.compile(r"(?:摄|供图|图片|/图)[）)]?$")
_DATE = r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
_DAY = re.compile(_DATE)
_META = re.compile(
    rf"(?:{_DATE}|[二〇零一九]{{4}}年.{{1,3}}月.{{1,3}}日)[\s\u3000]*(?:星期.|周.)?[\s\u3000]*(?:\d{{1,2}}:\d\d(?::\d\d)?)?"
    r"(?:[\s\u3000|]|$)"
    r"|(?:来源|稿源|信息来源|文章来源|发布时间|发布日期|时间|日期|浏览次数|浏览量|阅读量?|点击数?|访问量|字号|字体|打印|分享到|编辑|责任编辑"
    r"|责编|美编|校对|审核|电话|热线|邮箱|投稿|网址|版面|版次|上一篇|下一篇|扫描|扫一扫|相关链接|当前位置|您的位置|首页"
    r"|关键词|标签|E-?mail|http)\s*[:：>/|\[]"
    r"|(?:https?://|www\.)\S+$"
    r"|第?\s*[A-Z]?\d{1,3}\s*版(?:$|[\s\u3000:：·|])|[A-Z]\d{1,2}(?:[\s\u3000]|$)|\d{1,3}$"
    r"|(?:版权所有|Copyright|©|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP)"
    r"|(?:总?第\s*\d+\s*期|农历|国内统一|CN\d\d|主办单位|主办[:：]|星期[一二三四五六日天]$)",
    re.I,
)
_META_INSIDE = re.compile(
    rf"(?:{_DATE}).{{0,12}}(?:星期|第?\s*[A-Z]?\d{{1,3}}\s*版)|[\s\u3000|](?:来源|责编|责任编辑|校对|版式|美编|编辑|审核|组版)[:：]"
    r"|[\s\u3000](?:责编|校对|版式|美编)[\s\u3000]|(?:责编|编辑|校对)[\s\u3000][\u3400-\u9fff\s]{2,8}(?:校对|版式|美编|审核)"
)

#: layout characters other than the two usual spaces
_ODD = re.compile(r"[\t\r\x0b-\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\ufeff]|\*\*|__")
_TRIM = " \t\u3000\xa0\u200b\ufeff"

#: what a heading, a drawn line or a bracketed lead begins with
_MARKED = frozenset("#-=*_~—─━·•…◆■★☆.【")

#: marks that end a sentence, and marks that may close behind them
STOPS = "。！？!?…｡；;"
_CLOSERS = "”’』」）)】》\"'*_ "
#: a note behind the last full stop: （下转第二版）
_NOTE = re.compile(r"[（(](?:下转|上接|紧接|完|未完|待续|转|接|详见|据|全文见)[^（）()]{0,20}[)）]$")
#: how the first sentence of a news item likes to begin
_NEWS = re.compile(r"(?:\d{4}年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日|近日|日前|连日来|近期|昨日|昨天|今天")
#: what only a sentence has
_SENTENCE = re.compile(r"[。｡；;]|[！？!?…][”’\"](?=[^\s])")


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


@dataclass(slots=True)
class Sheet:
    """A page taken apart: its lines, its blocks, whether its lines are hard-wrapped, and their usual length."""

    text: str
    lines: list[Line]
    blocks: list[Block] = field(default_factory=list)
    wrapped: bool = False
    measure: int = 0
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
    previous = at = gap = 0
    if not odd:
        for whole in text.split("\n"):
            words = whole.strip()
            if words:
                start = at if words is whole else at + whole.find(words)
                if words[0] in "*>_" and not _RULE.match(words) and words.lstrip("*>_ "):
                    bare = words.lstrip("*>_ ")
                    start += len(words) - len(bare)
                    words = bare.rstrip("*_ ")
                lines.append(Line(words, start, start + len(words), gap))
                gap = 0
            else:
                gap += 1
            at += len(whole) + 1
        return lines
    for found in _LINE.finditer(text):
        start = found.start()
        words = found.group().rstrip(_TRIM)
        if words[0] in "*>_" and not _RULE.match(words):
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
    if last in _CLOSERS:
        bare = _NOTE.sub("", text).rstrip(_CLOSERS)
        return bare[-1:] in STOPS and bool(bare)
    return False


def lead_end(text: str) -> int:
    """Where the lead marker at the beginning of ``text`` ends; 0 without one. ``本报讯 6月 26日`` gives 3."""
    if text.find("讯", 0, 40) < 0 and text.find("电", 0, 40) < 0 and text[:1] != "【":
        return 0
    head = text[:40]
    for rule in load_rules("lead"):
        found = rule.pattern.match(head)
        if found:
            return found.end()
    return 0


def _is_wrapped(lines: list[Line]) -> bool:
    """Whether a page's lines are cut at a column's width: few are long, few end where a sentence ends."""
    total = long = ended = counted = 0
    for line in lines:
        size = line.end - line.start
        total += size
        if size > 48:
            long += size
        if size >= 9:
            counted += 1
            ended += line.text[-1] in "。！？：；”"
    return long * 10 < total * 4 and ended * 100 < counted * 45 and counted > 3


def sheet(text: str) -> Sheet:
    """A page as lines and blocks."""
    odd = _ODD.search(text) is not None
    lines = split_lines(text, odd)
    page = Sheet(text, lines, odd=odd)
    page.wrapped = _is_wrapped(lines)
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
            heading = _HEADING.match(text) if char == "#" else None
            if heading:
                block = Block("heading", i, i, level=text.count("#", 0, heading.end()))
            elif _RULE.match(text):
                block = Block("rule", i, i)
        if block is None and (i in leads or char == "【") and lead_end(text):
            block = Block("body", i, i, lead=True)
        if block is None and char in byline_begins and len(text) <= longest and bylines.begins(text):
            parsed, more, between = _byline_of_lines(lines, i)
            apart = open_ is None or gap or open_.kind in ("byline", "meta") or ends_sentence(lines[i - 1].text)
            # straight below a headline: no more than a few lines, none of them a sentence
            apart = apart or open_ is None or (not open_.lead and i - open_.first < 4 and _no_stop(page, open_))
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
                _judge(page, block)
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
                _judge(page, head)
        last = block.last
        while last > block.first and not (ends_sentence(lines[last].text) or _ends_byline(page, block.first, last)):
            last -= 1
        few = block.first < last and 0 < block.last - last <= 4
        if few and (before_lead or all(_is_short(line.text, measure) for line in lines[last + 1 : block.last + 1])):
            tail = Block("body", last + 1, block.last)
            block.last = last
            _judge(page, block)
            page.blocks.append(tail)
            _judge(page, tail)
            return
    _judge(page, block)


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


def _judge(page: Sheet, block: Block) -> None:
    """Gives a closed block its kind: sentences or display, caption, page furniture; finds a byline at its end."""
    if block.kind in ("byline", "rule", "meta"):
        return
    lines = page.lines
    first, last = lines[block.first].text, lines[block.last].text
    if block.kind == "heading":
        bare = _HEADING.sub("", first).strip("#* ")
        if _META.match(bare):
            block.kind = "meta"
        block.banner = is_banner(bare)
        return
    if block.first == block.last:
        size = len(first)
    else:
        size = sum([len(line.text) for line in lines[block.first : block.last + 1]])
    block.size = size
    block.complete = ends_sentence(last)
    if size <= 100 and not block.lead and _is_furniture(first, block.complete, size):
        block.kind = "meta"
        return
    if size <= 160 and _CAPTION.match(first):
        block.kind = "caption"
        return
    if not block.complete or last[-2:] in ("）。", ")。"):
        _tail(page, block)
        if block.tail:
            return
    if block.lead or size > 80 or block.last - block.first > 4:
        return
    words = page.words(block)
    if _SENTENCE.search(words) or (block.complete and size > 40):
        return
    if _is_column(page, block) if page.wrapped else _is_fragment(words):
        return
    block.kind = "display"
    if _CREDIT.search(last) and not page.wrapped:
        block.kind = "caption"
    block.banner = is_banner(words) or lines[block.first].gap >= 3


def _no_stop(page: Sheet, block: Block) -> bool:
    """Whether a block has no full stop so far."""
    return not any(_SENTENCE.search(line.text) for line in page.lines[block.first : block.last + 1])


def _is_furniture(first: str, complete: bool, size: int) -> bool:
    """Whether a short line is the page's date, number, source, editors: ``来源：西安高新报　2021-03-12　09:16``."""
    if complete and size > 60:
        return False
    if not _META.match(first) and (complete or not _META_INSIDE.search(first)):
        return False
    return not _SENTENCE.search(first)


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
    commas = sum(map(words.count, "，,、：:"))
    return len(words) > 36 or (commas >= 2 and len(words) > 28)


@lru_cache(maxsize=1)
def _banners() -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    table = lexicon.load("banners")
    return frozenset(table.words(where="whole")), table.words(where="end"), table.words(where="short")


def is_banner(text: str) -> bool:
    """Whether a display line is a section's or a paper's name: ``综合新闻``, ``各单位怎样推进? 看这里``."""
    whole, ends, short = _banners()
    bare = _DAY.sub("", text).strip(" \u3000·|｜【】[]■□◆●★☆?？!！#*")
    if not bare or bare.endswith(ends):
        return True
    if len(bare) > 8:
        return False
    if bare.endswith(short):
        return True
    bare = bare.replace(" ", "").replace("\u3000", "")
    return bare in whole or any(bare.removesuffix(x) in whole for x in ("新闻", "版", "专版", "专栏", "之窗"))


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
        if at >= 0 and before in STOPS + _CLOSERS:
            # the break may stand inside a name or between two
            for gap, rest in ((0, whole), (1, text + spaced)):
                parsed = bylines.parse(rest[at:], bare=True)
                if parsed and not parsed.credit:
                    block.byline, block.tail, block.tail_gap, block.complete = parsed, (i, at), gap, True
                    return
            return
        after, spaced = whole, f"\n{text}{spaced}"


def is_enumerated(text: str) -> bool:
    """Whether a display line is numbered like a part of one article: ``一、``, ``（二）``."""
    return _ENUMERATED.match(text) is not None
