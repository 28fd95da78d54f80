"""Names in the graph: namespaces, the IRIs of things, literals, all as N-Triples text.

Terms are plain strings in N-Triples form (``<http://…>``, ``"会议"@zh``): a page makes thousands of them, and
building objects for each would cost more than reading the page.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from kg import lexicon
from kg.errors import StoreError
from kg.lexicon.sounds import syllables

#: the vocabulary, and the base of everything the graph is about (``kg build --base`` changes the second)
KG = "http://example.org/kg/ns#"
BASE = "http://example.org/kg/id/"

#: the prefixes that queries may use without declaring them, and that Turtle and TriG are written with
PREFIXES: dict[str, str] = {
    "kg": KG,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: the longest slug: long enough to be told apart by eye, short enough for a line
SLUG = 48

_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
    | {chr(c): f"\\u{c:04X}" for c in (*range(0x20), 0x7F) if chr(c) not in "\n\r\t\b\f"}
)
_ESCAPED = re.compile(r"\\u([0-9A-F]{4})|\\(.)")
_UNESCAPES = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", '"': '"', "\\": "\\"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


@lru_cache(maxsize=None)
def term(name: str) -> str:
    """The IRI of a prefixed name: ``kg:Person`` is ``<http://example.org/kg/ns#Person>``."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


def check_base(base: str) -> str:
    """The base as it is, if things can stand under it; StoreError if not (no http IRI, no closing / or #)."""
    if not _BASE.fullmatch(base):
        raise StoreError(f"base {base!r}: expected an http(s) IRI that ends in / or #, such as {BASE}")
    return base


# ---------------------------------------------------------------- literals


def text(value: str, language: str = "") -> str:
    """A string literal, with its language where one is given: ``"郑州市二七区"@zh``."""
    if _SURROGATE.search(value):
        value = _SURROGATE.sub("\ufffd", value)
    return f'"{value.translate(_ESCAPES)}"' + (f"@{language}" if language else "")


def plain(literal: str) -> str:
    """The text of a literal that :func:`text` wrote: ``"二七区"@zh`` gives 二七区."""
    body = literal[1 : literal.rindex('"')]
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)) if m[1] else _UNESCAPES[m[2]], body) if "\\" in body else body


def day(value: date) -> str:
    return f'"{value.isoformat()}"^^<{PREFIXES["xsd"]}date>'


def whole(value: int) -> str:
    return f'"{value}"^^<{PREFIXES["xsd"]}integer>'


def truth(value: bool) -> str:
    return f'"{str(value).lower()}"^^<{PREFIXES["xsd"]}boolean>'


def number(value: float) -> str:
    """A number as xsd:integer where it is whole, else as xsd:decimal, never in scientific form."""
    if float(value).is_integer():
        return whole(int(value))
    return f'"{f"{value:.6f}".rstrip("0")}"^^<{PREFIXES["xsd"]}decimal>'


# ---------------------------------------------------------------- identifiers


def short_hash(*parts: str, size: int = 4) -> str:
    """A short hash of some texts, ``2 × size`` hexadecimal characters.

    Four bytes: it only has to tell apart things of one slug, and of those (张伟, 章炜 …) there are thousands at most.
    """
    return blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=size).hexdigest()


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    return {row["surname"]: row["kind"] for row in lexicon.load("surnames")}


def pinyin(name: str, person: bool = False) -> str:
    """The pinyin of a name as people search for it: ``chen hongmin`` for a person, ``er qi qu`` otherwise."""
    parts = syllables(name)
    if not person or len(parts) != len(name):
        return " ".join(parts)
    at = 2 if len(name) > 2 and _surnames().get(name[:2]) == "compound" else 1
    return " ".join(x for x in ("".join(parts[:at]), "".join(parts[at:])) if x)


def slug(name: str, person: bool = False) -> str:
    """An ASCII slug of a name, cut between syllables at :data:`SLUG` characters; ``x`` for a name without any."""
    out = ""
    for part in pinyin(name, person).split():
        if len(out) + len(part) + 1 > SLUG and out:
            break
        out = f"{out}-{part}" if out else part
    return out[:SLUG] or "x"


def local_name(kind: str, key: str, name: str) -> str:
    """The path of a thing under the base: ``person/chen-hongmin-3f2a9107``.

    All of it is made from ``key``, the thing's identity: one page may say 二七区政府 and another 二七区人民政府,
    and still it is one. The slug is for people: the name where the key holds it (``person|陈红民|…``), else the last
    part of the key, and for an event the last three (``…|2019-06-26|meeting|…``).
    """
    parts = key.split("|")
    read = "|".join(parts[-3:]) if kind == "event" else name if name in parts else parts[-1]
    return f"{kind}/{slug(read, kind == 'person')}-{short_hash(key)}"


def page_local(name: str, digest: str) -> str:
    """The tail of a page's IRI, that of its articles and mentions too: ``000-7331d32aa81932c1-1b2c3d4e5f``."""
    return f"{slug(name)}-{short_hash(digest, size=5)}"


def article_local(name: str, digest: str, key: str) -> str:
    """The path of an article under the base, from its page's name and digest and its own key."""
    stem, _, tail = page_local(name, digest).rpartition("-")
    return f"article/{stem}-{slug(key)}-{tail}"
