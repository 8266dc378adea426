"""Every way to change some factors and not the others, solved."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.concepts import Solution
from counterplay.errors import CounterplayError, ValuesError
from counterplay.numeric import ROUNDING_TIE, FloatArray
from counterplay.payoffs import game
from counterplay.scenario import Scenario
from counterplay.sensitivity.attribution.inputs import Factor
from counterplay.sensitivity.attribution.presence import Possible, possible_with
from counterplay.sensitivity.attribution.shapley import without_rounding
from counterplay.sensitivity.many import pure_at, solutions_at, values_at

Values = Mapping[str, float]


@dataclass(frozen=True)
class Limits:
    """How long to solve, and whom to tell how far it is.

    Attributes
    ----------
    seconds : float or None
        For the combinations of one change; a solve that is running is finished.
    progress : callable or None
        Told how many combinations are solved, and of how many.
    """

    seconds: float | None = None
    progress: Callable[[int, int], None] | None = None


@dataclass(frozen=True, eq=False)
class Combinations:
    """What is stable at each combination; bit j of a position: factor j has changed.

    Attributes
    ----------
    least, greatest : ndarray, shape (2**k, n)
        Payoffs among the equilibria listed; not a number where none was found, or the time was
        up.
    possible : tuple of 2**k frozensets
        What is possible at each: known of all, however long mixed equilibria take.
    solved : int
        Combinations at which all equilibria were looked for.
    unproved, sets : int
        Those whose list may not be complete, and those with connected sets of equilibria.
    """

    least: FloatArray
    greatest: FloatArray
    possible: tuple[frozenset[Possible], ...]
    solved: int
    unproved: int
    sets: int


def solved_combinations(
    scenario: Scenario, before: Values, after: Values, factors: Sequence[Factor], limits: Limits
) -> Combinations:
    """Solve every combination of the factors' values before and after.

    Raises
    ------
    ValuesError
        If a payoff is not finite at some combination; the message says at which.
    """
    count = 1 << len(factors)
    columns, turned = _columns(before, after, factors)
    try:
        index, sets = pure_at(scenario, columns, count)
        solutions = list(_within(limits, solutions_at(scenario, columns, count), count))
    except CounterplayError as error:
        raise _refused(scenario, columns, count, factors) or error from None
    least = np.full((count, len(scenario.players)), np.nan)
    greatest = least.copy()
    for position, solution in enumerate(solutions):
        if solution.equilibria:
            paid = np.array([equilibrium.payoffs for equilibrium in solution])
            least[position], greatest[position] = paid.min(axis=0), paid.max(axis=0)
    order = np.arange(count) ^ turned
    possible = [possible_with(scenario, pure) for pure in sets]
    return Combinations(
        _levelled(least)[order],
        _levelled(greatest)[order],
        tuple(possible[k] for k in index[order].tolist()),
        len(solutions),
        sum(solution.completeness == "unproved" for solution in solutions),
        sum(len(solution.regions) > 0 for solution in solutions),
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


def _within(limits: Limits, solutions: Iterator[Solution], count: int) -> Iterator[Solution]:
    start = time.monotonic()
    for done, solution in enumerate(solutions, 1):
        yield solution
        if limits.progress is not None:
            limits.progress(done, count)
        if limits.seconds is not None and time.monotonic() - start > limits.seconds:
            return


def _refused(
    scenario: Scenario,
    columns: Mapping[str, FloatArray | float],
    count: int,
    factors: Sequence[Factor],
) -> ValuesError | None:
    """Return the refusal of the first combination that has no game."""
    for position in range(count):
        values = values_at(columns, position)
        try:
            game(scenario, values)
        except CounterplayError as found:
            changed = [name for factor in factors for name in factor.inputs]
            told = ", ".join(f"{name}={values[name]:.10g}" for name in changed)
            where = f" with {told}" if told else ""
            return ValuesError(
                f"settings: the combination{where} has no finite payoffs ({found}). Sharing out "
                "a change needs every combination of the two settings: bound the formula with "
                "max, min or clip, or compare settings that differ in fewer numbers"
            )
    return None


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
