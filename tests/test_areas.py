"""The area whose news a page brings, found from the page: several provinces, namesakes, county-level cities, zones."""

from __future__ import annotations

import pytest

from kg.extract import page_context, read_text
from kg.extract.areas import home, own_prefix
from kg.extract.vocabulary import vocabulary
from kg.model import Article, Context, Jurisdiction, Page
from kg.rules.fold import fold


def levels(*texts: str) -> tuple[str, ...]:
    return home([fold(t) for t in texts], vocabulary()).levels


def article(headline: str, text: str) -> Article:
    return Article("page", "a1", headline, (), text, fold(text), range(len(text)), (0, len(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "本报讯 6月26日，二七区召开推进会。区委书记陈红民出席。二七区委常委崔世英主持。",
            ("河南省", "郑州市", "二七区"),
        ),
        (
            "4月2日，霍山县召开全县生态环境保护大会。县委书记何彬主持并讲话。霍山县直有关单位参加。",
            ("安徽省", "六安市", "霍山县"),
        ),
        ("昨日，武侯区政府常务会议召开。区长林丽主持。武侯区各街道列席。", ("四川省", "成都市", "武侯区")),
        ("3月5日，凤县县委理论学习中心组开展集体学习。县委书记郑维国主持。", ("陕西省", "宝鸡市", "凤县")),
        ("近日，溆浦县人民政府组织春耕调度会。县长向华作部署。", ("湖南省", "怀化市", "溆浦县")),
        (
            "西乌珠穆沁旗召开全旗牧区工作会议。旗委书记苏日娜讲话，旗长哈斯主持。",
            ("内蒙古自治区", "锡林郭勒盟", "西乌珠穆沁旗"),
        ),
        ("峨山彝族自治县召开县委常委会会议。县委书记主持会议。", ("云南省", "玉溪市", "峨山彝族自治县")),
        ("2月13日，铜梁区委召开常委会会议。区委书记主持。", ("重庆市", "铜梁区")),
        ("7月8日，浦东新区区委召开会议。浦东新区区长出席。", ("上海市", "浦东新区")),
    ],
)
def test_a_district_of_any_province(text: str, expected: tuple[str, ...]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("慈溪市委召开常委会会议。市委书记主持会议。慈溪市政府领导列席。", ("浙江省", "宁波市", "慈溪市")),
        ("如皋市召开人才工作会议。市委书记讲话。如皋市直各单位参加。", ("江苏省", "南通市", "如皋市")),
        ("寿光市政府召开常务会议。市长主持。", ("山东省", "潍坊市", "寿光市")),
    ],
)
def test_a_county_level_city_is_the_pages_own(text: str, expected: tuple[str, ...]) -> None:
    assert levels(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("鼓楼区召开创城推进会。鼓楼区委书记讲话。南京市文明办负责人参加。", ("江苏省", "南京市", "鼓楼区")),
        ("鼓楼区召开创城推进会。鼓楼区委书记讲话。福州市文明办负责人参加。", ("福建省", "福州市", "鼓楼区")),
        ("鼓楼区召开创城推进会。鼓楼区委书记讲话。开封市文明办负责人参加。", ("河南省", "开封市", "鼓楼区")),
        ("朝阳区召开会议。朝阳区委书记讲话。长春各界参加。", ("吉林省", "长春市", "朝阳区")),
        ("城关区政府召开会议。兰州市领导到会。区长主持。", ("甘肃省", "兰州市", "城关区")),
    ],
)
def test_districts_of_one_name_are_told_apart_by_the_city(text: str, expected: tuple[str, ...]) -> None:
    assert levels(text) == expected


def test_a_namesake_without_any_city_stays_without_city() -> None:
    found = home([fold("鼓楼区召开创城推进会。鼓楼区委书记讲话。")], vocabulary())
    assert (found.levels, found.code) == (("鼓楼区",), "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("宝鸡市委召开会议。市委书记主持。市长出席。宝鸡市政府有关部门参加。", ("陕西省", "宝鸡市")),
        ("黄石市人民政府印发方案。市长主持常务会议。", ("湖北省", "黄石市")),
        ("恩施土家族苗族自治州召开州委全会。州委书记讲话。", ("湖北省", "恩施土家族苗族自治州")),
    ],
)
def test_a_city_that_brings_its_own_news(text: str, expected: tuple[str, ...]) -> None:
    assert levels(text) == expected


def test_a_city_whose_districts_are_visited_stays_the_page_s_own() -> None:
    text = (
        "宝鸡市委书记到凤县调研。市委书记强调，要抓项目。市长到眉县督导。市委、市政府高度重视，宝鸡市委召开会议，"
        "宝鸡市政府印发通知。"
    )
    assert levels(text) == ("陕西省", "宝鸡市")


def test_guests_are_not_at_home() -> None:
    text = (
        "近日，由绩溪县委书记方建军，县委副书记、县长何平率领的绩溪县党政考察团来我县考察。绩溪县政府有关部门负责人参加。"
        "泾县县委常委参加座谈。"
    )
    assert levels(text) == ("安徽省", "宣城市", "泾县")


def test_a_masthead_tells_the_county() -> None:
    items = [article("市人大代表视察重点项目", "宣城市人大常委会组织市人大代表到宁国市视察。市委、市政府领导参加。")]
    text = "03 宁国新闻\n2023年5月6日\n市人大代表视察重点项目\n" + items[0].text
    assert page_context(Page("page", "-", text, ""), items).jurisdiction.district == "宁国市"


def test_the_masthead_of_a_city_is_not_that_of_its_namesake_county() -> None:
    items = [article("市领导视察", "承德市委书记到承德县调研。承德市政府领导参加。市委常委陪同。承德市召开会议。")]
    text = "承德新闻 A03\n" + items[0].text
    assert page_context(Page("page", "-", text, ""), items).jurisdiction.levels == ("河北省", "承德市")


def test_a_development_zone_has_no_code_of_its_own() -> None:
    text = "本报讯 3月12日，西安高新区管委会召开会议。西安高新区党工委书记讲话。西安市副市长到会。"
    found = home([fold(text)], vocabulary())
    assert (found.province, found.city, found.district, found.code) == ("陕西省", "西安市", "西安高新区", "")


def test_the_code_is_that_of_the_published_list() -> None:
    assert home([fold("凤县县委召开会议。凤县政府参加。")], vocabulary()).code == "610330"
    assert home([fold("黄石市委召开会议。市长出席。")], vocabulary()).code == "420200"


@pytest.mark.parametrize("text", ["近日，小区里开满了花。", "连日来，气温走高。", ""])
def test_a_page_that_tells_nothing_has_no_area(text: str) -> None:
    assert home([fold(text)], vocabulary()) == Jurisdiction(basis="page")


def test_everyday_words_are_no_districts() -> None:
    assert levels("城区道路今日通车，郊区公交同步开行。新区建设提速。") == ()


def test_what_the_user_gives_wins() -> None:
    given = Context(jurisdiction=Jurisdiction("甘肃省", "定西市", "陇西县", "621122", "given"))
    item = article("凤县召开会议", "凤县县委召开会议。县委书记主持。凤县政府参加。")
    found = page_context(Page("page", "-", item.text, ""), [item], given)
    assert found.jurisdiction == given.jurisdiction


def test_all_articles_of_a_page_speak_for_its_area() -> None:
    items = [
        article("春耕忙", "各乡镇抓住晴好天气开展春耕。"),
        article("凤县召开会议", "凤县县委召开会议。县委书记主持。"),
    ]
    found = page_context(Page("page", "-", "", ""), items)
    assert found.jurisdiction.levels == ("陕西省", "宝鸡市", "凤县")


def test_the_headline_speaks_too() -> None:
    found = page_context(Page("page", "-", "", ""), [article("霍山县召开民生工作推进会", "日前，会议召开。")])
    assert found.jurisdiction.district == "霍山县"


@pytest.mark.parametrize(
    ("level", "where", "name"),
    [
        ("区", Jurisdiction("河南省", "郑州市", "二七区"), "二七区"),
        ("市", Jurisdiction("河南省", "郑州市", "二七区"), "郑州市"),
        ("省", Jurisdiction("河南省", "郑州市", "二七区"), "河南省"),
        ("市", Jurisdiction("浙江省", "宁波市", "慈溪市"), "慈溪市"),
        ("县", Jurisdiction("陕西省", "宝鸡市", "凤县"), "凤县"),
        ("旗", Jurisdiction("内蒙古自治区", "锡林郭勒盟", "西乌珠穆沁旗"), "西乌珠穆沁旗"),
        ("盟", Jurisdiction("内蒙古自治区", "锡林郭勒盟", "西乌珠穆沁旗"), "锡林郭勒盟"),
        ("县", Jurisdiction("河南省", "郑州市", "二七区"), ""),
        ("区", Jurisdiction(), ""),
        ("乡", Jurisdiction("陕西省", "宝鸡市", "凤县"), ""),
        ("村", Jurisdiction("陕西省", "宝鸡市", "凤县"), ""),
    ],
)
def test_the_area_that_a_bare_level_stands_for(level: str, where: Jurisdiction, name: str) -> None:
    assert own_prefix(level, where) == name


def test_a_sentence_is_read_in_the_area_it_names() -> None:
    context = read_text("3月5日，凤县县委召开会议。凤县县委书记郑维国主持。").context
    assert context.jurisdiction.levels == ("陕西省", "宝鸡市", "凤县")
    assert context.jurisdiction.basis == "page"


def test_a_county_that_rules_itself_is_at_home_before_its_guests() -> None:
    text = (
        "自治县召开座谈会。巴东县委书记、巴东县长率考察团到长阳。巴东县委办、巴东县政府办参加。"
        "长阳土家族自治县县长介绍情况。"
    )
    assert levels(text) == ("湖北省", "宜昌市", "长阳土家族自治县")


def test_a_masthead_alone_on_its_line_tells_the_county() -> None:
    texts = ["祁门县领导到黟县学习。黟县人民政府、黟县委宣传部、黟县人大参加座谈，祁门县领导致谢。"]
    found = home([fold(t) for t in texts], vocabulary(), [], "祁门报\n2024年5月31日\n" + texts[0])
    assert found.levels == ("安徽省", "黄山市", "祁门县")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        # a city's own paper that visits one of its counties and never prints its own name
        (
            ["市委书记何川到浮梁县调研。市长李海、市人大常委会主任王田参加。", "市政协召开会议。市领导出席。"],
            ("江西省", "景德镇市"),
        ),
        # a county's paper with guests from its city
        (
            [
                "通城县召开全县干部大会。县委书记陈友出席。通城县人大常委会主任王平主持。",
                "市政协副主席刘江来通城县调研。通城县政协负责人参加。县长李胜介绍了通城县的做法。",
                "市委书记到会讲话。市领导参加。",
            ],
            ("湖北省", "咸宁市", "通城县"),
        ),
        # a district's paper: its development zone has no committee or head of a district
        (
            [
                "区委书记张弛到济北开发区管委会调研。副区长吴波参加。",
                "济北开发区党工委召开会议。济北开发区管委会有关单位参加。济阳区政府办列席。区长刘辰讲话。",
            ],
            ("山东省", "济南市", "济阳区"),
        ),
        # one name with two codes in one province
        (["4月2日，定州市召开全市大会。市委书记何彬主持。"], ("河北省", "定州市")),
        # a zone called by its level belongs to the city
        (
            ["濮阳市召开推进会。市城乡一体化示范区管委会汇报。市城乡一体化示范区党工委书记参加。市长讲话。"],
            ("河南省", "濮阳市"),
        ),
    ],
)
def test_whose_paper_it_is(texts: list[str], expected: tuple[str, ...]) -> None:
    assert levels(*texts) == expected


def test_guests_in_a_headline_are_not_at_home() -> None:
    text = "5月15日，白银市政协主席王新一行来我市考察。市政协主席俞明陪同。大家说天水变化很大。"
    found = home([fold(text)], vocabulary(), ["白银市政协来水考察调研"], "天水要闻 2024年5月16日")
    assert found.levels == ("甘肃省", "天水市")


def test_a_masthead_of_one_word_and_the_day_tells_the_county() -> None:
    text = "区委书记张弛到企业调研。济北开发区管委会负责人陪同。济阳区政府办参加。"
    assert home([fold(text)], vocabulary(), [], "新济阳 2024年11月1日 星期五").levels == ("山东省", "济南市", "济阳区")
