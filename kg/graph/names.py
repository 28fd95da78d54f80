"""One name for each thing in a store, whatever the pages call it.

A page is read alone, so one may name a body 二七区政府 and another 二七区人民政府, and both mean one thing. In the
store it goes by one of these names everywhere, and the others are its other printed forms; else every table would
have it twice.
"""

from __future__ import annotations

import re
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
    """Gathers the names of all pages first, then gives each thing the one it goes by."""

    def __init__(self) -> None:
        self._chosen: dict[str, str] = {}
        self._several: set[str] = set()

    def add(self, names: Iterable[tuple[str, str]]) -> None:
        for thing, name in names:
            known = self._chosen.setdefault(thing, name)
            if known != name:
                self._several.add(thing)
                self._chosen[thing] = min(known, name, key=_rank)

    def settle(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The lines of a graph with the chosen names; sorted, as they came."""
        if not self._several:
            return lines
        changed: list[str] = []
        for line in lines:
            subject, predicate, value = line.split(" ", 2)
            if subject in self._several:
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


def _rank(name: str) -> tuple[int, int, str]:
    """Fewest marks first, then the fullest: 二七区人民政府 before 二七区政府, 智慧城市建设 before “智慧城市”建设."""
    plain = terms.plain(name)
    return len(_QUOTES.findall(plain)), -len(plain), plain
