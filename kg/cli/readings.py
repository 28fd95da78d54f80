"""A reading laid out for a person, and as JSON: which words are what, which rule said so, what was turned down."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rich.text import Text

from kg.cli.output import plain
from kg.model import Event, Evidence, Fact, Mention, Quantity, Reading, Ref, Rejected, Title, When

COLOURS = {
    "person": "bold red",
    "post": "magenta",
    "body": "blue",
    "place": "green",
    "initiative": "yellow",
    "document": "cyan",
    "date": "bright_black",
    "quantity": "bright_yellow",
    "label": "dim",
    "event": "underline",
}

_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]*[”’」』]*")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of an article stand; a closing quotation mark belongs to its sentence."""
    for found in _SENTENCE.finditer(text):
        if found[0].strip():
            yield found.start(), found.end()


def innermost(mentions: tuple[Mention, ...], start: int, end: int) -> list[Mention]:
    """The mentions inside a stretch, none inside another: of two that overlap, the first and longer."""
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        inside = start <= mention.start and mention.end <= end
        if inside and mention.kind != "event" and (not chosen or mention.start >= chosen[-1].end):
            chosen.append(mention)
    return chosen


def lines(reading: Reading) -> Iterator[Text]:
    """An article sentence by sentence: its mentions in colour, below it the facts and what was turned down."""
    text = reading.article.text
    facts = sorted(reading.facts, key=lambda f: (f.evidence.start, not isinstance(f, Event), f.evidence.end))
    for start, end in sentences(text):
        yield coloured(text, start, end, reading.mentions)
        for mention in innermost(reading.mentions, start, end):
            if mention.name and mention.name != mention.text:
                yield Text(f"    {plain(mention.text)} = {plain(mention.name)} ({mention.kind})", style="dim")
        for fact in facts:
            if start <= fact.evidence.start < end:
                yield fact_line(fact, text)
        for item in reading.rejected:
            if start <= item.start < end:
                yield rejected_line(item)
        yield Text("")


def coloured(text: str, start: int, end: int, mentions: tuple[Mention, ...]) -> Text:
    made = Text()
    at = start
    for mention in innermost(mentions, start, end):
        made.append(plain(text[at : mention.start]))
        made.append(plain(text[mention.start : mention.end]), style=COLOURS.get(mention.kind, ""))
        at = mention.end
    made.append(plain(text[at:end].rstrip("\n")))
    return made


def fact_line(fact: Fact, text: str) -> Text:
    """``✓ Tenure  苏建设 · 二七区区长   title-then-person 0.95``"""
    made = Text().append("  ✓ ", style="green")
    made.append(f"{type(fact).__name__:<13} ", style="bold")
    made.append(plain(" · ".join(shortened(part) for part in told(fact) if part)), style="")
    made.append(f"   {fact.evidence.rule} {fact.evidence.score:.2f}", style="dim")
    return made


def rejected_line(item: Rejected) -> Text:
    made = Text().append("  ✗ ", style="red")
    made.append(plain(item.text), style="strike")
    made.append(f"   {item.rule}: {plain(item.reason)}", style="dim")
    return made


def told(fact: Fact) -> list[str]:
    """The values of a fact in the order of its fields, empty ones and its evidence left out."""
    return [
        field.name.replace("_", " ") if getattr(fact, field.name) is True else said(getattr(fact, field.name))
        for field in dataclasses.fields(fact)
        if field.name not in ("evidence", "said", "points")
    ]


def said(value: object) -> str:
    """A value in the words of the page as far as it goes: ``500人``, ``2019-06-26``, ``陈红民``."""
    if value is None or value is False:
        return ""
    if isinstance(value, Ref | Title):
        return value.name
    if isinstance(value, When):
        return value.edtf
    if isinstance(value, Quantity):
        return f"{'' if value.comparator == '=' else value.comparator}{value.value:g}{value.unit}"
    if isinstance(value, tuple):
        return "、".join(said(part) for part in value)
    return str(value)


def as_json(reading: Reading) -> dict[str, Any]:
    """A reading as plain data: what `--format json` prints."""
    article = reading.article
    return {
        "page": article.page,
        "article": article.key,
        "headline": article.headline,
        "date": reading.when.edtf,
        "text": article.text,
        "mentions": [plain_data(m) for m in reading.mentions],
        "facts": [
            {"fact": type(f).__name__, **plain_data(f), "quote": quote(article.text, f.evidence)} for f in reading.facts
        ],
        "rejected": [plain_data(r) for r in reading.rejected],
    }


def shortened(text: str) -> str:
    """A value on one line: of a long statement its beginning and end."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else f"{flat[:36]} … {flat[-20:]}"


def quote(text: str, evidence: Evidence) -> str:
    return text[evidence.start : evidence.end]


def plain_data(value: Any) -> Any:
    """A type of kg.model as what JSON knows; fields without a value are left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return {name: plain_data(v) for name, v in pairs if v not in (None, "", ())}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): plain_data(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [plain_data(v) for v in value]
    return value
