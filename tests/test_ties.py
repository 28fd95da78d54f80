"""Ties: every rule on its own examples, and what ties pages of several provinces state or only plan."""

from __future__ import annotations

import pytest

from kg.extract import read_text
from kg.model import DocumentUse, Event, Reading, Tie
from kg.rules import Rule, load_rules

RULES = list(load_rules("tie"))


def show(reading: Reading) -> list[str]:
    """``subject|predicate|object`` of each tie; an event is told by its name."""
    events = {f.key: f.name for f in reading.facts if isinstance(f, Event)}
    ties = [f for f in reading.facts if isinstance(f, Tie)]
    return [
        f"{events.get(t.subject.name, t.subject.name)}|{t.predicate}|{events.get(t.object.name, t.object.name)}"
        for t in ties
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_examples(rule: Rule) -> None:
    for example in rule.examples:
        reading = read_text(str(example["text"]))
        assert sorted(show(reading)) == sorted(example["finds"]), (rule.name, example["text"])
        assert rule.name in {f.evidence.rule for f in reading.facts if isinstance(f, Tie)}, (rule.name, example["text"])


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_rejects(rule: Rule) -> None:
    for text in rule.rejects:
        rules = {f.evidence.rule for f in read_text(text).facts if isinstance(f, Tie)}
        assert rule.name not in rules, (rule.name, text)


def ties(text: str) -> list[str]:
    return show(read_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "会议强调，要成立宜章县防汛抗旱指挥部，压实责任。",
        "宜章县将组建宜章县教育联盟。",
        "宜章县人民政府拟与湖南农业大学签订合作协议。",
        "县长王建国要求尽快成立宜章县防汛抗旱指挥部。",
        "宜章县教育局与宜章县文旅局负责人陪同调研。",
    ],
)
def test_a_plan_or_a_list_ties_nothing(text: str) -> None:
    assert ties(text) == []


def test_partners_are_told_once() -> None:
    text = "8月6日，泗洪县人民政府与南京工业大学签署协议。南京工业大学与泗洪县人民政府签约后，双方座谈。"
    assert ties(text) == ["泗洪县人民政府|partner|南京工业大学"]


def test_a_street_named_by_its_kind_is_the_one_named_before() -> None:
    text = "7月1日，区委书记李国强带队到青山街道调研，听取了街道关于党建工作情况的汇报。"
    assert ties(text) == ["青山街道|reported-to|李国强"]


def test_a_name_in_brackets_is_no_party() -> None:
    text = "7月16日，东阿县人民政府与齐鲁工业大学（山东省科学院）签订合作协议。"
    assert ties(text) == ["东阿县人民政府|partner|齐鲁工业大学"]


def test_what_a_meeting_passes_on_is_named_and_is_no_document_used() -> None:
    text = "3月9日，青县召开信访工作会议。会议传达了省委信访工作会议精神和市委书记周国强在调研时的讲话精神。"
    reading = read_text(text)
    assert sorted(show(reading)) == [
        "青县信访工作会议|conveyed|市委书记周国强在调研时的讲话精神",
        "青县信访工作会议|conveyed|省委信访工作会议精神",
    ]
    named = {m.text for m in reading.mentions if m.kind == "document"}
    assert named == {"省委信访工作会议精神", "市委书记周国强在调研时的讲话精神"}
    assert not any(isinstance(f, DocumentUse) for f in reading.facts)


def test_the_person_who_passes_it_on_is_the_subject() -> None:
    text = "3月9日，青县召开信访工作会议。会上，县委书记李国强传达了全省信访工作会议精神。"
    assert ties(text) == ["李国强|conveyed|全省信访工作会议精神"]


def test_evidence_holds_both_ends() -> None:
    text = "5月5日，县长王建国到桃林镇石门村调研。"
    (tie,) = [f for f in read_text(text).facts if isinstance(f, Tie)]
    assert text[tie.evidence.start : tie.evidence.end] == "桃林镇石门村"


def test_what_bears_a_name_lies_in_the_community_that_its_name_begins_with() -> None:
    found = ties("5月5日，县长王建国来到桃林镇石门社区锦绣花园小区调研。")
    assert found == ["锦绣花园小区|located-in|石门社区"]
