"""A game as the search takes it: payoffs from 0 to 1, flat, with a bound on their rounding.

Equilibria do not change when a player's payoffs are measured from its least one in units of its
range.  Payoffs from formulas are scaled in exact arithmetic where that is known.  With u = 2^-53,
any other payoff p, read as the decimal it prints as, is off by at most u |p|;
subtracting the least and dividing by the range leave an error of at most
(2 max |p| / range + 3) u, and a difference of two such numbers twice that and u.  The slack adds
(2 F + n + 20) u, F being the number of functions, as room for the sums of `exclusion`,
`contraction` and `relaxation`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import lcm

import numpy as np

from counterplay.concepts.search.layout import IntArray
from counterplay.games import Game
from counterplay.games.replies import rounding
from counterplay.numeric import ExactArray, FloatArray

U = 2.0**-53
TINY = 1e-290
FAR = 1e3
"""Payoffs this many ranges away from zero, and those of a range so small that floats run out of
digits or cannot tell them apart, are scaled in exact arithmetic too."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Scaled payoffs and what is known of their error.

    Attributes
    ----------
    payoffs : ndarray, shape (n, profiles)
    shape : ndarray of int, shape (n,)
    slack : float
        Bound on the error of a payoff difference, with room for rounding in the search.
    """

    payoffs: FloatArray
    shape: IntArray
    slack: float

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each player's probabilities begin in a flat profile; at n: their number."""
        return (0, *np.cumsum(self.shape).tolist())

    def within(self, distance: float) -> Problem:
        """Return the problem of all games whose payoff differences are this close."""
        return replace(self, slack=self.slack + distance)

    def perturbed(self, size: float, seed: int) -> Problem:
        """Return a game with uniform noise of up to `size` in every payoff."""
        noise = np.random.default_rng(seed).uniform(-size, size, self.payoffs.shape)
        return replace(self, payoffs=self.payoffs + noise)


def problem(game: Game) -> Problem:
    """Return a game as the search takes it."""
    n = len(game.players)
    raw = game.payoffs.reshape(1, n, -1)
    scaled, spreads = scaled_tables(raw)
    largest = np.abs(raw).max(axis=2)
    inexact = (largest[0] / FAR > spreads[0]) | (spreads[0] < TINY) | (game.formula_size > 0)
    inexact |= ~scaled[0].any(axis=1)
    if inexact.any() and game.exact is not None:
        for i in np.flatnonzero(inexact):
            scaled[0, i] = _scaled_exactly(game.exact[i])
            largest[0, i] = spreads[0, i]
    largest[~scaled.any(axis=2)] = 0.0
    slack = float(slack_of(largest, spreads, game.shape)[0])
    if not (game.decimal or game.exact is not None):
        slack += max(2 * rounding(game, i) / float(spreads[0, i]) for i in range(n))
    return Problem(scaled[0], np.array(game.shape, np.int64), slack)


def _scaled_exactly(exact: ExactArray) -> list[float]:
    """Return one player's payoffs in units of its range, rounded once."""
    payoffs = exact.ravel().tolist()
    common = lcm(*(payoff.denominator for payoff in payoffs))
    counts = [payoff.numerator * (common // payoff.denominator) for payoff in payoffs]
    least = min(counts)
    spread = max(counts) - least
    return [(count - least) / spread if spread else 0.0 for count in counts]


def scaled_tables(payoffs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Measure payoffs from each player's least one in units of its range.

    Parameters
    ----------
    payoffs : (games, n, profiles)

    Returns
    -------
    scaled, spreads : (games, n, profiles) and (games, n)
        The range stands for 1 where all payoffs of a player are equal.
    """
    least = payoffs.min(axis=2, keepdims=True)
    spreads = payoffs.max(axis=2, keepdims=True) - least
    spreads = np.where(spreads > 0, spreads, 1.0)
    return np.ascontiguousarray((payoffs - least) / spreads), spreads[:, :, 0]


def slack_of(largest: FloatArray, spreads: FloatArray, shape: Sequence[int]) -> FloatArray:
    """Return the slack of games with payoffs of size up to `largest`, both (games, n).

    `largest` is 0 for a player whose payoffs are all equal.
    """
    functions = sum(count - 1 for count in shape)
    room = 2 * functions + len(shape) + 28
    slack: FloatArray = (4 * (largest / spreads).max(axis=1) + room) * U
    return slack
