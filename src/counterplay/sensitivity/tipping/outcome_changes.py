"""Outcome sets along parameters, each moved alone: solved in batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter, Scenario
from counterplay.sensitivity.many import solutions_at
from counterplay.sensitivity.outcomes import Outcome, outcome_of
from counterplay.sensitivity.tipping.foreseeing import Least, least_probabilities
from counterplay.sensitivity.tipping.turning import Turn


@dataclass(frozen=True)
class Stop:
    """One setting along a parameter, and what all its equilibria are.

    Attributes
    ----------
    value : float
    outcome : Outcome
    least : mapping
        The least probability of each mixed equilibrium that is alone in its support.
    """

    value: float
    outcome: Outcome
    least: Least = field(default_factory=dict, compare=False)


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
        solutions = solutions_at(self.scenario, columns, len(settings))
        stops = [
            Stop(value, outcome_of(self.scenario, solution), least_probabilities(solution))
            for (_, value), solution in zip(settings, solutions, strict=True)
        ]
        self.solves += len(stops)
        self.unproved += sum(not stop.outcome.complete for stop in stops)
        return stops
