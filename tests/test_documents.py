"""Titles in 《》: expected values are read off the sentences, written after pages of several provinces."""

from __future__ import annotations

import pytest

from kg.extract import documents
from kg.extract.draft import Draft
from kg.model import Article, Context, DocumentUse, Event, Evidence, Mention, When
from kg.rules import load_rules
from kg.rules.fold import fold


def draft_of(text: str, *mentions: Mention) -> Draft:
    article = Article(
        page="t",
        key="a1",
        headline="",
        headline_spans=(),
        text=text,
        norm=fold(text),
        offsets=range(len(text)),
        prose=(0, len(text)),
    )
    draft = Draft(article, Context())
    draft.add(mentions)
    documents.find(draft)
    return draft


def naming(text: str, kind: str, name: str, subkind: str = "") -> Mention:
    start = text.index(name)
    return Mention(kind, start, start + len(name), name, name, "given", subkind)  # type: ignore[arg-type]


def used(draft: Draft) -> list[tuple[str, str]]:
    documents.uses(draft)
    return [f.row() for f in draft.facts if isinstance(f, DocumentUse)]  # type: ignore[misc]


def rules_with(column: str) -> list[object]:
    found = []
    for rule in load_rules("document"):
        texts = rule.examples if column == "examples" else rule.rejects
        found += [pytest.param(rule.name, text, id=f"{rule.name}-{i}") for i, text in enumerate(texts)]
    return found


def test_every_rule_was_collected() -> None:
    names = [rule.name for rule in load_rules("document")]
    assert len(names) == len(set(names)) >= 7


@pytest.mark.parametrize(("rule", "example"), rules_with("examples"))
def test_example(rule: str, example: dict[str, object]) -> None:
    text = str(example["text"])
    government = [naming(text, "body", "县政府")] if "县政府" in text else []
    draft = draft_of(text, *government)
    assert used(draft) == [tuple(x) for x in example["finds"]]  # type: ignore[attr-defined]
    assert {f.evidence.rule for f in draft.facts if isinstance(f, DocumentUse)} == {rule}


@pytest.mark.parametrize(("rule", "text"), rules_with("rejects"))
def test_reject(rule: str, text: str) -> None:
    draft = draft_of(text)
    documents.uses(draft)
    assert rule not in {f.evidence.rule for f in draft.facts if isinstance(f, DocumentUse)}


@pytest.mark.parametrize(
    ("text", "subkinds"),
    [
        ("会议学习了《中国共产党问责条例》。", [("中国共产党问责条例", "")]),
        ("教授以《乡村产业振兴的路径》为题，为学员授课。", [("乡村产业振兴的路径", "lecture")]),
        ("县委书记作了题为《实干兴县》的专题党课。", [("实干兴县", "lecture")]),
        ("教授围绕《论科技自立自强》作了专题辅导。", [("论科技自立自强", "lecture")]),
        ("教授围绕《民法典》作专题辅导。", [("民法典", "")]),
        (
            "她作了《为何写新闻》和《怎样写好新闻》的专题讲座。",
            [("为何写新闻", "lecture"), ("怎样写好新闻", "lecture")],
        ),
        ("舞龙队带来了压轴节目《竞技龙》。", [("竞技龙", "work")]),
        ("合唱《我和我的祖国》《歌唱祖国》等节目精彩纷呈。", [("我和我的祖国", "work"), ("歌唱祖国", "work")]),
        ("《浙江日报》刊发了这一做法。", [("浙江日报", "work")]),
        ("集体观看警示教育片《蜕变》。", [("蜕变", "work")]),
        ("传达了《关于转发〈防汛方案〉的通知》精神。", [("关于转发〈防汛方案〉的通知", "")]),
        ("按照《实施方案 没有收住的括号。另按《办法》执行。", [("办法", "")]),
        ("没有书名号的一句话。", []),
    ],
)
def test_what_a_title_is(text: str, subkinds: list[tuple[str, str]]) -> None:
    assert [(m.name, m.subkind) for m in draft_of(text).of("document")] == subkinds


def test_mention_text_is_the_printed_stretch() -> None:
    text = "依据《江阴市河道管理办法》，开展巡查。"
    (m,) = draft_of(text).of("document")
    assert (text[m.start : m.end], m.text) == ("《江阴市河道管理办法》", "《江阴市河道管理办法》")


def test_short_title_is_the_long_one() -> None:
    text = "市里印发了《关于推进农村公路提档升级的部署》。据介绍，《部署》包括14项举措。"
    draft = draft_of(text)
    assert [m.name for m in draft.of("document")] == ["关于推进农村公路提档升级的部署"] * 2
    assert used(draft) == [("关于推进农村公路提档升级的部署", "issued")]


def test_short_title_that_is_declared() -> None:
    text = "近日，《扬州市河道保护条例》（以下简称《条例》）正式发布。《条例》共六章。"
    draft = draft_of(text)
    assert {m.name for m in draft.of("document")} == {"扬州市河道保护条例"}
    assert used(draft) == [("扬州市河道保护条例", "issued")]


def test_two_titles_that_merely_look_alike_stay_two() -> None:
    text = "印发了《一号方案》和《二号方案》。"
    assert used(draft_of(text)) == [("一号方案", "issued"), ("二号方案", "issued")]


def test_a_title_without_a_verb_is_cited() -> None:
    assert used(draft_of("要严格对照《国家卫生城市标准》，补齐短板。")) == [("国家卫生城市标准", "cited")]


def test_what_is_signed_is_cited_and_what_is_agreed_to_is_issued() -> None:
    assert used(draft_of("双方签订了《文旅走廊共建协议》。")) == [("文旅走廊共建协议", "cited")]
    assert used(draft_of("会议审议并原则同意《民生实事清单》。")) == [("民生实事清单", "issued")]


def test_a_lecture_has_no_use() -> None:
    assert used(draft_of("以《从严治党永远在路上》为题作了报告。")) == []


def test_who_did_it_and_at_which_event() -> None:
    text = "县教育局印发了《校园安全十条》。"
    draft = draft_of(text, naming(text, "body", "县教育局"))
    draft.facts.append(Event("e1", "meeting", "会", When(), Evidence(0, 2, "given")))
    documents.uses(draft)
    (use,) = [f for f in draft.facts if isinstance(f, DocumentUse)]
    assert use.by is not None and (use.by.kind, use.by.name, use.event) == ("body", "县教育局", "e1")


def test_an_area_that_issues_is_a_jurisdiction() -> None:
    text = "余杭区出台《数字经济扶持办法》。"
    draft = draft_of(text, naming(text, "place", "余杭区", "admin"))
    documents.uses(draft)
    (use,) = [f for f in draft.facts if isinstance(f, DocumentUse)]
    assert use.by is not None and (use.by.kind, use.by.name, use.action) == ("jurisdiction", "余杭区", "issued")


def test_a_heard_report_is_by_the_body_before_it() -> None:
    text = "会议听取和审议了县人民政府《关于环境保护工作情况的报告》。"
    draft = draft_of(text, naming(text, "body", "县人民政府"))
    documents.uses(draft)
    (use,) = [f for f in draft.facts if isinstance(f, DocumentUse)]
    assert use.by is not None and (use.by.name, use.action) == ("县人民政府", "read")


def test_so_many_copies_are_handed_out() -> None:
    text = "全区印发《致居民的一封信》《文明手册》15万份。"
    draft = draft_of(text, naming(text, "quantity", "15万份"))
    assert used(draft) == [("致居民的一封信", "distributed"), ("文明手册", "distributed")]


def test_nobody_is_named_if_nobody_did_it() -> None:
    draft = draft_of("严格落实《消防安全责任制实施办法》。")
    documents.uses(draft)
    assert [f.by for f in draft.facts if isinstance(f, DocumentUse)] == [None]
