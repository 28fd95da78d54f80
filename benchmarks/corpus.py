"""What a corpus costs: pages made by varying the names and places of real constructions, built, changed, asked.

    python benchmarks/corpus.py [--pages 10000] [--folder DIR] [--json FILE]

Writes the pages, builds them with ``kg build`` in a process of its own (so that its memory can be told), changes one
page, builds again, adds one, removes one, and prints seconds by the clock and of the processor, peak memory and sizes.
Every page is one news item of some two hundred characters, hard-wrapped as the sample pages are; the sentences are
theirs, the names are not.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg import lexicon

#: constructions of the sample pages: {area} is the page's district, {street} one of its streets, {a} and {b} officials
ITEMS = (
    (
        "{area}召开精神文明建设暨创文工作推进会",
        "本报讯 {month}月{day}日，{area}召开2019年精神文明建设暨文明城市创建工作推进会。"
        "{area}委常委、宣传部长{a}出席会议，全区各相关职能委局、各镇街道分管副职，以及中小学校、社区代表负责人参加会议。\n"
        "{a}表示，一是要完善领导体制，融合推动形成创建合力。各单位要建立完善一把手负总责、分管领导具体抓、一级抓一级、"
        "层层抓落实的领导体制，紧紧围绕《全国文明城市测评体系》，进一步细化任务，明确职责。\n"
        "二是要营造浓厚氛围，全面提高创建宣传水平。广泛开展各类志愿服务活动，营造文明创建的良好宣传氛围。",
    ),
    (
        "{a}到{street}调研",
        "本报讯 {month}月{day}日上午，{area}委书记{a}带队到{street}，对辖区基层党建、社区治理工作进行调研。"
        "区领导{b}参加调研。\n"
        "{a}一行先后来到{street}党群服务中心、{place}社区，实地察看了社区养老、便民服务等工作开展情况，"
        "并详细询问了居民的意见建议。\n"
        "{a}要求，{street}要在{month}月底前建成{number}个社区食堂，打造示范化、样板化服务阵地，切实提升居民的幸福感。"
        "区委办、区民政局等主要负责人陪同。",
    ),
    (
        "{area}城市管理再出发",
        "本报讯 {month}月{day}日，{area}召开城市环境综合整治提升动员会，对全区城市环境综合整治提升工作进行动员部署。"
        "区长{a}主持会议，副区长{b}宣读了实施方案，{street}、区城管局作表态发言，{number}00多人参加会议。\n"
        "会上，{a}强调，各部门要对照标准、查找不足，年底前完成{number}条背街小巷改造，新建公厕{number}座，"
        "确保各项任务落到实处。",
    ),
    (
        "{street}开展消防安全培训",
        "本报讯 为提高辖区居民的消防安全意识，{month}月{day}日，{street}联合{area}消防救援大队在{place}社区"
        "开展消防安全知识培训，辖区单位负责人、网格员等{number}0余人参加活动。\n"
        "培训中，{area}消防救援大队宣传员{b}结合近年来的典型火灾案例，讲解了火灾的预防和逃生自救的方法。"
        "{street}党工委书记{a}表示，将继续开展安全生产月活动，把隐患排查做在平时。",
    ),
)  # fmt: skip
_GIVEN = "建国伟明志强海燕晓红春梅文军雅青改华世英红民国防永胜丽娟卫东新平"
_PLACES = "和平建设人民胜利光明东风朝阳解放新华文化幸福长江黄河泰山嵩山"
WIDTH = 17


def pages(number: int, folder: Path) -> None:
    """Writes so many pages: the same for the same number."""
    chance = random.Random(20190701)
    rows = [row for row in lexicon.load("divisions") if row["name"].endswith("区") and len(row["name"]) == 3]
    areas = sorted({row["name"] for row in rows})[:400]
    surnames = [r["surname"] for r in lexicon.load("surnames") if r["frequency"] == "common" and not r["word"]]
    people = {area: [_person(chance, surnames) for _ in range(12)] for area in areas}
    streets = {area: [f"{_two(chance, _PLACES)}路街道" for _ in range(6)] for area in areas}
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(number):
        area = areas[n % len(areas)]
        headline, body = ITEMS[chance.randrange(len(ITEMS))]
        a, b, reporter = chance.sample(people[area], 3)
        said = {
            "area": area, "street": chance.choice(streets[area]), "place": _two(chance, _PLACES), "a": a, "b": b,
            "month": chance.randint(1, 12), "day": chance.randint(1, 28), "number": chance.randint(2, 98),
        }  # fmt: skip
        text = f"{headline.format(**said)}\n\n{_wrapped(body.format(**said))}\n记者 {reporter}\n"
        (folder / f"{n:05}_{area}.txt").write_text(text, "utf-8")


def _person(chance: random.Random, surnames: list[str]) -> str:
    return chance.choice(surnames) + _two(chance, _GIVEN)


def _two(chance: random.Random, characters: str) -> str:
    return "".join(chance.sample(characters, 2))


def _wrapped(text: str) -> str:
    """Hard line breaks after so many characters, as the sample pages have them."""
    return "\n".join(p[i : i + WIDTH] for p in text.split("\n") for i in range(0, len(p), WIDTH))


def run(*command: str | Path) -> tuple[float, float, int]:
    """Seconds that ``kg`` took, its processor time, and the largest memory of its processes together, in MB."""
    begin = time.monotonic()
    code = f"import resource, sys; from kg.cli import main; code = main(); {_USED}; sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, command)], check=True, stderr=subprocess.PIPE, text=True
    )
    cpu, memory = done.stderr.strip().splitlines()[-1].split()
    return time.monotonic() - begin, float(cpu), int(memory)


#: the processor time of the process and of those that it started, and the largest memory of it and the largest of them
_USED = (
    "used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]; "
    "print(sum(x.ru_utime + x.ru_stime for x in used), sum(x.ru_maxrss for x in used) // 1024, file=sys.stderr)"
)


def size(folder: Path) -> float:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--pages", type=int, default=10_000)
    asked.add_argument("--folder", type=Path, help="where pages and store go; a temporary folder without it")
    asked.add_argument("--json", type=Path)
    args = asked.parse_args()
    work = args.folder or Path(tempfile.mkdtemp(prefix="kg-corpus-"))
    figures: dict[str, object] = {"pages": args.pages, "cores": os.cpu_count()}

    def measure(name: str, *command: str | Path) -> None:
        seconds, cpu, memory = run(*command, "--quiet")
        figures[name] = {"seconds": round(seconds, 2), "CPU seconds": round(cpu, 2), "MB": memory}
        print(f"{name:34}{seconds:>9.2f} s{cpu:>9.2f} s CPU{memory:>8} MB", flush=True)

    try:
        source, store = work / "pages", work / "store"
        shutil.rmtree(source, ignore_errors=True)
        shutil.rmtree(store, ignore_errors=True)
        pages(args.pages, source)
        print(f"{args.pages} pages, {size(source):.1f} MB; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        measure("build", "build", source, "--store", store)
        first = sorted(source.glob("*.txt"))[0]
        measure("one page by itself", "build", first, "--store", work / "one")
        measure("build again, nothing changed", "build", source, "--store", store)
        first.write_text(first.read_text("utf-8").replace("本报讯", "本报讯 昨日获悉，", 1), "utf-8")
        measure("build again, one page changed", "build", source, "--store", store)
        extra = work / "another.txt"
        extra.write_text(first.read_text("utf-8").replace("2019", "2018").replace("记者", "通讯员"), "utf-8")
        measure("add one page", "add", extra, "--store", store)
        measure("remove one page", "remove", "another", "--store", store)
        counts = json.loads((store / "manifest.json").read_text("utf-8"))["counts"]
        figures |= {"counts": counts, "store MB": round(size(store), 1)}
        print(f"{counts['quads']:,} quads, {counts['facts']:,} facts, store {size(store):.0f} MB")
        if args.json:
            args.json.write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    finally:
        if args.folder is None:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
