"""Mentions become entities: the identity of each thing that an article names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import (
    Context,
    DocumentUse,
    Entity,
    Event,
    EventPlace,
    EventTopic,
    Jurisdiction,
    Mention,
    Page,
    PageRecord,
    Participation,
    Reading,
    Record,
    Ref,
    RefKind,
    Statement,
    Target,
    Tenure,
    Tie,
)
from kg.resolve.divisions import Area, divisions, jurisdiction_of
from kg.resolve.names import full_name, full_title, plain


def resolve(page: Page, context: Context, readings: Sequence[Reading]) -> PageRecord:
    """The record of a page: every mention and fact of its readings tied to an entity. Pure.

    Identity: a person by name and home jurisdiction; a body or place by its plain name and jurisdiction; a
    document by title; an event by day, type, jurisdiction and name (one without a day only inside its article).
    """
    return PageRecord(page, context, tuple(_Article(reading, context.jurisdiction).record() for reading in readings))


class _Article:
    def __init__(self, reading: Reading, where: Jurisdiction) -> None:
        self.reading = reading
        self.where = reading.context.jurisdiction if reading.context.jurisdiction.name else where
        self.chain = "".join(self.where.levels)
        self.entities: dict[Ref, Entity] = {}
        self.by_ref: dict[Ref, list[Mention]] = {}
        for m in reading.mentions:
            if m.kind in ("person", "body", "place", "initiative", "document"):
                self.by_ref.setdefault(Ref(m.kind, m.name), []).append(m)
        self._areas: dict[tuple[str, str], Entity] = {}
        #: each body with its name in full, which every other body of the article is held against
        self._bodies = [
            (ref, full_name(ref.name, next((m.subkind for m in found), ""), found[0].rule, self.where))
            for ref, found in self.by_ref.items()
            if ref.kind == "body"
        ]

    def record(self) -> Record:
        for ref in self.by_ref:
            self.entity(ref)
        posts: dict[str, Entity] = {}
        for fact in self.reading.facts:
            for ref in _refs(fact):
                self.entity(ref)
            if isinstance(fact, Tenure):
                posts[fact.title] = self.post(fact)
        return Record(self.reading, dict(self.entities), posts)

    def entity(self, ref: Ref) -> Entity:
        if ref not in self.entities:
            self.entities[ref] = getattr(self, f"_{ref.kind}")(ref.name)
        return self.entities[ref]

    def _mentions(self, kind: RefKind, name: str) -> list[Mention]:
        return self.by_ref.get(Ref(kind, name), [])

    def _printed(self, kind: RefKind, name: str, full: str) -> tuple[str, ...]:
        return tuple(sorted({_squeeze(m.text) for m in self._mentions(kind, name)} - {full}))

    def _person(self, name: str) -> Entity:
        kinds = [m.subkind for m in self._mentions("person", name)]
        kind = next((k for k in ("official", "expert", "business", "citizen") if k in kinds), "")
        return Entity(
            "person",
            f"person|{name}|{self.chain}",
            name,
            kind,
            jurisdiction=self.chain,
            reasons=(f"同名、同一辖区（{self.where.name}）",) if self.where.name else (),
        )

    def _body(self, name: str) -> Entity:
        mentions = self._mentions("body", name) or self._mentions("place", name)
        told = next((m.subkind for m in self._mentions("body", name) if m.subkind), "")
        kind = _sure_kind(name) or told or _kind_by_form(name)
        rule = next((m.rule for m in mentions), "")
        full = full_name(name, kind, rule, self.where)
        administers = (
            self._area(full, "street" if kind == "street" else kind) if kind in ("street", "community") else None
        )
        home, key = self._home(full)
        return Entity(
            "body",
            f"body|{home}|{key}",
            full,
            kind,
            printed=self._printed("body", name, full),
            parent=self._parent(full),
            administers=administers,
            jurisdiction=home,
        )

    def _home(self, full: str) -> tuple[str, str]:
        """The area a body belongs to as its name tells, and its plain name there.

        On a page of 二七区, 郑州市委 belongs to 郑州市 and 金水区城管局 to 金水区, so that they are one with those that
        the pages of other districts name; what is named without an area belongs to the page's own.
        """
        if self.where.name and not full.startswith(self.where.name):
            for depth in range(len(self.where.levels) - 1, 0, -1):
                if full.startswith(self.where.levels[depth - 1]):
                    found = divisions().head(full, self.where)
                    if found is not None and len(found[0].levels) > depth:
                        break
                    return "".join(self.where.levels[:depth]), plain(full, _upper(self.where, depth))
            found = divisions().head(full, self.where)
            if found is not None and found[0].name != self.where.name:
                there = jurisdiction_of(found[0])
                return "".join(there.levels), plain(there.name + found[1], there)
        return self.chain, plain(full, self.where)

    def _jurisdiction(self, name: str) -> Entity:
        return Entity(
            "body",
            f"body|jurisdiction|{self._chain_of(name)}",
            name,
            "jurisdiction",
            parent=self._area(name, "admin"),
            jurisdiction=self.chain,
        )

    def _place(self, name: str) -> Entity:
        mentions = self._mentions("place", name)
        kind = next((m.subkind for m in mentions if m.subkind), "")
        if kind == "admin" or not kind and name in self.where.levels:
            return self._area(name, "admin")
        full = full_name(name, "place", "", self.where)
        place = self._area(full, kind)
        return replace(place, printed=self._printed("place", name, full))

    def _initiative(self, name: str) -> Entity:
        mentions = self._mentions("initiative", name)
        kind = next((m.subkind for m in mentions if m.subkind), "")
        return Entity(
            "initiative",
            f"initiative|{self.chain}|{plain(name, self.where)}",
            name,
            kind,
            printed=self._printed("initiative", name, name),
            jurisdiction=self.chain,
            expansion=next((m.expansion for m in mentions if m.expansion), ""),
        )

    def _document(self, name: str) -> Entity:
        return Entity(
            "document",
            f"document|{_squeeze(name)}",
            name,
            next((m.subkind for m in self._mentions("document", name)), ""),
        )

    def _event(self, key: str) -> Entity:
        event = next((f for f in self.reading.facts if isinstance(f, Event) and f.key == key), None)
        if event is None:
            raise KeyError(
                f"{self.reading.article.page}/{self.reading.article.key}: a fact speaks of an unknown event {key}"
            )
        day = event.when.edtf
        where = (
            f"{self.chain}|{day}"
            if len(day) == 10 and "X" not in day
            else f"{self.reading.article.page}|{self.reading.article.key}"
        )
        reasons = (f"同一天（{day}）、同一辖区、同类型、同名",) if len(day) == 10 and "X" not in day else ()
        return Entity(
            "event",
            f"event|{where}|{event.type}|{_squeeze(event.name)}",
            event.name,
            event.type,
            jurisdiction=self.chain,
            reasons=reasons,
        )

    def post(self, fact: Tenure) -> Entity:
        body = self.entity(Ref("body", fact.body)) if fact.body else None
        title = full_title(fact.title, self.where)
        if body is not None and fact.title.startswith(fact.body):
            title = body.name + fact.title[len(fact.body) :]
            if body.name.endswith("人民政府") and re.match(r".*[省市区县旗州盟镇乡]长$", fact.role):
                title = body.name.removesuffix("人民政府") + fact.title[len(fact.body) :].removeprefix("人民政府")
        return Entity(
            "post",
            f"post|{body.key if body else self.chain}|{title}",
            title,
            parent=body,
            system=fact.system,
            role=fact.role,
            jurisdiction=self.chain,
        )

    # ------------------------------------------------------------ areas and parents

    def _chain_of(self, name: str) -> str:
        levels = self.where.levels
        if name in levels:
            return "".join(levels[: levels.index(name) + 1])
        area = divisions().area(name, self.where)
        return "".join(area.levels) if area is not None else name

    def _area(self, name: str, kind: str) -> Entity:
        """The place of this name; each is made once, for many bodies lie in it."""
        if (name, kind) not in self._areas:
            self._areas[name, kind] = self._new_area(name, kind)
        return self._areas[name, kind]

    def _new_area(self, name: str, kind: str) -> Entity:
        if name in self.where.levels:
            index = self.where.levels.index(name)
            parent = self._area(self.where.levels[index - 1], "admin") if index else None
            return Entity(
                "place",
                f"place|{self._chain_of(name)}",
                name,
                "admin",
                parent=parent,
                jurisdiction=self.chain,
                code=self._code(index),
            )
        if kind == "admin":
            return self._other_area(name)
        own = self._area(self.where.name, "admin") if self.where.name else None
        short = name
        for level in self.where.levels:
            if kind in ("street", "community") and short.startswith(level) and len(short) > len(level) + 1:
                short = short[len(level) :]
        code = divisions().street(self.where.code, short) if kind == "street" and self.where.district else ""
        return Entity(
            "place",
            f"place|{self.chain}|{plain(name, self.where)}",
            short,
            kind,
            parent=own,
            jurisdiction=self.chain,
            code=code,
        )

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
        level = len(self.where.levels) - 1 - index
        own = 3 if self.where.district else 2 if self.where.city else 1
        wanted = own - level
        return {1: code[:2] + "0000", 2: code[:4] + "00", 3: code}.get(wanted, "")

    def _parent(self, full: str) -> Entity | None:
        """The body or area that a body's name says it belongs to: 二七区委宣传部 → 二七区委, 二七区城管局 → 二七区."""
        best = ""
        for ref, other in self._bodies:
            longer = full.startswith(other) and len(best) < len(other) < len(full) and full != ref.name
            # 郑州表达传媒有限公司 and 郑州表达传媒 are one, not a firm and its part
            if longer and plain(other, self.where) != plain(full, self.where):
                best, found = other, ref
        if best and Ref("body", best) != Ref("body", full):
            return self.entity(found)
        for area in reversed(self.where.levels):
            if full.startswith(area) and full != area:
                return self._area(area, "admin")
        headed = divisions().head(full, self.where) if self.where.name else None
        return _area_of(headed[0]) if headed is not None else None


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


def _sure_kind(name: str) -> str:
    """The kind of a body whose last characters leave no doubt: 区委 is party, 区政府新闻办 government."""
    if re.search(r"[省市区县旗州盟]委$|党工委$", name):
        return "party"
    if re.search(r"政协(?:常委会|委员会)?$", name):
        return "cppcc"
    return "government" if re.search(r"[省市区县旗州盟](?:人民)?政府", name) and "党" not in name else ""


def _kind_by_form(name: str) -> str:
    for pattern, kind in (
        (r"(?:委|委员会|党组|党委|部)$", "party"),
        (r"政府$|局$|办$|办公室$|管委会$", "government"),
        (r"人大(?:常委会)?$", "congress"),
        (r"政协(?:常委会)?$", "cppcc"),
        (r"(?:街道|街道办事处|镇|乡|苏木)$", "street"),
        (r"(?:社区|村)$", "community"),
        (r"(?:公司|集团|银行)$", "company"),
        (r"(?:大学|学院|学校|中学|小学)$", "education"),
        (r"(?:实验室|研究院|研究所)$", "research"),
    ):
        if re.search(pattern, name):
            return kind
    return "other"


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def _refs(fact: object) -> list[Ref]:
    """Every thing that a fact speaks of."""
    if isinstance(fact, Tenure):
        return [Ref("person", fact.person)] + ([Ref("body", fact.body)] if fact.body else [])
    if isinstance(fact, Event):
        return [Ref("event", fact.key)]
    if isinstance(fact, Participation):
        return [Ref("event", fact.event), fact.agent]
    if isinstance(fact, EventPlace):
        return [Ref("event", fact.event), Ref("place", fact.place)]
    if isinstance(fact, EventTopic):
        return [Ref("event", fact.event), Ref("initiative", fact.initiative)]
    if isinstance(fact, Statement):
        return [fact.speaker] + ([Ref("event", fact.event)] if fact.event else [])
    if isinstance(fact, Target):
        refs = [fact.by] if fact.by else []
        return refs + ([Ref("initiative", fact.initiative)] if fact.initiative else [])
    if isinstance(fact, DocumentUse):
        refs = [Ref("document", fact.document)] + ([fact.by] if fact.by else [])
        return refs + ([Ref("event", fact.event)] if fact.event else [])
    if isinstance(fact, Tie):
        return [fact.subject, fact.object]
    raise TypeError(f"unknown fact {type(fact).__name__}")
