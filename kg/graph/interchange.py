"""The graph for people who use rdflib: the same data, and the same refusal to reach for the network."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result as RdflibResult
from rdflib.term import Identifier, Node

from kg.graph import sparql, terms


class LocalDataset(rdflib.Dataset):
    """An rdflib Dataset whose SPARQL stays inside it.

    rdflib fetches ``FROM <http://…>``, ``SERVICE`` and ``LOAD`` from the network; here they raise QueryError.
    ``parse`` of an address that the user writes is the user's own act and works as ever.
    """

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> RdflibResult:
        if isinstance(query_object, str):
            sparql.refuse(query_object)
        return super().query(query_object, *args, **kwargs)

    def update(self, update_object: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(update_object, str):
            sparql.refuse_fetching(update_object)
        super().update(update_object, *args, **kwargs)


def to_dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """Engine quads as a Dataset with the usual prefixes bound."""
    dataset = LocalDataset()
    bind(dataset)
    contexts: dict[Any, rdflib.Graph] = {}

    def context(name: Any) -> rdflib.Graph:
        if name not in contexts:
            iri = DATASET_DEFAULT_GRAPH_ID if isinstance(name, ox.DefaultGraph) else rdflib.URIRef(name.value)
            contexts[name] = dataset.graph(iri)
        return contexts[name]

    dataset.addN((_node(q.subject), _node(q.predicate), _node(q.object), context(q.graph_name)) for q in quads)
    return dataset


def to_graph(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """Engine quads as one Graph, whatever graph they stand in."""
    graph = rdflib.Graph()
    bind(graph)
    graph.addN((_node(q.subject), _node(q.predicate), _node(q.object), graph) for q in quads)
    return graph


def bind(graph: rdflib.Graph) -> None:
    for name, iri in terms.PREFIXES.items():
        graph.bind(name, iri, override=True, replace=True)


@lru_cache(maxsize=100_000)
def _iri(value: str) -> rdflib.URIRef:
    return rdflib.URIRef(value)


def _node(term: Any) -> Node:
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    if isinstance(term, ox.Literal):
        return _literal(term)
    return rdflib.BNode(term.value)


def _literal(term: ox.Literal) -> Identifier:
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    kind = term.datatype.value
    # a plain string is written without its datatype, as rdflib's parsers read it
    return rdflib.Literal(term.value, datatype=None if kind.endswith("#string") else rdflib.URIRef(kind))
