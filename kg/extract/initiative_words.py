"""The lists that tell the name of an initiative, ready for use, and the word cutter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.lexicon import load


@dataclass(frozen=True, slots=True)
class Words:
    """heads and edges by word; generic modifiers; figures of speech; known programmes; cues by name."""

    heads: Mapping[str, Mapping[str, str]]
    edges: Mapping[str, str]
    generic: frozenset[str]
    quoted: frozenset[str]
    known: Mapping[str, Mapping[str, str]]
    head: re.Pattern[str]
    addition: re.Pattern[str]
    glued: re.Pattern[str]
    cues: Mapping[str, tuple[str, ...]]
    soon: re.Pattern[str]


@lru_cache(maxsize=4)
def words(extra: Path | None) -> Words:
    """The lists, with the user's own rows of ``extra/lexicon``. Raises LexiconError where one is not as it must be."""
    heads = load("initiative-heads", extra).by_key()
    plain = load("initiative-generic", extra)
    edges = {row["word"]: row["role"] for row in load("initiative-edges", extra)}
    more = "|".join(w for w, row in heads.items() if row["kind"] != "agreement" and row["bind"] != "aim")
    drives = "|".join(sorted(w for w, role in edges.items() if role == "drive" and len(w) == 2))
    cues = load("initiative-cues", extra)
    soon = "|".join(re.escape(row["word"]) for row in cues if row["cue"] == "no-name-soon")
    any_head = "|".join(re.escape(w) for w in sorted(heads, key=lambda w: (-len(w), w)))
    return Words(
        heads=heads,
        edges=edges,
        generic=frozenset(plain.words(use="modifier")),
        quoted=frozenset(plain.words(use="quoted")),
        known=load("initiatives", extra).by_key(),
        head=re.compile(any_head),
        addition=re.compile(f"(?:和|工作|项目|活动|{more})*"),
        glued=re.compile(f"为?(?:{drives})"),
        cues={cue: tuple(row["word"] for row in cues if row["cue"] == cue) for cue in {row["cue"] for row in cues}},
        soon=re.compile(soon),
    )


@lru_cache(maxsize=1)
def cutter() -> Callable[[str], list[str]]:
    """The word cutter: rjieba where it is installed (24 times as fast), else jieba; they cut alike."""
    try:
        import rjieba

        return lambda text: list(rjieba.cut(text))
    except ImportError:
        import jieba

        jieba.setLogLevel(60)
        return lambda text: list(jieba.cut(text))
