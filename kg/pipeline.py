"""The stages put together: pages in, a store out. Every decision is made in the rooms; here stands only the order.

``find_pages → read → layout → page_context → extract.read → resolve → written → Store``
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import rdflib

from kg import extract, graph, own, pages, resolve
from kg.errors import KgError, PageError
from kg.model import Article, Context, Page, PageRecord, Reading

#: bytes of pages from which several processes are faster than one: below it, starting them costs more than reading
WORTH_A_POOL = 600_000

#: pages that go to a process at a time, and how many such lots may wait per process
LOT = 8
WAITING = 3

#: told after each page: how many are done, and how many there are
Progress = Callable[[int, int], None]


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

    ``left_out`` are the pages that are not in the store, ``warnings`` the doubts about those that are.
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


@dataclass(frozen=True, slots=True)
class Job:
    """All that reading one page depends on; what is sent to a process."""

    path: Path
    encoding: str | None = None
    context: Context = Context()
    rules: Path | None = None
    base: str = graph.BASE
    version: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page as text for the store, with what the summary tells of it; ``error`` if it could not be read."""

    source: str
    written: graph.Written | None = None
    characters: int = 0
    keys: tuple[tuple[str, str], ...] = ()
    facts: Mapping[str, int] = field(default_factory=dict)
    doubts: tuple[tuple[str, str], ...] = ()
    error: str = ""


def read_page(
    path: str | Path, context: Context = Context(), rules: Path | None = None, encoding: str | None = None
) -> PageRecord:
    """One file becomes a record ready for the graph. Raises KgError for a file that is no page."""
    page = pages.read(path, encoding)
    return record(page, pages.articles(page), context, rules)


def record(page: Page, articles: tuple[Article, ...], given: Context, rules: Path | None = None) -> PageRecord:
    """The articles of a page, read and resolved."""
    context = extract.page_context(page, articles, given, rules)
    readings = tuple(extract.read(article, context, rules) for article in articles)
    return resolve.resolve(page, context, readings)


def layout(path: str | Path, encoding: str | None = None) -> pages.Layout:
    """How a page is cut into articles, and what belongs to none. Raises KgError for a file that is no page."""
    return pages.layout(pages.read(path, encoding))


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
        page = pages.read(source, encoding)
        articles = pages.articles(page)
        known = extract.page_context(page, articles, context, rules)
        return tuple(extract.read(article, known, rules) for article in articles)
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
        page = pages.read(job.path, job.encoding)
    except (PageError, OSError) as error:
        said = str(error) if isinstance(error, PageError) else f"{job.path}: {error.strerror or error}"
        return Outcome(source=str(job.path), error=said)
    cut = pages.layout(page)
    read = record(page, cut.articles, job.context, job.rules)
    things = {(e.kind, e.key) for r in read.records for e in (*r.entities.values(), *r.posts.values())}
    return Outcome(
        source=str(job.path),
        written=graph.written(read, job.base, job.version),
        characters=len(page.text),
        keys=tuple(sorted(things)),
        facts=Counter(type(f).__name__ for r in read.records for f in r.reading.facts),
        doubts=tuple(dict.fromkeys((d.kind, d.message) for d in cut.doubts)),
    )


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
        with ProcessPoolExecutor(processes) as pool:
            waiting: deque[Future[list[Outcome]]] = deque(
                pool.submit(work_all, lot) for lot in islice(lots, processes * WAITING)
            )
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(work_all, lot) for lot in islice(lots, 1))
                yield from done
    except BrokenProcessPool:
        raise KgError("a reading process was ended from outside (out of memory?); try again with --jobs 1") from None


def processes_for(paths: Sequence[Path], asked: int | None) -> int:
    """How many processes to read with: as many as asked, else one for little text and all cores for much."""
    if asked is not None:
        if asked < 1:
            raise KgError(f"--jobs {asked}: expected 1 or more")
        return asked
    if Path("-") in paths:  # standard input cannot be handed to another process
        return 1
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return cores() if size >= WORTH_A_POOL else 1


def cores() -> int:
    """The cores this process may use; a container often allows fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def build(
    inputs: Iterable[str | Path],
    store_dir: str | Path,
    *,
    jobs: int | None = None,
    context: Context = Context(),
    base: str | None = None,
    rules: Path | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Reads pages (files, folders, globs) into a new store at ``store_dir``: ``build(["seeds"], "build/store")``.

    An older store there is replaced only when the new one is whole. A page that cannot be read is left out and told
    in the summary; KgError is raised where no page is left, the place cannot be written, or the rules are wrong.
    """
    if isinstance(inputs, str | Path):
        inputs = [inputs]
    paths = pages.find_pages(inputs)
    left_out: list[Note] = []
    chosen = unlike(paths, left_out)
    base = base or graph.BASE
    version = own.version(rules)
    todo = [Job(path, encoding, context, rules, base, version) for path in chosen]
    tally = Tally(left_out=left_out, total=len(todo), progress=progress)
    read = outcomes(todo, processes_for(chosen, jobs))
    store = graph.Store.build(Path(store_dir), tally.pass_on(read), base, version)
    return tally.summary(store)


def unlike(paths: Iterable[Path], left_out: list[Note]) -> list[Path]:
    """The files whose page names differ; a page is known by its file's name, so a second one is left out."""
    named: dict[str, Path] = {}
    for path in paths:
        if path.stem in named:
            left_out.append(
                Note(str(path), f"{path}: a page called {path.stem} is read from {named[path.stem]}; rename one")
            )
        else:
            named[path.stem] = path
    return list(named.values())


@dataclass(slots=True)
class Tally:
    """Counts outcomes on their way into the store."""

    left_out: list[Note]
    total: int
    progress: Progress | None = None
    characters: int = 0
    keys: set[tuple[str, str]] = field(default_factory=set)
    facts: Counter[str] = field(default_factory=Counter)
    warnings: list[Note] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)

    def pass_on(self, read: Iterable[Outcome]) -> Iterator[graph.Written]:
        """The pages that could be read. Raises PageError at the end if there was none."""
        for number, outcome in enumerate(read, 1):
            if outcome.written is None:
                self.left_out.append(Note(outcome.source, outcome.error))
            elif outcome.written.digest in self.digests:
                same = self.digests[outcome.written.digest]
                self.left_out.append(Note(outcome.source, f"{outcome.source}: the same page as {same}"))
            else:
                self.digests[outcome.written.digest] = outcome.source
                self.count(outcome)
                yield outcome.written
            if self.progress:
                self.progress(number, self.total)
        if not self.digests:
            raise PageError("; ".join(note.message for note in self.left_out[:1]) or "no page to read")

    def count(self, outcome: Outcome) -> None:
        self.characters += outcome.characters
        self.keys.update(outcome.keys)
        self.facts.update(outcome.facts)
        name = Path(outcome.source).stem
        self.warnings += [Note(name, message, kind) for kind, message in outcome.doubts]

    def summary(self, store: graph.Store) -> Summary:
        kinds = Counter(kind for kind, _ in self.keys)
        return Summary(
            store=store.directory,
            pages=store.counts["pages"],
            articles=store.counts["articles"],
            characters=self.characters,
            entities=dict(sorted(kinds.items())),
            facts=dict(sorted(self.facts.items())),
            quads=len(store),
            warnings=tuple(self.warnings),
            left_out=tuple(self.left_out),
        )
