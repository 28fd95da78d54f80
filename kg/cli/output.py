"""How the command line writes: rows as table, CSV, TSV or Markdown, and where a person looks, in colour."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from rich.console import Console
from rich.table import Table
from rich.text import Text

#: control characters that a page may hold and a terminal would obey
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

#: width of a table that no terminal shows: each row stays one line
_WIDE = 10_000


class Rows(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    md = "md"


def screen() -> Console:
    """Standard output for people: in colour and cut to the window in a terminal, plain and uncut in a pipe."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console = Console(highlight=False, markup=False, emoji=False, width=_WIDE, color_system=None)
    return console


def notes() -> Console:
    """Standard error: progress, warnings, summaries; what is asked for alone goes to standard output."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)


def plain(value: str) -> str:
    """A value fit for a terminal: what would steer it is shown as �."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]], form: str) -> int:
    """Writes rows to standard output as ``form`` (table, csv, tsv or md); gives their number."""
    counted = _Counted(rows)
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(counted)
    elif form == "tsv":
        for row in (columns, *counted):
            sys.stdout.write("\t".join(map(_escaped, row)) + "\n")
    elif form == "md":
        _line(columns)
        _line(["---"] * len(columns))
        for row in counted:
            _line(row)
    else:
        screen().print(table(columns, counted))
    return counted.number


class _Counted:
    """Rows that are counted as they pass, so that none needs to be kept."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self.rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[Sequence[str]]:
        for row in self.rows:
            self.number += 1
            yield row


def _escaped(value: str) -> str:
    """A TSV field: one line, no tab."""
    return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _line(values: Sequence[str]) -> None:
    cells = (" ".join(v.split()).replace("\\", "\\\\").replace("|", "\\|") for v in values)
    sys.stdout.write("| " + " | ".join(cells) + " |\n")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], title: str = "") -> Table:
    """A table for the terminal; no value can carry markup or steer the terminal."""
    made = Table(title=title or None, title_justify="left", header_style="bold", show_lines=False)
    for column in columns:
        made.add_column(Text(column), overflow="fold")
    for row in rows:
        made.add_row(*(Text(plain(value)) for value in row))
    return made


def one_line(error: object) -> str:
    """A message as one line, whatever the library that raised it put into it."""
    return plain(" ".join(str(error).split())) or "unknown error"
