"""A user's own folder of rules and word lists (``--rules DIR``): whether it is one, and the version that it makes.

::

    my-rules/
      lexicon/roles.tsv    rows added to the list of the same name
      rules/tenure.yaml    rules tried before those of the same kind
"""

from __future__ import annotations

from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path

from kg import lexicon, rules
from kg.errors import RuleError
from kg.version import VERSION

#: per folder: where the package has its own, and how the files end
_PARTS = {
    "rules": (Path(rules.__file__).parent, (".yaml",)),
    "lexicon": (Path(lexicon.__file__).parent, (".tsv", ".tsv.gz")),
}


def files(folder: Path) -> list[Path]:
    """The files of an own folder that are read, sorted.

    Raises RuleError for a folder that is not there or holds no rule and no list, and for a file whose name belongs
    to no kind of rule and no list: it would never be read.
    """
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder; --rules names a folder with rules/*.yaml or lexicon/*.tsv in it")
    found: list[Path] = []
    for part, (home, endings) in _PARTS.items():
        known = sorted({path.name.split(".")[0] for path in home.iterdir() if path.name.endswith(endings)})
        for path in sorted((folder / part).glob("*")):
            name = path.name.removesuffix(endings[0])
            if not path.is_file() or path.name.startswith((".", "README")):
                continue
            if name not in known:
                near = get_close_matches(name, known, 3, 0.5)
                hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"
                raise RuleError(f"{path}: would never be read; {hint}")
            found.append(path)
    if not found:
        raise RuleError(f"{folder}: no rules/*.yaml and no lexicon/*.tsv in it; see docs/rules.md")
    return found


def version(folder: Path | None) -> str:
    """The version of the rules in use: ``0.1.0``, or with a folder of one's own ``0.1.0+own.3f2a9c01``."""
    if folder is None:
        return VERSION
    digest = blake2b(digest_size=4)
    for path in files(folder):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{VERSION}+own.{digest.hexdigest()}"
