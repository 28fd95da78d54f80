"""The five seed pages and four hand-made ones, as a careful reader divides them. Expected values come from reading."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.model import Article
from kg.pages import Layout, articles, find_pages, layout, read
from kg.pages.bylines import parse
from kg.pages.lines import is_banner, lead_end
from kg.rules import load_rules

ROOT = Path(__file__).parent.parent
SEEDS = {p.name[:3]: p for p in sorted((ROOT / "seeds").glob("*.txt"))}
PAGES = Path(__file__).parent / "pages"


def seed(number: str) -> Layout:
    return layout(read(SEEDS[number]))


def outline(found: tuple[Article, ...]) -> list[tuple[str, str, str]]:
    """Headline, first and last six characters of the prose."""
    return [(a.headline, a.text[slice(*a.prose)][:6], a.text[slice(*a.prose)][-6:]) for a in found]


def by(article: Article) -> list[tuple[str, str]]:
    return [(b.person, b.role) for b in article.bylines]


# ---------------------------------------------------------------- seeds


def test_page_000_headlines_before_behind_and_two_articles_away() -> None:
    assert outline(seed("000").articles) == [
        ("二七区召开精神文明建设 暨创文工作推进会", "6月26日，", "推动工作落实。"[-6:]),
        (
            "二七区召开“迎民族盛会 庆七十华诞”城市环境综合整治提升动员会 全民行动 做好城市环境综合整治提升",
            "城市管理没有",
            "位，限期整改。"[-6:],
        ),
        ("陈红民带队到淮河路街道调研 推进齐礼阎党群服务中心实质性建设", "7月1日上午", "街区发展品质。"[-6:]),
        ("二七区打造“5G新型智慧城市创新示范区”", "6月25日下", "作专题讲座。"),
        ("二七区召开智能门禁 建设工作现场会", "6月26日下", "感和满意度。"),
        ("二七区：把城市环境综合整治提升 落到行动上、落在细节上", "7月3日上午", "督导促进作用。"[-6:]),
    ]


def test_page_001_the_top_story_has_its_headline_in_the_last_third_of_the_page() -> None:
    found = seed("001").articles
    assert outline(found) == [
        ("以城市高品质发展 推动“三个二七”高质量建设", "11月18日", "浓厚良好氛围。"[-6:]),
        ("宣讲骨干培训会举行 让全会精神深入人心", "为深刻领会党", "宣讲工作任务。"[-6:]),
        ("加强基层基础建设 推进主题教育走深走实", "近日，二七区", "具体民生实事。"[-6:]),
        (
            "区领导实地调研创文工作，现场研究解决存在问题 横向到边、纵向到底、无缝对接 全力以赴抓好文明城市创建",
            "11月14日",
            "出积极贡献。",
        ),
        ("专项治理非机动车和行人交通违法", "11月22日", "提升文明素养。"[-6:]),
        ("二七区高层次人才专题培训班开班", "11月24日", "的伟大成就。"),
    ]
    assert by(found[2]) == [("景静", "reporter"), ("徐克镜", "correspondent"), ("赵恒溢", "correspondent")]
    doubts = {d.kind for d in found[0].doubts}
    assert doubts == {"displaced-headline", "ambiguous-headline"}


def test_page_002() -> None:
    found = seed("002").articles
    assert [a.headline for a in found] == [
        "路院同治打造美丽街区 有机更新让老城区更宜居",
        "市区两级人大代表 视察二七区民政工作",
        "二七区探索街道专业化管理模式 专业人做专业事 让城市更美好",
        "承办“5G智慧社会”论坛，探索智慧城市发展模式 二七区努力打造成智慧社会的样板间",
        "区领导带队督导 火车站周边安全生产工作",
        "区领导督导辖区安全生产",
    ]
    assert by(found[0]) == [("景静", "reporter")]  # 记者从…了解到 in its first sentence is no byline
    assert by(found[1]) == [("景静", "reporter"), ("左学彬", "correspondent"), ("周祎", "correspondent")]


def test_page_003_markdown() -> None:
    found = seed("003").articles
    assert [a.headline for a in found] == [
        "二七区召开2020年党管武装工作会议 奋力开创新时代党管武装工作新局面",
        "二七区委政法工作会议 明确八个方面工作",
        "多措并举落实落细 全力做好学校复学工作",
        "二七区高品质改造老旧小区 “内外兼修”让群众住得满意",
        "打造“网红经济新地标” 培育新经济业态集聚区",
        "坚决打好序化洁化专项整治行动攻坚战 持续提升城市精细化管理水平",
    ]
    assert all(a.headline_score == 1.0 for a in found)
    # a paragraph broken after eleven characters goes on behind the blank line
    assert "\n在推进会上,听取了全区老旧小区改造工作推进情况后,陈红民表示" in found[3].text


def test_page_004_items_without_leads_and_two_columns_interleaved() -> None:
    found = seed("004").articles
    assert [a.headline for a in found] == [
        "今年,二七区持续深化创文工作 有力提升城市文明程度",
        "五里堡街道 授牌“文明商户”,以多元共治的力量让城市更美好",
        "一马路街道 打造文明社区文化墙",
        "嵩山路街道 创文宣传进社区",
        "解放路街道 集中清理废弃非机动车辆",
        "福华街街道 重点整治市容“四乱”问题",
        "侯寨乡 每周开展全城清洁,力促颜值再提升",
        "大学路街道 “三步走”深化散煤治理宣传工作",
        "二七区 添防尘除霾新武器",
    ]
    intro, _, walls, handbook = found[:4]
    assert by(intro) == [("景静", "reporter")] + [(x, "correspondent") for x in ("费晓歌", "王莹莹", "张国昌")]
    assert all(not a.bylines for a in found[1:])
    # the second column of 一马路街道 stands below the first column of 嵩山路街道
    assert walls.text.endswith("成为闹市区一道亮丽的")
    assert "\n来到陇海大院社区,首先映入眼帘的" in walls.text
    assert "组织辖区志愿者活动中,社区志愿者将" in handbook.text
    assert len(walls.raw_spans(0, len(walls.text))) == 2
    assert any(d.kind == "seam" for d in walls.doubts)
    assert any(d.kind == "broken-sentence" for d in walls.doubts)


def test_page_004_banners_and_captions_belong_to_nobody() -> None:
    loose = [x.text for x in seed("004").unassigned]
    assert loose == [
        "查漏补缺抓整改 凝心聚力促提升 改造基础设施 提升城区“颜值” “创文”亮点多,文明让二七生活更美好",
        "全区创文工作进展如何? 看这里",
        "五里堡街道为“文明商户”授牌",
        "提升文明素养",
        "嵩山路街道创文宣传进社区",
        "解放路街道清理废弃非机动车辆",
        "侯寨乡每周开展全城清洁,力促颜值再提升",
        "各单位怎样推进创建工作? 看这里",
        "改善城市环境",
        "保卫蓝天白云",
    ]


@pytest.mark.parametrize(
    ("page", "part"),
    [
        ("000", "二七区委常委、宣传部长崔世英出席会议"),
        ("000", "区委副书记、区长苏建设表示"),
        ("000", "7月20日之前，在全区层面要打造3个以上的观摩亮点"),
        ("000", "“迎民族盛会 庆七十华诞”城市环境综合整治提升动员会，对全区"),
        ("001", "11月14日，二七区委书记陈红民带队"),
        ("002", "长江路嵩山路口北京华联商场"),
        ("002", "棉纺东路20号院"),
    ],
)
def test_words_cut_by_the_line_are_whole_again(page: str, part: str) -> None:
    assert any(part in a.text for a in seed(page).articles)


def test_norm_folds_marks_and_keeps_the_length() -> None:
    for number in SEEDS:
        for a in seed(number).articles:
            assert len(a.norm) == len(a.text)
    assert "4月9日，二七区召开2020年党管武装工作会议，进一步" in seed("003").articles[0].norm


# ---------------------------------------------------------------- hand-made pages


def test_page_furniture_and_bylines_below_the_headline() -> None:
    found = layout(read(PAGES / "furniture.txt"))
    assert [(a.headline, by(a)) for a in found.articles] == [
        ("全市乡村振兴现场推进会在我县召开", [("刘洋", "reporter"), ("陈思", "correspondent")]),
        ("县人大常委会开展执法检查", [("孙丽", "reporter")]),
        ("青山镇：筑牢防汛“安全堤”", []),
        ("柳林镇：反诈宣传进校园", []),
    ]
    assert found.articles[0].text.startswith("5月16日，全市乡村振兴")
    assert found.articles[1].text.endswith("形成工作合力。")  # the caption below it is not its text
    assert [(x.kind, x.text[:6]) for x in found.unassigned] == [
        ("meta", "2021年5"),
        ("meta", "责编：李小明"),
        ("caption", "图为检查组在"),
        ("banner", "一线速递"),
    ]


def test_no_blank_lines_and_bracketed_leads() -> None:
    found = articles(read(PAGES / "tight.txt"))
    assert outline(found) == [
        ("县政府召开第十次常务会议 研究部署安全生产等工作", "6月3日，县", "了其他事项。"),
        ("“银发课堂”暖夕阳", "近日，东湖街", "每周开课两次。"[-6:]),
    ]
    assert [by(a) for a in found] == [[("王强", "reporter")], [("赵静", "correspondent")]]


def test_sections_above_headings_are_banners_and_kickers_are_not() -> None:
    found = layout(read(PAGES / "sections.md"))
    assert [(a.headline, by(a)) for a in found.articles] == [
        ("江城区召开重大项目集中开工动员会 ——总投资126亿元 涉及23个项目", [("高翔", "reporter")]),
        ("肩题：办好民生实事 老旧小区加装电梯突破百台", [("江雪", "reporter"), ("田甜", "reporter")]),
    ]
    assert found.articles[0].text[slice(*found.articles[0].prose)].startswith("9月2日，江城区")
    assert [x.text for x in found.unassigned if x.kind == "banner"] == [
        "# 江城区融媒周报 2022年9月5日",
        "## 要闻",
        "## 民生",
    ]


def test_traditional_script_is_read_and_printed_as_it_stands() -> None:
    first, second = articles(read(PAGES / "traditional.txt"))
    assert (first.headline, by(first)) == ("九龍城討論舊區重建 升降機年底完工", [("陳大文", "reporter")])
    assert (second.headline, by(second)) == ("觀塘海濱活化計劃啟動", [("林小燕", "reporter")])
    assert first.text[slice(*first.prose)].startswith("九龍城區議會昨日召開特別會議")
    assert "九龙城区议会昨日召开特别会议" in first.norm


def test_subheads_in_a_dated_web_page_open_no_article() -> None:
    found = articles(read(PAGES / "dated.txt"))
    assert outline(found) == [
        ("江北区召开安全生产工作会议", "3月4日，江", "企业38家。"),
        ("江北发布“人才新政20条”", "3月5日，江", "元安家补助。"),
    ]
    assert "\n压实责任 织密防护网\n会议指出" in found[0].text
    assert by(found[0]) == [("周舟", "reporter")]


def test_a_feature_with_kicker_subtitle_and_subheads() -> None:
    found = articles(read(PAGES / "feature.txt"))
    assert [a.headline for a in found] == [
        "江北区： 办好民生“关键小事” ——我区2021年民生实事项目推进综述",
        "江北发布“人才新政20条”",
        "",
        "",
    ]
    assert by(found[0]) == [("陈晨", "reporter"), ("吴江", "correspondent")]
    # short items behind a bullet are articles; 孔浦 is the street that sent the first one in, no person
    assert [a.text[:6] for a in found[2:]] == ["●3月1日，", "●近日，区红"]
    assert [by(a) for a in found[2:]] == [[], [("周舟", "reporter")]]
    assert found[0].text.startswith("“电梯装好了，我妈终于能自己下楼了！”3月2日")
    assert found[0].text.endswith("各责任单位要挂图作战、销号管理。")


def test_deeper_headings_are_subheads() -> None:
    found = articles(read(PAGES / "subheads.md"))
    assert "\n压实责任\n会议指出" in found[0].text
    assert outline(found) == [
        ("江北区召开安全生产工作会议", "3月4日，江", "企业38家。"),
        ("江北发布“人才新政20条”", "3月5日，江", "元安家补助。"),
    ]


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("记者 张改华  通讯员 张雅青", [("张改华", "reporter"), ("张雅青", "correspondent")]),
        ("（记者 张三　通讯员 李四 王五）", [("张三", "reporter"), ("李四", "correspondent"), ("王五", "correspondent")]),
        ("本报记者 欧阳静 文/图", [("欧阳静", "reporter")]),
        ("□ 全媒体记者 张 伟 实习生 李小明", [("张伟", "reporter"), ("李小明", "reporter")]),
        ("通讯员 阿不力孜·吐尔逊", [("阿不力孜·吐尔逊", "correspondent")]),
        ("记者 景静 通讯员 费晓歌 王莹莹 张国昌 文图", [("景静", "reporter")] + [(x, "correspondent") for x in ("费晓歌", "王莹莹", "张国昌")]),
        ("记者张三通讯员李四", [("张三", "reporter"), ("李四", "correspondent")]),
        ("作者：宁静", [("宁静", "reporter")]),
    ],
)
def test_bylines(text: str, names: list[tuple[str, str]]) -> None:
    found = parse(text)
    assert found is not None
    assert [(n.person, n.role) for n in found.names] == names


@pytest.mark.parametrize(
    "text",
    ["记者从二七区老旧小区改造提升工作推进会上了解到", "记者了解到，该区", "二七区召开智能门禁", "通讯工程学院", "文明是一个城区的软实力"],
)
def test_no_bylines(text: str) -> None:
    assert parse(text) is None


def test_editors_wrote_nothing() -> None:
    found = parse("责编：李小明 校对：王芳")
    assert found is not None
    assert found.credit
    assert found.names == ()


def test_lead_rules_fire_on_their_examples_and_not_on_their_rejects() -> None:
    rules = list(load_rules("lead"))
    assert len(rules) >= 5
    for rule in rules:
        assert all(rule.pattern.search(x["text"]) for x in rule.examples)
        assert not any(rule.pattern.search(x) for x in rule.rejects)


def test_lead_end() -> None:
    assert lead_end("本报讯 6月 26日") == 3
    assert lead_end("【本报讯】近日") == 5
    assert lead_end("记者从会上获悉") == 0


def test_banners() -> None:
    assert is_banner("综合新闻")
    assert is_banner("各单位怎样推进创建工作? 看这里")
    assert not is_banner("提升城区“颜值”让群众满意")


def test_the_seeds_are_found_in_their_folder() -> None:
    assert find_pages([ROOT / "seeds"]) == list(SEEDS.values())
    assert len(SEEDS) == 5


# ---------------------------------------------------------------- annotated pages

GOLD = sorted((Path(__file__).parent / "gold").glob("public/**/*.json")) + sorted(
    (Path(__file__).parent / "gold" / "dev" / "gold").glob("*.json")
)


def squeeze(text: str) -> str:
    """As the scorer compares: no white space, no marks."""
    return re.sub(r"[\s“”\"'‘’「」《》〈〉·,，、。．.：:；;—\-]", "", text.replace("（", "(").replace("）", ")")).lower()


def grams(text: str) -> set[str]:
    return {text[i : i + 3] for i in range(len(text) - 2)}


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_annotated_pages(path: Path) -> None:
    """Every article 97 % the same, every headline and byline equal: pages of seven papers read by others."""
    gold = json.loads(path.read_text("utf-8"))
    folders = (ROOT / "seeds", path.parent.parent / "pages")
    source = next(p for folder in folders for p in folder.glob(f"{gold['page']}.*"))
    lines = source.read_text("utf-8").split("\n")
    found = articles(read(source))
    assert len(found) == len(gold["articles"])
    for article, expected in zip(found, gold["articles"], strict=True):
        body = squeeze("".join("".join(lines[a - 1 : b]) for a, b in expected["body_lines"]))
        one, two = grams(body), grams(squeeze(article.text))
        assert len(one & two) / len(one | two) >= 0.97
        assert squeeze(article.headline) == squeeze(expected["headline"])
        names = [(x, "reporter") for x in expected["reporters"]] + [(x, "correspondent") for x in expected["correspondents"]]
        assert sorted(by(article)) == sorted(names)


def test_there_are_annotated_pages() -> None:
    assert len(GOLD) >= 9
