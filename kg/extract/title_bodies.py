"""The body of a title, where the list that it stands in tells it: 宣传部部长 after 区委常委 is of 区委宣传部."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COMMITTEE = re.compile(r"^(.*?(?:[省市区县旗州盟]|自治州|自治县))委")
#: organs of the party in a body, that is itself what stands before
_ORGAN = re.compile(r"(?:党组|党委|党工委|党支部|党总支|机关党委)$")
#: bodies with offices of their own, and these
_HOUSE = re.compile(r".{2,}?(?:法院|检察院|(?<!支)局|医院|公司)")
#: how the names of schools end that have no 校 in them
SCHOOLS = ("小学", "中学", "大学", "学院", "一中", "二中", "三中")
_COMMUNITY = re.compile(r"(.+?(?:社区|村))(?:党委|党总支|党支部|总支|支部)")
_OFFICE = re.compile(
    r"[一-龥]{2,6}[科股]|(?:政治|政工|综合|指挥|宣传|审判管理|研究|审管|法规|人事)(?:处|室|科|部|办|中心)|执行局|[刑民立行]{1,2}[一二三四]?庭|政治部|办公室"
)
_PARTY = re.compile(r"(?:[委组]|支部|总支|人民政府|工会)$")
_OF_AREA = re.compile(r"[一-龥]{0,6}?[省市区县旗州](?=委|人大|政协|人民政府|政府)")
#: a committee of a congress or a conference, and an office of its standing committee
_ITS_COMMITTEE = re.compile(r"(?<!工)委(?:员会)?$")
_OF_STANDING = re.compile(r"(?:法|预算|代表|选举|人事|任免)[一-龥]{0,6}工委$")
#: organs of a street, a zone or an area that a second title names without it
_OF_THE_SAME = frozenset(
    (
        *("管委会", "党工委", "工委", "人大工委", "政协工委", "政府党组", "人大常委会党组", "政协党组", "办事处"),
        *("人大", "人大常委会", "政协", "政府", "人民政府", "纪工委", "纪委", "监委"),
        *("人武部", "武装部", "工会", "总工会"),
    )
)

#: the rows of a word list by their words
Rows = Mapping[str, Mapping[str, str]]


def area_of(previous: str, role: str) -> str:
    """The area that a bare 区长 after another title belongs to: after 二七区委 it is 二七区."""
    level = role[-2]
    m = re.match(rf"^(.*?{level})", previous)
    if m:
        return m[1]
    if level in "镇乡" and (m := re.match(r"^(.*?[镇乡])", previous)):
        return m[1]
    return ""


def inherited(previous: str, role: str, row: Mapping[str, str]) -> str:
    """The body of a role printed without one, from the title before it in the list."""
    if not previous:
        return ""
    base = _ORGAN.sub("", previous)
    if row["body"] == "unit":
        return base
    if role.endswith(("级干部", "级领导干部", "检察官", "法官")) and (m := _HOUSE.match(base)):
        return m[0]  # 区法院政治处主任甲，正处级干部乙
    if role.endswith("书记") or role.endswith("委员") or role.endswith("常委") or role in ("党组成员",):
        return previous
    return base


def has_unit(body: str, role: str) -> bool:
    """Whether a body ends with what a role is the head of: 县教育局党组 and 副局长."""
    unit = role.removeprefix("常务").removeprefix("副")[:-1]
    return _ORGAN.sub("", body).endswith((unit, *(SCHOOLS if unit == "校" else ())))


def is_office(body: str) -> bool:
    """Whether a body is an office inside others, named without them: 政治处, 城建科."""
    return bool(_OFFICE.fullmatch(body))


def _of_committee(body: str, organs: Rows) -> bool:
    """Whether a body is an organ of a party committee, or of one of these: 宣传部, 宣传部文艺科."""
    return any("委" + body[:length] in organs for length in {len(body), *range(3, len(body))})


def completed(body: str, previous: str, organs: Rows) -> str:
    """A bare organ after another title: 宣传部 after 区委 is 区委宣传部; 管委会 after 高新区党工委 is 高新区管委会.

    ``organs`` are the rows of organs.tsv, by which 法制委 after 市人大常委会 is known as 市人大法制委.
    """
    if body == "办公室" and (base := re.sub(r"(?:党组|党工委|党委)$", "", previous)) != previous:
        return base + body  # 县政协党组成员、办公室主任
    if (m := re.search("人大", previous)) and not previous.startswith(body):
        if "人大" + body in organs and _ITS_COMMITTEE.search(body):
            return previous[: m.end()] + body  # 市人大常委会委员、法制委副主任
        if _OF_STANDING.search(body):
            return previous[: m.end()] + "常委会" + body
    if previous.endswith("政协") and "政协" + body in organs and _ITS_COMMITTEE.search(body):
        return previous + body
    if _OFFICE.fullmatch(body) and (house := _HOUSE.fullmatch(_ORGAN.sub("", previous))):
        return house[0] + body  # 区法院党组成员、政治处主任
    if body in ("党组", "党委", "党总支", "党支部", "机关党委", "工会") and not _PARTY.search(previous):
        return previous + body  # 县教育局局长、党组书记
    if _of_committee(body, organs):
        m = _COMMITTEE.match(previous)
        return m[0] + body if m else body
    if organs.get(body, {}).get("system") == "mass" and (m := _OF_AREA.match(previous)):
        return m[0] + body  # 云山县人大常委会党组副书记、总工会主席
    if body in ("村委会", "居委会", "村民委员会") and (m := _COMMUNITY.fullmatch(previous)):
        return m[1] + body  # 石门村党支部书记、村委会主任
    if body == "政府党组" and previous.endswith("人民政府"):
        return previous.removesuffix("人民政府") + body
    if body in _OF_THE_SAME:
        base = re.sub(r"(人大工委|政协工委|纪工委|纪委|监委|办事处|党工委|党委|党组|管委会|工委|委)$", "", previous)
        return base + body if base and base != previous else body
    return body


def system_of(body: str) -> str:
    for suffixes, system in (
        (("人大常委会", "人大", "人大工委"), "congress"),
        (("政协",), "cppcc"),
        (("监委", "监察委", "监察委员会"), "supervision"),
        (("法院",), "court"),
        (("检察院",), "procuratorate"),
        (("人武部", "警备区", "军分区"), "military"),
        (("公安局", "公安分局", "派出所", "大队", "支队"), "police"),
        (("公司", "集团", "银行"), "enterprise"),
        (("大学", "学院", "学校", "小学", "中学", "幼儿园"), "school"),
        (("社区", "村", "居委会", "村委会"), "community"),
        (("总工会", "妇联", "团委", "工商联", "残联", "科协", "文联"), "mass"),
        (("党工委", "党组", "党委", "党总支", "党支部"), "party"),
        (("宣传部", "组织部", "统战部", "政法委", "纪委", "纪工委", "人社部"), "party"),
    ):
        if body.endswith(suffixes):
            return system
    if "政协" in body:  # 区政协提案委员会
        return "cppcc"
    if _COMMITTEE.match(body) and not body.endswith("局"):  # 区委办, 江苏省委党校; but 市发改委 is government
        return "party"
    return "government" if body else ""
