"""Whether something is reported as having taken place, and when.

``二七区召开推进会`` is; ``要定期召开调度会``, ``将于6月举行`` and ``今年以来共召开现场会12次`` are not, nor is what a
speaker says.
"""

from __future__ import annotations

import re

from kg.extract import scene
from kg.extract.scene import Scene, Sentence
from kg.model import Mention, When
from kg.rules import Match

#: a sentence that tells the background
ASIDE = re.compile(r"[”’]?(?:据悉|据了解|据介绍|据统计|今年以来|近年来|去年以来|一直以来|长期以来)")
#: a sentence that tells how things are, or will be
_STATE = re.compile(r"[”’]?(?:截至|目前|下一步|接下来)")
#: words that make a meeting a habit, but not a deed: 连日来…持续开展
_LASTING = re.compile(r"持续|不断|通过|坚持|常态化|每周|每天")
_DAY = re.compile("近日|日前|连日|当天|当日|昨日|昨天|今天|今日|近期|上午|下午")
#: how something was looked at, between the place gone to and the verb: 通过实地|查看
_BY_LOOKING = re.compile(r"，?(?:通过|采取|采用|以)[^，。；]{0,30}$")
_ROUND_UP = re.compile(
    r"[这本上一]一?周(?!年|期|末|边)|一周[^，。]{0,4}(?:要闻|动态|回顾|速览|新鲜事)|近期|连日来|近一段时间|最近"
)
_SAME_DAY = re.compile(r"同日|同一天|当[天日晚]")
_ANOTHER_YEAR = ("去年", "前年", "上年", "往年", "今年以来", "近年")


def why_not(told: Scene, match: Match, sentence: Sentence) -> str:
    """Why what a match speaks of did not take place then; empty if it did."""
    text, at = told.tagged.text, match.match.start("verb")
    if at > sentence.said and match.match.start() > sentence.said:
        return "said by a speaker, not reported"
    aside = ASIDE.match(text, sentence.start) or _STATE.match(text, sentence.start)
    if aside and match.rule.name != "heard-at":
        return "background, not what is reported"
    begun = match.match.start() + 1 if match.rule.result["form"] == "outing" else at
    floor = scene.clause_start(text, sentence.start, begun)
    stretch = text[min(floor, match.match.start()) : at]
    if match.rule.result["form"] == "outing":
        stretch = _BY_LOOKING.sub("", stretch)
    if match.rule.result["form"] == "name" and match.has("name"):
        begin, stop = match.match.span("name")
        stretch = text[floor : min(at, begin)] if begin <= at else text[floor:at]
        if begin < at:
            stretch += text[stop:at]
    if match.rule.result.get("only") == "fallback":
        stretch = _LASTING.sub("", stretch)
    if word := scene.unreal(stretch, told.draft.extra):
        return f"{word} tells that it is no report of what took place"
    if any(m.kind == "date" and m.text.startswith(_ANOTHER_YEAR) for m in told.tagged.inside(sentence.start, at)):
        return "another year is told"
    only = str(match.rule.result.get("only", ""))
    if "dated" in only and not _dated(told, sentence, at):
        return "no day is told"
    late = sentence.number > 1 and not (sentence.after or sentence.before or sentence.dated)
    late = late and not _opened_by_date(told, sentence)
    if match.rule.name == "outing-by-group" and late and not told.happenings:
        return "deep in the article, without a word that tells when"
    if "lead" in only and late:
        return "deep in the article, without a word that tells when"
    return ""


def _opened_by_date(told: Scene, sentence: Sentence) -> bool:
    """Whether a sentence opens with a day, before anything was told to have happened, or with another day than that."""
    first = told.tagged.mentions.get(sentence.start)
    if first is None or first.kind != "date" or first.subkind not in ("day", "open"):
        return False
    if not told.happenings:
        return True
    # 7月2日，甲到…调研。…13日，甲就…调研: the day of another event
    told_when = told.happenings[-1].when
    return first.subkind == "day" and isinstance(first.value, When) and another_day(told_when, first.value)


def _dated(told: Scene, sentence: Sentence, at: int) -> bool:
    """Whether the sentence tells a time before ``at``."""
    if _DAY.search(told.tagged.text, sentence.start, at) or _SAME_DAY.match(told.tagged.text, sentence.start):
        return True
    if any(_is_day(m) for m in told.tagged.inside(sentence.start, at)):
        return True
    if _item_of_round_up(told, sentence):
        return True
    if told.happenings or not 0 < sentence.number < 3:
        return False
    # 3月5日是“学雷锋纪念日”。县医院在中心广场开展…: the day stands in the sentence before
    return any(_is_day(m) for m in told.tagged.inside(told.sentences[0].start, sentence.start))


def _item_of_round_up(told: Scene, sentence: Sentence) -> bool:
    """Whether a paragraph opens with who did it, in an article that tells of a week: 这一周，…。 / 区发改局开展…."""
    text = told.tagged.text
    first = told.tagged.mentions.get(sentence.start)
    acts = first is not None and (first.kind == "body" or first.subkind in ("street", "community", "admin"))
    if not acts or text[sentence.start - 1 : sentence.start] != "\n":
        return False
    return _ROUND_UP.search(text, 0, told.sentences[0].end) is not None or bool(
        _ROUND_UP.search(told.draft.article.headline)
    )


def _is_day(m: Mention) -> bool:
    """Whether a date tells a day or a part of a month: 6月26日, 近日, 5月下旬."""
    return m.kind == "date" and (m.subkind in ("day", "open") or m.text.endswith(("旬", "月初", "月底", "日")))


def day_of(told: Scene, sentence: Sentence, at: int) -> When:
    """The day of an event: one that stands before its verb in the sentence, else the article's."""
    days = [
        m.value
        for m in told.tagged.inside(sentence.start, at)
        if m.kind == "date" and m.subkind == "day" and isinstance(m.value, When) and m.value.edtf
    ]
    if not days and _SAME_DAY.match(told.tagged.text, sentence.start):
        # 8月25日，甲到…调研。同日，乡里召开…: the day told last
        earlier = told.tagged.text.rfind("\n", 0, sentence.start) + 1
        days = [
            m.value
            for m in told.tagged.inside(earlier, sentence.start)
            if m.kind == "date" and m.subkind == "day" and isinstance(m.value, When) and m.value.edtf
        ]
    if not days and sentence.dated:
        # 11月12日至14日，甲县组织…: some days together, where a paragraph opens with them
        days = [v for m in told.tagged.inside(sentence.start, sentence.start + 1) if isinstance(v := m.value, When)]
    return days[-1] if days and told.draft.when and _full(days[-1]) else told.draft.when


def another_day(first: When, second: When) -> bool:
    """Whether two whole days are told, and they differ: 7月2日, 7月13日, but not 7月13日, 7月12日至14日."""
    if not (_full(first) and _full(second) and first.earliest and second.earliest):
        return False
    return (first.latest or first.earliest) < second.earliest or (second.latest or second.earliest) < first.earliest


def _full(when: When) -> bool:
    return all(len(day) == 10 for day in when.edtf.split("/")) and "X" not in when.edtf
