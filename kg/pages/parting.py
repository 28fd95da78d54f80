"""Items of a page that ran into one because the headline of the second stands below it, not above.

Short items without lead marker follow one another with nothing between them but a blank line; each begins with the day
of its event, and the headline that tells it again (``8月15日，县长何立调研引水工程。`` ⏎ ``何立调研引水工程``) stands
behind it rather than before.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.pages.clues import is_told_again, opens_news, pairs_of
from kg.pages.drafts import Bounds, Draft, Unit
from kg.pages.lines import Block, Sheet


def parted(page: Sheet, found: Bounds) -> Bounds:
    """The same bounds, with articles cut where their last paragraphs are an item whose headline stands below them."""
    behind: dict[int, list[Unit]] = {}
    for unit in found.units:
        if unit.inside < 0 and not unit.block.banner:
            behind.setdefault(unit.after, []).append(unit)
    cuts: dict[int, int] = {}
    for draft in found.drafts:
        below = behind.get(draft.number + 1)
        if below and len(draft.blocks) > 1 and not draft.brief and not draft.lead:
            heads = _first_group(page, below)
            following = found.drafts[draft.number + 1].blocks if draft.number + 1 < len(found.drafts) else []
            at = _cut(page, draft.blocks, heads, following)
            if at:
                cuts[draft.number] = at
    if not cuts:
        return found
    drafts: list[Draft] = []
    moved: dict[int, int] = {}
    for draft in found.drafts:
        moved[draft.number] = len(drafts)
        at = cuts.get(draft.number, 0)
        if at:
            rest = Draft(len(drafts) + 1, draft.blocks[at:], False, draft.level, closed=draft.closed)
            if draft.byline_from is not None:
                rest.names, draft.names = draft.names, []
                rest.byline_from, draft.byline_from = draft.byline_from, None
            rest.alone, rest.seams = draft.alone & set(rest.blocks), draft.seams & set(rest.blocks)
            draft.blocks = draft.blocks[:at]
            draft.number = len(drafts)
            drafts += [draft, rest]
        else:
            draft.number = len(drafts)
            drafts.append(draft)
    moved[len(found.drafts)] = len(drafts)
    for unit in found.units:
        unit.after = moved[unit.after]
        unit.inside = moved[unit.inside] if unit.inside >= 0 else -1
    return Bounds(drafts, found.units, found.loose)


def _first_group(page: Sheet, units: Sequence[Unit]) -> list[Block]:
    """The lines of the first headline among display lines: those with no blank line between them."""
    group = [units[0].block]
    for unit in units[1:]:
        if page.lines[unit.block.first].gap or unit.block.first != group[-1].last + 1:
            break
        group.append(unit.block)
    return group


def _cut(page: Sheet, blocks: Sequence[Block], heads: Sequence[Block], following: Sequence[Block]) -> int:
    """Which block of an article begins the item that a headline below it tells; 0 for none."""
    for k in range(len(blocks) - 1, 0, -1):
        if blocks[k].kind != "body" or not blocks[k - 1].complete or not opens_news(page.words(blocks[k])):
            continue
        if not is_told_again(page, heads, blocks[k]):
            return 0
        told = pairs_of("".join(page.words(b) for b in heads))
        here = sum(pair in page.words(blocks[k])[:160] for pair in told)
        others = ["".join(page.words(b) for b in blocks[:k])]
        others += [page.words(b) for b in following[:1]]
        return k if all(sum(pair in other[:160] for pair in told) < here for other in others) else 0
    return 0
