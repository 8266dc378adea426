"""The arguments that every command which takes a model shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from counterplay.errors import ValuesError

if TYPE_CHECKING:
    from counterplay.scenario import Scenario

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
Commissioner = Annotated[
    str | None, typer.Option("--commissioner", metavar="NAME", help="Who asked for it.")
]
Analyst = Annotated[str | None, typer.Option("--analyst", metavar="NAME", help="Who made it.")]
Assurer = Annotated[
    str | None,
    typer.Option("--assurer", metavar="NAME", help="Who checked it; not the analyst."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Write one JSON document and nothing else.")]


def asked(
    model: str, settings: list[str] | None, preset: str | None
) -> tuple[Scenario, dict[str, float]]:
    """Return the scenario and the values that a command asks for."""
    from counterplay.scenario import load

    scenario = load(model)
    return scenario, scenario.full_values(numbers_of(settings or [], "--set"), preset)


def numbers_of(settings: list[str], option: str) -> dict[str, float]:
    """Return what an option of the form NAME=VALUE sets.

    Raises
    ------
    ValuesError
        If one of them is something else; the message names the option.
    """
    numbers = {}
    for setting in settings:
        name, _, text = setting.partition("=")
        try:
            numbers[name.strip()] = float(text)
        except ValueError:
            raise ValuesError(f"{option} {setting}: write NAME=VALUE with a number") from None
    if "" in numbers:
        raise ValuesError(f"{option}: write NAME=VALUE with the name of a parameter or constant")
    return numbers


def texts_of(settings: list[str], option: str) -> dict[str, str]:
    """Return what an option of the form NAME=TEXT says.

    Raises
    ------
    ValuesError
        If one of them is something else; the message names the option.
    """
    texts = {}
    for setting in settings:
        name, sign, text = setting.partition("=")
        if not sign or not name.strip():
            raise ValuesError(f"{option} {setting}: write NAME=TEXT")
        texts[name.strip()] = text
    return texts
