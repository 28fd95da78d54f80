"""What people renamed, dropped or corrected, and what they linked, applied to the lines of one graph.

A correction puts its value in the place of the one that was read, names who said so, and keeps the one that was read
on the judgement. A drop takes a fact, or a thing with the facts that cannot be without it. The shortcuts beside the
facts are made anew from what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.graph import terms

_TYPE, _ABOUT, _BY, _REPORT = (
    terms.term(name) for name in ("rdf:type", "kg:about", "prov:wasAttributedTo", "kg:Report")
)
_EVENT, _FACT, _NODE, _CURATOR, _RULE = (
    terms.term(name) for name in ("kg:event", "kg:Fact", "kg:Judgement", "kg:Curator", "kg:Rule")
)
_DECISION, _REASON, _PROPERTY, _VALUE, _WAS = (
    terms.term(name) for name in ("kg:decision", "kg:reason", "kg:property", "kg:value", "kg:was")
)

#: what each fact cannot be without
_NEEDS = {
    terms.term(f"kg:{kind}"): tuple(terms.term(f"kg:{name}") for name in needs)
    for kind, needs in {
        "Tenure": ("person", "post"),
        "Report": ("event",),
        "Participation": ("event", "agent"),
        "EventPlace": ("event", "place"),
        "EventTopic": ("event", "initiative"),
        "Statement": ("speaker",),
        "DocumentUse": ("document",),
        "Tie": ("subject", "object"),
    }.items()
}
_SHORTCUTS = {
    terms.term(f"kg:{x}") for x in ("leader", "organiser", "participant", "venue", "site", "topic", "heldPost")
}
#: what an event says of itself and its reports say again
_TOLD_TWICE = ("date", "eventType", "count")


@dataclass(frozen=True, slots=True)
class Amendment:
    """One judgement about ``iri``, or one link: ``lines`` are those of the judgement's own node."""

    verb: str
    iri: str
    node: str = ""
    property: str = ""
    value: str = ""
    curator: str = ""
    lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, base: str, iri: str, said: Mapping[str, Any]) -> Amendment:
        """From a judgement as plain data: verb, a, property, value, who, when, why."""
        parts = [str(said[name]) for name in ("verb", "a", "property", "value", "who", "when", "why")]
        node = f"<{base}judgement/{terms.short_hash(*parts, size=8)}>"
        who = curator(base, said["who"])
        lines = [
            f"{node} {_TYPE} {_NODE}",
            f"{node} {_DECISION} {terms.text(said['verb'])}",
            f"{node} {_ABOUT} {iri}",
            f"{node} {_REASON} {terms.text(said['why'])}",
            f'{node} {terms.term("prov:generatedAtTime")} "{said["when"]}"^^{terms.term("xsd:date")}',
            f"{node} {_BY} {who}",
            *curator_lines(who, said["who"]),
        ]
        if said["property"]:
            lines.append(f"{node} {_PROPERTY} {terms.text(said['property'])}")
        if said["value"]:
            lines.append(f"{node} {_VALUE} {terms.text(said['value'])}")
        return cls(said["verb"], iri, node, said["property"], said["value"], who, tuple(lines))

    @classmethod
    def link(cls, iri: str, target: str, why: str) -> Amendment:
        """An identifier elsewhere: an IRI, or the bare text of one."""
        if target.startswith(("http://", "https://")):
            return cls("link", iri, lines=(f"{iri} {terms.term('skos:exactMatch')} <{target}>",))
        return cls("link", iri, lines=(f"{iri} {terms.term('schema:identifier')} {terms.text(target)}",))


def curator(base: str, name: str) -> str:
    return f"<{base}curator/{terms.slug(name, True)}-{terms.short_hash(name)}>"


def curator_lines(iri: str, name: str) -> tuple[str, ...]:
    return (
        f"{iri} {_TYPE} {_CURATOR}",
        f"{iri} {_TYPE} {terms.term('prov:Person')}",
        f"{iri} {terms.term('rdfs:label')} {terms.text(name)}",
    )


def source(base: str, node: str, rule: str, by: str) -> tuple[str, ...]:
    """Who or what a join is owed to: a rule, or a person."""
    if by:
        who = curator(base, by)
        return (f"{node} {_BY} {who}", *curator_lines(who, by))
    name = f"<{base}rule/{terms.slug(rule)}>" if terms.slug(rule) == rule else f"<{base}rule/{terms.short_hash(rule)}>"
    return (
        f"{node} {terms.term('prov:wasGeneratedBy')} {name}",
        f"{name} {_TYPE} {_RULE}",
        f"{name} {_TYPE} {terms.term('prov:Activity')}",
        f"{name} {terms.term('rdfs:label')} {terms.text(rule)}",
    )


def amended(lines: Iterable[str], amendments: Sequence[Amendment]) -> set[str]:
    """The lines with all amendments done."""
    graph = _Graph(lines)
    for amendment in amendments:
        graph.amend(amendment)
    return graph.lines()


class _Graph:
    """The lines of one graph by subject, while they are amended."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.said: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for line in lines:
            s, p, o = line.split(" ", 2)
            self.said[s].add((p, o))
        self.extra: set[str] = set()
        self.derive = False

    def lines(self) -> set[str]:
        if self.derive:
            self._shortcuts()
        return {f"{s} {p} {o}" for s, said in self.said.items() for p, o in said} | self.extra

    def is_(self, s: str, class_: str) -> bool:
        return (_TYPE, class_) in self.said.get(s, ())

    def ends(self, s: str, predicate: str) -> list[str]:
        return [o for p, o in self.said.get(s, ()) if p == predicate]

    def amend(self, a: Amendment) -> None:
        if not any(p == _TYPE for p, _ in self.said.get(a.iri, ())):
            return
        if a.verb == "correct":
            self._correct(a)
        elif a.verb == "drop":
            self._drop(a.iri)
        self.extra.update(a.lines)

    # ------------------------------------------------------------ corrections

    def _correct(self, a: Amendment) -> None:
        subjects = [a.iri]
        if a.property in _TOLD_TWICE:
            subjects += [s for s in self.said if self.is_(s, _REPORT) and a.iri in self.ends(s, _EVENT)]
        for s in subjects:
            for predicate, value in _values(a.property, a.value):
                for p, o in list(self.said[s]):
                    if p == predicate:
                        self.said[s].discard((p, o))
                        if s == a.iri and value and o != value and not o.startswith("<"):
                            self.extra.add(f"{a.node} {_WAS} {o}")
                if value:
                    self.said[s].add((predicate, value))
            self.said[s].add((_BY, a.curator))
        if a.property == "eventType":
            ours = {terms.term(f"kg:{x}") for x in _EVENT_CLASSES}
            self.said[a.iri] = {(p, o) for p, o in self.said[a.iri] if p != _TYPE or o not in ours}
            self.said[a.iri].add((_TYPE, terms.term(f"kg:{a.value.capitalize()}")))
        self.derive = self.derive or a.property == "role"

    # ------------------------------------------------------------ drops

    def _drop(self, iri: str) -> None:
        self.derive = True
        if self.is_(iri, _FACT):
            self._drop_fact(iri)
            return
        for s in list(self.said):
            needs = [p for class_, needed in _NEEDS.items() if self.is_(s, class_) for p in needed]
            if any(iri in self.ends(s, p) for p in needs):
                self._drop_fact(s)
        self._forget(iri)

    def _drop_fact(self, fact: str) -> None:
        for s in [s for s in self.said if s == fact or s.startswith(f"{fact[:-1]}/")]:
            self._forget(s)

    def _forget(self, iri: str) -> None:
        self.said.pop(iri, None)
        for said in self.said.values():
            said -= {(p, o) for p, o in said if o == iri}

    # ------------------------------------------------------------ shortcuts

    def _shortcuts(self) -> None:
        """Makes the plain properties beside the facts anew, from the facts that are left."""
        for said in self.said.values():
            said -= {(p, o) for p, o in said if p in _SHORTCUTS}
        for s in list(self.said):
            if self.is_(s, terms.term("kg:Participation")):
                self._participation(s)
            elif self.is_(s, terms.term("kg:EventPlace")):
                for event in self.ends(s, _EVENT):
                    for role in self.ends(s, terms.term("kg:role")):
                        for place in self.ends(s, terms.term("kg:place")):
                            self.said[event].add((terms.term(f"kg:{terms.plain(role)}"), place))
            elif self.is_(s, terms.term("kg:EventTopic")):
                for event in self.ends(s, _EVENT):
                    self.said[event] |= {(terms.term("kg:topic"), x) for x in self.ends(s, terms.term("kg:initiative"))}
            elif self.is_(s, terms.term("kg:Tenure")):
                for person in self.ends(s, terms.term("kg:person")):
                    self.said[person] |= {(terms.term("kg:heldPost"), x) for x in self.ends(s, terms.term("kg:post"))}

    def _participation(self, s: str) -> None:
        roles = {terms.plain(role) for role in self.ends(s, terms.term("kg:role"))}
        for event in self.ends(s, _EVENT):
            for agent in self.ends(s, terms.term("kg:agent")):
                if roles & {"host", "organise"}:
                    self.said[event].add((terms.term("kg:organiser"), agent))
                if roles - {"host", "organise"}:
                    self.said[event].add((terms.term("kg:participant"), agent))
                if "lead" in roles:
                    self.said[event].add((terms.term("kg:leader"), agent))


_EVENT_CLASSES = ("Meeting", "Inspection", "Signing", "Training", "Forum", "Ceremony", "Activity", "Appointment")


def _values(property_: str, value: str) -> list[tuple[str, str]]:
    """The predicates that a correction sets, and their values; an empty value takes the predicate away."""
    day = f'"{value}"^^{terms.term("xsd:date")}'
    if property_ == "date":
        said = {
            "date": day,
            "earliest": day,
            "latest": day,
            "edtf": terms.text(value),
            "yearBasis": terms.text("given"),
        }
    elif property_ == "deadline":
        said = {
            "deadline": day,
            "deadlineEarliest": "",
            "deadlineEdtf": terms.text(value),
            "deadlineBasis": terms.text("given"),
        }
    elif property_ in ("quantity", "count"):
        said = {property_: terms.number(float(value))}
    else:
        said = {property_: terms.text(value)}
    return [(terms.term(f"kg:{name}"), text) for name, text in said.items()]
