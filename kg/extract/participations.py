"""Who took part in an event, in what role, and who led it.

``区领导崔世英、翟国防，区委办、区委宣传部等主要负责人陪同`` names two persons and two bodies that came along, the bodies
through their heads. Rules: kg/rules/participation.yaml. Reporters take no part; nor does an absent leader whose
order is quoted (``落实省长“…”的批示``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.extract import rosters, scene
from kg.extract.rosters import Item
from kg.extract.scene import Happening, Presence, Scene, Sentence
from kg.model import Mention, ParticipationRole, Ref
from kg.rules import Match, load_rules

#: the more telling role stands where an agent has several
_RANK: dict[str, int] = {
    "lead": 0, "organise": 1, "host": 2, "lecture": 3, "report": 4, "relay": 5, "pledge": 6, "address": 7, "award": 8,
    "receive": 9, "accompany": 10, "attend": 11,
}
_BY_PERSON = ("outing-to", "outing-on", "outing-in", "outing-when", "outing-then", "outing-around")
_CONVENED = ("convened", "carried-out")
_MOVED = re.compile(r"走进|深入|到|在|来到|赴|于|通过|围绕|以|组织|联合|邀请|[\d多余名位]{2,}")
_TELLING = ("介绍", "说", "坦言", "认为")
_OUTSIDE = re.compile(r"告诉|获悉|了解到|记者")


def find(told: Scene) -> None:
    """Fills in who was present at each happening, from the words that tell of the event and from the rules."""
    for h in told.happenings:
        _own(told, h)
    rules = load_rules("participation", told.draft.extra)
    for sentence in told.sentences:
        for match in scene.find_in(rules, told, sentence):
            _take(told, match, sentence)
    _twins(told)
    for h in told.happenings:
        _decide(told, h)


def conveners(told: Scene, sentence: Sentence, at: int) -> list[Item]:
    """Who held an event, by the clause before the verb of holding at ``at``: ``二七区政府与郑州联通公司|举行``."""
    found = rosters.before(told, sentence.start, at, nearest=True, areas=True, gap=40)
    if not found:
        # 县消防救援大队|走进县第一中学举办…: the subject stands at the head of the clause
        start = scene.clause_start(told.tagged.text, sentence.start, at)
        for moved in _MOVED.finditer(told.tagged.text, start, at):
            found = rosters.before(told, sentence.start, moved.start(), nearest=True, areas=True, gap=6)
            found = [i for i in found if i.agent.kind != "person"]
            if found:
                break
    return [i for i in found if i.agent.kind != "person"] or found


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
                return Item(_ref(m), i)
    return None


def convener_of_headline(told: Scene) -> None:
    """``二七区召开智能门禁建设工作现场会`` above the article tells who held the meeting that the text tells of."""
    where = told.draft.context.jurisdiction.name
    headline = told.draft.article.headline
    m = re.match(r"(?P<by>[^\s，“]{2,12}?)(?:召开|举行|举办)(?P<name>[^，]{2,40})", headline.replace(" ", ""))
    if not m or not where:
        return
    for h in told.happenings:
        if h.type not in ("meeting", "training", "forum") or h.outing or not _shares(h.name, m["name"]):
            continue
        if m["by"] == where:
            if not h.name.startswith(where) and not h.name.startswith("“"):
                h.name = where + h.name
            _add(told, h, Ref("jurisdiction", where), "organise", h.at, "convener-in-headline", 0.8)
        return


def _shares(name: str, headline: str) -> bool:
    pairs = {headline[i : i + 2] for i in range(len(headline) - 1)}
    return bool(pairs) and sum(p in name for p in pairs) / len(pairs) >= 0.5


# ---------------------------------------------------------------- told by the event's own words


def _own(told: Scene, h: Happening) -> None:
    if h.rule in _CONVENED or h.rule in ("lecture-given", "invited-to"):
        at = h.at if h.rule in _CONVENED else told.tagged.text.find("邀请", h.sentence.start, h.sentence.end)
        for item in conveners(told, h.sentence, at):
            if item.agent.kind == "person":
                verb = told.tagged.text[h.at : h.at + 2]
                _add(told, h, item.agent, "lead" if verb == "主持" else "attend", item.at, h.rule, h.score, weight="preside" if verb == "主持" else "")
            else:
                _add(told, h, item.agent, "organise", item.at, h.rule, h.score)
    elif h.rule in ("done-to", "did"):
        item = doer(told, h.sentence, told.tagged.at(h.start))
        if item:
            _add(told, h, item.agent, "organise", item.at, h.rule, h.score)
    elif h.rule in ("held", "heard-at", "held-at") and h.type in ("meeting", "forum", "training"):
        where = told.draft.context.jurisdiction.name
        if where and h.name.startswith(where) and h.name[len(where) : len(where) + 1] not in "委政人纪第十":
            _add(told, h, Ref("jurisdiction", where), "organise", h.at, h.rule, 0.75)
    elif h.rule == "held-by":
        for item in rosters.before(told, h.sentence.start, h.at, nearest=True, gap=12):
            if item.agent.kind == "body":
                _add(told, h, item.agent, "organise", item.at, h.rule, h.score)
    if h.rule == "held" and h.type == "signing":
        first, last = told.tagged.at(h.start), h.at
        for item in rosters.within(told, first, min(last, told.tagged.text.find("仪式", first, last) if "仪式" in told.tagged.text[first:last] else last), places=True):
            if item.agent.kind == "body":
                _add(told, h, item.agent, "organise", item.at, h.rule, h.score)
    if h.outing or h.rule in ("lecture-given", "signed", "awarded"):
        first, last = told.tagged.at(h.start), told.tagged.at(h.end)
        inside = [i for i in range(first, last) if i in told.tagged.mentions]
        _parts(told, h, inside)


def _parts(told: Scene, h: Happening, inside: list[int]) -> None:
    """The agents that a match of kg/rules/event.yaml names itself."""
    marks, text = told.tagged.mentions, told.tagged.text
    persons = [i for i in inside if marks[i].kind == "person"]
    if h.outing and h.who and h.rule not in _BY_PERSON:
        _add(told, h, Ref("person", marks[h.who[0]].name), "lead", h.who[0], h.rule, h.score, weight="who")
    if h.rule in _BY_PERSON and h.who:
        first = _first_of_list(told, h.who[0], h.sentence.start)
        _add(told, h, Ref("person", marks[first].name), "lead", first, h.rule, h.score, weight="who")
        at = first
        while text[at + 1 : at + 2] in ("、", "，", "和"):
            following = next((i for i in range(at + 2, min(at + 9, h.sentence.end)) if _kind(marks.get(i)) == "person"), -1)
            between = range(at + 2, following)
            if following < 0 or any(text[i] not in "、兼" and i not in marks for i in between):
                break
            if text[at + 1] == "，" and not any(_kind(marks.get(i)) == "post" for i in between):
                break
            _add(told, h, Ref("person", marks[following].name), "attend", following, h.rule, h.score)
            at = following
    elif h.rule == "outing-carried-out":
        _add(told, h, _ref(marks[inside[0]]), "organise", inside[0], h.rule, h.score)
    elif h.rule == "outing-by-body":
        for item in conveners(told, h.sentence, next((text.find(w, inside[0]) for w in ("组织", "邀请", "召集") if 0 <= text.find(w, inside[0]) < inside[0] + 10), h.at)) or [
            Item(_ref(marks[inside[0]]), inside[0])
        ]:
            if item.agent.kind != "person":
                _add(told, h, item.agent, "organise", item.at, h.rule, h.score)
    elif h.rule == "lecture-given" and persons:
        _add(told, h, Ref("person", marks[persons[-1]].name), "lecture", persons[-1], h.rule, h.score)
    elif h.rule == "signed":
        for item in rosters.within(told, inside[0], told.tagged.at(h.end), places=True):
            if item.agent.kind != "person":
                _add(told, h, item.agent, "organise", item.at, h.rule, h.score)
    elif h.rule == "awarded" and persons:
        _add(told, h, Ref("person", marks[persons[0]].name), "lead", persons[0], h.rule, h.score, weight="preside")


def _ref(m: Mention) -> Ref:
    return Ref("jurisdiction", m.name) if m.subkind == "admin" else Ref("body", m.name)


def _first_of_list(told: Scene, at: int, floor: int) -> int:
    """The first person of the list 甲、乙 whose later member stands at ``at``."""
    marks, text = told.tagged.mentions, told.tagged.text
    while True:
        left = at - 1
        while left >= floor and (_kind(marks.get(left)) in ("post", "body", "place") or text[left] in "、兼"):
            left -= 1
        if left >= floor and text[left] in "，和" and left < at - 1:
            left -= 1  # 县委书记甲，县长乙: a title stands between
        elif left >= floor and text[left] in "和":
            left -= 1
        if left < floor or left == at - 1 or _kind(marks.get(left)) != "person":
            return at
        at = left


def _kind(m: Mention | None) -> str:
    return m.kind if m is not None else ""


# ---------------------------------------------------------------- told by the rules


def _take(told: Scene, match: Match, sentence: Sentence) -> None:
    rule, result = match.rule, match.rule.result
    at = match.match.start("verb")
    say = result.get("weight") == "say"
    if rule.name == "signed-by" and any(h.aside and h.sentence is sentence for h in told.happenings):
        return  # told as a signing of its own
    if not say and (match.match.start() > sentence.said or _background(told, sentence, match)):
        return
    read = result["read"]
    if read == "who":
        items = [Item(Ref("person", m.name), match.match.start("who")) for m in match.mentions("who") if m.kind == "person"]
        if result.get("weight") in ("say", "talk") and (_OUTSIDE.search(match.match[0]) or not items or not _official(told, items[0])):
            return
    elif read == "list":
        items = rosters.within(told, *match.match.span("list"), places="places" in result)
    else:
        items = rosters.before(
            told, sentence.start, match.match.start(), nearest=read == "nearest", gap=40 if result.get("gap") else 26
        )
    if result.get("only"):
        items = [i for i in items if (i.agent.kind == "person") == (result["only"] == "persons")]
    if not items:
        return
    weight = "tell" if say and match.match["verb"] in _TELLING else result.get("weight", "")
    then = (match.match["then"] or "") if match.has("then") else ""
    if match.match["verb"].startswith(("致", "宣布")) or "致" in then:
        weight = "open"
    elif then:
        weight = "talk"
    for h in _targets(told, sentence, at, result.get("for", "")):
        if rule.name == "presides" and read == "nearest":
            items = items[-3:]
        for item in items:
            role: ParticipationRole = result["role"]  # type: ignore[assignment]
            _add(
                told, h, item.agent, role, item.at, rule.name, rule.score, weight=weight,
                through=item.through, open_list=item.open_list, end=match.end,
            )


def _background(told: Scene, sentence: Sentence, match: Match) -> bool:
    """Whether words beside the verb tell that nobody did it then: 要参加, 将出席."""
    text = told.tagged.text
    floor = scene.clause_start(text, sentence.start, match.match.start("verb"))
    return bool(scene.unreal(text[floor : match.match.start("verb")], told.draft.extra))


def holds_office(told: Scene, at: int) -> bool:
    """Whether the person at ``at`` has an office, so that a trip of theirs is an inspection."""
    mention = told.tagged.mentions[at]
    return mention.name in told.titles or mention.subkind == "official"


def _official(told: Scene, item: Item) -> bool:
    if item.agent.name in told.titles or any(item.agent in h.present for h in told.happenings):
        return True
    mention = told.tagged.mentions.get(item.at)
    return mention is not None and mention.subkind == "official"


def _targets(told: Scene, sentence: Sentence, at: int, kind: str) -> list[Happening]:
    """The happenings that a verb at ``at`` speaks of; two where one sentence tells of 观摩暨推进会."""
    open_ = [h for h in told.happenings if not h.aside]
    kind = kind or _spoken_of(told, sentence, at)
    here = [h for h in open_ if h.scope[0] <= at < h.scope[1]]
    if not here:
        begun = [h for h in open_ if h.sentence.number <= sentence.number and not h.sentence.before]
        here = begun[-1:] or open_[:1] or told.happenings[:1]
    wanted = [h for h in here if h.outing == (kind == "outing")] if kind else here
    if kind and not wanted:
        earlier = [h for h in open_ if h.outing == (kind == "outing") and h.sentence.number <= sentence.number]
        wanted = earlier[-1:] or here
    begun = [h for h in wanted if h.at <= at]
    chosen = begun[-1] if begun else wanted[0]
    return [h for h in told.happenings if h is chosen or h.twin and h.twin == chosen.twin]


_AT_MEETING = re.compile(r"^[^，。；]{0,10}?(?:会议|座谈会|大会|推进会|汇报会|仪式|论坛|典礼|培训|座谈)")
_ON_OUTING = re.compile(r"^[^，。；会]{0,8}?(?:调研|检查|视察|考察|督导|慰问|巡查|走访|参观|察看)")
_MEETING_SAYS = re.compile(r"^[”’]?(?:在)?[^，。；]{0,8}?(?:会|仪式|论坛)上，")


def _spoken_of(told: Scene, sentence: Sentence, at: int) -> str:
    """Whether the words after a verb, or those that open the sentence, speak of a meeting or of an outing."""
    text = told.tagged.text
    after = text[at + 2 : at + 20]
    if _ON_OUTING.match(after):
        return "outing"
    if _AT_MEETING.match(after):
        return "meeting"
    return "meeting" if _MEETING_SAYS.match(text[sentence.start : sentence.start + 16]) else ""


def _add(
    told: Scene, h: Happening, agent: Ref, role: ParticipationRole, at: int, rule: str, score: float, *, weight: str = "",
    through: str = "", open_list: bool = False, end: int = 0,
) -> None:
    start = told.tagged.starts[at]
    mention = told.tagged.mentions.get(at)
    stop = max(end, mention.end if mention else start + 1)
    title = told.titles.get(agent.name, "") if agent.kind == "person" else ""
    new = Presence(agent, role, start, stop, rule, score, title, through, open_list, {weight} if weight else set())
    old = h.present.get(agent)
    if old is None:
        h.present[agent] = new
        return
    old.weights |= new.weights
    old.open_list = old.open_list or open_list
    old.through = old.through or through
    if _RANK[role] < _RANK[old.role]:
        h.present[agent] = replace(new, weights=old.weights, through=old.through, open_list=old.open_list)


def _twins(told: Scene) -> None:
    """观摩暨推进会: who was at the one was at the other."""
    pairs = [[h for h in told.happenings if h.twin == key] for key in {h.twin for h in told.happenings if h.twin}]
    for pair in pairs:
        for h in pair:
            for other in pair:
                for agent, presence in other.present.items():
                    h.present.setdefault(agent, replace(presence, weights=set(presence.weights)))


# ---------------------------------------------------------------- who led


def _decide(told: Scene, h: Happening) -> None:
    """Settles the leaders of an event: everybody else only took part."""
    present = list(h.present.values())
    people = [p for p in present if p.agent.kind == "person"]
    leaders = _outing_leaders(people) if h.outing else _meeting_leaders(told, h, people)
    names = {p.agent for p in leaders}
    for p in people:
        if p.agent in names:
            if p.role not in ("organise", "lecture") or "preside" in p.weights or "talk" in p.weights or p.weights & {"say", "tell", "open"}:
                p.role = "lead"
        elif p.role == "lead":
            p.role = "attend"
    if h.outing or h.type != "meeting":
        return
    if not names and (outing := _outing_before(told, h)) is not None:
        for p in outing.present.values():
            if p.role == "lead" and p.agent.kind == "person" and p.agent not in h.present:
                h.present[p.agent] = replace(p, rule="leader-of-the-outing", score=0.7, weights=set())
    if not any(p.role == "organise" for p in h.present.values()) and (outing := _outing_before(told, h)) is not None:
        for p in outing.present.values():
            if p.role == "organise":
                h.present[p.agent] = replace(p, rule="organiser-of-the-outing", score=0.7, weights=set())


def _outing_before(told: Scene, h: Happening) -> Happening | None:
    earlier = [o for o in told.happenings if o.outing and o.sentence.number <= h.sentence.number and o.at < h.at and not o.twin]
    return earlier[-1] if earlier and (h.bare or h.sentence.after) else None


def _outing_leaders(people: list[Presence]) -> list[Presence]:
    ahead = [p for p in people if "preside" in p.weights]
    return ahead or [p for p in people if "who" in p.weights][:1]


def _meeting_leaders(told: Scene, h: Happening, people: list[Presence]) -> list[Presence]:
    presiding = [p for p in people if "preside" in p.weights]
    talking = [p for p in people if "talk" in p.weights][:1]
    voiced = (
        [p for p in people if p.weights & {"say", "tell"} and _ranked(told, p)]
        or [p for p in people if "open" in p.weights and _ranked(told, p)]
        or [p for p in people if p.weights & {"say", "tell"}]
    )
    speaking = sorted((p for p in voiced), key=lambda p: (not _ranked(told, p), p.start))
    if presiding:
        if talking or "发布会" in h.name or any("say" in p.weights for p in presiding):
            return presiding + talking
        if h.type in ("ceremony", "signing") and not any("say" in p.weights for p in speaking):
            return presiding + [p for p in speaking if "open" in p.weights and _ranked(told, p)][:1]
        return presiding + [p for p in speaking if "say" in p.weights and _ranked(told, p)][:1]
    if talking:
        return talking
    if speaking:
        return speaking[:1]
    if h.type in ("meeting", "ceremony", "signing", "activity"):
        shown = [p for p in people if p.role == "award"] or [p for p in people if h.type != "activity"] and [
            p for p in people if p.role == "attend" and _ranked(told, p)
        ]
        return sorted(shown, key=lambda p: p.start)[:1]
    return []


def _ranked(told: Scene, p: Presence) -> bool:
    """Whether an official speaks, so that a guest from a firm or a villager is not taken for the leader."""
    kinds = {m.subkind for m in told.draft.of("person") if m.name == p.agent.name}
    firm = re.search(r"总裁|董事|经理|厂长|创始人", p.title)
    return (bool(p.title) or "official" in kinds) and not kinds & {"business", "citizen"} and not firm
