"""Events: what an article reports as having taken place.

``6月26日，二七区召开2019年精神文明建设暨文明城市创建工作推进会。`` is a meeting, ``陈红民带队到淮河路街道调研`` an
inspection. The rules (kg/rules/event.yaml) find the verb and its parts; here what is no event is left out, what is told
twice becomes one, and a name is made. Who took part is read in :mod:`kg.extract.participations`, where it was in
:mod:`kg.extract.event_places`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg.extract import (
    appointments,
    conveners,
    event_names,
    event_places,
    event_topics,
    numerals,
    outings,
    partakers,
    participations,
    quantities,
    reported,
    retold,
    scene,
)
from kg.extract.draft import Draft
from kg.extract.scene import Happening, Scene, Sentence
from kg.model import Event, EventPlace, EventTopic, Evidence, Participation, Quantity, Rejected
from kg.rules import Match, RuleSet, load_rules

#: 老旧小区改造|观摩|暨|推进会
_TWO = re.compile(r"^(?P<stem>.{2,40}?)(?:现场)?(?P<first>观摩|调研|督导|视察|检查)(?:会)?暨(?P<rest>.{0,20}会议?)$")
#: an activity that is a round of visits: “八一”走访慰问活动
_ROUND = re.compile(r"(?:(?:慰问|走访|巡河|巡查|视察|调研|检查|督查)(?:工作)?活动|巡河[一-龥]{0,4}行动)$")
_LOOKING = re.compile(r"(?:调研|考察|视察|督导|检查|督查|巡查|走访)(?:活动|行动)$")
_GOING = re.compile("来|到|赴|前往|深入|走进")
#: two meetings that one verb tells of: 召开县委农村工作会议和全县防汛工作会议
_BOTH = re.compile(
    r"^(?P<first>.{4,40}?(?:会议?|仪式))(?:和|及|以及|、)"
    r"(?P<second>(?:学习《|“|[省市区县旗州镇乡全创20])[^，。]{4,40}(?:会议?|仪式|培训班))$"
)
#: where a sentence of a trip takes place: 在某产业园，代表团参观…，举行…签约仪式
_STATION = re.compile(r"(?:随后，?|期间，?)?在[^。；]{1,40}?，")
_MEETINGS = ("meeting", "forum", "training", "ceremony", "signing")


def find(draft: Draft) -> None:
    """Appends the events of an article with those who took part, the places and the topics to ``draft.facts``."""
    told = scene.of(draft)
    rules, fallback = _rules(draft.extra)
    for sentence, matches in scene.by_sentence(rules, told):
        for match in sorted(matches, key=lambda m: (m.match.start("verb"), _order(m))):
            _take(told, match, sentence)
    if not told.happenings:
        _deed(told, fallback)
    if told.happenings:
        _fill(told)
    appointments.find(told, len(told.happenings) + 1)


def _fill(told: Scene) -> None:
    """Who, where and what about; then the facts."""
    conveners.of_headline(told)
    _scopes(told)
    event_places.find(told)
    participations.find(told)
    told.draft.add(dict.fromkeys(told.made))
    _emit(told)


@lru_cache(maxsize=4)
def _rules(extra: Path | None) -> tuple[RuleSet, RuleSet]:
    """The rules, and those for an article that they find nothing in."""
    rules = tuple(load_rules("event", extra))
    return (
        RuleSet("event", tuple(r for r in rules if r.result.get("only") != "fallback")),
        RuleSet("event", tuple(r for r in rules if r.result.get("only") == "fallback")),
    )


#: of several readings of one verb: an outing with a goal, then one without, then a name
_ORDER = (
    "outing-to",
    "outing-by-body",
    "outing-carried-out-by-group",
    "outing-by-group",
    "outing-in",
    "outing-when",
    "outing-around",
    "outing-on",
)


def _order(match: Match) -> int:
    return _ORDER.index(match.rule.name) if match.rule.name in _ORDER else len(_ORDER)


# ---------------------------------------------------------------- one match


def _take(told: Scene, match: Match, sentence: Sentence) -> None:
    """Adds what a match tells of to the scene, unless it did not take place or has been told."""
    reason = reported.why_not(told, match, sentence)
    if reason:
        start, end = match.span()
        told.draft.rejected.append(Rejected(start, end, told.draft.text[start:end], match.rule.name, reason))
        return
    form = match.rule.result["form"]
    if form == "name":
        made = _named(told, match, sentence)
    elif form == "outing":
        made = outings.read(told, match, _happening(told, match, sentence, "inspection", ""))
    else:
        made = _made(told, match, sentence)
    if made is None:
        return
    old = next((h for h in told.happenings if retold.same(h, made)), None)
    if old is not None:
        old.who = old.who or made.who if old.outing and made.outing else old.who
        if sentence is not old.sentence:
            told.continued.add(sentence.number)  # 12日上午，第一批考察团来到…: no item of its own
        if old.rule == made.rule == "signed" and old.sentence is sentence:
            old.end = max(old.end, made.end)
        return
    if match.rule.result.get("part") and told.happenings:
        made.part_of = told.happenings[0].key
    made.key = f"e{len(told.happenings) + 1}"
    told.happenings.append(made)
    _split_pair(told, made)


def _text(told: Scene, start: int, end: int) -> str:
    return scene.tagged_text(told.tagged, start, end)


def _happening(told: Scene, match: Match, sentence: Sentence, kind: str, name: str, **more: object) -> Happening:
    start, end = match.span()
    at = match.match.start("verb")
    return Happening(
        type=kind,
        name=name,
        at=at,
        start=start,
        end=end,
        rule=match.rule.name,
        score=match.rule.score,
        when=reported.day_of(told, sentence, at),
        sentence=sentence,
        **more,  # type: ignore[arg-type]
    )


# ---------------------------------------------------------------- meetings and all that has a name


def _named(told: Scene, match: Match, sentence: Sentence) -> Happening | None:
    name = event_names.trimmed(_text(told, *match.match.span("name")))
    if match.rule.result.get("add") == "verb":
        name += match.match["verb"]
    elif "add" in match.rule.result:
        name += match.rule.result["add"]
    if match.rule.name == "planted-together" and "义务植树" in told.draft.norm:
        name = "义务植树活动"
    if "宣布" in name:
        if told.happenings:
            return None  # 宣布艺术节开幕: what was told before
        name = name.rpartition("宣布")[2]
    if match.rule.name == "sat-down":
        name += "会"
        if not told.happenings or not told.happenings[-1].outing:
            return None
    if len(name) < 2 or name.count("“") != name.count("”"):
        return None
    if name.startswith("“") and name.find("”") == len(name) - 1 and match.rule.name == "held-by":
        name = name[1:-1]
    bare = event_names.is_bare(name)
    if bare and told.happenings and not sentence.after and not _new_here(told, match):
        return None
    if bare and not told.happenings and match.rule.name in ("held", "held-by", "heard-at", "meeting-at"):
        return None
    if bare and match.rule.name in ("held-at", "meeting-at") and (tour := _tour_of_those_at(told)) is not None:
        tour.aside = True  # 与会人员先后察看…。在随后召开的座谈会上: the meeting that was told first
        return None
    kind = match.rule.result.get("type") or event_names.type_of(name, told.draft.extra)
    whole = event_names.full(told, match, name, sentence, bare)
    if kind == "activity" and match.rule.name == "held" and match.match["verb"] == "启动":
        kind, whole = "ceremony", whole + "启动"  # what began with a ceremony goes on after it
    if match.rule.name == "deliberated":
        if match.has("party"):
            name = f"参加{_text(told, *match.match.span('party'))}{match.match['what']}"
        whole = told.tagged.mentions[match.match.start("who")].name + name
    made = _happening(told, match, sentence, kind, whole, bare=bare)
    if kind in ("signing", "ceremony") and told.happenings and _on_the_way(told, match, sentence):
        made.part_of, made.aside = told.happenings[0].key, True
    if match.rule.name == "carried-out" and _LOOKING.search(name) and _gone(told, sentence, made.at):
        return None  # 主任甲带队来我区开展…调研活动: told by the trip
    if match.rule.name == "carried-out" and _ROUND.search(name):
        made.form = "outing"
        made.type = "inspection" if "巡河" in name else made.type
    return made


def _gone(told: Scene, sentence: Sentence, at: int) -> bool:
    """Whether somebody who is named went somewhere, before ``at`` in its clause."""
    start = scene.clause_start(told.tagged.text, sentence.start, at)
    person = next((i for i in range(start, at) if _kind_of(told, i) == "person"), at)
    return _GOING.search(told.tagged.text, person, at) is not None


def _kind_of(told: Scene, i: int) -> str:
    m = told.tagged.mentions.get(i)
    return m.kind if m is not None else ""


def _tour_of_those_at(told: Scene) -> Happening | None:
    """The tour that those at a meeting made before they sat down, if it was told last."""
    if not any(h.type == "meeting" and not h.bare for h in told.happenings):
        return None
    last = told.happenings[-1]
    return last if last.rule in retold.BY_GROUP and last.name.startswith(("与会", "参会")) else None


def _on_the_way(told: Scene, match: Match, sentence: Sentence) -> bool:
    """Whether a ceremony was held at a station of a trip."""
    first = told.happenings[0]
    if not first.outing or sentence.after or sentence.number <= first.sentence.number:
        return False
    return _STATION.match(told.tagged.text, sentence.start, match.match.start("verb")) is not None


def _new_here(told: Scene, match: Match) -> bool:
    """Whether a bare 座谈会 is another event than those told: no meeting was told yet, and this one was held."""
    held = match.rule.name in ("convened", "held-at", "meeting-at", "sat-down")
    return held and not any(h.type in _MEETINGS for h in told.happenings)


# ---------------------------------------------------------------- lectures, signings, foundings, awards


def _made(told: Scene, match: Match, sentence: Sentence) -> Happening | None:
    make, kind = match.rule.result["make"], match.rule.result["type"]
    if make == "signing":
        if any("签约" in h.name and h.rule != "signed" for h in told.happenings):
            return None
        by = re.sub(r"等[^，。；]{0,8}$", "", _text(told, *match.match.span("by")))
        if match.rule.name == "signed-by-persons":
            who = [m for m in match.mentions("by") if m.kind == "person"]
            if any(h.type == "signing" for h in told.happenings) or not told.happenings:
                return None
            by = f"{who[0].name}与{who[-1].name}"
        if match.rule.name == "signed-for":
            by = "与".join(name for _, name in partakers.sides(told, match.match.span("by"))[:2])
            if "与" not in by:
                return None
        made = _happening(told, match, sentence, kind, f"{by}签约")
        if told.happenings:
            made.part_of, made.aside = told.happenings[0].key, True
        return made
    obj = _text(told, *match.match.span("object")) if match.has("object") else ""
    if make == "received":
        who = [m for m in match.mentions("object") if m.kind == "person"] or match.mentions("object")
        at = partakers.first_of_list(told, match.match.start("who"), sentence.start)
        host = told.tagged.mentions[at].name
        if any(not h.outing or h.who for h in told.happenings) or not outings.holds_office(told, at):
            return None
        return _happening(told, match, sentence, kind, f"{host}{match.match['verb']}{who[0].name if who else obj}")
    if make == "talks":
        at = match.match.start("who")
        host, others = told.tagged.mentions[at].name, [m.name for m in match.mentions("whom") if m.kind == "person"]
        if not outings.holds_office(told, at) or any(not h.outing for h in told.happenings):
            return None
        name = f"{host}与{'、'.join(others)}{match.match['verb']}{obj}"
        return _happening(told, match, sentence, kind, name, who=(at,))
    if make == "sat-with":
        if not any(h.outing and h.sentence is not sentence for h in told.happenings):
            return None
        name = f"{_text(told, *match.match.span('who'))}与{_text(told, *match.match.span('whom'))}座谈"
        return _happening(told, match, sentence, kind, name.replace("一行与", "与"), bare=True)
    if make == "consulted":
        if told.happenings:
            return None
        how = re.sub(r"^(?:进行|开展|展开)了?(?:深入|专题|现场|面对面|友好)*", "", match.match["verb"])
        return _happening(told, match, sentence, kind, obj + how)
    if make == "sent":
        whom, place = _text(told, *match.match.span("whom")), _text(told, *match.match.span("where"))
        place = place.strip("，")
        return _happening(told, match, sentence, kind, f"{whom}{match.match['go']}{place}{match.match['verb']}{obj}")
    if make == "preached":
        if told.happenings:
            return None
        by = next((m.name for m in match.mentions("by")), "")
        place = _text(told, *match.match.span("where")).strip("，")
        return _happening(told, match, sentence, kind, f"{by}到{place}{match.match['verb']}{obj}")
    if make == "study":
        at = match.match.start("who")
        if told.happenings or not outings.holds_office(told, at):
            return None
        name = f"{told.tagged.mentions[at].name}{match.match['how'] or ''}{match.match['verb']}{obj}"
        return _happening(told, match, sentence, kind, name, who=(at,))
    if make == "lecture-to":
        at = match.match.start("whom")
        if told.happenings or not outings.holds_office(told, at):
            return None
        return _happening(told, match, sentence, kind, told.tagged.mentions[at].name + obj, who=(at,))
    if make == "lecture":
        after = match.rule.result.get("only") == "after"
        if any(h.type == "training" for h in told.happenings) or after and not (sentence.after and told.happenings):
            return None
        if any(h.type == "meeting" and h.sentence.number >= sentence.number - 1 for h in told.happenings):
            return None  # 中心组举行集体学习，邀请教授甲作辅导: a part of the meeting
        who = match.mentions("whom")
        name = next((m.name for m in reversed(who) if m.kind == "person"), "")
        talk = re.search(r"(?:“[^”]+”|《[^》]+》)?(?:为题)?[^，。“”]{0,20}?$", obj)
        title = re.sub(r"^.*?(?:作|做)了?", "", talk[0] if talk else obj)
        if named := re.search(r"[“《][^”》]+[”》].*$", obj):
            title = re.sub(r"^([“《][^”》]+[”》])(?:为题)?，?的?(?:作|做)?了?", r"\1", named[0])
        return _happening(told, match, sentence, kind, name + title)
    if make == "founding":
        if not told.happenings:
            return None
        return _happening(told, match, sentence, kind, f"{obj}成立", part_of=told.happenings[0].key, aside=True)
    held = any(h.type in ("ceremony", "meeting", "signing") for h in told.happenings)
    if held or not sentence.after or not told.happenings:
        return None
    who = match.mentions()
    name = next((m.name for m in who if m.kind == "person"), "")
    return _happening(told, match, sentence, kind, f"{name}为{obj}{match.match['verb']}")


# ---------------------------------------------------------------- deeds, where nothing else is told

_TIME = re.compile(r"近日|日前|连日来|连日|当天|当日|昨日|昨天|今日|近期|上午|下午")


def _deed(told: Scene, rules: RuleSet) -> None:
    """The first thing that a body is said to have done, in an article whose opening tells a time."""
    text = told.tagged.text
    opening = told.sentences[:2]
    if not any(
        _TIME.search(text, s.start, s.end)
        or any(m.kind == "date" and m.subkind in ("day", "open") for m in told.tagged.inside(s.start, s.end))
        for s in opening
    ):
        return
    for sentence, matches in scene.by_sentence(rules, told):
        if sentence.number >= 6:
            return
        for match in matches:
            doer = conveners.doer(told, sentence, match.match.start())
            if doer is None or reported.why_not(told, match, sentence):
                continue
            obj = _text(told, *match.match.span())
            if match.rule.name == "did":
                obj = "开展" + _text(told, match.match.start("object"), match.match.end())
            if match.rule.name == "heard-case":
                obj = _text(told, match.match.start("verb"), match.match.end())
            kind = "inspection" if match.match["verb"] in ("检查", "巡查", "执法") else "activity"
            made = _happening(told, match, sentence, kind, f"{doer.agent.name}{obj}"[:60])
            made.key = "e1"
            told.happenings.append(made)
            return


# ---------------------------------------------------------------- what one verb tells of twice


def _split_pair(told: Scene, h: Happening) -> None:
    """观摩暨推进会 is an inspection and a meeting."""
    pair = _TWO.match(h.name) if h.type == "meeting" and not h.bare else None
    if not pair:
        _split_list(told, h)
        return
    second = replace(h, key=f"e{len(told.happenings) + 1}", name=pair["stem"] + pair["rest"], present={}, places={})
    h.type, h.form, h.name = "inspection", "outing", pair["stem"] + pair["first"]
    h.twin = second.twin = h.key
    told.happenings.append(second)


def _split_list(told: Scene, h: Happening) -> None:
    """召开县委农村工作会议和全县防汛抗旱工作会议 tells of two meetings, one after the other."""
    both = _BOTH.match(h.name) if h.rule == "convened" else None
    first = both["first"] if both else ""
    if both is None or re.search(r"[览峰易洽展]会$", first) or first.count("“") != first.count("”"):
        return
    name = event_names.of_area(told, both["second"])
    key = f"e{len(told.happenings) + 1}"
    second = replace(h, key=key, name=name, type=event_names.type_of(name), present={}, places={})
    h.name = first
    h.twin = second.twin = h.key
    told.happenings.append(second)


def _scopes(told: Scene) -> None:
    """How far each event is told: up to the next one; what is told in passing (会前…) only in its sentence."""
    ordered = sorted(told.happenings, key=lambda h: (h.sentence.number, h.at))
    end = told.sentences[-1].end
    openings = [s.start for s in told.sentences if told.opens_item(s)]
    for i, h in enumerate(ordered):
        following = (
            o
            for n, o in enumerate(ordered)
            if n > i and o.sentence.number > h.sentence.number and not o.aside and not _in_passing(ordered, n)
        )
        later = next(following, None)
        stop = later.sentence.start if later else end
        if h.sentence.before or h.aside or _in_passing(ordered, i):
            stop = h.sentence.end
        stop = next((o for o in openings if h.sentence.start < o < stop), stop)  # the next item of a digest
        h.scope = (h.sentence.start, stop)


def _in_passing(ordered: list[Happening], i: int) -> bool:
    """Whether an event is named in one sentence only, in an article about another meeting."""
    return i > 0 and ordered[i].rule == "held-at" and not ordered[i - 1].outing


# ---------------------------------------------------------------- facts

#: 省政协专家组|一行8人|来我市调研
_SIZE = re.compile(r"一行(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})(?P<more>[余多])?人")


def _party_size(told: Scene, h: Happening) -> tuple[Quantity, str] | None:
    """How many went out together, and what they were called; None where it is not told."""
    found = _SIZE.search(told.draft.norm, *told.tagged.article(h.sentence.start, h.sentence.end))
    value = numerals.number(found["n"]) if found else None
    if found is None or value is None:
        return None
    return Quantity(float(value), "人", ">" if found["more"] else "="), "一行"


def _emit(told: Scene) -> None:
    """Appends what has been put together to the article's facts."""
    draft = told.draft
    topics = event_topics.of_all(told)
    for h in told.happenings:
        first, last = told.tagged.article(*h.scope)
        counted = quantities.attendance(draft, first, last) if not h.outing or h.rule in retold.OF_MANY else None
        counted = counted or (_party_size(told, h) if h.outing and h is told.happenings[0] else None)
        evidence = Evidence(h.start, h.end, h.rule, h.score)
        draft.facts.append(
            Event(
                key=h.key,
                type=h.type,
                name=h.name,
                when=h.when,
                evidence=evidence,
                count=counted[0] if counted else None,
                counted=counted[1] if counted else "",
                part_of=h.part_of,
            )
        )
        for p in h.present.values():
            draft.facts.append(
                Participation(
                    event=h.key,
                    agent=p.agent,
                    role=p.role,
                    evidence=Evidence(p.start, p.end, p.rule, p.score),
                    title=p.title,
                    through=p.through,
                    open_list=p.open_list,
                )
            )
        for s in h.places.values():
            draft.facts.append(EventPlace(h.key, s.place, s.role, Evidence(s.start, s.end, s.rule, s.score)))
        for topic, found in topics[h.key].items():
            draft.facts.append(EventTopic(h.key, topic, found))
