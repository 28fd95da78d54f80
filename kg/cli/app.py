"""The program ``kg``: its commands, and what becomes of an error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import typer

import kg
from kg.cli import ask, curate, hand_out, make, understand
from kg.cli.output import one_line
from kg.errors import KgError

EXAMPLES = """
Chinese local newspaper pages become a knowledge graph with evidence for every fact.

\b
  kg build seeds --store build/store          read the pages of a folder into a store
  kg query posts --store build/store          who holds which post, and which page says so
  kg show 陈红民 --store build/store          all that the pages say of one person
  kg view --store build/store -o graph.html   a picture to explore in a browser
  kg explain 7月1日，区委书记陈红民到淮河路街道调研。    which rule reads what
"""

app = typer.Typer(
    name="kg",
    help=EXAMPLES,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for command in (
    make.build,
    make.add,
    make.remove,
    ask.query,
    ask.show,
    curate.candidates,
    curate.judge,
    understand.explain,
    understand.pages,
    understand.misses,
    hand_out.view,
    hand_out.export,
    hand_out.check,
):
    app.command()(command)


@app.callback(invoke_without_command=True, help=EXAMPLES)
def top(
    version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True),
) -> None:
    if version:
        typer.echo(kg.__version__)
        raise typer.Exit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs ``kg`` and gives its exit code; every error that a user can cause becomes one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        speak_utf8(stream)
    try:
        code = typer.main.get_command(app).main(
            args=list(sys.argv[1:] if arguments is None else arguments) or ["--help"],
            prog_name="kg",
            standalone_mode=False,
        )
        sys.stdout.flush()
    except KgError as error:
        if isinstance(error.__cause__, BrokenPipeError):
            return reader_gone()
        return fail(error, error.exit_code)
    except BrokenPipeError:
        return reader_gone()
    except OSError as error:
        silence_stdout()
        return fail(system_error(error))
    except KeyboardInterrupt:
        return fail("interrupted; nothing was changed", 130)
    except Exception as error:
        if hasattr(error, "format_message"):  # typer's own: a wrong option, a missing argument
            return fail(usage(error))
        raise
    return code if isinstance(code, int) else 0


def speak_utf8(stream: TextIO) -> None:
    """Chinese comes out whole whatever the terminal's own encoding, and lines end alike everywhere."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def reader_gone() -> int:
    """The reader has seen enough (``kg query … | head``): nothing is left to say."""
    silence_stdout()
    return 0


def silence_stdout() -> None:
    """What cannot be written goes nowhere, so that Python has nothing to complain of when it ends."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def fail(message: object, code: int = 2) -> int:
    print(f"kg: {one_line(message)}", file=sys.stderr)
    return code


def system_error(error: OSError) -> str:
    """What the system refused, and what a user can do about it."""
    where = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return f"{where}no space left on the disk; free some or choose another place, what stood there is as it was"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{where}{error.strerror}; choose a place that you may write to"
    return f"{where}{error.strerror or error}"


def usage(error: Exception) -> str:
    """typer's message with the place to look: ``No such option: --stor; see kg build --help``."""
    context = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "") or "kg"
    said = one_line(error.format_message()).rstrip(".")  # type: ignore[attr-defined]
    return f"{said}; see {path} --help"
