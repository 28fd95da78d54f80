"""The explorer page as one file: template, style, script and vis-network in one, and the policy that guards it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyvis
from jinja2 import DictLoader, Environment
from pyvis.network import Network

#: vis-network as pyvis 0.3.2 ships it
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"


@lru_cache(maxsize=1)
def _assets() -> dict[str, str]:
    """The parts of the page: its template, style and script, and vis-network as pyvis ships it."""
    ours = resources.files("kg.views") / "assets"
    parts = {name: (ours / f"explorer.{name}").read_text("utf-8") for name in ("html", "css", "js")}
    vis = Path(pyvis.__file__).parent / _VIS
    parts["vis"] = vis.read_text("utf-8")
    for name, text in parts.items():
        # what is hashed must be what the browser sees, and a browser reads every line end as \n
        parts[name] = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return parts


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def render(net: Network, title: str, data: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """The whole file, by ``Network.generate_html`` over our own template.

    ``data`` travels as JSON. The policy allows the two scripts of the file by their hashes: no other script, no inline
    handler and no request.
    """
    assets = _assets()
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(assets['vis'])} {_hash(assets['js'])}",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    net.templateEnv = Environment(loader=DictLoader({net.path: assets["html"]}), autoescape=True)
    compact = {"sort_keys": False, "ensure_ascii": False, "separators": (",", ":")}
    net.templateEnv.policies["json.dumps_kwargs"] = compact
    net.templateEnv.globals.update(
        title=title, policy=policy, style=assets["css"], vis=assets["vis"], script=assets["js"], data=data,
        drawing=options,
    )  # fmt: skip
    made: str = net.generate_html()
    return made + "\n"


def clean(value: Any) -> Any:
    """The data without half characters, which no file can hold, and without control characters."""
    if isinstance(value, str):
        whole = value.encode("utf-8", "replace").decode("utf-8")
        return "".join(c if c in "\n\t" or c.isprintable() or c == "\u3000" else " " for c in whole)
    if isinstance(value, list):
        return [clean(x) for x in value]
    if isinstance(value, dict):
        return {k: clean(x) for k, x in value.items()}
    return value
