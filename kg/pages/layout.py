"""A page as it was understood: articles with headlines and bylines, what belongs to none, and what is doubtful."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kg.model import Article, Byline, BylineRole, Doubt, Page, Span
from kg.pages import headlines, script, stamps
from kg.pages.blocks import sheet
from kg.pages.bounds import bounds
from kg.pages.drafts import Bounds, Draft
from kg.pages.lines import Sheet
from kg.pages.unwrap import Unwrapped, unwrap
from kg.rules.fold import fold

_MARKS = re.compile(r"^[#>\s*_]+|[#*_\s]+$")
#: below this score a headline is called a guess
_UNSURE = 0.6
_HEADING = re.compile(r"#+[ \t\u3000]*\Z")
_PART = re.compile(r"\S+")
#: a headline run together with others in one line: how near to its article, how long at least, how surely its own
_BESIDE, _LEAST, _OWN = 4, 4, 1.0
_SPACES = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(frozen=True, slots=True)
class Loose:
    """Text of a page that belongs to no article. ``kind`` is headline, banner, caption, meta or text."""

    kind: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page was understood."""

    page: Page
    articles: tuple[Article, ...]
    unassigned: tuple[Loose, ...]
    doubts: tuple[Doubt, ...]


def articles(page: Page, extra: Path | None = None) -> tuple[Article, ...]:
    """The news items of a page, in the order of their first lines: ``a1`` begins ``本报讯 6月 26日，二七区召开``.

    ``extra`` is the user's own folder of rules and word lists (leads, bylines, furniture, banners).
    """
    return layout(page, extra).articles


def layout(page: Page, extra: Path | None = None) -> Layout:
    """Everything that the page's layout says: articles, the text that belongs to none, doubts.

    ``extra`` is the user's own folder of rules and word lists (leads, bylines, furniture, banners).
    """
    plain = script.simplified(page.text)
    taken = sheet(plain, extra)
    found = bounds(taken)
    shown, choices = _assigned(taken, found)
    _take_out(found, shown, choices)
    out = []
    used: set[int] = set()
    for draft, choice in zip(found.drafts, choices, strict=True):
        used.update(choice.lines)
        out.append(_article(page, plain, taken, draft, choice, shown))
    out = _dated(plain, out)
    loose = _loose(page, taken, found, shown, used)
    doubts = list(page.doubts)
    doubts += [d for article in out for d in article.doubts]
    doubts += [
        Doubt("unassigned", f"belongs to no article: {x.text[:30]}", (x.span,)) for x in loose if x.kind != "meta"
    ]
    return Layout(page, tuple(out), loose, tuple(doubts))


def _dated(text: str, found: list[Article]) -> list[Article]:
    """The articles with the day of publication that the page prints for each.

    It stands under the headline, else in the paper's own line, at the head of the page, above the items of one
    issue, or at the foot of the page.
    """
    placed = [(*_extent(a), k) for k, a in enumerate(found) if a.offsets or a.headline_spans]
    if not placed:
        return found
    placed.sort()
    days: dict[int, date] = {}
    end = 0
    day = stamps.at_head(text, placed[0][0])
    for begin, until, k in placed:
        # a bare day above an item is of its issue where the first item has one above it too, else it may close an item
        day = (stamps.of_paper(text, end, begin, alone=day is not None) if end else None) or day
        if day:
            days[k] = day
        end = max(end, until)
    foot = None if days else stamps.of_paper(text, end, len(text))
    for k, a in enumerate(found):
        own = stamps.stamped(text, a.headline_spans, a.offsets[0]) if a.offsets else None
        if told := own or days.get(k, foot):
            found[k] = replace(a, published=told)
    return found


def _extent(article: Article) -> tuple[int, int]:
    """Where an article, headline and body, begins and ends on its page."""
    spans = article.headline_spans
    ends = [at + 1 for at in article.offsets[-1:]]
    places = [*article.offsets[:1], *ends, *(s.start for s in spans), *(s.end for s in spans)]
    return min(places), max(places)


@dataclass(slots=True)
class _Shown:
    """The display lines of a page, the raw span of each, and the unit that each is part of."""

    lines: list[headlines.Display]
    spans: list[Span]
    units: list[int]


def _assigned(page: Sheet, found: Bounds) -> tuple[_Shown, list[headlines.Choice]]:
    """The display lines, and which of them are the headline of each article.

    A line of several headlines run together (``县委中心组集体学习 全县防火会议召开``) is taken apart where an article
    would have none otherwise and every part finds another article.
    """
    shown = _display_lines(page, found)
    texts = ["".join(page.words(b) for b in d.blocks if b.kind == "body") for d in found.drafts]
    if not texts:
        return shown, []
    items = frozenset(d.number for d in found.drafts if not d.lead)
    if all(found.drafts[k].byline_from is not None for k in items):
        items = frozenset()  # these are articles like any other, only without a marker
    none = frozenset(d.number for d in found.drafts if d.brief)
    choices = headlines.assign(shown.lines, texts, items, none)
    without = [a for a, choice in enumerate(choices) if not choice.lines and a not in none]
    joined = _run_together(page, found, without) if without else frozenset()
    if not joined:
        return shown, choices
    apart = _display_lines(page, found, joined)
    parted = headlines.assign(apart.lines, texts, items, none)
    evidence = headlines.weigh(apart.lines, texts)
    owners: dict[int, dict[int, float]] = {}
    whole = Counter(unit for unit in apart.units if unit in joined)
    for a, choice in enumerate(parted):
        for i in choice.lines:
            if (unit := apart.units[i]) in joined:
                surest = owners.setdefault(unit, {})
                surest[a] = max(surest.get(a, 0.0), evidence[i].get(a, 0.0))
                whole[unit] -= 1
    good = frozenset(u for u, of in owners.items() if len(of) > 1 and min(of.values()) >= _OWN and not whole[u])
    if not good:
        return shown, choices
    if len(good) < len(joined):
        apart = _display_lines(page, found, good)
        parted = headlines.assign(apart.lines, texts, items, none)
    if sum(bool(choice.lines) for choice in parted) <= sum(bool(choice.lines) for choice in choices):
        return shown, choices
    return apart, parted


def _run_together(page: Sheet, found: Bounds, without: Sequence[int]) -> frozenset[int]:
    """The units near an article without headline that may be several headlines in one line."""
    near = {a + k for a in without for k in range(-_BESIDE, _BESIDE + 1)}
    joined = set()
    for k, unit in enumerate(found.units):
        block = unit.block
        if unit.after in near and block.first == block.last and unit.inside < 0 and not block.banner:
            parts = page.lines[block.first].text.split()
            if len(parts) > 1 and all(len(part) >= _LEAST for part in parts):
                joined.add(k)
    return frozenset(joined)


def _display_lines(page: Sheet, found: Bounds, apart: frozenset[int] = frozenset()) -> _Shown:
    """Every display line with its place; the parts of the units ``apart`` are lines of their own."""
    shown = _Shown([], [], [])
    units = found.units
    between: dict[int, int] = {}
    for unit in units:
        if unit.inside < 0:
            between[unit.after] = between.get(unit.after, 0) + 1
    seen: dict[int, int] = {}
    blocks = len(units)
    for b, unit in enumerate(units):
        behind = ahead = 0
        if unit.inside < 0:
            behind = seen.get(unit.after, 0)
            seen[unit.after] = behind + 1
            ahead = between[unit.after] - behind - 1
        above = units[b - 1].block if b else None
        together = above is not None and above.last == unit.block.first - 1 and above.banner == unit.block.banner
        if together and not page.wrapped and not page.lines[unit.block.first].gap and shown.lines:
            number = shown.lines[-1].block  # 甲到乙镇调研时强调 ⏎ 扛牢责任 巩固优势: one headline in two lines
        else:
            number = b
        place = (unit.after, unit.sure, unit.block.banner, behind, ahead, unit.inside, unit.piece, unit.opens)
        for i in range(unit.block.first, unit.block.last + 1):
            line = page.lines[i]
            if b in apart:
                for part in _PART.finditer(line.text):
                    shown.lines.append(headlines.Display(part.group(), blocks, *place))
                    shown.spans.append(Span(line.start + part.start(), line.start + part.end()))
                    shown.units.append(b)
                    blocks += 1
                continue
            text = _MARKS.sub("", line.text)
            if text:
                start = line.start + line.text.index(text)
                shown.lines.append(headlines.Display(text, number, *place))
                shown.spans.append(Span(start, start + len(text)))
                shown.units.append(b)
    return shown


def _take_out(found: Bounds, shown: _Shown, choices: Sequence[headlines.Choice]) -> None:
    """Takes the display lines that turned out to be headlines out of the articles in whose middle they stand."""
    for choice in choices:
        for i in choice.lines:
            if shown.lines[i].inside >= 0:
                block = found.units[shown.units[i]].block
                inside = found.drafts[shown.lines[i].inside]
                inside.blocks = [b for b in inside.blocks if b is not block]


def _article(
    page: Page,
    plain: str,
    taken: Sheet,
    draft: Draft,
    choice: headlines.Choice,
    shown: _Shown,
) -> Article:
    body = unwrap(taken, draft, page.text)
    text = body.text
    if plain is not page.text:
        text = "".join(c if c == "\n" else plain[at] for c, at in zip(text, body.offsets, strict=True))
    spans = tuple(shown.spans[i] for i in choice.lines)
    words = [_SPACES.sub(" ", page.text[span.start : span.end]) for span in spans]
    runner_up = ""
    if choice.runner_up >= 0:
        other = shown.spans[choice.runner_up]
        runner_up = page.text[other.start : other.end]
    written: dict[tuple[str, BylineRole], list[Span]] = {}
    for name, start, end in draft.names:
        key = (_SPACES.sub("", page.text[start:end]), name.role)
        spans_of = written.setdefault(key, [])
        if Span(start, end) not in spans_of:
            spans_of.append(Span(start, end))
    names = tuple(Byline(person, role, tuple(at)) for (person, role), at in written.items())
    return Article(
        page=page.name,
        key=f"a{draft.number + 1}",
        headline=" ".join(words),
        headline_spans=spans,
        text=body.text,
        norm=fold(text),
        offsets=body.offsets,
        prose=body.prose,
        bylines=names,
        headline_score=choice.score,
        runner_up=runner_up,
        doubts=tuple(_article_doubts(draft, choice, body, spans, runner_up)),
        jumps=body.jumps,
    )


def _article_doubts(
    draft: Draft, choice: headlines.Choice, body: Unwrapped, spans: tuple[Span, ...], runner_up: str
) -> Iterator[Doubt]:
    """What a reader should know before trusting an article."""
    for before, after, seam in body.joins:
        if seam:
            yield Doubt("seam", "this part may belong to the article beside it", (before, after))
        else:
            yield Doubt("broken-sentence", "the sentence may not go on where the next column begins", (before, after))
    if not draft.complete and body.offsets:
        end = body.offsets[-1] + 1
        yield Doubt("broken-sentence", "the article breaks off in mid-sentence", (Span(max(0, end - 12), end),))
    if spans and choice.displaced:
        yield Doubt("displaced-headline", "the headline stands away from the article", spans)
    if spans and choice.score < _UNSURE:
        other = f"; {runner_up} is nearly as likely" if runner_up else ""
        yield Doubt("ambiguous-headline", f"the headline is a guess{other}", spans)


def _loose(page: Page, taken: Sheet, found: Bounds, shown: _Shown, used: set[int]) -> tuple[Loose, ...]:
    """What belongs to no article, in the order of the page."""
    kinds = {"body": "text", "byline": "caption", "display": "headline"}
    out = []
    for block in found.loose:
        span = Span(taken.lines[block.first].start, taken.lines[block.last].end)
        out.append(Loose(kinds.get(block.kind, block.kind), page.text[span.start : span.end], span))
    for i, (line, span) in enumerate(zip(shown.lines, shown.spans, strict=True)):
        if i not in used and line.inside < 0:
            mark = _HEADING.search(page.text, max(0, span.start - 10), span.start)
            span = Span(mark.start(), span.end) if mark else span
            out.append(Loose("banner" if line.banner else "headline", page.text[span.start : span.end], span))
    return tuple(sorted(out, key=lambda x: x.span.start))
