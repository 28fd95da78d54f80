"""Outings: who went where to inspect, advise or comfort.

``二七区委书记陈红民带队到淮河路街道，调研齐礼阎党群服务中心建设工作`` is named 陈红民到淮河路街道调研….
"""

from __future__ import annotations

import re

from kg.extract import partakers, scene
from kg.extract.scene import Happening, Scene, Sentence
from kg.rules import Match

#: nouns that begin with a verb of looking, and papers that are named after one
_NOT_A_VERB = re.compile(
    r"检查站|检查组|督导组|指导下|调研报告|视察报告|指导意见|指导员|指导老师|指导工作|讲话精神|指示精神|督查局|督导员|检查员|检查工作组"
)
_BACK = re.compile(r"(?:组织|工作人员|党员干部|班子成员|志愿者|负责人|领导|一行|先后|分别|集中|深入辖区|到辖区|联合)+$")
_HELD = re.compile(r"(?:会|仪式|活动|比赛|班)，")
#: after a person: deputies who came along
_BESIDE = re.compile(r"[\ue000-\uf8ff](?:以及|[和与及])[^，]{0,14}(?:代表|委员)$")
_LED = re.compile(r"带队|率队|一行")
_LED_BY = re.compile(r"^由.{2,40}?(?:带队|率领|带领|组成)的")
_INVITED = re.compile(r"并?(?:邀请|组织)")
_PAPER = re.compile(r"讲话|指示|批示")
#: how the going or the looking was done: no part of the place
_HOW = re.compile(
    r"[，、](?:先后|分别|实地|现场|专题|集中|就|对).*$|，?(?:先后|分别|实地|现场|专题|集中|进行|开展|对其?|，)+$"
)
#: where what was looked at ends
_ENDS = re.compile(r"时(?=强调|表示|指出|要求|$)|，")
_NOWHERE = ("会", "会场", "场", "现场")
#: verbs of going that stand in the name as they are; the others become 到
_KEPT = ("赴", "深入", "来", "走访")

#: a list of more characters than this stays out of a name
_LONG = 30


def read(told: Scene, match: Match, made: Happening) -> Happening | None:
    """The outing that a match tells of, named; None where it is none after all."""
    text, rule = told.tagged.text, match.rule.name
    verb_start, verb_end = match.match.span("verb")
    if _NOT_A_VERB.search(text, verb_start, verb_end + 3):
        return None
    if text[verb_end : verb_end + 1] == "的":
        return None  # 与来我县考察的总经理甲座谈: who they were
    if match.has("object") and _PAPER.search(match.match["object"]):
        return None
    if match.has("whom") and _HELD.search(match.match["whom"]):
        return None  # 组织先进典型座谈会，…颁发慰问金
    group = rule in ("outing-by-group", "outing-group-looked")
    if group and _INVITED.match(match.match["whom"]) and _within(told, made):
        return None  # 举办开放日活动，邀请人大代表参观…: a part of the activity
    if rule == "outing-by-group" and (beside := _BESIDE.search(match.match["whom"])) is not None:
        m = told.tagged.mentions.get(match.match.start("whom") + beside.start())
        if m is not None and m.kind == "person":
            return None  # 主任甲、主席乙以及部分人大代表对…进行视察: told by who led
    if match.has("where") and match.match["where"].strip("，") in _NOWHERE:
        return None
    if rule == "outing-on" and not match.has("led") and _deep(made.sentence):
        return None
    if rule == "went-to-see" and not _seen_after(told, match, made):
        return None
    at = match.match.start("who") if match.has("who") else -1
    if at >= 0:
        at = _behind_company(told, at, match.match.start("go" if match.has("go") else "verb"))
    if rule == "outing-then":
        at = _last_person(told, made.sentence, match.match.start())
    led = match.has("led") or _LED.search(match.match[0]) is not None
    if rule == "outing-then" and at < 0 or match.has("who") and not led and not holds_office(told, at):
        return None
    verb = match.match["verb"]
    comforting = scene.words("comfort", told.draft.extra)
    comfort = verb in comforting or verb == "走访" and _object(told, match).startswith(tuple(comforting))
    made.type = match.rule.result.get("type") or ("activity" if comfort else "inspection")
    made.type = "activity" if verb == "采风" else made.type
    made.form = "outing"
    made.name = _name(told, match, partakers.first_of_list(told, at, made.sentence.start) if at >= 0 else at)
    made.at = at if match.has("who") else match.match.start()
    made.who = (at,) if at >= 0 else ()
    made.gone = match.match.start("go") if match.has("go") else -1
    return made


def _behind_company(told: Scene, at: int, stop: int) -> int:
    """Who went, where ``at`` is one in whose company it was: 在区长何鹏陪同下，市农业农村局局长|齐天|深入…调研."""
    text = told.tagged.text
    company = text.find("陪同下", at, stop)
    if company < 0 or "在" in text[at:company]:
        return at
    marks = told.tagged.mentions
    return next((i for i in range(company, stop) if i in marks and marks[i].kind == "person"), at)


def _seen_after(told: Scene, match: Match, made: Happening) -> bool:
    """Whether those at what was told went to see a place with a name: 启动仪式举行。…随后，共同参观了石桥社区."""
    if any(h.outing for h in told.happenings) or not told.happenings and not made.sentence.before:
        return False
    return any(m.kind in ("place", "body") for m in match.mentions("object"))


def _within(told: Scene, made: Happening) -> bool:
    return any(h.sentence is made.sentence and not h.outing for h in told.happenings)


def holds_office(told: Scene, at: int) -> bool:
    """Whether the person at ``at`` has an office, so that a trip of theirs is an inspection."""
    mention = told.tagged.mentions[at]
    return mention.name in told.titles or mention.subkind == "official"


def _deep(sentence: Sentence) -> bool:
    return sentence.number > 1 and not (sentence.after or sentence.before)


def _name(told: Scene, match: Match, at: int) -> str:
    who = told.tagged.mentions[at].name if at >= 0 else _group(told, match)
    verb, thing = match.match["verb"], _object(told, match)
    where = _goal(told, match) if match.has("go") else ""
    if match.rule.name == "outing-in":
        thing = thing.strip("的")
    if match.rule.name in ("outing-carried-out", "outing-carried-out-by-group"):
        verb, thing = thing + verb, ""
    if match.has("about"):
        where = f"对{_text(told, match, 'about')}进行"
    return f"{who}{where}{verb}{thing}"


def _goal(told: Scene, match: Match) -> str:
    """``到`` with the place gone to; of a body that had others look (组织人大代表对…), whom and at what."""
    go = match.match["go"]
    place = _HOW.sub("", _text(told, match, "where")) if match.has("where") else ""
    if match.rule.name in ("outing-by-body", "outing-to-learn"):
        whom = _text(told, match, "whom")
        return f"{go}{whom if len(whom) <= _LONG else ''}{'对' + place if place else ''}"
    if len(place) > _LONG:
        return ""
    return (go if go in _KEPT else "到") + place.split("，")[0]


def _text(told: Scene, match: Match, group: str) -> str:
    return scene.tagged_text(told.tagged, *match.match.span(group))


def _group(told: Scene, match: Match) -> str:
    """Those who went, where no person is named: 与会人员, 代表团, 县政协."""
    if match.rule.name in ("outing-of-body", "outing-body-looked"):
        stop = match.match.start("go" if match.has("go") else "verb")
        return _BACK.sub("", scene.tagged_text(told.tagged, match.match.start("by"), stop))
    for group in ("by", "whom"):
        if match.has(group):
            return _LED_BY.sub("", _text(told, match, group).strip("，、"))
    return ""


def _last_person(told: Scene, sentence: Sentence, at: int) -> int:
    """The person named last before ``at`` in the sentence: the subject of 并赴…检查; -1 where none is named."""
    marks = told.tagged.mentions
    named = [i for i in range(sentence.start, at) if (m := marks.get(i)) is not None and m.kind == "person"]
    return named[-1] if named else -1


def _object(told: Scene, match: Match) -> str:
    """What was looked at, up to the next clause, if it is short enough for a name."""
    if not match.has("object"):
        return ""
    found = _ENDS.split(_text(told, match, "object"))[0]
    if found.startswith("了") and not found.startswith("了解"):
        found = found[1:]
    return found if len(found) <= 40 else ""
