"""Mentions become entities: the identity of each thing that an article names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.model import (
    Context,
    DocumentUse,
    Entity,
    Event,
    EventPlace,
    EventTopic,
    Fact,
    Jurisdiction,
    Mention,
    Page,
    PageRecord,
    Participation,
    Reading,
    Record,
    Ref,
    Statement,
    Target,
    Tenure,
    Tie,
)
from kg.resolve.divisions import Area, divisions, jurisdiction_of
from kg.resolve.names import Names, plain

#: the kinds of mention that name a thing
_NAMING = frozenset(("person", "body", "place", "initiative", "document"))
_GOVERNMENT = re.compile(r"[省市区县旗州盟](?:人民)?政府")
_HEADS = tuple(f"{level}长" for level in "省市区县旗州盟镇乡")
#: a title that says what sort of paper it is and not which
_NO_TITLE = re.compile(
    r"[《〈“]?(?:关于|本|该|年度|全年|具体|总体|整体|初步|实施|工作|行动|活动|专项|整治|整改|推进|管理|暂行|考核|建设|创建|应急|合作|战略|框架|目标|责任|任务|会议|政府|调研|情况|"
    r"的|和|及)*(?:方案|意见|办法|细则|计划|规划|通知|通报|公告|通告|规定|规则|要点|报告|决定|决议|制度|倡议书|责任书|承诺书|任务书|协议书|协议|合同|"
    r"章程|手册|预案|清单|台账|纪要|讲话)[》〉”]?"
)

#: 北京, 天津, 上海, 重庆: province and city in one, with one code
_MUNICIPALITIES = ("11", "12", "31", "50")


def resolve(page: Page, context: Context, readings: Sequence[Reading]) -> PageRecord:
    """The record of a page: every mention and fact of its readings tied to an entity. Pure.

    Identity: a person by name and home jurisdiction; a body or place by its plain name and jurisdiction; a
    document by title (实施方案, which is none, only inside its page); an event by day, type, jurisdiction and name
    (one without a day only inside its article).
    """
    homes: dict[Jurisdiction, _Home] = {}
    records = []
    for reading in readings:
        own = reading.context.jurisdiction
        where = own if own.name else context.jurisdiction
        if where not in homes:
            homes[where] = _Home(where)
        records.append(_Article(reading, homes[where]).record())
    return PageRecord(page, context, tuple(records))


class _Home:
    """What the articles of one jurisdiction share: names in full, and areas as places."""

    def __init__(self, where: Jurisdiction) -> None:
        self.where = where
        self.name = where.name
        self.levels = where.levels
        self.chain = "".join(self.levels)
        self.names = Names(where)
        self._areas: dict[tuple[str, str], Entity] = {}

    def area(self, name: str, kind: str) -> Entity:
        """The place of this name; each is made once, for many bodies lie in it."""
        key = (name, kind)
        found = self._areas.get(key)
        if found is None:
            found = self._areas[key] = self._new_area(name, kind)
        return found

    def _new_area(self, name: str, kind: str) -> Entity:
        if name in self.levels:
            index = self.levels.index(name)
            parent = self.area(self.levels[index - 1], "admin") if index else None
            return Entity(
                "place",
                f"place|{self.chain_of(name)}",
                name,
                "admin",
                parent=parent,
                jurisdiction=self.chain,
                code=self._code(index),
            )
        if kind == "admin":
            return self._other_area(name)
        own = self.area(self.name, "admin") if self.name else None
        short = name
        if kind in ("street", "community"):
            for level in self.levels:
                if short.startswith(level) and len(short) > len(level) + 1:
                    short = short[len(level) :]
        code = divisions().street(self.where.code, short) if kind == "street" and self.where.district else ""
        key = f"place|{self.chain}|{self.names.plain(name)}"
        return Entity("place", key, short, kind, parent=own, jurisdiction=self.chain, code=code)

    def _other_area(self, name: str) -> Entity:
        """An area that is not the page's own: with its code and the areas around it where the list tells which it is.

        金水区 on a page of 二七区 is that of 郑州市; 鼓楼区 is one of several, and stays a name.
        """
        area = divisions().area(name, self.where)
        return _area_of(area) if area is not None else Entity("place", f"place|{name}", name, "admin")

    def _code(self, index: int) -> str:
        code = self.where.code
        if len(code) != 6:
            return ""
        level = len(self.levels) - 1 - index
        own = 3 if self.where.district else 2 if self.where.city else 1
        wanted = own - level
        city = code[:2] + "0000" if code[:2] in _MUNICIPALITIES else code[:4] + "00"
        return {1: code[:2] + "0000", 2: city, 3: code}.get(wanted, "")

    def chain_of(self, name: str) -> str:
        """The areas from the province down to the one of this name, written together."""
        if name in self.levels:
            return "".join(self.levels[: self.levels.index(name) + 1])
        area = divisions().area(name, self.where)
        return "".join(area.levels) if area is not None else name

    def belongs(self, full: str) -> tuple[str, str]:
        """The area a body belongs to as its name tells, and its plain name there.

        On a page of 二七区, 郑州市委 belongs to 郑州市 and 金水区城管局 to 金水区, so that they are one with those that
        the pages of other districts name; what is named without an area belongs to the page's own.
        """
        if self.name and not full.startswith(self.name):
            found = self.names.head(full)
            for depth in range(len(self.levels) - 1, 0, -1):
                if full.startswith(self.levels[depth - 1]):
                    if found is not None and len(found[0].levels) > depth:
                        break
                    return "".join(self.levels[:depth]), plain(full, _upper(self.where, depth))
            if found is not None and found[0].name != self.name:
                there = jurisdiction_of(found[0])
                return "".join(there.levels), plain(there.name + found[1], there)
        return self.chain, self.names.plain(full)

    def around(self, full: str) -> Entity | None:
        """The area that a name begins with, if it goes on behind it: 二七区城管局 → 二七区."""
        for area in reversed(self.levels):
            if full.startswith(area) and full != area:
                return self.area(area, "admin")
        headed = self.names.head(full) if self.name else None
        return _area_of(headed[0]) if headed is not None else None


class _Article:
    """The entities of one article, made as its mentions and facts speak of them."""

    def __init__(self, reading: Reading, home: _Home) -> None:
        self.reading = reading
        self.home = home
        self.entities: dict[Ref, Entity] = {}
        #: the same by kind and name, and the mentions of each
        self._made: dict[tuple[str, str], Entity] = {}
        self._mentions: dict[tuple[str, str], list[Mention]] = {}
        for m in reading.mentions:
            if m.kind in _NAMING:
                key = (m.kind, m.name)
                if key in self._mentions:
                    self._mentions[key].append(m)
                else:
                    self._mentions[key] = [m]
        #: each body with its name in full, which every other body of the article is held against
        self._bodies = [
            (name, home.names.full(name, found[0].subkind, found[0].rule))
            for (kind, name), found in self._mentions.items()
            if kind == "body"
        ]

    def record(self) -> Record:
        for kind, name in self._mentions:
            self.entity(kind, name)
        posts: dict[str, Entity] = {}
        for fact in self.reading.facts:
            for kind, name in _things(fact):
                self.entity(kind, name)
            if isinstance(fact, Tenure):
                posts[fact.title] = self._post(fact)
        return Record(self.reading, self.entities, posts)

    def entity(self, kind: str, name: str) -> Entity:
        key = (kind, name)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = _MAKERS[kind](self, name)
            self.entities[Ref(kind, name)] = found  # type: ignore[arg-type]
        return found

    def _of(self, kind: str, name: str) -> list[Mention]:
        return self._mentions.get((kind, name), [])

    def _person(self, name: str) -> Entity:
        kinds = [m.subkind for m in self._of("person", name)]
        kind = next((k for k in ("official", "expert", "business", "citizen") if k in kinds), "")
        home = self.home
        reasons = (f"同名、同一辖区（{home.name}）",) if home.name else ()
        return Entity("person", f"person|{name}|{home.chain}", name, kind, jurisdiction=home.chain, reasons=reasons)

    def _body(self, name: str) -> Entity:
        own = self._of("body", name)
        mentions = own or self._of("place", name)
        kind = _sure_kind(name) or _told(own) or _kind_by_form(name)
        rule = mentions[0].rule if mentions else ""
        full = self.home.names.full(name, kind, rule)
        administers = self.home.area(full, kind) if kind in ("street", "community") else None
        home, key = self.home.belongs(full)
        return Entity(
            "body",
            f"body|{home}|{key}",
            full,
            kind,
            printed=_printed(own, full),
            parent=self._parent(full),
            administers=administers,
            jurisdiction=home,
        )

    def _parent(self, full: str) -> Entity | None:
        """The body or area that a body's name says it belongs to: 二七区委宣传部 → 二七区委, 二七区城管局 → 二七区."""
        best, size, plainly = "", len(full), self.home.names.plain
        for name, other in self._bodies:
            if not full.startswith(other) or full == name or not len(best) < len(other) < size:
                continue
            # 郑州表达传媒有限公司 and 郑州表达传媒 are one, not a firm and its part
            if plainly(other) != plainly(full):
                best, found = other, name
        return self.entity("body", found) if best else self.home.around(full)

    def _jurisdiction(self, name: str) -> Entity:
        home = self.home
        key = f"body|jurisdiction|{home.chain_of(name)}"
        area = home.area(name, "admin")
        return Entity("body", key, name, "jurisdiction", parent=area, jurisdiction=home.chain)

    def _place(self, name: str) -> Entity:
        mentions = self._of("place", name)
        kind = _told(mentions)
        if kind == "admin" or not kind and name in self.home.levels:
            return self.home.area(name, "admin")
        full = self.home.names.full(name, "place", "")
        place = self.home.area(full, kind)
        printed = _printed(mentions, full)
        return replace(place, printed=printed) if printed != place.printed else place

    def _initiative(self, name: str) -> Entity:
        mentions, home = self._of("initiative", name), self.home
        return Entity(
            "initiative",
            f"initiative|{home.chain}|{home.names.plain(name)}",
            name,
            _told(mentions),
            printed=_printed(mentions, name),
            jurisdiction=home.chain,
            expansion=next((m.expansion for m in mentions if m.expansion), ""),
        )

    def _document(self, name: str) -> Entity:
        title = _squeeze(name)
        if _NO_TITLE.fullmatch(title):  # every district has its 《实施方案》, and more than one
            title = f"{self.reading.article.page}|{title}"
        return Entity("document", f"document|{title}", name, _told(self._of("document", name)[:1]))

    def _event(self, key: str) -> Entity:
        event = next((f for f in self.reading.facts if isinstance(f, Event) and f.key == key), None)
        article, home = self.reading.article, self.home
        if event is None:
            raise KeyError(f"{article.page}/{article.key}: a fact speaks of an unknown event {key}")
        day = event.when.edtf
        dated = len(day) == 10 and "X" not in day
        where = f"{home.chain}|{day}" if dated else f"{article.page}|{article.key}"
        reasons = (f"同一天（{day}）、同一辖区、同类型、同名",) if dated else ()
        name = f"event|{where}|{event.type}|{_squeeze(event.name)}"
        return Entity("event", name, event.name, event.type, jurisdiction=home.chain, reasons=reasons)

    def _post(self, fact: Tenure) -> Entity:
        home = self.home
        body = self.entity("body", fact.body) if fact.body else None
        if body is not None and fact.title.startswith(fact.body):
            title = body.name + fact.title[len(fact.body) :]
            if body.name.endswith("人民政府") and fact.role.endswith(_HEADS):
                title = body.name.removesuffix("人民政府") + fact.title[len(fact.body) :].removeprefix("人民政府")
        else:
            title = home.names.title(fact.title)
        return Entity(
            "post",
            f"post|{body.key if body else home.chain}|{title}",
            title,
            parent=body,
            system=fact.system,
            role=fact.role,
            jurisdiction=home.chain,
        )


_MAKERS: dict[str, Callable[[_Article, str], Entity]] = {
    "person": _Article._person,
    "body": _Article._body,
    "place": _Article._place,
    "initiative": _Article._initiative,
    "document": _Article._document,
    "event": _Article._event,
    "jurisdiction": _Article._jurisdiction,
}


def _told(mentions: Sequence[Mention]) -> str:
    """The first subkind that mentions of a thing tell."""
    for m in mentions:
        if m.subkind:
            return m.subkind
    return ""


def _printed(mentions: Sequence[Mention], full: str) -> tuple[str, ...]:
    """The forms that a thing is printed in besides its name in full."""
    if len(mentions) == 1:
        text = _squeeze(mentions[0].text)
        return (text,) if text != full else ()
    return tuple(sorted({_squeeze(m.text) for m in mentions} - {full}))


def _upper(where: Jurisdiction, depth: int) -> Jurisdiction:
    """The first ``depth`` levels of a jurisdiction as one of their own."""
    kept = set(where.levels[:depth])
    return Jurisdiction(*(x if x in kept else "" for x in (where.province, where.city, where.district)))


def _area_of(area: Area) -> Entity:
    """A listed area as a place, with its code and the areas around it up to the province."""
    found: Entity | None = None
    for depth, name in enumerate(area.levels, 1):
        code = area.code if depth == len(area.levels) else area.code[: 2 * depth].ljust(6, "0")
        chain = "".join(area.levels[:depth])
        found = Entity("place", f"place|{chain}", name, "admin", parent=found, jurisdiction=chain, code=code)
    assert found is not None
    return found


_PARTY = (*(f"{level}委" for level in "省市区县旗州盟"), "党工委")
_CPPCC = ("政协", "政协常委会", "政协委员会")
_FORMS = (
    (("委", "委员会", "党组", "党委", "部"), "party"),
    (("政府", "局", "办", "办公室", "管委会"), "government"),
    (("人大", "人大常委会"), "congress"),
    (("政协", "政协常委会"), "cppcc"),
    (("街道", "街道办事处", "镇", "乡", "苏木"), "street"),
    (("社区", "村"), "community"),
    (("公司", "集团", "银行"), "company"),
    (("大学", "学院", "学校", "中学", "小学"), "education"),
    (("实验室", "研究院", "研究所"), "research"),
)


def _sure_kind(name: str) -> str:
    """The kind of a body whose last characters leave no doubt: 区委 is party, 区政府新闻办 government."""
    if name.endswith(_PARTY):
        return "party"
    if name.endswith(_CPPCC):
        return "cppcc"
    return "government" if "政府" in name and "党" not in name and _GOVERNMENT.search(name) else ""


def _kind_by_form(name: str) -> str:
    return next((kind for ends, kind in _FORMS if name.endswith(ends)), "other")


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _things(fact: Fact) -> list[tuple[str, str]]:
    """The kind and name of everything that a fact speaks of."""
    if isinstance(fact, Tenure):
        found = [("person", fact.person), ("body", fact.body)]
    elif isinstance(fact, Event):
        found = [("event", fact.key)]
    elif isinstance(fact, Participation):
        found = [("event", fact.event), (fact.agent.kind, fact.agent.name)]
    elif isinstance(fact, EventPlace):
        found = [("event", fact.event), ("place", fact.place)]
    elif isinstance(fact, EventTopic):
        found = [("event", fact.event), ("initiative", fact.initiative)]
    elif isinstance(fact, Statement):
        found = [(fact.speaker.kind, fact.speaker.name), ("event", fact.event)]
    elif isinstance(fact, Target):
        found = [*_ref(fact.by), ("initiative", fact.initiative)]
    elif isinstance(fact, DocumentUse):
        found = [("document", fact.document), *_ref(fact.by), ("event", fact.event)]
    elif isinstance(fact, Tie):
        found = [(fact.subject.kind, fact.subject.name), (fact.object.kind, fact.object.name)]
    else:
        raise TypeError(f"unknown fact {type(fact).__name__}")
    return [thing for thing in found if thing[1]]


def _ref(ref: Ref | None) -> list[tuple[str, str]]:
    return [(ref.kind, ref.name)] if ref else []
