"""The day a page was printed, told by the user or by the file's name or path, and what 昨日 and 周五 mean then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kg
from kg.cli import place
from kg.errors import KgError
from kg.extract import page_context
from kg.extract import read as read_article
from kg.model import Context, When
from kg.pages import articles, dated, day_in, page_from_bytes


@pytest.mark.parametrize(
    ("path", "pattern", "day"),
    [
        ("news/2019-07-05.txt", "YYYY-MM-DD", date(2019, 7, 5)),
        ("news/20190705_02.txt", "YYYYMMDD", date(2019, 7, 5)),
        ("erqi/2019/07-05/02.html", "YYYY/MM-DD", date(2019, 7, 5)),
        ("二七报2019年7月5日.txt", "YYYY年M月D日", date(2019, 7, 5)),
        ("2018-01-01/copy/2019-07-05.txt", "YYYY-MM-DD", date(2019, 7, 5)),  # the nearest to the file counts
        ("paper_05.07.2019.txt", "DD.MM.YYYY", date(2019, 7, 5)),
        ("2019_v02_07-05.txt", "YYYY_*_MM-DD", date(2019, 7, 5)),
        ("2019-02-30.txt", "YYYY-MM-DD", None),
        ("1234201907051.txt", "YYYYMMDD", None),  # part of a longer number
        ("a3.txt", "YYYY-MM-DD", None),
    ],
)
def test_the_day_in_a_name_or_path(path: str, pattern: str, day: date | None) -> None:
    assert day_in(path, pattern) == day


@pytest.mark.parametrize("pattern", ["YYYY-MM", "YYYY-MM-DD-DD", "MM-DD"])
def test_a_pattern_needs_year_month_and_day_once(pattern: str) -> None:
    with pytest.raises(KgError, match="year, month and day once each"):
        day_in("2019-07-05.txt", pattern)


def test_published_is_a_day_or_a_pattern() -> None:
    assert place.context("2019-07-05", "").published == date(2019, 7, 5)
    assert place.context("YYYY-MM-DD", "") == Context(published_in="YYYY-MM-DD")
    with pytest.raises(KgError, match="expected a day such as 2019-07-05"):
        place.context("yesterday", "")


def test_a_given_day_goes_before_the_name() -> None:
    given = Context(published=date(2020, 1, 1), published_in="YYYY-MM-DD")
    assert dated(given, "2019-07-05.txt") == given
    assert dated(Context(published_in="YYYY-MM-DD"), "2019-07-05.txt").published == date(2019, 7, 5)
    assert dated(Context(), "2019-07-05.txt").published is None


def day_of(sentence: str, published: date | None) -> When:
    """The day of the event that a one-sentence article tells of, printed on a given day."""
    page = page_from_bytes(f"江北区召开防汛会议\n\n本报讯 {sentence}\n".encode(), "p")
    (article,) = articles(page)
    return read_article(article, page_context(page, (article,), Context(published=published))).when


@pytest.mark.parametrize(
    ("sentence", "edtf", "part"),
    [
        ("昨日上午，江北区召开防汛会议，区长王强主持会议。", "2019-07-04", "上午"),
        ("7月3日下午，江北区召开防汛会议，区长王强主持会议。", "2019-07-03", "下午"),
        # 5 July 2019 was a Friday
        ("本周三，江北区召开防汛会议，区长王强主持会议。", "2019-07-03", ""),
        ("日前，江北区召开防汛会议，区长王强主持会议。", "", ""),
        # printed in January, it looks back on the year before
        ("12月28日，江北区召开防汛会议，区长王强主持会议。", "2018-12-28", ""),
    ],
)
def test_days_count_from_the_day_of_the_paper(sentence: str, edtf: str, part: str) -> None:
    when = day_of(sentence, date(2019, 7, 5) if "12月" not in sentence else date(2019, 1, 2))
    assert (when.edtf, when.day_part) == (edtf, part)
    assert when.basis == ("given" if edtf else "unknown")


def test_without_a_day_of_the_paper_yesterday_stays_open() -> None:
    assert day_of("昨日上午，江北区召开防汛会议，区长王强主持会议。", None).edtf == ""
    assert day_of("7月3日下午，江北区召开防汛会议，区长王强主持会议。", None).edtf == "XXXX-07-03"


def test_each_page_has_the_day_of_its_own_name(tmp_path: Path) -> None:
    for name, area in (("2019-07-05", "江北区"), ("2020-03-10", "江南区")):
        text = f"{area}召开防汛会议\n\n本报讯 昨日，{area}召开防汛会议，区长王强主持会议，部署今年防汛工作。\n"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    kg.build([tmp_path], tmp_path / "store", context=Context(published_in="YYYY-MM-DD"))
    rows = [dict(row) for row in kg.query(tmp_path / "store", "articles")]
    assert sorted((row["page"], row["date"]) for row in rows) == [
        ("2019-07-05", "2019-07-04"),
        ("2020-03-10", "2020-03-09"),
    ]


def test_a_pattern_that_fits_no_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("江北区召开防汛会议\n\n本报讯 昨日，江北区召开防汛会议。\n", "utf-8")
    with pytest.raises(KgError, match="no file has a day there"):
        kg.build([tmp_path], tmp_path / "store", context=Context(published_in="YYYY-MM-DD"))
