"""``kg build``, ``kg add``, ``kg remove``: pages become a store, come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.text import Text

import kg
from kg.cli import place
from kg.cli.curate import JUDGEMENTS
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


PAGES = typer.Argument(..., metavar="PAGES", help="Pages: files, folders or globs.")
JOBS = typer.Option(None, "--jobs", "-j", metavar="N", help="Processes to read with; told by the amount of text.")
QUIET = typer.Option(False, "--quiet", "-q", help="Print only what went wrong.")
STORE = typer.Option(..., "--store", "-s", metavar="DIR", help="The store that kg build made.")


def build(
    inputs: list[str] = PAGES,
    store: Path = typer.Option(..., "--store", "-s", metavar="DIR", help="Where the store goes."),
    jobs: int | None = JOBS,
    published: str = PUBLISHED,
    area: str = PLACE,
    encoding: str = ENCODING,
    base: str = typer.Option("", "--base", metavar="IRI", help="What the names of things begin with."),
    rules: Path | None = RULES,
    fresh: bool = typer.Option(False, "--fresh", help="Read every page, whatever the store has read before."),
    judgements: Path | None = JUDGEMENTS,
    links: Path | None = typer.Option(None, "--links", metavar="FILE", help="A table of ids and links elsewhere."),
    quiet: bool = QUIET,
) -> None:
    """Read pages into a store.

    A store of exactly these pages. An older one at the same place is replaced only when the new one is whole; what it
    has read of the same pages, with the same rules and options, is not read again.

    \b
      kg build seeds --store build/store
      kg build '2019/*.txt' extra/page.md --store build/2019 --jobs 4
      kg build seeds --store build/store --published 2019-07-05 --place 河南省郑州市二七区

    A page that cannot be read is named and left out, the others go on, and the exit code is 2.
    """
    with telling(quiet) as tell:
        summary = kg.build(
            inputs,
            store,
            jobs=jobs,
            context=place.context(published, area),
            base=base or None,
            rules=rules,
            encoding=encoding or None,
            progress=tell,
            fresh=fresh,
            judgements=judgements,
            links=links,
        )
    report(summary, quiet, "read again")


def add(
    inputs: list[str] = PAGES,
    store: Path = STORE,
    jobs: int | None = JOBS,
    published: str = PUBLISHED,
    area: str = PLACE,
    encoding: str = ENCODING,
    rules: Path | None = RULES,
    quiet: bool = QUIET,
) -> None:
    """Add pages to a store.

    The others stay as they are. A page of a name that the store has already replaces that page, which is told.

    \b
      kg add 2019-07-06.txt --store build/store
      kg add 'new/*.txt' --store build/store --published 2019-07-06

    The store is then the same as one built from all of them. A page that cannot be read is named and left out, the one
    of its name stays, and the exit code is 2.
    """
    with telling(quiet) as tell:
        summary = kg.add(
            inputs,
            store,
            jobs=jobs,
            context=place.context(published, area),
            rules=rules,
            encoding=encoding or None,
            progress=tell,
        )
    report(summary, quiet)


def remove(
    names: list[str] = typer.Argument(..., metavar="PAGE", help="Names of pages: their files without suffix."),
    store: Path = STORE,
    quiet: bool = QUIET,
) -> None:
    """Take pages out of a store.

    As if they had never been read: whatever only they say is gone, what other pages say too stays.

    \b
      kg remove 2019-07-06 --store build/store
      kg remove 000_7331d32aa81932c1 004_989d2c805d9ce7a7 --store build/store

    Where one of the names is unknown, nothing is removed and the exit code is 2.
    """
    report(kg.remove(names, store), quiet)


@contextmanager
def telling(quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """What to tell of each page that is read: a progress bar in a terminal, else nothing."""
    console = notes()
    if quiet or not console.is_terminal:
        yield None
        return
    with bar(console) as progress:
        yield partial(_tell, progress, progress.add_task("reading", total=None))


def report(summary: kg.Summary, quiet: bool, replaced: str = "replaced") -> None:
    """What was found and what changed, on standard error. Exits with 2 where a page was left out.

    ``replaced`` is the word for pages that the store had, and has anew.
    """
    console = notes()
    if not quiet:
        for line in doubts(summary):
            console.print(Text(line, style="yellow"))
        for label, number in rows_of(summary):
            console.print(Text(f"{number:>9,}  {label}"))
        for line in changes(summary, replaced):
            console.print(Text(line))
        console.print(Text(f"in {summary.store}", style="bold"))
    for note in summary.left_out:
        console.print(Text(f"left out: {one_line(note.message)}", style="red"))
    if summary.left_out:
        raise typer.Exit(2)


def changes(summary: kg.Summary, replaced: str) -> list[str]:
    """What became of the pages of a store that was there: ``replaced: 000_7331d32aa81932c1``; nothing for a new one."""
    if not (summary.kept or summary.replaced or summary.removed):
        return []
    lines = [
        f"{what}: {one_line(', '.join(names[:SHOWN]))}"
        + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
        for what, names in (("added", summary.added), (replaced, summary.replaced), ("removed", summary.removed))
        if names
    ]
    return [*lines, f"as before: {summary.kept:,} pages"] if summary.kept else lines


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
