"""Documentation that cannot go stale: docs/cli.md is what ``--help`` says, the answers in README.md are what the
sample pages answer, and what the texts name exists.

``make docs`` (this file run as a program) writes docs/cli.md and the answers anew.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from pathlib import Path

import pytest
import typer

import kg
from kg.cli.app import app, main
from kg.cli.output import write_rows
from kg.model import DocumentUse

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "cli.md"
README = ROOT / "README.md"
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


#: a question in SPARQL, and below it the place of its answer
QUESTION = re.compile(r"```sparql\n(?P<query>.*?)```\n<!-- answer -->\n(?P<answer>.*?)<!-- end -->", re.S)


def answered(text: str, store: Path) -> str:
    """A text with the answer of a store under every question."""
    opened = kg.Store.open(store)

    def one(found: re.Match[str]) -> str:
        answer = opened.query(found["query"])
        assert answer.rows, f"no answer to {found['query']}"
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            write_rows(answer.columns, answer.rows, "md")
        return f"```sparql\n{found['query']}```\n<!-- answer -->\n{said.getvalue()}<!-- end -->"

    return QUESTION.sub(one, text)


def test_readme_answers_are_those_of_the_sample_pages(seed_store: Path) -> None:
    text = README.read_text("utf-8")
    assert len(QUESTION.findall(text)) == 5
    assert text == answered(text, seed_store), "an answer in README.md is stale: run make docs and read the difference"


def test_readme_gives_the_two_commands_and_the_pictures() -> None:
    text = README.read_text("utf-8")
    assert "make graph" in text
    assert "make test" in text
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
        assert (ROOT / picture).stat().st_size > 1000


def test_readme_python_runs(seed_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.S)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    monkeypatch.chdir(tmp_path)
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "README.md", "exec"), {})
    assert "陈红民 二七区委书记 2019-07-01" in said.getvalue()
    assert (tmp_path / "build" / "store").is_dir()


def test_the_worked_example_of_a_rule_makes_its_fact(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "rules.md").read_text("utf-8")
    (rule,) = re.findall(r"```yaml\n(.*?)```", text, re.S)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "document.yaml").write_text(rule, "utf-8")
    (sentence,) = re.findall(r"^kg explain (\S+《村规民约》\S*) --rules my-rules$", text, re.M)
    (promised,) = re.findall(r"✓ DocumentUse +村规民约 · (\w+) · (\S+) +(\S+) ", text)

    def uses(rules: Path | None) -> list[DocumentUse]:
        return [fact for fact in kg.explain(sentence, rules=rules)[0].facts if isinstance(fact, DocumentUse)]

    (before,) = uses(None)
    assert (before.document, before.action) == ("村规民约", "cited")
    (after,) = uses(tmp_path)
    assert after.document == "村规民约"
    assert after.by is not None
    assert (after.action, after.by.name, after.evidence.rule) == promised


def write() -> None:
    PAGE.write_text(reference(), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        kg.build([ROOT / "seeds"], Path(folder) / "store")
        README.write_text(answered(README.read_text("utf-8"), Path(folder) / "store"), "utf-8")
    print("written: docs/cli.md, and the answers in README.md")


if __name__ == "__main__":
    write()
