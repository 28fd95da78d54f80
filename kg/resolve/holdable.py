"""Which two posts one person may hold: 区委副书记 and 区长 together, 副区长 after 局长, never 法官 beside 镇长.

Says nothing about persons, only about posts; :mod:`kg.resolve.same_persons` decides with it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from kg.resolve.kinds import Held
from kg.resolve.same_bodies import short_form

#: together: usual at one time. after: one may follow the other, not at one time. unlike: another walk of life.
#: free: says nothing, as anybody may sit in a 指挥部, and a professor in a firm.
Relation = Literal["together", "after", "unlike", "free"]

_AREA = "[省市区县旗州盟]"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("judicial", r"法院$|检察院$"),
    (
        "adhoc",
        r"指挥部|专班|领导小组|工作组|督导组|联席会议|代表团|组委会|联盟|专项小组|筹备组|理事会$|(?<!科技|技术)协会$|学会$|商会$|基金会$",
    ),
    (
        "leaders",
        rf"{_AREA}(?:委|委员会|政府|人大|人大常委会|政协|纪委|纪委监委|监委|(?:政府|人大|人大常委会|政协)党组)$",
    ),
    ("military", r"人武部|警备区|军分区|武警"),
    ("police", rf"公安(?:分局|局)$|{_AREA}公安"),
    ("zone", r"管委会|开发区|高新区|经开区|新区党工委|示范区"),
    ("street", r"(?:街道|镇|乡|苏木)(?:党工委|党委|党委会|政府|办事处|人大工委|人大|纪工委|纪委|武装部)?$"),
    ("community", r"(?:社区|村|居委会|村委会)(?:党委|党支部|党总支)?$"),
    ("organ", rf"{_AREA}(?:委|纪委).+|组织部$|宣传部$|统战部$|政法委$"),
)  # fmt: skip
_KINDS = {
    "street": "street",
    "community": "community",
    "company": "company",
    "education": "education",
    "research": "research",
    "taskforce": "adhoc",
    "alliance": "adhoc",
    "judicial": "judicial",
    "military": "military",
    "cppcc": "leaders",
    "congress": "leaders",
}
_PUBLIC = {"leaders", "organ", "military", "police", "zone", "street", "department", "judicial"}
#: the one who stands at the head of each of the four; 书记 and 人大主任 are often one, the others never
_CHIEFS = (
    (re.compile(rf"{_AREA}(?:委|委员会)$"), re.compile(r"^书记$"), "书记"),
    (re.compile(rf"{_AREA}(?:政府|人民政府)$"), re.compile(rf"^{_AREA}长$"), "长"),
    (re.compile(r"人大(?:常委会)?$"), re.compile(r"^主任$"), "人大"),
    (re.compile(r"政协$"), re.compile(r"^主席$"), "政协"),
)


@lru_cache(maxsize=8192)
def sort_of(name: str, kind: str) -> str:
    """The sort of body a post is held in: 二七区委 → leaders, 二七区委宣传部 → organ, 二七区城管局 → department."""
    form = short_form(name)
    for sort, pattern in _PATTERNS:
        if re.search(pattern, form):
            return sort
    return _KINDS.get(kind, "department")


def chief(post: Held) -> str:
    """Which of an area's four heads a post is, "" for all others: 区委书记 → 书记, 区长 → 长."""
    for body, role, name in _CHIEFS:
        if role.match(post.role) and body.search(post.body_name):
            return name
    return ""


def relation(a: Held, b: Held, one_area: bool) -> Relation:
    """How two posts in different bodies stand to each other. ``one_area`` says that both bodies are of one area."""
    x, y = sorted((sort_of(a.body_name, a.body_kind), sort_of(b.body_name, b.body_kind)))
    if "adhoc" in (x, y):
        return "free"
    if x not in _PUBLIC and y not in _PUBLIC:
        return "free"
    if x not in _PUBLIC or y not in _PUBLIC:
        return "unlike"
    if not one_area:
        return "after"
    heads = {chief(a), chief(b)} - {""}
    if len(heads) == 2 and heads != {"书记", "人大"}:
        return "after"
    pair = {x, y}
    if "leaders" in pair and pair <= {"leaders", "organ", "military", "police", "zone"}:
        return "together"
    if pair == {"organ"} or pair == {"organ", "police"}:
        return "together"
    if "leaders" in pair and "常委" in (a.role, b.role):
        return "together"
    return "after"
