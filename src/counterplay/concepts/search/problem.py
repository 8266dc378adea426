"""A game as the search takes it: payoffs from 0 to 1, flat, with a bound on their rounding.

Equilibria do not change when a player's payoffs are measured from its least one in units of its
range.  With u = 2^-53, a payoff p read as the decimal it prints as is off by at most u |p|;
subtracting the least and dividing by the range leave an error of at most
(2 max |p| / range + 3) u, and a difference of two such numbers twice that and u.  The slack adds
(2 F + n + 20) u, F being the number of functions, as room for the sums of `exclusion`,
`contraction` and `relaxation`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from counterplay.concepts.search.layout import IntArray
from counterplay.games import Game
from counterplay.games.replies import rounding
from counterplay.numeric import FloatArray

U = 2.0**-53
_FAR = 1e3
"""Payoffs this many ranges away from zero are scaled in exact arithmetic where that is known."""


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
    spreads = np.where(game.ranges > 0, game.ranges, 1.0)
    largest = np.abs(game.payoffs).reshape(n, -1).max(axis=1)
    scaled = game.scaled.reshape(n, -1).copy()
    relative = np.where(game.ranges > 0, largest / spreads, 0.0)
    for i in np.flatnonzero(relative > _FAR):
        if game.exact is not None:
            exact = game.exact[i].ravel()
            least = exact.min()
            spread = exact.max() - least
            if spread > 0:
                scaled[i] = [float((payoff - least) / spread) for payoff in exact]
                relative[i] = 1.0
    error = (4 * float(relative.max()) + 8) * U
    if game.exact is None:
        formula = [2 * rounding(game, i) / spreads[i] for i in range(n) if game.ranges[i] > 0]
        error += max(formula, default=0.0)
    room = (2 * sum(count - 1 for count in game.shape) + n + 20) * U
    return Problem(scaled, np.array(game.shape, np.int64), error + room)
