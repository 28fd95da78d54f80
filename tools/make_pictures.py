"""Makes the pictures of README.md: terminals, and the explorer (a Chromium is needed). `make pictures`.

With ``--terminal`` only the terminals.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

import kg
from kg.cli import layouts, readings
from kg.pipeline import readings as readings_of

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "img"
#: two columns copied in turns, their headlines behind them
PAGE = ROOT / "tests" / "pages" / "columns.txt"
SENTENCE = (
    "7月1日，二七区委书记陈红民带队到淮河路街道，调研齐礼阎党群服务中心、商业街区建设工作。"
    "区领导崔世英、翟国防，区委办、区城管局等主要负责人陪同。"
)

#: how wide a cell of rich's terminal is
CELL = 12.2

#: rich's own frame names a font on another host; the reader's own fonts do
FRAME = """<svg viewBox="0 0 {terminal_width} {terminal_height}" xmlns="http://www.w3.org/2000/svg">
<style>.{unique_id}-matrix {{ font-family: "Noto Sans Mono CJK SC", "Sarasa Mono SC", Menlo, Consolas, monospace;
font-size: {char_height}px; line-height: {line_height}px; }} {styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs>
<rect fill="#1b1f24" width="{terminal_width}" height="{terminal_height}" rx="8"/>
<g clip-path="url(#{unique_id}-clip-terminal)" transform="translate(9, 9)">{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def terminal(path: Path) -> None:
    """What ``kg explain`` shows of one sentence, as SVG."""
    with Path("/dev/null").open("w") as nowhere:
        console = Console(record=True, width=124, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(Text(f"$ kg explain {SENTENCE[:27]}…", style="bold"))
        console.print()
        for reading in kg.explain(SENTENCE, context=kg.Context(year=2019, year_basis="given")):
            for line in readings.lines(reading):
                console.print(line)
    path.write_text(spaced(console.export_svg(code_format=FRAME, unique_id="kg")), "utf-8")


def pages(path: Path) -> None:
    """A page before and after: ``kg pages --lines`` beside ``kg pages``, as SVG."""
    layout = kg.layout(PAGE)
    before = [Text(f"$ kg pages {PAGE.name} --lines", style="bold"), Text(), *layouts.printed(layout)]
    after = [Text(f"$ kg pages {PAGE.name}", style="bold"), Text(), *layouts.lines(layout, readings_of(layout))]
    wrapped: list[Text] = []
    with Path("/dev/null").open("w") as nowhere:
        console = Console(record=True, width=144, file=nowhere, force_terminal=True, color_system="truecolor")
        for line in after:
            wrapped += line.wrap(console, 91) or [Text()]
        for k in range(max(len(before), len(wrapped)) + 1):
            row = before[k].copy() if k < len(before) else Text()
            row.append(" " * (52 - cell_len(row.plain)))
            row.append("│ ", style="dim")
            row.append_text(wrapped[k] if k < len(wrapped) else Text())
            console.print(row)
    path.write_text(spaced(console.export_svg(code_format=FRAME, unique_id="kg")), "utf-8")


def spaced(svg: str) -> str:
    """rich gives a text the width of its characters; a Chinese one takes two cells of the terminal."""

    def one(found: re.Match[str]) -> str:
        length = cell_len(html.unescape(found["text"])) * CELL
        return f'textLength="{length:g}"{found["between"]}>{found["text"]}</text>'

    return re.sub(r'textLength="[\d.]+"(?P<between>[^>]*)>(?P<text>[^<]*)</text>', one, svg)


def explorer(pictures: dict[Path, str]) -> None:
    """The explorer page of the sample pages, as a browser without a network draws it: whole, or at a name."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        sys.exit("no Chromium: install it, or keep the pictures that are there (Debian: apt install chromium)")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        kg.build([ROOT / "seeds"], work / "store")
        page = kg.write_view(kg.Store.open(work / "store"), work / "explorer.html")
        flags = "--headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size=1360,820"
        for path, name in pictures.items():
            fixed = f"--virtual-time-budget=8000 --user-data-dir={work / 'profile'} --screenshot={path}"
            command = [chromium, *flags.split(), *fixed.split(), f"{page.as_uri()}#{quote(name)}"]
            subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    terminal(IMAGES / "terminal.svg")
    pages(IMAGES / "pages.svg")
    if sys.argv[1:] == ["--terminal"]:
        sys.exit(0)
    explorer({IMAGES / "explorer.png": "", IMAGES / "explorer-person.png": "陈红民"})
    print(f"written: {', '.join(sorted(p.name for p in IMAGES.iterdir()))} in {IMAGES.relative_to(ROOT)}")
