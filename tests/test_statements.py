"""Statements: every rule on its own examples, and who said what on pages of several provinces."""

from __future__ import annotations

import pytest

from kg.extract import read_text
from kg.model import Reading, Statement
from kg.rules import Rule, load_rules

RULES = list(load_rules("statement"))


def statements(text: str) -> list[Statement]:
    return [f for f in read_text(text).facts if isinstance(f, Statement)]


def show(s: Statement) -> str:
    speaker = "会议" if s.speaker.kind == "event" else s.speaker.name
    return f"{speaker}|{s.verb}|{s.text[:12]}"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_examples(rule: Rule) -> None:
    for example in rule.examples:
        text = str(example["text"])
        got = statements(text)
        assert [show(s) for s in got] == example["finds"], (rule.name, text)
        assert rule.name in {s.evidence.rule for s in got}, (rule.name, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_rejects(rule: Rule) -> None:
    for text in rule.rejects:
        assert rule.name not in {s.evidence.rule for s in statements(text)}, (rule.name, text)
