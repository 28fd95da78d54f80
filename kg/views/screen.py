"""A dossier laid out for a terminal: posts, events, statements, each with its day, its words and its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.segment import Segment
from rich.text import Text

from kg.views import words
from kg.views.contents import Source, StoreLike
from kg.views.dossiers import Dossier, Entry, Item, about, dossier

#: longer sentences are cut around the quote; the explorer has them whole
QUOTE = 160
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Hanging:
    """A text that keeps its indent on every line, and leaves no spaces at line ends."""

    text: Text
    indent: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(20, options.max_width - self.indent)
        for line in self.text.wrap(console, width, overflow="fold"):
            line.rstrip()
            yield Segment(" " * self.indent)
            yield from line.render(console)
            yield Segment.line()


def show(store: StoreLike, name: str) -> Group:
    """The dossier of a name, ready for ``rich.print``; errors as :func:`kg.views.dossier.dossier`."""
    return render(dossier(store, name))


def render(found: Dossier) -> Group:
    """A dossier as something that a rich Console prints."""
    lines: list[Hanging] = []
    if len(found.entries) > 1:
        lines.append(_line(f"{found.name}: {len(found.entries)} things of that name, each apart", style="dim"))
    for number, entry in enumerate(found.entries):
        if number or lines:
            lines.append(_line(""))
        lines += _entry(entry)
    return Group(*lines)


def _entry(entry: Entry) -> Iterator[Hanging]:
    thing = entry.thing
    kind = [words.kind(thing.kind), *(words.subkind(thing.kind, x) for x in thing.subkind.split("、") if x)]
    head = Text(_plain(thing.name), style="bold")
    head.append("  " + _plain(" · ".join(kind)) + (f"  {thing.pinyin}" if thing.pinyin else ""), style="not bold dim")
    yield Hanging(head)
    for label, value in about(thing):
        yield _line(f"{label}: {value}", 2)
    for line in entry.belongs:
        yield _line(line, 2)
    if entry.terms:
        yield _line("")
        yield Hanging(Text("任期所知 terms", style="bold cyan"))
        for line in entry.terms:
            yield _line(line, 2)
    if not entry.sections:
        yield _line("no fact in the graph is about it", 2, "dim")
    for section in entry.sections:
        yield _line("")
        title = Text(f"{section.title} {section.name}", style="bold cyan")
        title.append(f"  {len(section.items)}", style="not bold dim")
        yield Hanging(title)
        # the same thing said by several articles is one line with the words of each
        ordered = {text: i for i, text in reversed(list(enumerate(item.text for item in section.items)))}
        items = sorted(section.items, key=lambda item: ordered[item.text])
        for text, same in groupby(items, key=lambda item: item.text):
            yield from _said(text, list(same))


def _said(text: str, items: list[Item]) -> Iterator[Hanging]:
    days = list(dict.fromkeys(item.date for item in items if item.date))
    line = Text(", ".join(days) or "day unknown", style="green" if days else "dim")
    line.append(f"  {_plain(text)}", style="default")
    yield Hanging(line, 2)
    for item in items:
        for number, point in enumerate(item.points, 1):
            yield _line(f"{number}. {point}", 6)
        source = item.source
        if source.sentence or source.quote:
            yield Hanging(_quoted(source), 6)
        told = (source.date, source.page, f"《{source.headline}》" if source.headline else "")
        place = " · ".join(x for x in told if x)
        rule = f" · {source.rule} {source.score:g}" if source.rule else ""
        yield _line(f"{place}{rule}", 6, "dim")


def _line(text: str, indent: int = 0, style: str = "") -> Hanging:
    return Hanging(Text(_plain(text), style=style), indent)


def _plain(text: str) -> str:
    """A text fit for a terminal: what would steer it is shown as �."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def _quoted(source: Source) -> Text:
    """The sentence in quotation marks, the words that the fact was read from in italics."""
    sentence = _plain(source.sentence or source.quote)
    quote = _plain(source.quote)
    at = sentence.find(quote)
    if len(sentence) > QUOTE:
        # what was read is kept, and of the rest as much as fits on either side
        start = max(0, min(at if at >= 0 else 0, len(sentence) - QUOTE) - (QUOTE - len(quote)) // 3)
        stop = max(start + QUOTE, at + min(len(quote), QUOTE))
        cut = sentence[start:stop]
        sentence = ("…… " if start else "") + cut + (" ……" if stop < len(sentence) else "")
        at = sentence.find(quote)
    made = Text(f"“{sentence}”")
    if at >= 0:
        made.stylize("italic", at + 1, at + 1 + len(quote))
    return made
