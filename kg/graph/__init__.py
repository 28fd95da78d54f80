"""Facts become RDF, RDF becomes a store, a store answers. See docs/graph.md.

``kg.graph.check`` is imported by who needs it: it brings pySHACL along.
"""

from kg.graph import queries
from kg.graph.files import Written, written
from kg.graph.result import Result, Term
from kg.graph.store import FORMATS, PageEntry, Store
from kg.graph.terms import BASE, KG, PREFIXES
from kg.graph.writer import nquads, quads

__all__ = [
    "BASE",
    "FORMATS",
    "KG",
    "PREFIXES",
    "PageEntry",
    "Result",
    "Store",
    "Term",
    "Written",
    "nquads",
    "quads",
    "queries",
    "written",
]
