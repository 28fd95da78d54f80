"""Documentation that cannot go stale: docs/cli.md is what ``--help`` says, and what the texts name exists.

``make docs`` (this file run as a program) writes docs/cli.md anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from pathlib import Path

import pytest
import typer

from kg.cli.app import app, main

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "cli.md"
TEXTS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "benchmarks" / "README.md"})
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]

HEAD = """# The command line

Generated from `kg --help` by `make docs`; a test fails when the two differ. Every command ends 0 when it did what was
asked, 1 when a check found something, 2 on bad input, told in one line on standard error.
"""


def help_text(*command: str) -> str:
    """What ``kg COMMAND --help`` prints in a window of 100 columns."""
    said = io.StringIO()
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "100"
    try:
        with contextlib.redirect_stdout(said):
            assert main([*command, "--help"]) == 0
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before
    return "\n".join(line.rstrip() for line in said.getvalue().strip().splitlines())


def reference() -> str:
    parts = [HEAD, f"```\n{help_text()}\n```\n"]
    for command in COMMANDS:
        parts.append(f"## kg {command}\n\n```\n{help_text(command)}\n```\n")
    return "\n".join(parts)


def test_the_reference_is_what_help_says() -> None:
    assert PAGE.read_text("utf-8") == reference(), "docs/cli.md is stale: run make docs"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_teaches_by_example(command: str) -> None:
    said = help_text(command)
    assert f"  kg {command} " in said, f"kg {command} --help shows no example"
    lines = [*said.splitlines(), ""]
    options = [n for n, line in enumerate(lines) if re.match(r"  (-\w, )?--[\w-]+", line)]
    assert options
    for n in options:
        explained = re.search(r"\S  +\S", lines[n].strip()) or lines[n + 1].startswith("      ")
        assert explained, f"no help for {lines[n].strip()}"


def commands_in(text: str) -> list[list[str]]:
    """The ``kg …`` lines of a text's code blocks, comments and continued lines taken away."""
    found = []
    for block in re.findall(r"^```[^\n]*\n(.*?)^```", text, re.S | re.M):
        for line in block.replace("\\\n", " ").splitlines():
            said = line.removeprefix("$ ").strip()
            if said.startswith("kg ") and not re.match(r"kg( \w+)? (COMMAND|\[)", said):
                found.append(shlex.split(re.split(r"   +", said)[0], comments=True))
    return found


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_what_a_text_names_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    for command in commands_in(text):
        verb = command[1] if len(command) > 1 else ""
        assert verb in COMMANDS or verb.startswith("-"), f"{path.name}: no such command: {' '.join(command)}"
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (path.parent / target).exists(), f"{path.name}: the link to {target} leads nowhere"
    known = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for target in re.findall(r"`make ([a-z-]+)`", text):
        assert target in known, f"{path.name}: no such target: make {target}"


def test_readme_gives_the_two_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert "make graph" in text
    assert "make test" in text


def write() -> None:
    PAGE.write_text(reference(), "utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    write()
