"""A book of identity that pages came to and went from says what one made at once says: everywhere, at random.

The pages are made of few names, areas, days and posts, so that nearly everything meets: namesakes, people who move,
bodies under two names, happenings told twice, with and without people's judgements.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_identity import CORPUS, contexts, sketches_of

from kg import resolve
from kg.graph.terms import local_name
from kg.resolve.judgements import Judgement, Reference, parse
from kg.resolve.kinds import Held, Identity, Sketch

AREAS = ("河南省郑州市二七区", "河南省郑州市金水区", "甲省乙市丙区")
FORMS = (
    ("二七区城管局", "government"),
    ("二七区城市管理局", "government"),
    ("二七区城管办", "government"),
    ("郑州联通", "company"),
    ("郑州联通公司", "company"),
    ("北京邮电大学", "education"),
    ("北邮", "education"),
    ("北京邮电大学网络与交换技术国家重点实验室", "research"),
    ("网络与交换技术国家重点实验室", "research"),
    ("二七区督察局", "government"),
    ("二七区督查局", "government"),
    ("柳河街道", "street"),
    ("柳河街道办事处", "street"),
    ("金水区人民政府", "government"),
    ("金水区政府", "government"),
)
DAYS = ("", "2021-03-01", "2021-03-02", "2021-09-01")
EVENTS = ("丙区老旧小区改造推进会", "丙区2021年老旧小区改造工作会议", "陈红民调研防汛工作", "防汛")


def id_of(kind: str, area: str, name: str) -> str:
    return f"{kind}/{AREAS.index(area)}-{name}"


@st.composite
def bodies(draw: st.DrawFn, page: str) -> Sketch:
    area, (form, subkind) = draw(st.sampled_from(AREAS)), draw(st.sampled_from(FORMS))
    return Sketch(
        "body",
        id_of("body", area, form),
        f"body|{area}|{form}",
        draw(st.sampled_from((form, f"“{form}”"))),
        page,
        "d",
        draw(st.sampled_from(("a1", "a2"))),
        form,
        area,
        draw(st.sampled_from((subkind, subkind, "", "jurisdiction"))),
        parent=id_of("body", area, "北京邮电大学") if subkind == "research" and form.startswith("北京") else "",
        administers=id_of("place", area, form) if subkind == "street" else "",
        also=("北邮",) if form == "北京邮电大学" and draw(st.booleans()) else (),
    )


@st.composite
def posts(draw: st.DrawFn, area: str) -> Held:
    form, subkind = draw(st.sampled_from(FORMS))
    role = draw(st.sampled_from(("局长", "副局长", "书记")))
    former = ("原",) if draw(st.booleans()) else ()
    return Held(
        id_of("post", area, form + role), form + role, id_of("body", area, form), form, subkind, role, "", former
    )


@st.composite
def persons(draw: st.DrawFn, page: str) -> Sketch:
    area, name = draw(st.sampled_from(AREAS)), draw(st.sampled_from(("张伟", "陈红民")))
    held = tuple(draw(st.lists(posts(draw(st.sampled_from(AREAS))), max_size=2)))
    return Sketch(
        "person",
        id_of("person", area, name),
        f"person|{name}|{area}",
        name,
        page,
        "d",
        draw(st.sampled_from(("a1", "a2"))),
        name,
        area,
        draw(st.sampled_from(("official", "official", "citizen", ""))),
        day=draw(st.sampled_from(DAYS)),
        posts=held,
        beside=("金桥社区",) if not held and draw(st.booleans()) else (),
    )


@st.composite
def events(draw: st.DrawFn, page: str) -> Sketch:
    area, name, day = draw(st.sampled_from(AREAS)), draw(st.sampled_from(EVENTS)), draw(st.sampled_from(DAYS))
    article = draw(st.sampled_from(("a1", "a2")))
    key = f"{day}-{name}" if draw(st.booleans()) else f"{page}-{article}-{day}-{name}"
    everybody = [id_of("person", a, n) for a in AREAS for n in ("张伟", "陈红民")]
    everybody += [id_of("body", a, f) for a in AREAS for f, _ in FORMS[:5]]
    agents = tuple(sorted(draw(st.sets(st.sampled_from(everybody), max_size=3))))
    places = [id_of("place", area, form) for form in ("柳河街道", "柳河街道办事处")]
    return Sketch(
        "event",
        id_of("event", area, key),
        f"event|{area}|{key}",
        name,
        page,
        "d",
        article,
        name,
        area,
        "meeting",
        day=day,
        day_part=draw(st.sampled_from(("", "", "上午", "下午"))),
        leaders=agents[:1],
        agents=agents,
        places=tuple(sorted(draw(st.sets(st.sampled_from(places), max_size=1)))),
    )


@st.composite
def pages(draw: st.DrawFn, name: str) -> tuple[Sketch, ...]:
    """A page as it is entered: of each article a thing once."""
    said = [
        *draw(st.lists(bodies(name), max_size=5)),
        *draw(st.lists(persons(name), max_size=4)),
        *draw(st.lists(events(name), max_size=2)),
    ]
    return tuple({(s.article, s.id): s for s in said}.values())


THINGS = {
    "body": [id_of("body", a, f) for a in AREAS for f, _ in FORMS],
    "person": [id_of("person", a, n) for a in AREAS for n in ("张伟", "陈红民", "无此人")],
    "place": [id_of("place", a, f) for a in AREAS for f in ("柳河街道", "柳河街道办事处")],
    "post": [id_of("post", a, f + r) for a in AREAS for f, _ in FORMS[:4] for r in ("局长", "副局长")],
    "event": [id_of("event", a, f"{d}-{n}") for a in AREAS for d in DAYS for n in EVENTS],
    "initiative": ["initiative/a", "initiative/b", "initiative/c"],
}


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    kind = draw(st.sampled_from(sorted(THINGS)))
    a, b = draw(st.lists(st.sampled_from(THINGS[kind]), min_size=2, max_size=2, unique=True))
    where = f"@{draw(st.sampled_from('pqrs'))}/a1" if kind == "person" and draw(st.booleans()) else ""
    verb = draw(st.sampled_from(("same", "same", "different", "unsure")))
    return Judgement(verb, *map(_reference, (a + where, b)), who="王", when="2026-11-20", why="x", place="j:1")


def _reference(text: str) -> Reference:
    id_, _, where = text.partition("@")
    return Reference(id_, where)


STEP = st.tuples(
    st.dictionaries(st.sampled_from("pqrs"), st.just(None), max_size=2).flatmap(
        lambda names: st.fixed_dictionaries({name: pages(name) for name in names})
    ),
    st.sets(st.sampled_from("pqrs"), max_size=2),
    st.one_of(st.none(), st.lists(judgements(), max_size=3).map(tuple)),
)


def known(id_: str) -> bool:
    """Whether some page names a thing that has no sketch: it does not matter which."""
    return not id_.endswith("c")


def at_once(there: dict[str, tuple[Sketch, ...]], judged: tuple[Judgement, ...]) -> Identity:
    return resolve.identify([s for said in there.values() for s in said], local_name, judged, known)


@given(st.lists(STEP, min_size=2, max_size=7))
@settings(max_examples=100, deadline=None)
def test_a_book_changed_page_by_page_says_what_one_made_at_once_says(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    there: dict[str, tuple[Sketch, ...]] = {}
    judged: tuple[Judgement, ...] = ()
    with resolve.Book() as book:
        for come, go, said in steps:
            for page in {*go, *come} & there.keys():
                book.strike(page)
                del there[page]
            for page, sketches in come.items():
                book.enter(page, sketches)
                there[page] = sketches
            judged = judged if said is None else said
            resolve.decide(book, local_name, judged, known)
            assert resolve.identity(book) == at_once(there, judged)


def test_the_corpus_read_page_by_page_in_any_order_and_a_page_taken_away(tmp_path: Path) -> None:
    """The pages of tests/corpus, with judgements about a namesake made on the way and about people who moved."""
    areas = contexts()
    all_pages = {path.stem: sketches_of(path, areas[path.stem]) for path in sorted(CORPUS.glob("*.txt"))}
    whole = resolve.identify([s for said in all_pages.values() for s in said], local_name)
    made = {a.was: a.id for a in whole.apart}
    moved = next(c for c in whole.candidates if c.name_a.startswith("赵立新"))
    (was, is_) = next(iter(sorted(made.items())))
    rows = (f"same\t{was}\t{is_}", f"same\t{moved.a}\t{moved.b}", "same\tperson/no-1\tperson/no-2")
    judged, faults = parse([f"{row}\tw\t2026-11-20\tx" for row in rows], "j.tsv")
    assert faults == ()
    path = tmp_path / "book.db"
    for order in (list(all_pages), list(reversed(all_pages))):
        path.unlink(missing_ok=True)
        there: dict[str, tuple[Sketch, ...]] = {}
        for number, page in enumerate(order):
            with resolve.Book(path) as book:
                book.enter(page, all_pages[page])
                there[page] = all_pages[page]
                if number % 3 == 2:
                    gone = order[number - 2]
                    book.strike(gone)
                    del there[gone]
                resolve.decide(book, local_name, judged if number % 2 else (), known)
                assert resolve.identity(book) == at_once(there, judged if number % 2 else ())
        with resolve.Book(path) as book:
            for page in all_pages.keys() - there.keys():
                book.enter(page, all_pages[page])
            resolve.decide(book, local_name, (), known)
            assert resolve.identity(book) == whole


def test_a_judgement_about_an_id_that_a_page_makes_later_is_followed_then() -> None:
    """The second namesake of an area has an id only while both pages are there; a judgement about it waits."""
    one = Held("post/1", "丙区城管局局长", "body/1", "丙区城管局", "government", "局长")
    two = Held("post/2", "丙区教体局局长", "body/2", "丙区教体局", "government", "局长")
    area = AREAS[2]

    def person(page: str, post: Held, name: str = "张伟") -> Sketch:
        id_ = id_of("person", area, name)
        return Sketch("person", id_, f"person|{name}|{area}", name, page, "d", "a1", name, area, "official", day=DAYS[1], posts=(post,))  # fmt: skip

    first, second, other = person("p", one), person("q", two), person("r", two, "张玮")
    (apart,) = resolve.identify([first, second], local_name).apart
    judged = [Judgement("same", Reference(apart.id), Reference(other.id), who="w", why="x", place="j.tsv:1")]
    with resolve.Book() as book:
        book.enter("p", [first])
        book.enter("r", [other])
        resolve.decide(book, local_name, judged, known)
        assert "no longer in the graph" in resolve.identity(book).warnings[0]
        for _ in range(2):  # and it stays followed, though the id that it names is no longer in the graph
            if not book.told(second.id)[1:]:
                book.enter("q", [second])
            resolve.decide(book, local_name, judged, known)
            found = resolve.identity(book)
            assert found.warnings == ()
            assert found == resolve.identify([first, second, other], local_name, judged, known)
            assert {x.id for x in found.apart} == {other.id} or [j.name for j in found.joins] == ["张玮"]
        book.strike("p")
        resolve.decide(book, local_name, judged, known)
        assert resolve.identity(book) == resolve.identify([second, other], local_name, judged, known)


@pytest.mark.parametrize("writing", [True, False])
def test_a_book_is_kept_in_a_file(tmp_path: Path, writing: bool) -> None:
    said = [Sketch("body", f"body/{x}", f"body|区|{x}", x, "p", "d", "a1", x, "区", "street") for x in ("柳河街道", "柳河街道办事处")]  # fmt: skip
    with resolve.Book(tmp_path / "b.db") as book:
        book.enter("p", said)
        resolve.decide(book, local_name, (), known)
    with resolve.Book(tmp_path / "b.db", writing=writing) as book:
        assert [(j.name, j.canonical_name) for j in resolve.identity(book).joins] == [("柳河街道", "柳河街道办事处")]


def test_what_hangs_on_a_body_is_decided_again_when_it_becomes_one_with_another() -> None:
    """A third page prints 北京邮电大学（简称北邮）: then its heads are one person, and what each led is one event."""
    area, other = AREAS[0], AREAS[2]
    full, short = "北京邮电大学", "北邮"
    rows = {}
    for page, home, name, event in (("p", area, full, EVENTS[0]), ("q", other, short, EVENTS[1])):
        body, person = id_of("body", area, name), id_of("person", home, "张伟")
        held = Held(f"post/{name}", f"{name}校长", body, name, "education", "校长")
        rows[page] = (
            Sketch("body", body, f"body|{area}|{name}", name, page, "d", "a1", name, area, "education"),
            Sketch("person", person, f"person|张伟|{home}", "张伟", page, "d", "a1", "张伟", home, "official", posts=(held,)),
            *(
                Sketch(
                    "event", f"event/{page}-{who}", f"event|{page}-{who}", event, page, "d", f"a-{who}", event, area,
                    f"meeting of a {who}", day=DAYS[1], leaders=(id_,), agents=(id_,),
                )
                for who, id_ in (("person", person), ("body", body))
            ),
        )  # fmt: skip
    beside = Sketch("body", id_of("body", area, full), f"body|{area}|{full}", full, "r", "d", "a1", full, area, "education", also=(short,))  # fmt: skip
    with resolve.Book() as book:
        for page, said in rows.items():
            book.enter(page, said)
        resolve.decide(book, local_name, (), known)
        before = resolve.identity(book)
        assert before.joins == ()
        book.enter("r", [beside])
        resolve.decide(book, local_name, (), known)
        joined = sorted((join.kind, join.rule) for join in resolve.identity(book).joins)
        assert joined == [
            ("body", "printed-beside"),
            ("event", "same-happening"),
            ("event", "same-happening"),
            ("person", "same-name-and-body"),
            ("post", "follows-from-body"),
        ]
        book.strike("r")
        resolve.decide(book, local_name, (), known)
        assert resolve.identity(book) == before
