"""Mentions become entities: identity within a page (:func:`resolve`) and over all pages (:func:`decide`).

A page's record gives sketches (:func:`sketches`); all sketches together give joins, namesakes apart and candidates.
"""

from kg.resolve.book import Book
from kg.resolve.deciding import decide
from kg.resolve.entities import resolve
from kg.resolve.identity import candidates, identify, identity, joins
from kg.resolve.kinds import Apart, Candidate, Identity, Join, Sketch
from kg.resolve.packing import pack, unpack
from kg.resolve.sketches import sketches

__all__ = [
    "Apart",
    "Book",
    "Candidate",
    "Identity",
    "Join",
    "Sketch",
    "candidates",
    "decide",
    "identify",
    "identity",
    "joins",
    "pack",
    "resolve",
    "sketches",
    "unpack",
]
