"""Known articles, set in the layouts of local papers, come back as they went in: bodies, headlines, bylines, offsets."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent / "pages"))

import press
from stories import STORIES

from kg.model import Article, Page
from kg.pages import layout, page_from_bytes

SEEDS = st.integers(0, 10_000)


def squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def folded(text: str) -> str:
    return squeeze(text).translate(str.maketrans(",:;()?!", "，：；（）？！"))


def read_back(printed: press.Printed) -> tuple[Page, tuple[Article, ...]]:
    page = page_from_bytes(printed.text.encode(), "set")
    return page, layout(page).articles


def assert_offsets(page: Page, articles: tuple[Article, ...]) -> None:
    """Every character of an article stands at its offset (a paragraph break: on white space of the page)."""
    assert articles
    for article in articles:
        assert len(article.text) == len(article.norm) == len(article.offsets)
        for char, at in zip(article.text, article.offsets, strict=True):
            assert page.text[at] == char or (char == "\n" and page.text[at].isspace())
        whole = "".join(page.text[s.start : s.end] for s in article.raw_spans(0, len(article.text)))
        assert squeeze(article.text) == squeeze(whole)
        assert " ".join(page.text[s.start : s.end] for s in article.headline_spans).split() == article.headline.split()
        for byline in article.bylines:
            assert all(squeeze(page.text[s.start : s.end]) == byline.person for s in byline.spans)


def assert_same(printed: press.Printed, bodies: bool = True) -> None:
    page, articles = read_back(printed)
    assert_offsets(page, articles)
    got = {squeeze(a.text): a for a in articles}
    assert sorted(got) == sorted(squeeze(b) for b in printed.bodies)
    for body, headline, by in zip(printed.bodies, printed.headlines, printed.bylines, strict=True):
        article = got[squeeze(body)]
        assert folded(article.headline) == folded(headline)
        assert sorted((b.person, b.role) for b in article.bylines) == sorted(by)


def choose(rng: random.Random) -> list[press.Story]:
    return rng.sample(STORIES, rng.randrange(3, len(STORIES) + 1))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_columns_with_headlines_before_their_articles(seed: int) -> None:
    rng = random.Random(seed)
    assert_same(press.hard_wrapped(choose(rng), rng, displaced=False))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_columns_without_any_blank_line(seed: int) -> None:
    rng = random.Random(seed)
    assert_same(press.hard_wrapped(choose(rng), rng, displaced=False, blank=False))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_columns_without_lead_marker_or_blank_line(seed: int) -> None:
    rng = random.Random(seed)
    assert_same(press.hard_wrapped(choose(rng), rng, displaced=False, blank=False, mark=""))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_columns_copied_in_turns(seed: int) -> None:
    rng = random.Random(seed)
    assert_same(press.interleaved(choose(rng), rng))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_short_items_behind_bullets(seed: int) -> None:
    rng = random.Random(seed)
    assert_same(press.briefs(choose(rng), rng))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_markdown(seed: int) -> None:
    rng = random.Random(seed)
    assert_same(press.markdown(choose(rng), rng))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_web_pages_one_behind_the_other(seed: int) -> None:
    rng = random.Random(seed)
    assert_same(press.web(choose(rng), rng))


@pytest.mark.parametrize(
    ("blank", "mark", "least"),
    [(True, "本报讯", 0.98), (True, "", 0.98), (False, "本报讯", 0.95), (False, "", 0.87)],
    ids=["usual", "without lead markers", "without blank lines", "without both"],
)
def test_columns_with_displaced_headlines(blank: bool, mark: str, least: float) -> None:
    """Before, behind, or far away: over 200 pages, nearly every headline finds its article and no body is torn."""
    total = right = 0
    for seed in range(200):
        rng = random.Random(seed)
        printed = press.hard_wrapped(choose(rng), rng, blank=blank, mark=mark)
        page, articles = read_back(printed)
        assert_offsets(page, articles)
        got = {squeeze(a.text): a for a in articles}
        for body, headline in zip(printed.bodies, printed.headlines, strict=True):
            total += 1
            article = got.get(squeeze(body))
            right += article is not None and folded(article.headline) == folded(headline)
    assert right / total >= least


def test_headlines_run_together_in_one_line() -> None:
    total = right = 0
    for seed in range(100):
        rng = random.Random(seed)
        printed = press.run_together(choose(rng), rng)
        page, articles = read_back(printed)
        assert_offsets(page, articles)
        got = {squeeze(a.text): a for a in articles}
        for body, headline in zip(printed.bodies, printed.headlines, strict=True):
            total += 1
            article = got.get(squeeze(body))
            right += article is not None and folded(article.headline) == folded(headline)
    assert right / total >= 0.95


def test_items_under_banners() -> None:
    total = right = 0
    for seed in range(100):
        rng = random.Random(seed)
        printed = press.items(choose(rng), rng)
        page, articles = read_back(printed)
        assert_offsets(page, articles)
        got = {squeeze(a.text): a for a in articles}
        for body, headline in zip(printed.bodies, printed.headlines, strict=True):
            total += 1
            article = got.get(squeeze(body))
            right += article is not None and folded(article.headline) == folded(headline)
    assert right / total >= 0.9


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_same_page_in_another_encoding(encoding: str) -> None:
    rng = random.Random(7)
    printed = press.hard_wrapped(choose(rng), rng)
    plain = layout(page_from_bytes(printed.text.encode(), "set")).articles
    other = layout(page_from_bytes(printed.text.encode(encoding), "set")).articles
    assert len(plain) == len(printed.bodies)
    assert other == plain


BELOW = """云山新闻 2022年8月19日 星期五

何立来我县调研引水工程

8月15日下午，副市长何立来我县调研引水工程，县长赵敏等领导陪同调研。

8月16日，省农科院课题组来到我县，就茶产业发展情况进行调研。课题组一行先后来到三家茶园和一家茶厂实地察看。

省农科院课题组
来我县调研茶产业

全县秋季防火工作会议召开

8月17日，全县秋季防火工作会议召开。副县长马晓云出席并讲话，要求各乡镇加强巡查。

8月18日，县委常委、组织部部长沈青到物流园调度项目建设，并召开了项目推进会。县发改局负责人陪同。

沈青现场调度项目建设
"""


def test_headlines_below_their_items_part_them() -> None:
    read = layout(page_from_bytes(BELOW.encode(), "below")).articles
    assert [(a.headline, squeeze(a.text)[:6]) for a in read] == [
        ("何立来我县调研引水工程", "8月15日下"),
        ("省农科院课题组 来我县调研茶产业", "8月16日，"),
        ("全县秋季防火工作会议召开", "8月17日，"),
        ("沈青现场调度项目建设", "8月18日，"),
    ]


def test_a_second_day_of_one_event_parts_nothing() -> None:
    text = BELOW.replace("省农科院课题组\n来我县调研茶产业\n\n", "").replace("\n沈青现场调度项目建设\n", "")
    read = layout(page_from_bytes(text.encode(), "plain")).articles
    assert [a.headline for a in read] == ["何立来我县调研引水工程", "全县秋季防火工作会议召开"]


BULLETS = """云山新闻 2022年8月19日 星期五

要闻简报

◆8月15日，副市长何立来我县调研引水工程，县长赵敏陪同调研。
◆8月16日，全县茶产业推进会召开，副县长马晓云出席。

2022年8月12日 星期五

沈青到包挂项目走访调研

◆8月11日下午，县委常委、组织部部长沈青到包挂项目走访调研。沈青要求，要强化服务。

市水利局来我县督导河道治理

◆8月10日，市水利局副局长段文一行来我县督导河道治理工作。
"""


def test_items_behind_bullets_with_headlines_and_without() -> None:
    read = layout(page_from_bytes(BULLETS.encode(), "bullets")).articles
    assert [a.headline for a in read] == ["", "", "沈青到包挂项目走访调研", "市水利局来我县督导河道治理"]


CAPTIONS = """云山新闻 2022年8月19日 星期五

志愿服务活动启动

8月15日，团县委在县第一中学举行志愿服务活动启动仪式，副县长何立出席。
团县委赵敏副书记主持启动仪式
县第一中学马晓云校长致辞
教育局段文副局长宣读方案
学生代表宣读倡议书
全体志愿者宣誓
副县长何立为服务队授旗
何立副县长强调，志愿者们要传播文明理念，在奉献中成长。
"""


def test_what_pictures_show_parts_no_article() -> None:
    read = layout(page_from_bytes(CAPTIONS.encode(), "captions")).articles
    assert [a.headline for a in read] == ["志愿服务活动启动"]
