"""Writes the reference of the vocabulary from kg/graph/kg.ttl: docs/ontology.md, docs/ontology.html, and the JSON-LD
context kg/graph/context.jsonld. `make docs` runs it; a test fails when one of the three is stale.

    python tools/make_ontology.py
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.graph import KG, PREFIXES

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "kg" / "graph" / "kg.ttl"

#: the sections of kg.ttl in Chinese; a new section there needs its line here
SECTIONS = {
    "things": "事物",
    "the page and its text": "版面与文字",
    "facts": "事实",
    "evidence": "依据",
    "pages and articles": "版面与稿件",
    "dates": "日期",
    "what things are": "事物的属性",
    "identity and judgements": "身份与人工判定",
    "parts of facts": "事实的组成",
    "shortcuts: derived from the facts, for short queries": "捷径：由事实推出，便于查询",
    "codes": "代码",
}
MAPPINGS = (
    (RDFS.subClassOf, "narrows", "窄于"),
    (RDFS.subPropertyOf, "narrows", "窄于"),
    (SKOS.closeMatch, "close to", "近于"),
    (SKOS.relatedMatch, "has to do with", "相关"),
)


@dataclass(frozen=True)
class Term:
    """A class or a property of the vocabulary, ready to be shown."""

    name: str
    kind: str
    label: dict[str, str]
    comment: dict[str, str]
    section: str
    mapping: tuple[tuple[str, str], ...]  #: how, and the term: ("narrows", "org:Post")
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scheme:
    """A set of codes; each code with its labels, the printed words it stands for and its broader code."""

    name: str
    label: dict[str, str]
    note: dict[str, str]
    codes: tuple[tuple[str, str, str, str, str], ...] = field(default=())


class Vocabulary:
    """kg.ttl as terms and schemes, in the order of the file."""

    def __init__(self, source: Path = SOURCE) -> None:
        text = source.read_text("utf-8")
        self.graph = rdflib.Graph().parse(data=text, format="turtle")
        self.title, self.about = (
            self._said(rdflib.URIRef(KG[:-1]), RDFS.label),
            self._said(rdflib.URIRef(KG[:-1]), RDFS.comment),
        )
        self.order: dict[str, tuple[int, str]] = {}
        section = ""
        for number, line in enumerate(text.splitlines()):
            if heading := re.match(r"# -{10,} (.+)", line):
                section = heading[1]
            elif term := re.match(r"kg:([\w-]+) a ", line):
                self.order[term[1]] = number, section
        self.classes = list(self._terms(OWL.Class, "class"))
        self.properties = sorted(
            [
                *self._terms(OWL.ObjectProperty, "object property"),
                *self._terms(OWL.DatatypeProperty, "datatype property"),
            ],
            key=lambda t: self.order[t.name],
        )
        self.schemes = list(self._schemes())

    def _said(self, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> dict[str, str]:
        return {
            str(o.language): str(o) for o in self.graph.objects(subject, predicate) if isinstance(o, rdflib.Literal)
        }

    def _short(self, node: rdflib.term.Node) -> str:
        name: str = self.graph.namespace_manager.normalizeUri(str(node))
        return name

    def _ends(self, subject: rdflib.term.Node, predicate: rdflib.URIRef) -> tuple[str, ...]:
        found: list[str] = []
        for value in self.graph.objects(subject, predicate):
            union = self.graph.value(value, OWL.unionOf)
            found += [self._short(n) for n in (self.graph.items(union) if union is not None else [value])]
        return tuple(found)

    def _terms(self, kind: rdflib.URIRef, called: str) -> Iterator[Term]:
        found = [s for s in self.graph.subjects(RDF.type, kind) if isinstance(s, rdflib.URIRef)]
        for iri in sorted(found, key=lambda s: self.order[s.removeprefix(KG)]):
            name = str(iri).removeprefix(KG)
            mapping = [
                (how, self._short(o)) for p, how, _ in MAPPINGS for o in sorted(self.graph.objects(iri, p), key=str)
            ]
            yield Term(
                name,
                called,
                self._said(iri, RDFS.label),
                self._said(iri, RDFS.comment),
                self.order[name][1],
                tuple(mapping),
                self._ends(iri, RDFS.domain),
                self._ends(iri, RDFS.range),
                tuple(sorted(str(o).removeprefix(KG) for o in self.graph.objects(iri, RDFS.seeAlso))),
            )

    def _schemes(self) -> Iterator[Scheme]:
        for iri in sorted(
            self.graph.subjects(RDF.type, SKOS.ConceptScheme), key=lambda s: self.order[s.removeprefix(KG)]
        ):
            codes = []
            members = list(self.graph.subjects(SKOS.inScheme, iri))
            for code in sorted(members, key=lambda c: self.order[c.removeprefix(KG)]):
                label = self._said(code, SKOS.prefLabel)
                broader = self.graph.value(self.graph.value(code, SKOS.broader), SKOS.notation)
                words = sorted((str(o) for o in self.graph.objects(code, SKOS.hiddenLabel)), key=lambda w: (len(w), w))
                notation = str(self.graph.value(code, SKOS.notation))
                codes.append((notation, label["zh"], label["en"], str(broader or ""), "、".join(words)))
            name = str(iri).removeprefix(KG)
            yield Scheme(name, self._said(iri, RDFS.label), self._said(iri, SKOS.scopeNote), tuple(codes))

    def used_by(self, name: str) -> tuple[str, ...]:
        """The properties whose domain names a class."""
        return tuple(p.name for p in self.properties if f"kg:{name}" in p.domain)


# ---------------------------------------------------------------- Markdown


def markdown(words: Vocabulary) -> str:
    """docs/ontology.md: tables, as a person reads them in a repository."""
    out = [
        "# The vocabulary",
        "",
        "Generated from [`kg/graph/kg.ttl`](../kg/graph/kg.ttl) by `make docs`; a test fails when the two differ. The same as",
        "one page for the browser: [ontology.html](ontology.html). How the terms are used: [graph.md](graph.md).",
        "",
        f"`kg:` = `{KG}` · {len(words.classes)} classes · {len(words.properties)} properties · "
        f"{sum(len(s.codes) for s in words.schemes)} codes in {len(words.schemes)} schemes",
        "",
        f"{words.about['en']} {words.about['zh']}",
    ]
    for title, terms in (("Classes 类", words.classes), ("Properties 属性", words.properties)):
        out += ["", f"## {title}"]
        for section in dict.fromkeys(t.section for t in terms):
            out += ["", f"### {section.partition(':')[0].capitalize()} {SECTIONS[section].partition('：')[0]}", ""]
            ends = terms is words.properties
            out += [
                "| term | label | meaning | from → to | published term |"
                if ends
                else "| term | label | meaning | published term |"
            ]
            out += ["|---|---|---|---|---|" if ends else "|---|---|---|---|"]
            for term in (t for t in terms if t.section == section):
                row = [f"`kg:{term.name}`", f"{term.label['zh']}<br>{term.label['en']}"]
                meaning = f"{term.comment['zh']}<br>{term.comment['en']}"
                if term.schemes:
                    meaning += "<br>codes: " + ", ".join(f"[{s}](#{s.lower()})" for s in term.schemes)
                row.append(meaning)
                if ends:
                    row.append(f"{', '.join(term.domain)} → {', '.join(term.range)}")
                row.append("<br>".join(f"{how} {name}" for how, name in term.mapping))
                out.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |")
    out += ["", "## Codes 代码"]
    for scheme in words.schemes:
        out += ["", f"### {scheme.name}", "", f"{scheme.label['zh']} · {scheme.label['en']}", ""]
        if scheme.note:
            out += [f"{scheme.note['en']} {scheme.note['zh']}", ""]
        worded = any(code[4] for code in scheme.codes)
        out += [
            "| code | label | words |" if worded else "| code | label |",
            "|---|---|---|" if worded else "|---|---|",
        ]
        for notation, zh, en, broader, printed in scheme.codes:
            label = f"{zh} · {en}" + (f" (under {broader})" if broader else "")
            out.append(f"| `{notation}` | {label} | {printed} |" if worded else f"| `{notation}` | {label} |")
    return "\n".join(out) + "\n"


# ---------------------------------------------------------------- HTML

STYLE = """
:root{--ink:#1d2430;--soft:#5b6675;--line:#e1e5ea;--paper:#fff;--wash:#f5f7f9;--mark:#0b6bcb;--code:#8a3b12}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#9aa5b4;--line:#323a46;--paper:#14181e;--wash:#1c222a;
--mark:#6cb2ff;--code:#f0a878}}
*{box-sizing:border-box}html{scroll-padding-top:1rem}
body{margin:0;color:var(--ink);background:var(--paper);display:grid;grid-template-columns:17rem minmax(0,1fr);
font:16px/1.6 system-ui,"Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.2rem 1rem;background:var(--wash);
border-right:1px solid var(--line);font-size:.86rem;line-height:1.5}
nav h2{font-size:.8rem;color:var(--soft);margin:1.1rem 0 .3rem;font-weight:600}
nav a{display:block;padding:.08rem .3rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
nav input{width:100%;padding:.45rem .6rem;font:inherit;color:inherit;background:var(--paper);
border:1px solid var(--line);border-radius:.4rem}
main{padding:1.5rem 2.5rem 6rem;max-width:64rem}
a{color:var(--mark);text-decoration:none}a:hover{text-decoration:underline}
h1{font-size:1.7rem;line-height:1.3;margin:.2rem 0 .6rem}h2.part{margin:3rem 0 .2rem;font-size:1.4rem}
h3.group{margin:2.2rem 0 .6rem;padding-bottom:.3rem;border-bottom:1px solid var(--line);color:var(--soft);font-size:1rem}
article{padding:.9rem 0;border-bottom:1px solid var(--line)}
article h4{margin:0;font-size:1.05rem}article h4 small{font-weight:400;color:var(--soft);margin-left:.6rem;font-size:.82rem}
code{font:600 .95em ui-monospace,"Cascadia Mono",Menlo,monospace;color:var(--code)}
p{margin:.25rem 0}.en{color:var(--soft)}
dl{display:grid;grid-template-columns:9.5rem 1fr;gap:.1rem .8rem;margin:.5rem 0 0;font-size:.88rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.92rem;margin:.4rem 0}
td,th{text-align:left;padding:.3rem .7rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:500}td:first-child{white-space:nowrap}
.none{display:none}:target{background:var(--wash);box-shadow:-.8rem 0 0 var(--wash),.8rem 0 0 var(--wash)}
@media(max-width:52rem){body{display:block}nav{position:static;height:auto;max-height:40vh;border-right:0;
border-bottom:1px solid var(--line)}main{padding:1rem}dl{grid-template-columns:1fr}}
@media print{nav{display:none}body{display:block}article{break-inside:avoid}}
"""

SCRIPT = """
const box=document.querySelector('nav input'),items=[...document.querySelectorAll('[data-words]')];
box.addEventListener('input',()=>{const q=box.value.trim().toLowerCase();
for(const i of items)i.classList.toggle('none',!!q&&!i.dataset.words.includes(q));
for(const g of document.querySelectorAll('section'))
g.classList.toggle('none',![...g.querySelectorAll('[data-words]')].some(i=>!i.classList.contains('none')));});
"""


def html(words: Vocabulary) -> str:
    """docs/ontology.html: one page that needs no network, both languages, with a box to look for a term."""
    known = {t.name for t in (*words.classes, *words.properties)} | {s.name for s in words.schemes}

    def link(name: str) -> str:
        local = name.removeprefix("kg:")
        return f'<a href="#{local}">{escape(name)}</a>' if name.startswith("kg:") and local in known else escape(name)

    def card(term: Term) -> str:
        rows: list[tuple[str, str]] = []
        if term.domain:
            rows.append(("从 from", ", ".join(map(link, term.domain))))
            rows.append(("到 to", ", ".join(map(link, term.range))))
        for how, zh in dict.fromkeys((how, zh) for _, how, zh in MAPPINGS):
            names = [link(name) for said, name in term.mapping if said == how]
            if names:
                rows.append((f"{zh} {how}", ", ".join(names)))
        if term.schemes:
            rows.append(("代码 codes", ", ".join(f'<a href="#{s}">{s}</a>' for s in term.schemes)))
        if used := words.used_by(term.name) if term.kind == "class" else ():
            rows.append(("属性 properties", ", ".join(link(f"kg:{n}") for n in used)))
        found = escape(" ".join((term.name, *term.label.values(), *term.comment.values())).lower())
        facts = "".join(f"<dt>{dt}</dt><dd>{dd}</dd>" for dt, dd in rows)
        return (
            f'<article id="{term.name}" data-words="{found}"><h4><code>kg:{term.name}</code> {escape(term.label["zh"])} · '
            f'{escape(term.label["en"])}<small>{term.kind}</small></h4><p lang="zh">{escape(term.comment["zh"])}</p>'
            f'<p class="en">{escape(term.comment["en"])}</p><dl>{facts}</dl></article>'
        )

    def codes(scheme: Scheme) -> str:
        rows = "".join(
            f"<tr><td><code>{escape(code)}</code></td><td>{escape(zh)}</td><td>{escape(en)}"
            f"{f' <small>(under {escape(broader)})</small>' if broader else ''}</td>"
            f"<td>{escape(printed)}</td></tr>"
            for code, zh, en, broader, printed in scheme.codes
        )
        found = escape(" ".join((scheme.name, *scheme.label.values(), *(" ".join(c) for c in scheme.codes))).lower())
        note = "".join(f"<p>{escape(scheme.note[x])}</p>" for x in ("zh", "en") if scheme.note)
        head = "<tr><th>代码 code</th><th>中文</th><th>English</th><th></th></tr>"
        if any(c[4] for c in scheme.codes):
            head = head.replace("<th></th>", "<th>所印字词 words</th>")
        return (
            f'<article id="{scheme.name}" data-words="{found}"><h4><code>kg:{scheme.name}</code> '
            f"{escape(scheme.label['zh'])} · {escape(scheme.label['en'])}</h4>{note}<table>{head}{rows}</table></article>"
        )

    parts, aside = [], []
    for zh, en, terms in (("类", "Classes", words.classes), ("属性", "Properties", words.properties)):
        parts.append(f'<h2 class="part">{zh} {en}</h2>')
        aside.append(f"<h2>{zh} {en}</h2>")
        for section in dict.fromkeys(t.section for t in terms):
            mine = [t for t in terms if t.section == section]
            heading = f"{SECTIONS[section]} · {section.capitalize()}"
            parts.append(f'<section><h3 class="group">{escape(heading)}</h3>{"".join(map(card, mine))}</section>')
            aside += [f'<a href="#{t.name}">{t.name} <span class="en">{escape(t.label["zh"])}</span></a>' for t in mine]
    parts.append(f'<h2 class="part">代码 Codes</h2><section>{"".join(map(codes, words.schemes))}</section>')
    aside.append("<h2>代码 Codes</h2>")
    aside += [
        f'<a href="#{s.name}">{s.name} <span class="en">{escape(s.label["zh"])}</span></a>' for s in words.schemes
    ]
    count = (
        f"{len(words.classes)} classes, {len(words.properties)} properties, "
        f"{sum(len(s.codes) for s in words.schemes)} codes in {len(words.schemes)} schemes"
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(words.title['en'])} · {escape(words.title['zh'])}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        '<nav aria-label="terms"><input type="search" placeholder="找 / find" aria-label="find a term">\n'
        + "\n".join(aside)
        + f"\n</nav>\n<main>\n<h1>{escape(words.title['zh'])}<br>{escape(words.title['en'])}</h1>\n"
        f'<p lang="zh">{escape(words.about["zh"])}</p><p class="en">{escape(words.about["en"])}</p>\n'
        f"<p><code>kg:</code> = <code>{escape(KG)}</code> · {count}</p>\n"
        + "\n".join(parts)
        + f"\n</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


# ---------------------------------------------------------------- JSON-LD context

#: datatypes that the context names, so that a document need not; the others are written with each value
TYPED = ("xsd:date",)


def context(words: Vocabulary) -> str:
    """The JSON-LD context: every term of ours under its bare name, the others under their prefixes."""
    terms: dict[str, object] = dict(sorted(PREFIXES.items()))
    terms |= {"id": "@id", "type": "@type"}
    for term in sorted(words.classes, key=lambda t: t.name):
        terms[term.name] = f"kg:{term.name}"
    for prop in sorted(words.properties, key=lambda t: t.name):
        said: dict[str, str] = {"@id": f"kg:{prop.name}"}
        if prop.kind == "object property":
            said["@type"] = "@id"
        elif prop.range[0] in TYPED:
            said["@type"] = prop.range[0]
        terms[prop.name] = said
    for name in (
        "oa:hasSelector", "oa:hasSource", "org:postIn", "org:subOrganizationOf", "prov:wasGeneratedBy", "schema:author",
        "schema:containedInPlace", "schema:contributor",
    ):  # fmt: skip
        terms[name] = {"@id": name, "@type": "@id"}
    terms["schema:datePublished"] = {"@id": "schema:datePublished", "@type": "xsd:date"}
    return json.dumps({"@context": terms}, ensure_ascii=False, indent=2) + "\n"


#: what is made, and by what
MADE = {
    "docs/ontology.md": markdown,
    "docs/ontology.html": html,
    "kg/graph/context.jsonld": context,
}


def main() -> None:
    words = Vocabulary()
    for name, make in MADE.items():
        (ROOT / name).write_text(make(words), "utf-8")
        print(f"written: {name}")


if __name__ == "__main__":
    main()
