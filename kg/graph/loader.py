"""A large graph is loaded into its engine by a process of its own (loading.py).

The engine's memory goes with that process, and it loads one lot of lines while the next is being written.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

from kg.errors import StoreError

#: bytes in front of each lot, which tell how long it is; a lot of no length is the last
LENGTH = 8
#: what the process ends with where the lines are wrong; any other failure is the disk's
WRONG_LINES = 3


class Loader:
    """Loads lots of N-Quads into a new engine in ``folder``; to be used as a context, which ends the process.

    ``keep`` are open files that the process holds as long as it writes: the lock of the store. Raises StoreError for
    lines that are no N-Quads, OSError where the engine cannot write.
    """

    def __init__(self, folder: Path, keep: Collection[int] = ()) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg.graph.loading", str(folder.resolve()), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=tuple(keep),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert self._process.stdin is not None
        self._pipe = self._process.stdin

    def __enter__(self) -> Loader:
        return self

    def __exit__(self, *failed: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def load(self, lines: bytes) -> None:
        """Hands over some lines of N-Quads; returns when they are read, not when they are loaded."""
        if not lines:
            return
        try:
            self._pipe.write(len(lines).to_bytes(LENGTH, "big"))
            self._pipe.write(lines)
            self._pipe.flush()
        except BrokenPipeError:
            self._failed(self._process.communicate()[1])

    def finish(self) -> int:
        """The number of quads, when all is loaded and written to the disk."""
        said, wrong = self._process.communicate((0).to_bytes(LENGTH, "big"))
        if self._process.returncode:
            self._failed(wrong)
        return int(said)

    def _failed(self, wrong: bytes) -> NoReturn:
        lines = wrong.decode(errors="replace").strip().splitlines()
        said = lines[-1] if lines else "the process that loads it was ended from outside (out of memory?)"
        if self._process.returncode == WRONG_LINES or not lines:
            raise StoreError(f"the graph could not be loaded: {said}")
        raise OSError(said)


#: M_ARENA_MAX of glibc's malloc.h
_ARENA_MAX = -8


def one_heap() -> None:
    """Has glibc keep one heap for all threads, where it is the C library: the engine's threads would fill one each, and
    what is freed there is not given back."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_ARENA_MAX, 1)
