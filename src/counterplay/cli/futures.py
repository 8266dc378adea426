"""Commands that ask across sampled futures: drivers, boxes, robust."""

from __future__ import annotations

from typing import Annotated

import typer

from counterplay.cli.arguments import AsJson, Model, PresetName, Settings, asked
from counterplay.cli.output import answer

Draws = Annotated[int, typer.Option("--draws", metavar="N", help="Number of draws.")]
Seed = Annotated[int, typer.Option("--seed", metavar="S", help="Same seed, same answer.")]


def rank_drivers(
    model: Model,
    draws: Draws = 256,
    seed: Seed = 0,
    target: Annotated[
        str | None,
        typer.Option("--target", metavar="NAME", help="One regime or player only."),
    ] = None,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Rank the assumptions that decide which outcome occurs, and the payoffs."""
    from counterplay.sensitivity.drivers.ranking import drivers

    scenario, values = asked(model, settings, preset)
    found = drivers(scenario, draws, seed, values, target=target)
    answer(found, as_json)


def find_boxes(
    model: Model,
    regime: Annotated[str, typer.Argument(metavar="REGIME", help="Id of the outcome sought.")],
    draws: Draws = 2000,
    seed: Seed = 0,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Find in which ranges of the assumptions an outcome is concentrated."""
    from counterplay.sensitivity.discovery.boxes_found import discover

    scenario, values = asked(model, settings, preset)
    found = discover(scenario, draws, seed, regime, values)
    answer(found, as_json)


def compare_options(
    model: Model,
    draws: Draws = 2000,
    seed: Seed = 0,
    player: Annotated[
        str | None, typer.Option("--player", metavar="NAME", help="Who chooses.")
    ] = None,
    levers: Annotated[
        bool, typer.Option("--levers", help="Search the player's levers as well.")
    ] = False,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Compare a player's options across futures: expected, worst case, regret."""
    from counterplay.sensitivity.robust.choice import robust_choice
    from counterplay.sensitivity.robust.levers import robust_levers

    scenario, values = asked(model, settings, preset)
    found = (robust_levers if levers else robust_choice)(
        scenario, draws, seed, values, player=player
    )
    answer(found, as_json)


COMMANDS = {"drivers": rank_drivers, "boxes": find_boxes, "robust": compare_options}
"""Functions by the name of their command."""
