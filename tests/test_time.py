"""Time: what articles attest of terms, and nothing more. Expected values come from reading the pages below."""

from __future__ import annotations

import pytest

import kg
from kg.views.terms import Term, told

#: seven short pages of one county of Shanxi: names and events are made up
PAGES = {
    "p20200310": """吉县召开春季植树动员会

    本报讯 2020年3月10日，吉县召开春季植树动员会。县委书记高建平出席会议并讲话，县委副书记、县长罗文斌主持会议，副县长孟晓琳参加会议。
    记者 李晨
""",
    "p20200615": """高建平调研夏收工作

    本报讯 2020年6月15日，县委书记高建平到屯里镇调研夏收工作。县长罗文斌、副县长孟晓琳陪同。
    记者 李晨
""",
    "p20200702": """吉县召开防汛会议

    本报讯 2020年7月2日，吉县召开防汛工作会议。县领导高建平、孟晓琳参加会议。
    记者 李晨
""",
    "p20200901": """吉县召开脱贫攻坚推进会

    本报讯 2020年9月1日，吉县召开脱贫攻坚推进会。县委书记高建平出席会议并讲话，县委副书记、县长邓志刚主持会议，县委常委、常务副县长孟晓琳参加会议。
    记者 李晨
""",
    "p20201020": """吉县召开冬季供暖会议

    本报讯 2020年10月20日，吉县召开冬季供暖工作会议。县委书记高建平出席会议并讲话，县长邓志刚主持会议。原县长罗文斌应邀出席。
    记者 李晨
""",
    "p20201020b": """县长检查供暖

    本报讯 2020年10月20日，县长赵海峰到吉昌镇检查供暖工作。
    记者 王玥
""",
    "pundated": """罗文斌督导安全生产

    本报讯 近日，县长罗文斌到壶口镇督导安全生产工作。
    记者 王玥
""",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> kg.Store:
    folder = tmp_path_factory.mktemp("time")
    (folder / "pages").mkdir()
    for name, text in PAGES.items():
        (folder / "pages" / f"{name}.txt").write_text(text, "utf-8")
    area = kg.Context(jurisdiction=kg.Jurisdiction("山西省", "临汾市", "吉县", "141028"))
    kg.build([folder / "pages"], folder / "store", context=area)
    return kg.Store.open(folder / "store")


def terms(store: kg.Store) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["person"], row["title"]): row for row in kg.query(store, "post_terms")}


def test_first_and_last_day_bound_the_term_from_within(store: kg.Store) -> None:
    gao = terms(store)["高建平", "吉县委书记"]
    assert (gao["first"], gao["last"], gao["articles"]) == ("2020-03-10", "2020-10-20", "4")
    assert (gao["began_no_later_than"], gao["ended_no_earlier_than"]) == ("2020-03-10", "2020-10-20")
    assert gao["ended_no_later_than"] == ""


def test_a_former_holder_is_no_holder_on_that_day_but_bounds_the_end(store: kg.Store) -> None:
    luo = terms(store)["罗文斌", "吉县县长"]
    # the undated page counts as an article, and for no day
    assert (luo["first"], luo["last"], luo["articles"]) == ("2020-03-10", "2020-06-15", "3")
    assert luo["ended_no_later_than"] == "2020-10-20"


def test_no_day_is_invented_for_a_page_without_one(store: kg.Store) -> None:
    (days,) = store.query(
        "SELECT (COUNT(?d) AS ?n) { ?t a kg:Tenure ; kg:article/kg:page/kg:name 'pundated' OPTIONAL { ?t kg:date ?d } }"
    ).column("n")
    assert days == "0"


def test_who_followed_whom(store: kg.Store) -> None:
    rows = [r for r in kg.query(store, "successions") if r["title"] == "吉县县长"]
    assert {(r["before"], r["last_attested"], r["after"], r["first_attested"]) for r in rows} == {
        ("罗文斌", "2020-06-15", "邓志刚", "2020-09-01"),
    }


def test_two_holders_of_one_post_on_one_day_are_told_with_both_pages(store: kg.Store) -> None:
    (row,) = kg.query(store, "two_holders")
    assert (row["title"], row["day"], row["how"]) == ("吉县县长", "2020-10-20", "one day")
    assert {row["one"], row["other"]} == {"邓志刚", "赵海峰"}
    assert {row["page_one"], row["page_other"]} == {"p20201020", "p20201020b"}


def test_a_change_of_title_lies_between_two_days(store: kg.Store) -> None:
    rows = {(r["person"], r["before"], r["after"]): r for r in kg.query(store, "title_changes")}
    change = rows["孟晓琳", "吉县副县长", "吉县常务副县长"]
    assert (change["last_attested"], change["first_attested"]) == ("2020-06-15", "2020-09-01")
    assert not [who for who, *_ in rows if who == "高建平"]


def test_the_title_held_at_each_event(store: kg.Store) -> None:
    rows = [r for r in kg.query(store, "titles_at_events") if r["date"] == "2020-07-02"]
    told_of = {r["person"]: (r["title"], r["basis"]) for r in rows}
    # 县领导高建平: secretary before and after that day; 孟晓琳 changed her post in between, so nobody knows
    assert told_of == {"高建平": ("吉县委书记", "attested"), "孟晓琳": ("", "")}
    printed = {(r["person"], r["title"]) for r in kg.query(store, "titles_at_events") if r["date"] == "2020-09-01"}
    assert ("邓志刚", "吉县县长") in printed


def test_posts_with_one_holder_are_marked(store: kg.Store) -> None:
    marked = set(store.query("SELECT ?t { ?p kg:singleHolder true ; rdfs:label ?t }").column("t"))
    assert "吉县县长" in marked
    assert "吉县副县长" not in marked


def test_the_dossier_says_what_is_known_of_terms(store: kg.Store) -> None:
    (luo,) = kg.dossier(store, "罗文斌").entries
    assert (
        "吉县县长：见报 2020-03-10 至 2020-06-15（3 篇）；就任不晚于 2020-03-10，离任不早于 2020-06-15；离任不晚于 2020-10-20"
        in luo.terms
    )
    (post,) = [e for e in kg.dossier(store, "吉县县长").entries if e.thing.kind == "post"]
    assert "接任：2020-06-15 至 2020-09-01 之间，邓志刚 接替 罗文斌" in post.terms
    assert [line for line in post.terms if line.startswith("矛盾：2020-10-20 同日见报两人")]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (Term("p", "q", ("2020-01-01",), 1), "见报 2020-01-01（1 篇）；就任不晚于 2020-01-01，离任不早于 2020-01-01"),
        (Term("p", "q", (), 2), "见报 2 篇，日期不明"),
        (Term("p", "q", (), 0, "2020-05-01"), "离任不晚于 2020-05-01"),
    ],
)
def test_a_term_in_words(term: Term, said: str) -> None:
    assert told(term) == said
