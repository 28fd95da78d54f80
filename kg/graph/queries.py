"""The named queries: where they are, what they ask, and their text.

They are files ``NAME.rq`` in ``queries/`` at the top of a clone, and in ``kg/queries/`` of an installation. Each
begins with its head::

    # title-zh: 参加者
    # title-en: Participants
    # question-zh: 每项活动由谁带队、谁参加、谁主办？
    # question-en: Who led each event, who took part, who organised it?
    # columns: event, agent, role
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from kg.errors import QueryError

_PACKAGE = Path(__file__).resolve().parents[1]
_HEAD = re.compile(r"#\s*(title-zh|title-en|question-zh|question-en|columns)\s*:\s*(.*?)\s*")
_KEYS = ("title-zh", "title-en", "question-zh", "question-en", "columns")
_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the query book. ``text`` is the SPARQL with its head."""

    name: str
    title_zh: str
    title_en: str
    question_zh: str
    question_en: str
    columns: tuple[str, ...]
    text: str
    path: Path

    def __repr__(self) -> str:
        return f"<NamedQuery {self.name} {self.title_en!r}>"


def folder() -> Path:
    """Where the queries are: in the package where it is installed, beside it in a clone. QueryError if nowhere."""
    for place in (_PACKAGE / "queries", _PACKAGE.parent / "queries"):
        if place.is_dir() and any(place.glob("*.rq")):
            return place
    raise QueryError(f"{_PACKAGE}: the named queries are missing; install zhengkg again")


def parse(name: str, text: str, path: Path) -> NamedQuery:
    """A query from its text. Raises QueryError for a head that lacks a line."""
    head: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEAD.fullmatch(line):
            head[match[1]] = match[2]
    missing = [key for key in _KEYS if not head.get(key)]
    if missing:
        raise QueryError(f"{path}: expected a line '# {missing[0]}: …' at the head of the query")
    columns = tuple(column.strip() for column in head["columns"].split(","))
    return NamedQuery(
        name, head["title-zh"], head["title-en"], head["question-zh"], head["question-en"], columns, text, path
    )


@lru_cache(maxsize=4)
def _book(place: Path) -> dict[str, NamedQuery]:
    return {path.stem: parse(path.stem, path.read_text("utf-8"), path) for path in sorted(place.glob("*.rq"))}


def book() -> Iterator[NamedQuery]:
    """All named queries, by name."""
    yield from _book(folder()).values()


def names() -> tuple[str, ...]:
    return tuple(_book(folder()))


def find(name: str) -> NamedQuery:
    """The query called so: ``find("posts")``. Raises QueryError, naming the nearest, for one that there is not."""
    known = _book(folder())
    if name in known:
        return known[name]
    near = get_close_matches(name, known, 3, 0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
    raise QueryError(f"no query called {name!r}; {hint}")


def read(what: str) -> tuple[str, str]:
    """The SPARQL text that a user means by a name, a file or the text itself, and what to call it in errors.

    A single word is a name (or a file of that name), anything that ends in ``.rq`` or ``.sparql`` or is there is a
    file, all else is SPARQL. Raises QueryError for an unknown name and a file that cannot be read.
    """
    if _NAME.fullmatch(what) and (what in names() or not Path(what).is_file()):
        return find(what).text, what
    path = Path(what) if "\n" not in what and len(what) < 1024 else None
    if path is not None and (what.endswith((".rq", ".sparql")) or path.is_file()):
        try:
            return path.read_text("utf-8-sig"), what
        except OSError as error:
            raise QueryError(f"{what}: cannot be read: {error.strerror or error}") from error
        except UnicodeDecodeError:
            raise QueryError(f"{what}: expected a SPARQL query in UTF-8") from None
    return what, ""


def reference() -> str:
    """The query book as Markdown: what docs/queries.md holds."""
    lines = [
        "# The query book",
        "",
        "`kg query NAME --store DIR` runs one by name; they are files in [`queries/`](../queries).",
        "",
        "| name | asks | 问 | columns |",
        "|---|---|---|---|",
    ]
    for query in book():
        columns = ", ".join(query.columns)
        link = f"[`{query.name}`](../queries/{query.name}.rq)"
        lines.append(f"| {link} | {query.question_en} | {query.question_zh} | {columns} |")
    return "\n".join(lines) + "\n"
