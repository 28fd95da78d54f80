"""Names written out in full, from the jurisdiction of the page: 区城管局 → 二七区城管局."""

from __future__ import annotations

import re
from functools import lru_cache

from kg import lexicon
from kg.model import Jurisdiction
from kg.resolve.divisions import Area, divisions

_LEVELS = "省市区县旗州盟"
_PUBLIC = frozenset(("party", "government", "congress", "cppcc", "military", "judicial", "social", "taskforce"))
#: organs of a party committee that papers name without the committee: 宣传部 is 二七区委宣传部
_OF_COMMITTEE = (
    "组织部", "宣传部", "统战部", "政法委", "社会工作部", "社工部", "社治委", "编办", "网信办", "巡察办", "农办",
    "老干部局", "党校", "台办", "直属机关工委", "直属机关党工委", "政研室", "保密办", "机要局",
)  # fmt: skip
_OTHER_AREA = re.compile(r"(?:[一-龥]{2,4}(?:省|自治区|市|县)|[^我全本各该郊外邻]县)(?=.)")
_OF_TOWN = re.compile(r"[一-龥]{2,4}(?:镇|乡|街道)(?=[一-龥]{2})")
_TWICE = re.compile(r"([市区县旗州盟])(?<=[一-龥].)\1(?=委|政|人民政府|人大|纪)")
#: a level character that begins a word and is no level: 市场监管局, 市容中心, 市政公司 (but 市政府, 市政协)
_NO_LEVEL = re.compile(
    r"市(?:场|容|监局|区|民(?![政族])|政(?![府协法务研]))|区(?:块|域|位)|县(?:城|域)|[省市区县]级|旗舰|镇街|乡[村镇]"
)
#: zones are called by the short name of their county: 青神高新区
_ZONES = ("高新", "经济", "经开区", "开发区", "工业园", "产业园")
_OUTSIDE = re.compile(r"(?:共青团|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟)(?=[一-龥]{0,12}[省市区县旗州盟])")
_LEAGUE = re.compile(r"团([省市区县旗州盟])委")
_CPPCC = re.compile(r"(?:政协|中国人民政治协商会议)([一-龥]{1,12}[省市区县旗州盟])(?:第[一-龥]{1,3}届)?委员会")
_SIGNS = re.compile(r"[\s“”‘’\"'（）()·]+")
_SELF_RULING = re.compile(r"自治[区州县旗](?=.)")
_GOVERNED = tuple(f"{level}政府" for level in f"{_LEVELS}镇乡")
_FIRM = re.compile(r"(?:股份)?有限(?:责任)?公司$|公司$")


class Names:
    """Names as the pages of one jurisdiction mean them: written out in full, and in the form that identity goes by.

    What was asked before is remembered: a page names the same few bodies over and over.
    """

    def __init__(self, where: Jurisdiction) -> None:
        self.where = where
        self.own = where.name
        self.levels = levels = where.levels
        #: areas printed inside wider ones, and where the inner one begins: 河南省郑州市, 郑州市二七区
        self._nested = [(upper + lower, len(upper)) for upper, lower in zip(levels, levels[1:], strict=False)]
        self._widest = levels[0] + levels[2] if len(levels) > 2 else ""
        self._full: dict[tuple[str, str, str], str] = {}
        self._plain: dict[str, str] = {}
        self._heads: dict[str, tuple[Area, str] | None] = {}

    def area_of(self, level: str) -> str:
        """The area that a bare level character stands for: 区 → 二七区; empty if unknown."""
        for name in reversed(self.levels):
            if name.endswith(level) or level == "省" and name.endswith("自治区"):
                return name
        return ""

    def title(self, title: str) -> str:
        """A title with its area written out: 区委书记 → 二七区委书记, 区区长 → 二七区区长."""
        return self._with_area(_without_zhong(title))

    def full(self, name: str, kind: str, rule: str) -> str:
        """A body's or place's name with its area written out; see :func:`full_name`."""
        key = (name, kind, rule)
        found = self._full.get(key)
        if found is None:
            found = self._full[key] = self._written_out(_in_full(_without_zhong(name)), kind, rule)
        return found

    def plain(self, name: str) -> str:
        """The form of a name that identity is decided on; see :func:`plain`."""
        found = self._plain.get(name)
        if found is None:
            found = self._plain[name] = self._bare(name)
        return found

    def head(self, name: str) -> tuple[Area, str] | None:
        """The listed area that a longer name begins with, and the rest: 金水区城管局 → 金水区 of 郑州市, 城管局."""
        if name not in self._heads:
            self._heads[name] = divisions().head(name, self.where)
        return self._heads[name]

    def _written_out(self, name: str, kind: str, rule: str) -> str:
        if outside := _OUTSIDE.match(name):  # 共青团县委, 民盟市委会: the area stands inside the name
            return outside[0] + self._with_area(name[outside.end() :])
        written = self._with_area(name)
        own = self.own
        if written != name or not own or kind not in _PUBLIC or name.startswith(self.levels):
            return written
        if name.startswith(national()) or _OTHER_AREA.match(name) or divisions().begins(name):
            return name
        city = self.where.city[:-1]
        zone = own.removeprefix(city)
        if zone != own and name.startswith(zone):
            return city + name
        short = own[:-1]
        if len(short) >= 2 and name.startswith(short) and len(name) > len(short):
            rest = name[len(short) :]
            if rest.startswith(_ZONES):
                return name
            return f"{own}人民{rest}" if rest in ("法院", "检察院") else own + rest
        if name.startswith(_OF_COMMITTEE):
            return own + "委" + name
        if rule in ("body-department", "body-organ") and not _OF_TOWN.match(name):
            for upper in self.levels:
                if name.startswith(upper[:-1]) and len(upper) > 2:
                    return name
            return own + name
        return name

    def _with_area(self, name: str) -> str:
        if name.startswith("自治") and (m := _SELF_RULING.match(name)):
            area = next((level for level in reversed(self.levels) if level.endswith(m[0])), "")
            return area + name[m.end() :] if area else name
        if len(name) > 1 and name[0] in _LEVELS and not name.startswith(self.levels) and not _NO_LEVEL.match(name):
            area = self.area_of(name[0])
            if area:
                return area + name[1:]
        return name

    def _bare(self, name: str) -> str:
        key = _SIGNS.sub("", name)
        for nested, inner in self._nested:
            if key.startswith(nested):
                key = key[inner:]
        if self._widest and key.startswith(self._widest):
            key = key[len(self.levels[0]) :]
        key = _office(key).replace("人民政府", "政府")
        if key.endswith("办公室"):
            key = key[:-2]
        if len(key) > 6 and key.endswith("公司"):
            key = _FIRM.sub("", key)
        own = self.own
        if own and key.endswith(("街道", "镇", "乡")) and len(key) > len(own) + 1:
            key = key.removeprefix(own)
        return key


def area_of(level: str, where: Jurisdiction) -> str:
    """The area that a bare level character stands for on a page of ``where``: 区 → 二七区; empty if unknown."""
    return Names(where).area_of(level)


def full_title(title: str, where: Jurisdiction) -> str:
    """A title with its area written out: 区委书记 → 二七区委书记, 区区长 → 二七区区长."""
    return Names(where).title(title)


def full_name(name: str, kind: str, rule: str, where: Jurisdiction) -> str:
    """A body's or place's name with its area written out.

    ``kind`` is the subkind, ``rule`` how the name was found: an organ or department printed without any area
    (停管办, 宣传部) belongs to the page's own area, a firm or school does not.

    >>> full_name("停管办", "government", "body-department", Jurisdiction("河南省", "郑州市", "二七区"))
    '二七区停管办'
    """
    return Names(where).full(name, kind, rule)


def plain(name: str, where: Jurisdiction) -> str:
    """The form of a name that identity is decided on: the page's own area once, offices in short form.

    郑州市二七区淮河路街道办事处 and 淮河路街道 are one, 二七区政府 and 二七区人民政府 too; 郑州市委 and 河南省委 stay
    two.

    >>> plain("郑州市二七区人民政府", Jurisdiction("河南省", "郑州市", "二七区"))
    '二七区政府'
    """
    return Names(where).plain(name)


@lru_cache(maxsize=1)
def national() -> tuple[str, ...]:
    """How the names of bodies of the whole country begin (中央, 教育部): no area of a page stands before them."""
    return tuple(lexicon.load("national").words())


def _in_full(name: str) -> str:
    """One printed form of what has several: 区政府 → 区人民政府, 淮河路街道办事处 → 淮河路街道, 凤县县委 → 凤县委."""
    name = _TWICE.sub(r"\1", name)
    if name[0] == "团" and (league := _LEAGUE.match(name)):
        name = f"共青团{league[1]}委{name[league.end() :]}"
    elif name.startswith(("政协", "中国人民政治")) and (assembly := _CPPCC.fullmatch(name)):
        name = assembly[1] + "政协"
    if name.endswith(_GOVERNED):
        name = name[:-2] + "人民政府"
    return _office(name)


def _office(name: str) -> str:
    """A street office by its street alone: 淮河路街道办事处, 淮河路街道办 → 淮河路街道."""
    if name.endswith("街道办事处"):
        return name[:-3]
    return name[:-1] if name.endswith("街道办") else name


def _without_zhong(name: str) -> str:
    """中共二七区委 → 二七区委."""
    if not name.startswith(("中共", "中国共产党")) or name.startswith("中共中央"):
        return name
    return re.sub(r"^中共(?=.{2,}委)|^中国共产党(?=.{2,}委员会)", "", name)
