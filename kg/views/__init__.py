"""What people look at: networkx graphs, the explorer page, dossiers, files for other programs. See docs/views.md.

Nothing here decides what is true: every view is made from the answers of a store to SPARQL. Each name loads its
module when it is first used, so that a dossier in the terminal does not wait for what draws the explorer.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.views.contents import KINDS as KINDS
    from kg.views.contents import Fact as Fact
    from kg.views.contents import Queryable as Queryable
    from kg.views.contents import Source as Source
    from kg.views.contents import Thing as Thing
    from kg.views.dossiers import Dossier as Dossier
    from kg.views.dossiers import Entry as Entry
    from kg.views.dossiers import Item as Item
    from kg.views.dossiers import Section as Section
    from kg.views.dossiers import dossier as dossier
    from kg.views.exports import FILES as FILES
    from kg.views.exports import FOLDERS as FOLDERS
    from kg.views.exports import GRAPH_FORMATS as GRAPH_FORMATS
    from kg.views.exports import export as export
    from kg.views.exports import graph_file as graph_file
    from kg.views.exports import source as source
    from kg.views.exports import write_file as write_file
    from kg.views.exports import write_folder as write_folder
    from kg.views.naming import find as find
    from kg.views.networks import PROJECTIONS as PROJECTIONS
    from kg.views.networks import to_networkx as to_networkx
    from kg.views.notebook import Explorer as Explorer
    from kg.views.notebook import explorer as explorer
    from kg.views.pyvis_page import MAX_NODES as MAX_NODES
    from kg.views.pyvis_page import to_pyvis as to_pyvis
    from kg.views.pyvis_page import write_view as write_view
    from kg.views.screen import render as render
    from kg.views.screen import show as show

#: where each public name lives
_HOME = {
    "contents": ("KINDS", "Fact", "Queryable", "Source", "Thing"),
    "dossiers": ("Dossier", "Entry", "Item", "Section", "dossier"),
    "exports": ("FILES", "FOLDERS", "GRAPH_FORMATS", "export", "graph_file", "source", "write_file", "write_folder"),
    "naming": ("find",),
    "networks": ("PROJECTIONS", "to_networkx"),
    "notebook": ("Explorer", "explorer"),
    "pyvis_page": ("MAX_NODES", "to_pyvis", "write_view"),
    "screen": ("render", "show"),
}

__all__ = [
    "FILES",
    "FOLDERS",
    "GRAPH_FORMATS",
    "KINDS",
    "MAX_NODES",
    "PROJECTIONS",
    "Dossier",
    "Entry",
    "Explorer",
    "Fact",
    "Item",
    "Queryable",
    "Section",
    "Source",
    "Thing",
    "dossier",
    "explorer",
    "export",
    "find",
    "graph_file",
    "render",
    "show",
    "source",
    "to_networkx",
    "to_pyvis",
    "write_file",
    "write_folder",
    "write_view",
]


def __getattr__(name: str) -> Any:
    for module, names in _HOME.items():
        if name in names:
            value = getattr(import_module(f"kg.views.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'kg.views' has no attribute {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
