"""What characters a match of a pattern can begin with, written in front of the pattern.

``(?:(?:加快|推进)了?|建设)“`` begins with 加, 推 or 建. A search tries a pattern at each character of a text, through
all that stands at its head; one class in front of it tells at once that it cannot begin here.
"""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

#: more characters than this are no opening: the class would let too many through
_MANY = 400
_DIGITS = "\\d"


def guarded(source: str, tree: Any = None) -> str:
    """The pattern behind a class of the characters that it can begin with; as it is where that does not help.

    ``tree`` is the pattern taken apart, where the caller has it.

    >>> guarded("(?:(?:加快|推进)了?|建设)“")
    '(?=[加建推])(?:(?:加快|推进)了?|建设)“'
    """
    tree = parser.parse(source) if tree is None else tree
    if tree.state.flags & re.IGNORECASE or _is_plain(tree):
        return source
    chars, empty = _opening(tree)
    if chars is None or empty or not chars or len(chars) > _MANY:
        return source
    return "(?=[" + "".join(c if c == _DIGITS else re.escape(c) for c in sorted(chars)) + "])" + source


def _is_plain(tree: Any) -> bool:
    """Whether the search knows by itself what the pattern begins with."""
    if not tree.data:
        return True
    code, value = tree.data[0]
    if code is op.SUBPATTERN:
        return _is_plain(value[3])
    if code is op.BRANCH:
        return all(branch.data and branch.data[0][0] is op.LITERAL for branch in value[1])
    return code in (op.LITERAL, op.IN)


def _opening(tree: Any) -> tuple[set[str] | None, bool]:
    """The characters that a sequence can begin with (None: any), and whether it can match nothing."""
    found: set[str] = set()
    for code, value in tree.data:
        chars, empty = _of_item(code, value)
        if chars is None:
            return None, False
        found |= chars
        if not empty:
            return found, False
    return found, True


def _of_item(code: Any, value: Any) -> tuple[set[str] | None, bool]:
    if code is op.LITERAL:
        return {chr(value)}, False
    if code is op.IN:
        return _members(value), False
    if code is op.SUBPATTERN:
        return (None, False) if value[1] or value[2] else _opening(value[3])
    if code is op.ATOMIC_GROUP:
        return _opening(value)
    if code is op.BRANCH:
        each = [_opening(branch) for branch in value[1]]
        if any(chars is None for chars, _ in each):
            return None, False
        return set().union(*(chars or () for chars, _ in each)), any(empty for _, empty in each)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        chars, empty = _opening(value[2])
        return chars, empty or value[0] == 0
    if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return set(), True
    return None, False


def _members(value: Any) -> set[str] | None:
    chars: set[str] = set()
    for code, what in value:
        if code is op.LITERAL:
            chars.add(chr(what))
        elif code is op.RANGE and what[1] - what[0] <= _MANY:
            chars.update(map(chr, range(what[0], what[1] + 1)))
        elif code is op.CATEGORY and what is op.CATEGORY_DIGIT:
            chars.add(_DIGITS)
        else:
            return None
    return chars
