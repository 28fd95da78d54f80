"""The vocabulary says what it must: labels, comments, domains, ranges, mappings, and a concept for every code."""

from __future__ import annotations

import html
import json
import re
import runpy
from pathlib import Path
from typing import Any, get_args, get_type_hints

import graph_samples as samples
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg import graph, lexicon, model

HERE = Path(graph.__file__).parent
KG = rdflib.Namespace(graph.KG)
TTL = rdflib.Graph().parse(HERE / "kg.ttl", format="turtle")
CLASSES = sorted(s for s in TTL.subjects(RDF.type, OWL.Class) if isinstance(s, rdflib.URIRef))
PROPERTIES = sorted({*TTL.subjects(RDF.type, OWL.ObjectProperty), *TTL.subjects(RDF.type, OWL.DatatypeProperty)})
CONCEPTS = sorted(TTL.subjects(RDF.type, SKOS.Concept))


def languages(subject: Any, predicate: Any) -> list[str]:
    return sorted(o.language for o in TTL.objects(subject, predicate))


def test_how_many_terms_were_looked_at() -> None:
    assert len(CLASSES) >= 32
    assert len(PROPERTIES) >= 83
    assert len(CONCEPTS) >= 135


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=lambda t: t.partition("#")[2])
def test_every_term_is_labelled_and_explained_in_both_languages(term: rdflib.URIRef) -> None:
    assert languages(term, RDFS.label) == ["en", "zh"]
    assert languages(term, RDFS.comment) == ["en", "zh"]


@pytest.mark.parametrize("term", PROPERTIES, ids=lambda t: t.partition("#")[2])
def test_every_property_says_what_it_joins(term: rdflib.URIRef) -> None:
    for end in (RDFS.domain, RDFS.range):
        (value,) = TTL.objects(term, end)
        members = list(TTL.items(TTL.value(value, OWL.unionOf))) if isinstance(value, rdflib.BNode) else [value]
        for member in members:
            assert not member.startswith(KG) or member in CLASSES, f"{term}: {member} is no class"


@pytest.mark.parametrize("term", CONCEPTS, ids=lambda t: t.partition("#")[2])
def test_every_code_is_a_concept_in_one_scheme_with_labels(term: rdflib.URIRef) -> None:
    (scheme,) = TTL.objects(term, SKOS.inScheme)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in TTL
    assert len(list(TTL.objects(term, SKOS.notation))) == 1
    assert languages(term, SKOS.prefLabel) == ["en", "zh"]


@pytest.mark.parametrize("name", ["org", "prov", "schema", "sem", "oa", "skos", "foaf"])
def test_the_vocabulary_is_mapped_to_the_published_ones(name: str) -> None:
    mapping = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch)
    found = [s for p in mapping for s, o in TTL.subject_objects(p) if o.startswith(graph.PREFIXES[name])]
    assert found


SAYS = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.relatedMatch)


def published(term: Any, seen: frozenset[Any] = frozenset()) -> set[Any]:
    """The published terms that a term narrows, is close to or has to do with, also through wider terms of ours."""
    found: set[Any] = set()
    for predicate in SAYS:
        for other in TTL.objects(term, predicate):
            if not other.startswith(KG):
                found.add(other)
            elif other not in seen:
                found |= published(other, seen | {term})
    return found


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=lambda t: t.partition("#")[2])
def test_every_term_is_mapped_to_a_published_one(term: rdflib.URIRef) -> None:
    assert published(term)


def test_a_body_and_a_place_are_two_things() -> None:
    assert (KG.Place, OWL.disjointWith, KG.Body) in TTL


#: properties whose values are codes, and a scheme that must be among those they name
CODED = {
    "kind": "placeKinds", "eventType": "eventTypes", "role": "participationRoles", "system": "systems",
    "status": "statuses", "modality": "modalities", "yearBasis": "yearBases", "deadlineBasis": "yearBases",
    "action": "documentActions", "predicate": "tiePredicates", "comparator": "comparators",
    "countComparator": "comparators", "verb": "speechActs", "modifier": "postModifiers",
}  # fmt: skip


@pytest.mark.parametrize(("name", "scheme"), CODED.items())
def test_a_property_of_codes_names_its_scheme(name: str, scheme: str) -> None:
    named = set(TTL.objects(KG[name], RDFS.seeAlso))
    assert KG[scheme] in named
    assert all((n, RDF.type, SKOS.ConceptScheme) in TTL for n in named)


def test_every_scheme_is_named_by_a_property() -> None:
    assert set(TTL.subjects(RDF.type, SKOS.ConceptScheme)) == set(TTL.objects(None, RDFS.seeAlso))


def words(scheme: str) -> list[str]:
    concepts = TTL.subjects(SKOS.inScheme, KG[scheme])
    return sorted(str(word) for concept in concepts for word in TTL.objects(concept, SKOS.hiddenLabel))


def test_every_verb_of_saying_is_one_act_of_speech() -> None:
    """A new verb in speech-verbs.tsv needs its word in a concept of kg:speechActs in kg.ttl."""
    known = words("speechActs")
    assert len(known) == len(set(known))
    saying = {"say", "reply", "meeting", "body", "tell"}
    verbs = {row["word"] for row in lexicon.load("speech-verbs") if saying & set(row["role"].split(","))}
    assert len(verbs) > 70
    assert verbs - set(known) == set()


def test_the_modifiers_of_a_post_are_in_the_scheme() -> None:
    assert {"代", "原", "时任", "兼", "第一", "常务", "拟任", "挂职"} <= set(words("postModifiers"))


def codes(scheme: str) -> set[str]:
    return {str(TTL.value(c, SKOS.notation)) for c in TTL.subjects(SKOS.inScheme, KG[scheme])}


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("eventTypes", get_args(model.EventType)),
        ("participationRoles", get_args(model.ParticipationRole)),
        ("tiePredicates", get_args(model.TiePredicate)),
        ("yearBases", get_args(model.YearBasis)),
        ("documentActions", get_args(get_type_hints(model.DocumentUse)["action"])),
        ("modalities", get_args(get_type_hints(model.Target)["modality"])),
        ("placeRoles", get_args(get_type_hints(model.EventPlace)["role"])),
    ],
)
def test_the_schemes_hold_the_codes_of_the_model(scheme: str, values: tuple[str, ...]) -> None:
    assert codes(scheme) == set(values)


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("personKinds", "official expert business citizen"),
        (
            "bodyKinds",
            "party government congress cppcc military judicial street community company education research media "
            "alliance taskforce social other",
        ),
        ("placeKinds", "admin street community compound road facility commercial park venue project area"),
        ("initiativeKinds", "campaign programme project mechanism vision agreement"),
    ],
)
def test_the_schemes_hold_the_kinds_of_the_guide(scheme: str, values: str) -> None:
    assert set(values.split()) <= codes(scheme)


def test_what_is_written_is_defined_and_what_is_defined_is_written() -> None:
    code = "".join(
        (HERE / name).read_text("utf-8")
        for name in ("writer.py", "facts.py", "nodes.py", "settlement.py", "amendments.py")
    )
    written = set(re.findall(r'"kg:(\w+)"', code))
    defined = {str(t).partition("#")[2] for t in (*CLASSES, *PROPERTIES)}
    assert written <= defined
    # the umbrella classes are never written, and these are written under names put together from the model
    umbrella = {"Thing", "Agent"}
    composed = {*(t.capitalize() for t in get_args(model.EventType)), "venue", "site"}
    facts = {
        "Tenure",
        "Report",
        "Participation",
        "EventPlace",
        "EventTopic",
        "Statement",
        "Target",
        "DocumentUse",
        "Tie",
    }
    assert all(f'"{name}"' in code for name in facts)
    assert defined - written == (umbrella | composed | facts) - written


@pytest.mark.parametrize("name", ["roles", "organs", "departments"])
def test_the_systems_of_the_word_lists_are_in_the_scheme(name: str) -> None:
    used = {system for row in lexicon.load(name) for system in row.get("system", "").split(",") if system}
    assert used <= codes("systems")
    assert used


# ---------------------------------------------------------------- what is written keeps to it


def classes_of(graph_: rdflib.Graph, node: Any) -> set[Any]:
    """The classes of a node, and those that they narrow."""
    found = set(graph_.objects(node, RDF.type))
    while wider := {o for c in found for o in TTL.objects(c, RDFS.subClassOf)} - found:
        found |= wider
    return found


def members(term: Any, end: Any) -> list[Any]:
    (value,) = TTL.objects(term, end)
    return list(TTL.items(TTL.value(value, OWL.unionOf))) if isinstance(value, rdflib.BNode) else [value]


def test_every_property_joins_what_its_domain_and_range_say() -> None:
    lines = "\n".join(f"{s} {p} {o} ." for s, p, o, g in graph.quads(samples.record()) if not g)
    written = rdflib.Graph().parse(data=lines, format="nt")
    looked = set()
    for term in PROPERTIES:
        for s, o in written.subject_objects(term):
            looked.add(term)
            assert classes_of(written, s) & set(members(term, RDFS.domain)), f"{s} {term}"
            if isinstance(o, rdflib.Literal):
                kinds = {str(k) for k in members(term, RDFS.range)}
                given = str(RDF.langString if o.language else o.datatype or XSD.string)
                # a whole number is written as xsd:integer, which is a decimal
                assert given in kinds or (given == str(XSD.integer) and str(XSD.decimal) in kinds), f"{term} {o.n3()}"
            else:
                assert classes_of(written, o) & set(members(term, RDFS.range)), f"{term} {o}"
    assert len(looked) > 50


# ---------------------------------------------------------------- the reference

TOOL = runpy.run_path(str(Path(__file__).resolve().parents[1] / "tools" / "make_ontology.py"))
MADE = TOOL["MADE"]


@pytest.mark.parametrize("name", MADE)
def test_the_reference_is_what_the_vocabulary_says(name: str) -> None:
    made = MADE[name](TOOL["Vocabulary"]())
    assert (Path(__file__).resolve().parents[1] / name).read_text("utf-8") == made, f"{name} is stale: run make docs"


def test_the_page_needs_no_network_and_shows_every_term_in_both_languages() -> None:
    page = (Path(__file__).resolve().parents[1] / "docs" / "ontology.html").read_text("utf-8")
    assert not re.search(r"<link|<img|<iframe|src=|@import|url\(|fetch\(|href=\"http", page)
    for term in (*CLASSES, *PROPERTIES):
        name = term.partition("#")[2]
        (card,) = re.findall(rf'<article id="{name}".*?</article>', page, re.S)
        for predicate in (RDFS.label, RDFS.comment):
            for said in TTL.objects(term, predicate):
                assert html.escape(str(said)) in card
    for code in CONCEPTS:
        assert f"<code>{html.escape(str(TTL.value(code, SKOS.notation)))}</code>" in page


def test_the_context_names_every_term() -> None:
    terms = json.loads((HERE / "context.jsonld").read_text("utf-8"))["@context"]
    for term in CLASSES:
        assert terms[term.partition("#")[2]] == f"kg:{term.partition('#')[2]}"
    for term in PROPERTIES:
        said = terms[term.partition("#")[2]]
        assert said["@id"] == f"kg:{term.partition('#')[2]}"
        assert (said.get("@type") == "@id") == ((term, RDF.type, OWL.ObjectProperty) in TTL)
