"""Pages whose items nothing marks but blank lines: no 本报讯, no byline, as web portals of districts print them."""

from __future__ import annotations

from kg.pages import layout, page_from_bytes


def read(text: str) -> list[tuple[str, str, str]]:
    """Headline, first and last characters of each article of a page."""
    found = layout(page_from_bytes(text.encode(), "plain")).articles
    return [(a.headline, a.text[:6], a.text[-6:]) for a in found]


def test_a_first_sentence_that_tells_the_headline_again_begins_an_item() -> None:
    page = """区政协视察养老服务工作

6月3日，区政协组织部分委员视察全区养老服务工作。区政协主席周国良参加视察。

委员们先后来到颐和养老院、东湖街道日间照料中心，听取了有关情况介绍。

孙立平调研重点项目建设

6月4日下午，区长孙立平调研重点项目建设情况，副区长何敏陪同。

孙立平指出，要倒排工期，确保如期完工。
"""
    assert read(page) == [
        ("区政协视察养老服务工作", "6月3日，区", "有关情况介绍。"[-6:]),
        ("孙立平调研重点项目建设", "6月4日下午", "确保如期完工。"[-6:]),
    ]


def test_an_item_that_names_its_reporter_at_the_beginning_is_not_closed_by_the_next_ones_byline() -> None:
    page = """警营开放日活动举行

　　本报讯（通讯员 朱文 记者 李嘉）5月1日，柳河县公安局举行警营开放日活动，群众代表走进警营参观。
　　群众代表表示，收获很大。

志愿服务驿站揭牌

　　5月9日，柳河县志愿服务驿站在步行街揭牌，15支队伍参加。（记者 何洋）
"""
    assert [h for h, _, _ in read(page)] == ["警营开放日活动举行", "志愿服务驿站揭牌"]


def test_more_blank_lines_than_between_paragraphs_set_an_item_off() -> None:
    page = """王海涛检查夜市管理

本报讯 9月21日晚，副区长王海涛检查夜市管理。

他强调，要落实责任。


筑牢防火墙 检察院推进小区消防隐患整治

为落实区委安排部署，区人民检察院对包抓小区开展排查。

下一步，将督促整改。
"""
    assert [h for h, _, _ in read(page)] == ["王海涛检查夜市管理", "筑牢防火墙 检察院推进小区消防隐患整治"]


def test_mastheads_bread_crumbs_and_sources_are_no_headlines() -> None:
    page = """云南号 > 今日南溪 > 文章详情

今日南溪 综合新闻

高新区召开安全生产会议

转自：南溪发布 2024-10-23 23:03:26

10月23日，高新区召开安全生产会议，主任郑建国出席并讲话。

会议要求，压实责任。
"""
    assert [h for h, _, _ in read(page)] == ["高新区召开安全生产会议"]


def test_two_lines_without_a_blank_one_between_them_are_one_headline() -> None:
    page = """林晓东到白沙镇调研时强调
扛牢责任 促进镇域经济提质增效

7月20日，县委书记林晓东到白沙镇调研安全生产、防汛备汛情况。

林晓东先后到富民产业园、老码头实地察看。

县人大常委会委员、法制委副主任委员吴建新一行来校调研

5月18日，县人大常委会委员、法制委副主任委员吴建新来县一中调研。
"""
    assert [h for h, _, _ in read(page)] == [
        "林晓东到白沙镇调研时强调 扛牢责任 促进镇域经济提质增效",
        "县人大常委会委员、法制委副主任委员吴建新一行来校调研",
    ]


def test_the_source_right_below_a_headline_is_no_part_of_it_on_a_wrapped_page() -> None:
    page = """青田县举行重阳节慰问活动
发布时间：2023-10-24 来源：青田县委老干部局

 近日，青田县举行重阳节慰问活动，请老干部看变化、
话家常，登高望远，听取意见。县委书记邵
长林出席并讲话，县领导陈晓霞、张国庆、胡志铭参
加活动，老干部代表作了交流发言。
"""
    assert read(page) == [("青田县举行重阳节慰问活动", "近日，青田县", "作了交流发言。"[-6:])]


def test_names_in_brackets_after_the_lead_are_reporters() -> None:
    page = "高新区举办新乡贤活动\n\n本报讯 （王文 肖明力）近日，高新区邀请新乡贤参加座谈，共话发展。\n"
    found = layout(page_from_bytes(page.encode(), "plain")).articles
    assert [(b.person, b.role) for b in found[0].bylines] == [("王文", "reporter"), ("肖明力", "reporter")]


def test_a_blank_line_begins_an_item_where_none_stands_between_paragraphs() -> None:
    page = """市人大代表到南湖区调研
以新作风开新局
3月3日下午，市人大代表到南湖区，就经济社会发展情况开展调研。
代表们先后考察文化馆、老街改造项目。

白沙洲街道挂牌
今天上午，南湖区白沙洲街道举行挂牌仪式。
街道由原白沙镇、新洲街道合并组成。
■记者 丁文志
"""
    assert [h for h, _, _ in read(page)] == ["市人大代表到南湖区调研 以新作风开新局", "白沙洲街道挂牌"]


def test_a_heading_of_marks_alone_is_no_furniture() -> None:
    assert read("# **\n\n5月4日，南溪县召开会议。\n")[0][1] == "5月4日，南"
