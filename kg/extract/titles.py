"""Printed titles: a role with its body, the titles of one list, and each title in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extract.draft import Draft
from kg.extract.vocabulary import HAN, LEVELS, Hit, Vocabulary, cut, vocabulary
from kg.model import Title

_MODIFIER = re.compile(r"(?:代理|时任|原任|原|拟任|候任|兼任|兼|代|第一|现任|前任|前|挂职|新任|党组|执行|常务|时任原)$")
_FORMER = re.compile(r"(?:时任|原任|原|前任|现任|拟任|候任|新任)$")
_LOCAL = re.compile(
    r"(?<![一-龥])(镇|乡|街道|社区|村)(党委|党工委|党支部|党总支|人大|人大工委|综治中心|办事处|政府|人民政府|纪委|纪工委|妇联|团委|武装部|村委会|居委会|)$"
)
_COMMITTEE = re.compile(r"^(.*?(?:[省市区县旗州盟]|自治州|自治县))委")
_OF_COMMITTEE = (
    "宣传部",
    "组织部",
    "统战部",
    "政法委",
    "社会工作部",
    "社工部",
    "社治委",
    "编办",
    "网信办",
    "巡察办",
    "办公室",
    "党校",
    "老干部局",
    "农办",
    "文明办",
    "直属机关工委",
)


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


class TitleFinder:
    """The titles of one article; :class:`kg.extract.people.People` adds the names."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.text = draft.norm
        self.start, self.end = draft.article.prose
        self.vocabulary: Vocabulary = vocabulary(draft.extra)
        self.bodies = {m.end: m for m in draft.of("body", "place")}
        roles = self.vocabulary.find(self.text).roles
        #: the roles printed in the prose, and where they end
        self.roles = [hit for hit in roles if self.start <= hit.start and hit.end <= self.end]
        self._role_ends = frozenset([hit.end for hit in self.roles])
        self.namer = draft.namer

    def posts(self) -> Iterator[Post]:
        """Every printed title: a role with the body before it, if any."""
        for hit in self.roles:
            post = self._post(hit)
            if post:
                yield self._former(post)

    def _former(self, post: Post) -> Post:
        """A modifier printed before the body belongs to the post: 原|县委书记, 时任|洛南县县长."""
        m = _FORMER.search(self.text, max(self.start, post.start - 2), post.start)
        if m is None or not self._free(m.start()):
            return post
        return replace(post, modifiers=(m[0], *post.modifiers))

    def _post(self, hit: Hit) -> Post | None:
        text, row = self.text, hit.row
        role, at = row["role"], hit.start
        modifiers: list[str] = []
        area = row["body"] == "area"
        if area:
            level = role[-2]
            plain = role == level + "长"
            acting = text[at - 1 : at + 1] == "代县" and "代县" not in self.draft.context.jurisdiction.levels
            if plain and self.draft.areas.get(at + 1, at) < at and not acting:  # 二七区|长
                start = self.draft.areas[at + 1]
                return Post(start, hit.end, role, text[start : at + 1], row, (), True)
        while (m := _MODIFIER.search(text, max(self.start, at - 3), at)) and at not in self.bodies:
            modifiers.insert(0, m[0])
            at = m.start()
        if area:
            body = self.bodies.get(at)
            if body and (body.subkind in ("admin", "street", "government") or body.text[-1] == role[-2]):
                return Post(body.start, hit.end, role, body.name, row, tuple(modifiers), True)
            if self.draft.areas.get(at, at) < at:
                return Post(
                    self.draft.areas[at], hit.end, role, text[self.draft.areas[at] : at], row, tuple(modifiers), True
                )
            if not self._free(at):
                return None
            return Post(at, hit.end, role, "", row, tuple(modifiers), True)
        if row["body"] == "unit":
            unit = role.removeprefix("常务").removeprefix("副")[:-1]
            for end in (at + len(unit) if role == unit + "长" else at, at):
                found = self.bodies.get(end)
                if found and (end == at or text.startswith(unit, at)) and found.start < at:
                    return Post(found.start, hit.end, role, found.name, row, tuple(modifiers))
        for organ in (
            "党组",
            "党委",
            "党工委",
            "党支部",
            "党总支",
        ):  # 县政府党组|成员: the organ belongs to body and role alike
            whole = self.bodies.get(at + len(organ)) if role.startswith(organ) and role != organ else None
            if whole and whole.start < at:
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
        named = [
            m for m in self.draft.of("body", "place") if m.subkind in ("street", "community") and m.name.endswith(ends)
        ]
        before = [m for m in named if m.start < at]
        if before:
            return before[-1].name.removesuffix("办事处")
        if m := re.search(rf"(?:^|[，：\s“”]|[一-龥]*?[区县市])([一-龥]{{1,6}}?{kind})", self.draft.article.headline):
            return m[1]
        return named[0].name.removesuffix("办事处") if len({m.name for m in named}) == 1 else ""

    def _stem(self, at: int, role: str) -> int | None:
        """The start of a unit name before a role that is on no list: 广场|管理科科长, 城建科|科长, 妇联|主席."""
        start = at
        while start > self.start and HAN.match(self.text[start - 1]) and at - start < 14:
            start -= 1
            if self.text[start] == "兼" and start in self._role_ends:  # 县委副书记|兼|政法委书记
                start += 1
                break
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
        if at <= self.start or not HAN.match(self.text[at - 1]):
            return True
        if at in self._role_ends or self.text[at - 1] == "兼" and at - 1 in self._role_ends:
            return True
        for length in (4, 3, 2, 1):
            if self.text[at - length : at] in self.vocabulary.edges:
                return True
        return at in self.bodies

    def bare_roles(self, posts: list[Post]) -> list[Post]:
        """The roles printed without a body, those right after a name among them (宋可新|主任)."""
        known = {p.end for p in posts if p.body}
        return [
            Post(hit.start, hit.end, hit.row["role"], "", hit.row, (), hit.row["body"] == "area")
            for hit in self.roles
            if hit.end not in known
        ]

    def title(self, post: Post, previous: str) -> Title:
        """The title in full: ``宣传部长`` after ``区委常委`` is 部长 of 区委宣传部 (resolve writes the area out)."""
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
        return Title(
            role,
            body,
            (body + "".join(m for m in post.modifiers if m in ("第一", "执行", "党组", "常务")) + role),
            system_of(body) if body.endswith(("政协", "人大", "常委会")) else system or system_of(body),
            post.modifiers,
        )


def chains(posts: list[Post], text: str) -> Iterator[list[Post]]:
    """Titles that stand in one list: joined by 、 or 兼, or one right after the other."""
    chain: list[Post] = []
    for post in posts:
        if chain:
            gap = _FORMER.sub("", text[chain[-1].end : post.start])
            if post.start < chain[-1].end:
                continue
            if gap in ("", "、", "兼", "，兼", "兼任", "及", "和"):
                chain.append(post)
                continue
            yield _all_former(chain)
        chain = [post]
    if chain:
        yield _all_former(chain)


def _all_former(chain: list[Post]) -> list[Post]:
    """原 and 时任 before a list are said of all its posts: 原|县委书记、县长."""
    first = chain[0].modifiers[:1]
    if len(chain) > 1 and first and _FORMER.fullmatch(first[0]):
        return [replace(p, modifiers=p.modifiers or first) for p in chain]
    return chain


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
    if body == "办公室" and (base := re.sub(r"(?:党组|党工委|党委)$", "", previous)) != previous:
        return base + body  # 县政协党组成员、办公室主任
    if body.startswith(_OF_COMMITTEE):
        m = _COMMITTEE.match(previous)
        return m[0] + body if m else body
    if body in (
        "管委会",
        "人大",
        "人大常委会",
        "政协",
        "办事处",
        "政府",
        "人民政府",
        "纪工委",
        "纪委",
        "监委",
        "人武部",
        "武装部",
        "工会",
        "总工会",
    ):
        base = re.sub(r"(党工委|党委|党组|管委会|工委|委)$", "", previous)
        return base + body if base and base != previous else body
    return body


def system_of(body: str) -> str:
    for suffixes, system in (
        (("人大常委会", "人大", "人大工委"), "congress"),
        (("政协",), "cppcc"),
        (("监委", "监察委", "监察委员会"), "supervision"),
        (("法院",), "court"),
        (("检察院",), "procuratorate"),
        (("人武部", "警备区", "军分区"), "military"),
        (("公安局", "公安分局", "派出所", "大队", "支队"), "police"),
        (("公司", "集团", "银行"), "enterprise"),
        (("大学", "学院", "学校", "小学", "中学", "幼儿园"), "school"),
        (("社区", "村", "居委会", "村委会"), "community"),
        (("总工会", "妇联", "团委", "工商联", "残联", "科协", "文联"), "mass"),
        (("党工委", "党组", "党委", "党总支", "党支部"), "party"),
        (("宣传部", "组织部", "统战部", "政法委", "纪委", "纪工委", "人社部"), "party"),
    ):
        if body.endswith(suffixes):
            return system
    if _COMMITTEE.match(body) and not body.endswith("局"):  # 区委办, 江苏省委党校; but 市发改委 is government
        return "party"
    return "government" if body else ""
