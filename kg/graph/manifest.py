"""What a store's folder holds, and its manifest: what is in it, told without opening it.

::

    build/store/
      manifest.json   what is in it: format, base, rule version, counts, pages; no clock
      graph.nq        every quad, sorted by its bytes  (while the graph is small; kg export writes it at any size)
      graph.trig      the same, to read                (likewise)
      oxigraph/       the same, to ask
      record.db       the pages and their names: what must be known to change the store
      pages/          what was read from each page, packed
      identity.db     what pages say of their things, and what was decided over all: joins, namesakes (docs/identity.md)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph.ledger import PageEntry

FORMAT = "zhengkg-store"
FORMAT_VERSION = 3
MANIFEST, NQUADS, TRIG, OXIGRAPH = "manifest.json", "graph.nq", "graph.trig", "oxigraph"
LEDGER, PAGES, DECISIONS = "record.db", "pages", "identity.db"


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
    """Writes the manifest; pages come sorted by name, so that the same pages give the same bytes."""
    manifest = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "base": base,
        "rules": version,
        "counts": dict(counts),
        "pages": [
            {"name": p.name, "digest": p.digest, "articles": p.articles, "facts": p.facts, "reading": p.reading}
            for p in pages
        ],
    }
    said = json.dumps(manifest, ensure_ascii=False, indent=1)
    (directory / MANIFEST).write_text(said + "\n", encoding="utf-8", newline="\n")
