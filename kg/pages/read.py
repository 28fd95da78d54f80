"""Bytes become a page: which files are meant, how they are encoded, whether they are Chinese text at all.

``kg build 二七/*.txt archive/ -`` names files, a folder and standard input. A file is UTF-8 until proven otherwise;
else GB18030, Big5 or UTF-16, whichever gives the most ordinary Chinese.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from glob import glob, has_magic
from pathlib import Path

import charset_normalizer

from kg import lexicon
from kg.errors import PageError
from kg.model import Doubt, Page, Span
from kg.pages import formats

#: what a folder is searched for
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".pdf")

_STDIN = "-"
_HAN = re.compile(r"[^\u3400-\u9fff\uf900-\ufaff]+")
_KANA = re.compile(r"[^\u3041-\u30ff]+")
_IS_KANA = re.compile(r"[\u3041-\u30ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_DEBRIS = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1b\x7f]+")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
#: every so many characters are enough for a quick look
_EVERY = 5
#: enough of a text to judge it by
_SAMPLE = 20_000


def find_pages(inputs: Iterable[str | Path]) -> list[Path]:
    """The page files meant by files, folders (searched through) and globs, each once; ``-`` is standard input.

    A folder gives its files with a known suffix in the order of their paths, hidden ones and README files left
    out; a file named outright is taken whatever its suffix. Raises PageError where nothing is found.
    """
    found: dict[str, Path] = {}  # by where it really is: no file twice
    for one in inputs:
        name = str(one)
        path = Path(one)
        if name == _STDIN:
            found.setdefault(name, path)
        elif path.is_dir():
            before = len(found)
            for real, page in _pages_in(path):
                found.setdefault(real, page)
            if len(found) == before and next(_pages_in(path), None) is None:
                raise PageError(f"{name}: no pages in this folder; a page is a file ending in {' '.join(SUFFIXES)}")
        elif path.exists():
            found.setdefault(os.path.realpath(path), path)
        elif has_magic(name):
            pages = [p for p in map(Path, sorted(glob(name, recursive=True))) if p.is_file()]
            if not pages:
                raise PageError(f"{name}: no file fits this pattern; check the folder and the quotes around it")
            for page in pages:
                found.setdefault(os.path.realpath(page), page)
        else:
            raise PageError(f"{name}: no such file or folder; check the spelling")
    return list(found.values())


def _pages_in(folder: Path) -> Iterator[tuple[str, Path]]:
    """The pages of a folder in the order of their paths, each with where it really is."""
    root = os.path.realpath(folder)
    files: list[tuple[list[str], str]] = []
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with suppress(PermissionError), os.scandir(os.path.join(root, inside)) as entries:
            for entry in entries:
                at = f"{inside}/{entry.name}" if inside else entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(at)
                elif _is_page(entry.name) and entry.is_file():
                    real = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
                    files.append((at.split("/"), real))
    for parts, real in sorted(files):
        yield real, folder.joinpath(*parts)


def _is_page(name: str) -> bool:
    stem, suffix = os.path.splitext(name)
    return suffix.lower() in SUFFIXES and stem.upper() != "README"


def read(path: str | Path, encoding: str | None = None) -> Page:
    """The page in a file (``-``: standard input), as text with everything where it stood.

    ``encoding`` overrides the guess. Offsets count code points of the decoded text without a byte order mark;
    for HTML and PDF, of the text taken out of it. Raises PageError for a file that is missing, empty, binary, in
    another language, or not in the given encoding.
    """
    path = Path(path)
    source = str(path)
    try:
        data = sys.stdin.buffer.read() if source == _STDIN else path.read_bytes()
    except IsADirectoryError:
        raise PageError(f"{source}: a folder, expected a file; give the folder to find_pages") from None
    except OSError as error:
        raise PageError(f"{source}: cannot be read ({error.strerror or error})") from None
    name = "stdin" if source == _STDIN else path.stem
    return page_from_bytes(data, name, source, path.suffix.lower(), encoding)


def page_from_bytes(
    data: bytes, name: str, source: str = "", suffix: str = ".txt", encoding: str | None = None
) -> Page:
    """The page in ``data``; ``suffix`` tells the format, and so do the bytes themselves. Raises as read does."""
    source = source or name
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise PageError(f"{source}: the file is empty; expected the text of a newspaper page")
    digest = hashlib.sha256(data).hexdigest()
    doubts: list[Doubt] = []
    if data.startswith(b"%PDF") or suffix == ".pdf":
        text, used = formats.pdf_text(data, source), "pdf"
    else:
        text, used = decode(data, source, encoding)
        if suffix in (".html", ".htm") or formats.looks_like_html(text):
            text = formats.html_text(text, source)
    check_chinese(text, source)
    if "\ufffd" in text:
        doubts.append(Doubt("encoding", f"bytes that are not {used} were replaced by \ufffd"))
    for odd in () if _is_clean(text) else _DEBRIS.finditer(text):
        doubts.append(Doubt("debris", f"unreadable characters: {odd.group()[:8]!a}", (Span(*odd.span()),)))
        if len(doubts) == 100:
            break
    return Page(name=name, source=source, text=text, digest=digest, encoding=used, doubts=tuple(doubts))


def _is_clean(text: str) -> bool:
    """A quick look that settles nearly every page: nothing but lines of characters that can be printed."""
    return "\ufffd" not in text and text.replace("\n", "").replace("\u3000", "").isprintable()


def decode(data: bytes, source: str, encoding: str | None = None) -> tuple[str, str]:
    """Text and encoding of ``data``. Raises PageError when no encoding gives Chinese text."""
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), encoding
        except LookupError:
            raise PageError(f"{source}: unknown encoding {encoding}; try utf-8, gb18030, big5 or utf-16") from None
        except UnicodeError as error:
            at = getattr(error, "start", 0)
            raise PageError(f"{source}: not {encoding} at byte {at}; leave --encoding out to have it told") from None
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name), name.removesuffix("-sig")
            except UnicodeError:
                break
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        if "\0" not in text:
            return text, "utf-8"
    return _guess(data, source)


def _guess(data: bytes, source: str) -> tuple[str, str]:
    """The encoding that makes the most ordinary Chinese of bytes that are not UTF-8."""
    best, text, used = 0.0, "", ""
    for name in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be"):
        try:
            sample = data[: _SAMPLE * 2].decode(name, errors="ignore")
            score = _ordinary(sample)
            if score > best + 0.05:
                text, best, used = data.decode(name), score, name
        except UnicodeError:
            continue
    if best >= 0.15:
        return text, used.removesuffix("hkscs")
    match = charset_normalizer.from_bytes(data[:200_000]).best()
    if match is not None and match.encoding not in ("ascii",):
        try:
            text = data.decode(match.encoding)
        except UnicodeError:
            text = ""
        if _ordinary(text) >= 0.15:
            return text, match.encoding
    try:
        text = data.decode("utf-8", errors="replace")
    except UnicodeError:  # pragma: no cover - replace does not fail
        text = ""
    broken = text.count("\ufffd")
    if broken <= len(text) // 200 + 1 and "\0" not in text and _ordinary(text) >= 0.15:
        return text, "utf-8"  # a few bytes are damaged: the debris doubts say where
    raise PageError(f"{source}: a binary file or an unknown encoding; expected Chinese text, try --encoding")


def _ordinary(text: str) -> float:
    """How ordinary the Chinese of a text is: the share of its characters that are frequent Han characters."""
    sample = text[:_SAMPLE]
    solid = len(sample) - sum(map(sample.count, " \n\r\t\u3000"))
    if not solid or _CONTROL.search(sample):
        return 0.0
    frequent = _frequent()
    return sum(c in frequent for c in sample) / solid


@lru_cache(maxsize=1)
def _frequent() -> frozenset[str]:
    rows = lexicon.load("frequent")
    return frozenset(c for row in rows for c in (row["char"], row["traditional"]) if c)


def _is_plainly_chinese(sample: str) -> bool:
    """A quick look that settles nearly every page: half of the beginning is Han characters, no kana, no control."""
    if len(sample) <= 200 or _CONTROL.search(sample) or _IS_KANA.search(sample):
        return False
    some = sample[::_EVERY]
    return 2 * len(_HAN.sub("", some)) > len(some)


def check_chinese(text: str, source: str) -> None:
    """Raises PageError unless ``text`` is Chinese: enough Han characters, and hardly any kana."""
    if _is_plainly_chinese(text[:1500]):
        return
    sample = text[:_SAMPLE]
    solid = "".join(sample.split())
    if not solid:
        raise PageError(f"{source}: the file is empty; expected the text of a newspaper page")
    if len(_CONTROL.findall(sample)) > len(sample) // 20:
        raise PageError(f"{source}: a binary file; expected the text of a newspaper page")
    han = len(_HAN.sub("", solid))
    kana = len(_KANA.sub("", solid))
    if han * 4 < len(solid) or kana * 8 > han:
        # a long foreign preface may stand before the Chinese part
        if len(text) > _SAMPLE and han * 50 > len(solid) and kana * 8 <= han:
            return
        raise PageError(f"{source}: not Chinese text; expected a page of a Chinese newspaper")
