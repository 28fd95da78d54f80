"""Composes the finders of this room, in the one order in which they build on one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.extract import (
    areas,
    bodies,
    dates,
    documents,
    events,
    initiatives,
    people,
    quantities,
    statements,
    targets,
    tenures,
    ties,
    years,
)
from kg.extract.draft import Draft
from kg.model import Article, Context, Page, Reading
from kg.rules.fold import fold


def page_context(
    page: Page, articles: Sequence[Article], given: Context = Context(), extra: Path | None = None
) -> Context:
    """The context that a page's articles are read in: what the user gave, the rest found on the page."""
    context = replace(given, jurisdiction=areas.jurisdiction(articles, given, extra, page.text))
    if context.year is not None:
        return context
    year, basis, reason = years.year_of(
        [*(f"{a.headline}\n{a.norm}" for a in articles), page.text], context.published, extra
    )
    return replace(context, year=year, year_basis=basis, year_reason=reason)


#: in the order in which they build on one another
_FINDERS: tuple[Callable[[Draft], None], ...] = (
    bodies.find,
    people.find,
    dates.find,
    quantities.find,
    documents.find,
    initiatives.find,
    tenures.find,
    events.find,
    statements.find,
    targets.find,
    documents.uses,
    ties.find,
)


def read(article: Article, context: Context, extra: Path | None = None) -> Reading:
    """All mentions and facts of one article. Pure: the same article, context, lexicon and rules give the same."""
    return read_all((article,), context, extra)[0]


def read_all(articles: Sequence[Article], context: Context, extra: Path | None = None) -> tuple[Reading, ...]:
    """The same for the articles of a page, each by itself, in their order: quicker than one after the other.

    The rules and word lists of one finder stay at hand in the processor while it goes through all articles, which
    saves a seventh of the time.
    """
    drafts = [Draft(article, _on_its_day(article, context), extra) for article in articles]
    for find in _FINDERS:
        for draft in drafts:
            find(draft)
    return tuple(
        Reading(d.article, context, d.when, tuple(d.mentions), tuple(d.facts), tuple(d.rejected)) for d in drafts
    )


def _on_its_day(article: Article, context: Context) -> Context:
    """The context with the day that the page prints for the article, if the user gave none: 昨天 counts from it."""
    day = article.published
    if day is None or context.published is not None:
        return context
    if context.year == day.year:
        return replace(context, published=day)
    reason = f"published {day.isoformat()}"
    return replace(context, published=day, year=day.year, year_basis="printed", year_reason=reason)


def read_text(text: str, context: Context = Context(), extra: Path | None = None) -> Reading:
    """A sentence or a paragraph read as if it were an article: what ``kg explain TEXT`` and rule examples use."""
    article = Article("text", "a1", "", (), text, fold(text), range(len(text)), (0, len(text)))
    page = Page("text", "-", text, "")
    return read(article, page_context(page, (article,), context, extra), extra)
