"""Patterns kept from an earlier run: the same patterns as made anew, and no harm from a file that is not as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg import rules
from kg.rules import triggers
from kg.rules.kept import Kept

#: a list that looks ahead, named groups, a class, a pattern without a trigger
SOURCES = (
    "[^，。]{2,12}(?:节|会)(?=开幕|举行)",
    "(?P<who>[一-龥]{2,3})(?:主持|出席)了?(?P<what>会议)",
    r"\d{1,3}(?:余|多)?[人名]",
    "(?<=在)[^，。]{2,20}(?P<here>召开)",
)
TEXT = "12日，全区防汛工作会在区会议中心召开，李青主持会议，80余人参加，第七届梨花节开幕。"


def test_what_is_kept_is_what_was_made(tmp_path: Path) -> None:
    first, path = Kept(tmp_path / "kg" / "patterns.bin"), tmp_path / "kg" / "patterns.bin"
    made = [first.compiled(source) for source in SOURCES]
    first.save()
    again = Kept(path)
    for source, one in zip(SOURCES, made, strict=True):
        other = again.compiled(source)
        assert (other.trigger, other.musts) == (one.trigger, one.musts)
        assert (other.pattern.pattern, other.pattern.flags) == (one.pattern.pattern, one.pattern.flags)
        assert other.pattern.groupindex == one.pattern.groupindex
        assert [m.groupdict() for m in other.pattern.finditer(TEXT)] == [
            m.groupdict() for m in one.pattern.finditer(TEXT)
        ]
    assert made[1].pattern.search(TEXT)["who"] == "李青"  # type: ignore[index]
    assert [m[0] for m in made[2].pattern.finditer(TEXT)] == ["80余人"]


def test_nothing_is_taken_apart_a_second_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "patterns.bin"
    first = Kept(path)
    first.compiled(SOURCES[0])
    first.save()

    def no(source: str) -> None:
        raise AssertionError(f"taken apart again: {source}")

    monkeypatch.setattr("kg.rules.kept.taken_apart", no)
    assert Kept(path).compiled(SOURCES[0]).pattern.search("梨花节开幕")
    with pytest.raises(AssertionError, match="taken apart again"):
        Kept(path).compiled(SOURCES[1])


@pytest.mark.parametrize("spoil", ["cut", "changed", "empty", "other code"])
def test_a_file_that_is_not_as_it_was_is_written_anew(
    spoil: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "patterns.bin"
    first = Kept(path)
    first.compiled(SOURCES[1])
    first.save()
    whole = path.read_bytes()
    if spoil == "other code":
        monkeypatch.setattr("kg.rules.kept._stamp", lambda: b"another stamp...")
    else:
        path.write_bytes({"cut": whole[:-9], "changed": whole[:-9] + b"x" + whole[-8:], "empty": b""}[spoil])
    again = Kept(path)
    asked: list[str] = []
    monkeypatch.setattr(
        "kg.rules.kept.taken_apart", lambda source: asked.append(source) or triggers.taken_apart(source)
    )
    assert again.compiled(SOURCES[1]).pattern.search(TEXT)["what"] == "会议"  # type: ignore[index]
    assert asked == [SOURCES[1]]
    again.save()
    if spoil != "other code":
        assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "kg").write_text("a file where the folder should be", "utf-8")
    held = Kept(tmp_path / "kg" / "patterns.bin")
    assert held.compiled(SOURCES[2]).pattern.findall("80余人") == ["80余人"]
    held.save()
    assert [p.name for p in tmp_path.iterdir()] == ["kg"]


def test_old_patterns_do_not_pile_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.rules.kept._SPARE", 2)
    path = tmp_path / "patterns.bin"
    for i in range(6):
        held = Kept(path)
        held.compiled(f"第{i}届")
        held.save()
    asked: list[str] = []
    monkeypatch.setattr(
        "kg.rules.kept.taken_apart", lambda source: asked.append(source) or triggers.taken_apart(source)
    )
    last = Kept(path)
    for i in range(6):
        last.compiled(f"第{i}届")
    assert asked == ["第0届", "第1届", "第2届"]


def test_rules_read_from_the_file_find_the_same(tmp_path: Path) -> None:
    script = (
        "from kg import rules; from kg.rules.kept import kept\n"
        "print(kept().path); print(sorted((r.name, r.pattern.pattern, repr(r.trigger and sorted(r.trigger.words)))"
        " for r in rules.load_rules('target')))"
    )
    env = dict(os.environ, XDG_CACHE_HOME=str(tmp_path))
    runs = [
        subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    path = Path(runs[0].splitlines()[0])
    assert path.parent == tmp_path / "kg" and path.stat().st_size > 10_000
    assert runs[0] == runs[1]
    assert runs[0].count("(") > len(list(rules.load_rules("target")))
