"""Whatever stands on a page, it is read: pages torn, doubled and shuffled, and every finding in its place."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg import extract, pages, resolve
from kg.model import Context

ROOT = Path(__file__).resolve().parent
FILES = sorted([*(ROOT.parent / "seeds").glob("*.txt"), *ROOT.glob("gold/*/pages/*.*")])
#: what misprints are made of
MARKS = "，、。；：“”《》（）\n 　·—0年月日的和等在了"


def torn(text: str, chance: random.Random) -> Iterator[str]:
    """The text with one stretch in thirty lost, doubled, moved, or with a mark put in or taken out."""
    at = 0
    while at < len(text):
        size = chance.randint(1, 40)
        piece = text[at : at + size]
        at += size
        what = chance.random()
        if what < 0.1:
            piece = ""
        elif what < 0.15:
            piece += piece
        elif what < 0.25:
            piece = piece[::-1]
        elif what < 0.6:
            place = chance.randrange(len(piece))
            piece = piece[:place] + chance.choice(MARKS) + piece[place + chance.randint(0, 1) :]
        yield piece


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_torn_page_is_read(path: Path) -> None:
    whole = pages.read(path)
    chance = random.Random(path.name)
    for text in ("".join(torn(whole.text, chance)), "".join(torn(whole.text[::-1], chance))):
        page = replace(whole, text=text, digest="0" * 64)
        articles = pages.articles(page)
        context = extract.page_context(page, articles, Context())
        readings = extract.read_all(articles, context)
        for reading in readings:
            for mention in reading.mentions:
                assert reading.article.text[mention.start : mention.end] == mention.text
        resolve.resolve(page, context, readings)


def test_articles_are_read_as_each_by_itself() -> None:
    page = pages.read(ROOT.parent / "seeds" / sorted(p.name for p in (ROOT.parent / "seeds").glob("*.txt"))[0])
    articles = pages.articles(page)
    context = extract.page_context(page, articles, Context())
    together = extract.read_all(articles, context)
    assert len(articles) > 2 and all(reading.mentions for reading in together)
    assert together == tuple(extract.read(article, context) for article in articles)
    assert extract.read_all((), context) == ()
