"""Targets: measurable promises, duties and finished figures.

``二七区将在2021年6月底前完成467个小区改造工作`` is a target of 467 by 30 June 2021; 八个方面, who attended and
ages are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.extract import target_sentence as told
from kg.extract.draft import Draft
from kg.extract.quantities import role
from kg.extract.target_sentence import Sentence
from kg.model import Evidence, Mention, Quantity, Rejected, Target, When
from kg.rules import Match, RuleSet, Tagged, load_rules, tag
from kg.rules.engine import expand

_LAYER = frozenset(("quantity", "date", "document", "person"))
#: no sentence is longer: what has no full stop for so long is no prose
_SENTENCE = re.compile(r"[^。！？；\n]{1,600}(?:[。！？；\n]”?|$)|[^。！？；\n]{1,600}[，、]|[^。！？；\n]{1,600}")
_CLAUSE = re.compile(r"[^，：]+[，：]?")
_ONE = re.compile(r"一|每")
_FEW = re.compile(r"[二两三四五六七八九十][项条种类张大]")
_BOUND = ("达", "不少于", "不低于", "超过", "逾", "超", "至少", "多达", "高达", "最高", "突破")
_ENDING = re.compile(r"[，要将]*(?:[^，]{0,6}?)(?:" + told.END.pattern + ")")


@lru_cache(maxsize=8)
def _rules(extra: Path | None) -> RuleSet:
    return load_rules("target", extra)


@lru_cache(maxsize=8)
def _words(extra: Path | None) -> re.Pattern[str]:
    """Verbs that may stand behind a term (7月30日之前完成…)."""
    return re.compile(expand("{deeds:deed}|{deeds:finish}", {}, extra))


@lru_cache(maxsize=8)
def _attending(extra: Path | None) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lexicon.load("deeds", extra).words(role="attend"))))


def find(draft: Draft) -> None:
    """Appends a :class:`Target` for every measurable promise, duty or finished figure of the article.

    Needs the dates, quantities and persons of the draft; initiatives, bodies and places are used where there are
    any (to what a target belongs, and who is to do it). Quantities that a rule refuses go to ``draft.rejected``.
    """
    start, end = draft.article.prose
    marks = [m.start for m in draft.mentions if m.kind == "quantity" or m.kind == "date"]
    if not marks:
        return
    sentences: list[Sentence] = []
    plans = told.Plans(draft)
    everything = [m.start for m in draft.mentions]
    at = 0
    for stretch in _SENTENCE.finditer(draft.norm, start, end):
        first, last = stretch.span()
        at = bisect_left(marks, first, at)
        if at == len(marks):
            break
        if marks[at] >= last:
            continue
        here = draft.mentions[bisect_left(everything, first) : bisect_left(everything, last)]
        counted = [m for m in here if m.kind == "quantity"]
        dated = [m for m in here if m.kind == "date" and not _titled(draft.norm, m.start)]
        clauses = [m.span() for m in _CLAUSE.finditer(draft.norm, first, last)]
        sentence = Sentence(draft, first, last, here, counted, dated, clauses, plans)
        if any(q.subkind != "ordinal" for q in counted) or sentence.terms:
            sentences.append(sentence)
    if not sentences:
        return
    for sentence, matches in zip(sentences, _matches(sentences), strict=True):
        _read(sentence, matches)
        draft.facts += _with_parts([t for _, t in sorted(sentence.found, key=lambda f: f[0])])


def _matches(sentences: list[Sentence]) -> list[list[Match]]:
    """What the rules find in each sentence, rule by rule; all sentences are looked through at once, a line for each."""
    draft = sentences[0].draft
    begins: list[int] = []
    lines: list[str] = []
    starts: list[int] = []
    mentions: dict[int, Mention] = {}
    for sentence in sentences:
        line = tag(draft.norm, [m for m in sentence.mentions if m.kind in _LAYER], sentence.start, sentence.end)
        begin = len(starts)
        begins.append(begin)
        lines.append(line.text)
        starts += line.starts  # the last one, where the sentence ends, is that of the line's end
        for i, mention in line.mentions.items():
            mentions[begin + i] = mention
    found: list[list[Match]] = [[] for _ in sentences]
    for match in _rules(draft.extra).find(Tagged("\n".join(lines), tuple(starts), mentions)):
        found[bisect_right(begins, match.match.start()) - 1].append(match)
    return found


def _titled(norm: str, at: int) -> bool:
    """Whether a place lies in 《》."""
    return norm.rfind("《", max(0, at - 60), at) > norm.rfind("》", max(0, at - 60), at)


def _read(sentence: Sentence, matches: list[Match]) -> None:
    """The targets of one sentence, rule by rule."""
    terms: list[Match] = []
    for match in matches:
        finds = match.rule.result.get("finds", "figure")
        if finds == "due":
            terms.append(match)
            continue
        group = next((g for g in ("q", "list", "points", "upto") if match.has(g)), "")
        mentions = match.mentions(group)
        if group == "upto":
            begin, _ = sentence.clauses[sentence.clause(mentions[0].start)]
            mentions = [m for m in sentence.quantities if begin <= m.start <= mentions[0].start]
        for mention in mentions:
            if match.has("skip"):
                whole = match.mentions("skip")[0]
                if whole.subkind == "ordinal" or not _same_unit(whole, mention):
                    continue
                sentence.claimed.add(whole.start)
            if mention.kind != "quantity" or mention.subkind == "ordinal" or mention.start in sentence.claimed:
                continue
            _claim(sentence, match, mention, finds)
    for match in terms:
        _due(sentence, match)


def _claim(sentence: Sentence, match: Match, mention: Mention, finds: str) -> None:
    """One quantity under one rule: refused, taken as a target, or left to the next rule."""
    draft, value = sentence.draft, mention.value
    if not isinstance(value, Quantity):
        return
    kind = role(value.unit, draft.extra)
    if finds == "no":
        # more than twenty of something are no points of a speech
        if match.has("points") and (value.value > 20 or kind not in ("thing", "times")):
            return
        sentence.claimed.add(mention.start)
        draft.rejected.append(Rejected(mention.start, mention.end, mention.text, match.rule.name, match.rule.note))
        return
    if finds == "qualified" and not mention.text.startswith(_BOUND):
        return
    if finds == "part" and not sentence.found:
        return
    if (finds == "limit") != (kind == "time") or kind == "age" or _named(sentence, mention):
        return
    if finds == "limit" and match.rule.name == "target-time-limit" and not _limited(match):
        return
    single = bool(_ONE.match(mention.text)) and value.value == 1
    term = told.term_of(sentence, mention)
    if finds == "one":
        scope = match.mentions("scope")
        if not single or not scope or not _ONE.match(scope[0].text):
            return
    elif single and (term is None or sentence.clause(term.start) != sentence.clause(mention.start)):
        return
    if _FEW.match(mention.text) or mention.text.startswith("百分之百") or (kind == "times" and value.unit == "批"):
        return
    sentence.claimed.add(mention.start)
    _add(sentence, match, mention, value, term)


def _same_unit(one: Mention, other: Mention) -> bool:
    return isinstance(one.value, Quantity) and isinstance(other.value, Quantity) and one.value.unit == other.value.unit


def _limited(match: Match) -> bool:
    """Whether the last time of a list is said to be a limit (小雪6小时、中雪12小时内)."""
    times = match.mentions("list")
    last = times[-1].value
    behind = match.tagged.text[match.match.end("list") : match.match.end("list") + 2]
    return isinstance(last, Quantity) and (last.comparator == "<=" or behind.startswith(("内", "之内")))


def _named(sentence: Sentence, mention: Mention) -> bool:
    """Whether a number is part of an initiative's name."""
    initiatives = (m for m in sentence.mentions if m.kind == "initiative")
    return any(m.start < mention.start and mention.end <= m.end for m in initiatives)


def _add(sentence: Sentence, match: Match, mention: Mention, value: Quantity, term: Mention | None) -> None:
    a, b = sentence.clauses[sentence.clause(mention.start)]
    modality = told.modality_of(sentence, mention.start)
    deadline = told.deadline_of(sentence, term, modality) if term else None
    if term is not None and deadline is not None:
        sentence.used.add(term.start)
        if modality == "done" and not told.DONE.search(sentence.norm, a, b):
            modality = "planned"
    scope = told.scope_of(sentence, match, mention)
    what = told.what_of(sentence, match, mention)
    target = Target(
        what=what,
        evidence=Evidence(a, told.without_mark(sentence, b), match.rule.name, match.rule.score),
        initiative=told.initiative_of(sentence, mention.start, what),
        quantity=Quantity(value.value, value.unit, value.comparator, scope),
        deadline=deadline,
        by=told.agent_of(sentence, mention.start),
        modality=modality,
        scope=scope,
    )
    sentence.found.append((mention.start, target))


def _due(sentence: Sentence, match: Match) -> None:
    """Something to be done by a day, where no quantity is due by it."""
    date = match.mention("d")
    if date is None or date.start in sentence.used or not told.is_term(sentence, date):
        return
    a, b = match.span("after")
    own = sentence.clause(date.start)
    if any(q.subkind != "ordinal" and q.start in sentence.claimed and a <= q.start < b for q in sentence.quantities):
        return
    text = sentence.norm[a:b]
    modality = told.modality_of(sentence, date.start)
    words = _words(sentence.draft.extra)
    head = sentence.norm[sentence.start : a]
    bound = told.DEMAND.search(head) or told.PLAN.search(head) or text.startswith(("将", "把", "要"))
    if date.subkind != "deadline":
        # a month to come, or the running year where something is promised or demanded, before an end
        to_come = isinstance(date.value, When) and not told.whole_year(sentence, date.value)
        if not (bound or to_come) or not _ENDING.match(text):
            return
    elif not (words.search(text[:24]) or bound) or _attending(sentence.draft.extra).search(text):
        return
    deadline = told.deadline_of(sentence, date, "planned" if modality == "done" else modality)
    if deadline is None:
        return
    what = told.clean(sentence, a, b)
    begin, _ = sentence.clauses[own]
    if len(what) < 8:
        before = told.clean(sentence, begin, date.start)
        before = re.split(r"确保|力争|要|将|并", before)[-1]
        what = told.TRIM.sub("", before) + what
    if len(what) < 3:
        return
    sentence.used.add(date.start)
    target = Target(
        what=what[:24],
        evidence=Evidence(begin, told.without_mark(sentence, b), match.rule.name, match.rule.score),
        initiative=told.initiative_of(sentence, date.start, what),
        deadline=deadline,
        by=told.agent_of(sentence, date.start),
        modality="planned" if modality == "done" else modality,
    )
    sentence.found.append((date.start, target))


def _with_parts(targets: list[Target]) -> list[Target]:
    """Ties the parts of a sentence's total to it: 467个小区…第一批264个…第二批203个 are two parts of the first."""
    if len(targets) < 3:
        return targets
    total = targets[0]
    parts = targets[1:]
    if total.quantity is None or any(p.quantity is None or p.quantity.unit != total.quantity.unit for p in parts):
        return targets
    if sum(p.quantity.value for p in parts if p.quantity) != total.quantity.value:
        return targets
    return [total, *(replace(p, part_of=total.what) for p in parts)]
