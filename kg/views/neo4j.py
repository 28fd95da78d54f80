"""The graph as files that ``neo4j-admin database import`` takes: nodes by kind, and one file of relationships.

Things and facts are nodes, as in the graph: a tenure lies between a person and a post and has the words of the page.
The shortcuts stand beside them, so that a pattern needs no fact where none is asked for.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.views.contents import FACT_TYPES, KINDS, Contents, Fact, StoreLike, Thing, contents, opened
from kg.views.redact import PRIVATE

#: properties of an event or a person that are derived from facts, and of an article
SHORTCUTS = ("heldPost", "leader", "participant", "organiser", "venue", "site", "topic", "reports")

#: between the values of a list, and therefore not in one
_BETWEEN = ";"
_NUMBERS = {"score": "double", "count": "double", "quantity": "double", "direct": "boolean", "openList": "boolean"}

Row = dict[str, str]


def write_neo4j(store: StoreLike, folder: Path) -> list[Path]:
    """Writes ``nodes-person.csv`` …, ``nodes-tenure.csv`` … and ``relationships.csv`` into a folder, and names them.

    The folder is made if it is not there; OSError passes through.
    """
    asked = opened(store)
    known = contents(asked)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, header, rows in _nodes(known):
        written.append(_write(folder / f"nodes-{name}.csv", header, rows))
    query = f"SELECT DISTINCT ?s ?p ?o WHERE {{ VALUES ?p {{ {' '.join(f'kg:{s}' for s in SHORTCUTS)} }} ?s ?p ?o }}"
    short = [(s, p.rpartition("#")[2], o) for s, p, o in asked.query(query).rows]
    rows = [{":START_ID": s, ":END_ID": o, ":TYPE": relation(p)} for s, p, o in sorted({*_ties(known), *short})]
    written.append(_write(folder / "relationships.csv", [":START_ID", ":END_ID", ":TYPE"], rows))
    return written


def relation(name: str) -> str:
    """A property as the type of a relationship: ``heldPost`` is HELD_POST."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


def _nodes(known: Contents) -> Iterator[tuple[str, list[str], list[Row]]]:
    """The name, the header and the rows of each file of nodes; kinds of which there are none have no file."""
    for kind in KINDS:
        things = [t for t in known.things.values() if t.kind == kind]
        if things:
            yield kind, *_table([_thing(t, known) for t in things], kind.capitalize())
    for type_ in FACT_TYPES:
        facts = [f for f in known.facts if f.type == type_]
        if facts:
            yield type_.lower(), *_table([_fact(f) for f in facts], f"Fact{_BETWEEN}{type_}")


def _table(rows: list[Row], label: str) -> tuple[list[str], list[Row]]:
    named = list(dict.fromkeys(["iri:ID", *sorted({name for row in rows for name in row} - {"iri:ID"}), ":LABEL"]))
    return named, [row | {":LABEL": label} for row in rows]


def _thing(thing: Thing, known: Contents) -> Row:
    row = {"iri:ID": thing.iri, "name": thing.name, "kind": thing.subkind, "date": thing.date, "pinyin": thing.pinyin}
    row["printed:string[]"] = _list(thing.printed)
    if thing.kind == "person":
        row["private:boolean"] = str(thing.subkind == PRIVATE).lower()
    if thing.kind == "article":
        source = known.articles[thing.iri]
        row |= {"page": source.page, "date": source.date}
    details: dict[str, list[str]] = {}
    for name, value in thing.details:
        details.setdefault(name, []).append(value)
    return row | {_column(name): _list(values) for name, values in details.items()}


def _fact(fact: Fact) -> Row:
    row = {"iri:ID": fact.iri, "page": fact.source.page, "quote": fact.source.quote, "rule": fact.source.rule}
    row |= {_column(name): _list(values) for name, values in fact.values.items()}
    if fact.points:
        row["points:string[]"] = _list(fact.points)
    return row


def _column(name: str) -> str:
    kind = _NUMBERS.get(name, "")
    return f"{name}:{kind}" if kind else name


def _list(values: Iterable[str]) -> str:
    return _BETWEEN.join(value.replace(_BETWEEN, "；") for value in values)


def _ties(known: Contents) -> Iterator[tuple[str, str, str]]:
    """Subject, property, object: the ends of the facts, and the plain ties between things."""
    for fact in known.facts:
        for name, end in fact.ends.items():
            if end in known.things or name == "partOf":
                yield fact.iri, name, end
        if fact.source.article:
            yield fact.iri, "article", fact.source.article
    for link in known.links:
        yield link.subject, link.predicate, link.object


def _write(path: Path, header: list[str], rows: Iterable[Mapping[str, str]]) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        # a line end within a value would need an option of the importer
        writer.writerow({name: " ".join(value.split("\n")) for name, value in row.items()})
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return path
