"""What a page is made of while it is read: articles in the making, display units, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.pages.bylines import Name
from kg.pages.lines import Block


@dataclass(slots=True, eq=False)
class Draft:
    """An article in the making: its blocks in reading order, and what stands before it on the page."""

    number: int
    blocks: list[Block]
    lead: bool
    level: int = 0
    names: list[tuple[Name, int, int]] = field(default_factory=list)
    #: its byline, or its date and source, stand below its headline
    headed: bool = False
    #: a short item behind a bullet, which has no headline
    brief: bool = False
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
