"""The graph as JSON-LD, in the words of the context that the package ships."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import IO, Any, Protocol

import pyoxigraph as ox

from kg.graph.terms import PREFIXES

CONTEXT = Path(__file__).with_name("context.jsonld")

_TYPE = PREFIXES["rdf"] + "type"
_XSD = PREFIXES["xsd"]
_LOCAL = re.compile(r"[A-Za-z][\w-]*")
_RELATIVE = re.compile(r"[a-z][a-z-]*/[A-Za-z0-9/#_-]+")
_WHOLE = re.compile(r"0|-?[1-9][0-9]*")


class Source(Protocol):
    """What has a graph to write: a store, or what may be shown of one."""

    @property
    def base(self) -> str: ...
    @property
    def graphs(self) -> Iterable[str]: ...
    def quads(self, graph: str, /) -> Iterable[Any]: ...


@lru_cache(maxsize=1)
def context() -> dict[str, Any]:
    """The terms of the shipped context: ``{"person": {"@id": "kg:person", "@type": "@id"}, …}``."""
    terms: dict[str, Any] = json.loads(CONTEXT.read_text("utf-8"))["@context"]
    return terms


def write_jsonld(source: Source, output: IO[bytes]) -> None:
    """The default graph and the named graphs as one JSON-LD document, which carries the context within itself.

    ``{"id": "person/cui-shiying-48ff1d7c", "type": ["Person", "foaf:Person"], "heldPost": ["post/…"]}``. Nodes, keys
    and values are sorted: the same graph gives the same bytes.
    """
    writer = _JsonLd(source.base)
    head = json.dumps({"@context": {"@base": source.base, **context()}}, ensure_ascii=False, indent=1)
    output.write(head[:-2].encode() + b',\n "@graph": [')
    first = True
    for line in _graphs(source, writer):
        output.write((b"\n  " if first else b",\n  ") + line.encode())
        first = False
    output.write(b"\n ]\n}\n")


def _graphs(source: Source, writer: _JsonLd) -> Iterator[str]:
    for node in writer.nodes(source.quads("")):
        yield json.dumps(node, ensure_ascii=False)
    for name in source.graphs:
        nodes = list(writer.nodes(source.quads(name)))
        yield json.dumps({"id": writer.iri(name), "@graph": nodes}, ensure_ascii=False)


class _JsonLd:
    """Nodes in the words of the context."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.names = {
            _expanded(said if isinstance(said, str) else said["@id"]): (
                name,
                "" if isinstance(said, str) else said.get("@type", ""),
            )
            for name, said in context().items()
            if name not in PREFIXES and name not in ("id", "type")
        }

    def nodes(self, quads: Iterable[Any]) -> Iterator[dict[str, Any]]:
        ordered = sorted(((q.subject.value, q.predicate.value, str(q.object), q.object) for q in quads), key=_key)
        for subject, same in groupby(ordered, key=lambda row: row[0]):
            node: dict[str, Any] = {"id": self.iri(subject)}
            for predicate, rows in groupby(same, key=lambda row: row[1]):
                name, kind = self.names.get(predicate, (self.compact(predicate), ""))
                if predicate == _TYPE:
                    node["type"] = [self.names.get(row[3].value, (self.compact(row[3].value), ""))[0] for row in rows]
                    continue
                values = [self.value(row[3], kind) for row in rows]
                node[name] = values[0] if len(values) == 1 else values
            yield node

    def value(self, term: Any, kind: str) -> Any:
        """A value as short as the context allows: ``"post/…"``, ``"2019-06-26"``, ``{"@value": …}``."""
        if not isinstance(term, ox.Literal):
            return self.iri(term.value) if kind == "@id" else {"id": self.iri(term.value)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        datatype = term.datatype.value.removeprefix(_XSD)
        if not kind:
            if datatype == "string":
                return term.value
            if datatype == "integer" and _WHOLE.fullmatch(term.value):
                return int(term.value)
            if datatype == "boolean" and term.value in ("true", "false"):
                return term.value == "true"
        if kind == self.compact(term.datatype.value):
            return term.value
        return {"@value": term.value, "@type": self.compact(term.datatype.value)}

    def iri(self, iri: str) -> str:
        """Relative to the base where nothing else could be meant, else in full."""
        local = iri.removeprefix(self.base)
        return local if self.base.endswith("/") and local != iri and _RELATIVE.fullmatch(local) else iri

    def compact(self, iri: str) -> str:
        for prefix, start in PREFIXES.items():
            if iri.startswith(start) and _LOCAL.fullmatch(iri, len(start)):
                return f"{prefix}:{iri[len(start) :]}"
        return iri


def _key(row: tuple[str, str, str, Any]) -> tuple[str, str, str]:
    return row[:3]


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else name
