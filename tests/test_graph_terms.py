"""Names in the graph: IRIs that a person can read, literals that every parser reads back."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.graph import terms


@pytest.mark.parametrize(
    ("kind", "key", "name", "start"),
    [
        ("person", "person|陈红民|二七区", "陈红民", "person/chen-hongmin-"),
        ("person", "person|欧阳明|二七区", "欧阳明", "person/ouyang-ming-"),
        ("body", "body|二七区委", "二七区委", "body/er-qi-qu-wei-"),
        ("place", "place|二七区", "二七区", "place/er-qi-qu-"),
        ("initiative", "“一拆五改三增”", "“一拆五改三增”", "initiative/yi-chai-wu-gai-san-zeng-"),
        ("initiative", "i|2019年PPP项目", "2019年PPP项目", "initiative/2019-nian-ppp-xiang-mu-"),
        ("document", "d|《》", "《》", "document/x-"),
    ],
)
def test_things_have_readable_names(kind: str, key: str, name: str, start: str) -> None:
    local = terms.local_name(kind, key, name)
    assert local.startswith(start)
    assert len(local) == len(start) + 8
    assert local.isascii()


def test_identity_is_the_key_and_nothing_else_of_a_namesake() -> None:
    one, two = (terms.local_name("person", f"person|李明|{area}", "李明") for area in ("二七区", "金水区"))
    assert one != two
    assert one.rpartition("-")[0] == two.rpartition("-")[0]


def test_one_key_is_one_thing_under_whatever_name() -> None:
    key = "body|河南省郑州市二七区|二七区政府"
    assert terms.local_name("body", key, "二七区人民政府") == terms.local_name("body", key, "二七区政府")


def test_an_event_is_named_by_its_key_however_it_is_told() -> None:
    local = terms.local_name("event", "event|河南省郑州市二七区|2019-07-01|inspection|陈红民", "陈红民调研")
    assert local.startswith("event/2019-07-01-inspection-chen-hong-min-")
    assert terms.local_name("event", "2019-07-01|调研", "陈红民调研") == terms.local_name(
        "event", "2019-07-01|调研", "区委书记调研"
    )


def test_a_long_slug_is_cut_between_syllables() -> None:
    slug = terms.slug("郑州市二七区城市环境综合整治提升工作指挥部办公室领导小组")
    assert len(slug) <= terms.SLUG
    assert slug.startswith("zheng-zhou-shi-er-qi-qu-cheng-shi-huan-jing")
    assert not slug.endswith("-")


@pytest.mark.parametrize("value", ['a"b\\c', "行\n行\r\t\x00\x7f\x0b", "😀“引”", "", "\\u0041", "x\u2028y"])
def test_text_comes_back_as_it_was(value: str) -> None:
    line = f"<http://a/s> <http://a/p> {terms.text(value)} ."
    (quad,) = ox.parse(input=line, format=ox.RdfFormat.N_TRIPLES)
    assert quad.object.value == value
    assert terms.plain(terms.text(value)) == terms.plain(terms.text(value, "zh")) == value


def test_half_a_character_is_replaced_and_not_written() -> None:
    assert terms.text("a\ud800b") == '"a\ufffdb"'


@pytest.mark.parametrize(
    ("value", "lexical", "kind"),
    [
        (500.0, "500", "integer"),
        (6.5, "6.5", "decimal"),
        (1e21, "1000000000000000000000", "integer"),
        (0.000001, "0.000001", "decimal"),
        (1234567.89, "1234567.89", "decimal"),
    ],
)
def test_numbers_are_plain(value: float, lexical: str, kind: str) -> None:
    assert terms.number(value) == f'"{lexical}"^^<http://www.w3.org/2001/XMLSchema#{kind}>'


@pytest.mark.parametrize("base", ["", "kg/", "http://example.org/kg", "http://a b/", "ftp://x/", 'http://x/">/'])
def test_a_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(StoreError, match="expected an http"):
        terms.check_base(base)
