"""Mentions become entities: identity within a page (:func:`resolve`) and over all pages (:func:`identify`).

A page's record gives sketches (:func:`sketches`); all sketches together give joins, namesakes apart and candidates.
"""

from kg.resolve.entities import resolve
from kg.resolve.identity import identify
from kg.resolve.kinds import Apart, Candidate, Identity, Join, Sketch
from kg.resolve.packing import pack, unpack
from kg.resolve.sketches import sketches

__all__ = ["Apart", "Candidate", "Identity", "Join", "Sketch", "identify", "pack", "resolve", "sketches", "unpack"]
