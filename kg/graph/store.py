"""The store: a folder with the graph in Oxigraph, as sorted N-Quads, as TriG, and a manifest.

::

    build/store/
      manifest.json   what is in it: format, base, rule version, pages, counts; no clock
      graph.nq        every quad, sorted by its bytes
      graph.trig      the same, to read
      oxigraph/       the same, to ask

A store is never changed in place. A new one is made beside it and takes its place when it is whole.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox
import rdflib

from kg.errors import ExportError, QueryError, StoreError
from kg.graph import sparql, terms
from kg.graph.files import Written, head, write_files
from kg.graph.files import turtle as turtle_lines
from kg.graph.interchange import to_dataset
from kg.graph.replace import building, prepared
from kg.graph.result import Result, read_answer
from kg.model import PageRecord

FORMAT = "zhengkg-store"
FORMAT_VERSION = 1
MANIFEST, NQUADS, TRIG, OXIGRAPH = "manifest.json", "graph.nq", "graph.trig", "oxigraph"

#: what ``Store.write`` can write
FORMATS = ("nq", "trig", "ttl", "jsonld", "nt")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of a store: its name, the SHA-256 of its bytes, and how much was read from it."""

    name: str
    digest: str
    articles: int
    facts: int


class Store:
    """A graph on disk, opened for reading. Make one with :meth:`build`, open one with :meth:`open`."""

    def __init__(self, directory: Path, manifest: Mapping[str, Any], engine: ox.Store) -> None:
        self.directory = directory
        self.manifest = manifest
        self._engine = engine

    def __repr__(self) -> str:
        return f"<Store {self.directory} {len(self.pages)} pages {len(self)} quads>"

    def __len__(self) -> int:
        """The number of quads, named graphs and default graph together."""
        return int(self.manifest["counts"]["quads"])

    @property
    def base(self) -> str:
        return str(self.manifest["base"])

    @property
    def pages(self) -> tuple[PageEntry, ...]:
        return tuple(
            PageEntry(p["name"], p["digest"], int(p["articles"]), int(p["facts"])) for p in self.manifest["pages"]
        )

    @property
    def counts(self) -> Mapping[str, int]:
        """``pages, articles, facts, graphs, triples, quads``."""
        return dict(self.manifest["counts"])

    # ------------------------------------------------------------ making

    @classmethod
    def build(
        cls,
        directory: str | Path,
        items: Iterable[PageRecord | Written],
        base: str = terms.BASE,
        version: str = "",
    ) -> Store:
        """A new store at ``directory`` from pages, and that store, opened.

        ``items`` are PageRecords, or what :func:`kg.graph.written` made of them (in another process, with the same
        base). An older store at ``directory`` stays as it is until the new one is whole, and for good if anything
        fails. Raises StoreError where the place holds something that is no store or cannot be written; whatever
        ``items`` raises passes through.
        """
        terms.check_base(base)
        target = Path(directory)
        if target.exists() and not (target.is_dir() and (is_store(target) or not any(target.iterdir()))):
            raise StoreError(
                f"{target}: expected a store or a new folder; it holds something else, and nothing is removed"
            )
        try:
            with building(target) as folder:
                _fill(folder, target, items, base, version)
        except _FromItems as error:
            raise error.cause from None
        return cls.open(target)

    @classmethod
    def open(cls, directory: str | Path) -> Store:
        """The store at ``directory``, for reading; any number may be open at a time.

        Raises StoreError for a folder that is no store, or one of another version of the format.
        """
        target = Path(directory)
        prepared(target)
        if not target.is_dir():
            raise StoreError(f"{target}: no such folder; make a store with: kg build PAGES --store {target}")
        manifest = _manifest(target)
        try:
            engine = ox.Store.read_only(str(target / OXIGRAPH))
        except OSError as error:
            said = " ".join(str(error).split())
            raise StoreError(f"{target}: the store is damaged ({said}); build it again") from error
        return cls(target, manifest, engine)

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
        command = [sys.executable, "-m", "kg.graph.worker", str(self.directory.resolve())]
        try:
            done = subprocess.run(command, input=query.encode(), capture_output=True, timeout=timeout, check=False)
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
        return to_dataset(self.quads())

    def write(self, format: str, output: IO[bytes]) -> None:
        """Writes the graph: ``nq``, ``trig`` and ``jsonld`` with named graphs; ``ttl`` and ``nt`` without.

        Raises ExportError for another format, or where ``output`` cannot be written.
        """
        if format not in FORMATS:
            raise ExportError(f"cannot write {format!r}; the formats of the graph are {', '.join(FORMATS)}")
        try:
            if format in ("nq", "trig"):
                with (self.directory / (NQUADS if format == "nq" else TRIG)).open("rb") as file:
                    while piece := file.read(1 << 20):
                        output.write(piece)
            elif format == "jsonld":
                self._engine.dump(output, ox.RdfFormat.JSON_LD, prefixes=dict(terms.PREFIXES), base_iri=self.base)
            else:
                for text in self._triples(turtle=format == "ttl"):
                    output.write(text.encode())
        except OSError as error:
            raise ExportError(f"cannot write {format}: {error.strerror or error}") from error

    def _triples(self, turtle: bool) -> Iterator[str]:
        lines = (str(q)[:-2] if str(q).endswith(" .") else str(q) for q in self.quads(""))
        ordered = sorted(lines)
        if turtle:
            yield head(self.base) + "\n"
            yield from turtle_lines(ordered, self.base)
        else:
            yield from (f"{line} .\n" for line in ordered)


class _FromItems(Exception):
    """An OSError of the pages that are being read: it is none of the store's."""

    def __init__(self, cause: OSError) -> None:
        self.cause = cause


def _told_apart(items: Iterable[PageRecord | Written]) -> Iterator[PageRecord | Written]:
    try:
        yield from items
    except OSError as error:
        raise _FromItems(error) from error


def _fill(folder: Path, target: Path, items: Iterable[PageRecord | Written], base: str, version: str) -> None:
    """All files of a store, into an empty folder."""
    counts, pages = write_files(folder, _told_apart(items), base, version)
    try:
        engine = ox.Store(str(folder / OXIGRAPH))
        engine.bulk_load(path=str(folder / NQUADS), format=ox.RdfFormat.N_QUADS, lenient=True)
        engine.flush()
        del engine  # closes it: the folder is about to be renamed
    except SyntaxError as error:
        raise StoreError(f"{target}: the graph could not be loaded: {error}") from error
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "base": base,
        "rules": version,
        "counts": {
            "pages": len(pages),
            "articles": counts.articles,
            "facts": counts.facts,
            "graphs": counts.graphs,
            "triples": counts.triples,
            "quads": counts.quads,
        },
        "pages": [{"name": p.name, "digest": p.digest, "articles": p.articles, "facts": p.facts} for p in pages],
    }
    said = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(said + "\n", encoding="utf-8", newline="\n")


def is_store(directory: Path) -> bool:
    """Whether a folder is a store of any version of the format."""
    try:
        return bool(json.loads((directory / MANIFEST).read_text("utf-8"))["format"] == FORMAT)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _manifest(directory: Path) -> Mapping[str, Any]:
    if not is_store(directory):
        raise StoreError(
            f"{directory}: no store here ({MANIFEST} is missing or not ours); "
            f"make one with: kg build PAGES --store {directory}"
        )
    manifest: Mapping[str, Any] = json.loads((directory / MANIFEST).read_text("utf-8"))
    if manifest.get("format_version") != FORMAT_VERSION:
        raise StoreError(
            f"{directory}: store format {manifest.get('format_version')}, expected {FORMAT_VERSION}; build it again"
        )
    return manifest
