"""Ties: every rule on its own examples, and what ties pages of several provinces state or only plan."""

from __future__ import annotations

import pytest

from kg.extract import read_text
from kg.model import Event, Reading, Tie
from kg.rules import Rule, load_rules

RULES = list(load_rules("tie"))


def show(reading: Reading) -> list[str]:
    """``subject|predicate|object`` of each tie; an event is told by its name."""
    events = {f.key: f.name for f in reading.facts if isinstance(f, Event)}
    ties = [f for f in reading.facts if isinstance(f, Tie)]
    return [f"{events.get(t.subject.name, t.subject.name)}|{t.predicate}|{events.get(t.object.name, t.object.name)}" for t in ties]


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
