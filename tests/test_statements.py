"""Statements: every rule on its own examples, and who said what, how far it goes, and in which points."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg.pages
from kg.extract import page_context, read, read_text
from kg.extract.reach import sentences_at
from kg.model import Event, Participation, Reading, Statement
from kg.rules import Rule, load_rules

RULES = list(load_rules("statement"))


def of(reading: Reading) -> list[Statement]:
    return [f for f in reading.facts if isinstance(f, Statement)]


def statements(text: str) -> list[Statement]:
    return of(read_text(text))


def show(s: Statement) -> str:
    speaker = "会议" if s.speaker.kind == "event" else s.speaker.name
    return f"{speaker}|{s.verb}|{s.text[:12]}"


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_examples(rule: Rule) -> None:
    for example in rule.examples:
        text = str(example["text"])
        got = statements(text)
        assert [show(s) for s in got] == example["finds"], (rule.name, text)
        assert rule.name in {s.evidence.rule for s in got}, (rule.name, text)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.name)
def test_rule_rejects(rule: Rule) -> None:
    for text in rule.rejects:
        assert rule.name not in {s.evidence.rule for s in statements(text)}, (rule.name, text)


@pytest.mark.parametrize(
    "text",
    [
        "据悉，全县已建成高标准农田12万亩。",
        "据介绍，该项目将于年底投用。",
        "县委书记赵志强对全县工作表示肯定，并看望了职工。",
        "按照县委书记赵志强的要求，各乡镇开展了排查。",
        "区长何晓明主持会议并提出要求。",
        "各单位要把领导要求落实到具体行动上。",
        "副县长孙丽介绍了一季度经济运行情况。",
        "与会人员认为，报告求真务实。",
    ],
)
def test_nobody_is_quoted(text: str) -> None:
    assert statements(text) == []


ENUMERATED = """5月6日，平武县召开河湖长制工作会议。县委书记赵志强出席并讲话。
赵志强强调，一是要压实责任。各级河湖长要巡河有记录、问题有台账。
二是要系统治理，补齐污水管网短板。
三是要严格执法。
据悉，全县现有县级河长12名。"""


def test_a_speech_goes_on_over_paragraphs_while_it_enumerates() -> None:
    (said,) = statements(ENUMERATED)
    assert said.text == ENUMERATED[slice(*said.said)]
    assert said.text.startswith("一是要压实责任。")
    assert said.text.endswith("三是要严格执法。")
    assert [ENUMERATED[a:b] for a, b in said.points] == [
        "一是要压实责任。各级河湖长要巡河有记录、问题有台账",
        "二是要系统治理，补齐污水管网短板",
        "三是要严格执法",
    ]


def test_announced_points_are_counted() -> None:
    text = "8月1日，通海县召开农业农村工作会议。县长李国强提出，要抓好三个方面的工作，即抓好粮食生产；抓好产业振兴；抓好人居环境。"
    (said,) = statements(text)
    assert [text[a:b] for a, b in said.points] == ["抓好粮食生产", "抓好产业振兴", "抓好人居环境"]


def test_a_speech_ends_where_the_paper_goes_on() -> None:
    text = "镇长孙立军表示，将做好服务。会后，与会人员参观了展厅。副县长陈国平参加会议。"
    (said,) = statements(text)
    assert said.text == "将做好服务。"


def test_several_verbs_are_several_statements() -> None:
    text = "区长何晓明指出，一季度开局良好；要求各部门再接再厉。何晓明强调，要守住底线。"
    assert [show(s) for s in statements(text)] == [
        "何晓明|指出|一季度开局良好",
        "何晓明|要求|各部门再接再厉。",
        "何晓明|强调|要守住底线。",
    ]


def test_direct_speech_stands_between_quotes() -> None:
    text = "“路修好了。”镇长孙立军说，下一步要种好树。副县长陈国平说：“要管好路。”随后，他们离开了。"
    got = [(s.speaker.name, s.text, s.direct) for s in statements(text)]
    assert got == [
        ("孙立军", "路修好了。", True),
        ("孙立军", "下一步要种好树。", False),
        ("陈国平", "要管好路。", True),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("县委书记赵志强到青山镇调研。他指出，要抓好产业。", "赵志强"),
        ("县委书记赵志强指出，要抓好产业。他强调，要守住底线。", "赵志强"),
        ("县委书记赵志强、县长李国强参加座谈。他指出，要抓好产业。", ""),
    ],
)
def test_he_is_who_was_spoken_of(text: str, speaker: str) -> None:
    got = statements(text)
    assert (got[-1].speaker.name if got else "") == speaker


def test_the_meeting_speaks_for_itself() -> None:
    reading = read_text("4月6日，崇义县召开林长制工作会议。县长王建国主持会议。会议要求，各林场要加强巡护。")
    (event,) = [f for f in reading.facts if isinstance(f, Event)]
    (said,) = of(reading)
    assert (said.speaker.kind, said.speaker.name, said.event) == ("event", event.key, event.key)


def test_a_leader_who_is_only_named_in_a_speech_was_not_there() -> None:
    text = "2月27日，云和县召开道路交通安全推进会。副县长高强主持会议。高强强调，要落实市委书记石坚的批示要求。"
    reading = read_text(text)
    assert [s.speaker.name for s in of(reading)] == ["高强"]
    assert "石坚" not in {f.agent.name for f in reading.facts if isinstance(f, Participation)}


def test_a_body_speaks_through_an_official_without_a_name() -> None:
    (said,) = statements("阳新县水利局相关负责人介绍，全线将于9月底贯通。")
    assert (said.speaker.kind, said.speaker.name) == ("body", "阳新县水利局")


def test_a_page_as_printed(seeds: Path) -> None:
    page = kg.pages.read(next(seeds.glob("000_*")))
    articles = kg.pages.articles(page)
    (said,) = of(read(articles[0], page_context(page, articles)))
    assert (said.speaker.name, said.verb, len(said.points)) == ("崔世英", "表示", 3)
    assert said.text.startswith("一是要完善领导体制")
    assert said.text.endswith("毅力和韧劲推动工作落实。")


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("下雨了。镇长说，要防汛。大家散了。", "说", "镇长说，要防汛。"),
        ("大家来了。“路修好了。真好。”镇长说，要种树。", "说", "“路修好了。真好。”镇长说，要种树。"),
        ("第一段\n镇长说，要种树", "说", "镇长说，要种树"),
    ],
)
def test_a_sentence_holds_the_quotation_before_its_speaker(text: str, word: str, sentence: str) -> None:
    assert [text[a:b] for a, b in sentences_at(text, [text.index(word)])] == [sentence]
