"""Events, who took part and where: the examples of the rules, and what pages of other areas must and must not give."""

from __future__ import annotations

import pytest

from kg.extract import bodies, dates, documents, events, initiatives, people, quantities
from kg.extract.areas import jurisdiction
from kg.extract.draft import Draft
from kg.model import Article, Context, Event, EventPlace, EventTopic, Jurisdiction, Mention, Participation
from kg.rules import Rule, load_rules
from kg.rules.fold import fold

KINDS = ("event", "participation", "event-place", "appointment")
RULES = [rule for kind in KINDS for rule in load_rules(kind)]


def article(text: str, headline: str = "") -> Article:
    return Article("page", "a1", headline, (), text, fold(text), range(len(text)), (0, len(text)))


def read(text: str, headline: str = "", home: str = "") -> Draft:
    """An article whose events have been read, with the names that the finders before it tell."""
    item = article(text, headline)
    where = Jurisdiction(district=home) if home else jurisdiction([item], Context())
    draft = Draft(item, Context(jurisdiction=where))
    for finder in (bodies, people, dates, quantities, documents, initiatives, events):
        finder.find(draft)
    return draft


def finds(draft: Draft) -> list[str]:
    """The facts of an article in the short form of the rules' examples."""
    out = [f"{e.type}|{e.name}" for e in draft.facts if isinstance(e, Event)]
    out += [f"{p.role}|{p.agent.name}" for p in draft.facts if isinstance(p, Participation)]
    out += [f"{p.role}|{p.place}" for p in draft.facts if isinstance(p, EventPlace)]
    return out


def fired(draft: Draft) -> set[str]:
    return {f.evidence.rule for f in draft.facts}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_examples(rule: Rule) -> None:
    """What a rule says it finds is found, whichever rule of the chain contributes it."""
    for example in rule.examples:
        found = finds(read(example["text"]))
        missing = [x for x in example["finds"] if x not in found]
        assert not missing, f"{rule.name}: {example['text']} gives {found}, not {missing}"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rejects(rule: Rule) -> None:
    """No fact comes from a rule in a sentence that it says it does not read."""
    for text in rule.rejects:
        draft = read(text)
        assert rule.name not in fired(draft), f"{rule.name}: {text} gives {finds(draft)}"
