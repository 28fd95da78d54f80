"""Appointments, removals and elections: ``任命成长春为皇姑区教育局局长；免去向前的皇姑区教育局局长职务``.

Each act is an event of its own, part of the meeting at which it was done; the person takes part as the one who receives
the post, which is the participation's title. Rules: kg/rules/appointment.yaml.
"""

from __future__ import annotations

from kg.extract import scene
from kg.extract.scene import Scene
from kg.model import Event, Evidence, Participation, Ref
from kg.rules import load_rules

TRIGGERS = ("任命", "免去", "选举", "补选", "推选", "当选", "同志", "不再担任", "不再兼任", "辞去")


def find(told: Scene, first: int) -> None:
    """Appends the acts of an article to its facts, with keys from ``e{first}`` on."""
    draft = told.draft
    if not any(word in told.tagged.text for word in TRIGGERS):
        return
    rules = load_rules("appointment", draft.extra)
    main = told.main()
    number = first
    for sentence, matches in scene.by_sentence(rules, told):
        for match in matches:
            start = match.match.start()
            floor = scene.clause_start(told.tagged.text, sentence.start, start)
            if start > sentence.said or scene.unreal(told.tagged.text[floor:start], draft.extra):
                continue
            evidence = Evidence(*match.span(), match.rule.name, match.rule.score)
            name = scene.tagged_text(told.tagged, *match.match.span()).removeprefix("决定")
            if not match.match["verb"]:
                name = f"选举{name}"  # 选举甲为市长，乙为副市长
            post = scene.tagged_text(told.tagged, *match.match.span("post"))
            key = f"e{number}"
            number += 1
            draft.facts.append(
                Event(key, "appointment", name, draft.when, evidence, part_of=main.key if main else "")
            )
            for person in dict.fromkeys(m.name for m in match.mentions("who") if m.kind == "person"):
                draft.facts.append(Participation(key, Ref("person", person), "receive", evidence, title=post))
