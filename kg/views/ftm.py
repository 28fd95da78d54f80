"""The graph as FollowTheMoney entities, one JSON object a line, as Aleph and OpenSanctions read them.

Persons, bodies, posts, tenures, events, places, initiatives, documents and articles; docs/interchange.md lists what
has no place there. Ids are the ends of our IRIs with a dash for the stroke: ``person-chen-hongmin-3f2a91``.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.views.contents import Contents, Fact, Link, StoreLike, Thing, contents, opened
from kg.views.redact import PRIVATE

#: bodies that are public bodies; a company is a Company, any other an Organization
PUBLIC = ("party", "government", "congress", "cppcc", "military", "judicial", "street", "jurisdiction")

#: a date as FollowTheMoney takes it: a year, a month or a day that is known
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_ORGANISING = ("host", "organise")
_SCHEMA = {"person": "Person", "post": "Position", "event": "Event", "place": "Address", "initiative": "Project"}

Properties = Mapping[str, Iterable[str]]
Entity = dict[str, Any]


def ftm(store: StoreLike) -> str:
    """A store as FollowTheMoney entities, sorted by id, a line of JSON each."""
    made = sorted(entities(contents(opened(store))), key=lambda entity: str(entity["id"]))
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in made)


def entities(known: Contents) -> Iterator[Entity]:
    """The entities of a graph: ``区委书记陈红民`` is a Person, a Position and the Occupancy between them."""
    maker = _Maker(known)
    for thing in known.things.values():
        yield maker.article(thing) if thing.kind == "article" else maker.thing(thing)
    for fact in known.facts:
        if fact.type == "Tenure":
            yield maker.occupancy(fact)
        elif fact.type == "Participation" and fact.value("role") not in _ORGANISING:
            yield maker.link(fact, fact.ends["agent"], fact.ends["event"], fact.value("role"))
        elif fact.type == "Tie":
            yield maker.link(fact, fact.ends["subject"], fact.ends["object"], fact.value("predicate"))
    for link in known.links:
        if link.predicate == "partOf" and known.things[link.subject].kind == known.things[link.object].kind == "body":
            yield maker.part(link)


class _Maker:
    def __init__(self, known: Contents) -> None:
        self.known = known
        self.above = {(x.subject, x.predicate): x.object for x in reversed(known.links)}
        self.told: dict[str, set[str]] = defaultdict(set)
        self.wrote: dict[str, set[str]] = defaultdict(set)
        for link in known.links:
            if link.predicate in ("mentions", "author", "contributor"):
                self.told[link.object].add(link.subject)
            if link.predicate in ("author", "contributor"):
                self.wrote[link.subject].add(known.things[link.object].name)
        self.facts: dict[str, list[Fact]] = defaultdict(list)
        self.posts: dict[str, set[str]] = defaultdict(set)
        for fact in known.facts:
            if "event" in fact.ends:
                self.facts[fact.ends["event"]].append(fact)
            if fact.type == "Tenure":
                self.posts[fact.ends["person"]].add(fact.value("title"))
            if fact.source.article:
                for end in fact.ends.values():
                    self.told[end].add(fact.source.article)

    def thing(self, thing: Thing) -> Entity:
        details = defaultdict(list)
        for name, value in thing.details:
            details[name].append(value)
        said: dict[str, Iterable[str]] = {
            "name": [thing.name],
            "alias": thing.printed,
            "sourceUrl": [thing.iri],
            "proof": map(entity_id, self.told[thing.iri]),
        }
        schema = _SCHEMA.get(thing.kind, "Organization")
        if thing.kind == "person":
            private = ["private person"] if thing.subkind == PRIVATE else []
            said |= {"position": self.posts[thing.iri], "keywords": [thing.subkind], "notes": private}
        elif thing.kind == "body":
            schema = "Company" if thing.subkind == "company" else "PublicBody" if thing.subkind in PUBLIC else schema
            said |= {"classification": [thing.subkind], "status": details["status"]}
        elif thing.kind == "post":
            body = self.above.get((thing.iri, "postIn"), "")
            said |= {"organization": [entity_id(body)] if body else [], "keywords": details["system"]}
            said |= {"subnationalArea": details["jurisdiction"]}
        elif thing.kind == "event":
            said |= self._event(thing)
        elif thing.kind == "place":
            said |= {"full": [thing.name], "keywords": [thing.subkind]}
        elif thing.kind == "initiative":
            said |= {"keywords": [thing.subkind], "goal": details["expansion"]}
        elif thing.kind == "document":
            schema = "Document"
            said |= {"title": [thing.name], "fileName": [thing.name]}
        return _entity(thing.iri, schema, said)

    def _event(self, thing: Thing) -> Properties:
        facts = self.facts[thing.iri]
        part = [f for f in facts if f.type == "Participation"]
        places = {f.ends["place"] for f in facts if f.type == "EventPlace"}
        return {
            "date": [thing.date] if _DATE.fullmatch(thing.date) else [],
            "keywords": [thing.subkind],
            "organizer": {entity_id(f.ends["agent"]) for f in part if f.value("role") in _ORGANISING},
            "involved": {entity_id(f.ends["agent"]) for f in part if f.value("role") not in _ORGANISING},
            "location": {self.known.things[iri].name for iri in places},
            "addressEntity": map(entity_id, places),
        }

    def article(self, thing: Thing) -> Entity:
        source = self.known.articles[thing.iri]
        return _entity(
            thing.iri,
            "Article",
            {
                "name": [source.headline or thing.name],
                "title": [source.headline],
                "fileName": [source.page],
                "author": self.wrote[thing.iri],
                "date": [source.date] if _DATE.fullmatch(source.date) else [],
                "language": ["zho"],
                "sourceUrl": [thing.iri],
            },
        )

    def occupancy(self, fact: Fact) -> Entity:
        """A person in a post, on the day of the article: no start and no end, which no article tells."""
        ends = {"holder": [entity_id(fact.ends["person"])], "post": [entity_id(fact.ends["post"])]}
        return self._relation(fact, "Occupancy", ends | {"status": list(fact.values.get("modifier", ()))})

    def link(self, fact: Fact, subject: str, object_: str, role: str) -> Entity:
        ends = {"subject": [entity_id(subject)], "object": [entity_id(object_)], "role": [role]}
        return self._relation(fact, "UnknownLink", ends)

    def part(self, link: Link) -> Entity:
        ends = {"member": [entity_id(link.subject)], "organization": [entity_id(link.object)], "role": ["part of"]}
        return _entity(f"membership/{entity_id(link.subject)}--{entity_id(link.object)}", "Membership", ends)

    def _relation(self, fact: Fact, schema: str, ends: dict[str, list[str]]) -> Entity:
        date = self.known.date(fact)
        said: Properties = {
            "date": [date] if _DATE.fullmatch(date) else [],
            "summary": [fact.source.quote],
            "proof": [entity_id(fact.source.article)] if fact.source.article else [],
            "recordId": [fact.iri],
        }
        return _entity(fact.iri, schema, {**ends, **said})


def entity_id(iri: str) -> str:
    """The id of a node: ``http://example.org/kg/id/person/chen-hongmin-3f2a91`` is person-chen-hongmin-3f2a91."""
    kind, _, name = iri.rpartition("/")
    return re.sub(r"[^0-9A-Za-z.-]", "-", f"{kind.rpartition('/')[2]}-{name}")


def _entity(iri: str, schema: str, said: Properties) -> Entity:
    """An entity with the properties that say something, their values sorted; any white space is one space, as there."""
    filled = {name: sorted({" ".join(v.split()) for v in values if v}) for name, values in sorted(said.items())}
    return {"id": entity_id(iri), "schema": schema, "properties": {name: v for name, v in filled.items() if v}}
