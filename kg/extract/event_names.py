"""Names of events: the type that a name tells, and the name in full.

``召开2019年精神文明建设暨文明城市创建工作推进会`` becomes 二七区2019年…推进会, ``区委政法工作会议`` becomes
二七区委政法工作会议, and a bare ``座谈会`` is named after what it followed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.extract import conveners, scene
from kg.extract.scene import Happening, Scene, Sentence
from kg.rules import Match

#: 市十六届人大五次会议|举行第二次全体会议
_SESSION = re.compile(
    r"(?P<whole>(?:[省市区县旗州盟镇乡政中][^，。；]{0,20})?第?[\d一二三四五六七八九十]+[届次]"
    r"[^，。；]{0,16}?(?:会议|常委会|委员会))$"
)
_BARE = re.compile(
    r"^(?:此次|本次|这次|该|小型|第一次|首次|了|一场|专题|现场|工作|的|随后|专门|全县|全区|全市|有关|相关|集体|集中|一个|个|[一二三]次)*"
    r"(?:会议|大会|座谈会|现场会|推进会|观摩会|动员会|培训班|培训会|培训|仪式|活动|论坛|签约仪式|揭牌仪式|启动仪式|颁奖仪式|现场办公会|办公会|"
    r"专题会议?|调度会|座谈会议|讲座|比赛|大赛|总结会|汇报会|反馈会|工作会议?|碰头会|点评会|研讨会|对接会|交流会|分析会|会|演练|开班式|"
    r"全体会议|党员大会|签约|开幕式|闭幕式|联席会议?|恳谈会|协调会|约谈会|发布会|新闻发布会|推介会|部署会|通报会|学习会|调研座谈会|典礼)$"
)
#: a session that has no name without the body that holds it: 第五次会议, 常委会（扩大）会议, 党组理论学习中心组学习会
_OF_BODY = re.compile(
    r"第?[\d一二三四五六七八九十]+[届次]|[一-龥]届|(?:常委会|党组|常务|主任|主席|党委|理论学习)[^，。]{0,12}?(?:会议|扩大学习会|学习会|集体学习)$"
)
_LEADING = re.compile(
    r"^(?:了|由|在|于|从|暨|的|对(?![外接口标台话])|并|和|及|，|、|随后|当天|日前|近日|昨日|今日|上午|下午|晚上|本次|此次|记者|为期[一二三四五六七八九十两半\d]+[天周个月]+的|"
    r"以“[^”]{0,40}”为主题的|[^，。]{0,40}?(?:主办|承办|协办|指导|组织|主持|联合|举办|举行|发起|推出|策划|牵头|为主题|为主线)的(?:年度)?(?:大型)?(?:策划)?(?=“|[^，。]{4}))+"
)
_DAY = re.compile(r"(?:\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|\d{1,2}日)[，、]?")
_OF_AREA = re.compile(r"^(?:全|我|本)(?P<level>[省市区县旗州盟镇乡])")


@lru_cache(maxsize=4)
def _types(extra: Path | None) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The types of the head words of event names, and the words that tell the type of a 活动 or 仪式."""
    table = lexicon.load("event-heads", extra)
    ends: dict[str, str] = {}
    for r in table:
        if {"end", "type"} & set(r["use"].split(",")):
            ends.setdefault(r["word"], r["type"])
    inside = tuple((r["word"], r["type"]) for r in table if "inside" in r["use"].split(","))
    return ends, inside


def type_of(name: str, extra: Path | None = None) -> str:
    """The type of an event by its name: ``建设工作现场会`` is a meeting, ``战略合作签约暨揭牌仪式`` a signing."""
    ends, inside = _types(extra)
    tails = (name[start:] for start in range(len(name)))
    known = next((tail for tail in tails if tail in ends), "")
    found = ends[known] if known else "meeting" if name.endswith("会") else "activity"
    if name.endswith(("活动", "仪式", "典礼")):
        if "签约" in name and re.search(r"合作|协议|项目|签约仪式$", name):
            return "signing"
        if found == "activity" or name.endswith("活动"):
            found = next((kind for word, kind in inside if word in name), found)
    return found


def trimmed(name: str) -> str:
    """A name as matched without what stands before it: ``由市总工会主办的第六届…仪式`` is 第六届…仪式."""
    cut = _LEADING.match(name)
    while cut and cut.end() and len(name) > cut.end():
        name = name[cut.end() :]
        cut = _LEADING.match(name)
    return _without_date(name)


def is_bare(name: str) -> bool:
    """Whether a name tells nothing but the kind of event: 座谈会, 此次活动."""
    return bool(_BARE.match(name))


def _without_date(name: str) -> str:
    dated = _DAY.match(name)
    return name[dated.end() :] if dated else name


def full(told: Scene, match: Match, name: str, sentence: Sentence, bare: bool) -> str:
    """The name with the area or body that it needs: 二七区 + 2019年…推进会, 区委 → 二七区委."""
    where = told.draft.context.jurisdiction.name
    level = where[-1:]
    if (named := of_area(told, name)) != name:
        return named
    if level and name.startswith(level) and name[1:2] in ("委", "政", "人", "纪", "十", "第", "直"):
        return where + name[1:]
    if len(name) <= 5 and not told.happenings:
        holders = _holders(told, sentence, match)
        return (holders[0] if holders and match.rule.name in ("convened", "studied-together") else "") + name
    if bare and told.happenings:
        return f"{_topic_of(told.happenings[-1])}{name}".removeprefix("小型")
    floor = scene.clause_start(told.tagged.text, sentence.start, match.match.start("verb"))
    session = _SESSION.search(scene.tagged_text(told.tagged, floor, match.match.start("verb")))
    if session and match.rule.name == "convened":
        whole_name = session["whole"]
        return (where + whole_name[1:] if level and whole_name.startswith(level) else whole_name) + name
    if match.rule.name in ("convened", "carried-out", "studied-together"):
        holders = _holders(told, sentence, match)
        if _OF_BODY.match(name) and holders:
            return holders[-1] + name
        if len(holders) > 1 and type_of(name) == "signing" and not name.startswith("“"):
            return "与".join(holders[:3]) + name
        area = next((h for h in holders if h in told.draft.context.jurisdiction.levels), "")
        if area and area not in name and not name.startswith(("“", "中共", "中国")) and match.rule.name == "convened":
            return area + name
    return name


def of_area(told: Scene, name: str) -> str:
    """A name with the area of the page that 全县 or 我市 means: 全县防汛会议 is 浦北县防汛会议."""
    where, whole = told.draft.context.jurisdiction.name, _OF_AREA.match(name)
    return where + name[2:] if whole and where.endswith(whole["level"]) else name


def _holders(told: Scene, sentence: Sentence, match: Match) -> list[str]:
    """The names of the bodies and areas that held what a match tells."""
    held = conveners.conveners(told, sentence, match.match.start("verb"))
    return [i.agent.name for i in held if i.agent.kind != "person"]


def _topic_of(h: Happening) -> str:
    return re.sub(r"(?:活动|工作|情况)$", "", h.name)
