"""Titles and persons: a name is anchored by what stands before or after it, never by a part-of-speech tag.

``区委常委、宣传部长崔世英`` is two titles and a name; ``区领导崔世英、翟国防`` a label and two names; ``王亮书记`` a name and a
role; ``居民王秀英`` a citizen. A name found once in an article is then found wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.draft import Draft
from kg.extract.names import Name, Namer
from kg.extract.vocabulary import LEVELS, Hit, Vocabulary, cut, vocabulary
from kg.model import Mention, Rejected, Title

_HAN = re.compile(r"[一-龥]")
_MODIFIER = re.compile(r"(?:代理|时任|原任|原|拟任|候任|兼任|兼|代|第一|现任|前任|前|挂职|新任|党组|执行|常务|时任原)$")
_NAMED = re.compile(r"免去|任命|提名|推选|补选|接受|(?<=[员星范人手才家者奖人物])”")
_SENTENCE_END = re.compile(r"[。！？\n]")
_SPEAKER = re.compile(
    r"(?:(?<=[。！？\n”，：的])|^)([一-龥]{2,4}?)(?=(?:[一-龥]{1,6}地)?(?:表示|强调|指出|要求|说[，：“。]|介绍[，说：]|告诉记者))"
)
_SHORT_ADDRESS = re.compile(
    r"(?<![一-龥])([一-龥])(?:副?(?:书记|区长|市长|县长|镇长|乡长|常委|主任|局长|部长|主席|院长|校长))(?=一行|强调|表示|指出|要求|说|在|对|到|首先|详细|认真|实地|还|最后|充分|作|就|主持|，)"
)
_CLAUSE = re.compile(r"[，。；：、\n]|召开|举行|举办|开展")
_LOCAL = re.compile(
    r"(?<![一-龥])(镇|乡|街道|社区|村)(党委|党工委|党支部|党总支|人大|人大工委|综治中心|办事处|政府|人民政府|纪委|纪工委|妇联|团委|武装部|村委会|居委会|)$"
)
_TAKES = re.compile(r"(?:同志)?(?:当选为?|担任|出任|就任|兼任|任|为)$")
_COUNTED = re.compile(r"((?:[一-龥·“”]{2,24}、)+[一-龥·]{2,6})(?:等)?(?:[0-9]+|[两三四五六七八九十]+)[余多]?[人名位]")
_BEFORE_NAME = re.compile(r"(?:（[^（）]{1,8}）)?[： ]?(?:同志)?")
_PAREN = re.compile(r"（[^（）]{1,12}）")


@dataclass(frozen=True, slots=True)
class Post:
    """A printed title: where it stands, its role, the stretch of its body (may be empty)."""

    start: int
    end: int
    role: str
    body: str
    row: Mapping[str, str]
    modifiers: tuple[str, ...]
    area: bool = False


class _People:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = draft.norm
        self.start, self.end = draft.article.prose
        self.vocabulary: Vocabulary = vocabulary(draft.extra)
        self.bodies = {m.end: m for m in draft.of("body", "place")}
        self.body_starts = {m.start: m for m in draft.of("body", "place")}
        self.area_end = {m.end: m for m in draft.of("place") if m.subkind == "admin"}
        self.persons: dict[str, str] = {}
        self.mentions: list[Mention] = []
        self._last_body = ""
        self.namer = Namer(self.text, self.start, self.end, self.vocabulary)

    # ------------------------------------------------------------ titles

    def posts(self) -> Iterator[Post]:
        """Every printed title: a role with the body before it, if any."""
        for hit in self.vocabulary.roles.find(self.text):
            if self.start <= hit.start and hit.end <= self.end:
                post = self._post(hit)
                if post:
                    yield post

    def _post(self, hit: Hit) -> Post | None:
        text, row = self.text, hit.row
        role, at = row["role"], hit.start
        modifiers: list[str] = []
        area = row["body"] == "area"
        if area:
            level = role[-2]
            plain = role == level + "长"
            if plain and self.draft.areas.get(at + 1, at) < at:  # 二七区|长
                start = self.draft.areas[at + 1]
                return Post(start, hit.end, role, text[start : at + 1], row, (), True)
        while (m := _MODIFIER.search(text, max(self.start, at - 3), at)) and not (at in self.bodies):
            modifiers.insert(0, m[0])
            at = m.start()
        if area:
            body = self.bodies.get(at)
            if body and (body.subkind in ("admin", "street", "government") or body.text[-1] == role[-2]):
                return Post(body.start, hit.end, role, body.name, row, tuple(modifiers), True)
            if self.draft.areas.get(at, at) < at:
                return Post(self.draft.areas[at], hit.end, role, text[self.draft.areas[at] : at], row, tuple(modifiers), True)
            if not self._free(at):
                return None
            return Post(at, hit.end, role, "", row, tuple(modifiers), True)
        if row["body"] == "unit":
            unit = role.removeprefix("常务").removeprefix("副")[:-1]
            for end in (at + len(unit) if role == unit + "长" else at, at):
                found = self.bodies.get(end)
                if found and (end == at or text.startswith(unit, at)) and found.start < at:
                    return Post(found.start, hit.end, role, found.name, row, tuple(modifiers))
        for organ in ("党组", "党委", "党工委"):  # 县政府党组|成员: the organ belongs to body and role alike
            if role.startswith(organ) and len(role) > len(organ) and (whole := self.bodies.get(at + len(organ))):
                if whole.start < at:
                    return Post(whole.start, hit.end, role[len(organ) :], whole.name, row, tuple(modifiers))
        body = self.bodies.get(at)
        if body and body.subkind != "admin":
            return Post(body.start, hit.end, role, body.name, row, tuple(modifiers))
        if body and body.subkind == "admin":
            return Post(body.start, hit.end, role, body.name, row, tuple(modifiers))
        local = self._local(at)
        if local is not None:
            return Post(local[0], hit.end, role, local[1], row, tuple(modifiers))
        stem = self._stem(at, role)
        if stem is not None:
            return Post(stem, hit.end, role, text[stem:at], row, tuple(modifiers))
        if not self._free(at):
            return None
        return Post(at, hit.end, role, "", row, tuple(modifiers))

    def _local(self, at: int) -> tuple[int, str] | None:
        """A local organ printed without its town (镇党委|书记, 社区|书记): its start and its name in full."""
        m = _LOCAL.search(self.text, max(self.start, at - 8), at)
        if not m:
            return None
        area = self._near(m[1], m.start())
        return (m.start(), area + m[2]) if area else None

    def _near(self, kind: str, at: int) -> str:
        """The town, street office, community or village last named before ``at`` (else in the headline, else after)."""
        ends = {"镇": ("镇",), "乡": ("乡",), "街道": ("街道", "街道办事处"), "社区": ("社区",), "村": ("村",)}[kind]
        named = [m for m in self.draft.of("body", "place") if m.subkind in ("street", "community") and m.name.endswith(ends)]
        before = [m for m in named if m.start < at]
        if before:
            return before[-1].name.removesuffix("办事处")
        if m := re.search(rf"(?:^|[，：\s“”]|[一-龥]*?[区县市])([一-龥]{{1,6}}?{kind})", self.draft.article.headline):
            return m[1]
        return named[0].name.removesuffix("办事处") if len({m.name for m in named}) == 1 else ""

    def _stem(self, at: int, role: str) -> int | None:
        """The start of a unit name before a role that is on no list: 广场|管理科科长, 城建科|科长, 妇联|主席."""
        start = at
        while start > self.start and _HAN.match(self.text[start - 1]) and at - start < 14:
            start -= 1
            if start in self.bodies and start < at:
                break
        if start == at:
            return None
        words = cut(self.text[start:at])
        edge, pos = start, start
        for word in words:
            if word in self.vocabulary.edges or word in ("副", "、"):
                edge = pos + len(word)
            pos += len(word)
        stem = self.text[edge:at]
        if start in self.bodies and edge == start and stem and stem[-1] in "部局科室院处所站队会社校厂办委组馆":
            return self.bodies[start].start  # 市工商联|经济联络部|部长
        if 2 <= len(stem) <= 12 and stem[-1] in "部局科室院处所站队会社校厂办委组园馆店行坊团体":
            if stem[0] in LEVELS and edge > self.start and self.text[edge - 1] in "全各":
                return None
            return edge
        return None

    def _free(self, at: int) -> bool:
        """Whether a role without body may begin at ``at``: after punctuation, a list mark, or an edge word."""
        if at <= self.start or not _HAN.match(self.text[at - 1]):
            return True
        for length in (4, 3, 2, 1):
            if self.text[at - length : at] in self.vocabulary.edges:
                return True
        return at in self.bodies

    # ------------------------------------------------------------ groups

    def run(self) -> None:
        posts = sorted({(p.start, p.end): p for p in self.posts()}.values(), key=lambda p: (p.start, -p.end))
        used: set[int] = set()
        previous: list[Post] = []
        for chain in _chains(posts, self.text):
            near = bool(previous) and not _SENTENCE_END.search(self.text, previous[-1].end, chain[0].start)
            self._chain(chain, used, self._last_body if near else "")
            previous = chain
        self._bodies_names_roles(posts, used)
        self._labels()
        self._identities()
        self._counted()
        self._named()
        self._name_then_role(posts, used)
        self._speakers()
        self._everywhere()
        self._surname_and_role()

    def _chain(self, chain: list[Post], used: set[int], before: str = "") -> None:
        """A list of titles and the names after it: 区委副书记、区长|苏建设, 副区长|王亮、李强.

        ``before`` is the body of the title last read in the sentence: 区政协副主席张正刚，秘书长|周厚强.
        """
        at = chain[-1].end
        if chain[0].body.endswith(("大会", "会议", "论坛")):  # 大会执行主席: a part played, no post
            for name in self._names_from(at, label=True):
                self._person(name, "official", "label-then-name")
            return
        names = list(self._names_from(at, single=all(p.row["single"] == "yes" for p in chain)))
        if not names:
            names = self._names_before(chain[0].start)
            if not names:
                self._near_miss(chain)
                return
        previous = before if not chain[0].body and chain[0].row["body"] == "own" else ""
        titles: list[tuple[Post, Title]] = []
        for post in chain:
            title = self._title(post, previous)
            previous = title.body or previous
            titles.append((post, title))
        self._last_body = previous
        for post, title in titles:
            used.add(post.start)
            sub = "academic" if title.system == "academic" else ""
            self.mentions.append(
                Mention("post", post.start, post.end, self.draft.text[post.start : post.end], title.name, "title", sub, 0.95, title)
            )
        kind = _kind_of(titles)
        for name in names:
            self._person(name, kind, "title-then-name")

    def _names_from(self, at: int, *, single: bool = False, label: bool = False) -> Iterator[Name]:
        """The names of a list that begins at ``at``, up to the next title or the end of the list."""
        text = self.text
        m = _BEFORE_NAME.match(text, at)
        name = self.namer.name_at(m.end() if m else at, anchor=0.15 if not label else 0.1)
        if name is None:
            return
        yield name
        if single and not label:
            return
        while True:
            end = name.end
            paren = _PAREN.match(text, end)
            if paren:
                end = paren.end()
            step = re.compile(r"[、和](?:以及)?").match(text, end)
            if not step or self._title_starts(step.end()):
                return
            following = self.namer.name_at(step.end(), listed=True)
            if following is None or following.end in self._role_starts():
                return
            yield following
            name = following

    def _role_starts(self) -> frozenset[int]:
        return self._roles

    def _title_starts(self, at: int) -> bool:
        return at in self._post_starts or at in self.body_starts

    def prepare(self, posts: list[Post]) -> None:
        self._post_starts = frozenset(p.start for p in posts)
        self._roles = frozenset()

    def _person(self, name: Name, kind: str, rule: str, bonus: float = 0.0) -> None:
        text = self.text[name.start : name.end]
        known = self.persons.get(text)
        if known is None or known == "citizen" and kind != "citizen":
            self.persons[text] = kind
        self.mentions.append(
            Mention("person", name.start, name.end, self.draft.text[name.start : name.end], text, rule, kind, min(1.0, name.score + bonus))
        )

    def _names_before(self, at: int) -> list[Name]:
        """The names that take a post: 于谦|当选…, 任命于谦|为…, 万兴、白茹雪|当选…."""
        text = self.text
        m = _TAKES.search(text, max(self.start, at - 6), at)
        if not m:
            return []
        clause = max(text.rfind(c, self.start, m.start()) for c in "，。；：\n") + 1
        clause = max(clause, self.start)
        for i in range(clause, m.start()):
            if i > clause and text[i - 1] not in "命举选任请、":
                continue
            name = self.namer.name_at(i)
            found: list[Name] = []
            while name:
                found.append(name)
                end = paren.end() if (paren := _PAREN.match(text, name.end)) else name.end
                if end == m.start():
                    return found
                name = self.namer.name_at(end + 1, listed=True) if text[end : end + 1] in ("、", "和") else None
        return []

    def only_describes(self, m: Mention) -> bool:
        """Whether an area only says where a named person is from: 江苏省|人大代表顾锦华."""
        if m.kind != "place" or m.subkind != "admin":
            return False
        return any(
            p.kind == "person" and p.rule != "name-again" and 0 <= p.start - m.end <= 14 and not _CLAUSE.search(self.text, m.end, p.start)
            for p in self.mentions
        )

    def _near_miss(self, chain: list[Post]) -> None:
        first, last = chain[0], chain[-1]
        self.draft.rejected.append(
            Rejected(first.start, last.end, self.text[first.start : last.end], "title-then-name", "a title without a name")
        )

    def _labels(self) -> None:
        for hit in self.vocabulary.labels.find(self.text):
            if hit.start < self.start or hit.end > self.end:
                continue
            sub = "person" if hit.row["role"] == "leaders" else "body"
            self.mentions.append(
                Mention("label", hit.start, hit.end, self.draft.text[hit.start : hit.end], hit.row["label"], "label", sub)
            )
            if sub == "person":
                for name in self._names_from(hit.end, label=True):
                    self._person(name, "official", "label-then-name")

    def _identities(self) -> None:
        for hit in self.vocabulary.identities.find(self.text):
            if hit.start < self.start or hit.end > self.end:
                continue
            for name in self._names_from(hit.end, label=True):
                text = self.text[name.start : name.end]
                if name.score >= 0.7 and (len(text) > 2 or self.namer.count(text) > 1 or name.score >= 1.0) and not self._ordinary(text):
                    self._person(name, hit.row["kind"], "identity-then-name")

    def _ordinary(self, text: str) -> bool:
        """Whether jieba reads a frequent word in a supposed name (高兴|地)."""
        return any(len(word) > 1 and word in self.vocabulary.common for word in cut(text))

    def _counted(self) -> None:
        """崔晓春、杨金秀、尹世才、孟铁成4人: a counted list in which every item is a name."""
        for m in _COUNTED.finditer(self.text, self.start, self.end):
            items: list[Name] = []
            at = m.start(1)
            for offset, item in _items(m[1]):
                name = self._best_tail(at + offset, at + offset + len(item)) if not items else self.namer.name_at(at + offset, listed=True)
                if name is None or name.end != at + offset + len(item):
                    items = []
                    if name is None:
                        break
                    continue
                items.append(name)
            if len(items) > 1 and items[-1].end == m.end(1):
                for name in items:
                    if self.text[name.start : name.end] not in self.persons:
                        self._person(name, "citizen", "counted-names")

    def _best_tail(self, start: int, end: int) -> Name | None:
        """A name that ends an item: 的|崔晓春 in 该区推荐的崔晓春."""
        for length in (3, 2, 4):
            if end - length >= start and (name := self.namer.name_at(end - length, listed=True)) and name.end == end:
                if end - length == start or self.text[end - length - 1] in "的”》是为者":
                    return name
        return None

    def _name_then_role(self, posts: list[Post], used: set[int]) -> None:
        """王亮书记, 陈志远委员: a name right before a role that has no body and no name after it."""
        taken = {i for m in self.mentions if m.kind == "person" for i in range(m.start, m.end)}
        for post in self._bare_roles(posts):
            if post.start in used:
                continue
            for length in (3, 2):
                at = post.start - length
                if at < self.start or any(i in taken for i in range(at, post.start)):
                    continue
                text = self.text[at : post.start]
                known = text in self.persons
                name = self.namer.name_at(at)
                if known or name and name.end == post.start and name.score >= 0.75 and not _HAN.match(self.text[at - 1 : at] or "，"):
                    title = self._title(post, "")
                    self._person(Name(at, post.start, 0.9), "official", "name-then-role")
                    if title.body:
                        self.mentions.append(
                            Mention("post", post.start, post.end, self.draft.text[post.start : post.end], title.name, "title-after-name", "", 0.8, title)
                        )
                    break

    def _bare_roles(self, posts: list[Post]) -> list[Post]:
        """The roles printed without a body, those right after a name among them (宋可新|主任)."""
        known = {p.end for p in posts if p.body}
        return [
            Post(hit.start, hit.end, hit.row["role"], "", hit.row, (), hit.row["body"] == "area")
            for hit in self.vocabulary.roles.find(self.text)
            if self.start <= hit.start and hit.end <= self.end and hit.end not in known
        ]

    def _bodies_names_roles(self, posts: list[Post], used: set[int]) -> None:
        """区住建局|宋可新|主任: the name between body and role."""
        for post in self._bare_roles(posts):
            if post.start in used or post.area:
                continue
            for length in (3, 2):
                at = post.start - length
                body = self.bodies.get(at)
                name = self.namer.name_at(at) if body is not None and body.kind == "body" else None
                if body is None or name is None or name.end != post.start:
                    continue
                used.add(post.start)
                self._person(Name(at, post.start, 0.85), "official", "body-name-role")
                title = Title(post.role, body.text, body.text + post.role, post.row["system"] or _system(body.text))
                self.mentions.append(
                    Mention("post", post.start, post.end, self.draft.text[post.start : post.end], title.name, "title-after-name", "", 0.8, title)
                )
                break

    def _surname_and_role(self) -> None:
        """洪书记一行, 郭常委强调: a surname and a short title stand for the one person of that surname."""
        by_surname: dict[str, list[str]] = {}
        for name in self.persons:
            by_surname.setdefault(name[0], []).append(name)
        taken = {m.start for m in self.mentions if m.kind == "person"}
        for m in _SHORT_ADDRESS.finditer(self.text, self.start, self.end):
            names = by_surname.get(m[1], [])
            if len(names) == 1 and m.start() not in taken:
                self.mentions.append(
                    Mention("person", m.start(), m.end(), self.draft.text[m.start() : m.end()], names[0], "surname-and-role",
                            self.persons[names[0]], 0.8)
                )

    def _named(self) -> None:
        """免去|储海涛|的…职务, “全国最美护林员”|陈玉贵: a name after a verb of appointing or an honour in quotes."""
        for m in _NAMED.finditer(self.text, self.start, self.end):
            name = self.namer.name_at(m.end())
            if name is None or self.text[name.start : name.end] in self.persons:
                continue
            text = self.text[name.start : name.end]
            honour = m[0] == "”"
            if name.score >= (0.9 if honour else 0.7) and (not honour or len(text) > 2 and not self._ordinary(text)):
                self._person(name, "citizen" if honour else "official", "honour-then-name" if honour else "verb-of-naming")

    def _speakers(self) -> None:
        """A name no title introduces, at the head of a clause, right before a verb of speaking."""
        for m in _SPEAKER.finditer(self.text[self.start : self.end]):
            at = self.start + m.start(1)
            name = self.namer.name_at(at)
            if name and name.end == self.start + m.end(1) and name.score >= 0.9 and self.text[at : name.end] not in self.persons:
                words = cut(self.text[at : name.end])
                if len(words) == 1 and len(words[0]) > 2 or len(words) > 1:
                    self._person(Name(at, name.end, 0.7), "citizen", "speaker-at-clause-head")

    def _everywhere(self) -> None:
        """Bare names: every further place where a name of this article stands."""
        taken = {m.start for m in self.mentions if m.kind == "person"}
        spans = [(m.start, m.end) for m in self.draft.mentions if m.kind == "body"]
        for name, kind in list(self.persons.items()):
            at = self.text.find(name, self.start, self.end)
            while at >= 0:
                end = at + len(name)
                inside = any(s <= at and end <= e and (s, e) != (at, end) for s, e in spans)
                if at not in taken and not inside:
                    self.mentions.append(
                        Mention("person", at, end, self.draft.text[at:end], name, "name-again", kind, 0.9)
                    )
                at = self.text.find(name, end, self.end)

    # ------------------------------------------------------------ titles in full

    def _title(self, post: Post, previous: str) -> Title:
        """The title in full: ``宣传部长`` after ``区委常委`` is 部长 of 区委宣传部 (the area is written out by resolve)."""
        body, role = post.body, post.role
        system = post.row["system"]
        if post.area:
            level = role[-2]
            name = body if body else _area_of(previous, role)
            if not name and level in "镇乡":
                name = self._near(level, post.start)
            bare = re.sub(r"(人民)?政府$", "", name)
            if bare and bare[-1] in LEVELS:
                base = bare
            else:
                base = bare or level
            full_body = base + "人民政府" if base[-1:] in LEVELS else base
            if base[-1:] in "处道":
                full_body = base
            title = base + role
            return Title(role, full_body, title, system, post.modifiers)
        if not body:
            body = _inherit(previous, role, post.row)
        elif previous:
            body = _complete(body, previous)
        if post.row["body"] == "unit":
            unit = role.removeprefix("常务").removeprefix("副")[:-1]
            if body and not body.endswith(unit) and not post.body.endswith(unit):
                pass
        return Title(role, body, (body + "".join(m for m in post.modifiers if m in ("第一", "执行", "党组", "常务")) + role), system or _system(body), post.modifiers)


def _chains(posts: list[Post], text: str) -> Iterator[list[Post]]:
    """Titles that stand in one list: joined by 、 or 兼, or one right after the other."""
    chain: list[Post] = []
    for post in posts:
        if chain:
            gap = text[chain[-1].end : post.start]
            if post.start < chain[-1].end:
                continue
            if gap in ("", "、", "兼", "，兼", "兼任", "，", "及", "和") and (gap != "，" or len(chain) >= 1 and _comma_list(post)):
                chain.append(post)
                continue
            yield chain
        chain = [post]
    if chain:
        yield chain


def _items(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for item in text.split("、"):
        yield at, item
        at += len(item) + 1


def _comma_list(post: Post) -> bool:
    return False


def _kind_of(titles: list[tuple[Post, Title]]) -> str:
    systems = {t.system for _, t in titles}
    if systems <= {"academic"}:
        return "expert"
    if systems <= {"enterprise"}:
        return "business"
    return "official"


_COMMITTEE = re.compile(r"^(.*?(?:[省市区县旗州盟]|自治州|自治县))委")
_AREA = re.compile(r"^(.*?[省市区县旗州盟镇乡])(?=委|政府|人民政府|人大|政协|纪委|党委|人武部|监委|$)")
_OF_COMMITTEE = ("宣传部", "组织部", "统战部", "政法委", "社会工作部", "社工部", "社治委", "编办", "网信办", "巡察办", "办公室", "党校", "老干部局", "农办", "文明办", "直属机关工委")


def _area_of(previous: str, role: str) -> str:
    """The area that a bare 区长 after another title belongs to: after 二七区委 it is 二七区."""
    level = role[-2]
    m = re.match(rf"^(.*?{level})", previous)
    if m:
        return m[1]
    if level in "镇乡" and (m := re.match(r"^(.*?[镇乡])", previous)):
        return m[1]
    return ""


def _inherit(previous: str, role: str, row: Mapping[str, str]) -> str:
    """The body of a role printed without one, from the title before it in the list."""
    if not previous:
        return ""
    base = re.sub(r"(党组|党委|党工委|党支部|党总支|机关党委)$", "", previous)
    if row["body"] == "unit":
        unit = role.removeprefix("常务").removeprefix("副")[:-1]
        if base.endswith(unit) or base.endswith({"局": "分局", "队": "大队"}.get(unit, unit)):
            return base
        return base if base != previous else previous
    if role.endswith("书记") or role.endswith("委员") or role.endswith("常委") or role in ("党组成员",):
        return previous
    return base


def _complete(body: str, previous: str) -> str:
    """A bare organ after another title: 宣传部 after 区委 is 区委宣传部; 管委会 after 高新区党工委 is 高新区管委会."""
    if body.startswith(_OF_COMMITTEE):
        m = _COMMITTEE.match(previous)
        return m[0] + body if m else body
    if body in ("管委会", "人大", "人大常委会", "政协", "办事处", "政府", "人民政府", "纪工委", "纪委", "监委", "人武部", "武装部", "工会", "总工会"):
        base = re.sub(r"(党工委|党委|党组|管委会|工委|委)$", "", previous)
        return base + body if base and base != previous else body
    return body


def _system(body: str) -> str:
    for suffixes, system in (
        (("人大常委会", "人大", "人大工委"), "congress"), (("政协",), "cppcc"), (("监委",), "supervision"),
        (("法院",), "court"), (("检察院",), "procuratorate"), (("人武部", "警备区", "军分区"), "military"),
        (("公安局", "公安分局", "派出所", "大队", "支队"), "police"), (("公司", "集团", "银行"), "enterprise"),
        (("大学", "学院", "学校", "小学", "中学", "幼儿园"), "school"), (("社区", "村", "居委会", "村委会"), "community"),
        (("总工会", "妇联", "团委", "工商联", "残联", "科协", "文联"), "mass"),
        (("委", "党工委", "党组", "党委", "宣传部", "组织部", "统战部", "政法委", "纪委"), "party"),
    ):
        if body.endswith(suffixes):
            return system
    return "government" if body else ""


def find(draft: Draft) -> None:
    """Adds labels, titles (posts) and persons to the draft."""
    people = _People(draft)
    people.prepare(list(people.posts()))
    people.run()
    draft.mentions = [m for m in draft.mentions if not people.only_describes(m)]
    draft.add(people.mentions)
