"""A page as it was understood: articles with headlines and bylines, what belongs to none, and what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Article, Byline, BylineRole, Doubt, Page, Span
from kg.pages import headlines, script
from kg.pages.blocks import sheet
from kg.pages.bounds import bounds
from kg.pages.drafts import Bounds, Draft
from kg.pages.lines import Sheet
from kg.pages.unwrap import Unwrapped, unwrap
from kg.rules.fold import fold

_MARKS = re.compile(r"^[#>\s*_]+|[#*_\s]+$")
#: below this score a headline is called a guess
_UNSURE = 0.6
_SPACES = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Loose:
    """Text of a page that belongs to no article. ``kind`` is headline, banner, caption, meta or text."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page was understood."""

    page: Page
    articles: tuple[Article, ...]
    unassigned: tuple[Loose, ...]
    doubts: tuple[Doubt, ...]


def articles(page: Page) -> tuple[Article, ...]:
    """The news items of a page, in the order of their first lines: ``a1`` begins ``本报讯 6月 26日，二七区召开``."""
    return layout(page).articles


def layout(page: Page) -> Layout:
    """Everything that the page's layout says: articles, the text that belongs to none, doubts."""
    plain = script.simplified(page.text)
    taken = sheet(plain)
    found = bounds(taken)
    lines, rows = _display_lines(taken, found)
    texts = ["".join(taken.words(b) for b in d.blocks if b.kind == "body") for d in found.drafts]
    items = frozenset(d.number for d in found.drafts if not d.lead)
    if all(found.drafts[k].byline_from is not None for k in items):
        items = frozenset()  # these are articles like any other, only without a marker
    choices = headlines.assign(lines, texts, items) if texts else []
    _take_out(found, lines, choices)
    out = []
    used: set[int] = set()
    for draft, choice in zip(found.drafts, choices, strict=True):
        used.update(choice.lines)
        out.append(_article(page, plain, taken, draft, choice, rows, lines))
    loose = _loose(page, taken, found, lines, rows, used)
    doubts = list(page.doubts)
    doubts += [d for article in out for d in article.doubts]
    doubts += [
        Doubt("unassigned", f"belongs to no article: {x.text[:30]}", (x.span,)) for x in loose if x.kind != "meta"
    ]
    return Layout(page, tuple(out), loose, tuple(doubts))


def _display_lines(page: Sheet, found: Bounds) -> tuple[list[headlines.Display], list[int]]:
    """Every display line with its place, and the number of its line on the page."""
    lines, rows = [], []
    units = found.units
    between: dict[int, int] = {}
    for unit in units:
        if unit.inside < 0:
            between[unit.after] = between.get(unit.after, 0) + 1
    seen: dict[int, int] = {}
    for b, unit in enumerate(units):
        behind = ahead = 0
        if unit.inside < 0:
            behind = seen.get(unit.after, 0)
            seen[unit.after] = behind + 1
            ahead = between[unit.after] - behind - 1
        for i in range(unit.block.first, unit.block.last + 1):
            text = _MARKS.sub("", page.lines[i].text)
            if text:
                place = (unit.after, unit.sure, unit.block.banner, behind, ahead, unit.inside, unit.piece, unit.opens)
                lines.append(headlines.Display(text, b, *place))
                rows.append(i)
    return lines, rows


def _take_out(found: Bounds, lines: Sequence[headlines.Display], choices: Sequence[headlines.Choice]) -> None:
    """Takes the display lines that turned out to be headlines out of the articles in whose middle they stand."""
    for choice in choices:
        for i in choice.lines:
            if lines[i].inside >= 0:
                block = found.units[lines[i].block].block
                inside = found.drafts[lines[i].inside]
                inside.blocks = [b for b in inside.blocks if b is not block]


def _article(
    page: Page,
    plain: str,
    taken: Sheet,
    draft: Draft,
    choice: headlines.Choice,
    rows: Sequence[int],
    lines: Sequence[headlines.Display],
) -> Article:
    body = unwrap(taken, draft, page.text)
    text = body.text
    if plain is not page.text:
        text = "".join(c if c == "\n" else plain[at] for c, at in zip(text, body.offsets, strict=True))
    spans, words = [], []
    for i in choice.lines:
        line = taken.lines[rows[i]]
        raw = page.text[line.start : line.end]
        inner = _MARKS.sub("", raw)
        start = line.start + raw.index(inner)
        spans.append(Span(start, start + len(inner)))
        words.append(_SPACES.sub(" ", inner))
    runner_up = ""
    if choice.runner_up >= 0:
        line = taken.lines[rows[choice.runner_up]]
        runner_up = _MARKS.sub("", page.text[line.start : line.end])
    written: dict[tuple[str, BylineRole], list[Span]] = {}
    for name, start, end in draft.names:
        key = (_SPACES.sub("", page.text[start:end]), name.role)
        spans_of = written.setdefault(key, [])
        if Span(start, end) not in spans_of:
            spans_of.append(Span(start, end))
    names = tuple(Byline(person, role, tuple(at)) for (person, role), at in written.items())
    return Article(
        page=page.name,
        key=f"a{draft.number + 1}",
        headline=" ".join(words),
        headline_spans=tuple(spans),
        text=body.text,
        norm=fold(text),
        offsets=body.offsets,
        prose=body.prose,
        bylines=names,
        headline_score=choice.score,
        runner_up=runner_up,
        doubts=tuple(_article_doubts(draft, choice, body, tuple(spans), runner_up)),
        jumps=body.jumps,
    )


def _article_doubts(
    draft: Draft, choice: headlines.Choice, body: Unwrapped, spans: tuple[Span, ...], runner_up: str
) -> Iterator[Doubt]:
    """What a reader should know before trusting an article."""
    for before, after, seam in body.joins:
        if seam:
            yield Doubt("seam", "this part may belong to the article beside it", (before, after))
        else:
            yield Doubt("broken-sentence", "the sentence may not go on where the next column begins", (before, after))
    if not draft.complete and body.offsets:
        end = body.offsets[-1] + 1
        yield Doubt("broken-sentence", "the article breaks off in mid-sentence", (Span(max(0, end - 12), end),))
    if spans and choice.displaced:
        yield Doubt("displaced-headline", "the headline stands away from the article", spans)
    if spans and choice.score < _UNSURE:
        other = f"; {runner_up} is nearly as likely" if runner_up else ""
        yield Doubt("ambiguous-headline", f"the headline is a guess{other}", spans)


def _loose(
    page: Page, taken: Sheet, found: Bounds, lines: Sequence[headlines.Display], rows: Sequence[int], used: set[int]
) -> tuple[Loose, ...]:
    """What belongs to no article, in the order of the page."""
    kinds = {"body": "text", "byline": "caption", "display": "headline"}
    out = []
    for block in found.loose:
        span = Span(taken.lines[block.first].start, taken.lines[block.last].end)
        out.append(Loose(kinds.get(block.kind, block.kind), page.text[span.start : span.end], span))
    for i, row in enumerate(rows):
        if i not in used and lines[i].inside < 0:
            line = taken.lines[row]
            kind = "banner" if lines[i].banner else "headline"
            out.append(Loose(kind, page.text[line.start : line.end], Span(line.start, line.end)))
    return tuple(sorted(out, key=lambda x: x.span.start))
