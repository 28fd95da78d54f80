"""``kg explain``, ``kg pages``, ``kg misses``: how a sentence or a page was understood, before any graph."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import typer
from rich.text import Text

import kg
from kg.cli import layouts, place, readings
from kg.cli.output import Rows, notes, one_line, plain, screen, write_rows
from kg.errors import PageError
from kg.model import Reading
from kg.pipeline import readings as readings_of

PUBLISHED = typer.Option(
    "",
    "--published",
    metavar="DATE",
    help="The day the pages were printed, 2019-07-05, or where file names or paths tell it: YYYY-MM-DD.",
)
PLACE = typer.Option("", "--place", metavar="AREA", help="The area whose news they bring: 河南省郑州市二七区.")
ENCODING = typer.Option("", "--encoding", metavar="NAME", help="The files' encoding, if it is told wrongly: gb18030.")
RULES = typer.Option(None, "--rules", metavar="DIR", help="Your own folder of rules/*.yaml and lexicon/*.tsv.")


class Shape(StrEnum):
    text = "text"
    json = "json"


def explain(
    text: str = typer.Argument(..., metavar="TEXT|FILE|-", help="A sentence, a file, or - for standard input."),
    form: Shape = typer.Option(Shape.text, "--format", "-f", help="For people, or all of it as JSON."),
    published: str = PUBLISHED,
    area: str = PLACE,
    encoding: str = ENCODING,
    rules: Path | None = RULES,
) -> None:
    """Show how a text is read: words, rules, facts.

    Which words were taken for what, which rule made which fact, and what was turned down and why.

    \b
      kg explain 7月1日，二七区委书记陈红民带队到淮河路街道调研。
      kg explain seeds/000_7331d32aa81932c1.txt
      kg explain page.txt --format json > page.json
    """
    given = place.context(published, area)
    source: str | Path = text
    if text == "-":
        source = sys.stdin.read()
    elif looks_like_a_file(text):
        source = Path(text)
    read = kg.explain(source, context=given, rules=rules, encoding=encoding or None)
    if form is Shape.json:
        print(json.dumps([readings.as_json(r) for r in read], ensure_ascii=False, indent=2))
        return
    console = screen()
    for reading in read:
        if reading.article.headline:
            console.print(Text(plain(reading.article.headline), style="bold underline"))
        for line in readings.lines(reading):
            console.print(line)


def looks_like_a_file(text: str) -> bool:
    """Whether the words name a file. One that is not there is told as such, not read as a sentence."""
    if len(text) > 1000 or "\n" in text:
        return False
    path = Path(text)
    if path.is_file():
        return True
    if path.is_dir():
        raise PageError(f"{text}: a folder; name one file, or use kg build for a whole folder")
    if path.suffix.lower() in (".txt", ".md", ".html", ".htm", ".pdf"):
        raise PageError(f"{text}: no such file; name a file that is there, or write a sentence")
    return False


def pages(
    files: list[str] = typer.Argument(..., metavar="FILE", help="Pages: files, folders or globs."),
    form: Shape = typer.Option(Shape.text, "--format", "-f", help="For people, or all of it as JSON."),
    by_line: bool = typer.Option(False, "--lines", "-l", help="The page itself, each line with its article beside it."),
    published: str = PUBLISHED,
    encoding: str = ENCODING,
    rules: Path | None = RULES,
) -> None:
    """Show how a page is cut into articles.

    Headlines with their score and the next best, days, bylines, seams and doubts, and the text in no article.

    \b
      kg pages seeds/004_989d2c805d9ce7a7.txt
      kg pages seeds/004_989d2c805d9ce7a7.txt --lines
      kg pages archive --published YYYY-MM-DD
      kg pages seeds --format json > layout.json
    """
    given = place.context(published, "")
    console = screen()
    data = []
    left_out: list[Path] = []
    for layout in each(files, lambda path: kg.layout(path, encoding or None, rules), left_out):
        if by_line and form is Shape.text:
            shown = layouts.printed(layout)
        else:
            told = readings_of(layout, given, rules)
            if form is Shape.json:
                data.append(layouts.as_json(layout, told))
                continue
            shown = layouts.lines(layout, told)
        for line in shown:
            console.print(line)
    if form is Shape.json:
        print(json.dumps(data, ensure_ascii=False, indent=2))
    if left_out:
        raise typer.Exit(2)


T = TypeVar("T")


def each(files: list[str], work: Callable[[Path], T], left_out: list[Path]) -> Iterator[T]:
    """What ``work`` makes of every page; one that cannot be read is named and left out, the others go on."""
    for path in kg.find_pages(files):
        try:
            yield work(path)
        except PageError as error:
            notes().print(Text(f"left out: {one_line(error)}", style="red"))
            left_out.append(path)


def misses(
    files: list[str] = typer.Argument(..., metavar="PAGES", help="Pages: files, folders or globs."),
    form: Rows = typer.Option(Rows.table, "--format", "-f", help="How to print the rows."),
    published: str = PUBLISHED,
    area: str = PLACE,
    encoding: str = ENCODING,
    rules: Path | None = RULES,
) -> None:
    """List what was nearly read, and why it was not.

    This is the list that a writer of rules works from.

    \b
      kg misses seeds
      kg misses seeds --rules my-rules --format csv > misses.csv
    """
    given = place.context(published, area)
    columns = ("page", "article", "words", "rule", "reason", "sentence")
    rows = []
    left_out: list[Path] = []

    def read_file(path: Path) -> tuple[Reading, ...]:
        return kg.explain(path, context=given, rules=rules, encoding=encoding or None)

    for read in each(files, read_file, left_out):
        for reading in read:
            text = reading.article.text
            for item in sorted(reading.rejected, key=lambda r: (r.start, r.end, r.rule)):
                where = (reading.article.page, reading.article.key)
                rows.append((*where, item.text, item.rule, item.reason, around(text, item.start)))
    if form is Rows.json:
        print(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False, indent=2))
    else:
        write_rows(columns, rows, form.value)
    if left_out:
        raise typer.Exit(2)


def around(text: str, at: int) -> str:
    """The sentence that a place of the text stands in."""
    return next((text[a:b].strip() for a, b in readings.sentences(text) if a <= at < b), "")
