"""The gate of rules: no sentence in which a rule matches stays shut to it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import pages
from kg.extract.reader import page_context, read
from kg.rules import load_rules, tag
from kg.rules.gate import Gate
from kg.rules.triggers import musts, taken_apart

SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")


def test_the_sets_of_words_that_a_pattern_needs() -> None:
    found = musts(taken_apart("[^，。]{2,12}(?:节|会)(?:了|的)?(?=开幕|举行)"))
    assert found == {frozenset(("节", "会")), frozenset(("开幕", "举行"))}


def test_a_sentence_without_one_of_the_words_is_shut() -> None:
    rules = [r for r in load_rules("event") if r.name == "organised"]
    gate = Gate(rules)
    text = "宣传部组织座谈会。宣传部组织志愿者。宣传部召开座谈会。"
    opened = gate.opened(text, [m.span() for m in SENTENCE.finditer(text)])
    assert [gate.among(bits) for bits in opened] == [rules, [], []]


@pytest.mark.parametrize("kind", ["event", "event-place", "participation", "statement", "tie", "appointment"])
def test_all_matches_pass(kind: str, seeds: Path) -> None:
    rules = load_rules(kind)
    gate = Gate(rules)
    for path in sorted(seeds.glob("*.txt")):
        articles = pages.articles(pages.read(path))
        context = page_context(pages.read(path), articles)
        for article in articles:
            text = tag(article.norm, read(article, context).mentions).text
            sentences = [m.span() for m in SENTENCE.finditer(text)]
            for (start, end), bits in zip(sentences, gate.opened(text, sentences), strict=True):
                shut = [r for r in rules if r not in gate.among(bits)]
                wanting = [r for r in shut if any(text.find(word, start, end) >= 0 for word in r.needs or [""])]
                assert [r.name for r in wanting if r.pattern.search(text, start, end)] == []
