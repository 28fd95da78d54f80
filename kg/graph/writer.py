"""An article becomes triples: things, facts, and the stretches of text that they stand on.

Everything is N-Triples text (see terms.py). One article is one named graph, whose name is the article's IRI; the
caller adds each distinct triple once to the default graph. Nodes are named by what they say, so that the same page
gives the same triples in any order, on any machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from kg.graph import terms
from kg.graph.facts import FactWriter
from kg.graph.nodes import Nodes
from kg.model import Article, Entity, PageRecord, Record, Ref

Triple = tuple[str, str, str]
Quad = tuple[str, str, str, str]


def quads(record: PageRecord, base: str = terms.BASE, version: str = "") -> Iterator[Quad]:
    """The quads of a page: each article's named graph, then every distinct triple in the default graph.

    A quad is four N-Triples terms, ``(subject, predicate, object, graph)``; the graph of the default graph is "".
    ``version`` is the version of the rules, kept on the rule nodes.
    """
    seen: set[Triple] = set()
    for graph, triples in graphs(record, base, version):
        for s, p, o in sorted(triples):
            yield s, p, o, graph
        seen |= triples
    for s, p, o in sorted(seen):
        yield s, p, o, ""


def nquads(record: PageRecord, base: str = terms.BASE, version: str = "") -> Iterator[str]:
    """The same as lines of N-Quads, without line ends."""
    for s, p, o, g in quads(record, base, version):
        yield f"{s} {p} {o} {g} ." if g else f"{s} {p} {o} ."


def graphs(record: PageRecord, base: str = terms.BASE, version: str = "") -> Iterator[tuple[str, set[Triple]]]:
    """The named graphs of a page: one for each article, or the page's own where no article was found.

    ``漯河日报`` without a readable news item still leaves its page, its text and its warnings in the graph.
    """
    page = f"<{base}page/{terms.page_local(record.page.name, record.page.digest)}>"
    for item in record.records:
        nodes = Nodes(record.page, base, version, item.reading.article)
        _page(nodes, record)
        _article(nodes, item)
        FactWriter(nodes, item).write(item.reading.facts)
        yield nodes.graph, nodes.triples
    if not record.records:
        nodes = Nodes(record.page, base, version, None)
        _page(nodes, record)
        yield page, nodes.triples


def article_iris(record: PageRecord, base: str = terms.BASE) -> tuple[str, ...]:
    """The names of the page's graphs, as they stand in the store: what to drop when the page goes."""
    return tuple(graph for graph, _ in graphs(record, base))


def _page(nodes: Nodes, record: PageRecord) -> None:
    page = record.page
    s = nodes.page
    nodes.types(s, "kg:Page", "schema:CreativeWork")
    nodes.add(s, "rdfs:label", terms.text(page.name))
    nodes.string(s, "kg:name", page.name)
    # the file's name only: the folder differs from machine to machine, and the bytes must not
    nodes.string(s, "kg:source", PurePath(page.source).name)
    nodes.string(s, "kg:digest", page.digest)
    nodes.string(s, "kg:encoding", page.encoding)
    nodes.string(s, "schema:text", page.text)
    for doubt in page.doubts:
        nodes.string(s, "kg:warning", f"{doubt.kind}: {doubt.message}")


def _article(nodes: Nodes, item: Record) -> None:
    reading = item.reading
    article, context = reading.article, reading.context
    s = nodes.article
    nodes.types(s, "kg:Article", "schema:NewsArticle")
    nodes.add(s, "kg:page", nodes.page)
    nodes.string(s, "kg:key", nodes.article_local)
    nodes.add(s, "rdfs:label", terms.text(article.headline or article.text[:20], "zh"))
    if article.headline:
        nodes.add(s, "schema:headline", terms.text(article.headline, "zh"))
        nodes.add(s, "kg:headlineScore", terms.number(article.headline_score))
        for span in article.headline_spans:
            nodes.add(s, "kg:headlineEvidence", nodes.mention(span))
    nodes.string(s, "kg:runnerUp", article.runner_up)
    nodes.add(s, "schema:text", terms.text(article.text, "zh"))
    nodes.when(s, reading.when)
    nodes.string(s, "kg:yearReason", context.year_reason)
    nodes.string(s, "kg:jurisdiction", context.jurisdiction.name)
    if context.published:
        nodes.add(s, "schema:datePublished", terms.day(context.published))
    for doubt in article.doubts:
        nodes.string(s, "kg:warning", f"{doubt.kind}: {doubt.message}")
    _bylines(nodes, article, item)
    _mentions(nodes, item)


def _bylines(nodes: Nodes, article: Article, item: Record) -> None:
    """``记者 张改华 通讯员 张雅青``: the author and the contributor, who are persons but not in the news."""
    area = item.reading.context.jurisdiction.name
    for byline in article.bylines:
        known = item.entities.get(Ref("person", byline.person))
        if known is None or known.subkind != "journalist":
            key = f"journalist|{byline.person}|{area}"
            known = Entity("person", key, byline.person, "journalist", jurisdiction=area)
        person = nodes.entity(known)
        nodes.add(nodes.article, "schema:author" if byline.role == "reporter" else "schema:contributor", person)
        for span in byline.spans:
            nodes.add(nodes.mention(span), "kg:refersTo", person)


def _mentions(nodes: Nodes, item: Record) -> None:
    article = item.reading.article
    for mention in item.reading.mentions:
        if mention.kind == "label":
            for node in nodes.mentions(article.raw_spans(mention.start, mention.end)):
                nodes.string(node, "kg:label", mention.name or mention.text)
            continue
        thing = _named(item, mention.kind, mention.name)
        if thing is None:
            continue
        node_of_thing = nodes.entity(thing)
        if mention.kind != "post":
            nodes.add(nodes.article, "kg:mentions", node_of_thing)
        for node in nodes.mentions(article.raw_spans(mention.start, mention.end)):
            nodes.add(node, "kg:refersTo", node_of_thing)


def _named(item: Record, kind: str, name: str) -> Entity | None:
    """The entity that a mention of this kind and name names; None for dates, quantities and what is unresolved."""
    if kind == "post":
        return item.posts.get(name)
    if kind in ("person", "body", "place", "initiative", "document", "event"):
        return item.entities.get(Ref(kind, name))  # type: ignore[arg-type]
    return None


def sorted_lines(triples: Iterable[Triple], graph: str) -> list[str]:
    """The N-Quads lines of one graph ("" for the default graph), sorted, without line ends."""
    tail = f" {graph} ." if graph else " ."
    return sorted(f"{s} {p} {o}{tail}" for s, p, o in triples)
