"""The shapes and the sanity checks: silent on a sound graph, and each fires on one that is broken its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import graph_samples as samples
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg import graph
from kg.graph.check import SHAPES, check, shapes
from kg.model import Evidence, Mention, PageRecord, Quantity, Target, Tenure, When

RECORD = samples.record()
ALL = {s.partition("#")[2] for s in rdflib.Graph().parse(SHAPES).subjects(RDF.type, SH.NodeShape)}
#: a fact of each class in the sample, a thing of each kind, to be broken
PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in graph.PREFIXES.items())

#: what breaks the graph, the shape that must see it, and words of its message
BROKEN = [
    ("Fact", "DELETE { ?f kg:evidence ?m } WHERE { ?f a kg:Tie ; kg:evidence ?m }", "at least one stretch of text"),
    ("Fact", "DELETE { ?f kg:article ?a } WHERE { ?f a kg:Tie ; kg:article ?a }", "exactly one article"),
    ("Fact", "INSERT { ?f prov:wasGeneratedBy <x:rule> } WHERE { ?f a kg:Tie }", "exactly one rule"),
    ("Fact", "DELETE { ?f kg:score ?s } INSERT { ?f kg:score 1.5 } WHERE { ?f a kg:Tie ; kg:score ?s }", "between 0 and 1"),
    ("Tenure", "DELETE { ?f kg:post ?p } WHERE { ?f a kg:Tenure ; kg:post ?p }", "exactly one post"),
    ("Tenure", "DELETE { ?f kg:person ?p } INSERT { ?f kg:person ?q } WHERE { ?f a kg:Tenure ; kg:person ?p ; kg:post ?q }", "exactly one person"),
    ("Participation", "DELETE { ?f kg:role ?r } INSERT { ?f kg:role 'sing' } WHERE { ?f a kg:Participation ; kg:role ?r }", "one of the scheme"),
    ("Participation", "DELETE { ?f kg:agent ?x } INSERT { ?f kg:agent ?p } WHERE { ?f a kg:Participation ; kg:agent ?x . ?p a kg:Place }", "one person or one body"),
    ("Report", "INSERT { ?f kg:count -5 } WHERE { ?f a kg:Report }", "not below zero"),
    ("Report", "DELETE { ?f rdfs:label ?l } WHERE { ?f a kg:Report ; rdfs:label ?l }", "names its event"),
    ("EventPlace", "DELETE { ?f kg:role ?r } WHERE { ?f a kg:EventPlace ; kg:role ?r }", "venue or site"),
    ("EventTopic", "DELETE { ?f kg:initiative ?i } WHERE { ?f a kg:EventTopic ; kg:initiative ?i }", "exactly one initiative"),
    ("Statement", "DELETE { ?f kg:speaker ?s } WHERE { ?f a kg:Statement ; kg:speaker ?s }", "one person, body or meeting"),
    ("Statement", "DELETE { ?f kg:said ?s } WHERE { ?f a kg:Statement ; kg:said ?s }", "place on the page"),
    ("Point", "DELETE { ?p kg:index ?i } WHERE { ?p kg:index ?i }", "a point has its number"),
    ("Target", "INSERT { ?f kg:modality 'hoped' } WHERE { ?f a kg:Target }", "one of the scheme"),
    ("Target", "INSERT { ?f kg:deadline '2030-01-01'^^xsd:date } WHERE { ?f a kg:Target }", "at most one deadline"),
    ("Measurable", "DELETE { ?f kg:quantity ?q ; kg:deadlineEdtf ?d } WHERE { ?f kg:quantity ?q ; kg:deadlineEdtf ?d }", "a number or a deadline"),
    ("Deadline", "DELETE { ?f kg:deadlineBasis ?b } WHERE { ?f kg:deadlineBasis ?b }", "what its year rests on"),
    ("DocumentUse", "DELETE { ?f kg:action ?b } WHERE { ?f kg:action ?b }", "the action is one"),
    ("Tie", "DELETE { ?f kg:object ?o } INSERT { ?f kg:object <x:nothing> } WHERE { ?f kg:object ?o }", "one thing as its object"),
    ("Named", "INSERT { ?p rdfs:label '又名'@zh } WHERE { ?p a kg:Person }", "exactly one name"),
    ("Named", "DELETE { ?p rdfs:label ?l } INSERT { ?p rdfs:label 'name'@en } WHERE { ?p a kg:Place ; rdfs:label ?l }", "in Chinese"),
    ("Person", "INSERT { ?p kg:kind 'angel' } WHERE { ?p a kg:Person }", "one of the scheme"),
    ("Person", "DELETE { ?p rdfs:label ?l } INSERT { ?p rdfs:label '陈红民，'@zh } WHERE { ?p a kg:Person ; rdfs:label ?l }", "neither punctuation nor digits"),
    ("Post", "DELETE { ?p org:postIn ?b } WHERE { ?p org:postIn ?b }", "should be in a body"),
    ("Post", "INSERT { ?p org:postIn ?b } WHERE { ?p a kg:Post . ?b a kg:Place }", "at most one body"),
    ("Body", "INSERT { ?b a kg:Place } WHERE { ?b a kg:Body }", "two things"),
    ("Body", "INSERT { ?b kg:kind 'club' } WHERE { ?b a kg:Body }", "one of the scheme"),
    ("Place", "INSERT { ?p kg:divisionCode '41O103' } WHERE { ?p a kg:Place }", "six to twelve digits"),
    ("Initiative", "INSERT { ?i kg:kind 'idea' } WHERE { ?i a kg:Initiative }", "one of the scheme"),
    ("Event", "INSERT { ?e kg:date '2020-01-01'^^xsd:date } WHERE { ?e a kg:Event }", "at most one day"),
    ("Mention", "DELETE { ?m oa:hasSource ?p } WHERE { ?m oa:hasSource ?p }", "exactly one page"),
    ("Position", "DELETE { ?s oa:end ?e } INSERT { ?s oa:end 0 } WHERE { ?s oa:end ?e }", "starts before it ends"),
    ("Quote", "DELETE { ?s oa:exact ?q } INSERT { ?s oa:exact '宣传部 长' } WHERE { ?s oa:exact ?q }", "has no white space"),
    ("Dated", "DELETE { ?a kg:earliest ?d } INSERT { ?a kg:earliest '2030-01-01'^^xsd:date } WHERE { ?a a kg:Article ; kg:earliest ?d }", "earliest is not after latest"),
    ("Dated", "DELETE { ?a kg:edtf ?d } INSERT { ?a kg:edtf '6月26日' } WHERE { ?a a kg:Article ; kg:edtf ?d }", "EDTF"),
    ("YearBasis", "DELETE { ?a kg:yearBasis ?b } WHERE { ?a a kg:Article ; kg:yearBasis ?b }", "what its year rests on"),
    ("Article", "DELETE { ?a schema:text ?t } WHERE { ?a a kg:Article ; schema:text ?t }", "has its text"),
    ("Page", "DELETE { ?p kg:digest ?d } INSERT { ?p kg:digest 'abc' } WHERE { ?p kg:digest ?d }", "SHA-256"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> graph.Store:
    return graph.Store.build(tmp_path_factory.mktemp("check") / "store", [RECORD])


@pytest.fixture
def sound() -> rdflib.Graph:
    found = rdflib.Graph()
    found.parse(data="\n".join(f"{s} {p} {o} ." for s, p, o, g in graph.quads(RECORD) if not g), format="nt")
    return found


def test_a_sound_graph_has_no_finding(store: graph.Store) -> None:
    report = check(store)
    assert report.ok
    assert report.findings == ()
    assert report.checked["facts"] == 20
    assert report.checked["quotes"] == len(store.query("SELECT ?m { ?m a kg:Mention }")) > 30


def test_every_shape_is_broken_once() -> None:
    assert {name for name, *_ in BROKEN} == ALL


@pytest.mark.parametrize(("shape", "update", "said"), BROKEN, ids=[f"{n}-{b[0]}" for n, b in enumerate(BROKEN)])
def test_a_broken_graph_is_seen(sound: rdflib.Graph, shape: str, update: str, said: str) -> None:
    before = len(sound), set(sound)
    sound.update(PREFIXES + update)
    assert (len(sound), set(sound)) != before, "the update changed nothing"
    found = [f for f in shapes(sound) if f.rule == shape and said in f.message]
    assert found
    assert all(f.message_zh for f in found)


def test_a_finding_names_the_page_and_the_words(sound: rdflib.Graph) -> None:
    sound.update(PREFIXES + "INSERT { ?f kg:predicate 'near' } WHERE { ?f a kg:Tie }")
    (found,) = [f for f in shapes(sound) if f.rule == "Tie" and "near" in f.message]
    assert found.page == RECORD.page.name
    assert found.article.startswith("article/")
    assert found.quote == "7月1日上午，二七区委书记陈红民带队到淮河路街道"
    assert str(found).startswith(
        f"violation: {RECORD.page.name}: the kind of a tie is one of the scheme [predicate = near]"
    )


# ---------------------------------------------------------------- sanity


def checked(tmp_path: Path, record: PageRecord) -> list[tuple[str, str, str]]:
    report = check(graph.Store.build(tmp_path / "s", [record]))
    return [(f.severity, f.rule, f.quote) for f in report.findings]


def with_facts(*facts: object, mentions: tuple[Mention, ...] | None = None) -> PageRecord:
    item = RECORD.records[1]
    reading = replace(item.reading, facts=(*item.reading.facts, *facts))
    if mentions is not None:
        reading = replace(reading, mentions=mentions)
    return replace(RECORD, records=(replace(item, reading=reading),))


def test_a_quote_that_is_not_on_the_page_is_seen(tmp_path: Path) -> None:
    made = graph.written(RECORD)
    forged = tuple(
        (name, tuple(line.replace('"陈红民表示"', '"陈红民反对"') for line in lines)) for name, lines in made.graphs
    )
    report = check(graph.Store.build(tmp_path / "s", [replace(made, graphs=forged)]))
    assert not report.ok
    assert [(f.rule, f.quote, f.page) for f in report.violations] == [("quote", "陈红民反对", RECORD.page.name)]


def test_a_deadline_before_the_day_of_the_article_is_seen(tmp_path: Path) -> None:
    early = When("2018-07-20", date(2018, 7, 20), date(2018, 7, 20), "inferred")
    place = RECORD.records[1].reading.facts[0].evidence
    late = Target("打造亮点路段", place, quantity=Quantity(1, "个"), deadline=early)
    done = Target("建成公园", place, quantity=Quantity(1, "个"), deadline=early, modality="done")
    assert checked(tmp_path, with_facts(late, done)) == [("warning", "deadline", "二七区委书记陈红民")]


def test_parts_that_do_not_add_up_are_seen(tmp_path: Path) -> None:
    text = RECORD.records[1].reading.article.text

    def target(what: str, number: float, quote: str, part_of: str = "") -> Target:
        at = text.index(quote)
        return Target(what, Evidence(at, at + len(quote), "r"), quantity=Quantity(number, "个"), part_of=part_of)

    total = target("改造", 467, "陈红民一行实地察看")
    parts = [target("甲", 200, "商业街区建设情况", "改造"), target("乙", 200, "现场交流", "改造")]
    assert checked(tmp_path, with_facts(total, *parts)) == [("warning", "parts", "陈红民一行实地察看")]
    parts.append(target("丙", 67, "就当前工作", "改造"))
    assert checked(tmp_path, with_facts(total, *parts)) == []


def test_a_label_that_became_a_post_is_seen(tmp_path: Path) -> None:
    at = RECORD.records[1].reading.article.text.index("区领导")
    label = Mention("label", at, at + 3, "区领导", "区领导", "r")
    tenure = Tenure("崔世英", "区领导", "二七区委", "领导", Evidence(at, at + 3, "r"), "party")
    report = check(graph.Store.build(tmp_path / "s", [with_facts(tenure, mentions=(label,))]))
    assert [(f.rule, f.thing) for f in report.violations] == [("generic-post", "区领导")]


def test_the_report_is_told_in_lines(tmp_path: Path) -> None:
    early = When("2018-07-20", date(2018, 7, 20), date(2018, 7, 20), "inferred")
    late = Target("打造亮点路段", RECORD.records[1].reading.facts[0].evidence, deadline=early)
    report = check(graph.Store.build(tmp_path / "s", [with_facts(late)]))
    assert report.ok
    first, last = str(report).splitlines()
    assert first == (
        f"warning: {RECORD.page.name}: the deadline 2018-07-20 lies before the day of the article, 2019-07-01 "
        "(打造亮点路段) — “二七区委书记陈红民”"
    )
    assert last.startswith("0 violations, 1 warnings; looked at 1 articles, 11 facts, ")
