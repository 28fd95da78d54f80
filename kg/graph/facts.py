"""Facts as nodes: what each says, the text it stands on, the rule that read it, and the shortcuts beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kg.graph import terms
from kg.graph.nodes import Nodes
from kg.model import (
    Article,
    DocumentUse,
    Entity,
    Event,
    EventPlace,
    EventTopic,
    Evidence,
    Fact,
    Participation,
    Quantity,
    Record,
    Ref,
    Statement,
    Target,
    Tenure,
    Tie,
)

#: modifiers of a post that its holder does not have on the day of the article
NOT_NOW = frozenset(["原", "原任", "前", "前任", "时任", "时任原", "拟任", "候任"])

#: participation roles that do not say that the agent was there
ORGANISING = ("host", "organise")

#: no fact is surer than this whose words stand on both sides of a join that may be wrong
SEAM_CAP = 0.5


def seams(article: Article) -> tuple[int, ...]:
    """Where in an article's text a part begins that may belong to another article, or not go on with the sentence.

    ``…一道亮丽的`` | ``来到陇海大院社区``: the offset of 来, for each doubt that has a place on both sides of a join.
    """
    begins = {d.spans[1].start for d in article.doubts if d.kind in ("seam", "broken-sentence") and len(d.spans) == 2}
    if not begins:
        return ()
    return tuple(at for at, raw in enumerate(article.offsets) if raw in begins and article.text[at] != "\n")


class FactWriter:
    """Writes the facts of one article into its nodes.

    Equal facts (the same person, post and article, said twice) are one node with the evidence of both; the
    surer reading gives the rule and the score. Order of the facts does not matter.
    """

    def __init__(self, nodes: Nodes, item: Record) -> None:
        self.nodes = nodes
        self.item = item
        self.article = item.reading.article
        self.events = {f.key: f for f in item.reading.facts if isinstance(f, Event)}
        self.best: dict[str, Evidence] = {}
        self.seams = seams(self.article)
        #: facts that stand on one side of every doubtful join
        self.sound: set[str] = set()
        self._writers: dict[type, Callable[[Any], None]] = {
            Tenure: self._tenure,
            Event: self._event,
            Participation: self._participation,
            EventPlace: self._event_place,
            EventTopic: self._event_topic,
            Statement: self._statement,
            Target: self._target,
            DocumentUse: self._document_use,
            Tie: self._tie,
        }

    def write(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            self._writers[type(fact)](fact)
        for node, evidence in self.best.items():
            self.nodes.add(node, "prov:wasGeneratedBy", self.nodes.rule(evidence.rule))
            score = evidence.score
            if node not in self.sound:
                score = min(score, SEAM_CAP)
                self.nodes.add(node, "kg:layoutDoubt", terms.truth(True))
            self.nodes.add(node, "kg:score", terms.number(round(score, 4)))

    # ------------------------------------------------------------ pieces

    def _crosses_seam(self, evidence: Evidence, event: str) -> bool:
        """Whether the words of a fact, or they and its event's, stand on both sides of a join that may be wrong."""
        start, end = evidence.start, evidence.end
        if event in self.events:
            other = self.events[event].evidence
            start, end = min(start, other.start), max(end, other.end)
        return any(start < at < end for at in self.seams)

    def _node(self, kind: str, evidence: Evidence, *says: str, of: str = "") -> str:
        """The node of a fact that says this, with its evidence; ``of`` is the event without which it says nothing."""
        name = f"fact/{kind.lower()}-{terms.short_hash(self.nodes.article, kind, *says, size=8)}"
        s = self.nodes.iri(name)
        self.nodes.types(s, f"kg:{kind}", "kg:Fact")
        self.nodes.add(s, "kg:article", self.nodes.article)
        for mention in self._text(evidence.start, evidence.end):
            self.nodes.add(s, "kg:evidence", mention)
        known = self.best.get(s)
        if known is None or (-evidence.score, evidence.rule) < (-known.score, known.rule):
            self.best[s] = evidence
        if not self.seams or not self._crosses_seam(evidence, of):
            self.sound.add(s)
        return s

    def _text(self, start: int, end: int) -> list[str]:
        return self.nodes.mentions(self.article.raw_spans(start, end))

    def _entity(self, ref: Ref) -> Entity:
        """The thing that a fact speaks of. What resolve left out gets an identity of its own, in this article."""
        known = self.item.entities.get(ref)
        if known is not None:
            return known
        kind = "body" if ref.kind == "jurisdiction" else ref.kind
        subkind = "jurisdiction" if ref.kind == "jurisdiction" else ""
        name = self.events[ref.name].name if ref.kind == "event" and ref.name in self.events else ref.name
        return Entity(kind, f"{self.nodes.article_local}|{ref.kind}|{ref.name}", name, subkind)

    def _thing(self, ref: Ref) -> str:
        s = self.nodes.entity(self._entity(ref))
        if ref.kind != "event":
            self.nodes.add(self.nodes.article, "kg:mentions", s)
        return s

    def _event_of(self, key: str) -> str:
        return self.nodes.entity(self._entity(Ref("event", key))) if key else ""

    def _link(self, s: str, p: str, o: str) -> None:
        if o:
            self.nodes.add(s, p, o)

    # ------------------------------------------------------------ facts

    def _tenure(self, fact: Tenure) -> None:
        person = self._thing(Ref("person", fact.person))
        post = self.nodes.entity(self._post(fact))
        s = self._node("Tenure", fact.evidence, person, post, *fact.modifiers)
        self.nodes.add(s, "kg:person", person)
        self.nodes.add(s, "kg:post", post)
        self.nodes.string(s, "kg:title", fact.title)
        for modifier in fact.modifiers:
            self.nodes.string(s, "kg:modifier", modifier)
        self.nodes.when(s, self.item.reading.when)
        self.nodes.add(person, "kg:heldPost", post)

    def _post(self, fact: Tenure) -> Entity:
        known = self.item.posts.get(fact.title)
        if known is not None:
            return known
        parent = self._entity(Ref("body", fact.body)) if fact.body else None
        key = f"{self.nodes.article_local}|{fact.title}"
        return Entity("post", key, fact.title, parent=parent, system=fact.system, role=fact.role)

    def _event(self, fact: Event) -> None:
        n = self.nodes
        entity = self._entity(Ref("event", fact.key))
        event = n.entity(entity)
        n.types(event, f"kg:{fact.type.capitalize()}")
        n.string(event, "kg:eventType", fact.type)
        n.when(event, fact.when)
        if fact.name and fact.name != entity.name:
            n.string_in(event, "skos:altLabel", fact.name, "zh")
        if fact.part_of:
            n.add(event, "kg:partOf", self._event_of(fact.part_of))
        n.add(n.article, "kg:reports", event)
        s = self._node("Report", fact.evidence, event, fact.key)
        n.add(s, "kg:event", event)
        n.string(s, "kg:eventType", fact.type)
        n.string_in(s, "rdfs:label", fact.name or entity.name, "zh")
        n.when(s, fact.when)
        for mention in self._text(fact.evidence.start, fact.evidence.end):
            n.add(event, "kg:evidence", mention)
        if fact.count is not None:
            n.add(event, "kg:count", terms.number(fact.count.value))
            n.add(s, "kg:count", terms.number(fact.count.value))
            n.string(s, "kg:countComparator", fact.count.comparator)
            n.string(s, "kg:countUnit", fact.count.unit)
            n.string(s, "kg:counted", fact.counted)

    def _participation(self, fact: Participation) -> None:
        event, agent = self._event_of(fact.event), self._thing(fact.agent)
        s = self._node("Participation", fact.evidence, event, agent, fact.role, fact.title, fact.through, of=fact.event)
        self.nodes.add(s, "kg:event", event)
        self.nodes.add(s, "kg:agent", agent)
        self.nodes.string(s, "kg:role", fact.role)
        self.nodes.string(s, "kg:title", fact.title)
        self.nodes.string(s, "kg:through", fact.through)
        if fact.open_list:
            self.nodes.add(s, "kg:openList", terms.truth(True))
        held = {fact.title, *self._titles_of(fact.agent)}
        for post in (self.item.posts[title] for title in sorted(held) if title in self.item.posts):
            self.nodes.add(s, "kg:postHeld", self.nodes.entity(post))
        if fact.role in ORGANISING:
            self.nodes.add(event, "kg:organiser", agent)
        else:
            self.nodes.add(event, "kg:participant", agent)
        if fact.role == "lead":
            self.nodes.add(event, "kg:leader", agent)

    def _titles_of(self, agent: Ref) -> set[str]:
        """The titles that the article gives a person for its own day: not those of 原区长 and 拟任区长."""
        tenures = [f for f in self.item.reading.facts if isinstance(f, Tenure) and f.person == agent.name]
        return {f.title for f in tenures if agent.kind == "person" and not NOT_NOW & set(f.modifiers)}

    def _event_place(self, fact: EventPlace) -> None:
        event, place = self._event_of(fact.event), self._thing(Ref("place", fact.place))
        s = self._node("EventPlace", fact.evidence, event, place, fact.role, of=fact.event)
        self.nodes.add(s, "kg:event", event)
        self.nodes.add(s, "kg:place", place)
        self.nodes.string(s, "kg:role", fact.role)
        self.nodes.add(event, f"kg:{fact.role}", place)

    def _event_topic(self, fact: EventTopic) -> None:
        event, initiative = self._event_of(fact.event), self._thing(Ref("initiative", fact.initiative))
        s = self._node("EventTopic", fact.evidence, event, initiative, of=fact.event)
        self.nodes.add(s, "kg:event", event)
        self.nodes.add(s, "kg:initiative", initiative)
        self.nodes.add(event, "kg:topic", initiative)

    def _statement(self, fact: Statement) -> None:
        n = self.nodes
        speaker, event = self._thing(fact.speaker), self._event_of(fact.event)
        s = self._node("Statement", fact.evidence, speaker, fact.verb, fact.text, event)
        n.add(s, "kg:speaker", speaker)
        n.string(s, "kg:verb", fact.verb)
        n.string(s, "kg:text", fact.text)
        self._link(s, "kg:event", event)
        n.add(s, "kg:direct", terms.truth(fact.direct))
        for mention in self._text(*fact.said):
            n.add(s, "kg:said", mention)
        for number, (start, end) in enumerate(fact.points, 1):
            point = f"{s[:-1]}/{number}>"
            n.types(point, "kg:Point")
            n.add(s, "kg:point", point)
            n.add(point, "kg:index", terms.whole(number))
            n.string(point, "kg:text", self.article.text[start:end])
            for mention in self._text(start, end):
                n.add(point, "kg:evidence", mention)

    def _target_node(self, fact: Target) -> str:
        return self._node("Target", fact.evidence, *_says(fact))

    def _target(self, fact: Target) -> None:
        n = self.nodes
        s = self._target_node(fact)
        n.string(s, "kg:what", fact.what)
        n.string(s, "kg:modality", fact.modality)
        n.string(s, "kg:scope", fact.scope)
        if fact.initiative:
            n.add(s, "kg:initiative", self._thing(Ref("initiative", fact.initiative)))
        if fact.quantity is not None:
            self._quantity(s, fact.quantity)
        if fact.deadline is not None:
            n.deadline(s, fact.deadline)
        if fact.by is not None:
            n.add(s, "kg:by", self._thing(fact.by))
        if fact.part_of:
            totals = [f for f in self.item.reading.facts if isinstance(f, Target) and f.what == fact.part_of]
            for total in totals:
                if total is not fact:
                    n.add(s, "kg:partOf", self._target_node(total))

    def _quantity(self, s: str, quantity: Quantity) -> None:
        self.nodes.add(s, "kg:quantity", terms.number(quantity.value))
        self.nodes.string(s, "kg:unit", quantity.unit)
        self.nodes.string(s, "kg:comparator", quantity.comparator)
        if quantity.scope:
            self.nodes.string(s, "kg:scope", quantity.scope)

    def _document_use(self, fact: DocumentUse) -> None:
        document, event = self._thing(Ref("document", fact.document)), self._event_of(fact.event)
        by = self._thing(fact.by) if fact.by is not None else ""
        s = self._node("DocumentUse", fact.evidence, document, fact.action, by, event)
        self.nodes.add(s, "kg:document", document)
        self.nodes.string(s, "kg:action", fact.action)
        self._link(s, "kg:by", by)
        self._link(s, "kg:event", event)

    def _tie(self, fact: Tie) -> None:
        subject, object_ = self._thing(fact.subject), self._thing(fact.object)
        s = self._node("Tie", fact.evidence, subject, fact.predicate, object_)
        self.nodes.add(s, "kg:subject", subject)
        self.nodes.string(s, "kg:predicate", fact.predicate)
        self.nodes.add(s, "kg:object", object_)


def _says(fact: Target) -> tuple[str, ...]:
    """All that makes two targets one: where it stands belongs to it, as one page may promise 5个 twice."""
    amount = fact.quantity
    return (
        fact.what,
        fact.initiative,
        f"{amount.comparator}{amount.value!r}{amount.unit}{amount.scope}" if amount else "",
        fact.deadline.edtf if fact.deadline else "",
        f"{fact.by.kind}:{fact.by.name}" if fact.by else "",
        fact.modality,
        fact.scope,
        f"{fact.evidence.start}-{fact.evidence.end}",
    )
