"""Traditional script read as simplified, character for character."""

from __future__ import annotations

from functools import lru_cache

import opencc

from kg import lexicon

#: so many traditional forms, and more than simplified ones, make a text traditional
_ENOUGH = 3
#: the commonest traditional forms: without any of them a text is not traditional
_TELLING = "國會區長書記這為來個們時說發經後與開業務報訊"
#: enough of a text to tell its script by
_SAMPLE = 2_000


@lru_cache(maxsize=1)
def _pairs() -> tuple[frozenset[str], frozenset[str]]:
    rows = [row for row in lexicon.load("frequent") if row["traditional"]]
    return frozenset(row["char"] for row in rows), frozenset(row["traditional"] for row in rows)


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def is_traditional(text: str) -> bool:
    """Whether a text is in traditional script: ``本報訊 6月26日，區委書記``."""
    if not any(char in text for char in _TELLING):
        return False
    simple, old = _pairs()
    chars = set(text[:_SAMPLE])
    theirs = len(chars & old)
    return theirs >= _ENOUGH and theirs > len(chars & simple)


def simplified(text: str) -> str:
    """``text`` itself, or, if it is traditional, its simplified form with the same number of characters."""
    if not is_traditional(text):
        return text
    converter = _converter()
    out = str(converter.convert(text))
    if len(out) == len(text):
        return out
    return "".join(c if len(s := str(converter.convert(c))) != 1 else s for c in text)
