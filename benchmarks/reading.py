"""What reading costs, measured against one ``jieba.cut`` of the same text in the same run.

    python benchmarks/reading.py [FOLDER ...] [--rounds 5] [--json FILE]

Machines differ and are busy; a ratio to a known piece of work measured in the same minute does not differ much. Both
sides run once before the clock starts (dictionaries, rules and lexicons are loaded then: that time is given apart),
then take turns; the middle of the rounds counts, in CPU time of this process.
"""

from __future__ import annotations

import argparse
import json
import logging
import platform
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import jieba

from kg import extract, pages, resolve
from kg.model import Article, Context, Page, Reading

T = TypeVar("T")
STAGES = ("pages", "extract", "resolve")


def read_all(page: Page, articles: tuple[Article, ...]) -> tuple[Context, list[Reading]]:
    context = extract.page_context(page, articles)
    return context, [extract.read(article, context) for article in articles]


def measure(paths: list[Path], spent: dict[str, float]) -> None:
    """Reads every page once and adds the CPU seconds of each stage to ``spent``."""

    def clocked(stage: str, work: Callable[[], T]) -> T:
        begin = time.process_time()
        result = work()
        spent[stage] += time.process_time() - begin
        return result

    for path in paths:
        page = clocked("pages", partial(pages.read, path))
        articles = clocked("pages", partial(pages.articles, page))
        context, readings = clocked("extract", partial(read_all, page, articles))
        clocked("resolve", partial(resolve.resolve, page, context, readings))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folders", nargs="*", default=["seeds"])
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--json", type=Path)
    args = asked.parse_args()

    jieba.setLogLevel(logging.ERROR)
    paths = pages.find_pages([Path(folder) for folder in args.folders])
    texts = [pages.read(path).text for path in paths]
    characters = sum(map(len, texts))

    begin = time.process_time()
    measure(paths, dict.fromkeys(STAGES, 0.0))
    first = time.process_time() - begin
    begin = time.process_time()
    tokens = sum(1 for text in texts for _ in jieba.cut(text))
    jieba_first = time.process_time() - begin

    rounds: list[dict[str, float]] = []
    for _ in range(args.rounds):
        spent = dict.fromkeys(STAGES, 0.0)
        measure(paths, spent)
        begin = time.process_time()
        for text in texts:
            for _ in jieba.cut(text):
                pass
        spent["jieba.cut"] = time.process_time() - begin
        rounds.append(spent)

    middle = {name: statistics.median(r[name] for r in rounds) for name in (*STAGES, "jieba.cut")}
    reading = sum(middle[stage] for stage in STAGES)
    ratio = reading / middle["jieba.cut"]
    print(f"{len(paths)} pages, {characters} characters, {tokens} words; Python {platform.python_version()}")
    print(f"{'':12}{'ms':>9}{'of jieba.cut':>14}")
    for name, seconds in (*middle.items(), ("reading", reading)):
        print(f"{name:12}{seconds * 1000:>9.1f}{seconds / middle['jieba.cut']:>14.2f}")
    print(f"first round, with loading: reading {first:.2f} s, jieba {jieba_first:.2f} s")
    print(f"reading costs {ratio:.2f} jieba.cut of the same text (goal: at most 1)")
    if args.json:
        figures = {"pages": len(paths), "characters": characters, "seconds": middle, "ratio": ratio}
        args.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
