"""Words as data: the one loader of the lists in this folder, and of a user's own.

A list is a UTF-8 file ``NAME.tsv`` (or ``NAME.tsv.gz``): comment lines that begin with ``#`` (title, source,
licence, notes), one row of column names, then one tab-separated row an entry. The first column is the key.
A user's folder (``--rules DIR``) may hold ``lexicon/NAME.tsv`` files with the same columns: their rows are added,
and a row with a known key replaces it.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kg.errors import LexiconError

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A word list: its columns and its rows, each row a mapping from column to text. Equal to itself alone."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def words(self, **where: str) -> tuple[str, ...]:
        """The keys of all rows whose columns have the given values: ``table.words(role="lead")``.

        A column may hold several values separated by commas.
        """
        key = self.columns[0]
        return tuple(row[key] for row in self.rows if all(v in row.get(c, "").split(",") for c, v in where.items()))

    def by_key(self) -> dict[str, Mapping[str, str]]:
        return {row[self.columns[0]]: row for row in self.rows}


def parse(name: str, lines: Iterable[str], source: str) -> Table:
    """One list from its lines. Raises LexiconError naming file, line, what was expected and what came."""
    numbered = [line.rstrip("\r\n") for line in lines]
    head = next((i for i, line in enumerate(numbered) if not line.startswith("#")), len(numbered))
    if head == len(numbered):
        raise LexiconError(f"{source}: no row of column names; the first line without # names the columns")
    columns = tuple(numbered[head].split("\t"))
    cells = [line.split("\t") for line in numbered[head + 1 :]]
    # the longest list has 50,000 rows: whether all is well is asked once, what is wrong is looked for only then
    if any(len(c) != len(columns) or not c[0] for c in cells) or len({c[0] for c in cells}) < len(cells):
        cells = _mended(cells, columns, source, head + 2)
    return Table(name, columns, tuple(dict(zip(columns, c, strict=True)) for c in cells))


def _mended(cells: list[list[str]], columns: tuple[str, ...], source: str, first: int) -> list[list[str]]:
    """Rows with the empty cells at their ends filled in; raises LexiconError for the first that is no row."""
    seen: dict[str, int] = {}
    out: list[list[str]] = []
    for number, row in enumerate(cells, first):
        if not "".join(row).strip():
            raise LexiconError(f"{source}, line {number}: an empty line; every line is an entry, remove it")
        if len(row) > len(columns):
            raise LexiconError(
                f"{source}, line {number}: expected {len(columns)} tab-separated columns "
                f"({', '.join(columns)}), got {len(row)}"
            )
        if row[0] in seen:
            raise LexiconError(f"{source}, line {number}: {row[0]} stands in line {seen[row[0]]} already, remove one")
        seen[row[0]] = number
        out.append(row + [""] * (len(columns) - len(row)))
    return out


def read_file(path: Path) -> Table:
    """The list in one file, named after it."""
    name = path.name.removesuffix(".gz").removesuffix(".tsv")
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: not UTF-8 at byte {error.start}; save the list as UTF-8") from None
    except OSError as error:
        raise LexiconError(f"{path}: cannot be read ({error.strerror or error})") from None
    return parse(name, text.splitlines(), str(path))


@lru_cache(maxsize=None)
def load(name: str, extra: Path | None = None) -> Table:
    """The list called ``name``, with the rows of ``extra/lexicon/name.tsv`` added where there is one.

    Raises LexiconError for an unknown list or one that does not keep to its columns.
    """
    for path in (HERE / f"{name}.tsv", HERE / f"{name}.tsv.gz"):
        if path.is_file():
            table = read_file(path)
            break
    else:
        known = sorted(p.name.split(".")[0] for p in HERE.glob("*.tsv*"))
        raise LexiconError(f"no word list called {name}; there are {', '.join(known)}")
    own = extra / "lexicon" / f"{name}.tsv" if extra else None
    if own and own.is_file():
        added = read_file(own)
        unknown = [c for c in added.columns if c not in table.columns]
        if unknown:
            raise LexiconError(f"{own}: unknown column {unknown[0]}; {name} has {', '.join(table.columns)}")
        key = table.columns[0]
        rows = {row[key]: row for row in table.rows}
        rows.update({row[key]: {c: row.get(c, "") for c in table.columns} for row in added.rows})
        table = Table(name, table.columns, tuple(rows.values()))
    return table
