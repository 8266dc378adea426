"""Commands about one profile: the nearest change and the least payment that support it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from counterplay.cli.arguments import AsJson, Model, PresetName, Settings, asked
from counterplay.cli.output import answer

Target = Annotated[
    str,
    typer.Argument(
        metavar="PROFILE", help="One option id of each player, joined by /, in their order."
    ),
]


class Goal(StrEnum):
    """What a change is to do to a profile."""

    MAKES = "makes"
    BREAKS = "breaks"
    ISOLATES = "isolates"


class Norm(StrEnum):
    """How the length of a joint change is measured."""

    L1 = "l1"
    LINF = "linf"


def nearest(
    model: Model,
    profile: Target,
    goal: Annotated[
        Goal,
        typer.Option(
            "--goal",
            help="makes it an equilibrium, breaks it, or isolates it: the only equilibrium left.",
        ),
    ] = Goal.MAKES,
    norm: Annotated[
        Norm, typer.Option("--norm", help="Sum (l1) or largest (linf) of the scaled moves.")
    ] = Norm.L1,
    parameters: Annotated[
        list[str] | None,
        typer.Option("--parameter", metavar="NAME", help="Move these only; repeatable."),
    ] = None,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Find the nearest joint change of assumptions that makes, breaks or isolates a profile."""
    from counterplay.sensitivity.nearest.changes import nearest_that_breaks, nearest_that_makes
    from counterplay.sensitivity.nearest.isolating import nearest_that_isolates

    search = {
        Goal.MAKES: nearest_that_makes,
        Goal.BREAKS: nearest_that_breaks,
        Goal.ISOLATES: nearest_that_isolates,
    }[goal]
    scenario, values = asked(model, settings, preset)
    found = search(scenario, profile.split("/"), values, norm=norm.value, parameters=parameters)
    answer(found, as_json)


def payment(
    model: Model,
    profile: Target,
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="PLAYER", help="Pay these players only; repeatable."),
    ] = None,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Find the least side payments or guarantees that make a profile an equilibrium."""
    from counterplay.sensitivity.payments.least import least_side_payment

    scenario, values = asked(model, settings, preset)
    found = least_side_payment(scenario, profile.split("/"), values, to=to)
    answer(found, as_json)


COMMANDS = {"nearest": nearest, "payment": payment}
"""Functions by the name of their command."""
