"""The types of identity: what each article says of a thing, and what follows from all of them.

``PageRecord → Sketch… ─ identify ─▶ Identity (joins, namesakes apart, candidates)``

Things are called by their ids here, the paths of their IRIs (``person/chen-hongmin-48ff1d7c``): that is what a person
sees, and what a judgement names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: makes the id of a thing of its kind, key and name
Namer = Callable[[str, str, str], str]


@dataclass(frozen=True, slots=True)
class Held:
    """A post as one article attests it: the ids of post and body, their names, the bare role."""

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
    """What one article says of one person, body or event, as far as identity is decided on it.

    ``page``, ``digest`` and ``article`` say where. ``form`` is the plain name, ``area`` the areas it belongs to
    (河南省郑州市二七区). ``day`` is the ISO day that the article (an event: the event) tells of, "" where unknown.
    ``also`` are short forms printed beside the name (``北京邮电大学（以下简称“北邮”）``), ``posts`` a person's posts,
    ``leaders``, ``agents`` and ``places`` ids of an event's things, ``beside`` the communities, firms and schools that
    a person without office is named with (area and plain name).
    """

    kind: str
    id: str
    key: str
    name: str
    page: str
    digest: str
    article: str
    form: str = ""
    area: str = ""
    subkind: str = ""
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

    @property
    def source(self) -> tuple[str, str, str]:
        return self.page, self.digest, self.article

    @property
    def where(self) -> str:
        return f"{self.page}/{self.article}"


@dataclass(frozen=True, slots=True)
class Join:
    """``id`` (called ``name`` where it stands) goes by ``canonical`` in the graph, for the ``reason`` given.

    ``rule`` is the rule that joined them, or the place of the judgement; ``by`` who judged, "" for a rule. ``subkind``
    and ``area`` are what holds for all of them; ``where`` and ``canonical_where`` are articles that name the
    one and the other.
    """

    kind: str
    id: str
    canonical: str
    name: str
    canonical_name: str
    reason: str
    rule: str
    score: float = 1.0
    by: str = ""
    subkind: str = ""
    area: str = ""
    where: tuple[str, ...] = ()
    canonical_where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Namesakes of one key: in ``article`` of ``page`` the thing is ``id``, and not ``was``."""

    kind: str
    was: str
    id: str
    name: str
    page: str
    digest: str
    article: str
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two things that may be one: why they may (``pro``), why they may not (``con``), and how likely (0 to 1).

    ``a`` and ``b`` are their ids in the graph, ``where_a`` and ``where_b`` the articles (``page/article``) that name
    them. ``unsure`` says that somebody looked and could not tell.
    """

    kind: str
    a: str
    b: str
    name_a: str
    name_b: str
    pro: tuple[str, ...]
    con: tuple[str, ...]
    score: float
    where_a: tuple[str, ...] = ()
    where_b: tuple[str, ...] = ()
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Which things are one, which namesakes are two, which pairs a person should look at, what did not fit."""

    joins: tuple[Join, ...] = ()
    apart: tuple[Apart, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[str, ...] = ()
