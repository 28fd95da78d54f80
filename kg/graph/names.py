"""One name for each thing in a store, whatever the pages call it.

A page is read alone, so one may name a body 二七区政府 and another 二七区人民政府, and both mean one thing. In the
store it goes by one of these names everywhere, and the others are its other printed forms; else every table would
have it twice.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from kg.graph import terms

_LABEL, _PREFERRED, _OTHER, _PINYIN = (
    terms.term(name) for name in ("rdfs:label", "skos:prefLabel", "skos:altLabel", "kg:pinyin")
)
_QUOTES = re.compile(r"[\s“”‘’\"'（）()《》]")


def names_of(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The things of a graph and their names: the lines with skos:prefLabel, which only things have."""
    mark = f" {_PREFERRED} "
    return tuple((subject, name) for subject, found, name in (line.partition(mark) for line in lines) if found)


class Names:
    """Gathers the names of all pages first, then gives each thing the one it goes by: the most usual."""

    def __init__(self) -> None:
        # nearly all things have one name, so what is kept of them is one word and one number
        self._first: dict[str, tuple[str, int]] = {}
        self._others: dict[str, Counter[str]] = {}
        self._chosen: dict[str, str] = {}

    def add(self, names: Iterable[tuple[str, str]]) -> None:
        """Things with their names, once for each graph that holds them."""
        self._chosen = {}
        for thing, name in names:
            first, times = self._first.setdefault(thing, (name, 0))
            if first == name:
                self._first[thing] = (name, times + 1)
            else:
                self._others.setdefault(thing, Counter())[name] += 1

    def _choose(self) -> None:
        for thing, others in self._others.items():
            first, times = self._first[thing]
            self._chosen[thing] = min((*others.items(), (first, times)), key=_rank)[0]

    def settle(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The lines of a graph with the chosen names; sorted, as they came."""
        if not self._others:
            return lines
        if not self._chosen:
            self._choose()
        changed: list[str] = []
        for line in lines:
            subject, predicate, value = line.split(" ", 2)
            if subject in self._chosen:
                changed += self._line(subject, predicate, value, line)
            else:
                changed.append(line)
        return tuple(sorted(set(changed)))

    def _line(self, subject: str, predicate: str, value: str, line: str) -> list[str]:
        name = self._chosen[subject]
        if predicate == _LABEL:
            return [f"{subject} {_LABEL} {name}"]
        if predicate == _PREFERRED:
            other = [f"{subject} {_OTHER} {value}"] if value != name else []
            return [f"{subject} {_PREFERRED} {name}", *other]
        if predicate == _OTHER and value == name:
            return []
        if predicate == _PINYIN:
            spoken = terms.text(
                terms.pinyin(terms.plain(name), subject.rpartition("/")[0].endswith("/person")), "zh-Latn-pinyin"
            )
            return [f"{subject} {_PINYIN} {spoken}"]
        return [line]


def _rank(counted: tuple[str, int]) -> tuple[int, int, int, str]:
    """The most usual; of equals the one with the fewest marks, then the fullest (二七区人民政府 before 二七区政府)."""
    plain = terms.plain(counted[0])
    return -counted[1], len(_QUOTES.findall(plain)), -len(plain), plain
