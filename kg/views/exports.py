"""The graph as files for other programs: RDF, GraphML and GEXF that load again, tables, Popolo, FtM, Neo4j."""

from __future__ import annotations

import io
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import IO, Any

import networkx as nx

from kg.errors import ExportError
from kg.graph import Store, queries
from kg.graph.jsonld import write_jsonld
from kg.views.contents import StoreLike
from kg.views.ftm import ftm
from kg.views.neo4j import write_neo4j
from kg.views.networks import to_networkx
from kg.views.popolo import popolo
from kg.views.rdf_forms import NOT_XML, write_rdfxml
from kg.views.redact import Redacted, redacted

GRAPH_FORMATS = ("graphml", "gexf")

#: what is a folder of files, and what is one file
FOLDERS = ("csv", "neo4j")
FILES = ("nq", "trig", "ttl", "nt", "jsonld", "rdfxml", *GRAPH_FORMATS, "popolo", "ftm")

_DAY_WRITTEN = re.compile(rb' lastmodifieddate="[^"]*"')

#: attribute names that GEXF keeps for itself, and what they become
_GEXF_OWN = {"type": "fact_type", "start": "from_date", "end": "to_date", "id": "iri", "pid": "parent", "viz": "look"}


def export(
    store: Store | str | Path, format: str, output: str | Path, projection: str = "all", redact: bool = False
) -> Path:
    """Writes a store to ``output``: ``csv`` and ``neo4j`` to a folder, every other format to a file. Returns the path.

    ``csv`` gives a file per named query (``posts.csv``), with the columns of the query, in UTF-8; ``neo4j`` the files
    of its bulk importer. ``redact`` leaves the names of private persons out. Raises ExportError for another format or a
    place that cannot be written, KgError for an unknown projection. See docs/interchange.md.
    """
    target = Path(output)
    known_format(format)
    opened = source(store, redact)
    try:
        if format in FOLDERS:
            write_folder(opened, format, target)
        else:
            with target.open("wb") as file:
                write_file(opened, format, file, projection)
    except OSError as error:
        raise ExportError(f"{target}: cannot be written: {error.strerror or error}") from error
    return target


def known_format(format: str) -> None:
    """Raises ExportError for a format that is not one of :data:`FILES` and :data:`FOLDERS`."""
    if format not in (*FILES, *FOLDERS):
        raise ExportError(f"cannot write {format!r}; expected one of {', '.join((*FILES, *FOLDERS))}")


def source(store: Store | str | Path, redact: bool = False) -> Store | Redacted:
    """The store to write from, without the names of private persons if so asked."""
    opened = Store.open(store) if isinstance(store, str | Path) else store
    return redacted(opened) if redact else opened


def write_folder(store: Store | Redacted, format: str, folder: Path) -> None:
    """The files of ``csv`` or ``neo4j``, in a folder that is made if it is not there. OSError passes through."""
    if format == "neo4j":
        write_neo4j(store, folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    for named in queries.book():
        table = store.query(named.text, where=named.name).csv()
        (folder / f"{named.name}.csv").write_text(table, encoding="utf-8", newline="")


def write_file(store: Store | Redacted, format: str, output: IO[bytes], projection: str = "all") -> None:
    """One of :data:`FILES`, written to an open file. The same store gives the same bytes."""
    known_format(format)
    if format in GRAPH_FORMATS:
        output.write(graph_file(store, format, projection))
    elif format == "jsonld":
        write_jsonld(store, output)
    elif format == "rdfxml":
        write_rdfxml(store, output)
    elif format == "popolo":
        output.write(popolo(store).encode())
    elif format == "ftm":
        output.write(ftm(store).encode())
    else:
        store.write(format, output)


def graph_file(source: StoreLike | nx.MultiDiGraph, format: str, projection: str = "all") -> bytes:
    """A store's projection, or a networkx graph, as the bytes of a GraphML or GEXF file, without clock or chance."""
    if format not in GRAPH_FORMATS:
        raise ExportError(f"cannot write {format!r} of a graph; expected one of {', '.join(GRAPH_FORMATS)}")
    graph = source if isinstance(source, nx.Graph) else to_networkx(source, projection)
    made = cleaned(graph)
    out = io.BytesIO()
    if format == "graphml":
        # networkx would take lxml where it is installed and write other bytes
        nx.write_graphml_xml(made, out, encoding="utf-8", prettyprint=True)
        return out.getvalue()
    nx.write_gexf(_for_gexf(made), out, encoding="utf-8", prettyprint=True, version="1.2draft")
    return _DAY_WRITTEN.sub(b"", out.getvalue())


def cleaned(graph: nx.Graph) -> nx.MultiDiGraph:
    """A copy that every reader of GraphML and GEXF takes: sorted, without None, one type for each attribute.

    What XML cannot hold goes from texts; lists become text joined by ｜; numbers of both sorts become floats, and
    any other mixture becomes text; an undirected edge becomes one directed edge. Raises ExportError where two nodes
    would get one name.
    """
    names: dict[Any, str] = {node: _text(node) for node in graph}
    if len(set(names.values())) != len(names):
        seen: set[str] = set()
        twice = next(name for name in names.values() if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise ExportError(f"two nodes would both be called {twice!r} in the file; give them other names")
    made = nx.MultiDiGraph(**_one_type([dict(graph.graph)])[0])
    ordered = sorted(graph, key=names.__getitem__)
    for node, data in zip(ordered, _one_type([dict(graph.nodes[n]) for n in ordered]), strict=True):
        made.add_node(names[node], **data)
    multi: nx.MultiGraph = nx.MultiDiGraph(graph) if graph.is_directed() else nx.MultiGraph(graph)
    edges = sorted(multi.edges(keys=True, data=True), key=lambda e: (names[e[0]], names[e[1]], _text(e[2])))
    used: Counter[str] = Counter()
    for (a, b, key, _), data in zip(edges, _one_type([dict(e[3]) for e in edges]), strict=True):
        # the key becomes the id of the edge, and an id must be the only one of its name in the file
        name = _text(key)
        used[name] += 1
        made.add_edge(names[a], names[b], key=name if used[name] == 1 else f"{name}-{used[name]}", **data)
    return made


def _text(value: Any) -> str:
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", str(value))


def _value(value: Any) -> Any:
    """A value as text, int, float or bool; None for what is not known."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return _text(" ｜ ".join(items))
    return _text(value)


def _one_type(rows: list[dict[Any, Any]]) -> list[dict[str, Any]]:
    """The rows with clean values, each attribute of one type throughout."""
    clean = [{_text(k): v for k, v in ((k, _value(v)) for k, v in row.items()) if v is not None} for row in rows]
    types: dict[str, set[type]] = defaultdict(set)
    for row in clean:
        for name, value in row.items():
            types[name].add(type(value))
    to: dict[str, type] = {}
    for name, found in types.items():
        if len(found) > 1:
            to[name] = float if found <= {int, float} else str
        elif found == {int} and any(abs(row.get(name, 0)) >= 2**31 for row in clean):
            to[name] = str  # the int of GraphML has 32 bits, and readers keep to it
    return [{name: to[name](value) if name in to else value for name, value in row.items()} for row in clean]


def _for_gexf(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """The graph with the names that GEXF has uses of its own for changed."""
    made = nx.MultiDiGraph()
    made.add_nodes_from((n, {_GEXF_OWN.get(k, k): v for k, v in d.items()}) for n, d in graph.nodes(data=True))
    for a, b, key, data in graph.edges(keys=True, data=True):
        made.add_edge(a, b, key=key, **{_GEXF_OWN.get(k, k): v for k, v in data.items()})
    return made
