"""A store without the names of private persons: what ``kg export --redact`` writes from.

A private person is one of kind ``citizen``: 获奖居民, a patient, a neighbour who was asked. The name goes from every
text of the graph, character by character, so that every place on a page stays what it was and a quote is still the
slice of its page; the person's IRI, which is made from the name, becomes ``person/private-1``.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import ExportError
from kg.graph import PREFIXES, Result, Store
from kg.graph.files import write_nquads, write_trig
from kg.graph.result import read_answer
from kg.graph.terms import short_hash, slug
from kg.graph.turtle import head, turtle

#: the kind of a person whose name is no business of the reader of an export
PRIVATE = "citizen"

#: what it can be written as by itself
FORMS = ("nq", "trig", "ttl", "nt")

#: what stands for a character of a name, and for its syllables
MASK, MASKED = "×", "private"

_NAMES = {PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel", PREFIXES["skos"] + "altLabel"}
_PINYIN = PREFIXES["kg"] + "pinyin"
_TEXT = PREFIXES["schema"] + "text"
_EXACT = PREFIXES["oa"] + "exact"
_XSD_STRING = PREFIXES["xsd"] + "string"


class Redacted:
    """A store in memory in which private persons have no name; it answers and is written like any other."""

    def __init__(self, base: str, engine: ox.Store) -> None:
        self.base = base
        self._engine = engine

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, sorted."""
        return tuple(sorted(g.value for g in self._engine.named_graphs()))

    def quads(self, graph: str) -> Iterator[ox.Quad]:
        """The quads of one graph, "" for the default graph."""
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        return self._engine.quads_for_pattern(None, None, None, name)

    def query(self, query: str, timeout: float | None = None, where: str = "") -> Result:
        """The answer to a query of this package; a user's own is for :class:`kg.graph.Store`."""
        return read_answer(self._engine.query(query, prefixes=dict(PREFIXES)))

    def write(self, format: str, output: IO[bytes]) -> None:
        """As :meth:`kg.graph.Store.write`; nothing is read from the files of the store, which have the names."""
        if format not in FORMS:
            raise ExportError(f"cannot write {format!r}; the formats of the graph are {', '.join(FORMS)}")
        try:
            if format in ("nq", "trig"):
                with tempfile.TemporaryDirectory(prefix="kg-export-") as folder:
                    graphs = ((name, _lines(self.quads(name[1:-1]))) for name in (f"<{g}>" for g in self.graphs))
                    if format == "nq":
                        write_nquads(output, graphs, Path(folder))
                    else:
                        write_trig(output, graphs, Path(folder), self.base)
                return
            lines = _lines(self.quads(""))
            if format == "ttl":
                text = io.TextIOWrapper(output, encoding="utf-8", newline="\n", write_through=True)
                text.write(head(self.base) + "\n")
                text.writelines(turtle(lines, self.base))
                text.detach()
            else:
                output.writelines(f"{line} .\n".encode() for line in lines)
        except OSError as error:
            raise ExportError(f"cannot write {format}: {error.strerror or error}") from error


def _lines(quads: Iterable[ox.Quad]) -> tuple[str, ...]:
    """Triples as sorted N-Triples lines without the dot."""
    return tuple(sorted(f"{q.subject} {q.predicate} {q.object}" for q in quads))


def redacted(store: Store) -> Redacted:
    """The store in memory, without the names of its private persons. The store on disk is left as it is.

    What is hidden besides: the same characters wherever they stand in a text, also where they are the name of another
    thing (a citizen 高峰 hides the words of 高峰社区). A person of the same name who is not private keeps the name on
    the person's own node.
    """
    persons = {
        row[0]
        for row in store.query(f"SELECT DISTINCT ?p WHERE {{ ?p a kg:Person ; kg:kind '{PRIVATE}' }}").rows
        if store.query(
            f"SELECT ?k WHERE {{ <{row[0]}> kg:kind ?k FILTER(?k NOT IN ('{PRIVATE}', 'journalist')) }}"
        ).rows
        == ()
    }
    others = {row[0] for row in store.query("SELECT DISTINCT ?p WHERE { ?p a kg:Person }").rows} - persons
    hidden = _Hidden(store, persons, others)
    engine = ox.Store()
    engine.bulk_extend(hidden.quads(store))
    return Redacted(store.base, engine)


class _Hidden:
    """The names that go, and every text of the graph without them."""

    def __init__(self, store: Store, persons: set[str], others: set[str]) -> None:
        names: set[str] = set()
        for person in persons:
            rows = store.query(f"SELECT ?n WHERE {{ <{person}> rdfs:label|skos:prefLabel|skos:altLabel ?n }}").rows
            names |= {row[0] for row in rows if len(row[0]) > 1}
        self.others = others
        ordered = sorted(names, key=lambda name: (-len(name), name))
        # a line of the page may end within a name
        spelled = "|".join(r"\s*".join(map(re.escape, name)) for name in ordered)
        self.name = re.compile(spelled) if spelled else None
        slugs = {slug(name, person) for name in names for person in (False, True)}
        local = "|".join(re.escape(s) for s in sorted(slugs, key=lambda s: (-len(s), s)) if "-" in s)
        self.slug = re.compile(rf"(?<=[/-])(?:{local})(?=-|$)") if local else None
        spoken = "|".join(re.escape(s.replace("-", " ")) for s in sorted(slugs, key=lambda s: (-len(s), s)) if "-" in s)
        self.pinyin = re.compile(rf"\b(?:{spoken})\b") if spoken else None
        # numbered in an order that tells nothing of the name
        numbered = sorted(persons, key=lambda iri: short_hash(iri, size=8))
        self.iris = {iri: f"{store.base}person/{MASKED}-{n}" for n, iri in enumerate(numbered, 1)}
        self.base = store.base
        self.pages: dict[str, str] = {}
        self.exact: dict[str, str] = {}
        for page, text in store.query("SELECT ?p ?text WHERE { ?p a kg:Page ; schema:text ?text }").rows:
            self.pages[page] = self._page(store, page, text)
            self._quotes(store, page)

    def _page(self, store: Store, page: str, text: str) -> str:
        """A page's text without the names, also where a name is in pieces that only its mentions know."""
        characters = list(self.words(text))
        rows = store.query(
            f"SELECT ?person ?start ?end WHERE {{ ?m oa:hasSource <{page}> ; kg:refersTo ?person . "
            "?m oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end }"
        ).rows
        for person, start, end in rows:
            if person in self.iris:
                for at in range(int(start), int(end)):
                    characters[at] = characters[at] if characters[at].isspace() else MASK
        return "".join(characters)

    def _quotes(self, store: Store, page: str) -> None:
        """Every quote anew from the page: it is the slice, white space aside."""
        rows = store.query(
            f"SELECT ?words ?start ?end WHERE {{ ?m oa:hasSource <{page}> ; oa:hasSelector ?at , ?words . "
            "?at oa:start ?start ; oa:end ?end . ?words oa:exact ?quote }"
        ).rows
        for words, start, end in rows:
            self.exact[words] = "".join(self.pages[page][int(start) : int(end)].split())

    # ------------------------------------------------------------ pieces

    def words(self, text: str) -> str:
        """``居民张三丰说`` with a mark for every character of the name."""
        return self.name.sub(lambda m: re.sub(r"\S", MASK, m[0]), text) if self.name else text

    def iri(self, iri: str) -> str:
        if iri in self.iris:
            return self.iris[iri]
        if self.slug and iri.startswith(self.base) and iri not in self.others:
            return self.base + self.slug.sub(MASKED, iri.removeprefix(self.base))
        return iri

    def literal(self, subject: str, predicate: str, term: ox.Literal) -> ox.Literal:
        value = term.value
        if predicate == _EXACT and subject in self.exact:
            value = self.exact[subject]
        elif predicate == _TEXT and subject in self.pages:
            value = self.pages[subject]
        elif subject in self.others and (predicate in _NAMES or predicate == _PINYIN):
            return term
        elif predicate == _PINYIN:
            value = self.pinyin.sub(MASKED, value) if self.pinyin else value
        else:
            value = self.words(value)
            if self.slug and "/" in value and value.isascii():  # the key of an event is the end of its IRI
                value = self.slug.sub(MASKED, value)
        if value == term.value:
            return term
        if term.language:
            return ox.Literal(value, language=term.language)
        return ox.Literal(value) if term.datatype.value == _XSD_STRING else ox.Literal(value, datatype=term.datatype)

    def quads(self, store: Store) -> Iterator[ox.Quad]:
        quad: Any
        for quad in store.quads():
            subject, predicate, value = quad.subject.value, quad.predicate, quad.object
            object_ = (
                self.literal(subject, predicate.value, value)
                if isinstance(value, ox.Literal)
                else ox.NamedNode(self.iri(value.value))
            )
            graph = quad.graph_name
            named = graph if isinstance(graph, ox.DefaultGraph) else ox.NamedNode(self.iri(graph.value))
            yield ox.Quad(ox.NamedNode(self.iri(subject)), predicate, object_, named)
