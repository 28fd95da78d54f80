"""The shapes and the sanity checks: silent on a sound graph, and each fires on one that is broken its way."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import graph_samples as samples
import pytest
import rdflib
import small_graph as small
from rdflib.namespace import RDF, SH

from kg import graph
from kg.cli.app import main
from kg.graph.check import SHAPES, check, shapes
from kg.model import Entity, Evidence, Mention, PageRecord, Quantity, Target, Tenure, When

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
    ("Participation", "DELETE { ?f kg:role ?r } INSERT { ?f kg:role 'sing' } WHERE { ?f a kg:Participation ; kg:role ?r }", "the role of a participation is one of the scheme"),
    ("Participation", "DELETE { ?f kg:agent ?x } INSERT { ?f kg:agent ?p } WHERE { ?f a kg:Participation ; kg:agent ?x . ?p a kg:Place }", "one person or one body"),
    ("Report", "INSERT { ?f kg:count -5 } WHERE { ?f a kg:Report }", "not below zero"),
    ("Report", "DELETE { ?f rdfs:label ?l } WHERE { ?f a kg:Report ; rdfs:label ?l }", "names its event"),
    ("EventPlace", "DELETE { ?f kg:role ?r } WHERE { ?f a kg:EventPlace ; kg:role ?r }", "venue or site"),
    ("EventTopic", "DELETE { ?f kg:initiative ?i } WHERE { ?f a kg:EventTopic ; kg:initiative ?i }", "exactly one initiative"),
    ("Statement", "DELETE { ?f kg:speaker ?s } WHERE { ?f a kg:Statement ; kg:speaker ?s }", "one person, body or meeting"),
    ("Statement", "DELETE { ?f kg:said ?s } WHERE { ?f a kg:Statement ; kg:said ?s }", "place on the page"),
    ("Point", "DELETE { ?p kg:index ?i } WHERE { ?p kg:index ?i }", "a point has its number"),
    ("Target", "INSERT { ?f kg:modality 'hoped' } WHERE { ?f a kg:Target }", "the modality is one of the scheme"),
    ("Target", "INSERT { ?f kg:deadline '2030-01-01'^^xsd:date } WHERE { ?f a kg:Target }", "at most one deadline"),
    ("Measurable", "DELETE { ?f kg:quantity ?q ; kg:deadlineEdtf ?d } WHERE { ?f kg:quantity ?q ; kg:deadlineEdtf ?d }", "a number or a deadline"),
    ("Deadline", "DELETE { ?f kg:deadlineBasis ?b } WHERE { ?f kg:deadlineBasis ?b }", "what its year rests on"),
    ("DocumentUse", "DELETE { ?f kg:action ?b } WHERE { ?f kg:action ?b }", "the action is one"),
    ("Tie", "DELETE { ?f kg:object ?o } INSERT { ?f kg:object <x:nothing> } WHERE { ?f kg:object ?o }", "one thing as its object"),
    ("Named", "INSERT { ?p rdfs:label '又名'@zh } WHERE { ?p a kg:Person }", "exactly one name"),
    ("Named", "DELETE { ?p rdfs:label ?l } INSERT { ?p rdfs:label 'name'@en } WHERE { ?p a kg:Place ; rdfs:label ?l }", "in Chinese"),
    ("Person", "INSERT { ?p kg:kind 'angel' } WHERE { ?p a kg:Person }", "the kind of a person is one of the scheme"),
    ("Person", "DELETE { ?p rdfs:label ?l } INSERT { ?p rdfs:label '陈红民，'@zh } WHERE { ?p a kg:Person ; rdfs:label ?l }", "neither punctuation nor digits"),
    ("Post", "DELETE { ?p org:postIn ?b } WHERE { ?p org:postIn ?b }", "should be in a body"),
    ("Post", "INSERT { ?p org:postIn ?b } WHERE { ?p a kg:Post . ?b a kg:Place }", "at most one body"),
    ("Body", "INSERT { ?b a kg:Place } WHERE { ?b a kg:Body }", "a body and a place are two things"),
    ("Body", "INSERT { ?b kg:kind 'club' } WHERE { ?b a kg:Body }", "the kind of a body is one of the scheme"),
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
    ("Tenure", "DELETE { ?f kg:title ?t } WHERE { ?f a kg:Tenure ; kg:title ?t }", "a tenure says the title in full"),
    ("Tenure", "INSERT { ?m kg:label '区领导' } WHERE { ?f a kg:Tenure ; kg:evidence ?m }", "a label that names nobody is no tenure"),
    ("Participation", "DELETE { ?f kg:event ?e } WHERE { ?f a kg:Participation ; kg:event ?e }", "a participation is in exactly one event"),
    ("Report", "DELETE { ?f kg:event ?e } WHERE { ?f a kg:Report ; kg:event ?e }", "a report tells of exactly one event"),
    ("Report", "DELETE { ?f kg:eventType ?t } INSERT { ?f kg:eventType 'party' } WHERE { ?f a kg:Report ; kg:eventType ?t }", "the type of an event is one of the scheme"),
    ("Report", "INSERT { ?f kg:countComparator '约' } WHERE { ?f a kg:Report }", "the comparator of a count is one of the scheme"),
    ("EventPlace", "DELETE { ?f kg:event ?e } WHERE { ?f a kg:EventPlace ; kg:event ?e }", "the place of an event belongs to exactly one event"),
    ("EventPlace", "DELETE { ?f kg:place ?p } INSERT { ?f kg:place ?e } WHERE { ?f a kg:EventPlace ; kg:place ?p ; kg:event ?e }", "exactly one place"),
    ("EventTopic", "DELETE { ?f kg:event ?e } WHERE { ?f a kg:EventTopic ; kg:event ?e }", "a topic belongs to exactly one event"),
    ("Statement", "DELETE { ?f kg:verb ?v } WHERE { ?f kg:verb ?v }", "a statement has its verb"),
    ("Statement", "DELETE { ?f kg:text ?v } INSERT { ?f kg:text '' } WHERE { ?f a kg:Statement ; kg:text ?v }", "a statement says something"),
    ("Point", "DELETE { ?p kg:text ?v } WHERE { ?p a kg:Point ; kg:text ?v }", "a point says something"),
    ("Point", "DELETE { ?p kg:evidence ?m } WHERE { ?p a kg:Point ; kg:evidence ?m }", "a point has its place on the page"),
    ("Target", "DELETE { ?f kg:what ?w } WHERE { ?f kg:what ?w }", "a target says what"),
    ("Target", "INSERT { ?f kg:comparator '约' } WHERE { ?f a kg:Target }", "the comparator is one of the scheme"),
    ("Target", "INSERT { ?f kg:quantity 4 } WHERE { ?f a kg:Target }", "at most one number"),
    ("Target", "INSERT { ?f kg:deadlineEarliest '2031-01-01'^^xsd:date } WHERE { ?f a kg:Target }", "the earliest day of a deadline is not after its last"),
    ("Target", "INSERT { ?f kg:partOf ?p } WHERE { ?f a kg:Target . ?p a kg:Place }", "what a target is part of is a target"),
    ("Target", "INSERT { ?f kg:initiative ?p } WHERE { ?f a kg:Target . ?p a kg:Place }", "the initiative of a target is an initiative"),
    ("Target", "DELETE { ?f kg:by ?b } INSERT { ?f kg:by ?p } WHERE { ?f kg:by ?b . ?b kg:administers ?p }", "who answers for a target is one person or body"),
    ("Part", "INSERT { ?f kg:partOf <x:total> . <x:total> a kg:Target ; kg:unit '条' } WHERE { ?f a kg:Target ; kg:unit '个' }", "a part is told in the unit of its total"),
    ("DocumentUse", "DELETE { ?f kg:document ?d } WHERE { ?f kg:document ?d }", "exactly one document"),
    ("Tie", "DELETE { ?f kg:subject ?s } WHERE { ?f kg:subject ?s }", "a tie has one thing as its subject"),
    ("Tie", "INSERT { ?f kg:predicate 'near' } WHERE { ?f a kg:Tie }", "the kind of a tie is one of the scheme"),
    ("Post", "DELETE { ?p kg:system ?s } WHERE { ?p a kg:Post ; kg:system ?s }", "a post should be of a system"),
    ("Post", "INSERT { ?p kg:system 'choir' } WHERE { ?p a kg:Post }", "the system of a post should be one of the scheme"),
    ("Body", "INSERT { ?b kg:status 'hoped' } WHERE { ?b a kg:Body }", "the status of a body is one of the scheme"),
    ("Body", "INSERT { ?b kg:administers ?b } WHERE { ?b a kg:Body }", "what a body administers is a place"),
    ("Body", "INSERT { ?b kg:partOf ?p } WHERE { ?b a kg:Body . ?p a kg:Person }", "what a body is part of is a body or an area"),
    ("Body", "INSERT { ?b kg:system 'party', 'government' } WHERE { ?b a kg:Body }", "a body is of at most one system"),
    ("Place", "INSERT { ?p kg:kind 'nowhere' } WHERE { ?p a kg:Place }", "the kind of a place is one of the scheme"),
    ("Place", "INSERT { ?p kg:partOf ?b } WHERE { ?b kg:administers ?p }", "what a place is part of is a place"),
    ("Event", "INSERT { ?e kg:eventType 'party' } WHERE { ?e a kg:Event }", "an event has at most one type, of the scheme"),
    ("Event", "INSERT { ?e kg:earliest '2030-01-01'^^xsd:date } WHERE { ?e a kg:Event ; kg:latest ?d }", "the earliest day of an event is not after its latest"),
    ("Event", "INSERT { ?e kg:partOf ?p } WHERE { ?e a kg:Event . ?p a kg:Place }", "what an event is part of is an event"),
    ("Event", "DELETE { ?e kg:key ?k } WHERE { ?e a kg:Event ; kg:key ?k }", "an event has a key"),
    ("Mention", "DELETE { ?m kg:article ?a } WHERE { ?m a kg:Mention ; kg:article ?a }", "a mention stands in an article"),
    ("Mention", "DELETE { ?m oa:hasSelector ?s } WHERE { ?m oa:hasSelector ?s . ?s oa:exact ?q }", "a mention has a position and a quote"),
    ("Mention", "INSERT { ?s a oa:TextPositionSelector } WHERE { ?s oa:exact ?q }", "a mention has exactly one position"),
    ("Mention", "INSERT { ?s a oa:TextQuoteSelector } WHERE { ?s oa:start ?n }", "a mention has exactly one quote"),
    ("Label", "INSERT { ?m kg:refersTo ?p } WHERE { ?m kg:label ?l . ?p a kg:Post }", "a label that names nobody does not name a post"),
    ("Position", "DELETE { ?s oa:end ?e } WHERE { ?s oa:end ?e }", "a stretch has an end"),
    ("Dated", "INSERT { ?a kg:date '2020-01-01'^^xsd:date } WHERE { ?a a kg:Article }", "at most one day"),
    ("Dated", "INSERT { ?a kg:latest '2020-01-01'^^xsd:date } WHERE { ?a a kg:Tenure }", "at most one latest day"),
    ("Article", "DELETE { ?a kg:page ?p } WHERE { ?a kg:page ?p }", "an article stands on exactly one page"),
    ("Article", "INSERT { ?a kg:key 'a9' } WHERE { ?a a kg:Article }", "an article has a key"),
    ("Article", "INSERT { ?a schema:headline '又题'@zh } WHERE { ?a a kg:Article }", "an article has at most one headline"),
    ("Article", "INSERT { ?a schema:author ?b } WHERE { ?a a kg:Article . ?b a kg:Body }", "an author is a person"),
    ("Article", "INSERT { ?a schema:contributor ?b } WHERE { ?a a kg:Article . ?b a kg:Body }", "a contributor is a person"),
    ("Page", "DELETE { ?p kg:name ?n } WHERE { ?p a kg:Page ; kg:name ?n }", "a page has a name"),
    ("Page", "DELETE { ?p schema:text ?t } WHERE { ?p a kg:Page ; schema:text ?t }", "a page keeps its text"),
    ("Fact", "INSERT { ?f kg:layoutDoubt true } WHERE { ?f a kg:Tie }", "a fact across a doubtful join of the layout is not sure"),
    ("Join", "INSERT { <x:j> a kg:Join ; kg:joined ?p , ?b ; kg:reason 'r' ; prov:wasGeneratedBy ?r } WHERE { ?p a kg:Person . ?b a kg:Body . ?f a kg:Tie ; prov:wasGeneratedBy ?r }", "a join goes by exactly one thing"),
    ("Join", "INSERT { <x:j> a kg:Join ; kg:joined ?p ; prov:wasGeneratedBy ?r } WHERE { ?p a kg:Person . ?b a kg:Body . ?f a kg:Tie ; prov:wasGeneratedBy ?r }", "a join says why"),
    ("Join", "INSERT { <x:j> a kg:Join ; kg:joined ?p ; kg:reason 'r' } WHERE { ?p a kg:Person . ?b a kg:Body . ?f a kg:Tie ; prov:wasGeneratedBy ?r }", "a join is owed to a rule or to a person"),
    ("Judgement", "INSERT { <x:j> a kg:Judgement ; kg:about ?p , ?b ; kg:decision 'drop' ; kg:reason 'r' ; prov:wasAttributedTo <x:c> . <x:c> a kg:Curator } WHERE { ?p a kg:Person . ?b a kg:Body }", "about exactly one thing"),
    ("Judgement", "INSERT { <x:j> a kg:Judgement ; kg:about ?p ; kg:decision 'burn' ; kg:reason 'r' ; prov:wasAttributedTo <x:c> . <x:c> a kg:Curator } WHERE { ?p a kg:Person . ?b a kg:Body }", "renames, drops or corrects"),
    ("Judgement", "INSERT { <x:j> a kg:Judgement ; kg:about ?p ; kg:decision 'drop' ; prov:wasAttributedTo <x:c> . <x:c> a kg:Curator } WHERE { ?p a kg:Person . ?b a kg:Body }", "a judgement says why"),
    ("Judgement", "INSERT { <x:j> a kg:Judgement ; kg:about ?p ; kg:decision 'drop' ; kg:reason 'r' . <x:c> a kg:Curator } WHERE { ?p a kg:Person . ?b a kg:Body }", "a judgement says who judged"),
    ("Join", "INSERT DATA { <x:j> a kg:Join ; kg:joined <x:t> ; kg:reason '同名' ; kg:score 9 ; prov:wasGeneratedBy <x:r> . <x:r> a kg:Rule }", "the score of a join lies between 0 and 1"),
    ("Judgement", "INSERT DATA { <x:j> a kg:Judgement ; kg:about <x:t> ; kg:decision 'rename' ; kg:reason '原文为证' ; prov:wasAttributedTo <x:c> ; prov:generatedAtTime 'yesterday' . <x:c> a kg:Curator }", "a judgement has its day"),
]  # fmt: skip

#: every constraint of shapes.ttl: the shape it stands in, and what it says when it is not kept
GRAPH = rdflib.Graph().parse(SHAPES)
OWNER = {inner: shape for shape, inner in GRAPH.subject_objects(SH.property)}
CONSTRAINTS = sorted(
    {
        (str(OWNER.get(s, s)).partition("#")[2], str(m))
        for s, m in GRAPH.subject_objects(SH.message)
        if m.language == "en"
    }
)


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


@pytest.mark.parametrize(("shape", "message"), CONSTRAINTS, ids=[f"{s}: {m}" for s, m in CONSTRAINTS])
def test_every_constraint_has_a_graph_that_breaks_it(shape: str, message: str) -> None:
    said = [words for name, _, words in BROKEN if name == shape and words in message]
    others = [m for s, m in CONSTRAINTS if s == shape and m != message]
    assert [words for words in said if not any(words in other for other in others)]


def test_every_constraint_speaks_both_languages() -> None:
    for shape in {s for s, _ in GRAPH.subject_objects(SH.message)}:
        assert sorted(m.language for m in GRAPH.objects(shape, SH.message)) == ["en", "zh"]


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
    assert sorted((f.rule, f.thing) for f in report.violations) == [("Tenure", "区领导"), ("generic-post", "区领导")]


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


# ---------------------------------------------------------------- sums, holders, systems, circles, words


#: seeds/004 as a person reads it: “完成467个小区改造工作……第一批264个……第二批203个”
BATCHES = "计划完成467个小区改造工作，其中第一批264个小区，第二批203个小区。"


def with_batches(first: float, second: float, total_sign: str = "=", unit: str = "个") -> PageRecord:
    it = small.Item("a1", "老旧小区改造", BATCHES, small.day(2020, 5, 8))
    it.facts = [
        Target("完成小区改造", it.words("完成467个小区改造工作"), quantity=Quantity(467, "个", total_sign)),
        Target("第一批", it.words("第一批264个小区"), quantity=Quantity(first, unit), part_of="完成小区改造"),
        Target("第二批", it.words("第二批203个小区"), quantity=Quantity(second, unit), part_of="完成小区改造"),
    ]
    return small.page("zhengzhou", [it])


def test_the_batches_of_the_sample_page_add_up(tmp_path: Path) -> None:
    assert checked(tmp_path, with_batches(264, 203)) == []


def test_a_wrong_sum_is_told_with_both_numbers(tmp_path: Path) -> None:
    report = check(graph.Store.build(tmp_path / "s", [with_batches(264, 213)]))
    assert [str(f) for f in report.findings] == [
        "warning: zhengzhou: the 2 parts add up to 477个, the total is said to be 467个 (完成小区改造) "
        "— “完成467个小区改造工作”"
    ]
    assert report.ok


def test_a_number_that_may_be_more_is_not_contradicted(tmp_path: Path) -> None:
    """467余个 is 467 or more: 477 keeps to it, 466 does not."""
    assert checked(tmp_path, with_batches(264, 213, ">")) == []
    assert [f[1] for f in checked(tmp_path, with_batches(264, 202, ">"))] == ["parts"]


def test_parts_in_another_unit_are_seen(tmp_path: Path) -> None:
    found = checked(tmp_path, with_batches(264, 203, unit="户"))
    assert set(found) == {("violation", "Part", "第一批264个小区"), ("violation", "Part", "第二批203个小区")}


def holding(key: str, page: str, person: str, when: When, modifiers: tuple[str, ...] = ()) -> PageRecord:
    """A page that says 二七区区长X出席会议."""
    it = small.Item(key, "会议", f"本报讯近日，二七区区长{person}出席会议。", when)
    it.know(Entity("person", f"{person}|二七区", person, "official"), small.GOVERNMENT, small.HEAD)
    it.facts = [
        Tenure(person, "二七区区长", "二七区人民政府", "区长", it.words(f"二七区区长{person}"), "government", modifiers)
    ]
    return small.page(page, [it])


def test_two_holders_of_one_post_on_one_day_are_told_with_both_sources(tmp_path: Path) -> None:
    day = small.day(2019, 7, 3)
    pages = [holding("a1", "east", "苏建设", day), holding("a1", "west", "王一平", day)]
    report = check(graph.Store.build(tmp_path / "s", pages))
    assert [str(f) for f in report.findings] == [
        "warning: east: two holders on 2019-07-03: 苏建设, and 王一平 on page west, “二七区区长王一平” (二七区区长) "
        "— “二七区区长苏建设”"
    ]


@pytest.mark.parametrize(
    ("when", "modifiers"),
    [
        (small.day(2019, 7, 4), ()),
        (small.day(2019, 7, 3), ("时任",)),
        (small.day(2019, 7, 3), ("原",)),
        (When("XXXX-07-03"), ()),
    ],
    ids=["another day", "时任", "原", "no year"],
)
def test_one_after_the_other_is_no_contradiction(tmp_path: Path, when: When, modifiers: tuple[str, ...]) -> None:
    pages = [holding("a1", "east", "苏建设", small.day(2019, 7, 3)), holding("a1", "west", "王一平", when, modifiers)]
    assert check(graph.Store.build(tmp_path / "s", pages)).findings == ()


def test_several_may_hold_a_post_of_many(tmp_path: Path) -> None:
    """副书记 is a post of several at a time."""
    it = small.Item("a1", "会议", "二七区委副书记苏建设、王一平出席会议。", small.day(2019, 7, 3))
    other = Entity("person", "王一平|二七区", "王一平", "official")
    it.know(small.SU, other, small.COMMITTEE, small.DEPUTY)
    held = it.at("出席会议")
    it.facts = [Tenure(p, "二七区委副书记", "二七区委", "副书记", held, "party") for p in ("苏建设", "王一平")]
    assert checked(tmp_path, small.page("p", [it])) == []


def test_a_post_of_another_system_than_its_body_is_seen(tmp_path: Path) -> None:
    it = small.Item("a1", "会议", "二七区委书记陈红民出席会议。", small.day(2019, 7, 3))
    wrong = replace(small.SECRETARY, system="government")
    it.know(small.CHEN, small.COMMITTEE, wrong)
    it.facts = [Tenure("陈红民", "二七区委书记", "二七区委", "书记", it.words("二七区委书记陈红民"), "government")]
    assert checked(tmp_path, small.page("p", [it])) == [("warning", "system", "二七区委书记陈红民")]


def forged(tmp_path: Path, *lines: str) -> list[str]:
    """What is found in the sound page after lines (subject, predicate, object) were added to its first graph."""
    made = graph.written(RECORD)
    (name, first), *rest = made.graphs
    expanded = []
    for line in lines:
        for prefix, iri in graph.PREFIXES.items():
            line = re.sub(rf"(?<![\w/:]){prefix}:(\w+)", rf"<{iri}\1>", line)
        expanded.append(line)
    store = graph.Store.build(
        tmp_path / "s", [replace(made, graphs=((name, tuple(sorted({*first, *expanded}))), *rest))]
    )
    return [f"{f.severity} {f.rule}: {f.message} ({f.thing})" for f in check(store).findings]


def test_what_is_part_of_itself_is_seen(tmp_path: Path) -> None:
    store = graph.Store.build(tmp_path / "sound", [RECORD])
    (district, party) = (
        store.query(f"SELECT ?b {{ ?b a kg:Body ; rdfs:label '{name}'@zh }}").rows[0][0]
        for name in ("二七区", "二七区委")
    )
    # 二七区委 is part of 二七区 already
    assert forged(tmp_path, f"<{district}> kg:partOf <{party}>") == [
        "violation circle: it is part of itself, directly or through others (二七区)",
        "violation circle: it is part of itself, directly or through others (二七区委)",
    ]


def test_a_term_that_nobody_defined_is_seen(tmp_path: Path) -> None:
    assert forged(tmp_path, "<http://example.org/kg/id/person/x> kg:friend <http://example.org/kg/id/person/y>") == [
        "violation vocabulary: a term that the vocabulary does not define (kg:friend)"
    ]


def test_a_body_that_no_mention_names_is_still_found_on_its_page(sound: rdflib.Graph) -> None:
    """二七区委宣传部 is named by a mention; 二七区, its body's body, only by what is part of it."""
    sound.update(PREFIXES + "INSERT { ?b kg:kind 'club' } WHERE { ?b a kg:Body ; rdfs:label '二七区'@zh }")
    (found,) = [f for f in shapes(sound) if f.rule == "Body"]
    assert (found.thing, found.page) == ("二七区", RECORD.page.name)
    assert found.quote


def test_the_report_as_data(tmp_path: Path) -> None:
    data = check(graph.Store.build(tmp_path / "s", [with_batches(264, 213)])).data()
    assert (data["ok"], data["violations"], data["warnings"]) == (True, 0, 1)
    assert data["checked"]["articles"] == 1
    (finding,) = data["findings"]
    assert finding["rule"] == "parts"
    assert finding["page"] == "zhengzhou"
    assert finding["message_zh"] == "分项之和与总数不符"
    assert finding["quote"] == "完成467个小区改造工作"


# ---------------------------------------------------------------- the command


def test_the_command_ends_0_on_warnings_and_tells_them_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = graph.Store.build(tmp_path / "s", [with_batches(264, 213)])
    assert main(["check", "-s", str(store.directory), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["warnings"], told["findings"][0]["page"]) == (True, 1, "zhengzhou")
    assert main(["check", "-s", str(store.directory)]) == 0
    assert "the 2 parts add up to 477个" in capsys.readouterr().out


def test_the_command_ends_1_on_violations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = graph.Store.build(tmp_path / "s", [with_batches(264, 203, unit="户")])
    assert main(["check", "-s", str(store.directory), "-f", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["violations"]) == (False, 2)
    assert main(["check", "-s", str(store.directory)]) == 1
    said = capsys.readouterr().out
    assert "violation: zhengzhou: a part is told in the unit of its total [partOf/unit" in said
    assert "第一批264个小区" in said
