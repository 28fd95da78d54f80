"""SPARQL text before it is run: what is refused, and how an error is told in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import QueryError

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


def explain_error(error: Exception, where: str = "") -> QueryError:
    """The engine's syntax error as one line: ``line 1, column 24: expected one of OPTIONAL, SERVICE, …``."""
    match = _PLACE.search(str(error))
    if not match:
        said = " ".join(str(error).split())
        return QueryError(f"{where or 'query'}: {said}")
    what = " ".join(match["what"].split())
    if "Prefix not found" in what:
        what = "a prefix that is not declared; say PREFIX name: <…> first"
    else:
        # of what the grammar could have taken, the words help and the character classes do not
        head, _, listed = what.partition("expected one of ")
        words = [w for w in listed.split(", ") if re.fullmatch(r"[A-Za-z]\w*", w)]
        if listed:
            what = f"{head}expected one of {', '.join(words[:8])}" if words else f"{head}this cannot stand here"
    return QueryError(f"{where or 'query'}: line {match['line']}, column {match['column']}: {what}")
