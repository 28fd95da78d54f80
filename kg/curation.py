"""What people decide about a graph: judgements and links are read, replayed on every build, and written.

A build compares the things of all its pages (:mod:`kg.resolve.identity`) and replays the judgements that lie beside
them. What is left in doubt is listed by :func:`candidates`; :func:`judge` adds a judgement, :func:`undo` takes the last
away. See docs/judgements.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from getpass import getuser
from pathlib import Path

from kg import graph, resolve
from kg.errors import JudgementError
from kg.graph import terms
from kg.graph.amendments import Amendment
from kg.resolve import judgements as lines
from kg.resolve.judgements import PAIRS, Judgement, Reference
from kg.resolve.kinds import Candidate, Join

#: how much of a sentence a context keeps on either side
REACH = 60
_STOPS = "。！？；\n"
_ID = re.compile(r"[a-z]+/[A-Za-z0-9_/-]+(?:@\S+)?")


@dataclass(frozen=True, slots=True)
class Context:
    """Where a thing is named: the page and article (``page/article``), and the sentence."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pair that may be one thing, or a join that was made (``joined``), with what the pages say of each side."""

    kind: str
    a: str
    b: str
    name_a: str
    name_b: str
    pro: tuple[str, ...]
    con: tuple[str, ...]
    score: float
    contexts_a: tuple[Context, ...]
    contexts_b: tuple[Context, ...]
    unsure: bool = False
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Identifiers elsewhere, given by the user: rows of id, link and reason."""

    rows: tuple[tuple[str, str, str], ...] = ()


# ---------------------------------------------------------------- for a build


def judgement_files(inputs: Iterable[str | Path], given: Path | None = None) -> tuple[Path, ...]:
    """The file the user names (or ``judgements.tsv`` in the folder named), else those in the folders of the pages.

    Raises JudgementError where a file that is named is not there.
    """
    if given is not None:
        path = given / lines.FILE if given.is_dir() else given
        if not path.is_file():
            raise JudgementError(f"{path}: no such file; kg judge makes one")
        return (path,)
    folders = {Path(x) if Path(x).is_dir() else Path(x).parent for x in inputs}
    return tuple(sorted(folder / lines.FILE for folder in folders if (folder / lines.FILE).is_file()))


def read_judgements(paths: Iterable[Path]) -> tuple[Judgement, ...]:
    """The judgements of some files. Raises JudgementError naming file and line."""
    return tuple(judgement for path in paths for judgement in lines.read(path))


def read_links(path: Path | None) -> Links:
    """A table of identifiers: a row of id, link (an IRI, or the bare text of an identifier) and reason.

    Raises JudgementError naming file and line for a row that is none.
    """
    if path is None:
        return Links()
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "not UTF-8"
        raise JudgementError(f"{path}: cannot be read ({said})") from None
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith(("#", "id\t")):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not 2 <= len(cells) <= 3 or not cells[1]:
            raise JudgementError(f"{path.name}:{number}: expected id, link and (if you like) a reason, tab-separated")
        link = cells[1]
        if re.search(r"[\s<>\"{}|\\^`]", link):
            raise JudgementError(f"{path.name}:{number}: {link!r} is no IRI and no identifier")
        where = f"{path.name}:{number}"
        rows.append((lines.reference(cells[0], where).id, link, cells[2] if len(cells) > 2 else where))
    return Links(tuple(rows))


def deciding(judgements: Sequence[Judgement], links: Links = Links()) -> graph.Deciding:
    """How a build decides over all pages, with these judgements and links."""
    plain = [_plain(j) for j in judgements]
    mark = graph.fingerprint((), json.dumps([plain, links.rows], ensure_ascii=False))

    def decide(
        path: Path, gone: Iterable[str], come: Iterable[tuple[str, bytes]], known: Callable[[str], bool]
    ) -> None:
        with resolve.Book(path) as book:
            for page in gone:
                book.strike(page)
            for page, sketches in come:
                book.enter(page, resolve.unpack(sketches))
            resolve.decide(book, terms.local_name, judgements, known)
            book.write_note("warnings", [*book.note("warnings"), *_missing(book, judgements, links, known)])
            for name, said in (("mark", mark), ("judgements", plain), ("links", links.rows)):
                book.write_note(name, said)

    return graph.Deciding(mark, decide)


def _missing(
    book: resolve.Book, judgements: Iterable[Judgement], links: Links, known: Callable[[str], bool]
) -> Iterator[str]:
    """The judgements about one thing, and the links, that wait for what is not in the graph."""

    def there(id_: str) -> bool:
        return known(id_) or book.is_gone_by(id_)

    for j in judgements:
        if j.verb not in PAIRS and not j.a.id.startswith("fact/") and not there(j.a.id):
            yield f"{j.place}: {j.a} is no longer in the graph; the judgement ({j.verb}) waits for it"
    for id_, _, _ in links.rows:
        if not there(id_):
            yield f"links: {id_} is not in the graph"


def as_before(store: graph.Store) -> graph.Deciding:
    """How a store was decided over: for pages that are added to it or removed."""
    notes = store.settlement.notes
    judged = tuple(_from_plain(j) for j in notes.get("judgements", ()))
    rows = tuple((str(a), str(b), str(c)) for a, b, c in notes.get("links", ()))
    return deciding(judged, Links(rows))


def _plain(j: Judgement) -> dict[str, str]:
    return {
        "verb": j.verb,
        "a": str(j.a),
        "b": str(j.b or ""),
        "property": j.property,
        "value": j.value,
        "who": j.who,
        "when": j.when,
        "why": j.why,
        "place": j.place,
    }


def _from_plain(said: Mapping[str, str]) -> Judgement:
    def of(text: str) -> Reference:
        id_, _, where = text.partition("@")
        return Reference(id_, where)

    b = of(said["b"]) if said["b"] else None
    rest = (said[x] for x in ("property", "value", "who", "when", "why", "place"))
    return Judgement(said["verb"], of(said["a"]), b, *rest)


def warnings(store: graph.Store) -> tuple[str, ...]:
    """What did not fit: judgements that contradict one another, and those about what is no longer in the graph."""
    notes = store.settlement.notes
    told = list(notes.get("warnings", ()))
    facts = [j for j in notes.get("judgements", ()) if j["a"].startswith("fact/")]
    if facts:
        rows = store.query("SELECT ?j { ?j a kg:Judgement }").rows
        done = {f"<{row[0]}>" for row in rows}
        for j in facts:
            node = Amendment.of(store.base, store.settlement.iri(j["a"]), j).node
            if node not in done:
                told.append(
                    f"{j['place']}: {j['a']} is no longer in the graph; the judgement ({j['verb']}) waits for it"
                )
    return tuple(told)


# ---------------------------------------------------------------- looking at what is in doubt


def candidates(store: graph.Store | str | Path, kind: str = "", joins: bool = False) -> tuple[Doubtful, ...]:
    """The pairs that may be one thing, most useful first, each with what the pages say of both sides.

    ``kind`` keeps one kind (person, body, event); with ``joins`` the joins that were made are listed instead.
    """
    opened = store if isinstance(store, graph.Store) else graph.Store.open(store)
    if opened.settlement.path is None:
        return ()
    with resolve.Book(opened.settlement.path, writing=False) as book:
        rows: Iterable[Join | Candidate] = resolve.joins(book) if joins else resolve.candidates(book)
        return tuple(_doubtful(opened, row) for row in rows if not kind or row.kind == kind)


def _doubtful(store: graph.Store, row: Join | Candidate) -> Doubtful:
    if isinstance(row, Candidate):
        here, there = contexts(store, row.a)[:3], contexts(store, row.b)[:3]
        about = (row.name_a, row.name_b, row.pro, row.con, row.score, here, there)
        return Doubtful(row.kind, row.a, row.b, *about, row.unsure)
    said = contexts(store, row.canonical)
    mine = tuple(c for c in said if c.where in row.where)
    others = tuple(c for c in said if c.where in row.canonical_where)
    pair = (row.id, row.canonical, row.name, row.canonical_name)
    return Doubtful(row.kind, *pair, (row.reason,), (), row.score, mine[:3], others[:3], joined=True)


def contexts(store: graph.Store, id_: str) -> tuple[Context, ...]:
    """The sentences that name a thing, one an article, by page and article."""
    iri = f"<{store.base}{id_}>"
    about = f"{{ ?m kg:refersTo {iri} }} UNION {{ {iri} kg:evidence ?m }}"
    rows = store.query(
        f"SELECT DISTINCT ?page ?key ?text ?start ?quote {{ {about} . ?m kg:article ?a ; oa:hasSelector ?s , ?q . "
        "?s oa:start ?start . ?q oa:exact ?quote . ?a kg:key ?key ; schema:text ?text ; kg:page/kg:name ?page }"
    ).rows
    found: dict[str, Context] = {}
    for page, key, text, _, quote in sorted(rows, key=lambda r: (r[0], r[1], int(r[3]))):
        article = f"{page}/{key.rsplit('-', 2)[-2]}"
        found.setdefault(article, Context(article, sentence(text, quote)))
    return tuple(found.values())


def sentence(text: str, quote: str) -> str:
    """The sentence of a text that a quote stands in, cut to :data:`REACH`; the quote itself where it stands nowhere."""
    start = text.find(quote)
    if start < 0:
        return quote
    end = start + len(quote)
    first = max(text.rfind(stop, 0, start) for stop in _STOPS) + 1
    last = min((at for stop in _STOPS if (at := text.find(stop, end - 1)) >= 0), default=len(text) - 1) + 1
    low, high = max(first, start - REACH), min(last, end + REACH)
    return f"{'…' if low > first else ''}{text[low:high].strip()}{'…' if high < last else ''}"


# ---------------------------------------------------------------- judging


def judge(
    file: str | Path,
    verb: str,
    a: str,
    b: str = "",
    *,
    why: str,
    who: str = "",
    when: str = "",
    store: graph.Store | str | Path | None = None,
) -> str:
    """Adds a judgement to a file and gives its line: ``judge("seeds", "same", "person/…", "person/…", why="…")``.

    ``b`` is the other thing (same, different, unsure), the new name (rename) or ``property=value`` (correct). With
    ``store``, names may stand for ids where one thing alone has the name. It counts from the next build on. Raises
    JudgementError for what the file must not hold.
    """
    if verb not in lines.VERBS:
        raise JudgementError(f"unknown verb {verb!r}; there are {', '.join(lines.VERBS)}")
    opened = graph.Store.open(store) if isinstance(store, str | Path) else store
    a = _named(a, opened)
    if verb in PAIRS:
        b = _named(b, opened)
    said = lines.line(verb, a, b, who or getuser(), when or date.today().isoformat(), why)
    lines.append(_file(file), said)
    return said


def undo(file: str | Path, about: Sequence[str] = ()) -> str:
    """Takes the last judgement (about these ids) out of a file, and gives its line."""
    return lines.undo(_file(file), about)


def check_judgements(file: str | Path) -> tuple[str, ...]:
    """A message for every line of a judgements file that is no judgement."""
    path = _file(file)
    try:
        return lines.parse(path.read_text("utf-8-sig").splitlines(), path.name)[1]
    except (OSError, UnicodeDecodeError) as error:
        raise JudgementError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})") from None


def find_ids(store: graph.Store | str | Path, name: str) -> tuple[tuple[str, str, str], ...]:
    """The things of a name (or other printed form): id, the name each goes by, kind. JudgementError for none."""
    opened = store if isinstance(store, graph.Store) else graph.Store.open(store)
    rows = opened.query(
        "SELECT DISTINCT ?x ?label { ?x skos:prefLabel|skos:altLabel ?n ; skos:prefLabel ?label "
        f"FILTER(STR(?n) = {terms.text(name)}) }} ORDER BY ?x"
    ).rows
    found = [(row[0].removeprefix(opened.base), row[1]) for row in rows]
    if not found:
        raise JudgementError(f"nothing in the graph is called {name!r}; kg show finds names that come near")
    return tuple((id_, label, id_.split("/")[0]) for id_, label in found)


def _file(path: str | Path) -> Path:
    path = Path(path)
    return path / lines.FILE if path.is_dir() else path


def _named(text: str, store: graph.Store | None) -> str:
    """An id with its name for people to read; a name where it means one thing of the store."""
    text = text.strip()
    if store is None:
        return text
    if _ID.fullmatch(text.split(" ")[0] if text else ""):
        id_ = text.split(" ")[0]
        iri = f"<{store.base}{id_.partition('@')[0]}>"
        names = [row[0] for row in store.query(f"SELECT ?n {{ {iri} skos:prefLabel ?n }}").rows]
        return f"{id_} {names[0]}" if names and " " not in text else text
    ids = [id_ for id_, _, _ in find_ids(store, text)]
    if len(ids) == 1:
        return f"{ids[0]} {text}"
    raise JudgementError(
        f"{len(ids)} things are called {text!r}: {', '.join(ids[:6])}; give the id of the one you mean"
    )
