"""Parts of bodies, firms that only their projects name, and names of bodies that stand for what is built there."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from kg import lexicon
from kg.extract.ground import Candidate, Ground
from kg.extract.vocabulary import LEVELS, cut
from kg.model import Mention

#: a section and what may follow it: 区卫健局|疾控科|干部, but not 公诉科|科长, which is a title
_SECTION = re.compile(
    r"(?!负责|有关|相关|各|及|和|与|等|本)[一-龥]{2,6}?(?:科室|科|股室|股|处)"
    r"(?=[，。、；\n及与和]|等|负责人|负责同志|工作人员|干部|干警|民警|有关|相关|全体|组织|联合|开展|对|在|到|赴)"
)
_SECTION_OF = ("局", "部", "委", "院", "办", "厅", "会", "委办公室", "政府办公室")
#: what is done to a house, right after its name: 县医院|迁建项目, 热电厂|搬迁改造
_WORKS = re.compile(
    r"(?:整体|异地|升级|提升|扩容|二期|三期|一期|主体|新校区|新院区|新馆)*"
    r"(?:搬迁|迁建|扩建|改扩建|新建|重建|迁址|改造|建设)(?:改造|建设|扩建|提升|升级)?"
    r"(?=项目|工程|情况|进展|工地|现场|进度|及|和|等|、|，|。)"
)
#: those that are seen while they are built are places: 市第二医院|建设情况
_SEEN = re.compile(r"(?:新校区|新院区|新馆|二期|三期)?建设(?:情况|进展|现场|工地|进度)")
_HOUSES = frozenset(("education", "other", "venue", "company", "facility"))
#: a paper before its reporter: （江城日报社|全媒体记者 李明）
_WRITES = re.compile(r"(?:全媒体|融媒体?|首席|见习|实习|特约|驻[一-龥]{1,3})*(?:记者|通讯员)[ \u3000：:]")
_PAPERS = ("报社", "日报", "晚报", "媒体", "报", "中心", "电视台")
#: a list of projects: 云帆总部及数字产业园|等4个项目
_PROJECTS = re.compile(r"等(?:[0-9]+|[一二两三四五六七八九十]+)[余多]?个(?:重点|重大|产业|工业)?项目")
_TERMS = re.compile(r"第?[一二三四五六七八九十百]{1,4}届(?=人民代表大会|人大)")
#: bodies that are printed with and without their county: 云山县城关派出所 … 城关派出所
_OF_COUNTY = ("学校", "小学", "中学", "幼儿园", "学院", "医院", "派出所", "法庭", "中队", "大队", "公司")


@lru_cache(maxsize=4)
def _firm(extra: Path | None) -> re.Pattern[str]:
    """Behind the area: the firm's own name and its trade (trades.tsv), then what it makes, and 项目."""
    trades = "|".join(sorted(lexicon.load("trades", extra).words(), key=len, reverse=True))
    return re.compile(rf"[一-龥]{{2,3}}(?:{trades})(?=[一-龥A-Z0-9]{{2,24}}?项目)")


def sections(finder: Ground) -> None:
    """Adds sections of the offices found so far, with the office: 区卫健局|疾控科, 区委组织部|人才科."""
    text = finder.text
    if "科" not in text and "股" not in text and "处" not in text:
        return
    for c in tuple(finder.found):
        if c.kind != "body" or not text.endswith(_SECTION_OF, c.start, c.end):
            continue
        m = _SECTION.match(text, c.end, finder.end)
        if m is None:
            continue
        words, v = cut(m[0]), finder.vocabulary
        if any(w in v.edges and w not in v.nominal for w in words) or any(w in v.role_rows for w in words):
            continue
        finder.found.append(Candidate(c.start, m.end(), "body", c.subkind, "section-of-body", 0.93))


def firms_of_projects(finder: Ground) -> None:
    """Adds firms named by area, name and trade before their project: 总投资5亿元的|苏州恒力涂料|年产3万吨涂料项目."""
    text = finder.text
    if "项目" not in text:
        return
    firm = _firm(finder.draft.extra)
    for end, start in finder.area_ending.items():
        m = firm.match(text, end, finder.end)
        if m is None or start > finder.start and text[start - 1] not in "的、，。；：由与和引签":
            continue
        words, v = cut(text[end : m.end()]), finder.vocabulary
        if words[0] in v.edges or words[0] in v.generic or words[0] in v.common and len(words) < 3:
            continue
        if any(w in v.edges for w in words[:-1]) or not finder.edge_before(start):
            continue
        finder.found.append(Candidate(start, m.end(), "body", "company", "firm-of-project", 0.9))


def without_works(finder: Ground, found: list[Candidate]) -> list[Candidate]:
    """The candidates without those that stand for works, projects or the paper that a reporter writes for."""
    text = finder.text
    lists = [m.start() for m in _PROJECTS.finditer(text, finder.start, finder.end)] if "个" in text else []
    out: list[Candidate] = []
    for c in found:
        if c.kind == "body" and text.endswith(_PAPERS, c.start, c.end) and _WRITES.match(text, c.end):
            continue
        if c.kind == "body" and c.subkind in _HOUSES and _WORKS.match(text, c.end):
            if _SEEN.match(text, c.end):
                out.append(c._replace(kind="place"))
            continue
        if c.kind == "body" and text.endswith("总部", c.start, c.end) and text[c.end : c.end + 1] in ("及", "、", "等"):
            at = next((at for at in lists if at >= c.end), None)
            if at is not None and at - c.end < 30 and not set("，。；") & set(text[c.end : at]):
                continue
        out.append(c)
    return out


def whole_names(mentions: list[Mention], levels: tuple[str, ...] = ()) -> list[Mention]:
    """A body printed without what it belongs to has the name it was given with it: 城关派出所 is 县公安局城关派出所."""
    # 县第十七届人民代表大会 → 县人民代表大会: every term of it is the same congress
    mentions = [replace(m, name=_TERMS.sub("", m.name)) if m.kind == "body" and "届" in m.name else m for m in mentions]
    names = {m.name for m in mentions if m.kind == "body"}
    longer: dict[str, str] = {}
    for name in names:
        for other in names:
            ahead = other.removesuffix(name)
            if (
                len(name) > 3
                and ahead != other
                and (ahead in names or ahead in levels and name.endswith(_OF_COUNTY))
                and name[0] not in LEVELS
            ):
                longer[name] = other
    for name in names:  # 县检察院 is the 县人民检察院 of the same article
        if name.endswith(("法院", "检察院")) and "人民" not in name:
            court = "法院" if name.endswith("法院") else "检察院"
            full = f"{name.removesuffix(court)}人民{court}"
            if full in names:
                longer[name] = full
    return [replace(m, name=longer[m.name]) if m.kind == "body" and m.name in longer else m for m in mentions]
