"""Which blocks make one article: from the lead marker to the byline, and what to do where either is missing.

One pass over the blocks with one article open at a time. What looks like a display line waits (``pending``) until the
next block tells what it was: a headline (a lead marker follows), a subhead or a broken-off sentence (the article goes
on), or the headline of the next item (the article was over).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from kg.pages.bylines import Name, Parsed, after_lead, parse
from kg.pages.lines import Block, Sheet, is_enumerated, is_full, lead_end

_ITEM = re.compile(
    r"[\u3400-\u9fff]{2,10}?(?:街道|街道办|街道办事处|镇|乡|苏木|社区|村|区|县|市|旗|州|局|委|院|校|学|办|中心|公司|集团|管委会)"
    r"[\s\u3000:：|｜]"
)
_OPENING = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|近日|日前|连日来|近期|昨日|昨天|今日|今天|近来|为|随着|“|\"|“|今年|记者"
)
_FRAGMENT = re.compile(r"(?:在|从|就|为|对|据|按|围绕|会上|随后|同时|并|以|由|当|自|截至|至|经|通过|针对|此外|要)")
_META_AUTHOR = re.compile(
    r"(?:(?:作者|记者|通讯员|撰文|文/图|图/文)[\s:：]*[\u3400-\u9fff·]{2,4}(?:[\s、][\u3400-\u9fff·]{2,4})*[\s、]*)+"
)
#: so many characters on either side of a join are searched for the same join
_FAR = 10_000
_HAN_RUN = re.compile(r"[\u3400-\u9fff0-9A-Za-z]{2,}")
#: no headline ends so
_UNFINISHED = "，、,：:；;“‘《（(从的和与将把被由及于并而或"
#: and none begins so
_CLOSING = "，。、；：！？”’》）」』…"


@dataclass(slots=True, eq=False)
class Draft:
    """An article in the making: its blocks in reading order, and what stands before it on the page."""

    number: int
    blocks: list[Block]
    lead: bool
    level: int = 0
    names: list[tuple[Name, int, int]] = field(default_factory=list)
    closed: bool = False
    barrier: bool = False
    #: line and column where the prose begins (behind the lead marker), and where the closing byline begins
    prose_from: tuple[int, int] | None = None
    byline_from: tuple[int, int] | None = None
    #: blocks that are paragraphs of their own, whatever stands around them (subheads, bylines)
    alone: set[Block] = field(default_factory=set)
    #: blocks before which the article may have been put together wrongly
    seams: set[Block] = field(default_factory=set)

    @property
    def complete(self) -> bool:
        """Whether the last sentence is finished (subheads and strays do not count)."""
        for block in reversed(self.blocks):
            if block not in self.alone:
                return block.complete
        return True


@dataclass(slots=True, eq=False)
class Unit:
    """A block set for display, and how many articles begin before it on the page."""

    block: Block
    after: int
    #: it stands right before its article for sure (a heading, a line with its date and source below)
    sure: bool = False
    #: the article inside which it stands (a subhead, unless it turns out to be another article's headline), or -1
    inside: int = -1
    #: it may be a piece of a broken sentence rather than a display line
    piece: bool = False
    #: an article without lead marker begins because this line stands before it
    opens: bool = False


@dataclass(slots=True)
class Bounds:
    """What a page is made of: articles, display units, and the blocks that are neither, with their kind."""

    drafts: list[Draft]
    units: list[Unit]
    loose: list[Block]


def bounds(page: Sheet) -> Bounds:
    """The articles of a page and the display lines between them."""
    return _Pass(page).run()


def _pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text, none across a mark."""
    return {run[k : k + 2] for run in _HAN_RUN.findall(text) for k in range(len(run) - 1)}


def _joins(page: str, before: str, after: str) -> int:
    """How well a broken sentence and a beginning fit: 2 if the three characters at the join stand elsewhere too."""
    if before[-2:] + after[:1] in page or before[-1:] + after[:2] in page:
        return 2
    return int(before[-1:] + after[:1] in page)


class _Pass:
    def __init__(self, page: Sheet) -> None:
        self.page = page
        self.drafts: list[Draft] = []
        self.units: list[Unit] = []
        self.loose: list[Block] = []
        self.pending: list[Block] = []
        self.sure = False
        self.current: Draft | None = None
        self.held: list[tuple[Name, int, int]] = []
        self.suspended: list[Draft] = []
        self.next_event = self._events()
        self.heads = self._bylines_come_first()
        self.items = not any(block.lead for block in page.blocks)
        #: a page whose items open with marked headings
        self.headed = sum(block.kind == "heading" for block in page.blocks) > 1

    # ------------------------------------------------------------ looking ahead

    def _events(self) -> list[str]:
        """For each block, what comes next behind it: a lead, a closing byline, or the end."""
        out, event = [], "end"
        for block in reversed(self.page.blocks):
            out.append(event)
            if block.lead:
                event = "byline" if block.tail else "lead"
            elif block.kind == "byline" or block.tail:
                event = "byline"
        return out[::-1]

    def _bylines_come_first(self) -> bool:
        """Whether this page prints its bylines under the headline, before the body."""
        for block in self.page.blocks:
            if block.kind == "byline":
                return True
            if block.kind == "body":
                return False
        return False

    # ------------------------------------------------------------ the pass

    def run(self) -> Bounds:
        for i, block in enumerate(self.page.blocks):
            kind = block.kind
            if kind == "body":
                self._body(i, block)
            elif kind == "byline":
                self._byline(i, block)
            elif kind in ("display", "heading"):
                self.pending.append(block)
            elif kind == "meta":
                self._meta(block)
            elif kind == "rule":
                if self.current is not None and not self.pending:
                    self.current.barrier = True
            else:
                self.loose.append(block)
        if self.pending:
            if self.current is not None and self._goes_on(self.pending[0]):
                self._add_pending()
            self._to_units()
        self._demote_sections()
        return Bounds(self.drafts, self.units, self.loose)

    def _demote_sections(self) -> None:
        """Headings of sections (``## 民生`` above ``### 标题``) become banners.

        They stand a level above the headings that articles open with, and not above every one of these.
        """
        zones: dict[int, list[Unit]] = {}
        for unit in self.units:
            if unit.block.kind == "heading" and unit.inside < 0:
                zones.setdefault(unit.after, []).append(unit)
        opening = [units[-1].block.level for after, units in zones.items() if after < len(self.drafts)]
        for units in zones.values():
            level = units[-1].block.level
            alone = any(z[-1].block.level == level and z[0].block.level == level for z in zones.values())
            for unit in units[:-1]:
                if unit.block.level < level and alone and opening.count(level) > 1:
                    unit.block.banner, unit.sure = True, False

    def _goes_on(self, block: Block) -> bool:
        """Whether a display-like block is the rest of the open article's broken sentence: set to the full measure."""
        current = self.current
        if current is None or current.closed or block.kind == "heading":
            return False
        if (not current.complete or block.last - block.first > 1) and self._is_surely_piece(current, block):
            return True
        if self.page.lines[block.last].text[-1] in _UNFINISHED or self.page.lines[block.first].text[0] in _CLOSING:
            return True
        if current.complete or not self.page.wrapped:
            return False
        return block.complete or is_full(self.page.lines[block.first].text, self._measure(current))

    def _leads_into(self, block: Block, body: Block) -> bool:
        """Whether a block without full stop is the beginning of the body behind it: full lines, a sentence's words."""
        lines = self.page.lines
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
        text = self.page.words(block)
        opening = _OPENING.match(text) is not None or _FRAGMENT.match(text) is not None
        return block.last - block.first > 1 or (opening and "，" in text)

    def _is_surely_piece(self, draft: Draft, block: Block) -> bool:
        """Whether a block without full stop can be nothing but a piece of a sentence."""
        lines = self.page.lines
        if block.kind == "heading":
            return False
        if lines[block.last].text[-1] in _UNFINISHED or lines[block.first].text[0] in _CLOSING:
            return True
        if not self.page.wrapped or block.first == block.last:
            return False
        measure = self._measure(draft)
        first = is_full(lines[block.first].text, measure - 2)
        return first and all(is_full(line.text, measure) for line in lines[block.first + 1 : block.last + 1])

    def _body(self, i: int, block: Block) -> None:
        current = self.current
        if not block.lead and self.pending and self.page.wrapped and self._leads_into(self.pending[-1], block):
            # the beginning of a sentence that a column break has cut off
            block.first = self.pending.pop().first
        if block.lead:
            while current is not None and self.pending and self._goes_on(self.pending[0]):
                self._add(self.pending.pop(0))
            if current is not None and not current.complete and not current.closed:
                self.suspended.append(current)
            self._open(block)
        elif current is None or current.closed:
            back = self._resume(block)
            if back is not None:
                self._to_units()
                self.current = back
                back.closed = False
                back.seams.add(block)
                self._add(block)
            elif self._belongs_to_last(block):
                self.loose.append(block)
            else:
                self._open(block)
        elif self.pending:
            if self.sure or self._begins_item(current, block, self.next_event[i]):
                self._open(block)
            else:
                self._add_pending()
                self._add(block)
        else:
            target = self._attach(block)
            if block.tail:
                self._close(target, block)
            return
        if block.tail and self.current is not None:
            self._close(self.current, block)

    def _belongs_to_last(self, block: Block) -> bool:
        """A sentence without headline behind a closed article, on a page whose items have leads: a stray line."""
        return bool(self.drafts) and not self.pending and block.size < 40 and not self.items

    def _open(self, block: Block) -> None:
        level = next((b.level for b in reversed(self.pending) if b.kind == "heading"), 0)
        opener = None if block.lead or not self.pending else self.pending[-1]
        self._to_units(sure=self.sure, opener=opener)
        draft = Draft(len(self.drafts), [block], block.lead, level)
        if self.held:
            draft.names += self.held
            self.held = []
        if block.lead:
            self._read_lead(draft, block)
        self.drafts.append(draft)
        self.current = draft
        # what has not gone on by now never will
        self.suspended = [x for x in self.suspended if x.number >= draft.number - 2]

    def _read_lead(self, draft: Draft, block: Block) -> None:
        line = self.page.lines[block.first]
        text, end = line.text, lead_end(line.text)
        if self.page.wrapped and block.last > block.first:
            text += self.page.lines[block.first + 1].text
        parsed, at, prose = after_lead(text, end)
        if parsed:
            draft.names += self._placed(parsed, block.first, at)
        if prose > len(line.text):
            draft.prose_from = (block.first + 1, prose - len(line.text))
        else:
            draft.prose_from = (block.first, prose)

    def _placed(self, parsed: Parsed, line: int, column: int, gap: int = 0) -> list[tuple[Name, int, int]]:
        """The names of a byline that begins at a line and column, with their places in the page."""
        out = []
        lines = self.page.lines
        for name in parsed.names:
            at, i = column + name.start, line
            while i + 1 < len(lines) and at >= len(lines[i].text):
                at -= len(lines[i].text) + gap
                i += 1
            end, j = column + name.end, line
            while j + 1 < len(lines) and end > len(lines[j].text):
                end -= len(lines[j].text) + gap
                j += 1
            out.append((name, lines[i].start + at, lines[j].start + end))
        return out

    def _add(self, block: Block) -> None:
        if self.current is not None:
            self.current.blocks.append(block)

    def _add_pending(self) -> None:
        """Display lines that turned out to stand inside an article: subheads, pieces of a broken sentence, or strays.

        What may be a stray (another article's headline, a caption) is kept as a unit too, so that it can be taken out.
        """
        current = self.current
        if current is None:
            return
        for block in self.pending:
            broken = not current.complete
            current.blocks.append(block)
            piece = self._is_piece(current, block, broken)
            if not piece:
                current.alone.add(block)
            sure = piece and (broken or self._is_surely_piece(current, block))
            if not is_enumerated(self.page.words(block)) and not sure:
                self.units.append(Unit(block, len(self.drafts), inside=current.number, piece=piece))
        self.pending = []
        self.sure = False

    def _is_piece(self, draft: Draft, block: Block, broken: bool) -> bool:
        """Whether a display-like block inside an article is a piece of its running sentences."""
        text = self.page.words(block)
        if block.kind == "heading":
            return False
        if self._is_surely_piece(draft, block):
            return True
        if self.page.wrapped:
            # a sentence is broken only where a line is full
            # (a paragraph's first line is shorter by its indent)
            indent = 2 if block.first == block.last and not broken else 0
            full = is_full(self.page.lines[block.last].text, self._measure(draft) - indent)
            return full or (broken and block.complete)
        return broken or bool(_FRAGMENT.match(text)) or len(text) >= 30

    def _measure(self, draft: Draft) -> int:
        """How long a full line of an article is."""
        lines = self.page.lines
        body = next((b for b in reversed(draft.blocks) if b.kind == "body"), draft.blocks[0])
        sizes = sorted(len(line.text) for line in lines[body.first : body.last + 1][:40])
        return sizes[len(sizes) // 2] if sizes else self.page.measure

    def _attach(self, block: Block) -> Draft:
        """Adds a block to the open article, or, behind a broken sentence, to the one whose words it shares."""
        current = self.current
        assert current is not None
        other = None if current.complete and not self.suspended else self._other(current)
        if other is None or not self._nearer(block, other, current):
            current.blocks.append(block)
            return current
        other.seams.add(block)
        other.blocks.append(block)
        if other in self.suspended:
            self.suspended[self.suspended.index(other)] = current
            self.current, other.closed = other, False
        return other

    def _other(self, current: Draft) -> Draft | None:
        """The article that a block behind a broken sentence may belong to instead of the open one."""
        if self.suspended:
            return self.suspended[-1]
        before = self.drafts[-2] if len(self.drafts) > 1 and self.drafts[-1] is current else None
        if before is None or current.lead or before.lead or before.byline_from is not None:
            return None
        return before

    def _nearer(self, block: Block, other: Draft, current: Draft) -> bool:
        """Whether a block goes on with another article rather than with the open one, by words and by the join."""
        words = self.page.words(block)
        grams = _pairs(words)
        one = "".join(self.page.words(b) for b in other.blocks[-12:])
        two = "".join(self.page.words(b) for b in current.blocks[-12:])
        only_one = sum(g in one and g not in two for g in grams)
        only_two = sum(g in two and g not in one for g in grams)
        lean = math.log((only_one + 0.5) / (len(one) + 100)) - math.log((only_two + 0.5) / (len(two) + 100))
        if not self.suspended:
            # without leads nothing says that the other article broke off: only overwhelming evidence moves a block
            return not block.complete and only_one >= 5 and lean > 0.7
        around = self._around(block)
        join_one = _joins(around, one, words)
        join_two = 0 if current.complete else _joins(around, two, words)
        if self.page.wrapped and block.last > block.first:
            # columns of different width
            size = len(self.page.lines[block.first].text)
            lean += 0.5 * max(-2, min(2, abs(size - self._measure(current)) - abs(size - self._measure(other))))
        return lean + 0.8 * (join_one - join_two) > (0.7 if current.complete else -0.3)

    def _around(self, block: Block) -> str:
        """The page around a block: all of it, but on a very long one."""
        at = self.page.lines[block.first].start
        return self.page.text[max(0, at - _FAR) : at + _FAR]

    def _resume(self, block: Block) -> Draft | None:
        """The article that broke off and that a block without lead and headline goes on with."""
        if not self.suspended or (self.pending and _OPENING.match(self.page.words(block))):
            return None
        return self.suspended.pop()

    def _begins_item(self, current: Draft, block: Block, event: str) -> bool:
        """Whether the display lines before a body without lead are a new item's headline (else they are subheads)."""
        last = self.pending[-1]
        text = self.page.words(last)
        if is_enumerated(text.lstrip("# ")) or self._is_surely_piece(current, last):
            return False
        if self.headed and not any(b.kind == "heading" for b in self.pending):
            return False
        score = 0.0
        headings = [b for b in self.pending if b.kind == "heading"]
        if headings:
            level = min(b.level for b in headings)
            if current.level and level > current.level:
                score -= 1 if event != "byline" else 3
            else:
                return True
        if event == "byline":
            if current.lead:
                return False
            score -= 2
        if not current.complete:
            score -= 3
        if self.page.wrapped and self._is_piece(current, last, broken=False):
            score -= 1.5
        if current.barrier:
            score += 2
        if current.names:
            score += 1.5
        body = self.page.words(block)
        if _ITEM.match(text):
            score += 2
            name = re.split(r"[\s\u3000:：|｜]", text, maxsplit=1)[0]
            score += name in body[:80]
        if _OPENING.match(body):
            score += 1
        if len(self.pending) > 1:
            score += 1
        if len(text) >= 16 or " " in text or "\u3000" in text:
            score += 0.5
        pairs = _pairs(text)
        if pairs:
            before = "".join(self.page.words(b) for b in current.blocks[-6:])
            ahead = sum(pair in body for pair in pairs)
            score += 2 * (ahead - sum(pair in before for pair in pairs)) / len(pairs) + 0.5 * (ahead > 0)
        return score >= 1.5

    def _byline(self, i: int, block: Block) -> None:
        current = self.current
        parsed = block.byline
        assert parsed is not None
        names = self._placed(parsed, block.first, 0, block.tail_gap)
        if current is not None and not current.closed:
            if self.pending and (self.heads or (current.names and self.next_event[i] != "end")):
                self.held += names
                self.sure = True
                return
            if self.heads and current.complete and self._body_follows(i) and current.names and not self.pending:
                self.held += names
                return
            self._add_pending()
            current.blocks.append(block)
            current.names += names
            current.alone.add(block)
            if current.byline_from is None:
                current.byline_from = (block.first, 0)
            current.closed = True
        elif current is not None and not self.pending and self._touches(current, block):
            current.blocks.append(block)
            current.names += names
            current.alone.add(block)
        else:
            self.held += names
            self.sure = True

    def _touches(self, draft: Draft, block: Block) -> bool:
        return draft.blocks[-1].last == block.first - 1 and draft.byline_from is not None

    def _body_follows(self, i: int) -> bool:
        return i + 1 < len(self.page.blocks) and self.page.blocks[i + 1].kind == "body"

    def _close(self, draft: Draft, block: Block) -> None:
        """Closes an article with the byline at the end of its last block."""
        if block.tail is None or block.byline is None:
            return
        line, column = block.tail
        draft.names += self._placed(block.byline, line, column, block.tail_gap)
        draft.byline_from = block.tail
        draft.closed = True

    def _meta(self, block: Block) -> None:
        self.loose.append(block)
        line = self.page.lines[block.first]
        found = _META_AUTHOR.search(line.text)
        if found:
            parsed = parse(found.group())
            if parsed:
                names = self._placed(parsed, block.first, found.start())
                if self.current is not None and not self.current.closed and not self.pending:
                    self.current.names += names
                else:
                    self.held += names
        if self.pending:
            self.sure = True
        elif self.current is not None:
            self.current.barrier = True

    def _to_units(self, sure: bool = False, opener: Block | None = None) -> None:
        count = len(self.drafts)
        for block in self.pending:
            certain = not block.banner and (sure or block.kind == "heading")
            self.units.append(Unit(block, count, certain, opens=block is opener))
        self.pending = []
        self.sure = False
