"""Persons whom no title introduces: after a label (区领导) or an identity (居民), in counted lists, before 同志.

The persons of one article are gathered here; :mod:`kg.extract.people` adds those whom a title introduces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract import name_lists
from kg.extract.draft import Draft
from kg.extract.names import Name
from kg.extract.titles import TitleFinder
from kg.extract.vocabulary import cut
from kg.model import Mention
from kg.rules.triggers import Sought

_NAMED = re.compile(r"免去|任命|提名|推选|补选|接受|同意(?=[一-龥]{2,4}辞去)|”(?<=[员星范人手才家者奖人物]”)")
#: how somebody who is quoted speaks, or is told of: |笑着说：, |高兴地告诉记者, |代表说，, |是来自医院的代表。
_SPEAKS = (
    r"(?:代表|委员|老师|师傅|老人|女士|先生|大[爷妈叔姐哥])?(?:[一-龥]{1,6}[地着])?(?:表示|强调|指出|要求|说[，：“。]|说道|笑道|感慨|感叹|坦言|直言|笑言|介绍[，说：]|告诉记者|竖起大拇指|"
    r"上榜|获评|被评为|荣获|入选|荣登|夫妇|"
    r"是(?:一[名位]|[^，。；\n]{2,24}的(?:人大|政协|党|基层|一线)?(?:代表|委员)[，。]))"
)
_SPEAKER = Sought(rf"(?:(?<=[。！？\n”，：的])|^)([一-龥]{{2,4}}?)(?={_SPEAKS})")
_SPOKEN = re.compile(_SPEAKS)
_ELECTED = ("代表", "委员")
_COMRADE = re.compile(r"同志(?!们)")
_THERE = re.compile(
    r"等?(?:(?:一同|共同)?陪同|参加|出席|列席)(?:了?(?:调研|活动|会议|考察|视察|检查|上述活动))?。"
    r"|主持(?:会议|仪式|座谈会|活动|座谈)?[。，；]"
    r"|(?:先后|分别|依次|一同|共同)?[作做](?:了?[一-龥]{0,6}发言|[一-龥]{0,4}汇报|[一-龥]{0,4}点评)"
)
_COUNTED = re.compile(r"((?:[一-龥·“”]{2,24}、)+[一-龥·]{2,6}?)(?:等)?(?:[0-9]+|[两三四五六七八九十]+)[余多]?[人名位]")
#: the number in it, and its last name: most articles have none, and are not searched for the others
_COUNT = re.compile(r"[0-9两三四五六七八九十][余多]?[人名位]")
_COUNTED_END = re.compile(r"、[一-龥·]{2,6}(?:等)?(?:[0-9]+|[两三四五六七八九十]+)[余多]?[人名位]")
_BEFORE_NAME = re.compile(
    r"(?:（[^（）]{1,8}）)?[： ]?(?:同志)?(?:、[一-龥]{0,8}“[^“”，。]{2,14}”"
    r"(?:[一-龥]{0,5}(?:获得者|入选者|人才|讲解员|宣讲员|志愿者|教师|党员|个人|人物|标兵|能手|工匠|劳模|传承人|书记))?)?"
    # 云山大学文学院讲师|、文学博士|李明
    r"(?:、[一-龥]{1,5}(?:博士后?|硕士))?"
)
#: after a label, before a list of names: 出席会议的区领导|还有：|王成
_ARE = re.compile(r"(?:同志)?(?:还|依次|主要|分别)?[有是为](?=[：一-龥])")
#: what that begins with
_BEFORE = frozenset("（： 同、")
_STEP = re.compile(r"[、和](?:以及)?")
#: branches called by their area: 交警|永宁|大队
_BRANCHES = ("大队", "中队", "支队", "分局", "总队")
PAREN = re.compile(r"（[^（）]{1,12}）")


class UntitledFinder(TitleFinder):
    """Finds names by what is no title, and keeps the persons found so far."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self.body_starts = {m.start: m for m in draft.of("body", "place")}
        self.persons: dict[str, str] = {}
        self.mentions: list[Mention] = []
        self._post_starts: frozenset[int] = frozenset()
        self._told = frozenset(hit.start for hit in self.vocabulary.find(self.text).identities)

    def untitled(self) -> None:
        """Adds the persons that labels, identities, counts, verbs of appointing and 同志 tell."""
        self._labels()
        self._identities()
        self._counted()
        self._present()
        self._named()
        self._comrades()

    def _names_from(self, at: int, *, single: bool = False, label: bool = False) -> Iterator[Name]:
        """The names of a list that begins at ``at``, up to the next title or the end of the list."""
        text = self.text
        if text[at : at + 1] in _BEFORE and (m := _BEFORE_NAME.match(text, at)):
            at = m.end()
        if text[at : at + 1] == "和" and text[at + 1 : at + 3] in self.vocabulary.common:
            return  # 党员干部|和群众
        name = self.namer.name_at(at, anchor=0.1 if label else 0.15)
        if name is None:
            return
        yield name
        if single and not label:
            return
        while True:
            end = name.end
            if text.startswith("（", end) and (paren := PAREN.match(text, end)):
                end = paren.end()
            step = _STEP.match(text, end)
            if not step or self._title_starts(step.end()):
                return
            at = step.end()
            if step[0][0] == "和" and at in self._told:
                return  # 省人大代表顾锦华和|居民代表
            following = self.namer.name_at(at, listed=True) or name_lists.rare(self.namer, at, self._ordinary)
            if following is None:
                return
            yield following
            name = following

    def _title_starts(self, at: int) -> bool:
        return at in self._post_starts or at in self.body_starts

    def _person(self, name: Name, kind: str, rule: str, bonus: float = 0.0) -> None:
        text = self.text[name.start : name.end]
        known = self.persons.get(text)
        if known is None or known == "citizen" and kind != "citizen":
            self.persons[text] = kind
        self.mentions.append(
            Mention(
                "person",
                name.start,
                name.end,
                self.draft.text[name.start : name.end],
                text,
                rule,
                kind,
                min(1.0, name.score + bonus),
            )
        )

    def _ordinary(self, text: str) -> bool:
        """Whether jieba reads a frequent word in a supposed name (高兴|地)."""
        v = self.vocabulary
        parts = (*cut(text), text[:2], text[1:]) if len(text) > 2 else cut(text)
        return any(
            len(word) > 1 and word not in v.surnames and (word in v.common or v.not_names.get(word) == "")
            for word in parts
        )

    def _labels(self) -> None:
        for start, end, row in self.vocabulary.find(self.text).labels:
            if start < self.start or end > self.end:
                continue
            sub = "person" if row["role"] == "leaders" else "body"
            self.mentions.append(Mention("label", start, end, self.draft.text[start:end], row["label"], "label", sub))
            if sub == "person" and self.text[start - 1] == "等":
                for name in name_lists.before(self.namer, start - 1, self._title_starts, self._ordinary):
                    self._person(name, "official", "names-then-label")
            elif sub == "person" and not self.text.startswith("班子", end):
                listed = _ARE.match(self.text, end)
                for name in self._names_from(listed.end() if listed else end, label=True):
                    self._person(name, "official", "label-then-name")

    def _identities(self) -> None:
        for start, end, row in self.vocabulary.find(self.text).identities:
            if start < self.start or end > self.end:
                continue
            told = False
            if self.text[start - 2 : end] == "人民群众":
                continue  # 保障人民群众|安宁
            if self._cut_apart(start, end):
                continue  # 昌河|市民|宗委
            for name in self._names_from(end, label=True):
                text = self.text[name.start : name.end]
                if (
                    name.score >= 0.7
                    and (told or len(text) > 2 or self.namer.count(text) > 1 or name.score >= 1.0)
                    and not self._ordinary(text)
                    and not self.text.startswith(_BRANCHES, name.end)
                ):
                    told = True
                    self._person(name, row["kind"], "identity-then-name")

    def _cut_apart(self, start: int, end: int) -> bool:
        """Whether a body goes over the end of a word and begins at it or before: the word is no word there."""
        return any(m.start < end < m.end and m.start <= start + 1 for m in self.body_starts.values())

    def _counted(self) -> None:
        """崔晓春、杨金秀、尹世才、孟铁成4人: a counted list in which every item is a name."""
        for m in self._counted_lists():
            items: list[Name] = []
            at = m.start(1)
            for offset, item in name_lists.items(m[1]):
                name = (
                    self._best_tail(at + offset, at + offset + len(item))
                    if not items
                    else self.namer.name_at(at + offset, listed=True)
                )
                if name is None or name.end != at + offset + len(item):
                    items = []
                    if name is None:
                        break
                    continue
                items.append(name)
            if len(items) > 1 and items[-1].end == m.end(1):
                for name in items:
                    if self.text[name.start : name.end] not in self.persons:
                        self._person(name, "citizen", "counted-names")

    def _counted_lists(self) -> Iterator[re.Match[str]]:
        """The lists with a number of people behind them, found from their ends: few articles have one."""
        text, last = self.text, self.start
        for number in _COUNT.finditer(text, self.start, self.end):
            mark = text.rfind("、", last, number.start())
            if mark >= 0 and _COUNTED_END.match(text, mark, self.end):
                begin = mark
                while begin > last and (text[begin - 1] in "、·“”" or "一" <= text[begin - 1] <= "龥"):
                    begin -= 1
                if m := _COUNTED.search(text, begin, number.end()):
                    yield m
                    last = m.end()

    def _present(self) -> None:
        """李强、王建军|陪同。: a clause of names alone, and that they were there."""
        for m in _THERE.finditer(self.text, self.start, self.end):
            names = name_lists.before(self.namer, m.start(), self._title_starts, self._ordinary)
            words = [self.text[name.start : name.end] for name in names]
            plain = sum(self._ordinary(word) and self.namer.count(word) == 1 for word in words)
            listed = len(words) > 2 and 2 * plain <= len(words)  # 刘红英、史建平、薛敏: a list vouches for its items
            for name in names if listed or not plain else ():
                self._person(name, "official", "names-then-there")

    def _best_tail(self, start: int, end: int) -> Name | None:
        """A name that ends an item: 的|崔晓春 in 该区推荐的崔晓春."""
        for length in (3, 2, 4):
            at = end - length
            if at < start or at > start and self.text[at - 1] not in "的”》是为者于及命聘选免举":
                continue
            name = self.namer.name_at(at, listed=True)
            if name and name.end == end:
                return name
        return None

    def _named(self) -> None:
        """免去|储海涛|的…职务, “全国最美护林员”|陈玉贵: a name after a verb of appointing or an honour in quotes."""
        for m in _NAMED.finditer(self.text, self.start, self.end):
            name = self.namer.name_at(m.end())
            if name is None or self.text[name.start : name.end] in self.persons:
                continue
            text = self.text[name.start : name.end]
            honour = m[0] == "”"
            if name.score >= (0.9 if honour else 0.7) and (not honour or len(text) > 2 and not self._ordinary(text)):
                self._person(
                    name, "citizen" if honour else "official", "honour-then-name" if honour else "verb-of-naming"
                )

    def _comrades(self) -> None:
        """灞桥区消防救援大队|李莉莉|同志: a name before 同志, after a body, a mark or the end of a word."""
        known = {m.start for m in self.mentions if m.kind == "person"}
        for m in _COMRADE.finditer(self.text, self.start, self.end):
            for length in (3, 2, 4):
                at = m.start() - length
                if at < self.start or at in known:
                    continue
                name = self.namer.name_at(at)
                if name is None or name.end != m.start() or name.score < 0.75:
                    continue
                clause = max(self.text.rfind(c, self.start, at) for c in "，。；：、\n（”》") + 1
                before = self.text[max(clause, self.start) : at]
                free = not before or at in self.bodies or self._word_before(before, self.text[at : m.start()])
                if free and not self._ordinary(self.text[at : m.start()]):
                    self._person(Name(at, name.end, 0.8), "official", "name-then-comrade")
                    break

    def _word_before(self, before: str, name: str) -> bool:
        """Whether jieba sees a word of its own, and no verb, end right before a name (六级职员|苏冰峰)."""
        words = cut(before + name)
        at = 0
        for word in words:
            at += len(word)
            if at == len(before):
                return len(word) > 1 and word not in self.vocabulary.verbs or word in "由请和与及"
        return False

    def _speakers(self) -> None:
        """A name no title introduces, at the head of a clause, right before a verb of speaking."""
        for m in _SPEAKER.finditer(self.text[self.start : self.end]):
            at = self.start + m.start(1)
            name = self.namer.name_at(at)
            if (
                name
                and _SPOKEN.match(self.text, name.end)
                and name.score >= (0.75 if self.text.startswith(_ELECTED, name.end) else 0.89)
                and self.text[at : name.end] not in self.persons
                and at not in self._told
            ):
                words = cut(self.text[at : name.end])
                if len(words) > 1 or words[0] not in self.vocabulary.common:
                    self._person(Name(at, name.end, 0.7), "citizen", "speaker-at-clause-head")
