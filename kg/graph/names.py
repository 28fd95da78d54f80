"""One name for each thing in a store, whatever the pages call it.

A page is read alone, so one may name a body 二七区政府 and another 二七区人民政府, and both mean one thing. In the
store it goes by one of these names everywhere, and the others are its other printed forms; else every table would
have it twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kg.graph import terms

_LABEL, _PREFERRED, _OTHER, _PINYIN = (
    terms.term(name) for name in ("rdfs:label", "skos:prefLabel", "skos:altLabel", "kg:pinyin")
)
_QUOTES = re.compile(r"[\s“”‘’\"'（）()《》]")


def names_of(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The things of a graph and their names: the lines with skos:prefLabel, which only things have."""
    mark = f" {_PREFERRED} "
    return tuple((subject, name) for subject, found, name in (line.partition(mark) for line in lines) if found)


def usual(named: Iterable[tuple[str, int]]) -> str:
    """The name that a thing goes by, of its names (as literals) and how often each stands: the most usual."""
    return min(named, key=_rank)[0]


def named(lines: tuple[str, ...], chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of a graph with the ``chosen`` name of each thing; sorted, as they came.

    For a thing whose name in this graph is the chosen one nothing changes.
    """
    if not chosen:
        return lines
    changed: list[str] = []
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if subject in chosen:
            changed += _line(subject, predicate, value, line, chosen[subject])
        else:
            changed.append(line)
    return tuple(sorted(set(changed)))


def _line(subject: str, predicate: str, value: str, line: str, name: str) -> list[str]:
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
