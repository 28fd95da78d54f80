"""The store: a folder with the graph in Oxigraph, as sorted N-Quads, as TriG, a manifest, and the record of its pages.

What stands in the folder is told in manifest.py, how a store is made in revision.py. A store is never changed in place:
a new one is made beside it and takes its place when it is whole.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

import pyoxigraph as ox

from kg.errors import ExportError, QueryError, StoreError
from kg.graph import sparql, terms
from kg.graph.files import write_nquads, write_trig
from kg.graph.jsonld import write_jsonld
from kg.graph.ledger import Ledger
from kg.graph.manifest import (
    DECISIONS,
    LEDGER,
    MANIFEST,
    NQUADS,
    OXIGRAPH,
    PAGES,
    TRIG,
    PageEntry,
    listed_pages,
    read_manifest,
)
from kg.graph.parts import Part, Shelves, Written
from kg.graph.replace import OpenedFolder, held, prepared, same_file
from kg.graph.result import Result, read_answer
from kg.graph.revision import revise, settled
from kg.graph.settlement import Settlement
from kg.graph.turtle import head
from kg.graph.turtle import turtle as turtle_lines
from kg.model import PageRecord

if TYPE_CHECKING:
    import rdflib

#: how often a reader looks again when the store is being replaced at that very moment
TRIES = 100

#: what ``Store.write`` can write
FORMATS = ("nq", "trig", "ttl", "jsonld", "nt")


class Store:
    """A graph on disk, opened for reading. Make one with :meth:`build`, open one with :meth:`open`."""

    def __init__(
        self, directory: Path, manifest: Mapping[str, Any], engine: ox.Store, folder: OpenedFolder, hold: BinaryIO
    ) -> None:
        self.directory = directory
        self.manifest = manifest
        self._engine = engine
        # as long as both are open, what this store reads stays on the disk, and is found when it was moved
        self._home, self._hold = folder, hold

    def __repr__(self) -> str:
        return f"<Store {self.directory} {self.counts['pages']} pages {len(self)} quads>"

    def __len__(self) -> int:
        """The number of quads, named graphs and default graph together."""
        return int(self.manifest["counts"]["quads"])

    @property
    def base(self) -> str:
        return str(self.manifest["base"])

    @cached_property
    def pages(self) -> tuple[PageEntry, ...]:
        """The pages by name."""
        return tuple(listed_pages(self.home))

    @property
    def counts(self) -> Mapping[str, int]:
        """``pages, articles, facts, graphs, triples, quads``."""
        return dict(self.manifest["counts"])

    @property
    def home(self) -> Path:
        """The folder that was opened: also when another store stands at :attr:`directory` by now."""
        return self._home.path

    # ------------------------------------------------------------ making

    @classmethod
    def build(
        cls,
        directory: str | Path,
        items: Iterable[PageRecord | Written | Part],
        base: str = terms.BASE,
        version: str = "",
    ) -> Store:
        """A new store at ``directory`` from pages, and that store, opened.

        ``items`` are PageRecords, or what :func:`kg.graph.written` made of them (in another process, with the same
        base). An older store at ``directory`` stays as it is until the new one is whole, and for good if anything
        fails; nothing of it is taken over (:func:`kg.graph.revise` does that). Raises StoreError where the place
        holds something that is no store or cannot be written; whatever ``items`` raises passes through.
        """
        revise(Path(directory), lambda old: items, base, version, fresh=True)
        return cls.open(directory)

    @classmethod
    def open(cls, directory: str | Path) -> Store:
        """The store at ``directory``, for reading; any number may be open at a time.

        What was opened stays as it is, also when another store takes its place. Raises StoreError for a folder that
        is no store, or one of another version of the format.
        """
        target = Path(directory)
        for _ in range(TRIES):
            store = cls._opened(target)
            if store is not None:
                return store
            time.sleep(0.02)
        raise StoreError(f"{target}: the store is being replaced again and again; try once more")

    @classmethod
    def _opened(cls, target: Path) -> Store | None:
        """None if another store took the place of this one meanwhile."""
        prepared(target)
        if not target.is_dir():
            raise StoreError(f"{target}: no such folder; make a store with: kg build PAGES --store {target}")
        try:
            folder = OpenedFolder(target)
            hold = held(folder.path)
        except FileNotFoundError:
            read_manifest(target)
            return None
        if hold is None:
            return None
        try:
            manifest = read_manifest(folder.path, target)
            engine = ox.Store.read_only(str(folder.path / OXIGRAPH))
        except (OSError, RuntimeError, StoreError) as error:
            if not same_file(hold, target / MANIFEST):
                return None
            if isinstance(error, StoreError):
                raise
            said = " ".join(str(error).split())
            raise StoreError(f"{target}: the store is damaged ({said}); build it again") from error
        store = cls(target, manifest, engine, folder, hold)
        return store if same_file(hold, target / MANIFEST) else None

    # ------------------------------------------------------------ asking

    @cached_property
    def graphs(self) -> tuple[str, ...]:
        """The IRIs of the named graphs, which are those of the articles, sorted."""
        return tuple(sorted(g.value for g in self._engine.named_graphs()))

    def query(self, query: str, timeout: float | None = None, where: str = "") -> Result:
        """The answer to a SPARQL 1.1 query: SELECT, ASK, CONSTRUCT or DESCRIBE.

        The prefixes of :data:`kg.graph.terms.PREFIXES` need not be declared. ``where`` names the query in errors.
        With ``timeout`` the query runs in a process of its own, which is ended after so many seconds. Raises
        QueryError, in one line, for a malformed query (with its line and column), for SERVICE, for FROM with a
        source that is no graph of this store, for an update, and for one that took too long.
        """
        known = frozenset(self.graphs) if "from" in query.lower() or "\\" in query else frozenset()
        try:
            sparql.refuse(query, known)
        except QueryError as error:
            raise QueryError(f"{where}: {error}") if where else error from None
        if timeout is not None:
            return self._query_apart(query, timeout, where)
        try:
            return read_answer(self._engine.query(query, prefixes=dict(terms.PREFIXES)))
        except SyntaxError as error:
            raise sparql.explain_error(error, query, where) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"{where or 'query'}: {' '.join(str(error).split())}") from error

    def _query_apart(self, query: str, timeout: float, where: str) -> Result:
        """The engine cannot be interrupted, and a thread cannot be ended: only a process can."""
        command = [sys.executable, "-m", "kg.graph.worker", str(self.home)]
        try:
            done = subprocess.run(
                command,
                input=query.encode(),
                capture_output=True,
                timeout=timeout,
                check=False,
                pass_fds=(self._home.handle,),  # through it the worker finds this very store, though it was replaced
            )
        except subprocess.TimeoutExpired:
            raise QueryError(f"{where or 'query'}: no answer within {timeout:g} s, so it was ended") from None
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise QueryError(f"{where or 'query'}: {said[-1] if said else 'the query process ended without an answer'}")
        return Result.load(done.stdout)

    # ------------------------------------------------------------ handing on

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads as the engine's objects, or those of one graph ("" for the default graph)."""
        if graph is None:
            return self._engine.quads_for_pattern(None, None, None, None)
        name = ox.NamedNode(graph) if graph else ox.DefaultGraph()
        return self._engine.quads_for_pattern(None, None, None, name)

    def dataset(self) -> rdflib.Dataset:
        """The same data as an rdflib Dataset in memory: named graphs, and the distinct triples by default."""
        dataset: rdflib.Dataset = import_module("kg.graph.interchange").to_dataset(self.quads())
        return dataset

    def write(self, format: str, output: IO[bytes]) -> None:
        """Writes the graph: ``nq``, ``trig`` and ``jsonld`` with named graphs; ``ttl`` and ``nt`` without.

        Raises ExportError for another format, or where ``output`` cannot be written.
        """
        if format not in FORMATS:
            raise ExportError(f"cannot write {format!r}; the formats of the graph are {', '.join(FORMATS)}")
        try:
            if format in ("nq", "trig"):
                self._write_sorted(format, output)
            elif format == "jsonld":
                write_jsonld(self, output)
            else:
                for text in self._triples(turtle=format == "ttl"):
                    output.write(text.encode())
        except OSError as error:
            raise ExportError(f"cannot write {format}: {error.strerror or error}") from error

    def _write_sorted(self, format: str, output: IO[bytes]) -> None:
        """The file that is there, or, where the graph is too large to have it ready, the same bytes made now."""
        ready = self.home / (NQUADS if format == "nq" else TRIG)
        if ready.exists():
            with ready.open("rb") as file:
                while piece := file.read(1 << 20):
                    output.write(piece)
            return
        with tempfile.TemporaryDirectory(prefix="kg-export-") as folder, self.ledger() as ledger:
            graphs = settled(Shelves(self.home / PAGES), ledger, self.settlement)
            if format == "nq":
                write_nquads(output, graphs, Path(folder))
            else:
                write_trig(output, graphs, Path(folder), self.base)

    @cached_property
    def settlement(self) -> Settlement:
        """What was decided over all pages: joins, namesakes, candidates, judgements."""
        return Settlement(self.home / DECISIONS, self.base)

    def ledger(self) -> Ledger:
        """The record of this store's pages; to be closed by the caller."""
        return Ledger(self.home / LEDGER, self.base)

    def _triples(self, turtle: bool) -> Iterator[str]:
        lines = (str(q)[:-2] if str(q).endswith(" .") else str(q) for q in self.quads(""))
        ordered = sorted(lines)
        if turtle:
            yield head(self.base) + "\n"
            yield from turtle_lines(ordered, self.base)
        else:
            yield from (f"{line} .\n" for line in ordered)
