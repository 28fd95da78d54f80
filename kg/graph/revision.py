"""The next store from the last one: what stays is taken over, what changed is put in and taken out.

A store is never changed in place. The next one is made beside it, out of the same files where nothing changed (they
are linked, not copied), and takes its place when it is whole. Whatever way it is made, the graph, the files and the
manifest are those of a store made from nothing with the same pages.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph import terms
from kg.graph.changes import Changes, settle
from kg.graph.files import Graph, write_files
from kg.graph.ledger import Ledger
from kg.graph.loader import Loader, one_heap
from kg.graph.manifest import (
    DECISIONS,
    LEDGER,
    NQUADS,
    OXIGRAPH,
    PAGES,
    PageEntry,
    is_store,
    read_manifest,
    write_manifest,
)
from kg.graph.parts import Keep, Part, Shelves, Written, link_or_copy, named, pack, unpack, written
from kg.graph.replace import building, locks
from kg.graph.settlement import NOTHING, Deciding, Settlement
from kg.model import PageRecord

#: lines of named graphs up to which a store has graph.nq and graph.trig ready, and is made from nothing at any change:
#: as much as is written in about a second, a dozen newspaper pages
SMALL = 100_000

#: lines that are loaded at a time into a larger store: the engine needs memory for as much as it is given at once
LOAD = 50_000

#: changed pages per page that stays, up to which a larger store is changed and not made from nothing: loading in bulk
#: is some three times as fast as changing
SHARE = 0.3

Item = Keep | Part | Written | PageRecord

#: told what the older store keeps, by page name, gives the pages of the next one: all that shall be in it
Plan = Callable[[Mapping[str, PageEntry]], Iterable[Item]]


class Old:
    """The store that is there already, as far as it can be taken over."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self.manifest = manifest
        self.folder = folder
        self.shelves = Shelves(folder / PAGES)
        self.ledger = Ledger(folder / LEDGER, str(manifest["base"]))
        self.settlement = Settlement(folder / DECISIONS, str(manifest["base"]))
        self.entries = {entry.name: entry for entry in self.ledger.pages()}

    @classmethod
    def at(cls, target: Path, base: str) -> Old | None:
        """The store at ``target``; None where there is none, or one that nothing can be taken over from."""
        try:
            manifest = read_manifest(target)
            return cls(target, manifest) if manifest["base"] == base else None
        except (StoreError, sqlite3.Error):
            return None


def revise(
    target: Path,
    plan: Plan,
    base: str = terms.BASE,
    version: str = "",
    fresh: bool = False,
    deciding: Deciding | None = None,
) -> bool:
    """Makes the store at ``target`` out of the pages that ``plan`` gives; whether anything changed.

    ``version`` is that of the rules, for pages that do not bring theirs (:class:`Part` does). With ``fresh`` nothing is
    taken over from an older store. ``deciding`` decides over all pages which things are one. The plan is called when no
    other process can write the store any more. Raises
    StoreError where the place holds something that is no store or cannot be written; whatever the plan raises passes
    through. What was there stays until the new store is whole, and for good if anything fails.
    """
    terms.check_base(base)
    one_heap()
    if target.exists() and not (target.is_dir() and (is_store(target) or not any(target.iterdir()))):
        raise StoreError(f"{target}: expected a store or a new folder; it holds something else, and nothing is removed")
    try:
        with building(target) as site:
            old = None if fresh else Old.at(site.target, base)
            revision = _Revision(site.folder, old, base, version, deciding)
            try:
                if revision.take(_told_apart(plan(old.entries if old else {}))):
                    revision.make()
                else:
                    site.leave()
            finally:
                revision.close()
            return not site.left
    except FromPlan as error:
        raise error.cause from None


class FromPlan(Exception):
    """An OSError of the pages that are being read: it is none of the store's."""

    def __init__(self, cause: OSError) -> None:
        self.cause = cause


def _told_apart(items: Iterable[Item]) -> Iterator[Item]:
    try:
        yield from items
    except OSError as error:
        raise FromPlan(error) from error


class _Revision:
    """One store in the making, in an empty folder."""

    def __init__(
        self, folder: Path, old: Old | None, base: str, version: str, deciding: Deciding | None = None
    ) -> None:
        self.folder, self.old, self.base, self.version = folder, old, base, version
        self.deciding = deciding
        self.settlement = NOTHING
        self.shelves = Shelves(folder / PAGES)
        self.ledger = Ledger(folder / LEDGER, base, writing=True)
        self.put: set[str] = set()
        self.kept: set[str] = set()
        self.lines = 0

    def close(self) -> None:
        self.ledger.close()
        if self.old:
            self.old.ledger.close()

    def take(self, items: Iterable[Item]) -> bool:
        """Takes the pages in, those that are new onto their shelves; whether the store will be another."""
        digests: dict[str, str] = {}
        for item in items:
            if isinstance(item, PageRecord):
                item = written(item, self.base, self.version)
            entry = self.old.entries[item.name] if isinstance(item, Keep) and self.old else item
            if isinstance(entry, Keep):
                raise StoreError(f"page {item.name}: there is no older store to keep it from")
            if entry.digest in digests:  # the same page again, whatever it is called
                continue
            if entry.name in self.put or entry.name in self.kept:
                raise StoreError(f"page {entry.name}: there are two pages of this name; rename one")
            digests[entry.digest] = entry.name
            if isinstance(item, Keep):
                self.kept.add(item.name)
            else:
                self._put(item if isinstance(item, Part) else pack(item, self.base, self.version))
        if self.old is None or self.put or len(self.kept) < len(self.old.entries):
            return True
        return self.old.settlement.mark != (self.deciding.mark if self.deciding else "")

    def _put(self, part: Part) -> None:
        self.put.add(part.name)
        self.shelves.put(part)
        self.ledger.add(part)

    # ------------------------------------------------------------ making it

    def make(self) -> None:
        """All files of the store, from the pages taken in."""
        gone = self.old.entries.keys() - self.kept if self.old else set()
        lines = self.ledger.totals()[3]
        if self.old:
            lines += self.old.ledger.totals()[3] - sum(map(self.old.ledger.lines, gone))
        changed = len(self.put) + len(gone)
        if self.old and lines > SMALL and changed <= SHARE * (len(self.kept) + 1):
            counts = self._changed(self.old, gone)
        else:
            self._take_over()
            self._decide()
            counts = self._anew(lines <= SMALL)
        articles, facts, graphs, _ = self.ledger.totals()
        pages = len(self.put) + len(self.kept)
        numbers = {"pages": pages, "articles": articles, "facts": facts, "graphs": graphs, **counts}
        write_manifest(self.folder, self.base, self.ledger.versions(), numbers, self.ledger.pages())
        self.ledger.close()

    def _take_over(self) -> None:
        """Enters the kept pages into the new ledger, and puts them onto the new shelves."""
        if self.old is None:
            return
        self.shelves.take_over(self.old.shelves, self.old.entries.keys() - self.kept)
        for name in sorted(self.kept):
            self.ledger.add(self.old.ledger.part(name, self.old.shelves.get(name)))

    def _decide(self, old: Old | None = None, gone: Iterable[str] = ()) -> None:
        """What is one, over all the pages of the ledger; only what changed where an older store is changed."""
        if self.deciding is None:
            return
        path = self.folder / DECISIONS
        if old is not None and old.settlement.path is not None:
            shutil.copyfile(old.settlement.path, path)
            come = self.ledger.sketches(sorted(self.put))
        else:
            gone, come = (), self.ledger.sketches()
        self.deciding.decide(path, sorted(gone), come, self.ledger.names_thing)
        self.settlement = Settlement(path, self.base)

    def graphs(self) -> Iterator[Graph]:
        """The named graphs of all pages, each thing under the name it goes by."""
        return settled(self.shelves, self.ledger, self.settlement)

    def _anew(self, small: bool) -> dict[str, int]:
        """Graph files and engine from nothing; gives the counts."""
        if small:
            counts = write_files(self.folder, self.graphs(), self.base)
            engine = ox.Store(str(self.folder / OXIGRAPH))
            _load(engine, self.folder / NQUADS)
            engine.flush()
            return {"triples": counts.triples, "quads": counts.quads}
        named_lines = waiting = 0
        lot: list[bytes] = []
        with Loader(self.folder / OXIGRAPH, keep=locks()) as loader:
            for graph, lines in self.graphs():
                named_lines += len(lines)
                waiting += 2 * len(lines)
                lot.append("".join([f"{line} {graph} .\n{line} .\n" for line in lines]).encode())
                if waiting >= LOAD:
                    loader.load(b"".join(lot))
                    waiting, lot = 0, []
            loader.load(b"".join(lot))
            quads = loader.finish()
        return {"triples": quads - named_lines, "quads": quads}

    def _changed(self, old: Old, gone: Collection[str]) -> dict[str, int]:
        """The engine of the older store with what changed put in and taken out; gives the counts."""
        self.shelves.take_over(old.shelves, gone)
        self._new_ledger(old, gone)
        self._decide(old, gone)
        engine = _engine_like(old.folder / OXIGRAPH, self.folder / OXIGRAPH)
        changes = Changes(
            engine, (old.shelves, old.ledger, old.settlement), (self.shelves, self.ledger, self.settlement)
        )
        changes.apply(gone, self.put)
        engine.flush()
        triples = int(old.manifest["counts"]["triples"]) + changes.triples
        quads = int(old.manifest["counts"]["quads"]) + changes.triples + changes.named
        return {"triples": triples, "quads": quads}

    def _new_ledger(self, old: Old, gone: Iterable[str]) -> None:
        """The older ledger, with the pages that are gone struck out and the new ones entered."""
        incoming = self.folder / f"{LEDGER}.new"
        self.ledger.close()
        (self.folder / LEDGER).rename(incoming)
        shutil.copyfile(old.folder / LEDGER, self.folder / LEDGER)
        self.ledger = Ledger(self.folder / LEDGER, self.base, writing=True)
        for name in sorted(gone):
            graphs, things = unpack(old.shelves.get(name))
            self.ledger.drop(name, named(graphs), things)
        with Ledger(incoming, self.base) as new:
            for name in sorted(self.put):
                self.ledger.add(new.part(name, self.shelves.get(name)))
        incoming.unlink()


def settled(shelves: Shelves, ledger: Ledger, settlement: Settlement = NOTHING) -> Iterator[Graph]:
    """The named graphs of all pages of a store, in no order, each thing under the name it goes by."""
    for _, blob in shelves:
        yield from settle(unpack(blob)[0], ledger, settlement)


def _load(engine: ox.Store, path: Path) -> None:
    try:
        engine.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS, lenient=True)
    except SyntaxError as error:
        raise StoreError(f"the graph could not be loaded: {error}") from error


def _engine_like(old: Path, new: Path) -> ox.Store:
    """The engine of an older store, to be changed: its tables, which no engine changes, are linked, the rest copied."""
    new.mkdir()
    for path in sorted(old.iterdir()):
        if path.suffix == ".sst":
            link_or_copy(path, new / path.name)
        elif path.name != "LOCK" and not path.name.startswith("LOG"):
            shutil.copyfile(path, new / path.name)
    return ox.Store(os.fspath(new))
