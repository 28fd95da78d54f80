"""Sets of things that are one, grown pair by pair, with pairs that must never be one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Clusters(Generic[T]):
    """A partition. :meth:`forbid` keeps two members apart for good, :meth:`join` makes two sets one where it may.

    Members are known from the first time they are named.
    """

    def __init__(self, members: Iterable[T] = ()) -> None:
        self._of: dict[T, int] = {}
        self._sets: dict[int, list[T]] = {}
        self._foes: dict[int, dict[int, str]] = {}
        for member in members:
            self.root(member)

    def root(self, member: T) -> int:
        if member not in self._of:
            number = len(self._of)
            self._of[member] = number
            self._sets[number] = [member]
        return self._of[member]

    def __contains__(self, member: T) -> bool:
        return member in self._of

    def members(self, member: T) -> list[T]:
        return self._sets[self.root(member)]

    def together(self, a: T, b: T) -> bool:
        return self.root(a) == self.root(b)

    def forbid(self, a: T, b: T, why: str = "") -> bool:
        """Keeps the sets of two members apart; False where they are one already."""
        x, y = self.root(a), self.root(b)
        if x == y:
            return False
        self._foes.setdefault(x, {}).setdefault(y, why)
        self._foes.setdefault(y, {}).setdefault(x, why)
        return True

    def forbidden(self, a: T, b: T) -> str | None:
        """Why two members may not be one: the text given to :meth:`forbid`; None where they may."""
        return self._foes.get(self.root(a), {}).get(self.root(b))

    def join(self, a: T, b: T) -> bool:
        """Makes the sets of two members one; False where that is forbidden. True where they were one already."""
        x, y = self.root(a), self.root(b)
        if x == y:
            return True
        if y in self._foes.get(x, {}):
            return False
        if len(self._sets[x]) < len(self._sets[y]):
            x, y = y, x
        for member in self._sets[y]:
            self._of[member] = x
        self._sets[x] += self._sets.pop(y)
        for foe, why in self._foes.pop(y, {}).items():
            del self._foes[foe][y]
            self._foes[foe].setdefault(x, why)
            self._foes.setdefault(x, {}).setdefault(foe, why)
        return True

    def __iter__(self) -> Iterator[list[T]]:
        return iter(self._sets.values())
