"""Sketches as text and as bytes: small enough for a store to keep those of every page."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from operator import attrgetter
from typing import Any

from kg.resolve.kinds import Held, Sketch

_POSTS = [field.name for field in fields(Sketch)].index("posts")
_SKETCH, _HELD = (attrgetter(*(field.name for field in fields(kind))) for kind in (Sketch, Held))


def pack(sketches: Iterable[Sketch]) -> bytes:
    """The sketches of a page as bytes, for :func:`unpack`."""
    return zlib.compress("\n".join(map(dump, sketches)).encode(), 1)


def unpack(said: bytes) -> Iterator[Sketch]:
    """The sketches that :func:`pack` packed; none from no bytes."""
    text = zlib.decompress(said).decode() if said else ""
    return map(load, text.split("\n") if text else ())


def dump(sketch: Sketch) -> str:
    """One sketch as a line of JSON: its values without those that are empty at the end, which are the defaults."""
    row: tuple[Any, ...] = _SKETCH(sketch)
    row = (*row[:_POSTS], [_HELD(post) for post in sketch.posts], *row[_POSTS + 1 :])
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return json.dumps(row[:end], ensure_ascii=False, separators=(",", ":"))


def load(line: str) -> Sketch:
    """The sketch that :func:`dump` wrote."""
    values: list[Any] = [tuple(x) if isinstance(x, list) else x for x in json.loads(line)]
    if len(values) > _POSTS:
        values[_POSTS] = tuple(_held(post) for post in values[_POSTS])
    return Sketch(*values)


def _held(row: list[Any]) -> Held:
    values: list[Any] = [*row[:-1], tuple(row[-1])]
    return Held(*values)
