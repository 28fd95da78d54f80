"""Areas on a page: which district, city and province its news is about, found from the page itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from kg.extract.vocabulary import LEVELS, Area, Areas, Vocabulary, short_area, vocabulary
from kg.model import Article, Context, Jurisdiction

#: zones that have a party working committee but no code of their own: 郑东新区, 经开区, 高新区
_ZONE_END = re.compile(
    r"(?:新区|高新区|经开区|开发区|管理区|示范区|合作区|度假区|保税区)(?=党工委|工委|管委会|召开|举行)"
)
_ZONE = re.compile(rf"(?:(?<![一-龥])|(?<=[来到赴]))((?![省市区县]|城乡)[一-龥]{{2,6}}?{_ZONE_END.pattern})")
#: guests are not at home: 泗洪县|党政考察团来我市, 临洮县|委书记王海涛率考察团来我县, 白银市|政协来靖调研; who sets out
#: (赴) may be
_GUESTS = re.compile(
    r"[^。；\n]{0,40}?(?:考察团|考察组|调研组|学习团|代表团|视察组|观摩团|一行)[^，。；\n]{0,8}?(?:来|莅|到我)"
    r"|[^，。；\n]{0,10}?[来莅][一-龥]{1,4}?(?:考察|调研|学习|参观|交流|观摩|视察)"
)
#: what a masthead says after the short name of its county: 泗洪|新闻, 赵县|融媒
_MASTHEAD = re.compile(r"(?:[区县市]?(?:新闻|要闻|动态|融媒|时讯|发布)|[日周快晚]?报\s)")
#: what stands before it in a masthead that says no more, and only the day behind it: 新|赵县 2024年5月6日
_BEFORE_NAME = ("新", "今", "看", "今日", "美丽", "幸福", "魅力")
_DATED = re.compile(r"[ \u3000|·]{0,4}(?:19|20)\d\d[年.-]")
#: no text of a page has more votes for one area, so that one long item does not outweigh the others
_MOST = 20
#: what right after an area tells that it acts, and is not only named
_ACTS = (
    *("委", "长", "政府", "人民", "召开", "举行", "人大", "政协", "纪委", "组织", "启动"),
    *("区长", "县长", "市长"),
)
#: an area that this page's own organs belong to: 区委, 县政府, 市人大 without a name before
#: (the level comes first and the look behind it second, so that the pattern is tried at levels alone)
_OWN = re.compile(r"([省市区县旗州盟])(?:(?<![一-龥].)|(?<=[^一-龥]副.))(?=委|政府|长|人大|政协|纪委|领导|直)")
_SELF_RULING = re.compile(r"自治[县旗](?<![一-龥]...)(?=委|党委|政府|人民政府|人大|政协|召开|举行)")
_BY_FORM = re.compile(
    r"([一-龥]{2,5}?(?:自治县|自治旗|[区县旗市]))(?=委|人民政府|政府|召开|举行|人大|政协|[区县旗市]长)"
)


def _level_votes(text: str) -> Counter[str]:
    """How often organs are named by their level alone (区委 → 区): the page's own level wins by far."""
    return Counter(m[1] for m in _OWN.finditer(text))


def home(texts: Sequence[str], words: Vocabulary, headlines: Sequence[str] = (), around: str = "") -> Jurisdiction:
    """The jurisdiction whose news these texts bring, as far as they tell.

    ``texts`` are folded (``kg.rules.fold``). Votes: a division named in full counts one, with an organ or a verb of
    holding right after it five (二七区召开…, 二七区委书记…), in ``headlines`` four more; guests count against it
    (临洮县党政考察团来我县). ``around`` is the whole page: its masthead (泗洪新闻) tells the county outright.
    Same-named divisions (鼓楼区 of five cities) are told apart by the cities named on the page. Unknown stays empty.

    >>> home(["本报讯 6月26日，二七区召开推进会。二七区委常委崔世英出席"], vocabulary()).levels
    ('河南省', '郑州市', '二七区')
    """
    table = words.areas
    votes: Counter[str] = Counter()
    named: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    for text, extra in [(t, 0) for t in texts] + [(t, 4) for t in headlines]:
        here: Counter[str] = Counter()
        for start, end, row in words.find(text).areas:
            name = text[start:end]
            named[name] += 1
            if row["short"]:
                cities[name] += 1
                continue
            if len(name) == 2 and start and "一" <= text[start - 1] <= "龥":
                continue
            if _GUESTS.match(text, end):
                here[name] -= 10
                continue
            here[name] += extra + (5 if text.startswith(_ACTS, end) else 1)
        votes.update({name: min(found, _MOST) for name, found in here.items() if found > 0})
    text = "\n".join((*texts, *headlines))
    levels = _level_votes(text)
    county = {n: v for n, v in votes.items() if any(a.level == "county" for a in table.by_name[n])}
    city = {n: v for n, v in votes.items() if any(a.level == "city" for a in table.by_name[n])}
    zone = Counter(m[1] for m in _ZONE.finditer(text)) if _ZONE_END.search(text) else Counter[str]()
    own_level = levels.most_common(1)[0][0] if levels else ""
    best = _best(county, own_level)
    ruling = [n for n in county if n.endswith(("自治县", "自治旗"))]
    if ruling and _SELF_RULING.search(text):  # 自治县召开…: its guests, too, are from counties
        county = {n: county[n] for n in ruling}
        best = _best(county, own_level)
    shorts = {n: short_area(n) for n in county if len(n) > 2}
    told = [n for n, short in shorts.items() if short not in table.short and _is_masthead(short, around)]
    if told:
        own = max(told, key=lambda n: (county[n], n))
        return _of(_disambiguate(table.by_name[own], named, table), table)
    if zone:
        name, times = zone.most_common(1)[0]
        inside = bool(best) and name.startswith(best[:-1])  # a zone of the county's own, as its companies' address
        # a development zone has no committee or head of a district; a new area (西海岸新区) may have both
        foreign = bool(best) and levels[best[-1]] > 1 and not name.endswith("新区")
        if not foreign and times * (2 if inside else 5) > county.get(best, 0):
            if not city:  # 青岛西海岸报: its masthead may name the city in short
                seen = cities or Counter(around[h.start : h.end] for h in words.find(around).areas if h.row["short"])
                city = _in_short(seen, table)
            return _zone(name, city, table)
    if own_level == "市" and best and not best.endswith("市") and not _outweighs(best, county, city, levels):
        best = ""
        city = city or _of_counties(county, table)
    if best and (not city or county[best] * 2 >= max(city.values()) or own_level in ("区", "县", "旗")):
        return _of(_disambiguate(table.by_name[best], named, table), table)
    for name, found in cities.items():
        for area in table.short[name]:
            if area.level == "city" and (area.name in city or own_level == "市"):
                city[area.name] = city.get(area.name, 0) + found
    if city:
        top = max(city, key=lambda n: (city[n], n))
        return _of(_disambiguate([a for a in table.by_name[top] if a.level == "city"], named, table), table)
    formed = Counter(m[1] for m in _BY_FORM.finditer(text) if m[1] not in table.by_name and m[1][-1] in "区县旗市")
    if formed and formed.most_common(1)[0][1] >= 2:
        name = formed.most_common(1)[0][0]
        return Jurisdiction(district=name, basis="page")
    return Jurisdiction(basis="page")


def _outweighs(best: str, county: dict[str, int], city: dict[str, int], levels: Counter[str]) -> bool:
    """Whether a page that speaks of 市委 and 市领导 most is a county's all the same, whose guests they are."""
    votes, of_city = county[best], max(levels["市"], *city.values(), 0)
    own = levels[best[-1]] * 2 >= levels["市"] or votes > _MOST
    return own and votes >= 2 * of_city


def _of_counties(county: dict[str, int], table: Areas) -> dict[str, int]:
    """The cities that counties belong to whose names are of one place only: 浮梁县 tells 景德镇市."""
    found: Counter[str] = Counter()
    for name, votes in county.items():
        known = table.by_name[name]
        if len(known) == 1:
            found.update({p.name: votes for p in table.parents(known[0].code) if p.level == "city"})
    return found


def _in_short(named: Counter[str], table: Areas) -> dict[str, int]:
    """The cities that are named in short alone (青岛), in full."""
    return {a.name: found for name, found in named.items() for a in table.short[name] if a.level == "city"}


def _is_masthead(short: str, page: str) -> bool:
    """Whether a line of the page begins with the name of the county's paper: 泗洪新闻, 今日泗洪."""
    at = page.find(short)
    while at >= 0:
        before = page[:at].rsplit("\n", 1)[-1].strip(" \u3000#*0123456789")
        if before in _BEFORE_NAME and _DATED.match(page, at + len(short)):
            return True
        if before in ("", "今日") and (before or _MASTHEAD.match(page, at + len(short))):
            return True
        at = page.find(short, at + 1)
    return False


def _best(votes: dict[str, int], own_level: str) -> str:
    if not votes:
        return ""

    def weight(name: str) -> tuple[float, str]:
        fits = not own_level or name.endswith(own_level)
        return (votes[name] * (1.0 if fits else 0.4), name)

    return max(votes, key=weight)


def _disambiguate(found: Sequence[Area], named: Counter[str], table: Areas) -> Area | None:
    """The one of several same-named divisions whose city or province is named on the page; None if none is."""
    if len(found) == 1:
        return found[0]
    if len({a.code[:2] for a in found}) == 1:  # 定州市 has a code below 保定市 and one of its own, below the province
        return max(found, key=lambda a: (a.code[2:4] == "90", a.code))

    def support(area: Area) -> int:
        score = 0
        for parent in table.parents(area.code):
            short = re.sub(r"(省|市|地区|盟|自治区|自治州)$", "", parent.name)
            score += named[parent.name] * 3 + named[short] * 2
        return score

    ranked = sorted(found, key=lambda a: (-support(a), a.code))
    if support(ranked[0]) == 0 or support(ranked[0]) == support(ranked[1]):
        return Area("", found[0].name, found[0].level)
    return ranked[0]


def _of(area: Area | None, table: Areas) -> Jurisdiction:
    if area is None:
        return Jurisdiction()
    if not area.code:
        return Jurisdiction(district=area.name) if area.level == "county" else Jurisdiction(city=area.name)
    parents = {p.level: p.name for p in table.parents(area.code)}
    if area.level == "county":
        province = parents.get("province", "")
        city = parents.get("city", "")
        if not city and province[-1:] == "市":
            city, province = province, ""
        return Jurisdiction(province, city, area.name, area.code)
    if area.level == "city":
        return Jurisdiction(parents.get("province", ""), area.name, "", area.code)
    return Jurisdiction(area.name, "", "", area.code)


def _zone(name: str, city: dict[str, int], table: Areas) -> Jurisdiction:
    top = max(city, key=lambda n: (city[n], n)) if city else ""
    parents = _of(_disambiguate(table.by_name[top], Counter(), table), table) if top else Jurisdiction()
    return Jurisdiction(parents.province, parents.city, name, "")


def jurisdiction(
    articles: Sequence[Article], given: Context, extra: Path | None = None, page: str = ""
) -> Jurisdiction:
    """The page's jurisdiction: the one given by the user where there is one, else found from its articles.

    ``page`` is the text of the page, whose masthead may tell it.
    """
    if given.jurisdiction.name:
        return given.jurisdiction
    return home([a.norm for a in articles], vocabulary(extra), [a.headline for a in articles if a.headline], page)


def own_prefix(level: str, where: Jurisdiction) -> str:
    """The area that a bare level stands for: 区 → 二七区, 市 → 郑州市; empty if the page does not tell.

    On the page of a county-level city 市 is the city itself; of a county 县, of a banner 旗.
    """
    if level not in LEVELS:
        return ""
    for name in reversed(where.levels):
        if (
            name.endswith(level)
            or (level == "省" and name.endswith("自治区"))
            or (level == "区" and name is where.district and name.endswith("区"))
        ):
            return name
    return ""
