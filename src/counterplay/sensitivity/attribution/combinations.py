"""Every way to change some factors and not the others, solved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.concepts import Solution
from counterplay.errors import CounterplayError, ValuesError
from counterplay.numeric import ROUNDING_TIE, FloatArray
from counterplay.payoffs import game
from counterplay.scenario import Scenario
from counterplay.sensitivity.attribution.inputs import Factor
from counterplay.sensitivity.attribution.presence import Possible, possible_in
from counterplay.sensitivity.attribution.shapley import without_rounding
from counterplay.sensitivity.many import solutions_at, values_at
from counterplay.sensitivity.outcomes import outcome_of

Values = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Combinations:
    """What is stable at each combination; bit j of a position: factor j has changed.

    Attributes
    ----------
    least, greatest : ndarray, shape (2**k, n)
        Payoffs among the equilibria listed; not a number where none was found.
    possible : tuple of 2**k frozensets
        What is possible at each.
    unproved, sets : int
        Combinations whose list may not be complete, and those with connected sets of equilibria.
    """

    least: FloatArray
    greatest: FloatArray
    possible: tuple[frozenset[Possible], ...]
    unproved: int
    sets: int


def solved_combinations(
    scenario: Scenario, before: Values, after: Values, factors: Sequence[Factor]
) -> Combinations:
    """Solve every combination of the factors' values before and after.

    Raises
    ------
    ValuesError
        If a payoff is not finite at some combination; the message says at which.
    """
    count = 1 << len(factors)
    columns, turned = _columns(before, after, factors)
    least = np.full((count, len(scenario.players)), np.nan)
    greatest = least.copy()
    solutions = _solved(scenario, columns, count, factors)
    for position, solution in enumerate(solutions):
        if solution.equilibria:
            paid = np.array([equilibrium.payoffs for equilibrium in solution])
            least[position], greatest[position] = paid.min(axis=0), paid.max(axis=0)
    order = np.arange(count) ^ turned
    outcomes = [outcome_of(scenario, solutions[k]) for k in order.tolist()]
    return Combinations(
        _levelled(least)[order],
        _levelled(greatest)[order],
        tuple(possible_in(scenario, outcome) for outcome in outcomes),
        sum(not outcome.complete for outcome in outcomes),
        sum(outcome.sets > 0 for outcome in outcomes),
    )


def _columns(
    before: Values, after: Values, factors: Sequence[Factor]
) -> tuple[dict[str, FloatArray | float], int]:
    """Return the values at each combination, and the bits of factors whose values fall.

    Bits of columns stand for the greater value, whichever way round the settings are given: the
    very same settings are then solved in the same order, and a swap flips every sign exactly.
    """
    positions = np.arange(1 << len(factors))
    columns: dict[str, FloatArray | float] = dict(before)
    turned = 0
    for bit, factor in enumerate(factors):
        first = factor.inputs[0]
        falls = after[first] < before[first]
        turned |= falls << bit
        low, high = (after, before) if falls else (before, after)
        for name in factor.inputs:
            columns[name] = np.where((positions >> bit) & 1, high[name], low[name])
    return columns, turned


def _solved(
    scenario: Scenario,
    columns: Mapping[str, FloatArray | float],
    count: int,
    factors: Sequence[Factor],
) -> list[Solution]:
    solutions: list[Solution] = []
    try:
        # One by one, so that a failure tells how far it came.
        for solution in solutions_at(scenario, columns, count):
            solutions.append(solution)  # noqa: PERF402
    except CounterplayError as error:
        for position in range(len(solutions), count):
            values = values_at(columns, position)
            try:
                game(scenario, values)
            except CounterplayError as found:
                raise _refused(values, factors, found) from None
        raise ValuesError(f"settings: {error}") from None
    return solutions


def _refused(values: Values, factors: Sequence[Factor], found: CounterplayError) -> ValuesError:
    told = ", ".join(f"{name}={values[name]:.10g}" for factor in factors for name in factor.inputs)
    where = f" with {told}" if told else ""
    return ValuesError(
        f"settings: the combination{where} has no finite payoffs ({found}). Sharing out a change "
        "needs every combination of the two settings: bound the formula with max, min or clip, "
        "or compare settings that differ in fewer numbers"
    )


def _levelled(payoffs: FloatArray) -> FloatArray:
    """Return payoffs without differences that are the rounding of mixed equilibria."""
    columns = []
    for column in payoffs.T:
        known = np.isfinite(column)
        if known.any():
            size = max(1.0, float(np.abs(column[known]).max()))
            column[known] = without_rounding(column[known], ROUNDING_TIE * size)
        columns.append(column)
    return np.stack(columns, axis=-1)
