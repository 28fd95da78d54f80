"""The lists that tell the name of an initiative, ready for use, and the word cutter."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kg.lexicon import load

#: what a head word is worth by itself, by the ``bind`` column of initiative-heads.tsv
BIND = {"strong": 0.6, "medium": 0.25, "weak": 0.1, "link": 0.0, "aim": 0.1, "work": 0.4}
#: the kind that other last words give
_TAIL_KINDS = {"活动": "campaign", "目标": "vision", "方向": "vision", "平台": "mechanism"}


@dataclass(frozen=True, slots=True)
class Words:
    """heads and edges by word; generic modifiers; figures of speech; known programmes; cues by name.

    ``ends`` are the characters that head words end in, ``built`` the last words of what is built, ``driving`` the
    words of carrying out, ``verbs`` those of two characters that are nothing else. ``field`` matches a field of work,
    told by its last word; the group ``of`` is what stands before it (耕地|保护).
    """

    heads: Mapping[str, Mapping[str, str]]
    edges: Mapping[str, str]
    generic: frozenset[str]
    quoted: frozenset[str]
    known: Mapping[str, Mapping[str, str]]
    head: re.Pattern[str]
    addition: re.Pattern[str]
    ends: frozenset[str]
    driving: frozenset[str]
    verbs: frozenset[str]
    cues: Mapping[str, tuple[str, ...]]
    built: tuple[str, ...]
    soon: re.Pattern[str]
    field: re.Pattern[str]


@lru_cache(maxsize=4)
def words(extra: Path | None) -> Words:
    """The lists, with the user's own rows of ``extra/lexicon``. Raises LexiconError where one is not as it must be."""
    heads = load("initiative-heads", extra).by_key()
    plain = load("initiative-generic", extra)
    edges = {row["word"]: row["role"] for row in load("initiative-edges", extra)}
    more = "|".join(w for w, row in heads.items() if row["kind"] != "agreement" and row["bind"] != "aim")
    cues = load("initiative-cues", extra)
    soon = "|".join(re.escape(row["word"]) for row in cues if row["cue"] == "no-name-soon")
    any_head = "|".join(re.escape(w) for w in sorted(heads, key=lambda w: (-len(w), w)))
    by_cue = {cue: tuple(row["word"] for row in cues if row["cue"] == cue) for cue in {row["cue"] for row in cues}}
    fields = "|".join(map(re.escape, by_cue["field"]))
    return Words(
        heads=heads,
        edges=edges,
        generic=frozenset(plain.words(use="modifier")),
        quoted=frozenset(plain.words(use="quoted")),
        known=load("initiatives", extra).by_key(),
        head=re.compile(any_head),
        addition=re.compile(f"(?:和|工作|项目|活动|{more})*"),
        ends=frozenset(w[-1] for w in heads),
        driving=frozenset(w for w, role in edges.items() if role in ("drive", "either")),
        verbs=frozenset(w for w, role in edges.items() if role == "drive" and len(w) == 2),
        cues=by_cue,
        built=(*by_cue["built"], "工程"),
        soon=re.compile(soon),
        field=re.compile(f"(?P<of>[^，。；：“”（）]{{2,14}}?)(?:产业|事业)?(?:{fields})+"),
    )


class Chain(NamedTuple):
    """Head words in a row (专项整治|行动): the one that binds most and where it stands, the last and where."""

    bind: str
    main: int
    least: int
    last: int
    word: str
    kind: str
    field: bool


@lru_cache(maxsize=1024)
def chain(text: str, extra: Path | None) -> Chain | None:
    """What the head words in the head of a name say; None where there are none."""
    lists = words(extra)
    row = [(m.start(), lists.heads[m[0]]) for m in lists.head.finditer(text)]
    if not row:
        return None
    bind = max((head["bind"] for _, head in row), key=BIND.__getitem__)
    main, most = next((at, head) for at, head in row if head["bind"] == bind)
    at, last = row[-1]
    field = row[0][1]["bind"] == "work" and main > 0  # 抗旱保供|攻坚战: a field of work says enough
    return Chain(bind, main, int(most["least"]), at, last["word"], last["kind"], field)


def last_head(lists: Words, text: str) -> str:
    """The head word that a text ends in; empty if there is none."""
    if text[-1:] not in lists.ends:
        return ""
    last = None
    for last in lists.head.finditer(text):  # noqa: B007
        pass
    return last[0] if last and last.end() == len(text) else ""


def kind_of_tail(lists: Words, text: str) -> str:
    """The kind of initiative that the last word of a text tells; empty if it tells none."""
    head = last_head(lists, text)
    return lists.heads[head]["kind"] if head else _TAIL_KINDS.get(text[-2:], "")


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
