"""Clues to how blocks belong together: pieces of broken sentences, headlines of new items, the words two texts share.

Every function answers one question about blocks of a page and changes nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from kg import lexicon
from kg.pages.drafts import Draft
from kg.pages.lines import Block, Sheet, is_enumerated, is_full

_ITEM = re.compile(
    r"[\u3400-\u9fff]{2,10}?(?:街道|街道办|街道办事处|镇|乡|苏木|社区|村|区|县|市|旗|州|局|委|院|校|学|办|中心|公司|集团|管委会)"
    r"[\s\u3000:：|｜]"
)
_OPENING = re.compile(
    r"(?:\d{4}年)?\s?\d{1,2}\s?月\s?\d{1,2}\s?日|\d{1,2}日|近日|日前|连日来|近期|昨日|昨天|今日|今天|近来|为|随着|“|\"|“|今年|记者"
)
#: a day told as news tells it, or the bracket with the office that sends the item in: （区人大办）5月6日
_NEWS_DAY = re.compile(
    r"(?:[（(][^（）()]{2,16}[）)]|[\u3400-\u9fff]{2,14}讯\s?)?(?:\d{4}年)?(?:\d{1,2}\s?月\s?\d{1,2}\s?[日至—-]|近日|日前|连日来|近期|昨日|昨天|今天|连日)"
)
_FRAGMENT = re.compile(r"(?:在|从|就|为|对|据|按|围绕|会上|随后|同时|并|以|由|当|自|截至|至|经|通过|针对|此外|要)")
#: more display lines than this, with no blank line beside or between them, are no headline
_CAPTIONS = 5
#: so many characters on either side of a join are searched for the same join
_FAR = 10_000
_HAN_RUN = re.compile(r"[\u3400-\u9fff0-9A-Za-z]{2,}")
#: no headline ends so
_UNFINISHED = "，、,：:；;“‘《（(从的和与将把被由及于并而或"
#: and none begins so
_CLOSING = "，。、；：！？”’》）」』…"


def pairs_of(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text, none across a mark."""
    return {run[k : k + 2] for run in _HAN_RUN.findall(text) for k in range(len(run) - 1)}


def joins(page: str, before: str, after: str) -> int:
    """How well a broken sentence and a beginning fit: 2 if the three characters at the join stand elsewhere too."""
    if before[-2:] + after[:1] in page or before[-1:] + after[:2] in page:
        return 2
    return int(before[-1:] + after[:1] in page)


def measure_of(page: Sheet, draft: Draft) -> int:
    """How long a full line of an article is."""
    lines = page.lines
    body = next((b for b in reversed(draft.blocks) if b.kind == "body"), draft.blocks[0])
    sizes = sorted(len(line.text) for line in lines[body.first : body.last + 1][:40])
    return sizes[len(sizes) // 2] if sizes else page.measure


def leads_into(page: Sheet, block: Block, body: Block) -> bool:
    """Whether a block without full stop is the beginning of the body behind it: full lines, a sentence's words."""
    lines = page.lines
    if block.kind != "display" or block.last != body.first - 1:
        return False
    sizes = sorted(len(line.text) for line in lines[body.first : body.last + 1][:40])
    measure = sizes[len(sizes) // 2]
    if len(sizes) < 3 or not is_full(lines[block.first].text, measure - 2):
        return False
    if not all(is_full(line.text, measure) for line in lines[block.first + 1 : block.last + 1]):
        return False
    if max(len(line.text) for line in lines[block.first : block.last + 1]) > measure + 2:
        return False
    text = page.words(block)
    opening = _OPENING.match(text) is not None or _FRAGMENT.match(text) is not None
    return block.last - block.first > 1 or (opening and "，" in text)


def begins_paragraph(page: Sheet, draft: Draft, block: Block) -> bool:
    """Whether a line by itself is as long as a paragraph's first and has a mark: ``代表们先后来到县第二小学、民``."""
    text = page.lines[block.last].text
    if not page.wrapped or block.first != block.last or block.kind == "heading":
        return False
    measure = measure_of(page, draft)
    fits = is_full(text, measure - 2) and not len(text) > measure
    return fits and any(mark in text[1:-1] for mark in "，、")


def is_surely_piece(page: Sheet, draft: Draft, block: Block) -> bool:
    """Whether a block without full stop can be nothing but a piece of a sentence."""
    lines = page.lines
    if block.kind == "heading":
        return False
    if lines[block.last].text[-1] in _UNFINISHED or lines[block.first].text[0] in _CLOSING:
        return True
    if not page.wrapped or block.first == block.last:
        return False
    measure = measure_of(page, draft)
    first = is_full(lines[block.first].text, measure - 2)
    return first and all(is_full(line.text, measure) for line in lines[block.first + 1 : block.last + 1])


def is_piece(page: Sheet, draft: Draft, block: Block, broken: bool) -> bool:
    """Whether a display-like block inside an article is a piece of its running sentences."""
    text = page.words(block)
    if block.kind == "heading":
        return False
    if is_surely_piece(page, draft, block):
        return True
    if page.wrapped:
        # a sentence is broken only where a line is full
        # (a paragraph's first line is shorter by its indent)
        indent = 2 if block.first == block.last and not broken else 0
        full = is_full(page.lines[block.last].text, measure_of(page, draft) - indent)
        return full or (broken and block.complete)
    return broken or bool(_FRAGMENT.match(text)) or len(text) >= 30


def is_nearer(
    page: Sheet, chains: tuple[Sequence[Block], Sequence[Block]], other: Draft, current: Draft, suspended: bool
) -> bool:
    """Whether a block goes on with another article rather than with the open one, by words and by the join.

    ``chains`` are the blocks up to the next byline, the first of which is asked about, and those of the piece behind
    that byline if another article's rest must stand there: what goes to the one does not go to the other.
    """
    chain, rest = chains
    block = chain[0]
    if not suspended and block.complete:
        return False
    one = "".join(page.words(b) for b in other.blocks[-12:])
    two = "".join(page.words(b) for b in current.blocks[-12:])
    if not suspended:
        # without leads nothing says that the other article broke off: only overwhelming evidence moves a block
        only_one, only_two = _shares(page.words(block), one, two)
        return only_one >= 5 and _lean(only_one, only_two, one, two) > 0.7
    words = "".join(page.words(b) for b in chain)
    lean = _lean(*_shares(words, one, two), one, two)
    around = _around(page, block)
    join_one, join_two = joins(around, one, words), joins(around, two, words)
    if current.complete:
        # the open article may well go on: only a fitting join and fitting words say otherwise
        return join_one == 2 and lean > 0.5
    if page.wrapped and block.last > block.first:
        # columns of different width
        size = len(page.lines[block.first].text)
        lean += 0.5 * max(-2, min(2, abs(size - measure_of(page, current)) - abs(size - measure_of(page, other))))
    lean += 2.0 * (_fits_quotes(one, words) - _fits_quotes(two, words)) + 0.8 * (join_one - join_two)
    lean += 1.5 * (_is_word(one[-1:] + words[:1]) - _is_word(two[-1:] + words[:1]))
    if not rest:
        return lean > -0.8
    later = "".join(page.words(b) for b in rest)
    lean -= _lean(*_shares(later, one, two), one, two)
    lean -= 1.5 * (_is_word(one[-1:] + later[:1]) - _is_word(two[-1:] + later[:1]))
    lean -= 0.8 * (joins(around, one, later) - joins(around, two, later))
    lean -= 2.0 * (_fits_quotes(one, later) - _fits_quotes(two, later))
    return lean > -0.4


def _shares(words: str, one: str, two: str) -> tuple[int, int]:
    """How many pairs of neighbouring characters a text shares with one of two others only."""
    grams = pairs_of(words)
    return sum(g in one and g not in two for g in grams), sum(g in two and g not in one for g in grams)


def _lean(only_one: int, only_two: int, one: str, two: str) -> float:
    """Above zero where what is shared speaks for the one text, below where for the other."""
    return math.log((only_one + 2) / (len(one) + 200)) - math.log((only_two + 2) / (len(two) + 200))


def _is_word(pair: str) -> int:
    """1 for the two characters of a frequent word: 储 | 备 at a join are 储备."""
    return int(pair in _words())


@lru_cache(maxsize=1)
def _words() -> frozenset[str]:
    return frozenset(word for word in lexicon.load("common").words() if len(word) == 2)


def _fits_quotes(before: str, after: str) -> int:
    """Whether quotation marks agree at a join: 1 if an open quotation is closed behind it, -1 if one of them hangs."""
    open_ = before.count("“") > before.count("”")
    close, begin = after.find("”"), after.find("“")
    closes = close >= 0 and (begin < 0 or close < begin)
    return 1 if open_ and closes else -1 if open_ != closes else 0


def _around(page: Sheet, block: Block) -> str:
    """The page around a block: all of it, but on a very long one."""
    at = page.lines[block.first].start
    return page.text[max(0, at - _FAR) : at + _FAR]


def begins_item(page: Sheet, pending: Sequence[Block], current: Draft, block: Block, event: str, headed: bool) -> bool:
    """Whether the display lines before a body without lead are a new item's headline (else they are subheads)."""
    last = pending[-1]
    text = page.words(last)
    if is_enumerated(text.lstrip("# ")) or is_surely_piece(page, current, last):
        return False
    if headed and not any(b.kind == "heading" for b in pending):
        return False
    beside = (block, *pending) if len(pending) > _CAPTIONS and not page.wrapped else ()
    if beside and not any(page.lines[b.first].gap for b in beside) and any(line.gap for line in page.lines):
        return False  # 校长致辞 ⏎ 学生宣誓 ⏎ 副市长讲话 …: what the pictures show, in the middle of an item
    score = 0.0
    headings = [b for b in pending if b.kind == "heading"]
    if headings:
        level = min(b.level for b in headings)
        if current.level and level > current.level:
            score -= 2 if event != "byline" else 3
        else:
            return True
    signed = bool(current.names)
    if page.spaced and page.lines[pending[0].first].gap > 1:
        score += 2  # set off by more blank lines than paragraphs are
        signed = True
    elif not page.wrapped and not page.gapped and page.lines[pending[0].first].gap:
        score += 2  # a blank line, and none between paragraphs
        signed = True
    if event == "byline" and not signed:
        if current.lead and not current.barrier:
            return False
        score -= 2
    if not current.complete:
        score -= 3
    if page.wrapped and is_piece(page, current, last, broken=False):
        score -= 1.5
    if current.barrier:
        score += 2
    if current.headed:
        score -= 1.5  # the next article would have its byline or its date below its headline too
    elif current.names:
        score += 1.5
    body = page.words(block)
    if _ITEM.match(text):
        score += 2
        name = re.split(r"[\s\u3000:：|｜]", text, maxsplit=1)[0]
        score += name in body[:80]
    if _OPENING.match(body):
        score += 1
    if len(pending) > 1:
        score += 1
    if len(text) >= 16 or " " in text or "\u3000" in text:
        score += 0.5
    pairs = pairs_of("".join(page.words(b) for b in pending[-2:]))
    if pairs and current.complete and _NEWS_DAY.match(body.lstrip()):
        # 区委督查室督查天水镇救灾工作 ⏎ 5月11日，区委督查室督查天水镇…: told again in the first sentence
        score += 3 if 2 * sum(pair in body[:160] for pair in pairs) >= len(pairs) else 0.5
    pairs = pairs_of(text)
    if pairs:
        before = "".join(page.words(b) for b in current.blocks[-6:])
        ahead = sum(pair in body for pair in pairs)
        score += 2 * (ahead - sum(pair in before for pair in pairs)) / len(pairs) + 0.5 * (ahead > 0)
    return score >= 1.5


def is_told_again(page: Sheet, heads: Sequence[Block], body: Block) -> bool:
    """Whether the beginning of a paragraph tells again what display lines say: half of their pairs of characters."""
    pairs = pairs_of("".join(page.words(b) for b in heads))
    words = page.words(body)[:160]
    return bool(pairs) and 2 * sum(pair in words for pair in pairs) >= len(pairs)


def opens_news(text: str) -> bool:
    """Whether a text begins with the day of what it tells: ``8月15日下午``, ``近日``."""
    return _NEWS_DAY.match(text.lstrip()) is not None


def opens_sentence(text: str) -> bool:
    """Whether a text begins as news items do: with a day, 近日, 为…, a quotation."""
    return _OPENING.match(text) is not None


def opens_item(text: str) -> bool:
    """Whether a text begins as short items do: with a day, or with the name of a street or town and a space."""
    return _OPENING.match(text) is not None or _ITEM.match(text) is not None


def is_cut(page: Sheet, block: Block) -> bool:
    """Whether a block begins or ends as no headline does: with a closing mark, with a comma."""
    return page.lines[block.last].text[-1] in _UNFINISHED or page.lines[block.first].text[0] in _CLOSING
