"""What a query answers, in plain types: nothing of the engine shows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from kg.graph import terms

_STRING = terms.PREFIXES["xsd"] + "string"
_TYPES = {"iri": "uri", "literal": "literal", "blank": "bnode"}


class Term(NamedTuple):
    """A value in a graph. ``kind`` is iri, literal or blank; ``datatype`` and ``language`` are a literal's."""

    kind: Literal["iri", "literal", "blank"]
    value: str
    datatype: str = ""
    language: str = ""

    def nt(self) -> str:
        """The term as N-Triples: ``"崔世英"@zh``."""
        if self.kind == "iri":
            return f"<{self.value}>"
        if self.kind == "blank":
            return f"_:{self.value}"
        if self.language:
            return terms.text(self.value, self.language)
        plain = terms.text(self.value)
        return plain if self.datatype in ("", _STRING) else f"{plain}^^<{self.datatype}>"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query.

    ``kind`` is select, ask or graph (CONSTRUCT and DESCRIBE). Every answer is a table: ASK has the one column
    ``answer``, a graph the columns subject, predicate, object. ``rows`` are text ("" where a variable is unbound);
    ``terms`` the same rows as :class:`Term` or None.
    """

    kind: Literal["select", "ask", "graph"]
    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(t.value if t else "" for t in row) for row in self.terms)

    @property
    def answer(self) -> bool:
        """Of ASK its answer, of the others whether anything was found."""
        return self.rows == (("true",),) if self.kind == "ask" else bool(self.terms)

    def __bool__(self) -> bool:
        return self.answer

    def __len__(self) -> int:
        return len(self.terms)

    def __iter__(self) -> Iterator[dict[str, str]]:
        """The rows by column: ``for row in result: print(row["person"])``."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def column(self, name: str) -> list[str]:
        """All values of one column. Raises ValueError for a column that is not there."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def csv(self, delimiter: str = ",") -> str:
        """The rows as CSV with a header line; lines end in ``\\n``."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()

    def json(self) -> str:
        """W3C SPARQL 1.1 Query Results JSON. A graph is given as bindings of subject, predicate and object."""
        if self.kind == "ask":
            return json.dumps({"head": {}, "boolean": self.answer})
        bindings = [
            {c: _binding(t) for c, t in zip(self.columns, row, strict=True) if t is not None} for row in self.terms
        ]
        return json.dumps({"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}, ensure_ascii=False)

    def dump(self) -> bytes:
        """All of it as bytes, to pass between processes."""
        return json.dumps([self.kind, self.columns, self.terms]).encode()

    @classmethod
    def load(cls, data: bytes) -> Result:
        kind, columns, rows = json.loads(data)
        return cls(kind, tuple(columns), tuple(tuple(Term(*t) if t else None for t in row) for row in rows))

    def ntriples(self) -> str:
        """A graph as sorted N-Triples; empty for other answers."""
        if self.kind != "graph":
            return ""
        return "".join(sorted({" ".join(t.nt() for t in row if t) + " .\n" for row in self.terms}))


def _binding(term: Term) -> dict[str, str]:
    out = {"type": _TYPES[term.kind], "value": term.value}
    if term.language:
        out["xml:lang"] = term.language
    elif term.kind == "literal" and term.datatype not in ("", _STRING):
        out["datatype"] = term.datatype
    return out


def read_answer(answer: Any) -> Result:
    """The engine's answer as a Result: its classes are told apart by what they have, not imported."""
    if hasattr(answer, "variables"):
        columns = tuple(v.value for v in answer.variables)
        return Result("select", columns, tuple(tuple(_term(solution[c]) for c in columns) for solution in answer))
    if type(answer).__name__ == "QueryBoolean":
        truth = Term("literal", str(bool(answer)).lower(), terms.PREFIXES["xsd"] + "boolean")
        return Result("ask", ("answer",), ((truth,),))
    rows: Sequence[tuple[Term | None, ...]] = [(_term(t.subject), _term(t.predicate), _term(t.object)) for t in answer]
    return Result("graph", ("subject", "predicate", "object"), tuple(sorted(rows, key=_order)))


def _order(row: tuple[Term | None, ...]) -> tuple[str, ...]:
    return tuple(t.nt() if t else "" for t in row)


def _term(value: Any) -> Term | None:
    if value is None:
        return None
    kind = type(value).__name__
    if kind == "NamedNode":
        return Term("iri", value.value)
    if kind == "Literal":
        return Term("literal", value.value, value.datatype.value, value.language or "")
    return Term("blank", value.value if kind == "BlankNode" else str(value))
