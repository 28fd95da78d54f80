"""Names at whose edges a word begins or ends that is no part of them."""

from __future__ import annotations

import pytest

from kg import extract
from kg.model import Event


def read(text: str, kind: str) -> list[str]:
    return [m.text for m in extract.read_text(text).mentions if m.kind == kind]


def events(text: str) -> list[tuple[str, str]]:
    return [(f.type, f.name) for f in extract.read_text(text).facts if isinstance(f, Event)]


def test_a_town_of_the_list_does_not_begin_inside_a_verb() -> None:
    # 开城镇 is a town, but here 召开 is a word
    text = "11月9日，沅江市召开城镇老旧小区改造动员会。"
    assert "开城镇" not in read(text, "place")
    assert events(text) == [("meeting", "沅江市城镇老旧小区改造动员会")]


@pytest.mark.parametrize("name", ["停车难协商会", "“事好商量”协商会"])
def test_a_consultation_is_no_chamber_of_commerce(name: str) -> None:
    text = f"9月20日，青神县政协举办{name}。"
    assert read(text, "body") == ["青神县政协"]
    assert [kind for kind, _ in events(text)] == ["meeting"]


def test_names_alone_in_a_clause_that_says_they_were_there_or_presided() -> None:
    text = "县长周志远主持召开县政府第9次常务会议，刘红英、史建平、薛敏等参加会议。"
    assert read(text, "person") == ["周志远", "刘红英", "史建平", "薛敏"]
    text = "县委书记黄明出席会议并讲话，罗建成主持会议。罗建成要求，压实责任。"
    assert read(text, "person") == ["黄明", "罗建成", "罗建成"]
