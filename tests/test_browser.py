"""The explorer page in headless Chromium with the network off: what a person sees, finds, clicks and filters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from chrome import Chrome
from small_graph import VISIT, hostile, records

from kg import views
from kg.graph import Store

pytestmark = pytest.mark.browser

FIRST_SENTENCE = VISIT[: VISIT.index("。") + 1]
#: the colours of persons and events on the canvas
PERSON, EVENT = (0xD1, 0x60, 0x3D), (0x7B, 0x5E, 0xA7)


@pytest.fixture(scope="module")
def chrome(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with Chrome(chromium, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explorer")
    return views.write_view(Store.build(folder / "store", records()), folder / "explorer.html")


@pytest.fixture
def page(chrome: Chrome, page_file: Path) -> Chrome:
    """The page of the small graph, freshly opened; nothing that it did before counts."""
    chrome.send("Page.navigate", {"url": "about:blank"})
    chrome.resize(1280, 800)
    chrome.requests.clear()
    chrome.messages.clear()
    chrome.open(page_file)
    return chrome


def drawn(chrome: Chrome, colour: tuple[int, int, int]) -> int:
    """How many dots of the canvas have a colour: what is really painted, not what was meant to be."""
    red, green, blue = colour
    return int(
        chrome.run(
            "(() => { const c = document.querySelector('#mynetwork canvas'), d = c.getContext('2d')"
            ".getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i = 0; i < d.length; i += 4)"
            f" n += d[i] === {red} && d[i + 1] === {green} && d[i + 2] === {blue}; return n; }})()"
        )
    )


def panel(chrome: Chrome) -> str:
    return str(chrome.run("document.getElementById('panel').innerText"))


def click_node(chrome: Chrome, name: str) -> None:
    """A click of the mouse on the node of that name."""
    at = chrome.run(
        f"(() => {{ const p = explorer.where(explorer.node({name!r})), b = document.getElementById('mynetwork')"
        ".getBoundingClientRect(); return [b.x + p.x, b.y + p.y]; })()"
    )
    chrome.click(*at)


# ---------------------------------------------------------------- it opens


def test_nodes_are_drawn_and_nothing_is_asked_for(page: Chrome, page_file: Path) -> None:
    assert (
        len(page.run("explorer.shown()")) == 21
    )  # 26 nodes without 3 articles, their reporter, and what is only named
    assert "陈红民到淮河路街道调研" in page.run("explorer.labels()")
    assert page.requests == [page_file.resolve().as_uri()]
    assert page.messages == []
    assert drawn(page, PERSON) > 300 and drawn(page, EVENT) > 100


def test_the_policy_lets_nothing_out(page: Chrome, page_file: Path) -> None:
    asked = (
        "fetch('http://example.com/x').then(() => 'came', () => 'refused')",
        "new Promise(r => { const i = new Image(); i.onload = () => r('came'); i.onerror = () => r('refused');"
        " i.src = 'http://example.com/x.png'; })",
        "new Promise(r => { const s = document.createElement('script'); s.onload = () => r('came');"
        " s.onerror = () => r('refused'); s.src = 'http://example.com/x.js'; document.head.append(s); })",
        "(() => { const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.head.append(s); return window.ran ? 'came' : 'refused'; })()",
    )
    assert [page.run(script) for script in asked] == ["refused"] * 4
    # refused by the policy of the page, and not by the missing network
    outside = [url for url in page.requests if "example.com" in url]
    assert outside == [url for url in page.refused if "example.com" in url]
    assert len([m for m in page.messages if "Content Security Policy" in m]) >= 4


# ---------------------------------------------------------------- search


@pytest.mark.parametrize("typed", ["陈红民", "chen hongmin", "chenhongmin", "chm", "CHEN HONG MIN"])
def test_search_finds_a_person(page: Chrome, typed: str) -> None:
    page.click_on("#search")
    page.type(typed)
    page.settle()
    hits = page.run("[...document.querySelectorAll('#hits [role=option] .name')].map(e => e.textContent)")
    # the namesakes first, then what has the name in its own
    assert hits[:2] == ["陈红民", "陈红民"]
    page.press("Enter", 13)
    assert panel(page).split("\n")[:3] == ["×", "人物 · 公职人员", "陈红民"]
    assert page.run("document.getElementById('hits').hidden")


def test_search_finds_who_holds_a_post(page: Chrome) -> None:
    assert page.run("explorer.find('区委书记')")[:2] == ["二七区委书记", "陈红民"]
    assert set(page.run("explorer.find('qu zhang')")) == {"二七区区长", "苏建设"}
    assert page.run("explorer.find('没有这个人')") == []


def test_several_hits_are_listed_and_the_arrows_choose(page: Chrome) -> None:
    page.click_on("#search")
    page.type("二七区委")
    page.settle()
    hits = page.run("[...document.querySelectorAll('#hits [role=option] .name')].map(e => e.textContent)")
    assert hits[0] == "二七区委" and {"二七区委办", "二七区委书记", "二七区委副书记"} <= set(hits)
    page.press("ArrowDown", 40)
    page.press("Enter", 13)
    assert hits[1] in panel(page).split("\n")[2]


def test_a_link_to_a_name_opens_it(chrome: Chrome, page_file: Path) -> None:
    chrome.send("Page.navigate", {"url": "about:blank"})
    chrome.open(page_file, "#su%20jianshe")
    assert panel(chrome).split("\n")[2] == "苏建设"


# ---------------------------------------------------------------- clicks


def test_a_click_on_a_person_shows_posts_and_the_sentence(page: Chrome) -> None:
    page.run("explorer.choose('陈红民到淮河路街道调研')")
    page.settle()
    click_node(page, "崔世英")
    said = panel(page)
    assert said.split("\n")[2] == "崔世英"
    assert "崔世英 陪同 陈红民到淮河路街道调研" in said
    assert "区领导崔世英、翟国防，区委办、区委宣传部、淮河路街道等主要负责人陪同。" in said
    assert "2019-07-01 · 《陈红民带队到淮河路街道调研》 · erqi · 规则 who-accompanies · 可信度 0.8" in said
    assert page.run("[...document.querySelectorAll('#panel mark')].map(m => m.textContent)") == ["崔世英"]


def test_the_words_of_a_fact_stand_out_in_their_sentence(page: Chrome) -> None:
    page.run("explorer.choose('二七区委书记')")
    [first, *_] = page.run(
        "[...document.querySelectorAll('#panel blockquote')].map(e => [e.textContent,"
        " [...e.querySelectorAll('.round')].map(r => r.textContent)])"
    )
    assert first[0] == FIRST_SENTENCE
    assert first[1] == ["本报讯7月1日上午，", FIRST_SENTENCE.partition("陈红民")[2]]


def test_posts_are_listed_with_their_days(page: Chrome) -> None:
    page.run("explorer.choose('苏建设')")
    posts = page.run("[...document.querySelectorAll('#panel ul.posts li')].map(e => e.innerText.replace(/\\s+/g, ' '))")
    assert sorted(posts) == ["二七区区长 2019-07-03", "二七区委副书记 2019-07-03"]


def test_a_click_on_a_line_shows_the_sentence(page: Chrome) -> None:
    middle = (
        "(() => { const [a, b] = ['陈红民到淮河路街道调研', '淮河路街道'].map(explorer.node)"
        ".map((id, i) => i ? [...explorer.shown()].find(n => explorer.between(explorer.node('陈红民到淮河路街道调研'), n)"
        " && n !== id && document.title && JSON.parse(document.getElementById('kg-data').textContent)"
        ".nodes[Number(n.slice(1))].k === 'place') : id);"
        " const p = explorer.where(a), q = explorer.where(b), box = document.getElementById('mynetwork')"
        ".getBoundingClientRect(); return [box.x + (p.x + q.x) / 2, box.y + (p.y + q.y) / 2]; })()"
    )
    page.click(*page.run(middle))
    said = panel(page)
    assert "两者之间" in said
    assert FIRST_SENTENCE in said
    assert "规则 who-leads · 可信度 0.95" in said


def test_names_in_the_panel_lead_on_and_escape_closes(page: Chrome) -> None:
    page.run("explorer.choose('苏建设')")
    page.settle()
    page.click_on("#panel ul.posts a.to")
    assert panel(page).split("\n")[2] in ("二七区委副书记", "二七区区长")
    assert "苏建设 任" in panel(page)
    page.press("Escape", 27)
    assert panel(page).startswith(views.pyvis_page.TITLE)


def test_only_neighbours_and_reset(page: Chrome) -> None:
    page.run("explorer.choose('苏建设')")
    page.settle()
    page.click_on("#panel .acts button")
    shown = page.run("explorer.shown().length")
    assert shown == 4  # 苏建设, two posts, the meeting
    page.click_on("#reset")
    assert page.run("explorer.shown().length") == 21


# ---------------------------------------------------------------- filters and views


def test_a_tick_hides_and_shows_a_kind(page: Chrome) -> None:
    assert drawn(page, PERSON) > 300
    page.click_on("#kinds input[data-kind=person]")
    kinds = page.run(
        "[...new Set(explorer.shown().map(id => JSON.parse(document.getElementById('kg-data').textContent)"
        ".nodes[Number(id.slice(1))].k))].sort()"
    )
    assert "person" not in kinds and "event" in kinds
    assert drawn(page, PERSON) == 0 and drawn(page, EVENT) > 100
    page.click_on("#kinds input[data-kind=person]")
    assert drawn(page, PERSON) > 300


def test_the_legend_counts_every_kind(page: Chrome) -> None:
    rows = page.run(
        "[...document.querySelectorAll('#kinds label')].map(e => [e.querySelector('input').value,"
        " e.querySelector('input').checked, Number(e.querySelector('.n').textContent)])"
    )
    assert rows == [
        ["person", True, 6], ["post", True, 3], ["body", True, 7], ["event", True, 2], ["place", True, 2],
        ["initiative", True, 2], ["document", True, 1], ["article", False, 3], ["bare", False, 1],
    ]  # fmt: skip


def test_articles_bring_their_reporter(page: Chrome) -> None:
    page.click_on("#kinds input[data-kind=article]")
    assert page.run("explorer.shown().includes(explorer.node('张改华'))")
    assert page.run("explorer.shown().length") == 25


def test_what_is_only_named_waits_for_its_tick_and_is_found_by_search(page: Chrome) -> None:
    assert not page.run("explorer.shown().includes(explorer.node('商业街区建设'))")
    page.click_on("#kinds input[data-kind=bare]")
    assert page.run("explorer.shown().includes(explorer.node('商业街区建设'))")
    page.click_on("#kinds input[data-kind=bare]")
    page.run("explorer.choose('商业街区建设')")
    page.settle()
    assert page.run("explorer.shown().includes(explorer.node('商业街区建设'))")
    assert "提到" in panel(page)


def test_every_view_opens_without_a_complaint(page: Chrome) -> None:
    assert page.run("explorer.views") == ["all", "events", "person-body", "co-attendance"]
    page.run("explorer.choose('陈红民')")
    for number, nodes in ((4, 4), (3, 5), (2, 12), (1, 21)):
        page.click_on(f"#views button:nth-child({number})")
        assert page.run("explorer.shown().length") == nodes
    assert page.messages == []


# ---------------------------------------------------------------- room


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1024, 700), (390, 844)])
def test_nothing_covers_the_graph_or_leaves_the_window(page: Chrome, width: int, height: int) -> None:
    page.resize(width, height, phone=width < 500)
    page.run("explorer.choose('陈红民')")
    page.settle()
    boxes = page.run(
        "Object.fromEntries(['bar', 'legend', 'picture', 'panel'].map(id => { const b = document.getElementById(id)"
        ".getBoundingClientRect(); return [id, [b.left, b.top, b.right, b.bottom].map(Math.round)]; }))"
    )
    left, top, right, bottom = boxes["picture"]
    assert right - left >= min(width, 380) * 0.9 and bottom - top >= 200
    for name, (x0, y0, x1, y1) in boxes.items():
        assert 0 <= x0 < x1 <= width and 0 <= y0 < y1 <= height, name
        if name != "picture":
            assert x1 <= left or x0 >= right or y1 <= top or y0 >= bottom, name
    assert page.run("document.documentElement.scrollWidth") <= width
    scrolls = "(() => { const p = document.getElementById('panel'); p.scrollTop = 1e6; return p.scrollTop > 0; })()"
    assert page.run(scrolls)


# ---------------------------------------------------------------- names that would do harm


def test_markup_in_names_is_shown_and_runs_nothing(chrome: Chrome, tmp_path: Path) -> None:
    path = views.write_view(Store.build(tmp_path / "store", hostile()), tmp_path / "hostile.html", title="<b>标题</b>")
    chrome.send("Page.navigate", {"url": "about:blank"})
    chrome.requests.clear()
    chrome.messages.clear()
    chrome.dialogs.clear()
    chrome.open(path)
    nodes = chrome.run("explorer.shown()")
    assert len(nodes) >= 5
    for node in nodes:
        name = chrome.run(f"JSON.parse(document.getElementById('kg-data').textContent).nodes[{int(node[1:])}].l")
        chrome.run(f"explorer.choose({name!r})")
        chrome.settle()
        assert name in panel(chrome).replace("\n", " ")
    chrome.click_on("#search")
    chrome.type("<img")
    chrome.settle()
    assert chrome.run("document.querySelectorAll('#hits [role=option]').length") >= 1
    assert chrome.run("document.title") == "<b>标题</b>"
    assert chrome.run("document.querySelectorAll('img, #panel script, #hits script, #panel b b').length") == 0
    assert chrome.requests == [path.resolve().as_uri()]
    assert (chrome.messages, chrome.dialogs) == ([], [])


# ---------------------------------------------------------------- the real pages, and many nodes


def test_the_sample_pages_make_a_page_to_explore(chrome: Chrome, seed_store: Path, tmp_path: Path) -> None:
    path = views.write_view(Store.open(seed_store), tmp_path / "seeds.html")
    chrome.send("Page.navigate", {"url": "about:blank"})
    chrome.requests.clear()
    chrome.messages.clear()
    chrome.open(path)
    chrome.click_on("#search")
    chrome.type("陈红民")
    chrome.settle()
    chrome.press("Enter", 13)
    said = panel(chrome)
    assert "二七区委书记" in said
    assert chrome.run("[...document.querySelectorAll('#panel blockquote')].some(e => e.innerText.includes('陈红民'))")
    assert chrome.requests == [path.resolve().as_uri()]
    assert chrome.messages == []


def test_two_thousand_nodes_open_and_can_be_searched(chrome: Chrome, tmp_path: Path) -> None:
    made = nx.barabasi_albert_graph(2300, 2, seed=1)
    graph = nx.MultiDiGraph()
    for node in made:
        graph.add_node(
            f"x{node}", label=f"节点{node}号", kind="person" if node % 3 else "event", search=f"节点{node}号"
        )
    graph.add_edges_from((f"x{a}", f"x{b}", {"label": "出席"}) for a, b in made.edges())
    path = views.write_view(graph, tmp_path / "large.html")
    chrome.send("Page.navigate", {"url": "about:blank"})
    chrome.messages.clear()
    chrome.open(path)
    assert chrome.run("explorer.shown().length") == 2000
    assert "2300 个节点" in chrome.run("document.getElementById('note').innerText")
    labels = chrome.run("explorer.labels().length")
    assert 10 <= labels <= 400
    chrome.run("explorer.choose('节点7号')")
    chrome.settle()
    assert panel(chrome).split("\n")[2] == "节点7号"
    assert chrome.messages == []
