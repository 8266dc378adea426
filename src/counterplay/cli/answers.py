"""The command line: arguments in, findings out.

Results go to standard output, everything else to standard error.  Exit codes: 0 done; 1 the
answer is negative; 2 bad input or usage.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO, cast

import typer
from rich.console import Console
from rich.text import Text

from counterplay.errors import CounterplayError, Fault, ValuesError

if TYPE_CHECKING:
    from counterplay.findings import Findings
    from counterplay.report.content import Level

app = typer.Typer(
    name="counterplay",
    help="Game-theoretic decision support: who does what, why, "
    "and which assumption would flip it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Model = Annotated[
    str, typer.Argument(metavar="MODEL", help="A shipped id, a .yaml scenario or a .nfg game.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter or constant; repeatable."),
]
PresetName = Annotated[
    str | None, typer.Option("--preset", metavar="NAME", help="Start from a preset.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write one JSON document and nothing else.")]


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
        _complain(*str(error).splitlines())
    except OSError as error:  # a full disk under standard output, a name that no system takes
        _let_go(sys.stdout)
        _complain(error.strerror or str(error))
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
        _say(f"counterplay {version('counterplay')}")
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Say who does what, why, and which assumption would flip it."""


@app.command("list")
def list_scenarios(as_json: AsJson = False) -> None:
    """List the shipped scenarios, one line each."""
    from counterplay.scenario import load, scenarios

    found = [load(name) for name in scenarios()]
    if as_json:
        keys = ("id", "title", "question", "as_of")
        _json([{key: getattr(scenario, key) for key in keys} for scenario in found])
        return
    width = max(len(scenario.id) for scenario in found)
    _say(*(f"{scenario.id:{width}}  {scenario.title}" for scenario in found))


@app.command("check")
def check_files(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Scenario files.")],
    as_json: AsJson = False,
) -> None:
    """Tell every fault of scenario files, each as FILE:LINE: field: message."""
    from counterplay.payoffs.check import check

    found: list[Fault] = []
    closed = []
    for file in files:
        try:
            found += check(file)
        except CounterplayError as error:
            closed.append(str(error))
    if closed:
        raise CounterplayError("\n".join(closed))
    faults = [fault for fault in found if fault.severity == "fault"]
    if as_json:
        _json([vars(fault) for fault in found])
    else:
        _say(*map(str, faults))
        _complain(*(f"warning: {fault}" for fault in found if fault.severity == "warning"))
    raise typer.Exit(1 if faults else 0)


@app.command("solve")
def solve(
    model: Model, settings: Settings = None, preset: PresetName = None, as_json: AsJson = False
) -> None:
    """Find the equilibria: who does what, what is proved, and why each holds."""
    findings = _study(model, settings, preset)
    if as_json:
        _json(findings.to_dict())
        return
    from counterplay.report.terminal import solution_lines

    for line, style in solution_lines(findings):
        _say(line, style=style)


@app.command("report")
def report(
    model: Model,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="FILE", help="The report; format by suffix: .html .md .json"
        ),
    ],
    level: Annotated[str, typer.Option("--level", help="brief, standard or full")] = "standard",
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Write a report; its suffix chooses the format."""
    from counterplay.report import write_report

    findings = _study(model, settings, preset)
    path = write_report(findings, out, cast("Level", level))  # write_report checks it
    if as_json:
        _json({"path": str(path), "level": level, "digest": findings.digest})
    else:
        _say(f"Wrote {path}")


@app.command("verify")
def verify_report(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A .json, .html or .md report.")],
    as_json: AsJson = False,
) -> None:
    """Recompute a report and compare; exit 1 if it does not reproduce."""
    from counterplay.report import verify

    result = verify(file)
    if as_json:
        _json(vars(result))
    else:
        verdict = "reproduces" if result.same else "does NOT reproduce"
        verdict = f"{file}: {verdict} (numbers compared to 1e-9; this is no signature)"
        _say(*result.differences, verdict)
    _complain(*(f"note: {note}" for note in result.notes))
    raise typer.Exit(0 if result.same else 1)


@app.command("warm")
def warm_cache() -> None:
    """Compile the solver into the cache, for images and for servers that cannot write."""
    from counterplay.concepts import warm

    folder, seconds = warm()
    _say(f"The solver is compiled ({seconds:.1f} s). Cache: {folder}")


@app.command("app")
def open_app(
    models: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MODEL]...", help="Scenarios to offer beside the shipped ones."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="P", min=1, max=65535, help="Port on localhost."),
    ] = None,
) -> None:
    """Serve the browser front end on this machine, and print its address."""
    from counterplay.launch import run_app
    from counterplay.scenario import load

    for model in models or ():
        load(model)
    run_app(models or (), port)


def _study(model: str, settings: list[str] | None, preset: str | None) -> Findings:
    from counterplay.findings import study
    from counterplay.scenario import load

    scenario = load(model)
    return study(scenario, scenario.full_values(_numbers(settings or []), preset))


def _numbers(settings: list[str]) -> dict[str, float]:
    numbers = {}
    for setting in settings:
        name, _, text = setting.partition("=")
        try:
            numbers[name.strip()] = float(text)
        except ValueError:
            raise ValuesError(f"--set {setting}: write NAME=VALUE with a number") from None
    if "" in numbers:
        raise ValuesError("--set: write NAME=VALUE with the name of a parameter or constant")
    return numbers


def _say(*lines: str, style: str = "") -> None:
    _print(sys.stdout, lines, style)


def _complain(*lines: str) -> None:
    _print(sys.stderr, lines)


def _print(stream: TextIO, lines: tuple[str, ...], style: str = "") -> None:
    from counterplay.scenario.source import printable

    text = "".join(f"{printable(line)}\n" for line in lines)
    if style and stream.isatty():
        Console(file=stream, highlight=False).print(
            Text(text, style=style), end="", soft_wrap=True
        )
    else:
        _write(stream, text)


def _json(document: object) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        text = json.dumps(document, indent=1, allow_nan=False)
    _write(sys.stdout, text + "\n")


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:  # the reader has seen enough; the exit code is for the answer
        _let_go(stream)


def _let_go(stream: TextIO) -> None:
    """Send what is still to be written nowhere."""
    with Path(os.devnull).open("wb") as nowhere, suppress(OSError):  # not every stream is a file
        os.dup2(nowhere.fileno(), stream.fileno())
