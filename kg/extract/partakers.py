"""Who took part in an event, told by the very words by which the event was found.

``县委宣传部举办…培训班`` names who held it, ``县委书记甲、县长乙先后到…调研`` who led the outing and who came along.
What the rules of kg/rules/participation.yaml tell besides is read in :mod:`kg.extract.participations`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract import conveners, rosters, scene
from kg.extract.rosters import Item
from kg.extract.scene import Happening, Scene, put, ref
from kg.model import Mention, ParticipationRole, Ref, Title

_BY_PERSON = (
    "outing-to",
    "outing-work",
    "outing-errand",
    "outing-on",
    "outing-in",
    "outing-when",
    "outing-then",
    "outing-around",
)
_CONVENED = (
    "convened",
    "drive-begun",
    "carried-out",
    "carried-out-too",
    "carried-out-first",
    "carried-out-there",
    "organised",
    "trained",
    "drilled",
    "studied-together",
)
#: after a body: a session of it
_SESSION = re.compile(
    r"(?:第?[一二三四五六七八九十百\d]+(?:次|届)[^，。；]{0,12}?(?:会议|全会|常务会|办公会|例会)|(?:党组|常务|主任|主席|全体|常委会|党组（扩大）)会议|(?:党组)?理论学习中心组)"
)
#: 市十七届人大常委会第三十六次会议: the organ behind the number of its term
_NUMBERED = re.compile(
    r"(?P<level>[省市区县旗州])第?[一二三四五六七八九十\d]+届(?P<organ>人大常委会|人民代表大会常务委员会|人民政府|政协)"
    r"(?=第?[一二三四五六七八九十\d]+次|召开|举行)"
)
#: 县长甲主持召开|政府常务会: the government of the page's area
_COUNCIL = re.compile(r"政府(?:第?\d*次?)?常务会")
#: 来到白石、双江和小江|代表团
_DELEGATIONS = re.compile(r"(?:来到|前往|到|深入|走进|看望|参加|参与)了?(?P<list>[一-龥、]{2,24}?)代表团")
_DEEDS = ("done-to", "did", "heard-case", "published", "gave", "came-to-help", "rescued")
_OWN = (
    "lecture-given",
    "lecture-after",
    "signed",
    "signed-for",
    "signed-by-persons",
    "awarded",
    "studied",
    "received",
    "sent-to",
    "preached-at",
    "talks",
    "sat-with",
    "took-part-in",
    "reported-to",
    "lecture-to",
)
_CONSULTED = ("consulted", "consulted-on")
_LOOKED = re.compile("走访|慰问|看望|到|赴|深入|前往|走进|督查|检查|调研|视察|巡查|暗访|督导|抽查")
#: after the name of a congress: those of it who went
_MEMBERS = re.compile(
    r"(?:部分|常委会|机关|主席会议|主任会议){0,2}(?:组成人员|主任会议成员|主席会议成员|常委会委员|常委会?组成人员)"
)
_GONE = re.compile("走进|深入|来到|进驻|前往|赴|到")
_ASKED = re.compile(r"组织|邀请|召集")
_TOGETHER = re.compile(r"联合|会同")


def read(told: Scene, h: Happening) -> None:
    """The agents in the words by which the event was found: who convened it, went, lectured, signed."""
    if h.rule in _CONVENED or h.rule in ("lecture-given", "invited-to"):
        at = h.at if h.rule in _CONVENED else told.tagged.text.find("邀请", h.sentence.start, h.sentence.end)
        held = conveners.conveners(told, h.sentence, at)
        led = conveners.led_along(told, h.sentence, at) is not None
        if led or h.rule in ("convened", "organised"):
            for item in conveners.called_together(told, h.sentence, at):
                put(told, h, item.agent, "attend", item.at, h.rule, h.score, through=item.through)
        if not held and h.rule in _CONVENED and (opener := conveners.opener(told, h.sentence, at)) is not None:
            held = [opener]
        for item in held:
            if item.agent.kind == "person":
                presided = led or told.tagged.text.startswith("主持", h.at)
                role: ParticipationRole = "lead" if presided else "attend"
                put(told, h, item.agent, role, item.at, h.rule, h.score, weight="preside" if presided else "")
                first = first_of_list(told, item.at, h.sentence.start)
                if not presided and first != item.at and h.rule == "carried-out":
                    agent = Ref("person", told.tagged.mentions[first].name)
                    put(told, h, agent, "lead", first, h.rule, h.score, weight="who")
            else:
                put(told, h, item.agent, "organise", item.at, h.rule, h.score)
    elif h.rule in _CONSULTED:
        _consulted(told, h)
    elif h.rule == "deliberated":
        at = told.tagged.at(h.start)
        put(told, h, Ref("person", told.tagged.mentions[at].name), "lead", at, h.rule, h.score, weight="preside")
    elif h.rule in _DEEDS:
        for item in conveners.doers(told, h.sentence, told.tagged.at(h.start)):
            put(told, h, item.agent, "organise", item.at, h.rule, h.score)
    elif h.rule in ("held", "heard-at", "held-at") and h.type in ("meeting", "forum", "training"):
        where = told.draft.context.jurisdiction.name
        opens = told.tagged.mentions.get(told.tagged.at(h.start))
        if opens is not None and h.rule == "held" and _holds_itself(opens) and h.name.startswith(opens.text):
            put(told, h, ref(opens), "organise", told.tagged.at(h.start), h.rule, 0.75)
        elif where and h.name.startswith(where) and h.name[len(where) : len(where) + 1] not in "委政人纪第十":
            put(told, h, Ref("jurisdiction", where), "organise", h.at, h.rule, 0.75)
    elif h.rule == "presided-meeting":
        marks = told.tagged.mentions
        first, last = told.tagged.at(h.start), h.at
        for i in [i for i in range(first, last) if i in marks and marks[i].kind == "person"][-1:]:
            put(told, h, Ref("person", marks[i].name), "lead", i, h.rule, h.score, weight="preside")
    elif h.rule == "held-by":
        for item in rosters.before(told, h.sentence.start, h.at, nearest=True, gap=12):
            if item.agent.kind == "body":
                put(told, h, item.agent, "organise", item.at, h.rule, h.score)
    if h.type == "meeting" and not h.outing and not any(p.role == "organise" for p in h.present.values()):
        _session(told, h)
    if h.rule == "held" and h.type in ("training", "activity") and not h.present:
        _named_after(told, h)
    if h.rule == "deliberated":
        _delegations(told, h)
    if h.rule == "held" and h.type == "signing":
        first = told.tagged.at(h.start)
        head = told.tagged.text.find("仪式", first, h.at)
        items = rosters.within(told, first, head if head >= 0 else h.at, places=True, areas=True)
        items = [i for i in items if i.agent.kind != "person"]
        for item in items:
            if item.agent.kind == "body" or len(items) > 1:
                put(told, h, item.agent, "organise", item.at, h.rule, h.score)
    if h.outing or h.rule in _OWN:
        first, last = told.tagged.at(h.start), told.tagged.at(h.end)
        inside = [i for i in range(first, last) if i in told.tagged.mentions]
        _parts(told, h, inside)


def _holds_itself(m: Mention) -> bool:
    """Whether a street, a community, a zone or a body named at the head of a meeting's name held it."""
    return m.subkind in ("street", "community") or m.kind == "body" or m.name.endswith(("开发区", "高新区", "园区"))


def _named_after(told: Scene, h: Happening) -> None:
    """``2022年省体育局“健身下乡”辅导班在…开课``: the body whose event it is stands before the name of it."""
    marks = told.tagged.mentions
    for i in range(told.tagged.at(h.start), h.at):
        m = marks.get(i)
        if m is None:
            if told.tagged.text[i] not in "0123456789年、，届第两度":
                return
        elif m.kind == "body" and told.tagged.text[i + 1 : i + 2] in ("“", "第", "2"):
            put(told, h, ref(m), "organise", i, "named-after-body", 0.7)
            return
        elif m.kind != "date" and m.subkind != "admin":
            return


def _delegations(told: Scene, h: Happening) -> None:
    """``来到白石、双江代表团``: the delegations of a congress that somebody joined."""
    start, end = h.start, h.end
    text = told.draft.norm
    found = _DELEGATIONS.search(text, start, end)
    if found is None:
        return
    at = told.tagged.at(found.start("list"))
    begin = found.start("list")
    for part in re.split("[、和]", found["list"]):
        stop = begin + len(part)
        if len(part) > 1:
            name = f"{part}代表团"
            last = found.end() if stop == found.end("list") else stop
            printed = told.draft.text[begin:last]
            told.made.append(Mention("body", begin, last, printed, name, "delegation", "congress", 0.8))
            put(told, h, Ref("body", name), "attend", at, "delegation", 0.8)
        begin = stop + 1


def _consulted(told: Scene, h: Happening) -> None:
    """Who had something talked over, and whom they asked: 县住建局邀请县政协委员，就…进行对接交流."""
    start = told.tagged.at(h.start)
    asked = _ASKED.search(told.tagged.text, h.sentence.start, start)
    held = conveners.conveners(told, h.sentence, asked.start() if asked else start)
    opener = conveners.opener(told, h.sentence, start)
    for item in [i for i in held if i.agent.kind != "person"] or ([opener] if opener else []):
        put(told, h, item.agent, "organise", item.at, h.rule, h.score)
    for item in rosters.within(told, asked.end(), start) if asked else []:
        put(told, h, item.agent, "attend", item.at, h.rule, h.score, through=item.through)


def sides(told: Scene, stretch: tuple[int, int]) -> list[tuple[int, str]]:
    """The bodies of a tagged stretch, with those that stand in a title: 县第一中学|校长方志铭与|湖南农业大学."""
    found = []
    for i in range(*stretch):
        m = told.tagged.mentions.get(i)
        if m is not None and m.kind in ("body", "place"):
            found.append((i, m.name))
        elif m is not None and isinstance(m.value, Title) and m.value.body:
            found.append((i, m.value.body))
    return found


def _session(told: Scene, h: Happening) -> None:
    """``区政府第86次常务会议``: the body whose session it is held it."""
    marks = told.tagged.mentions
    first, last = told.tagged.at(h.start), told.tagged.at(h.end)
    for i in range(first, last):
        m = marks.get(i)
        if m is not None and m.kind == "body" and _SESSION.match(told.tagged.text, i + 1, last):
            put(told, h, Ref("body", m.name.removesuffix("党组")), "organise", i, "session-of-body", 0.8)
            return
    where = told.draft.context.jurisdiction.name
    if where and _COUNCIL.match(told.tagged.text, h.at + 2, last + 2) and "政府常务会" in h.name[:12]:
        put(told, h, Ref("body", f"{where}人民政府"), "organise", h.at, "session-of-government", 0.7)
        return
    start = told.tagged.article(scene.clause_start(told.tagged.text, h.sentence.start, h.at), h.at)[0]
    if numbered := _NUMBERED.search(told.draft.norm, start, min(h.end, start + 60)):
        begin, end = numbered.span()
        begin = told.draft.areas.get(numbered.end("level"), begin)
        organ = "人大常委会" if "代表大会" in numbered["organ"] else numbered["organ"]
        text = told.draft.text[begin:end]
        name = f"{told.draft.norm[begin : numbered.end('level')]}{organ}"
        kind = "government" if organ == "人民政府" else "cppcc" if organ == "政协" else "congress"
        told.made.append(Mention("body", begin, end, text, name, "standing-committee", kind, 0.9))
        put(told, h, Ref("body", name), "organise", first, "session-of-body", 0.8)


def _parts(told: Scene, h: Happening, inside: list[int]) -> None:
    """The agents that a match of kg/rules/event.yaml names itself."""
    marks, text = told.tagged.mentions, told.tagged.text
    persons = [i for i in inside if marks[i].kind == "person"]
    if h.outing and h.who and h.rule not in _BY_PERSON:
        put(told, h, Ref("person", marks[h.who[0]].name), "lead", h.who[0], h.rule, h.score, weight="who")
    if h.rule in _BY_PERSON and h.who:
        first = first_of_list(told, h.who[0], h.sentence.start)
        put(told, h, Ref("person", marks[first].name), "lead", first, h.rule, h.score, weight="who")
        if h.gone > first:
            # 县委书记甲、县委办主要负责人等|先后前往…
            stop = h.gone - 1 if text[h.gone - 1] == "，" else h.gone
            listed = rosters.before(told, h.sentence.start, stop, gap=16)
            if any(item.at == first for item in listed):
                for item in listed:
                    if item.at != first:
                        put(told, h, item.agent, "attend", item.at, h.rule, h.score, through=item.through)
        at = first
        while text[at + 1 : at + 2] in ("、", "，", "和"):
            ahead = range(at + 2, min(at + 9, h.sentence.end))
            following = next((i for i in ahead if _kind(marks.get(i)) == "person"), -1)
            between = range(at + 2, following)
            if following < 0 or any(text[i] not in "、兼" and i not in marks for i in between):
                break
            if text[at + 1] == "，" and not any(_kind(marks.get(i)) == "post" for i in between):
                break
            put(told, h, Ref("person", marks[following].name), "attend", following, h.rule, h.score)
            at = following
    elif h.rule == "outing-carried-out":
        put(told, h, ref(marks[inside[0]]), "organise", inside[0], h.rule, h.score)
    elif h.rule in ("outing-by-group", "outing-party-work", "outing-group-looked", "press-tour") and inside:
        if _MEMBERS.match(text, inside[0] + 1) and marks[inside[0]].kind == "body":
            put(told, h, ref(marks[inside[0]]), "organise", inside[0], h.rule, h.score)
        for item in rosters.within(told, inside[0], h.gone if h.gone > inside[0] else h.at):
            if marks[item.at].subkind == "taskforce":
                put(told, h, item.agent, "attend", item.at, h.rule, h.score)
    elif h.rule in ("outing-of-body", "outing-body-looked"):
        verb = _LOOKED.search(text[inside[0] : inside[-1] + 40])
        stop = inside[0] + verb.start() if verb else inside[0] + 1
        for item in rosters.within(told, inside[0], stop):
            # 县消防救援大队|联合县住建局、县应急管理局: they came along
            joined = h.rule == "outing-body-looked" and _TOGETHER.search(text, inside[0], item.at)
            put(told, h, item.agent, "attend" if joined else "organise", item.at, h.rule, h.score)
    elif h.rule in ("outing-by-body", "outing-to-learn"):
        verb = _ASKED.search(text, inside[0], inside[0] + 10)
        named = conveners.conveners(told, h.sentence, verb.start() if verb else h.at)
        for item in named or [Item(ref(marks[inside[0]]), inside[0])]:
            if item.agent.kind != "person":
                put(told, h, item.agent, "organise", item.at, h.rule, h.score)
    elif h.rule in ("lecture-given", "lecture-after") and persons:
        put(told, h, Ref("person", marks[persons[-1]].name), "lecture", persons[-1], h.rule, h.score)
    elif h.rule in ("talks", "sat-with", "took-part-in") and (persons or h.rule == "sat-with"):
        host = persons[0] if persons and persons[0] == told.tagged.at(h.start) else -1
        if host < 0:  # 调研组与村“两委”座谈: the party of the outing told before
            host = next((o.who[0] for o in told.happenings if o.outing and o.who), -1)
        if host >= 0:
            put(told, h, Ref("person", marks[host].name), "lead", host, h.rule, h.score, weight="who")
        for i in persons:
            if i != host:
                put(told, h, Ref("person", marks[i].name), "attend", i, h.rule, h.score)
    elif h.rule == "received":
        first = first_of_list(told, persons[0], h.sentence.start)
        put(told, h, Ref("person", marks[first].name), "lead", first, h.rule, h.score, weight="preside")
        for i in [j for j in marks if first < j < persons[0] and marks[j].kind == "person"] + persons:
            put(told, h, Ref("person", marks[i].name), "attend", i, h.rule, h.score)
    elif h.rule == "sent-to":
        for item in conveners.conveners(told, h.sentence, text.find("组织", inside[0])):
            if item.agent.kind != "person":
                put(told, h, item.agent, "organise", item.at, h.rule, h.score)
    elif h.rule == "preached-at":
        gone = _GONE.search(text, inside[0], h.at)
        for item in rosters.within(told, inside[0], gone.start() if gone else h.at, places=True):
            # 某中学党支部党员|与某社区工作人员一道: they came along
            role: ParticipationRole = "organise" if item.at == inside[0] else "attend"
            put(told, h, item.agent, role, item.at, h.rule, h.score)
    elif h.rule == "reported-to":
        if marks[inside[0]].kind == "body" and inside[0] == told.tagged.at(h.start):
            put(told, h, ref(marks[inside[0]]), "organise", inside[0], h.rule, h.score)
    elif h.rule in ("signed-for", "signed-by-persons"):
        for i in persons:
            put(told, h, Ref("person", marks[i].name), "attend", i, h.rule, h.score)
        if h.rule == "signed-by-persons":
            return
        for i, name in sides(told, (inside[0], text.find("签", inside[0]))):
            put(told, h, Ref("body", name), "organise", i, h.rule, h.score)
    elif h.rule == "signed":
        several = re.search("等[^，。；]{0,6}企业", text[inside[0] : told.tagged.at(h.end)]) is not None
        where = text.find("在", inside[0], h.at)  # 在宿迁市签署: no party to it
        stop = where if where >= 0 else told.tagged.at(h.end)
        for item in _alike_bodies(rosters.within(told, inside[0], stop, places=True, areas=True)):
            if item.agent.kind != "person":
                # 县政府与甲集团、乙公司等企业签订: the firms came to sign, the government held it
                side = several and any(text[i] in "与和同" for i in range(inside[0], item.at))
                put(told, h, item.agent, "attend" if side else "organise", item.at, h.rule, h.score)
    elif h.rule in ("studied", "lecture-to"):
        put(told, h, Ref("person", marks[h.who[0]].name), "lead", h.who[0], h.rule, h.score, weight="preside")
    elif h.rule == "awarded" and persons:
        put(told, h, Ref("person", marks[persons[0]].name), "lead", persons[0], h.rule, h.score, weight="preside")


def _alike_bodies(items: list[Item]) -> list[Item]:
    """``青神县、洪雅县、丹棱县人民政府``: the last of a list of areas tells what all of them are."""
    last = next((i.agent.name for i in reversed(items) if i.agent.kind == "body"), "")
    organ = re.search(r"(?<=[省市区县旗州镇乡])(?:人民政府|政府|委)$", last)
    if organ is None:
        return items
    return [
        replace(i, agent=Ref("body", i.agent.name + organ[0])) if i.agent.kind == "jurisdiction" else i for i in items
    ]


def first_of_list(told: Scene, at: int, floor: int) -> int:
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
