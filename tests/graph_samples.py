"""A page read by hand, for the tests of the graph: two articles of seeds/000, as a careful reader notes them."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

from kg.model import (
    Article,
    Byline,
    Context,
    DocumentUse,
    Entity,
    Event,
    EventPlace,
    EventTopic,
    Evidence,
    Fact,
    Jurisdiction,
    Mention,
    Page,
    PageRecord,
    Participation,
    Quantity,
    Reading,
    Record,
    Ref,
    Span,
    Statement,
    Target,
    Tenure,
    Tie,
    When,
)

SEED = Path(__file__).parents[1] / "seeds" / "000_7331d32aa81932c1.txt"
AREA = Jurisdiction("河南省", "郑州市", "二七区", "410103")
CONTEXT = Context(None, 2019, "printed", "2019年精神文明建设暨文明城市创建工作推进会", AREA)


def page(name: str = SEED.stem, text: str | None = None) -> Page:
    raw = SEED.read_text("utf-8") if text is None else text
    return Page(name, f"/somewhere/{name}.txt", raw, hashlib.sha256(raw.encode()).hexdigest())


def article(
    of: Page, key: str, headline: str, first: str, last: str, bylines: tuple[tuple[str, str], ...] = ()
) -> Article:
    """The stretch of the page from ``first`` to ``last``, unwrapped; byline persons are looked for in it."""
    start = of.text.index(first)
    end = of.text.index(last, start) + len(last)
    kept = [i for i in range(start, end) if not of.text[i].isspace()]
    text = "".join(of.text[i] for i in kept)
    made = Article(of.name, key, headline, (), text, text, kept, (0, len(text)))
    marks = []
    for person, role in bylines:
        at = text.rindex(person)
        marks.append(Byline(person, role, made.raw_spans(at, at + len(person))))  # type: ignore[arg-type]
    found = []
    for line in headline.split():
        at = of.text.find(line)
        found += [Span(at, at + len(line))] if at >= 0 else []
    return replace(made, bylines=tuple(marks), headline_spans=tuple(found))


class Reader:
    """Notes facts on one article by quoting it: ``by("二七区委常委")`` is the evidence of that quote."""

    def __init__(self, of: Article) -> None:
        self.of = of
        self.facts: list[Fact] = []
        self.mentions: list[Mention] = []
        self.entities: dict[Ref, Entity] = {}
        self.posts: dict[str, Entity] = {}

    def at(self, quote: str) -> tuple[int, int]:
        start = self.of.text.index(quote)
        return start, start + len(quote)

    def by(self, quote: str, rule: str = "by-hand", score: float = 0.9) -> Evidence:
        return Evidence(*self.at(quote), rule, score)

    def name(self, kind: str, name: str, entity: Entity, quote: str = "") -> None:
        start, end = self.at(quote or name)
        self.mentions.append(Mention(kind, start, end, self.of.text[start:end], name, "by-hand"))  # type: ignore[arg-type]
        self.entities[Ref(kind, name)] = entity  # type: ignore[arg-type]

    def record(self, when: When, context: Context = CONTEXT) -> Record:
        reading = Reading(self.of, context, when, tuple(self.mentions), tuple(self.facts))
        return Record(reading, self.entities, self.posts)


def entity(kind: str, name: str, subkind: str = "", **more: object) -> Entity:
    return Entity(kind, f"{kind}|{name}|二七区", name, subkind, **more)  # type: ignore[arg-type]


DISTRICT = entity("body", "二七区", "jurisdiction", code="410103")
PARTY = entity("body", "二七区委", "party", parent=DISTRICT, system="party", printed=("区委",))
PROPAGANDA = entity("body", "二七区委宣传部", "party", parent=PARTY, system="party", printed=("宣传部", "区委宣传部"))
MEETING_DAY = When("2019-06-26", date(2019, 6, 26), date(2019, 6, 26), "printed")
VISIT_DAY = When("2019-07-01", date(2019, 7, 1), date(2019, 7, 1), "inferred", "上午")


def meeting(of: Page) -> Record:
    """The first article: 6月26日，二七区召开…推进会, up to its byline, and one promise of the second."""
    a = article(
        of,
        "a1",
        "二七区召开精神文明建设 暨创文工作推进会",
        "本报讯 6月 26日",
        "通讯员 张雅青",
        (("张改华", "reporter"), ("张雅青", "correspondent")),
    )
    r = Reader(a)
    cui = entity("person", "崔世英", "official", jurisdiction="二七区")
    r.name("person", "崔世英", cui)
    r.name("body", "二七区委", PARTY)
    r.name("body", "二七区委宣传部", PROPAGANDA, "宣传部")
    r.name("initiative", "全国文明城市创建", entity("initiative", "全国文明城市创建", "campaign"))
    r.name("document", "全国文明城市测评体系", entity("document", "全国文明城市测评体系"))
    start, end = r.at("全区各相关职能委局")
    r.mentions.append(Mention("label", start, end, "全区各相关职能委局", "全区各相关职能委局", "by-hand"))
    r.posts["二七区委常委"] = entity("post", "二七区委常委", parent=PARTY, system="party", role="常委")
    r.posts["二七区委宣传部部长"] = entity("post", "二七区委宣传部部长", parent=PROPAGANDA, system="party", role="部长")
    held = r.by("二七区委常委、宣传部长崔世英", "post-list-then-person", 0.95)
    name = "二七区2019年精神文明建设暨文明城市创建工作推进会"
    r.entities[Ref("event", "e1")] = Entity("event", "二七区|2019-06-26|meeting|崔世英", name)
    r.entities[Ref("jurisdiction", "二七区")] = DISTRICT
    r.facts += [
        Tenure("崔世英", "二七区委常委", "二七区委", "常委", held, "party"),
        Tenure("崔世英", "二七区委宣传部部长", "二七区委宣传部", "部长", held, "party"),
        Event(
            "e1", "meeting", name, MEETING_DAY, r.by("6月26日，二七区召开2019年精神文明建设暨文明城市创建工作推进会")
        ),
        Participation("e1", Ref("person", "崔世英"), "lead", r.by("崔世英出席会议"), "二七区委宣传部部长"),
        Participation("e1", Ref("person", "崔世英"), "address", r.by("崔世英表示")),
        Participation("e1", Ref("jurisdiction", "二七区"), "host", r.by("二七区召开")),
        EventTopic("e1", "全国文明城市创建", r.by("文明城市创建工作推进会")),
        Statement(
            Ref("person", "崔世英"),
            "表示",
            (a.text.index("一是要完善"), a.text.index("记者张改华")),
            a.text[a.text.index("一是要完善") : a.text.index("记者张改华")],
            r.by("崔世英表示，一是要完善领导体制"),
            "e1",
            (r.at("一是要完善领导体制，融合推动形成创建合力"), r.at("二是要营造浓厚氛围，全面提高创建宣传水平")),
        ),
        Statement(
            Ref("event", "e1"),
            "宣读",
            r.at("《市长签批全国文明城市创建督查情况制度》"),
            "《市长签批…》",
            r.by("会议宣读了"),
            "e1",
        ),
        DocumentUse("全国文明城市测评体系", "cited", r.by("围绕《全国文明城市测评体系》")),
    ]
    return r.record(MEETING_DAY)


def visit(of: Page) -> Record:
    """The third article: 7月1日上午，二七区委书记陈红民带队到淮河路街道."""
    a = article(of, "a3", "陈红民带队到淮河路街道调研", "本报讯 7月 1日上午", "提升街区发展品质。")
    r = Reader(a)
    chen = entity("person", "陈红民", "official", jurisdiction="二七区")
    street = entity("place", "淮河路街道", "street", parent=entity("place", "二七区", "admin", code="410103"))
    office = entity("body", "淮河路街道办事处", "street", parent=DISTRICT, administers=street, printed=("淮河路街道",))
    centre = entity("place", "齐礼阎党群服务中心", "facility", parent=street)
    r.name("person", "陈红民", chen)
    r.name("person", "崔世英", entity("person", "崔世英", "official", jurisdiction="二七区"))
    r.name("body", "二七区委", PARTY)
    r.name("place", "淮河路街道", street)
    r.name("body", "淮河路街道办事处", office, "淮河路街道等主要负责人")
    r.name("place", "齐礼阎党群服务中心", centre)
    r.posts["二七区委书记"] = entity("post", "二七区委书记", parent=PARTY, system="party", role="书记")
    r.entities[Ref("event", "e1")] = Entity("event", "二七区|2019-07-01|inspection|陈红民", "陈红民到淮河路街道调研")
    led = r.by("7月1日上午，二七区委书记陈红民带队到淮河路街道")
    r.facts += [
        Tenure("陈红民", "二七区委书记", "二七区委", "书记", r.by("二七区委书记陈红民"), "party"),
        Event("e1", "inspection", "陈红民到淮河路街道调研", VISIT_DAY, led),
        Participation("e1", Ref("person", "陈红民"), "lead", led, "二七区委书记"),
        Participation("e1", Ref("person", "崔世英"), "accompany", r.by("区领导崔世英、翟国防")),
        Participation(
            "e1",
            Ref("body", "淮河路街道办事处"),
            "accompany",
            r.by("淮河路街道等主要负责人陪同"),
            "",
            "主要负责人",
            True,
        ),
        EventPlace("e1", "齐礼阎党群服务中心", "site", r.by("实地察看了齐礼阎党群服务中心")),
        EventPlace("e1", "淮河路街道", "venue", led),
        Statement(
            Ref("person", "陈红民"),
            "表示",
            r.at("要高标准、高质量完善"),
            "要高标准、高质量完善",
            r.by("陈红民表示"),
            "e1",
        ),
        Tie(Ref("place", "齐礼阎党群服务中心"), "located-in", Ref("place", "淮河路街道"), led),
        Target(
            "打造观摩亮点",
            r.by("打造示范化、样板化服务阵地"),
            "",
            Quantity(3, "个", ">="),
            When("2019-07-20", date(2019, 7, 20), date(2019, 7, 20), "inferred"),
            Ref("body", "淮河路街道办事处"),
            "demanded",
        ),
    ]
    return r.record(VISIT_DAY)


def record(name: str = SEED.stem) -> PageRecord:
    """The page with both articles."""
    of = page(name)
    return PageRecord(of, CONTEXT, (meeting(of), visit(of)))
