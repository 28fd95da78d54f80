"""The explorer inside a notebook: the same page in a frame of its own, in JupyterLab, VS Code and nbconvert."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import networkx as nx

from kg.views.contents import StoreLike
from kg.views.pyvis_page import to_pyvis


@dataclass(frozen=True, slots=True)
class Explorer:
    """An explorer page that a notebook shows when it is the value of a cell. ``html`` is the page."""

    html: str
    height: int = 640

    def __repr__(self) -> str:
        return f"<Explorer {len(self.html):,} characters of HTML>"

    def _repr_html_(self) -> str:
        # a frame with srcdoc: the page's style and script stay inside it, and sandbox keeps it from the notebook
        return (
            f'<iframe sandbox="allow-scripts" srcdoc="{escape(self.html)}" '
            f'style="width:100%;height:{int(self.height)}px;border:1px solid #e1e6e9;border-radius:8px"></iframe>'
        )


def explorer(
    source: StoreLike | nx.MultiDiGraph, projection: str = "all", *, height: int = 640, **chosen: Any
) -> Explorer:
    """The explorer of a store (or its folder) or of a networkx graph; ``chosen`` as for :func:`kg.views.to_pyvis`."""
    return Explorer(to_pyvis(source, projection, **chosen), height)
