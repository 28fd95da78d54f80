"""Quantities: numbers with a measure word, and how many people attended.

``社区（村）书记、主任等 800多人参加会议`` holds 800, 人, more than said; ``政通路53号院`` holds none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.extract.draft import Draft
from kg.extract.numerals import number
from kg.extract.sieve import Taken
from kg.model import Mention, MentionKind, Quantity
from kg.rules import Match, RuleSet, Tagged, load_rules, tag

_BIG = {"万": 10_000, "亿": 100_000_000}
_COMPARATORS = {
    "超过": ">", "逾": ">", "超": ">", "过": ">", "余": ">", "多": ">", "来": ">", "几": ">",
    "以上": ">=", "不少于": ">=", "不低于": ">=", "至少": ">=", "最少": ">=", "上": ">=", "之多": ">=", "多达": "=",
    "不足": "<", "不到": "<", "近": "<", "将近": "<",
    "不超过": "<=", "不多于": "<=", "不高于": "<=", "最多": "<=", "最高": "<=", "以内": "<=", "以下": "<=", "内": "<=",
}
#: names in which a number counts nothing, and dates, which have been read before
_TAKEN: tuple[MentionKind, ...] = ("person", "post", "body", "place", "date", "document")
_SLOGAN = re.compile(r"“([^”，。；\n]{2,12})”")
_SENTENCE_ENDS = re.compile("[。；！？\n]")
_EDGES = re.compile(r"^(?:全[区市县省镇乡校]|各|共|等|和|及|来自|，|、)+|(?:等|共|约|近|计|以及|及|和)+$")


@lru_cache(maxsize=8)
def _rules(extra: Path | None) -> tuple[RuleSet, RuleSet]:
    rules = tuple(load_rules("quantity", extra))
    return (
        RuleSet("quantity", tuple(r for r in rules if "as" in r.result)),
        RuleSet("quantity", tuple(r for r in rules if "counts" in r.result)),
    )


@lru_cache(maxsize=8)
def _roles(extra: Path | None) -> dict[str, str]:
    return {row["word"]: row["role"] for row in lexicon.load("measures", extra)}


def role(unit: str, extra: Path | None = None) -> str:
    """What a measure word counts: people, thing, money, time, share …; empty for an unknown one."""
    return "share" if unit == "%" else _roles(extra).get(unit, "")


def find(draft: Draft) -> None:
    """Adds a quantity mention for every number with a measure word; subkind people, share, ordinal or none.

    Numbers within names and dates (政通路53号院, 2019年) and within short slogans (“三个二七”) are none.
    """
    norm, (start, end) = draft.norm, draft.article.prose
    counting, _ = _rules(draft.extra)
    matches = list(counting.find(Tagged(norm[start:end], range(start, end + 1), {})))
    if not matches:
        return
    matches.sort(key=_place)
    names = [(m.start, m.end) for m in draft.of(*_TAKEN)]
    taken = Taken(names + [m.span(1) for m in _SLOGAN.finditer(norm, start, end)])
    found: list[Mention] = []
    last = start
    for match in matches:
        begin, stop = match.span()
        if begin < last or taken.touches(begin, stop):
            continue
        subkind, value = _read(match, draft.extra)
        if value is None:
            continue
        last = stop
        text = draft.text[begin:stop]
        found.append(Mention("quantity", begin, stop, text, text, match.rule.name, subkind, match.rule.score, value))
    draft.add(found)


def _place(match: Match) -> tuple[int, int]:
    begin, stop = match.match.span()
    return begin, -stop


def _read(match: Match, extra: Path | None) -> tuple[str, Quantity | None]:
    """The subkind and value of one match; None where the number cannot be told."""
    kind = match.rule.result["as"]
    groups = match.match.groupdict("")
    if kind == "ordinal":
        value = number(groups.get("num") or "一")
        return kind, Quantity(float(value), groups["unit"]) if value is not None else None
    unit = groups.get("unit") or ("人" if kind == "people" else "%")
    value = number(groups.get("num") or groups.get("cn") or "")
    if value is None:
        return "", None
    if match.rule.name == "quantity-tenths":
        value *= 10
    value *= _BIG.get(groups.get("big") or "", 1)
    signs = (groups.get("post"), groups.get("more"), groups.get("more2"), groups.get("pre"))
    comparator = next((_COMPARATORS[s] for s in signs if s and s in _COMPARATORS), "=")
    if kind == "count":
        kind = "people" if role(unit, extra) == "people" else ""
    return kind, Quantity(float(value), unit, comparator)


def attendance(draft: Draft, start: int, end: int) -> tuple[Quantity, str] | None:
    """How many attended, as a stretch of the article tells, and who was counted; None where it does not.

    ``辖区80余家区直部门、各镇办…企业代表共500余人参加`` gives 500 (more than), 区直部门、…企业代表: a total beats the
    number before a verb of attending, and families or firms (20余家企业代表) are no people.
    """
    _, counting = _rules(draft.extra)
    quantities = [m for m in draft.of("quantity") if start <= m.start and m.end <= end and m.subkind == "people"]
    if not quantities:
        return None
    tagged = tag(draft.norm, quantities, start, end)
    for match in counting.find(tagged):
        mention = match.mention("q")
        if mention is None or not isinstance(mention.value, Quantity):
            continue
        # 李四等4位副县长参加: the number closes a list of names, it is not how many came
        if mention.value.value < 20 and draft.norm[mention.start - 1 : mention.start] == "等":
            continue
        return mention.value, _counted(draft, match, mention, start)
    return None


def _counted(draft: Draft, match: Match, mention: Mention, start: int) -> str:
    """Who was counted: the noun behind the number (80余名社区居民), else the list before it."""
    behind = ""
    if match.has("after") and mention.value is not None and not mention.text.endswith("人"):
        begin, stop = match.span("after")
        behind = draft.norm[begin:stop].strip("的")
    if len(behind) > 1:
        return behind
    if match.rule.result["counts"] == "after":
        return ""
    who = _SENTENCE_ENDS.split(draft.norm[max(start, match.start - 80) : match.start])[-1]
    if match.rule.result["counts"] == "plain":
        who = _SENTENCE_ENDS.split(draft.norm[max(start, mention.start - 80) : mention.start])[-1]
    # the list of who came begins behind the clause that tells the meeting (…会议召开，全区副科级以上干部、…)
    clauses = who.split("，")
    while len(clauses) > 1 and "、" not in clauses[0] and len(clauses[-1]) > 1:
        clauses.pop(0)
    if not clauses[-1] and "、" not in "".join(clauses):
        return ""
    return _EDGES.sub("", "，".join(clauses)).strip("，、 ")
