"""kg: Chinese local newspaper pages become a knowledge graph with evidence for every fact.

    import kg
    kg.build(["seeds"], "build/store")
    for row in kg.query("build/store", "posts"):
        print(row)

Everything that a user needs stands here; each name loads its room when it is first used, so that ``import kg`` costs
nothing. See docs/architecture.md for the rooms and docs/cli.md for the same verbs on the command line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kg.version import VERSION as __version__

if TYPE_CHECKING:
    from kg.curation import Doubtful as Doubtful
    from kg.curation import candidates as candidates
    from kg.curation import check_judgements as check_judgements
    from kg.curation import find_ids as find_ids
    from kg.curation import judge as judge
    from kg.curation import undo as undo
    from kg.errors import KgError as KgError
    from kg.graph import Result as Result
    from kg.graph import Store as Store
    from kg.graph.check import check as check
    from kg.graph.queries import book as named_queries
    from kg.graph.queries import read as read_query
    from kg.model import Context as Context
    from kg.model import Jurisdiction as Jurisdiction
    from kg.pages import Layout as Layout
    from kg.pages import find_pages as find_pages
    from kg.pipeline import Summary as Summary
    from kg.pipeline import explain as explain
    from kg.pipeline import layout as layout
    from kg.pipeline import load as load
    from kg.pipeline import query as query
    from kg.pipeline import read_page as read_page
    from kg.record import add as add
    from kg.record import build as build
    from kg.record import remove as remove
    from kg.views import dossier as dossier
    from kg.views import explorer as explorer
    from kg.views import export as export
    from kg.views import graph_file as graph_file
    from kg.views import show as show
    from kg.views import to_networkx as to_networkx
    from kg.views import to_pyvis as to_pyvis
    from kg.views import write_view as write_view

#: where each public name lives, and what it is called there
_HOME = {
    "Layout": ("kg.pages", "Layout"),
    "KgError": ("kg.errors", "KgError"),
    "undo": ("kg.curation", "undo"),
    "judge": ("kg.curation", "judge"),
    "find_ids": ("kg.curation", "find_ids"),
    "check_judgements": ("kg.curation", "check_judgements"),
    "candidates": ("kg.curation", "candidates"),
    "Doubtful": ("kg.curation", "Doubtful"),
    "Context": ("kg.model", "Context"),
    "Jurisdiction": ("kg.model", "Jurisdiction"),
    "Result": ("kg.graph", "Result"),
    "Store": ("kg.graph", "Store"),
    "Summary": ("kg.pipeline", "Summary"),
    "add": ("kg.record", "add"),
    "build": ("kg.record", "build"),
    "check": ("kg.graph.check", "check"),
    "explain": ("kg.pipeline", "explain"),
    "find_pages": ("kg.pages", "find_pages"),
    "load": ("kg.pipeline", "load"),
    "named_queries": ("kg.graph.queries", "book"),
    "layout": ("kg.pipeline", "layout"),
    "query": ("kg.pipeline", "query"),
    "read_page": ("kg.pipeline", "read_page"),
    "remove": ("kg.record", "remove"),
    "read_query": ("kg.graph.queries", "read"),
    "dossier": ("kg.views", "dossier"),
    "explorer": ("kg.views", "explorer"),
    "export": ("kg.views", "export"),
    "graph_file": ("kg.views", "graph_file"),
    "show": ("kg.views", "show"),
    "to_networkx": ("kg.views", "to_networkx"),
    "to_pyvis": ("kg.views", "to_pyvis"),
    "write_view": ("kg.views", "write_view"),
}

__all__ = [
    "Context",
    "Doubtful",
    "Jurisdiction",
    "KgError",
    "Layout",
    "Result",
    "Store",
    "Summary",
    "__version__",
    "add",
    "build",
    "candidates",
    "check",
    "check_judgements",
    "dossier",
    "explain",
    "explorer",
    "export",
    "find_ids",
    "find_pages",
    "graph_file",
    "judge",
    "layout",
    "load",
    "named_queries",
    "query",
    "read_page",
    "read_query",
    "remove",
    "show",
    "to_networkx",
    "to_pyvis",
    "undo",
    "write_view",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; it has {', '.join(__all__)}")
    home, called = _HOME[name]
    value = getattr(import_module(home), called)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
