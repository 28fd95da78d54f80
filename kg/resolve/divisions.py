"""The published list of administrative divisions, as identity needs it: which area a name means, its code, its street.

Nothing here guesses: a name that several areas have gives nothing unless one of them is nearest (the page's own city,
then its province).
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from kg import lexicon
from kg.model import Jurisdiction

_WIDE = {"province", "city", "county"}
_ENDS = "省市区县旗州盟"


@dataclass(frozen=True, slots=True)
class Area:
    """A division from province to county: its code, and the names from the province down to itself."""

    code: str
    levels: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.levels[-1]


class Divisions:
    """The list, with its ways in."""

    def __init__(self) -> None:
        table = lexicon.load("divisions")
        self._codes, self._names = table.column("code"), table.column("name")
        known = map(_WIDE.__contains__, table.column("level"))
        wide = dict(compress(zip(self._codes, self._names, strict=True), known))
        self._by_name: dict[str, list[Area]] = {}
        for code, name in wide.items():
            above = [wide[up] for up in (code[:2] + "0000", code[:4] + "00") if up in wide and up != code]
            self._by_name.setdefault(name, []).append(Area(code, (*above, name)))
        self._shorts: dict[str, str] | None = None

    def area(self, name: str, where: Jurisdiction) -> Area | None:
        """The area of this name that a page of ``where`` means: in its city, else its province, else the only one.

        金水区 on a page of 郑州市 is 河南省郑州市金水区; 鼓楼区 on it is one of four, so nothing.
        """
        found = self._by_name.get(name, [])
        for near in (where.levels[:2], where.levels[:1]):
            mine = [a for a in found if near and a.levels[: len(near)] == near]
            if len(mine) == 1:
                return mine[0]
        return found[0] if len(found) == 1 else None

    def begins(self, name: str) -> bool:
        """Whether a name begins with an area of the list, whichever it is: 鼓楼区教育局, 梁溪区教育局."""
        for size in range(3, min(len(name), 12)):  # noqa: SIM110 - asked for every name, and far faster than any()
            if name[size - 1] in _ENDS and name[:size] in self._by_name:
                return True
        return False

    def head(self, name: str, where: Jurisdiction) -> tuple[Area, str] | None:
        """The area that a longer name begins with, and the rest: 郑州市金水区城管局 → 金水区 of 郑州市, 城管局."""
        for size in range(min(len(name) - 1, 11), 1, -1):
            if name[size - 1] in _ENDS and (area := self.area(name[:size], where)) is not None:
                inner = self.head(name[size:], jurisdiction_of(area))
                if inner is not None and len(inner[0].levels) > len(area.levels) == _shared(inner[0], area):
                    return inner
                return area, name[size:]
        return None

    def street(self, county: str, name: str) -> str:
        """The nine-digit code of a street office, town or township of a county: 410103, 淮河路街道 → 410103…; or ""."""
        if len(county) != 6:
            return ""
        at = bisect_left(self._codes, county + "0")
        found = []
        while at < len(self._codes) and self._codes[at].startswith(county):
            if len(self._codes[at]) == 9 and self._names[at] == name:
                found.append(self._codes[at])
            at += 1
        return found[0] if len(found) == 1 else ""

    def city_named(self, name: str) -> str:
        """The province or city whose short name a name begins with: 郑州联通 → 郑州市; or ""."""
        if self._shorts is None:
            self._shorts = {}
            for full, areas in self._by_name.items():
                if any(len(a.code) == 6 and a.code.endswith("00") for a in areas) and len(full) > 2:
                    short = full
                    for end in ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "地区", "省", "市", "盟"):
                        short = short.removesuffix(end)
                    if len(short) >= 2:
                        self._shorts[short] = full
        for size in (4, 3, 2):
            if len(name) > size and name[:size] in self._shorts:
                return self._shorts[name[:size]]
        return ""


def _shared(a: Area, b: Area) -> int:
    """How many levels two areas have in common, from the widest."""
    return next((i for i, (x, y) in enumerate(zip(a.levels, b.levels, strict=False)) if x != y), len(b.levels))


def jurisdiction_of(area: Area) -> Jurisdiction:
    """An area as the jurisdiction of a page would be written: Beijing's districts have a city and no province."""
    if area.code.endswith("0000"):
        return Jurisdiction(province=area.name, code=area.code)
    if area.code.endswith("00"):
        return Jurisdiction(area.levels[0], area.name, "", area.code)
    above = area.levels[:-1]
    if len(above) == 1 and above[0].endswith("市"):
        return Jurisdiction("", above[0], area.name, area.code)
    return Jurisdiction(above[0] if above else "", above[1] if len(above) > 1 else "", area.name, area.code)


@lru_cache(maxsize=1)
def divisions() -> Divisions:
    """The list, read on first use."""
    return Divisions()
