"""What a store's folder holds, and its manifest: what is in it, told without opening it.

::

    build/store/
      manifest.json   what is in it: format, base, rule version, counts, the SHA-256 of pages.jsonl; no clock
      pages.jsonl     its pages, a line each: name, digest, how much was read from it, and with what
      graph.nq        every quad, sorted by its bytes  (while the graph is small; kg export writes it at any size)
      graph.trig      the same, to read                (likewise)
      oxigraph/       the same, to ask
      record.db       the pages and their names: what must be known to change the store
      pages/          what was read from each page, packed
      identity.db     what pages say of their things, and what was decided over all: joins, namesakes (docs/identity.md)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import StoreError

FORMAT = "zhengkg-store"
FORMAT_VERSION = 3
MANIFEST, LISTED, NQUADS, TRIG, OXIGRAPH = "manifest.json", "pages.jsonl", "graph.nq", "graph.trig", "oxigraph"
LEDGER, PAGES, DECISIONS = "record.db", "pages", "identity.db"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page of a store: its name, the SHA-256 of its bytes, how much was read from it, and with what.

    ``stamp`` tells the file without reading it (:func:`kg.pipeline.stamp`); only the ledger has it.
    """

    name: str
    digest: str
    articles: int
    facts: int
    reading: str = ""
    stamp: str = ""


def is_store(directory: Path) -> bool:
    """Whether a folder is a store of any version of the format."""
    try:
        return bool(json.loads((directory / MANIFEST).read_text("utf-8"))["format"] == FORMAT)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def read_manifest(directory: Path, called: Path | None = None) -> Mapping[str, Any]:
    """The manifest of a store; StoreError for a folder that is none, or one of another version of the format.

    ``called`` is how the folder is told in errors.
    """
    called = called or directory
    if not is_store(directory):
        raise StoreError(
            f"{called}: no store here ({MANIFEST} is missing or not ours); "
            f"make one with: kg build PAGES --store {called}"
        )
    manifest: Mapping[str, Any] = json.loads((directory / MANIFEST).read_text("utf-8"))
    if manifest.get("format_version") != FORMAT_VERSION:
        raise StoreError(
            f"{called}: store format {manifest.get('format_version')}, expected {FORMAT_VERSION}; build it again"
        )
    return manifest


def write_manifest(
    directory: Path, base: str, version: str, counts: Mapping[str, int], pages: Iterable[PageEntry]
) -> None:
    """Writes the manifest and the list of pages, which come sorted by name: the same pages give the same bytes."""
    digest = sha256()
    with (directory / LISTED).open("wb") as out:
        for p in pages:
            row = {"name": p.name, "digest": p.digest, "articles": p.articles, "facts": p.facts, "reading": p.reading}
            line = json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
            out.write(line)
            digest.update(line)
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "base": base,
        "rules": version,
        "counts": dict(counts),
        "pages": digest.hexdigest(),
    }
    said = json.dumps(manifest, ensure_ascii=False, indent=1)
    (directory / MANIFEST).write_text(said + "\n", encoding="utf-8", newline="\n")


def listed_pages(directory: Path) -> Iterator[PageEntry]:
    """The pages of a store, by name."""
    with (directory / LISTED).open(encoding="utf-8", errors="surrogatepass") as lines:
        for line in lines:
            yield PageEntry(**json.loads(line))
