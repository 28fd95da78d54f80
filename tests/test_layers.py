"""Imports run one way (docs/architecture.md), and nothing is imported inside a function but optional extras."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"

#: the rooms, floor by floor: a room knows the floors below it and itself, never another room of its own floor
FLOORS = (
    {"errors", "frozen", "version"},
    {"model"},
    {"lexicon"},
    {"rules"},
    {"pages", "extract", "resolve", "graph"},
    {"own", "views"},
    {"pipeline", "curation"},
    {"record"},
    {"door"},
    {"serve", "scale"},
    {"cli"},
    {"__main__"},
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

#: what only some users install (the extras of pyproject.toml), and jieba, which is loaded where its faster twin rjieba
#: is not installed: imported where it is used
OPTIONAL = {
    "jieba", "rjieba", "pdfplumber", "pdfminer", "pypdfium2", "trafilatura", "lxml", "pandas", "IPython", "starlette",
    "uvicorn", "pyspark",
}  # fmt: skip


def room_of(module: str) -> str:
    """The room that a module of the package belongs to: ``kg.extract.dates`` → extract, ``kg`` → door."""
    parts = module.split(".")
    if len(parts) == 1:
        return "door"
    return "cli" if parts[1].startswith("cli") else parts[1]


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ("kg", *path.relative_to(PACKAGE).with_suffix("").parts)
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


MODULES = modules()
NAMES = {name for name, _ in MODULES}


def imports(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """The line and full name of everything a module imports; ``from kg import lexicon`` is kg.lexicon."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module if module in packages() else module.rpartition(".")[0]
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield node.lineno, full if full in NAMES else base


def packages() -> set[str]:
    return {name for name, path in MODULES if path.name == "__init__.py"}


def upward(module: str, source: str) -> list[str]:
    """The imports of a module that do not run down: what the test below prints."""
    here = room_of(module)
    wrong = []
    for line, name in imports(ast.parse(source), module):
        if name.split(".")[0] != "kg":
            continue
        there = room_of(name)
        if there != here and FLOOR[there] >= FLOOR[here]:
            wrong.append(f"{module}, line {line}: {here} imports {there} ({name})")
    return wrong


def inside(module: str, source: str) -> list[str]:
    """The imports that a module makes inside a function, of something other than an optional extra."""
    wrong = []
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for line, name in imports(function, module):
                if name.split(".")[0] not in OPTIONAL:
                    wrong.append(f"{module}, line {line}: {name} is imported inside {function.name}()")
    return wrong


def test_every_module_stands_in_a_room() -> None:
    assert len(MODULES) >= 10
    assert {room_of(name) for name in NAMES} <= set(FLOOR)
    assert {"pages", "extract", "resolve", "graph", "views", "pipeline", "cli"} <= {room_of(n) for n in NAMES}


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_imports_run_one_way(module: str, path: Path) -> None:
    assert upward(module, path.read_text("utf-8")) == []


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_no_import_inside_a_function(module: str, path: Path) -> None:
    assert inside(module, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_attic_and_no_endless_module(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "util", "helper", "misc", "common"}
    assert len(path.read_text("utf-8").splitlines()) <= 500


# ---- the test itself sees what it should


def test_a_stage_that_imports_another_is_seen() -> None:
    assert upward("kg.extract.dates", "from kg.resolve import resolve\n") == [
        "kg.extract.dates, line 1: extract imports resolve (kg.resolve)"
    ]
    assert upward("kg.extract", "from kg import pipeline\n") != []
    assert upward("kg.graph", "import kg\n") != []
    assert upward("kg.model", "from kg import lexicon\n") != []
    assert upward("kg.extract.dates", "from ..views import show\n") != []


def test_what_runs_down_is_allowed() -> None:
    assert upward("kg.extract.dates", "import re\nfrom kg import lexicon\nfrom kg.model import When\n") == []
    assert upward("kg.views", "from kg.graph import Store\n") == []
    assert upward("kg.cli", "import kg\nfrom kg.errors import KgError\n") == []


def test_an_import_inside_a_function_is_seen() -> None:
    assert inside("kg.pages", "def f():\n    import networkx\n") == [
        "kg.pages, line 2: networkx is imported inside f()"
    ]
    assert inside("kg.pages", "def f():\n    import pdfplumber\n") == []
