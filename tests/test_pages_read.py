"""Files of every kind become pages, or one clear line says why not."""

from __future__ import annotations

import io
import random
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "pages"))

import press
from stories import STORIES

from kg.errors import PageError
from kg.model import Page
from kg.pages import articles, find_pages, layout, page_from_bytes, read

TEXT = "本报讯 6月18日，临江区召开防汛抗旱工作会议，安排当前重点任务。\n记者 罗小兰\n"


# ---------------------------------------------------------------- which files


def test_folders_globs_and_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.html", "notes.docx", ".hidden.txt", "README.md"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "d.txt").write_text(TEXT, "utf-8")
    assert [p.name for p in find_pages([tmp_path])] == ["a.md", "b.txt", "c.html", "d.txt"]
    assert [p.name for p in find_pages([f"{tmp_path}/*.txt"])] == ["b.txt"]
    assert [p.name for p in find_pages([tmp_path / "b.txt", tmp_path, tmp_path / "b.txt"])] == ["b.txt", "a.md", "c.html", "d.txt"]
    assert [p.name for p in find_pages([tmp_path / "notes.docx"])] == ["notes.docx"]
    assert find_pages(["-"]) == [Path("-")]


@pytest.mark.parametrize(
    ("name", "words"), [("missing", "no such file or folder"), ("empty", "no pages in this folder"), ("*.pdf", "no file fits")]
)
def test_nothing_found(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PageError, match=words) as error:
        find_pages([tmp_path / name])
    assert "\n" not in str(error.value)


# ---------------------------------------------------------------- encodings

TRADITIONAL = "本報訊 6月18日，臨江區召開防汛工作會議，學習貫徹省、市部署，安排當前重點任務。區長譚衛東出席會議並講話。\n記者 羅小蘭\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32"),
    ],
)
def test_encodings_are_told_apart(data: bytes, encoding: str) -> None:
    page = page_from_bytes(data, "x")
    assert (page.text, page.encoding) == (TEXT, encoding)


def test_big5() -> None:
    page = page_from_bytes(TRADITIONAL.encode("big5"), "x")
    assert (page.text, page.encoding) == (TRADITIONAL, "big5")
    assert articles(page)[0].bylines[0].person == "羅小蘭"


def test_the_encoding_given_overrides() -> None:
    assert page_from_bytes(TEXT.encode("gbk"), "x", encoding="gbk").encoding == "gbk"
    with pytest.raises(PageError, match="not utf-8 at byte 0"):
        page_from_bytes(TEXT.encode("gbk"), "x", encoding="utf-8")
    with pytest.raises(PageError, match="unknown encoding klingon"):
        page_from_bytes(TEXT.encode(), "x", encoding="klingon")


def test_a_damaged_byte_is_told() -> None:
    data = (TEXT * 20).encode()
    page = page_from_bytes(data[:50] + b"\xff" + data[50:], "x")
    assert {d.kind for d in page.doubts} == {"encoding", "debris"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "binary"),
        (b"The council met on Monday and agreed on the budget for the coming year.", "not Chinese"),
        ("地方議会は月曜日に会合を開き、来年度の予算について合意しました。これからもよろしくお願いします。".encode(), "not Chinese"),
        ("Стороны подписали соглашение о сотрудничестве".encode(), "not Chinese"),
        (b"%PDF-1.4 broken", "PDF"),
        (b"\x00" * 500, "empty"),
    ],
)
def test_what_is_no_page_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(PageError, match=words) as error:
        page_from_bytes(data, "x", "archive/x.txt")
    assert str(error.value).startswith("archive/x.txt: ")
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 2


def test_read_names_the_page_after_its_file(tmp_path: Path) -> None:
    path = tmp_path / "二七_20190705.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    page = read(path)
    assert page.name == "二七_20190705"
    assert len(page.digest) == 64
    with pytest.raises(PageError, match="No such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(PageError, match="a folder"):
        read(tmp_path)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO(TEXT.encode())

    monkeypatch.setattr(sys, "stdin", Input())
    page = read("-")
    assert (page.name, page.text) == ("stdin", TEXT)


# ---------------------------------------------------------------- formats

HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>临江区召开会议-临江新闻网</title></head><body>
<div class="nav"><a href="/">首页</a> | <a href="/yw">要闻</a></div>
<div class="article"><h1>临江区召开防汛抗旱工作会议</h1><div class="info">来源：临江日报 2021-06-19 09:12</div>
<p>　　本报讯（记者 罗小兰）6月18日，临江区召开防汛抗旱工作会议，学习贯彻省、市防汛工作部署，安排当前重点任务。区长谭卫东出席会议并讲话。</p>
<p>　　谭卫东强调，各镇街要落实24小时值班制度，6月30日前完成全部隐患点的避险演练，确保安全度汛。</p></div>
<div class="foot">版权所有 临江新闻网 电话：12345678</div></body></html>"""


@pytest.mark.parametrize("suffix", [".html", ".txt"])
def test_html(suffix: str) -> None:
    pytest.importorskip("trafilatura")
    page = page_from_bytes(HTML.encode("gb18030"), "x", suffix=suffix)
    (article,) = articles(page)
    assert article.headline == "临江区召开防汛抗旱工作会议"
    assert [(b.person, b.role) for b in article.bylines] == [("罗小兰", "reporter")]
    assert article.text.startswith("本报讯（记者 罗小兰）6月18日")
    assert article.text.endswith("确保安全度汛。")


def test_html_without_text_is_refused() -> None:
    pytest.importorskip("trafilatura")
    with pytest.raises(PageError, match=r"no article text|not Chinese|broken HTML"):
        page_from_bytes(b"<!DOCTYPE html><html><head></head><body></body></html>", "x", suffix=".html")


def set_pdf(columns: list[tuple[press.Story, int, int, int, int]]) -> bytes:
    """A PDF page: each story at x, y with so many columns of so many characters, under a larger headline."""
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=(820, 1100))
    for story, x, y, count, width in columns:
        page.setFont("STSong-Light", 18)
        for line in story.headline:
            page.drawString(x, y, line)
            y -= 24
        lines: list[tuple[int, str]] = []
        for p, paragraph in enumerate([*story.paragraphs, press.byline(story, "plain")]):
            cut = press.wrap(("本报讯 " if p == 0 else "") + paragraph, width, 2)
            lines += [(20 if i == 0 else 0, line) for i, line in enumerate(cut)]
        page.setFont("STSong-Light", 10)
        each = -(-len(lines) // count)
        for i, (indent, line) in enumerate(lines):
            page.drawString(x + i // each * (width * 10 + 20) + indent, y - 10 - i % each * 14, line)
    page.save()
    return out.getvalue()


def test_pdf_columns_in_reading_order() -> None:
    pytest.importorskip("pdfplumber")
    first, second, third = STORIES[0], STORIES[2], STORIES[7]
    data = set_pdf([(first, 40, 1050, 3, 22), (second, 40, 800, 2, 20), (third, 520, 800, 1, 22)])
    found = articles(page_from_bytes(data, "x", suffix=".pdf"))
    assert [a.headline for a in found] == [" ".join(s.headline) for s in (first, second, third)]
    for article, story in zip(found, (first, second, third), strict=True):
        body = article.text[slice(*article.prose)]
        assert "".join(body.split()) == "".join(story.paragraphs)
        assert [(b.person, b.role) for b in article.bylines] == press.names(story)


def test_a_pdf_without_text_is_refused() -> None:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    pytest.importorskip("pdfplumber")
    out = io.BytesIO()
    page = canvas.Canvas(out)
    page.rect(10, 10, 100, 100)
    page.save()
    with pytest.raises(PageError, match="PDF without text"):
        page_from_bytes(out.getvalue(), "x", suffix=".pdf")


# ---------------------------------------------------------------- anything at all

PIECES = ["本报讯 ", "记者 ", "通讯员 ", "（", "）", "。", "\n", "\n\n", "# ", "## ", "　", "“", "”", "会议召开", "6月 1日", "---", "**", "张三",
          "来源：", "图为", "，", "\r\n", "\u2028", "\x00", "\ud800", "\ufeff", "一、", "五里堡街道 "]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=60))
@example(["\ud800"])
@example(["**", "\n", "**"])
@example(["#"])
def test_any_text_has_a_layout_and_true_offsets(pieces: list[str]) -> None:
    page = Page("x", "x", "".join(pieces), "")
    found = layout(page)
    for article in found.articles:
        assert len(article.text) == len(article.norm) == len(article.offsets)
        assert 0 <= article.prose[0] <= article.prose[1] <= len(article.text)
        for char, at in zip(article.text, article.offsets, strict=True):
            assert page.text[at] == char or (char == "\n" and page.text[at].isspace())
        for span in (*article.headline_spans, *(s for d in article.doubts for s in d.spans)):
            assert 0 <= span.start <= span.end <= len(page.text)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_become_a_page_or_one_clear_line(data: bytes) -> None:
    try:
        page = page_from_bytes(data, "x")
    except PageError as error:
        assert str(error).startswith("x: ")
        assert "\n" not in str(error)
    else:
        assert layout(page).page is page


@pytest.mark.parametrize(
    "text",
    [
        "会" * 3_000_000,
        "会议召开。" * 400_000,
        "（记者 " * 100_000,
        "# 临江区召开工作会议\n" * 10_000,
        "本报讯 临江区召开工作会议，部署\n\n" * 5_000,
        "会 " * 300_000,
        "\n" * 1_000_000 + "会议召开。",
    ],
    ids=["one-line", "sentences", "brackets", "headings", "broken-leads", "spaced", "blank"],
)
def test_large_and_odd_pages_are_read_to_the_end(text: str) -> None:
    found = layout(Page("x", "x", text, ""))
    read_chars = sum(len(a.text) for a in found.articles) + sum(len(x.text) for x in found.unassigned)
    assert read_chars >= len("".join(text.split())) * 0.8


def test_the_same_page_twice_gives_the_same_layout() -> None:
    rng = random.Random(1)
    printed = press.hard_wrapped(STORIES, rng)
    page = page_from_bytes(printed.text.encode(), "x")
    assert layout(page) == layout(page)
