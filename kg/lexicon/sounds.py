"""How names sound, in pinyin: for slugs, for searching, and for names that differ by a misheard character."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module


@lru_cache(maxsize=1)
def _lazy_pinyin() -> Callable[[str], list[str]]:
    # loaded when it is first asked for: its table of phrases takes a quarter of the time in which a command starts
    found: Callable[[str], list[str]] = import_module("pypinyin").lazy_pinyin
    return found


@lru_cache(maxsize=8192)
def syllables(name: str) -> tuple[str, ...]:
    """The pinyin of a name, one entry a syllable; runs of Latin letters and digits stay whole, the rest goes.

    >>> syllables("二七区5G办")
    ('er', 'qi', 'qu', '5g', 'ban')
    """
    parts: list[str] = []
    for piece in _lazy_pinyin()(name):
        parts += re.findall(r"[a-z0-9]+", piece.lower().replace("ü", "v"))
    return tuple(parts)
