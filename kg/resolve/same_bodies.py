"""Which names of bodies mean one body: by the written-short form, by what a page prints beside a name, by reach.

A body stands in its area (``河南省郑州市二七区``); names of two areas are compared only where the name itself reaches
beyond its area (郑州大学, 中国移动). What is likely but not said is a candidate.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pypinyin import lazy_pinyin

from kg import lexicon
from kg.resolve.clusters import Clusters
from kg.resolve.divisions import divisions
from kg.resolve.kinds import Candidate, Sketch
from kg.resolve.sketches import shortened

#: characters whose exchange makes another body, not a slip of the pen: numbers, sides, sizes, levels
_TELLING = re.compile(r"[0-9A-Za-z一二三四五六七八九十百东西南北中上下左右前后内外大小新老男女省市区县镇乡村甲乙丙丁]")
_NATIONAL = re.compile(r"^(?:中央|中共中央|国务院|全国|国家|中国|最高人民|新华社|人民日报)")
_LEARNED = re.compile(r"(?:大学|学院|科学院|工程院)$")
#: kinds of bodies that an area's short name may make known all over that area (郑州联通, 河南移动)
_WIDE_KINDS = {"company", "education", "research", "other", "government", "media", ""}
_FIRM = re.compile(r"(?:股份|集团|控股)?(?:有限)?(?:责任)?公司$|集团$")
_LAB = re.compile(r"(?:重点|工程|联合|创新|国家|省级)?.{0,4}(?:实验室|研究院|研究所|研究中心|工程中心|技术中心)$")
_GRASSROOTS = re.compile(r"[一-龥]{2,8}(?:街道|镇|乡|社区|村)")
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
    articles: list[str] = field(default_factory=list)
    pages: set[str] = field(default_factory=set)
    also: set[str] = field(default_factory=set)


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    return {row["long"]: row["short"] for row in lexicon.load("body-forms")}


@lru_cache(maxsize=65536)
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


def gather(sketches: Iterable[Sketch]) -> dict[str, Known]:
    """The bodies that some sketches name, each once."""
    found: dict[str, Known] = {}
    for s in sketches:
        if s.kind != "body" or s.subkind == "jurisdiction":
            continue
        body = found.get(s.id)
        if body is None:
            body = found[s.id] = Known(s.id, s.name, s.form, s.area, s.subkind, s.parent, s.administers)
        body.articles.append(s.where)
        body.pages.add(s.page)
        body.also.update(s.also)
        body.subkind = body.subkind or s.subkind
        if (len(s.name), s.name) > (len(body.name), body.name):
            body.name = s.name
    return {key: found[key] for key in sorted(found)}


class Bodies:
    """Joins and candidates among bodies. ``reasons`` holds for each pair joined the reason, rule and score."""

    def __init__(self, known: Mapping[str, Known], clusters: Clusters[str]) -> None:
        self.known = known
        self.clusters = clusters
        self.reasons: list[tuple[str, str, str, str, float]] = []
        self.doubts: dict[tuple[str, str], tuple[list[str], list[str], float]] = {}

    def join(self, a: str, b: str, reason: str, rule: str, score: float) -> None:
        if self.clusters.together(a, b):
            return
        if self.clusters.join(a, b):
            self.reasons.append((a, b, reason, rule, score))

    def doubt(self, a: str, b: str, pro: str, score: float, con: str = "") -> None:
        pair = (a, b) if a < b else (b, a)
        pros, cons, best = self.doubts.setdefault(pair, ([], [], 0.0))
        pros += [pro] if pro not in pros else []
        cons += [con] if con and con not in cons else []
        self.doubts[pair] = (pros, cons, max(best, score))

    def find(self) -> None:
        areas: dict[str, list[Known]] = defaultdict(list)
        for body in self.known.values():
            areas[body.area].append(body)
        for area in sorted(areas):
            self._printed_short(areas[area])
            self._beside(areas[area])
            self._in_parent(areas[area])
        self._beyond()
        for area in sorted(areas):
            self._slips(areas[area])
            self._abbreviations(areas[area])
            self._variants(areas[area])

    # ------------------------------------------------------------ stated

    def _printed_short(self, bodies: list[Known]) -> None:
        """城市管理局 and 城管局, 消防救援大队 and 消防大队, 郑州联通公司 and 郑州联通, in one area."""
        by_form: dict[str, list[Known]] = defaultdict(list)
        for body in bodies:
            by_form[_without_area(short_form(body.form), body.area)].append(body)
        for same in by_form.values():
            for other in same[1:]:
                reason = f"同一辖区，只差全称与简写（{same[0].name}，{other.name}）"
                self.join(same[0].id, other.id, reason, "same-short-form", 0.95)
        firms: dict[str, list[Known]] = defaultdict(list)
        for form, same in by_form.items():
            if any(b.subkind in _WIDE_KINDS and b.subkind != "education" for b in same):
                stem = _FIRM.sub("", form)
                if len(stem) >= 4:
                    firms[stem].append(same[0])
        for stem, same in firms.items():
            for other in same[1:]:
                reason = f"同一辖区，同一字号“{stem}”，只差公司字样（{same[0].name}，{other.name}）"
                self.join(same[0].id, other.id, reason, "same-firm-name", 0.9)

    def _beside(self, bodies: list[Known]) -> None:
        """北京邮电大学（以下简称“北邮”）: the page itself says that both names are one."""
        owners: dict[str, list[Known]] = defaultdict(list)
        for body in bodies:
            for short in body.also:
                owners[short].append(body)
        for body in bodies:
            mine = [owner for owner in owners.get(body.form, ()) if owner.id != body.id]
            alone = len({self._home(owner.id) for owner in mine}) == 1
            for owner in mine:
                if alone or body.pages & owner.pages:
                    reason = f"原文并写两名（{owner.name}，{body.name}）"
                    self.join(owner.id, body.id, reason, "printed-beside", 0.97)
                else:
                    self.doubt(owner.id, body.id, f"另一版并写两名（{owner.name}，{body.name}）", 0.5)

    def _home(self, body: str) -> str:
        return min(self.clusters.members(body))

    def _in_parent(self, bodies: list[Known]) -> None:
        """北京邮电大学网络与交换技术国家重点实验室 and 网络与交换技术国家重点实验室."""
        by_form: dict[str, list[Known]] = defaultdict(list)
        for body in bodies:
            by_form[body.form].append(body)
        for body in bodies:
            parent = self.known.get(body.parent)
            if parent is None or not body.form.startswith(parent.form):
                continue
            rest = body.form[len(parent.form) :]
            for short in by_form.get(rest, ()):
                if len(rest) >= 8 and _LAB.search(rest):
                    reason = f"同名实验室，一处写出所属单位（{body.name}，{short.name}）"
                    self.join(body.id, short.id, reason, "named-within-parent", 0.9)
                elif len(rest) >= 4:
                    self.doubt(body.id, short.id, f"一处写出所属单位（{body.name}，{short.name}）", 0.45)

    # ------------------------------------------------------------ across areas

    def _beyond(self) -> None:
        """Names that reach beyond a district: 中国移动 everywhere, 郑州大学 everywhere, 郑州联通 in 郑州市."""
        by_form: dict[str, list[Known]] = defaultdict(list)
        for body in self.known.values():
            by_form[_FIRM.sub("", short_form(body.form)) or body.form].append(body)
        for form, same in by_form.items():
            areas: dict[str, list[Known]] = defaultdict(list)
            for body in same:
                areas[body.area].append(body)
            if len(areas) < 2:
                continue
            firsts = [found[0] for _, found in sorted(areas.items())]
            named = [area for area in areas if _names_area(form, area)]
            if len(named) == 1:
                owner = areas[named[0]][0]
                for other in firsts:
                    if other is not owner:
                        reason = f"名称写明所属辖区（{other.name}，{owner.area}）"
                        self.join(owner.id, other.id, reason, "named-with-its-area", 0.95)
                continue
            reach = self._reach(form, firsts)
            for other in firsts[1:]:
                if reach == "nation" or reach and reach in firsts[0].area and reach in other.area:
                    whole = "全国" if reach == "nation" else reach
                    reason = f"名称通行{whole}（{firsts[0].name}，{other.name}）"
                    self.join(firsts[0].id, other.id, reason, "name-of-wide-reach", 0.9)
                elif len(form) >= 6 and firsts[0].subkind in ("company", "research", "alliance"):
                    con = f"辖区不同：{firsts[0].area}，{other.area}"
                    self.doubt(firsts[0].id, other.id, f"不同辖区同名（{form}）", 0.3, con)

    def _reach(self, form: str, same: list[Known]) -> str:
        city = divisions().city_named(form) or next(
            (c for b in same for c in _cities(b.area) if form[:2] == c[:-1]), ""
        )
        rest = form[len(city) - 1 :] if city else ""
        if _NATIONAL.match(form) or city and len(form) >= 4 and _LEARNED.search(form):
            return "nation"
        if city and all(b.subkind in _WIDE_KINDS for b in same) and not _STREET.match(rest):
            return city
        return ""

    # ------------------------------------------------------------ likely

    def _slips(self, bodies: list[Known]) -> None:
        """Names one character apart, where that character is no number, side or level: 督察局, 督查局."""
        holes: dict[str, list[Known]] = defaultdict(list)
        for body in bodies:
            if len(body.form) >= 5:
                for i in range(len(body.form)):
                    holes[f"{i}{body.form[:i]}*{body.form[i + 1 :]}"].append(body)
                    holes[f"-{body.form[:i]}{body.form[i + 1 :]}"].append(body)
                holes[f"-{body.form}"].append(body)
        seen: set[tuple[str, str]] = set()
        for same in holes.values():
            for i, a in enumerate(same[:20]):
                for b in same[i + 1 : 20]:
                    if a.id != b.id and (a.id, b.id) not in seen:
                        seen.add((a.id, b.id))
                        self._slip(a, b)

    def _slip(self, a: Known, b: Known) -> None:
        if self.clusters.together(a.id, b.id) or a.parent == b.id or b.parent == a.id:
            return
        lost, put = _difference(a.form, b.form)
        if not lost and not put or len(lost) > 1 or len(put) > 1:
            return
        if lost and put:
            if _TELLING.search(lost) or _TELLING.search(put):
                return
            sounds = lazy_pinyin(lost) == lazy_pinyin(put)
            if not sounds and min(len(_local(a)), len(_local(b))) < 6:
                return
            pro = f"只差一字，{'音同' if sounds else '音不同'}（{a.name}，{b.name}）"
            self.doubt(a.id, b.id, pro, 0.6 if sounds else 0.25, _apart(a, b))
        elif len(a.form) >= 7:
            self.doubt(a.id, b.id, f"只多一字（{a.name}，{b.name}）", 0.5 if a.pages & b.pages else 0.4, _apart(a, b))

    def _abbreviations(self, bodies: list[Known]) -> None:
        """北邮 beside 北京邮电大学 on one page, though no page says that it is the short form."""
        by_first: dict[str, list[Known]] = defaultdict(list)
        for body in bodies:
            by_first[_local(body)[:1]].append(body)
        for body in bodies:
            stem = _local(body)
            if not 2 <= len(stem) <= 6:
                continue
            for other in by_first[stem[:1]]:
                whole = _local(other)
                likely = len(whole) >= len(stem) + 2 and shortened(stem, whole) and not whole.startswith(stem)
                if not likely or not body.pages & other.pages or self.clusters.together(body.id, other.id):
                    continue
                if len(stem) <= 3 or other.parent != body.id and stem[-1] == whole[-1]:
                    self.doubt(body.id, other.id, f"同版，可能是简称（{body.name}，{other.name}）", 0.55)

    def _variants(self, bodies: list[Known]) -> None:
        """One stem with another ending: 二七区督查局, 二七区督查办."""
        stems: dict[str, list[Known]] = defaultdict(list)
        for body in bodies:
            form = short_form(body.form)
            if body.subkind in ("government", "party", "taskforce", "social") and len(_local(body)) >= 3:
                stems[re.sub(r"(?:局|办|委|中心|科|处|大队|中队)$", "", form)].append(body)
        for stem, same in stems.items():
            for i, a in enumerate(same):
                for b in same[i + 1 :]:
                    if not self.clusters.together(a.id, b.id) and short_form(a.form) != stem != short_form(b.form):
                        self.doubt(a.id, b.id, f"同一职能，机构名不同（{a.name}，{b.name}）", 0.35, _apart(a, b))

    def candidates(self) -> list[Candidate]:
        found = []
        for (a, b), (pro, con, score) in sorted(self.doubts.items()):
            if not self.clusters.together(a, b):
                x, y = self.known[a], self.known[b]
                found.append(
                    Candidate(
                        "body",
                        a,
                        b,
                        x.name,
                        y.name,
                        tuple(pro),
                        tuple(con),
                        score,
                        tuple(sorted(set(x.articles))[:3]),
                        tuple(sorted(set(y.articles))[:3]),
                    )
                )
        return found


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
