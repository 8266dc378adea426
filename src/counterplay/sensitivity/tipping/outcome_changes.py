"""Outcome sets along parameters, each moved alone: solved in batches, changes closed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter, Scenario
from counterplay.sensitivity.many import outcomes_at
from counterplay.sensitivity.outcomes import Outcome
from counterplay.sensitivity.tipping.turning import Turn

WIDTH = 1e-9
"""Width to which halving closes in, as a share of the range."""

_ROUNDS = 64
_MOST_BRACKETS = 4_000
_SHARES = (0.5, 0.3, 0.7)


@dataclass(frozen=True)
class Stop:
    """One setting along a parameter, and what all its equilibria are."""

    value: float
    outcome: Outcome


@dataclass(frozen=True)
class Change:
    """Two settings of a parameter with different outcome sets, and nothing known between.

    Attributes
    ----------
    before, after : Stop
    turn : Turn or None
        The change of the pure equilibria between them; None where they are the same.
    """

    before: Stop
    after: Stop
    turn: Turn | None = None


def moved_columns(
    held: Mapping[str, float], settings: Sequence[tuple[Parameter, float]]
) -> dict[str, FloatArray | float]:
    """Return settings in which one parameter at a time is moved, all others held."""
    columns: dict[str, FloatArray | float] = dict(held)
    for name in {parameter.id for parameter, _ in settings}:
        columns[name] = np.array(
            [value if parameter.id == name else held[name] for parameter, value in settings]
        )
    return columns


class Solver:
    """Solves all equilibria in batches, and counts.

    Attributes
    ----------
    solves, unproved : int
        Settings solved so far, and those where it is not proved that no equilibrium is missing.
    """

    def __init__(self, scenario: Scenario, held: Mapping[str, float]) -> None:
        self.scenario, self.held = scenario, held
        self.solves = self.unproved = 0

    def stops(self, settings: Sequence[tuple[Parameter, float]]) -> list[Stop]:
        """Solve settings in which one parameter at a time is moved."""
        if not settings:
            return []
        columns = moved_columns(self.held, settings)
        counted = outcomes_at(self.scenario, columns, len(settings))
        outcomes = [counted.outcomes[k] for k in counted.index.tolist()]
        self.solves += len(settings)
        self.unproved += sum(not outcome.complete for outcome in outcomes)
        return [
            Stop(value, outcome) for (_, value), outcome in zip(settings, outcomes, strict=True)
        ]


def closed_in(
    solver: Solver, brackets: list[tuple[Parameter, Change]]
) -> list[tuple[Parameter, Change]]:
    """Halve every bracket until it is narrow; one with a third outcome inside becomes two."""
    closed: list[tuple[Parameter, Change]] = []
    pending = [(parameter, change, 0) for parameter, change in brackets]
    for _ in range(_ROUNDS):
        wide = []
        for parameter, change, tried in pending:
            if _is_narrow(parameter, change) or tried == len(_SHARES):
                closed.append((parameter, change))
            else:
                wide.append((parameter, change, tried))
        if not wide or len(wide) > _MOST_BRACKETS:
            return closed + [(parameter, change) for parameter, change, _ in wide]
        stops = solver.stops([(p, _inside(change, _SHARES[tried])) for p, change, tried in wide])
        pending = []
        for (parameter, change, tried), stop in zip(wide, stops, strict=True):
            if not stop.outcome.complete and change.before.outcome.complete:
                pending.append((parameter, change, tried + 1))
            else:
                pending += [(parameter, part, 0) for part in _halves(change, stop)]
    return closed + [(parameter, change) for parameter, change, _ in pending]


def _halves(change: Change, stop: Stop) -> list[Change]:
    halves = [Change(change.before, stop), Change(stop, change.after)]
    return [half for half in halves if half.before.outcome != half.after.outcome]


def _inside(change: Change, share: float) -> float:
    return change.before.value + share * (change.after.value - change.before.value)


def _is_narrow(parameter: Parameter, change: Change) -> bool:
    width = change.after.value - change.before.value
    if width <= WIDTH * (parameter.high - parameter.low):
        return True
    return not change.before.value < _inside(change, 0.5) < change.after.value
