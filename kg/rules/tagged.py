"""Tagged text: an article in which each mention is one character, so that a rule is an ordinary pattern.

``二七区委书记陈红民带队到淮河路街道`` becomes ``⟨post⟩⟨person⟩带队到⟨body:street⟩``, where each ⟨…⟩ is one character of
Unicode's private use area that stands for a kind and subkind of mention.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kg.frozen import quick
from kg.model import Mention

#: first private-use character that stands for a mention
FIRST = 0xE000

#: every kind and subkind a mention may have; the position gives its character
KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("person", ("", "official", "expert", "citizen", "business")),
    ("post", ("", "generic", "academic")),
    (
        "body",
        (
            "", "party", "government", "congress", "cppcc", "military", "judicial", "street", "community",
            "company", "education", "research", "media", "alliance", "taskforce", "social", "other",
        ),
    ),
    (
        "place",
        (
            "", "admin", "street", "community", "compound", "road", "facility", "commercial", "park", "venue",
            "project", "area",
        ),
    ),
    ("initiative", ("", "campaign", "programme", "project", "mechanism", "vision", "agreement")),
    ("document", ("", "lecture", "work")),
    ("date", ("", "day", "open", "deadline", "span")),
    ("quantity", ("", "people", "ordinal", "share")),
    ("label", ("", "person", "body")),
    ("event", ("", "meeting", "inspection", "signing", "training", "forum", "ceremony", "activity", "appointment")),
)

CODES: dict[tuple[str, str], str] = {
    pair: chr(FIRST + i) for i, pair in enumerate((kind, sub) for kind, subs in KINDS for sub in subs)
}
PAIRS: dict[str, tuple[str, str]] = {code: pair for pair, code in CODES.items()}


#: the first offsets: few articles are longer
_OFFSETS = tuple(range(4096))


def codes(kind: str, subkinds: Iterable[str] = ()) -> str:
    """The characters that stand for a kind, or for some of its subkinds. Raises KeyError if unknown."""
    wanted = tuple(subkinds)
    if wanted:
        return "".join(CODES[kind, sub] for sub in wanted)
    found = "".join(code for (k, _), code in CODES.items() if k == kind)
    if not found:
        raise KeyError(kind)
    return found


@quick(frozen=True, slots=True)
class Tagged:
    """A tagged text and the way back: ``starts[i]`` is the article offset of its character ``i``."""

    text: str
    starts: Sequence[int]
    mentions: dict[int, Mention]

    def article(self, start: int, end: int) -> tuple[int, int]:
        """Tagged stretch → article stretch."""
        return self.starts[start], self.starts[end] if end > start else self.starts[start]

    def inside(self, start: int, end: int) -> list[Mention]:
        """The mentions in a tagged stretch, in order."""
        return [self.mentions[i] for i in range(start, end) if i in self.mentions]

    def at(self, offset: int) -> int:
        """The tagged position that holds an article offset."""
        return max(0, bisect_right(self.starts, offset) - 1)


def offsets(start: int, end: int) -> Sequence[int]:
    """The offsets from ``start`` to ``end``: numbers that are there already, as each layer of an article needs them."""
    return _OFFSETS[start:end] if end <= len(_OFFSETS) else range(start, end)


def tag(norm: str, mentions: Iterable[Mention], start: int = 0, end: int | None = None) -> Tagged:
    """Replaces each mention by its character.

    ``mentions`` must be sorted by start and must not overlap (one that does is passed over: the first wins).
    Offsets stay those of ``norm``, of which ``start`` to ``end`` is tagged.
    """
    end = len(norm) if end is None else end
    parts: list[str] = []
    starts: list[int] = []
    where: dict[int, Mention] = {}
    at = start
    for m in mentions:
        begin = m.start
        if begin < at or m.end > end:
            continue
        if begin > at:
            parts.append(norm[at:begin])
            starts += offsets(at, begin)
        where[len(starts)] = m
        parts.append(CODES.get((m.kind, m.subkind)) or CODES[m.kind, ""])
        starts.append(begin)
        at = m.end
    parts.append(norm[at:end])
    starts += offsets(at, end + 1)
    return Tagged("".join(parts), tuple(starts), where)
