"""docs/rules.md and docs/constructions.md say what the program does: their examples are run as they are printed."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import kg
from kg.cli.app import main
from kg.extract import read_text
from kg.model import (
    Context,
    DocumentUse,
    Event,
    EventPlace,
    EventTopic,
    Participation,
    Quantity,
    Reading,
    Statement,
    Target,
    Tenure,
    Tie,
    When,
)
from kg.rules import load_rules

ROOT = Path(__file__).resolve().parent.parent
RULES = (ROOT / "docs" / "rules.md").read_text("utf-8")
CONSTRUCTIONS = (ROOT / "docs" / "constructions.md").read_text("utf-8")


# ---------------------------------------------------------------- rules.md


def files(text: str) -> dict[str, str]:
    """The files that a text shows: a line ``**`my-rules/rules/tie.yaml`**`` and the block below it."""
    return dict(re.findall(r"^\*\*`([^`]+)`\*\*\n\n```[a-z]*\n(.*?)^```", text, re.S | re.M))


def commands(text: str) -> list[tuple[list[str], str]]:
    """The ``$ kg …`` lines of the blocks marked console, each with what is printed below it."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, printed = part.partition("\n")
            found.append((shlex.split(command), printed))
    return found


def test_the_worked_example_leads_from_an_empty_folder_to_the_graph(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    written = files(RULES)
    assert set(written) == {"pages/2022-05-07.txt", "my-rules/rules/tie.yaml", "my-rules/lexicon/roles.tsv"}
    for name, text in written.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    run = commands(RULES)
    assert [command[1] for command, _ in run] == ["build", "query", "build", "query", "query"]
    for command, printed in run:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            assert main(command[1:]) == 0, command
        assert lines(said.getvalue()) == lines(printed), command


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def test_every_key_and_every_kind_of_rule_is_told() -> None:
    for key in ("name", "pattern", "result", "score", "note", "examples", "rejects", "needs"):
        assert f"| `{key}` |" in RULES
    for path in (ROOT / "kg" / "rules").glob("*.yaml"):
        assert f"| `{path.stem}` |" in RULES, f"docs/rules.md does not tell of {path.name}"


# ---------------------------------------------------------------- constructions.md


def said(reading: Reading) -> Iterator[str]:
    """What a sentence was read as, in the words of the inventory."""
    for m in reading.mentions:
        if isinstance(m.value, When):
            yield f"date {m.value.edtf or 'open'}"
        elif isinstance(m.value, Quantity):
            yield f"quantity {m.value.value:g}{m.value.unit} {m.value.comparator}"
        elif m.kind not in ("post", "date", "quantity"):
            yield f"{m.kind} {m.name}"
    for f in reading.facts:
        match f:
            case Tenure():
                yield f"post {f.person}：{f.title}"
                yield from (f"modifier {f.person}：{modifier}" for modifier in f.modifiers)
            case Event():
                yield f"{f.type} {f.name}"
            case Participation():
                yield f"{f.role} {f.agent.name}"
            case EventPlace():
                yield f"{f.role} {f.place}"
            case EventTopic():
                yield f"topic {f.initiative}"
            case Statement():
                yield f"{f.verb} {f.speaker.name}：{f.text}"
            case DocumentUse():
                yield f"{f.action} {f.document}"
            case Target():
                yield f"target {'，'.join(x for x in f.row() if x)}"
            case Tie():
                yield f"{f.predicate} {f.subject.name}：{f.object.name}"


def inventory() -> list[tuple[str, list[str], list[str]]]:
    """The rows of the tables: a sentence, what it is read as, the rules that read it."""
    rows = []
    for line in CONSTRUCTIONS.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and cells[1].startswith("`"):
            rows.append((cells[0], re.findall(r"`([^`]+)`", cells[1]), re.findall(r"`([^`]+)`", cells[2])))
    return rows


@pytest.mark.parametrize(
    ("sentence", "facts", "rules"), inventory(), ids=lambda x: x[:16] if isinstance(x, str) else ""
)
def test_a_construction_is_read_as_the_inventory_says(sentence: str, facts: list[str], rules: list[str]) -> None:
    reading = read_text(sentence, Context(published=date(2022, 5, 10), year=2022, year_basis="given"))
    found = list(said(reading))
    missing = [fact for fact in facts if fact not in found]
    assert not missing, f"{missing} not in {found}"
    used = {m.rule for m in reading.mentions} | {f.evidence.rule for f in reading.facts}
    assert set(rules) <= used, f"{sorted(set(rules) - used)} not in {sorted(used)}"


def test_the_inventory_names_rules_that_there_are() -> None:
    """A rule of the inventory is one of kg/rules/*.yaml, or the name that a finder gives in kg/extract/."""
    known = {rule.name for path in (ROOT / "kg" / "rules").glob("*.yaml") for rule in load_rules(path.stem)}
    code = "".join(path.read_text("utf-8") for path in (ROOT / "kg" / "extract").glob("*.py"))
    for _, _, rules in inventory():
        assert rules
        assert all(rule in known or f'"{rule}"' in code for rule in rules), rules
    assert len(inventory()) >= 60


def test_files_that_the_texts_name_exist() -> None:
    for text in (RULES, CONSTRUCTIONS):
        for name in re.findall(r"`(kg/[\w/-]+\.\w+)`", text):
            assert (ROOT / name).is_file(), name
    assert kg.__file__
