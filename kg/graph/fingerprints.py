"""What a page was read with, as a short text: equal texts and equal bytes give an equal reading."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.errors import StoreError

PACKAGE = Path(__file__).parents[1]

#: the rooms that a page goes through until it is text for the store, and what they are made of
_ROOMS = ("pages", "lexicon", "rules", "extract", "resolve", "graph")
_SUFFIXES = (".py", ".yaml", ".tsv", ".gz")

#: the libraries whose other version may read otherwise
_LIBRARIES = (
    "ahocorasick-rs",
    "charset-normalizer",
    "jieba",
    "opencc",
    "pdfplumber",
    "pypinyin",
    "rjieba",
    "trafilatura",
)


def fingerprint(own: Sequence[Path], *options: str) -> str:
    """Sixteen hexadecimal characters for the program, its word lists and rules, the files of a user's own, and options.

    It is the bytes of the files that count, not their dates: a list that was changed and changed back is the same.
    Raises StoreError where a file cannot be read.
    """
    digest = sha256(_program().encode())
    digest.update(_files([(f"{path.parent.name}/{path.name}", path) for path in sorted(own)]))
    for option in options:
        digest.update(b"\x1f" + option.encode("utf-8", "replace"))
    return digest.hexdigest()[:16]


@lru_cache(maxsize=1)
def _program() -> str:
    """The program as it is: also while it is being worked on no page may be taken for one that it has read."""
    rooms = [path for room in _ROOMS for path in (PACKAGE / room).rglob("*") if path.suffix in _SUFFIXES]
    paths = sorted((*rooms, PACKAGE / "model.py", PACKAGE / "pipeline.py"))
    digest = sha256(_files([(path.relative_to(PACKAGE).as_posix(), path) for path in paths]))
    digest.update(f"python {sys.version_info.major}.{sys.version_info.minor}".encode())
    for library in _LIBRARIES:
        digest.update(f"\x1f{library} {_installed(library)}".encode())
    return digest.hexdigest()


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def _files(named: Iterable[tuple[str, Path]]) -> bytes:
    digest = sha256()
    for name, path in named:
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StoreError(f"{path}: cannot be read ({error.strerror or error})") from None
        digest.update(f"{name} {len(data)}\n".encode("utf-8", "replace") + data)
    return digest.digest()
