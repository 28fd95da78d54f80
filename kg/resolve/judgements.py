"""Judgements: what people decided about the graph, in a plain file beside the pages, replayed on every build.

One line a judgement, tab-separated: verb, a, b, who, when, why. ``a`` (and ``b`` of same, different and unsure) is an
id as ``kg candidates`` prints it; ``@page/article`` after it means that thing in that article alone; what follows a
space is for people. ``b`` of rename is the new name, of correct ``property=value``.

::

    verb	a	b	who	when	why
    same	person/zhang-wei-1f2e3d4c 张伟	person/zhang-wei-9a8b7c6d 张伟	王编辑	2026-11-20	调任，见组织部公示
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kg.errors import JudgementError

COLUMNS = ("verb", "a", "b", "who", "when", "why")
VERBS = ("same", "different", "unsure", "rename", "drop", "correct")
PAIRS = ("same", "different", "unsure")
#: the file that a build looks for in the folders of its pages
FILE = "judgements.tsv"

_KINDS = "person|body|place|post|event|initiative|document|fact"
_ID = re.compile(rf"(?:{_KINDS})/[A-Za-z0-9_/-]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

#: what may be corrected, and the form of its value
PROPERTIES = {
    "kind": "text",
    "system": "text",
    "status": "text",
    "expansion": "text",
    "jurisdiction": "text",
    "divisionCode": "code",
    "date": "date",
    "eventType": "text",
    "title": "text",
    "role": "text",
    "what": "text",
    "unit": "text",
    "text": "text",
    "modality": "text",
    "quantity": "number",
    "count": "number",
    "deadline": "date",
    "action": "text",
    "predicate": "text",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a judgement is about: an id, and with ``where`` (``page/article``) only there."""

    id: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.id}@{self.where}" if self.where else self.id


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line of a judgements file. ``place`` is the file's name and the line, for errors and reasons.

    ``b`` is there for same, different and unsure, ``value`` for rename and correct, ``property`` for correct.
    """

    verb: str
    a: Reference
    b: Reference | None = None
    property: str = ""
    value: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    place: str = ""

    def __str__(self) -> str:
        told = f"{self.property}={self.value}" if self.property else self.value
        return " ".join(str(x) for x in (self.verb, self.a, self.b or told) if x)


def read(path: Path) -> tuple[Judgement, ...]:
    """The judgements of a file, in its order. Raises JudgementError with a line for every fault.

    A file that is not there holds no judgement.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise JudgementError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    except OSError as error:
        raise JudgementError(f"{path}: cannot be read ({error.strerror or error})") from None
    found, faults = parse(text.splitlines(), path.name)
    if faults:
        more = f" (and {len(faults) - 1} more; kg judge --check {path} lists all)" if len(faults) > 1 else ""
        raise JudgementError(f"{faults[0]}{more}")
    return found


def parse(lines: Iterable[str], name: str = FILE) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """The judgements in some lines, and a message for every line that is none."""
    found: list[Judgement] = []
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#") or line.split("\t")[0].strip() == "verb":
            continue
        try:
            found.append(_judgement(line, f"{name}:{number}"))
        except JudgementError as error:
            faults.append(str(error))
    return tuple(found), tuple(faults)


def _judgement(line: str, place: str) -> Judgement:
    cells = [cell.strip() for cell in line.split("\t")]
    if len(cells) > len(COLUMNS):
        raise JudgementError(f"{place}: expected {len(COLUMNS)} columns ({', '.join(COLUMNS)}), got {len(cells)}")
    verb, a, b, who, when, why = cells + [""] * (len(COLUMNS) - len(cells))
    if verb not in VERBS:
        raise JudgementError(f"{place}: unknown verb {verb!r}; there are {', '.join(VERBS)}")
    first = reference(a, place)
    second: Reference | None = None
    property_ = value = ""
    if verb in PAIRS:
        second = reference(b, place)
        if first == second:
            raise JudgementError(f"{place}: {first} is compared with itself; name two things")
        if first.id.split("/")[0] != second.id.split("/")[0]:
            raise JudgementError(f"{place}: {first.id} and {second.id} are of different kinds, so neither same nor not")
        if first.id.startswith("fact/"):
            raise JudgementError(f"{place}: {verb} is about things; a fact can be dropped or corrected")
    elif first.where:
        raise JudgementError(f"{place}: @page/article is for same, different and unsure; {verb} holds everywhere")
    elif verb == "rename":
        value = b
        if not value:
            raise JudgementError(f"{place}: rename needs the new name in the third column")
        if first.id.startswith("fact/"):
            raise JudgementError(f"{place}: a fact has no name; correct its text or drop it")
    elif verb == "correct":
        property_, value = _correction(b, place)
    elif b:
        raise JudgementError(f"{place}: drop takes one id; the third column must be empty, got {b!r}")
    if not who:
        raise JudgementError(f"{place}: who judged? the fourth column must name somebody")
    if not why:
        raise JudgementError(f"{place}: why? the sixth column must give a reason")
    if not _DATE.fullmatch(when) or not _is_day(when):
        raise JudgementError(f"{place}: expected the day of the judgement as 2026-11-20, got {when!r}")
    return Judgement(verb, first, second, property_, value, who, when, why, place)


def reference(text: str, place: str = "") -> Reference:
    """An id with what may follow it. Raises JudgementError for anything else.

    >>> str(reference("person/zhang-wei-1f2e3d4c@page1/a2 张伟"))
    'person/zhang-wei-1f2e3d4c@page1/a2'
    """
    said = text.split()[0] if text.split() else ""
    id_, at, where = said.partition("@")
    if not _ID.fullmatch(id_) or at and not where:
        head = f"{place}: " if place else ""
        raise JudgementError(
            f"{head}expected an id such as person/chen-hongmin-48ff1d7c (kg candidates and kg judge --find NAME show "
            f"them), got {text!r}"
        )
    return Reference(id_, where)


def _correction(text: str, place: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    name, value = name.strip(), value.strip()
    if not equals or not value:
        raise JudgementError(f"{place}: correct needs property=value in the third column, got {text!r}")
    if name not in PROPERTIES:
        raise JudgementError(f"{place}: {name!r} cannot be corrected; what can: {', '.join(PROPERTIES)}")
    form = PROPERTIES[name]
    if form == "date" and not (_DATE.fullmatch(value) and _is_day(value)):
        raise JudgementError(f"{place}: {name} is a day such as 2019-06-26, got {value!r}")
    if form == "number" and not re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        raise JudgementError(f"{place}: {name} is a number, got {value!r}")
    if form == "code" and not re.fullmatch(r"\d{6}(?:\d{3})?", value):
        raise JudgementError(f"{place}: {name} is a division code of 6 or 9 digits, got {value!r}")
    return name, value


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


# ---------------------------------------------------------------- writing


def line(verb: str, a: str, b: str, who: str, when: str, why: str) -> str:
    """A judgement as a line of the file, checked. Raises JudgementError for what the file must not hold."""
    cells = [" ".join(cell.split()) for cell in (verb, a, b, who, when, why)]
    text = "\t".join(cells)
    _judgement(text, "judgement")
    return text


def append(path: Path, text: str) -> None:
    """Adds a line to the file, with the head where it is new; what is there stays byte for byte."""
    try:
        before = path.read_bytes() if path.exists() else ("\t".join(COLUMNS) + "\n").encode()
        gap = b"" if before.endswith(b"\n") or not before else b"\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab" if path.exists() else "wb") as file:
            file.write((gap if path.exists() and path.stat().st_size else before) + text.encode() + b"\n")
    except OSError as error:
        raise JudgementError(f"{path}: cannot be written ({error.strerror or error})") from error


def undo(path: Path, about: Sequence[str] = ()) -> str:
    """Takes the last judgement out of the file (of those about all the ids given), and gives its line.

    Raises JudgementError where there is none.
    """
    lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
    wanted = {str(reference(text)) for text in about}
    for at in range(len(lines) - 1, -1, -1):
        found, _ = parse([lines[at]])
        if found and wanted <= {str(found[0].a), str(found[0].b)}:
            taken = lines.pop(at)
            path.write_text("".join(lines), "utf-8")
            return taken.rstrip("\n")
    about_what = f" about {' and '.join(sorted(wanted))}" if wanted else ""
    raise JudgementError(f"{path}: no judgement{about_what} to undo")
