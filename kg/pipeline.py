"""The stages put together: pages in, a store out. Every decision is made in the rooms; here stands only the order.

``find_pages → read → layout → page_context → extract.read_all → resolve → written → pack → revise``

How a store changes when pages come and go is in docs/record.md.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from kg import extract, graph, own, pages, resolve
from kg.errors import KgError, PageError
from kg.model import Article, Context, Page, PageRecord, Reading

if TYPE_CHECKING:  # only to name it: loading it takes as long as all of this package
    import rdflib

#: bytes of pages from which several processes are faster than one: below it, starting them costs more than reading
WORTH_A_POOL = 600_000

#: pages that go to a process at a time, and how many such lots may wait per process
LOT = 8
WAITING = 3

#: what stands for standard input among paths
STDIN = Path("-")

#: a file that was written so shortly before it was read may be written again without its times telling, in seconds
JUST_NOW = 2.0


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about one page: a doubt about its layout, or (naming the file) why it was left out.

    ``kind`` is the doubt's, as in :class:`kg.model.Doubt`; empty for a page left out.
    """

    page: str
    message: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build read and found. ``entities`` counts the different things of each kind, ``facts`` the facts read.

    ``left_out`` are the pages that could not be read, ``warnings`` the doubts about the others (after ``add``: about
    the pages added). ``added``, ``replaced`` and ``removed`` are page names, as the store was before; ``kept`` counts
    the pages that were not read again.
    """

    store: Path
    pages: int = 0
    articles: int = 0
    characters: int = 0
    entities: Mapping[str, int] = field(default_factory=dict)
    facts: Mapping[str, int] = field(default_factory=dict)
    quads: int = 0
    warnings: tuple[Note, ...] = ()
    left_out: tuple[Note, ...] = ()
    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """All that reading one page depends on; what is sent to a process. ``reading`` says the same in short."""

    path: Path
    encoding: str | None = None
    context: Context = Context()
    rules: Path | None = None
    base: str = graph.BASE
    version: str = ""
    reading: str = ""

    @property
    def name(self) -> str:
        """The name of the page."""
        return "stdin" if self.path == STDIN else self.path.stem


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page for the store, read now or kept from before; ``error`` if it could not be read."""

    source: str
    page: graph.Part | graph.Keep | None = None
    digest: str = ""
    error: str = ""


def read_page(
    path: str | Path, context: Context = Context(), rules: Path | None = None, encoding: str | None = None
) -> PageRecord:
    """One file becomes a record ready for the graph. Raises KgError for a file that is no page."""
    page = pages.read(path, encoding)
    return record(page, pages.articles(page, rules), context, rules)


def record(page: Page, articles: tuple[Article, ...], given: Context, rules: Path | None = None) -> PageRecord:
    """The articles of a page, read and resolved."""
    context = extract.page_context(page, articles, pages.dated(given, page.source), rules)
    readings = extract.read_all(articles, context, rules)
    return resolve.resolve(page, context, readings)


def layout(path: str | Path, encoding: str | None = None, rules: Path | None = None) -> pages.Layout:
    """How a page is cut into articles, and what belongs to none.

    Raises KgError for a file that is no page or a rule folder that is wrong.
    """
    if rules is not None:
        own.files(rules)
    return pages.layout(pages.read(path, encoding), rules)


def readings(cut: pages.Layout, context: Context = Context(), rules: Path | None = None) -> tuple[Reading, ...]:
    """What the articles of a page say, one reading each: ``readings(layout("page.txt"))[0].when``."""
    page, articles = cut.page, cut.articles
    known = extract.page_context(page, articles, pages.dated(context, page.source), rules)
    return extract.read_all(articles, known, rules)


def explain(
    source: str | Path, *, context: Context = Context(), rules: Path | None = None, encoding: str | None = None
) -> tuple[Reading, ...]:
    """How a text (str) or a file (Path) is read: ``explain("二七区委书记陈红民到淮河路街道调研。")``.

    One reading per article, with its mentions, facts and what was rejected. Raises KgError for a file that is no
    page or a rule folder that is wrong.
    """
    if rules is not None:
        own.files(rules)
    if isinstance(source, Path):
        return readings(layout(source, encoding, rules), context, rules)
    if not source.strip():
        raise PageError("nothing to explain: the text is empty")
    return (extract.read_text(source, context, rules),)


def query(store: str | Path | graph.Store, what: str, timeout: float | None = None) -> graph.Result:
    """The answer of a store to a named query, a file of SPARQL, or SPARQL: ``query("build/store", "posts")``.

    Iterates over rows as dicts. Raises QueryError for an unknown name and for SPARQL that is malformed.
    """
    text, where = graph.queries.read(what)
    return opened(store).query(text, timeout, where)


def load(store: str | Path | graph.Store) -> rdflib.Dataset:
    """A store as an rdflib Dataset: articles as named graphs, every triple once in the default graph."""
    return opened(store).dataset()


def opened(store: str | Path | graph.Store) -> graph.Store:
    return store if isinstance(store, graph.Store) else graph.Store.open(store)


def work(job: Job) -> Outcome:
    """One page for the store; an error that is the page's own is told in the outcome, so that the others go on."""
    try:
        known = stamp(job.path)
        page = pages.read(job.path, job.encoding)
    except (PageError, OSError) as error:
        said = str(error) if isinstance(error, PageError) else f"{job.path}: {error.strerror or error}"
        return Outcome(source=str(job.path), error=said)
    cut = pages.layout(page, job.rules)
    read = record(page, cut.articles, job.context, job.rules)
    about = {
        "characters": len(page.text),
        "facts": Counter(type(f).__name__ for r in read.records for f in r.reading.facts),
        "doubts": list(dict.fromkeys((d.kind, d.message) for d in cut.doubts)),
    }
    things = {(e.kind, e.key) for r in read.records for e in (*r.entities.values(), *r.posts.values())}
    said = json.dumps(about, ensure_ascii=False)
    sketches = resolve.pack(resolve.sketches(read, graph.terms.local_name))
    page_graphs = graph.written(read, job.base, job.version)
    part = graph.pack(page_graphs, job.base, job.version, job.reading, said, things, sketches, known)
    return Outcome(source=str(job.path), page=part, digest=page.digest)


def stamp(path: Path) -> str:
    """What tells a file without reading it: where it lies on which disk, its size, when it was written and changed.

    Two stamps are the same only where nobody touched the file in between; a copy has another. Empty, and then it tells
    nothing, for standard input and for a file written just now. Raises OSError where there is no file.
    """
    if path == STDIN:
        return ""
    found = path.stat()
    if time.time() - max(found.st_mtime, found.st_ctime) < JUST_NOW:
        return ""
    return f"{found.st_dev}-{found.st_ino}-{found.st_size}-{found.st_mtime_ns}-{found.st_ctime_ns}"


def work_all(lot: Sequence[Job]) -> list[Outcome]:
    return [work(job) for job in lot]


def outcomes(jobs: Sequence[Job], processes: int) -> Iterator[Outcome]:
    """The outcome of every job in the order of the jobs, whatever the number of processes.

    Only a few lots are under way at a time, so memory does not grow with the number of pages.
    """
    if processes <= 1:
        yield from map(work, jobs)
        return
    lots = (jobs[i : i + LOT] for i in range(0, len(jobs), LOT))
    try:
        with ProcessPoolExecutor(processes, initializer=end_with, initargs=(os.getpid(),)) as pool:
            waiting: deque[Future[list[Outcome]]] = deque(
                pool.submit(work_all, lot) for lot in islice(lots, processes * WAITING)
            )
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(work_all, lot) for lot in islice(lots, 1))
                yield from done
    except BrokenProcessPool:
        raise KgError("a reading process was ended from outside (out of memory?); try again with --jobs 1") from None


def end_with(parent: int) -> None:
    """Ends this process soon after the one that started it, however that ended: nobody waits for it any more."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def processes_for(paths: Sequence[Path], asked: int | None) -> int:
    """How many processes to read with: as many as asked, else one for little text and all cores for much."""
    if asked is not None:
        if asked < 1:
            raise KgError(f"--jobs {asked}: expected 1 or more")
        return asked
    if STDIN in paths:  # standard input cannot be handed to another process
        return 1
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return cores() if size >= WORTH_A_POOL else 1


def cores() -> int:
    """The cores this process may use; a container often allows fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
