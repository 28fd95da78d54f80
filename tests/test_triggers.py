"""Triggers: the words a pattern cannot match without, and that looking only around them loses and adds nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import kg.rules
from kg import pages
from kg.extract.reader import page_context, read
from kg.rules import tag
from kg.rules.triggers import Triggers, taken_apart, trigger

KINDS = sorted(path.stem for path in Path(kg.rules.__file__).parent.glob("*.yaml"))


@pytest.mark.parametrize(
    ("pattern", "words", "before", "after"),
    [
        ("召开(?:了)?", {"召开"}, 0, 3),
        ("[^，。]{2,12}节(?=开幕|举行)", {"开幕", "举行"}, 13, 4),
        ("(?:免去|任命).{2,4}(?:为|的)", {"免去", "任命"}, 0, 7),
        ("[两三]会(?!议)", {"会"}, 1, 2),
        ("(?:会议)?(?:强调|指出)", {"强调", "指出"}, 2, 2),
    ],
)
def test_the_words_a_pattern_needs(pattern: str, words: set[str], before: int, after: int) -> None:
    found = trigger(taken_apart(pattern))
    assert found is not None
    assert (set(found.words), found.before, found.after) == (words, before, after)


@pytest.mark.parametrize("pattern", ["[^，。]{2,4}", "(?:召开)?", "(?i:召开)|会", "(?:召开|.)"])
def test_a_pattern_that_needs_no_word(pattern: str) -> None:
    found = trigger(taken_apart(pattern))
    assert found is None or "召开" not in found.words


def test_a_pattern_that_asks_for_the_end_sees_the_end() -> None:
    text = "会议召开，会议召开"
    ((_, reach),) = Triggers([trigger(taken_apart("召开$"))]).reach(text)
    assert reach[-1][1] >= len(text)
    found = [m.start() for s, e in reach for m in re.compile("召开$").finditer(text, s, e)]
    assert found == [7]


def test_a_word_that_does_not_occur_leaves_nothing_to_try() -> None:
    patterns = ("召开", "会[^，]", "[^，]")
    assert Triggers(trigger(taken_apart(pattern)) for pattern in patterns).reach("座谈会上") == [(1, [(2, 4)]), (2, [(0, 4)])]


@pytest.mark.parametrize("kind", KINDS)
def test_matches_are_those_of_the_whole_text(kind: str, seeds: Path) -> None:
    """Every rule over every seed article, as printed and with its mentions: the same stretches both ways."""
    rules = kg.rules.load_rules(kind)
    seen = 0
    for path in sorted(seeds.glob("*.txt")):
        page = pages.read(path)
        articles = pages.articles(page)
        context = page_context(page, articles)
        for article in articles:
            mentions = sorted(read(article, context).mentions, key=lambda m: (m.start, -m.end))
            for tagged in (tag(article.norm, ()), tag(article.norm, mentions)):
                found = [(m.rule.name, m.match.span()) for m in rules.find(tagged)]
                plain = [
                    (rule.name, m.span())
                    for rule in rules
                    if not rule.needs or any(word in tagged.text for word in rule.needs)
                    for m in rule.pattern.finditer(tagged.text)
                ]
                assert found == plain
                seen += len(found)
    assert seen or kind in ("appointment", "lead")
