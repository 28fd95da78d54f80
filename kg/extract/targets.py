"""Targets: measurable promises, duties and finished figures.

``二七区将在2021年6月底前完成467个小区改造工作`` is a target of 467 by 30 June 2021; 八个方面, who attended and
ages are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from kg import lexicon
from kg.extract.draft import Draft
from kg.extract.quantities import role
from kg.model import Evidence, Mention, MentionKind, Quantity, Ref, Rejected, Target, When
from kg.rules import Match, RuleSet, load_rules, tag
from kg.rules.engine import expand

Modality = Literal["planned", "demanded", "underway", "done"]

_LAYER: tuple[MentionKind, ...] = ("quantity", "date", "document", "person")
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；\n]?[”]?")
_CLAUSE = re.compile(r"[^，：]+[，：]?")
_ONE = re.compile(r"一|每")
_FEW = re.compile(r"[二两三四五六七八九十][项条种类张大]")
_BOUND = ("达", "不少于", "不低于", "超过", "逾", "超", "至少", "多达", "高达", "最高", "突破")
_DEMAND = re.compile(r"(?<![主重需纪概简摘])要(?![求素点闻事件])|务必|确保|必须|应当|不得|(?<![无供所])须|要求")
_PLAN = re.compile(
    r"(?<![即把])将(?![军领])|计划|(?<![虚模])拟(?!定)|力争|预计|争取|有望|规划|下一步|接下来|到20\d\d年|目标"
)
_DONE = re.compile(r"已(?!知)|累计|[^为]了(?![解断])|截至|截止|以来|共计|总计|顺利|过去|去年|年来|成功|获评")
_UNDERWAY = re.compile(r"正在|着重|同步|持续|(?<![改修真公端立])正(?=[在加抓全有])|陆续|加快|推进其余")
_TRIM = re.compile(
    r"^(?:[，、的了把向于并且也已拟和及与]|要求|在(?![建线校岗职])|要(?![求素点件])|将(?!军)|对(?![接口外标])|全面|各级|计划|力争|预计)+"
    r"|(?:[，、的在]|以上|左右)+$"
)
#: a date without 前 is a term only before such ends (计划2021年9月投入使用)
_END = re.compile(
    r"投入使用|投用|投产|建成|竣工|完工|开工|完成|交付|通车|开园|开业|启用|运营|实现|封顶|全覆盖|达到|突破"
)
_ENDING = re.compile(r"[，要将]*(?:[^，]{0,6}?)(?:" + _END.pattern + ")")
_AGES = re.compile(r"^(?:以上|以下|左右)?(?:的)?(?:老人|老年|人群|居民|儿童|青年|女)")
_AREA = re.compile(
    r"(?:^|[，：])(?:目前，?)?((?:全|该|我|本)(?:区|市|县|省|州|旗|镇|乡|街道))(?=要|将|已|须|应|共|计划|完成|对|打造|建)"
)
#: for whom a number holds, behind 每个, up to the verb
_EACH = re.compile(r"[^，要须应将至]{0,8}?(?=要|须|应|将|至少|打造|建|完成|配|设|成立|，)")


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


@dataclass(slots=True)
class _Sentence:
    """One sentence while its targets are read: offsets are those of the article."""

    draft: Draft
    start: int
    end: int
    quantities: list[Mention]
    dates: list[Mention]
    clauses: list[tuple[int, int]]
    claimed: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    found: list[tuple[int, Target]] = field(default_factory=list)

    @property
    def norm(self) -> str:
        return self.draft.norm

    def clause(self, at: int) -> int:
        """The number of the clause that holds an offset."""
        return max((i for i, (a, _) in enumerate(self.clauses) if a <= at), default=0)


def find(draft: Draft) -> None:
    """Appends a :class:`Target` for every measurable promise, duty or finished figure of the article.

    Needs the dates, quantities and persons of the draft; initiatives, bodies and places are used where there are
    any (to what a target belongs, and who is to do it). Quantities that a rule refuses go to ``draft.rejected``.
    """
    start, end = draft.article.prose
    quantities, dates = draft.of("quantity"), draft.of("date")
    if not quantities and not dates:
        return
    marks = sorted(m.start for m in quantities + dates)
    at = 0
    for found in _SENTENCE.finditer(draft.norm, start, end):
        while at < len(marks) and marks[at] < found.start():
            at += 1
        if at == len(marks):
            break
        if marks[at] >= found.end():
            continue
        sentence = _Sentence(
            draft,
            found.start(),
            found.end(),
            [m for m in quantities if found.start() <= m.start < found.end()],
            [m for m in dates if found.start() <= m.start < found.end() and not _titled(draft.norm, m.start)],
            [m.span() for m in _CLAUSE.finditer(draft.norm, found.start(), found.end())],
        )
        bare = all(q.subkind == "ordinal" for q in sentence.quantities)
        if bare and not any(_is_term(sentence, d) for d in sentence.dates):
            continue
        _read(sentence)
        draft.facts += _with_parts([t for _, t in sorted(sentence.found, key=lambda f: f[0])])


def _titled(norm: str, at: int) -> bool:
    """Whether a place lies in 《》."""
    return norm.rfind("《", max(0, at - 60), at) > norm.rfind("》", max(0, at - 60), at)


def _read(sentence: _Sentence) -> None:
    """The targets of one sentence, rule by rule."""
    draft = sentence.draft
    mentions = [m for m in draft.of(*_LAYER) if sentence.start <= m.start < sentence.end]
    tagged = tag(draft.norm, mentions, sentence.start, sentence.end)
    terms: list[Match] = []
    for match in _rules(draft.extra).find(tagged):
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


def _claim(sentence: _Sentence, match: Match, mention: Mention, finds: str) -> None:
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
    if (finds == "limit") != (kind == "time") or kind == "age" or _named(draft, mention):
        return
    if finds == "limit" and match.rule.name == "target-time-limit" and not _limited(match):
        return
    single = bool(_ONE.match(mention.text)) and value.value == 1
    term = _term(sentence, mention)
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


def _named(draft: Draft, mention: Mention) -> bool:
    """Whether a number is part of an initiative's name."""
    return any(m.start <= mention.start and mention.end <= m.end for m in draft.of("initiative"))


def _add(sentence: _Sentence, match: Match, mention: Mention, value: Quantity, term: Mention | None) -> None:
    draft = sentence.draft
    a, b = sentence.clauses[sentence.clause(mention.start)]
    modality = _modality(sentence, mention.start)
    deadline = _deadline(sentence, term, modality) if term else None
    if term is not None and deadline is not None:
        sentence.used.add(term.start)
        if modality == "done" and not _DONE.search(sentence.norm, a, b):
            modality = "planned"
    scope = _scope(sentence, match, mention)
    target = Target(
        what=_what(sentence, match, mention),
        evidence=Evidence(a, _last(sentence, b), match.rule.name, match.rule.score),
        initiative=_initiative(draft, mention.start, sentence.start),
        quantity=Quantity(value.value, value.unit, value.comparator, scope),
        deadline=deadline,
        by=_by(sentence, mention.start),
        modality=modality,
        scope=scope,
    )
    sentence.found.append((mention.start, target))


def _last(sentence: _Sentence, end: int) -> int:
    """The end of a clause without the mark that closes it."""
    while end > sentence.start and sentence.norm[end - 1] in "，：。；！？\n":
        end -= 1
    return end


# ---------------------------------------------------------------- terms


def _term(sentence: _Sentence, mention: Mention) -> Mention | None:
    """The date by which a quantity is due: in its clause (before it first), in an earlier one, or in the next."""
    here = sentence.clause(mention.start)
    dates = [d for d in sentence.dates if _is_term(sentence, d)]
    inside = [d for d in dates if sentence.clause(d.start) == here]
    before = [d for d in inside if d.start < mention.start]
    if before:
        return before[-1]
    behind = [d for d in inside if d.start > mention.end]
    if behind and not any(mention.end <= q.start < behind[0].start for q in sentence.quantities):
        return behind[0]
    earlier = [d for d in dates if sentence.clause(d.start) < here]
    if earlier:
        a, b = sentence.clauses[sentence.clause(earlier[-1].start)]
        return None if sentence.norm[a:b].rstrip("，：").endswith("后") else earlier[-1]
    # …建设，确保今年9月底前全部建成通车: the next clause has the term, and no number of its own
    following = [d for d in dates if sentence.clause(d.start) == here + 1]
    if following and here + 1 < len(sentence.clauses):
        a, b = sentence.clauses[here + 1]
        if not any(a <= q.start < b for q in sentence.quantities) and re.search("全部|全面|如期", sentence.norm[a:b]):
            return following[0]
    return None


def _is_term(sentence: _Sentence, date: Mention) -> bool:
    """Whether something can be due by a date: a deadline, a month or day to come, or the running year."""
    when = date.value
    if not isinstance(when, When):
        return False
    if date.subkind == "deadline":
        return True
    if date.subkind not in ("span", "day") or not when.latest or date.text.startswith(("截至", "截止", "自", "从")):
        return False
    if sentence.norm.startswith("以来", date.end):
        return False
    today = sentence.draft.when.latest
    if _whole_year(sentence, when):
        # 召开2020年…会议 names a meeting, 2020年，全区将… a term
        alone = date.start == sentence.start or sentence.norm[date.start - 1] in "，。：；“、在\n"
        word = date.rule == "date-year-word" or (date.rule == "date-year" and alone)
        return word and sentence.norm[date.end : date.end + 1] not in "度的"
    year = sentence.draft.context.year
    if today is None:
        to_come = bool(when.earliest and year and when.earliest.year > year)
    else:
        to_come = bool(when.earliest and when.earliest > today)
    return to_come and bool(_END.search(sentence.norm, date.end, sentence.end))


def _whole_year(sentence: _Sentence, when: When) -> bool:
    year = sentence.draft.context.year
    return year is not None and when.edtf == str(year)


def _deadline(sentence: _Sentence, term: Mention, modality: Modality) -> When | None:
    """The term as a deadline: the running year ends on its last day, and is none for what is done already."""
    when = term.value
    if not isinstance(when, When) or not when.edtf:
        return None
    if term.subkind == "deadline":
        return when
    if modality == "done":
        return None
    if _whole_year(sentence, when) and when.latest:
        return When(when.latest.isoformat(), when.latest, when.latest, when.basis)
    return when


def _due(sentence: _Sentence, match: Match) -> None:
    """Something to be done by a day, where no quantity is due by it."""
    date = match.mention("d")
    if date is None or date.start in sentence.used or not _is_term(sentence, date):
        return
    a, b = match.span("after")
    own = sentence.clause(date.start)
    if any(q.subkind != "ordinal" and q.start in sentence.claimed and a <= q.start < b for q in sentence.quantities):
        return
    text = sentence.norm[a:b]
    modality = _modality(sentence, date.start)
    words = _words(sentence.draft.extra)
    head = sentence.norm[sentence.start : a]
    bound = _DEMAND.search(head) or _PLAN.search(head) or text.startswith(("将", "把", "要"))
    if date.subkind != "deadline":
        # a month to come, or the running year where something is promised or demanded, before an end
        to_come = isinstance(date.value, When) and not _whole_year(sentence, date.value)
        if not (bound or to_come) or not _ENDING.match(text):
            return
    elif not (words.search(text[:24]) or bound) or _attending(sentence.draft.extra).search(text):
        return
    deadline = _deadline(sentence, date, "planned" if modality == "done" else modality)
    if deadline is None:
        return
    what = _clean(sentence, a, b)
    begin, _ = sentence.clauses[own]
    if len(what) < 8:
        before = _clean(sentence, begin, date.start)
        before = re.split(r"确保|力争|要|将|并", before)[-1]
        what = _TRIM.sub("", before) + what
    if len(what) < 3:
        return
    sentence.used.add(date.start)
    target = Target(
        what=what[:24],
        evidence=Evidence(begin, _last(sentence, b), match.rule.name, match.rule.score),
        initiative=_initiative(sentence.draft, date.start, sentence.start),
        deadline=deadline,
        by=_by(sentence, date.start),
        modality="planned" if modality == "done" else modality,
    )
    sentence.found.append((date.start, target))


# ---------------------------------------------------------------- what, who, how


def _clean(sentence: _Sentence, start: int, end: int) -> str:
    """A stretch in a few words: without its dates and quantities, and without the small words at its edges."""
    parts: list[str] = []
    at = start
    for m in sentence.draft.of("date", "quantity"):
        if m.end <= start or m.start >= end or m.start < at:
            continue
        parts.append(sentence.norm[at : m.start])
        at = m.end
    parts.append(sentence.norm[at:end])
    text = "".join(_TRIM.sub("", p) for p in parts if p)
    return _TRIM.sub("", text).strip("，。；：！？、\n（(")


def _what(sentence: _Sentence, match: Match, mention: Mention) -> str:
    """What is counted, in a few words of the text: the verb, and the noun before or behind the number."""
    verb = _clean(sentence, *match.span("verb")) if match.has("verb") else ""
    a, b = sentence.clauses[sentence.clause(mention.start)]
    behind = re.match(r"[^，。；：！？、（）和\n]{0,18}", sentence.norm[mention.end : _next(sentence, mention, b)])
    after = behind[0] if behind else ""
    after = _TRIM.sub("", after if not _AGES.match(after) else "")
    name = match.rule.name
    if name == "target-time-limit":
        begin = max((q.end for q in sentence.quantities if q.end <= mention.start), default=a)
        begin = max(begin, a)
        before = re.split(r"确保|做到|、", sentence.norm[begin : mention.start])[-1]
        return (_TRIM.sub("", before) + _clean(sentence, *match.span("after")))[:24]
    if name == "target-of-which":
        return (_clean(sentence, match.start, mention.start).removeprefix("其中") + after)[:24]
    if name == "target-time-spent-ahead":
        here = sentence.clause(mention.start)
        if here + 1 < len(sentence.clauses):
            return _clean(sentence, *sentence.clauses[here + 1])[:24]
        return "时间"
    if name in ("target-time-spent", "target-share-of"):
        return _clean(sentence, *match.span("after"))[:24]
    if name == "target-upon-things":
        begin = max((q.end for q in sentence.quantities if q.end <= mention.start), default=match.span("list")[0])
        begin = max(begin, match.span("list")[0], sentence.norm.rfind("、", 0, mention.start) + 1)
        before = _clean(sentence, begin, mention.start)
        after = re.split("进行|开展|实施|实行", after)[0]
        return (verb + _noun(before) + after)[:24]
    if name == "target-things-finish":
        return _clean(sentence, mention.start, match.span("verb")[1])[:24] if after else _clean(sentence, a, b)[:24]
    if name == "target-whole-with-part-done":
        return _clean(sentence, match.span("skip")[0], mention.start).replace("已", "")[:24]
    if name in ("target-deed", "target-one-for-each"):
        begin = match.span("list")[0] if match.has("list") else match.span("verb")[1]
        previous = [q.end for q in sentence.quantities if begin <= q.end <= mention.start]
        listed = sentence.norm.rfind("、", begin, mention.start) + 1 if len(previous) else 0
        between = _clean(sentence, max([begin, listed, *previous]), mention.start)
        between = re.sub(r"^(?:全区|全市|全县|等)", "", _noun(between))
        return (verb + between + after)[:24]
    noun = match.span("verb")[0] if match.has("verb") else match.start
    noun = min(noun, mention.start)
    begin = max((q.end for q in sentence.quantities if a <= q.end <= noun), default=a)
    before = _noun(_clean(sentence, max(begin, noun - 30), noun))
    return ((before + verb) or after or mention.text)[:24]


def _noun(text: str) -> str:
    """The last member of a list: ``等物资、抗菌洗手液`` gives 抗菌洗手液."""
    return _TRIM.sub("", text.rpartition("、")[2].rpartition("）")[2])


def _next(sentence: _Sentence, mention: Mention, end: int) -> int:
    """Where the next date or quantity behind a quantity begins, or the end given."""
    starts = [m.start for m in (*sentence.quantities, *sentence.dates) if mention.end <= m.start < end]
    return min(starts, default=end)


def _modality(sentence: _Sentence, at: int) -> Modality:
    """Planned, demanded, under way or done, told by the nearest words of the clause and those before it."""
    here = sentence.clause(at)
    for i in range(here, -1, -1):
        a, b = sentence.clauses[i]
        text = sentence.norm[a:b]
        if _DONE.search(text):
            return "done"
        if _DEMAND.search(text):
            return "demanded"
        if _PLAN.search(text):
            return "planned"
        if _UNDERWAY.search(text):
            return "underway"
    return "done"


def _scope(sentence: _Sentence, match: Match, mention: Mention) -> str:
    """For whom a number holds: 每个街道 in ``每个街道要打造1个以上的亮点路段``."""
    if match.has("scope"):
        return sentence.draft.text[slice(*match.span("scope"))]
    a, _ = sentence.clauses[sentence.clause(mention.start)]
    for q in sentence.quantities:
        if q.rule == "quantity-each-one" and a <= q.start < mention.start:
            found = _EACH.match(sentence.norm, q.end, mention.start)
            return q.text + (found[0] if found else "")
    return ""


def _by(sentence: _Sentence, at: int) -> Ref | None:
    """Who is to do it or has done it: the body or area in subject position, as far as the sentence says."""
    draft = sentence.draft
    for m in reversed(draft.of("body", "place")):
        if not sentence.start <= m.start < at or m.end > at:
            continue
        before = sentence.norm[m.start - 1] if m.start else "，"
        if m.kind == "place" and m.subkind not in ("admin", "street"):
            continue
        if m.start == sentence.start or before in "，：。；“由\n":
            kind: Literal["jurisdiction", "body"] = "jurisdiction" if m.kind == "place" else "body"
            return Ref(kind, m.name)
    found = _AREA.search(sentence.norm[sentence.start : at])
    own = draft.context.jurisdiction.name
    if found and own:
        return Ref("jurisdiction", own)
    return None


def _initiative(draft: Draft, at: int, sentence: int) -> str:
    """The initiative that a target belongs to: the nearest in its sentence, else in its paragraph, else the first."""
    mentions = draft.of("initiative")
    if not mentions:
        return ""
    paragraph = draft.norm.rfind("\n", 0, at) + 1
    for begin, key in ((sentence, True), (paragraph, False)):
        near = [m for m in mentions if begin <= m.start and (m.start <= at or (key and m.start - at < 30))]
        if near:
            return min(near, key=lambda m: (abs(m.start - at), m.start)).name
    return mentions[0].name


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
    return [total, *(_part(p, total.what) for p in parts)]


def _part(target: Target, whole: str) -> Target:
    return Target(
        target.what, target.evidence, target.initiative, target.quantity, target.deadline, target.by,
        target.modality, whole, target.scope,
    )  # fmt: skip
