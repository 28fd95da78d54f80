"""The vocabulary says what it must: labels, comments, domains, ranges, mappings, and a concept for every code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

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
    assert (len(CLASSES), len(PROPERTIES), len(CONCEPTS)) == (32, 83, 105)


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
    code = "".join((HERE / name).read_text("utf-8") for name in ("writer.py", "facts.py", "nodes.py"))
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
    assert defined - written == umbrella | composed | facts


@pytest.mark.parametrize("name", ["roles", "organs", "departments"])
def test_the_systems_of_the_word_lists_are_in_the_scheme(name: str) -> None:
    used = {system for row in lexicon.load(name) for system in row.get("system", "").split(",") if system}
    assert used <= codes("systems")
    assert used
