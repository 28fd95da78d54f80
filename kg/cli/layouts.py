"""A page as it was cut into articles, laid out for a person and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

import kg
from kg.cli.output import plain
from kg.cli.readings import plain_data, shortened
from kg.model import Article, Doubt, Page, Span


def lines(layout: kg.Layout) -> Iterator[Text]:
    """The articles with headline, place, first and last words and bylines; doubts; the text that belongs to none."""
    page = layout.page
    yield Text(f"{page.name}   {len(layout.articles)} articles, {page.encoding}", style="bold reverse")
    for article in layout.articles:
        yield Text("")
        yield Text(f"{article.key}  {plain(article.headline) or '(no headline)'}", style="bold")
        told = f"    lines {line_range(page, whole(article))}"
        if article.headline:
            told += f", headline {article.headline_score:.2f}"
        if article.runner_up:
            told += f", next best: {plain(article.runner_up)}"
        yield Text(told, style="dim")
        yield Text("    " + plain(shortened(article.text)))
        for byline in article.bylines:
            yield Text(f"    {byline.role} {plain(byline.person)}", style="green")
    if layout.doubts:
        yield Text("")
    for doubt in layout.doubts:
        if doubt.kind != "unassigned":
            yield doubt_line(page, doubt)
    for loose in layout.unassigned:
        where = line_range(page, (loose.span,))
        yield Text(f"  in no article ({loose.kind}, lines {where}): {plain(shortened(loose.text))}", style="yellow dim")
    yield Text("")


def doubt_line(page: Page, doubt: Doubt) -> Text:
    where = f" (lines {line_range(page, doubt.spans)})" if doubt.spans else ""
    return Text(f"  ! {doubt.kind}{where}: {plain(doubt.message)}", style="yellow")


def whole(article: Article) -> tuple[Span, ...]:
    return article.raw_spans(0, len(article.text))


def line_range(page: Page, spans: tuple[Span, ...]) -> str:
    """``82–103`` or ``12–14, 20–31``: where in the file, as an editor counts."""
    ranges = []
    for span in spans:
        first = page.text.count("\n", 0, span.start) + 1
        last = page.text.count("\n", 0, max(span.start, span.end - 1)) + 1
        ranges.append(f"{first}–{last}" if last > first else str(first))
    return ", ".join(ranges)


def as_json(layout: kg.Layout) -> dict[str, Any]:
    """A page as plain data; ``spans`` are [start, end) in code points of the file as read."""
    page = layout.page
    return {
        "page": page.name,
        "source": page.source,
        "encoding": page.encoding,
        "digest": page.digest,
        "articles": [
            {
                "article": article.key,
                "headline": article.headline,
                "headline_score": article.headline_score,
                "headline_spans": pairs(article.headline_spans),
                "runner_up": article.runner_up,
                "text": article.text,
                "spans": pairs(whole(article)),
                "bylines": [{"person": b.person, "role": b.role, "spans": pairs(b.spans)} for b in article.bylines],
                "doubts": plain_data(article.doubts),
            }
            for article in layout.articles
        ],
        "unassigned": [{"kind": x.kind, "text": x.text, "spans": pairs((x.span,))} for x in layout.unassigned],
        "doubts": [{"kind": d.kind, "message": d.message, "spans": pairs(d.spans)} for d in layout.doubts],
    }


def pairs(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
