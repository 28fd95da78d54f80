"""A user's own folder of rules and word lists reaches the cutting of pages too: leads, bylines, furniture, banners."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import RuleError

PAGE = """云上观察

南溪县召开安全生产会议

云上观察〔特稿〕5月4日，南溪县召开安全生产会议，县长周立新主持会议。

会议要求，压实责任。

拍客：李小明

青川县慰问困难职工

云上观察〔特稿〕5月5日，青川县总工会走访慰问困难职工。
"""


def folder(tmp_path: Path) -> Path:
    own = tmp_path / "own"
    (own / "rules").mkdir(parents=True)
    (own / "lexicon").mkdir()
    (own / "rules" / "lead.yaml").write_text(
        "rules:\n"
        "  - name: cloud-lead\n"
        "    pattern: '^云上观察〔特稿〕'\n"
        "    note: how this paper opens an item\n"
        "    examples: [云上观察〔特稿〕5月4日]\n"
        "    rejects: [云上观察 5月4日]\n",
        "utf-8",
    )
    (own / "lexicon" / "bylines.tsv").write_text("word\trole\n拍客\treporter\n", "utf-8")
    (own / "lexicon" / "banners.tsv").write_text("word\twhere\n云上观察\twhole\n", "utf-8")
    return own


def test_leads_bylines_and_banners_of_one_s_own(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    first, second = kg.layout(page, rules=folder(tmp_path)).articles
    assert first.headline == "南溪县召开安全生产会议"
    assert [(b.person, b.role) for b in first.bylines] == [("李小明", "reporter")]
    assert first.text[slice(*first.prose)].startswith("5月4日，南溪县召开")
    assert second.headline == "青川县慰问困难职工"
    without = kg.layout(page).articles[0]
    assert without.text[slice(*without.prose)].startswith("云上观察〔特稿〕")
    assert not without.bylines


def test_the_graph_is_made_with_them(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    kg.build([page], tmp_path / "store", rules=folder(tmp_path))
    rows = list(kg.query(tmp_path / "store", "bylines"))
    assert [(row["person"], row["role"]) for row in rows] == [("李小明", "reporter")]


def test_a_typing_error_in_an_own_lead_is_told(tmp_path: Path) -> None:
    own = folder(tmp_path)
    (own / "rules" / "lead.yaml").write_text("rules:\n  - name: x\n    patern: '^云'\n", "utf-8")
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    with pytest.raises(RuleError, match=r"lead\.yaml"):
        kg.layout(page, rules=own)


def test_signs_of_the_year_of_one_s_own(tmp_path: Path) -> None:
    own = folder(tmp_path)
    (own / "rules" / "date.yaml").write_text(
        "rules:\n"
        "  - name: volume-year\n"
        "    pattern: '卷首(?P<y>20\\d\\d)号'\n"
        "    result: {year: '3'}\n"
        "    note: this paper prints the year in the number of its volume\n"
        "    examples: [卷首2016号]\n"
        "    rejects: [卷首16号]\n",
        "utf-8",
    )
    page = tmp_path / "page.txt"
    page.write_text("卷首2016号\n\n" + PAGE, "utf-8")
    assert [r.when.edtf for r in kg.explain(page, rules=own)] == ["2016-05-04", "2016-05-05"]
    assert [r.when.edtf for r in kg.explain(page)] == ["XXXX-05-04", "XXXX-05-05"]
