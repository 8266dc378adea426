"""The command that sets settings side by side, or two models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from counterplay.cli.arguments import (
    Analyst,
    AsJson,
    Assurer,
    Commissioner,
    Model,
    PresetName,
    Settings,
    asked,
    numbers_of,
)
from counterplay.cli.output import say, write_json
from counterplay.errors import ValuesError

if TYPE_CHECKING:
    from counterplay.findings.side_by_side import Comparison
    from counterplay.scenario import Scenario

_Values = dict[str, float]


def compare(
    model: Model,
    with_presets: Annotated[
        list[str] | None,
        typer.Option(
            "--with-preset", metavar="NAME", help="Compare with this preset; repeatable."
        ),
    ] = None,
    with_settings: Annotated[
        list[str] | None,
        typer.Option(
            "--with-set",
            metavar="NAME=VALUE",
            help="Compare with this change of the other side; repeatable.",
        ),
    ] = None,
    with_model: Annotated[
        str | None,
        typer.Option("--with-model", metavar="MODEL", help="Compare with another model."),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option("--time-limit", metavar="SECONDS", help="For sharing out each change."),
    ] = 60.0,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write a report as well; format by suffix: .html .md .json .pdf .docx .xlsx",
        ),
    ] = None,
    commissioner: Commissioner = None,
    analyst: Analyst = None,
    assurer: Assurer = None,
    settings: Settings = None,
    preset: PresetName = None,
    as_json: AsJson = False,
) -> None:
    """Compare settings: what differs, what is stable under each, and which change did it."""
    from counterplay.report import write_report
    from counterplay.sensitivity.attribution.scenarios import compare_scenarios
    from counterplay.sensitivity.attribution.settings import compare_settings

    presets, changes = with_presets or [], with_settings or []
    scenario, values = asked(model, settings, preset)
    if with_model is not None:
        other, others = _asked_of_other(with_model, presets, changes)
        found: Comparison = compare_scenarios(
            scenario, other, values, others, time_limit=time_limit
        )
    else:
        first = _name(scenario, preset, settings or []), values
        named = _named(scenario, first, presets, changes)
        found = compare_settings(scenario, named, time_limit=time_limit)
    if out is not None:
        write_report(found, out, commissioner=commissioner, analyst=analyst, assurer=assurer)
    if as_json:
        write_json(found.to_dict())
    else:
        say(*found.words, *([] if out is None else [f"Wrote {out}"]))


def _asked_of_other(
    model: str, presets: list[str], changes: list[str]
) -> tuple[Scenario, dict[str, float]]:
    from counterplay.scenario import load

    if len(presets) > 1:
        raise ValuesError("--with-preset: another model is compared at one preset; name one")
    other = load(model)
    return other, other.full_values(numbers_of(changes, "--with-set"), *presets)


def _named(
    scenario: Scenario, first: tuple[str, _Values], presets: list[str], changes: list[str]
) -> dict[str, _Values]:
    """Return the first setting and the others: presets, or the first itself, with the changes."""
    if not presets and not changes:
        raise ValuesError(
            "compare: nothing to compare with; give --with-preset NAME, --with-set NAME=VALUE or "
            "--with-model MODEL"
        )
    numbers = numbers_of(changes, "--with-set")
    name, values = first
    others = {
        _name(scenario, preset, changes): scenario.full_values(numbers, preset)
        for preset in presets
    }
    if not presets:
        others = {_with(name, changes): scenario.full_values({**values, **numbers})}
    told_apart = {
        f"{other} (again)" if other == name else other: others[other] for other in others
    }
    return {name: values, **told_apart}


def _name(scenario: Scenario, preset: str | None, changes: list[str]) -> str:
    labels = {each.id: each.label for each in scenario.presets}
    return _with("the defaults" if preset is None else labels.get(preset, preset), changes)


def _with(name: str, changes: list[str]) -> str:
    if not changes:
        return name
    return f"{name}{' and' if ' with ' in name else ' with'} {', '.join(changes)}"


COMMANDS = {"compare": compare}
"""Functions by the name of their command."""
