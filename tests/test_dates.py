"""Dates: every rule on its own examples, years, and the article dates of pages."""

from __future__ import annotations

from datetime import date

import pytest

from kg.extract import dates
from kg.extract.draft import Draft
from kg.model import Article, Context, Mention, When
from kg.rules import Rule, load_rules
from kg.rules.fold import fold

RULES = list(load_rules("date"))


def draft(text: str, context: Context = Context(), mentions: tuple[Mention, ...] = ()) -> Draft:
    article = Article("t", "a1", "", (), text, fold(text), range(len(text)), (0, len(text)))
    made = Draft(article, context)
    made.add(mentions)
    return made


def found(text: str, context: Context = Context()) -> list[tuple[str, str, str]]:
    """(text, subkind, EDTF) of each date."""
    d = draft(text, context)
    dates.find(d)
    return [(m.text, m.subkind, m.value.edtf) for m in d.mentions if isinstance(m.value, When)]


def edtf(text: str, context: Context = Context()) -> list[str]:
    return [e for _, _, e in found(text, context)]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_examples(rule: Rule) -> None:
    for example in rule.examples:
        text = str(example["text"])
        if "year" in rule.result:
            matches = [m["y"] for m in rule.pattern.finditer(fold(text))]
            assert matches == example["finds"], (rule.name, text)
            continue
        d = draft(text)
        dates.find(d)
        values = [m.value.edtf for m in d.mentions if isinstance(m.value, When) and m.rule == rule.name]
        assert values == example["finds"], (rule.name, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_rejects(rule: Rule) -> None:
    for text in rule.rejects:
        if "year" in rule.result:
            assert not rule.pattern.search(fold(text)), (rule.name, text)
        else:
            d = draft(text)
            dates.find(d)
            assert not [m for m in d.mentions if m.rule == rule.name], (rule.name, text)


Y2020 = Context(year=2020, year_basis="printed", year_reason="召开2020年党管武装工作会议")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二七区将在2021年6月底前完成467个小区改造工作", [("2021年6月底前", "deadline", "2021-06-30")]),
        ("第一批264个小区今年12月底前完成", [("今年12月底前", "deadline", "2020-12-31")]),
        ("第二批203个小区明年6月底前完成", [("明年6月底前", "deadline", "2021-06-30")]),
        ("4月8日上午，二七区召开区委政法工作会议", [("4月8日上午", "day", "2020-04-08")]),
        ("7月20日之前，在全区层面要打造3个以上的观摩亮点", [("7月20日之前", "deadline", "2020-07-20")]),
        ("要确保在 7月30日之前完成安装", [("7月30日之前", "deadline", "2020-07-30")]),
        ("去年12月，总结去年工作", [("去年12月", "span", "2019-12"), ("去年", "span", "2019")]),
        ("年底前完成修缮", [("年底前", "deadline", "2020-12-31")]),
        ("到2025年，全市", [("到2025年", "deadline", "2025")]),
        ("三年内引进企业", [("三年内", "deadline", "")]),
        ("一季度通报", [("一季度", "span", "2020-01/2020-03")]),
        ("截至3月底，全区48个重点项目", [("截至3月底", "span", "2020-03")]),
        ("近日，区领导督导", [("近日", "open", "")]),
        ("2月28日至3月2日", [("2月28日至3月2日", "span", "2020-02-28/2020-03-02")]),
        ("2月30日", [("2月30日", "open", "")]),
        ("1至4月，全区完成投资", [("1至4月", "span", "2020-01/2020-04")]),
        (
            "11月至次年3月，2016年成立，同年9月投产",
            [
                ("11月", "span", "2020-11"),
                ("至次年3月", "span", "XXXX-03"),
                ("2016年", "span", "2016"),
                ("同年9月", "span", "XXXX-09"),
            ],
        ),
        ("用两个月时间探索街道专业化管理模式", []),
        ("严格落实24小时值班备勤制度", []),
    ],
)
def test_expressions_with_a_known_year(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text, Y2020) == expected


def test_basis_and_bounds() -> None:
    d = draft("4月9日下午召开，2021年3月5日验收，第二批明年6月底前完成", Y2020)
    dates.find(d)
    first, second, third = [m.value for m in d.of("date")]
    assert first == When("2020-04-09", date(2020, 4, 9), date(2020, 4, 9), "printed", "下午")
    assert isinstance(second, When) and (second.edtf, second.basis) == ("2021-03-05", "printed")
    assert isinstance(third, When) and third.latest == date(2021, 6, 30)


def test_unknown_year_makes_no_day() -> None:
    d = draft("11月18日，会议召开。今年12月底前完成。昨日上午，副市长调研")
    dates.find(d)
    assert [m.value for m in d.of("date")] == [
        When("XXXX-11-18"),
        When("XXXX-12-31"),
        When(day_part="上午"),
    ]
    assert all(m.value.earliest is None for m in d.of("date") if isinstance(m.value, When))


def test_publication_day_resolves_relative_days() -> None:
    # 5 July 2019 was a Friday
    given = Context(published=date(2019, 7, 5), year=2019, year_basis="given")
    assert edtf("昨日，海曙区召开会议", given) == ["2019-07-04"]
    assert edtf("本周三，志愿者走上街头", given) == ["2019-07-03"]
    assert edtf("上周三上午，志愿者走上街头", given) == ["2019-06-26"]
    assert edtf("星期六上午，志愿者走上街头", given) == ["2019-06-29"]
    assert edtf("本周日前完成", given) == ["2019-07-07"]
    assert edtf("3日，海曙区召开会议", given) == ["2019-07-03"]
    assert edtf("28日下午，海曙区召开会议", given) == ["2019-06-28"]
    assert edtf("月底前完成", given) == ["2019-07-31"]


def test_days_around_the_turn_of_the_year() -> None:
    given = Context(published=date(2020, 1, 2), year=2020, year_basis="given")
    assert edtf("12月28日，郫都区举行签约仪式", given) == ["2019-12-28"]
    # an article of November that asks for something by the end of March means the next
    assert edtf("11月14日，召开会议，要求3月底前完成", Y2020) == ["2020-11-14", "2021-03-31"]


def test_what_was_before_printing_is_no_day_of_next_year() -> None:
    given = Context(published=date(2023, 12, 28), year=2023, year_basis="given")
    assert edtf("4月28日，郫都区举行签约仪式", given) == ["2023-04-28"]
    assert edtf("12月27日，郫都区召开会议，部署1月5日的开工仪式", given) == ["2023-12-27", "2024-01-05"]


def test_a_dateline_is_no_day_of_the_news_but_counts() -> None:
    assert edtf("江淮网11月2日合肥讯（记者 李明）11月1日，庐阳区举办论坛", Y2020) == ["2020-11-01"]
    assert edtf("本报7月25日讯 今天上午，庐阳区召开会议", Y2020) == ["2020-07-25"]


def test_a_month_printed_with_its_year_holds_for_the_next_days() -> None:
    assert edtf("2018年9月是质量月。9月18日，庐阳区开展宣传活动", Y2020) == ["2018-09", "2018-09-18"]


def test_a_bare_day_takes_the_month_spoken_of() -> None:
    assert edtf("6月26日，论坛开幕。28日，代表们参观", Y2020) == ["2020-06-26", "2020-06-28"]
    assert edtf("6月26日，论坛开幕，论坛3日至5日举行", Y2020) == ["2020-06-26", "2020-06-03/2020-06-05"]


def test_names_hold_no_dates() -> None:
    text = "到五一前街道察看"
    place = Mention("place", 1, 6, "五一前街道", "五一前街道", "names", "street")
    d = draft(text, Y2020, (place,))
    dates.find(d)
    assert d.of("date") == []


def test_layout_and_digits_in_full_width() -> None:
    assert edtf("６月２６日，二七区召开", Y2020) == ["2020-06-26"]


# ---------------------------------------------------------------- article dates, as on the pages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月26日，二七区召开2019年精神文明建设暨文明城市创建工作推进会。", "2020-06-26"),
        ("城市管理没有旁观者。6月29日，二七区召开动员会", "2020-06-29"),
        ("为深刻领会党的十九届四中全会精神，在全区掀起学习宣传贯彻热潮，11月21日，培训班举行。", "2020-11-21"),
        ("近日，二七区委副书记到火车站周边督导。\n11月25日，他要求", ""),
        ("清明节前夕，区委常委带队走访慰问辖区老党员", ""),
        ("记者4月11日从市南区卫生健康局获悉，自新冠疫苗接种工作启动以来", "2020-04-11"),
        ("为改善环境，连日来，各部门明确整治内容。\n11月30日，侯寨乡组织各村清洁。", "2020-11-30"),
        ("连日来，二七区持续加大疫情防控工作力度。二七区第一时间成立了专班", ""),
        ("7月，武昌区开展专项行动。", "2020-07"),
        ("截至3月31日，全区48个项目已开工。", ""),
        ("依据《6月1日施行的条例》，6月18日，思明区召开会议", "2020-06-18"),
        ("2月22日至23日，代表团来慈考察，并于23日下午与我市召开联席会议。", "2020-02-23"),
        ("人间四月，大别山腹地处处茶香。连日来，各乡镇抢抓春茶采制。", ""),
        ("7月3日至5日，姑苏区举办论坛", "2020-07-03/2020-07-05"),
        ("要求7月20日之前完成整治。", ""),
    ],
)
def test_article_date(text: str, expected: str) -> None:
    d = draft(text, Y2020)
    dates.find(d)
    assert dates.article_date(d).edtf == expected
    assert d.when == dates.article_date(d)


# ---------------------------------------------------------------- years


def year(*texts: str, published: date | None = None) -> tuple[int | None, str]:
    found, basis, _ = dates.year_of(texts, published)
    return found, basis


def test_year_of_a_meeting_beats_plans_and_history() -> None:
    texts = [
        "4月9日，二七区召开2020年党管武装工作会议。2020年，是“十三五”规划收官之年。2019年，全区政法战线不忘初心。"
        "将在2021年6月底前完成467个小区改造工作",
        "该厂始建于1958年，自2016年以来连续三年获奖",
    ]
    found, basis, reason = dates.year_of(texts, None)
    assert (found, basis) == (2020, "printed")
    assert "2020年党管武装工作会议" in reason


def test_year_without_the_sign_for_year() -> None:
    assert year("9月25日，2019数字经济峰会暨国际交流会在国际会展中心举行，设有2000个展位") == (2019, "printed")


def test_year_printed_only_in_a_review() -> None:
    review = "2018年共推荐好人线索6000条，刘凯上榜2018年11月中国好人榜"
    assert year("12月6日上午，五里堡街道举行表彰仪式", review) == (2018, "printed")


def test_year_from_a_dated_happening() -> None:
    text = "为深刻领会党的十九届四中全会精神，11月21日，二七区宣讲骨干培训会举行"
    found, basis, reason = dates.year_of([text], None)
    assert (found, basis) == (2019, "inferred")
    assert "十九届四中全会" in reason


def test_weekday_decides_between_years() -> None:
    # 26 June was a Wednesday in 2019, a Friday in 2020
    text = "6月26日（星期三），召开会议。2019年，成绩显著。2020年，任务艰巨"
    assert year(text) == (2019, "printed")


def test_year_from_the_time_stamp_of_a_web_page() -> None:
    assert year("来源：西安高新报　2021-03-12　09:16", "总结2020年工作，宣读《关于表彰2020年度优秀企业的决定》") == (
        2021,
        "printed",
    )


def test_the_end_of_a_range_is_no_sign() -> None:
    texts = [
        "6月30日，审议三年行动计划（2020—2022年），力争到2022年集聚企业100家",
        "由区商务局承办的2020“武侯优品”电商直播节启动",
    ]
    assert year(*texts) == (2020, "printed")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2023-02-21 08:02　来源：慈溪日报　■记者 陈醒", date(2023, 2, 21)),
        ("来源：西安高新报　2021-03-12　09:16　作者：宁静", date(2021, 3, 12)),
        ("发布日期：2020年7月3日", date(2020, 7, 3)),
        ("1949年10月1日，新中国成立", None),
        ("二七区召开2020年党管武装工作会议", None),
        ("2023-02-31 08:02", None),
    ],
)
def test_time_stamps(line: str, day: date | None) -> None:
    assert dates.stamp(line) == day


def test_a_time_stamp_tells_yesterday() -> None:
    context = Context(published=date(2023, 2, 21), year=2023, year_basis="printed")
    d = draft("昨天上午，市委书记赴周巷镇调研。", context)
    dates.find(d)
    assert (d.when.edtf, d.when.basis) == ("2023-02-20", "printed")


def test_given_and_unknown() -> None:
    assert year("6月26日，召开会议", published=date(2021, 7, 1)) == (2021, "given")
    assert year("6月26日，召开会议，到2025年建成") == (None, "unknown")
    assert year("6月26日，召开会议") == (None, "unknown")
    assert year() == (None, "unknown")
