"""Which rules may match in which sentence, told by words alone, before any pattern is tried.

A rule that finds a meeting needs a word for a meeting and a verb of holding. A sentence that lacks one of the two is no
place for it, and most sentences are no place for any rule of a kind. One pass of an automaton over a text tells it for
all rules: each rule is a bit, and a sentence holds the bits of the rules of which it has words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from ahocorasick_rs import AhoCorasick, Implementation

from kg.rules.engine import Rule
from kg.rules.tagged import PAIRS
from kg.rules.triggers import Stretch, likelihood

#: characters that stand for somebody or something, and are no part of other words
_ALONE = frozenset((*PAIRS, "他", "她"))
#: how often any other character comes up, roughly
_CHARACTER = 0.01


class Gate:
    """Opens rules for the sentences that hold words which they need: one of each of two sets of words."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        always = [0, 0]
        masks: dict[str, list[int]] = {}
        for number, rule in enumerate(self.rules):
            chosen = _telling(rule)
            for side in (0, 1):
                if side < len(chosen):
                    for word in chosen[side]:
                        masks.setdefault(word, [0, 0])[side] |= 1 << number
                else:
                    always[side] |= 1 << number
        self._always = (always[0], always[1])
        self._masks = [(first, second) for first, second in masks.values()]
        self._automaton = AhoCorasick(list(masks), implementation=Implementation.ContiguousNFA)
        self._bits = {id(rule): 1 << number for number, rule in enumerate(self.rules)}

    def bit(self, rule: Rule) -> int:
        """The bit of one of the rules."""
        return self._bits[id(rule)]

    def mask(self, rules: Iterable[Rule]) -> int:
        """The bits of some of the rules."""
        return reduce(or_, (self._bits[id(rule)] for rule in rules), 0)

    def opened(self, text: str, sentences: Sequence[Stretch]) -> list[int]:
        """For each of these sentences, which are in order and apart, the bits of the rules that may match in it."""
        masks = self._masks
        always, first, second = self._always, *self._always
        found = [always[0] & always[1]] * len(sentences)
        number, here, end_here = -1, 0, 0
        for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            while end > end_here:
                if number >= 0:
                    found[number] = first & second
                number += 1
                if number == len(sentences):
                    return found
                first, second = always
                here, end_here = sentences[number]
            if start >= here:
                one, other = masks[word]
                first |= one
                second |= other
        if number >= 0:
            found[number] = first & second
        return found

    def among(self, bits: int) -> list[Rule]:
        """The rules of these bits, in order."""
        found = []
        while bits:
            lowest = bits & -bits
            found.append(self.rules[lowest.bit_length() - 1])
            bits ^= lowest
        return found


def _telling(rule: Rule) -> list[frozenset[str]]:
    """At most two sets of words that a rule needs: the rarest, and the next that says something else."""
    sets = {*rule.musts, *([frozenset(rule.needs)] if rule.needs else [])}
    first, *others = sorted(sets, key=lambda words: (_often(words), sorted(words))) or [frozenset[str]()]
    alike = {word[i : i + 2] for word in first for i in range(max(1, len(word) - 1))}
    others = [s for s in others if all(len(word) > 1 or word in _ALONE for word in s)]
    second = (s for s in others if not any(part in word for word in s for part in alike))
    return [s for s in (first, next(second, None)) if s]


def _often(words: frozenset[str]) -> float:
    """How often one of these words comes up, roughly; a character by itself is a part of many other words."""
    return sum(likelihood([word]) if len(word) > 1 or word in _ALONE else _CHARACTER for word in words)
