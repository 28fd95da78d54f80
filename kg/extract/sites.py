"""Body or place: what was visited or is somewhere is a place, what acts is a body."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.extract.draft import Draft
from kg.extract.ground import Candidate
from kg.extract.vocabulary import Vocabulary, cut, vocabulary
from kg.model import Mention, Rejected

_GONE = ("察看", "查看", "实地察看", "实地查看", "参观", "视察", "观摩", "暗访", "检查", "考察", "督导", "调研")
_GO = (
    *("到", "在", "至", "赴", "来到", "走进", "深入", "前往", "抵达", "位于", "坐落", "坐落于", "途经", "进驻", "落户"),
    *("走访", "辖区", "奔赴", "赶往", "赶赴", "转往"),
    *(verb + ending for verb in (*_GONE, "走访慰问", "看望慰问") for ending in ("", "了")),
)
_GO_FROM = re.compile(
    r"来到|赶往|[步转]行?至|走进|深入|前往|赴|走访了?|察看了?|查看了?|参观了?|视察了?|暗访了?|先后到|到(?<=[队人行].)"
)
#: words after which a list is one of visited places no longer
_NO_LIST = re.compile(r"调研|督导|检查(?!站)|了解|听取|参加|召开|举行|开展|汇报|负责人|负责同志|工作|情况|就")
_ACT = re.compile(
    r"(?:[^，。；、]{0,6}(?:负责人|负责同志|主要领导|班子|干部|代表|工作人员|志愿者|书记|主任|民警|党员)|组织|开展|举行|举办|召开|联合|"
    r"承办|主办|协办|与|和|将|积极|坚持|汇报|表态|参加|陪同|结合|通过|以|为|把|已经|已|始终|成立|推出|打造|创新|按照|邀请|"
    r"继续|进一步|持续|不断|大力|全力|深入|扎实|认真|主动|迅速|充分|围绕|立足|分别|在会上|要|作了?[^，。；]{0,14}?(?:表态|发言|汇报|交流|介绍)|"
    r"则[是在把对以通由]?|一同|共同|率先|依托|利用|针对|制定|建立|发动|召集|动员|承担起|承接|迎来|"
    r"被(?:命名|评|授|认定)|荣获|获评|“[^”]{2,10}”(?:[^，。；]{0,8}项目|为|把|让)|"
    r"等?\d*个?(?:单位|部门|局|委局|街道|镇|公司|企业|管委会))"
)
_SITES = re.compile(
    r"(?:先后(?:来到|到|赴|走进|前往|深入)|来到|走进|(?:先后|实地|分别|一行)(?:走访|考察|参观|观摩|察看|查看|视察|检查|调研)了?|"
    r"(?:察看|查看|参观|视察|观摩|暗访|考察|走访)了)"
    r"([^，。；：“”]{4,160}?)(?:等[处地]?|[，。；]|进行|实地|现场)"
)
#: 、河西街道、（略）等15个街道（乡镇）被命名为: the rest of a list, and what was done to all of it
_HONOURED = re.compile(
    r"[^，。；]{0,240}?等\d+[余多]?个[一-龥]{2,5}(?:（[^，。；（）]{2,20}）)?(?:被|荣获|获评|获得|受到|分别)"
)
#: what a visited item ends with that is named whole, whatever words it holds: 海创锂电年产3万吨负极材料项目
_WORKS = re.compile(r"(?:项目|工程|基地|产业园|园区|生产线)$")
#: words that the names of works hold
_IN_WORKS = ("和", "与", "及", "年产", "个", "用")
#: 实地察看了创建文明城市、垃圾分类|等相关工作: no places
_WORK_OF = re.compile(r"等?[^，。；]{0,4}?(?:工作|情况)")
#: who holds an event, all of them before it
_HOLD = re.compile(r"(?:共同|联合)?(?:主办|承办|协办|举办)")
#: houses that hold events themselves: 由市委宣传部主办、|治水展示馆|承办
_HOUSES = frozenset(("facility", "venue"))
_LIST_JOINS = ("、", "和", "及", "以及", "与", "")
_PUBLIC = frozenset(("party", "congress", "cppcc", "government", "judicial", "taskforce", "military"))
_LOOK = (
    *("走进", "来到", "先后到"),
    *(verb + ending for verb in ("察看", "查看", "参观", "走访", "视察", "观摩", "暗访") for ending in ("", "了")),
)
#: a list of visited places does not go beyond one of these
_CLAUSE_ENDS = re.compile(r"[，。；：\n]")
_LOOKED_AT = re.compile(r"[，。、]?(?:等处|调研|视察|检查|走访|看望|慰问|察看|督导)")
_ASSEMBLED = ("代表团", "讨论组", "代表小组", "界别小组")
#: what only those do who hold an event
_RUNS = re.compile(r"联合|组织|开展|举办|举行|召开|承办|主办|协办|邀请")
#: what stands beside the name of a road
_BESIDE_ROAD = re.compile(
    r"两侧|两旁|两边|沿线|沿街|路段|交叉口|路口|交汇处?|交会处|[东西南北]侧|以[东西南北]|[东西南北中]段|[0-9]+号|一带|附近|辖区|拓宽|整修"
    r"|(?:[和与至到]|、)[一-龥]{2,4}[路街道巷](?:交|的|之间|两|段|沿|等|口|，|。)"
)
_ROAD_BEFORE = re.compile(r"(?:[路街道巷][和与至]|连接|沿着?|位于|地处|辖区的)$")
_BANKS = re.compile(r"两岸|沿岸|沿线|流域|岸边|河畔|上游|下游|中游|水域|水质|河段|段")
#: somebody built it
_BUILT = re.compile(r"(?:修建|建成|新建|建有|兴建|改建|设有|拥有)了?(?:[一-龥]{2,10}、){0,3}$")
#: behind its town a community is named by any word: 云溪街道|胜利社区
_TOWNS = ("街道", "街道办", "街道办事处", "镇", "乡")
_OF_COMMUNITY = ("委会", "支部", "总支", "党委")


def decide(draft: Draft, settled: list[Candidate], nested: list[Candidate]) -> list[Mention]:
    """Candidates become mentions: what was visited or is somewhere is a place, what acts is a body.

    ``淮河路街道`` after 到 is a place, before 组织 a body; a school or a firm on a list of sites is a place. A name of
    describing words alone (老旧小区) stays out unless it stands in a list of visited sites or of bodies.
    """
    text, floor = draft.norm, draft.article.prose[0]
    clauses = [floor, *(m.end() for m in _CLAUSE_ENDS.finditer(text, floor))]
    out = [_mention(draft, c, visited=False, acting=True) for c in nested]
    for chain in _chains(settled, text):
        at, end = chain[0].start, chain[-1].end
        visited = visited_list(text, clauses[bisect_right(clauses, at) - 1], at)
        surely = [c.subkind for c in chain if c.kind == "body" and c.score >= 0.8]
        bodies, public = bool(surely), not _PUBLIC.isdisjoint(surely)
        acting = not visited and (public or len(chain) > 1 and _ACT.match(text, end) is not None)
        acting = acting or not visited and text[end : end + 1] in ("、", "（") and bool(_HONOURED.match(text, end))
        holding = not visited and _holds(text, clauses[bisect_right(clauses, at) - 1], at, end)
        acting = acting or holding
        for c in chain:
            if (
                c.score < 0.7
                and not (c.score > 0.5 and (visited and c.kind != "body" or bodies and c.kind == "body"))
                and not (c.score > 0.5 and c.subkind == "road" and c.end - c.start > 3 and text[c.end - 1] in "道街")
                and not (c.subkind == "road" and c.length > 2 and _on_road(c, text, draft))
                and not (c.subkind == "area" and _on_water(c, text))
                and not (c.score > 0.5 and c.kind == "body" and _stands_in(c, text))
                and not (c.score > 0.5 and c.subkind == "community" and _opens(c, text) and _community_acts(c, text))
                and not (c.score > 0.5 and c.subkind == "community" and text.endswith(_TOWNS, floor, c.start))
            ):
                draft.rejected.append(
                    Rejected(c.start, c.end, text[c.start : c.end], c.rule, "describes, does not name")
                )
                continue
            if not (visited or holding) and _doubtful(c, text, draft):
                continue
            if holding and c.kind == "place" and c.subkind in _HOUSES:
                c = c._replace(kind="body", subkind="other")
            out.append(_mention(draft, c, visited, acting))
    return out


def _holds(text: str, clause: int, at: int, end: int) -> bool:
    """Whether a name stands among those who hold something together: 由A|联合B、|C主办."""
    begun = max(text.rfind("由", clause, at), text.rfind("联合", clause, at))
    if begun < 0 and not text.endswith(("主办、", "主办，", "指导、", "指导，"), 0, at):
        return False
    held = _HOLD.search(text, end, end + 160)
    return held is not None and not _CLAUSE_ENDS.search(text, end, held.start())


def _community_acts(c: Candidate, text: str) -> bool:
    return bool(_ACT.match(text, c.end)) or text.endswith(_OF_COMMUNITY, c.start, c.end)


def _stands_in(c: Candidate, text: str) -> bool:
    """Whether a clause is nothing but a school or house that somebody is in: 在衙前实验中学，."""
    inside = text.startswith("在", c.start - 1) and text[c.start - 2 : c.start - 1] in "，。；\n"
    return c.subkind in ("education", "other") and inside and text[c.end : c.end + 1] == "，"


def _on_road(c: Candidate, text: str, draft: Draft) -> bool:
    """Whether what stands beside a road of everyday words tells that it is its name: 公路巷|两侧, 站前路|和工业路.

    Words that only describe (主干路两侧, 该路路段) name no road.
    """
    beside = _BESIDE_ROAD.match(text, c.end) or _ROAD_BEFORE.search(text, max(0, c.start - 4), c.start)
    return beside is not None and text[c.start : c.end - 1] not in _words("plain-roads", draft.extra)


def _on_water(c: Candidate, text: str) -> bool:
    """Whether a river or lake is named for its banks: 洺河|两岸."""
    return text[c.end - 1] in "河江湖溪渠港" and c.length < 5 and _BANKS.match(text, c.end) is not None


def _opens(c: Candidate, text: str) -> bool:
    """Whether a clause begins with the name: ，桃花社区|开展义诊."""
    return c.start == 0 or text[c.start - 1] in "，。；！？：\n"


def visited_list(text: str, clause: int, at: int) -> bool:
    """Whether a list of visited places, begun in the clause, reaches to ``at``: 先后来到A、B|、C, 到|D."""
    if text.endswith(_GO, clause, at):
        return True
    listed = text.rfind("、", clause, at)
    if listed < 0:
        return False
    last = max((m.end() for m in _GO_FROM.finditer(text[clause:at])), default=-1)
    return 0 <= last <= listed - clause and not _NO_LIST.search(text, clause + last, at)


_HERE = re.compile(r"内|里|举行|召开|开展|开班|现场|门口|旁|附近|前|中，|正式|启用|投用|建成|开工|竣工|揭牌")


@lru_cache(maxsize=4)
def _words(name: str, extra: Path | None) -> tuple[str, ...]:
    """A list of words: the heads of areas that are grounds of their own (工业园, 大学城), what stands before 路."""
    return tuple(lexicon.load(name, extra).words())


def _doubtful(c: Candidate, text: str, draft: Draft) -> bool:
    """Whether a place that nobody is said to have visited is better left out: 走弯路, “…示范区”."""
    if c.kind != "place" and (c.kind, c.subkind) != ("both", "area"):
        return False
    if text.endswith(("打造成", "建设成", "成为", "争创"), 0, c.start):
        return True
    if c.subkind == "area" and _on_water(c, text):
        return False
    sure = c.score >= 0.85
    if sure and c.subkind in ("area", *_HOUSES, "park") and _BUILT.search(text, max(0, c.start - 24), c.start):
        return False  # 先后修建了|桃园文化广场
    if c.subkind == "project":
        return not (c.prefixed and _HERE.match(text, c.end))
    if c.subkind == "area":
        grounds = c.kind == "both" or text.endswith(_words("grounds", draft.extra), c.start, c.end)
        return not (c.prefixed or sure and grounds) or text[c.end : c.end + 1] == "”"
    if c.subkind == "facility" and not c.prefixed:
        return not _HERE.match(text, c.end)
    return c.subkind == "road" and text[c.start] in vocabulary(draft.extra).edges


def _chains(settled: list[Candidate], text: str) -> Iterator[list[Candidate]]:
    """Names in one list: joined by 、, 和, 及 or nothing."""
    chain: list[Candidate] = []
    for c in settled:
        if chain and text[chain[-1].end : c.start] not in _LIST_JOINS:
            yield chain
            chain = []
        chain.append(c)
    if chain:
        yield chain


def visited_projects(draft: Draft) -> list[Candidate]:
    """Projects and works on a list of visited sites, each the whole item: 先后来到A、海创锂电年产3万吨负极材料项目、B.

    Their names hold verbs, numbers and 及, so that no left edge is found by words; the marks of the list tell it.
    """
    text, words = draft.norm, vocabulary(draft.extra)
    out: list[Candidate] = []
    for m in _SITES.finditer(text, *draft.article.prose):
        if "、" not in m[1]:
            continue
        at = m.start(1)
        for item in m[1].split("、"):
            stop = at + len(item)
            at = stop + 1
            last = next(
                (i for i in range(len(item) - 3, 1, -1) if item[i] in "和及" and _ends_name(item[:i], words.head_rows)),
                0,
            )
            name = item[last + 1 :] if last else item
            if not 5 <= len(name) <= 34 or not _WORKS.search(name):
                continue
            cuts = cut(name[:-2])
            told = "年产" in name or not any(_ends_item(w, words) for w in cuts)
            if not told:
                continue
            if cuts[0] in words.generic or _NO_LIST.search(name):
                continue
            out.append(Candidate(stop - len(name), stop, "place", "project", "listed-project", 0.97, "", True))
    return out


def _ends_item(word: str, words: Vocabulary) -> bool:
    return word in words.edges and word not in words.nominal and word not in _IN_WORKS


def _ends_name(text: str, heads: Mapping[str, Mapping[str, str]]) -> bool:
    return any(text[-n:] in heads for n in (4, 3, 2))


def listed_sites(draft: Draft) -> list[Mention]:
    """Items of a list of visited places that no head gives away: 嵩山路关照先生, 江安河簇桥段, 慧鑫源.

    Only in a list in which another item is a known place, and only items without a verb or a person.
    """
    text, words = draft.norm, vocabulary(draft.extra)
    known, named = draft.of("place"), draft.of("place", "body")
    out: list[Mention] = []
    for m in _SITES.finditer(text, *draft.article.prose):
        start, end = m.span(1)
        if "、" not in m[1] or not any(start <= p.start < end for p in known) or _WORK_OF.match(text, end):
            continue
        at = start
        for item in re.split(r"[、和及]", m[1]):
            stop = at + len(item)
            clean = (
                2 <= len(item) <= 16
                and not item[0].isdigit()
                and item[0] not in "（）"
                and not any(p.start < stop and at < p.end for p in named)
            )
            if (
                clean
                and not any(w in words.edges and w not in words.nominal for w in cut(item))
                and not _NO_LIST.search(item)
                and not item.endswith(("精神", "会议", "全会"))
            ):
                out.append(Mention("place", at, stop, draft.text[at:stop], item, "listed-site", "facility", 0.7))
            at = stop + 1
    return out


def _mention(draft: Draft, c: Candidate, visited: bool, acting: bool) -> Mention:
    text = draft.norm
    kind, sub = c.kind, c.subkind
    name = text[c.start : c.end] + c.shared
    if visited and name.endswith(_ASSEMBLED):
        visited = False  # 来到柳溪代表团: whoever goes there joins them
    if kind == "body" and sub in _PUBLIC and visited:
        visited = text.endswith(_LOOK, 0, c.start) or _LOOKED_AT.match(text, c.end) is not None
    if kind == "both":
        office = (
            c.subkind == "facility" and c.prefixed and text[c.start] in "区县市旗州" and c.length > 4
        )  # 县茶产业发展中心
        kind = "place" if visited or not (acting or office or _acts(text, c)) else "body"
    elif kind == "body" and visited:
        kind, sub = "place", {"company": "commercial"}.get(sub, "facility")
    if kind == "body" and sub in ("facility", "area"):
        sub = "government"
    if kind == "place" and sub in ("company", "education", "research", "government", "other", "social", "media"):
        sub = "facility"
    return Mention(
        "body" if kind == "body" else "place", c.start, c.end, draft.text[c.start : c.end], name, c.rule, sub, c.score
    )


def _acts(text: str, c: Candidate) -> bool:
    """Whether a street office, community or centre acts here rather than being where something happens."""
    if c.subkind in ("street", "community"):
        if text[c.end - 1] in "处办委府会部组" and text[c.end - 2 : c.end] != "社区":
            return True
        return bool(_ACT.match(text, c.end)) or text[c.start - 1 : c.start] in "由与和对该"
    if c.subkind == "facility":
        return c.length > 5 and bool(_RUNS.match(text, c.end))
    return c.subkind == "other" or bool(_ACT.match(text, c.end))
