"""The notebook runs from top to end as it is handed out, and its two forms are one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_there_is_a_notebook() -> None:
    assert [path.name for path in NOTEBOOKS] == ["tour.ipynb"]


def cells(notebook: Any) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source.strip()) for cell in notebook.cells]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_both_forms_of_a_notebook_say_the_same(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert cells(notebook) == cells(jupytext.read(path.with_suffix(".py")))
    # results are made by running it; kept in the file they would be of another day's graph
    assert not any(cell.get("outputs") for cell in notebook.cells)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("folder", [".", "notebooks"])
def test_a_notebook_runs_to_its_end(path: Path, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT / folder)}}).execute()
    shown = [out for cell in notebook.cells for out in cell.get("outputs", ())]
    pages = ["".join(out["data"].get("text/html", "")) for out in shown if "data" in out]
    assert any("二七区委书记" in text and "<table" in text for text in pages)
    assert any(text.startswith('<iframe sandbox="allow-scripts" srcdoc=') for text in pages)
    printed = "".join(out["text"] for out in shown if out["output_type"] == "stream")
    assert "陈红民 — 二七区委书记 — 二七区委" in printed
    assert "崔世英 cui shiying" in printed
