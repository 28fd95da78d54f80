"""What a book says: which things are one, which namesakes are two, which pairs somebody should look at. Read only.

:func:`identify` does all of it at once for some sketches, in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from kg.resolve.book import Book
from kg.resolve.deciding import decide
from kg.resolve.judgements import Judgement
from kg.resolve.kinds import Candidate, Identity, Join, Namer, Sketch


def identify(
    sketches: Iterable[Sketch],
    namer: Namer,
    judgements: Sequence[Judgement] = (),
    known: Callable[[str], bool] | None = None,
) -> Identity:
    """Joins, namesakes apart, candidates and warnings for the sketches of all pages. Pure.

    ``known`` tells whether a thing that has no sketch (a place, a post, an initiative, a document) is in the graph;
    without it every id is taken to be. The order of the sketches does not matter.
    """
    with Book() as book:
        ordered = sorted(sketches, key=lambda s: s.page)
        for page, said in groupby(ordered, key=lambda s: s.page):
            book.enter(page, said)
        decide(book, namer, judgements, known or (lambda id_: True))
        return identity(book)


def identity(book: Book) -> Identity:
    """All that a book says."""
    return Identity(tuple(joins(book)), tuple(book.namesakes()), candidates(book), tuple(book.note("warnings") or ()))


def joins(book: Book) -> Iterator[Join]:
    """The joins with up to three articles for either side."""
    for join in book.joins():
        yield replace(join, where=_where(book, join.id), canonical_where=_where(book, join.canonical))


def _where(book: Book, *ids: str) -> tuple[str, ...]:
    return tuple(sorted({s.where for id_ in ids for s in book.told(id_)})[:3])


def candidates(book: Book) -> tuple[Candidate, ...]:
    """The pairs in doubt, likeliest first; those of which somebody said that they are unsure last."""
    judged: dict[frozenset[str], tuple[str, str]] = {}
    finals = book.note("finals") or []
    for verb, a, b, said, raw_a, raw_b in finals:
        judged[frozenset((a, b))] = judged[frozenset((raw_a, raw_b))] = (verb, said)
    found: list[Candidate] = []
    for c in (*_of_persons(book), *_of_things(book)):
        verb, said = judged.get(frozenset((c.a, c.b)), ("", ""))
        if c.a != c.b and verb not in ("different", "same"):
            found.append(replace(c, unsure=True, con=(*c.con, said)) if verb == "unsure" else c)
    listed = {frozenset((c.a, c.b)) for c in found}
    for verb, a, b, said, _, _ in finals:
        if verb == "unsure" and a != b and frozenset((a, b)) not in listed:
            name_a, name_b = _name(book, a), _name(book, b)
            found.append(Candidate(a.partition("/")[0], a, b, name_a, name_b, (), (said,), 0.2, unsure=True))
    return tuple(sorted(found, key=lambda c: (c.unsure, -c.score, c.kind, c.a, c.b, c.name_a, c.name_b)))


def _of_persons(book: Book) -> Iterator[Candidate]:
    for (said,) in book.db.execute("SELECT said FROM doubts"):
        values: list[Any] = [tuple(x) if isinstance(x, list) else x for x in json.loads(said)]
        yield Candidate(*values)


def _of_things(book: Book) -> Iterator[Candidate]:
    rows = book.db.execute("SELECT a, b, pro, con, score FROM findings WHERE NOT joined ORDER BY a, b, key")
    for (a, b), same in groupby(rows, key=lambda row: (row[0], row[1])):
        to_a, to_b = book.canonical(a), book.canonical(b)
        if to_a == to_b or a.startswith("event/") and _one_article(book, to_a, to_b):
            continue
        said = list(same)
        pro, con = (_once(json.loads(row[at]) for row in said) for at in (2, 3))
        score = max(row[4] for row in said)
        where = _where(book, a), _where(book, b)
        yield Candidate(a.partition("/")[0], to_a, to_b, _name(book, a), _name(book, b), pro, con, score, *where)


def _once(lists: Iterable[list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(x for some in lists for x in some))


def _one_article(book: Book, a: str, b: str) -> bool:
    """Whether some article tells of both events, under whatever ids."""
    here, there = ({s.source for id_ in _all(book, x) for s in book.told(id_)} for x in (a, b))
    return not here.isdisjoint(there)


def _all(book: Book, canonical: str) -> list[str]:
    rows: list[Any] = book.db.execute("SELECT id FROM joins WHERE canonical = ?", (canonical,)).fetchall()
    return [canonical, *(row[0] for row in rows)]


def _name(book: Book, id_: str) -> str:
    """The name that a thing is read by: of several the fullest; its id where no article names it."""
    names = [s.name for s in book.told(id_)]
    return max(names, key=lambda name: (len(name), name), default=id_)
