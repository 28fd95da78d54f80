"""The class in front of a pattern: what a match can begin with, and nothing of what it finds is lost."""

from __future__ import annotations

import re

import pytest

from kg.rules.openings import guarded


@pytest.mark.parametrize(
    ("pattern", "opening"),
    [
        ("(?:(?:加快|推进)了?|建设)“", "加建推"),
        (r"(?<!\d)(?:约|近)?\d+家", r"\d约近"),
        ("(?:^|(?<=。))(?:在|于)?会上", "于会在"),
        ("(?:[a-c]个)?(?P<unit>月)", "abc月"),
    ],
)
def test_a_class_of_all_that_a_match_can_begin_with(pattern: str, opening: str) -> None:
    assert guarded(pattern) == f"(?=[{opening}]){pattern}"


@pytest.mark.parametrize(
    "pattern",
    [
        "召开",  # the search skips to a plain character by itself
        "[召举]开",
        "(?:召开|举行)会议",
        "(?<=。)[^，]{2,4}会",  # anything but a comma
        "(?:.|举行)会议",
        "(?:召开)?",  # a match can be empty
        "(?<!a)(?i:b)",
        r"(?P<a>召)?(?<!x)(?P=a)",
    ],
)
def test_a_pattern_that_is_left_as_it_is(pattern: str) -> None:
    assert guarded(pattern) == pattern


def test_the_same_is_found() -> None:
    text = "近3家，推进“甲”，建设“乙”。在会上，约12家，于会上。"
    for pattern in ("(?:(?:加快|推进)了?|建设)“", r"(?<!\d)(?:约|近)?\d+家", "(?:^|(?<=。))(?:在|于)?会上"):
        found = [m.span() for m in re.finditer(guarded(pattern), text)]
        assert found == [m.span() for m in re.finditer(pattern, text)]
        assert found
