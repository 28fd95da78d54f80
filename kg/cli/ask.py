"""``kg query``, ``kg show``: a store answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typer
from rich.text import Text

import kg
from kg.cli.output import Rows, notes, screen, write_rows
from kg.errors import QueryError

STORE = typer.Option(..., "--store", "-s", metavar="DIR", help="The store that kg build made.")


def query(
    what: str = typer.Argument("", metavar="NAME|FILE|TEXT|-", help="A named query, a .rq file, SPARQL, or - (stdin)."),
    store: Path | None = typer.Option(None, "--store", "-s", metavar="DIR", help="The store that kg build made."),
    form: Rows = typer.Option(Rows.table, "--format", "-f", help="How to print the rows; json is the W3C form."),
    listing: bool = typer.Option(False, "--list", "-l", help="List the named queries and the questions they answer."),
    text: bool = typer.Option(False, "--text", help="Print the SPARQL of a named query instead of asking it."),
    timeout: float | None = typer.Option(None, "--timeout", metavar="SECONDS", help="End a query that takes longer."),
) -> None:
    """Ask a store a question: by name, from a file, or in SPARQL.

    \b
      kg query --list
      kg query posts --store build/store
      kg query participants --store build/store --format csv > participants.csv
      kg query 'SELECT ?name { ?p a kg:Person ; rdfs:label ?name }' --store build/store
      echo 'ASK { ?m a kg:Meeting }' | kg query - --store build/store

    The prefixes kg, rdf, rdfs, skos, org, prov, schema, oa, sem, foaf and xsd need not be declared.
    """
    if listing:
        list_queries(form)
        return
    if not what:
        raise QueryError("no query; name one (kg query --list shows them), or give a file, SPARQL text or -")
    sparql, where = (sys.stdin.read(), "standard input") if what == "-" else kg.read_query(what)
    if text:
        print(sparql.rstrip("\n"))
        return
    if store is None:
        raise QueryError(f"which store? add --store DIR: kg query {where or 'TEXT'} --store build/store")
    answer = kg.Store.open(store).query(sparql, timeout, where)
    if form is Rows.json:
        print(answer.json())
        return
    write_rows(answer.columns, answer.rows, form.value)
    if form is Rows.table:
        notes().print(Text(f"{len(answer)} row{'' if len(answer) == 1 else 's'}", style="dim"))


def list_queries(form: Rows) -> None:
    """The query book: for people its questions, for programs all of it."""
    book = list(kg.named_queries())
    if form is Rows.table:
        write_rows(("name", "question", "问题"), [(q.name, q.question_en, q.question_zh) for q in book], form.value)
    elif form is Rows.json:
        fields = ("name", "title_en", "title_zh", "question_en", "question_zh", "columns")
        print(json.dumps([{f: getattr(q, f) for f in fields} for q in book], ensure_ascii=False, indent=2))
    else:
        columns = ("name", "title_en", "title_zh", "question_en", "question_zh", "columns")
        rows = [(q.name, q.title_en, q.title_zh, q.question_en, q.question_zh, " ".join(q.columns)) for q in book]
        write_rows(columns, rows, form.value)


def show(
    name: str = typer.Argument(..., metavar="NAME", help="A person, body, place, post or event."),
    store: Path = STORE,
) -> None:
    """Show all that the pages say of one thing.

    Posts, events, statements and ties, each with its date and the words of the page.

    \b
      kg show 陈红民 --store build/store
      kg show 淮河路街道 --store build/store
    """
    screen().print(kg.show(store, name))
