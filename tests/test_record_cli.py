"""``kg add``, ``kg remove`` and ``kg build`` again, as a user types them: what they say, and how they fail."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from test_record import put

import kg
from kg.cli.app import main


@pytest.fixture
def store(tmp_path: Path) -> Path:
    kg.build([put(tmp_path / "p", f"2019-07-0{n}", n) for n in (1, 2, 3)], tmp_path / "store")
    return tmp_path / "store"


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, list[str]]:
    capsys.readouterr()
    code = main([str(a) for a in arguments])
    said = capsys.readouterr()
    assert said.out == ""
    return code, said.err.splitlines()


def state(store: Path) -> dict[str, str]:
    files = (path for path in sorted(store.rglob("*")) if path.is_file())
    return {str(path.relative_to(store)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_add_says_what_is_new_and_what_is_replaced(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = [put(tmp_path / "new", "2019-07-02", 11), put(tmp_path / "new", "2019-07-09", 9)]
    code, said = run(capsys, "add", *new, "--store", store)
    assert code == 0
    assert "added: 2019-07-09" in said
    assert "replaced: 2019-07-02" in said
    assert "as before: 2 pages" in said
    assert said[-1] == f"in {store}"
    assert run(capsys, "add", *new, "-s", store, "-q") == (0, [])


def test_remove_says_what_is_gone(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, "remove", "2019-07-02", "2019-07-03", "--store", store)
    assert code == 0
    assert "removed: 2019-07-02, 2019-07-03" in said
    assert "as before: 1 pages" in said
    assert [page.name for page in kg.Store.open(store).pages] == ["2019-07-01"]


def test_a_build_again_says_what_it_read_again(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path / "p", "2019-07-03", 30)
    code, said = run(capsys, "build", tmp_path / "p", "--store", store)
    assert code == 0
    assert "read again: 2019-07-03" in said
    assert "as before: 2 pages" in said
    code, said = run(capsys, "build", tmp_path / "p", "--store", store, "--fresh")
    assert code == 0
    assert not any(line.startswith(("as before", "read again")) for line in said)  # as if nothing had been there


def test_wrong_input_is_one_line_and_leaves_the_store(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = state(store)
    page = put(tmp_path / "new", "2019-07-09", 9)
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    copy = tmp_path / "copy.txt"
    copy.write_bytes((tmp_path / "p" / "2019-07-01.txt").read_bytes())
    for arguments, word in (
        (["remove", "2019-07-01", "2019-07-1", "-s", store], "did you mean 2019-07-01"),
        (["remove", "nothing", "-s", store], "it has 3, named as their files are"),
        (["remove", "2019-07-01", "-s", tmp_path / "p"], "no store here"),
        (["remove", "2019-07-01", "-s", tmp_path / "nowhere"], "no such folder"),
        (["add", page, "-s", tmp_path / "nowhere"], "no such folder"),
        (["add", tmp_path / "nothing.txt", "-s", store], "no such file"),
        (["add", page, "-s", store, "--rules", tmp_path / "nowhere"], "no such folder"),
        (["add", tmp_path / "picture.txt", "-s", store, "-q"], "left out"),
        (["add", copy, "-s", store, "-q"], "the same page as 2019-07-01"),
    ):
        code, said = run(capsys, *arguments)
        assert (code, len(said)) == (2, 1), said
        assert word in said[0]
    assert state(store) == before


@pytest.mark.parametrize("room", [2_000, 60_000])
@pytest.mark.parametrize("small", [100_000, -1], ids=["small", "large"])
def test_a_full_disk_leaves_the_store(store: Path, tmp_path: Path, small: int, room: int) -> None:
    before = state(store)
    page = put(tmp_path / "new", "2019-07-09", 9)
    code = f"""
    import resource, signal, sys
    from kg.cli.app import main
    from kg.graph import revision
    revision.SMALL = {small}
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))  # no file may grow beyond this
    sys.exit(main(sys.argv[1:]))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), "add", str(page), "--store", str(store), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1, done.stderr
    assert "the store cannot be written: " in done.stderr
    assert "what was there is untouched" in done.stderr
    assert state(store) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
