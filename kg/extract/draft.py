"""An article while it is being read: what the finders of this room share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.extract.names import Namer
from kg.extract.vocabulary import vocabulary
from kg.model import Article, Context, Event, Fact, Mention, MentionKind, Rejected, When
from kg.rules import Tagged, tag


@dataclass(slots=True)
class Draft:
    """The article, the context it is read in, and what has been found so far.

    ``extra`` is the user's own rule folder. Finders read ``article.norm`` within ``article.prose``, add mentions
    through :meth:`add`, and append to ``facts`` and ``rejected``.
    """

    article: Article
    context: Context
    extra: Path | None = None
    when: When = field(default_factory=When)
    mentions: list[Mention] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    #: where areas end and begin (二七区|长 has one that is no mention of its own): end offset → start offset
    areas: dict[int, int] = field(default_factory=dict)
    _layers: dict[tuple[str, ...], Tagged] = field(default_factory=dict)
    _kinds: dict[tuple[MentionKind, ...], list[Mention]] = field(default_factory=dict)
    _namer: Namer | None = None

    @property
    def norm(self) -> str:
        return self.article.norm

    @property
    def text(self) -> str:
        return self.article.text

    @property
    def namer(self) -> Namer:
        """Tells personal names in this article."""
        if self._namer is None:
            self._namer = Namer(self.norm, *self.article.prose, vocabulary(self.extra))
        return self._namer

    def add(self, mentions: Iterable[Mention]) -> None:
        """Adds mentions and keeps all sorted by start, the longer first."""
        before = len(self.mentions)
        self.mentions += mentions
        if len(self.mentions) > before:
            self.mentions.sort(key=_place)
            self._changed()

    def leave_out(self, mentions: Iterable[Mention]) -> None:
        """Takes mentions out that turned out to be none."""
        for mention in mentions:
            self.mentions.remove(mention)
        self._changed()

    def _changed(self) -> None:
        self._layers.clear()
        self._kinds.clear()

    def of(self, *kinds: MentionKind) -> list[Mention]:
        """The mentions of these kinds, in order of place; the list is for looking at."""
        found = self._kinds.get(kinds)
        if found is None:
            found = self._kinds[kinds] = [m for m in self.mentions if m.kind in kinds]
        return found

    def layer(self, *kinds: MentionKind) -> Tagged:
        """The prose with the mentions of these kinds as single characters.

        Where two overlap, the one that starts first stands, and of two that start together the longer, so a
        body inside a title (区委 in 区委书记) is part of the title. Body before place where both are the same.
        """
        key = tuple(kinds)
        if key not in self._layers:
            rank = {kind: i for i, kind in enumerate(kinds)}
            chosen: list[Mention] = []
            for m in self.of(*kinds):
                if chosen and (last := chosen[-1]).start == m.start and last.end == m.end:
                    if rank[m.kind] < rank[last.kind]:
                        chosen[-1] = m
                else:
                    chosen.append(m)
            start, end = self.article.prose
            self._layers[key] = tag(self.norm, chosen, start, end)
        return self._layers[key]

    def events(self) -> list[Event]:
        return [f for f in self.facts if isinstance(f, Event)]

    def event_at(self, offset: int) -> Event | None:
        """The event that a stretch of text speaks of: the last one begun before it, else the first."""
        within = [e for e in self.events() if e.evidence.start <= offset < e.evidence.end]
        if within:
            return max(within, key=lambda e: e.evidence.start)
        wholes = [e for e in self.events() if e.type != "appointment" and not e.part_of]
        before = [e for e in wholes if e.evidence.start <= offset]
        return max(before, key=lambda e: e.evidence.start) if before else next(iter(wholes or self.events()), None)


def _place(m: Mention) -> tuple[int, int, str]:
    """Mentions stand in the order of their beginnings, the longer first."""
    return m.start, -m.end, m.kind
