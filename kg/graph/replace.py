"""A folder takes another's place at once: what is half made is never seen, what was there is never lost.

Beside a store ``DIR/store`` stand, for as long as they are needed: ``.store.lock`` (a writer is at work),
``.store.building`` (the next store), ``.store.replaced`` and ``.store.old-…`` (the one before, while it is being
replaced or still read). What a killed writer leaves of them the next one clears away.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import re
import shutil
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from kg.errors import StoreError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2

#: the file of a folder that its readers hold: what they read stays until the last has let go
HELD = "manifest.json"

#: how long to wait for what a killed writer had started, in seconds
PATIENCE = 5.0

#: locks of this process; processes forked from it close them, or a lock would outlive the writer
_LOCKS: set[int] = set()


class Site:
    """Where a store is being made: ``folder`` is the new one, empty; ``target`` is what it will replace."""

    def __init__(self, folder: Path, target: Path) -> None:
        self.folder, self.target = folder, target
        self.left = False

    def leave(self) -> None:
        """What is there is as it should be: nothing will be replaced."""
        self.left = True


@contextmanager
def building(target: Path) -> Iterator[Site]:
    """An empty folder beside ``target`` that takes its place when the block ends well.

    If the block fails the folder goes and ``target`` stays as it was; after a kill the next build clears what is
    left. Raises StoreError if another process is at work on the same target, or if the disk refuses.
    """
    target = Path(os.path.realpath(target))
    fresh = target.with_name(f".{target.name}.building")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target):
            _recover(target)
            _clear_old(target)
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            site = Site(fresh, target)
            try:
                yield site
                if not site.left:
                    _sync(fresh)
                    _take_place(fresh, target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except (OSError, sqlite3.Error) as error:
        code = error.errno if isinstance(error, OSError) else None
        # the engine's own message: what it was about to do, in which files, and at the end what the disk said
        said = os.strerror(code) if code else " ".join(str(error).split()).rpartition(": ")[2]
        what = "what was there is untouched" if target.exists() else "nothing was made"
        raise StoreError(f"{target}: the store cannot be written: {said}; {what}") from error


def prepared(target: Path) -> None:
    """Finishes what a kill interrupted between two renames, where the system cannot exchange two folders at once."""
    target = Path(os.path.realpath(target))
    if not target.exists() and _aside(target).exists():
        with _locked(target):
            _recover(target)


def held(folder: Path) -> BinaryIO | None:
    """A hold on a store for reading it; None if it was replaced at this very moment, then try again.

    As long as the file is open, the store stays on the disk even if another takes its place. A disk that knows no
    locks gives no such promise.
    """
    file = (folder / HELD).open("rb")
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            file.close()
            return None
    return file


class OpenedFolder:
    """A folder kept open: ``path`` leads into it even when it was moved, where the system has such paths."""

    def __init__(self, folder: Path) -> None:
        self.handle = os.open(folder, os.O_RDONLY)
        inside = Path(f"/proc/self/fd/{self.handle}")
        self.path = inside if inside.exists() else folder.resolve()

    def __del__(self) -> None:
        if hasattr(self, "handle"):
            os.close(self.handle)


def same_file(file: BinaryIO, path: Path) -> bool:
    """Whether the open file is still the one at ``path``."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.replaced")


def _recover(target: Path) -> None:
    aside = _aside(target)
    if not aside.exists():
        return
    if target.exists():
        _discard(aside, target)
    else:
        aside.rename(target)


def _take_place(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
    elif _exchange(fresh, target):
        _discard(fresh, target)
    else:
        target.rename(_aside(target))
        fresh.rename(target)
        _discard(_aside(target), target)
    _sync_names(target.parent)


def _exchange(a: Path, b: Path) -> bool:
    """Swaps two folders in one step, where the system can: then no moment is without a store."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0)


def _discard(folder: Path, target: Path) -> None:
    """Removes a store that was replaced, or puts it aside for as long as someone reads it."""
    if _unread(folder):
        shutil.rmtree(folder, ignore_errors=True)
        return
    number = 1
    while (aside := target.with_name(f".{target.name}.old-{number}")).exists():
        number += 1
    folder.rename(aside)


def _clear_old(target: Path) -> None:
    for folder in target.parent.glob(f".{_escaped(target.name)}.old-*"):
        if _unread(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _escaped(name: str) -> str:
    """A name as a pattern that fits nothing else."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _unread(folder: Path) -> bool:
    """Whether nobody reads the store in this folder; from then on nobody can begin to."""
    try:
        with (folder / HELD).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # without this file it is no store, for a reader that comes before the rest is gone
            (folder / HELD).unlink()
    except FileNotFoundError:
        return True
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES)
    return True


def _sync(folder: Path) -> None:
    """All bytes reach the disk before the name does: a power cut must not leave a whole name on half a store."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            _sync_names(path)
        elif path.stat().st_nlink == 1:  # what is linked from the older store was written with that
            with path.open("rb") as file:
                os.fsync(file.fileno())
    _sync_names(folder)


def _sync_names(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # not every disk can do this for a folder
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """One writer at a time. The lock goes with the process, however that ends; its file says whose it is."""
    path = target.with_name(f".{target.name}.lock")
    patience = PATIENCE
    while True:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = os.pread(handle, 500, 0).decode("utf-8", "replace").strip()
            os.close(handle)
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                if _has_ended(who) and patience > 0:
                    patience -= 0.02
                    time.sleep(0.02)
                    continue
                raise StoreError(
                    f"{target}: another build is writing this store ({who or 'it has just begun'}); wait for it to end"
                ) from None
            raise
        # the writer before may have removed the file between our opening and our locking it
        try:
            if os.stat(path).st_ino == os.fstat(handle).st_ino:
                break
        except FileNotFoundError:
            pass
        os.close(handle)
    _mind_forks()
    _LOCKS.add(handle)
    os.ftruncate(handle, 0)
    os.pwrite(handle, _me().encode(), 0)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        _LOCKS.discard(handle)
        os.close(handle)


def locks() -> tuple[int, ...]:
    """The locks that this process holds, for another that writes on its behalf: they last until both have ended."""
    return tuple(_LOCKS)


def _me() -> str:
    """Who holds the lock, for whom it keeps out: ``kg add, process 4711 on archive, since 2026-11-20 10:15:02``."""
    words = [Path(sys.argv[0]).name, *sys.argv[1:2]] if sys.argv and sys.argv[0] not in ("", "-c") else ["python"]
    since = datetime.now().strftime("%Y-%m-%d %H:%M:%S")
    return f"{' '.join(words)}, process {os.getpid()} on {socket.gethostname()}, since {since}\n"


def _has_ended(who: str) -> bool:
    """Whether the process that a lock names has ended: then what it started holds the lock, and ends as well."""
    said = re.search(r"process (\d+) on (\S+),", who)
    if said is None or said[2] != socket.gethostname():
        return False
    try:
        os.kill(int(said[1]), 0)
    except ProcessLookupError:
        return True
    except OSError:
        pass
    return False


@lru_cache(maxsize=1)
def _mind_forks() -> None:
    os.register_at_fork(after_in_child=_let_go)


def _let_go() -> None:
    for handle in _LOCKS:
        with suppress(OSError):
            os.close(handle)
    _LOCKS.clear()
