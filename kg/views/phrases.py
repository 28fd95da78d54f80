"""A fact as a short Chinese line, the same in explorer and dossier: 崔世英（二七区委宣传部部长） 出席 推进会."""

from __future__ import annotations

from dataclasses import dataclass

from kg.views import words
from kg.views.contents import Contents, Fact, Link

_COMPARED = {">": "超过", ">=": "不少于", "<": "近", "<=": "不超过"}
_LINKS = {
    "partOf": "隶属于",
    "postIn": "设于",
    "administers": "管辖",
    "author": "记者",
    "contributor": "通讯员",
    "mentions": "提到",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line: ``text``, and the IRI of the thing that it names ("" for plain words)."""

    text: str
    thing: str = ""


def line(fact: Fact, known: Contents, most: int = 0) -> tuple[Part, ...]:
    """The line of a fact in pieces; what somebody said is cut after ``most`` characters, where that is not 0."""
    return tuple(part for part in _parts(fact, known, most) if part.text)


def text(parts: tuple[Part, ...]) -> str:
    """The pieces as one string, with a space where a name and words meet."""
    out = ""
    for part in parts:
        tight = not out or out[-1] in "（“" or part.text[0] in "，。；：、）”（"
        out += part.text if tight else f" {part.text}"
    return out


def label(fact: Fact) -> str:
    """What stands on the edge of a fact: 出席, 强调, 任职, 合作."""
    if fact.type == "Participation":
        return words.code("participationRoles", fact.value("role"))
    if fact.type == "EventPlace":
        return words.code("placeRoles", fact.value("role"))
    if fact.type == "Statement":
        return fact.value("verb") or words.term("Statement")
    if fact.type == "DocumentUse":
        return words.code("documentActions", fact.value("action"))
    if fact.type == "Tie":
        return words.code("tiePredicates", fact.value("predicate"))
    if fact.type == "Tenure":
        return "、".join(fact.values.get("modifier", ())) + "任"
    return words.term(fact.type)


def link_label(link: Link) -> str:
    """What stands on the edge of a plain tie: 隶属于."""
    return _LINKS.get(link.predicate, link.predicate)


def amount(fact: Fact) -> str:
    """The quantity of a target or the attendance of a report: 超过500人, 467个, "" for none."""
    name, unit, compared = (
        ("count", "countUnit", "countComparator") if fact.type == "Report" else ("quantity", "unit", "comparator")
    )
    number = fact.value(name)
    return _COMPARED.get(fact.value(compared), "") + number + fact.value(unit) if number else ""


def _parts(fact: Fact, known: Contents, most: int) -> list[Part]:
    def name(end: str) -> Part:
        iri = fact.ends.get(end, "")
        thing = known.things.get(iri)
        return Part(thing.name, iri) if thing else Part("")

    verb = label(fact)
    match fact.type:
        case "Tenure":
            return [name("person"), Part(verb), name("post")]
        case "Participation":
            title, through = fact.value("title"), fact.value("through")
            also = [Part(f"（{title}）" if title else ""), Part(f"（{through}）" if through else "")]
            return [name("agent"), *also, Part(verb), name("event")]
        case "EventPlace":
            return [name("event"), Part(f"{verb}："), name("place")]
        case "EventTopic":
            return [name("event"), Part(f"{verb}："), name("initiative")]
        case "Statement":
            said = fact.value("text")
            return [name("speaker"), Part(f"{verb}：“{said[:most] + '……' if 0 < most < len(said) else said}”")]
        case "DocumentUse":
            return [name("by") if "by" in fact.ends else name("event"), Part(verb), name("document")]
        case "Tie":
            return [name("subject"), Part(verb), name("object")]
        case "Target":
            return _target(fact, name("by"), name("initiative"))
        case _:
            told = [x for x in (fact.value("edtf"), amount(fact)) if x]
            return [Part(verb), name("event"), Part(f"（{'，'.join(told)}）" if told else "")]


def _target(fact: Fact, by: Part, initiative: Part) -> list[Part]:
    modality = words.code("modalities", fact.value("modality"))
    deadline = fact.value("deadlineEdtf")
    told = [x for x in (amount(fact), fact.value("scope"), f"期限 {deadline}" if deadline else "") if x]
    what = fact.value("what") + (f"（{'，'.join(told)}）" if told else "")
    return [by, Part(f"{modality}：{what}"), Part("，属于" if initiative.text else ""), initiative]
