"""Identity over all pages: what is joined, what stays apart, what is in doubt.

Expected identities come from reading the pages: the five sample pages, and a corpus of fifteen short pages of six
districts in tests/corpus (made up: the people, the events, the province), whose expected.tsv says for every mention who
or what is meant; ``?`` where the text does not tell.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import curation, graph, pipeline, resolve
from kg.graph.terms import local_name
from kg.model import Context, Jurisdiction
from kg.resolve.clusters import Clusters
from kg.resolve.holdable import relation, sort_of
from kg.resolve.kinds import Held, Identity, Sketch
from kg.resolve.same_bodies import short_form
from kg.resolve.same_events import likeness

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
CORPUS = ROOT / "tests" / "corpus"
DOCS = ROOT / "docs" / "identity.md"

Key = tuple[str, str, str, str]


def rows(name: str) -> list[dict[str, str]]:
    with (CORPUS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def contexts() -> dict[str, Context]:
    return {
        r["page"]: Context(jurisdiction=Jurisdiction(r["province"], r["city"], r["district"]))
        for r in rows("areas.tsv")
    }


def sketches_of(path: Path, context: Context = Context()) -> tuple[Sketch, ...]:
    return resolve.sketches(pipeline.read_page(path, context), local_name)


def goes_by(identity: Identity) -> dict[object, str]:
    """The final id of an id, and of an id in one article where namesakes were told apart."""
    found: dict[object, str] = {j.id: j.canonical for j in identity.joins}
    found.update({(a.was, a.page, a.article): a.id for a in identity.apart})
    return found


def final(sketch: Sketch, ids: dict[object, str]) -> str:
    return ids.get((sketch.id, sketch.page, sketch.article)) or ids.get(sketch.id) or sketch.id


# ---------------------------------------------------------------- the corpus


@pytest.fixture(scope="module")
def corpus() -> tuple[Sketch, ...]:
    known = contexts()
    return tuple(s for path in sorted(CORPUS.glob("*.txt")) for s in sketches_of(path, known[path.stem]))


@pytest.fixture(scope="module")
def identity(corpus: tuple[Sketch, ...]) -> Identity:
    return resolve.identify(corpus, local_name)


@pytest.fixture(scope="module")
def clusters(corpus: tuple[Sketch, ...], identity: Identity) -> dict[Key, str]:
    ids = goes_by(identity)
    found: dict[Key, str] = {}
    for s in corpus:
        name = s.subkind if s.kind == "event" else s.name
        found[s.page, s.article, s.kind, name] = final(s, ids)
    return found


EXPECTED: dict[Key, str] = {
    (r["page"], r["article"], r["kind"], r["name"]): r["identity"] for r in rows("expected.tsv")
}


def b_cubed(expected: dict[Key, str], found: dict[Key, str]) -> tuple[float, float]:
    """Precision and recall: for every mention, how much of its cluster is the same thing, and how much of the thing is
    in its cluster; the mean over all mentions that both know."""
    both = [k for k in expected if k in found and expected[k] != "?"]
    by_gold: dict[str, set[Key]] = defaultdict(set)
    by_found: dict[str, set[Key]] = defaultdict(set)
    for k in both:
        by_gold[f"{k[2]} {expected[k]}"].add(k)
        by_found[found[k]].add(k)
    shared = [
        (
            len(by_gold[f"{k[2]} {expected[k]}"] & by_found[found[k]]),
            len(by_found[found[k]]),
            len(by_gold[f"{k[2]} {expected[k]}"]),
        )
        for k in both
    ]
    return sum(s / f for s, f, _ in shared) / len(both), sum(s / g for s, _, g in shared) / len(both)


def test_b_cubed_itself() -> None:
    keys = [("p", f"a{i}", "person", "x") for i in range(4)]
    gold = dict(zip(keys, ["A", "A", "B", "B"], strict=True))
    assert b_cubed(gold, dict(zip(keys, ["1", "1", "2", "2"], strict=True))) == (1.0, 1.0)
    assert b_cubed(gold, dict.fromkeys(keys, "1")) == (0.5, 1.0)
    assert b_cubed(gold, dict(zip(keys, "1234", strict=True))) == (1.0, 0.5)


def test_the_corpus_is_what_it_says() -> None:
    assert len({r["district"] for r in rows("areas.tsv")}) >= 6
    assert len(list(CORPUS.glob("*.txt"))) == len(rows("areas.tsv")) == 15
    assert len({v for k, v in EXPECTED.items() if k[2] == "person" and k[3] == "张伟"}) == 5


def test_nearly_all_that_the_corpus_names_is_read(clusters: dict[Key, str]) -> None:
    missing = [k for k in EXPECTED if k not in clusters]
    assert len(missing) <= 0.03 * len(EXPECTED), missing


@pytest.mark.parametrize("kind", ["person", "body", "event"])
def test_identity_on_the_corpus(kind: str, clusters: dict[Key, str]) -> None:
    expected = {k: v for k, v in EXPECTED.items() if k[2] == kind}
    precision, recall = b_cubed(expected, clusters)
    assert precision >= 0.98
    (told,) = re.findall(rf"^\| {kind} \| \d+ \| ([\d.]+) \| ([\d.]+) \|", DOCS.read_text("utf-8"), re.M)
    assert (precision, recall) >= tuple(float(x) - 0.0005 for x in told)
    assert recall >= float(told[1]) - 0.0005


def of(clusters: dict[Key, str], name: str) -> dict[str, str]:
    return {f"{p}/{a}": id_ for (p, a, kind, n), id_ in clusters.items() if kind == "person" and n == name}


def test_namesakes_of_one_area_with_posts_that_cannot_be_held_together(clusters: dict[Key, str]) -> None:
    wang, zhang = of(clusters, "王芳"), of(clusters, "张伟")
    assert wang["qingshan_20210306/a4"] == wang["qingshan_20210715/a1"]  # the neighbour of 金桥社区, twice
    assert wang["qingshan_20210420/a1"] != wang["qingshan_20210306/a4"]  # the director is another
    assert zhang["shiwan_20200908/a2"] == zhang["shiwan_20210716/a1"] != zhang["shiwan_20210716/a2"]


def test_who_moves_is_one_where_the_text_says_so(clusters: dict[Key, str], identity: Identity) -> None:
    assert len(set(of(clusters, "周明").values())) == 1
    (join,) = [j for j in identity.joins if j.name == "周明"]
    assert join.reason == "原文写明曾任青山区副区长"
    assert join.rule == "said-to-have-moved"


@pytest.mark.parametrize(
    ("name", "a", "b"),
    [("赵立新", "shiwan_20200908/a1", "beitang_20210507/a1"), ("陈刚", "qingshan_20210305/a2", "qingshan_20210715/a2")],
)
def test_a_move_that_nobody_tells_is_a_candidate(
    name: str, a: str, b: str, clusters: dict[Key, str], identity: Identity
) -> None:
    assert of(clusters, name)[a] != of(clusters, name)[b]
    (found,) = [c for c in identity.candidates if c.name_a.startswith(name) and {a, b} <= {*c.where_a, *c.where_b}]
    assert any("先后任职" in reason for reason in found.pro)
    assert found.score > 0.5


def test_the_likeliest_candidates_come_first(identity: Identity) -> None:
    scores = [c.score for c in identity.candidates]
    assert scores == sorted(scores, reverse=True)
    assert identity.candidates[0].name_a.startswith("赵立新")


def test_one_leader_cannot_serve_two_areas_at_one_time(identity: Identity) -> None:
    assert not [c for c in identity.candidates if c.name_a.startswith("林志远")]


def test_two_pages_tell_of_one_meeting_but_two_inspections_of_a_day_are_two(clusters: dict[Key, str]) -> None:
    assert (
        clusters["qingshan_20210305", "a1", "event", "meeting"]
        == clusters["qingshan_20210306", "a1", "event", "meeting"]
    )
    assert (
        clusters["qingshan_20210305", "a2", "event", "inspection"]
        != clusters["qingshan_20210306", "a2", "event", "inspection"]
    )
    # the same meeting a month later is another
    assert (
        clusters["qingshan_20210420", "a1", "event", "meeting"]
        != clusters["qingshan_20210306", "a1", "event", "meeting"]
    )


def test_the_order_of_the_pages_does_not_matter(corpus: tuple[Sketch, ...], identity: Identity) -> None:
    assert resolve.identify(tuple(reversed(corpus)), local_name) == identity


def test_sketches_come_back_as_they_were(corpus: tuple[Sketch, ...]) -> None:
    assert tuple(resolve.unpack(resolve.pack(corpus))) == corpus
    assert tuple(resolve.unpack(b"")) == ()


def test_joins_are_in_the_graph_with_their_reasons(tmp_path: Path) -> None:
    known = contexts()
    jobs = [pipeline.Job(p, context=known[p.stem], reading="x") for p in sorted(CORPUS.glob("*.txt"))]
    parts = [part for job in jobs if isinstance(part := pipeline.work(job).page, graph.Part)]
    assert len(parts) == 15
    graph.revise(tmp_path / "s", lambda old: parts, deciding=curation.deciding(()))
    store = graph.Store.open(tmp_path / "s")
    assert len(store.query("SELECT ?p { ?p a kg:Person ; rdfs:label ?n FILTER(STR(?n) = '张伟') }")) == 5
    (zhou,) = store.query("SELECT ?p { ?p a kg:Person ; rdfs:label ?n FILTER(STR(?n) = '周明') }").column("p")
    posts = store.query(f"SELECT ?t {{ <{zhou}> kg:heldPost/rdfs:label ?t }}").column("t")
    assert set(posts) == {"白云区委副书记", "白云区代区长", "白云区区长", "青山区副区长"}
    reasons = store.query(f"SELECT ?r {{ ?j kg:joined <{zhou}> ; kg:reason ?r ; prov:wasGeneratedBy ?rule }}").column(
        "r"
    )
    assert reasons == ["原文写明曾任青山区副区长"]
    assert "原文写明曾任青山区副区长" in store.query(f"SELECT ?r {{ <{zhou}> kg:mergeReason ?r }}").column("r")
    apart = store.query("SELECT ?n ?r { ?x kg:apartReason ?r ; rdfs:label ?n }").rows
    assert {row[0] for row in apart} == {"张伟", "王芳", "陈刚"}
    # an event told by two pages is one node with two reports and one key
    (two,) = store.query(
        "SELECT ?e (COUNT(DISTINCT ?a) AS ?n) (COUNT(DISTINCT ?k) AS ?keys) { ?f a kg:Report ; kg:event ?e ; "
        "kg:article ?a . ?e kg:date '2021-03-05'^^xsd:date ; kg:eventType 'meeting' ; kg:key ?k } GROUP BY ?e"
    ).rows
    assert two[1:] == ("2", "1")


# ---------------------------------------------------------------- the sample pages, reviewed

#: the joins on the sample pages, each reviewed by reading both contexts; all are right
JOINS = {
    (
        "二七区消防大队",
        "二七区消防救援大队",
    ): "right: a5 and a6 of page 002 list the same offices on one round of inspections",
    ("郑州联通", "郑州联通公司"): "right: the firm that signs with the district in June, and is co-host in September",
    (
        "网络与交换技术国家重点实验室",
        "北京邮电大学网络与交换技术国家重点实验室",
    ): "right: page 002 adds （北邮） to the name, the university that page 000 writes out",
}
#: the pairs in doubt, likewise: what a reader who has both pages can say
CANDIDATES = {
    ("二七区督察局", "二七区督查局"): "likely one, one of them misspelt; the pages do not say",
    ("5GN联合创新实验室", "5G联合创新实验室"): "likely one, but page 002 may mean any laboratory; the pages do not say",
    ("二七区城管办", "二七区城管局"): "two: 城管办 is the street's own office (福华街街道组织城管办)",
    ("二七区督查办", "二七区督查局"): "likely one before and after the reform of 2019; the pages do not say",
}


@pytest.fixture(scope="module")
def seeds() -> tuple[Sketch, ...]:
    return tuple(s for path in SEEDS for s in sketches_of(path))


def test_the_joins_on_the_sample_pages_are_those_that_were_reviewed(seeds: tuple[Sketch, ...]) -> None:
    found = resolve.identify(seeds, local_name)
    assert {(j.name, j.canonical_name) for j in found.joins if j.kind != "post"} == set(JOINS)
    assert found.apart == ()
    assert found.warnings == ()


def test_the_candidates_on_the_sample_pages_are_those_that_were_reviewed(seeds: tuple[Sketch, ...]) -> None:
    found = resolve.identify(seeds, local_name)
    assert {tuple(sorted((c.name_a, c.name_b))) for c in found.candidates} == {tuple(sorted(k)) for k in CANDIDATES}


def test_the_district_leaders_of_the_sample_pages_are_one_each(seeds: tuple[Sketch, ...]) -> None:
    ids = goes_by(resolve.identify(seeds, local_name))
    for name, least in (("陈红民", 7), ("苏建设", 6), ("姚志伟", 4), ("崔世英", 5), ("雍明轩", 2)):
        told = [s for s in seeds if s.kind == "person" and s.name == name]
        assert len(told) >= least
        assert len({final(s, ids) for s in told}) == 1
    street = {final(s, ids) for s in seeds if s.kind == "body" and s.name.endswith(("解放路街道", "解放路街道办事处"))}
    assert len(street) == 1


# ---------------------------------------------------------------- single rules

AREA = "甲省乙市丙区"


def body(name: str, page: str = "p1", area: str = AREA, subkind: str = "government", **more: object) -> Sketch:
    return Sketch(
        "body", f"body/{area}-{name}", f"body|{area}|{name}", name, page, "d", "a1", name, area, subkind, **more
    )  # type: ignore[arg-type]


def joined(*sketches: Sketch) -> set[tuple[str, str]]:
    return {(j.name, j.canonical_name) for j in resolve.identify(sketches, local_name).joins}


def doubted(*sketches: Sketch) -> set[tuple[str, ...]]:
    return {tuple(sorted((c.name_a, c.name_b))) for c in resolve.identify(sketches, local_name).candidates}


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("丙区城市管理局", "丙区城管局"),
        ("丙区消防救援大队", "丙区消防大队"),
        ("柳河街道办事处", "柳河街道"),
        ("丙区人民代表大会常务委员会", "丙区人大常委会"),
        ("丙区教育体育局", "丙区教体局"),
        ("丙区纪律检查委员会", "丙区纪委"),
    ],
)
def test_a_long_and_a_short_ending_are_one(long: str, short: str) -> None:
    assert short_form(long) == short_form(short)
    assert joined(body(long), body(short, "p2")) == {(short, long)}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("丙区城管局", "丙区执法局"),
        ("丙区第一中学", "丙区第二中学"),
        ("丙区东城街道", "丙区西城街道"),
        ("丙区委组织部", "丙区委宣传部"),
        ("清泉物业", "清源物业"),
    ],
)
def test_two_offices_stay_two(a: str, b: str) -> None:
    assert joined(body(a), body(b, "p2")) == set()


def test_one_name_in_two_areas_is_two_bodies() -> None:
    here, there = body("柳河街道", subkind="street"), body("柳河街道", "p2", "甲省乙市丁区", "street")
    assert joined(here, there) == set()


def test_a_name_of_wide_reach_is_one_everywhere() -> None:
    here = body("郑州大学", area="河南省郑州市二七区", subkind="education")
    there = body("郑州大学", "p2", "河南省开封市兰考县", "education")
    assert len(joined(here, there)) == 1
    firm = body("郑州联通", area="河南省郑州市二七区", subkind="company")
    assert len(joined(firm, body("郑州联通公司", "p2", "河南省郑州市金水区", "company"))) == 1
    # a school in a street named after a city reaches no further than its street
    school = body("南京路小学", area="河南省郑州市二七区", subkind="education")
    assert joined(school, body("南京路小学", "p2", "上海市黄浦区", "education")) == set()


def test_what_a_page_prints_beside_a_name_is_that_name() -> None:
    full = body("甲省理工大学", subkind="education", also=("甲理工",))
    assert joined(full, body("甲理工", "p2", subkind="education")) == {("甲理工", "甲省理工大学")}


def test_an_abbreviation_that_no_page_explains_is_a_candidate() -> None:
    full, short = body("北京邮电大学", subkind="education"), body("北邮", subkind="education")
    assert joined(full, short) == set()
    assert doubted(full, short) == {("北京邮电大学", "北邮")}


def test_short_forms_are_seen_beside_a_name(corpus: tuple[Sketch, ...]) -> None:
    assert {s.also for s in corpus if s.name == "东川大学" and s.page == "qingshan_20210305"} == {("东大",)}


def held(body_name: str, role: str, kind: str = "government") -> Held:
    return Held(f"post/{body_name}{role}", body_name + role, f"body/{body_name}", body_name, kind, role)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        (held("丙区委", "副书记"), held("丙区人民政府", "区长"), "together"),
        (held("丙区委", "常委"), held("丙区委宣传部", "部长"), "together"),
        (held("丙区人民政府", "副区长"), held("丙区公安分局", "局长"), "together"),
        (held("丙区委", "书记"), held("丙区人大常委会", "主任"), "together"),
        (held("丙区委", "常委"), held("柳河街道党工委", "书记", "street"), "together"),
        (held("丙区委", "书记"), held("丙区人民政府", "区长"), "after"),
        (held("丙区城管局", "局长"), held("丙区教体局", "局长"), "after"),
        (held("丙区人民法院", "院长"), held("柳河街道", "主任", "street"), "after"),
        (held("清泉公司", "总经理", "company"), held("丙区城管局", "局长"), "unlike"),
        (held("防汛指挥部", "指挥长", "taskforce"), held("丙区城管局", "局长"), "free"),
    ],
    ids=lambda x: x.title if isinstance(x, Held) else x,
)
def test_which_posts_one_person_may_hold(a: Held, b: Held, said: str) -> None:
    assert relation(a, b, one_area=True) == said
    assert relation(b, a, one_area=True) == said


def test_posts_of_two_areas_are_never_held_together() -> None:
    assert relation(held("丙区委", "副书记"), held("丁区人民政府", "区长"), one_area=False) == "after"


def test_bodies_have_their_sort() -> None:
    assert [sort_of(n, "") for n in ("丙区委", "丙区委办", "丙区检察院", "河口镇党委", "丙区城管局")] == [
        "leaders",
        "organ",
        "judicial",
        "street",
        "department",
    ]


def person(page: str, day: str, *posts: Held, area: str = AREA, subkind: str = "official") -> Sketch:
    return Sketch(
        "person",
        f"person/{area}",
        f"person|张伟|{area}",
        "张伟",
        page,
        "d",
        "a1",
        "张伟",
        area,
        subkind,
        day=day,
        posts=posts,
    )


def people(*sketches: Sketch) -> list[str]:
    ids = goes_by(resolve.identify(sketches, local_name))
    return [final(s, ids) for s in sketches]


def test_posts_attested_in_turns_are_two_people() -> None:
    one, two = held("丙区城管局", "局长"), held("丙区教体局", "局长")
    a, b, c = people(person("p1", "2021-03-01", one), person("p2", "2021-03-05", two), person("p3", "2021-03-09", one))
    assert a == c != b


def test_a_deputy_who_becomes_the_head_is_one() -> None:
    first, then = held("丙区人民政府", "副区长"), held("丙区委", "书记")
    a, b = people(person("p1", "2020-03-01", first), person("p2", "2021-03-05", then))
    assert a == b


def test_a_name_without_post_goes_to_the_only_official_of_that_name() -> None:
    one, two = held("丙区城管局", "局长"), held("丙区教体局", "局长")
    a, b = people(person("p1", "2021-03-01", one), person("p2", "2021-03-02"))
    assert a == b
    a, b, c = people(person("p1", "2021-03-01", one), person("p2", "2021-03-01", two), person("p3", "2021-03-02"))
    assert len({a, b, c}) == 3


def test_an_article_that_gives_both_posts_makes_two_namesakes_one() -> None:
    one, two = held("丙区城管局", "局长"), held("丙区教体局", "局长")
    a, b, c = people(
        person("p1", "2020-03-01", one), person("p2", "2021-03-01", two), person("p3", "2020-09-01", one, two)
    )
    assert a == b == c


def event(page: str, day: str, name: str, **more: object) -> Sketch:
    key = f"{page}-{day}-{name}"
    return Sketch("event", f"event/{key}", key, name, page, "d", "a1", name, AREA, "meeting", day=day, **more)  # type: ignore[arg-type]


def test_events_join_by_two_of_leader_place_and_name_on_one_day() -> None:
    said = {"leaders": ("person/x",), "agents": ("person/x",)}
    a = event("p1", "2021-03-01", "丙区2021年老旧小区改造推进会", **said)
    assert len(joined(a, event("p2", "2021-03-01", "丙区老旧小区改造工作会议", **said))) == 1
    assert joined(a, event("p2", "2021-03-02", "丙区老旧小区改造工作会议", **said)) == set()
    assert joined(a, event("p2", "2021-03-01", "丙区森林防火工作会议", **said)) == set()
    assert joined(a, event("p1", "2021-03-01", "丙区老旧小区改造工作会议", **said)) == set()  # one article, two events
    other = {"leaders": ("person/y",), "agents": ("person/y",)}
    assert joined(a, event("p2", "2021-03-01", "丙区老旧小区改造工作会议", **other)) == set()
    assert joined(a, event("p2", "", "丙区老旧小区改造推进会", **said)) == set()  # a day that is not known is no day


def test_parts_of_the_day_keep_events_apart() -> None:
    said = {"leaders": ("person/x",), "agents": ("person/x",)}
    a = event("p1", "2021-03-01", "丙区老旧小区改造推进会", day_part="上午", **said)
    b = event("p2", "2021-03-01", "丙区老旧小区改造工作推进会", day_part="下午", **said)
    assert joined(a, b) == set()


def test_words_that_every_meeting_has_do_not_make_two_alike() -> None:
    assert likeness("丙区老旧小区改造提升工作推进会", "丙区创建全国文明城市工作推进会") < 0.6
    assert likeness("丙区老旧小区改造工作推进会", "丙区2021年老旧小区改造动员会") >= 0.6


def test_clusters_keep_what_is_forbidden_apart() -> None:
    made: Clusters[str] = Clusters("abcd")
    assert made.forbid("a", "d", "no")
    assert made.join("a", "b")
    assert made.join("c", "d")
    assert not made.join("b", "c")
    assert made.forbidden("b", "c") == "no"
    assert made.join("a", "a")
    assert not made.forbid("a", "b")
    assert sorted(sorted(x) for x in made) == [["a", "b"], ["c", "d"]]


def test_a_title_that_every_district_has_is_no_title(tmp_path: Path) -> None:
    """《实施方案》 of two pages are two papers; 《全国文明城市测评体系》 is one wherever it is named."""
    said = "本报讯 7月{n}日，{area}召开动员会，副区长王建国宣读了《实施方案》，学习了《全国文明城市测评体系》。\n"
    keys: dict[str, set[str]] = defaultdict(set)
    for n, area in enumerate(("二七区", "金水区"), 1):
        path = tmp_path / f"p{n}.txt"
        path.write_text(f"{area}召开动员会\n\n{said.format(n=n, area=area)}", "utf-8")
        for item in pipeline.read_page(path, Context(jurisdiction=Jurisdiction("河南省", "郑州市", area))).records:
            for entity in item.entities.values():
                if entity.kind == "document":
                    keys[entity.name.strip("《》")].add(entity.key)
    assert {name: len(found) for name, found in keys.items()} == {"实施方案": 2, "全国文明城市测评体系": 1}


def test_areas_carry_their_codes_up_to_the_province() -> None:
    record = pipeline.read_page(SEEDS[0])
    street = next(
        e for r in record.records for e in r.entities.values() if e.kind == "place" and e.name == "淮河路街道"
    )

    def chain(entity: object) -> Iterator[tuple[str, str]]:
        while entity is not None:
            yield entity.name, entity.code  # type: ignore[attr-defined]
            entity = entity.parent  # type: ignore[attr-defined]

    # GB/T 2260 and the statistical code of the street, as published
    assert list(chain(street)) == [
        ("淮河路街道", "410103001"),
        ("二七区", "410103"),
        ("郑州市", "410100"),
        ("河南省", "410000"),
    ]
