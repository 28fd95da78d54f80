"""A page as it was understood: articles with headlines and bylines, what belongs to none, and what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Article, Byline, Doubt, Page, Span
from kg.pages import headlines, script
from kg.pages.bounds import Bounds, Draft, Unit, bounds
from kg.pages.lines import Block, Sheet, sheet
from kg.pages.unwrap import Unwrapped, unwrap
from kg.rules.fold import fold

_MARKS = re.compile(r"^[#>\s*_]+|[#*_\s]+$")
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
    bodies = [unwrap(taken, draft, page.text) for draft in found.drafts]
    lines, rows = _display_lines(taken, found.units)
    texts = [body.text if plain is page.text else script.simplified(body.text) for body in bodies]
    items = frozenset(k for k, draft in enumerate(found.drafts) if draft.item)
    choices = headlines.assign(lines, texts, items) if bodies else []
    out = []
    used: set[int] = set()
    for k, (draft, body) in enumerate(zip(found.drafts, bodies, strict=True)):
        choice = choices[k]
        used.update(choice.lines)
        out.append(_article(page, k, taken, draft, body, texts[k], choice, rows, lines))
    loose = _loose(page, taken, found, rows, used)
    doubts = list(page.doubts)
    doubts += [d for article in out for d in article.doubts]
    doubts += [Doubt("unassigned", f"belongs to no article: {x.text[:30]}", (x.span,)) for x in loose if x.kind != "meta"]
    return Layout(page, tuple(out), loose, tuple(doubts))


def _display_lines(page: Sheet, units: Sequence[Unit]) -> tuple[list[headlines.Display], list[int]]:
    """Every display line with its place, and the number of its line on the page."""
    lines, rows = [], []
    for b, unit in enumerate(units):
        for i in range(unit.block.first, unit.block.last + 1):
            text = _MARKS.sub("", page.lines[i].text)
            if text:
                lines.append(headlines.Display(text, b, unit.after, unit.sure))
                rows.append(i)
    return lines, rows


def _article(
    page: Page,
    k: int,
    taken: Sheet,
    draft: Draft,
    body: Unwrapped,
    text: str,
    choice: headlines.Choice,
    rows: Sequence[int],
    lines: Sequence[headlines.Display],
) -> Article:
    spans, words = [], []
    for i in choice.lines:
        line = taken.lines[rows[i]]
        raw = page.text[line.start : line.end]
        inner = _MARKS.sub("", raw)
        start = line.start + raw.index(inner)
        spans.append(Span(start, start + len(inner)))
        words.append(_SPACES.sub(" ", inner))
    names = tuple(
        Byline(_SPACES.sub("", page.text[start:end]), name.role, (Span(start, end),))
        for name, start, end in dict.fromkeys(draft.names)
    )
    return Article(
        page=page.name,
        key=f"a{k + 1}",
        headline=" ".join(words),
        headline_spans=tuple(spans),
        text=body.text,
        norm=fold(text),
        offsets=body.offsets,
        prose=body.prose,
        bylines=names,
        headline_score=choice.score,
        runner_up=lines[choice.runner_up].text if choice.runner_up >= 0 else "",
        doubts=(),
        jumps=body.jumps,
    )


def _loose(page: Page, taken: Sheet, found: Bounds, rows: Sequence[int], used: set[int]) -> tuple[Loose, ...]:
    """What belongs to no article, in the order of the page."""
    kinds = {"body": "text", "byline": "text", "display": "headline"}
    out = []
    for block in found.loose:
        span = Span(taken.lines[block.first].start, taken.lines[block.last].end)
        out.append(Loose(kinds.get(block.kind, block.kind), page.text[span.start : span.end], span))
    for i, row in enumerate(rows):
        if i not in used:
            line = taken.lines[row]
            out.append(Loose("headline", page.text[line.start : line.end], Span(line.start, line.end)))
    return tuple(sorted(out, key=lambda x: x.span.start))
