"""Which blocks make one article: from the lead marker to the byline, and what to do where either is missing.

One pass over the blocks with one article open at a time. What looks like a display line waits (``pending``) until the
next block tells what it was: a headline (a lead marker follows), a subhead or a broken-off sentence (the article goes
on), or the headline of the next item (the article was over).
"""

from __future__ import annotations

import re
from datetime import date

from kg.pages import stamps
from kg.pages.bylines import Name, Parsed, after_lead, are_persons, inside_lead, parse
from kg.pages.clues import (
    begins_item,
    begins_paragraph,
    is_cut,
    is_nearer,
    is_piece,
    is_surely_piece,
    is_told_again,
    leads_into,
    measure_of,
    opens_item,
    opens_sentence,
)
from kg.pages.drafts import Bounds, Draft, Unit
from kg.pages.lines import DATE, Block, Sheet, is_enumerated, lead_end
from kg.pages.parting import parted

_BULLETS = "●■◆○▲◎★☆□◇"
#: an article goes on on another page, or comes from one
_TO, _FROM = ("下转", "转第"), ("（上接", "(上接", "（紧接", "(紧接")
#: what follows the name of a place
_UNITS = ("街道", "镇", "乡", "村", "社区", "区", "县", "市")
#: a date, and behind it whoever wrote the article
_DATED_NAME = re.compile(rf"{DATE}[\s\u3000]+([\u3400-\u9fff]{{2,3}})$")
_META_AUTHOR = re.compile(
    r"(?:(?:作者|记者|通讯员|撰文|文/图|图/文)[\s:：]*[\u3400-\u9fff·]{2,4}(?:[\s、][\u3400-\u9fff·]{2,4})*[\s、]*)+"
)
#: so many blocks are looked at to see whose rest they are
_AHEAD = 12


def bounds(page: Sheet) -> Bounds:
    """The articles of a page and the display lines between them."""
    found = _Pass(page).run()
    return found if any(block.lead for block in page.blocks) else parted(page, found)


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
        #: short items without headlines are being read, a bullet before each
        self.briefs = False
        #: the lines with the day of an issue, on a page put together from several
        self.issues = self._issues()
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

    def _issues(self) -> frozenset[Block]:
        """The paper's own lines (``2022年8月19日 星期五``) that part the items of one issue from those of another.

        None where every such line stands right below a headline: it dates that item then.
        """
        blocks, text, lines = self.page.blocks, self.page.text, self.page.lines
        days: dict[Block, date] = {}
        apart = False
        for i, block in enumerate(blocks):
            if block.kind == "meta":
                day = stamps.of_paper(text, lines[block.first].start, lines[block.last].end)
                if day:
                    days[block] = day
                    apart = apart or 0 < i < len(blocks) - 1 and blocks[i - 1].kind in ("body", "byline")
        return frozenset(days) if apart and len(set(days.values())) > 1 else frozenset()

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
        """Whether a display-like block before a lead marker is the rest of the open article's broken sentence."""
        current = self.current
        if current is None or current.closed or block.kind == "heading":
            return False
        if is_cut(self.page, block):
            return True
        if current.complete and block.last - block.first < 2:
            # the first line of a paragraph that the column breaks off, a headline behind it
            return len(self.pending) > 1 and begins_paragraph(self.page, current, block)
        if not current.complete and block.complete:
            return True
        lines = self.page.lines[block.first : block.last + 1]
        # a headline may go beyond the column, a sentence does not
        fits = max(len(line.text) for line in lines) <= measure_of(self.page, current) + 2
        return self.page.wrapped and fits and is_surely_piece(self.page, current, block)

    def _body(self, i: int, block: Block) -> None:
        current = self.current
        begun = self.pending and (current is None or current.closed or len(self.pending) > 1)
        if begun and self.page.wrapped and not block.lead and leads_into(self.page, self.pending[-1], block):
            # the beginning of a sentence that a column break has cut off
            block.first = self.pending.pop().first
        if block.bullet and self._is_brief(i, block):
            for banner in self.pending:
                banner.kind = "banner"
            self.loose += self.pending
            self.pending = []
            self._open(block).brief = True
            self.briefs = True
        elif self._is_continued(block):
            return
        elif block.lead:
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
            if self.sure or begins_item(self.page, self.pending, current, block, self.next_event[i], self.headed):
                self._open(block)
            else:
                self._add_pending()
                if self.suspended and not current.complete:
                    target = self._attach(i, block)
                    if block.tail:
                        self._close(target, block)
                    return
                self._add(block)
        else:
            target = self._attach(i, block)
            if block.tail:
                self._close(target, block)
            return
        if block.tail and self.current is not None:
            self._close(self.current, block)

    def _is_brief(self, i: int, block: Block) -> bool:
        """Whether a paragraph behind a bullet is an item of its own: one of several, under a section's name."""
        current, blocks = self.current, self.page.blocks
        if self.briefs and not self.pending:
            return True
        if current is not None and not current.closed and not self.pending:
            return False  # a list inside an article
        ahead = [b for b in blocks[i : i + 6] if b.bullet and b.kind == "body"]
        texts = [self.page.words(b).lstrip(_BULLETS + " \u3000") for b in ahead]
        told = sum(b.tail is not None or opens_item(text) for b, text in zip(ahead, texts, strict=True))
        banner = bool(self.pending) and all(b.banner for b in self.pending)
        if self.pending and not self.pending[-1].banner and is_told_again(self.page, self.pending[-1:], block):
            return False  # it has a headline
        return len(ahead) > 1 and (banner or 2 * told >= len(ahead))

    def _is_continued(self, block: Block) -> bool:
        """Adds ``（上接第一版）…`` to the article that ends ``（下转第二版）``; whether there is one."""
        if not self.page.lines[block.first].text.startswith(_FROM):
            return False
        for draft in reversed(self.drafts[-_AHEAD:]):
            if any(mark in self.page.lines[draft.blocks[-1].last].text[-16:] for mark in _TO):
                self._to_units()
                draft.blocks.append(block)
                draft.seams.add(block)
                draft.closed = False
                self.current = draft
                if block.tail:
                    self._close(draft, block)
                return True
        return False

    def _belongs_to_last(self, block: Block) -> bool:
        """A sentence without headline behind a closed article, on a page whose items have leads: a stray line."""
        return bool(self.drafts) and not self.pending and block.size < 40 and not self.items

    def _open(self, block: Block) -> Draft:
        level = next((b.level for b in reversed(self.pending) if b.kind == "heading"), 0)
        opener = None if block.lead or not self.pending else self.pending[-1]
        headed = self.sure
        self._to_units(sure=self.sure, opener=opener)
        draft = Draft(len(self.drafts), [block], block.lead, level)
        if self.held:
            draft.names += self.held
            self.held = []
        draft.headed = headed or bool(draft.names)
        self.briefs = False
        if block.lead:
            self._read_lead(draft, block)
        elif block.bullet:
            text = self.page.lines[block.first].text
            draft.prose_from = (block.first, len(text) - len(text.lstrip(_BULLETS + " \u3000")))
        self.drafts.append(draft)
        self.current = draft
        # what has not gone on by now never will
        self.suspended = [x for x in self.suspended if x.number >= draft.number - 2]
        return draft

    def _read_lead(self, draft: Draft, block: Block) -> None:
        line = self.page.lines[block.first]
        text, end = line.text, lead_end(line.text, self.page.extra)
        if self.page.wrapped and block.last > block.first:
            text += self.page.lines[block.first + 1].text
        inner, within = inside_lead(text, self.page.extra)
        if inner:
            draft.names += self._placed(inner, block.first, within)
        parsed, at, prose = after_lead(text, end, self.page.extra)
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
            piece = is_piece(self.page, current, block, broken)
            if not piece:
                current.alone.add(block)
            sure = piece and (broken or is_surely_piece(self.page, current, block))
            if not is_enumerated(self.page.words(block)) and not sure:
                self.units.append(Unit(block, len(self.drafts), inside=current.number, piece=piece))
        self.pending = []
        self.sure = False

    def _attach(self, i: int, block: Block) -> Draft:
        """Adds a block to the open article, or, behind a broken sentence, to the one whose words it shares."""
        current = self.current
        assert current is not None
        other = None if current.complete and not self.suspended else self._other(current)
        nearer = other is not None and is_nearer(self.page, self._chains(i), other, current, bool(self.suspended))
        if other is None or not nearer:
            current.blocks.append(block)
            return current
        other.seams.add(block)
        other.blocks.append(block)
        if other in self.suspended:
            self.suspended[self.suspended.index(other)] = current
            self.current, other.closed = other, False
        return other

    def _chains(self, i: int) -> tuple[list[Block], list[Block]]:
        """The blocks from the ``i``-th up to the next byline, and from there up to the one behind it."""
        blocks = self.page.blocks
        chains: tuple[list[Block], list[Block]] = ([], [])
        for chain in chains:
            while i < len(blocks) and len(chain) < _AHEAD:
                block = blocks[i]
                i += 1
                if block.lead or block.kind not in ("body", "display", "byline"):
                    return chains
                if block.kind == "display" and not chain:
                    return chains  # a headline: a new article begins
                chain.append(block)
                if block.tail or block.kind == "byline":
                    break
        return chains

    def _other(self, current: Draft) -> Draft | None:
        """The article that a block behind a broken sentence may belong to instead of the open one."""
        if self.suspended:
            return self.suspended[-1]
        before = self.drafts[-2] if len(self.drafts) > 1 and self.drafts[-1] is current else None
        if before is None or current.lead or before.lead or before.byline_from is not None:
            return None
        return before

    def _resume(self, block: Block) -> Draft | None:
        """The article that broke off and that a block without lead and headline goes on with."""
        if not self.suspended or (self.pending and opens_sentence(self.page.words(block))):
            return None
        return self.suspended.pop()

    def _byline(self, i: int, block: Block) -> None:
        current = self.current
        parsed = block.byline
        assert parsed is not None
        if parsed.photo and (current is None or current.closed or current.names):
            self.loose.append(block)  # 本报记者 张三 摄: whoever made the picture beside the article
            return
        names = self._placed(parsed, block.first, 0, block.tail_gap)
        if current is not None and not current.closed:
            if self.pending and (
                self.heads
                or (current.names and (self.next_event[i] != "end" or self._body_follows(i)))
                or (current.complete and self._body_follows(i) and (current.barrier or self.page.blocks[i + 1].lead))
            ):
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
        if not (block.byline.bare and self._is_unit(block.byline, draft)):
            draft.names += self._placed(block.byline, line, column, block.tail_gap)
        draft.byline_from = block.tail
        draft.closed = True

    def _is_unit(self, parsed: Parsed, draft: Draft) -> bool:
        """Whether a name in brackets is the place that the item tells of: ``孔浦街道举办培训。（孔浦）``."""
        words = "".join(self.page.words(block) for block in draft.blocks[-4:])
        return any(name.person + unit in words for name in parsed.names for unit in _UNITS)

    def _meta(self, block: Block) -> None:
        self.loose.append(block)
        if block in self.issues and (self.current is None or self.current.complete):
            self._to_units()
            if self.current is not None:
                self.current.closed = self.current.barrier = True
            return
        line = self.page.lines[block.first]
        found = _META_AUTHOR.search(line.text)
        dated = None if found else _DATED_NAME.match(line.text)
        if dated and are_persons([dated[1]], self.page.extra):
            self.held.append((Name(dated[1], "reporter", 0, len(dated[1])), line.start + dated.start(1), line.end))
        if found:
            parsed = parse(found.group(), extra=self.page.extra)
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
