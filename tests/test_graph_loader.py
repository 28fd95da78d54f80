"""The process that loads a large graph: what it loads, what it says when it cannot, and that it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.graph.loader import Loader

LINE = '<http://example.org/a> <http://example.org/b> "{}" <http://example.org/g> .\n'


def test_lots_are_loaded_and_counted(tmp_path: Path) -> None:
    with Loader(tmp_path / "engine") as loader:
        loader.load((LINE.format("荥阳") + LINE.format("登封")).encode())
        loader.load(b"")
        loader.load((LINE.format("登封") + LINE.format("巩义")).encode())
        assert loader.finish() == 3
    store = ox.Store.read_only(str(tmp_path / "engine"))
    assert {q.object.value for q in store} == {"荥阳", "登封", "巩义"}


def test_lines_that_are_no_nquads_are_told(tmp_path: Path) -> None:
    with Loader(tmp_path / "engine") as loader, pytest.raises(StoreError, match="could not be loaded"):
        loader.load(b"<http://example.org/a> is no line\n")
        loader.finish()


def test_a_disk_that_cannot_be_written_is_no_fault_of_the_lines(tmp_path: Path) -> None:
    (tmp_path / "engine").write_text("a file where the folder should be")
    with Loader(tmp_path / "engine") as loader, pytest.raises(OSError, match="engine"):
        loader.finish()


def test_a_process_that_was_ended_is_told(tmp_path: Path) -> None:
    with Loader(tmp_path / "engine") as loader:
        loader.load(LINE.format("荥阳").encode())
        loader._process.kill()
        loader._process.wait()
        with pytest.raises(StoreError, match="ended from outside"):
            loader.finish()


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from kg.graph.loader import Loader; "
        "loader = Loader(Path(sys.argv[1])); print(loader._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "engine")], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        number = int(writer.stdout.readline())
        assert _runs(number)
        writer.send_signal(signal.SIGKILL)
    patience = 100
    while _runs(number) and patience:
        patience -= 1
        time.sleep(0.1)
    assert not _runs(number)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    try:  # a process that nobody has asked after yet has ended all the same
        return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()
    except FileNotFoundError:
        return False
