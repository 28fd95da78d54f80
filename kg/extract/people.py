"""Titles and persons: a name is anchored by what stands before or after it, never by a part-of-speech tag.

``区委常委、宣传部长崔世英`` is two titles and a name; ``区领导崔世英、翟国防`` a label and two names;
``王亮书记`` a name and a role; ``居民王秀英`` a citizen. A name found once is then found wherever it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.draft import Draft
from kg.extract.names import Name
from kg.extract.title_bodies import has_unit, is_office, system_of
from kg.extract.titles import Post, chains
from kg.extract.untitled import PAREN, UntitledFinder
from kg.extract.vocabulary import HAN
from kg.model import Mention, Rejected, Title

_SENTENCE_END = re.compile(r"[。！？\n]")
_AREA = re.compile(r"[一-龥]{1,6}?([市区县旗州])(?=委|人大|政协|人民政府|政府|纪|监|法院|检察院|人武部)")
_PASSING_ON = ("贯彻", "传达", "落实", "学习", "按照", "根据", "邀请", "代表")
#: what may stand before 王区长
_ADDRESSED = ("向", "与", "和", "由", "请", "对")
_SHORT_ADDRESS = re.compile(
    r"[一-龥]副?(书记|区长|市长|县长|镇长|乡长|常委|主任|局长|部长|主席|院长|校长)"
    r"(?=一行|强调|表示|指出|要求|说|在|对|到|首先|详细|认真|实地|还|最后|充分|作|就|主持|，)"
)
#: two or three characters alone before a mark, behind which a list goes on
_ALONE = re.compile(r"[一-龥]{2,3}(?=[，、；])")
_THREE = re.compile(r"[一-龥]{3}")
_CLAUSE = re.compile(r"[，。；：、\n]|召开|举行|举办|开展")
#: an office of a body: |养老服务处|处长
_UNIT = re.compile(r"[一-龥“”]{1,14}(?<!党)(?:[处科室部庭股所站队]|中心|分局|学部|系|小组|工作组)")
_TAKES = re.compile(
    r"(?:等?(?:[0-9]+|[一二两三四五六七八九十]+)[位名人])?(?:同志)?(?:当选为?|担任|出任|就任|兼任|任|为)(?:中共)?$"
    r"|(?:代表|委员|同志)?(?P<is>是)$"
)


class _People(UntitledFinder):
    """Finds the persons of one article and the titles they bear."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft)
        self._last_body = ""
        #: the area of the titles before a name, and where that name ends: 云山区委书记周明远，|区委副书记…
        self._last_area, self._last_end = "", -1
        self._roles: dict[str, list[str]] = {}

    def run(self) -> None:
        posts = sorted({(p.start, p.end): p for p in self.posts()}.values(), key=lambda p: (p.start, -p.end))
        self._post_starts = frozenset(p.start for p in posts)
        used: set[int] = set()
        previous: list[Post] = []
        for chain in chains(posts, self.text):
            near = bool(previous) and not _SENTENCE_END.search(self.text, previous[-1].end, chain[0].start)
            self._chain(chain, used, self._last_body if near else "")
            previous = chain
        self._bodies_names_roles(posts, used)
        self._roles_of_unknown_bodies()
        self.untitled()
        self._name_then_role(posts, used)
        self._speakers()
        self._everywhere()
        self._surname_and_role()

    def _chain(self, chain: list[Post], used: set[int], before: str = "") -> None:
        """A list of titles and the names after it: 区委副书记、区长|苏建设, 副区长|王亮、李强.

        ``before`` is the body of the title last read in the sentence: 区政协副主席张正刚，秘书长|周厚强.
        """
        at = chain[-1].end
        chain = self._carried(chain)
        if chain[0].body.endswith(("大会", "会议", "论坛")):  # 大会执行主席: a part played, no post
            for name in self._names_from(at, label=True):
                self._person(name, "official", "label-then-name")
            return
        names = list(self._names_from(at, single=all(p.row["single"] == "yes" for p in chain)))
        if not names:
            names = self._names_before(chain[0].start) or self._between_titles(chain) or self._told_again(chain)
            if not names:
                self._near_miss(chain)
                return
        previous = before if is_of(chain[0], before) else ""
        titles: list[tuple[Post, Title]] = []
        for post in chain:
            title = self.title(post, previous)
            previous = title.body or previous
            titles.append((post, title))
        self._last_body = previous
        for post, title in titles:
            used.add(post.start)
            self._body_of(post, title)
            self._printed(post, title, "title", 0.95)
        kind = _kind_of(titles)
        for name in names:
            self._person(name, kind, "title-then-name")
            self._roles.setdefault(self.text[name.start : name.end], []).extend(post.role for post in chain)
        self._last_area = next((m[0] for _, title in titles if (m := _AREA.match(title.body))), "")
        paren = PAREN.match(self.text, names[-1].end)
        self._last_end = paren.end() if paren else names[-1].end

    def _between_titles(self, chain: list[Post]) -> list[Name]:
        """统战部长|诺敏|，市人大常委会副主任…: what stands alone between two titles is a name, whatever its surname."""
        m = _ALONE.match(self.text, chain[-1].end, self.end)
        if m is None or not chain[-1].body and not chain[-1].area or m.end() + 1 not in self._post_starts:
            return []
        return [Name(m.start(), m.end(), 0.75)] if self._may_name(m.start(), m[0]) else []

    def _told_again(self, chain: list[Post]) -> list[Name]:
        """市长|幺云山|主持召开…。幺云山|强调: three characters behind a title, told of again, are a name too."""
        at = chain[-1].end
        word = self.text[at : at + 3]
        if not chain[-1].body and not chain[-1].area or self.namer.count(word) < 2 or not _THREE.fullmatch(word):
            return []
        ends = (m.end() for m in re.finditer(word, self.text))
        if not all(self.namer.ends_at(end) for end in ends) or not self._may_name(at, word):
            return []
        return [Name(at, at + 3, 0.8)]

    def _may_name(self, at: int, word: str) -> bool:
        """Whether the characters of a word are those of names, and it is nothing that has another sense."""
        v = self.vocabulary
        if word in v.common or word in v.after or word in v.edges or word in v.head_rows or word in v.role_rows:
            return False
        usual = all(v.name_ranks.get(char, 5) < 3 for char in word) or v.transliteration.issuperset(word)
        return usual and at not in self.body_starts and word[-1] not in "们等会办局委组团" and not self._ordinary(word)

    def _carried(self, chain: list[Post]) -> list[Post]:
        """Titles right after somebody of another area are of that area too: 云山区委书记周明远，|区委副书记李文."""
        first, area = chain[0], self._last_area
        if not area or first.start != self._last_end + 1 or self.text[self._last_end] not in "，、；":
            return chain
        if len(area) > 1 and first.body[:1] == area[-1] and _AREA.match(area + first.body[1:]):
            return [replace(first, body=area + first.body[1:]), *chain[1:]]
        return chain

    def _printed(self, post: Post, title: Title, rule: str, score: float) -> None:
        """Adds the mention of a printed title."""
        kind = "academic" if title.system == "academic" else ""
        text = self.draft.text[post.start : post.end]
        self.mentions.append(Mention("post", post.start, post.end, text, title.name, rule, kind, score, title))

    def _body_of(self, post: Post, title: Title) -> None:
        """The body printed in a title is a body, also where it was read as a place or is on no list."""
        end = post.end - len(post.role)
        if post.row["body"] == "unit":  # 宣传|部|长
            end += len(post.role.removeprefix("常务").removeprefix("副")) - 1
        printed = self.text[post.start : end]
        if (
            not post.body
            or not printed
            or printed[0] in "该院局校"
            or post.area
            or len(title.body) < (3 if title.body[-1] in "站所" else 4)
            or printed in self.vocabulary.head_rows
            and title.body == printed
        ):
            return
        known = self.body_starts.get(post.start)
        if known is not None and known.kind == "body" and known.end >= end:
            return
        if known is not None and known.kind == "body" and _UNIT.fullmatch(self.text, known.end, end):
            # 省民政厅|养老服务处|处长: the office is a body of its own beside the house
            text = self.draft.text[post.start : end]
            self.mentions.append(Mention("body", post.start, end, text, title.body, "unit-in-title", "", 0.8))
            return
        if known is not None and known.kind == "place" and known.subkind != "admin":
            self.draft.leave_out([known])
        if known is None or known.kind == "place":
            self.mentions.append(
                Mention(
                    "body", post.start, end, self.draft.text[post.start : end], title.body, "body-in-title", "", 0.8
                )
            )

    def _names_before(self, at: int) -> list[Name]:
        """The names that take a post: 于谦|当选…, 任命于谦|为…, 万兴、白茹雪|当选…."""
        text = self.text
        for area in sorted(self.body_starts.values(), key=lambda m: -m.end):
            if area.end == at:  # 周文涛是|高坪镇|双桥村党支部书记
                at = area.start
        m = _TAKES.search(text, max(self.start, at - 12), at)
        if not m:
            return []
        clause = m.start()
        while (clause := max(text.rfind(c, self.start, clause) for c in "，。；：\n")) >= 0:
            if text.rfind("（", self.start, clause) <= text.rfind("）", self.start, clause):
                break  # and not the comma of 选举方若兰（女，彝族）为…
        clause = max(clause + 1, self.start)
        for i in range(clause, m.start()):
            if i > clause and text[i - 1] not in "命举选任请聘免定、":
                continue
            name = self.namer.name_at(i)
            found: list[Name] = []
            if name and m["is"] and (name.score < 0.75 or self._ordinary(text[name.start : name.end])):
                continue  # 他们是…
            while name:
                found.append(name)
                end = paren.end() if (paren := PAREN.match(text, name.end)) else name.end
                if end == m.start():
                    return found
                name = self.namer.name_at(end + 1, listed=True) if text[end : end + 1] in ("、", "和") else None
        return []

    def only_describes(self, m: Mention) -> bool:
        """Whether an area only says where a named person is from: 江苏省|人大代表顾锦华."""
        if m.kind != "place" or m.subkind != "admin":
            return False
        return any(
            p.kind == "person"
            and p.rule != "name-again"
            and 0 <= p.start - m.end <= 14
            and not _CLAUSE.search(self.text, m.end, p.start)
            for p in self.mentions
        )

    def _near_miss(self, chain: list[Post]) -> None:
        first, last = chain[0], chain[-1]
        self.draft.rejected.append(
            Rejected(
                first.start, last.end, self.text[first.start : last.end], "title-then-name", "a title without a name"
            )
        )

    def _roles_of_unknown_bodies(self) -> None:
        """…联合社理事长|周建平: the body before the role is not told, so there is a person and no post."""
        taken = {m.start for m in self.mentions if m.kind == "person"}
        for _, end, row in self.roles:
            name = self.namer.name_at(end, anchor=0.15) if end not in taken else None
            if name is None or name.score < 0.95 or name.start in taken or name.start in self.body_starts:
                continue
            text = self.text[name.start : name.end]
            if not self._ordinary(text) and text not in self.persons:
                kind = {"academic": "expert", "enterprise": "business"}.get(row["system"], "official")
                self._person(name, kind, "role-then-name")

    def _name_then_role(self, posts: list[Post], used: set[int]) -> None:
        """王亮书记, 陈志远委员: a name right before a role that has no body and no name after it."""
        taken = {i for m in self.mentions if m.kind == "person" for i in range(m.start, m.end)}
        for post in self.bare_roles(posts):
            if post.start in used or self.text.startswith("员会", post.end - 1):
                continue  # 提案|委员|会
            if post.start - 1 in self._told:
                continue  # 初二（3）班|班主任
            if post.area and self.text[post.start - 1] == "代":  # 于明宇|代市长
                post = replace(post, start=post.start - 1, modifiers=("代",))
            for length in (3, 2):
                at = post.start - length
                if at < self.start or any(i in taken for i in range(at, post.start)):
                    continue
                text = self.text[at : post.start]
                known = text in self.persons
                name = self.namer.name_at(at, anchor=0.3)
                if name and name.end == post.start + 1 and post.modifiers == ("代",):
                    name = Name(at, post.start, name.score)  # 项敏|代市长
                if (
                    known
                    or name
                    and name.end == post.start
                    and name.score >= 0.75
                    and at not in self.body_starts
                    and self.vocabulary.not_names.get(text) != ""
                    and (not HAN.match(self.text[at - 1 : at] or "，") or self._leads_on(at, text, name))
                ):
                    title = self.title(post, "")
                    self._person(Name(at, post.start, 0.9), "official", "name-then-role")
                    if title.body:
                        self._printed(post, title, "title-after-name", 0.8)
                    break

    def _leads_on(self, at: int, text: str, name: Name | None) -> bool:
        """Whether a word that leads to a name stands right before it: 传达贯彻|胡建国|书记的批示."""
        if self.text[at - 1 : at] in "由和与请":
            return text[-1] not in "任为"  # 由|区长任|组长
        return len(text) == 3 and name is not None and name.score >= 0.9 and self.text[at - 2 : at] in _PASSING_ON

    def _bodies_names_roles(self, posts: list[Post], used: set[int]) -> None:
        """区住建局|宋可新|主任: the name between body and role."""
        for post in self.bare_roles(posts):
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
                title = Title(post.role, body.text, body.text + post.role, post.row["system"] or system_of(body.text))
                self._printed(post, title, "title-after-name", 0.8)
                break

    def _surname_and_role(self) -> None:
        """洪书记一行, 郭常委强调: a surname and a short title stand for the one person of that surname."""
        if not self.persons:
            return
        by_surname: dict[str, list[str]] = {}
        for name in self.persons:
            by_surname.setdefault(name[0], []).append(name)
        text = self.text
        taken = {m.start for m in self.mentions if m.kind == "person"}
        for surname, names in by_surname.items():
            at = text.find(surname, self.start, self.end)
            while at >= 0:
                m = _SHORT_ADDRESS.match(text, at, self.end) if at not in taken else None
                before = text[at - 1 : at] if at > self.start else ""
                meant = names
                if m and len(names) > 1:  # 王区长 is the 王 who is some 区长
                    meant = [n for n in names if any(role.endswith(m[1]) for role in self._roles.get(n, ()))]
                if m and len(meant) == 1 and (before in _ADDRESSED or not "一" <= before <= "龥"):
                    kind, printed = self.persons[meant[0]], self.draft.text[at : m.end()]
                    self.mentions.append(
                        Mention("person", at, m.end(), printed, meant[0], "surname-and-role", kind, 0.8)
                    )
                at = text.find(surname, at + 1, self.end)

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


def is_of(post: Post, before: str) -> bool:
    """Whether a title without a body may be of the body of the title before: 县教育局局长甲，|副局长|乙."""
    if post.body:
        return is_office(post.body)
    if post.row["system"] == "enterprise" and system_of(before) != "enterprise":
        return False  # 村委会主任甲，|合作社理事长|乙
    return post.row["body"] == "own" or post.row["body"] == "unit" and has_unit(before, post.role)


def _kind_of(titles: list[tuple[Post, Title]]) -> str:
    systems = {t.system for _, t in titles}
    if systems <= {"academic"}:
        return "expert"
    if systems <= {"enterprise"}:
        return "business"
    return "official"


def find(draft: Draft) -> None:
    """Adds labels, titles (posts) and persons to the draft."""
    people = _People(draft)
    people.run()
    draft.leave_out([m for m in draft.mentions if m.subkind == "admin" and people.only_describes(m)])
    draft.add(people.mentions)
