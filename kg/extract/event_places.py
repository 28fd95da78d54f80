"""Where an event took place: the venue, and the sites that were inspected one by one.

``陈红民一行先后来到政通路53号院、航海小区、豪邦花园`` names three sites, ``在中央厨房配餐中心会议室召开座谈会`` a
venue. A name in such a list that nothing else tells for a place becomes one here. Rules: kg/rules/event-place.yaml.
"""

from __future__ import annotations

import re
from typing import Literal

from kg.extract import rosters, scene
from kg.extract.scene import Happening, Scene, Sentence, Site
from kg.extract.vocabulary import cut, vocabulary
from kg.frozen import quick
from kg.model import Mention
from kg.rules import Match, load_rules

_CUT = re.compile(
    r"等(?!级)|实地|详细|仔细|逐一|认真|现场(?=[检督调察查办看观]|$|，)|检查|督导|调研|视察|督查|察看|查看|了解|开展|进行|召开|举行|听取|随机|专题|集中|"
    r"以及其|就[^业近]|对(?![外面岸接口])|看望|慰问|走访|观摩|参观|考察|暗访|巡河|巡查|，(?![\ue000-\uf8ff])|(?<=[\ue000-\uf8ff])(?:对接|洽谈|商谈|推进|推动|协调|落实|宣讲|宣传|接听|接待|学习|交流)|"
    r"(?<=[考察研访])(?:并|出席|参加)|；|。|：|“(?=[^”]{0,30}$)"
)
_SPLIT = re.compile(r"、|，|以及|(?<!共)和|及(?!时)|与|还有")
#: 海棠湾五渔村项目|（治水展示馆）: what else an item of a list is, or is called
_BESIDES = re.compile(r"（[^（）]*）?$|）$")
_CROSSING = re.compile(r"(?:路口|交叉口|交汇处|交叉处|十字)$")
_ABSTRACT = re.compile(
    r"(?:工作|情况|问题|进度|建设|群众|居民|老人|干部|家中|企业|进展|村民|市民|职工|党员|一线|基层|部门|单位|商户|经营|安全|产业|现状|成效|机制|"
    r"活动|需求|意见|困难|环境|队伍|人员|学生|师生|教师|代表|家庭|战士|民警|员工|设施|消防|治安|食品|场所|商场|企业生产|生产|运行|整改|任务|"
    r"水质|卫生|官兵|军人|干警|游客|方面|成果|模式|保障|服务|管理|重点|区域|地方|部位|环节|项目推进|会|汇报|介绍|发展|落地|改造|绿化|照明|门头|立面|通道|"
    r"状况|整治|清掏|清扫|清理|清洗|刷新|拆违|拆临|提升|整修|改建|扩建|新建|拓宽|修缮|修复|维护|养护|更新|亮化|美化|硬化|净化|管控|防控|保洁|"
    r"停放|摆放|秩序|容貌|市容|面貌|收集|分类|征迁|拆迁|搬迁|征收|治理|疏导|施工|修建|铺设|打造|创建|排查)$"
)
_COUNTED = re.compile(r"\d+[余多]?[个家处条户名座]")
#: how a place ends that one goes to, where nothing else tells that it is one
_SITE = re.compile(
    r"(?:公司|厂|寺|祠|桥|闸|港|站|馆|园|苑|小镇|古镇|合作社|产业区|基地|项目|工地|广场|大厦|商场|超市|市场|医院|学校|[小中大]学|水库|"
    r"大坝|社区|小区|景区|种植区|养殖场|示范区|综合体|中心|孵化器|[酒饭门商药]店|工程|片区|村|"
    r"(?:听证|提讯|询问|讯问|调解|接访|陈列|荣誉|党史|村史|校史|警史|院史|展览|展示|阅览|图书|心理疏导|心理咨询|宣泄|谈心|康复|工作|画|书)室|食堂|"
    r"联络站|党校|指挥部|院落|故居|旧址|遗址|墓园|陵园|会客厅|客厅|书房|文化长廊|博物院|展厅|合作点|驿站)$"
)
#: words that stand before a kind of place, so that no place is named: 部分企业, 重点项目
_SOME = re.compile(
    r"(?:部分|相关|有关|各|重点|全[区县市镇乡]|辖区|多[个家处]|[一两三几][个家处座所]|建设|施工|在建|项目|企业|车间|现场|当地|附近|这|该|每|"
    r"沿[线途]|周边|田间|打通|更新|整修|增补|完善|提升|优化|改造|规范|推进|加强|增设|新增|所[在属]|本|我|其他|其它|校园|街道|乡镇|城区|农贸|老旧|微型|应急|便民)"
)
_PARTS_OF = re.compile(
    r"(?:生产|加工|产品|成果|研发|包装|车间|数字|智能|企业|机加工|总装|厂区|样品|办事|服务|党员|施工|项目)*"
    r"(?:车间|展厅|展示厅|展区|生产线|流水线|一线|研发中心|实验室|化验室|厂房|窗口|大厅|现场|工地|车间一线|田间地头)$"
)
_OWN_AREA = re.compile(r"[我本](?P<level>[省市区县旗州盟镇乡])$")
_VERBAL = re.compile(
    r"的|了|着|并|出席|参加|要|将|把|他|她|对|为|一行|奋力|夺取|力争|全力|关键|时刻|加快|如何|来|去|说|您|们|其"
)
_ROOM = re.compile(
    r"(?:会议室|会议厅|报告厅|礼堂|大厅|中心|馆|楼|酒店|宾馆|大厦|广场|剧院|剧场|会堂|演播厅|多功能厅|院|厅|公园|学校|小区|基地|园区|"
    r"工地|项目部|村|城|体育场|球场|车站|高铁站|火车站|机场|码头|景区|影院|分会场|主会场|书店|营地|街区|校区|会场|驿站|农场|牧场|车间|操场|步行街|商圈)$"
)
_STATE = re.compile(r"等(?:有关|相关|具体)?(?:情况|工作|问题|内容|环节|方面)")
_ABOUT = re.compile(r"(?:附近|周边|沿线|一带|片区|辖区|等地)")
#: after an area: what of it was visited, without a name
_FRONT_LINE = re.compile(
    r"^(?:项目|建设|重点|工程|施工|生产|防汛|抗旱|基层|企业|村居|征迁|春耕|抢险)*(?:一线|辖区|前沿)$"
)
#: a street or town, then what lies in it
_WITHIN = re.compile(r"[\ue000-\uf8ff](?:辖区|境内|所辖|辖内)的?(?=[^，。；]{2})")
#: a clause that opens with the hall in which some of those at an event were: 在城东分会场，
_BRANCH = re.compile(r"会场$|会议室$|会议厅$|指挥中心$|指挥大厅$|报告厅$|礼堂$|演播厅$")
#: a zone is an area like a town: one goes to it, and inspects places in it
_ZONE = re.compile(r"(?:功能区|试验区|合作区|自贸区|开发区|高新区|经开区|保护区|度假区|管理区|实验区|工业区|示范区)$")
_SOME_ONE = re.compile(r"(?:[的内]?(?:一|某|多|几|两|三)[处家个户座片块栋])")
_CONTAINS = ("street", "community", "road", "admin", "area")
_GOING = ("到", "在", "赴", "前往", "深入", "来", "走进")
_HELD = re.compile("会|仪式|活动|论坛|班")
_TWO = re.compile("[一-龥]{2}")
_NUMBERED = re.compile(r"[\dA-Za-z]")
_NEXT = re.compile("[、，和及]")
_TOURED = re.compile(r"来到|参观|观摩|察看|视察|考察|走访|探访|采访|打卡|踏访|走进")
_STRONG = re.compile(
    r"实地(?:调研|考察|参观|走访)|沿途|考察|走上|察看|来到|走进|走访|参观|深入|查看|暗访|前往|抽查|先后|视察|观摩"
)


@quick(frozen=True, slots=True)
class Named:
    """A place in a list: the mention that names it, and whether it stands for a whole area."""

    mention: Mention
    area: bool
    several: bool


def find(told: Scene) -> None:
    """Fills in the venues and sites of each happening; adds a place mention for a listed name that had none."""
    rules = load_rules("event-place", told.draft.extra)
    for sentence, matches in scene.by_sentence(rules, told):
        for match in matches:
            if match.match.start() >= sentence.said and match.rule.name != "site-in-which":
                continue
            if match.rule.result["role"] == "venue":
                _venue(told, match, sentence)
            else:
                _sites(told, match, sentence)
    for h in told.happenings:
        if h.part_of and not h.places and not h.sentence.before:
            whole = next((o for o in told.happenings if o.key == h.part_of), None)
            h.places.update({k: s for k, s in whole.places.items() if s.role == "venue"} if whole else {})


def _venue(told: Scene, match: Match, sentence: Sentence) -> None:
    verb_end = match.match.end()
    start, end = match.match.span("places")
    if match.rule.name == "venue-short":
        _short(told, match, sentence)
        return
    branch = match.rule.name == "venue-branch"
    if branch and not _BRANCH.search(scene.tagged_text(told.tagged, start, end)):
        return
    here = [h for h in told.happenings if h.sentence is sentence and not h.outing]
    if match.rule.name == "venue-preached" and not any(h.rule in ("preached-at", "gave") for h in here):
        return
    if here:
        h = min(here, key=lambda x: abs(x.at - verb_end))
    else:
        begun = [h for h in told.happenings if not h.outing and h.sentence.number <= sentence.number]
        called = match.rule.name == "venue-told-of"
        if called:
            begun = [h for h in told.happenings if h.rule in ("came-to-help", "rescued")]
        heard = branch or called or _HELD.search(told.tagged.text, sentence.start, match.match.start())
        if not begun or not heard:
            return
        h = begun[-1]
    both = any(word in h.name for word in ("现场会", "观摩会", "现场推进会"))
    named = _read(told, start, end, strong=True, venue=True)
    for n in named:
        _add(h, n.mention, "venue", match)
        if both and not n.area and len(named) > 1:
            _add(h, n.mention, "site", match)


def _short(told: Scene, match: Match, sentence: Sentence) -> None:
    """来枝调研, 在莆举行: the area of the page, called by the first character of its name."""
    start, end = match.match.span("places")
    called = told.tagged.text[start:end]
    area = next((name for name in reversed(told.draft.context.jurisdiction.levels) if name.startswith(called)), "")
    here = [h for h in told.happenings if h.sentence is sentence]
    came = told.tagged.text[start - 1] != "在"
    fitting = [h for h in here if h.outing == came]
    if area and fitting:
        _add(fitting[-1], _place(told, start, end, "admin", area), "venue", match)


def _sites(told: Scene, match: Match, sentence: Sentence) -> None:
    text = told.tagged.text
    start, end = match.match.span("places" if match.has("places") else "places2")
    if match.rule.name == "site-in-which":
        meeting = [h for h in told.happenings if h.sentence is sentence and not h.outing and h.at > end]
        if meeting:
            for n in _read(told, start, end, strong=True, venue=True):
                _add(meeting[0], n.mention, "venue", match)
            return
        if _BRANCH.search(scene.tagged_text(told.tagged, start, end)):
            begun = [h for h in told.happenings if not h.outing and h.sentence.number <= sentence.number]
            if begun and end - start <= 12:
                _add(begun[-1], _place(told, start, end, "venue"), "venue", match)
            return
    h = _outing_of(told, sentence, match.match.start())
    if h is None:
        return
    floor = scene.clause_start(text, sentence.start, match.match.start())
    if scene.unreal(text[floor : match.match.start()], told.draft.extra):
        return
    verb = text[match.match.start() : start]
    strong = bool(_STRONG.search(text, max(sentence.start, match.match.start() - 2), start))
    strong = strong or match.rule.name in ("site-in-which", "site-list-then-looked")
    going = verb.startswith(_GOING) or match.rule.name == "venue-object"
    strong = strong or going and h.sentence is sentence
    named = _read(told, start, end, strong=strong, venue=False)
    if match.rule.name == "venue-object":
        named = [n for n in named if n.mention.subkind in ("street", "admin") or _ZONE.search(n.mention.name)]
        if h.sentence is not sentence:
            return
    whole = going and h.sentence is sentence and all(n.area or n.mention.subkind == "community" for n in named)
    # 先后深入甲镇、乙镇，察看…: stations of a visit told before
    later = h.sentence is not sentence and "先后" in text[floor:start] and len(named) > 1
    # 来到县第一中学，看望慰问教师: a single place of a visit that inspects nothing is where it was
    single = h.type != "inspection" and going and h.sentence is sentence and len(named) == 1
    # 老领导调研城厢镇: the town as a whole, and nothing else
    object_ = h.sentence is sentence and h.rule == "outing-group-looked" and len(named) == 1 and named[0].area
    if going and h.sentence is sentence and (of := _WITHIN.match(text, start, end)) is not None:
        m = told.tagged.mentions[of.start()]
        if m.subkind in ("street", "admin"):
            _add(h, m, "venue", match)  # 深入|甲街道|辖区某工地、某社区
    visited = h.type != "inspection" and whole  # 来到柳湾村、石桥村，看望慰问困难群众: where it was, both
    for n in named:
        if n.mention.subkind == "admin" and not going:
            continue
        as_venue = whole and (n.area or not n.several) or n.area and n.mention.subkind in ("street", "admin") and going
        as_venue = (as_venue or single or object_ or visited) and not later
        _add(h, n.mention, "venue" if as_venue else "site", match)


def _outing_of(told: Scene, sentence: Sentence, at: int) -> Happening | None:
    here = [h for h in told.happenings if h.outing and h.scope[0] <= at < h.scope[1]]
    if here:
        return here[-1]
    begun = [h for h in told.happenings if h.outing and h.sentence.number <= sentence.number and not h.sentence.before]
    last = begun[-1] if begun else None
    if last is None:
        main = told.main()
        toured = _TOURED.search(told.tagged.text, max(sentence.start, at - 2), at + 4)
        return main if main and main.type == "activity" and toured and main.at < at else None
    later = [h for h in told.happenings if not h.outing and last.sentence.number < h.sentence.number and h.at < at]
    return None if later and not re.search(r"一行|考察期间|观摩|参观", told.sentence_text(sentence)) else last


def _read(told: Scene, start: int, end: int, *, strong: bool, venue: bool) -> list[Named]:
    """The places of a list in a tagged stretch."""
    text, marks = told.tagged.text, told.tagged.mentions
    ended = _CUT.search(text, start, end)
    stop = ended.start() if ended else end
    bounds, at = [], start
    for m in _SPLIT.finditer(text, start, stop):
        if m[0] in ("与", "和") and _crosses(told, m.end(), stop):
            continue  # 孙塘北路与新城大道路口 is one place
        bounds.append((at, m.start()))
        at = m.end()
    bounds.append((at, stop))
    bounds = [(a, _without_bracket(told, a, b)) for a, b in bounds]
    done = text.find("在", bounds[0][0] + 1, bounds[-1][1])
    if done >= 0:
        # 察看了和平小区|在增设车位、修补路面等方面的情况: what follows tells what was done there
        bounds = [(a, min(b, done)) for a, b in bounds if a < done]
    whole = [[i for i in range(a, b) if i in marks and marks[i].kind in ("place", "body")] for a, b in bounds]
    known = sum(1 for w in whole if w)
    of_work = ended is not None and _STATE.match(text, stop) is not None
    asked = strong
    if of_work:
        strong = False  # 查看农机运行、信用评定等情况: no places are listed
    found: list[Named] = []
    for (a, b), inside in zip(bounds, whole, strict=True):
        # 察看了甲路绿化提升、乙路道沿石更换等工作: what holds a name of a place is at that place all the same
        sure = strong or of_work and asked and bool(inside)
        named = _item(told, a, b, inside, known, strong=sure, venue=venue, several=len(bounds) > 1)
        if named:
            found.append(named)
    return found


def _without_bracket(told: Scene, a: int, b: int) -> int:
    """Where an item ends without what a bracket adds, unless that is the area which it is: 高新区（新城区）."""
    added = _BESIDES.search(told.tagged.text, a, b)
    if added is None or any(m.subkind == "admin" for m in told.tagged.inside(added.start(), b)):
        return b
    return added.start()


def _crosses(told: Scene, start: int, stop: int) -> bool:
    """Whether a crossing is named from ``start`` on: 新城大道路口."""
    following = _NEXT.split(scene.tagged_text(told.tagged, start, min(stop, start + 12)))[0]
    return bool(_CROSSING.search(following))


def _item(
    told: Scene, a: int, b: int, inside: list[int], known: int, *, strong: bool, venue: bool, several: bool
) -> Named | None:
    """One entry of a list; ``known`` counts the entries that hold a name already known."""
    text, marks = told.tagged.text, told.tagged.mentions
    if any(i in marks and marks[i].kind in ("person", "post", "date", "label") for i in range(a, b)):
        return None
    if inside:
        last = inside[-1]
        m, rest = marks[last], text[last + 1 : b]
        if m.kind == "place" and m.name.endswith("会"):
            return None  # 开展界别活动小组读书会: what was held, no place
        joined = [i for i in inside[:-1] if text[i + 1 : i + 2] in ("与", "和")]
        if joined and _CROSSING.search(m.name + rest):
            return Named(_place(told, joined[-1], b, "road"), False, several)
        if (
            rest.startswith("）")
            and len(rest) > 2
            and "（" in text[a:last]
            and len(rest) <= 14
            and not _VERBAL.search(rest)
        ):
            whole = _place(told, a, b, "area" if _ZONE.search(rest) else "facility")
            return Named(whole, _is_area(whole), several)  # 大眉山（青神）文体功能区
        if not rest:
            within = last - 1 in inside and marks[last - 1].subkind == "community"
            if within and m.subkind not in _CONTAINS and not venue:
                return Named(_place(told, last - 1, b, m.subkind), False, several)  # 兴旺社区石榴红广场
            return Named(m, _is_area(m), several)
        if _SOME_ONE.match(rest) and m.subkind in _CONTAINS:
            return Named(m, False, several)  # 后营村一处民宿: the village
        if _ABOUT.match(rest):
            near = rest.startswith(("附近", "一带", "辖区"))
            return Named(m if near else _place(told, last, last + 3, "area"), True, several)
        if rest in ("建设现场", "施工现场", "现场", "里", "内", "上", "项目现场", "建设工作", "建设"):
            return Named(m, _is_area(m), several)
        if _FRONT_LINE.search(rest) and _is_area(m):
            return Named(m, True, several)  # 深入甲开发区、乙镇项目建设一线: the town
        if m.kind == "place" and strong and m.subkind != "admin" and _ABSTRACT.search(rest) and len(rest) <= 24:
            return Named(m, False, several)  # 察看了政通路53号院改造进度
        if len(rest) > 14 or _VERBAL.search(rest) or _ABSTRACT.search(rest) or not strong:
            return None
        if m.subkind in _CONTAINS and _does(told, rest):
            return Named(m, _is_area(m), several)  # 到桃林镇|讲授廉政党课
        if m.subkind in _CONTAINS:
            kind = "community" if rest.endswith(("村", "社区", "嘎查")) else "facility"
            if len(rest) < 3:
                return Named(m, _is_area(m), several)
            return Named(_place(told, last + 1, b, kind), False, several)
        return Named(_place(told, last, b, "facility"), False, several)
    name = text[a:b]
    if _PARTS_OF.match(name):
        return None  # 走进生产车间、产品展厅: of the firm told before
    own = _OWN_AREA.match(name) if strong and not (venue and several) else None
    if own is not None and (area := rosters.own_area(told, own["level"])):
        return Named(_place(told, a, b, "admin", area), True, several)
    if not 3 <= len(name) <= 20 or _VERBAL.search(name) or not _TWO.search(name):
        return None
    if venue:
        return Named(_place(told, a, b, "venue"), False, several) if _ROOM.search(name) else None
    if name.endswith(("周边", "沿线", "片区")):
        return Named(_place(told, a, b, "area"), True, several)
    if not strong or _ABSTRACT.search(name) or _COUNTED.match(name):
        return None
    if not (known or _NUMBERED.search(name) or len(name) > 3 and _SITE.search(name) and not _SOME.match(name)):
        return None
    return Named(_place(told, a, b, "facility"), bool(_ZONE.search(name)), several)


def _does(told: Scene, rest: str) -> bool:
    """Whether a verb stands right behind the place: what was done there, and no name."""
    words = vocabulary(told.draft.extra)
    first = cut(rest)[0]
    return first in words.verbs and first not in words.nominal


def _is_area(m: Mention) -> bool:
    area = m.subkind in ("street", "admin", "area") or bool(_ZONE.search(m.name))
    return area and not m.name.endswith(("古镇", "小镇", "街区", "产业园", "科技园", "创业园", "工业园", "产业园区"))


def _place(told: Scene, a: int, b: int, subkind: str, name: str = "") -> Mention:
    """The place mention of a tagged stretch, made where there is none."""
    start, end = told.tagged.article(a, b)
    for m in told.draft.of("place", "body"):
        if (m.start, m.end) == (start, end):
            return m
    text = told.draft.text[start:end]
    made = Mention("place", start, end, text, name or told.draft.norm[start:end], "place-in-list", subkind, 0.7)
    told.made.append(made)
    return made


def _add(h: Happening, m: Mention, role: Literal["venue", "site"], match: Match) -> None:
    key = f"{role} {m.name}"
    if role == "site" and f"venue {m.name}" in h.places and h.outing:
        return
    if role == "venue" and h.outing:
        h.places.pop(f"site {m.name}", None)
    if role == "site" and any(s.role == "site" and s.place.endswith(m.name) for s in h.places.values()):
        return  # 百草药谷产业园 after 陇西百草药谷产业园
    if key not in h.places:
        start = match.start
        h.places[key] = Site(m.name, role, min(start, m.start), max(m.end, start), match.rule.name, match.rule.score)
