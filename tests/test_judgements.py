"""Judgements: the file, what a build makes of it, and the commands that write it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import kg
from kg import curation, graph, resolve
from kg.cli.app import main
from kg.errors import JudgementError
from kg.graph.terms import local_name
from kg.resolve.judgements import Judgement, Reference, line, parse, read
from kg.resolve.kinds import Sketch

ROOT = Path(__file__).resolve().parent.parent
SHEN_CHA = ("二七区督察局", "二七区督查局")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three of the sample pages and their store, built once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("judged")
    (folder / "pages").mkdir()
    for page in sorted((ROOT / "seeds").glob("00[012]_*.txt")):
        shutil.copy(page, folder / "pages")
    kg.build([folder / "pages"], folder / "store")
    return folder


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "site")
    return tmp_path / "site"


def rebuild(site: Path) -> tuple[kg.Summary, kg.Store]:
    summary = kg.build([site / "pages"], site / "store")
    return summary, kg.Store.open(site / "store")


def the(store: kg.Store, name: str, kind: str = "") -> str:
    found = [row for row in kg.find_ids(store, name) if not kind or row[2] == kind]
    assert len(found) == 1, found
    return found[0][0]


def judge(site: Path, verb: str, a: str, b: str = "", why: str = "原文为证") -> str:
    return kg.judge(site / "pages", verb, a, b, why=why, who="王编辑", when="2026-11-20")


# ---------------------------------------------------------------- the file

GOOD = "same\tperson/a-1\tperson/b-2\t王编辑\t2026-11-20\t同一人"


def test_a_line_is_read() -> None:
    (found,), faults = parse(["# a comment", "verb\ta\tb\twho\twhen\twhy", "", GOOD], "j.tsv")
    assert faults == ()
    assert found == Judgement(
        "same", Reference("person/a-1"), Reference("person/b-2"), "", "", "王编辑", "2026-11-20", "同一人", "j.tsv:4"
    )


def test_what_follows_an_id_is_for_people_and_an_article_may_be_named() -> None:
    (found,), _ = parse(["different\tperson/a-1@p1/a2 张伟\tperson/b-2 张伟\t王\t2026-11-20\t二人"])
    assert found.a == Reference("person/a-1", "p1/a2")
    assert found.b == Reference("person/b-2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("merge\tperson/a\tperson/b\tw\t2026-11-20\tx", "j.tsv:1: unknown verb 'merge'; there are same, different"),
        ("same\t张伟\tperson/b\tw\t2026-11-20\tx", "expected an id such as person/chen-hongmin-48ff1d7c"),
        ("same\tperson/a\tperson/a\tw\t2026-11-20\tx", "person/a is compared with itself"),
        ("same\tperson/a\tbody/b\tw\t2026-11-20\tx", "of different kinds"),
        ("same\tfact/a\tfact/b\tw\t2026-11-20\tx", "a fact can be dropped or corrected"),
        ("rename\tperson/a\t\tw\t2026-11-20\tx", "rename needs the new name"),
        ("rename\tfact/a\tx\tw\t2026-11-20\tx", "a fact has no name"),
        ("drop\tperson/a\tperson/b\tw\t2026-11-20\tx", "drop takes one id"),
        ("correct\tevent/a\t2019\tw\t2026-11-20\tx", "correct needs property=value"),
        ("correct\tevent/a\tcolour=red\tw\t2026-11-20\tx", "'colour' cannot be corrected; what can: kind"),
        ("correct\tevent/a\tdate=6月26日\tw\t2026-11-20\tx", "date is a day such as 2019-06-26"),
        ("correct\tevent/a\tdate=2019-02-30\tw\t2026-11-20\tx", "date is a day such as 2019-06-26"),
        ("correct\tfact/a\tquantity=许多\tw\t2026-11-20\tx", "quantity is a number"),
        ("correct\tplace/a\tdivisionCode=41\tw\t2026-11-20\tx", "a division code of 6 or 9 digits"),
        ("same\tperson/a\tperson/b\t\t2026-11-20\tx", "who judged?"),
        ("same\tperson/a\tperson/b\tw\t2026-11-20\t", "why?"),
        ("same\tperson/a\tperson/b\tw\tgestern\tx", "expected the day of the judgement as 2026-11-20, got 'gestern'"),
        ("same\tperson/a\tperson/b\tw\t2026-11-20\tx\ty", "expected 6 columns"),
        ("drop\tperson/a@p/a1\t\tw\t2026-11-20\tx", "@page/article is for same, different and unsure"),
    ],
)
def test_a_fault_is_told_in_one_line(text: str, said: str) -> None:
    found, (fault,) = parse([text], "j.tsv")
    assert found == ()
    assert fault.startswith("j.tsv:1: ")
    assert said in fault
    assert "\n" not in fault


def test_a_file_with_faults_stops_the_build_and_leaves_the_store(site: Path) -> None:
    (site / "pages" / "judgements.tsv").write_text("nonsense\nmerge\tx\n", "utf-8")
    before = (site / "store" / "graph.nq").read_bytes()
    with pytest.raises(JudgementError, match=r"judgements\.tsv:1: unknown verb 'nonsense'.*1 more"):
        rebuild(site)
    assert (site / "store" / "graph.nq").read_bytes() == before
    assert len(kg.check_judgements(site / "pages")) == 2


def test_a_missing_file_is_no_judgement_but_one_that_is_named_must_be_there(tmp_path: Path) -> None:
    assert read(tmp_path / "judgements.tsv") == ()
    with pytest.raises(JudgementError, match="no such file"):
        curation.judgement_files([], tmp_path / "mine.tsv")


def test_what_the_file_must_not_hold_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(JudgementError):
        line("same", "person/a", "body/b", "w", "2026-11-20", "x")
    with pytest.raises(JudgementError):
        kg.judge(tmp_path / "j.tsv", "same", "person/a", "person/b", why="")
    assert not (tmp_path / "j.tsv").exists()


def test_judgements_are_appended_and_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "j.tsv"
    file.write_bytes(b"# mine\nverb\ta\tb\twho\twhen\twhy")  # no line end, as some editors leave it
    first = kg.judge(file, "same", "person/a-1", "person/b-2", why="x", who="w", when="2026-11-20")
    second = kg.judge(file, "drop", "person/c-3", why="y", who="w", when="2026-11-20")
    assert file.read_text("utf-8") == f"# mine\nverb\ta\tb\twho\twhen\twhy\n{first}\n{second}\n"
    assert kg.undo(file, ["person/a-1"]) == first
    assert kg.undo(file) == second
    assert file.read_text("utf-8") == "# mine\nverb\ta\tb\twho\twhen\twhy\n"
    with pytest.raises(JudgementError, match="no judgement to undo"):
        kg.undo(file)


# ---------------------------------------------------------------- what a build makes of them


def test_same_joins_and_says_who_and_why(site: Path) -> None:
    store = kg.Store.open(site / "store")
    a, b = (the(store, name) for name in SHEN_CHA)
    judge(site, "same", a, b, "同音误植")
    summary, store = rebuild(site)
    assert summary.kept == 3  # nothing is read again
    assert the(store, SHEN_CHA[0]) == the(store, SHEN_CHA[1])
    (row,) = store.query(
        "SELECT ?who ?why { ?j kg:joined ?b ; kg:reason ?why ; prov:wasAttributedTo/rdfs:label ?who }"
    ).rows
    assert row == ("王编辑", "人工判定：同音误植")
    assert not [c for c in kg.candidates(store) if {c.name_a, c.name_b} == set(SHEN_CHA)]
    kg.undo(site / "pages")
    _, store = rebuild(site)
    assert the(store, SHEN_CHA[0]) != the(store, SHEN_CHA[1])
    assert not store.query("SELECT ?c { ?c a kg:Curator }").rows


def test_different_undoes_a_join_and_hides_a_candidate(site: Path) -> None:
    (join,) = [j for j in kg.candidates(site / "store", joins=True) if j.name_a == "郑州联通"]
    judge(site, "different", join.a, join.b)
    (pair,) = [c for c in kg.candidates(site / "store") if {c.name_a, c.name_b} == set(SHEN_CHA)]
    judge(site, "different", pair.a, pair.b)
    _, store = rebuild(site)
    assert the(store, "郑州联通") != the(store, "郑州联通公司")
    assert not [c for c in kg.candidates(store) if {c.name_a, c.name_b} == set(SHEN_CHA)]
    assert not [c for c in kg.candidates(store) if c.name_a.startswith("郑州联通")]


def test_unsure_keeps_apart_and_stands_last_in_the_list(site: Path) -> None:
    (join,) = [j for j in kg.candidates(site / "store", joins=True) if j.name_a == "郑州联通"]
    judge(site, "unsure", join.a, join.b, "待查")
    _, store = rebuild(site)
    last = kg.candidates(store)[-1]
    assert {last.name_a, last.name_b} == {"郑州联通", "郑州联通公司"}
    assert last.unsure
    assert any("待查" in reason for reason in last.con)


def test_rename_holds_everywhere_and_keeps_what_was_printed(site: Path) -> None:
    store = kg.Store.open(site / "store")
    judge(site, "rename", the(store, "许广佑"), "许广祐")
    _, store = rebuild(site)
    assert the(store, "许广祐") == the(store, "许广佑")
    rows = [r for r in kg.query(store, "persons") if r["person"].startswith("许广")]
    assert {r["person"] for r in rows} == {"许广祐"}
    assert store.query("SELECT ?p { ?x rdfs:label '许广祐'@zh ; kg:pinyin ?p }").column("p") == ["xu guangyou"]
    (why,) = store.query("SELECT ?r { ?j a kg:Judgement ; kg:decision 'rename' ; kg:reason ?r }").column("r")
    assert why == "原文为证"


def test_drop_takes_a_thing_with_the_facts_that_cannot_be_without_it(site: Path) -> None:
    store = kg.Store.open(site / "store")
    who = the(store, "雍明轩")
    events = store.query(f"SELECT ?e {{ ?e kg:leader <{store.base}{who}> }}").column("e")
    assert events
    judge(site, "drop", who)
    _, store = rebuild(site)
    assert not store.query("SELECT ?x { ?x rdfs:label '雍明轩'@zh }").rows
    assert not store.query(f"SELECT ?s ?p {{ ?s ?p <{store.base}{who}> FILTER(?p != kg:about) }}").rows
    # the events stay, with those who are left
    assert store.query(f"SELECT ?n {{ <{events[0]}> rdfs:label ?n }}").rows
    assert "雍明轩" not in {r["agent"] for r in kg.query(store, "participants")}


def test_a_dropped_fact_takes_its_shortcut_but_not_the_thing(site: Path) -> None:
    store = kg.Store.open(site / "store")
    rows = store.query(
        "SELECT ?f ?e ?a { ?f a kg:Participation ; kg:event ?e ; kg:agent ?a ; kg:role 'lead' . "
        "?a rdfs:label '雍明轩'@zh . ?e kg:eventType 'meeting' } ORDER BY ?f"
    ).rows
    fact, event, agent = rows[0]
    judge(site, "drop", fact.removeprefix(store.base))
    _, store = rebuild(site)
    assert not store.query(f"SELECT ?p {{ <{fact}> ?p ?o }}").rows
    assert agent not in store.query(f"SELECT ?a {{ <{event}> kg:leader ?a }}").column("a")
    assert store.query(f"SELECT ?n {{ <{agent}> rdfs:label ?n }}").rows


def test_a_correction_is_a_fact_with_a_human_source_and_keeps_what_was_read(site: Path) -> None:
    store = kg.Store.open(site / "store")
    (event,) = store.query(
        "SELECT ?e { ?e a kg:Event ; kg:date '2019-07-01'^^xsd:date ; kg:eventType 'inspection' }"
    ).column("e")
    judge(site, "correct", event.removeprefix(store.base), "date=2019-07-02", "见更正启事")
    _, store = rebuild(site)
    assert store.query(f"SELECT ?d ?b {{ <{event}> kg:date ?d ; kg:yearBasis ?b }}").rows == (("2019-07-02", "given"),)
    assert store.query(f"SELECT ?w {{ <{event}> prov:wasAttributedTo/rdfs:label ?w }}").column("w") == ["王编辑"]
    (was,) = store.query("SELECT ?w { ?j kg:property 'date' ; kg:was ?w FILTER(DATATYPE(?w) = xsd:date) }").column("w")
    assert was == "2019-07-01"
    assert "2019-07-02" in {r["date"] for r in kg.query(store, "events")}


def test_a_corrected_target_survives_a_page_that_is_read_again(site: Path) -> None:
    store = kg.Store.open(site / "store")
    fact, number = store.query(
        "SELECT ?f ?q { ?f a kg:Target ; kg:quantity ?q ; kg:article/kg:page/kg:name ?p FILTER(STRSTARTS(?p, '001')) } "
        "ORDER BY ?f"
    ).rows[0]
    judge(site, "correct", fact.removeprefix(store.base), "quantity=12345")
    for fresh in (False, True):
        kg.build([site / "pages"], site / "store", fresh=fresh)
        store = kg.Store.open(site / "store")
        assert store.query(f"SELECT ?q {{ <{fact}> kg:quantity ?q }}").column("q") == ["12345"]
    assert store.query("SELECT ?w { ?j kg:property 'quantity' ; kg:was ?w }").column("w") == [number]


def test_what_is_no_longer_there_is_told_and_waits(site: Path) -> None:
    for id_ in ("person/nobody-00000000", "fact/target-0000000000000000", "place/nowhere-00000000"):
        judge(site, "drop", id_)
    judge(site, "same", "person/nobody-00000000", "person/nemo-00000000")
    summary, _ = rebuild(site)
    told = [n for n in summary.warnings if n.kind == "judgement"]
    assert {n.page for n in told} == {f"judgements.tsv:{i}" for i in (2, 3, 4, 5)}
    assert all("no longer in the graph" in n.message for n in told)


def test_judgements_survive_add_and_remove(site: Path) -> None:
    store = kg.Store.open(site / "store")
    judge(site, "rename", the(store, "许广佑"), "许广祐")
    rebuild(site)
    whole = (site / "store" / "graph.nq").read_bytes()
    kg.remove(["002_03b7dbb017044dde"], site / "store")
    store = kg.Store.open(site / "store")
    assert not store.query("SELECT ?j { ?j a kg:Judgement }").rows  # who was renamed is gone
    assert len(kg.candidates(store, joins=True)) == 0  # and so are the joins that rested on the page
    kg.add([site / "pages" / "002_03b7dbb017044dde.txt"], site / "store")
    assert (site / "store" / "graph.nq").read_bytes() == whole


def test_a_store_with_judgements_is_sound_and_the_same_from_nothing(site: Path) -> None:
    store = kg.Store.open(site / "store")
    judge(site, "same", *(the(store, name) for name in SHEN_CHA))
    judge(site, "rename", the(store, "许广佑"), "许广祐")
    judge(site, "drop", the(store, "翟国防"))
    _, store = rebuild(site)
    assert kg.check(store).violations == ()
    kg.build([site / "pages"], site / "other", fresh=True)
    assert (site / "other" / "graph.nq").read_bytes() == (site / "store" / "graph.nq").read_bytes()
    for joins in (False, True):
        assert kg.candidates(site / "other", joins=joins) == kg.candidates(site / "store", joins=joins)


def test_links_are_the_users_own_and_never_guessed(site: Path) -> None:
    store = kg.Store.open(site / "store")
    assert not store.query("SELECT ?x { ?x skos:exactMatch ?y }").rows
    who, firm = the(store, "二七区", "place"), the(store, "郑州联通公司", "body")
    file = site / "links.tsv"
    file.write_text(
        f"id\tlink\twhy\n{who}\thttp://www.wikidata.org/entity/Q1\t测试\n{firm}\t91410000000000000X\n", "utf-8"
    )
    kg.build([site / "pages"], site / "store", links=file)
    store = kg.Store.open(site / "store")
    assert store.query("SELECT ?y { ?x skos:exactMatch ?y }").column("y") == ["http://www.wikidata.org/entity/Q1"]
    assert store.query("SELECT ?y { ?x a kg:Body ; schema:identifier ?y }").column("y") == ["91410000000000000X"]
    file.write_text(f"{who}\thttp://x y\n", "utf-8")
    with pytest.raises(JudgementError, match=r"links\.tsv:1"):
        kg.build([site / "pages"], site / "store", links=file)


# ---------------------------------------------------------------- persons, and conflicts


def person(page: str, area: str = "甲省乙市丙区") -> Sketch:
    return Sketch("person", f"person/{area}", f"person|张伟|{area}", "张伟", page, "d", "a1", "张伟", area, "official")


def judged(*rows: str) -> tuple[Judgement, ...]:
    found, faults = parse([f"{row}\tw\t2026-11-20\tx" for row in rows], "j.tsv")
    assert faults == ()
    return found


def test_a_namesake_is_split_off_by_naming_the_article() -> None:
    sketches = [person("p1"), person("p2"), person("p3")]
    assert resolve.identify(sketches, local_name).apart == ()
    said = Judgement(
        "different", Reference(sketches[1].id, "p2/a1"), Reference(sketches[0].id, "p1/a1"), who="w", why="x"
    )
    found = resolve.identify(sketches, local_name, [said])
    (apart,) = found.apart
    assert apart.page in ("p1", "p2")
    assert apart.id != apart.was


def test_contradictions_are_told_and_apart_wins() -> None:
    bodies = [
        Sketch("body", f"body/{x}", f"body|区|{x}", f"第{x}厂", "p", "d", "a1", f"第{x}厂", "区", "company")
        for x in "abc"
    ]
    said = judged("same\tbody/a\tbody/b", "same\tbody/b\tbody/c", "different\tbody/a\tbody/c")
    found = resolve.identify(bodies, local_name, said)
    assert len(found.joins) == 1
    (told,) = found.warnings
    assert told.startswith("j.tsv:2: same body/b body/c contradicts what was judged before")
    assert "j.tsv:3" in told


def test_events_of_two_days_are_not_joined_even_when_asked() -> None:
    events = [
        Sketch(
            "event", f"event/{d}", f"event|{d}", "会议", "p", "d", f"a{d}", "会议", "区", "meeting", day=f"2021-03-0{d}"
        )
        for d in (1, 2)
    ]
    found = resolve.identify(events, local_name, judged("same\tevent/1\tevent/2"))
    assert found.joins == ()
    assert "joins events of two days; correct the date first" in found.warnings[0]


# ---------------------------------------------------------------- the commands


def test_the_commands_do_what_the_functions_do(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, pages = str(site / "store"), str(site / "pages")
    assert main(["candidates", "--store", store, "--limit", "1"]) == 0
    said = capsys.readouterr().out
    assert "二七区督查局 ? 二七区督察局" in said
    assert "参加调研" in said
    assert "等主要负责人陪同" in said
    assert main(["judge", *SHEN_CHA, "same", "--why", "同音", "--who", "李", "--store", store, "-J", pages]) == 0
    assert (
        main(["judge", "许广佑", "rename", "许广祐", "--why", "x", "--who", "李", "--store", store, "-J", pages]) == 0
    )
    assert main(["judge", "--undo", "-J", pages]) == 0
    assert main(["judge", "--check", "-J", pages]) == 0
    assert main(["build", pages, "--store", store, "--quiet"]) == 0
    assert main(["judge", "--find", "二七区督察局", "--store", store]) == 0
    capsys.readouterr()
    assert main(["candidates", "--store", store, "--joins", "--kind", "body", "--format", "csv"]) == 0
    assert "人工判定：同音" in capsys.readouterr().out
    (only,) = read(site / "pages" / "judgements.tsv")
    assert (only.verb, only.who, only.why) == ("same", "李", "同音")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["judge", "person/a", "person/b", "same", "--why", "x"], "which file?"),
        (["judge", "person/a", "person/b", "--why", "x", "-J", "."], "expected one of same, different"),
        (["judge", "person/a", "same", "--why", "x", "-J", "."], "same takes 2 things, got 1"),
        (["judge", "person/a", "drop", "-J", "."], "why?"),
    ],
)
def test_a_wrong_call_is_one_line_and_two(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_an_ambiguous_name_is_told_with_its_ids(site: Path) -> None:
    store = kg.Store.open(site / "store")
    with pytest.raises(JudgementError, match=r"2 things are called '二七区': body/.*place/"):
        kg.judge(site / "pages", "drop", "二七区", why="x", store=store)
    with pytest.raises(JudgementError, match="nothing in the graph is called '无此人'"):
        kg.judge(site / "pages", "drop", "无此人", why="x", store=store)


def test_a_store_made_from_records_alone_has_no_decisions(tmp_path: Path) -> None:
    graph.Store.build(tmp_path / "s", [])
    store = graph.Store.open(tmp_path / "s")
    assert store.settlement.nothing
    assert curation.candidates(store) == curation.candidates(store, joins=True) == ()
