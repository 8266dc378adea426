"""Commands that answer: list, check, solve, report, verify, warm, app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from counterplay.cli.arguments import AsJson, Model, PresetName, Settings, asked
from counterplay.cli.output import complain, say, write_json
from counterplay.errors import CounterplayError, Fault

if TYPE_CHECKING:
    from counterplay.findings import Findings


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
    "warm": warm_cache,
    "app": open_app,
}
"""Functions by the name of their command."""
