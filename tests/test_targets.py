"""Targets: every rule on its own examples, and what the pages promise and report."""

from __future__ import annotations

import pytest

from kg.extract import dates, quantities, targets
from kg.extract.draft import Draft
from kg.model import Article, Context, Jurisdiction, Mention, Ref, Target
from kg.rules import Rule, load_rules
from kg.rules.fold import fold

RULES = list(load_rules("target"))
HOME = Context(year=2020, year_basis="printed", jurisdiction=Jurisdiction("河南省", "郑州市", "二七区"))


def read(text: str, context: Context = HOME, mentions: tuple[Mention, ...] = ()) -> Draft:
    article = Article("t", "a1", "", (), text, fold(text), range(len(text)), (0, len(text)))
    made = Draft(article, context)
    made.add(mentions)
    dates.find(made)
    quantities.find(made)
    targets.find(made)
    return made


def found(text: str, context: Context = HOME) -> list[Target]:
    return [f for f in read(text, context).facts if isinstance(f, Target)]


def show(t: Target) -> str:
    number = f"{t.quantity.value:.12g}{t.quantity.unit}" if t.quantity else ""
    return f"{t.what}|{number}|{t.deadline.edtf if t.deadline else ''}"


def figures(text: str, context: Context = HOME) -> list[tuple[str, str]]:
    """(quantity, deadline) of each target."""
    return [tuple(show(t).split("|")[1:]) for t in found(text, context)]  # type: ignore[misc]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_examples(rule: Rule) -> None:
    for example in rule.examples:
        text = str(example["text"])
        assert sorted(map(show, found(text))) == sorted(example["finds"]), (rule.name, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_rejects(rule: Rule) -> None:
    for text in rule.rejects:
        d = read(text)
        tagged = d.layer("quantity", "date", "document", "person")
        assert not rule.pattern.search(tagged.text), (rule.name, text)
