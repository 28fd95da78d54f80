"""A folder takes another's place at once: what is half made is never seen, what was there is never lost."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target`` that takes its place when the block ends well.

    If the block fails the folder goes and ``target`` stays as it was; after a kill the next build clears what is
    left. Raises StoreError if another build is at work on the same target, or if the disk refuses.
    """
    target = Path(os.path.realpath(target))
    fresh = target.with_name(f".{target.name}.building")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target):
            _recover(target)
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            try:
                yield fresh
                _sync(fresh)
                _take_place(fresh, target)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        said = os.strerror(error.errno) if error.errno else " ".join(str(error).split())
        what = "what was there is untouched" if target.exists() else "nothing was made"
        raise StoreError(f"{target}: the store cannot be written: {said}; {what}") from error


def prepared(target: Path) -> None:
    """Finishes what a kill interrupted between two renames, where the system cannot exchange two folders at once."""
    target = Path(os.path.realpath(target))
    if not target.exists() and _aside(target).exists():
        with _locked(target):
            _recover(target)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.replaced")


def _recover(target: Path) -> None:
    aside = _aside(target)
    if not aside.exists():
        return
    if target.exists():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.rename(target)


def _take_place(fresh: Path, target: Path) -> None:
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        target.rename(_aside(target))
        fresh.rename(target)
        shutil.rmtree(_aside(target), ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Swaps two folders in one step, where the system can: then no moment is without a store."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE) == 0)


def _sync(folder: Path) -> None:
    """All bytes reach the disk before the name does: a power cut must not leave a whole name on half a store."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """One writer at a time. The lock goes with the process, however that ends."""
    path = target.with_name(f".{target.name}.lock")
    while True:
        handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                raise StoreError(f"{target}: another build is writing this store; wait for it to end") from None
            raise
        # the writer before may have removed the file between our opening and our locking it
        try:
            if os.stat(path).st_ino == os.fstat(handle).st_ino:
                break
        except FileNotFoundError:
            pass
        os.close(handle)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)
