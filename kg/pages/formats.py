"""HTML and PDF become plain text in reading order; both need an extra (``pip install 'zhengkg[html,pdf]'``)."""

from __future__ import annotations

import re

from kg.errors import PageError

_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


def looks_like_html(text: str) -> bool:
    """Whether a text begins like an HTML file: ``<!DOCTYPE html>``."""
    return _HTML.match(text[:2000]) is not None


def html_text(text: str, source: str) -> str:
    """The article text of a web page. Raises PageError without the library or without a text."""
    raise PageError(f"{source}: HTML is not read yet")


def pdf_text(data: bytes, source: str) -> str:
    """The text layer of a PDF, columns in reading order. Raises PageError without the library or without a text."""
    raise PageError(f"{source}: PDF is not read yet")
