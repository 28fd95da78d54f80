"""The types of identity: what each article says of a thing, and what follows from all of them.

``PageRecord → Sketch… ─ identify ─▶ Identity (joins, namesakes apart, candidates)``
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import EntityKind

@dataclass(frozen=True, slots=True)
class Held:
    """A post as one article attests it: its key, its title, its body's key and name, the bare role."""

    post: str
    title: str
    body: str
    body_name: str
    body_kind: str
    role: str
    system: str = ""
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sketch:
    """What one article says of one thing, as far as identity is decided on it; small, and free of the page.

    ``page``, ``digest`` and ``article`` say where. ``day`` is the ISO day that the article (an event: the event)
    tells of, "" where the day is not known. ``also`` are short forms that the article prints beside the name
    (``北京邮电大学（以下简称“北邮”）``). ``posts`` are a person's; ``leaders``, ``agents`` and ``places`` (keys of
    things) an event's; ``beside`` the communities, firms and schools that a person without office is named with.
    ``quote`` is the sentence around the first mention.
    """

    kind: EntityKind
    key: str
    name: str
    page: str
    digest: str
    article: str
    subkind: str = ""
    printed: tuple[str, ...] = ()
    jurisdiction: str = ""
    parent: str = ""
    administers: str = ""
    day: str = ""
    day_part: str = ""
    also: tuple[str, ...] = ()
    posts: tuple[Held, ...] = ()
    leaders: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    quote: str = ""

    @property
    def source(self) -> tuple[str, str, str]:
        return self.page, self.digest, self.article


@dataclass(frozen=True, slots=True)
class Join:
    """Things of several keys that are one: ``keys`` (not ``canonical`` itself) go by ``canonical``.

    ``reasons`` says for each key, in the same order, why; ``rules`` by which rule (or judgement); ``names`` what each
    was called. ``score`` is that of the weakest of them.
    """

    kind: EntityKind
    canonical: str
    name: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    reasons: tuple[str, ...]
    rules: tuple[str, ...]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Apart:
    """Namesakes of one key in different articles: in ``article`` of ``page`` the thing is ``key``, not ``was``."""

    kind: EntityKind
    was: str
    key: str
    name: str
    page: str
    digest: str
    article: str
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may be one: why they may (``pro``), why they may not (``con``), and how likely (0 to 1).

    ``a`` and ``b`` are their keys in the graph; ``quote_a`` and ``quote_b`` what a page says of each, ``where_a`` and
    ``where_b`` on which (``page/article``).
    """

    kind: EntityKind
    a: str
    b: str
    name_a: str
    name_b: str
    pro: tuple[str, ...]
    con: tuple[str, ...]
    score: float
    quote_a: str = ""
    quote_b: str = ""
    where_a: str = ""
    where_b: str = ""
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Which things are one, which namesakes are two, and which pairs a person should look at."""

    joins: tuple[Join, ...] = ()
    apart: tuple[Apart, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()
