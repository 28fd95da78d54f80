"""Who led an event: everybody else took part.

``县长李文华主持会议，县委书记王建国出席并讲话`` has two leaders; of an outing the one who led the way (带队) or went
leads. What each person did was weighed when it was read: preside, talk (the main speech), declare (宣布开工), say,
tell, brief (介绍情况 to the press), award, open (an address of welcome), watch (收听收看), who (the subject of an
outing). Of several the one whose office stands highest (:mod:`kg.extract.standing`) is the leader.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract import retold, standing
from kg.extract.scene import Happening, Presence, Scene
from kg.model import ParticipationRole

_FIRM = re.compile("总裁|董事|经理|厂长|创始人|公司|集团|合作社")
_OF_AREA = re.compile(r"[一-龥]{2,6}?[省市区县旗州镇乡]")
_FESTIVE = ("ceremony", "signing")
_CONGRESS = re.compile(r"代表大会|人大.{0,6}次会议|政协.{0,8}次会议|党代会")


def decide(told: Scene, h: Happening) -> None:
    """Settles the leaders of an event: everybody else only took part."""
    present = list(h.present.values())
    people = [p for p in present if p.agent.kind == "person"]
    leaders = _outing_leaders(people) if h.outing else _meeting_leaders(told, h, people)
    if h.outing and not leaders and h.rule in (*retold.BY_GROUP, "outing-party-work"):
        leaders = _own_head(told, h, people)
    if h.outing and not leaders and h.rule in retold.BY_GROUP:
        _led_by_the_same(told, h)
        return
    names = {p.agent for p in leaders}
    for p in people:
        if p.agent in names:
            if p.role not in ("organise", "lecture") or p.weights:
                p.role = "lead"
        elif p.role == "lead":
            p.role = "attend"
    if h.outing or h.type != "meeting":
        return
    outing = _outing_before(told, h)
    held = any(p.role == "organise" for p in h.present.values())
    if not names and outing is not None:
        _went_on(outing, h, "lead", "leader-of-the-outing")
    if not held and outing is not None:
        _went_on(outing, h, "organise", "organiser-of-the-outing")


def _own_head(told: Scene, h: Happening, people: list[Presence]) -> list[Presence]:
    """Of a delegation named after its area, the official of that area who spoke for it: 乌兰旗代表团, 乌兰旗旗长乙."""
    named = _OF_AREA.match(h.name)
    if named is None or "团" not in h.name[: named.end() + 12]:
        return []
    own = [p for p in people if p.title.startswith(named[0]) and p.weights & {"say", "tell", "talk"}]
    home = told.draft.context.jurisdiction.levels
    return sorted(own, key=lambda p: (standing.of(p.title, home), p.start))[:1]


def _led_by_the_same(told: Scene, h: Happening) -> None:
    """会后，一行人来到…: who had led the meeting went on."""
    first = told.tagged.at(h.start)
    if not told.tagged.text.startswith(("一行人", "大家", "随后"), first):
        return
    earlier = [o for o in told.happenings if o.at < h.at and not o.outing]
    if earlier:
        _went_on(earlier[-1], h, "lead", "leader-of-the-meeting")


def _went_on(earlier: Happening, h: Happening, role: ParticipationRole, rule: str) -> None:
    """Who had this role at the one event had it at the next; the persons alone, if they led."""
    for p in list(earlier.present.values()):
        new = p.agent.kind == "person" and p.agent not in h.present
        if p.role == role and (new or role == "organise"):
            h.present[p.agent] = replace(p, rule=rule, score=0.7, weights=set())


def _outing_before(told: Scene, h: Happening) -> Happening | None:
    """The outing that a meeting without leader followed: who led the one led the other."""
    earlier = [
        o for o in told.happenings if o.outing and o.sentence.number <= h.sentence.number and o.at < h.at and not o.twin
    ]
    return earlier[-1] if earlier and (h.bare or h.sentence.after) else None


def _outing_leaders(people: list[Presence]) -> list[Presence]:
    """Those who are said to have led the way, else the one who went."""
    ahead = [p for p in people if "preside" in p.weights]
    gone = [p for p in people if "who" in p.weights] or [p for p in people if "party" in p.weights]
    # 县人大常委会组织代表视察。主任甲参加并讲话: who spoke, where nobody is said to have led
    return ahead or gone[:1] or [p for p in people if "talk" in p.weights][:1]


def _meeting_leaders(told: Scene, h: Happening, people: list[Presence]) -> list[Presence]:
    """Who presided, with whoever gave the main speech; where nobody presided, the highest official who spoke.

    Where nobody of office spoke, the one who gave the address of welcome; where nobody spoke at all, the official
    named first (``副县长王亮出席``), or who gave out the awards. Who declares a work begun or a festival open leads.
    """
    presiding = [p for p in people if "preside" in p.weights]
    talking = [p for p in people if "talk" in p.weights][:1]
    congress = h.type == "meeting" and _CONGRESS.search(h.name) is not None
    festive = h.type in (*_FESTIVE, "activity") or congress
    declaring = [p for p in people if "declare" in p.weights and _ranked(told, p)][:1] if festive else []
    speaking = [p for p in people if "report" in p.weights][:1] if congress else []
    speaking = speaking or _speaking(told, h, people)
    home = told.draft.context.jurisdiction.levels
    awarding = [p for p in people if "award" in p.weights and _ranked(told, p)] if h.type in _FESTIVE else []
    awarding.sort(key=lambda p: (standing.of(p.title, home), p.start))
    higher = _higher(awarding, speaking, home)
    if declaring:
        return _once([*presiding, *declaring, *talking])
    if presiding:
        if talking or any("say" in p.weights for p in presiding):
            said = [p for p in speaking if "say" in p.weights]
            return _once([*presiding, *talking, *_higher(said, [*presiding, *talking], home)])
        if "发布会" in h.name:
            briefing = sorted((p for p in people if "brief" in p.weights), key=lambda p: p.start)
            return _once([*presiding, *briefing[:1]])
        if higher:
            return _once([*presiding, *higher])
        said = [p for p in speaking if "say" in p.weights and _ranked(told, p)]
        if h.type in _FESTIVE and not said:
            return presiding + [p for p in speaking if "open" in p.weights and _ranked(told, p)][:1]
        return presiding + said[:1]
    if led := _led_before(told, h, speaking):
        return led
    if h.bare and not talking and _only_told(told, h, people):
        return []  # 厅长甲率队来我县调研，并召开座谈会: whoever else spoke there was the host
    if talking:
        return _once([*talking, *_higher([p for p in speaking if "say" in p.weights], talking, home)])
    if speaking:
        return _once([*speaking[:1], *higher])
    if subject := [p for p in people if "who" in p.weights]:
        return subject[:1]
    if h.type in ("meeting", "ceremony", "signing", "activity"):
        shown = [p for p in people if p.role == "award"]
        if not shown and h.type == "activity" and len(people) == 1:
            shown = [p for p in people if p.rule == "attended" and _ranked(told, p)]  # 县政协副主席甲参加
        if not shown and h.type != "activity":
            silent = {"watch", "elected"}
            shown = [p for p in people if p.role == "attend" and _ranked(told, p) and not p.weights & silent]
        return sorted(shown, key=lambda p: p.start)[:1]
    return []


def _led_before(told: Scene, h: Happening, speaking: list[Presence]) -> list[Presence]:
    """Of those who spoke at a bare 座谈会, the one who had led the outing that it was part of."""
    outing = _outing_before(told, h)
    led = {p.agent for p in outing.present.values() if p.role == "lead"} if outing else set()
    return [p for p in speaking if p.agent in led]


def _only_told(told: Scene, h: Happening, people: list[Presence]) -> bool:
    """Whether at a meeting after a trip that somebody led the only one heard told how things are: 副县长甲作了介绍."""
    voiced = [p for p in people if p.weights]
    outing = _outing_before(told, h) if voiced and all(p.weights <= {"tell", "brief"} for p in voiced) else None
    return outing is not None and any(p.role == "lead" for p in outing.present.values())


def _speaking(told: Scene, h: Happening, people: list[Presence]) -> list[Presence]:
    """Those who spoke, the highest office first; at a ceremony also those who gave out the awards."""
    heard = {"say", "tell"}
    if h.type in ("activity", "signing"):
        heard -= {"tell"}  # 副镇长甲介绍，改造将于6月完工: who tells of it led nothing
    voiced = (
        [p for p in people if p.weights & heard and _ranked(told, p)]
        or [p for p in people if "open" in p.weights and _ranked(told, p)]
        or [p for p in people if p.weights & heard and (h.type != "activity" or not _FIRM.search(p.title))]
    )
    home = told.draft.context.jurisdiction.levels
    return sorted(voiced, key=lambda p: (not _ranked(told, p), standing.of(p.title, home), p.start))


def _higher(some: list[Presence], others: list[Presence], home: tuple[str, ...]) -> list[Presence]:
    """The first of some whose office stands above those of all others."""
    top = min((standing.of(p.title, home) for p in others), default=standing.OFFICE)
    return [p for p in some if standing.of(p.title, home) < min(top, standing.OFFICE)][:1]


def _once(people: list[Presence]) -> list[Presence]:
    return list({p.agent: p for p in people}.values())


def _ranked(told: Scene, p: Presence) -> bool:
    """Whether an official speaks, so that a guest from a firm or a villager is not taken for the leader."""
    kinds = {m.subkind for m in told.draft.of("person") if m.name == p.agent.name}
    firm = _FIRM.search(p.title)
    return (bool(p.title) or "official" in kinds) and not kinds & {"business", "citizen"} and not firm
