"""The graph as RDF/XML through rdflib."""

from __future__ import annotations

import re
from typing import IO

import pyoxigraph as ox

from kg.graph import Store
from kg.graph.interchange import to_graph
from kg.views.redact import Redacted

#: what XML 1.0 cannot hold, not even escaped: a reader stops at it
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

#: stands for a carriage return while rdflib writes: a reader of XML would take a bare one for a line feed
_RETURN = "\ufdd0"


def write_rdfxml(store: Store | Redacted, output: IO[bytes]) -> None:
    """The default graph as RDF/XML. Named graphs have no place in it, nor the few characters that XML forbids."""
    quads = sorted(store.quads(""), key=str)
    text = to_graph(map(_for_xml, quads)).serialize(format="xml", encoding="utf-8")
    output.write(text.replace(_RETURN.encode(), b"&#13;"))


def _for_xml(quad: ox.Quad) -> ox.Quad:
    term = quad.object
    if not isinstance(term, ox.Literal):
        return quad
    value = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", term.value).replace("\r", _RETURN)
    if value == term.value:
        return quad
    made = ox.Literal(value, language=term.language) if term.language else ox.Literal(value, datatype=term.datatype)
    return ox.Quad(quad.subject, quad.predicate, made, quad.graph_name)
