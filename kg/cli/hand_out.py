"""``kg view``, ``kg export``, ``kg check``: what leaves a store, and whether it is sound."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import typer
from rich.text import Text

import kg
from kg import views
from kg.cli.ask import STORE
from kg.cli.output import notes, plain, screen
from kg.errors import ExportError

PROJECTIONS = "all, events, person-body or co-attendance"


class Form(StrEnum):
    trig = "trig"
    nq = "nq"
    ttl = "ttl"
    nt = "nt"
    jsonld = "jsonld"
    rdfxml = "rdfxml"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"
    popolo = "popolo"
    ftm = "ftm"
    neo4j = "neo4j"


class Shape(StrEnum):
    text = "text"
    json = "json"


def export(
    store: Path = STORE,
    form: Form = typer.Option(
        ...,
        "--format",
        "-f",
        help="RDF: trig, nq, ttl, nt, jsonld, rdfxml; graphs: graphml, gexf; tables: csv; for other programs: "
        "popolo and ftm (JSON), neo4j.",
    ),
    output: Path | None = typer.Option(
        None, "--output", "-o", metavar="FILE", help="Where to; standard output without it. csv and neo4j: a folder."
    ),
    projection: str = typer.Option("all", "--projection", metavar="NAME", help=f"For graphml and gexf: {PROJECTIONS}."),
    redact: bool = typer.Option(False, "--redact", help="Leave the names of private persons (kind citizen) out."),
) -> None:
    """Write the graph for other programs.

    \b
      kg export --store build/store --format trig --output graph.trig
      kg export --store build/store --format graphml --output graph.graphml
      kg export --store build/store --format csv --output tables
      kg export --store build/store --format ftm --redact --output graph.ftm.json
      kg export --store build/store --format nq | gzip > graph.nq.gz

    What each form holds, and what it has no place for, is in docs/interchange.md.
    """
    opened = views.source(store, redact)
    if form.value in views.FOLDERS:
        if output is None:
            rest = ", or use kg query NAME --format csv" if form is Form.csv else ""
            raise ExportError(f"{form.value} is a folder of tables: name the folder with --output{rest}")
        if output.exists() and not output.is_dir():
            raise ExportError(f"{output}: a file; {form.value} needs a folder")
        views.write_folder(opened, form.value, output)
        return
    with whole(output) as file:
        views.write_file(opened, form.value, file, projection)


def view(
    store: Path = STORE,
    output: Path = typer.Option(..., "--output", "-o", metavar="FILE.html", help="The page to write."),
    projection: str = typer.Option("all", "--projection", metavar="NAME", help=f"What to show first: {PROJECTIONS}."),
    around: str = typer.Option("", "--around", metavar="NAME", help="Only what lies around a person, body, place …"),
    hops: int = typer.Option(2, "--hops", metavar="N", help="How far around: so many ties."),
    page: str = typer.Option("", "--page", metavar="PAGE", help="Only what one page says."),
) -> None:
    """Write a picture of the graph to explore.

    One HTML file that opens in any browser and needs no network: search, filters, and the words of the page at a click.

    \b
      kg view --store build/store --output graph.html
      kg view --store build/store --output chen.html --around 陈红民 --hops 2
      kg view --store build/store --output who.html --projection co-attendance
    """
    html = kg.to_pyvis(kg.Store.open(store), projection, around=around, hops=hops, page=page)
    with whole(output) as file:
        file.write(html.encode())
    notes().print(Text(f"written: {output}"))


def check(
    store: Path = STORE,
    form: Shape = typer.Option(Shape.text, "--format", "-f", help="For people, or all of it as JSON."),
) -> None:
    """Check a store against its shapes.

    Every fact has its words on the page, parts add up, dates are in order, one post has one holder on a day.

    \b
      kg check --store build/store
      kg check --store build/store --format json > findings.json

    Each finding names the page and its words. Ends 1 when there is a violation, 0 otherwise: a warning is something to
    look at.
    """
    report = kg.check(kg.Store.open(store))
    if form is Shape.json:
        print(json.dumps(report.data(), ensure_ascii=False, indent=2))
    else:
        screen().print(Text(plain(str(report))))
    if not report.ok:
        raise typer.Exit(1)


@contextmanager
def whole(path: Path | None) -> Iterator[BinaryIO]:
    """A file that is there when it is whole and not before: written beside its place, then moved. None: stdout."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.exists() and not path.is_file() and not path.is_dir():  # /dev/stdout, a named pipe
        with path.open("wb") as device:
            yield device
        return
    if path.is_dir():
        raise ExportError(f"{path}: a folder; name a file in it")
    if not path.parent.is_dir():
        raise ExportError(f"{path}: there is no folder {path.parent}; make it, or choose another place")
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        umask = os.umask(0)
        os.umask(umask)
        Path(beside).chmod(0o666 & ~umask)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
