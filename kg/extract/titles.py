"""Printed titles: a role with its body, the titles of one list, and each title in full."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.extract.draft import Draft
from kg.extract.title_bodies import SCHOOLS, area_of, completed, inherited, system_of
from kg.extract.vocabulary import ABOVE_TOWNS, HAN, LEVELS, Hit, Vocabulary, cut, vocabulary
from kg.model import Title

_MODIFIER = re.compile(r"(?:代理|时任|原任|原|拟任|候任|兼任|兼|代|第一|现任|前任|前|挂职|新任|党组|执行|常务|时任原)$")
_FORMER = re.compile(r"(?:时任|原任|原|前任|现任|拟任|候任|新任)$")
_LOCAL = re.compile(
    r"(?<![一-龥])(镇|乡|街道|社区|村|苏木|嘎查|街(?=办))(党委|党工委|党支部|党总支|人大|人大工委|综治中心|办事处|办|政府|人民政府|纪委|纪工委|妇联|团委|武装部|村委会|居委会|)$"
)

_STREET = re.compile(r"[一-龥]{2,6}(?:街道|镇|乡)")
#: the last characters of units that are on no list
_UNITS = "部局科室院系处所站队会社校厂办委组园馆店行坊团体"
#: what a body does, where a unit of its own would stand: 市教育局|组织|教研室主任
_ACTS = frozenset(("组织", "召开", "邀请", "安排", "选派", "表彰", "聘请", "举办", "开展", "成立", "任命", "通报"))
_TEAM = re.compile(r"(?:第[一二三四五六七八九十]{1,3}批)?(?:“[^“”]{1,10}”)?(?:驻村|帮扶|驻点)?工作[组队]$")
_PARTY_GROUP = re.compile(r"(?<![一-龥])(?:人大常委会|政府|政协)党组$")
_CLAUSE_TAIL = re.compile(r"[A-Za-z一-龥]+$")
_FIRM_HEADS = frozenset(
    ("总裁", "副总裁", "董事长", "副董事长", "总经理", "副总经理", "首席执行官", "创始人", "联合创始人", "董事")
)
#: organs of a street, a town or a zone, and those of zones, that a second title names without it
_BARE = frozenset(("党工委", "工委", "人大工委", "政协工委", "纪工委", "办事处", "武装部", "团工委"))
#: a town, community or village, or an organ of it
_TOWN = re.compile(
    r"(.{1,14}?(镇|乡|街道|社区|村|苏木|嘎查))(?:办事处|党委|党工委|党总支|党支部|人民政府|政府|人大|人大工委|纪委|纪工委|村委会|居委会)?"
)
#: ranks that a county's leaders have who head nothing: 区|正县级干部
_RANKS = ("级干部", "级领导干部", "巡视员", "调研员")
#: heads of townships and villages of Inner Mongolia, which are called by them: 乌兰|苏木|达
_SELF_NAMED = ("苏木达", "嘎查达")
#: what a body is called of which somebody is the head, printed without it: 区教育局召开会议，|局长|李静主持
_HEADED = {
    "局长": ("局",),
    "院长": ("法院", "医院", "学院", "研究院"),
    "检察长": ("检察院",),
    "校长": ("学校", *SCHOOLS),
    "馆长": ("馆",),
    "董事长": ("公司", "集团"),
    "总经理": ("公司", "集团"),
}
_HOSTS = re.compile(r"(?:共同|联合|组织|隆重)?(?:召开|举行|举办|开展|邀请|组织|启动|承办|走进|发布|传达学习)")
#: officers of a court or procuratorate, named without it
_OF_LAW = frozenset(("检察官", "检察官助理", "法官", "法官助理", "员额检察官", "员额法官"))
#: 该公司, 该校: the one of that kind last named; 院党组: the court's, where it tells of itself
_THAT = re.compile(r"该([一-龥]{1,4})$")
_HOUSE = re.compile(r"(?<![一-龥])([院局校])(党组|党委|党总支|党支部|)$")
_KINDS = {
    "公司": ("公司", "集团", "厂"),
    "企业": ("公司", "集团", "厂", "企业"),
    "校": ("校", *SCHOOLS),
    "院": ("法院", "检察院", "医院", "学院", "研究院", "敬老院", "福利院"),
}
#: the head of a list of titles, up to a zone's last character: 、武清开发区
_ZONE_NAME = re.compile(r"(?<![一-龥])[一-龥]{1,8}?(?:开发|高新|经开|经济技术|园|示范|度假|保税|合作|试验)区$")
#: what an own unit's name does not hold: 县|茶产业发展中心 has none of it
_NO_UNIT = re.compile(r"[在到对向由等的了为将把与及：]|召开|举行|举办|开展|组织|成立|(?<=[局委部办会])和|领导|负责")
_OF_ZONE = frozenset(("党工委", "工委", "管委会", "纪工委", "纪检监察工委", "党政办"))
_ZONE = re.compile(r"(?:新区|高新区|经开区|开发区|园区|示范区|度假区|风景区|保税区|试验区|片区)$")
#: 政协云山区第四届委员会 is 云山区政协
_CONSULTATIVE = re.compile(
    r"^(?:中国人民政治协商会议|政协)([一-龥]{1,12}?[省市区县旗州])(?:第[一二三四五六七八九十]+届)?委员会$"
)
_HOLDER = re.compile(r"(党工委|党委|党组|人大工委|政协工委|纪工委|管委会|管理委员会|办事处|工委)$")
#: what a chair or professorship is called by, before it: 云山大学|“求是”|特聘教授
_STYLED = re.compile(r"“[^“”，。]{1,8}”$")
#: a community or an organ of it
_OF_COMMUNITY = re.compile(r"(?:村|社区)(?:党委|党总支|党支部|总支|支部|村委会|居委会)?$")
#: heads of the government of a self-ruling region
_OF_REGION = ("主席", "副主席", "常务副主席")
#: all of a kind: nobody is named
_EACH = ("各", "各相关", "各有关", "各个")
#: councils of courts and prosecutors, printed without them
_COUNCILS = ("审判委员会", "检察委员会", "审委会", "检委会")


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
        if role == "代表" and not ((b := self.bodies.get(at)) and b.name.endswith("人大")):
            return None  # 市人大|代表 and nobody else
        modifiers: list[str] = []
        area = row["body"] == "area"
        if area:
            level = role[-2]
            plain = role == level + "长"
            acting = text[at - 1 : at + 1] == "代县" and "代县" not in self.draft.context.jurisdiction.levels
            if plain and self.draft.areas.get(at + 1, at) < at and not acting and not self._inside(hit.end):
                # 二七区|长
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
        if role in _OF_REGION and text.endswith("自治区", self.start, at):
            begin = min(self.draft.areas.get(at, at), at - 3)
            return Post(begin, hit.end, role, f"{text[begin:at]}人民政府", row, tuple(modifiers))
        styled = _STYLED.search(text, max(self.start, at - 10), at) if text[at - 1] == "”" else None
        if styled and (chair := self.bodies.get(styled.start())):
            return Post(chair.start, hit.end, role, chair.name, row, (styled[0], *modifiers))
        party = _PARTY_GROUP.search(text, max(self.start, hit.start - 9), hit.start)
        if party:  # 县长、|政府党组|书记
            rest = tuple(m for m in modifiers if m != "党组")
            return Post(party.start(), hit.end, role, party[0], row, rest)
        for organ in ("党组", "党委", "党工委", "党支部", "党总支"):
            # 县政府党组|成员: the organ belongs to body and role alike
            whole = self.bodies.get(at + len(organ)) if role.startswith(organ) and role != organ else None
            if whole and whole.start < at:
                return Post(whole.start, hit.end, role[len(organ) :], whole.name, row, tuple(modifiers))
        if role.startswith("驻村") and (known := self._near("村", at)):  # 与村“两委”、|驻村第一书记
            before = self.bodies.get(at)
            if before is None or before.subkind not in ("community", "street"):
                return Post(at, hit.end, role, known, row, tuple(modifiers))
        if role in _OF_LAW and at not in self.bodies and self._free(at):
            house = self._last(("检察院",) if "检察" in role else ("法院", "法庭"), at)
            return Post(at, hit.end, role, house, row, tuple(modifiers))
        if role.endswith(_SELF_NAMED):
            return self._self_named(hit, at, tuple(modifiers))
        village = self.bodies.get(at + 1) if role.startswith("村") else None
        if village is not None and village.start < at:  # 石门村|书记 is no 村书记
            return Post(village.start, hit.end, role[1:], village.name, row, tuple(modifiers))
        if role.startswith("村"):  # 双河乡|石门村|书记, with a name of everyday words
            for begin in range(at - 1, max(self.start, at - 5), -1):
                if (town := self.bodies.get(begin)) and town.subkind == "street":
                    return Post(begin, hit.end, role[1:], text[begin : at + 1], row, tuple(modifiers))
        body = self.bodies.get(at)
        local = self._local(at) if body is None or at - body.start <= 5 else None
        if body is not None and local is None:
            start, name = body.start, body.name
            if name[0] in "区县" and (wider := self._wider(start)) < start:
                start, name = wider, text[wider:start] + name
            return Post(start, hit.end, role, name, row, tuple(modifiers))
        if local is not None:
            return Post(local[0], hit.end, role, local[1], row, tuple(modifiers))
        if role.endswith(_RANKS) and text[at - 1] in LEVELS and not HAN.match(text[at - 2 : at - 1] or "，"):
            return Post(at - 1, hit.end, role, text[at - 1], row, tuple(modifiers))  # ，区|正县级干部
        stem = self._stem(at, role)
        if stem is not None and text.endswith(_EACH, self.start, stem):
            return None  # 各相关|处室处长
        if stem is not None:
            if text[stem:at] in _COUNCILS:  # 区人民法院审判员、|审判委员会委员
                house = self._last(("检察院",) if text[stem] == "检" else ("法院",), at)
                return Post(stem, hit.end, role, house + text[stem:at], row, tuple(modifiers))
            return Post(stem, hit.end, role, text[stem:at], row, tuple(modifiers))
        if not self._free(at):
            firm = self._firm(at) if role in _FIRM_HEADS else None
            return Post(firm, hit.end, role, text[firm:at], row, tuple(modifiers)) if firm is not None else None
        return Post(at, hit.end, role, self._host(at, role), row, tuple(modifiers))

    def _host(self, at: int, role: str) -> str:
        """The body that holds what is told, where its head is named without it: 区教育局|召开会议，局长李静主持.

        The only one of its kind in the paragraph, followed by what it does; else nobody knows whose head it is.
        """
        ends = _HEADED.get(role.removeprefix("常务").removeprefix("副"))
        if ends is None or self.text[at - 1 : at] not in ("，", "。", "；"):
            return ""
        floor = self.text.rfind("\n", 0, at) + 1
        named = [m for m in self.draft.of("body", "place") if floor <= m.start and m.end < at and m.name.endswith(ends)]
        if len({m.name for m in named}) != 1 or not _HOSTS.match(self.text, named[0].end):
            return ""
        return named[0].name

    def _self_named(self, hit: Hit, at: int, modifiers: tuple[str, ...]) -> Post:
        """乌兰|苏木|达, 乌兰苏木|副苏木达, 苏木达: the township or village in the title, before it, or last named."""
        role, kind = hit.row["role"], hit.row["role"][-3:-1]
        for end in (at + 2, at):
            body = self.bodies.get(end)
            if body is not None and body.start < at and body.name != kind:
                return Post(body.start, hit.end, role, body.name, hit.row, modifiers)
        start = at - 2 if self.text.endswith(kind, self.start, at) else at
        return Post(start, hit.end, role, self._near(kind, start), hit.row, modifiers)

    def _inside(self, at: int) -> bool:
        """Whether a street office or a town goes on over ``at``: 青神县|长岭子镇."""
        return any(m.start < at < m.end and m.subkind == "street" for m in self.bodies.values())

    def _local(self, at: int) -> tuple[int, str] | None:
        """A local organ printed without its town (镇党委|书记, 社区|书记): its start and its name in full."""
        m = _LOCAL.search(self.text, max(self.start, at - 8), at)
        if not m:
            return self._house(at)
        area = self._near("街道" if m[1] == "街" else m[1], m.start())
        return (m.start(), area + m[2]) if area else None

    def _house(self, at: int) -> tuple[int, str] | None:
        """该公司|总经理, 院党组|副书记: where the short name stands, and the body last named that it stands for."""
        if m := _THAT.search(self.text, max(self.start, at - 5), at):
            found = self._last(_KINDS.get(m[1], (m[1],)), m.start())
        elif m := _HOUSE.search(self.text, max(self.start, at - 4), at):
            found = self._last(("法院", "检察院") if m[1] == "院" else _KINDS.get(m[1], (m[1],)), m.start())
            found += m[2] if found else ""
        return (m.start(), found) if m and found else None

    def _last(self, ends: tuple[str, ...], at: int) -> str:
        """The body or place last named before ``at`` whose name ends so."""
        named = [m for m in self.draft.of("body", "place") if m.end <= at and m.name.endswith(ends)]
        return max(named, key=lambda m: (m.end, -m.start)).name if named else ""

    def _wider(self, start: int) -> int:
        """Where the name begins of which a body's first characters are the end: 武清开发|区党委."""
        if self.text[start] == "区" and (m := _ZONE_NAME.search(self.text, max(self.start, start - 10), start + 1)):
            return m.start()
        return start

    def _near(self, kind: str, at: int) -> str:
        """The town, street office, community or village last named before ``at`` (else in the headline, else after)."""
        named = [
            (m.start, found[1])
            for m in self.draft.of("body", "place")
            if (found := _TOWN.fullmatch(m.name)) and found[2] == kind
        ]
        before = [name for start, name in named if start < at]
        if before:
            return before[-1]
        if m := re.search(rf"(?:^|[，：\s“”]|[一-龥]*?[区县市])([一-龥]{{1,6}}?{kind})", self.draft.article.headline):
            return m[1]
        return named[0][1] if len({name for _, name in named}) == 1 else ""

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
            return self._team(at)
        whole = self.text[start:at]
        listed = self.text[start - 1] == "、" and start - 1 in self._role_ends and start not in self.bodies
        if listed and len(whole) >= 3 and (whole[-1] in _UNITS or whole.endswith("中心")):
            return start  # 县委副书记、|融合发展服务中心主任: between two titles of a list nothing else stands
        head = whole[0] in LEVELS and not HAN.match(self.text[start - 1]) and start not in self.bodies
        if head and whole[-1] in "局会办院所站心" and len(whole) > 3 and not _NO_UNIT.search(whole):
            return start  # 会上，|县茶产业发展中心|主任
        words = cut(whole)
        edge, pos = start, start
        for word in words:
            if word in self.vocabulary.edges or word in ("副", "、"):
                edge = pos + len(word)
            pos += len(word)
        stem = self.text[edge:at]
        inside = edge == start or 3 <= len(whole) <= 6 and words[0] not in _ACTS
        if start in self.bodies and inside and whole[-1] in "部局科室院系处所站队会社校厂办委组馆":
            return self.bodies[start].start  # 市工商联|经济联络部|部长, 市建委|建设处|处长
        if 2 <= len(stem) <= 12 and (stem[-1] in _UNITS or stem.endswith("中心")):
            if team := self._team(at):
                return team
            if stem[0] in LEVELS and edge > self.start and self.text[edge - 1] in "全各":
                return None
            return edge
        return None

    def _team(self, at: int) -> int | None:
        """The start of a team with a name of its own, of a body before it: 市水务局第二批“访民情”工作组|组长."""
        m = _TEAM.search(self.text, max(self.start, at - 24), at)
        body = self.bodies.get(m.start()) if m else None
        return body.start if body is not None else None

    def _firm(self, at: int) -> int | None:
        """The start of a firm that no head tells, before the role of a firm's head: 北方重工|总裁."""
        m = _CLAUSE_TAIL.search(self.text, max(self.start, at - 13), at)
        if m is None:
            return None
        begin = m.start()
        cut_off = begin == max(self.start, at - 13) and begin > self.start
        words, pos = cut(m[0]), m.start()
        for word in words:
            pos += len(word)
            if word in self.vocabulary.edges or word in self.vocabulary.after:
                begin = pos  # 会见|云海重工|副总经理
        return begin if at - begin >= 3 and (begin > m.start() or not cut_off) else None

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
            if hit.end not in known and hit.row["role"] != "代表"
        ]

    def _owner(self, organ: str, at: int) -> str:
        """The street, town or zone last named before a bare organ of it: 孟家沟街道…，|党工委|副书记."""
        named = [
            m
            for m in self.draft.of("body", "place")
            if m.end <= at
            and (
                organ in _BARE and m.subkind == "street" or organ in _OF_ZONE and _ZONE.search(_HOLDER.sub("", m.name))
            )
        ]
        if not named:
            return ""
        name = max(named, key=lambda m: (m.end, -m.start)).name
        return _HOLDER.sub("", name.removesuffix("办事处"))

    def title(self, post: Post, previous: str) -> Title:
        """The title in full: ``宣传部长`` after ``区委常委`` is 部长 of 区委宣传部 (resolve writes the area out)."""
        body, role = _CONSULTATIVE.sub(r"\1政协", post.body), post.role
        system = post.row["system"]
        if post.area:
            level = role[-2]
            name = body if body else area_of(previous, role)
            if not name and level in "镇乡":
                name = self._near(level, post.start)
            bare = re.sub(r"(人民)?政府$", "", name)
            base = bare or level
            full_body = base + "人民政府" if base[-1:] in LEVELS else base
            if base[-1:] in "处道":
                full_body = base
            role = "".join(m for m in post.modifiers if m in ("代", "代理")) + role  # 代区长 is a post of its own
            title = base + role
            return Title(role, full_body, title, system, post.modifiers)
        if not body:
            if role.endswith(("院长", "检察长")):
                previous = previous.removesuffix("审判委员会").removesuffix("检察委员会")
            body = inherited(previous, role, post.row)
        else:
            whole = completed(body, previous, self.vocabulary.organ_rows) if previous else body
            if whole == body and body in _BARE | _OF_ZONE:
                whole = self._owner(body, post.start) + body
            body = whole
        house = body.removesuffix("人民政府") if role in _OF_REGION else body  # 自治区副主席 is of its government
        return Title(
            role,
            body,
            (house + "".join(m for m in post.modifiers if m in ("第一", "执行", "党组", "常务") or m[0] == "“") + role),
            system_of(body) if "政协" in body or body.endswith(("人大", "常委会")) else system or system_of(body),
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
            if gap[:1] == "、" and gap[1:] in tuple(ABOVE_TOWNS) and post.body.endswith(("党工委", "管委会", "工委")):
                chain.append(replace(post, start=post.start - 1, body=gap[1] + post.body))
                continue  # 县委常委、|县|高新区党工委书记
            if gap[:1] == "、" and _OF_COMMUNITY.search(post.body) and _STREET.fullmatch(gap, 1):
                chain.append(post)  # 市人大代表、|双河乡|石门村书记, 石门村党总支书记
                continue
            taken = text[max(0, chain[0].start - 1) : chain[0].start] in tuple("为任作")
            if gap == "，" and all(p.body for p in chain) and post.body and not taken:
                chain.append(post)  # 市委常委，滨江新区工委书记
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
