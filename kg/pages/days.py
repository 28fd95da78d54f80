"""The day a page was printed, where its file's name or path tells it: ``archive/2019/07-05/二七.txt``."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from kg.errors import PageError
from kg.model import Context

_PARTS = {
    "YYYY": r"(?P<y>(?:19|20)\d\d)",
    "MM": r"(?P<m>\d\d)",
    "DD": r"(?P<d>\d\d)",
    "M": r"(?P<m>\d{1,2})",
    "D": r"(?P<d>\d{1,2})",
}
_PIECE = re.compile(r"YYYY|MM?|DD?|\*|\?|.", re.S)


@lru_cache(maxsize=16)
def _compiled(pattern: str) -> re.Pattern[str]:
    out = []
    for piece in _PIECE.findall(pattern):
        out.append({"*": "[^/]*?", "?": "[^/]"}.get(piece) or _PARTS.get(piece) or re.escape(piece))
    try:
        found = re.compile(rf"(?<!\d){''.join(out)}(?!\d)")
    except re.error:  # a part named twice
        found = re.compile("")
    if set(found.groupindex) != {"y", "m", "d"}:
        raise PageError(
            f"--published {pattern}: expected a day such as 2019-07-05, or where file names and paths tell it, "
            "such as YYYY-MM-DD, YYYYMMDD or YYYY/MM-DD, with year, month and day once each"
        )
    return found


def day_in(path: str | Path, pattern: str) -> date | None:
    """The day that a file's path tells, None without one: ``day_in("news/20190705_02.txt", "YYYYMMDD")``.

    ``YYYY``, ``MM`` and ``DD`` (``M`` and ``D``: one digit or two) stand for year, month and day, ``*`` for anything
    inside one folder's or file's name, ``?`` for one character. The last place that fits counts. Raises PageError
    for a pattern without all three.
    """
    wanted = _compiled(pattern)
    name = Path(path).as_posix()
    for found in reversed(list(wanted.finditer(name))):
        try:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
        except ValueError:
            continue
    return None


def dated(context: Context, path: str | Path) -> Context:
    """``context`` with the day that the page's path tells, if the context says where to look for it."""
    if not context.published_in or context.published is not None:
        return context
    day = day_in(path, context.published_in)
    return context if day is None else replace(context, published=day)
