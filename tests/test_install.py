"""The wheel, installed somewhere else: all data is in it, and it builds the graph of a page there."""

from __future__ import annotations

import ast
import csv
import io
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | environment
    return subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without network by the installed hatchling."""
    out = tmp_path_factory.mktemp("wheel")
    made = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, cwd=ROOT)
    assert made.returncode == 0, made.stderr
    (found,) = out.glob("zhengkg-*.whl")
    return found


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content and nothing of the clone."""
    site = tmp_path_factory.mktemp("elsewhere")
    install = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel)
    made = run(*install, cwd=site)
    assert made.returncode == 0, made.stderr
    return site


def test_the_wheel_holds_all_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, pattern, inside in (
        ("kg/lexicon", "*.tsv*", "kg/lexicon"),
        ("kg/rules", "*.yaml", "kg/rules"),
        ("kg/graph", "*.ttl", "kg/graph"),
        ("queries", "*.rq", "kg/queries"),
    ):
        expected = {f"{inside}/{path.name}" for path in (ROOT / folder).glob(pattern)}
        assert expected, f"no {pattern} in {folder}"
        assert expected <= names
    package = {path for path in (ROOT / "kg").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {str(path.relative_to(ROOT)) for path in package} <= names
    assert not [name for name in names if name.startswith(("tests/", "seeds/", "build/"))]


def declared(requirements: list[str]) -> set[str]:
    """The names in a list of requirements, as pip compares them."""
    return {re.split(r"[<>=\[; ]", one)[0].lower().replace("_", "-") for one in requirements}


def imported(inside_functions: bool) -> dict[str, str]:
    """What the package imports from elsewhere, at the top of its modules or inside functions, and where."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "kg").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        inner = {n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
        for node in ast.walk(tree):
            if (node in inner) is not inside_functions:
                continue
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                top = name.split(".")[0]
                if top != "kg" and top not in sys.stdlib_module_names:
                    found.setdefault(top, str(path.relative_to(ROOT)))
    return found


def test_what_is_imported_is_declared() -> None:
    """A library that comes with another today need not come with it tomorrow, or on a user's machine."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    always = declared(project["dependencies"])
    extras = always.union(*(declared(group) for group in project["optional-dependencies"].values()))
    providers = packages_distributions()
    for inside_functions, allowed in ((False, always), (True, extras)):
        names = imported(inside_functions)
        assert names
        for name, where in names.items():
            by = {one.lower().replace("_", "-") for one in providers.get(name, [name])}
            assert by & allowed, f"{where} imports {name}, which pyproject.toml does not declare ({', '.join(by)})"


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (where,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        head = archive.read(where).decode("utf-8").partition("\n\n")[0]
        (entry,) = (n for n in archive.namelist() if n.endswith(".dist-info/entry_points.txt"))
        assert "kg = kg.cli:main" in archive.read(entry).decode("utf-8")
        assert [n for n in archive.namelist() if n.endswith("licenses/LICENSE")]
    assert "Name: zhengkg" in head
    assert "Requires-Python: >=3.11" in head
    assert "License-Expression: Apache-2.0" in head


def test_a_page_is_built_and_asked_elsewhere(elsewhere: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes((ROOT / "seeds" / "000_7331d32aa81932c1.txt").read_bytes())

    def kg(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run(sys.executable, "-m", "kg", *arguments, cwd=tmp_path, PYTHONPATH=str(elsewhere))

    where = run(sys.executable, "-c", "import kg; print(kg.__file__)", cwd=tmp_path, PYTHONPATH=str(elsewhere))
    assert Path(where.stdout.strip()).is_relative_to(elsewhere), "the clone was used, not the wheel"

    built = kg("build", "page.txt", "--store", "store")
    assert built.returncode == 0, built.stderr
    asked = kg("query", "posts", "--store", "store", "--format", "csv")
    assert asked.returncode == 0, asked.stderr
    rows = list(csv.DictReader(io.StringIO(asked.stdout)))
    assert {"page", "article", "person", "title", "body"} <= set(rows[0])
    # lines 4–7 of the page: 二七区委常委、宣传部长崔世英出席会议
    assert ("page", "崔世英") in {(row["page"], row["person"]) for row in rows}
    checked = kg("check", "--store", "store")
    assert checked.returncode == 0, checked.stdout + checked.stderr
