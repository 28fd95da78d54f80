"""Layouts of local papers and their sites, one small page each in pages/papers/: what a careful reader would say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pages import Layout, layout, page_from_bytes, read

PAPERS = Path(__file__).parent / "pages" / "papers"

R, C = "reporter", "correspondent"

#: page → per article: headline, first words of the text, last words, who wrote it
EXPECTED: dict[str, list[tuple[str, str, str, list[tuple[str, str]]]]] = {
    # 版 numbers and 专栏 of an archive; agencies with a place, a day in Chinese numerals, 据…电
    "agency": [
        ("西部陆海新通道班列突破万列", "本报成都1月28日电", "累计开行突破一万列。", [("张金江", R)]),
        ("春运首周铁路发送旅客超七千万人次", "【新华社北京二十九日电】春运", "同比增长百分之五。", []),
        ("", "据新华社重庆1月30日电（记者 李松）", "文旅活动2000余场次。", [("李松", R)]),
    ],
    # -X03版:…-date, 日期:, the paper's name before 全媒体记者
    "bay_paper": [
        ("满园春色邻里情 社区游园趣味多", "满园春风来", "绿植摊位6个。", [("董方", R)]),
        ("长江路小学开展消防演练", "4月24日，长江路小学", "撤离教学楼。", [("丁苗", R), ("管玉", C)]),
    ],
    # items behind ● without headlines, some with their writer, then an article
    "briefs": [
        ("", "●10月10日，", "4个工种的比赛。（陈晓）", [("陈晓", R)]),
        ("", "●近日，大坪镇", "（通讯员 张英）", [("张英", C)]),
        ("", "●白云街道日前", "老人的体检。", []),
        ("", "●江川区图书馆", "（刘敏 何川）", [("刘敏", R), ("何川", R)]),
        ("全区秋冬季造林现场会召开", "本报讯（记者 陈晓）10月12日", "造林2.3万亩。", [("陈晓", R)]),
    ],
    # a county's app: 编 辑 and 一 审 set wide, a disclaimer, 记 者 | with a bar
    "county_app": [
        (
            "记者节前夕县委书记到县融媒体中心看望新闻工作者",
            "11月8日上午",
            "全媒体记者：陈庆 王一凡",
            [("陈庆", R), ("王一凡", R)],
        ),
        ("全县招商引资工作推进会召开", "11月7日，全县", "记 者 | 张子鹤 赵 鑫", [("张子鹤", R), ("赵鑫", R)]),
    ],
    # 编者按 above, numbered subheads, 记者手记 inside, 图为… below
    "feature_note": [
        ("一片茶叶的“变形记”", "清明前后", "才鼓得起来。", [("林冬梅", R), ("黄志强", C)]),
    ],
    "gov_site": [("社区新春游园活动暖邻里", "专业人员为居民", "增进感情。（殷树 文/图）", [("殷树", R)])],
    # □ before the byline, straight below the headline
    "hanging_sign": [
        ("全区“双减”工作推进会召开", "9月2日，", "达到100%。", [("何欣", R), ("龚悦", C)]),
        ("城西水厂二期通水", "9月1日，", "老旧管网改造。", [("吴起", R), ("郭亮", R)]),
    ],
    "harbour": [("区人大常委会召开第九次主任会议 郑海波主持", "本报讯5月28日", "全部完工。(苗青)", [("苗青", R)])],
    # a page put together from issues of several days: headlines above and below, a byline below a headline
    "issues": [
        ("小巷修到了家门口", "“这几天下雨", "对记者说。", [("赵敏", R)]),
        ("云山区举行春季植树活动", "3月3日上午", "树苗300余株。", []),
        ("十余家网站走进柳溪 看乡村新面貌", "本报讯 由临川区委", "村史馆和茶园。", [("何必", C), ("钱进", C)]),
        ("柳溪镇开展代表联络站活动", "日前，柳溪镇", "通讯员 钱进", [("吴楠", R), ("钱进", C)]),
    ],
    # an app's name with a dot or a stroke, a day for the marker, the marker inside the bracket, the bracket alone
    "app_marks": [
        ("柳溪街道创建学习型街道", "读川客户端·临川新闻网2022年7月21日讯", "参加会议。", [("赵敏", R), ("何必", C)]),
        ("区领导检查安全生产工作", "读川客户端·临川新闻网2023年4月6日（", "消除隐患。", [("赵敏", R)]),
        ("社区邻里节开幕", "(临川网6月30日讯", "夜里九点。", [("吴楠", R), ("钱进", C), ("何必", C)]),
        ("代表委员视察公园建设", "近日，柳溪街道", "周边居民休闲。", [("吴楠", R), ("何必", C)]),
        ("茶园里的好日子", "（融媒体记者 赵敏）6月2日", "一片繁忙景象。", [("赵敏", R)]),
    ],
    # masthead, （下转第二版） and （上接第一版）on the same page, editors
    "jumps": [
        ("市委常委会召开会议 研究部署春季农业生产", "本报讯（记者 刘波", "工作领导小组。", [("刘波", R), ("李文", C)]),
        ("雪峰大道提质改造4月底完工", "本报讯（记者 童中涵）", "4月底全面完工。", [("童中涵", R)]),
    ],
    # links to other pages, set with bars
    "news_links": [("新年三下乡 温暖城乡人", "“三送”活动", "(记者 月红)", [("月红", R)])],
    # a page number, the writer behind the date
    "photo_news": [
        ("家门口的“烟火气” 社区里的“幸福集”", "8月30日，", "社区大家庭的温暖。", [("李静", R)]),
        ("丽景街街道启用智慧停车系统", "8月29日，", "再接入900个。", [("马晓", R)]),
    ],
    # ■ and the town's name, under a section's name
    "square_briefs": [
        ("", "■柳河镇10月9日，", "农田1.2万亩。", []),
        ("", "■东关街道 日前，", "整改隐患47处。", []),
        ("", "■黑石乡 为方便", "代办事项210件。", []),
    ],
    "taiwan_style": [
        ("", "【记者陈大明／高雄报道】高雄市", "里民120人。", [("陈大明", R)]),
        ("", "【本报讯】燕巢区", "可达800吨。", []),
    ],
    # two headlines run together in one line
    "two_heads": [
        ("县委理论学习中心组举行集体学习", "本报讯2月21日", "（记者 丁当）", [("丁当", R)]),
        ("全县森林防火工作会议召开", "本报讯2月22日", "（记者 白雪）", [("白雪", R)]),
    ],
    # a narrow column: the masthead itself is cut, a caption with its maker below
    "wrapped_masthead": [
        ("重点项目建设提速增效", "本报讯12月19日，县长苏和", "（记者 斯琴）", [("斯琴", R)]),
        ("草原书屋送到牧民家门口", "本报讯 连日来", "（通讯员 娜仁 记者 李海）", [("娜仁", C), ("李海", R)]),
    ],
}


def paper(name: str) -> Layout:
    return layout(read(PAPERS / f"{name}.txt"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_papers(name: str) -> None:
    found = paper(name).articles
    assert [a.headline for a in found] == [headline for headline, _, _, _ in EXPECTED[name]]
    for article, (_, first, last, writers) in zip(found, EXPECTED[name], strict=True):
        assert article.text.startswith(first)
        assert article.text.endswith(last)
        assert [(b.person, b.role) for b in article.bylines] == writers
        for char, at in zip(article.text, article.offsets, strict=True):
            source = paper(name).page.text[at]
            assert source == char or (char == "\n" and source.isspace())


def test_every_paper_is_expected() -> None:
    assert {p.stem for p in PAPERS.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize(
    ("name", "kind", "texts"),
    [
        ("jumps", "meta", ["北山日报 2020", "中共北山市委主管", "扫一扫 关注", "本版责编：王强"]),
        ("gov_site", "meta", ["当前位置：首页", "www.pansha", "分享到：", "川公网安备", "【打印】"]),
        ("feature_note", "note", ["编者按：乡村要振兴"]),
        ("feature_note", "caption", ["图为茶农在采摘春茶。"]),
        ("briefs", "banner", ["简讯"]),
        ("square_briefs", "banner", ["镇街短波"]),
        ("wrapped_masthead", "meta", ["石桥时讯 2018年12月\n21日", "编辑：何静"]),
        ("wrapped_masthead", "caption", ["图为牧民在挑选图书。"]),
    ],
)
def test_what_belongs_to_no_article(name: str, kind: str, texts: list[str]) -> None:
    loose = [x.text for x in paper(name).unassigned if x.kind == kind]
    assert len(loose) == len(texts)
    for text, begin in zip(loose, texts, strict=True):
        assert text.startswith(begin)


def test_a_continuation_from_another_page_is_a_seam() -> None:
    first, second = paper("jumps").articles
    assert [d.kind for d in first.doubts] == ["seam"]
    assert second.doubts == ()
    assert len(first.raw_spans(0, len(first.text))) == 2


def test_a_list_inside_an_article_is_no_series_of_items() -> None:
    text = (
        "全区安全生产会议召开\n\n本报讯 3月4日，全区安全生产会议召开，部署三项重点工作：\n\n"
        "●3月10日前完成企业自查，全区638家企业全部建立台账。\n\n●近日起开展交叉检查，整改情况每周通报。\n\n记者 王强\n"
    )
    (only,) = layout(page_from_bytes(text.encode(), "list")).articles
    assert only.headline == "全区安全生产会议召开"
    assert only.text.count("●") == 2
    assert [b.person for b in only.bylines] == ["王强"]
