"""Who took part in an event, and in what role (who led it: :mod:`kg.extract.leaders`).

``区领导崔世英、翟国防，区委办、区委宣传部等主要负责人陪同`` names two persons and two bodies that came along, the
bodies through their heads. Rules: kg/rules/participation.yaml (what the words of the event itself tell is read in
:mod:`kg.extract.partakers`). Reporters take no part; nor does an absent leader whose order is quoted
(``落实省长“…”的批示``).
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract import leaders, partakers, reported, rosters, scene, which_event
from kg.extract.rosters import Item
from kg.extract.scene import Happening, Scene, Sentence, put
from kg.model import Mention, ParticipationRole, Ref
from kg.rules import Match, load_rules

_TELLING = ("介绍", "说", "坦言", "认为")
#: what somebody declares who leads: 宣布工程开工, 宣布艺术节开幕
_DECLARED = re.compile(
    r"[^，。；]{0,24}?(?:开工|开幕|启动|开赛|开园|开馆|开业|通车|通水|投产|开始|开机|开班|成立|闭幕)"
)
_TEAM = re.compile("代表队|参赛队")
_OUTSIDE = re.compile(r"告诉|获悉|了解到|记者")


def find(told: Scene) -> None:
    """Fills in who was present at each happening, from the words that tell of the event and from the rules."""
    for h in told.happenings:
        partakers.read(told, h)
    rules = load_rules("participation", told.draft.extra)
    for sentence, matches in scene.by_sentence(rules, told):
        if not sentence.names:
            continue
        for match in matches:
            _take(told, match, sentence)
    _twins(told)
    where = told.draft.context.jurisdiction.name
    for h in told.happenings:
        # 桐城市一季度项目集中签约仪式在…举行: nobody else is said to have held it
        named = where and h.rule == "held" and h.type in ("signing", "ceremony") and h.name.startswith(where)
        if named and not any(p.role == "organise" for p in h.present.values()):
            put(told, h, _narrower(told, h, where) or Ref("jurisdiction", where), "organise", h.at, h.rule, 0.65)
        leaders.decide(told, h)


def _narrower(told: Scene, h: Happening, where: str) -> Ref | None:
    """``青神县青竹街道“…”启用仪式``: the street named right behind the area is who held it."""
    rest = h.name.removeprefix(where)
    for m in told.draft.of("body", "place"):
        if m.subkind in ("street", "community") and rest.startswith(m.text.removeprefix(where)) and m.text != where:
            return Ref("body", m.name)
    return None


def _take(told: Scene, match: Match, sentence: Sentence) -> None:
    rule, result = match.rule, match.rule.result
    at = match.match.start("verb")
    say = result.get("weight") == "say"
    if rule.name == "signed-by" and any(h.aside and h.sentence is sentence for h in told.happenings):
        return  # told as a signing of its own
    if not say and (match.match.start() > sentence.said or _background(told, sentence, match)):
        return
    read = result["read"]
    if rule.name == "organised-by" and reported.ASIDE.match(told.tagged.text, sentence.start):
        return  # 据介绍，学校由某公司承建…承办: no organiser of the event
    heard = False
    if read == "who":
        items = [
            Item(Ref("person", m.name), match.match.start("who")) for m in match.mentions("who") if m.kind == "person"
        ]
        speech = result.get("weight") in ("say", "talk")
        if say and items and _in_background(told, sentence) and not _known(told, items[0]):
            return  # 据介绍，…。街道党工委副书记甲表示: asked by the reporter, not heard at the event
        if speech and (_OUTSIDE.search(match.match[0]) or not items):
            return
        heard = speech and not _official(told, items[0])
        if heard and (not say or not told.happenings):
            return
    elif read == "list":
        items = rosters.within(told, *match.match.span("list"), places="places" in result)
        if rule.name == "won-there":
            items = [_team(told, i) for i in items]
        if match.has("with"):
            items += rosters.within(told, *match.match.span("with"))
    else:
        items = rosters.before(
            told,
            sentence.start,
            match.match.start(),
            nearest=read == "nearest",
            gap=40 if result.get("gap") else 26,
            areas=bool(result.get("areas")),
        )
    if result.get("only"):
        items = [i for i in items if (i.agent.kind == "person") == (result["only"] == "persons")]
    if not items:
        return
    if heard:
        weight = "heard"  # 市民甲说，…: somebody without office who was there
    else:
        weight = "tell" if say and match.match["verb"] in _TELLING else result.get("weight", "")
    then = (match.match["then"] or "") if match.has("then") else ""
    if match.match["verb"].startswith("宣布") and _DECLARED.match(told.tagged.text, match.match.end("verb")):
        weight = "declare"
    elif match.match["verb"] in ("收听收看", "收看"):
        weight = "watch"
    elif "工作报告" in match.match["verb"]:
        weight = "report"
    elif match.match["verb"].startswith(("致", "宣布")) or "致" in then:
        weight = "open"
    elif then.startswith("并宣布") or "宣布" in then:
        weight = "declare"
    elif then:
        weight = "talk"
    plain = rule.name in ("attended", "heard-from")
    for h in which_event.targets(told, sentence, at, result.get("for", ""), plain):
        if heard and h.outing and h.who:
            continue  # whom an official met on the way and the reporter asked
        if rule.name == "presides" and read == "nearest":
            items = items[-3:]
        for item in items:
            role: ParticipationRole = result["role"]  # type: ignore[assignment]
            put(
                told,
                h,
                item.agent,
                role,
                item.at,
                rule.name,
                rule.score,
                weight=weight,
                through=item.through,
                open_list=item.open_list,
                end=match.end,
            )


def _team(told: Scene, item: Item) -> Item:
    """``北港镇|代表队``: the team of a town or a body, which is a body of its own."""
    found = _TEAM.match(told.tagged.text, item.at + 1)
    if found is None:
        return item
    start, end = told.tagged.article(item.at, found.end())
    name = item.agent.name + found[0]
    told.made.append(Mention("body", start, end, told.draft.text[start:end], name, "team", "taskforce", 0.8))
    return Item(Ref("body", name), item.at)


def _in_background(told: Scene, sentence: Sentence) -> bool:
    """Whether a sentence stands behind one that tells the background, in the same paragraph."""
    text = told.tagged.text
    floor = text.rfind("\n", 0, sentence.start) + 1
    earlier = [s for s in told.sentences if floor <= s.start <= sentence.start]
    return any(reported.ASIDE.match(text, s.start) for s in earlier)


def _known(told: Scene, item: Item) -> bool:
    return any(item.agent in h.present for h in told.happenings)


def _background(told: Scene, sentence: Sentence, match: Match) -> bool:
    """Whether words beside the verb tell that nobody did it then: 要参加, 将出席."""
    text = told.tagged.text
    at = match.match.start("list" if match.rule.name == "heard-from" else "verb")
    floor = scene.clause_start(text, sentence.start, at)
    return bool(scene.unreal(text[floor:at], told.draft.extra))


def _official(told: Scene, item: Item) -> bool:
    if item.agent.name in told.titles or any(item.agent in h.present for h in told.happenings):
        return True
    mention = told.tagged.mentions.get(item.at)
    return mention is not None and mention.subkind == "official"


def _twins(told: Scene) -> None:
    """观摩暨推进会: who was at the one was at the other."""
    pairs = [[h for h in told.happenings if h.twin == key] for key in {h.twin for h in told.happenings if h.twin}]
    for pair in pairs:
        for h in pair:
            for other in pair:
                for agent, presence in other.present.items():
                    h.present.setdefault(agent, replace(presence, weights=set(presence.weights)))
