"""Commands on model files: diff, payoffs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from counterplay.cli.arguments import AsJson, Model, PresetName, Settings, asked
from counterplay.cli.output import say, write_json


def diff(
    before: Annotated[str, typer.Argument(metavar="MODEL_A", help="A shipped id or a file.")],
    after: Annotated[str, typer.Argument(metavar="MODEL_B", help="What it is compared with.")],
    as_json: AsJson = False,
) -> None:
    """Name what differs between two models; exit 1 if anything does."""
    from counterplay.scenario import load
    from counterplay.scenario.editing.differences import scenario_differences

    found = scenario_differences(load(before), load(after))
    if as_json:
        write_json({"same": not found, "differences": [one.to_dict() for one in found]})
    else:
        say(*(one.words for one in found), *([] if found else ["no difference"]))
    raise typer.Exit(1 if found else 0)


def payoffs(
    model: Model,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="A .csv or .tsv file.")],
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Write the payoff of every profile as a table."""
    from counterplay.games.payoff_table import checked_table_path, write_payoff_table
    from counterplay.payoffs import game

    scenario, values = asked(model, settings, preset)
    checked_table_path(out)
    built = game(scenario, values)
    path = write_payoff_table(built, out)
    if as_json:
        write_json({"path": str(path), "profiles": built.profiles})
    else:
        say(f"Wrote {path}: {built.profiles} profiles")


COMMANDS = {"diff": diff, "payoffs": payoffs}
"""Functions by the name of their command."""
