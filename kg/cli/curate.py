"""``kg candidates``, ``kg judge``: what is in doubt, and what people decide about it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer
from rich.text import Text

import kg
from kg.cli.ask import STORE
from kg.cli.output import Rows, notes, one_line, plain, screen, write_rows
from kg.errors import JudgementError

VERBS = ("same", "different", "unsure", "rename", "drop", "correct")
JUDGEMENTS = typer.Option(
    None, "--judgements", "-J", metavar="FILE", help="The judgements file, or its folder; else that of the pages."
)


def candidates(
    store: Path = STORE,
    kind: str = typer.Option("", "--kind", "-k", metavar="KIND", help="Only person, body or event."),
    joins: bool = typer.Option(False, "--joins", help="The joins that were made, with their reasons, instead."),
    limit: int = typer.Option(20, "--limit", "-n", metavar="N", help="So many, the most useful first; 0 for all."),
    form: Rows = typer.Option(Rows.table, "--format", "-f", help="table is for reading, the others for programs."),
) -> None:
    """List pairs that may be one thing.

    Why they may be, why not, and what the pages say of each. The most useful first: what is likely, and stands in
    many articles. kg judge settles them.

    \b
      kg candidates --store build/store
      kg candidates --store build/store --kind person --limit 5
      kg candidates --store build/store --joins
      kg candidates --store build/store --limit 0 --format csv > doubtful.csv
    """
    found = kg.candidates(store, kind, joins)
    shown = found[:limit] if limit else found
    if form is Rows.json:
        print(json.dumps([asdict(pair) for pair in shown], ensure_ascii=False, indent=2))
    elif form is Rows.table:
        for pair in shown:
            _tell(pair)
        what = "joins" if joins else "pairs in doubt"
        notes().print(Text(f"{len(shown)} of {len(found)} {what}", style="dim"))
    else:
        columns = ("kind", "score", "a", "b", "name_a", "name_b", "pro", "con", "where_a", "where_b")
        write_rows(columns, (_row(pair) for pair in shown), form.value)


def _row(pair: kg.Doubtful) -> tuple[str, ...]:
    where = (" ".join(context.where for context in side) for side in (pair.contexts_a, pair.contexts_b))
    pro, con = "；".join(pair.pro), "；".join(pair.con)
    return (pair.kind, f"{pair.score:g}", pair.a, pair.b, pair.name_a, pair.name_b, pro, con, *where)


def _tell(pair: kg.Doubtful) -> None:
    out = screen()
    mark = "  (unsure)" if pair.unsure else ""
    sign = "=" if pair.joined else "?"
    title = f"{pair.score:.2f}  {pair.kind}  {pair.name_a} {sign} {pair.name_b}{mark}"
    out.print(Text(plain(title), style="bold"))
    for word, reasons in (("for", pair.pro), ("against", pair.con)):
        for reason in reasons:
            out.print(Text(plain(f"  {word}: {reason}")))
    for id_, contexts in ((pair.a, pair.contexts_a), (pair.b, pair.contexts_b)):
        out.print(Text(f"  {id_}", style="cyan"))
        for context in contexts:
            out.print(Text(plain(f"    {context.where}: {one_line(context.text)}"), style="dim"))
    out.print()


def judge(
    said: list[str] = typer.Argument(
        None, metavar="A [B] VERB [VALUE]", help="Ids (or, with --store, names), and same, different, unsure, …"
    ),
    why: str = typer.Option("", "--why", "-w", metavar="TEXT", help="The reason; it is kept."),
    who: str = typer.Option("", "--who", metavar="NAME", help="Who judges; your user name without it."),
    file: Path | None = typer.Option(
        None, "--judgements", "-J", metavar="FILE", help="The judgements file, or the folder of the pages."
    ),
    store: Path | None = typer.Option(
        None, "--store", "-s", metavar="DIR", help="A store, so that names may stand for ids."
    ),
    undo: bool = typer.Option(False, "--undo", help="Take the last judgement (about the ids given) away."),
    check: bool = typer.Option(False, "--check", help="Tell every line of the file that is no judgement."),
    find: str = typer.Option("", "--find", metavar="NAME", help="Print the ids of what has this name in the store."),
) -> None:
    """Decide what a build got wrong.

    Adds a line to a plain file beside the pages; every build replays it. Verbs: same, different and unsure about two
    things, rename, drop, and correct with property=value.

    \b
      kg judge person/zhang-wei-1f2e3d4c person/zhang-wei-9a8b7c6d same --why 调任 -J seeds
      kg judge 二七区督察局 二七区督查局 same --why 同音误植 --store build/store -J seeds
      kg judge body/er-qi-qu-du-cha-ju-9a774f07 rename 二七区督查局 --why 原文误植 -J seeds
      kg judge fact/target-0123456789abcdef correct quantity=283 --why 见更正启事 -J seeds
      kg judge --undo -J seeds
      kg judge --find 张伟 --store build/store

    The file is read by the next kg build of that folder, or with --judgements FILE.
    """
    said = said or []
    if find:
        _find(find, store)
        return
    if file is None:
        raise JudgementError("which file? add --judgements FILE, or the folder of the pages: -J seeds")
    if check:
        _check(file)
        return
    if undo:
        ids = [word for word in said if word not in VERBS]
        notes().print(Text(f"taken away: {one_line(kg.undo(file, ids))}"))
        return
    verb, a, b = _parsed(said)
    line = kg.judge(file, verb, a, b, why=why, who=who, store=store)
    notes().print(Text(f"judged: {one_line(line)}"))


def _parsed(said: list[str]) -> tuple[str, str, str]:
    """``A B same``, ``A rename NAME``, ``A drop``, ``A correct property=value``: verb, a and the rest."""
    at = [i for i, word in enumerate(said) if word in VERBS]
    if not at:
        raise JudgementError(f"expected one of {', '.join(VERBS)}, as in: kg judge A B same --why TEXT -J seeds")
    verb = said[at[-1]] if said[at[-1]] in VERBS[:3] else said[at[0]]
    rest = list(said)
    rest.remove(verb)
    wanted = 1 if verb == "drop" else 2
    if len(rest) != wanted:
        raise JudgementError(f"{verb} takes {wanted} thing{'s' * (wanted > 1)}, got {len(rest)}: {' '.join(rest)}")
    return verb, rest[0], rest[1] if wanted > 1 else ""


def _find(name: str, store: Path | None) -> None:
    if store is None:
        raise JudgementError("which store? add --store DIR")
    write_rows(("id", "name", "kind"), kg.find_ids(store, name), "tsv")


def _check(file: Path) -> None:
    faults = kg.check_judgements(file)
    for fault in faults:
        notes().print(Text(one_line(fault), style="red"))
    if faults:
        raise typer.Exit(1)
