"""Bodies and places: organs, departments, street offices by what they do, lists, nested names, and what names nothing."""

from __future__ import annotations

import pytest

from kg.extract import read_text
from kg.model import Context, Jurisdiction, Mention

JINGXIAN = Context(jurisdiction=Jurisdiction("安徽省", "宣城市", "泾县"))


def found(text: str) -> list[Mention]:
    return [m for m in read_text(text).mentions if m.kind in ("body", "place")]


def bodies(text: str) -> list[str]:
    """The names of bodies, each once, in order of text."""
    return list(dict.fromkeys(m.name for m in found(text) if m.kind == "body"))


def places(text: str) -> list[str]:
    """The names of places, each once, in order of text; areas (二七区) left out."""
    return list(dict.fromkeys(m.name for m in found(text) if m.kind == "place" and m.subkind != "admin"))


def kind(text: str, name: str) -> tuple[str, str]:
    """Kind and subkind of the first mention with this name."""
    return next((m.kind, m.subkind) for m in found(text) if m.name == name)


@pytest.mark.parametrize(
    ("text", "name", "subkind"),
    [
        ("海州区委召开常委会议。", "海州区委", "party"),
        ("县人大常委会组织代表视察。", "县人大常委会", "congress"),
        ("县政协开展专题协商。", "县政协", "cppcc"),
        ("凤县人民政府印发通知。", "凤县人民政府", "government"),
        ("区纪委监委通报三起案例。", "区纪委监委", "party"),
        ("县委宣传部举办培训班。", "县委宣传部", "party"),
        ("市人武部开展征兵宣传。", "市人武部", "military"),
        ("县人民法院巡回审理。", "县人民法院", "judicial"),
        ("县检察院提起公诉。", "县检察院", "judicial"),
        ("县总工会慰问职工。", "县总工会", "social"),
        ("团县委开展志愿服务。", "团县委", "social"),
        ("区妇联举办讲座。", "区妇联", "social"),
    ],
)
def test_an_organ_after_an_area_or_level(text: str, name: str, subkind: str) -> None:
    assert kind(text, name) == ("body", subkind)
    assert bodies(text) == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("区住房和城乡建设局牵头整改。", "区住房和城乡建设局"),
        ("县文化和旅游局发布公告。", "县文化和旅游局"),
        ("市人力资源和社会保障局组织招聘。", "市人力资源和社会保障局"),
        ("县农业农村局开展培训。", "县农业农村局"),
        ("区城管局清理占道经营。", "区城管局"),
        ("市发改委公布项目名单。", "市发改委"),
        ("县应急管理局检查企业。", "县应急管理局"),
        ("市生态环境局桐城分局巡查河道。", "市生态环境局桐城分局"),
        ("县退役军人事务局走访老兵。", "县退役军人事务局"),
        ("区政务服务中心推出新举措。", "区政务服务中心"),
        ("省文化和旅游厅公布名单。", "省文化和旅游厅"),
    ],
)
def test_a_department_is_whole_with_its_he(text: str, name: str) -> None:
    assert bodies(text) == [name]


def test_departments_in_a_list_are_told_apart() -> None:
    text = "县教育局、县卫生健康局和县民政局联合开展检查。"
    assert bodies(text) == ["县教育局", "县卫生健康局", "县民政局"]


@pytest.mark.parametrize(
    ("text", "name", "as_what"),
    [
        ("7月1日，副区长王亮到青山街道调研。", "青山街道", "place"),
        ("青山街道组织志愿者清理河道。", "青山街道", "body"),
        ("青山街道办事处召开推进会。", "青山街道办事处", "body"),
        ("活动在双沟镇举行。", "双沟镇", "place"),
        ("双沟镇积极推进厕所改造。", "双沟镇", "body"),
        ("会议听取了由双沟镇作的汇报。", "双沟镇", "body"),
        ("县长一行深入侯寨乡察看灾情。", "侯寨乡", "place"),
        ("侯寨乡党委召开专题会议。", "侯寨乡党委", "body"),
        ("记者走进桃花社区。", "桃花社区", "place"),
        ("桃花社区开展义诊。", "桃花社区", "body"),
        ("桃花社区居委会张贴公告。", "桃花社区居委会", "body"),
    ],
)
def test_a_street_office_acts_or_is_where_it_happens(text: str, name: str, as_what: str) -> None:
    assert kind(text, name)[0] == as_what


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "副县长孙丽先后察看了双沟酒厂、朱湖社区党群服务中心和城北污水处理厂。",
            ["双沟酒厂", "朱湖社区党群服务中心", "城北污水处理厂"],
        ),
        ("区委书记一行来到锦绣花园、翠湖公园、滨江大道。", ["锦绣花园", "翠湖公园", "滨江大道"]),
        ("检查组实地查看了东风渠、龙泉水库、石佛沟景区。", ["东风渠", "龙泉水库", "石佛沟景区"]),
        ("调研组走进恒兴纺织有限公司、县第三小学。", ["恒兴纺织有限公司", "县第三小学"]),
    ],
)
def test_sites_are_told_one_by_one(text: str, names: list[str]) -> None:
    assert places(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("活动在人和路街道广兴社区举行。", ["人和路街道", "广兴社区"]),
        ("现场会在人和路街道广兴社区长江花园召开。", ["人和路街道", "广兴社区", "长江花园"]),
        ("签约仪式在双沟镇朱湖村举行。", ["双沟镇", "朱湖村"]),
    ],
)
def test_a_place_in_a_place_is_two(text: str, names: list[str]) -> None:
    assert places(text) == names


def test_a_centre_named_after_its_community_is_one() -> None:
    text = "记者来到杏苑社区颐养安居中心。"
    assert places(text) == ["杏苑社区颐养安居中心"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("嵩山路、洁云路、淮河路等5个公安分局负责人参加。", ["嵩山路公安分局", "洁云路公安分局", "淮河路公安分局"]),
        ("大学路、五里堡、蜜蜂张等8个街道作表态发言。", ["大学路街道", "五里堡街道", "蜜蜂张街道"]),
    ],
)
def test_a_head_at_the_end_is_every_items(text: str, names: list[str]) -> None:
    assert [m.name for m in found(text)] == names


def test_what_items_are_is_told_by_the_words_after_a_list() -> None:
    text = "吸引了恒瑞医药、京东方、宁德时代等12家企业参展。"
    assert {"恒瑞医药", "京东方", "宁德时代"} <= {m.name for m in found(text)}
    assert {m.subkind for m in found(text)} == {"company"}


@pytest.mark.parametrize(
    ("text", "name", "subkind"),
    [
        ("泗洪县人民政府与南京工业大学签署协议。", "南京工业大学", "education"),
        ("恒通物流有限公司捐赠口罩。", "恒通物流有限公司", "company"),
        ("中国农业银行凤县支行开展宣传。", "中国农业银行凤县支行", "company"),
        ("中科海创（青岛）科技有限公司落户。", "中科海创（青岛）科技有限公司", "company"),
        ("县防汛抗旱指挥部发布预警。", "县防汛抗旱指挥部", "taskforce"),
        ("北京邮电大学网络与交换技术国家重点实验室揭牌。", "北京邮电大学网络与交换技术国家重点实验室", "research"),
        ("政协凤县委员会召开全体会议。", "政协凤县委员会", "cppcc"),
        ("中共大悟县委员会印发决定。", "中共大悟县委员会", "party"),
        ("区公安分局破获案件。", "区公安分局", "government"),
        ("县人民医院开展义诊。", "县人民医院", "other"),
    ],
)
def test_a_body_of_its_kind(text: str, name: str, subkind: str) -> None:
    assert kind(text, name) == ("body", subkind)


@pytest.mark.parametrize(
    "text",
    [
        "加快老旧小区改造步伐。",
        "整治背街小巷环境。",
        "城区街道焕然一新。",
        "加强人员密集场所检查。",
        "推动民营企业发展。",
        "走出一条高质量发展道路。",
        "各乡镇、街道要落实责任。",
        "全市党政机关带头过紧日子。",
        "建设美丽乡村。",
        "受委托开展评估。",
        "各级党组织要发挥作用。",
        "少走弯路，多谋出路。",
        "打造15分钟便民生活圈。",
        "有关部门要加强监管。",
        "全区上下齐心协力。",
        "社区是基层治理的最后一公里。",
        "新建学校3所、卫生院2家。",
        "改造农村公路120公里。",
        "让城市更有温度。",
        "这家公司的负责人很高兴。",
    ],
)
def test_what_describes_names_nothing(text: str) -> None:
    assert [m.name for m in found(text)] == []


def test_a_name_in_a_title_of_a_work_is_no_body() -> None:
    assert bodies("传达学习了《中共海州区委关于加强作风建设的意见》。") == []


def test_areas_on_the_list_are_places() -> None:
    text = "考察团先后赴浙江省杭州市、安吉县学习。"
    areas = [m.name for m in found(text) if m.subkind == "admin"]
    assert areas == ["浙江省", "杭州市", "安吉县"]


def test_a_description_turned_down_is_told() -> None:
    reading = read_text("加快老旧小区改造步伐。")
    assert ("老旧小区", "describes, does not name") in [(r.text, r.reason) for r in reading.rejected]


def test_the_text_of_a_mention_is_the_text_of_the_page() -> None:
    text = "6月1日，县教育局、双沟镇、恒通物流有限公司在县第三小学开展活动。"
    for m in found(text):
        assert text[m.start : m.end] == m.text


def test_items_of_a_list_of_firms_whatever_describes_them() -> None:
    text = "园区引进了常州天合新能源有限公司、晶澳光电等一批光伏组件企业。"
    bodies = {m.text for m in read_text(text).mentions if m.kind == "body"}
    assert {"常州天合新能源有限公司", "晶澳光电"} <= bodies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县“两新”办通报情况，十里铺“三清”指挥部作表态发言。", ["县“两新”办", "十里铺“三清”指挥部"]),
        ("市林业局第三批“护绿”工作组到村。", ["市林业局第三批“护绿”工作组", "市林业局"]),
        ("第二批“护绿”工作组到村。", []),
    ],
)
def test_a_name_that_holds_a_quoted_word(text: str, names: list[str]) -> None:
    assert bodies(text) == names


def test_an_item_of_a_list_begins_with_the_short_name_of_its_town() -> None:
    assert bodies("活动由桐岭镇、桐岭司法所、桐岭财政所举办。")[1:] == ["桐岭司法所", "桐岭财政所"]


def test_two_offices_joined_without_a_mark() -> None:
    assert bodies("县纪委县监委通报案例。") == ["县纪委", "县监委"]
    assert bodies("县建住局及茶山街办参加考察。") == ["县建住局", "茶山街办"]


def test_a_discussion_is_no_society() -> None:
    assert bodies("副县长刘洋召开矿区整改工作专题研究会。") == []


def test_streets_on_a_list_of_the_honoured_are_bodies() -> None:
    text = "凤县双石铺镇、凤县凤州镇、开发区（新区）西山管委会等15个单位（乡镇）被命名为先进乡镇。"
    assert bodies(text)[:2] == ["凤县双石铺镇", "凤县凤州镇"]


def test_a_school_within_a_name_is_not_named() -> None:
    assert bodies("江西农业大学附属青原实验学校组织研学。") == ["江西农业大学附属青原实验学校"]


def test_a_firm_in_a_street_does_not_take_its_name_along() -> None:
    assert bodies("茶山街道恒信织造有限公司捐款。")[-1] == "恒信织造有限公司"


def test_projects_on_a_list_of_sites_are_whole() -> None:
    text = "代表们先后来到海创锂电年产3.5万吨负极材料及石墨化项目、恒信公司和百草物流园区项目等地视察。"
    assert places(text) == ["海创锂电年产3.5万吨负极材料及石墨化项目", "恒信公司", "百草物流园区项目"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("在城南鹏程中学，领导听取汇报。", ["城南鹏程中学"]),
        ("在县和平广场，志愿者义诊。", ["县和平广场"]),
        ("在中药之乡——三合朱村，农户正忙。", ["三合朱村"]),
        ("“千企帮万村”行动启动。", []),
    ],
)
def test_where_somebody_is(text: str, names: list[str]) -> None:
    assert places(text) == names


def test_an_area_before_a_village_is_a_place_too() -> None:
    named = read_text("工作组来到泗洪县石门村。", context=JINGXIAN).mentions
    assert {m.name for m in named if m.kind == "place"} == {"泗洪县石门村", "泗洪县"}


def test_the_short_name_of_the_own_area_is_the_area() -> None:
    where = Context(jurisdiction=Jurisdiction("江苏省", "宿迁市", "泗洪县"))
    named = [m for m in read_text("感谢大家为泗洪发展作出的贡献。", context=where).mentions if m.kind == "place"]
    assert [(m.text, m.name) for m in named] == [("泗洪", "泗洪县")]


def test_streets_and_communities_called_by_a_lane_or_a_number() -> None:
    assert bodies("民权里社区召开会议。") == ["民权里社区"]
    assert bodies("会上，十里塘街道、一元里街道作表态发言。") == ["十里塘街道", "一元里街道"]
    assert bodies("全区十二街道、三社区参加。") == []


def test_what_goes_on_after_a_head() -> None:
    assert bodies("县老干部服务中心组织老同志参观。") == ["县老干部服务中心"]
    assert bodies("省委、市委水利战略部署落地。") == ["省委", "市委"]
    assert bodies("部分人大代表、居民参观学校。") == []


def test_the_officers_of_guests_are_of_their_county() -> None:
    text = "临洮县委书记王海涛，县委副书记、县长李国强，县人大常委会主任周大伟到我县考察，县委书记赵立军陪同。"
    named = [m.name for m in read_text(text, context=JINGXIAN).mentions if m.kind == "body"]
    assert set(named) == {"临洮县委", "临洮县人大常委会", "县委"}
    assert named[-1] == "县委"


def test_a_station_first_named_with_its_office() -> None:
    text = "青县公安局城东派出所联合学校开展宣传。城东派出所民警讲解。"
    assert "城东派出所" not in bodies(text) and "青县公安局城东派出所" in bodies(text)


def test_a_party_committee_of_the_street_named_before() -> None:
    text = "茶山街道党工委书记李国强，党工委副书记王海涛参加。"
    assert bodies(text) == ["茶山街道党工委"]


def test_a_culture_centre_is_where_it_is_held() -> None:
    assert places("启动仪式在县文化中心举行。") == ["县文化中心"]
    assert bodies("县文化馆组织培训。") == ["县文化馆"]


@pytest.mark.parametrize(
    "text",
    ["督查组一行先后到村。", "欢迎第二批工作组到来。", "听取园区建设情况及后续工作打算。", "全县各部委办局参加。"],
)
def test_what_has_no_name_of_its_own(text: str) -> None:
    assert [m for m in found(text) if m.subkind in ("taskforce", "road", "government") and m.rule != "person"] == []


def test_what_items_before_a_kind_of_company_are() -> None:
    text = "来自县青少年宫、县舞蹈家协会、县黄梅戏演艺中心等艺术团体登台。"
    assert bodies(text)[-2:] == ["县舞蹈家协会", "县黄梅戏演艺中心"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("民盟安徽省委副主委丁一鸣到泾县调研。", ["民盟安徽省委"]),
        ("国网泾县供电公司抢修线路。", ["国网泾县供电公司"]),
        ("县法院与县人民法院桃岭法庭开展巡回审判，县人民法院通报情况。", ["县人民法院", "县人民法院桃岭法庭"]),
        ("全县聘请11名检察官担任副校长。", []),
        ("县司法局邀请部分县人大代表、县政协委员旁听庭审。", ["县司法局"]),
        ("做好司法、民政、妇联等部门的协调工作。", []),
        ("会议在县人大机关会议室举行。", []),
        ("兴隆镇和县发改局参加活动。", ["兴隆镇", "县发改局"]),
        ("各乡镇人大主席参加会议。", []),
        ("活动由县教育局、县司法局组成的法律服务工作组承办。", ["县教育局", "县司法局", "法律服务工作组"]),
        ("两地设立“泾川劳务服务站”。", ["泾川劳务服务站"]),
        ("会上，桃花潭镇、云岭镇作防汛备汛工作汇报。", ["桃花潭镇", "云岭镇"]),
        ("县政协提案委员会开展视察。", ["县政协提案委员会"]),
        ("泾县高新区、县发改局参加活动。", ["泾县高新区", "县发改局"]),
        ("泾县高新区党工委书记张强讲话。", ["泾县高新区党工委"]),
        ("泾县第十七届人民代表大会第一次会议召开。", ["泾县人民代表大会"]),
        (
            "由县教育局指导，联合海桐社区新时代文明实践站、县妇联共同主办。",
            ["县教育局", "海桐社区新时代文明实践站", "县妇联"],
        ),
        ("活动关注“一老一小”。", []),
        ("活动由县依法治县（普法）领导小组办公室承办。", ["县依法治县（普法）领导小组办公室"]),
        ("中国移动泾县分公司抢修基站。", ["中国移动泾县分公司"]),
        ("省“两个体系”建设调研组来访。", ["省“两个体系”建设调研组"]),
        ("桃林、茂林、蔡村法庭的干警参加。", ["桃林法庭", "茂林法庭", "蔡村法庭"]),
        ("江淮重工集团有限公司与县政府签约。", ["江淮重工集团有限公司", "县政府"]),
    ],
)
def test_bodies_of_real_sentences(text: str, names: list[str]) -> None:
    reading = read_text(text, JINGXIAN)
    assert sorted({m.name for m in reading.mentions if m.kind == "body"}) == sorted(names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("他们赶往云岭电商小镇和桃园孵化器。", ["云岭电商小镇", "桃园孵化器"]),
        ("随后查看桃园小区、供销社家属院。", ["桃园小区", "供销社家属院"]),
        ("会议在泾县高新区召开。", ["泾县高新区"]),
        ("他们就项目建设情况来芜湖高新区视察。", ["芜湖高新区"]),
        ("皖南有六个全国百强镇。", []),
        ("检查组深入桃林、茂林两镇。", ["桃林镇", "茂林镇"]),
        ("一行来到云山、天池、花海三个景区。", ["云山景区", "天池景区", "花海景区"]),
        ("一行深入东山便民服务点、桃花潭镇便民服务中心，边走边听。", ["东山便民服务点", "桃花潭镇便民服务中心"]),
        ("队员们兵分两路宣传。", []),
        ("县里开展“老兵进社区”活动。", []),
        ("县里推进“四美农村路”建设。", []),
        ("努力把这里打造成皖南城市会客厅。", []),
        ("学校努力创建市级优质高中。", []),
    ],
)
def test_places_of_real_sentences(text: str, names: list[str]) -> None:
    reading = read_text(text, JINGXIAN)
    found = [m.name for m in reading.mentions if m.kind == "place" and m.subkind != "admin"]
    assert list(dict.fromkeys(found)) == names


def test_a_city_that_somebody_goes_to_is_named_in_full() -> None:
    reading = read_text("县长带队赴深圳、东莞招商，在合肥召开推介会。", JINGXIAN)
    areas = [m.name for m in reading.mentions if m.kind == "place" and m.subkind == "admin"]
    assert areas == ["深圳市", "东莞市", "合肥市"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云岭镇召开会议，镇财政所、镇派出所负责人参加。", "云岭镇财政所"),
        ("云岭镇启动普查，镇党政办牵头。", "云岭镇党政办"),
        ("云岭镇党委动员，镇财政所落实。", "云岭镇财政所"),
        ("桃园街道动员，街道公共服务办落实。", "桃园街道公共服务办"),
        ("由桃园街道党工委、办事处主办。", "桃园街道办事处"),
    ],
)
def test_the_offices_of_a_town_take_its_name(text: str, name: str) -> None:
    assert name in {m.name for m in read_text(text, JINGXIAN).mentions if m.kind == "body"}


def test_a_street_of_the_district_is_its_office_where_it_acts() -> None:
    huangpi = Context(jurisdiction=Jurisdiction("湖北省", "武汉市", "黄陂区", "420116"))
    assert [m.name for m in read_text("祁家湾街组织志愿者巡河。", huangpi).mentions if m.kind == "body"] == ["祁家湾街"]
    assert [m.name for m in read_text("中山街组织志愿者巡河。", huangpi).mentions if m.kind == "body"] == []


def test_a_list_of_the_offices_that_towns_have_is_the_towns() -> None:
    text = "云岭镇联动多部门服务群众。活动现场，综合执法队、司法所、科协、妇联、规建办摆出展台。"
    names = {m.name for m in read_text(text, JINGXIAN).mentions if m.kind == "body"}
    assert {"云岭镇综合执法队", "云岭镇司法所", "云岭镇科协", "云岭镇妇联", "云岭镇规建办"} <= names


def test_a_list_of_the_offices_of_a_county_is_not_the_towns() -> None:
    text = "活动在云岭镇举行。教育局、妇联、科协、总工会参加。"
    names = {m.name for m in read_text(text, JINGXIAN).mentions if m.kind == "body"}
    assert not any(name.startswith("云岭镇") for name in names)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("6月11日，全国总工会培训班开班。", ["全国总工会"]),
        ("6月11日，中国残联副主席赵敏来泾县调研。", ["中国残联"]),
        ("县联防联控组、省防指分别通报情况。", ["县联防联控组", "省防指"]),
        ("县民政局、县宣讲团、县经开区负责人参加会议。", ["县民政局", "县宣讲团", "县经开区"]),
        ("由市委宣传部主办、宛陵湖治理展示馆承办的活动举行。", ["市委宣传部", "宛陵湖治理展示馆"]),
        ("来到了云岭、榔桥和桃花代表团参与讨论。", ["云岭代表团", "榔桥代表团", "桃花代表团"]),
        ("省民政厅养老服务处处长周伟带队来泾县调研。", ["省民政厅", "省民政厅养老服务处"]),
        ("新华网、中新网等媒体记者实地走访。", ["新华网", "中新网"]),
        ("解决好省政府督导组提出的问题。", ["省政府督导组"]),
    ],
)
def test_bodies_of_the_country_of_a_level_alone_and_with_a_shared_head(text: str, named: list[str]) -> None:
    assert sorted(bodies(text)) == sorted(named)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("今年改造了永昌源、大兴岭、虎头坡工业区的厂房。", ["永昌源工业区", "大兴岭工业区", "虎头坡工业区"]),
        ("青弋巷住着两百来户人家，连着城南路和建材路。", ["青弋巷", "城南路", "建材路"]),
        ("项目位于105国道以东。", ["105国道"]),
        ("土地集中在青河两岸。", ["青河"]),
        ("要把产业路两侧的杂物清走。", []),
    ],
)
def test_roads_and_grounds_told_by_what_stands_beside_them(text: str, named: list[str]) -> None:
    assert places(text) == named


def test_two_areas_at_once_are_places() -> None:
    names = [m.name for m in found("会议商讨江苏和贵州两地协作，推动合肥、芜湖都市圈发展。") if m.subkind == "admin"]
    assert names == ["江苏省", "贵州省", "合肥市", "芜湖市"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("负责人来双河社区走访慰问。", ["双河社区"]),
        ("6月1日，王强来望江社区调研。", ["望江社区"]),
        ("专家来金沟村指导。", ["金沟村"]),
        ("负责人来来安县考察。", ["来安县"]),
        ("活动在来龙镇举行。", ["来龙镇"]),
        ("调研组深入来凤县调研。", ["来凤县"]),
    ],
)
def test_who_comes_to_a_place_and_places_called_by_coming(text: str, named: list[str]) -> None:
    assert [m.name for m in found(text) if m.kind in ("place", "body")] == named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("最终云岭镇代表队、县司法局代表队晋级决赛。", ["云岭镇代表队", "县司法局代表队", "县司法局"]),
        ("富民强镇、旅游名镇建设取得成效。", []),
        ("要凝聚党委、政府、部门和家庭各方合力。", []),
        ("县委理论学习中心组举行集体学习。", ["县委理论学习中心组"]),
        ("活动由云山日报报业集团主办。", ["云山日报报业集团"]),
        ("对秦州区及周边地区带来提升。", ["秦州区"]),
        ("负责人到包挂重点项目走访调研。", []),
        ("随后来到万春湖畔、云岭动力谷察看。", ["万春湖畔", "云岭动力谷"]),
        ("活动在云岭镇人大代表联络室举行。", ["云岭镇人大代表联络室"]),
        ("活动6月1日在南宁启动，一行走进柳州，奔赴企业。", ["南宁市", "柳州市"]),
    ],
)
def test_what_ends_a_name_and_what_only_describes(text: str, named: list[str]) -> None:
    assert [m.name for m in found(text) if m.kind in ("place", "body")] == named


def test_a_city_calls_its_counties_by_short_names() -> None:
    where = Context(jurisdiction=Jurisdiction("湖南省", "株洲市", "", "430200"))
    text = "市委书记在茶陵走访人大代表，茶陵人多。"
    names = [(m.text, m.name) for m in read_text(text, context=where).mentions if m.kind == "place"]
    assert names == [("茶陵", "茶陵县")]


def test_the_leagues_committee_is_not_the_partys() -> None:
    named = [m.name for m in found("5月4日，共青团安吉县委在县第一中学举办活动。") if m.kind == "body"]
    assert named == ["共青团安吉县委"]


def test_houses_of_news_and_centres_by_number() -> None:
    named = [m.name for m in found("近日，110指挥中心发布提示，红网、凤凰网记者到场。") if m.kind == "body"]
    assert named == ["110指挥中心", "红网", "凤凰网"]
