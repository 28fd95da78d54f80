"""The sentence around a quote: the evidence of a fact is often a few words, and people want to read the whole.

A quote is a slice of the raw page, where columns and hard line breaks cut sentences; the article's text is whole. The
sentence is taken from the article, at the place that the page's own words around the quote point to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

_ENDS = "。！？!?\n"
_CLOSING = "”’」』）)》"
#: characters around a quote that are compared to tell its occurrences apart
_AROUND = 24


@dataclass(slots=True)
class Text:
    """A text with and without its white space; ``at`` leads from a character of ``bare`` back into ``whole``."""

    whole: str
    bare: str = ""
    at: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = [i for i, c in enumerate(self.whole) if not c.isspace()]
        self.bare = "".join(self.whole[i] for i in self.at)


def sentence(article: Text, page: str, stretches: Sequence[tuple[int, str]]) -> str:
    """The sentence, or sentences, of ``article`` in which a quote stands; "" where it is not found there.

    ``stretches`` are the raw start and the words of each stretch of the quote, in order. In ``会上，陈红民强调…`` the
    quote 陈红民强调 gives the sentence from 会上 on; a name that stands in several sentences gives its own.
    """
    if not stretches:
        return ""
    start, first = stretches[0]
    words = "".join(exact for _, exact in stretches)
    found = _places(article.bare, words)
    if not found:
        # the same fact read twice has stretches that stand apart: the first one speaks for it
        words = first
        found = _places(article.bare, words)
    if not words or not found:
        return ""
    before = "".join(page[max(0, start - 2 * _AROUND) : start].split())[-_AROUND:]
    after_raw = stretches[-1][0] + len(stretches[-1][1]) if words != first else start + len(first)
    after = "".join(page[after_raw : after_raw + 2 * _AROUND].split())[:_AROUND]

    def alike(place: int) -> int:
        left = article.bare[max(0, place - _AROUND) : place]
        right = article.bare[place + len(words) : place + len(words) + _AROUND]
        return _common(left[::-1], before[::-1]) + _common(right, after)

    place = max(found, key=lambda p: (alike(p), -p))
    return _around(article.whole, article.at[place], article.at[place + len(words) - 1] + 1)


def _places(text: str, words: str) -> list[int]:
    places, at = [], text.find(words) if words else -1
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _common(one: str, other: str) -> int:
    for count, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return count
    return min(len(one), len(other))


def _around(text: str, start: int, end: int) -> str:
    """``text[start:end]`` grown to the ends of its sentences."""
    while start > 0 and not _ends_sentence(text, start):
        start -= 1
    while end < len(text) and not _ends_sentence(text, end):
        end += 1
    return text[start:end].strip()


def _ends_sentence(text: str, at: int) -> bool:
    """Whether a sentence ends just before ``at``; a closing mark after 。 belongs to it."""
    if at < len(text) and text[at] in _CLOSING and text[at - 1] in _ENDS + _CLOSING:
        return False
    back = at - 1
    while back >= 0 and text[back] in _CLOSING:
        back -= 1
    return back >= 0 and text[back] in _ENDS
