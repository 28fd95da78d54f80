"""How long pages take: against their length, and against jieba.cut on the same text.

    python benchmarks/pages.py            # the seeds
    python benchmarks/pages.py FOLDER     # any folder of pages

Best of several runs on one core. Reading, layout and headlines together must stay under a quarter of jieba.cut.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba

from kg.model import Page
from kg.pages import find_pages, layout, read

RUNS = 15


def best(run: Callable[[], object], runs: int = RUNS) -> float:
    """The shortest of several runs, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times) * 1000


def main() -> None:
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "seeds"
    paths = find_pages([folder])
    print(f"{'page':<28}{'characters':>11}{'jieba.cut':>11}{'read':>8}{'layout':>8}{'ratio':>8}   (ms)")
    totals = [0.0, 0.0]
    for path in paths:
        page = read(path)
        layout(page)
        cut, reading = best(lambda: list(jieba.cut(page.text))), best(lambda: read(path))  # noqa: B023
        laying = best(lambda: layout(page))  # noqa: B023
        totals[0] += cut
        totals[1] += reading + laying
        ratio = (reading + laying) / cut
        print(f"{page.name[:27]:<28}{len(page.text):>11}{cut:>11.2f}{reading:>8.2f}{laying:>8.2f}{ratio:>8.3f}")
    print(f"{'all':<28}{'':>11}{totals[0]:>11.2f}{'':>8}{totals[1]:>8.2f}{totals[1] / totals[0]:>8.3f}")
    text = "".join(read(path).text for path in paths)
    print(f"\n{'characters':>12}{'layout ms':>12}{'µs/character':>14}")
    for times in (1, 4, 16, 64):
        page = Page("long", "", text * times, "")
        took = best(lambda: layout(page), runs=2)  # noqa: B023
        print(f"{len(page.text):>12}{took:>12.1f}{took * 1000 / len(page.text):>14.2f}")


if __name__ == "__main__":
    main()
