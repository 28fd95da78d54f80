"""Which names of bodies mean one body: by the written-short form, by what a page prints beside a name, by reach.

A body stands in its area (``河南省郑州市二七区``); names of two areas are compared only where the name itself reaches
beyond its area (郑州大学, 中国移动). What is likely but not said is a candidate.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b

from kg import lexicon
from kg.lexicon.sounds import syllables
from kg.resolve.divisions import divisions
from kg.resolve.findings import Finding, Rule, new_pairs, star
from kg.resolve.kinds import Sketch
from kg.resolve.names import national
from kg.resolve.sketches import shortened

#: characters whose exchange makes another body, not a slip of the pen: numbers, sides, sizes, levels
_TELLING = re.compile(r"[0-9A-Za-z一二三四五六七八九十百东西南北中上下左右前后内外大小新老男女省市区县镇乡村甲乙丙丁]")
_LEARNED = re.compile(r"(?:大学|学院|科学院|工程院)$")
#: kinds of bodies that an area's short name may make known all over that area (郑州联通, 河南移动)
_WIDE_KINDS = {"company", "education", "research", "other", "government", "media", ""}
_FIRM = re.compile(r"(?:股份|集团|控股)?(?:有限)?(?:责任)?公司$|集团$")
_LAB = re.compile(r"(?:重点|工程|联合|创新|国家|省级)?.{0,4}(?:实验室|研究院|研究所|研究中心|工程中心|技术中心)$")
_GRASSROOTS = re.compile(r"[一-龥]{2,8}(?:街道|镇|乡|社区|村)")
_OFFICE = re.compile(r"(?:局|办|委|中心|科|处|大队|中队)$")
_STREET = re.compile(r"路|街|道|巷|[东西南北中]$")


@dataclass(slots=True)
class Known:
    """A body over all articles that name it."""

    id: str
    name: str
    form: str
    area: str
    subkind: str
    parent: str
    administers: str
    parent_form: str = ""
    articles: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set)


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    return {row["long"]: row["short"] for row in lexicon.load("body-forms")}


@lru_cache(maxsize=8192)
def short_form(form: str) -> str:
    """A plain name with its ending written short, as often as that goes: 二七区城市管理局 → 二七区城管局.

    >>> short_form("二七区消防救援大队")
    '二七区消防大队'
    """
    forms = _forms()
    for _ in range(3):
        for size in range(min(len(form) - 1, 16), 1, -1):
            ending = form[-size:]
            if ending in forms:
                form = form[:-size] + forms[ending]
                break
        else:
            break
    return form


class Bodies:
    """The kind of things that are bodies. ``told`` gives all sketches of an id."""

    kind = "body"

    def __init__(self, told: Callable[[str], list[Sketch]]) -> None:
        self.told = told
        self.rules = RULES

    def load(self, id_: str) -> Known | None:
        """A body as all articles together tell it; None for an area, and for what no article names."""
        body = _gathered(s for s in self.told(id_) if s.subkind != "jurisdiction")
        if body is not None and body.parent:
            parent = next((s for s in self.told(body.parent) if s.subkind != "jurisdiction"), None)
            body.parent_form = parent.form if parent else ""
        return body

    def forbidden(self, things: Sequence[Known]) -> Iterable[tuple[str, str, str]]:
        return ()

    def facets(self, things: Sequence[Known], canonical: Known) -> tuple[str, str]:
        """Kind and area of bodies that are one: the kind that most of them are read as, other where none is known."""
        kinds = Counter(x.subkind for x in things for _ in x.articles if x.subkind not in ("", "other"))
        return (kinds.most_common(1)[0][0] if kinds else things[0].subkind), canonical.area


def _gathered(sketches: Iterable[Sketch]) -> Known | None:
    body: Known | None = None
    for s in sketches:
        if body is None:
            body = Known(s.id, s.name, s.form, s.area, s.subkind, s.parent, s.administers)
        body.articles.append(s.where)
        body.pages.add(s.page)
        body.also.update(s.also)
        body.subkind = body.subkind or s.subkind
        if (len(s.name), s.name) > (len(body.name), body.name):
            body.name = s.name
    return body


# ---------------------------------------------------------------- stated, in one area


def _by(things: Iterable[Known], of: Callable[[Known], str]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = defaultdict(list)
    for thing in things:
        found[of(thing)].append(thing)
    return found


def _written_short(body: Known) -> str:
    return _without_area(short_form(body.form), body.area)


def _printed_short(key: str, bodies: Sequence[Known], changed: frozenset[str]) -> Iterator[Finding]:
    """城市管理局 and 城管局, 消防救援大队 and 消防大队."""
    return star(bodies, "same-short-form", 0.95, lambda a, b: f"同一辖区，只差全称与简写（{a.name}，{b.name}）")


def _firm_keys(body: Known) -> Iterator[str]:
    stem = _FIRM.sub("", _written_short(body))
    if len(stem) >= 4:
        yield f"{body.area}|{stem}"


def _firms(key: str, bodies: Sequence[Known], changed: frozenset[str]) -> Iterator[Finding]:
    """郑州联通公司 and 郑州联通."""
    stem = key.rpartition("|")[2]
    firsts = [
        same[0]
        for same in _by(bodies, _written_short).values()
        if any(b.subkind in _WIDE_KINDS and b.subkind != "education" for b in same)
    ]
    return star(
        firsts,
        "same-firm-name",
        0.9,
        lambda a, b: f"同一辖区，同一字号“{stem}”，只差公司字样（{a.name}，{b.name}）",
    )


def _beside(key: str, bodies: Sequence[Known], changed: frozenset[str]) -> Iterator[Finding]:
    """北京邮电大学（以下简称“北邮”）: the page itself says that both names are one."""
    short = key.rpartition("|")[2]
    for body in bodies:
        if body.form != short:
            continue
        owners = [b for b in bodies if short in b.also and b.id != body.id]
        alone = len({_FIRM.sub("", _written_short(owner)) for owner in owners}) == 1
        for owner in owners:
            if alone or body.pages & owner.pages:
                reason = f"原文并写两名（{owner.name}，{body.name}）"
                yield Finding(owner.id, body.id, "printed-beside", (reason,), 0.97, joined=True)
            else:
                yield _doubt(owner, body, f"另一版并写两名（{owner.name}，{body.name}）", 0.5)


def _parent_keys(body: Known) -> Iterator[str]:
    yield f"{body.area}|{body.form}"
    if body.parent_form and body.form.startswith(body.parent_form):
        yield f"{body.area}|{body.form[len(body.parent_form) :]}"


def _in_parent(key: str, bodies: Sequence[Known], changed: frozenset[str]) -> Iterator[Finding]:
    """北京邮电大学网络与交换技术国家重点实验室 and 网络与交换技术国家重点实验室."""
    rest = key.rpartition("|")[2]
    shorts = [b for b in bodies if b.form == rest]
    for body in bodies:
        if body.form == rest:
            continue
        for short in shorts:
            if len(rest) >= 8 and _LAB.search(rest):
                reason = f"同名实验室，一处写出所属单位（{body.name}，{short.name}）"
                yield Finding(body.id, short.id, "named-within-parent", (reason,), 0.9, joined=True)
            elif len(rest) >= 4:
                yield _doubt(body, short, f"一处写出所属单位（{body.name}，{short.name}）", 0.45)


# ---------------------------------------------------------------- across areas


def _plain_firm(body: Known) -> str:
    return _FIRM.sub("", short_form(body.form)) or body.form


def _beyond(form: str, bodies: Sequence[Known], changed: frozenset[str]) -> Iterator[Finding]:
    """Names that reach beyond a district: 中国移动 everywhere, 郑州大学 everywhere, 郑州联通 in 郑州市."""
    areas = _by(bodies, lambda b: b.area)
    if len(areas) < 2:
        return
    firsts = [found[0] for _, found in sorted(areas.items())]
    named = [area for area in areas if _names_area(form, area)]
    if len(named) == 1:
        owner = areas[named[0]][0]
        for other in firsts:
            if other is not owner:
                reason = f"名称写明所属辖区（{other.name}，{owner.area}）"
                yield Finding(owner.id, other.id, "named-with-its-area", (reason,), 0.95, joined=True)
        return
    reach = _reach(form, firsts)
    for other in firsts[1:]:
        if reach == "nation" or reach and reach in firsts[0].area and reach in other.area:
            whole = "全国" if reach == "nation" else reach
            reason = f"名称通行{whole}（{firsts[0].name}，{other.name}）"
            yield Finding(firsts[0].id, other.id, "name-of-wide-reach", (reason,), 0.9, joined=True)
        elif len(form) >= 6 and firsts[0].subkind in ("company", "research", "alliance"):
            con = f"辖区不同：{firsts[0].area}，{other.area}"
            yield _doubt(firsts[0], other, f"不同辖区同名（{form}）", 0.3, con)


def _reach(form: str, same: Sequence[Known]) -> str:
    city = divisions().city_named(form) or next((c for b in same for c in _cities(b.area) if form[:2] == c[:-1]), "")
    rest = form[len(city) - 1 :] if city else ""
    if form.startswith(national()) or city and len(form) >= 4 and _LEARNED.search(form):
        return "nation"
    if city and all(b.subkind in _WIDE_KINDS for b in same) and not _STREET.match(rest):
        return city
    return ""


# ---------------------------------------------------------------- likely, in one area


def _doubt(a: Known, b: Known, pro: str, score: float, con: str = "") -> Finding:
    return Finding(a.id, b.id, "", (pro,), score, con=(con,) if con else ())


def _hole_keys(body: Known) -> Iterator[str]:
    """A name and the name without each of its characters, as short as can be: there are many of these keys."""
    if len(body.form) >= 5:
        forms = {body.form, *(body.form[:i] + body.form[i + 1 :] for i in range(len(body.form)))}
        yield from (blake2b(f"{body.area}|{form}".encode(), digest_size=6).hexdigest() for form in forms)


def _slips(key: str, bodies: Sequence[Known], changed: frozenset[str]) -> Iterator[Finding]:
    """Names one character apart, where that character is no number, side or level: 督察局, 督查局."""
    for i, a in enumerate(bodies[:20]):
        for b in bodies[i + 1 : 20]:
            if a.area == b.area and (found := _slip(a, b)):
                yield found


def _slip(a: Known, b: Known) -> Finding | None:
    if a.parent == b.id or b.parent == a.id:
        return None
    lost, put = _difference(a.form, b.form)
    if not lost and not put or len(lost) > 1 or len(put) > 1:
        return None
    if lost and put:
        if _TELLING.search(lost) or _TELLING.search(put):
            return None
        sounds = syllables(lost) == syllables(put)
        if not sounds and min(len(_local(a)), len(_local(b))) < 6:
            return None
        pro = f"只差一字，{'音同' if sounds else '音不同'}（{a.name}，{b.name}）"
        return _doubt(a, b, pro, 0.6 if sounds else 0.25, _apart(a, b))
    if len(a.form) >= 7:
        return _doubt(a, b, f"只多一字（{a.name}，{b.name}）", 0.5 if a.pages & b.pages else 0.4, _apart(a, b))
    return None


def _first_keys(body: Known) -> Iterator[str]:
    if stem := _local(body):
        yield f"{body.area}|{stem[0]}"


def _abbreviations(key: str, bodies: Sequence[Known], changed: frozenset[str]) -> Iterator[Finding]:
    """北邮 beside 北京邮电大学 on one page, though no page says that it is the short form."""
    for x, y in new_pairs(bodies, changed):
        body, other = sorted((x, y), key=lambda b: len(_local(b)))
        stem, whole = _local(body), _local(other)
        if not 2 <= len(stem) <= 6 or len(whole) < len(stem) + 2 or not body.pages & other.pages:
            continue
        if not shortened(stem, whole) or whole.startswith(stem):
            continue
        if len(stem) <= 3 or other.parent != body.id and stem[-1] == whole[-1]:
            yield _doubt(body, other, f"同版，可能是简称（{body.name}，{other.name}）", 0.55)


def _variant_stem(body: Known) -> str:
    return _OFFICE.sub("", short_form(body.form))


def _variant_keys(body: Known) -> Iterator[str]:
    if body.subkind in ("government", "party", "taskforce", "social") and len(_local(body)) >= 3:
        yield f"{body.area}|{_variant_stem(body)}"


def _variants(key: str, bodies: Sequence[Known], changed: frozenset[str]) -> Iterator[Finding]:
    """One stem with another ending: 二七区督查局, 二七区督查办."""
    stem = key.rpartition("|")[2]
    for a, b in new_pairs(bodies, changed):
        if short_form(a.form) != stem != short_form(b.form):
            yield _doubt(a, b, f"同一职能，机构名不同（{a.name}，{b.name}）", 0.35, _apart(a, b))


#: the rules in their order; that of the joins matters only where a judgement keeps bodies apart
RULES = (
    Rule("a", lambda b: [f"{b.area}|{_written_short(b)}"], _printed_short),
    Rule("b", _firm_keys, _firms),
    Rule("c", lambda b: [f"{b.area}|{name}" for name in {b.form, *b.also}], _beside),
    Rule("d", _parent_keys, _in_parent),
    Rule("e", lambda b: [_plain_firm(b)], _beyond),
    Rule("f", _hole_keys, _slips),
    Rule("g", _first_keys, _abbreviations, pairs=True),
    Rule("h", _variant_keys, _variants, pairs=True),
)


def _cities(area: str) -> list[str]:
    """The province and city of an area, where it is not on the list: 东川省云州市青桥区 → 东川省, 云州市."""
    return re.findall(r"[一-龥]{2,}?(?:自治区|自治州|地区|[省市盟])", area)[:2]


def _names_area(form: str, area: str) -> bool:
    """Whether a name begins with the last part of an area: 白塔区政府 names 东川省云州市白塔区."""
    return any(
        area[at - 1] in "省市区县旗州盟" and form.startswith(area[at:]) and len(form) > len(area) - at >= 2
        for at in range(1, len(area))
    )


def _without_area(form: str, area: str) -> str:
    """A name under a street, town or village without the area it may be printed with: 松山县云岭乡党委 → 云岭乡党委."""
    for at in range(len(area)):
        rest = form[len(area) - at :]
        if form.startswith(area[at:]) and _GRASSROOTS.match(rest):
            return rest
    return form


def _local(body: Known) -> str:
    """A name without the area it begins with: 二七区督查局 → 督查局."""
    for start in range(len(body.area)):
        if body.form.startswith(body.area[start:]):
            return body.form[len(body.area) - start :]
    return body.form


def _apart(a: Known, b: Known) -> str:
    both = set(a.articles) & set(b.articles)
    return f"同一篇中两名并见（{sorted(both)[0]}）" if both else ""


def _difference(a: str, b: str) -> tuple[str, str]:
    """What two strings have between their common beginning and end: 督察局, 督查局 → 察, 查."""
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return a[start : len(a) - end], b[start : len(b) - end]
