"""Who wrote an article: bylines, told from credits, captions and from 记者 in a sentence.

``记者 张三 通讯员 李四 王五`` stands on a line of its own, after the last full stop, in brackets, or behind the lead
marker (``本报讯（记者 张三）``). ``记者从市民政局了解到`` is none: what follows the word is no list of names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.model import BylineRole

#: no byline is longer than this, white space included
LONGEST = 90

_SEPARATORS = " \t\u3000\xa0\n\r、,，/／|｜:：;；"
_BULLETS = "□■●◎○▲△◆◇☆★※*＊>#_—-－\u200b\ufeff"
_OPEN, _CLOSE = "（(【[〔「", "）)】]〕」。"
_MARKS = frozenset(_OPEN + _BULLETS)
_HAN = "\u3400-\u9fff"


@dataclass(frozen=True, slots=True)
class Name:
    """One name in a byline: offsets inside the parsed string."""

    person: str
    role: BylineRole
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A string that is a byline or a credit line and nothing else. ``credit`` is true where nobody wrote anything."""

    names: tuple[Name, ...]
    credit: bool = False
    photo: bool = False
    #: names alone, without 记者 or its like: (张三 李四)
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    roles: dict[str, str]
    token: re.Pattern[str]
    name: re.Pattern[str]
    heads: frozenset[str]
    surnames: frozenset[str]
    #: the characters of names written by their sound, and some such names
    transliteration: frozenset[str]
    any: re.Pattern[str]
    chars: frozenset[str]
    begin: re.Pattern[str]


def _wide(word: str) -> str:
    """A pattern for a word that may be set wide: ``记 者``, ``编　辑``."""
    return r"[ \u3000]*".join(word) if 2 <= len(word) <= 3 and word.isalpha() else re.escape(word)


@lru_cache(maxsize=4)
def _words(extra: Path | None) -> _Words:
    table = lexicon.load("bylines", extra)
    roles = {row["word"]: row["role"] for row in table if not {"prefix", "paper"} & set(row["role"].split(","))}
    words = [*roles, *table.words(role="prefix")]
    prefixes = "|".join(map(re.escape, sorted(table.words(role="prefix"), key=len, reverse=True)))
    every = "|".join(map(_wide, sorted(roles, key=len, reverse=True)))
    kinds = "|".join(sorted(table.words(role="paper"), key=len, reverse=True))
    paper = f"(?:[{_HAN}]{{0,6}}(?:{kinds})|[{_HAN}]{{2,4}}(?=全媒|融媒|记者站))"
    # 云报/云城日报记者, 新云·云城日报记者, 驻京记者, 《云城日报》记者
    paper = f"(?:(?:[{_HAN}]{{2,6}}[·/／|丨-])?{paper}|驻[{_HAN}]{{1,4}}?(?=首席|记者)|《[{_HAN}]{{2,10}}》)"
    token = re.compile(rf"(?:{paper}[ \u3000]?)?(?:{prefixes})*(?P<word>{every})")
    long = "|".join(_wide(w) for w in sorted(roles, key=len, reverse=True) if len(w) > 1)
    starts = "".join(sorted({w[0] for w in words if len(w) > 1}))
    closes = re.escape(_SEPARATORS + _OPEN + _CLOSE)
    end = rf"(?=[{closes}]|(?=[{starts}])(?:{prefixes})*(?:{long})|摄$|$)"
    name = re.compile(rf"[{_HAN}]{{1,8}}?(?:[·•・‧][{_HAN}]+)*{end}")
    heads = {w[:2] for w in words if len(w) > 1} | {w[0] + space for w in words for space in " \u3000"}
    heads |= {w + mark for w in words if len(w) == 1 for mark in _SEPARATORS + _OPEN + _CLOSE}
    surnames = frozenset(lexicon.load("surnames", extra).words())
    transliteration = frozenset(lexicon.load("transliteration", extra).words())
    chars = frozenset({w[0] for w in roles if len(w) > 1} | set("摄文图"))
    # the look ahead lets all but a few places of a text pass at once
    present = re.compile(f"(?=[{''.join(sorted(chars))}])(?:{long}|[摄文图]$|[文图][/／：:])")
    marks = re.escape(_OPEN + _BULLETS)
    begin = re.compile(rf"[{marks}]|(?:{prefixes})*(?:{every})|(?:{paper})(?:{prefixes})*记者")
    return _Words(roles, token, name, frozenset(heads), surnames, transliteration, present, chars, begin)


def begins(text: str, extra: Path | None = None) -> bool:
    """Whether a line begins with a bracket, a bullet or a byline's word: a second quick look."""
    return _words(extra).begin.match(text) is not None


def beginnings(extra: Path | None = None) -> tuple[frozenset[str], frozenset[str]]:
    """The two characters, and the brackets and bullets, that a byline can begin with: a look before :func:`parse`."""
    return _words(extra).heads, _MARKS


def parse(text: str, bare: bool = False, extra: Path | None = None) -> Parsed | None:
    """The names in ``text`` if all of it is a byline or a credit line (``（记者 张三 通讯员 李四）``), else None.

    With ``bare``, a list of names alone counts too, if in brackets: ``(张三 李四)``.
    """
    if len(text) > LONGEST:
        return None
    words = _words(extra)
    if not (not words.chars.isdisjoint(text) and words.any.search(text)) and not (bare and text[:1] in _OPEN):
        return None
    start, end = 0, len(text)
    while start < end and (text[start] in _BULLETS or text[start] in _SEPARATORS):
        start += 1
    bracket = start < end and text[start] in _OPEN
    while end > start and (text[end - 1] in _CLOSE or text[end - 1] in _SEPARATORS or text[end - 1] in "*_"):
        end -= 1
    names: list[tuple[str, int, int, str]] = []
    role, seen_role, seen_tail, photo, credit = "", False, False, False, False
    at = start
    while at < end:
        char = text[at]
        if char in _SEPARATORS or char in _OPEN or char in _CLOSE:
            at += 1
            continue
        found = words.token.match(text, at, end)
        word = "".join(found["word"].split()) if found else ""
        if found and _is_word(word, words.roles[word], text, found.end(), end):
            kind = words.roles[word]
            if kind in ("tail", "photo"):
                seen_tail = seen_tail or kind == "tail"
                if kind == "photo":
                    photo = True
                if role == "" or role == "credit":
                    names = [(p, a, b, r or "reporter") for p, a, b, r in names]
            else:
                role, seen_role = kind, True
                credit = credit or kind == "credit"
            at = found.end()
            continue
        if bare and bracket and not names and (office := _OFFICE.match(text, at, end)):
            at = office.end()  # （县人大办 张三）
            continue
        one = words.name.match(text, at, end)
        if not one:
            return None
        person, last = one.group(), one.end()
        if len(person) == 1:
            # 张 伟: a short name set wide
            wide = re.compile(rf"[ \u3000\t]{{1,3}}([{_HAN}])(?![{_HAN}])").match(text, last, end)
            if not wide:
                return None
            person, last = person + wide[1], wide.end()
        if role == "credit":
            at = last
            continue
        pieces = _split(person, at, last, words)
        if pieces is None:
            return None
        inside = bare and bracket
        if (
            not (inside or _surnamed(person, words.surnames))
            and at > start
            and text[at - 1] not in " \t\u3000\xa0\n、:：/"
        ):
            return None  # 记者了解到，该区
        names += [(p, a, b, role) for p, a, b in pieces]
        at = last
    if not names:
        return Parsed((), credit=True) if credit or (seen_tail and seen_role) else None
    named = all(_surnamed(p, words.surnames) for p, _, _, _ in names)
    if seen_role and names[0][3] == "" and not (seen_tail or photo):
        first = [p for p, _, _, r in names if r == ""]
        follow = next((r for _, _, _, r in names if r), "")
        if not bracket or not follow or not all(2 <= len(p) <= 3 and _surnamed(p, words.surnames) for p in first):
            return None  # 请看本报记者: the role comes first
        # （张三 本报记者 李四）: who stands before the reporter is not of the paper
        other = "reporter" if follow == "correspondent" else "correspondent"
        names = [(p, a, b, r or other) for p, a, b, r in names]
    # 陀航 江珊: one of them vouches for the other
    listed = named or len(names) > 1 and _vouched([p for p, _, _, _ in names], words.surnames)
    if not (seen_role or seen_tail or photo or (bare and bracket and listed)):
        return None
    only_photo = photo and not seen_tail and not seen_role
    if not (named or seen_role or listed and bracket):
        return None
    return Parsed(
        tuple(Name(p, "correspondent" if r == "correspondent" else "reporter", a, b) for p, a, b, r in names),
        photo=only_photo or (photo and not seen_tail),
        bare=not (seen_role or seen_tail or photo),
    )


def _is_word(word: str, kind: str, text: str, after: int, end: int) -> bool:
    """Whether a role word stands as one: 文 and 图 alone only before a separator, 记者 anywhere."""
    if len(word) > 1:
        return True
    return after >= end or text[after] in _SEPARATORS or text[after] in _CLOSE


def are_persons(names: Sequence[str], extra: Path | None = None) -> bool:
    """Whether all of these begin with a surname and are as long as names are: 冒国平, 郝薇."""
    surnames = _words(extra).surnames
    return all(2 <= len(name) <= 4 and _surnamed(name, surnames) for name in names)


def _vouched(persons: Sequence[str], surnames: frozenset[str]) -> bool:
    """Whether names of which one has a known surname are as long as names are, and the others no words."""
    known = [_surnamed(person, surnames) for person in persons]
    words = lexicon.load("common").by_key()
    return any(known) and all(
        2 <= len(person) <= 3 and (sure or person not in words) for person, sure in zip(persons, known, strict=True)
    )


def _surnamed(person: str, surnames: frozenset[str]) -> bool:
    return person[0] in surnames or person[:2] in surnames or "·" in person


def _transliterated(person: str, words: _Words) -> bool:
    """Whether a name of four characters is one, and not two of two: 古丽扎尔, 热依拉木, but not 马丽金花."""
    if not words.transliteration.issuperset(person):
        return False
    whole = person[:2] in words.transliteration or person[2:] in words.transliteration
    return whole or not {person[0], person[2]} <= words.surnames


def _split(person: str, start: int, end: int, words: _Words) -> list[tuple[str, int, int]] | None:
    """One name, or two that stand together without a space (张三丰李四); None if it is no name."""
    surnames = words.surnames
    if len(person) <= 3 or any(mark in person for mark in "·•・‧"):
        return [(person, start, end)]
    if len(person) == 4 and (person[:2] in surnames or _transliterated(person, words)):
        return [(person, start, end)]
    if end - start != len(person):
        return None
    for cut in (3, 2):
        rest = person[cut:]
        if person[0] in surnames and rest[0] in surnames and 2 <= len(rest) <= 3:
            return [(person[:cut], start, start + cut), (rest, start + cut, end)]
    return [(person, start, end)] if len(person) == 4 else None


#: the office that an item in brackets comes from, before the names: 县人大办, 孔浦街道
_OFFICE = re.compile(
    rf"[{_HAN}]{{1,10}}(?:办|局|委|法院|检察院|部|会|街道|[镇乡区县](?=[\s、])|中心|政协|人大|政府|公司|学校|小学|中学|大学|医院|供电所|派出所|支队|大队|队)"
    rf"[ \t\u3000、:：](?=[{_HAN}]{{2,4}}(?:[ \t\u3000、]|[）)】〕]|$))"
)
_LEAD_BYLINE = re.compile(r"\s*[（(〔【]([^（(）)〔〕【】]{2,80})[）)〕】]\s*[:：]?\s*")
_DAY_BEHIND = r"(?:\d{4}年)?\d{1,2}\s*月\s*\d|近日|日前|近期|连日来|昨日|昨天|今日|今天|前不久"
_OPEN_BYLINE = re.compile(
    rf"[\s:：]*((?:[{_HAN}]{{0,8}}?(?:记者|通讯员|实习生)[\s:：]*[{_HAN}·]{{2,4}}?"
    rf"(?:[\s、，,]+(?![{_HAN}]{{0,8}}(?:通讯员|记者|实习生))[{_HAN}·]{{2,4}}?){{0,7}}[\s、，,；;]*)+)"
    rf"(?P<end>(?:摄影|采访|综合)?报道(?=[\s:：\d近日昨今])[\s:：]*|[:：]\s*|[文图摄影/／\s]{{0,6}}[)）]\s*|(?=\d{{1,2}}\s*月)|(?<=\s)(?={_DAY_BEHIND}))"
)
#: （半岛网6月30日讯|记者 张三）: the rest of the bracket that the marker opens
_REST = re.compile(r"[\s:：，,]*([^（(）)〔〕【】]{2,80})[）)〕】]\s*[:：]?\s*")
_WHOLE = re.compile(
    rf"[（(〔【]([{_HAN}·/／ \u3000、]{{0,16}}(?:记者|通讯员)[^（()）〔〕【】]{{2,60}})[）)〕】]"
    rf"|(?:[{_HAN}]{{2,10}}?(?:讯|电|消息)[\s\u3000]*)?((?:[{_HAN}]{{2,10}})?(?:记者|通讯员)[\s\u3000{_HAN}·、]{{2,40}}?)(?:\d{{1,2}}月\d{{1,2}}日)?(?:摄影|综合|采访|联合)?报道"
)
_INSIDE_LEAD = re.compile(
    r"【\s*((?:本报|特派|驻地|实习|见习)*记者[^】／/]{2,12}?)(?:[／/][^】]*|\s*[\u4e00-\u9fff]{0,4}报(?:道|導))?】"
)


def inside_lead(text: str, extra: Path | None = None) -> tuple[Parsed | None, int]:
    """The byline inside a lead marker and where it begins: ``【记者陈大明／高雄报道】`` gives 陈大明.

    ``（记者 张三）6月28日`` and ``本报记者 张三报道：`` are markers that are nothing but a byline.
    """
    if (found := _INSIDE_LEAD.match(text)) and (parsed := parse(found[1], extra=extra)):
        return parsed, found.start(1)
    if found := _WHOLE.match(text):
        if found[1]:
            return parse(text[: found.end()], extra=extra), 0
        return parse(found[2], extra=extra), found.start(2)
    return None, 0


def after_lead(text: str, at: int, extra: Path | None = None) -> tuple[Parsed | None, int, int]:
    """The byline behind a lead marker that ends at ``at``, where its string begins, and where the prose begins.

    ``本报讯（记者 张三）4月8日`` and ``本报讯 记者 张三 报道：4月8日`` both give 张三.
    """
    if text[:1] in _OPEN and not any(char in _CLOSE for char in text[:at]) and (rest := _REST.match(text, at)):
        parsed = parse(rest[1], extra=extra)
        if parsed:
            return parsed, rest.start(1), rest.end()
    for pattern in (_LEAD_BYLINE, _OPEN_BYLINE):
        found = pattern.match(text, at)
        if found:
            parsed = parse(found[1], extra=extra)
            if parsed:
                return parsed, found.start(1), found.end()
            bare = parse(found[0].strip(" \t\u3000\xa0:："), bare=True, extra=extra)  # 本报讯（王文 李小明）
            if bare and not bare.credit and are_persons([name.person for name in bare.names], extra):
                return bare, found.start(1) - 1, found.end()
    end = at
    while end < len(text) and text[end] in " \t\u3000\xa0:：—-]】)）\n":
        end += 1
    return None, at, end
