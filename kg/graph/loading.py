"""The process that loads a large graph: ``python -m kg.graph.loading FOLDER PARENT``.

It reads lots of N-Quads from standard input, each behind its length in eight bytes, a lot of no length at the end, and
answers with the number of quads. An error is one line on standard error. It ends with the process that started it.
"""

from __future__ import annotations

import ctypes
import os
import sys

import pyoxigraph as ox

from kg.graph.loader import LENGTH, WRONG_LINES, one_heap

#: PR_SET_PDEATHSIG of Linux's prctl.h, and SIGKILL
_END_WITH_PARENT, _KILL = 1, 9


def main() -> int:
    """Loads what comes; 0, 1 where the engine cannot write, WRONG_LINES for what is no N-Quads."""
    folder, parent = sys.argv[1], int(sys.argv[2])
    _end_with(parent)
    one_heap()
    try:
        engine = ox.Store(folder)
        while lot := _next_lot():
            engine.bulk_load(input=lot, format=ox.RdfFormat.N_QUADS, lenient=True)
            _give_back()
        engine.flush()
        print(len(engine))
    except SyntaxError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return WRONG_LINES
    except (OSError, RuntimeError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    return 0


def _next_lot() -> bytes:
    """The next lot, empty at the end. Where the writer ended in the middle, so does this process."""
    given = sys.stdin.buffer
    head = given.read(LENGTH)
    size = int.from_bytes(head, "big")
    lot = given.read(size)
    if len(head) < LENGTH or len(lot) < size:
        os._exit(1)
    return lot


def _end_with(parent: int) -> None:
    """Ends this process at once when the one that started it ends, where the system can; else at the next lot."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_END_WITH_PARENT, _KILL)
    if os.getppid() != parent:
        os._exit(1)


def _give_back() -> None:
    """Has glibc give freed memory back: what the engine keeps of each lot lies scattered among what it freed."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


if __name__ == "__main__":
    sys.exit(main())
