"""HTML and PDF become plain text in reading order; both need an extra (``pip install 'zhengkg[html,pdf]'``).

The text that comes out is the page as far as the rest of the program is concerned: offsets count from its beginning.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kg.errors import PageError

_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_SPACE = re.compile(r"\s+")


def looks_like_html(text: str) -> bool:
    """Whether a text begins like an HTML file: ``<!DOCTYPE html>``."""
    return text.lstrip()[:1] == "<" and _HTML.match(text[:4000]) is not None


# ---------------------------------------------------------------- HTML


def html_text(text: str, source: str) -> str:
    """The article text of a web page, its headings as ``# 标题`` lines, menus and footers left out.

    Raises PageError without the library or without a text.
    """
    try:
        import trafilatura
        from lxml import html as parser
    except ImportError as error:
        raise PageError(f"{source}: reading HTML needs {error.name}; pip install 'zhengkg[html]'") from None
    try:
        document = parser.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
        body = trafilatura.extract(text, output_format="txt", include_comments=False, favor_recall=True) or ""
    except Exception as error:  # what a broken page makes the parsers raise is not told anywhere
        raise PageError(f"{source}: broken HTML ({type(error).__name__}); expected a web page with text") from None
    if not body.strip():
        raise PageError(f"{source}: no article text in this web page; expected one article or more")
    return _with_headings(body, document)


def _with_headings(body: str, document: Any) -> str:
    """``body`` with the page's headings put before the paragraph that they stand before in the document."""
    lines = body.split("\n")
    keys = [_SPACE.sub("", line) for line in lines]
    known = set(keys)
    heads: dict[int, list[str]] = {}
    waiting: list[str] = []
    seen = 0
    for element in document.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in ("h1", "h2", "h3"):
            words = _SPACE.sub(" ", element.text_content()).strip()
            if words and _SPACE.sub("", words) not in known:
                waiting.append(f"{'#' * int(tag[1])} {words}")
        elif tag in ("script", "style"):
            continue
        elif waiting and seen < len(lines):
            words = _SPACE.sub("", element.text or "")
            if len(words) < 6:
                continue
            for i in range(seen, min(len(lines), seen + 400)):
                if keys[i].startswith(words) or (len(keys[i]) >= 6 and words.startswith(keys[i])):
                    heads[i] = waiting
                    waiting, seen = [], i + 1
                    break
    out: list[str] = []
    for i, line in enumerate(lines):
        out += [x for head in heads.get(i, []) for x in (head, "")]
        out += [line, ""]
    return "\n".join(out)


# ---------------------------------------------------------------- PDF


@dataclass(slots=True)
class _Run:
    """Characters that stand in one line without a gap: a line of one column."""

    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str


def pdf_text(data: bytes, source: str) -> str:
    """The text layer of a PDF, its columns in reading order.

    Raises PageError without the library, for a broken or locked file, and for a scan without text.
    """
    try:
        import pdfplumber
    except ImportError as error:
        raise PageError(f"{source}: reading PDF needs {error.name}; pip install 'zhengkg[pdf]'") from None
    pages: list[str] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                runs = _runs(page.chars)
                if runs:
                    pages.append("\n\n".join(_leaf(leaf) for leaf in _leaves(runs)))
                page.close()
    except Exception as error:  # pdfminer raises whatever a broken file makes it stumble over
        reason = type(error).__name__
        raise PageError(f"{source}: a broken or locked PDF ({reason}); expected one with a text layer") from None
    if not pages:
        raise PageError(f"{source}: a PDF without text (a scan?); run OCR first and give the text")
    return "\n\n\n".join(pages)


def _runs(chars: Iterable[dict[str, Any]]) -> list[_Run]:
    """Characters put together to runs: same line, no gap wider than a character."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for char in chars:
        if char.get("upright", True) and char["text"]:
            rows.setdefault(round((char["top"] + char["bottom"]) / 2 / 3), []).append(char)
    ordered = [rows[key] for key in sorted(rows)]
    merged: list[list[dict[str, Any]]] = []
    for row in ordered:
        # a row may be cut in two by rounding: join what overlaps by more than half
        if merged and abs(_middle(merged[-1]) - _middle(row)) < 0.3 * min(_size(merged[-1]), _size(row)):
            merged[-1] += row
        else:
            merged.append(list(row))
    runs: list[_Run] = []
    for row in merged:
        row.sort(key=lambda c: float(c["x0"]))
        current: _Run | None = None
        space = False
        for char in row:
            if not char["text"].strip():
                space = True
                continue
            size = float(char["size"])
            x0, x1 = float(char["x0"]), float(char["x1"])
            if current is None or x0 - current.x1 > 0.55 * size or abs(size - current.size) > 0.35 * current.size:
                current = _Run(x0, x1, float(char["top"]), float(char["bottom"]), size, char["text"])
                runs.append(current)
            else:
                current.text += (" " if space or x0 - current.x1 > 0.25 * size else "") + char["text"]
                current.x1 = max(current.x1, x1)
                current.top = min(current.top, float(char["top"]))
                current.bottom = max(current.bottom, float(char["bottom"]))
            space = False
    return runs


def _middle(row: list[dict[str, Any]]) -> float:
    return float(row[0]["top"] + row[0]["bottom"]) / 2


def _size(row: list[dict[str, Any]]) -> float:
    return float(row[0]["size"])


def _leaves(runs: list[_Run], depth: int = 0) -> list[list[_Run]]:
    """Runs cut into text blocks in reading order: wide white bands first, then columns, then narrow bands."""
    if len(runs) < 2 or depth > 40:
        return [runs]
    em = sorted(run.size for run in runs)[len(runs) // 2]
    # a band right across sets articles apart; paragraphs of neighbouring columns do not break at one height
    band = _gap([(run.top, run.bottom) for run in runs], 2.0 * em)
    cut = _gap([(run.x0, run.x1) for run in runs], 0.5 * em) if band is None else None
    if cut is not None:
        left = [run for run in runs if run.x1 <= cut]
        right = [run for run in runs if run.x1 > cut]
        return _leaves(left, depth + 1) + _leaves(right, depth + 1)
    cut = band or _gap([(run.top, run.bottom) for run in runs], 0.9 * em) or _size_change(runs)
    if cut is not None:
        above = [run for run in runs if run.bottom <= cut]
        below = [run for run in runs if run.bottom > cut]
        if above and below:
            return _leaves(above, depth + 1) + _leaves(below, depth + 1)
    return [runs]


def _gap(stretches: list[tuple[float, float]], least: float) -> float | None:
    """The middle of the widest stretch that nothing covers, if at least ``least`` wide."""
    best, at, covered = least, None, None
    for start, end in sorted(stretches):
        if covered is not None and start - covered >= best:
            best, at = start - covered, (start + covered) / 2
        covered = end if covered is None else max(covered, end)
    return at


def _size_change(runs: list[_Run]) -> float | None:
    """Where lines of another size begin: between a headline and its text."""
    lines = sorted(runs, key=lambda run: run.top)
    for one, two in pairwise(lines):
        if two.top >= one.bottom - 0.5 and max(one.size, two.size) > 1.2 * min(one.size, two.size):
            return one.bottom
    return None


def _leaf(runs: list[_Run]) -> str:
    """The lines of one text block; a blank line before a line that is set in by two characters."""
    lines: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: (run.top, run.x0)):
        if lines and run.top < lines[-1][0].bottom - 0.5 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    left = min(run.x0 for run in runs)
    out: list[str] = []
    before = True
    for line in lines:
        line.sort(key=lambda run: run.x0)
        inset = line[0].x0 - left > 1.2 * line[0].size
        if inset and out and not before:
            out.append("")
        out.append("\u3000".join(run.text for run in line))
        before = inset
    return "\n".join(out)
