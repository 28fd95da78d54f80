"""Titles in 《》: what is a document, what a lecture or a work, and what was done with it.

``会议宣读了《市长签批全国文明城市创建督查情况制度》文件`` names a document and says that it was read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kg.extract.draft import Draft
from kg.lexicon import load
from kg.model import DocumentUse, Evidence, Mention, Ref
from kg.rules import Match, load_rules

Action = Literal["read", "issued", "cited", "distributed", "drafted"]
_ACTIONS: dict[str, Action] = {
    "read": "read",
    "issued": "issued",
    "cited": "cited",
    "distributed": "distributed",
    "drafted": "drafted",
}

_LIST_GAP = re.compile(r"[、，和与及]?$")
_SHORT = re.compile(r"《[^《》]+》[^《》。]{0,4}（(?:以下)?简称[：:]?[“《](?P<short>[^”》]{2,16})[”》]")


def _titles(norm: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost 《…》 of the stretch; one that is never closed ends nothing and is passed over."""
    found: list[tuple[int, int]] = []
    depth, opened = 0, -1
    at = norm.find("《", start, end)
    while 0 <= at < end:
        char = norm[at]
        if char == "《":
            opened = at if depth == 0 else opened
            depth += 1
        elif char == "》" and depth:
            depth -= 1
            if depth == 0:
                found.append((opened, at + 1))
        elif char in "。\n" and depth:
            # a title does not run over a sentence: forget the bracket that was left open
            depth = 0
        at += 1
        if depth == 0:
            at = norm.find("《", at, end)
    return found


@lru_cache(maxsize=4)
def _cues(extra: Path | None) -> dict[tuple[str, str], tuple[str, ...]]:
    """(side, meaning) → the words of the list ``title-cues``."""
    table = load("title-cues", extra)
    pairs = {(row["side"], row["means"]) for row in table}
    return {pair: tuple(r["word"] for r in table if (r["side"], r["means"]) == pair) for pair in pairs}


def _subkind(norm: str, start: int, end: int, extra: Path | None) -> str:
    """lecture, work or "" (a document).

    A talk needs words on both sides, unless the words before say outright that a title follows (题为《…》).
    """
    cues = _cues(extra)
    before, title = norm[:start], norm[start + 1 : end - 1]
    talk = before.endswith(cues["before", "lecture"])
    # 围绕《论科技自立自强》作专题辅导
    theme = before.endswith(cues["before", "theme"]) and not title.endswith(cues["end", "document"])
    if theme and norm.startswith(cues["after", "talk"], end):
        return "lecture"
    if talk and (before.endswith("题为") or norm.startswith(cues["after", "lecture"], end)):
        return "lecture"
    if (
        title.endswith(cues["end", "work"])
        or before.endswith(cues["before", "work"])
        or norm.startswith(cues["after", "work"], end)
    ):
        return "work"
    return ""


def _talk(norm: str, start: int, extra: Path | None) -> bool:
    """Whether the words before a title are those before a talk (作了《…》)."""
    cues = _cues(extra)
    return norm[:start].endswith((*cues["before", "lecture"], *cues["before", "theme"]))


def _full_names(titles: list[str], norm: str) -> dict[str, str]:
    """Short form → long title: 《部署》 is 《关于在…中加强基层基础工作的部署》 of the same article."""
    full: dict[str, str] = {}
    for m in _SHORT.finditer(norm):
        long = next((t for t in titles if norm.rfind(t, 0, m.start("short")) >= 0 and t != m["short"]), "")
        if long:
            full[m["short"]] = long
    for short in titles:
        longer = [t for t in titles if len(t) > len(short) and (t.endswith(short) or (len(short) >= 4 and short in t))]
        if longer and short not in full:
            full[short] = max(longer, key=len)
    return full


def find(draft: Draft) -> None:
    """Adds a document mention for each title in 《》 of the article's prose."""
    norm = draft.norm
    spans = _titles(norm, *draft.article.prose)
    if not spans:
        return
    full = _full_names([norm[s + 1 : e - 1] for s, e in spans], norm)
    kinds = [_subkind(norm, s, e, draft.extra) for s, e in spans]
    # 作了《甲》和《乙》的专题讲座: the words before stand by the first, those behind by the last
    for i, (start, _) in enumerate(spans[:-1]):
        last = i
        while last + 1 < len(spans) and _LIST_GAP.fullmatch(norm[spans[last][1] : spans[last + 1][0]]):
            last += 1
        if last > i and not kinds[i]:
            kinds[i] = _subkind(norm, start, spans[last][1], draft.extra) if _talk(norm, start, draft.extra) else ""
    for i in range(len(spans) - 2, -1, -1):  # 《甲》《乙》等节目: what follows the last is said of all
        gap = norm[spans[i][1] : spans[i + 1][0]]
        if not kinds[i] and kinds[i + 1] and len(gap) <= 1 and _LIST_GAP.match(gap):
            kinds[i] = kinds[i + 1]
    for i in range(1, len(spans)):  # 演唱《甲》《乙》: what precedes the first, too
        gap = norm[spans[i - 1][1] : spans[i][0]]
        if not kinds[i] and kinds[i - 1] and len(gap) <= 1 and _LIST_GAP.match(gap):
            kinds[i] = kinds[i - 1]
    draft.add(
        Mention(
            kind="document",
            start=s,
            end=e,
            text=draft.text[s:e],
            name=full.get(norm[s + 1 : e - 1], draft.text[s + 1 : e - 1]),
            rule="document-title",
            subkind=kind,
            score=0.98,
        )
        for (s, e), kind in zip(spans, kinds, strict=True)
    )


def _agent(mention: Mention | None) -> Ref | None:
    if mention is None:
        return None
    if mention.kind == "body":
        return Ref("body", mention.name)
    return Ref("jurisdiction" if mention.subkind == "admin" else "body", mention.name)


def uses(draft: Draft) -> None:
    """Appends a :class:`DocumentUse` for each document: what was done with it, by whom if said, at which event.

    A document that is only mentioned is cited; one that is said to be issued or read is not cited besides.
    """
    documents = [m for m in draft.of("document") if not m.subkind]
    if not documents:
        return
    tagged = draft.layer("document", "body", "place", "person", "quantity")
    said: dict[int, DocumentUse] = {}
    for found in load_rules("document", draft.extra).find(tagged):
        agent = _agent(found.mention("by") or found.mention("of"))
        for mention in found.mentions():
            if mention.kind == "document" and not mention.subkind:
                said.setdefault(mention.start, _use(draft, mention, found.rule.result["action"], found, agent))
    stated = {use.document for use in said.values()}
    for mention in documents:
        if mention.start in said:
            use = said[mention.start]
        elif mention.name in stated:
            continue
        else:
            use = _use(draft, mention, "cited", None, None)
        if not any(isinstance(f, DocumentUse) and f.row() == use.row() for f in draft.facts):
            draft.facts.append(use)


def _use(draft: Draft, mention: Mention, action: str, found: Match | None, by: Ref | None) -> DocumentUse:
    start, end = found.span() if found else (mention.start, mention.end)
    event = draft.event_at(mention.start)
    rule = found.rule.name if found else "document-cited"
    return DocumentUse(
        document=mention.name,
        action=_ACTIONS[action],
        evidence=Evidence(start, end, rule, found.rule.score if found else 0.8),
        by=by,
        event=event.key if event else "",
    )
