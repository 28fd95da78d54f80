"""Makes kg/lexicon/common.tsv from jieba's dictionary: frequent words that are no names.

    python tools/make_common.py

A name of a body or place has at least one part that is not on this list (豪邦|花园, but 背街|小巷).
"""

from __future__ import annotations

from pathlib import Path

import jieba

NAMES = {"nr", "ns", "nt", "nz", "nrt", "nrfg", "eng"}
#: cities that the dictionary tags as words
CITIES = {
    *("仙桃", "保定", "合肥", "大冶", "大连", "孝感", "应城"),
    *("开封", "当阳", "恩施", "海口", "烟台", "监利", "石首"),
}
HEAD = """# title: Frequent words that are no names
# source: the dictionary of jieba {version} (dict.txt), words of 2 to 4 characters, frequency 300 and above, no name tags; made by tools/make_common.py
# licence: MIT, as jieba
# note: A stem made of these and of describing words alone is no name.
word
"""


def main() -> None:
    source = Path(jieba.__file__).with_name("dict.txt")
    rows = (line.split() for line in source.read_text("utf-8").splitlines())
    words = {w for w, freq, tag in rows if 2 <= len(w) <= 4 and int(freq) >= 300 and tag not in NAMES}
    target = Path(__file__).resolve().parent.parent / "kg" / "lexicon" / "common.tsv"
    target.write_text(HEAD.format(version=jieba.__version__) + "\n".join(sorted(words - CITIES)) + "\n", "utf-8")


if __name__ == "__main__":
    main()
