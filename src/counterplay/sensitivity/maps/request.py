"""What a phase map can be asked for: two parameters with a range, and numbers of steps."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping

from counterplay.errors import ValuesError
from counterplay.scenario import Parameter, Scenario
from counterplay.scenario.values import nearest

LEAST_STEPS, MOST_STEPS = 2, 1_000
MOST_CELLS = 250_000
"""Cells of the largest map; at a third of a millisecond a cell it takes a minute and a half."""


def axes(scenario: Scenario, x: object, y: object) -> tuple[Parameter, Parameter]:
    """Return the parameters of both axes.

    Raises
    ------
    ValuesError
        If either is not a parameter or has no range, or both are the same.
    """
    across, upward = _axis(scenario, "x", x), _axis(scenario, "y", y)
    if across.id == upward.id:
        raise ValuesError(f"y: {y!r} is x already; name another parameter")
    return across, upward


def step_counts(steps: object) -> tuple[int, int]:
    """Return the numbers of cells along x and y.

    Raises
    ------
    ValuesError
        Unless they are two whole numbers from 2 to 1000, together at most 250,000 cells.
    """
    wanted = f"give two whole numbers from {LEAST_STEPS} to {MOST_STEPS}, such as (60, 60)"
    if isinstance(steps, str | bytes | Mapping):
        raise ValuesError(f"steps: {steps!r} is no pair of numbers; {wanted}")
    try:
        nx, ny = (_whole(step) for step in steps)  # type: ignore[attr-defined]  # refused below
    except (TypeError, ValueError):
        raise ValuesError(f"steps: {steps!r} is no pair of whole numbers; {wanted}") from None
    for count in (nx, ny):
        if not LEAST_STEPS <= count <= MOST_STEPS:
            raise ValuesError(f"steps: {count} is not from {LEAST_STEPS} to {MOST_STEPS}")
    if nx * ny > MOST_CELLS:
        raise ValuesError(
            f"steps: {nx} by {ny} are {nx * ny} cells; at most {MOST_CELLS} are solved, such as "
            f"{math.isqrt(MOST_CELLS)} by {math.isqrt(MOST_CELLS)}"
        )
    return nx, ny


def _axis(scenario: Scenario, argument: str, name: object) -> Parameter:
    for parameter in scenario.parameters:
        if isinstance(name, str) and parameter.id == name:
            if not parameter.high > parameter.low:
                raise ValuesError(
                    f"{argument}: {name!r} has no range: its least and greatest value are both "
                    f"{parameter.low:g}; name a parameter that can move"
                )
            return parameter
    known = [parameter.id for parameter in scenario.parameters]
    if any(isinstance(name, str) and constant.id == name for constant in scenario.constants):
        raise ValuesError(
            f"{argument}: {name!r} is a constant, which has no range; name a parameter"
            f"{_known(known)}"
        )
    raise ValuesError(
        f"{argument}: no parameter {name!r}{nearest(str(name), known) or _known(known)}"
    )


def _known(known: list[str]) -> str:
    return f"; the parameters are {', '.join(known)}" if known else "; this scenario has none"


def _whole(step: object) -> int:
    if isinstance(step, bool):
        raise TypeError("a truth value is no number of steps")
    return operator.index(step)  # type: ignore[arg-type]  # it refuses what is no whole number
