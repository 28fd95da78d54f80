"""A writer may be killed at any moment: what was acknowledged is there, and the store opens.

One child works through a list of commands and acknowledges each on standard output; it is killed at a random moment.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import kg
from kg import graph
from kg.errors import StoreError
from kg.graph import replace

TESTS = Path(__file__).parent
KILLS = 50

#: adds, replaces, removes and builds pages for ever, told what is acknowledged; the pages are tiny and packed beforehand
WORKER = """
import sys, itertools
from pathlib import Path
from kg import graph
from kg.graph import revision
sys.path.insert(0, {tests!r})
from test_record_crash import steps, part
revision.SMALL = {small}
revision.SHARE = 1_000_000
target = Path(sys.argv[1])
for number in itertools.count(int(sys.argv[2])):
    print("begin", number, flush=True)
    pages = steps(number)
    graph.revise(target, lambda old: [
        graph.Keep(name) if name in old and old[name].digest == part(name, edition).digest else part(name, edition)
        for name, edition in pages.items()
    ])
    print("done", number, flush=True)
"""


def steps(number: int) -> dict[str, int]:
    """The pages of the store after so many commands: one comes, one is replaced, one goes, in turns."""
    pages = {f"p{n}": 0 for n in range(4)}
    pages[f"p{number % 4}"] = number
    if number % 2:
        pages[f"new{number}"] = 0
    if number % 3 == 0:
        del pages[f"p{(number + 1) % 4}"]
    return pages


def part(name: str, edition: int) -> graph.Part:
    """A page of a few lines: one thing that all pages name, one of its own."""
    base = graph.BASE
    page = f"<{base}page/{name}-{edition}>"
    label = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
    lines = tuple(
        sorted(
            (
                f'<{base}body/all> {label} "名{edition % 3}"@zh',
                f'<{base}body/all> <http://www.w3.org/2000/01/rdf-schema#label> "名{edition % 3}"@zh',
                f'<{base}body/{name}> {label} "{name}"@zh',
                f'{page} <{graph.KG}name> "{name}"',
                f'{page} <{graph.KG}edition> "{edition}"',
            )
        )
    )
    written = graph.Written(name, f"{name}/{edition}", 0, 0, ((page, lines),))
    return graph.pack(written, base)


def contents(store: Path) -> tuple[bytes, set[str]]:
    opened = kg.Store.open(store)
    return (store / "manifest.json").read_bytes(), {str(quad) for quad in opened.quads()}


@pytest.mark.parametrize("small", [100_000, -1], ids=["small", "large"])
def test_a_kill_at_any_moment_loses_nothing_acknowledged(tmp_path: Path, small: int) -> None:
    code = WORKER.format(tests=str(TESTS), small=small)
    chance = random.Random(small)
    target = tmp_path / "s"
    expected: dict[int, tuple[bytes, set[str]]] = {}
    number, between = 0, 0
    for _ in range(KILLS // 2):
        # what the child acknowledges goes to a file: it is there after the kill, too
        with (tmp_path / "told").open("wb") as told:
            child = subprocess.Popen([sys.executable, "-c", code, str(target), str(number)], stdout=told)
            while b"begin" not in (tmp_path / "told").read_bytes():
                assert child.poll() is None
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.35))
            child.send_signal(signal.SIGKILL)
            child.wait()
        lines = (tmp_path / "told").read_text().split("\n")[:-1]
        done = [int(line.split()[1]) for line in lines if line.startswith("done")]
        begun = [int(line.split()[1]) for line in lines if line.startswith("begin")][-1]
        last = done[-1] if done else number - 1
        between += begun > last
        if not target.exists():
            assert last < 0
            continue
        for candidate in {max(last, 0), begun} - expected.keys():
            graph.Store.build(tmp_path / "nothing", (part(*page) for page in steps(candidate).items()))
            expected[candidate] = contents(tmp_path / "nothing")
        found = contents(target)
        # what was begun and not acknowledged has happened wholly or not at all
        assert found in [expected[n] for n in {max(last, 0), begun}]
        number = begun if found == expected[begun] and begun > last else last + 1
        number = max(number, 0)
    assert between > KILLS // 8  # or the moments were not what they should be
    graph.revise(target, lambda old: map(graph.Keep, old))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


HOLDER = """
import sys, time
from pathlib import Path
from kg import graph
sys.path.insert(0, {tests!r})
from test_record_crash import part
def pages(old):
    print("at work", flush=True)
    time.sleep(60)
    yield part("p1", 1)
graph.revise(Path(sys.argv[1]), pages)
"""


def test_a_second_writer_is_told_who_is_at_work_and_a_dead_one_is_in_nobodys_way(tmp_path: Path) -> None:
    target = tmp_path / "s"
    graph.Store.build(target, [part("p0", 0)])
    before = contents(target)
    (tmp_path / "holder.py").write_text(textwrap.dedent(HOLDER.format(tests=str(TESTS))), "utf-8")
    command = [sys.executable, str(tmp_path / "holder.py"), str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "at work\n"
        for second in (lambda: kg.remove(["p0"], target), lambda: graph.Store.build(target, [part("p2", 0)])):
            with pytest.raises(StoreError) as error:
                second()
            said = str(error.value)
            assert "\n" not in said
            assert re.search(r"another build is writing this store \(holder\.py .*, process (\d+) on ", said)
            assert f"process {holder.pid} on " in said
            assert re.search(r"since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\); wait for it to end", said)
        assert contents(target) == before  # readers go on
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    assert (tmp_path / ".s.lock").exists()
    assert kg.remove(["p0"], target).pages == 0
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_process_forked_from_a_writer_does_not_hold_its_lock(tmp_path: Path) -> None:
    target = tmp_path / "s"
    with replace.building(target) as site:
        site.leave()
        ready, go = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(go)
            os.read(ready, 1)
            os._exit(0)
    try:
        graph.Store.build(target, [part("p0", 0)])
    finally:
        os.close(go)
        os.close(ready)
        os.waitpid(child, 0)


def test_a_reader_keeps_what_it_opened_until_it_lets_go(tmp_path: Path) -> None:
    """Also the files that the engine has not opened yet: the folder of an older store stays while it is read."""
    target = tmp_path / "s"
    graph.Store.build(target, [part(f"p{n}", 0) for n in range(3)])
    reader = kg.Store.open(target)
    before = {str(quad) for quad in reader.quads()}
    kg.remove(["p1"], target)
    kg.remove(["p2"], target)
    (aside,) = [path for path in tmp_path.iterdir() if path.name.startswith(".s.old-")]
    assert (aside / "oxigraph").is_dir()
    assert {str(quad) for quad in reader.quads()} == before
    out = tmp_path / "out.nq"
    with out.open("wb") as file:
        reader.write("nq", file)
    assert out.read_bytes().count(b"\n") == len(reader)
    del reader
    graph.Store.build(target, [part("p9", 0)])
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_readers_always_find_a_whole_store_while_it_is_replaced(tmp_path: Path) -> None:
    """A reader that opens again and again beside a writer sees only stores that were wanted."""
    target = tmp_path / "s"
    graph.Store.build(target, [part(*page) for page in steps(0).items()])
    code = WORKER.format(tests=str(TESTS), small=100_000)
    seen: set[tuple[object, ...]] = set()
    with subprocess.Popen([sys.executable, "-c", code, str(target), "1"], stdout=subprocess.DEVNULL) as writer:
        try:
            end = time.monotonic() + 30
            while len(seen) < 5 and time.monotonic() < end:
                opened = kg.Store.open(target)
                pages = {page.name: int(page.digest.rpartition("/")[2]) for page in opened.pages}
                assert any(pages == steps(n) for n in range(max(pages.values()), max(pages.values()) + 3))
                asked = f"SELECT ?n ?e {{ ?p <{graph.KG}name> ?n ; <{graph.KG}edition> ?e }}"
                assert dict(opened.query(asked).rows) == {name: str(edition) for name, edition in pages.items()}
                seen.add(tuple(pages.items()))
        finally:
            writer.kill()
    assert len(seen) >= 5
