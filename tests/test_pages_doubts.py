"""What was doubtful about a page stays with what was read of it: joins of columns, the page as it is shown."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.cli import layouts
from kg.graph.facts import seams
from kg.model import Context
from kg.pages import layout, page_from_bytes, read
from kg.pipeline import readings

COLUMNS = Path(__file__).parent / "pages" / "columns.txt"

#: 周明远's companions are told on both sides of the break between two columns
CROSSED = """\
周明远到河西街道调研老旧小区改造

本报讯 7月3日上午，区
委书记周明远带队到河西街道
调研老旧小区改造工作，区领

桥东镇志愿者清出一河碧水

本报讯 近日，桥东镇组
织 60余名志愿者清理河道，
转运垃圾 18吨。镇党委副
书记、镇长杜小兵说，镇里将

导林秀芳、何国栋参加调研。
周明远要求加快雨污分流施工。
记者 陈静

每周巡河两次。
记者 赵雷
"""


def test_a_name_cut_at_a_column_break_is_one_name() -> None:
    first, second = layout(read(COLUMNS)).articles
    assert first.headline == "周明远到河西街道调研时强调 把老旧小区改造办到群众心坎上"
    assert second.headline == "桥东镇：志愿者清出一河碧水"
    assert [b.person for b in first.bylines] == ["陈静", "李立", "王小燕"]
    assert [b.person for b in second.bylines] == ["赵雷"]
    assert "实地察看雨污分流管网施工" in first.text
    assert "给12名河长配发巡河手机，9月起" in second.text
    assert [d.kind for d in second.doubts] == ["seam"]


def test_seams_are_found_in_the_text() -> None:
    first, second = layout(read(COLUMNS)).articles
    assert [first.text[at - 3 : at + 3] for at in seams(first)] == ["分流管网施工"]
    assert [second.text[at - 3 : at + 2] for at in seams(second)] == ["巡河手机，"]
    whole = layout(page_from_bytes("防汛会议召开\n\n本报讯 7月3日，区长王强主持会议。\n".encode(), "p")).articles[0]
    assert seams(whole) == ()


def test_facts_over_a_seam_carry_the_doubt(tmp_path: Path) -> None:
    (tmp_path / "crossed.txt").write_text(CROSSED, "utf-8")
    first = layout(read(tmp_path / "crossed.txt")).articles[0]
    assert "区领导林秀芳、何国栋参加调研" in first.text
    kg.build([tmp_path / "crossed.txt"], tmp_path / "store", context=Context(year=2019, year_basis="given"))
    query = """SELECT ?fact ?score ?doubt { ?fact a kg:Participation ; kg:agent/rdfs:label ?who ; kg:score ?score .
               FILTER(STR(?who) = "%s") OPTIONAL { ?fact kg:layoutDoubt ?doubt } }"""
    crossing = [dict(row) for row in kg.query(tmp_path / "store", query % "林秀芳")]
    assert crossing
    assert all(row["doubt"] == "true" and float(row["score"]) <= 0.5 for row in crossing)
    doubted = [dict(row) for row in kg.query(tmp_path / "store", "SELECT ?f { ?f kg:layoutDoubt true }")]
    every = [dict(row) for row in kg.query(tmp_path / "store", "SELECT ?f { ?f a kg:Fact }")]
    assert 0 < len(doubted) < len(every)


def test_the_page_line_by_line() -> None:
    shown = [line.plain for line in layouts.printed(layout(read(COLUMNS)))]
    assert len(shown) == len(COLUMNS.read_text("utf-8").splitlines())
    assert shown[0].split() == ["1", "–", "meta", "清江新闻", "2019年7月5日", "星期五", "第2版"]
    assert shown[2].startswith(" 3 a1  text")
    assert shown[9].startswith("10 a2  text")
    assert shown[15].startswith("16 a1  text     ≈ 网施工")
    assert shown[18].startswith("19 a1  byline")
    assert shown[24].startswith("25 a2  headline   桥东镇")
    assert shown[29].startswith("30 –   caption")


def test_the_articles_with_days_doubts_and_the_join() -> None:
    found = layout(read(COLUMNS))
    shown = "\n".join(line.plain for line in layouts.lines(found, readings(found)))
    assert "2 articles, 305 characters, utf-8, year 2019 (printed on the page" in shown
    assert "lines 3–8, 16–20, headline 0.98, day 2019-07-03上午 (year printed on the page)" in shown
    assert "by reporter 陈静, correspondent 李立, correspondent 王小燕" in shown
    assert "! seam (line 8, 16): this part may belong to the article beside it" in shown
    assert "…河路，实地察看雨污分流管 ≈ 网施工，要求10月底前完…" in shown
    assert "! displaced-headline (line 27, 28)" in shown
    data = layouts.as_json(found, readings(found))
    assert (data["year"], data["year_basis"]) == (2019, "printed")
    assert [a["date"]["edtf"] for a in data["articles"]] == ["2019-07-03", ""]
    assert [a["date"]["day_part"] for a in data["articles"]] == ["上午", ""]
