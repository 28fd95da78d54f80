"""What comparing things finds, and the rules that compare them: only things that share a key are ever compared.

A rule says under which keys a thing stands and what follows from the things under one key. So a thing that comes,
changes or goes can change only what was found under its keys: those that it has and those that it had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Finding:
    """Two things that are one (``joined``) or may be one, for the reason ``pro`` and against it ``con``."""

    a: str
    b: str
    rule: str
    pro: tuple[str, ...]
    score: float
    joined: bool = False
    con: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How some things are compared. ``mark``, one letter, begins its keys and gives the order of the rules.

    ``keys`` gives the keys of a thing. ``compare`` is told a key, all things under it by id, and which of them are new
    or changed. Where ``pairs`` is set it looks at pairs alone, so that only those with a changed thing are compared
    again; else at all under the key. ``aside`` tells of a thing that under a key is compared only with those that are
    not aside.
    """

    mark: str
    keys: Callable[[Any], Iterable[str]]
    compare: Callable[[str, Sequence[Any], frozenset[str]], Iterator[Finding]]
    pairs: bool = False
    aside: Callable[[Any, str], bool] | None = None


class Kind(Protocol):
    """A kind of things that rules compare: how they are loaded, and what else matters when they become one."""

    @property
    def kind(self) -> str: ...
    @property
    def rules(self) -> Sequence[Rule]: ...

    def load(self, id_: str) -> Any:
        """The thing of this id as the pages tell it now; None where none tells of it."""

    def forbidden(self, things: Sequence[Any]) -> Iterable[tuple[str, str, str]]:
        """The pairs that must stay apart, and why."""

    def facets(self, things: Sequence[Any], canonical: Any) -> tuple[str, str]:
        """Kind and area of things that are one; empty where every thing keeps its own."""


def star(things: Sequence[Any], rule: str, score: float, reason: Callable[[Any, Any], str]) -> Iterator[Finding]:
    """The first of some things with each of the others."""
    for other in things[1:]:
        yield Finding(things[0].id, other.id, rule, (reason(things[0], other),), score, joined=True)


def new_pairs(things: Sequence[Any], changed: frozenset[str]) -> Iterator[tuple[Any, Any]]:
    """The pairs of which one is new or changed."""
    for i, a in enumerate(things):
        for b in things[i + 1 :]:
            if a.id in changed or b.id in changed:
                yield a, b
