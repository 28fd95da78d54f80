"""Which event of an article a verb of taking part speaks of.

``县领导李静、赵勇陪同调研或参加会议`` speaks of the outing and of the meeting after it; ``…负责人参加会议`` of the
meeting alone. In a digest (``8月23日，…。`` ``8月24日，…。``, a paragraph each) a verb speaks of its own item.
"""

from __future__ import annotations

import re

from kg.extract.scene import Happening, Scene, Sentence

_AT_MEETING = re.compile(r"^[^，。；]{0,10}?(?:会议|座谈会|大会|推进会|汇报会|仪式|论坛|典礼|培训|座谈)")
#: 参加调研或座谈, 参加调研和会议: they were at both
_BOTH = re.compile(
    r"了?(?:相关|有关)?(?:调研|考察|检查|视察|督导|慰问|观摩|走访|参观|活动){1,2}(?:和|或|及|与|、|，|，?并)"
    r"(?:参加|出席|列席)?了?(?:相关|有关)?(?:座谈|[^，。；、]{0,8}会)|"
    r"了?(?:座谈会?|会议)(?:和|或|及|与|、|，|，?并)(?:参加|陪同|参与)?(?:相关|有关)?(?:调研|考察|检查|视察|督导|慰问|观摩|走访|参观|活动)"
)
_ALL_OF_IT = re.compile(r"了?(?:相关|有关|此次|本次)?活动(?=[，。；]|$)")
_ON_OUTING = re.compile(r"^[^，。；会]{0,8}?(?:调研|检查|视察|考察|督导|慰问|巡查|走访|参观|察看)")
_MEETING_SAYS = re.compile(r"^[”’]?(?:在)?[^，。；]{0,8}?(?:会|仪式|论坛)上，")


def targets(told: Scene, sentence: Sentence, at: int, kind: str, plain: bool = False) -> list[Happening]:
    """The happenings that a verb at ``at`` speaks of; two where one sentence tells of 观摩暨推进会."""
    if kind == "activity":
        return [h for h in told.happenings[:1] if h.type == "activity"]
    near = [h for h in told.happenings if not _another_item(told, h, sentence)]
    open_ = [h for h in near if not h.aside]
    if not open_:
        return near[:1]
    kind = kind or _spoken_of(told, sentence, at)
    here = [h for h in open_ if h.scope[0] <= at < h.scope[1]]
    if not here:
        begun = [h for h in open_ if h.sentence.number <= sentence.number and not h.sentence.before]
        here = begun[-1:] or open_[:1]
    wanted = [h for h in here if h.outing == (kind == "outing")] if kind else here
    if kind and not wanted:
        earlier = [h for h in open_ if h.outing == (kind == "outing") and h.sentence.number <= sentence.number]
        wanted = earlier[-1:] or here
    begun = [h for h in wanted if h.at <= at]
    chosen, text = begun[-1] if begun else wanted[0], told.tagged.text
    if plain and not kind and chosen.bare:
        # 甲到双沟镇调研，并召开座谈会。乙、丙参加。: they came along
        chosen = next((h for h in told.happenings if h.outing and h.sentence is chosen.sentence), chosen)
    elif plain and not kind and not chosen.outing and _apart(told, sentence, chosen):
        chosen = next((h for h in told.happenings if h.outing and h.at < chosen.at and not h.part_of), chosen)
    both = [chosen]
    if chosen.outing and plain and _ALL_OF_IT.match(text, at + 2):
        # 甲来我县调研，县长乙参加活动。座谈会上…: all that was done that day
        both += [h for h in near if h.bare and h.sentence.number > chosen.sentence.number][:1]
    if _BOTH.match(text, at + 2) and (other := _other_half(told, sentence, chosen)):
        both.append(other)
    return [h for h in told.happenings if h in both or h.twin and h.twin == chosen.twin]


def _another_item(told: Scene, h: Happening, sentence: Sentence) -> bool:
    """Whether another paragraph that opens with a day of its own stands between (the items of a digest)."""
    first, last = sorted((h.sentence.number, sentence.number))
    return any(told.opens_item(s) for s in told.sentences[first + 1 : last + 1])


def _other_half(told: Scene, sentence: Sentence, chosen: Happening) -> Happening | None:
    """Of an outing the meeting that goes with it, of a meeting the outing: the nearest."""
    found = [h for h in told.happenings if h.outing != chosen.outing and not h.aside]
    return min(found, key=lambda h: abs(h.sentence.number - sentence.number), default=None)


def _apart(told: Scene, sentence: Sentence, h: Happening) -> bool:
    """Whether a sentence is a paragraph of its own behind that of the event: who came along is told last."""
    text = told.tagged.text
    alone = text[sentence.start - 1 : sentence.start] == "\n" and text[sentence.end : sentence.end + 1] in ("", "\n")
    return alone and "\n" in text[h.sentence.end : sentence.start] and h is not told.main()


def _spoken_of(told: Scene, sentence: Sentence, at: int) -> str:
    """Whether the words after a verb, or those that open the sentence, speak of a meeting or of an outing."""
    text = told.tagged.text
    after = text[at + 2 : at + 20]
    if _ON_OUTING.match(after):
        return "outing"
    if _AT_MEETING.match(after):
        return "meeting"
    return "meeting" if _MEETING_SAYS.match(text[sentence.start : sentence.start + 16]) else ""
