"""Sketches: what each article of a page says of each thing, as far as identity is decided on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.model import (
    Article,
    Entity,
    Event,
    EventPlace,
    Mention,
    Page,
    PageRecord,
    Participation,
    Record,
    Ref,
    Tenure,
    When,
)
from kg.resolve.kinds import Held, Namer, Sketch

_STOPS = "。！？；\n"
#: kinds of bodies and places that tell two citizens of one name apart, or that they are one
_TELLING = {"community", "company", "education", "compound", "research", "project"}
_SHORT = re.compile(r"[（(](?:以下)?(?:统一)?简称[为:：]?\s*[“‘\"「]?([^“”‘’\"「」（）()，。；]{2,12})[”’\"」]?[）)]")
_BRACKET = re.compile(r"[（(]([一-龥A-Za-z0-9]{2,20})[）)]")


def sketches(record: PageRecord, namer: Namer) -> tuple[Sketch, ...]:
    """The sketches of a page: one for each person, body and event of each article, by article and id. Pure.

    ``namer`` makes the id of a thing from its kind, key and name.
    """
    return tuple(s for item in record.records for s in _Article(record.page, item, namer).sketches())


class _Article:
    def __init__(self, page: Page, item: Record, namer: Namer) -> None:
        self.page = page
        self.item = item
        self.namer = namer
        self.article = item.reading.article
        self.mentions: dict[Ref, list[Mention]] = {}
        for m in item.reading.mentions:
            if m.kind in ("person", "body", "place"):
                self.mentions.setdefault(Ref(m.kind, m.name), []).append(m)
        self.events = {f.key: f for f in item.reading.facts if isinstance(f, Event)}

    def sketches(self) -> Iterator[Sketch]:
        made: dict[str, Sketch] = {}
        for ref, entity in self.item.entities.items():
            if entity.kind in ("person", "body", "event"):
                sketch = self._sketch(ref, entity)
                made[sketch.id] = _both(made[sketch.id], sketch) if sketch.id in made else sketch
        yield from (made[key] for key in sorted(made))

    def _sketch(self, ref: Ref, entity: Entity) -> Sketch:
        said = self.mentions.get(ref, [])
        sketch = Sketch(
            entity.kind,
            self.id(entity),
            entity.key,
            entity.name,
            self.page.name,
            self.page.digest,
            self.article.key,
            entity.key.rsplit("|", 1)[-1],
            entity.jurisdiction,
            entity.subkind,
            self.id(entity.parent) if entity.parent else "",
            self.id(entity.administers) if entity.administers else "",
            _day(self.item.reading.when),
        )
        if entity.kind == "body":
            return replace(sketch, also=_also(self.article, said))
        if entity.kind == "event":
            return self._event(sketch, self.events[ref.name]) if ref.name in self.events else sketch
        posts = tuple(self._posts(ref.name))
        beside = () if posts or entity.subkind == "official" else tuple(self._beside(said))
        return replace(sketch, form=entity.name, posts=posts, beside=beside)

    def id(self, entity: Entity) -> str:
        return self.namer(entity.kind, entity.key, entity.name)

    def _posts(self, person: str) -> Iterator[Held]:
        for fact in self.item.reading.facts:
            if isinstance(fact, Tenure) and fact.person == person and fact.title in self.item.posts:
                post = self.item.posts[fact.title]
                body = post.parent
                yield Held(
                    self.id(post),
                    post.name,
                    self.id(body) if body else "",
                    body.name if body else "",
                    body.subkind if body else "",
                    fact.role,
                    fact.system,
                    fact.modifiers,
                )

    def _beside(self, said: Sequence[Mention]) -> Iterator[str]:
        """The communities, firms and schools named in one sentence with a person."""
        text, found = self.article.text, set()
        for m in said:
            first = max(text.rfind(stop, 0, m.start) for stop in _STOPS) + 1
            last = min((at for stop in _STOPS if (at := text.find(stop, m.end)) >= 0), default=len(text))
            for ref, others in self.mentions.items():
                telling = any(o.subkind in _TELLING and first <= o.start < last for o in others)
                if telling and ref.kind != "person" and ref in self.item.entities:
                    # a community is a body and a place: the name in its area is what counts
                    found.add(self.item.entities[ref].key.partition("|")[2])
        yield from sorted(found)[:8]

    def _event(self, sketch: Sketch, event: Event) -> Sketch:
        facts = self.item.reading.facts
        taking_part = [f for f in facts if isinstance(f, Participation) and f.event == event.key]
        places = [Ref("place", f.place) for f in facts if isinstance(f, EventPlace) and f.event == event.key]

        def ids(refs: Iterable[Ref]) -> tuple[str, ...]:
            known = (self.item.entities[ref] for ref in refs if ref in self.item.entities)
            return tuple(sorted({self.id(entity) for entity in known}))

        return replace(
            sketch,
            day=_day(event.when),
            day_part=event.when.day_part,
            leaders=ids(f.agent for f in taking_part if f.role == "lead"),
            agents=ids(f.agent for f in taking_part),
            places=ids(places),
        )


def _both(a: Sketch, b: Sketch) -> Sketch:
    """One thing under two names in one article: an office in its long and its short form."""
    first, second = (a, b) if (len(a.name), a.name) >= (len(b.name), b.name) else (b, a)
    return replace(
        first,
        also=tuple(sorted({*a.also, *b.also})),
        subkind=first.subkind or second.subkind,
        parent=first.parent or second.parent,
        administers=first.administers or second.administers,
    )


def _day(when: When) -> str:
    return when.edtf if len(when.edtf) == 10 and "X" not in when.edtf else ""


def _also(article: Article, said: Iterable[Mention]) -> tuple[str, ...]:
    """Short forms printed beside a name: 北京邮电大学（以下简称“北邮”）, 北邮（北京邮电大学）."""
    found: set[str] = set()
    for m in said:
        found |= {match[1]} if (match := _SHORT.match(article.text, m.end)) else set()
        bracket = _BRACKET.match(article.text, m.end)
        if bracket and shortened(*sorted((bracket[1], m.text), key=len)):
            found.add(bracket[1])
    return tuple(sorted(found))


def shortened(short: str, full: str) -> bool:
    """Whether one name is made of characters of the other, in their order and with its first: 北邮, 北京邮电大学."""
    if len(short) >= len(full) or not short or short[0] != full[0]:
        return False
    rest = iter(full)
    return all(char in rest for char in short)
