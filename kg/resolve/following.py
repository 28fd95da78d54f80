"""What follows from bodies that are one: the places that they administer, and the posts in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.resolve.book import Book
from kg.resolve.findings import Finding, Rule, star


@dataclass(frozen=True, slots=True)
class Follower:
    """A place or post; ``keys`` are the bodies (of a post, with its role) on which it hangs."""

    id: str
    name: str
    keys: tuple[str, ...]


class _Following:
    kind = ""

    def __init__(self, book: Book) -> None:
        self.book = book

    def forbidden(self, things: Sequence[Any]) -> Iterable[tuple[str, str, str]]:
        return ()

    def facets(self, things: Sequence[Any], canonical: Any) -> tuple[str, str]:
        return "", ""

    def _follower(self, id_: str, key: Callable[[str, str], str]) -> Follower | None:
        query = "SELECT DISTINCT base, role, title FROM links WHERE kind = ? AND thing = ? AND title <> ''"
        links = self.book.db.execute(query, (self.kind, id_)).fetchall()
        name = max((title for _, _, title in links), key=lambda title: (len(title), title), default="")
        keys = tuple(sorted({key(body, role) for body, role, _ in links}))
        return Follower(id_, name, keys) if links else None


class Places(_Following):
    """Street offices that are one administer one place."""

    kind = "place"

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.rules = (Rule("a", lambda place: place.keys, _one_place),)

    def load(self, id_: str) -> Follower | None:
        return self._follower(id_, lambda body, role: self.book.canonical(body))


def _one_place(key: str, places: Sequence[Follower], changed: frozenset[str]) -> Iterator[Finding]:
    return star(places, "follows-from-body", 0.9, lambda a, b: f"同一机构所辖（{a.name}，{b.name}）")


class Posts(_Following):
    """Posts of one role in bodies that are one."""

    kind = "post"

    def __init__(self, book: Book) -> None:
        super().__init__(book)
        self.rules = (Rule("a", lambda post: post.keys, _one_post),)

    def load(self, id_: str) -> Follower | None:
        return self._follower(id_, lambda body, role: f"{self.book.canonical(body)}|{role}")


def _one_post(key: str, posts: Sequence[Follower], changed: frozenset[str]) -> Iterator[Finding]:
    fullest = sorted(posts, key=lambda post: (-len(post.name), post.id))
    same = [post for post in fullest if _ending(post.name) == _ending(fullest[0].name)]
    return star(same, "follows-from-body", 0.9, lambda a, b: f"同一机构的同一职务（{a.name}，{b.name}）")


def _ending(title: str) -> str:
    """The last characters of a title, by which 副局长 and 局长 of one role column are told apart."""
    return title[-2:]


class Other:
    """A kind that no rule compares: initiatives and documents, which people alone join."""

    rules: Sequence[Rule] = ()

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def load(self, id_: str) -> None:
        return None

    def forbidden(self, things: Sequence[Any]) -> Iterable[tuple[str, str, str]]:
        return ()

    def facets(self, things: Sequence[Any], canonical: Any) -> tuple[str, str]:
        return "", ""
