"""An article becomes triples: each fact with its words, one graph an article, nothing invented."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import graph_samples as samples
import pyoxigraph as ox
import pytest

from kg import graph
from kg.graph import terms, writer
from kg.model import Article, Evidence, PageRecord, Participation, Quantity, Reading, Record, Ref, Target, Tenure, When

RECORD = samples.record()
T = terms.term


def triples(record: PageRecord, number: int = 0) -> set[tuple[str, str, str]]:
    return list(writer.graphs(record))[number][1]


def objects(found: set[tuple[str, str, str]], s: str, p: str) -> set[str]:
    return {o for a, b, o in found if a == s and b == T(p)}


def of_class(found: set[tuple[str, str, str]], name: str) -> list[str]:
    return sorted(s for s, p, o in found if p == T("rdf:type") and o == T(name))


def label(found: set[tuple[str, str, str]], s: str) -> str:
    (value,) = objects(found, s, "rdfs:label")
    return value.removesuffix("@zh").strip('"')


def with_facts(record: Record, *facts: object, when: When | None = None) -> PageRecord:
    reading = replace(record.reading, facts=facts, when=record.reading.when if when is None else when)
    return replace(RECORD, records=(replace(record, reading=reading),))


# ---------------------------------------------------------------- evidence


@pytest.mark.parametrize("number", [0, 1])
def test_every_fact_has_an_article_words_a_rule_and_a_score(number: int) -> None:
    found = triples(RECORD, number)
    facts = of_class(found, "kg:Fact")
    assert len(facts) == len(RECORD.records[number].reading.facts)
    for fact in facts:
        assert len(objects(found, fact, "kg:article")) == 1
        assert objects(found, fact, "kg:evidence")
        assert len(objects(found, fact, "prov:wasGeneratedBy")) == 1
        assert len(objects(found, fact, "kg:score")) == 1


@pytest.mark.parametrize("number", [0, 1])
def test_every_quote_is_the_raw_slice_without_white_space(number: int) -> None:
    found = triples(RECORD, number)
    mentions = of_class(found, "kg:Mention")
    assert len(mentions) >= 15
    for mention in mentions:
        _, _, span = mention.rstrip(">").partition("mention/")
        start, end = map(int, span.split("-")[-2:])
        assert objects(found, f"{mention[:-1]}#position>", "oa:start") == {terms.whole(start)}
        assert objects(found, f"{mention[:-1]}#position>", "oa:end") == {terms.whole(end)}
        (quote,) = objects(found, f"{mention[:-1]}#quote>", "oa:exact")
        assert quote == terms.text("".join(RECORD.page.text[start:end].split()))


def test_a_name_cut_by_a_line_break_is_quoted_whole() -> None:
    found = triples(RECORD)
    (tenure,) = (f for f in of_class(found, "kg:Tenure") if objects(found, f, "kg:title") == {'"二七区委宣传部部长"'})
    (mention,) = objects(found, tenure, "kg:evidence")
    assert objects(found, f"{mention[:-1]}#quote>", "oa:exact") == {'"二七区委常委、宣传部长崔世英"'}
    assert "宣传部\n长崔世英" in RECORD.page.text


def test_words_that_jump_over_other_text_are_several_mentions() -> None:
    page = samples.page("split", "区委书记陈\n（照片说明）\n红民表示")
    text = "区委书记陈红民表示"
    offsets = [0, 1, 2, 3, 4, 13, 14, 15, 16]
    article = Article("split", "a1", "", (), text, text, offsets, (0, 9), jumps=frozenset({4}))
    tenure = Tenure("陈红民", "区委书记", "", "书记", Evidence(0, 7, "r"))
    record = PageRecord(
        page, samples.CONTEXT, (Record(Reading(article, samples.CONTEXT, When(), (), (tenure,)), {}, {}),)
    )
    found = triples(record)
    (fact,) = of_class(found, "kg:Tenure")
    mentions = objects(found, fact, "kg:evidence")
    quotes = {q for m in mentions for q in objects(found, f"{m[:-1]}#quote>", "oa:exact")}
    assert quotes == {'"区委书记陈"', '"红民"'}


def test_the_same_fact_said_twice_is_one_node_with_both_places_and_the_surer_rule() -> None:
    record = RECORD.records[0]
    sure, unsure = Evidence(0, 5, "sure", 0.9), Evidence(10, 15, "unsure", 0.5)
    facts = [Participation("e1", Ref("person", "崔世英"), "attend", e) for e in (unsure, sure)]
    for order in (facts, facts[::-1]):
        found = triples(with_facts(record, *order))
        (fact,) = of_class(found, "kg:Participation")
        assert len(objects(found, fact, "kg:evidence")) == 2
        assert objects(found, fact, "kg:score") == {terms.number(0.9)}
        (rule,) = objects(found, fact, "prov:wasGeneratedBy")
        assert label(found, rule) == "sure"


def test_a_fact_about_something_unresolved_is_written_with_its_name() -> None:
    found = triples(
        with_facts(RECORD.records[0], Participation("e1", Ref("body", "区城管局"), "attend", Evidence(0, 5, "r")))
    )
    (fact,) = of_class(found, "kg:Participation")
    (agent,) = objects(found, fact, "kg:agent")
    assert label(found, agent) == "区城管局"


# ---------------------------------------------------------------- things


def test_what_is_known_of_a_post() -> None:
    found = triples(RECORD)
    (post,) = (p for p in of_class(found, "kg:Post") if label(found, p) == "二七区委宣传部部长")
    assert T("org:Post") in objects(found, post, "rdf:type")
    assert objects(found, post, "kg:postRole") == {'"部长"'}
    (body,) = objects(found, post, "org:postIn")
    assert label(found, body) == "二七区委宣传部"
    assert objects(found, body, "skos:altLabel") == {'"宣传部"@zh', '"区委宣传部"@zh'}
    (parent,) = objects(found, body, "org:subOrganizationOf")
    assert label(found, parent) == "二七区委"


def test_a_street_office_is_two_things() -> None:
    found = triples(RECORD, 1)
    (body,) = (b for b in of_class(found, "kg:Body") if label(found, b) == "淮河路街道办事处")
    (place,) = objects(found, body, "kg:administers")
    assert T("kg:Place") in objects(found, place, "rdf:type")
    assert place != body


def test_names_have_pinyin() -> None:
    found = triples(RECORD, 1)
    (chen,) = (p for p in of_class(found, "kg:Person") if label(found, p) == "陈红民")
    assert objects(found, chen, "kg:pinyin") == {'"chen hongmin"@zh-Latn-pinyin'}


def test_who_wrote_an_article_is_not_named_in_it() -> None:
    found = triples(RECORD)
    (article,) = of_class(found, "kg:Article")
    (author,) = objects(found, article, "schema:author")
    (contributor,) = objects(found, article, "schema:contributor")
    assert (label(found, author), label(found, contributor)) == ("张改华", "张雅青")
    named = {label(found, s) for s in objects(found, article, "kg:mentions")}
    assert named == {"崔世英", "二七区", "二七区委", "二七区委宣传部", "全国文明城市创建", "全国文明城市测评体系"}


def test_a_group_that_names_nobody_is_a_label_and_no_post() -> None:
    found = triples(RECORD)
    assert {o for _, p, o in found if p == T("kg:label")} == {'"全区各相关职能委局"'}
    assert {label(found, p) for p in of_class(found, "kg:Post")} == {"二七区委常委", "二七区委宣传部部长"}


# ---------------------------------------------------------------- events, dates, targets


def test_shortcuts_of_events() -> None:
    found = triples(RECORD, 1)
    (event,) = of_class(found, "kg:Inspection")
    assert T("sem:Event") in objects(found, event, "rdf:type")
    assert {label(found, s) for s in objects(found, event, "kg:leader")} == {"陈红民"}
    assert {label(found, s) for s in objects(found, event, "kg:participant")} == {
        "陈红民",
        "崔世英",
        "淮河路街道办事处",
    }
    assert {label(found, s) for s in objects(found, event, "kg:site")} == {"齐礼阎党群服务中心"}
    first = triples(RECORD, 0)
    (meeting,) = of_class(first, "kg:Meeting")
    assert {label(first, s) for s in objects(first, meeting, "kg:organiser")} == {"二七区"}
    assert {label(first, s) for s in objects(first, meeting, "kg:participant")} == {"崔世英"}


def test_a_body_was_there_through_somebody_in_a_list_that_is_open() -> None:
    found = triples(RECORD, 1)
    (fact,) = (f for f in of_class(found, "kg:Participation") if objects(found, f, "kg:through"))
    assert objects(found, fact, "kg:through") == {'"主要负责人"'}
    assert objects(found, fact, "kg:openList") == {terms.truth(True)}


def test_the_title_held_at_the_event_leads_to_the_post() -> None:
    found = triples(RECORD, 1)
    (fact,) = (f for f in of_class(found, "kg:Participation") if objects(found, f, "kg:role") == {'"lead"'})
    assert objects(found, fact, "kg:title") == {'"二七区委书记"'}
    (post,) = objects(found, fact, "kg:postHeld")
    assert label(found, post) == "二七区委书记"


@pytest.mark.parametrize(
    ("when", "edtf", "day", "earliest"),
    [
        (When("2019-06-26", date(2019, 6, 26), date(2019, 6, 26), "printed"), {'"2019-06-26"'}, True, True),
        (When("XXXX-06-26", None, None, "unknown"), {'"XXXX-06-26"'}, False, False),
        (When("2019-06", date(2019, 6, 1), date(2019, 6, 30), "inferred"), {'"2019-06"'}, False, True),
        (When(), set(), False, False),
    ],
)
def test_a_day_that_is_not_known_is_left_out(when: When, edtf: set[str], day: bool, earliest: bool) -> None:
    found = triples(with_facts(RECORD.records[0], when=when))
    (article,) = of_class(found, "kg:Article")
    assert objects(found, article, "kg:edtf") == edtf
    assert bool(objects(found, article, "kg:date")) is day
    assert bool(objects(found, article, "kg:earliest")) is earliest
    assert objects(found, article, "kg:yearBasis") == ({f'"{when.basis}"'} if edtf else set())


def test_a_target_has_its_number_its_deadline_and_its_total() -> None:
    due = When("2020-12-31", date(2020, 12, 1), date(2020, 12, 31), "inferred")
    total = Target("小区改造", Evidence(0, 5, "r"), quantity=Quantity(467, "个"), deadline=due)
    part = Target("院落改造", Evidence(6, 9, "r"), quantity=Quantity(2.5, "万平方米", ">"), part_of="小区改造")
    found = triples(with_facts(RECORD.records[0], part, total))
    by_what = {next(iter(objects(found, f, "kg:what"))): f for f in of_class(found, "kg:Target")}
    assert objects(found, by_what['"院落改造"'], "kg:partOf") == {by_what['"小区改造"']}
    assert objects(found, by_what['"院落改造"'], "kg:quantity") == {terms.number(2.5)}
    assert objects(found, by_what['"院落改造"'], "kg:comparator") == {'">"'}
    assert objects(found, by_what['"小区改造"'], "kg:deadline") == {terms.day(date(2020, 12, 31))}
    assert objects(found, by_what['"小区改造"'], "kg:deadlineBasis") == {'"inferred"'}


def test_the_points_of_a_statement_keep_their_order_and_words() -> None:
    found = triples(RECORD)
    points = {next(iter(objects(found, p, "kg:index"))): p for p in of_class(found, "kg:Point")}
    assert objects(found, points[terms.whole(1)], "kg:text") == {'"一是要完善领导体制，融合推动形成创建合力"'}
    assert objects(found, points[terms.whole(2)], "kg:text") == {'"二是要营造浓厚氛围，全面提高创建宣传水平"'}
    assert all(objects(found, p, "kg:evidence") for p in points.values())


# ---------------------------------------------------------------- graphs


def test_each_article_is_a_graph_and_the_default_graph_has_every_triple_once() -> None:
    quads = list(graph.quads(RECORD))
    named = {g for *_, g in quads if g}
    assert named == set(of_class(triples(RECORD, 0) | triples(RECORD, 1), "kg:Article"))
    default = [q[:3] for q in quads if not q[3]]
    assert len(default) == len(set(default))
    assert set(default) == {q[:3] for q in quads if q[3]}


def test_dropping_an_article_leaves_what_was_there_without_it() -> None:
    alone = set(graph.quads(replace(RECORD, records=RECORD.records[:1])))
    both = set(graph.quads(RECORD))
    (gone,) = {q[3] for q in both} - {q[3] for q in alone}
    kept = {q for q in both if q[3] and q[3] != gone}
    left = kept | {(*q[:3], "") for q in kept}
    assert left == alone


def test_a_page_without_articles_is_still_there() -> None:
    ((name, found),) = writer.graphs(replace(RECORD, records=()))
    assert of_class(found, "kg:Page") == [name]
    assert objects(found, name, "kg:name") == {f'"{RECORD.page.name}"'}


def test_the_order_of_facts_and_mentions_changes_nothing() -> None:
    shuffled = []
    for item in RECORD.records:
        facts, mentions = list(item.reading.facts), list(item.reading.mentions)
        random.Random(1).shuffle(facts)
        random.Random(2).shuffle(mentions)
        shuffled.append(replace(item, reading=replace(item.reading, facts=tuple(facts), mentions=tuple(mentions))))
    assert list(graph.quads(replace(RECORD, records=tuple(shuffled)))) == list(graph.quads(RECORD))


def test_where_a_page_lies_on_the_disk_changes_nothing() -> None:
    moved = replace(RECORD, page=replace(RECORD.page, source="C:/else/where/" + RECORD.page.name + ".txt"))
    assert list(graph.nquads(moved)) == list(graph.nquads(RECORD))


def test_the_lines_are_n_quads() -> None:
    lines = "\n".join(graph.nquads(RECORD, "https://data.example.cn/id/"))
    parsed = list(ox.parse(input=lines, format=ox.RdfFormat.N_QUADS))
    assert len(parsed) == len(list(graph.quads(RECORD)))
    assert not any(isinstance(t, ox.BlankNode) for q in parsed for t in (q.subject, q.object))
    assert {str(q.subject.value).partition("/id/")[0] for q in parsed} == {"https://data.example.cn"}
