"""Names written out in full, from the jurisdiction of the page: 区城管局 → 二七区城管局."""

from __future__ import annotations

import re

from kg.model import Jurisdiction
from kg.resolve.divisions import divisions

_LEVELS = "省市区县旗州盟"
_PUBLIC = ("party", "government", "congress", "cppcc", "military", "judicial", "social", "taskforce")
#: organs of a party committee that papers name without the committee: 宣传部 is 二七区委宣传部
_OF_COMMITTEE = re.compile(
    r"^(?:组织部|宣传部|统战部|政法委|社会工作部|社工部|社治委|编办|网信办|巡察办|农办|老干部局|党校|台办|直属机关工委|直属机关党工委|政研室|保密办|机要局)"
)
_OTHER_AREA = re.compile(r"^(?:[一-龥]{2,4}(?:省|自治区|市|县)|[^我全本各该郊外邻]县)(?=.)")
_TWICE = re.compile(r"([市区县旗州盟])(?<=[一-龥].)\1(?=委|政|人民政府|人大|纪)")
_OFFICE = re.compile(r"街道(?:办事处|办)$")
_SIGNS = re.compile(r"[\s“”‘’\"'（）()·]")
_NATIONAL = re.compile(r"^(?:中央|党中央|中共中央|国务院|全国|国家|中国)")


def area_of(level: str, where: Jurisdiction) -> str:
    """The area that a bare level character stands for on a page of ``where``: 区 → 二七区; empty if unknown."""
    for name in reversed(where.levels):
        if name.endswith(level) or level == "省" and name.endswith("自治区"):
            return name
    return ""


def full_title(title: str, where: Jurisdiction) -> str:
    """A title with its area written out: 区委书记 → 二七区委书记, 区区长 → 二七区区长."""
    return _with_area(_without_zhong(title), where)


def full_name(name: str, kind: str, rule: str, where: Jurisdiction) -> str:
    """A body's or place's name with its area written out.

    ``kind`` is the subkind, ``rule`` how the name was found: an organ or department printed without any area
    (停管办, 宣传部) belongs to the page's own area, a firm or school does not.

    >>> full_name("停管办", "government", "body-department", Jurisdiction("河南省", "郑州市", "二七区"))
    '二七区停管办'
    """
    name = _in_full(_without_zhong(name))
    written = _with_area(name, where)
    if written != name or _NATIONAL.match(name):
        return written
    own = where.name
    if _OTHER_AREA.match(name) or divisions().begins(name):
        return name
    if not own or kind not in _PUBLIC or any(name.startswith(level) for level in where.levels):
        return name
    zone = own.removeprefix(where.city[:-1]) if where.city else own
    if zone != own and name.startswith(zone):
        return where.city[:-1] + name
    short = own[:-1]
    if len(short) >= 2 and name.startswith(short) and len(name) > len(short):
        return own + name[len(short) :]
    if _OF_COMMITTEE.match(name):
        return own + "委" + name
    if rule in ("body-department", "body-organ"):
        for upper in where.levels:
            if name.startswith(upper[:-1]) and len(upper) > 2:
                return name
        return own + name
    return name


def _in_full(name: str) -> str:
    """One printed form of what has several: 区政府 → 区人民政府, 淮河路街道办事处 → 淮河路街道, 凤县县委 → 凤县委."""
    name = _TWICE.sub(r"\1", name)
    if name.endswith("政府"):
        name = re.sub(r"(?<=[省市区县旗州盟镇乡])政府$", "人民政府", name)
    return _OFFICE.sub("街道", name)


def _without_zhong(name: str) -> str:
    """中共二七区委 → 二七区委."""
    if not name.startswith(("中共", "中国共产党")) or name.startswith("中共中央"):
        return name
    return re.sub(r"^中共(?=.{2,}委)|^中国共产党(?=.{2,}委员会)", "", name)


def _with_area(name: str, where: Jurisdiction) -> str:
    if name.startswith("自治") and (m := re.match(r"自治[区州县旗](?=.)", name)):
        area = next((level for level in reversed(where.levels) if level.endswith(m[0])), "")
        return area + name[m.end() :] if area else name
    if len(name) > 1 and name[0] in _LEVELS and not name.startswith(where.levels):
        area = area_of(name[0], where)
        if area:
            return area + name[1:]
    return name


def plain(name: str, where: Jurisdiction) -> str:
    """The form of a name that identity is decided on: the page's own area once, offices in short form.

    郑州市二七区淮河路街道办事处 and 淮河路街道 are one, 二七区政府 and 二七区人民政府 too; 郑州市委 and 河南省委 stay
    two.

    >>> plain("郑州市二七区人民政府", Jurisdiction("河南省", "郑州市", "二七区"))
    '二七区政府'
    """
    key = _SIGNS.sub("", name)
    levels = where.levels
    for upper, lower in zip(levels, levels[1:], strict=False):
        if key.startswith(upper + lower):
            key = key[len(upper) :]
    if len(levels) > 2 and key.startswith(levels[0] + levels[2]):
        key = key[len(levels[0]) :]
    key = _OFFICE.sub("街道", key)
    key = key.replace("人民政府", "政府")
    if key.endswith("办公室"):
        key = key[:-2]
    if len(key) > 6 and key.endswith("公司"):
        key = re.sub(r"(?:股份)?有限(?:责任)?公司$|公司$", "", key)
    if where.name and key.endswith(("街道", "镇", "乡")) and len(key) > len(where.name) + 1:
        key = key.removeprefix(where.name)
    return key
