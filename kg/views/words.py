"""The words that views show for codes and classes: ``lead`` is 带队、主持, ``kg:Tenure`` is 任职.

They are the labels of the vocabulary, read from ``kg.ttl`` on first use, so a view and the graph cannot disagree.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import pyoxigraph as ox

from kg.graph import KG, PREFIXES

#: the concept scheme of each kind of code
KIND_SCHEMES = {
    "person": "personKinds",
    "body": "bodyKinds",
    "place": "placeKinds",
    "initiative": "initiativeKinds",
    "event": "eventTypes",
}


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[dict[tuple[str, str, str], str], dict[tuple[str, str], str]]:
    """Labels by scheme, code and language; labels by term and language."""
    codes: dict[tuple[str, str, str], str] = {}
    terms: dict[tuple[str, str], str] = {}
    scheme: dict[str, str] = {}
    notation: dict[str, str] = {}
    labels: list[tuple[str, str, str]] = []
    text = (resources.files("kg.graph") / "kg.ttl").read_bytes()
    for triple in ox.parse(text, format=ox.RdfFormat.TURTLE):
        s, p, o = triple.subject, triple.predicate.value, triple.object
        if not isinstance(s, ox.NamedNode):
            continue
        local = s.value.removeprefix(KG)
        if p == PREFIXES["skos"] + "inScheme" and isinstance(o, ox.NamedNode):
            scheme[local] = o.value.removeprefix(KG)
        elif p == PREFIXES["skos"] + "notation" and isinstance(o, ox.Literal):
            notation[local] = o.value
        elif p in (PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "prefLabel") and isinstance(o, ox.Literal):
            labels.append((local, o.language or "", o.value))
    for local, language, value in labels:
        terms[local, language] = value
        if local in notation:
            codes[scheme.get(local, ""), notation[local], language] = value
    return codes, terms


def code(scheme: str, value: str, language: str = "zh") -> str:
    """The label of a code: ``code("participationRoles", "lead")`` is 带队、主持. An unknown code is its own label."""
    return _vocabulary()[0].get((scheme, value, language), value)


def term(name: str, language: str = "zh") -> str:
    """The label of a class or property: ``term("Tenure")`` is 任职. An unknown term is its own label."""
    return _vocabulary()[1].get((name, language), name)


def kind(name: str, language: str = "zh") -> str:
    """The label of a kind of thing: ``kind("person")`` is 人物."""
    return term(name.capitalize(), language)


def subkind(of: str, value: str, language: str = "zh") -> str:
    """The label of a kind in the narrow sense: ``subkind("body", "street")`` is 街道、乡镇."""
    return code(KIND_SCHEMES.get(of, ""), value, language)
