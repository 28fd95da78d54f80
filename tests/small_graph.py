"""A small graph made by hand, for the tests of views: what two news items of seeds/000 say, read by a person.

    本报讯 7月1日上午，二七区委书记陈红民带队到淮河路街道，调研齐礼阎党群服务中心、商业街区建设工作。…
    本报讯 7月3日上午，二七区召开城市环境综合整治提升工作推进会…

and a third of another page, where a namesake speaks. No reader is needed, so views are tested as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

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

VISIT = (
    "本报讯7月1日上午，二七区委书记陈红民带队到淮河路街道，调研齐礼阎党群服务中心、商业街区建设工作。"
    "区领导崔世英、翟国防，区委办、区委宣传部、淮河路街道等主要负责人陪同。"
    "陈红民表示，要高标准、高质量完善齐礼阎党群服务中心建设方案，切实打造示范化、样板化服务阵地。"
)
MEETING = (
    "本报讯7月3日上午，二七区召开城市环境综合整治提升工作推进会。"
    "二七区委书记陈红民，区委副书记、区长苏建设参加会议。会议要求，7月底前整治背街小巷200余条。"
    "会上宣读了《城市环境综合整治提升方案》。"
)
NAMESAKE = "本报讯3月2日，登封市科技局工程师陈红民介绍，该局与郑州联通公司合作。"

DISTRICT = Entity("body", "二七区", "二七区", "jurisdiction", code="410103")
COMMITTEE = Entity("body", "二七区委", "二七区委", "party", parent=DISTRICT, system="party")
OFFICE = Entity("body", "二七区委办", "二七区委办", "party", ("区委办",), COMMITTEE)
GOVERNMENT = Entity("body", "二七区人民政府", "二七区人民政府", "government", parent=DISTRICT)
CHEN = Entity("person", "陈红民|二七区", "陈红民", "official", jurisdiction="二七区")
CUI = Entity("person", "崔世英|二七区", "崔世英", "official", jurisdiction="二七区")
ZHAI = Entity("person", "翟国防|二七区", "翟国防", "official", jurisdiction="二七区")
SU = Entity("person", "苏建设|二七区", "苏建设", "official", jurisdiction="二七区")
OTHER_CHEN = Entity("person", "陈红民|登封市", "陈红民", "expert", jurisdiction="登封市")
STREET = Entity("place", "淮河路街道", "淮河路街道", "street")
STREET_OFFICE = Entity("body", "淮河路街道办", "淮河路街道", "street", parent=DISTRICT, administers=STREET)
CENTRE = Entity("place", "齐礼阎党群服务中心", "齐礼阎党群服务中心", "facility")
CLEANING = Entity("initiative", "城市环境综合整治", "城市环境综合整治", "campaign")
PLAN = Entity("document", "城市环境综合整治提升方案", "城市环境综合整治提升方案")
BUREAU = Entity("body", "登封市科技局", "登封市科技局", "government")
UNICOM = Entity("body", "郑州联通公司", "郑州联通公司", "company")
SECRETARY = Entity("post", "二七区委书记", "二七区委书记", parent=COMMITTEE, system="party", role="书记")
DEPUTY = Entity("post", "二七区委副书记", "二七区委副书记", parent=COMMITTEE, system="party", role="副书记")
HEAD = Entity("post", "二七区区长", "二七区区长", parent=GOVERNMENT, system="government", role="区长")


def day(year: int, month: int, number: int) -> When:
    known = date(year, month, number)
    return When(known.isoformat(), known, known, "printed")


class Item:
    """One article while it is being put together; ``at`` gives the evidence of words."""

    def __init__(self, key: str, headline: str, text: str, when: When) -> None:
        self.key, self.headline, self.text, self.when = key, headline, text, when
        self.facts: list[Fact] = []
        self.mentions: list[Mention] = []
        self.entities: dict[Ref, Entity] = {}
        self.posts: dict[str, Entity] = {}

    def at(self, words: str, rule: str = "by-hand", score: float = 0.9) -> Evidence:
        """The whole sentence in which some words stand."""
        found = self.text.index(words)
        start = self.text.rfind("。", 0, found) + 1
        return Evidence(start, self.text.index("。", found) + 1, rule, score)

    def words(self, words: str, rule: str = "by-hand", score: float = 0.9) -> Evidence:
        """Just these words."""
        found = self.text.index(words)
        return Evidence(found, found + len(words), rule, score)

    def know(self, *entities: Entity, key: str = "") -> None:
        for entity in entities:
            if entity.kind == "post":
                self.posts[entity.name] = entity
            else:
                self.entities[Ref(entity.kind, key or entity.name)] = entity  # type: ignore[arg-type]


def visit() -> Item:
    it = Item("a1", "陈红民带队到淮河路街道调研", VISIT, day(2019, 7, 1))
    it.know(CHEN, CUI, ZHAI, COMMITTEE, OFFICE, STREET, STREET_OFFICE, CENTRE, SECRETARY)
    it.know(Entity("event", "visit", "陈红民到淮河路街道调研"), key="e1")
    # named, and no more is said of it
    it.know(Entity("initiative", "商业街区建设", "商业街区建设", "project"))
    named = it.words("商业街区建设")
    it.mentions = [Mention("initiative", named.start, named.end, "商业街区建设", "商业街区建设", "by-hand")]
    lead, company = it.at("带队", "who-leads", 0.95), it.at("陪同", "who-accompanies", 0.8)
    it.facts = [
        Event("e1", "inspection", "陈红民到淮河路街道调研", it.when, lead),
        Tenure(
            "陈红民", "二七区委书记", "二七区委", "书记", it.words("二七区委书记陈红民", "post-then-person"), "party"
        ),
        Participation("e1", Ref("person", "陈红民"), "lead", lead, "二七区委书记"),
        Participation("e1", Ref("person", "崔世英"), "accompany", company, open_list=True),
        Participation("e1", Ref("person", "翟国防"), "accompany", company, open_list=True),
        Participation("e1", Ref("body", "二七区委办"), "accompany", company, through="主要负责人", open_list=True),
        Participation("e1", Ref("body", "淮河路街道"), "accompany", company, through="主要负责人", open_list=True),
        EventPlace("e1", "淮河路街道", "venue", lead),
        EventPlace("e1", "齐礼阎党群服务中心", "site", lead),
        Statement(
            Ref("person", "陈红民"),
            "表示",
            (it.text.index("要高标准"), len(it.text) - 1),
            "要高标准、高质量完善齐礼阎党群服务中心建设方案，切实打造示范化、样板化服务阵地",
            it.at("陈红民表示", "speaker-verb"),
            "e1",
        ),
    ]
    return it


def meeting() -> Item:
    it = Item("a2", "二七区：把城市环境综合整治提升落到行动上", MEETING, day(2019, 7, 3))
    it.know(CHEN, SU, DISTRICT, COMMITTEE, GOVERNMENT, CLEANING, PLAN, SECRETARY, DEPUTY, HEAD)
    it.know(Entity("event", "meeting", "城市环境综合整治提升工作推进会"), key="e1")
    it.entities[Ref("jurisdiction", "二七区")] = DISTRICT
    held, there = it.at("召开", "who-convenes"), it.at("参加会议", "who-attends")
    posts = it.at("副书记、区长", "post-list-then-person")
    it.facts = [
        Event("e1", "meeting", "城市环境综合整治提升工作推进会", it.when, held),
        Tenure("陈红民", "二七区委书记", "二七区委", "书记", there, "party"),
        Tenure("苏建设", "二七区委副书记", "二七区委", "副书记", posts, "party"),
        Tenure("苏建设", "二七区区长", "二七区人民政府", "区长", posts, "government"),
        Participation("e1", Ref("person", "陈红民"), "attend", there, "二七区委书记"),
        Participation("e1", Ref("person", "苏建设"), "attend", there, "二七区委副书记"),
        Participation("e1", Ref("jurisdiction", "二七区"), "organise", held),
        EventTopic("e1", "城市环境综合整治", held),
        Target(
            "整治背街小巷",
            it.at("背街小巷", "number-of-what"),
            "城市环境综合整治",
            Quantity(200, "条", ">"),
            When("2019-07-31", date(2019, 7, 31), date(2019, 7, 31), "inferred"),
            Ref("jurisdiction", "二七区"),
            "demanded",
        ),
        DocumentUse("城市环境综合整治提升方案", "read", it.at("宣读", "document-read"), None, "e1"),
    ]
    return it


def namesake() -> Item:
    it = Item("a1", "登封市科技局与企业合作", NAMESAKE, When("XXXX-03-02"))
    it.know(OTHER_CHEN, BUREAU, UNICOM)
    it.facts = [
        Tie(Ref("body", "登封市科技局"), "partner", Ref("body", "郑州联通公司"), it.at("合作", "partners")),
        Statement(Ref("person", "陈红民"), "介绍", (19, 32), "该局与郑州联通公司合作", it.at("介绍", "speaker-verb")),
    ]
    return it


def page(name: str, items: Iterable[Item], reporter: str = "") -> PageRecord:
    """A page record whose file is the headlines and texts of its items, one below the other."""
    items = list(items)
    text = "".join(f"{it.headline}\n{it.text}\n" for it in items)
    made = Page(name, f"{name}.txt", text, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest())
    context = Context(jurisdiction=Jurisdiction("河南省", "郑州市", "二七区"))
    records, at = [], 0
    for it in items:
        start = at + len(it.headline) + 1
        article = Article(
            page=name,
            key=it.key,
            headline=it.headline,
            headline_spans=(Span(at, at + len(it.headline)),),
            text=it.text,
            norm=it.text,
            offsets=range(start, start + len(it.text)),
            prose=(0, len(it.text)),
            bylines=(Byline(reporter, "reporter", ()),) if reporter else (),
        )
        reading = Reading(article, context, it.when, tuple(it.mentions), tuple(it.facts))
        records.append(Record(reading, it.entities, it.posts))
        at = start + len(it.text) + 1
    return PageRecord(made, context, tuple(records))


def records() -> Iterator[PageRecord]:
    """The three items on their two pages."""
    yield page("erqi", [visit(), meeting()], "张改华")
    yield page("dengfeng", [namesake()])


#: names that a page might hold, by accident or to do harm
IMAGE = "<img src=x onerror=\"document.title='broken'\">"
SCRIPT = "</script><script>document.title='broken'</script>"
LINK = "<a href=\"javascript:document.title='broken'\">href</a>"


def hostile() -> Iterator[PageRecord]:
    """A page whose every text is markup: names, headline, quote, rule, title, aliases."""
    text = f"本报讯{IMAGE}带队到{SCRIPT}，{LINK}陪同。"
    it = Item("a1", f"{SCRIPT}{IMAGE}", text, day(2019, 7, 1))
    boss = Entity("person", "p1", IMAGE, "official", (LINK, SCRIPT), jurisdiction=SCRIPT)
    body = Entity("body", "b1", SCRIPT, "government", (IMAGE,))
    other = Entity("person", "p2", LINK, "citizen\"><script>document.title='broken'</script>")
    it.know(boss, other, body, Entity("post", "t1", f"{SCRIPT}局长", parent=body, role=IMAGE))
    it.know(Entity("event", "v1", f"{IMAGE}{LINK}"), key="e1")
    proof = it.at("带队", f"{SCRIPT}rule", 0.5)
    it.facts = [
        Event("e1", "meeting", f"{IMAGE}{LINK}", it.when, proof),
        Tenure(IMAGE, f"{SCRIPT}局长", SCRIPT, IMAGE, proof),
        Participation("e1", Ref("person", IMAGE), "lead", proof, f"{SCRIPT}局长", LINK),
        Participation("e1", Ref("person", LINK), "accompany", proof),
        Participation("e1", Ref("body", SCRIPT), "host", proof),
        Statement(Ref("person", IMAGE), IMAGE, (3, 9), f"{SCRIPT}{IMAGE}", proof, "e1", ((3, 9), (9, 20))),
    ]
    yield page(f"{IMAGE}", [it], SCRIPT)
