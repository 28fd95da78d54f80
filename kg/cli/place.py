"""``--place 河南省郑州市二七区``: the area whose news the pages bring, as the user writes it."""

from __future__ import annotations

import re
from datetime import date

from kg import lexicon
from kg.errors import KgError
from kg.model import Context, Jurisdiction
from kg.pages import day_in

_LEVELS = ("province", "city", "county")

#: an area that the list does not have (renamed, merged, new) is taken apart by its form
_FORM = re.compile(
    r"(?P<province>[^省市区县]{2,9}(?:省|自治区|特别行政区)|(?:北京|天津|上海|重庆)市)?"
    r"(?P<city>[^省市区县]{2,12}(?:市|州|盟|地区))?"
    r"(?P<district>[^省]{2,15}(?:区|县|市|旗))?"
)


def jurisdiction(text: str) -> Jurisdiction:
    """The area called ``河南省郑州市二七区``, ``郑州市二七区`` or ``二七区``, with its official code where listed.

    Raises KgError when the name fits several areas, or none.
    """
    name = re.sub(r"\s", "", text)
    rows = {row["code"]: row for row in lexicon.load("divisions") if row["level"] in _LEVELS}
    found: dict[str, Jurisdiction] = {}
    for code, row in rows.items():
        if name.endswith(row["name"]) and row["name"]:
            above = [rows[up] for up in (code[:2] + "0000", code[:4] + "00") if up != code and up in rows]
            if _spells(name, [up["name"] for up in above], row["name"]):
                place = {up["level"]: up["name"] for up in [*above, row]}
                found[code] = Jurisdiction(
                    province=place.get("province", ""),
                    city=place.get("city", ""),
                    district=place.get("county", ""),
                    code=code,
                    basis="given",
                )
    if len(found) == 1:
        return found.popitem()[1]
    if found:
        full = ["".join(j.levels) for j in found.values()]
        raise KgError(f"--place {text}: there are {len(found)}: {', '.join(full[:6])}; write the name in full")
    form = _FORM.fullmatch(name)
    if name and form:
        return Jurisdiction(**{k: v or "" for k, v in form.groupdict().items()}, basis="given")
    raise KgError(f"--place {text}: no such area; write province, city and district, such as 河南省郑州市二七区")


def _spells(name: str, above: list[str], own: str) -> bool:
    """Whether a name is the area's own, after some or all of those above it, in order."""
    rest = name[: -len(own)]
    for upper in above:
        rest = rest.removeprefix(upper)
    return not rest


def context(published: str, place: str) -> Context:
    """What the user says of the pages: ``--published`` and ``--place``. Raises KgError for a wrong one.

    ``--published`` is a day (2019-07-05), or where a page's file name or path tells it (YYYY-MM-DD).
    """
    day, pattern = None, ""
    if published:
        try:
            day = date.fromisoformat(published)
        except ValueError:
            if "Y" not in published:
                raise KgError(
                    f"--published {published}: expected a day such as 2019-07-05, or where file names tell it, "
                    "such as YYYY-MM-DD"
                ) from None
            day_in("", published)
            pattern = published
    area = jurisdiction(place) if place else Jurisdiction()
    return Context(published=day, jurisdiction=area, published_in=pattern)
