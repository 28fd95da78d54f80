"""One sentence with its clauses, dates and quantities, and what its words say of a figure in it.

By when (the term), how it stands (planned, demanded, under way, done), who is to do it, for whom it holds, to which
initiative it belongs, and in a few words what it counts. ``targets`` decides what is a target and asks here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from operator import add
from pathlib import Path
from typing import Literal

from kg.extract.draft import Draft
from kg.model import Mention, Ref, Target, When
from kg.rules import Match
from kg.rules.engine import expand

Modality = Literal["planned", "demanded", "underway", "done"]

DEMAND = re.compile(r"(?<![主重需纪概简摘])要(?![求素点闻事件])|务必|确保|必须|应当|不得|(?<![无供所])须|要求")
PLAN = re.compile(
    r"(?<![即把])将(?![军领])|计划|(?<![虚模])拟(?!定)|力争|预计|争取|有望|规划|下一步|接下来|到20\d\d年"
    r"|目标(?!(?:任务)?(?:总?数|值)?的?(?:[\d百]|近|超|约))|(?:建成|投产|投用|达产|投运|竣工|运营)后"
    r"|可(?:年产|实现|新增|带动|提供|解决|容纳|创造|吸纳|安置|[达存])"
)
DONE = re.compile(r"已(?!知)|累计|[^为]了(?![解断])|截至|截止|以来|共计|总计|顺利|过去|去年|年来|成功|获评")
_UNDERWAY = re.compile(r"正在|着重|同步|持续|(?<![改修真公端立])正(?=[在加抓全有])|陆续|加快|推进其余")
TRIM = re.compile(
    r"^(?:[，、的了把向于并且也已拟和及与]|要求|在(?![建线校岗职])|要(?![求素点件])|将(?!军)|对(?![接口外标])|全面|各级|计划|力争|预计)+"
    r"|(?:[，、的在]|以上|左右)+$"
)
#: a date without 前 is a term only before such ends (计划2021年9月投入使用)
END = re.compile(
    r"投入使用|投用|投产|建成|竣工|完工|开工|完成|交付|通车|开园|开业|启用|运营|实现|封顶|全覆盖|达到|突破"
)
#: 所有项目须于11月30日前完成: the term of all that was told before
_ALL = re.compile(r"(?:以上|上述|这些|所有|全部|各项)[^，。]{0,8}?(?:须|要|将|应|确保|力争|均|于|在)")
_ENDS_ALL = re.compile(r"全部|全面|如期|整改|销号|清零|办结|到位")
#: what comes of a project once it is built
_THEN = re.compile(r"(?:建成后|投产后|达产后|届时|预计)?(?:可|能|将|预计|有望)")
_SET = re.compile(r"(?:将|拟|定|预计|计划|力争)[^，。；]{0,2}[于在]?$")
_NOUN_BEHIND = re.compile(r"[^，。；：！？、（）和\n]{0,18}")
_ASSURED = re.compile(r"确保|做到|、")
_CARRIED_OUT = re.compile("进行|开展|实施|实行")
_WHOLE_AREA = re.compile(r"^(?:全区|全市|全县|等)")
_AGES = re.compile(r"^(?:以上|以下|左右)?(?:的)?(?:老人|老年|人群|居民|儿童|青年|女)")
#: the area that a sentence speaks of without its name (全区已储备…, 该镇已建成…)
_AREA = re.compile(
    r"(?:^|[，：、])(?:截至)?(?:目前)?[全该我本](区|市|县|省|州|旗|镇|乡|街道)(?![长委直]|政府|人大|政协)"
)
#: for whom a number holds, behind 每个, up to the verb
_EACH = re.compile(r"[^，要须应将至]{0,8}?(?=要|须|应|将|至少|打造|建|完成|配|设|成立|，)")


class Plans:
    """The initiatives of an article, with what their names share with its headline; told once for all its targets."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._plans: list[tuple[int, str, frozenset[str], float]] | None = None

    def near(self, at: int) -> list[tuple[int, str, frozenset[str], float]]:
        """Those nearest to a place: where each begins, its name, the pairs of it, what the headline says for it."""
        if self._plans is None:
            headline = _pairs(self._draft.article.headline)
            self._plans = []
            for m in self._draft.of("initiative"):
                own = _pairs(m.name)
                self._plans.append((m.start, m.name, own, 2.0 if len(own & headline) > 1 else 0.0))
        middle = bisect_left(self._plans, (at,))
        return self._plans[max(0, middle - 20) : middle + 20]


@dataclass(slots=True)
class Sentence:
    """One sentence while its targets are read: offsets are those of the article."""

    draft: Draft
    start: int
    end: int
    mentions: list[Mention]
    quantities: list[Mention]
    dates: list[Mention]
    clauses: list[tuple[int, int]]
    plans: Plans
    claimed: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    found: list[tuple[int, Target]] = field(default_factory=list)
    _terms: list[Mention] | None = None
    modalities: dict[int, Modality] = field(default_factory=dict)

    @property
    def norm(self) -> str:
        return self.draft.norm

    @property
    def terms(self) -> list[Mention]:
        """The dates by which something can be due."""
        if self._terms is None:
            self._terms = [d for d in self.dates if is_term(self, d)]
        return self._terms

    def clause(self, at: int) -> int:
        """The number of the clause that holds an offset."""
        for i in range(len(self.clauses) - 1, 0, -1):
            if self.clauses[i][0] <= at:
                return i
        return 0


def without_mark(sentence: Sentence, end: int) -> int:
    """The end of a clause without the mark that closes it."""
    while end > sentence.start and sentence.norm[end - 1] in "，：。；！？\n":
        end -= 1
    return end


# ---------------------------------------------------------------- terms


def term_of(sentence: Sentence, mention: Mention) -> Mention | None:
    """The date by which a quantity is due: in its clause (before it first), in an earlier one, or in the next."""
    dates = sentence.terms
    if not dates:
        return None
    here = sentence.clause(mention.start)
    for d in dates:
        a, b = sentence.clauses[sentence.clause(d.start)]
        if (
            a > mention.start
            and _ALL.match(sentence.norm, a, b)
            and not any(a <= q.start < b for q in sentence.quantities)
        ):
            return d
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
        over = sentence.norm[a:b].rstrip("，：").endswith("后")
        # 计划明年3月底前建成投产，可提供岗位1500个: the day is when it opens
        here_a, here_b = sentence.clauses[here]
        opens = END.search(sentence.norm, earlier[-1].end, b) and _THEN.match(sentence.norm, here_a, here_b)
        return None if over or opens else earlier[-1]
    # …建设，确保今年9月底前全部建成通车: the next clause has the term, and no number of its own
    following = [d for d in dates if sentence.clause(d.start) == here + 1]
    if following and here + 1 < len(sentence.clauses):
        a, b = sentence.clauses[here + 1]
        if not any(a <= q.start < b for q in sentence.quantities) and _ENDS_ALL.search(sentence.norm, a, b):
            return following[0]
    return None


def is_term(sentence: Sentence, date: Mention) -> bool:
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
    if whole_year(sentence, when):
        # 召开2020年…会议 names a meeting, 2020年，全区将… a term
        alone = date.start == sentence.start or sentence.norm[date.start - 1] in "，。：；“、在\n"
        word = date.rule == "date-year-word" or (date.rule == "date-year" and alone)
        return word and sentence.norm[date.end : date.end + 1] not in "度的"
    year = sentence.draft.context.year
    if today is None:
        to_come = bool(when.earliest and year and when.earliest.year > year)
        to_come = to_come or bool(_SET.search(sentence.norm, sentence.start, date.start))
    else:
        to_come = bool(when.earliest and when.earliest > today)
    return to_come and bool(END.search(sentence.norm, date.end, sentence.end))


def whole_year(sentence: Sentence, when: When) -> bool:
    year = sentence.draft.context.year
    return year is not None and when.edtf == str(year)


def deadline_of(sentence: Sentence, term: Mention, modality: Modality) -> When | None:
    """The term as a deadline: the running year ends on its last day, and is none for what is done already."""
    when = term.value
    if not isinstance(when, When) or not when.edtf:
        return None
    if term.subkind == "deadline":
        return when
    if modality == "done":
        return None
    if whole_year(sentence, when) and when.latest:
        return When(when.latest.isoformat(), when.latest, when.latest, when.basis)
    return when


# ---------------------------------------------------------------- what, who, how


def clean(sentence: Sentence, start: int, end: int) -> str:
    """A stretch in a few words: without its dates and quantities, and without the small words at its edges."""
    parts: list[str] = []
    at = start
    for m in sentence.mentions:
        if m.kind not in ("date", "quantity") or m.end <= start or m.start >= end or m.start < at:
            continue
        parts.append(sentence.norm[at : m.start])
        at = m.end
    parts.append(sentence.norm[at:end])
    text = "".join(TRIM.sub("", p) for p in parts if p)
    return TRIM.sub("", text).strip("，。；：！？、\n（(")


def what_of(sentence: Sentence, match: Match, mention: Mention) -> str:
    """What is counted, in a few words of the text: the verb, and the noun before or behind the number."""
    verb = clean(sentence, *match.span("verb")) if match.has("verb") else ""
    a, b = sentence.clauses[sentence.clause(mention.start)]
    behind = _NOUN_BEHIND.match(sentence.norm, mention.end, max(mention.end, _next(sentence, mention, b)))
    after = behind[0] if behind else ""
    after = TRIM.sub("", after if not _AGES.match(after) else "")
    name = match.rule.name
    if name == "target-time-limit":
        begin = max((q.end for q in sentence.quantities if q.end <= mention.start), default=a)
        begin = max(begin, a)
        before = _ASSURED.split(sentence.norm[begin : mention.start])[-1]
        return (TRIM.sub("", before) + clean(sentence, *match.span("after")))[:24]
    if name == "target-of-which":
        begin = max((q.end for q in sentence.quantities if match.start <= q.end <= mention.start), default=match.start)
        return (_noun(TRIM.sub("", clean(sentence, begin, mention.start).removeprefix("其中"))) + after)[:24]
    if name == "target-for-people":
        return ("为" + clean(sentence, *match.span("after")))[:24]
    if name in ("target-problems-handled", "target-taken-on", "target-put-into"):
        return clean(sentence, mention.end, match.span("after")[1])[:24]
    if name == "target-whole-of-which":
        return (clean(sentence, match.span("skip")[0], mention.start) + after)[:24]
    if name == "target-time-spent-ahead":
        here = sentence.clause(mention.start)
        if here + 1 < len(sentence.clauses):
            return clean(sentence, *sentence.clauses[here + 1])[:24]
        return "时间"
    if name in ("target-time-spent", "target-share-of"):
        return clean(sentence, *match.span("after"))[:24]
    if name == "target-upon-things":
        begin = max((q.end for q in sentence.quantities if q.end <= mention.start), default=match.span("list")[0])
        begin = max(begin, match.span("list")[0], sentence.norm.rfind("、", 0, mention.start) + 1)
        before = clean(sentence, begin, mention.start)
        after = _CARRIED_OUT.split(after)[0]
        return (verb + _noun(before) + after)[:24]
    if name == "target-things-finish":
        return clean(sentence, mention.start, match.span("verb")[1])[:24] if after else clean(sentence, a, b)[:24]
    if name in ("target-so-far", "target-secured"):
        return (verb + (after if name == "target-secured" or len(verb) < 3 else ""))[:24]
    if name == "target-whole-with-part-done":
        return clean(sentence, match.span("skip")[0], mention.start).replace("已", "")[:24]
    if name in ("target-deed", "target-one-for-each"):
        begin = match.span("list")[0] if match.has("list") else match.span("verb")[1]
        previous = [q.end for q in sentence.quantities if begin <= q.end <= mention.start]
        listed = sentence.norm.rfind("、", begin, mention.start) + 1 if len(previous) else 0
        between = clean(sentence, max([begin, listed, *previous]), mention.start)
        between = _WHOLE_AREA.sub("", _noun(between))
        own = listed and begins_with_deed(sentence, between)  # 更新信息13条、新发现党员3名
        return ((between if own else verb + between) + after)[:24]
    noun = match.span("verb")[0] if match.has("verb") else match.start
    noun = min(noun, mention.start)
    begin = max((q.end for q in sentence.quantities if a <= q.end <= noun), default=a)
    before = _noun(clean(sentence, max(begin, noun - 30), noun)).removeprefix("其中")
    return ((before + verb) or after or mention.text)[:24]


@lru_cache(maxsize=8)
def _deeds(extra: Path | None) -> re.Pattern[str]:
    return re.compile(expand("{deeds:deed}", {}, extra))


def begins_with_deed(sentence: Sentence, text: str) -> bool:
    """Whether a member of a list brings a verb of its own, and a noun behind it."""
    found = _deeds(sentence.draft.extra).match(text)
    return found is not None and found.end() < len(text)


def _noun(text: str) -> str:
    """The last member of a list: ``等物资、抗菌洗手液`` gives 抗菌洗手液."""
    return TRIM.sub("", text.rpartition("、")[2].rpartition("）")[2])


def _next(sentence: Sentence, mention: Mention, end: int) -> int:
    """Where the next date or quantity behind a quantity begins, or the end given."""
    starts = [m.start for m in (*sentence.quantities, *sentence.dates) if mention.end <= m.start < end]
    return min(starts, default=end)


def modality_of(sentence: Sentence, at: int) -> Modality:
    """Planned, demanded, under way or done, told by the nearest words of the clause and those before it."""
    known = sentence.modalities
    here = sentence.clause(at)
    if here not in known:
        known[here] = _modality(sentence, here)
    return known[here]


def _modality(sentence: Sentence, clause: int) -> Modality:
    for a, b in sentence.clauses[clause::-1]:
        text = sentence.norm[a:b]
        if DONE.search(text):
            return "done"
        if DEMAND.search(text):
            return "demanded"
        if PLAN.search(text):
            return "planned"
        if _UNDERWAY.search(text):
            return "underway"
    return "done"


def scope_of(sentence: Sentence, match: Match, mention: Mention) -> str:
    """For whom a number holds: 每个街道 in ``每个街道要打造1个以上的亮点路段``."""
    if match.has("scope"):
        return sentence.draft.text[slice(*match.span("scope"))]
    a, _ = sentence.clauses[sentence.clause(mention.start)]
    for q in sentence.quantities:
        if q.rule == "quantity-each-one" and a <= q.start < mention.start:
            found = _EACH.match(sentence.norm, q.end, mention.start)
            return q.text + (found[0] if found else "")
    return ""


def agent_of(sentence: Sentence, at: int) -> Ref | None:
    """Who is to do it or has done it: the body or area in subject position, as far as the sentence says.

    ``区城管局已拆除违建120处`` names a body, ``全区将新建公园12个`` the page's own area, ``该镇已建成设施9座``
    the town that the article spoke of last. A body that only belongs to a speaker (区卫健局副局长路遥介绍) is none.
    """
    draft = sentence.draft
    areas = list(_AREA.finditer(sentence.norm[sentence.start : at]))
    area = areas[-1] if areas else None
    told = sentence.start + area.start(1) if area else -1
    for m in reversed(sentence.mentions):
        if m.kind not in ("body", "place") or m.start < told or m.end > at:
            continue
        if m.kind == "place" and m.subkind not in ("admin", "street"):
            continue
        if (m.start == sentence.start or sentence.norm[m.start - 1] in "，：。；“由\n") and not _speaks(sentence, m):
            return Ref("jurisdiction" if m.subkind == "admin" else "body", m.name)
    return _area(draft, area[1], told) if area else None


def _speaks(sentence: Sentence, body: Mention) -> bool:
    """Whether a body stands in a title or before a name."""
    people = (m for m in sentence.mentions if m.kind in ("post", "person"))
    return any(m.start <= body.start < m.end or m.start == body.end for m in people)


def _area(draft: Draft, level: str, at: int) -> Ref | None:
    """该区 is the page's own area, 该镇 the last one named before."""
    own = draft.context.jurisdiction
    for name in reversed(own.levels):
        if name.endswith(level):
            return Ref("jurisdiction", name)
    if level not in ("镇", "乡", "街道"):
        return None
    named = [m for m in draft.of("body", "place") if m.end <= at and m.name.endswith(level)]
    return Ref("body", named[-1].name) if named else None  # 该乡 acts, also where it was read as a place


def initiative_of(sentence: Sentence, at: int, what: str) -> str:
    """The initiative that a target belongs to; empty where none fits.

    One that its own sentence names fits; one named elsewhere only if the headline or the target has words of it.
    """
    draft = sentence.draft
    paragraph = draft.norm.rfind("\n", 0, at) + 1
    best, score = "", 1.9
    asked = _pairs(what)
    for start, name, own, of_headline in sentence.plans.near(at):
        inside = sentence.start <= start < sentence.end
        if not inside and not of_headline and own.isdisjoint(asked):
            continue
        points = min(len(own & asked), 3) + of_headline
        if inside:
            points += 2.5 if start <= at else 2.0
        points += 1.0 if paragraph <= start <= at else 0.0
        points -= abs(start - at) / 10_000
        if points > score:
            best, score = name, points
    return best


@lru_cache(maxsize=256)
def _pairs(text: str) -> frozenset[str]:
    """The pairs of characters in a text: what two names share. Each target asks for those of every initiative."""
    return frozenset(map(add, text, text[1:]))
