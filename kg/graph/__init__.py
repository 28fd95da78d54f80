"""Facts become RDF, RDF becomes a store, a store answers. See docs/graph.md.

``kg.graph.check`` is imported by who needs it: it brings pySHACL along.
"""

from kg.graph import queries
from kg.graph.fingerprints import fingerprint
from kg.graph.manifest import PageEntry
from kg.graph.parts import Keep, Part, Written, pack, written
from kg.graph.result import Result, Term
from kg.graph.revision import Plan, revise
from kg.graph.settlement import Deciding, Settlement
from kg.graph.store import FORMATS, Store
from kg.graph.terms import BASE, KG, PREFIXES
from kg.graph.writer import nquads, quads

__all__ = [
    "BASE",
    "FORMATS",
    "KG",
    "PREFIXES",
    "Deciding",
    "Keep",
    "PageEntry",
    "Part",
    "Plan",
    "Result",
    "Settlement",
    "Store",
    "Term",
    "Written",
    "fingerprint",
    "nquads",
    "pack",
    "quads",
    "queries",
    "revise",
    "written",
]
