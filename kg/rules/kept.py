"""Patterns of rules as they were compiled in an earlier run, kept in the user's folder for caches.

To take apart and compile the patterns of all rules takes longer than to read a page with them. What comes out depends
on the pattern, on Python and on this package's code alone, so it is written to
``~/.cache/kg/patterns-cpython-311.bin`` (``$XDG_CACHE_HOME``; ``~/Library/Caches`` on macOS, ``%LOCALAPPDATA%`` on
Windows) and read from there the next time, as Python does with its modules. A file that is broken, of another Python or
of other code is not used but written anew, and where nothing can be written every run compiles for itself. It may be
deleted at any time.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import marshal
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from kg.rules import openings, triggers
from kg.rules.openings import guarded
from kg.rules.triggers import Trigger, musts, taken_apart, trigger

_DIGEST = 16
#: so many patterns are kept that nobody asked for in a run, the latest: rules change, own rules come and go
_SPARE = 500


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern ready for use, and where it can match at all: see triggers.py."""

    pattern: re.Pattern[str]
    trigger: Trigger | None
    musts: frozenset[frozenset[str]]


#: by pattern as written: what ``_sre.compile`` takes, the fields of the trigger, the sets of words that a match needs
_Entry = tuple[tuple[Any, ...], tuple[Any, ...] | None, tuple[tuple[str, ...], ...]]


class Kept:
    """The compiled patterns of one file, which is read at once and written by ``save``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._entries = _read(path)
        self._asked: set[str] = set()
        self._new = False

    def compiled(self, source: str) -> Compiled:
        """A pattern compiled, from the file if it is there. Raises re.error for what is no regular expression.

        >>> Kept(Path("/nowhere")).compiled("[^，。]{2,12}节(?=开幕)").pattern.search("第七届梨花节开幕")[0]
        '第七届梨花节'
        """
        self._asked.add(source)
        entry = self._entries.get(source)
        if entry is not None:
            code, told, needed = entry
            return Compiled(
                pattern=_sre.compile(*code),
                trigger=Trigger(frozenset(told[0]), *told[1:]) if told else None,
                musts=frozenset(map(frozenset, needed)),
            )
        self._new = True
        self._entries[source] = _entry(source)
        return self.compiled(source)

    def save(self) -> None:
        """Writes the file if something was compiled anew; where it cannot be written, nothing happens."""
        if not self._new or not self.path.is_absolute():
            return
        self._new = False
        spare = [source for source in self._entries if source not in self._asked]
        for source in spare[:-_SPARE]:
            del self._entries[source]
        body = marshal.dumps(self._entries)
        part = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_stamp() + _digest(body) + body)
            part.replace(self.path)
        except OSError:
            with suppress(OSError):
                part.unlink()


@lru_cache(maxsize=1)
def kept() -> Kept:
    """The compiled patterns of this user."""
    return Kept(_caches() / "kg" / f"patterns-{sys.implementation.cache_tag}.bin")


def _caches() -> Path:
    """The user's folder for what programs can make again."""
    told = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if told:
        return Path(told)
    home = Path(os.path.expanduser("~"))  # stays "~" for a user without a home: then nothing is kept
    return home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"


def _entry(source: str) -> _Entry:
    tree = taken_apart(source)
    known = trigger(tree)
    opened = guarded(source, tree)
    # as re._compiler.compile makes a pattern, whose code it does not give away
    whole = parser.parse(opened)
    groups = whole.state.groupdict
    names: list[str | None] = [None] * whole.state.groups
    for name, number in groups.items():
        names[number] = name
    code = [int(c) for c in compiler._code(whole, whole.state.flags)]
    return (
        (opened, int(whole.state.flags), code, whole.state.groups - 1, dict(groups), tuple(names)),
        (tuple(sorted(known.words)), known.before, known.after, known.bars, known.margin) if known else None,
        tuple(tuple(sorted(words)) for words in musts(tree)),
    )


def _read(path: Path) -> dict[str, _Entry]:
    stamp = _stamp()
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    body = data[len(stamp) + _DIGEST :]
    if data[: len(stamp)] != stamp or data[len(stamp) : len(stamp) + _DIGEST] != _digest(body):
        return {}
    entries: dict[str, _Entry] = marshal.loads(body)
    return entries


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_DIGEST).digest()


@lru_cache(maxsize=1)
def _stamp() -> bytes:
    """What the file depends on beside the patterns: this Python, and the code that takes patterns apart."""
    parts = [sys.version.encode(), str(_sre.MAGIC).encode()]
    parts += [Path(str(module.__file__)).read_bytes() for module in (openings, triggers)]
    parts.append(Path(__file__).read_bytes())
    return _digest(b"\0".join(parts))
