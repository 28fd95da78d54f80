"""The word lists as the finders need them: automata and sets, made once per rule folder on first use."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg import lexicon

#: one Chinese character
HAN = re.compile(r"[一-龥]")
#: the one-character words for an area of some level, as in 区委, 市政府, 县人大
LEVELS = "省市区县旗州盟镇乡"
#: those of counties and what holds them
ABOVE_TOWNS = LEVELS[:6]

#: the hits of so many texts are kept: those of a page's articles, which are looked through for its area and then read
_KEPT = 64


class Hit(NamedTuple):
    """A word of a list found in a text: where, and its row."""

    start: int
    end: int
    row: Mapping[str, str]


class Hits(NamedTuple):
    """What of each word list stands in a text, in order: the longest word at each place, none over another."""

    departments: Sequence[Hit]
    organs: Sequence[Hit]
    heads: Sequence[Hit]
    roles: Sequence[Hit]
    labels: Sequence[Hit]
    identities: Sequence[Hit]
    areas: Sequence[Hit]


class Finder:
    """All word lists as one automaton: what a text holds of each of them, found in one pass."""

    def __init__(self, lists: Sequence[Mapping[str, Mapping[str, str]]]) -> None:
        #: each word with the number of its list and its row, and what else is found with it, as few words stand twice
        words: dict[str, int] = {}
        self._numbers: list[int] = []
        self._rows: list[Mapping[str, str]] = []
        self._more: dict[int, list[tuple[int, Mapping[str, str]]]] = {}
        for number, entries in enumerate(lists):
            for word, row in entries.items():
                known = words.setdefault(word, len(words))
                if known < len(self._rows):
                    self._more.setdefault(known, []).append((number, row))
                else:
                    self._numbers.append(number)
                    self._rows.append(row)
        self._automaton = AhoCorasick(
            list(words), matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )
        self.find = lru_cache(maxsize=_KEPT)(self._find)

    def _find(self, text: str) -> Hits:
        found: tuple[list[Hit], ...] = ([], [], [], [], [], [], [])
        numbers, rows, more, new = self._numbers, self._rows, self._more, tuple.__new__
        for word, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            kept = found[numbers[word]]
            hit = new(Hit, (start, end, rows[word]))  # half the time of Hit(…)
            if kept and start < kept[-1].end:
                _put(hit, kept)
            else:
                kept.append(hit)
            if word in more:
                for number, row in more[word]:
                    _put(Hit(start, end, row), found[number])
        return Hits(*found)


def _put(hit: Hit, kept: list[Hit]) -> None:
    """Adds a hit that ends behind all others, or as far: it stands for those inside it, unless one reaches into it."""
    size = len(kept)
    while size and kept[size - 1].start >= hit.start:
        size -= 1
    if not size or kept[size - 1].end <= hit.start:
        kept[size:] = [hit]


@dataclass(frozen=True, slots=True)
class Area:
    """A row of the published list of administrative divisions."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Areas:
    """The administrative divisions: by full name, and the short names of provinces and cities (郑州, 河南)."""

    by_name: Mapping[str, tuple[Area, ...]]
    by_code: Mapping[str, Area]
    short: Mapping[str, tuple[Area, ...]]
    streets: frozenset[str]

    def parents(self, code: str) -> tuple[Area, ...]:
        """The areas that hold ``code``, widest first: 410103 → 河南省, 郑州市."""
        found = [self.by_code.get(c) for c in (code[:2] + "0000", code[:4] + "00", code[:6])]
        return tuple(a for a in found if a is not None and a.code != code)


#: names on the list that are everyday words on a page (晋城市城区, 许昌市建安区 is none of them)
_EVERYDAY = {
    "城区",
    "郊区",
    "矿区",
    "市中区",
    "新区",
    "市辖区",
    "经济开发区",
    "高新区",
    "东区",
    "西区",
    "开发区",
    "老城区",
    "新城区",
}


@lru_cache(maxsize=4)
def areas(extra: Path | None = None) -> Areas:
    """The list of divisions, read on first use."""
    by_name: dict[str, list[Area]] = {}
    by_code: dict[str, Area] = {}
    short: dict[str, list[Area]] = {}
    table = lexicon.load("divisions", extra)
    codes, names, levels = map(table.column, ("code", "name", "level"))
    streets = frozenset(compress(names, map("street".__eq__, levels)))
    for row in compress(zip(codes, names, levels, strict=True), map("street".__ne__, levels)):
        area = Area(*row)
        by_code[area.code] = area
        if area.name in _EVERYDAY:
            continue
        by_name.setdefault(area.name, []).append(area)
        if area.level in ("province", "city"):
            for suffix in (
                "壮族自治区",
                "回族自治区",
                "维吾尔自治区",
                "自治区",
                "特别行政区",
                "省",
                "市",
                "地区",
                "盟",
            ):
                if area.name.endswith(suffix) and len(area.name) - len(suffix) >= 2:
                    short.setdefault(area.name[: -len(suffix)], []).append(area)
                    break
    return Areas(
        {n: tuple(v) for n, v in by_name.items()},
        by_code,
        {n: tuple(v) for n, v in short.items()},
        streets,
    )


#: the peoples that areas are named after which rule themselves
PEOPLES = (
    "满|回|蒙古|达斡尔|鄂温克|鄂伦春|朝鲜|畲|土家|苗|瑶|侗|壮|仫佬|毛南|黎|羌|彝|藏|仡佬|布依|水|哈尼|傣|纳西|拉祜|佤|"
    "布朗|独龙|怒|白|普米|傈僳|裕固|哈萨克|保安|东乡|撒拉|土|锡伯|塔吉克|柯尔克孜|景颇"
)
#: those in the name of an area, which papers leave out
_NATIONS = re.compile(rf"(?:(?:各|{PEOPLES})族?)*自治[县旗州]$")


def short_area(name: str) -> str:
    """An area as papers name it in passing: 长阳土家族自治县 → 长阳, 泗洪县 → 泗洪."""
    if not name.endswith(("自治县", "自治旗", "自治州")):
        return name[:-1]
    short = _NATIONS.sub("", name)
    return short if len(short) > 1 else name[:-3]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All word lists, compiled; ``find`` gives the words of seven of them that stand in a text."""

    find: Callable[[str], Hits]
    areas: Areas
    head_rows: Mapping[str, Mapping[str, str]]
    #: what makes ordinary words of heads, right before them
    no_heads: Mapping[str, tuple[str, ...]]
    organ_rows: Mapping[str, Mapping[str, str]]
    role_rows: Mapping[str, Mapping[str, str]]
    edges: frozenset[str]
    nominal: frozenset[str]
    verbs: frozenset[str]
    common: frozenset[str]
    generic: frozenset[str]
    tails: frozenset[str]
    #: the two characters of a tail that stand on both sides of the end of a name (委|托): a quick look
    tail_pairs: frozenset[str]
    after: frozenset[str]
    say: frozenset[str]
    surnames: Mapping[str, Mapping[str, str]]
    #: the characters that a personal name can begin with
    name_begins: frozenset[str]
    name_ranks: Mapping[str, int]
    not_names: Mapping[str, str]
    transliteration: frozenset[str]


def _suffix_variants(suffix: str) -> tuple[str, ...]:
    return (suffix,) if suffix != "办" else ("办公室", "办")


@lru_cache(maxsize=256)
def own_streets(code: str) -> frozenset[str]:
    """The street offices, towns and townships of a county by its code: 410103 has 淮河路街道."""
    if len(code) != 6:
        return frozenset()
    table = lexicon.load("divisions")
    codes, names = table.column("code"), table.column("name")
    first, last = bisect_left(codes, code + "0"), bisect_left(codes, code + "a")
    return frozenset(names[first:last])


@lru_cache(maxsize=4)
def vocabulary(extra: Path | None = None) -> Vocabulary:
    """The compiled word lists, read on first use."""

    def table(name: str) -> lexicon.Table:
        return lexicon.load(name, extra)

    departments: dict[str, Mapping[str, str]] = {}
    for row in table("departments"):
        for suffix in row["suffixes"].split(","):
            for form in _suffix_variants(suffix):
                departments.setdefault(row["stem"] + form, row)
                if form in ("局", "委", "办", "厅", "部"):
                    departments.setdefault(row["stem"] + form + "党组", row)
                    departments.setdefault(row["stem"] + form + "党委", row)
    organs = {row["organ"]: row for row in table("organs")}
    heads = {row["head"]: row for row in table("heads")}
    roles = {row["role"]: row for row in table("roles")}
    edges = table("edges")
    after = table("afternames")
    tails = table("tails").words()
    surnames = table("surnames").by_key()
    divisions = areas(extra)
    full, cut_short = {"short": ""}, {"short": "yes"}
    named = dict.fromkeys(divisions.short, cut_short) | {name: full for name in divisions.by_name if len(name) > 1}
    lists = (departments, organs, heads, roles, table("labels").by_key(), table("identities").by_key(), named)
    return Vocabulary(
        find=Finder(lists).find,
        areas=divisions,
        head_rows=heads,
        no_heads={row["head"]: tuple(row["before"].split(",")) for row in table("no-heads")},
        organ_rows=organs,
        role_rows=roles,
        edges=frozenset(edges.words()),
        nominal=frozenset(edges.words(role="nominal")),
        verbs=frozenset(edges.words(role="verb")),
        generic=frozenset(table("generic").words()),
        common=frozenset(table("common").words()) | frozenset(table("generic").words()),
        tails=frozenset(tails),
        tail_pairs=frozenset(tail[at : at + 2] for tail in tails for at in range(len(tail) - 1)),
        after=frozenset(after.words()),
        say=frozenset(after.words(role="say")),
        surnames=surnames,
        name_begins=frozenset(word[0] for word in (*surnames, *table("transliteration").words())),
        name_ranks=dict(zip(table("names").column("char"), map(int, table("names").column("rank")), strict=True)),
        not_names=dict(zip(*map(table("notnames").column, ("word", "ambiguous")), strict=True)),
        transliteration=frozenset(table("transliteration").words()),
    )


@lru_cache(maxsize=1)
def _cutter() -> Callable[[str], list[str]]:
    try:
        import rjieba

        return lambda text: list(rjieba.cut(text))
    except ImportError:
        import jieba

        jieba.setLogLevel(60)
        return lambda text: list(jieba.cut(text))


@lru_cache(maxsize=4096)
def cut(text: str) -> tuple[str, ...]:
    """The words of a short stretch by jieba (rjieba where it is installed: the same cuts, faster)."""
    return tuple(_cutter()(text))
