"""Personal names in Chinese text: where one begins and, harder, where it ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.vocabulary import Vocabulary

_MINORITY = re.compile(r"[一-龥]{1,6}·[一-龥]{2,8}(?:·[一-龥]{2,6})?")
#: what the rarest character of a given name adds, by its rank
_WORTH = {1: 0.2, 2: 0.15, 3: 0.05}
#: characters that are hardly ever the last of a given name, though common right after one
_FUNCTION = frozenset("在到对向就为等和与及主出说并还也均都的是把将从于由被至赴一走带率代表来去作做领介强指要提")
#: what is named after where it comes from
_DELEGATIONS = ("代表团", "代表队", "考察团", "讨论组", "联组")
#: those of them that something must follow: 周守让|指出, 曾祥和|等 cannot be 周守|让 or 曾祥|和
_LEADING = frozenset("让和与向对把从由为")
_MARKS = frozenset("，。、；！？）")
#: verbs that say what a person did, and that none of those can lead to
_FINITE = (
    *("出席", "参加", "来到", "主持", "带队", "率队", "率", "陪同", "宣布", "致辞", "讲话"),
    *("强调", "指出", "要求", "表示", "一行"),
)
#: organs that 和 joins to what stands before it
_AND_ORGANS = ("政协", "人大", "政府", "县委", "区委", "市委", "纪委", "党委", "街道", "社区")
#: what follows a name that ends in a character that could follow one
_GOES_ON = ("以及", "、", "，", "。", "和", "与", "及", "等")
#: the end of a place that somebody comes to: 负责人|来双河|镇, 来云|岭镇
_PLACE = re.compile("[一-龥]?(?:镇|乡|街道|社区|村(?!民))")
#: how many they are, after the last of a list of names: 李秀兰、王春妹|两位同志
_HOW_MANY = re.compile(r"[两三四五六七八九十]{1,2}[余多]?(?:位|名|人(?!民|大))")


class Name(NamedTuple):
    """A possible personal name and how sure it is."""

    start: int
    end: int
    score: float


class Namer:
    """Finds names in one folded text, between ``start`` and ``end``."""

    def __init__(self, text: str, start: int, end: int, words: Vocabulary) -> None:
        self.text, self.start, self.end, self.vocabulary = text, start, end, words
        self._counts: dict[str, int] = {}
        self._rights: dict[int, float] = {}
        self._known: dict[tuple[int, bool, bool], Name | None] = {}
        self._dotted = "·" in text

    def name_at(self, at: int, *, listed: bool = False, anchor: float = 0.0) -> Name | None:
        """The personal name that begins at ``at``; None where none can be told.

        Two or three characters (three or four with a compound surname): the length whose right-hand side can
        follow a name wins (徐军|到会, 王亮|明确要求), recurrence decides ties. A name that is also
        a word (习惯, 程序) needs a verb or another name beside it; ``listed`` says that one stands before it.
        ``anchor`` is what a title or the like right before it adds to the score.
        """
        if self._dotted and (minority := _MINORITY.match(self.text, at)):
            return self._minority(at, min(minority.end(), self.end))
        if self.text[at : at + 1] not in self.vocabulary.name_begins:
            return None
        key = (at, listed, anchor > 0)
        if key not in self._known:
            self._known[key] = self._best(*key)
        best = self._known[key]
        if best is None:
            return None
        score = min(1.0, best.score + anchor)
        return Name(best.start, best.end, score) if score >= 0.5 else None

    def _best(self, at: int, listed: bool, anchored: bool) -> Name | None:
        """The likeliest name that begins at ``at``, however likely."""
        text, last, surnames = self.text, self.end, self.vocabulary.surnames
        best: Name | None = None
        for length in (2, 1):
            surname = text[at : at + length]
            if surname not in surnames or at + length >= last:
                continue
            for given in (2, 1):
                end = at + length + given
                if end > last:
                    continue
                score = self._score(at, end, surname, text[at + length : end], listed)
                if length == 2 and surnames[surname]["word"] == "yes":
                    score -= 0.1
                if score > 0 and (best is None or score > best.score):
                    best = Name(at, end, score)
        if anchored and (best is None or best.score < 0.9):
            best = self._transliterated(at) or best
        return best

    def _transliterated(self, at: int) -> Name | None:
        """哈斯巴根, 乌云塔娜: three to seven characters of transliteration up to a word that can follow a name."""
        limit = at
        while limit < min(self.end, at + 7) and self.text[limit] in self.vocabulary.transliteration:
            limit += 1
        for end in range(limit, at + 2, -1):
            if self._right(end) >= 0.3 and self.text[at:end] not in self.vocabulary.common:
                return Name(at, end, 0.8)
        if self.text[at : at + 2] in self.vocabulary.transliteration and self._right(at + 2) >= 0.3:
            return Name(at, at + 2, 0.8)  # 扎西, 斯琴: the list holds the short ones whole
        return None

    def _minority(self, at: int, limit: int) -> Name:
        """阿不力孜·吐尔逊|等先后发言: the shortest last part that something can follow."""
        dot = self.text.rfind("·", at, limit)
        for end in range(dot + 2, limit):
            if end - dot > 2 and self._right(end) >= 0.3:
                if self.text[end] in "都也" and self.text.startswith(_GOES_ON, end + 1):
                    return Name(at, end + 1, 0.95)  # 阿布都|以及
                return Name(at, end, 0.95)
        return Name(at, limit, 0.9)

    def _score(self, at: int, end: int, surname: str, given: str, listed: bool) -> float:
        text, words, double = self.text, self.vocabulary, len(given) == 2
        if not "一" <= given[0] <= "龥" or double and not "一" <= given[1] <= "龥" or given in words.role_rows:
            return 0.0  # 薛书记 is how one is spoken of
        name, ranks = text[at:end], words.name_ranks
        if surname == "员" and text[at - 1 : at] == "委":
            return 0.0  # 业主委|员会
        if given[-1] in "镇乡村" and text[at - 1 : at] == "长":
            return 0.0  # 青神县|长岭子镇
        if name in words.edges or name in words.after or name in words.head_rows:
            return 0.0
        if given in ("女士", "先生", "同志", "某某"):
            return 0.0
        if surname == "和" and text.startswith(_AND_ORGANS, at + 1) or surname == "边" and text[end : end + 1] == "边":
            return 0.0  # 人大代表|和政协委员, 边看|边听
        if (
            surname == "向"
            and double
            and (given in words.common or given in words.head_rows)
            and text[end] not in _MARKS
        ):
            return 0.0  # 委员|向学校捐赠
        right = self._right(end)
        if right < 0.3 and words.surnames[surname]["word"] == "yes" and _PLACE.match(text, end):
            return 0.0  # a surname that is a word as well stands before a place: 负责人|来双河镇
        rank = ranks.get(given[0], 5)
        if double:
            rank = max(rank, ranks.get(given[1], 5))
        score = 0.45 + _WORTH.get(rank, -0.25) + right
        if words.not_names.get(name) == "":
            after = text[end : end + 1]
            glued = "一" <= after <= "龥"
            if not (listed or after == "、" or glued and right >= 0.3):
                return 0.0
            if not listed and glued and not self._after_word(end, 2):
                return 0.0  # one character proves nothing beside a word: 时刻|不放松
            score -= 0.1
        if double:
            inner = self._right(end - 1)
            if right < 0.3 and inner < 0.3:
                score += 0.1  # nothing tells: three characters are far the commoner
            if given[1] in _LEADING and self._shut(end):
                return score + 0.2
            if given[1] in _LEADING and given[1] not in "和与" and text.startswith(_FINITE, end):
                return score + 0.2  # 县委书记周德为|出席: what 为 leads to is no verb of presence
            if given[1] in _FUNCTION and right < 0.3:
                score -= 0.3
            if given[1] in _FUNCTION and inner >= 0.3 and ranks.get(given[1], 5) > 1 and not self._says(end):
                score -= 0.35
            if self._after_word(end - 1, 2):
                score -= 0.4
            if inner >= 0.3 and self.count(text[at : end - 1]) > self.count(name):
                score -= 0.4
            if self.count(name) >= 2:
                score += 0.1
        if right < 0.3 and text[end - 1 : end + 1] in words.common:
            score -= 0.3  # a word goes over the edge: 和社|区
        if surname == "和":
            score -= 0.2
        leads = not double and text[end : end + 1] in _LEADING
        if leads and (self._shut(end + 1) or text[end] not in "和与" and text.startswith(_FINITE, end + 1)):
            score -= 0.4
        if not double and self.count(name) > self.count(text[at : end + 1]) > 0:
            score += 0.1
        return score

    def _says(self, at: int) -> bool:
        """Whether a verb of speaking stands at ``at``: then 和 before it is part of the name (张苏和|介绍)."""
        return any(self.text[at : at + n] in self.vocabulary.say for n in (2, 1))

    def _shut(self, at: int) -> bool:
        """Whether nothing that a preposition could lead to stands at ``at``."""
        return self.text[at : at + 1] in ("", *"，。；、！？）等") or self._says(at)

    def ends_at(self, end: int) -> bool:
        """Whether a name may end there: a mark follows, or a word that follows names."""
        return self._right(end) >= 0.3

    def _right(self, end: int) -> float:
        """How well the text at ``end`` can follow a name."""
        found = self._rights.get(end)
        if found is None:
            found = self._rights[end] = self._follows(end)
        return found

    def _follows(self, end: int) -> float:
        if end >= self.end or not "一" <= self.text[end] <= "龥":
            return 0.3
        if self.text.startswith(_DELEGATIONS, end):
            return -1.0  # 市人大代表|青神|代表团
        shortest = 2 if self.text[end + 1 : end + 2] == "、" and self.text[end] != "等" else 1
        if self.text[end] in "两三四五六七八九十" and _HOW_MANY.match(self.text, end):
            return 0.3
        if self._after_word(end, shortest):  # 李丽、|林育群|、王强: no adverb ends an item
            return 0.3
        if self.text[end] in "区市县省" and self.text[end + 1 : end + 2] in ("委", "政", "人", "领"):
            return 0.1
        return -0.15

    def _after_word(self, at: int, shortest: int = 1) -> bool:
        """Whether a word that follows names stands at ``at``, of so many characters at least."""
        text, after = self.text, self.vocabulary.after
        for length in range(shortest, 5):  # noqa: SIM110 - asked at every end of a name, and twice as fast as any()
            if text[at : at + length] in after:
                return True
        return False

    def count(self, text: str) -> int:
        if text not in self._counts:
            self._counts[text] = self.text.count(text)
        return self._counts[text]

    def anchored(self) -> list[Name]:
        """Names right after a role word (书记|陈红民), and every further place where those names stand.

        Used as barriers: the name of a body or place does not reach over a person's name.
        """
        found: dict[str, Name] = {}
        spans: list[Name] = []
        for start, end, row in self.vocabulary.find(self.text).roles:
            if self.text.startswith(("社区长", "小区长"), max(0, start - 1)) or row["role"] == "代表":
                continue  # 广兴社区|长江花园
            if self.start <= start and end <= self.end:
                name = self.name_at(end, anchor=0.1)
                if name and name.score >= 0.6:
                    found.setdefault(self.text[name.start : name.end], name)
        for text, name in found.items():
            at = self.text.find(text, self.start, self.end)
            while at >= 0:
                spans.append(Name(at, at + len(text), name.score))
                at = self.text.find(text, at + len(text), self.end)
        return spans
