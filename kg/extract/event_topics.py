"""What events are about: the initiatives that their names, their sentences or the article's headline tell.

``县长王洪调研农村厕所改造工作`` is about 农村厕所改造, and so is the 座谈会 that ends the outing.
"""

from __future__ import annotations

import re

from kg.extract import initiatives
from kg.extract.draft import Draft
from kg.extract.scene import Happening, Scene
from kg.model import Evidence, Mention

#: what is said outright to be the point: 此次会议是针对市容市貌大提升行动的再动员
_POINT = re.compile(r"(?:此次|本次|这次)(?:会议|活动|论坛|签约|培训|调研|观摩)[^，。；]{0,4}(?:针对|围绕|以|聚焦|是)")
_QUOTES = str.maketrans("", "", "“”‘’ ")
#: the meetings that go over what an outing has seen
_AFTERWARDS = re.compile(
    "(?:座谈|点评|反馈|交流|汇报|推进|调度|现场办公|现场|部署|工作|总结|协调|研讨|对接|联席)+会议?$"
)
#: 为巩固|文明城市创建|成果，5月18日，…开展: what something was held for
_PURPOSE = re.compile(
    "(?:(?:近日|日前|连日来|近期)，?)?为(?:了|进一步|深入|切实|扎实|全面|持续|做好|巩固|推进|推动|加强|提|营造|助力)"
)
#: 为创建国家森林城市|贡献力量
_LENT = re.compile("”?(?:建设|工作)?(?:贡献|作贡献|作出|做出|添砖|助力|添彩|出力|增绿|再添)")
#: what a meeting that is held by number goes through: 会议审议了《…创建工作方案》
_REGULAR = re.compile("(?:常务|常委会|主任|党组|主席)会议?$|第[一二三四五六七八九十百零\\d]+次(?:[一-龥]{0,6})?会议$")
_GOES_THROUGH = re.compile("会议?(?:还|又|并)?(?:传达学习|学习传达|审议|研究|部署|讨论|学习|听取)[^。\\n]*")
#: how far behind the sentence of a signing the project may stand that was signed
_SIGNED = 160

#: 县公安局|启动了“暖冬”活动
_BEGUN = re.compile("(?:启动|开展|组织|发起|部署)了?[“‘]?$")
#: the rules that tell what somebody came to see to
_SEEN = frozenset(("topic-of-outing", "object-of-outing", "topic-upon-which"))

Topics = dict[str, Evidence]


def of_all(told: Scene) -> dict[str, Topics]:
    """The topics of each event by its key; each by the name of the initiative, with what tells it."""
    found = {h.key: _topics(told, h) for h in told.happenings}
    for h in told.happenings:
        if not found[h.key] and (outing := _outing_before(told, h)) is not None:
            evidence = Evidence(h.start, h.end, "topic-of-the-outing", 0.7)
            found[h.key] = dict.fromkeys(found[outing.key], evidence)
    return found


def _outing_before(told: Scene, h: Happening) -> Happening | None:
    """The outing that a meeting ends: 调研农村厕所改造。…在随后召开的座谈会上; None where it is another's meeting."""
    if h.type != "meeting" or not _AFTERWARDS.search(h.name):
        return None
    before = [o for o in told.happenings if o.outing and o.at < h.at]
    outing = max(before, key=lambda o: o.at, default=None)
    if outing is None or outing.when.edtf != h.when.edtf:
        return None
    return outing if h.bare or h.name.startswith(outing.name[:4]) else None


def _topics(told: Scene, h: Happening) -> Topics:
    """The initiatives an event is about: by its name and its sentence, by 此次会议是针对…, else by the headline."""
    draft = told.draft
    evidence = Evidence(h.start, h.end, h.rule, h.score)
    end = told.tagged.article(h.sentence.start, h.sentence.end)[1] if h.outing or h.rule == "signed" else h.end
    found = dict.fromkeys(initiatives.topics(draft, h.start, end, h.name), evidence)
    if h is not told.main() and not h.twin:
        return found
    unnamed = not found
    headline = draft.article.headline.translate(_QUOTES)
    points = [told.tagged.article(*m.span()) for m in _POINT.finditer(told.tagged.text, *h.scope)]
    for m in draft.of("initiative"):
        bare = m.text.translate(_QUOTES)
        if unnamed and len(bare) >= 3 and bare in headline:
            found.setdefault(m.name, Evidence(m.start, m.end, "topic-in-headline", 0.75))
        elif any(0 <= m.start - stop <= 2 for _, stop in points):
            found.setdefault(m.name, Evidence(m.start, m.end, "topic-as-the-point", 0.85))
        elif (
            h.rule == "signed" and h.start <= m.start and m.end <= end and (m.end <= h.end or m.subkind == "agreement")
        ):
            found.setdefault(m.name, Evidence(m.start, m.end, "topic-signed", 0.8))
    found.update(_purpose(told, h))
    if h.outing:
        found.update(_seen_to(told, h))
    return found or _agenda(draft, h) or _refrains(draft, h) or _project_signed(draft, h) or _begun_before(draft, h)


def _seen_to(told: Scene, h: Happening) -> Topics:
    """What those on an outing are told further on to have come for: 先后到…，调研老旧小区改造、城市更新等情况."""
    start, end = told.tagged.article(*h.scope)
    named = told.draft.of("initiative")
    seen = {_clause(told, m.start) for m in named if m.rule in _SEEN and start <= m.start and m.end <= end}
    found: Topics = {}
    for m in named if seen else ():
        if _clause(told, m.start) in seen:
            found.setdefault(m.name, Evidence(m.start, m.end, "topic-seen-to", 0.7))
    return found


def _clause(told: Scene, offset: int) -> int:
    """Where the clause begins that an offset stands in."""
    return max(told.draft.norm.rfind(mark, 0, offset) for mark in "，。；\n")


def _purpose(told: Scene, h: Happening) -> Topics:
    """What the sentence of an event says it was held for: 为巩固文明城市创建成果，5月18日，…开展…活动."""
    start, end = told.tagged.article(h.sentence.start, h.sentence.end)
    norm = told.draft.norm
    opening = _PURPOSE.match(norm, start)
    named = (m for m in told.draft.of("initiative") if start <= m.start and m.end <= end)
    return {
        m.name: Evidence(m.start, m.end, "topic-held-for", 0.7)
        for m in named
        if (opening and m.end <= h.start) or _LENT.match(norm, m.end)
    }


def _agenda(draft: Draft, h: Happening) -> Topics:
    """What a regular meeting went through, where that is an initiative or a plan for one."""
    if h.type != "meeting" or not _REGULAR.search(h.name):
        return {}
    items = [m.span() for m in _GOES_THROUGH.finditer(draft.norm, h.end)]
    found: Topics = {}
    for m in draft.of("initiative"):
        bare = draft.norm[m.start : m.end]
        if any(a <= m.start and m.end <= b or len(bare) >= 4 and bare in draft.norm[a:b] for a, b in items):
            found.setdefault(m.name, Evidence(m.start, m.end, "topic-on-the-agenda", 0.65))
    return found


def _refrains(draft: Draft, h: Happening) -> Topics:
    """What a general meeting (政法工作会议) was about: the initiatives that the article comes back to."""
    if h.type != "meeting":
        return {}
    named: dict[str, list[Mention]] = {}
    for m in draft.of("initiative"):
        named.setdefault(m.name, []).append(m)
    again = {name: ms[0] for name, ms in named.items() if len(ms) > 1}
    return {name: Evidence(m.start, m.end, "topic-come-back-to", 0.6) for name, m in again.items()}


def _project_signed(draft: Draft, h: Happening) -> Topics:
    """What was signed at a ceremony that is named by its sides alone: 双方举行签约仪式。…。智能水表生产项目位于…."""
    if h.type != "signing":
        return {}
    for m in sorted(draft.of("initiative"), key=lambda m: m.start):
        if m.subkind in ("project", "agreement") and h.start <= m.start <= h.end + _SIGNED:
            return {m.name: Evidence(m.start, m.end, "topic-signed", 0.7)}
    return {}


def _begun_before(draft: Draft, h: Happening) -> Topics:
    """The one campaign that is said to be under way before: 县公安局启动“暖冬”活动。1月5日，民警走访困难群众."""
    if h.type == "meeting":
        return {}
    begun = {
        m.name: Evidence(m.start, m.end, "topic-begun-before", 0.6)
        for m in draft.of("initiative")
        if m.end <= h.start and m.subkind == "campaign" and _BEGUN.search(draft.norm, max(0, m.start - 5), m.start)
    }
    return begun if len(begun) == 1 else {}
