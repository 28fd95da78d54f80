"""All that the pages say of one thing, with the words that say it: what ``kg show NAME`` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.views import phrases, terms, words
from kg.views.contents import Contents, Fact, Source, StoreLike, Thing, contents_about, opened
from kg.views.naming import find

#: the parts of a dossier, and the facts that stand in each
_SECTIONS = (
    ("职务", "posts", ("Tenure",)),
    ("活动", "events", ("Participation", "EventPlace", "EventTopic")),
    ("报道", "reports", ("Report",)),
    ("讲话", "statements", ("Statement",)),
    ("目标", "targets", ("Target",)),
    ("文件", "documents", ("DocumentUse",)),
    ("关系", "ties", ("Tie",)),
)
#: a plain tie seen from its other end
_FROM_BELOW = {"partOf": "下有", "administers": "管辖者", "author": "采写", "contributor": "通讯"}
_LEAD_FIRST = ("lead", "host", "organise")


@dataclass(frozen=True, slots=True)
class Item:
    """One fact: its day (EDTF, "" where unknown), a line that says it, and where it stands."""

    date: str
    text: str
    source: Source
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The facts of one sort: ``title`` in Chinese, ``name`` in English."""

    title: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the name that was asked for. ``belongs`` are lines without a fact: 隶属于 二七区人民政府.

    ``terms`` says from which to which day a person is attested in each post, and of a post who held it.
    """

    thing: Thing
    sections: tuple[Section, ...]
    belongs: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def section(self, name: str) -> tuple[Item, ...]:
        """The items of a section by its English name, none where there is no such section."""
        return next((s.items for s in self.sections if s.name == name), ())


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was asked for and the things of that name, each apart: namesakes are never put together here."""

    name: str
    entries: tuple[Entry, ...]


def dossier(store: StoreLike, name: str) -> Dossier:
    """The dossier of everything called ``name`` (a full name, an alias, pinyin, or the end of a longer title).

    >>> dossier("build/store", "chen hongmin").entries[0].section("posts")[0].text  # doctest: +SKIP
    '陈红民 任 二七区委书记'

    Raises KgError for a name that nothing has, with names near it; StoreError for a folder that is no store.
    """
    source = opened(store)
    things = find(source, name)
    known = contents_about(source, [thing.iri for thing in things])
    posts = {x.subject: x.object for x in known.links if x.predicate == "postIn"}
    if any(thing.kind == "body" for thing in things) and posts:
        # who holds a post in the body belongs to the body's dossier
        known = contents_about(source, [*(thing.iri for thing in things), *posts])
    return Dossier(name, tuple(_entry(known.things.get(thing.iri, thing), known, posts) for thing in things))


def _entry(thing: Thing, known: Contents, posts: dict[str, str]) -> Entry:
    mine = {thing.iri} | {post for post, body in posts.items() if body == thing.iri and thing.kind == "body"}
    facts = [fact for fact in known.facts if mine & {end for name, end in fact.ends.items() if name != "postHeld"}]
    sections = []
    for title, name, types in _SECTIONS:
        chosen = [fact for fact in facts if fact.type in types]
        if name == "reports" and thing.kind != "event":
            continue
        if chosen:
            sections.append(Section(title, name, tuple(_items(chosen, known))))
    held: tuple[str, ...] = ()
    if thing.kind == "person":
        held = terms.of_person(thing.iri, known)
    elif thing.kind == "post":
        held = terms.of_post(thing.iri, known)
    elif thing.kind == "body":
        named = (
            (known.things[post].name, line)
            for post in sorted(mine - {thing.iri})
            for line in terms.of_post(post, known)
        )
        held = tuple(f"{title}：{line}" for title, line in named)
    return Entry(thing, tuple(sections), tuple(_belongs(thing, known)), held)


def _items(facts: Iterable[Fact], known: Contents) -> Iterable[Item]:
    """The items in the order of their days, unknown days last; on one day who led stands first."""

    def order(fact: Fact) -> tuple[str, str, bool, str, str]:
        led = fact.value("role") not in _LEAD_FIRST
        return (known.date(fact) or "~", fact.ends.get("event", ""), led, fact.value("role"), fact.iri)

    for fact in sorted(facts, key=order):
        yield Item(known.date(fact), phrases.text(phrases.line(fact, known)), fact.source, fact.points)


def _belongs(thing: Thing, known: Contents) -> Iterable[str]:
    """Lines for the plain ties: what the thing is part of, what belongs to it, what it administers, what it wrote."""
    found: dict[str, list[str]] = {}
    for link in known.links:
        if link.subject == thing.iri and link.predicate in ("partOf", "postIn", "administers"):
            found.setdefault(phrases.link_label(link), []).append(known.things[link.object].name)
        elif link.object == thing.iri and link.predicate in _FROM_BELOW:
            found.setdefault(_FROM_BELOW[link.predicate], []).append(known.things[link.subject].name)
    return [f"{label} {'、'.join(dict.fromkeys(names))}" for label, names in sorted(found.items())]


def about(thing: Thing) -> list[tuple[str, str]]:
    """What is known of a thing besides its facts, as pairs: ``[("又作", "区委宣传部"), ("辖区", "二七区")]``."""
    made = [("又作", "、".join(thing.printed))] if thing.printed else []
    if thing.date:
        basis = words.code("yearBases", thing.year_basis)
        made.append(("日期", f"{thing.date}（年份：{basis}）" if thing.year_basis else thing.date))
    for name, value in thing.details:
        scheme = {"system": "systems", "status": "statuses"}.get(name, "")
        made.append((words.term(name), words.code(scheme, value) if scheme else value))
    return made
