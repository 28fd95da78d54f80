"""``kg build``: pages become a store."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

import kg
from kg.cli import place
from kg.cli.output import notes, one_line
from kg.cli.understand import ENCODING, PLACE, PUBLISHED, RULES

#: warnings printed one by one; of more, the first of these and their number
SHOWN = 12

_THINGS = {
    "person": "persons",
    "post": "posts",
    "body": "bodies",
    "place": "places",
    "event": "events",
    "initiative": "initiatives",
    "document": "documents",
}
_FACTS = {
    "Tenure": "posts held",
    "Participation": "participations",
    "Statement": "statements",
    "Target": "targets",
    "DocumentUse": "uses of documents",
    "Tie": "ties",
}


def build(
    inputs: list[str] = typer.Argument(..., metavar="PAGES", help="Pages: files, folders or globs."),
    store: Path = typer.Option(..., "--store", "-s", metavar="DIR", help="Where the store goes."),
    jobs: int | None = typer.Option(
        None, "--jobs", "-j", metavar="N", help="Processes to read with; told by the amount of text."
    ),
    published: str = PUBLISHED,
    area: str = PLACE,
    encoding: str = ENCODING,
    base: str = typer.Option("", "--base", metavar="IRI", help="What the names of things begin with."),
    rules: Path | None = RULES,
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Print only what went wrong."),
) -> None:
    """Read pages into a new store.

    An older store at the same place is replaced only when the new one is whole.

    \b
      kg build seeds --store build/store
      kg build '2019/*.txt' extra/page.md --store build/2019 --jobs 4
      kg build seeds --store build/store --published 2019-07-05 --place 河南省郑州市二七区

    A page that cannot be read is named and left out, the others go on, and the exit code is 2.
    """
    given = place.context(published, area)
    console = notes()
    with bar(console) if console.is_terminal and not quiet else nullcontext() as progress:
        tell = None
        if progress is not None:
            task = progress.add_task("reading", total=None)
            tell = partial(_tell, progress, task)
        summary = kg.build(
            inputs,
            store,
            jobs=jobs,
            context=given,
            base=base or None,
            rules=rules,
            encoding=encoding or None,
            progress=tell,
        )
    if not quiet:
        for line in doubts(summary):
            console.print(Text(line, style="yellow"))
        for label, number in rows_of(summary):
            console.print(Text(f"{number:>9,}  {label}"))
        console.print(Text(f"in {store}", style="bold"))
    for note in summary.left_out:
        console.print(Text(f"left out: {one_line(note.message)}", style="red"))
    if summary.left_out:
        raise typer.Exit(2)


def bar(console: Console) -> Progress:
    """The progress bar, gone when all is read."""
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True)


def _tell(progress: Progress, task: TaskID, done: int, of: int) -> None:
    progress.update(task, completed=done, total=of)


def doubts(summary: kg.Summary) -> list[str]:
    """The layout's doubts, a line each up to :data:`SHOWN`; text that belongs to no article is only counted."""
    told = [f"warning: {one_line(n.page)}: {one_line(n.message)}" for n in summary.warnings if n.kind != "unassigned"]
    lines = told[:SHOWN]
    if len(told) > SHOWN:
        lines.append(f"and {len(told) - SHOWN} more warnings; kg pages FILE shows those of a page")
    loose = sum(note.kind == "unassigned" for note in summary.warnings)
    if loose:
        lines.append(f"note: {loose} headings and captions belong to no article; kg pages FILE shows them")
    return lines


def rows_of(summary: kg.Summary) -> list[tuple[str, int]]:
    """What was read and found, for the closing table."""
    rows = [("pages", summary.pages), ("articles", summary.articles)]
    rows += [(label, summary.entities.get(kind, 0)) for kind, label in _THINGS.items()]
    rows += [(label, summary.facts.get(kind, 0)) for kind, label in _FACTS.items()]
    return [*rows, ("quads", summary.quads)]
