"""The command line: arguments in, findings out.

Results go to standard output, everything else to standard error.  Exit codes: 0 done; 1 the
answer is negative; 2 bad input or usage.
"""

from __future__ import annotations

import logging
import os
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from counterplay.cli import (
    answers,
    comparing,
    futures,
    model_files,
    reporting,
    shared_work,
    targets,
    what_if,
)
from counterplay.cli.output import complain, let_go, say
from counterplay.errors import CounterplayError

app = typer.Typer(
    name="counterplay",
    help="Game-theoretic decision support: who does what, why, "
    "and which assumption would flip it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - it stays open
        stream.reconfigure(errors="replace")
        setattr(sys, name, stream)
    _announce()
    try:
        app(prog_name="counterplay")
    except CounterplayError as error:
        complain(*str(error).splitlines())
    except OSError as error:  # a full disk under standard output, a name that no system takes
        let_go(sys.stdout)
        complain(error.strerror or str(error))
    sys.exit(2)


def _announce() -> None:
    """Show on standard error what the engine has to say while it works."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("counterplay")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def _print_version(value: bool) -> None:
    if value:
        say(f"counterplay {version('counterplay')}")
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Say who does what, why, and which assumption would flip it."""


for module in (
    answers, reporting, what_if, targets, futures, comparing, model_files, shared_work,
):  # fmt: skip
    for name, command in module.COMMANDS.items():
        app.command(name)(command)
