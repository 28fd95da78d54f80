"""Pages come and go: a store is built, pages are added and removed, and only what changed is read again.

``build(["2019"], store)`` on a store that is there reads the pages whose bytes changed, or that were read with other
rules, word lists or options; the others are taken from what the store keeps of them. See docs/record.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from hashlib import file_digest
from pathlib import Path
from typing import Any

from kg import curation, graph, own, pages
from kg.errors import PageError, StoreError
from kg.model import Context
from kg.pipeline import STDIN, Job, Note, Outcome, Summary, outcomes, processes_for, stamp

#: told after each page: how many are done, and how many there are
Progress = Callable[[int, int], None]

#: what the store that is there keeps, by page name
Kept = Mapping[str, graph.PageEntry]
Items = Iterator[graph.Keep | graph.Part]


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
    fresh: bool = False,
    judgements: Path | None = None,
    links: Path | None = None,
) -> Summary:
    """Makes a store of exactly these pages (files, folders, globs): ``build(["seeds"], "build/store")``.

    What an older store there has read of the same bytes with the same rules and options is taken over, unless
    ``fresh``; the store is the same either way. It is replaced only when the new one is whole. A page that cannot be
    read is left out and told in the summary; KgError is raised where no page is left, the place cannot be written, or
    the rules are wrong.

    ``judgements`` is the file (or its folder) of what people decided about the graph; without it ``judgements.tsv`` in
    the folders of the pages. ``links`` is a table of identifiers elsewhere (docs/judgements.md).
    """
    left_out: list[Note] = []
    inputs = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    judged = curation.read_judgements(curation.judgement_files(inputs, judgements))
    deciding = curation.deciding(judged, curation.read_links(links))
    todo = _jobs(inputs, context, base or graph.BASE, rules, encoding, left_out)
    work = _Work(todo, jobs, progress, left_out)
    removed: list[str] = []

    def plan(old: Kept) -> Items:
        yield from work.pages(old)
        if not work.names:
            raise PageError("; ".join(note.message for note in left_out[:1]) or "no page to read")
        removed.extend(name for name in old if name not in work.names)

    target = Path(store_dir)
    graph.revise(target, plan, base or graph.BASE, fresh=fresh, deciding=deciding)
    told = _summary(graph.Store.open(target), None)
    return replace(told, **work.told(), removed=tuple(removed), kept=len(work.kept))


def add(
    inputs: Iterable[str | Path],
    store_dir: str | Path,
    *,
    jobs: int | None = None,
    context: Context = Context(),
    rules: Path | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Adds pages to a store: ``add(["2019-07-05.txt"], "build/store")``; a page whose name is there is replaced.

    A page that cannot be read is left out and told in the summary, and the one of its name stays. Raises KgError as
    build does, and where there is no store.
    """
    target = Path(store_dir)
    base, deciding = _as_before(target)
    left_out: list[Note] = []
    work = _Work(_jobs(inputs, context, base, rules, encoding, left_out), jobs, progress, left_out)

    def plan(old: Kept) -> Items:
        _still_there(target, old)
        given = work.jobs.keys()
        yield from (graph.Keep(name) for name in old if name not in given)
        work.hold(old)
        yield from work.pages(old)
        yield from (graph.Keep(name) for name in old if name in given and name not in work.names)

    graph.revise(target, plan, base, deciding=deciding)
    store = graph.Store.open(target)
    told = _summary(store, {*work.added, *work.replaced})
    return replace(told, **work.told(), kept=store.counts["pages"] - len(work.added) - len(work.replaced))


def remove(names: Iterable[str], store_dir: str | Path) -> Summary:
    """Takes pages out of a store by name, as if they had never been read: ``remove(["2019-07-05"], "build/store")``.

    A name may be given with the file's suffix and folder. Raises StoreError where there is no store, or no page of
    one of the names; then none is removed.
    """
    asked = [names] if isinstance(names, str) else list(names)
    target = Path(store_dir)
    gone: dict[str, None] = {}

    def plan(old: Kept) -> Items:
        _still_there(target, old)
        gone.update((_known(name, old, target), None) for name in asked)
        yield from (graph.Keep(name) for name in old if name not in gone)

    base, deciding = _as_before(target)
    graph.revise(target, plan, base, deciding=deciding)
    store = graph.Store.open(target)
    return replace(_summary(store, ()), removed=tuple(gone), kept=store.counts["pages"])


def _jobs(
    inputs: Iterable[str | Path],
    context: Context,
    base: str,
    rules: Path | None,
    encoding: str | None,
    left_out: list[Note],
) -> dict[str, Job]:
    """By page name what is to be read, if it was not before; of files of one name the first, the others are told."""
    paths = pages.find_pages([inputs] if isinstance(inputs, str | Path) else inputs)
    version = own.version(rules)
    mine = own.files(rules) if rules is not None else []
    readings: dict[tuple[str, Context], str] = {}
    jobs: dict[str, Job] = {}
    days = {path: pages.dated(context, path) for path in paths}
    if context.published_in and not any(known.published for known in days.values()):
        raise PageError(f"--published {context.published_in}: no file has a day there, such as {paths[0]}")
    for path, known in days.items():
        key = (path.suffix, known)
        if key not in readings:  # the suffix tells the format
            readings[key] = graph.fingerprint(mine, version, base, repr(known), encoding or "", path.suffix)
        job = Job(path, encoding, known, rules, base, version, readings[key])
        name = job.name
        first = jobs.setdefault(name, job)
        if first is not job:
            left_out.append(Note(str(path), f"{path}: a page called {name} is read from {first.path}; rename one"))
    return jobs


@dataclass(slots=True)
class _Work:
    """Pages on their way into a store: which must be read, and what became of each."""

    jobs: dict[str, Job]
    processes: int | None
    progress: Progress | None
    left_out: list[Note]
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    #: the pages of the store to be, by digest, and how to tell them
    digests: dict[str, str] = field(default_factory=dict)

    def hold(self, old: Kept) -> None:
        """The pages of the store stay until they are replaced: none of the same bytes comes in under another name."""
        self.digests = {entry.digest: name for name, entry in old.items()}

    def pages(self, old: Kept) -> Items:
        """The pages to put in and to keep, in the order of the jobs; counts them on their way."""
        staying = {name for name, job in self.jobs.items() if _unchanged(job, old.get(name))}
        todo = [job for name, job in self.jobs.items() if name not in staying]
        read = outcomes(todo, processes_for([job.path for job in todo], self.processes))
        for number, (name, job) in enumerate(self.jobs.items(), 1):
            if name in staying:
                outcome = Outcome(str(job.path), graph.Keep(name), old[name].digest)
            else:
                outcome = next(read)
            if self._accepted(name, outcome, old) and outcome.page is not None:
                yield outcome.page
            if self.progress:
                self.progress(number, len(self.jobs))

    def _accepted(self, name: str, outcome: Outcome, old: Kept) -> bool:
        if outcome.page is None:
            self.left_out.append(Note(outcome.source, outcome.error))
            return False
        before = old.get(name)
        same = self.digests.get(outcome.digest, name)
        if same != name:
            self.left_out.append(Note(outcome.source, f"{outcome.source}: the same page as {same}"))
            return False
        if before is not None and self.digests.get(before.digest) == name:
            del self.digests[before.digest]
        self.digests[outcome.digest] = name
        self.names.add(name)
        kept = isinstance(outcome.page, graph.Keep)
        (self.kept if kept else self.added if before is None else self.replaced).append(name)
        return True

    def told(self) -> dict[str, Any]:
        return {"left_out": tuple(self.left_out), "added": tuple(self.added), "replaced": tuple(self.replaced)}


def _unchanged(job: Job, entry: graph.PageEntry | None) -> bool:
    """Whether the store has this page from the same bytes, read with the same rules and options."""
    if entry is None or entry.reading != job.reading or job.path == STDIN:
        return False
    try:
        if entry.stamp and entry.stamp == stamp(job.path):
            return True
        with job.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == entry.digest
    except OSError:  # told when it is read
        return False


def _as_before(target: Path) -> tuple[str, graph.Deciding]:
    """The base of a store and how it was decided over. It is open no longer than that: what is read cannot go."""
    store = graph.Store.open(target)
    return store.base, curation.as_before(store)


def _still_there(target: Path, old: Kept) -> None:
    """The store may keep nothing that can be used, or may have become another between our looking and our locking."""
    if not old and graph.Store.open(target).counts["pages"]:
        raise StoreError(f"{target}: the record of its pages cannot be read; build it again: kg build PAGES")


def _known(name: str, old: Kept, target: Path) -> str:
    """The page of the store that is meant; StoreError where there is none, with those that come near."""
    for meant in (name, Path(name).stem):
        if meant in old:
            return meant
    stem = Path(name).stem
    near = get_close_matches(stem, old, 3, 0.6) or [page for page in old if page.startswith(stem[:3] or name)][:3]
    hint = f"did you mean {' or '.join(near)}?" if near else f"it has {len(old)}, named as their files are"
    raise StoreError(f"{target}: no page called {name}; {hint}; nothing was removed")


def _summary(store: graph.Store, warned: Collection[str] | None) -> Summary:
    """What is in a store, with the doubts about the pages of the names ``warned`` (None: of all)."""
    with store.ledger() as ledger:
        (characters,) = ledger.noted("characters").values() or (0,)
        facts, kinds = ledger.noted("facts"), ledger.kinds()
        warnings = [
            Note(name, message, kind)
            for name, doubts in ledger.noting("doubts")
            for kind, message in doubts
            if warned is None or name in warned
        ]
    for kind, fewer in store.settlement.fewer().items():
        kinds[kind] -= fewer
    for said in curation.warnings(store):
        place, _, message = said.partition(": ")
        warnings.append(Note(place, message, "judgement"))
    return Summary(
        store=store.directory,
        pages=store.counts["pages"],
        articles=store.counts["articles"],
        characters=characters,
        entities=kinds,
        facts=facts,
        quads=len(store),
        warnings=tuple(warnings),
    )
