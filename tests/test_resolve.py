"""Names in full and identity: which mentions are one thing, on one page and over pages, and what a thing belongs to."""

from __future__ import annotations

import pytest

from kg.extract import page_context, read
from kg.model import Article, Context, Entity, Jurisdiction, Page, PageRecord, Ref
from kg.resolve import resolve
from kg.resolve.names import area_of, full_name, full_title, plain
from kg.rules.fold import fold

ERQI = Jurisdiction("河南省", "郑州市", "二七区", "410103")
FENGXIAN = Jurisdiction("陕西省", "宝鸡市", "凤县", "610330")
CIXI = Jurisdiction("浙江省", "宁波市", "慈溪市", "330282")
HUANGSHI = Jurisdiction("湖北省", "黄石市", "", "420200")
XIWU = Jurisdiction("内蒙古自治区", "锡林郭勒盟", "西乌珠穆沁旗", "152526")
NOWHERE = Jurisdiction()


def page(name: str, *texts: str, where: Jurisdiction = NOWHERE, year: int | None = 2022) -> PageRecord:
    """A page of articles without headlines, read and resolved."""
    articles = [
        Article(name, f"a{n}", "", (), text, fold(text), range(len(text)), (0, len(text)))
        for n, text in enumerate(texts, 1)
    ]
    given = Context(year=year, year_basis="given" if year else "unknown", jurisdiction=where)
    sheet = Page(name, "-", "\n".join(texts), name)
    context = page_context(sheet, articles, given)
    return resolve(sheet, context, [read(a, context) for a in articles])


def things(record: PageRecord, kind: str) -> dict[str, Entity]:
    """The entities of a kind on a page by the name that the articles give them."""
    return {ref.name: e for r in record.records for ref, e in r.entities.items() if e.kind == kind}


def posts(record: PageRecord) -> dict[str, Entity]:
    return {p.name: p for r in record.records for p in r.posts.values()}


def chain(entity: Entity | None) -> list[str]:
    """The names from a thing up to its widest parent."""
    names = []
    while entity is not None:
        names.append(entity.name)
        entity = entity.parent
    return names


@pytest.mark.parametrize(
    ("name", "kind", "rule", "where", "full"),
    [
        ("区委", "party", "body-organ", ERQI, "二七区委"),
        ("区城管局", "government", "body-department", ERQI, "二七区城管局"),
        ("市城管局", "government", "body-department", ERQI, "郑州市城管局"),
        ("省委", "party", "body-organ", ERQI, "河南省委"),
        ("宣传部", "party", "body-organ", ERQI, "二七区委宣传部"),
        ("停管办", "government", "body-department", ERQI, "二七区停管办"),
        ("县委", "party", "body-organ", FENGXIAN, "凤县委"),
        ("凤县县委", "party", "body-organ", FENGXIAN, "凤县委"),
        ("县教育局", "government", "body-department", FENGXIAN, "凤县教育局"),
        ("市教育局", "government", "body-department", FENGXIAN, "宝鸡市教育局"),
        ("市委", "party", "body-organ", CIXI, "慈溪市委"),
        ("市发改局", "government", "body-department", CIXI, "慈溪市发改局"),
        ("宁波市委", "party", "body-organ", CIXI, "宁波市委"),
        ("市委", "party", "body-organ", HUANGSHI, "黄石市委"),
        ("旗委", "party", "body-organ", XIWU, "西乌珠穆沁旗委"),
        ("盟委", "party", "body-organ", XIWU, "锡林郭勒盟委"),
        ("自治区党委", "party", "body-organ", XIWU, "内蒙古自治区党委"),
        ("区政府", "government", "body-organ", ERQI, "二七区人民政府"),
        ("中共二七区委", "party", "body-organ", ERQI, "二七区委"),
        ("国务院", "government", "body-organ", ERQI, "国务院"),
        ("农业农村部", "government", "body-department", ERQI, "农业农村部"),
        ("团中央", "party", "body-department", FENGXIAN, "团中央"),
        ("县防指", "government", "body-department", FENGXIAN, "凤县防指"),
        ("国家税务总局", "government", "body-department", ERQI, "国家税务总局"),
        ("恒通物流有限公司", "company", "name-by-head", ERQI, "恒通物流有限公司"),
        ("南京工业大学", "education", "name-by-head", ERQI, "南京工业大学"),
        ("梁溪区教育局", "government", "body-department", FENGXIAN, "梁溪区教育局"),
        ("鼓楼区教育局", "government", "body-department", FENGXIAN, "鼓楼区教育局"),
        ("安吉县政府", "government", "body-organ", ERQI, "安吉县人民政府"),
        ("区委", "party", "body-organ", NOWHERE, "区委"),
        ("市场监管局", "government", "body-department", CIXI, "慈溪市市场监管局"),
        ("民盟县委会", "party", "body-organ", FENGXIAN, "民盟凤县委会"),
        ("民进鼓楼区委", "party", "body-organ", FENGXIAN, "民进鼓楼区委"),
        ("团县委", "social", "body-organ", FENGXIAN, "共青团凤县委"),
        ("政协二七区第五届委员会", "cppcc", "body-organ", ERQI, "二七区政协"),
        ("慈溪法院", "judicial", "body-organ", CIXI, "慈溪市人民法院"),
    ],
)
def test_a_name_in_full(name: str, kind: str, rule: str, where: Jurisdiction, full: str) -> None:
    assert full_name(name, kind, rule, where) == full


@pytest.mark.parametrize(
    ("title", "where", "full"),
    [
        ("区委书记", ERQI, "二七区委书记"),
        ("区区长", ERQI, "二七区区长"),
        ("市人大常委会副主任", FENGXIAN, "宝鸡市人大常委会副主任"),
        ("中共二七区委书记", ERQI, "二七区委书记"),
        ("二七区委书记", ERQI, "二七区委书记"),
        ("县委书记", NOWHERE, "县委书记"),
    ],
)
def test_a_title_in_full(title: str, where: Jurisdiction, full: str) -> None:
    assert full_title(title, where) == full


@pytest.mark.parametrize(
    ("level", "where", "name"),
    [("区", ERQI, "二七区"), ("市", CIXI, "慈溪市"), ("省", XIWU, "内蒙古自治区"), ("县", ERQI, "")],
)
def test_the_area_of_a_level(level: str, where: Jurisdiction, name: str) -> None:
    assert area_of(level, where) == name


@pytest.mark.parametrize(
    ("one", "other", "where"),
    [
        ("郑州市二七区淮河路街道办事处", "淮河路街道", ERQI),
        ("二七区淮河路街道办", "淮河路街道", ERQI),
        ("郑州市二七区人民政府", "二七区政府", ERQI),
        ("河南省二七区委", "二七区委", ERQI),
        ("县委办公室", "县委办", FENGXIAN),
        ("恒通物流有限责任公司", "恒通物流有限公司", FENGXIAN),
        ("凤县双石铺镇", "双石铺镇", FENGXIAN),
    ],
)
def test_two_forms_of_one_name(one: str, other: str, where: Jurisdiction) -> None:
    assert plain(one, where) == plain(other, where)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("郑州市委", "二七区委"),
        ("河南省委", "郑州市委"),
        ("二七区委", "二七区委宣传部"),
        ("淮河路街道", "淮河路小学"),
        ("二七区人大常委会", "二七区人大"),
    ],
)
def test_two_names_of_two_things(one: str, other: str) -> None:
    assert plain(one, ERQI) != plain(other, ERQI)


def test_a_body_is_one_under_its_printed_forms() -> None:
    record = page("p", "凤县人民政府印发通知。县政府召开常务会议。凤县政府作出部署。", where=FENGXIAN)
    keys = {e.key for e in things(record, "body").values() if e.name.endswith("政府")}
    assert len(keys) == 1
    names = {e.name for e in things(record, "body").values()}
    assert "凤县人民政府" in names


def test_a_county_committee_is_one_with_its_county_printed_or_not() -> None:
    record = page("p", "凤县县委书记郑维国讲话。凤县县委印发意见。县委作出部署。", where=FENGXIAN)
    assert {e.name for e in things(record, "body").values()} == {"凤县委"}
    assert len({e.key for e in things(record, "body").values()}) == 1
    assert list(posts(record)) == ["凤县委书记"]


def test_a_county_committee_keeps_its_county_on_the_page_of_a_city() -> None:
    record = page(
        "p", "宝鸡市委召开会议。凤县县委书记郑维国发言。", where=Jurisdiction("陕西省", "宝鸡市", "", "610300")
    )
    assert list(posts(record)) == ["凤县委书记"]


def test_the_same_short_name_in_two_districts_is_two_bodies() -> None:
    text = "县教育局开展检查。"
    fengxian = things(page("p", text, where=FENGXIAN), "body")["县教育局"]
    dawu = things(page("q", text, where=Jurisdiction("湖北省", "孝感市", "大悟县", "420922")), "body")["县教育局"]
    assert (fengxian.name, dawu.name) == ("凤县教育局", "大悟县教育局")
    assert fengxian.key != dawu.key


def test_an_upper_body_is_one_from_the_pages_of_two_districts() -> None:
    jinshui = Jurisdiction("河南省", "郑州市", "金水区", "410105")
    one = things(page("p", "郑州市委召开会议。", where=ERQI), "body")["郑州市委"]
    other = things(page("q", "郑州市委召开会议。", where=jinshui), "body")["郑州市委"]
    assert one.key == other.key


def test_a_street_office_is_body_and_place_joined() -> None:
    text = "7月1日，县委书记郑维国到双石铺镇调研。双石铺镇组织志愿者清理河道。"
    record = page("p", text, where=FENGXIAN)
    body, place = things(record, "body")["双石铺镇"], things(record, "place")["双石铺镇"]
    assert body.administers is not None
    assert body.administers.key == place.key
    assert (place.kind, place.subkind) == ("place", "street")
    assert chain(place) == ["双石铺镇", "凤县", "宝鸡市", "陕西省"]


def test_an_office_and_its_short_form_administer_one_place() -> None:
    text = "淮河路街道办事处召开会议。淮河路街道组织巡逻。"
    offices = things(page("p", text, where=ERQI), "body").values()
    assert len({e.key for e in offices if "淮河路" in e.name}) == 1
    assert {e.administers.name for e in offices if e.administers} == {"淮河路街道"}


def test_areas_carry_their_official_codes() -> None:
    record = page(
        "p", "凤县县委召开会议。宝鸡市委督导组到会。陕西省委办公厅印发通知。凤县双石铺镇参加。", where=FENGXIAN
    )
    found: dict[str, str] = {}
    for e in [*things(record, "body").values(), *things(record, "place").values()]:
        top: Entity | None = e
        while top is not None:
            if top.kind == "place" and top.subkind == "admin":
                found[top.name] = top.code
            top = top.parent
    assert found == {"凤县": "610330", "宝鸡市": "610300", "陕西省": "610000"}


def test_a_city_page_has_no_district_code() -> None:
    record = page("p", "黄石市委召开会议。", where=HUANGSHI)
    parent = things(record, "body")["黄石市委"].parent
    assert parent is not None
    assert (parent.name, parent.code, chain(parent)) == ("黄石市", "420200", ["黄石市", "湖北省"])


def test_a_municipality_has_one_code_as_city_and_province() -> None:
    where = Jurisdiction("", "重庆市", "潼南区", "500152")
    parent = things(page("p", "潼南区委召开会议。", where=where), "body")["潼南区委"].parent
    assert parent is not None
    assert (parent.name, parent.code) == ("潼南区", "500152")
    assert parent.parent is not None
    assert (parent.parent.name, parent.parent.code) == ("重庆市", "500000")


@pytest.mark.parametrize(
    ("text", "name", "above"),
    [
        ("凤县县委宣传部举办培训。凤县县委印发意见。", "凤县县委宣传部", "凤县委"),
        ("县教育局召开会议。", "县教育局", "凤县"),
        ("市教育局召开会议。", "市教育局", "宝鸡市"),
    ],
)
def test_what_a_body_belongs_to(text: str, name: str, above: str) -> None:
    parent = things(page("p", text, where=FENGXIAN), "body")[name].parent
    assert parent is not None
    assert parent.name == above


def test_a_post_is_of_a_body_and_in_full() -> None:
    record = page("p", "县委副书记、县长王海涛出席。县教育局局长周敏参加。", where=FENGXIAN)
    found = posts(record)
    assert set(found) == {"凤县委副书记", "凤县县长", "凤县教育局局长"}
    bodies = {title: p.parent.name if p.parent else "" for title, p in found.items()}
    assert bodies == {"凤县委副书记": "凤县委", "凤县县长": "凤县人民政府", "凤县教育局局长": "凤县教育局"}
    assert found["凤县县长"].role == "县长"
    assert {p.kind for p in found.values()} == {"post"}


def test_one_post_of_two_holders_is_one_post() -> None:
    one = posts(page("p", "副县长孙丽参加。", where=FENGXIAN))["凤县副县长"]
    other = posts(page("q", "凤县副县长周涛参加。", where=FENGXIAN))["凤县副县长"]
    assert one.key == other.key


def test_the_same_post_in_two_districts_is_two() -> None:
    one = posts(page("p", "区委书记陈刚讲话。", where=ERQI))
    other = posts(page("q", "区委书记李强讲话。", where=Jurisdiction("四川省", "成都市", "武侯区", "510107")))
    assert (list(one), list(other)) == (["二七区委书记"], ["武侯区委书记"])
    assert one["二七区委书记"].key != other["武侯区委书记"].key


def test_a_person_is_one_over_the_pages_of_an_area_and_not_beyond() -> None:
    text = "县长王海涛主持会议。"
    one, two = (things(page(name, text, where=FENGXIAN), "person")["王海涛"] for name in ("p", "q"))
    far = things(page("r", text, where=Jurisdiction("湖北省", "孝感市", "大悟县", "420922")), "person")["王海涛"]
    assert one.key == two.key
    assert one.key != far.key
    assert one.subkind == "official"
    assert any("凤县" in reason for reason in one.reasons)


MEETING = "3月12日，凤县召开全县安全生产工作会议。县委书记郑维国讲话。"


def test_a_happening_of_one_day_is_one_event_in_two_articles() -> None:
    first = page("p", MEETING, where=FENGXIAN)
    second = page("q", "3月12日上午，凤县召开全县安全生产工作会议。各镇参加。", where=FENGXIAN)
    (one,) = things(first, "event").values()
    (other,) = things(second, "event").values()
    assert one.key == other.key
    assert any("2022-03-12" in reason for reason in one.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "3月13日，凤县召开全县安全生产工作会议。县委书记郑维国讲话。",  # another day
        "近日，凤县召开全县安全生产工作会议。县委书记郑维国讲话。",  # no day
        "3月12日，凤县召开全县教育工作会议。县委书记郑维国讲话。",  # another name
    ],
)
def test_other_happenings_stay_apart(text: str) -> None:
    (one,) = things(page("p", MEETING, where=FENGXIAN), "event").values()
    (other,) = things(page("q", text, where=FENGXIAN), "event").values()
    assert one.key != other.key


def test_a_happening_without_a_day_stays_in_its_article() -> None:
    text = "近日，凤县召开全县安全生产工作会议。县委书记郑维国讲话。"
    record = page("p", text, text, where=FENGXIAN)
    keys = {e.key for r in record.records for ref, e in r.entities.items() if ref.kind == "event"}
    assert len(keys) == 2


def test_a_day_without_a_year_joins_nothing() -> None:
    one, other = (page(name, MEETING, where=FENGXIAN, year=None) for name in ("p", "q"))
    (a,) = things(one, "event").values()
    (b,) = things(other, "event").values()
    assert a.key != b.key


def test_the_same_meeting_name_in_another_district_is_another_event() -> None:
    (one,) = things(page("p", MEETING, where=FENGXIAN), "event").values()
    text = MEETING.replace("凤县", "大悟县")
    (other,) = things(page("q", text, where=Jurisdiction("湖北省", "孝感市", "大悟县", "420922")), "event").values()
    assert one.key != other.key


def test_printed_forms_are_kept_beside_the_name() -> None:
    record = page("p", "县教育局开展检查。", where=FENGXIAN)
    assert things(record, "body")["县教育局"].printed == ("县教育局",)


def test_every_thing_of_a_fact_is_there() -> None:
    text = "3月12日，凤县召开全县安全生产工作会议。县委书记郑维国讲话，县长王海涛主持。会议强调，要守住底线。"
    record = page("p", text, where=FENGXIAN)
    (found,) = record.records
    for fact in found.reading.facts:
        refs = [value for name in fact.__slots__ if isinstance(value := getattr(fact, name), Ref)]
        assert all(ref in found.entities for ref in refs), fact
    assert {"郑维国", "王海涛"} <= {e.name for e in found.entities.values()}
