"""Words as data: the one loader of the lists in this folder, and of a user's own.

A list is a UTF-8 file ``NAME.tsv`` (or ``NAME.tsv.gz``): comment lines that begin with ``#`` (title, source,
licence, notes), one row of column names, then one tab-separated row an entry. The first column is the key.
A user's folder (``--rules DIR``) may hold ``lexicon/NAME.tsv`` files with the same columns: their rows are added,
and a row with a known key replaces it.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat
from pathlib import Path

from kg.errors import LexiconError

HERE = Path(__file__).parent


@dataclass(frozen=True, eq=False)
class Table:
    """A word list: its columns, and under ``cells`` what stands in each of them, from the first row to the last.

    Equal to itself alone. The longest list has 50,000 rows: they are made into mappings where somebody asks for them.
    """

    name: str
    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]

    @cached_property
    def rows(self) -> tuple[Mapping[str, str], ...]:
        """The rows, each a mapping from column to text."""
        columns = self.columns
        return tuple([dict(zip(columns, row, strict=True)) for row in zip(*self.cells, strict=True)])

    def __iter__(self) -> Iterator[Mapping[str, str]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.cells[0])

    def column(self, name: str) -> tuple[str, ...]:
        """What stands in one column, row by row; nothing where there is no such column."""
        return self.cells[self.columns.index(name)] if name in self.columns else ("",) * len(self)

    def words(self, **where: str) -> tuple[str, ...]:
        """The keys of all rows whose columns have the given values: ``table.words(role="lead")``.

        A column may hold several values separated by commas.
        """
        words = self.cells[0]
        for name, value in where.items():
            kept = dict(zip(self.cells[0], self.column(name), strict=True))
            words = tuple([word for word in words if value in kept[word].split(",")])
        return words

    def by_key(self) -> dict[str, Mapping[str, str]]:
        return dict(zip(self.cells[0], self.rows, strict=True))


def parse(name: str, lines: Iterable[str], source: str) -> Table:
    """One list from its lines. Raises LexiconError naming file, line, what was expected and what came."""
    numbered = [line.rstrip("\r\n") for line in lines]
    head = next((i for i, line in enumerate(numbered) if not line.startswith("#")), len(numbered))
    if head == len(numbered):
        raise LexiconError(f"{source}: no row of column names; the first line without # names the columns")
    columns = tuple(numbered[head].split("\t"))
    body, width = numbered[head + 1 :], len(columns)
    cells = "\t".join(body).split("\t") if body else []
    keys = set(cells[::width])
    # whether all is well is asked once for all rows, what is wrong is looked for only then
    if set(map(str.count, body, repeat("\t"))) - {width - 1} or "" in keys or len(keys) < len(body):
        cells = [cell for row in _mended(body, columns, source, head + 2) for cell in row]
    return Table(name, columns, tuple([tuple(cells[i::width]) for i in range(width)]))


def _mended(lines: Sequence[str], columns: tuple[str, ...], source: str, first: int) -> list[list[str]]:
    """Rows with the empty cells at their ends filled in; raises LexiconError for the first that is no row."""
    seen: dict[str, int] = {}
    out: list[list[str]] = []
    for number, line in enumerate(lines, first):
        row = line.split("\t")
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


def load(name: str, extra: Path | None = None) -> Table:
    """The list called ``name``, with the rows of ``extra/lexicon/name.tsv`` added where there is one.

    Raises LexiconError for an unknown list or one that does not keep to its columns.
    """
    if extra is not None and (extra / "lexicon" / f"{name}.tsv").is_file():
        return _with_own(name, extra)
    return _shipped(name)


@lru_cache(maxsize=None)
def _shipped(name: str) -> Table:
    for path in (HERE / f"{name}.tsv", HERE / f"{name}.tsv.gz"):
        if path.is_file():
            return read_file(path)
    known = sorted(p.name.split(".")[0] for p in HERE.glob("*.tsv*"))
    raise LexiconError(f"no word list called {name}; there are {', '.join(known)}")


@lru_cache(maxsize=None)
def _with_own(name: str, extra: Path) -> Table:
    table, own = _shipped(name), extra / "lexicon" / f"{name}.tsv"
    added = read_file(own)
    unknown = [c for c in added.columns if c not in table.columns]
    if unknown:
        raise LexiconError(f"{own}: unknown column {unknown[0]}; {name} has {', '.join(table.columns)}")
    if table.columns[0] not in added.columns:
        raise LexiconError(f"{own}: no column {table.columns[0]}; {name} has {', '.join(table.columns)}")
    rows = dict(zip(table.cells[0], zip(*table.cells, strict=True), strict=True))
    key = added.column(table.columns[0])
    rows.update(zip(key, zip(*map(added.column, table.columns), strict=True), strict=True))
    return Table(name, table.columns, tuple(zip(*rows.values(), strict=True)))
