"""The nodes that facts are made of: mentions, rules, dates and things, each written once a graph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from kg import lexicon
from kg.graph import terms
from kg.model import Article, Entity, Page, Span, When

#: the classes of a thing by its kind: ours first, then the published one that users of other graphs know
CLASSES: dict[str, tuple[str, ...]] = {
    "person": ("kg:Person", "foaf:Person"),
    "post": ("kg:Post", "org:Post"),
    "body": ("kg:Body", "org:Organization"),
    "place": ("kg:Place", "schema:Place"),
    "event": ("kg:Event", "schema:Event", "sem:Event"),
    "initiative": ("kg:Initiative", "prov:Plan"),
    "document": ("kg:Document", "schema:CreativeWork"),
}
#: the published property beside ``kg:partOf``, by kind
WHOLE = {"body": "org:subOrganizationOf", "place": "schema:containedInPlace"}


@lru_cache(maxsize=1)
def single_roles() -> frozenset[str]:
    """The roles of which a body has one holder at a time, as the word list says: 书记, 区长, 局长 …"""
    return frozenset(row["role"] for row in lexicon.load("roles") if row["single"] == "yes")


class Nodes:
    """The triples of one graph while they are being written, and the IRIs of its page and article."""

    def __init__(self, page: Page, base: str, version: str, article: Article | None) -> None:
        self.base = base
        self.version = version
        self.raw = page.text
        self.triples: set[tuple[str, str, str]] = set()
        self.page_local = terms.page_local(page.name, page.digest)
        self.page = self.iri(f"page/{self.page_local}")
        self.article_local = ""
        self.article = ""
        if article is not None:
            self.article_local = terms.article_local(page.name, page.digest, article.key)
            self.article = self.iri(self.article_local)
        self.graph = self.article or self.page
        self._spans: dict[Span, str] = {}
        self._things: dict[tuple[str, str, str], str] = {}
        self._rules: dict[str, str] = {}

    def iri(self, local: str) -> str:
        return f"<{self.base}{local}>"

    def add(self, s: str, p: str, o: str) -> None:
        self.triples.add((s, terms.term(p), o))

    def string(self, s: str, p: str, value: str) -> None:
        """A plain string, left out where it is empty: what is not known is not written."""
        if value:
            self.triples.add((s, terms.term(p), terms.text(value)))

    def types(self, s: str, *classes: str) -> None:
        a = terms.term("rdf:type")
        for name in classes:
            self.triples.add((s, a, terms.term(name)))

    # ------------------------------------------------------------ text

    def mention(self, span: Span) -> str:
        """The node of a stretch of the raw page. Its quote is the slice with all white space taken out."""
        known = self._spans.get(span)
        if known:
            return known
        local = f"mention/{self.page_local}-{span.start}-{span.end}"
        s, at, quote = self.iri(local), self.iri(local + "#position"), self.iri(local + "#quote")
        self.types(s, "kg:Mention", "oa:SpecificResource")
        self.add(s, "oa:hasSource", self.page)
        self.add(s, "oa:hasSelector", at)
        self.add(s, "oa:hasSelector", quote)
        if self.article:
            self.add(s, "kg:article", self.article)
        self.types(at, "oa:TextPositionSelector")
        self.add(at, "oa:start", terms.whole(span.start))
        self.add(at, "oa:end", terms.whole(span.end))
        self.types(quote, "oa:TextQuoteSelector")
        self.add(quote, "oa:exact", terms.text("".join(self.raw[span.start : span.end].split())))
        self._spans[span] = s
        return s

    def mentions(self, spans: Iterable[Span]) -> list[str]:
        return [self.mention(span) for span in spans]

    def rule(self, name: str) -> str:
        known = self._rules.get(name)
        if known:
            return known
        readable = terms.slug(name)
        s = self.iri(f"rule/{readable}" if readable == name else f"rule/{readable}-{terms.short_hash(name)}")
        self.types(s, "kg:Rule", "prov:Activity")
        self.add(s, "rdfs:label", terms.text(name))
        self.string(s, "kg:version", self.version)
        self._rules[name] = s
        return s

    # ------------------------------------------------------------ dates

    def when(self, s: str, when: When) -> None:
        """What is known of a date. ``6月26日`` without a year gives ``XXXX-06-26`` for display and no xsd:date."""
        if not when.edtf and not when.day_part and when.earliest is None and when.latest is None:
            return
        self.string(s, "kg:edtf", when.edtf)
        if when.edtf and when.earliest is not None and when.earliest == when.latest:
            self.add(s, "kg:date", terms.day(when.earliest))
        if when.earliest is not None:
            self.add(s, "kg:earliest", terms.day(when.earliest))
        if when.latest is not None:
            self.add(s, "kg:latest", terms.day(when.latest))
        self.string(s, "kg:yearBasis", when.basis)
        self.string(s, "kg:dayPart", when.day_part)

    def deadline(self, s: str, when: When) -> None:
        """``2020年12月底前``: the last day for arithmetic, the text for display, and what the year rests on."""
        self.string(s, "kg:deadlineEdtf", when.edtf)
        if when.latest is not None:
            self.add(s, "kg:deadline", terms.day(when.latest))
        if when.earliest is not None:
            self.add(s, "kg:deadlineEarliest", terms.day(when.earliest))
        if when.edtf or when.latest is not None:
            self.string(s, "kg:deadlineBasis", when.basis)

    # ------------------------------------------------------------ things

    def entity(self, entity: Entity) -> str:
        """The IRI of a thing, after writing what is known of it and of what it belongs to.

        The same key may come with more known about it in one place than in another, so all is written.
        """
        known = self._things.get((entity.kind, entity.key, entity.name))
        if known:
            return known
        s = self.iri(terms.local_name(entity.kind, entity.key, entity.name))
        self._things[entity.kind, entity.key, entity.name] = s
        self.types(s, *CLASSES[entity.kind])
        label = terms.text(entity.name, "zh")
        self.add(s, "rdfs:label", label)
        self.add(s, "skos:prefLabel", label)
        self.string_in(s, "kg:pinyin", terms.pinyin(entity.name, entity.kind == "person"), "zh-Latn-pinyin")
        for form in entity.printed:
            if form != entity.name:
                self.string_in(s, "skos:altLabel", form, "zh")
        if entity.kind == "event":
            self.string(s, "kg:key", terms.local_name(entity.kind, entity.key, entity.name))
        else:
            self.string(s, "kg:kind", entity.subkind)
        self.string(s, "kg:jurisdiction", entity.jurisdiction)
        self.string(s, "kg:divisionCode", entity.code)
        self.string(s, "kg:system", entity.system)
        self.string(s, "kg:postRole", entity.role)
        if entity.kind == "post" and entity.role in single_roles():
            self.add(s, "kg:singleHolder", terms.truth(True))
        self.string(s, "kg:expansion", entity.expansion)
        self.string(s, "kg:status", entity.status)
        for reason in entity.reasons:
            self.string(s, "kg:mergeReason", reason)
        if entity.parent is not None:
            whole = self.entity(entity.parent)
            if entity.kind == "post":
                self.add(s, "org:postIn", whole)
            else:
                self.add(s, "kg:partOf", whole)
                # a body may be the parent of a body only: an area as parent is a body of kind jurisdiction
                if entity.kind in WHOLE and entity.parent.kind == entity.kind:
                    self.add(s, WHOLE[entity.kind], whole)
        if entity.administers is not None:
            self.add(s, "kg:administers", self.entity(entity.administers))
        return s

    def string_in(self, s: str, p: str, value: str, language: str) -> None:
        if value:
            self.add(s, p, terms.text(value, language))
