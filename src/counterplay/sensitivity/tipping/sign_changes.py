"""Sign changes of one player's payoff differences along a parameter, on a fine grid.

For payoffs that are no quotients of polynomials.  A difference that changes its sign and changes
it back within one step is missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np

from counterplay.numeric import ROUNDING_TIE, FloatArray, exact_decimal
from counterplay.scenario import Parameter, Scenario
from counterplay.sensitivity.many import payoff_chunks
from counterplay.sensitivity.tipping.beliefs import Belief
from counterplay.sensitivity.tipping.finite_range import refuse_unless_finite
from counterplay.sensitivity.tipping.real_roots import Enclosure

FINE_STEPS = 1_024
_HALVINGS = 40


class _Bracket(NamedTuple):
    """A difference, by its row, and two values between which its sign changes."""

    row: int
    low: float
    high: float
    sign: int


class Differences:
    """Differences between a player's own options, for every profile of the others or a belief."""

    def __init__(
        self,
        scenario: Scenario,
        held: Mapping[str, float],
        player: int,
        belief: Belief | None = None,
    ) -> None:
        self.scenario, self.held = scenario, held
        self.player, self.belief = player, belief

    def chunks(self, parameter: Parameter, values: FloatArray) -> Iterator[tuple[int, FloatArray]]:
        """Yield differences (rows, values), a chunk at a time; 0 where rounding hides a sign."""
        columns: dict[str, FloatArray | float] = {**self.held, parameter.id: values}
        for start, payoffs in payoff_chunks(self.scenario, columns, len(values)):
            own = np.moveaxis(payoffs[self.player], self.player, 0)
            if self.belief is not None:
                shares = np.moveaxis(self.belief.astype(np.float64), self.player, 0)
                weighed = (own * shares[..., None]).reshape(len(own), -1, own.shape[-1])
                own = weighed.sum(axis=1)
            size = np.abs(own).max(axis=tuple(range(own.ndim - 1)))
            pairs = combinations(range(len(own)), 2)
            parts = [(own[a] - own[b]).reshape(-1, len(size)) for a, b in pairs]
            gaps = np.concatenate(parts or [np.zeros((0, len(size)))])
            yield start, np.where(np.abs(gaps) <= ROUNDING_TIE * np.maximum(size, 1.0), 0.0, gaps)


def sign_changes(differences: Differences, parameter: Parameter) -> list[Enclosure]:
    """Return where differences change their sign, or become or cease to be zero.

    Raises
    ------
    ValuesError
        If a payoff is not finite on the grid.
    """
    grid = np.linspace(parameter.low, parameter.high, FINE_STEPS + 1)
    refuse_unless_finite(differences.scenario, differences.held, parameter, grid)
    brackets = sorted(set(_brackets(differences, parameter, grid)))
    if not brackets:
        return []
    low, high = _closed_in(differences, parameter, brackets)
    return [
        Enclosure(exact_decimal(a), exact_decimal(b))
        for a, b in zip(low.tolist(), high.tolist(), strict=True)
    ]


def _brackets(
    differences: Differences, parameter: Parameter, grid: FloatArray
) -> Iterator[_Bracket]:
    last: FloatArray | None = None
    for start, gaps in differences.chunks(parameter, grid):
        joined = gaps if last is None else np.concatenate([last, gaps], axis=1)
        ends = grid[start if last is None else start - 1 :]
        signs = np.sign(joined).astype(np.int64)
        rows, steps = np.nonzero(signs[:, 1:] != signs[:, :-1])
        # Differences that agree at both ends are the same one, for other profiles of the others.
        alike = np.stack([steps, joined[rows, steps], joined[rows, steps + 1]], axis=1)
        _, kept = np.unique(alike, axis=0, return_index=True)
        for row, step in zip(rows[kept].tolist(), steps[kept].tolist(), strict=True):
            yield _Bracket(row, float(ends[step]), float(ends[step + 1]), int(signs[row, step]))
        last = gaps[:, -1:]


def _closed_in(
    differences: Differences, parameter: Parameter, brackets: list[_Bracket]
) -> tuple[FloatArray, FloatArray]:
    rows = np.array([bracket.row for bracket in brackets])
    low = np.array([bracket.low for bracket in brackets])
    high = np.array([bracket.high for bracket in brackets])
    before = np.array([bracket.sign for bracket in brackets])
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        signs = np.empty(len(rows))
        for start, gaps in differences.chunks(parameter, middle):
            part = np.arange(gaps.shape[1])
            signs[start + part] = np.sign(gaps[rows[start + part], part])
        low, high = np.where(signs == before, middle, low), np.where(signs == before, high, middle)
    return low, high
