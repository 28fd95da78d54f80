"""Runs every pattern on long runs of its own alphabet; a program of its own, so that a test can stop it.

``python rule_runs.py KIND…`` prints the name of each rule before it runs it: the last name printed is the one that
did not come to an end.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import chain, cycle, islice

from kg.rules import Rule, load_rules

LENGTH = 20_000


def alphabet(rule: Rule) -> list[str]:
    """The characters that a pattern names, mentions (private use) first, each once, as they stand in it."""
    plain = re.sub(r"\(\?P?[<=!:][a-z-]*>?|\\.|[\[\]()|?*+{}^$.,\d]", "", rule.pattern.pattern)
    found = dict.fromkeys(c for c in plain if ord(c) > 127)
    mentions = [c for c in found if "\ue000" <= c <= "\uf8ff"]
    return [*mentions, *(c for c in found if c not in mentions)]


def runs(rule: Rule) -> Iterator[str]:
    """Texts without any end of clause: one character, two in turn, the whole alphabet, digits and words."""
    letters = alphabet(rule) or ["一"]
    yield letters[0] * LENGTH
    yield "".join(islice(cycle([letters[0], letters[-1]]), LENGTH))
    yield "".join(islice(cycle(letters[:40]), LENGTH))
    yield "".join(islice(cycle(chain(letters[:3], "1一、")), LENGTH))
    for word in rule.needs[:2]:
        yield (word * LENGTH)[:LENGTH]
    for example in rule.examples[:1]:
        yield (re.sub(r"[。；！？，\n]", "", str(example["text"])) * LENGTH)[:LENGTH]


if __name__ == "__main__":
    for kind in sys.argv[1:]:
        for one in load_rules(kind):
            print(one.name, flush=True)
            for text in runs(one):
                for _ in one.pattern.finditer(text):
                    pass
