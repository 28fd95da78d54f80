"""Every form of export, read back by a reader that is not ours: rdflib, Oxigraph, networkx, csv, json, followthemoney."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
import small_graph as small

from kg import views
from kg.cli.app import main
from kg.errors import ExportError
from kg.graph import Store, sanity
from kg.graph.jsonld import CONTEXT
from kg.model import Entity, Event, Mention, PageRecord, Participation, Ref, Tenure
from kg.views.neo4j import relation

PRAISE = "本报讯7月5日，二七区委书记陈红民到蜜蜂张街道慰问居民赵秀兰。赵秀兰说，社区很照顾她。工程师李国强、居民李国强也在场。"


def praise() -> PageRecord:
    """A visit to a private person, with a namesake of an expert, and a break of line within her name."""
    it = small.Item("a1", "陈红民慰问赵秀兰", PRAISE, small.day(2019, 7, 5))
    zhao = Entity("person", "person|赵秀兰|二七区", "赵秀兰", "citizen", jurisdiction="二七区")
    neighbour = Entity("person", "citizen|李国强|二七区", "李国强", "citizen", jurisdiction="二七区")
    expert = Entity("person", "person|李国强|郑州市", "李国强", "expert", jurisdiction="郑州市")
    it.know(small.CHEN, zhao, expert, small.COMMITTEE, small.SECRETARY)
    it.know(neighbour, key="居民李国强")
    it.know(Entity("event", "二七区|2019-07-05|activity|赵秀兰", "陈红民慰问赵秀兰"), key="e1")
    at = it.words("慰问居民赵秀兰")
    it.mentions = [
        Mention("person", at.end - 3, at.end, "赵秀兰", "赵秀兰", "by-hand"),
        Mention("person", it.words("李国强、").start, it.words("李国强、").end - 1, "李国强", "李国强", "by-hand"),
    ]
    it.facts = [
        Event("e1", "activity", "陈红民慰问赵秀兰", it.when, at),
        Tenure("陈红民", "二七区委书记", "二七区委", "书记", it.words("二七区委书记陈红民"), "party"),
        Participation("e1", Ref("person", "陈红民"), "lead", it.words("陈红民到蜜蜂张街道慰问"), "二七区委书记"),
        Participation("e1", Ref("person", "赵秀兰"), "attend", at),
        Participation("e1", Ref("person", "居民李国强"), "attend", it.words("居民李国强也在场")),
    ]
    made = small.page("weiwen", [it])
    # the file breaks the line within the name: 慰问居民赵⏎秀兰
    whole = made.page.text
    cut = whole.index("居民赵秀兰") + 3
    (record,) = made.records
    article = record.reading.article
    start = len(it.headline) + 1
    offsets = [start + i + (start + i >= cut) for i in range(len(it.text))]
    moved = replace(article, offsets=offsets)
    text = f"{whole[:cut]}\n{whole[cut:]}"
    return replace(
        made,
        page=replace(made.page, text=text),
        records=(replace(record, reading=replace(record.reading, article=moved)),),
    )


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.build(tmp_path_factory.mktemp("interchange") / "store", [*small.records(), praise()])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Names that are markup, and a page with a form feed and Windows line ends."""
    odd = small.page("odd", [small.visit()])
    text = f"{odd.page.text}\f尾\r\n完\x01"
    return Store.build(
        tmp_path_factory.mktemp("hostile") / "store",
        [*small.hostile(), replace(odd, page=replace(odd.page, text=text))],
    )


def written(store: Any, form: str) -> bytes:
    out = io.BytesIO()
    views.write_file(store, form, out)
    return out.getvalue()


Quads = set[tuple[str, ...]]


def n3(term: Any) -> str:
    """A term as text; language tags are the same in whatever case."""
    return re.sub(r'(?<=")@[A-Za-z-]+$', lambda m: m[0].lower(), term.n3())


def by_rdflib(data: bytes, form: str) -> Quads:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=form)
    default = {"urn:x-rdflib:default", "None"}
    return {
        (
            n3(s),
            n3(p),
            n3(o),
            "" if str(getattr(g, "identifier", g)) in default else str(getattr(g, "identifier", g)),
        )
        for s, p, o, g in dataset.quads()
    }


def by_oxigraph(data: bytes, form: ox.RdfFormat) -> Quads:
    return {tuple(str(part) for part in quad) for quad in ox.parse(data, form)}


# ---------------------------------------------------------------- RDF


@pytest.mark.parametrize("name", ["store", "hostile"])
def test_json_ld_is_the_whole_graph_to_rdflib_and_to_oxigraph(name: str, request: pytest.FixtureRequest) -> None:
    source: Store = request.getfixturevalue(name)
    lines, document = written(source, "nq"), written(source, "jsonld")
    assert by_rdflib(document, "json-ld") == by_rdflib(lines, "nquads")
    assert by_oxigraph(document, ox.RdfFormat.JSON_LD) == by_oxigraph(lines, ox.RdfFormat.N_QUADS)


def test_json_ld_speaks_in_the_words_of_the_shipped_context(store: Store) -> None:
    document = json.loads(written(store, "jsonld"))
    assert document["@context"] == {"@base": store.base, **json.loads(CONTEXT.read_text("utf-8"))["@context"]}
    (tenure,) = [n for n in document["@graph"] if "Tenure" in n.get("type", ()) and n["title"] == "二七区区长"]
    assert tenure["date"] == "2019-07-03"
    assert tenure["person"].startswith("person/su-jianshe-")
    assert tenure["post"].startswith("post/")
    assert not [n for n in document["@graph"] if "@id" in n or "@type" in n]


def test_json_ld_keeps_to_another_base(tmp_path: Path) -> None:
    made = Store.build(tmp_path / "s", small.records(), base="https://data.example.cn/things#")
    assert by_rdflib(written(made, "jsonld"), "json-ld") == by_rdflib(written(made, "nq"), "nquads")


@pytest.mark.parametrize("name", ["store", "hostile"])
def test_rdf_xml_is_the_default_graph_to_rdflib(name: str, request: pytest.FixtureRequest) -> None:
    source: Store = request.getfixturevalue(name)
    read = rdflib.Graph().parse(data=written(source, "rdfxml"), format="xml")
    expected = {(s, p, o) for s, p, o, g in by_rdflib(written(source, "nq"), "nquads") if not g}
    # the two characters that XML cannot hold, as a reader of N-Quads tells them
    clean = {tuple(re.sub(r"[\x01\x0c]|\\f|\\u0001", "\ufffd", part) for part in triple) for triple in expected}
    assert {(n3(s), n3(p), n3(o)) for s, p, o in read} == clean


@pytest.mark.parametrize("form", ["trig", "ttl", "nt"])
def test_the_forms_of_rdf_agree(store: Store, form: str) -> None:
    expected = by_rdflib(written(store, "nq"), "nquads")
    if form != "trig":
        expected = {quad for quad in expected if not quad[3]}
    assert by_rdflib(written(store, form), {"ttl": "turtle"}.get(form, form)) == expected


@pytest.mark.parametrize("form", views.FILES)
def test_the_same_store_gives_the_same_bytes(store: Store, form: str) -> None:
    assert written(store, form) == written(Store.open(store.directory), form)


# ---------------------------------------------------------------- Popolo

#: the properties of Popolo's classes with their types, as popoloproject.com/schemas tells them (s text, d date, a array)
POPOLO = {
    "persons": "id:s name:s other_names:a identifiers:a family_name:s given_name:s sort_name:s summary:s sources:a",
    "organizations": "id:s name:s other_names:a identifiers:a classification:s parent_id:s area_id:s founding_date:d "
    "dissolution_date:d sources:a",
    "posts": "id:s label:s role:s organization_id:s area_id:s start_date:d end_date:d sources:a",
    "memberships": "id:s label:s role:s person_id:s organization_id:s post_id:s area_id:s start_date:d end_date:d sources:a",
    "events": "id:s name:s description:s start_date:d end_date:d location:s status:s identifiers:a classification:s "
    "organization_id:s attendees:a parent_id:s sources:a",
    "areas": "id:s name:s identifier:s classification:s parent_id:s sources:a",
}
#: what docs/interchange.md says that we add
OWN = {"persons": {"kind", "private"}, "memberships": {"attested"}}


def popolo(source: Any) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = json.loads(written(source, "popolo"))
    return found


def test_popolo_keeps_to_its_classes(store: Store, seed_store: Path) -> None:
    for source in (store, Store.open(seed_store)):
        document = popolo(source)
        assert set(document) == set(POPOLO)
        for name, items in document.items():
            assert items
            kinds = dict(pair.split(":") for pair in POPOLO[name].split())
            for item in items:
                assert set(item) <= set(kinds) | OWN.get(name, set())
                for field in set(item) & set(kinds):
                    assert isinstance(item[field], list if kinds[field] == "a" else str)
                    if kinds[field] == "d":
                        assert re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", item[field])


def test_popolo_ids_lead_somewhere(store: Store, seed_store: Path) -> None:
    leads = {"person_id": "persons", "organization_id": "organizations", "post_id": "posts", "area_id": "areas"}
    for source in (store, Store.open(seed_store)):
        document = popolo(source)
        ids = {name: [item["id"] for item in items] for name, items in document.items()}
        assert all(len(found) == len(set(found)) for found in ids.values())
        for name, items in document.items():
            for item in items:
                for field, where in {**leads, "parent_id": name}.items():
                    assert field not in item or item[field] in ids[where], f"{name} {item}"
        for event in document["events"]:
            assert {a["id"] for a in event.get("attendees", [])} <= set(ids["persons"])


def test_popolo_says_what_the_pages_say(store: Store) -> None:
    document = popolo(store)
    names = {item["id"]: item.get("name") or item.get("label") for items in document.values() for item in items}
    held = {(names[m["person_id"]], names[m["post_id"]], names[m["organization_id"]]) for m in document["memberships"]}
    assert held == {
        ("陈红民", "二七区委书记", "二七区委"),
        ("苏建设", "二七区委副书记", "二七区委"),
        ("苏建设", "二七区区长", "二七区人民政府"),
    }
    (secretary,) = [m for m in document["memberships"] if m["role"] == "二七区委书记"]
    # told by three articles on three days: one membership, and no start or end that nobody printed
    assert secretary["attested"] == ["2019-07-01", "2019-07-03", "2019-07-05"]
    assert len(secretary["sources"]) == 3
    assert not {"start_date", "end_date"} & set(secretary)
    (visit,) = [e for e in document["events"] if e["name"] == "陈红民到淮河路街道调研"]
    assert (visit["classification"], visit["start_date"], visit["location"]) == (
        "inspection",
        "2019-07-01",
        "淮河路街道",
    )
    assert sorted(a["name"] for a in visit["attendees"]) == ["崔世英", "翟国防", "陈红民"]
    (office,) = [o for o in document["organizations"] if o["name"] == "二七区委办"]
    assert (names[office["parent_id"]], office["other_names"]) == ("二七区委", [{"name": "区委办"}])


def test_popolo_marks_private_persons(store: Store) -> None:
    marked = {p["name"]: p.get("private", False) for p in popolo(store)["persons"] if p["name"] != "李国强"}
    assert marked.pop("赵秀兰") is True
    assert set(marked.values()) == {False}


# ---------------------------------------------------------------- FollowTheMoney

FTM = json.loads((Path(__file__).parent / "ftm_schema.json").read_text("utf-8"))["schemata"]


def ftm(source: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(source, "ftm").decode().splitlines()]


def by_published_facts(entities: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with some entities by the published schemata: one line each."""
    known = {e["id"]: FTM[e["schema"]] for e in entities}
    if len(known) != len(entities):
        yield "an id stands twice"
    for entity in entities:
        schema = FTM[entity["schema"]]
        if not re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", entity["id"]):
            yield f"{entity['id']}: no id"
        for name in set(schema["required"]) - set(entity["properties"]):
            yield f"{entity['id']}: no {name}"
        for name, values in entity["properties"].items():
            kind, *range_ = schema["properties"].get(name, ["nothing"])
            for value in values:
                if kind == "nothing":
                    yield f"{entity['id']}: no property {name} in {entity['schema']}"
                elif kind == "entity" and range_[0] not in known.get(value, {"is": []})["is"]:
                    yield f"{entity['id']}: {name} is no {range_[0]}: {value}"
                elif kind == "date" and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
                    yield f"{entity['id']}: {name} is no date: {value}"
                elif kind == "url" and not value.startswith("http"):
                    yield f"{entity['id']}: {name} is no address: {value}"


def by_followthemoney(entities: list[dict[str, Any]]) -> Iterator[str]:
    """What followthemoney's own model says: its validation, and values that its own cleaning would change."""
    sys.path.append(str(OWN_FTM))  # behind ours: of what both have, ours is taken
    from followthemoney import model

    for entity in entities:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        proxy = model.get_proxy(entity, cleaned=False)
        for name, values in entity["properties"].items():
            if schema.get(name) is None or sorted(proxy.get(name)) != sorted(values):
                yield f"{entity['id']}: {name} {values}"


#: its own package asks for an older rdflib, so tools/environment.sh puts it into a folder of its own
OWN_FTM = Path(__file__).parent.parent / "build" / "ftm"
VALIDATORS = [by_published_facts, *([by_followthemoney] if (OWN_FTM / "followthemoney").is_dir() else [])]


@pytest.mark.parametrize("validator", VALIDATORS, ids=lambda v: v.__name__)
def test_ftm_is_valid(store: Store, seed_store: Path, validator: Any) -> None:
    for source in (store, Store.open(seed_store)):
        entities = ftm(source)
        assert len(entities) > 40
        assert list(validator(entities)) == []


def test_the_facts_see_what_is_wrong() -> None:
    wrong = [
        {"id": "a", "schema": "Person", "properties": {"name": ["甲"], "shoe": ["42"]}},
        {"id": "b", "schema": "Occupancy", "properties": {"holder": ["a"], "post": ["a"], "date": ["近日"]}},
        {"id": "c/d", "schema": "Person", "properties": {}},
    ]
    assert sorted(by_published_facts(wrong)) == [
        "a: no property shoe in Person",
        "b: date is no date: 近日",
        "b: post is no Position: a",
        "c/d: no id",
        "c/d: no name",
    ]


def test_ftm_says_what_the_pages_say(store: Store) -> None:
    entities = {e["id"]: e for e in ftm(store)}

    def name(ids: list[str]) -> str:
        return str(entities[ids[0]]["properties"]["name"][0])

    held = {
        (name(e["properties"]["holder"]), name(e["properties"]["post"]), *e["properties"]["date"])
        for e in entities.values()
        if e["schema"] == "Occupancy"
    }
    assert held == {
        ("陈红民", "二七区委书记", "2019-07-01"),
        ("陈红民", "二七区委书记", "2019-07-03"),
        ("陈红民", "二七区委书记", "2019-07-05"),
        ("苏建设", "二七区委副书记", "2019-07-03"),
        ("苏建设", "二七区区长", "2019-07-03"),
    }
    kinds = {e["properties"]["name"][0]: e["schema"] for e in entities.values() if "name" in e["properties"]}
    assert kinds["郑州联通公司"] == "Company"
    assert kinds["二七区委"] == "PublicBody"
    assert kinds["城市环境综合整治提升方案"] == "Document"
    (visit,) = [e for e in entities.values() if e["properties"].get("name") == ["陈红民到淮河路街道调研"]]
    assert visit["properties"]["date"] == ["2019-07-01"]
    assert sorted(entities[i]["properties"]["name"][0] for i in visit["properties"]["involved"]) == [
        "二七区委办", "崔世英", "淮河路街道", "翟国防", "陈红民",
    ]  # fmt: skip
    links = {
        (name(e["properties"]["subject"]), e["properties"]["role"][0], name(e["properties"]["object"]))
        for e in entities.values()
        if e["schema"] == "UnknownLink"
    }
    assert ("登封市科技局", "partner", "郑州联通公司") in links
    assert ("崔世英", "accompany", "陈红民到淮河路街道调研") in links
    (private,) = [e for e in entities.values() if e["properties"].get("name") == ["赵秀兰"]]
    assert private["properties"]["notes"] == ["private person"]


def test_white_space_in_a_value_is_one_space(tmp_path: Path) -> None:
    it = small.Item("a1", "党建引领\u3000城市更新", small.VISIT, small.day(2019, 7, 1))
    (article,) = [e for e in ftm(Store.build(tmp_path / "s", [small.page("p", [it])])) if e["schema"] == "Article"]
    assert article["properties"]["title"] == ["党建引领 城市更新"]


# ---------------------------------------------------------------- Neo4j, tables, graphs


def neo4j(source: Any, folder: Path) -> tuple[dict[str, dict[str, str]], list[dict[str, str]]]:
    """The nodes by id, and the relationships, as a reader of CSV sees them."""
    views.write_folder(source, "neo4j", folder)
    nodes: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("nodes-*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert row["iri:ID"] not in nodes
                nodes[row["iri:ID"]] = row
    with (folder / "relationships.csv").open(encoding="utf-8", newline="") as file:
        return nodes, list(csv.DictReader(file))


def test_neo4j_files_hold_together(store: Store, seed_store: Path, tmp_path: Path) -> None:
    for number, source in enumerate((store, Store.open(seed_store))):
        nodes, ties = neo4j(source, tmp_path / str(number))
        assert len(ties) > 100
        assert all(set(tie) == {":START_ID", ":END_ID", ":TYPE"} for tie in ties)
        assert {tie[end] for tie in ties for end in (":START_ID", ":END_ID")} <= set(nodes)
        assert all(re.fullmatch(r"[A-Z_]+", tie[":TYPE"]) for tie in ties)
        assert len({tuple(tie.values()) for tie in ties}) == len(ties)
        assert all(row[":LABEL"] for row in nodes.values())
        assert not [v for row in nodes.values() for v in row.values() if "\n" in v]
        things = source.query("SELECT DISTINCT ?t { ?t skos:prefLabel ?l }").column("t")
        facts = source.query("SELECT ?f { ?f a kg:Fact }").column("f")
        articles = source.query("SELECT ?a { ?a a kg:Article }").column("a")
        assert set(nodes) == {*things, *facts, *articles}


def test_neo4j_says_what_the_pages_say(store: Store, tmp_path: Path) -> None:
    nodes, ties = neo4j(store, tmp_path / "n")
    said = {(nodes[t[":START_ID"]].get("name"), t[":TYPE"], nodes[t[":END_ID"]].get("name")) for t in ties}
    assert ("陈红民", "HELD_POST", "二七区委书记") in said
    assert ("二七区委书记", "POST_IN", "二七区委") in said
    assert ("陈红民到淮河路街道调研", "SITE", "齐礼阎党群服务中心") in said
    assert ("陈红民到淮河路街道调研", "LEADER", "陈红民") in said
    (target,) = [n for n in nodes.values() if n[":LABEL"] == "Fact;Target"]
    assert (target["what"], target["quantity:double"], target["unit"], target["deadline"]) == (
        "整治背街小巷", "200", "条", "2019-07-31",
    )  # fmt: skip
    assert {n["name"] for n in nodes.values() if n.get("private:boolean") == "true"} == {"赵秀兰", "李国强"}


@pytest.mark.parametrize(("name", "type_"), [("heldPost", "HELD_POST"), ("by", "BY"), ("postIn", "POST_IN")])
def test_a_property_becomes_a_type(name: str, type_: str) -> None:
    assert relation(name) == type_


@pytest.mark.parametrize("form", views.GRAPH_FORMATS)
def test_networkx_reads_the_graph_files(hostile: Store, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"g.{form}"
    views.export(hostile, form, path)
    read = nx.read_graphml(path) if form == "graphml" else nx.read_gexf(path)
    assert len(read) == len(views.to_networkx(hostile))
    assert len(read) > 10


# ---------------------------------------------------------------- private persons

HIDDEN = ("赵秀兰", "zhao xiulan", "zhao-xiulan", "zhao-xiu-lan", "zhao xiu lan")


@pytest.fixture(scope="module")
def plain(store: Store) -> Any:
    return views.source(store, redact=True)


@pytest.mark.parametrize("form", views.FILES)
def test_no_file_has_the_name_of_a_private_person(store: Store, plain: Any, form: str) -> None:
    before, after = written(store, form).decode(), written(plain, form).decode()
    assert [name for name in HIDDEN if name in before]
    assert [name for name in HIDDEN if name in re.sub(r"\s|\\n|&#10;", "", after) or name in after] == []
    assert "陈红民" in after
    assert "private-1" in after or form in ("graphml", "gexf")


@pytest.mark.parametrize("form", views.FOLDERS)
def test_no_table_has_the_name_of_a_private_person(plain: Any, tmp_path: Path, form: str) -> None:
    views.write_folder(plain, form, tmp_path / form)
    text = "".join(path.read_text("utf-8") for path in sorted((tmp_path / form).iterdir()))
    assert [name for name in HIDDEN if name in re.sub(r"\s", "", text) or name in text] == []
    assert "陈红民" in text


def test_what_is_hidden_keeps_its_place_and_its_line_break(store: Store, plain: Any) -> None:
    query = "SELECT ?text { ?p a kg:Page ; kg:name 'weiwen' ; schema:text ?text }"
    ((before,),), ((after,),) = store.query(query).rows, plain.query(query).rows
    assert "慰问居民赵\n秀兰。赵秀兰说" in before
    assert "慰问居民×\n××。×××说" in after
    assert len(after) == len(before)
    assert list(sanity.quotes(plain)) == [None] * len(list(sanity.quotes(store)))


def test_a_public_person_of_the_same_name_keeps_it(plain: Any) -> None:
    rows = plain.query("SELECT ?name ?kind { ?p a kg:Person ; rdfs:label ?name ; kg:kind ?kind }").rows
    kinds = {kind: sorted(name for name, k in rows if k == kind) for _, kind in rows}
    assert kinds["citizen"] == ["×××", "×××"]
    assert "李国强" in kinds["expert"]
    assert sorted(kinds["official"]) == ["崔世英", "翟国防", "苏建设", "陈红民"]


def test_nothing_but_the_names_is_lost(store: Store, plain: Any) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    # the two namesakes were two things and stay two things
    assert plain.query(count).rows == store.query(count).rows
    assert len(plain.graphs) == len(store.graphs)


def test_the_store_itself_keeps_the_names(store: Store, plain: Any) -> None:
    assert store.query("SELECT ?p { ?p rdfs:label '赵秀兰'@zh }").rows


# ---------------------------------------------------------------- refusals


def test_an_unknown_form_is_told_with_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"cannot write 'xls'; expected one of nq, .*popolo, ftm, csv, neo4j"):
        views.export(store, "xls", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for form in ("ftm", "neo4j"):
        with pytest.raises(ExportError, match="cannot be written"):
            views.export(store, form, tmp_path / "file" / "inside")


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(a) for a in arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_the_command_refuses_in_one_line(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = ("export", "-s", store.directory, "-f")
    assert "xls" in told(capsys, *export, "xls")
    assert "name the folder with --output" in told(capsys, *export, "neo4j")
    assert "there is no folder" in told(capsys, *export, "popolo", "-o", tmp_path / "nowhere" / "p.json")
    (tmp_path / "file").write_text("x")
    assert "needs a folder" in told(capsys, *export, "neo4j", "-o", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "x"


def test_the_command_leaves_the_names_out(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = tmp_path / "p.json"
    assert main(["export", "-s", str(store.directory), "-f", "popolo", "--redact", "-o", str(where)]) == 0
    persons = json.loads(where.read_text("utf-8"))["persons"]
    assert [p["name"] for p in persons if p.get("private")] == ["×××", "×××"]


def test_the_interchange_page_names_every_form() -> None:
    text = (Path(__file__).parents[1] / "docs" / "interchange.md").read_text("utf-8")
    for form in (*views.FILES, *views.FOLDERS):
        assert f"`{form}`" in text
