"""Whether two readings tell of one event: what is told twice in an article becomes one."""

from __future__ import annotations

import re

from kg.extract import reported
from kg.extract.scene import Happening

#: outings of deputies or members, of whom it is told how many they were
OF_MANY = ("outing-by-body", "outing-to-learn", "outing-preach", "outing-carried-out-by-group", "outing-by-group")
BY_GROUP = ("outing-by-group", "outing-group-looked")
#: the party of an outing, named by nothing but its task
_PARTY = re.compile(
    r"(?:考察|调研|督导|检查|督查|视察|慰问|工作|学习|观摩|指导|暗访|考察学习){1,2}组|(?:考察|代表|访问|慰问)团|大家|一行人"
)
#: those told of before, as a group
_MEMBERS = re.compile(
    r"(?:(?:部分|各级)?[省市区县、驻]{0,6}人大代表|政协委员|代表|委员|大家|记者|作家|老干部|老领导|老同志|学员|队员|会员)们?"
    r"(?![^，]{0,2}代表)"
)
#: an activity at which those who were asked are taken round
_TAKEN_ROUND = re.compile("采访|采风|参观|体验|观摩|研学|开放日|媒体|走读")
_MORE = re.compile(r"^[^，]{2,8}还(?:先后|分别|实地)?")
#: one of the groups into which those on an outing split up
_GROUP_OF = re.compile(r"第?[一二三四五六七八九十\d]{1,2}(?:视察|调研|考察|检查|督查|督导|观摩|参观|工作|小)?组")


def same(old: Happening, new: Happening) -> bool:
    """Whether two readings tell of one event."""
    if old.rule == new.rule == "signed":
        return old.sentence is new.sentence
    if old.rule == new.rule == "studied-together" and old.sentence is new.sentence:
        return True  # 组织第四次集体学习，围绕…进行专题研讨: what was done at it
    if old.at == new.at or old.start <= new.start and new.end <= old.end:
        return True
    if old.outing and new.outing:
        first, second = old.name[:4], new.name[:4]
        if not new.who and new.rule in BY_GROUP and _GROUP_OF.match(new.name) and old.sentence is not new.sentence:
            return True  # 当天下午，第二视察组先后来到…: a part of those told of
        if new.sentence.before != old.sentence.before:
            return False
        another_day = reported.another_day(old.when, new.when)
        if new.who and (not old.who and new.type != old.type or another_day):
            return False  # 工作组赴甲县…。在甲县，局长乙走访慰问…; 7月2日，甲到…调研。13日，甲就…调研
        another = another_day or new.who and first[:2] != second[:2]
        if new.sentence.dated and old.sentence is not new.sentence and another:
            return False  # 动态: 8月23日，甲到…调研。8月23日，乙到…: one paragraph each
        return not (new.sentence.after and first[:2] != second[:2]) or _same_party(old, new)
    if old.type == "activity" and not old.outing and new.rule in BY_GROUP and old.rule != "carried-out-first":
        return not new.sentence.after and not new.sentence.before  # where those at a festive day were shown around
    if old.type == "activity" and new.rule == "outing-by-body" and _TAKEN_ROUND.search(old.name):
        return not new.sentence.after  # 开展集中采访活动。市委宣传部组织…的记者，来到…参观采访
    if old.outing != new.outing:
        if new.outing and not new.sentence.after and not new.sentence.before and old.type != "activity":
            # a tour in the course of a meeting, told without saying when
            return new.sentence is old.sentence and new.start < old.end
        return False
    if old.name == new.name or new.name in old.name:
        return True
    if new.rule == "launched" and new.name[-2:] in old.name and not new.sentence.dated:
        return True  # 举行集中开工活动，总投资68亿元的10个项目集中开工
    if old.name in new.name:
        # …活动举行。会后，本区举行了…活动分会场暨…开工仪式: another one
        return not (new.sentence.after and "暨" in new.name and old.type != new.type)
    if old.sentence is new.sentence and (old.start < new.end and new.start < old.end):
        return True
    return old.type == new.type and _alike(old.name, new.name)


def _same_party(old: Happening, new: Happening) -> bool:
    """Whether those who look at more, the same day, are who came with the one told before: 当天，调研组一行来到…."""
    if new.who or new.rule not in BY_GROUP:
        return False
    if _MORE.search(new.name) or old.rule in OF_MANY and _MEMBERS.match(new.name):
        return True  # 当天，委员们还走访了…
    return bool(old.who) and bool(_PARTY.match(new.name))


def _alike(a: str, b: str) -> bool:
    """Whether two names share most of their characters: 启动仪式 after …直播节启动."""
    pairs_a = {a[i : i + 2] for i in range(len(a) - 1)}
    pairs_b = {b[i : i + 2] for i in range(len(b) - 1)}
    return bool(pairs_a and pairs_b) and len(pairs_a & pairs_b) / min(len(pairs_a), len(pairs_b)) >= 0.6
