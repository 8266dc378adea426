"""Commands that answer: list, check, solve, report, verify, warm, app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from counterplay.cli.arguments import AsJson, Model, PresetName, Settings, asked, texts_of
from counterplay.cli.output import complain, say, write_json
from counterplay.errors import CounterplayError, Fault

if TYPE_CHECKING:
    from counterplay.findings import Findings
    from counterplay.report.content import Level

FontFolder = Annotated[
    str | None,
    typer.Option(
        "--font-dir",
        metavar="FOLDER",
        help="Fonts for a PDF in other scripts than Latin, Greek and Cyrillic.",
    ),
]


def list_scenarios(as_json: AsJson = False) -> None:
    """List the shipped scenarios, one line each."""
    from counterplay.scenario import load, scenarios

    found = [load(name) for name in scenarios()]
    if as_json:
        keys = ("id", "title", "question", "as_of")
        write_json([{key: getattr(scenario, key) for key in keys} for scenario in found])
        return
    width = max(len(scenario.id) for scenario in found)
    say(*(f"{scenario.id:{width}}  {scenario.title}" for scenario in found))


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
        write_json([vars(fault) for fault in found])
    else:
        say(*map(str, faults))
        complain(*(f"warning: {fault}" for fault in found if fault.severity == "warning"))
    raise typer.Exit(1 if faults else 0)


def solve(
    model: Model, settings: Settings = None, preset: PresetName = None, as_json: AsJson = False
) -> None:
    """Find the equilibria: who does what, what is proved, and why each holds."""
    findings = _studied(model, settings, preset)
    if as_json:
        write_json(findings.to_dict())
        return
    from counterplay.report.terminal import solution_lines

    for line, style in solution_lines(findings):
        say(line, style=style)


def report(
    model: Model,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help="The report; format by suffix: .html .md .json .pdf .docx .xlsx",
        ),
    ],
    level: Annotated[str, typer.Option("--level", help="brief, standard or full")] = "standard",
    because: Annotated[
        list[str] | None,
        typer.Option(
            "--because", metavar="NAME=TEXT", help="Why a number has its value; repeatable."
        ),
    ] = None,
    font_dir: FontFolder = None,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Write a report; its suffix chooses the format."""
    from counterplay.report import write_report

    findings = _studied(model, settings, preset)
    reasons = texts_of(because or [], "--because")
    path = write_report(  # it checks all
        findings, out, cast("Level", level), reasons=reasons, font_dir=font_dir
    )
    if as_json:
        write_json({"path": str(path), "level": level, "digest": findings.digest})
    else:
        say(f"Wrote {path}")


def verify_report(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report, whatever its format.")],
    font_dir: FontFolder = None,
    as_json: AsJson = False,
) -> None:
    """Recompute a report and compare; exit 1 if it does not reproduce."""
    from counterplay.report import verify

    result = verify(file, font_dir=font_dir)
    if as_json:
        write_json(vars(result))
    else:
        verdict = "reproduces" if result.same else "does NOT reproduce"
        verdict = f"{file}: {verdict} (numbers compared to 1e-9; this is no signature)"
        say(*result.differences, verdict)
    complain(*(f"note: {note}" for note in result.notes))
    raise typer.Exit(0 if result.same else 1)


def warm_cache() -> None:
    """Compile the solver into the cache, for images and for servers that cannot write."""
    from counterplay.concepts import warm

    folder, seconds = warm()
    say(f"The solver is compiled ({seconds:.1f} s). Cache: {folder}")


def open_app(
    models: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MODEL]...", help="Scenarios to offer beside the shipped ones."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="P", min=1, max=65535, help="Port to listen on."),
    ] = None,
    address: Annotated[
        str,
        typer.Option("--address", metavar="A", help="Who reaches it; 0.0.0.0 is everybody."),
    ] = "localhost",
    store: Annotated[
        str,
        typer.Option(
            "--store",
            metavar="PATH",
            envvar="COUNTERPLAY_STORE",
            help="Where settings and reports can be saved: a file or a postgresql:// address.",
        ),
    ] = "",
    user_header: Annotated[
        str,
        typer.Option(
            "--user-header",
            metavar="NAME",
            envvar="COUNTERPLAY_USER_HEADER",
            help="Header in which a reverse proxy says who is there, such as X-Forwarded-User.",
        ),
    ] = "",
) -> None:
    """Serve the browser front end, to this machine alone unless told otherwise."""
    from counterplay.launch import run_app
    from counterplay.scenario import load

    for model in models or ():
        load(model)
    run_app(models or (), port, address, store, user_header)


def _studied(model: str, settings: list[str] | None, preset: str | None) -> Findings:
    from counterplay.findings import study

    return study(*asked(model, settings, preset))


COMMANDS = {
    "list": list_scenarios,
    "check": check_files,
    "solve": solve,
    "report": report,
    "verify": verify_report,
    "warm": warm_cache,
    "app": open_app,
}
"""Functions by the name of their command."""
