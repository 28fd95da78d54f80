"""Lists of bodies and places: the head that all items share, and what 等单位, 等企业 tell of the items before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kg import lexicon
from kg.errors import LexiconError
from kg.extract.ground import Candidate
from kg.extract.heads import HeadFinder
from kg.extract.vocabulary import LEVELS, cut, vocabulary
from kg.model import Mention

#: heads that say little of their items: 商户、环卫、执法中队等部门
_VAGUE = ("部门", "委局")
_TOWN_OF = re.compile(r"[一-龥]{2,6}?(?:街道|镇|乡)(?![镇乡])")
_BARE_RULES = ("body-department", "body-organ", "body-in-list")
_NEXT = re.compile(r"、(?:[一-龥“”]{2,5}、)*")


class _Head(NamedTuple):
    """A head that a list shares: what its items are, and whether they are names without it."""

    word: str
    kind: str
    subkind: str
    whole: bool


class _Shared(NamedTuple):
    """The heads that lists share (list-heads.tsv), and where they stand."""

    heads: Mapping[str, _Head]
    after_etc: re.Pattern[str]
    counted: re.Pattern[str]
    last: re.Pattern[str]
    for_all: re.Pattern[str]
    #: the heads of ``for_all``: a quick look
    of_all: tuple[str, ...]


@lru_cache(maxsize=4)
def _shared(extra: Path | None) -> _Shared:
    table, rows = lexicon.load("list-heads", extra), vocabulary(extra).head_rows
    heads: dict[str, _Head] = {}
    for row in table:
        word = row["head"]
        named = row if row["kind"] else rows.get(word)
        if named is None:
            raise LexiconError(f"lexicon list-heads: {word!r} is not in the list heads; give it a kind and a subkind")
        heads[word] = _Head(word, named["kind"], named["subkind"], row["items"] == "whole")

    def words(where: str) -> str:
        return "|".join(sorted(table.words(where=where), key=len, reverse=True))

    return _Shared(
        heads,
        # 等5个|公安分局, 等单位, 等一大批电商直播|企业: a count, and before some heads a few words that describe
        re.compile(
            r"等(?:共?(?:[0-9一二三四五六七八九十百两]+|多|余|数|几)+[余多]?[个家所名]|一大?批)?"
            rf"(?:[^，。；：、“”\n]{{1,6}}?(?={words('described')}))?(?=(?P<head>{words('etc')}))"
        ),
        # how many they are, and what: 桃林、茂林|两镇, 云山、天池、花海|三个景区
        re.compile(
            r"(?:(?<![等共约])(?:[两二三四五六七八九十]|[0-9]{1,2})个|[两三四五六](?=[镇乡]))"
            rf"(?=(?P<head>{words('count')}))"
        ),
        # or the last alone says it: 、六安|法庭
        re.compile(rf"(?=(?P<head>{words('last')}))(?:(?<=、[一-龥]{{2}})|(?<=、[一-龥]{{3}}))"),
        # a head that the last item prints for all: 来到柳溪、桃林和松岗|代表团, 天河、龙涌口、海桂|工业区
        re.compile(
            r"(?<=[到在入加赴了对由：，。与将动])"
            r"(?P<items>(?!了)(?:[一-龥]{2,5}、)+[一-龥]{2,5}?(?:[和及与][一-龥]{2,5}?)?|[一-龥]{2,3}[和与][一-龥]{2,3})"
            rf"(?P<head>{words('all')})"
        ),
        table.words(where="all"),
    )


@lru_cache(maxsize=4)
def _town_offices(extra: Path | None) -> frozenset[str]:
    return frozenset(lexicon.load("town-offices", extra).words())


def offices_of_town(mentions: list[Mention], norm: str, extra: Path | None = None) -> list[Mention]:
    """The offices of a list that only towns have are those of the town named last: 双沟镇… 综合执法队、司法所、妇联."""
    ordered = sorted(mentions, key=lambda m: m.start)
    out: list[Mention] = []
    run: list[Mention] = []
    town = ""
    for m in [*ordered, None]:
        bare = m is not None and m.kind == "body" and m.rule in _BARE_RULES and m.name[0] not in LEVELS
        joined = run and m is not None and _NEXT.fullmatch(norm, run[-1].end, m.start)
        if run and not (bare and joined):
            if town and len(run) > 2 and any(x.name in _town_offices(extra) for x in run):
                run = [replace(x, name=town + x.name) for x in run]
            out += run
            run = []
        if m is None:
            break
        if bare:
            run.append(m)
            continue
        if m.subkind == "street" and (found := _TOWN_OF.match(m.name)):
            town = found[0]
        out.append(m)
    return out


class ListFinder(HeadFinder):
    """Finds candidates by the heads that lists share."""

    def find_lists(self) -> None:
        """``嵩山路、洁云路等5个公安分局``: the head after 等 is every item's; 等单位, 等企业 tell what items are."""
        shared = _shared(self.draft.extra)
        for m in shared.after_etc.finditer(self.text, self.start, self.end):
            head, kind, sub, own = shared.heads[m["head"]]
            own = own or self.text[m.end() - 1] not in "等个家所名批"  # 等老旧|小区
            for start, end in self._items_before(m.start() - 2 * self.text.endswith("在内", 0, m.start())):
                if any(c.start <= start and c.end == end and c.kind != "place" for c in self.found) and own:
                    continue
                if (
                    own
                    and head in _VAGUE
                    and not (end - start > 2 and self.text[end - 1] in "局办委队站所心院校司厅部会组")
                ):
                    continue
                if own and self._names(list(reversed(cut(self.text[start:end])))) < 0.8:
                    continue
                self.found = [c for c in self.found if not (start <= c.start and c.end <= end)]
                self.found.append(
                    Candidate(
                        start,
                        end,
                        kind,
                        sub,
                        "list-with-shared-head" if not own else "list-of-bodies",
                        0.86,
                        "" if own else head,
                    )
                )

        for pattern in (shared.counted, shared.last) if "、" in self.text else ():
            for m in pattern.finditer(self.text, self.start, self.end):
                self._counted(m, shared.heads[m["head"]])

        if any(head in self.text for head in shared.of_all):
            for m in shared.for_all.finditer(self.text, self.start, self.end):
                self._for_all(m, shared.heads[m["head"]])

    def _for_all(self, m: re.Match[str], shared: _Head) -> None:
        """Adds the items of a list whose last prints the head of all, if none of them is a word or has a head."""
        rows, common = self.vocabulary.head_rows, self.vocabulary.common
        head, kind, sub, _ = shared
        spans: list[tuple[int, int]] = []
        at = m.start("items")
        for item in re.split(r"[、和及与]", m["items"]):
            if not item:  # two marks beside each other
                at += 1
                continue
            ends = any(item[-n:] in rows for n in (2, 3)) or len(item) > 2 and item[-1] in "镇乡村路街"
            verb = any(len(w) > 1 and w in self.vocabulary.edges for w in cut(item))
            if item in common and kind != "body" or item[0] in LEVELS or ends or verb:
                return
            spans.append((at, at + len(item)))
            at += len(item) + 1
        if any(start <= p.start < end for start, end in spans for p in self.persons):
            return
        for start, end in spans:
            stop = m.end() if end == m.end("items") else end
            self.found = [c for c in self.found if not (start <= c.start and c.end <= stop)]
            left_out = "" if stop > end else head
            self.found.append(Candidate(start, stop, kind, sub, "list-with-shared-head", 0.9, left_out, True))

    def _counted(self, m: re.Match[str], shared: _Head) -> None:
        """Adds the short items of a list whose head is printed once, behind the count that ``m`` matches."""
        text, common = self.text, self.vocabulary.common
        end, at = m.span()
        head, kind, sub, whole = shared
        items = self._items_before(end)
        names = [text[start:stop] for start, stop in items]
        if whole or any(len(name) > 4 or name in common or name.endswith((head, head[-1])) for name in names):
            return
        last = at + len(head)
        for start, _ in items:
            self.found = [c for c in self.found if not (start <= c.start and c.end <= last)]
        for start, stop in items:
            if stop == end == at:  # the last has the head itself: 、六安法庭
                self.found.append(Candidate(start, last, kind, sub, "list-with-shared-head", 0.86))
            else:
                self.found.append(Candidate(start, stop, kind, sub, "list-with-shared-head", 0.86, head))

    def _items_before(self, at: int) -> list[tuple[int, int]]:
        """The items of the list that ends at ``at``: 、-separated, up to the first word that belongs to no name."""
        items: list[tuple[int, int]] = []
        end = at
        while True:
            start = self.unit_of(end).start
            last = self.text[start - 1 : start] != "、"
            if start >= end:
                break
            unit = self.unit_of(start)
            starts = unit.starts
            for i in range(len(starts) - 1, 0, -1):
                word = unit.words[i - 1]
                if starts[i] < end and (
                    word in self.vocabulary.edges
                    and word not in self.vocabulary.nominal
                    or word in self.vocabulary.role_rows
                ):
                    start, last = max(start, starts[i]), True
                    break
            if not 2 <= end - start <= 16 or any(start <= p.start < end for p in self.persons):
                break
            inner = next((e for e in self._ends if start < e < end and self.text[e] in "及和与"), None)
            items += [(start, end)] if inner is None else [(inner + 1, end), (start, inner)]
            if last:
                break
            end = start - 1
        return items if len(items) > 1 else []
