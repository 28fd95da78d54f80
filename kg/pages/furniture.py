"""Page furniture: the date of the paper, page numbers, editors, links, notices of a web page; all in no article."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kg import lexicon
from kg.pages.lines import DATE, SENTENCE

#: a page's number and name: 第6版（国内）, A02, -X03版:综合-2024年04月26日
_NUMBER = (
    r"-?第?\s*[A-Z]{0,2}\d{1,3}\s*版(?:$|[\s\u3000:：·|(（])|[A-Z]\d{1,2}(?:[\s\u3000]|$)|\d{1,3}$"
    r"|第[一二三四五六七八九十]{1,3}版$"
)
#: what the shapes below begin with
_FIRST = (
    "0123456789-第ABCDEFGHIJKLMNOPQRSTUVWXYZ二〇零一九总星hw "
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
)
_SHAPES = (
    rf"(?:{DATE}|[二〇零一九]{{4}}年.{{1,3}}月.{{1,3}}日)[\s\u3000]*(?:星期.|周.)?[\s\u3000]*(?:\d{{1,2}}:\d\d(?::\d\d)?)?"
    rf"(?:[\s\u3000|]|$)|(?:https?://|www\.)\S+(?:$|[\s\u3000])|{_NUMBER}"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP|总?第\s*\d+\s*期|CN\d\d|星期[一二三四五六日天]$"
)
#: shapes inside a line: a date with a weekday or a page's number, editors behind a space, links with bars
_DATED = re.compile(rf"(?:{DATE}).{{0,12}}(?:星期|第?\s*[A-Z]?\d{{1,3}}\s*版)")
_EDITED = re.compile(
    r"[\s\u3000|](?:本版|本期|值班|执行|首席|网络|图片|文字)?(?:来源|责编|责任编辑|校对|版式|美编|编辑|审核|组版|监制|主编|编审|视觉|统筹)[:：]"
    r"|[\s\u3000](?:责编|校对|版式|美编)[\s\u3000]|(?:责编|编辑|校对)[\s\u3000][\u3400-\u9fff\s]{2,8}(?:校对|版式|美编|审核)"
)
#: a paper's own line: its name, then number, day, page and nothing else: 今日北溪 1750 期 第1版 2021年11月
_MASTHEAD = re.compile(
    rf"(?:[\u3400-\u9fff·]{{2,12}}|《[^《》]{{2,12}}》)[\s\u3000|｜]*"
    rf"(?:(?:总?第?\s*\d{{1,5}}\s*期|{DATE}|(?:19|20)\d\d\s*年\s*\d{{1,2}}\s*月(?!\s*\d)|(?:星期|周)[一二三四五六日天]"
    r"|第?\s*[A-Z]?\d{1,3}\s*版(?:\s*[:：]\s*[\u3400-\u9fff]{2,8})?|农历[\u3400-\u9fff]{2,12})[\s\u3000|｜，,()（）]*){2,}$"
    # 长湖日报 2023年9月14日: a name that is a paper's needs the day alone
    rf"|[\u3400-\u9fff·]{{2,8}}(?:报|融媒|发布|新闻网?|动态|信息|资讯|时讯|快讯)[\s\u3000|｜]+{DATE}$"
)
_BARS = re.compile(r"[^>›»]+(?:[>›»][^>›»]+){2,}$|[|｜][^|｜]*[|｜]|[^|｜][|｜]$")


class _Signs(NamedTuple):
    #: by the first character of a line: the pattern of what it goes on with if it is furniture
    begin: dict[str, str]
    inside: tuple[str, ...]
    whole: frozenset[str]
    note: tuple[str, ...]


@lru_cache(maxsize=4)
def _signs(extra: Path | None) -> _Signs:
    table = lexicon.load("furniture", extra)
    kinds: dict[str, list[str]] = {char: [_SHAPES] for char in _FIRST}
    for where, behind in (("label", r"\s*[:：>/|｜\[]"), ("begin", "")):
        for word in sorted(table.words(where=where), key=lambda word: (-len(word), word)):
            wide = r"[\s\u3000]*".join(re.escape(char) for char in word)
            kinds.setdefault(word[0], []).append(wide + behind)
    begin = {char: "|".join(patterns) for char, patterns in kinds.items()}
    whole = frozenset(table.words(where="whole"))
    return _Signs(begin, table.words(where="inside"), whole, table.words(where="note"))


@lru_cache(maxsize=4096)
def _beginning(char: str, extra: Path | None) -> re.Pattern[str] | None:
    """The pattern of furniture that begins with a character; a page's lines begin with few of all of them."""
    pattern = _signs(extra).begin.get(char)
    return re.compile(pattern) if pattern is not None else None


def begins_as_furniture(text: str, extra: Path | None = None) -> bool:
    """Whether a line begins as furniture does: ``2021-03-12 09:16``, ``责编：``, ``编 辑：``, ``A02``."""
    pattern = _beginning(text[:1], extra)
    return pattern is not None and pattern.match(text) is not None


def is_furniture(text: str, complete: bool, extra: Path | None = None) -> bool:
    """Whether a short line is the page's date, number, source, editors: ``来源：西安高新报　2021-03-12　09:16``.

    ``complete`` is true where it ends as a sentence does; then only its beginning tells.
    """
    size = len(text)
    if size > 140 or (complete and size > 60):
        return False
    begins = begins_as_furniture(text, extra)
    if not begins and text not in _signs(extra).whole and (complete or not _is_furniture_inside(text, extra)):
        return False
    return not SENTENCE.search(text) or (complete and begins and size <= 40)


def _is_furniture_inside(text: str, extra: Path | None) -> bool:
    """Whether anything inside a line without full stop tells that it is furniture."""
    for word in _signs(extra).inside:
        if word in text:
            return True
    if ("版" in text or "星期" in text) and _DATED.search(text):
        return True
    if ("20" in text or "19" in text) and _MASTHEAD.match(text):
        return True
    if ("编" in text or "校" in text or "：" in text or ":" in text) and _EDITED.search(text):
        return True
    return ("|" in text or "｜" in text or ">" in text or "›" in text) and _BARS.search(text) is not None


def is_note(text: str, extra: Path | None = None) -> bool:
    """Whether a paragraph is the editor's: ``编者按：乡村要振兴，产业是关键。``."""
    return text.startswith(_signs(extra).note)
