"""Events, who took part and where: the examples of the rules, and what pages of other areas must and must not give."""

from __future__ import annotations

import pytest

from kg.extract import bodies, dates, documents, events, initiatives, people, quantities, standing
from kg.extract.areas import jurisdiction
from kg.extract.draft import Draft
from kg.extract.event_names import type_of
from kg.model import Article, Context, Event, EventPlace, EventTopic, Jurisdiction, Participation
from kg.rules import Rule, load_rules
from kg.rules.fold import fold

KINDS = ("event", "participation", "event-place", "appointment")
RULES = [rule for kind in KINDS for rule in load_rules(kind)]


def article(text: str, headline: str = "") -> Article:
    return Article("page", "a1", headline, (), text, fold(text), range(len(text)), (0, len(text)))


def read(text: str, headline: str = "", home: str = "") -> Draft:
    """An article whose events have been read, with the names that the finders before it tell."""
    item = article(text, headline)
    where = Jurisdiction(district=home) if home else jurisdiction([item], Context())
    draft = Draft(item, Context(jurisdiction=where))
    for finder in (bodies, people, dates, quantities, documents, initiatives, events):
        finder.find(draft)
    return draft


def finds(draft: Draft) -> list[str]:
    """The facts of an article in the short form of the rules' examples."""
    out = [f"{e.type}|{e.name}" for e in draft.facts if isinstance(e, Event)]
    out += [f"{p.role}|{p.agent.name}" for p in draft.facts if isinstance(p, Participation)]
    out += [f"{p.role}|{p.place}" for p in draft.facts if isinstance(p, EventPlace)]
    return out


def fired(draft: Draft) -> set[str]:
    return {f.evidence.rule for f in draft.facts}


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_examples(rule: Rule) -> None:
    """What a rule says it finds is found, whichever rule of the chain contributes it."""
    for example in rule.examples:
        found = finds(read(example["text"]))
        missing = [x for x in example["finds"] if x not in found]
        assert not missing, f"{rule.name}: {example['text']} gives {found}, not {missing}"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rejects(rule: Rule) -> None:
    """No fact comes from a rule in a sentence that it says it does not read."""
    for text in rule.rejects:
        draft = read(text)
        assert rule.name not in fired(draft), f"{rule.name}: {text} gives {finds(draft)}"


# ---------------------------------------------------------------- whole articles, expected values by reading

MEETING = (
    "3月12日上午，郓城县召开全县安全生产工作会议。县委书记王建国出席会议并讲话，县委副书记、县长李文华主持会议，"
    "副县长赵国栋、孙丽娟，县应急管理局、县消防救援大队等部门主要负责人参加会议。会上，县应急管理局局长周志强通报了"
    "一季度安全生产形势，丁里长街道、县教育局主要负责人作表态发言。王建国强调，各级各部门要压实责任，定期召开调度会。"
    "李文华要求，要认真落实市委书记张志刚“隐患就是事故”的批示要求。"
)
OUTING = (
    "7月4日，新郑市委书记冯宏伟到梨河镇调研防汛备汛工作。市领导马国强、石兰，市财政局、市应急管理局负责人陪同。"
    "冯宏伟一行先后来到双洎河大桥、新村社区和梨河镇便民服务中心，实地察看了防汛物资储备情况。会后，"
    "新郑市召开防汛工作推进会，副市长马国强主持会议。"
)


def present(draft: Draft, event: str) -> dict[str, str]:
    return {p.agent.name: p.role for p in draft.facts if isinstance(p, Participation) and p.event == event}


def test_a_meeting_and_all_who_were_there() -> None:
    draft = read(MEETING)
    assert [(e.type, e.name) for e in draft.events()] == [("meeting", "郓城县安全生产工作会议")]
    assert present(draft, "e1") == {
        "郓城县": "organise",
        "王建国": "lead",
        "李文华": "lead",
        "赵国栋": "attend",
        "孙丽娟": "attend",
        "县应急管理局": "attend",
        "县消防救援大队": "attend",
        "周志强": "report",
        "丁里长街道": "pledge",
        "县教育局": "pledge",
    }


def test_titles_heads_and_open_lists_are_kept() -> None:
    facts = {p.agent.name: p for p in read(MEETING).facts if isinstance(p, Participation)}
    assert facts["李文华"].title == "县委副书记、县长"
    assert facts["县消防救援大队"].through == "主要负责人"
    assert facts["县消防救援大队"].open_list
    assert not facts["王建国"].open_list
    assert facts["郓城县"].agent.kind == "jurisdiction"
    assert facts["县教育局"].agent.kind == "body"


def test_an_absent_leader_who_is_quoted_takes_no_part() -> None:
    assert "张志刚" not in present(read(MEETING), "e1")


def test_an_outing_and_the_meeting_after_it() -> None:
    draft = read(OUTING)
    assert [(e.type, e.name) for e in draft.events()] == [
        ("inspection", "冯宏伟到梨河镇调研防汛备汛工作"),
        ("meeting", "新郑市防汛工作推进会"),
    ]
    assert present(draft, "e1") == {
        "冯宏伟": "lead",
        "马国强": "accompany",
        "石兰": "accompany",
        "市财政局": "accompany",
        "市应急管理局": "accompany",
    }
    assert present(draft, "e2") == {"新郑市": "organise", "马国强": "lead"}
    assert [(p.place, p.role) for p in draft.facts if isinstance(p, EventPlace)] == [
        ("梨河镇", "venue"),
        ("双洎河大桥", "site"),
        ("新村社区", "site"),
        ("梨河镇便民服务中心", "site"),
    ]


def test_an_observation_with_a_meeting_is_two_events_with_the_same_present() -> None:
    draft = read(
        "4月11日上午，郓城县召开老旧小区改造观摩暨推进会。县领导王建国、李文华参加。在观摩阶段，王建国一行先后来到"
        "金河花园、东城小区。在推进会上，王建国表示，要把好事办好。"
    )
    assert [(e.type, e.name) for e in draft.events()] == [
        ("inspection", "郓城县老旧小区改造观摩"),
        ("meeting", "郓城县老旧小区改造推进会"),
    ]
    for key in ("e1", "e2"):
        assert present(draft, key) == {"郓城县": "organise", "王建国": "lead", "李文华": "attend"}
    assert {(p.event, p.place, p.role) for p in draft.facts if isinstance(p, EventPlace)} == {
        ("e1", "金河花园", "site"),
        ("e1", "东城小区", "site"),
    }


def test_a_headline_tells_who_held_the_meeting() -> None:
    text = "6月26日下午，县委常委、政法委书记王建国带队到黄集镇召开平安建设现场会。"
    draft = read(text, "郓城县召开平安建设现场会", home="郓城县")
    assert [e.name for e in draft.events()] == ["郓城县平安建设现场会"]
    assert present(draft, "e1")["郓城县"] == "organise"
    assert "郓城县" not in present(read(text, home="郓城县"), "e1")


def test_an_appointment_is_part_of_its_meeting() -> None:
    draft = read("9月30日，郓城县人大常委会召开第五次会议。会议决定任命王建国为郓城县教育局局长。")
    meeting, act = draft.events()
    assert (act.type, act.name, act.part_of) == ("appointment", "任命王建国为郓城县教育局局长", meeting.key)
    post = [(p.agent.name, p.role, p.title) for p in draft.facts if isinstance(p, Participation) and p.event == act.key]
    assert post == [("王建国", "receive", "郓城县教育局局长")]


@pytest.mark.parametrize(
    "text",
    [
        "近年来，郓城县坚持绿色发展，通过召开座谈会、举办培训班等方式，带动群众增收。",
        "下一步，县水利局将定期召开调度会，推动各项任务落地见效。",
        "县委书记王建国曾多次到该村调研，对产业发展提出明确要求。",
        "县长李文华强调，要召开专题会议研究部署，深入一线督导检查。",
        "2022年旅游产业发展大会将于6月在雷山县举行。",
        "记者从市民政局了解到，全市已建成养老服务中心32处。",
        "据了解，今年以来全县共召开现场会12次，县委书记王建国先后8次到项目一线调研。",
        "村民张德贵在合作社的指导下学会了大棚种植技术。",
        "各督导组要到各镇街检查，县领导要带队督导。",
    ],
)
def test_what_did_not_take_place_then_is_no_event(text: str) -> None:
    assert read(text).events() == []


def test_what_is_left_out_says_why() -> None:
    draft = read("县长李文华强调，要召开专题会议研究部署。")
    assert [(r.rule, r.text, r.reason) for r in draft.rejected if r.rule == "convened"] == [
        ("convened", "召开专题会议", "said by a speaker, not reported")
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("防汛工作推进会", "meeting"),
        ("中青年干部培训班", "training"),
        ("“清风”主题宣讲活动", "training"),
        ("战略合作签约暨揭牌仪式", "signing"),
        ("“红色合伙人”签约暨“五星支部”授牌仪式", "ceremony"),
        ("智慧农业创新论坛", "forum"),
        ("第五届运动会", "activity"),
        ("文化旅游节开幕式", "ceremony"),
        ("第十次会议", "meeting"),
    ],
)
def test_the_type_that_a_name_tells(name: str, expected: str) -> None:
    assert type_of(name) == expected


def test_topics_come_from_the_name() -> None:
    draft = read("5月8日，郓城县召开农村人居环境整治推进会。")
    assert [t.initiative for t in draft.facts if isinstance(t, EventTopic)] == ["农村人居环境整治"]


def test_every_fact_has_a_stretch_of_the_text() -> None:
    for text in (MEETING, OUTING):
        draft = read(text)
        assert draft.facts
        for fact in draft.facts:
            assert 0 <= fact.evidence.start < fact.evidence.end <= len(text)


def test_the_company_of_an_outing() -> None:
    """Whoever is named in 在…陪同下 came along; the one before led."""
    found = finds(
        read(
            "5月8日，石泉县委书记周长海在县委常委、常务副县长王志平，副县长田海波陪同下，"
            "到池河镇调研蚕桑产业，池河镇班子成员全程陪同。",
            home="石泉县",
        )
    )
    assert {"lead|周长海", "accompany|王志平", "accompany|田海波", "accompany|池河镇"} <= set(found)


def test_who_declares_it_open_leads() -> None:
    """The head of the county declares the work begun, the deputy presides, the head of the government welcomes."""
    found = finds(
        read(
            "5月8日，石泉县举行重大项目集中开工仪式。县委书记周长海宣布开工，县长王志平致辞，"
            "常务副县长田海波主持仪式。",
            home="石泉县",
        )
    )
    assert [x for x in found if x.startswith("lead")] == ["lead|田海波", "lead|周长海"]
    assert "address|王志平" in found


def test_the_highest_office_that_spoke_leads() -> None:
    """The deputy dean speaks first, the county head after him: the county head leads."""
    found = finds(
        read(
            "11月8日，第五届黄芪产业论坛在成县举行。甘肃中医药大学副校长周岳平在主旨发言中提出，"
            "要建设种质库。县长马国祖在致辞时表示，成县将做强产业。",
            home="成县",
        )
    )
    assert "lead|马国祖" in found
    assert "lead|周岳平" not in found


def test_those_who_watch_a_meeting_elsewhere_do_not_lead_it() -> None:
    found = finds(read("6月7日下午，全国安全生产电视电话会议召开。副县长王志平、田海波在我县分会场收听收看。"))
    assert not [x for x in found if x.startswith("lead")]
    assert "attend|王志平" in found


def test_an_interview_is_no_speech_at_the_event() -> None:
    """Who is asked for the background (据介绍) was not heard at the event."""
    found = finds(
        read(
            "近日，石泉县鹿门社区在金鹿苑小区举办“楼栋议事会”启动仪式。\n"
            "据介绍，城关街道今年以来推行网格服务机制。街道党工委副书记王志平表示，将实现全覆盖。",
            home="石泉县",
        )
    )
    assert not [x for x in found if "王志平" in x]


def test_all_the_towns_are_none_by_name() -> None:
    found = finds(
        read("5月8日，石泉县召开安全生产会议。石泉县政府与各乡镇签订了责任书，各乡镇负责人参加会议。", home="石泉县")
    )
    assert not [x for x in found if x.endswith("|乡镇")]


@pytest.mark.parametrize(
    ("higher", "lower"),
    [
        ("县委书记", "县长"),
        ("县委副书记、县长", "县人大常委会主任"),
        ("县政协主席", "副县长"),
        ("县委常委、组织部部长", "副县长"),
        ("副市长", "县委书记"),
        ("县教育局局长", "大学副校长"),
        ("县教育局局长", ""),
    ],
)
def test_standing(higher: str, lower: str) -> None:
    home = ("陕西省", "安康市", "石泉县")
    assert standing.of(higher, home) < standing.of(lower, home)


def test_a_visit_of_other_days_in_one_article_is_an_event_with_its_own_company() -> None:
    """A page that runs two items together: the second opens with its days, and goes on with one of them."""
    text = (
        "2022年3月2日，青神县妇联组织到瑞峰镇开展乡村治理调研工作。调研组由县政协副主席周国华带队。\n"
        "2022年4月12日至14日，青神县分两批组织县委、县人大常委会班子成员，各乡镇党政主要负责人，县属国有企业、学校、医院领导班子成员，"
        "新任职的科级干部和驻村第一书记赴简阳市考察农村垃圾分类工作。\n"
        "2022年4月12日上午，由县纪委、县财政局主要负责同志组成的第一批次考察团先后到石桥村、柳湾湿地公园（垃圾分类展示馆）、"
        "河东水厂等地考察。据悉，参加考察的人员共计320余人。"
    )
    draft = read(text, home="青神县")
    first, second = [f for f in draft.facts if isinstance(f, Event)]
    assert second.name.startswith("青神县组织")
    assert (second.count.value if second.count else None) == 320
    there = {(p.event, p.agent.name, p.role) for p in draft.facts if isinstance(p, Participation)}
    assert {(second.key, "青神县", "organise"), (second.key, "县纪委", "attend")} <= there
    assert (second.key, "县财政局", "attend") in there
    assert (first.key, "县财政局", "attend") not in there
    places = {(p.event, p.place, p.role) for p in draft.facts if isinstance(p, EventPlace)}
    assert {(second.key, "简阳市", "venue"), (second.key, "柳湾湿地公园", "site")} <= places
    assert {(second.key, "石桥村", "site"), (second.key, "河东水厂", "site")} <= places
    assert not any(place.endswith("）") for _, place, _ in places)


def test_the_items_of_a_digest_have_their_own_company() -> None:
    text = (
        "5月6日，县委书记周国华到瑞峰镇调研水利建设。县委常委李志远陪同。\n"
        "5月7日，县长田海波到石桥镇调研学校建设。副县长王秀兰陪同。"
    )
    draft = read(text, home="青神县")
    first, second = [f.key for f in draft.facts if isinstance(f, Event)]
    there = {(p.event, p.agent.name) for p in draft.facts if isinstance(p, Participation)}
    assert {(first, "李志远"), (second, "王秀兰")} <= there
    assert not {(second, "李志远"), (first, "王秀兰")} & there


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("近日，青神县瑞峰镇对工业路两侧的摊点进行清理。", "工业路", True),
        ("近日，青神县瑞峰镇对主干路两侧的摊点进行清理。", "主干路", False),
        ("近日，青神县瑞峰镇对该路两侧的摊点进行清理。", "该路", False),
        ("近日，记者在青神县桃林工业园看到，机器正在运转。", "桃林工业园", True),
        ("近日，青神县把瑞峰镇打造成竹艺旅游示范区。", "竹艺旅游示范区", False),
    ],
)
def test_roads_and_grounds_that_have_a_name(text: str, name: str, there: bool) -> None:
    named = {m.text for m in read(text, home="青神县").of("place", "body")}
    assert any(n.endswith(name) for n in named) == there


def test_the_area_in_a_bracket_is_where_it_was() -> None:
    draft = read("5月6日，县长田海波到经开区（铜梁区）、瑞峰镇调研学校建设。", home="青神县")
    assert {p.place for p in draft.facts if isinstance(p, EventPlace)} == {"铜梁区", "瑞峰镇"}


@pytest.mark.parametrize(
    "text",
    [
        "5月24日，在县委副书记王志平、副县长田海波的陪同下，市水利局局长周长海一行来到瑞峰镇调研防汛备汛工作。",
        "在县委副书记王志平、副县长田海波陪同下，5月24日，市水利局局长周长海深入瑞峰镇调研防汛备汛工作。",
    ],
)
def test_those_in_whose_company_somebody_went_are_not_the_leaders(text: str) -> None:
    draft = read(text, home="青神县")
    roles = {p.agent.name: p.role for p in draft.facts if isinstance(p, Participation)}
    assert (roles["周长海"], roles["王志平"], roles["田海波"]) == ("lead", "accompany", "accompany")


def test_what_is_done_in_a_town_is_no_place_in_it() -> None:
    draft = read("5月6日，县纪委书记田海波到瑞峰镇讲授廉政党课。", home="青神县")
    assert {p.place for p in draft.facts if isinstance(p, EventPlace)} == {"瑞峰镇"}


def test_a_delegation_is_named_without_the_verb_of_leading() -> None:
    draft = read("4月9日，县委书记周国华率县党政代表团赴杭州市考察学习。", home="青神县")
    bodies = {p.agent.name: p.role for p in draft.facts if isinstance(p, Participation) and p.agent.kind == "body"}
    assert bodies == {"县党政代表团": "attend"}


def test_who_was_elected_did_not_lead_the_congress() -> None:
    draft = read("12月8日，青神县工商联第七次会员代表大会召开，张宏伟当选为县工商联主席。", home="青神县")
    meeting = next(f.key for f in draft.facts if isinstance(f, Event) and f.type == "meeting")
    roles = {p.agent.name: p.role for p in draft.facts if isinstance(p, Participation) and p.event == meeting}
    assert roles["张宏伟"] == "attend"


def test_whoever_is_taken_along_did_not_hold_it() -> None:
    draft = read("9月25日，副县长周国华带领县水利局、县公安局干部，到瑞峰镇开展河道整治行动。", home="青神县")
    roles = {p.agent.name: p.role for p in draft.facts if isinstance(p, Participation)}
    assert roles["周国华"] == "lead"
    assert "organise" not in (roles["县水利局"], roles["县公安局"])


def test_works_begun_at_a_ceremony_are_begun_once() -> None:
    draft = read("4月22日，青神县举行重点项目集中开工活动，投资总额达68亿元的10个重点项目集中开工。", home="青神县")
    assert len([f for f in draft.facts if isinstance(f, Event)]) == 1


def test_who_told_how_things_are_did_not_lead_the_meeting() -> None:
    text = "9月27日，市委书记李志远到青神县调研城市建设。座谈会上，副县长周国华对城市建设情况作了简要介绍。"
    draft = read(text, home="青神县")
    meeting = next(f.key for f in draft.facts if isinstance(f, Event) and f.type == "meeting")
    roles = {p.agent.name: p.role for p in draft.facts if isinstance(p, Participation) and p.event == meeting}
    assert (roles["李志远"], roles["周国华"] == "lead") == ("lead", False)


def test_what_bodies_did_in_a_week_needs_no_day_of_its_own() -> None:
    text = (
        "这一周，青神县各部门有哪些新鲜事？\n县应急管理局联合瑞峰镇在岷江大堤开展防汛抢险应急演练，县水利局参加演练。"
    )
    found = finds(read(text, home="青神县"))
    assert {"activity|防汛抢险应急演练", "organise|县应急管理局", "attend|县水利局"} <= set(found)


def test_leaders_of_the_cities_of_a_province_end_no_list() -> None:
    text = "8月21日，全省河湖保护现场会在青神县召开。县委书记周国华、县长李志远，各设区市分管领导参加会议。"
    roles = {p.agent.name: p.role for p in read(text, home="青神县").facts if isinstance(p, Participation)}
    assert {"周国华", "李志远"} <= set(roles)
