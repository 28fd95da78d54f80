"""A small printing press: known articles set in the layouts in which local papers reach us.

The layout tests typeset articles whose text, headline and byline are known, read the page back and compare. What is
expected is therefore what went in, never what the code says.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field


@dataclass
class Story:
    """What a reader should get back: headline lines, paragraphs (without lead marker and byline), who wrote it."""

    headline: list[str]
    paragraphs: list[str]
    reporters: list[str] = field(default_factory=list)
    correspondents: list[str] = field(default_factory=list)


@dataclass
class Printed:
    """A page and, per story in the order of first lines: body text, headline."""

    text: str
    bodies: list[str]
    headlines: list[str]
    bylines: list[list[tuple[str, str]]]


def byline(story: Story, style: str) -> str:
    parts = []
    if story.reporters:
        parts.append("记者 " + " ".join(story.reporters))
    if story.correspondents:
        parts.append("通讯员 " + " ".join(story.correspondents))
    text = {"plain": "  ", "bracket": "　", "tight": " "}[style].join(parts)
    return f"（{text}）" if style == "bracket" else text


def wrap(text: str, width: int, first: int = 0) -> list[str]:
    """Lines of at most ``width`` characters, the first one shorter by the indent; no line begins with a mark."""
    lines, at, room = [], 0, width - first
    while at < len(text):
        end = min(len(text), at + room)
        if end < len(text) and text[end] in "，。、；：！？”》）":
            end += 1
        lines.append(text[at:end])
        at, room = end, width
    return lines


def names(story: Story) -> list[tuple[str, str]]:
    return [(x, "reporter") for x in story.reporters] + [(x, "correspondent") for x in story.correspondents]


def _loose(rng: random.Random, text: str) -> str:
    """Layout spaces around numbers, as OCR and PDF copies have them."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(\d+)", lambda m: (" " if rng.random() < 0.3 else "") + m[1], text)


def hard_wrapped(stories: list[Story], rng: random.Random, displaced: bool = True, blank: bool = True, mark: str = "本报讯") -> Printed:
    """Columns copied out of a PDF: cut lines, column breaks as blank lines, headlines before, behind or elsewhere."""
    blocks: list[tuple[str, int, list[str]]] = []
    bodies, heads, by = [], [], []
    order = list(range(len(stories)))
    for k in order:
        story = stories[k]
        width = rng.choice([14, 16, 17, 18, 20, 22])
        where = rng.choice(["in lead", "own line", "own line", "own line", "inline", "bracket"])
        if not (story.reporters or story.correspondents):
            where = "none"
        if not mark and where == "in lead":
            where = "own line"
        lead = f"{mark} " if mark else ""
        if where == "in lead":
            lead = mark + byline(story, "bracket")
        lines: list[str] = []
        for p, paragraph in enumerate(story.paragraphs):
            text = _loose(rng, (lead if p == 0 else "") + paragraph)
            if where == "inline" and p == len(story.paragraphs) - 1:
                text += byline(story, "tight")
            if where == "bracket" and p == len(story.paragraphs) - 1:
                text += byline(story, "bracket")
            cut = wrap(text, width, 2)
            if blank and len(cut) > 6 and rng.random() < 0.4:
                at = rng.randrange(2, len(cut) - 2)
                cut.insert(at, "")
            if p and blank and rng.random() < 0.85:
                lines.append("")
            lines += cut
        if where == "own line":
            lines.append(byline(story, "plain"))
        blocks.append(("body", k, lines))
        bodies.append("".join(lines))
        heads.append(" ".join(story.headline))
        by.append(names(story))
    page: list[list[str]] = []
    late: list[int] = []
    for _, k, lines in blocks:
        head: list[str] = []
        for i, line in enumerate(stories[k].headline):
            if i and blank and rng.random() < 0.3:
                head.append("")
            head.append(line)
        choice = rng.choice(["before", "before", "behind", "late"]) if displaced else "before"
        if choice == "before":
            page.append(head)
            page.append(lines)
        elif choice == "behind":
            page.append(lines)
            page.append(head)
        else:
            page.append(lines)
            late.append(k)
            blocks[k] = ("late", k, head)
        if late and choice != "late" and rng.random() < 0.5:
            page += [blocks[j][2] for j in late]
            late = []
    page += [blocks[j][2] for j in late]
    text = "\n\n".join("\n".join(x) for x in page) if blank else "\n".join("\n".join(y for y in x if y) for x in page)
    return Printed(text + "\n", bodies, heads, by)


def markdown(stories: list[Story], rng: random.Random) -> Printed:
    """OCR turned into Markdown: headings, a paragraph a line, lines broken at column ends."""
    out, bodies, heads, by = [""], [], [], []
    level = rng.choice(["#", "##"])
    kicker = rng.choice(["same", "deeper", "plain", "subtitle"])
    comma = rng.random() < 0.5
    for story in stories:
        head = story.headline
        if len(head) > 1 and kicker == "deeper":
            out += [f"{level}# {head[0]}", "", f"{level} {' '.join(head[1:])}", ""]
        elif len(head) > 1 and kicker == "plain":
            out += [head[0], "", f"{level} {' '.join(head[1:])}", ""]
        elif len(head) > 1 and kicker == "subtitle":
            out += [f"{level} {head[0]}", "", f"——{' '.join(head[1:])}", ""]
            head = [head[0], "——" + " ".join(head[1:])]
        else:
            out += [f"{level} {' '.join(head)}", ""]
        where = rng.choice(["in lead", "own line", "inline", "bracket line"])
        if not (story.reporters or story.correspondents):
            where = "none"
        body = []
        for p, paragraph in enumerate(story.paragraphs):
            text = paragraph
            if p == 0:
                text = ("本报讯" + byline(story, "bracket") if where == "in lead" else "本报讯 ") + text
            if p == len(story.paragraphs) - 1 and where == "inline":
                text += byline(story, "tight")
            if comma:
                text = text.translate(str.maketrans("，：；（）", ",:;()"))
            if len(text) > 90 and rng.random() < 0.3:
                at = rng.randrange(40, len(text) - 20)
                body += [text[:at], text[at:]]
            else:
                body.append(text)
        if where == "own line":
            body.append(byline(story, "plain"))
        if where == "bracket line":
            body.append(byline(story, "bracket"))
        for line in body:
            out += [line, ""]
        bodies.append("".join(body))
        heads.append(" ".join(head))
        by.append(names(story))
    return Printed("\n".join(out), bodies, heads, by)


def web(stories: list[Story], rng: random.Random) -> Printed:
    """Web pages pasted one behind the other: title, date and source, paragraphs, perhaps an editor."""
    out, bodies, heads, by = [], [], [], []
    source = rng.choice(["来源：某某日报　2021-03-12　09:16", "2021-03-12 09:16:00　来源：某某发布", "发布时间：2021-03-12　浏览次数：128",
                         "2021年3月12日 09:16 | 来源：某某融媒"])
    author = rng.random() < 0.5
    lead = rng.random() < 0.5
    editor = rng.random() < 0.5
    indent = rng.choice(["", "　　"])
    gap = rng.choice(["", None])
    for story in stories:
        lines = [" ".join(story.headline)]
        by_line = byline(story, "bracket")
        meta = source
        if author and story.reporters:
            meta += "　记者：" + " ".join(story.reporters)
        lines.append(meta)
        body = []
        for p, paragraph in enumerate(story.paragraphs):
            body.append(("本报讯 " if p == 0 and lead else "") + paragraph)
        if not author and (story.reporters or story.correspondents):
            body.append(by_line)
        lines += [indent + x for x in body]
        if editor:
            lines.append("责任编辑：" + "王小明")
        out += [y for x in lines for y in ([x, gap] if gap is not None else [x])]
        if gap is None:
            out.append("")
        bodies.append("".join(body))
        heads.append(" ".join(story.headline))
        both = [(x, "reporter") for x in story.reporters] if author else names(story)
        by.append(both)
    return Printed("\n".join(out), bodies, heads, by)


def items(stories: list[Story], rng: random.Random) -> Printed:
    """Short items under banners: neither lead marker nor byline."""
    out, bodies, heads, by = [], [], [], []
    for story in stories:
        if rng.random() < 0.3:
            out += [rng.choice(["综合新闻", "美丽家园", "各地怎样推进? 看这里"]), ""]
        out += [" ".join(story.headline), ""]
        for paragraph in story.paragraphs:
            out += [paragraph, ""]
        bodies.append("".join(story.paragraphs))
        heads.append(" ".join(story.headline))
        by.append([])
    return Printed("\n".join(out), bodies, heads, by)


def interleaved(stories: list[Story], rng: random.Random) -> Printed:
    """Two articles set side by side and copied line block by line block: A breaks off, B breaks off, A goes on, B goes on."""
    out: list[str] = []
    bodies, heads, by = [], [], []
    for pair in range(0, len(stories) - 1, 2):
        halves = []
        for story in stories[pair : pair + 2]:
            width = rng.choice([16, 18])
            lines: list[str] = []
            for p, paragraph in enumerate(story.paragraphs):
                lines += ([""] if p else []) + wrap(("本报讯 " if p == 0 else "") + paragraph, width, 2)
            lines.append(byline(story, "plain"))
            middle = len(lines) // 2
            while middle > 3 and (not lines[middle - 1] or not lines[middle] or lines[middle - 1][-1] in "。”；"):
                middle -= 1
            halves.append((lines[:middle], lines[middle:]))
            bodies.append("".join(lines))
            heads.append(" ".join(story.headline))
            by.append(names(story))
        (a1, a2), (b1, b2) = halves
        out += stories[pair].headline + [""] + a1 + [""] + stories[pair + 1].headline + [""] + b1 + [""] + a2 + [""] + b2 + [""]
    return Printed("\n".join(out), bodies, heads, by)


def run_together(stories: list[Story], rng: random.Random) -> Printed:
    """Two headlines copied into one line, above or below their two articles."""
    out: list[str] = []
    bodies, heads, by = [], [], []
    for pair in range(0, len(stories) - 1, 2):
        line = " ".join("".join(story.headline) for story in stories[pair : pair + 2])
        texts = []
        for story in stories[pair : pair + 2]:
            lines = wrap("本报讯 " + "".join(story.paragraphs), 20, 2)
            lines.append(byline(story, "plain"))
            texts.append("\n".join(lines))
            bodies.append("".join(lines))
            heads.append("".join(story.headline))
            by.append(names(story))
        out += [line, *texts] if rng.random() < 0.6 else [*texts, line]
    return Printed("\n\n".join(out) + "\n", bodies, heads, by)


def briefs(stories: list[Story], rng: random.Random) -> Printed:
    """Short items behind bullets under a section's name, hard-wrapped or not, then an article with its headline."""
    mark = rng.choice("●■◆○◎")
    gap = rng.choice([[], [""]])
    wrapped = rng.random() < 0.5
    out: list[str] = [rng.choice(["简讯", "短讯", "镇街短波", "基层动态"]), ""]
    bodies, heads, by = [], [], []
    *short, last = stories
    for story in short:
        text = mark + story.paragraphs[0]
        writers = names(story) if rng.random() < 0.7 else []
        if writers:
            text += byline(story, "bracket")
        lines = wrap(text, 18) if wrapped else [text]
        out += lines + gap
        bodies.append(text)
        heads.append("")
        by.append(writers)
    lines = wrap("本报讯 " + "".join(last.paragraphs), 18) if wrapped else ["本报讯 " + "".join(last.paragraphs)]
    out += ["", *last.headline, "", *lines, byline(last, "plain")]
    bodies.append("".join(lines) + byline(last, "plain"))
    heads.append(" ".join(last.headline))
    by.append(names(last))
    return Printed("\n".join(out) + "\n", bodies, heads, by)
