"""Sorted N-Triples lines as Turtle and TriG, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import IO

from kg.graph import terms

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_RELATIVE = re.compile(r"[a-z][a-z-]*/[A-Za-z0-9/#_-]+")
_XSD = f'"^^<{terms.PREFIXES["xsd"]}'


class Blocks:
    """The named graphs as TriG text, kept in a file until their order is known."""

    def __init__(self, path: Path, base: str) -> None:
        self.path, self.base = path, base
        self.places: dict[str, tuple[int, int]] = {}
        self.file = path.open("wb")

    def add(self, graph: str, lines: Iterable[str]) -> None:
        text = f"\n{short(graph, self.base)} {{\n{''.join(turtle(lines, self.base))}}}\n".encode()
        self.places[graph] = (self.file.tell(), len(text))
        self.file.write(text)

    def write(self, out: IO[bytes], default: Iterable[str]) -> int:
        """The whole TriG file: prefixes, the default graph, the named graphs by name. Returns the default's size."""
        self.file.close()
        count = 0

        def counted() -> Iterator[str]:
            nonlocal count
            for line in default:
                count += 1
                yield line

        with self.path.open("rb") as blocks:
            out.write(head(self.base).encode())
            out.write(b"\n{\n")
            for piece in turtle(counted(), self.base):
                out.write(piece.encode())
            out.write(b"}\n")
            for graph in sorted(self.places):
                start, size = self.places[graph]
                blocks.seek(start)
                out.write(blocks.read(size))
        self.path.unlink()
        return count


def head(base: str) -> str:
    """The prefixes and the base, as Turtle and TriG begin."""
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(terms.PREFIXES.items()))
    return f"@base <{base}> .\n{prefixes}"


def turtle(lines: Iterable[str], base: str) -> Iterator[str]:
    """Sorted N-Triples lines (without the dot) as Turtle, one subject at a time, without the head."""
    for subject, same in groupby((line.split(" ", 2) for line in lines), key=lambda t: t[0]):
        parts = [
            f"{short(predicate, base)} {' , '.join(short(t[2], base) for t in objects)}"
            for predicate, objects in groupby(same, key=lambda t: t[1])
        ]
        parts.sort(key=lambda part: not part.startswith("a "))  # what it is comes first
        yield f"{short(subject, base)} " + " ;\n    ".join(parts) + " .\n"


@lru_cache(maxsize=200_000)
def short(term: str, base: str) -> str:
    """A term as Turtle writes it: ``kg:Person``, ``<person/chen-hongmin-3f2a9107>``, ``5``."""
    if term[0] == '"':
        at = term.rfind(_XSD)
        if at < 0:
            return term
        kind = term[at + len(_XSD) : -1]
        if kind == "integer" or kind == "boolean":
            return term[1:at]
        return f"{term[: at + 1]}^^xsd:{kind}"
    iri = term[1:-1]
    if iri.startswith(base) and _RELATIVE.fullmatch(iri, len(base)):
        return f"<{iri[len(base) :]}>"
    if iri == terms.PREFIXES["rdf"] + "type":
        return "a"
    for name, start in terms.PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
            return f"{name}:{iri[len(start) :]}"
    return term
