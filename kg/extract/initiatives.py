"""Initiatives: named policies, campaigns, programmes, projects, mechanisms and slogans that somebody carries out.

``把文明城市创建与百城建设提质、“路长制”市容市貌大提升行动等重点工作融合推进`` names four of them. The rules
(kg/rules/initiative.yaml) say where a name may stand, initiative_edges.py where it begins, initiative_names.py what
speaks for it; here those that enough speaks for become mentions, and the printed forms of one initiative get one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.extract.draft import Draft
from kg.extract.initiative_names import Reader
from kg.extract.initiative_told import Found
from kg.extract.initiative_words import Words, words
from kg.model import Mention, Rejected
from kg.rules.fold import fold

#: from here on it is a name; what comes near is told in ``draft.rejected``
ENOUGH, NEAR = 0.6, 0.35
_QUOTES = re.compile("[“”‘’]")
#: a campaign, and the short name in quotes that follows it at once
_CAMPAIGN = re.compile("(?:整治|行动|治理|排查|攻坚|清理)$")
_NAMED = re.compile("“[^“”，。、]{2,6}(?:行动|攻势|战|战役|整治|攻坚|会战|大会战|回头看|冲刺|突击|清零)”")
_AGENDA = re.compile("(?:并|还|专题|认真|动员|安排|研究)*(?:部署|研究|审议)(?![了过])")
#: 率全省“三个体系”建设|调研组: what a group that comes is named after
_GROUP = re.compile(
    "(?:工作|建设|中期|专项|专题|联合)*(?:调研|督查|督导|检查|考察|巡查|评估|考核|验收|视察)(?:工作)?[组团队]"
)
#: 召开协商会议，就|文旅融合发展
_UPON = re.compile("(?:会上)?(?:就|围绕|针对)[^，。；]{0,10}")
_HEARD_OF = re.compile("听取了?(?:[全我][市县区州旗镇乡])?(?:近期|当前|关于)?")
_REPORT = re.compile("(?:工作)?(?:推进|开展|落实|进展)*(?:情况)?的?(?:专题)?汇报")
#: 先后到|城北污水处理工程、柳树村棚户区改造|等地: where an outing went, not what it was about
_WENT = re.compile("到|走进|深入|前往|赴|察看|参观")
_CALLED_AT = re.compile("(?:现场)?(?:、[^，。；]{0,60}?)?等(?:地|处|点位|现场|多地|多处)")
#: how far behind the sentence of a meeting that which it heard of may stand
_HEARD = 200
#: the level of a title below the national one: 省级|文明城市
_BELOW = "(?:省级?|自治区级?|自治州|[市州]级)"
_TAIL = re.compile(r"(?:工程|行动|工作|项目|活动|攻坚战)+$")
_TAILS = ("工程", "行动", "工作", "项目", "活动", "攻坚战")


def find(draft: Draft) -> None:
    """Adds a mention for each printed form of each initiative; forms of one initiative share one name."""
    found = _weighed(Reader(draft).read())
    if not found:
        return
    good = [f for f in found if f.score >= ENOUGH]
    for f in found:
        if NEAR <= f.score < ENOUGH:
            reason = f"too little speaks for a name ({f.score:.2f})"
            draft.rejected.append(Rejected(f.start, f.end, draft.text[f.start : f.end], f.rule, reason))
    kept = _together(_apart(good, len(draft.norm)), draft.norm)
    names = _joined(kept, draft)
    kinds = {f.name: f.kind for f in reversed(kept) if names[f.name] == f.name}
    draft.add(
        Mention(
            kind="initiative",
            start=f.start,
            end=f.end,
            text=draft.text[f.start : f.end],
            name=names[f.name],
            rule=f.rule,
            subkind=kinds.get(names[f.name], f.kind),
            score=min(0.95, f.score),
            expansion=f.expansion,
        )
        for f in kept
    )


def _weighed(found: Iterable[Found]) -> list[Found]:
    """One reading for each stretch: what several rules say of it adds up."""
    best: dict[tuple[int, int], Found] = {}
    for f in found:
        if not f.core:  # a misprint can leave nothing of a name: “”机制
            continue
        old = best.get((f.start, f.end))
        if old:
            total = 1 - (1 - min(old.score, 0.95)) * (1 - min(f.score, 0.95))
            told = old.expansion or f.expansion
            sure = old if old.score >= f.score else f
            best[f.start, f.end] = Found(f.start, f.end, sure.name, sure.kind, sure.rule, total, sure.core, told)
        else:
            best[f.start, f.end] = f
    return list(best.values())


def _apart(found: list[Found], length: int) -> list[Found]:
    """No two names over the same characters: the longer stands, of equals the surer."""
    kept: list[Found] = []
    taken = bytearray(length)
    for f in sorted(found, key=lambda f: (f.start - f.end, -f.score, f.start)):
        if 1 not in taken[f.start : f.end]:
            taken[f.start : f.end] = b"\1" * (f.end - f.start)
            kept.append(f)
    kept.sort()
    return kept


def _together(found: list[Found], norm: str) -> list[Found]:
    """自建房安全专项整治“百日行动” is one: a name and the quotation that follows it at once."""
    kept: list[Found] = []
    for f in found:
        last = kept[-1] if kept else None
        if (
            last
            and last.end == f.start
            and norm[f.start] in "“‘"
            and norm[last.end - 1] not in "”’"
            and last.core == last.name
        ):
            kept[-1] = last._replace(end=f.end, name=norm[last.start : f.end], core=f.core, expansion=f.expansion)
        else:
            kept.append(f)
    taken = {f.start for f in kept}
    for i, f in enumerate(kept):
        more = _NAMED.match(norm, f.end) if _CAMPAIGN.search(f.name) else None
        if more and more.start() not in taken:  # 燃气安全排查整治“秋冬攻势”
            kept[i] = f._replace(end=more.end(), name=norm[f.start : more.end()])
    return kept


def _joined(found: list[Found], draft: Draft) -> dict[str, str]:
    """Printed form → the name of its initiative: 创文 and 文明城市创建 are 全国文明城市创建."""
    lists = words(draft.extra)
    cores = {f.name: f.core for f in found}
    bare = {core: _TAIL.sub("", core) if core.endswith(_TAILS) else core for core in cores.values()}
    forms = sorted(cores, key=lambda n: (-len(n), n))
    name: dict[str, str] = {}
    for form in forms:
        core = cores[form]
        full = lists.known[core]["full"] if core in lists.known else ""
        if full.startswith("全国") and _below(draft.norm, full[2:6]):
            # 创城 where the article speaks of a 省级文明城市
            full = next((f for f in forms if full[2:6] in f and "创建" in f and f not in lists.known), "")
        elif full.startswith(("全国", "国家")) and full[:6] not in draft.norm:
            # 文明城市创建 of whatever level: the longest form that the article prints
            full = next(f for f in forms if cores[f] in lists.known and lists.known[cores[f]]["full"] == full)
        if full:
            name[form] = name.get(full, full)
            continue
        first, last = core[0], bare[core][-1:]
        for longer in name:
            other = cores[longer]
            if (other[0] == first or bare[other][-1:] in (last, "") or not last) and _same(core, other, bare, lists):
                name[form] = name[longer]
                break
        else:
            name[form] = form
    # where a programme of the list is printed by itself, its own name is better than one with an addition
    for form in forms:
        if cores[form] in lists.known and not lists.known[cores[form]]["full"] and name[form] != form:
            old = name[form]
            name = {k: form if v == old else v for k, v in name.items()}
    return name


def _below(norm: str, title: str) -> bool:
    """Whether an article speaks of a title of a province or city (省级文明城市) and never of the national one."""
    return f"全国{title}" not in norm and re.search(_BELOW + title, norm) is not None


def _same(one: str, other: str, bare: dict[str, str], lists: Words) -> bool:
    """Whether two printed forms are one initiative; ``bare`` has them without 工程, 行动, 工作 at their end.

    One ends with the other (新冠肺炎疫情防控, 疫情防控), or is the other with one more head word (老旧小区改造,
    老旧小区改造提升), or both begin and end alike (政法领域改革, 政法领域全面深化改革).
    """
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if (len(short) >= 3 and bare[long].endswith(bare[short])) or (
        long.startswith(short) and lists.addition.fullmatch(long, len(short))
    ):
        return not (long in lists.known and lists.known[long]["full"])
    return len(short) >= 6 and short[-2:] == long[-2:] and short[:4] == long[:4]


def topics(draft: Draft, start: int, end: int, event_name: str) -> list[str]:
    """The initiatives an event is about: those its name holds, and those of the clause ``start:end`` that tells it.

    ``调研齐礼阎党群服务中心、商业街区建设工作`` is about both; 城市环境综合整治提升动员会 about 城市环境综合整治提升.
    Returns names as the mentions have them, each once, in order of place; [] where none is named.
    """
    title = _QUOTES.sub("", fold(event_name))
    stop = draft.norm.find("。", end)
    stop = min(stop if stop >= 0 else end, end + 160)
    meeting = title.endswith(("会", "会议"))
    about = words(draft.extra).cues["about"]
    found: list[str] = []
    for m in draft.of("initiative"):
        bare = _QUOTES.sub("", draft.norm[m.start : m.end])
        told = start <= m.start and m.end <= end
        if meeting and end <= m.start and m.end <= stop:
            # 召开会议，传达学习…，研究部署抗旱保供工作: what it was to deal with stands in a later clause
            clause = re.split("[，。；：\n]", draft.norm[end : m.start])[-1]
            told = bool(_AGENDA.match(clause) or _UPON.fullmatch(clause))
            told = told or bool(_HEARD_OF.fullmatch(clause) and _REPORT.match(draft.norm, m.end))
        elif told:
            clause = re.split("[，。；：\n]", draft.norm[start : m.start])[-1]
            if _WENT.search(clause) and _CALLED_AT.match(draft.norm, m.end):
                continue
            told = any(word in clause for word in about) or _GROUP.match(draft.norm, m.end) is not None
        if (told or bare in title or _QUOTES.sub("", m.name) in title) and m.name not in found:
            found.append(m.name)
    if meeting and not found:
        # 会议听取和审议关于全县发展民宿经济情况的报告: a meeting by its number is about what it was told of
        heard = (m for m in draft.of("initiative") if m.rule == "topic-heard-of" and stop <= m.start < stop + _HEARD)
        found = list(dict.fromkeys(m.name for m in heard))
    # 垃圾分类 within “垃圾分类进校园”活动: what the activity is called says it
    called = [
        m.name
        for m in draft.of("initiative")
        if m.name in found and _QUOTES.search(draft.norm[max(0, m.start - 1) : m.start + 1])
    ]
    return [name for name in found if not any(name in longer for longer in called if longer != name)]
