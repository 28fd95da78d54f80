"""The day of publication that a page prints, and what is told from it."""

from __future__ import annotations

from datetime import date

from kg import pages
from kg.extract import page_context, read
from kg.model import Context
from kg.pages.read import page_from_bytes

WEB = """全县春耕备耕工作推进会召开
2021-03-12 09:16  来源：青山日报

本报讯 昨天，全县春耕备耕工作推进会召开。县委书记王大民主持会议并讲话，要求各乡镇抢抓农时，把春耕备耕各项工作抓紧抓实，确保全年粮食丰收。
"""
PAPER = """青山新闻 2022年8月19日 星期五
责任编辑：李明

全县抗旱工作会议召开

本报讯 昨日，全县抗旱工作会议召开。县委书记王大民主持会议并讲话，要求各乡镇科学调度水源，保障群众饮水安全，确保全年粮食丰收。
"""
SAID = """全县抗旱工作会议召开

本报讯 昨日，全县抗旱工作会议召开。县委书记王大民主持会议并讲话，要求2022年8月19日前完成打井任务，保障群众饮水安全。
"""


def whens(text: str, given: Context = Context()) -> list[tuple[date | None, str]]:
    """The printed day and the day of the news, of each article of a page."""
    page = page_from_bytes(text.encode(), "t")
    found = pages.articles(page)
    context = page_context(page, found, given)
    return [(a.published, read(a, context).when.edtf) for a in found]


def test_the_line_under_a_headline_dates_its_article() -> None:
    assert whens(WEB) == [(date(2021, 3, 12), "2021-03-11")]


def test_the_head_of_a_paper_dates_its_page() -> None:
    assert whens(PAPER) == [(date(2022, 8, 19), "2022-08-18")]


def test_a_day_in_a_sentence_dates_nothing() -> None:
    assert [published for published, _ in whens(SAID)] == [None]


def test_what_the_user_says_stands_first() -> None:
    given = Context(published=date(2021, 3, 20))
    assert whens(WEB, given) == [(date(2021, 3, 12), "2021-03-19")]


def test_two_days_at_the_head_tell_none() -> None:
    assert pages.stamps.at_head("2022年8月19日 星期五\n2022年8月20日 星期六\n正文", 40) is None
    assert pages.stamps.at_head("青山日报 2022年8月19日 星期五\n正文", 40) == date(2022, 8, 19)


ISSUES = """青山日报 2022年8月19日 星期五 02版

全县抗旱工作会议召开

本报讯 昨日，全县抗旱工作会议召开。县委书记王大民主持会议并讲话，要求各乡镇科学调度水源，保障群众饮水安全，确保全年粮食丰收。

青山日报 2021年3月12日 星期五 01版

全县春耕备耕工作推进会召开

本报3月11日讯 今天上午，全县春耕备耕工作推进会召开。县委书记王大民主持会议并讲话，要求各乡镇抢抓农时，确保全年粮食丰收。
"""
FOOT = """全县抗旱工作会议召开

本报讯 昨日，全县抗旱工作会议召开。县委书记王大民主持会议并讲话，要求各乡镇科学调度水源，保障群众饮水安全，确保全年粮食丰收。

青山新闻 2022年8月19日 星期五 编辑 李明
"""


def test_each_issue_on_a_page_dates_its_own_items() -> None:
    assert whens(ISSUES) == [(date(2022, 8, 19), "2022-08-18"), (date(2021, 3, 12), "2021-03-11")]


def test_the_foot_of_a_paper_dates_its_page() -> None:
    assert whens(FOOT) == [(date(2022, 8, 19), "2022-08-18")]


BARE_DAYS = """青山日报 2022年8月19日 星期五

全县抗旱工作会议召开

本报讯 昨日，全县抗旱工作会议召开。县委书记王大民主持会议并讲话，要求各乡镇科学调度水源，保障群众饮水安全，确保全年粮食丰收。

2021年3月12日

全县春耕备耕工作推进会召开

本报讯 昨日，全县春耕备耕工作推进会召开。县委书记王大民主持会议并讲话，要求各乡镇抢抓农时，确保全年粮食丰收。
"""


def test_a_bare_day_above_an_item_is_of_its_issue() -> None:
    assert whens(BARE_DAYS) == [(date(2022, 8, 19), "2022-08-18"), (date(2021, 3, 12), "2021-03-11")]


def test_a_bare_day_right_below_an_item_closes_it() -> None:
    closed = BARE_DAYS.replace("粮食丰收。\n\n2021", "粮食丰收。\n2021")
    assert [published for published, _ in whens(closed)] == [date(2022, 8, 19)] * 2


def test_a_papers_name_and_the_day_above_an_item_are_of_its_issue() -> None:
    named = BARE_DAYS.replace("青山日报 2022年8月19日 星期五", "青山日报 2022年8月19日 当前版:01版")
    named = named.replace("2021年3月12日", "青山日报 2021年3月12日")
    assert whens(named) == [(date(2022, 8, 19), "2022-08-18"), (date(2021, 3, 12), "2021-03-11")]
