"""The graph as Popolo JSON: persons, organizations, posts, memberships, events and areas, as civic software has them.

What Popolo has no place for is left out; docs/interchange.md lists it. Nothing is made up to fill a field: a page tells
that somebody held a post on a day, so a membership has neither ``start_date`` nor ``end_date``; the days are in its
sources.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from kg.views.contents import Contents, Fact, Source, StoreLike, Thing, contents, opened
from kg.views.redact import PRIVATE

#: a date that Popolo takes: a year, a month or a day that is known
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")

#: participation roles of who only arranged it
_ORGANISING = ("host", "organise")

Item = dict[str, Any]


def popolo(store: StoreLike) -> str:
    """A store as one Popolo document: ``{"persons": […], "organizations": […], …}``, sorted, as JSON text."""
    return json.dumps(document(contents(opened(store))), ensure_ascii=False, indent=1) + "\n"


def document(known: Contents) -> dict[str, list[Item]]:
    """The lists of a Popolo document.

    ``区委书记陈红民带队到淮河路街道`` gives a person, a post in an organization, a membership, and an event with an
    attendee.
    """
    maker = _Maker(known)
    of = defaultdict(list)
    for thing in known.things.values():
        of[thing.kind].append(thing)
    return {
        "persons": [maker.person(t) for t in of["person"]],
        "organizations": [maker.organization(t) for t in of["body"]],
        "posts": [maker.post(t) for t in of["post"]],
        "memberships": maker.memberships(),
        "events": [maker.event(t) for t in of["event"]],
        "areas": [maker.area(t) for t in of["place"]],
    }


class _Maker:
    def __init__(self, known: Contents) -> None:
        self.known = known
        self.above = {(x.subject, x.predicate): x.object for x in reversed(known.links)}
        self.told: dict[str, set[str]] = defaultdict(set)
        for link in known.links:
            if link.predicate in ("mentions", "author", "contributor"):
                self.told[link.object].add(link.subject)
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in known.facts:
            if "event" in fact.ends:
                self.facts[fact.ends["event"]].append(fact)

    def person(self, thing: Thing) -> Item:
        made = self._thing(thing)
        return _filled(
            made
            | {
                "sort_name": thing.pinyin,
                "kind": thing.subkind,
                "private": thing.subkind == PRIVATE,
                "sources": self._sources(self.told[thing.iri]),
            }
        )

    def organization(self, thing: Thing) -> Item:
        above = self.above.get((thing.iri, "partOf"), "")
        kind = self.known.things[above].kind if above else ""
        return _filled(
            self._thing(thing)
            | {
                "classification": thing.subkind,
                "parent_id": above if kind == "body" else "",
                "area_id": above if kind == "place" else self.above.get((thing.iri, "administers"), ""),
                "identifiers": self._codes(thing),
                "sources": self._sources(self.told[thing.iri]),
            }
        )

    def post(self, thing: Thing) -> Item:
        details = dict(thing.details)
        return _filled(
            {
                "id": thing.iri,
                "label": thing.name,
                "role": details.get("postRole") or thing.name,
                "organization_id": self.above.get((thing.iri, "postIn"), ""),
            }
        )

    def memberships(self) -> list[Item]:
        """One for each person and post, whatever number of articles tells of it; a former post (原) is another one."""
        held: dict[tuple[str, str, tuple[str, ...]], list[Fact]] = defaultdict(list)
        for fact in self.known.facts:
            if fact.type == "Tenure":
                modifiers = fact.values.get("modifier", ())
                held[fact.ends["person"], fact.ends["post"], modifiers].append(fact)
        made = []
        for (person, post, modifiers), facts in sorted(held.items()):
            made.append(
                _filled(
                    {
                        "id": facts[0].iri,
                        "person_id": person,
                        "post_id": post,
                        "organization_id": self.above.get((post, "postIn"), ""),
                        "role": facts[0].value("title"),
                        "label": "、".join(modifiers),
                        "attested": sorted({date for f in facts if (date := self.known.date(f))}),
                        "sources": [_source(f.source) for f in facts],
                    }
                )
            )
        return made

    def event(self, thing: Thing) -> Item:
        facts = self.facts[thing.iri]
        part = [f for f in facts if f.type == "Participation"]
        arranging = [f.ends["agent"] for f in part if f.value("role") in _ORGANISING]
        attending = {f.ends["agent"] for f in part if f.value("role") not in _ORGANISING}
        bodies = [iri for iri in arranging if self.known.things[iri].kind == "body"]
        venues = {f.ends["place"] for f in facts if f.type == "EventPlace" and f.value("role") == "venue"}
        people = [self.known.things[iri] for iri in sorted(attending) if self.known.things[iri].kind == "person"]
        made = self._thing(thing)
        made.pop("other_names", None)
        return _filled(
            made
            | {
                "classification": thing.subkind,
                "start_date": thing.date if _DATE.fullmatch(thing.date) else "",
                "location": "、".join(sorted(self.known.things[iri].name for iri in venues)),
                "organization_id": min(bodies, default=""),
                "parent_id": self.above.get((thing.iri, "partOf"), ""),
                "attendees": [{"id": t.iri, "name": t.name} for t in people],
                "sources": [_source(f.source) for f in facts if f.type == "Report"],
            }
        )

    def area(self, thing: Thing) -> Item:
        codes = [item["identifier"] for item in self._codes(thing)]
        return _filled(
            {
                "id": thing.iri,
                "name": thing.name,
                "classification": thing.subkind,
                "identifier": min(codes, default=""),
                "parent_id": self.above.get((thing.iri, "partOf"), ""),
                "sources": self._sources(self.told[thing.iri]),
            }
        )

    def _thing(self, thing: Thing) -> Item:
        return {"id": thing.iri, "name": thing.name, "other_names": [{"name": form} for form in thing.printed]}

    def _codes(self, thing: Thing) -> list[Item]:
        return [{"scheme": "GB/T 2260", "identifier": v} for name, v in thing.details if name == "divisionCode"]

    def _sources(self, articles: Iterable[str]) -> list[Item]:
        return [_source(self.known.articles[iri]) for iri in sorted(articles)]


def _source(source: Source) -> Item:
    """An article, with its page, its day and the words: what tells when somebody held a post."""
    said = f"“{source.quote}”" if source.quote else source.headline
    return {"url": source.article, "note": " ".join(x for x in (source.page, source.date, said) if x)}


def _filled(item: Item) -> Item:
    """The fields that say something; what is not known is left out."""
    return {name: value for name, value in item.items() if value not in ("", [], None, False)}
