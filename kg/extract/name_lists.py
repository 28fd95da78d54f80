"""Lists of names that no title introduces: up to 等区领导, and the name among others whose surname is on no list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.extract.names import Name, Namer
from kg.extract.vocabulary import LEVELS

_ITEM = re.compile(r"[一-龥]{2,3}(?=、)")
#: the last item, and that those of the list were there
_LAST = re.compile(r"[一-龥]{2,3}(?=等?(?:一同|共同|分别|先后)?(?:参加|出席|陪同|列席|随同|作[了一-龥]{0,4}发言))")


def rare(namer: Namer, at: int, ordinary: Callable[[str], bool]) -> Name | None:
    """A name with a surname on no list, alone between two marks of a list of names: 李强、|扇忠平|、王丽; or the last
    of them before what they did: 李强、|扇忠平|参加.

    ``ordinary`` tells whether jieba reads a frequent word in it.
    """
    m = _ITEM.match(namer.text, at, namer.end)
    last = _LAST.match(namer.text, at, namer.end) if m is None else None
    m = m or last
    if m is None or namer.text[at] in LEVELS or ordinary(m[0]):
        return None
    ranks = namer.vocabulary.name_ranks
    if m[0] in namer.vocabulary.head_rows or any(ranks.get(c, 5) > 3 for c in m[0][1:]):
        return None
    if last is not None:
        return Name(at, m.end(), 0.7)
    after = namer.name_at(m.end() + 1, listed=True)
    return Name(at, m.end(), 0.7) if after is not None and after.score >= 0.8 else None


def before(namer: Namer, end: int, stops: Callable[[int], bool], ordinary: Callable[[str], bool]) -> list[Name]:
    """张建国、李秀兰|等区领导参加: the names from the head of a clause to ``end``, none if anything else stands there.

    ``stops`` tells whether a title or a body begins at a place.
    """
    text = namer.text
    start = max(text.rfind(c, namer.start, end) for c in "，。；：！？\n") + 1
    name = namer.name_at(max(start, namer.start), listed=True)
    found: list[Name] = []
    while name is not None and name.end <= end:
        found.append(name)
        if name.end == end:
            return found if len(found) > 1 or name.score >= 0.75 and end - start > 2 else []
        at = name.end + 1
        more = text[name.end] in "、和" and not stops(at)
        name = namer.name_at(at, listed=True) or rare(namer, at, ordinary) if more else None
    return []


def items(text: str) -> Iterator[tuple[int, str]]:
    """The items of a list and where each begins: 李丽、王强 gives (0, 李丽) and (3, 王强)."""
    at = 0
    for item in text.split("、"):
        yield at, item
        at += len(item) + 1
