"""A page as it was cut into articles, laid out for a person and as JSON."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rich.text import Text

import kg
from kg.cli.output import plain
from kg.cli.readings import plain_data, shortened
from kg.model import Article, Context, Doubt, Page, Reading, Span, When

#: one colour for an article, in turns
COLOURS = ("cyan", "magenta", "green", "blue", "yellow", "red")
#: a headline's score from which it is sure, and below which it is a guess
SURE, GUESS = 0.8, 0.6

#: a name so near to the beginning of its line makes it a byline, not the end of a paragraph
_SHORT = 24

_BASIS = {"printed": "printed on the page", "inferred": "inferred", "given": "given", "unknown": "unknown"}


def colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


# ---------------------------------------------------------------- the articles


def lines(layout: kg.Layout, readings: Sequence[Reading] = ()) -> Iterator[Text]:
    """The articles with headline, place, day, first and last words, bylines and doubts; the text in none."""
    page = layout.page
    rows = _Rows(page.text)
    told = f"{len(layout.articles)} articles, {len(page.text):,} characters, {page.encoding}"
    yield Text.assemble((f" {plain(page.name)} ", "bold reverse"), f"  {told}{_year(readings)}")
    for number, article in enumerate(layout.articles):
        yield Text("")
        yield Text.assemble(
            (f"{article.key:<4}", f"bold {colour(number)}"),
            (plain(article.headline), "bold") if article.headline else ("(no headline)", "dim italic"),
        )
        yield _facts(article, rows, readings[number].when if readings else None)
        yield Text("    " + plain(shortened(article.text[slice(*article.prose)].replace("\n", " "))))
        if article.bylines:
            names = ", ".join(f"{b.role} {plain(b.person)}" for b in article.bylines)
            yield Text(f"    by {names}", style="green")
        for doubt in article.doubts:
            yield from _doubt(page, rows, doubt, "    ")
    own = [doubt for doubt in page.doubts if doubt.kind != "unassigned"]
    if own or layout.unassigned:
        yield Text("")
    for doubt in own:
        yield from _doubt(page, rows, doubt, "  ")
    if layout.unassigned:
        yield Text("in no article", style="bold dim")
    for loose in layout.unassigned:
        where = rows.range((loose.span,))
        yield Text.assemble((f"    {loose.kind:<9}", "dim"), (f"line {where:<8} ", "dim"), plain(shortened(loose.text)))
    yield Text("")


def _year(readings: Sequence[Reading]) -> str:
    """The year that the page's days fall in, and what tells it: ``, 2019 (printed on the page: 召开2019年…)``."""
    if not readings:
        return ""
    context = readings[0].context
    day = f", printed {context.published.isoformat()}" if context.published else ""
    if context.year is None:
        return f"{day}, year unknown"
    reason = f": {plain(context.year_reason)}" if context.year_reason and not day else ""
    return f"{day}, year {context.year} ({_BASIS[context.year_basis]}{reason})"


def _facts(article: Article, rows: _Rows, when: When | None) -> Text:
    """Where the article stands, how sure its headline is, what else it could be, and its day."""
    line = Text(f"    lines {rows.range(whole(article))}", style="dim")
    if article.headline:
        score = article.headline_score
        style = "green" if score >= SURE else "yellow" if score >= GUESS else "red"
        line.append(", headline ", style="dim")
        line.append(f"{score:.2f}", style=style)
    if article.runner_up:
        line.append(f", next best: {plain(article.runner_up)}", style="dim")
    if when is not None and when.edtf:
        line.append(f", day {when.edtf}{when.day_part}", style="dim")
        line.append("" if when.basis == "unknown" else f" (year {_BASIS[when.basis]})", style="dim")
    elif when is not None:
        line.append(", day not told", style="dim")
    return line


def _doubt(page: Page, rows: _Rows, doubt: Doubt, indent: str) -> Iterator[Text]:
    """A doubt with its place, its reason, and for a join the words on both sides: ``…亮丽的 ≈ 来到陇海大院…``."""
    line = Text(f"{indent}! {doubt.kind}", style="yellow")
    if doubt.spans:
        line.append(f" (line {rows.range(doubt.spans)})")
    line.append(f": {plain(doubt.message)}")
    yield line
    if doubt.kind in ("seam", "broken-sentence") and len(doubt.spans) == 2:
        before, after = (plain(page.text[span.start : span.end].strip()) for span in doubt.spans)
        yield Text(f"{indent}  …{before[-12:]} ≈ {after[:12]}…", style="yellow dim")


def whole(article: Article) -> tuple[Span, ...]:
    return article.raw_spans(0, len(article.text))


class _Rows:
    """The lines of a file, as an editor counts them."""

    def __init__(self, text: str) -> None:
        self.starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

    def row(self, at: int) -> int:
        return bisect_right(self.starts, at)

    def range(self, spans: tuple[Span, ...]) -> str:
        """``82–103`` or ``12–14, 20–31``: where in the file."""
        ranges = []
        for span in spans:
            first, last = self.row(span.start), self.row(max(span.start, span.end - 1))
            ranges.append(f"{first}–{last}" if last > first else str(first))
        return ", ".join(ranges)


# ---------------------------------------------------------------- the page, line by line


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands in the margin of a line: whose it is, what it is there, and its colour."""

    owner: str
    role: str
    style: str


def printed(layout: kg.Layout) -> Iterator[Text]:
    """The page itself, each line with its number, the article that it went to, and what it is there.

    ``  28 a3  text      来到陇海大院社区,首先映入眼帘的``; ``≈`` marks a join that may be wrong, ``!`` another doubt.
    """
    page = layout.page
    rows = _Rows(page.text)
    margins = _margins(layout, rows)
    joins = {rows.row(d.spans[1].start) for d in layout.doubts if d.kind == "seam" and len(d.spans) == 2}
    doubtful = {
        rows.row(span.start) for d in layout.doubts if d.kind not in ("seam", "unassigned") for span in d.spans[-1:]
    }
    width = len(str(len(rows.starts)))
    for number, raw in enumerate(page.text.removesuffix("\n").split("\n"), 1):
        words = plain(raw.rstrip("\r"))
        if not words.strip():
            yield Text(f"{number:>{width}}", style="dim")
            continue
        margin = margins.get(number, Margin("", "", "dim"))
        sign = "≈" if number in joins else "!" if number in doubtful else " "
        yield Text.assemble(
            (f"{number:>{width}} ", "dim"),
            (f"{margin.owner:<4}{margin.role:<9}", margin.style),
            (f"{sign} ", "bold yellow"),
            (words, f"bold {margin.style}" if margin.role == "headline" else margin.style),
        )


def _margins(layout: kg.Layout, rows: _Rows) -> dict[int, Margin]:
    """The margin of every line that belongs anywhere."""
    out: dict[int, Margin] = {}
    for loose in layout.unassigned:
        for row in range(rows.row(loose.span.start), rows.row(loose.span.end - 1) + 1):
            out[row] = Margin("–", loose.kind, "dim")
    for number, article in enumerate(layout.articles):
        style = colour(number)
        for span in whole(article):
            for row in range(rows.row(span.start), rows.row(span.end - 1) + 1):
                out[row] = Margin(article.key, "text", style)
        for byline in article.bylines:
            for span in byline.spans:
                row = rows.row(span.start)
                if len(layout.page.text[rows.starts[row - 1] : span.start].strip()) < _SHORT:
                    out[row] = Margin(article.key, "byline", style)
        for span in article.headline_spans:
            out[rows.row(span.start)] = Margin(article.key, "headline", style)
    return out


# ---------------------------------------------------------------- JSON


def as_json(layout: kg.Layout, readings: Sequence[Reading] = ()) -> dict[str, Any]:
    """A page as plain data; ``spans`` are [start, end) in code points of the file as read."""
    page = layout.page
    context = readings[0].context if readings else Context()
    return {
        "page": page.name,
        "source": page.source,
        "encoding": page.encoding,
        "digest": page.digest,
        "published": context.published.isoformat() if context.published else None,
        "year": context.year,
        "year_basis": context.year_basis,
        "year_reason": context.year_reason,
        "articles": [
            {
                "article": article.key,
                "headline": article.headline,
                "headline_score": article.headline_score,
                "headline_spans": pairs(article.headline_spans),
                "runner_up": article.runner_up,
                "date": day(readings[number].when) if readings else None,
                "text": article.text,
                "spans": pairs(whole(article)),
                "bylines": [{"person": b.person, "role": b.role, "spans": pairs(b.spans)} for b in article.bylines],
                "doubts": plain_data(article.doubts),
            }
            for number, article in enumerate(layout.articles)
        ],
        "unassigned": [{"kind": x.kind, "text": x.text, "spans": pairs((x.span,))} for x in layout.unassigned],
        "doubts": [{"kind": d.kind, "message": d.message, "spans": pairs(d.spans)} for d in layout.doubts],
    }


def day(when: When) -> dict[str, str]:
    """The day of the reported event; ``edtf`` is empty where the article does not tell it."""
    return {"edtf": when.edtf, "day_part": when.day_part, "year_basis": when.basis}


def pairs(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]
