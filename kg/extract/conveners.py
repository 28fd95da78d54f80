"""Who held an event: the area or bodies before the verb of holding, or those that the headline names.

``二七区政府与郑州联通公司|举行``: two bodies; ``二七区|召开``: the bare area, which is an agent but no body of its own.
"""

from __future__ import annotations

import re

from kg.extract import rosters, scene
from kg.extract.rosters import Item
from kg.extract.scene import Scene, Sentence, put, ref
from kg.model import Ref

#: where a subject ends that stands before other words: 县消防救援大队|走进县第一中学举办
_MOVED = re.compile(r"走进|深入|到|在|来到|赴|于|通过|围绕|以|组织|联合|邀请|[\d多余名位]{2,}")
#: where the clause before tells of the place, and of nothing else: 于县第一中学，
_THERE = re.compile(r"(?<=[\ue000-\uf8ff])(?:在|于|来到|走进|深入|前往)(?=[^，。；]{1,24}$)")
_HEADLINE = re.compile(r"(?P<by>[^\s，“]{2,12}?)(?:召开|举行|举办)(?P<name>[^，]{2,40})")

#: what stands after these is no subject: 在…指导下, 由…承办, 按照…部署
_ELSEWHERE = re.compile(r"[由在经据从向对]|按照|根据|为|围绕|响应|随着|通过")
_ASKED = re.compile(r"组织(?!部|人|委|办)|邀请|召集")
#: whoever is named behind it came along, and did not hold it: 副县长甲|带领县水利局、县公安局开展…
_LED = re.compile(
    r"带领|率领|率(?![先达为])(?=[\ue000-\uf8ff]|由|[^，。；]{2,30}?(?:负责|工作|执法|人员|部门|干部|一行|队员))"
)


def conveners(told: Scene, sentence: Sentence, at: int) -> list[Item]:
    """Who held an event, by the clause before the verb of holding at ``at``: ``二七区政府与郑州联通公司|举行``."""
    found = rosters.before(told, sentence.start, at, nearest=True, areas=True, gap=40)
    start = scene.clause_start(told.tagged.text, sentence.start, at)
    if len(found) and (asked := _ASKED.search(told.tagged.text, start, at)):
        # 北山街道|组织治安办、城管办|召开: those who were called together did not call
        called = rosters.before(told, sentence.start, asked.start(), nearest=True, areas=True, gap=10)
        found = [i for i in called if i.agent.kind != "person"] or [i for i in found if i.agent.kind == "person"]
    if (led := led_along(told, sentence, at)) is not None:
        return rosters.before(told, sentence.start, led, nearest=True, gap=10)
    if not found:
        # 县消防救援大队|走进县第一中学举办…: the subject stands at the head of the clause
        start = scene.clause_start(told.tagged.text, sentence.start, at)
        for moved in _MOVED.finditer(told.tagged.text, start, at):
            found = rosters.before(told, sentence.start, moved.start(), nearest=True, areas=True, gap=6)
            found = [i for i in found if i.agent.kind != "person"]
            if found:
                break
    if not found and start - 1 > sentence.start:
        # 县文明办、县教育局于县第一中学，|联合举办: the clause before tells where
        found = _before_the_place(told, sentence, start - 1)
    return [i for i in found if i.agent.kind != "person"] or found


def _before_the_place(told: Scene, sentence: Sentence, at: int) -> list[Item]:
    """The bodies that stand before the place with which the clause that ends at ``at`` closes."""
    text = told.tagged.text
    start = scene.clause_start(text, sentence.start, at)
    there = _THERE.search(text, start, at)
    if there is None:
        return []
    found = rosters.before(told, sentence.start, there.start(), nearest=True, areas=True, gap=6)
    return [i for i in found if i.agent.kind != "person"]


def led_along(told: Scene, sentence: Sentence, at: int) -> int | None:
    """Where it is told that somebody took others along to hold an event: 副县长甲|带领县水利局干部，开展…."""
    text, marks = told.tagged.text, told.tagged.mentions
    start = scene.clause_start(text, sentence.start, at)
    own = any(i in marks and marks[i].kind in ("person", "body") for i in range(start, at))
    led = _LED.search(text, start if own else sentence.start, at)
    return led.start() if led else None


def called_together(told: Scene, sentence: Sentence, at: int) -> list[Item]:
    """Those who were called together: 综治中心|组织派出所、司法所|召开联席会议."""
    start = scene.clause_start(told.tagged.text, sentence.start, at)
    asked = _ASKED.search(told.tagged.text, start, at)
    stood = asked.end() if asked else led_along(told, sentence, at)
    return [i for i in rosters.within(told, stood, at) if i.agent.kind == "body"] if stood is not None else []


def opener(told: Scene, sentence: Sentence, at: int) -> Item | None:
    """The body that the sentence begins with, where the clause of ``at`` has no subject: 甲局以…为主题，|举办."""
    marks, text = told.tagged.mentions, told.tagged.text
    for i in range(sentence.start, at):
        m = marks.get(i)
        if m is None:
            if text[i] not in "，、" and i - sentence.start > 24:
                return None
            continue
        if m.kind in ("person", "post", "label"):
            return None
        if m.kind == "body" or m.kind == "place" and m.subkind in ("street", "community"):
            before = text[scene.clause_start(text, sentence.start, i) : i]
            return None if rosters.is_goal(text, i) or _ELSEWHERE.search(before) else Item(ref(m), i)
    return None


def doer(told: Scene, sentence: Sentence, at: int) -> Item | None:
    """The street, body or area that did what is told at ``at``: the nearest subject before it, from the opening on."""
    marks, text = told.tagged.mentions, told.tagged.text
    first = told.sentences[0].start
    for floor in (sentence.start, first):
        for i in range(floor, at):
            m = marks.get(i)
            if m is None or m.kind not in ("body", "place") or rosters.is_goal(text, i):
                continue
            if "由" in text[scene.clause_start(text, first, i) : i]:
                continue
            if m.kind == "body" or m.subkind in ("street", "community", "admin"):
                return Item(ref(m), i)
    return None


def doers(told: Scene, sentence: Sentence, at: int) -> list[Item]:
    """All who did what is told at ``at``: 南城街道联合区人民法院，在龙门社区|开庭审理; else the one of :func:`doer`."""
    text = told.tagged.text
    start = scene.clause_start(text, sentence.start, at)
    if text.startswith("在", start) and start - 1 > sentence.start:
        found = [i for i in conveners(told, sentence, start - 1) if i.agent.kind != "person"]
        if found:
            return found
    near = rosters.before(told, sentence.start, at, nearest=True, areas=True, gap=8)
    if len(near) > 1 and all(i.agent.kind == "body" for i in near):
        return near
    one = doer(told, sentence, at)
    return [one] if one else []


def of_headline(told: Scene) -> None:
    """``二七区召开智能门禁建设工作现场会`` above the article tells who held the meeting that the text tells of."""
    where = told.draft.context.jurisdiction.name
    headline = told.draft.article.headline
    m = _HEADLINE.match(headline.replace(" ", ""))
    if m is None:
        return
    for h in told.happenings:
        if h.type not in ("meeting", "training", "forum") or h.outing or not _shares(h.name, m["name"]):
            continue
        if where and m["by"] == where:
            if not h.name.startswith(where) and not h.name.startswith("“"):
                h.name = where + h.name
            put(told, h, Ref("jurisdiction", where), "organise", h.at, "convener-in-headline", 0.8)
        elif (body := next((b for b in told.draft.of("body") if b.text == m["by"]), None)) is not None:
            put(told, h, ref(body), "organise", h.at, "convener-in-headline", 0.8)
        return


def _shares(name: str, headline: str) -> bool:
    pairs = {headline[i : i + 2] for i in range(len(headline) - 1)}
    return bool(pairs) and sum(p in name for p in pairs) / len(pairs) >= 0.5
