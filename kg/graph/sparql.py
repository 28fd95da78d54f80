"""SPARQL text before it is run: what is refused, and how an error is told in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import QueryError
from kg.graph import terms

# The terminals of SPARQL 1.1 that matter here, in the order in which a lexer must try them: inside an IRI, a string
# or a comment no keyword counts, and ex:service or ?from are names.
_TOKEN = re.compile(
    r"""
      (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | \#[^\n\r]*
    | \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
    | [?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)*
    | (?P<name>(?:[^\W\d_][\w.\-]*)?:(?:[\w.\-:%]|\\.)*)
    | (?P<word>[^\W\d]\w*)
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])
_QUERIES = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
_SENTENCE = re.compile(r"[A-Z][a-z]+ [\w ]*(?:variable|contains|already|aggregate|blank)[\w ]*")
_PLACE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<what>.*)", re.DOTALL)


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """The IRIs, prefixed names and bare words of a query, in order, as ``(kind, text)``: ``("word", "SELECT")``."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup:
            yield match.lastgroup, match.group()


def refuse(query: str, known_graphs: frozenset[str] | None = None) -> None:
    """Raises QueryError for a query that would reach out of the store, or change it.

    ``SERVICE`` calls another server, ``FROM <…>`` names a source that is not here, an update writes. ``FROM`` may
    name a graph of ``known_graphs``; with None it is refused altogether.
    """
    # An engine may read \u0053ERVICE as SERVICE before or after it looks at strings: neither reading may pass.
    decoded = _CODEPOINT.sub(lambda m: _character(m[1] or m[2]), query)
    for form in dict.fromkeys((query, decoded)):
        _refuse(list(tokens(form)), known_graphs)


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def _refuse(found: list[tuple[str, str]], known_graphs: frozenset[str] | None) -> None:
    began = False
    for i, (kind, text) in enumerate(found):
        if kind != "word":
            continue
        word = text.upper()
        if word in _QUERIES:
            began = True
        if not began and word in _UPDATES:
            raise QueryError(f"{word} changes a graph; a store is only asked: use SELECT, ASK, CONSTRUCT or DESCRIBE")
        if word == "SERVICE":
            raise QueryError("SERVICE is refused: a query asks this store and never another server")
        if word == "FROM":
            named = i + 1 < len(found) and found[i + 1][1].upper() == "NAMED"
            source = found[i + 1 + named] if i + 1 + named < len(found) else ("", "")
            if known_graphs is None or (source[0] == "iri" and source[1][1:-1] not in known_graphs):
                raise QueryError(
                    f"FROM {source[1]} is refused: it is no graph of this store, and nothing is fetched; "
                    "leave FROM out, or write GRAPH ?article { … }"
                )


def refuse_fetching(update: str) -> None:
    """Raises QueryError for an update that would fetch: LOAD or SERVICE."""
    for form in (update, _CODEPOINT.sub(lambda m: _character(m[1] or m[2]), update)):
        for kind, text in tokens(form):
            if kind == "word" and text.upper() in ("LOAD", "SERVICE"):
                raise QueryError(f"{text.upper()} is refused: nothing is fetched from the network by a query")


def explain_error(error: Exception, query: str, where: str = "") -> QueryError:
    """The engine's syntax error as one line: ``line 1, column 25: not understood at “}” after “{ ?s ?p”``.

    What the engine says it expected is an accident of how it searches, so the place and the words there are told.
    """
    name = where or "query"
    if not query.strip():
        return QueryError(f"{name}: the query is empty")
    match = _PLACE.search(str(error))
    if not match:
        return QueryError(f"{name}: {' '.join(str(error).split())}")
    line, column = int(match["line"]), int(match["column"])
    place = f"{name}: line {line}, column {column}: "
    # the engine counts characters and not bytes, and a line ends at a line feed only
    lines = query.split("\n")
    before = "\n".join([*lines[: line - 1], lines[line - 1][: column - 1]]) if line <= len(lines) else query
    after = query[len(before) :].split()
    if said := _SENTENCE.search(match["what"]):
        return QueryError(place + said.group().strip()[0].lower() + said.group().strip()[1:])
    if prefix := _unknown_prefix(before, query):
        return QueryError(f"{place}the prefix {prefix}: is not declared; begin with PREFIX {prefix}: <…>")
    left = " ".join(before.split())[-24:]
    if not after:
        return QueryError(f"{place}not understood, or not complete, at its end, after “{left}”")
    return QueryError(f"{place}not understood at “{' '.join(after)[:24]}”" + (f" after “{left}”" if left else ""))


def _unknown_prefix(before: str, query: str) -> str:
    """The prefix of the name that the engine stopped at, if nobody declared it."""
    match = re.search(r"(?<![\w:<?$@])([A-Za-z][\w.-]*):[\w.:-]*\s*$", before)
    if not match or match[1] in terms.PREFIXES:
        return ""
    declared = re.search(rf"prefix\s+{re.escape(match[1])}\s*:\s*<", query, re.IGNORECASE)
    return "" if declared else match[1]
