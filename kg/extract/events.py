"""Events: what an article reports as having taken place.

``6月26日，二七区召开2019年精神文明建设暨文明城市创建工作推进会。`` is a meeting, ``陈红民带队到淮河路街道调研`` an
inspection. The rules (kg/rules/event.yaml) find the verb and its parts; here what is no event is left out, what is told
twice becomes one, and a name is made. Who took part is read in :mod:`kg.extract.participations`, where it was in
:mod:`kg.extract.event_places`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.extract import appointments, event_places, initiatives, participations, quantities, scene
from kg.extract.draft import Draft
from kg.extract.scene import Happening, Scene, Sentence
from kg.model import Event, EventPlace, EventTopic, Evidence, Participation, Rejected, When
from kg.rules import Match, RuleSet, load_rules

#: nothing of an article without one of these is an event
_TRIGGER = re.compile(
    r"召开|举行|举办|开幕|闭幕|启动|开班|调研|督导|检查|视察|考察|暗访|巡查|巡河|督查|察看|办公|观摩|走访|慰问|看望|参观|签订|签署|"
    r"签约|讲座|揭牌|颁奖|授牌|成立|开工|开展|会上|开讲|落幕|启幕|指导|查看|夜查|开业|通车|巡林|抽查|踏勘|接访|下访|蹲点|任命|免去|选|督办|邀请|获悉|上演|结业|主办|承办|整治|清理|清洁|排查|消杀|演练|宣传"
)
#: a sentence that tells the background
_ASIDE = re.compile(r"[”’]?(?:据悉|据了解|据介绍|据统计|今年以来|近年来|截至|去年以来|一直以来|长期以来|目前|下一步|接下来)")
#: 市十六届人大五次会议|举行第二次全体会议
_SESSION = re.compile(r"(?P<whole>(?:[省市区县旗州盟镇乡政中][^，。；]{0,20})?第?[\d一二三四五六七八九十]+[届次][^，。；]{0,16}?(?:会议|常委会|委员会))$")
_BARE = re.compile(
    r"^(?:此次|本次|这次|该|小型|第一次|首次|了|一场|专题|现场|工作|的|随后|专门|全县|全区|全市|有关|相关|集体|集中|一个|个|[一二三]次)*"
    r"(?:会议|大会|座谈会|现场会|推进会|观摩会|动员会|培训班|培训会|培训|仪式|活动|论坛|签约仪式|揭牌仪式|启动仪式|颁奖仪式|现场办公会|办公会|"
    r"专题会议?|调度会|座谈会议|讲座|比赛|大赛|总结会|汇报会|反馈会|工作会议?|碰头会|点评会|研讨会|对接会|交流会|分析会|会|演练|开班式|"
    r"全体会议|党员大会|签约|开幕式|闭幕式|联席会议?|恳谈会|协调会|约谈会|发布会|新闻发布会|推介会|部署会|通报会|学习会|调研座谈会|典礼)$"
)
_LEADING = re.compile(
    r"^(?:了|由|在|于|从|暨|的|对|并|和|及|，|、|随后|当天|日前|近日|昨日|今日|上午|下午|晚上|本次|此次|记者|"
    r"[^，。]{0,40}?(?:主办|承办|协办|指导|组织|主持|联合|举办|举行|发起|为主题|为主线)的)+"
)
_TWO = re.compile(r"^(?P<stem>.{2,40}?)(?:现场)?(?P<first>观摩|调研|督导|视察|现场观摩|检查)(?:会)?暨(?P<rest>.{0,20}会议?)$")
_OF_AREA = re.compile(r"^(?:全|我|本)(?P<level>[省市区县旗州盟镇乡])")
_NO_OUTING = re.compile(r"(?:检查站|检查组|督导组|指导下|调研报告|视察报告|指导意见|指导员|指导老师|指导工作|讲话精神|指示精神|督查局|督导员|检查员|检查工作组)")
_QUOTES = re.compile("[“”‘’ ]")
_MEETINGS = ("meeting", "forum", "training", "ceremony", "signing")


@lru_cache(maxsize=4)
def _types(extra: Path | None) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The head words of event names, the longer first, and the words that tell the type of a 活动 or 仪式."""
    table = lexicon.load("event-heads", extra)
    ends = sorted(((r["word"], r["type"]) for r in table if {"end", "type"} & set(r["use"].split(","))), key=lambda x: -len(x[0]))
    inside = tuple((r["word"], r["type"]) for r in table if "inside" in r["use"].split(","))
    return tuple(ends), inside


def type_of(name: str, extra: Path | None = None) -> str:
    """The type of an event by its name: ``智能门禁建设工作现场会`` is a meeting, ``战略合作签约暨揭牌仪式`` a signing."""
    ends, inside = _types(extra)
    found = next((kind for word, kind in ends if name.endswith(word)), "meeting" if name.endswith("会") else "activity")
    if name.endswith(("活动", "仪式", "典礼")):
        if "签约" in name and re.search(r"合作|协议|项目|签约仪式$", name):
            return "signing"
        if found in ("activity",) or name.endswith("活动"):
            found = next((kind for word, kind in inside if word in name), found)
    return found


def find(draft: Draft) -> None:
    """Appends the events of an article with those who took part, the places and the topics to ``draft.facts``."""
    start, end = draft.article.prose
    if not _TRIGGER.search(draft.norm, start, end):
        return
    told = scene.of(draft)
    rules, fallback = _rules(draft.extra)
    for sentence in told.sentences:
        if not _TRIGGER.search(told.tagged.text, sentence.start, sentence.end):
            continue
        matches = sorted(scene.find_in(rules, told, sentence), key=lambda m: (m.match.start("verb"), _order(m)))
        for match in matches:
            _take(told, match, sentence)
    if not told.happenings:
        _deed(told, fallback)
    if told.happenings:
        _fill(told)
    appointments.find(told, len(told.happenings) + 1)


def _fill(told: Scene) -> None:
    """Who, where and what about; then the facts."""
    participations.convener_of_headline(told)
    _scopes(told)
    event_places.find(told)
    participations.find(told)
    told.draft.add(told.made)
    _emit(told)


@lru_cache(maxsize=4)
def _rules(extra: Path | None) -> tuple[RuleSet, RuleSet]:
    """The rules, and those for an article that they find nothing in."""
    rules = tuple(load_rules("event", extra))
    return (
        RuleSet("event", tuple(r for r in rules if r.result.get("only") != "fallback")),
        RuleSet("event", tuple(r for r in rules if r.result.get("only") == "fallback")),
    )


def _order(match: Match) -> int:
    """Of several readings of one verb: an outing with a goal, then one without, then a name."""
    return {"outing-to": 0, "outing-by-body": 1, "outing-by-group": 2, "outing-in": 2, "outing-when": 2, "outing-around": 3, "outing-on": 3, "outing-then": 3, "outing-carried-out": 3}.get(match.rule.name, 4)


# ---------------------------------------------------------------- one match


def _take(told: Scene, match: Match, sentence: Sentence) -> None:
    reason = _unreal(told, match, sentence)
    if reason:
        start, end = match.span()
        told.draft.rejected.append(Rejected(start, end, told.draft.text[start:end], match.rule.name, reason))
        return
    form = match.rule.result["form"]
    made = _named(told, match, sentence) if form == "name" else _outing(told, match, sentence) if form == "outing" else _made(told, match, sentence)
    if made is None:
        return
    old = next((h for h in told.happenings if _same(h, made)), None)
    if old is not None:
        old.who = old.who or made.who if old.outing and made.outing else old.who
        if old.rule == made.rule == "signed" and old.sentence is sentence:
            old.end = max(old.end, made.end)
        return
    if match.rule.result.get("part") and told.happenings:
        made.part_of = told.happenings[0].key
    made.key = f"e{len(told.happenings) + 1}"
    told.happenings.append(made)
    _split_pair(told, made)


def _unreal(told: Scene, match: Match, sentence: Sentence) -> str:
    """Why what a match speaks of did not take place then; empty if it did."""
    text, at = told.tagged.text, match.match.start("verb")
    if at > sentence.said and match.match.start() > sentence.said:
        return "said by a speaker, not reported"
    if _ASIDE.match(text, sentence.start, sentence.end) and match.rule.name != "heard-at":
        return "background, not what is reported"
    floor = scene.clause_start(text, sentence.start, match.match.start() + 1 if match.rule.result["form"] == "outing" else at)
    stretch = text[min(floor, match.match.start()) : at]
    if match.rule.result["form"] == "name" and match.has("name"):
        begin, stop = match.match.span("name")
        stretch = text[floor : min(at, begin)] if begin <= at else text[floor:at]
        if begin < at:
            stretch += text[stop:at]
    if match.rule.result.get("only") == "fallback":
        stretch = _LASTING.sub("", stretch)
    if word := scene.unreal(stretch, told.draft.extra):
        return f"{word} tells that it is no report of what took place"
    if any(
        m.kind == "date" and m.text.startswith(("去年", "前年", "上年", "往年", "今年以来", "近年"))
        for m in told.tagged.inside(sentence.start, at)
    ):
        return "another year is told"
    if match.rule.result.get("only") == "dated" and not _dated(told, sentence, at):
        return "no day is told"
    by_group = match.rule.name == "outing-by-group"
    if by_group and sentence.number > 1 and not (sentence.after or sentence.before or told.happenings):
        return "deep in the article, without a word that tells when"
    if match.rule.result.get("only") == "lead" and sentence.number > 1 and not (sentence.after or sentence.before):
        return "deep in the article, without a word that tells when"
    return ""


def _dated(told: Scene, sentence: Sentence, at: int) -> bool:
    if re.search(r"近日|日前|当天|昨日|昨天|今日|上午|下午", told.tagged.text[sentence.start : at]):
        return True
    return any(m.kind == "date" and m.subkind in ("day", "open") for m in told.tagged.inside(sentence.start, at))


def _when(told: Scene, sentence: Sentence, at: int) -> When:
    """The day of an event: one that stands before its verb in the sentence, else the article's."""
    days = [
        m.value for m in told.tagged.inside(sentence.start, at)
        if m.kind == "date" and m.subkind == "day" and isinstance(m.value, When) and m.value.edtf
    ]
    return days[-1] if days and told.draft.when and _full(days[-1]) else told.draft.when


def _full(when: When) -> bool:
    return len(when.edtf) == 10 and "X" not in when.edtf


def _text(told: Scene, start: int, end: int) -> str:
    return scene.tagged_text(told.tagged, start, end)


def _happening(told: Scene, match: Match, sentence: Sentence, kind: str, name: str, **more: object) -> Happening:
    start, end = match.span()
    at = match.match.start("verb")
    return Happening(
        type=kind, name=name, at=at, start=start, end=end, rule=match.rule.name, score=match.rule.score,
        when=_when(told, sentence, at), sentence=sentence, **more,  # type: ignore[arg-type]
    )


# ---------------------------------------------------------------- meetings and all that has a name


def _named(told: Scene, match: Match, sentence: Sentence) -> Happening | None:
    begin, stop = match.match.span("name")
    name = _text(told, begin, stop)
    cut = _LEADING.match(name)
    while cut and cut.end() and len(name) > cut.end():
        name = name[cut.end() :]
        cut = _LEADING.match(name)
    name = _without_date(name)
    if match.rule.result.get("add") == "verb":
        name += match.match["verb"]
    if len(name) < 2 or name.count("“") != name.count("”") or "宣布" in name:
        return None
    if name.startswith("“") and name.find("”") == len(name) - 1 and match.rule.name == "held-by":
        name = name[1:-1]
    kind = match.rule.result.get("type") or type_of(name, told.draft.extra)
    bare = bool(_BARE.match(name))
    made = _happening(told, match, sentence, kind, name, bare=bare)
    if bare:
        if match.rule.name == "held" and not (sentence.after or not told.happenings):
            made.name = name
        if told.happenings and not sentence.after and not _new_here(told, match, sentence, kind):
            return None
        if not told.happenings and match.rule.name in ("held", "heard-at", "meeting-at"):
            return None
    made.name = _full_name(told, match, name, sentence, bare)
    return made


def _new_here(told: Scene, match: Match, sentence: Sentence, kind: str) -> bool:
    """Whether a bare 座谈会 is another event than those told: no meeting was told yet, and the verb of holding is used."""
    if match.rule.name not in ("convened", "held-at", "meeting-at"):
        return False
    return not any(h.type in _MEETINGS for h in told.happenings)


def _without_date(name: str) -> str:
    return re.sub(r"^(?:\d{1,2}月\d{1,2}日(?:上午|下午|晚)?|\d{1,2}日)[，、]?", "", name)


def _full_name(told: Scene, match: Match, name: str, sentence: Sentence, bare: bool) -> str:
    """The name with the area or body that it needs: 二七区 + 2019年…推进会, 区委 → 二七区委."""
    where = told.draft.context.jurisdiction.name
    level = where[-1:]
    whole = _OF_AREA.match(name)
    if whole and where.endswith(whole["level"]):
        return where + name[2:]
    if level and name.startswith(level) and name[1:2] in ("委", "政", "人", "纪", "十", "第", "直"):
        return where + name[1:]
    if len(name) <= 5 and not told.happenings:
        doers = [i.agent.name for i in participations.conveners(told, sentence, match.match.start("verb")) if i.agent.kind != "person"]
        return (doers[0] if doers and match.rule.name == "convened" else "") + name
    if bare and told.happenings:
        return re.sub(r"^小型", "", f"{_topic_of(told.happenings[-1])}{name}")
    floor = scene.clause_start(told.tagged.text, sentence.start, match.match.start("verb"))
    session = _SESSION.search(_text(told, floor, match.match.start("verb")))
    if session and match.rule.name == "convened":
        return session["whole"] + name
    if match.rule.name in ("convened", "carried-out"):
        conveners = participations.conveners(told, sentence, match.match.start("verb"))
        holders = [i.agent.name for i in conveners if i.agent.kind != "person"]
        if re.match(r"第?[\d一二三四五六七八九十]+[届次]|[一-龥]届", name) and holders:
            return holders[-1] + name
        if len(conveners) > 1 and type_of(name) == "signing" and not name.startswith("“"):
            return "与".join(i.agent.name for i in conveners[:3]) + name
        area = next((i.agent.name for i in conveners if i.agent.kind == "jurisdiction"), "")
        if area and area not in name and not name.startswith(("“", "中共", "中国")) and match.rule.name == "convened":
            return area + name
    return name


def _topic_of(h: Happening) -> str:
    return re.sub(r"(?:活动|工作|情况)$", "", h.name)


# ---------------------------------------------------------------- outings


def _outing(told: Scene, match: Match, sentence: Sentence) -> Happening | None:
    text = told.tagged.text
    verb_start, verb_end = match.match.span("verb")
    stretch = _text(told, match.match.start(), match.match.end())
    if _NO_OUTING.search(stretch[max(0, len(stretch) - 60) :]) and _NO_OUTING.search(text[verb_start : verb_end + 3]):
        return None
    if match.has("object") and re.search(r"讲话|指示|批示", match.match["object"]):
        return None
    verb = match.match["verb"]
    kind = match.rule.result.get("type") or ("activity" if verb in scene.words("comfort", told.draft.extra) else "inspection")
    if match.rule.name == "outing-then" and _last_person(told, sentence, match.match.start()) < 0:
        return None
    if match.has("who") and not participations.holds_office(told, match.match.start("who")):
        return None
    who = _subject(told, match)
    if match.rule.name.startswith("outing-on") and not match.has("led") and sentence.number > 1 and not (sentence.after or sentence.before):
        return None
    where = ""
    if match.has("where") and _text(told, *match.match.span("where")).strip("，") in ("会", "会场", "场", "现场"):
        return None
    if match.has("go"):
        go = match.match["go"]
        place = re.sub(r"[，、](?:先后|分别|实地|现场|专题|集中|就|对).*$|[，]?(?:先后|分别|实地|现场|专题|集中|进行|开展|对其?|，)+$", "",
                       _text(told, *match.match.span("where")) if match.has("where") else "")
        if match.rule.name == "outing-by-body":
            where = f"{go}{_text(told, *match.match.span('whom'))}{('对' + place) if place else ''}"
        elif len(place) <= 30:
            where = ("到" if go not in ("赴", "深入", "来", "走访") else go) + re.split("[，]", place)[0]
    obj = _object(told, match)
    if match.rule.name == "outing-in":
        verb, obj = verb, obj.strip("的")
    if match.rule.name == "outing-carried-out":
        verb, obj = obj + verb, ""
    if match.has("about"):
        where = f"对{_text(told, *match.match.span('about'))}进行"
    made = _happening(told, match, sentence, kind, f"{who}{where}{verb}{obj}", form="outing")
    at = match.match.start("who") if match.has("who") else -1
    if match.rule.name == "outing-then":
        at = _last_person(told, sentence, match.match.start())
        made.name = told.tagged.mentions[at].name + made.name
    made.at = at if match.has("who") else match.match.start()
    made.who = (at,) if at >= 0 else ()
    return made


def _subject(told: Scene, match: Match) -> str:
    if match.has("who"):
        return "".join(m.name for m in match.mentions("who"))
    group = "by" if match.has("by") else "whom" if match.has("whom") else ""
    if not group:
        return ""
    return _text(told, *match.match.span(group)).strip("，、")


def _last_person(told: Scene, sentence: Sentence, at: int) -> int:
    """The person named last before ``at`` in the sentence: the subject of 并赴…检查; -1 where none is named."""
    named = [i for i in range(sentence.start, at) if (m := told.tagged.mentions.get(i)) is not None and m.kind == "person"]
    return named[-1] if named else -1


def _object(told: Scene, match: Match) -> str:
    if not match.has("object"):
        return ""
    found = _text(told, *match.match.span("object"))
    found = re.split(r"时(?=强调|表示|指出|要求|$)|，", found)[0]
    found = re.sub(r"^了(?!解)", "", found)
    return found if len(found) <= 40 else ""


# ---------------------------------------------------------------- lectures, signings, foundings, awards


def _made(told: Scene, match: Match, sentence: Sentence) -> Happening | None:
    make, kind = match.rule.result["make"], match.rule.result["type"]
    if make == "signing":
        if any("签约" in h.name and h.rule != "signed" for h in told.happenings):
            return None
        by = re.sub(r"等[^，。；]{0,8}$", "", _text(told, *match.match.span("by")))
        made = _happening(told, match, sentence, kind, f"{by}签约")
        if told.happenings:
            made.part_of, made.aside = told.happenings[0].key, True
        return made
    obj = _text(told, *match.match.span("object"))
    if make == "lecture":
        if any(h.type == "training" for h in told.happenings):
            return None
        who = match.mentions("whom")
        name = next((m.name for m in reversed(who) if m.kind == "person"), "")
        talk = re.search(r"(?:“[^”]+”|《[^》]+》)?(?:为题)?[^，。“”]{0,20}?$", obj)
        return _happening(told, match, sentence, kind, name + re.sub(r"^.*?(?:作|做)了?", "", talk[0] if talk else obj))
    if make == "founding":
        if not told.happenings:
            return None
        return _happening(told, match, sentence, kind, f"{obj}成立", part_of=told.happenings[0].key, aside=True)
    if any(h.type in ("ceremony", "meeting", "signing") for h in told.happenings) or not sentence.after or not told.happenings:
        return None
    who = match.mentions()
    name = next((m.name for m in who if m.kind == "person"), "")
    return _happening(told, match, sentence, kind, f"{name}为{obj}{match.match['verb']}")


# ---------------------------------------------------------------- deeds, where nothing else is told

#: words that make a meeting a habit, but not a deed: 连日来…持续开展
_LASTING = re.compile(r"持续|不断|通过|坚持|常态化|每周|每天")
_TIME = re.compile(r"近日|日前|连日来|连日|当天|昨日|昨天|今日|近期|上午|下午")


def _deed(told: Scene, rules: RuleSet) -> None:
    """The first thing that a body is said to have done, in an article whose opening tells a time."""
    text = told.tagged.text
    opening = told.sentences[:2]
    if not any(
        _TIME.search(text, s.start, s.end)
        or any(m.kind == "date" and m.subkind in ("day", "open") for m in told.tagged.inside(s.start, s.end))
        for s in opening
    ):
        return
    for sentence in told.sentences[:6]:
        for match in scene.find_in(rules, told, sentence):
            if _unreal(told, match, sentence):
                continue
            doer = participations.doer(told, sentence, match.match.start())
            if doer is None:
                continue
            obj = _text(told, *match.match.span())
            if match.rule.name == "did":
                obj = "开展" + _text(told, match.match.start("object"), match.match.end())
            kind = "inspection" if match.match["verb"] in ("检查", "巡查", "执法") else "activity"
            made = _happening(told, match, sentence, kind, f"{doer.agent.name}{obj}"[:60])
            made.key = "e1"
            told.happenings.append(made)
            return


# ---------------------------------------------------------------- several tellings of one event


def _same(old: Happening, new: Happening) -> bool:
    """Whether two readings tell of one event."""
    if old.rule == new.rule == "signed":
        return old.sentence is new.sentence
    if old.at == new.at or old.start <= new.start and new.end <= old.end:
        return True
    if old.outing and new.outing:
        first, second = old.name[:4], new.name[:4]
        if new.sentence.before != old.sentence.before:
            return False
        return not (new.sentence.after and first[:2] != second[:2])
    if old.outing != new.outing:
        if new.outing and not new.sentence.after and not new.sentence.before and old.type != "activity":
            # a tour in the course of a meeting, told without saying when
            return new.sentence is old.sentence and new.start < old.end
        return False
    if old.name == new.name or new.name in old.name or old.name in new.name:
        return True
    if old.sentence is new.sentence and (old.start < new.end and new.start < old.end):
        return True
    return old.type == new.type and _alike(old.name, new.name)


def _alike(a: str, b: str) -> bool:
    """Whether two names share most of their characters: 启动仪式 after …直播节启动."""
    pairs_a = {a[i : i + 2] for i in range(len(a) - 1)}
    pairs_b = {b[i : i + 2] for i in range(len(b) - 1)}
    return bool(pairs_a and pairs_b) and len(pairs_a & pairs_b) / min(len(pairs_a), len(pairs_b)) >= 0.6


def _split_pair(told: Scene, h: Happening) -> None:
    """观摩暨推进会 is an inspection and a meeting."""
    pair = _TWO.match(h.name) if h.type == "meeting" else None
    if not pair:
        return
    second = replace(h, key=f"e{len(told.happenings) + 1}", name=pair["stem"] + pair["rest"], present={}, places={})
    h.type, h.form, h.name = "inspection", "outing", pair["stem"] + pair["first"]
    h.twin = second.twin = h.key
    told.happenings.append(second)


def _scopes(told: Scene) -> None:
    """How far each event is told: up to the next one; what is told in passing (会前…) only in its sentence."""
    ordered = sorted(told.happenings, key=lambda h: (h.sentence.number, h.at))
    end = told.sentences[-1].end
    for i, h in enumerate(ordered):
        following = [o for o in ordered[i + 1 :] if o.sentence.number > h.sentence.number and not o.aside and not _in_passing(ordered, ordered.index(o))]
        stop = following[0].sentence.start if following else end
        if h.sentence.before or h.aside or _in_passing(ordered, i):
            stop = h.sentence.end
        h.scope = (h.sentence.start, stop)


def _in_passing(ordered: list[Happening], i: int) -> bool:
    """Whether an event is named in one sentence only, in an article about another meeting."""
    return i > 0 and ordered[i].rule == "held-at" and not ordered[i - 1].outing


# ---------------------------------------------------------------- topics

#: what is said outright to be the point: 此次会议是针对市容市貌大提升行动的再动员
_POINT = re.compile(r"(?:此次|本次|这次)(?:会议|活动|论坛|签约|培训|调研|观摩)[^，。；]{0,4}(?:针对|围绕|以|聚焦|是)")


def _topics(told: Scene, h: Happening) -> dict[str, Evidence]:
    """The initiatives an event is about: by its name and its sentence, by 此次会议是针对…, else by the headline."""
    draft = told.draft
    evidence = Evidence(h.start, h.end, h.rule, h.score)
    end = told.tagged.article(h.sentence.start, h.sentence.end)[1] if h.outing else h.end
    found = dict.fromkeys(initiatives.topics(draft, h.start, end, h.name), evidence)
    if h is not told.main() and not h.twin:
        return found
    unnamed = not found
    headline = _QUOTES.sub("", draft.article.headline)
    points = [told.tagged.article(*m.span()) for m in _POINT.finditer(told.tagged.text, *h.scope)]
    for m in draft.of("initiative"):
        bare = _QUOTES.sub("", m.text)
        if unnamed and len(bare) >= 3 and bare in headline:
            found.setdefault(m.name, Evidence(m.start, m.end, "topic-in-headline", 0.75))
        elif any(0 <= m.start - stop <= 2 for _, stop in points):
            found.setdefault(m.name, Evidence(m.start, m.end, "topic-as-the-point", 0.85))
        elif h.rule == "signed" and h.start <= m.start and m.end <= h.end:
            found.setdefault(m.name, Evidence(m.start, m.end, "topic-signed", 0.8))
    return found


# ---------------------------------------------------------------- facts


def _emit(told: Scene) -> None:
    draft = told.draft
    for h in told.happenings:
        first, last = told.tagged.article(*h.scope)
        counted = quantities.attendance(draft, first, last) if not h.outing else None
        evidence = Evidence(h.start, h.end, h.rule, h.score)
        draft.facts.append(
            Event(
                key=h.key, type=h.type, name=h.name, when=h.when, evidence=evidence,
                count=counted[0] if counted else None, counted=counted[1] if counted else "", part_of=h.part_of,
            )
        )
        for p in h.present.values():
            draft.facts.append(
                Participation(
                    event=h.key, agent=p.agent, role=p.role, evidence=Evidence(p.start, p.end, p.rule, p.score),
                    title=p.title, through=p.through, open_list=p.open_list,
                )
            )
        for s in h.places.values():
            draft.facts.append(
                EventPlace(h.key, s.place, "venue" if s.role == "venue" else "site", Evidence(s.start, s.end, s.rule, s.score))
            )
        for topic, found in _topics(told, h).items():
            draft.facts.append(EventTopic(h.key, topic, found))
