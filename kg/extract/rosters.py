"""Lists of those present: read from right to left, up to what cannot be part of the list.

``区领导崔世英、翟国防，区委办、区委宣传部、区督察局等主要负责人|陪同`` holds two persons, three bodies by their heads,
and is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.scene import Scene, tagged_text
from kg.extract.sieve import after_last
from kg.frozen import quick
from kg.model import Mention, Ref

#: words that no list of people holds: the list begins after them
_STOP = re.compile(
    r"主持|召开|举行|举办|出席|参加|列席|陪同|讲话|致辞|发言|汇报|通报|宣读|传达|强调|指出|要求|表示|介绍|提出|听取|审议|"
    r"研究(?![院所员生会])|察看|查看|来到|带领|率领|带队|率队|签订|签署|认为|参会(?!人员|代表|单位|企业|嘉宾)|部署|会议|获悉|宣布|进行|围绕|参与|见证|推进|"
    r"走进|深入|前往|组织(?!部|人|委|办)|邀请|(?:[协承主]办|实施)(?!单位|方|企业)|成立|印发|开展|落实|率|是|会上|举(?!报)|作(?<![工合协操写制创耕运]作)(?!家|协|物|业|了?$)|做(?!了?$)|设(?<![建开]设)(?!计|施|备|置|区市)|获得|荣获|被|把|使"
)
_NOT_AGENT_BEFORE = re.compile(r"(?:到|在|于|赴|来到|深入|走进|前往|对|为|至|位于|来自|从|向|关于|围绕|推进|驻|就)$")
_HEADS = re.compile(
    r"(?:[^，。；、]{0,10}?)(?P<head>(?:党政|党组|班子)?(?:主要|分管|相关|有关|具体)?(?:负责人|负责同志|领导班子成员|领导干部|领导|副职|同志|代表|"
    r"班子成员|成员|干部|人员|一把手|分管副?[局主书区县镇][长任记]))"
)
_PEOPLE = re.compile(
    r"(?:代表|负责人|负责同志|成员|人员|干部|居民|群众|学员|领导|单位|部门|委员|委局|党员|同志|职工|师生|学生|家长|嘉宾|企业家|记者|副职|队长|[所站队]长|"
    r"志愿者|会员|主任|书记|镇长|局长|村民|官兵|民警|专家|客商|主播|市民|观众|队员|校长|教师|医生|企业|[镇办]|机构|[\d多余]人|名|者|等)"
)
#: after an area: an organ of it that is no mention of its own, so that it is not the area that acts
_ORGAN_OF_AREA = re.compile(
    r"^[^，。；在]{0,16}?(?:委员会|大会|常委会|局|院|公司|中心|集团|学校|协会|领导小组|网|报社|日报|晚报|电视台|广播电台|商会|工商联|"
    r"研究会|学会|联合会)$"
)
_STANDING = re.compile(r"^第?[一二三四五六七八九十\d]+届(?:人民代表大会常务委员会|人大常委会)$")
_LEVEL = re.compile(
    r"[我本](?P<level>[省市区县旗州盟镇乡])|(?<![一-龥])自治(?P<own>[县旗州区])(?=召开|举行|举办|联合|[、和与]|$)"
)
#: right after a body, these make a title of it even where no name follows that could be told
_TITLE = re.compile(
    r"^(?:党组|党委|党总支|党支部|支部|原|代|第一|常务|执行)?(?:常委|委员|书记|长(?!期)|副?(?:书记|主任|主席|[部局院校厅处科队镇乡区县市州会署所行站园馆]长|"
    r"检察长|政委|司令员|总经理|经理|董事长|总裁|教授|研究员)|组成人员)"
)
_HEAD_ONLY = re.compile(
    r"^(?:局长|处长|所长|院长|校长|站长|馆长|会长|主任|书记|党组书记|总经理|董事长)(?=[、和及与]|列席|参加|出席|陪同|$)"
)
#: houses that hold events themselves
_HALL = re.compile(
    r"(?:馆|宫|故居|书店|剧场|景区|学校|[小中大]学|高中|党校|幼儿园|(?<![大小庭号])院|(?<!市)中心|(?:实践|派出)所|(?:文化|实践|救援)站)$"
)
_EVERY = re.compile(r"(?<![一-龥])各$|[与和、及由]各$|各有关$")
#: a body is where somebody comes from: 卢峰镇环卫工人李桂花, 旗委宣讲团成员、…
_FROM = re.compile(
    r"^(?:[^，。；、]{0,8}?(?:工人|村民|居民|职工|农民|教师|老师|学生|医生|护士|毕业生|种植户|养殖户|党员|志愿者|民警|干警)"
    r"[一-龥]{2,3}(?:代表|向|说|表示|$)|"
    r"(?:成员|理事|会员|委员)、)"
)
#: after a person: a speech or an order of theirs
_PAPER_OF = re.compile(r"(?:同志|主席|总书记)?(?:重要)?(?:讲话|批示|指示|精神)|“")
_GLUE = re.compile(r"[、和与及同暨]|以及|联合|会同")


@quick(frozen=True, slots=True)
class Item:
    """One of a list: the agent, where it stands in the tagged text, by whom it was present."""

    agent: Ref
    at: int
    through: str = ""
    open_list: bool = False


def before(
    scene: Scene, floor: int, at: int, *, nearest: bool = False, areas: bool = False, gap: int = 26
) -> list[Item]:
    """The list that ends right before ``at`` in the tagged text, at most back to ``floor``.

    ``nearest`` reads only the clause of ``at``; ``areas`` takes a bare area (二七区召开…) for an agent; ``gap`` is how
    many characters may stand between the list and the verb.
    """
    text = scene.tagged.text
    found: list[Item] = []
    end = at
    first = True
    while end >= floor:
        begin = after_last("，；：。”", text, floor, end)
        stops = [m.end() for m in _STOP.finditer(text, begin, end)]
        segment_start = stops[-1] if stops else begin
        items = list(_items(scene, segment_start, end, areas=areas))
        if first:
            if not items and not _is_people(scene, segment_start, end):
                return []
            if items and end - items[-1].at > gap:
                return []
        elif not items and not _is_people(scene, segment_start, end):
            break
        elif not first and stops:
            break  # a clause with a verb of its own: the list begun after it is another's
        found = items + found
        first = False
        if stops or begin <= floor or nearest or text[begin - 1] in "；：。”":
            break
        end = begin - 1
    return _with_heads(scene, found, at)


def within(scene: Scene, start: int, end: int, *, places: bool = False, areas: bool = False) -> list[Item]:
    """The list that stands in a tagged stretch: ``县住建局、县城管局负责人``."""
    return _with_heads(scene, list(_items(scene, start, end, places=places, areas=areas)), end)


def is_goal(text: str, at: int) -> bool:
    """Whether what stands at ``at`` is where somebody went, or what something was done to: 到|侯寨乡."""
    return bool(_NOT_AGENT_BEFORE.search(text, max(0, at - 3), at))


def _is_people(scene: Scene, start: int, end: int) -> bool:
    """Whether a stretch without a name speaks of people: 各镇街道分管副职, 共42人."""
    text = scene.tagged.text[start:end]
    return 1 < len(text) <= 80 and bool(_PEOPLE.search(text))


def _items(scene: Scene, start: int, end: int, *, areas: bool = False, places: bool = False) -> Iterator[Item]:
    text, marks = scene.tagged.text, scene.tagged.mentions
    positions = [i for i in range(start, end) if i in marks]
    gone_to = -2
    for index, i in enumerate(positions):
        m = marks[i]
        following = positions[index + 1] if index + 1 < len(positions) else end
        gap = text[i + 1 : following]
        if m.kind == "person":
            if not _PAPER_OF.match(gap):
                yield Item(Ref("person", m.name), i)
            continue
        agent = _agent(scene, m, areas=areas)
        if agent is None:
            continue
        attached = following < end and not _GLUE.search(gap) and "，" not in gap
        if attached and not gap and agent.kind == "jurisdiction" and marks[following].kind == "place":
            continue  # 四川省遂宁市: the wider of two
        if attached and marks[following].kind in ("post", "person", "body"):
            if marks[following].kind != "body":
                continue  # the body of a title
            if not gap:
                continue  # 宁波市总工会: the wider of two
        if _EVERY.search(text, max(start, i - 3), i):
            continue  # 各苏木镇: all of them, none by name
        joined = i - 1 == gone_to or i - 2 == gone_to and text[i - 1] in "、和及与"
        if not places and (joined or _NOT_AGENT_BEFORE.search(text, max(0, start - 3), i)):
            gone_to = i  # 到甲镇乙村、丙镇丁村: places, all of them
            continue
        if text.rfind("（", start, i) > text.rfind("）", start, i):
            continue  # 各镇办（管委会）
        if gap[:1] in ("的", "里", "内") or "承建的" in gap or _FROM.match(gap):
            continue  # 由某公司承建的某项目
        if _TITLE.match(gap) and not _heads_alone(scene, i, gap):
            continue
        if gap[:2] == "代表" and m.name.endswith("人大"):
            continue
        if agent.kind == "jurisdiction" and _ORGAN_OF_AREA.search(gap):
            if _STANDING.match(gap):
                yield Item(_standing_committee(scene, m, i, i + 1 + len(gap)), i)
            continue
        yield Item(agent, i)
    if areas:
        for own in _LEVEL.finditer(text, start, end):
            name = own_area(scene, own["level"] or own["own"])
            if name and not is_goal(text, own.start()):
                yield Item(Ref("jurisdiction", name), own.start())


def _heads_alone(scene: Scene, at: int, gap: str) -> bool:
    """Whether a body is there by its head, who is not named: 区财政局|局长、区审计局|局长列席."""
    if _HEAD_ONLY.match(gap) is None:
        return False
    marks, text = scene.tagged.mentions, scene.tagged.text
    stop = next((j for j in range(at + 1, min(at + 120, len(text))) if text[j] in "，。；"), len(text))
    return not any(j in marks and marks[j].kind == "person" for j in range(at + 1, stop))


def _standing_committee(scene: Scene, area: Mention, start: int, end: int) -> Ref:
    """``皇姑区第十八届人民代表大会常务委员会`` is 皇姑区人大常委会, whatever its number."""
    first, last = scene.tagged.article(start, end)
    text = scene.draft.text[first:last]
    made = Mention("body", first, last, text, f"{area.name}人大常委会", "standing-committee", "congress", 0.9)
    scene.made.append(made)
    return Ref("body", made.name)


def _agent(scene: Scene, m: Mention, *, areas: bool) -> Ref | None:
    if m.kind == "body":
        return Ref("body", m.name)
    if m.kind == "place":
        if m.subkind in ("street", "community"):
            return Ref("body", m.name)
        if areas and _HALL.search(m.name):
            return Ref("body", m.name)  # 区纪委监委联合|武侯祠博物馆|举办
        if m.subkind == "admin" or m.name in scene.draft.context.jurisdiction.levels:
            return Ref("jurisdiction", m.name) if areas else None
    return None


def own_area(scene: Scene, level: str) -> str:
    """The area of the page that 我市 or 本县 means, by its level; empty where none ends so."""
    for name in reversed(scene.draft.context.jurisdiction.levels):
        if name.endswith(level):
            return name
    return ""


def _with_heads(scene: Scene, items: list[Item], end: int) -> list[Item]:
    """Adds by whom a body was present, and whether the list was said to be longer (等)."""
    if not items:
        return []
    out: list[Item] = []
    tail = tagged_text(scene.tagged, items[-1].at + 1, end)
    is_open = "等" in tail[:8]
    through = ""
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        stop = items[index + 1].at if index + 1 < len(items) else end
        between = tagged_text(scene.tagged, item.at + 1, stop)
        if item.agent.kind == "person":
            through = ""
        elif (head := _HEADS.match(between.lstrip("等、"))) and "、" not in head[0]:
            through = head["head"]
        elif "，" in between:
            through = ""
        out.append(Item(item.agent, item.at, through if item.agent.kind == "body" else "", is_open))
    return out[::-1]
