"""Where in a text a rule can match at all: derived from its pattern, so that most rules look at a few words only.

``[^，。]{2,12}节(?=开幕|举行)`` cannot match without 开幕 or 举行, nor begin more than thirteen characters before it.
One pass of an automaton finds such words for all rules of a kind; a rule is then tried around them and nowhere else,
with the same matches as over the whole text. A pattern that gives no such words is tried everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

Stretch = tuple[int, int]

#: a rule that reaches further than this is held to the marks it does not reach over
_WIDE = 80
#: a class of more characters than this is no trigger
_FEW = 40
#: no more words than these are put together
_MANY = 64
#: beyond this many characters a width counts as endless
_FAR = 100_000
#: how often a character stands in a newspaper text, roughly, where it is not a common one (a share of all)
_RARE = 0.003
_COMMON = {"，": 0.06, "、": 0.03, "。": 0.02, "的": 0.02, "区": 0.02, "一": 0.015} | dict.fromkeys("0123456789", 0.006)
#: words that together are likelier than this at a place are not worth looking for
_TOO_LIKELY = 0.1


#: marks that most patterns do not reach over
_BARS = "\n。；，：！？、“”"


@dataclass(frozen=True, slots=True)
class Trigger:
    """One of ``words`` stands in every match, at most ``before`` characters after its begin; what the match reads
    ends at most ``after`` characters from where the word begins. One that reaches far reads none of ``bars``, but for
    what it looks at without taking it, which is at most ``margin`` characters.
    """

    words: frozenset[str]
    before: int
    after: int
    bars: str = ""
    margin: int = 0

    @property
    def cost(self) -> float:
        """How often the words come up in a text, roughly."""
        return likelihood(self.words)


def likelihood(words: Iterable[str]) -> float:
    """How often one of these words comes up in a text, roughly: a share of all places."""
    return sum(map(_share, words))


@lru_cache(maxsize=4096)
def _share(word: str) -> float:
    share = min(_COMMON.get(c, _RARE) for c in word)
    return float(share * 0.15 ** (len(word) - 1))


def taken_apart(source: str) -> Any:
    """A pattern as the parser of regular expressions takes it apart, once for all that is asked of it below.

    Raises re.error for a pattern that is no regular expression.
    """
    return parser.parse(source)


def trigger(tree: Any) -> Trigger | None:
    """The trigger of a pattern taken apart; None where it has none, or one that stands everywhere.

    >>> trigger(taken_apart("[^，。]{2,12}节(?=开幕)"))
    Trigger(words=frozenset({'开幕'}), before=13, after=4, bars='', margin=0)
    """
    if _is_read_otherwise(tree) or not tree.getwidth()[0]:
        return None
    found = _best(tree)
    if found is None or found.cost > _TOO_LIKELY:
        return None
    margin = _FAR if _has_edge(tree) else _lookahead(tree)
    after = min(_FAR, found.after + margin)
    if found.before + after <= _WIDE:
        return Trigger(found.words, found.before, after)
    taken = _taken(tree)
    return Trigger(found.words, found.before, after, "".join(c for c in _BARS if c not in taken), margin)


def _is_read_otherwise(tree: Any) -> bool:
    """Whether a flag in the pattern makes its letters mean something else."""
    return bool(tree.state.flags & (re.IGNORECASE | re.MULTILINE | re.VERBOSE | re.ASCII))


def _width(tree: Any) -> int:
    return min(_FAR, int(tree.getwidth()[1]))


def _best(tree: Any) -> Trigger | None:
    """The rarest trigger of a sequence; its ``after`` is where the sequence may end, counted from the word."""
    if tree.data and all(code is op.LITERAL for code, _ in tree.data):  # a word of a list: the lists are long
        word = "".join(chr(value) for _, value in tree.data)
        return Trigger(frozenset((word,)), 0, len(word))
    whole = [_item_width(tree, i) for i in range(len(tree.data))]
    found: list[Trigger] = []
    run, start = "", 0
    for i, (code, value) in enumerate([*tree.data, (None, None)]):
        if code is op.LITERAL:
            start = start if run else i
            run += chr(value)
            continue
        if run:
            found.append(Trigger(frozenset((run,)), sum(whole[:start]), sum(whole[start:])))
            run = ""
        inner = _of_item(code, value)
        if inner is not None:
            rest = max(inner.after, whole[i]) + sum(whole[i + 1 :])
            found.append(Trigger(inner.words, sum(whole[:i]) + inner.before, rest))
    best = min(found, key=lambda t: (t.cost, t.before + t.after), default=None)
    return best and Trigger(best.words, min(_FAR, best.before), min(_FAR, best.after))


def musts(tree: Any) -> frozenset[frozenset[str]]:
    """Sets of words of each of which one stands in every match, or in what the match looks ahead to.

    >>> sorted(map(sorted, musts(taken_apart("[^，。]{2,12}(?:节|会)(?=开幕|举行)"))))
    [['举行', '开幕'], ['会', '节']]
    """
    return frozenset() if _is_read_otherwise(tree) else frozenset(_musts(tree))


def _musts(tree: Any) -> Iterator[frozenset[str]]:
    run = ""
    for code, value in [*tree.data, (None, None)]:
        if code is op.LITERAL:
            run += chr(value)
            continue
        if run:
            yield frozenset((run,))
            run = ""
        if code in (op.IN, op.BRANCH):
            inner = _of_item(code, value)
            if inner is not None:
                yield inner.words
        elif (
            (code is op.SUBPATTERN and not (value[1] or value[2]))
            or code is op.ATOMIC_GROUP
            or (code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[0] > 0)
            or (code is op.ASSERT and value[0] > 0)
        ):
            for part in _inner(code, value):
                yield from _musts(part)


def _item_width(tree: Any, i: int) -> int:
    return 1 if tree.data[i][0] in (op.LITERAL, op.IN) else _width(tree[i : i + 1])


def _of_item(code: Any, value: Any) -> Trigger | None:
    """The trigger of one item of a sequence, counted from where the item begins."""
    if code is op.IN:
        chars = _members(value)
        return Trigger(chars, 0, 1) if chars else None
    if code is op.SUBPATTERN:
        return None if value[1] or value[2] else _best(value[3])
    if code is op.ATOMIC_GROUP:
        return _best(value)
    if code is op.BRANCH:
        words = _words(code, value)
        if words is not None and "" not in words:
            return Trigger(words, 0, max(map(len, words)))
        each = [_best(branch) for branch in value[1]]
        known = [t for t in each if t is not None]
        if len(known) < len(each):
            return None
        every = frozenset().union(*(t.words for t in known))
        return Trigger(every, max(t.before for t in known), max(t.after for t in known))
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[0] > 0:
        return _best(value[2])
    if code is op.ASSERT and value[0] > 0:
        return _best(value[1])
    return None


def _words(code: Any, value: Any) -> frozenset[str] | None:
    """All that an item can match, if it is nothing but words: a list of the lexicon, written as 建(?:成|设|)."""
    if code is op.LITERAL:
        return frozenset((chr(value),))
    if code is op.IN:
        return _members(value) or None
    if code is op.BRANCH:
        branches = [_row(branch) for branch in value[1]]
        return None if None in branches else frozenset().union(*(b for b in branches if b is not None))
    if code is op.MAX_REPEAT and value[0] in (0, 1) and value[1] == 1:
        inner = _row(value[2])
        return inner if inner is None or value[0] else inner | {""}
    return None


def _row(tree: Any) -> frozenset[str] | None:
    """All that a sequence can match, if it is nothing but words and they are not too many."""
    found = frozenset(("",))
    for code, value in tree.data:
        more = _words(code, value)
        if more is None or len(found) * len(more) > max(_MANY, len(found), len(more)):
            return None
        found = frozenset(a + b for a in found for b in more)
    return found


def _members(value: Any) -> frozenset[str]:
    """The characters of a class, if they are few and named."""
    chars: set[str] = set()
    for code, what in value:
        if code is op.LITERAL:
            chars.add(chr(what))
        elif code is op.RANGE and what[1] - what[0] < _FEW:
            chars.update(map(chr, range(what[0], what[1] + 1)))
        else:
            return frozenset()
    return frozenset(chars) if len(chars) <= _FEW else frozenset()


def _inner(code: Any, value: Any) -> Sequence[Any]:
    """The sequences inside an item."""
    if code is op.SUBPATTERN:
        return (value[3],)
    if code is op.ATOMIC_GROUP:
        return (value,)
    if code is op.BRANCH:
        return tuple(value[1])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return (value[2],)
    if code in (op.ASSERT, op.ASSERT_NOT):
        return (value[1],)
    if code is op.GROUPREF_EXISTS:
        return tuple(v for v in value[1:] if v is not None)
    return ()


def _has_edge(tree: Any) -> bool:
    """Whether a pattern asks where the text ends (``$``, ``\\b``): then it must see the end."""
    return any(
        (code is op.AT and value not in (op.AT_BEGINNING, op.AT_BEGINNING_STRING))
        or any(_has_edge(inner) for inner in _inner(code, value))
        for code, value in tree.data
    )


def _taken(tree: Any) -> set[str]:
    """The marks that a match (or what it must look ahead to) may hold; in doubt all."""
    found: set[str] = set()
    for code, value in tree.data:
        if code is op.LITERAL:
            found.add(chr(value))
        elif code is op.NOT_LITERAL:
            found.update(c for c in _BARS if ord(c) != value)
        elif code is op.IN:
            found.update(c for c in _BARS if c not in found and _in_class(value, ord(c)))
        elif code is op.AT or code is op.ASSERT_NOT or (code is op.ASSERT and value[0] < 0):
            continue
        elif inner := _inner(code, value):
            found.update(*map(_taken, inner))
        else:
            found.update(_BARS)
    return found


def _in_class(members: Any, char: int) -> bool:
    negated = False
    for code, value in members:
        if code is op.NEGATE:
            negated = True
        elif code is op.LITERAL:
            if value == char:
                return not negated
        elif code is op.RANGE:
            if value[0] <= char <= value[1]:
                return not negated
        elif code is op.CATEGORY and value in _CATEGORIES:
            if _CATEGORIES[value].match(chr(char)):
                return not negated
        else:
            return True
    return negated


_CATEGORIES = {
    op.CATEGORY_SPACE: re.compile(r"\s"),
    op.CATEGORY_NOT_SPACE: re.compile(r"\S"),
    op.CATEGORY_DIGIT: re.compile(r"\d"),
    op.CATEGORY_NOT_DIGIT: re.compile(r"\D"),
    op.CATEGORY_WORD: re.compile(r"\w"),
    op.CATEGORY_NOT_WORD: re.compile(r"\W"),
}


def _lookahead(tree: Any) -> int:
    """How far beyond a match its pattern may look, at most."""
    far = 0
    for code, value in tree.data:
        inside = max((_lookahead(inner) for inner in _inner(code, value)), default=0)
        ahead = _width(value[1]) if code in (op.ASSERT, op.ASSERT_NOT) and value[0] > 0 else 0
        far = max(far, ahead + inside)
    return far


class Triggers:
    """The triggers of a row of patterns, looked for in one pass."""

    def __init__(self, triggers: Iterable[Trigger | None]) -> None:
        #: the triggers of the same words, which are looked for together: nine rules wait for a “
        groups: dict[frozenset[str], list[tuple[int, Trigger]]] = {}
        self._everywhere: list[int] = []
        for i, known in enumerate(triggers):
            if known is None:
                self._everywhere.append(i)
            else:
                groups.setdefault(known.words, []).append((i, known))
        self._groups = list(groups.values())
        users: dict[str, list[int]] = {}
        for group, words in enumerate(groups):
            for word in words:
                users.setdefault(word, []).append(group)
        self._users = list(users.values())
        self._automaton = AhoCorasick(list(users), implementation=Implementation.ContiguousNFA) if users else None

    def reach(self, text: str) -> list[tuple[int, list[Stretch]]]:
        """The patterns that may match in ``text``, in order, each with the stretches that hold all its matches.

        The stretches of a pattern are in order and do not touch; a pattern that may match anywhere has one.
        """
        found = [(i, [(0, len(text))]) for i in self._everywhere]
        if self._automaton is not None:
            users = self._users
            places: dict[int, list[int]] = {}
            for word, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
                for group in users[word]:
                    if group in places:
                        places[group].append(start)
                    else:
                        places[group] = [start]
            for group, at in places.items():
                at.sort()
                for i, known in self._groups[group]:
                    found.append((i, _between(at, known, text) if known.bars else _around(at, known)))
        found.sort()
        return found


class Sought:
    """One pattern of the code, found where its trigger stands: ``finditer`` as that of the pattern itself."""

    def __init__(self, pattern: str) -> None:
        self.pattern = re.compile(pattern)
        self._triggers: Triggers | None = None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        if self._triggers is None:
            self._triggers = Triggers((trigger(taken_apart(self.pattern.pattern)),))
        for _, stretches in self._triggers.reach(text):
            for start, end in stretches:
                yield from self.pattern.finditer(text, start, end)


def _around(places: list[int], known: Trigger) -> list[Stretch]:
    """The stretches around the places of words, merged where they overlap."""
    before, after = known.before, known.after
    found: list[Stretch] = []
    first, last = max(0, places[0] - before), places[0] + after
    for place in places:
        if place - before > last:
            found.append((first, last))
            first = place - before
        last = place + after
    found.append((first, last))
    return found


def _between(places: list[int], known: Trigger, text: str) -> list[Stretch]:
    """The same for a rule that reaches far, held to the marks on both sides of a word."""
    bar = _bar(known.bars)
    found: list[Stretch] = []
    first = last = shut = -1
    for place in places:
        if place < shut:
            continue  # between the same two marks as the last
        start, end = max(0, place - known.before), place + known.after
        for mark in known.bars:
            start = max(start, text.rfind(mark, start, place) + 1)
        closing = bar.search(text, place, end)
        shut = -1
        if closing is not None:
            shut = closing.start()
            end = min(end, shut + known.margin)
        if last < 0:
            first = start
        elif start > last:
            found.append((first, last))
            first = start
        last = max(last, end)
    found.append((first, last))
    return found


@lru_cache(maxsize=256)
def _bar(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{marks}]")
