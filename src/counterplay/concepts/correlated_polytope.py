"""The polytope of correlated equilibria as linear inequalities, and its best points.

A distribution p over profiles is a correlated equilibrium when, for every player and every two of
its options a and b,

    sum over the others' options s of  p(a, s) (u(b, s) - u(a, s))  <=  0,

and a coarse one when for every player and option b

    sum over all profiles (a, s) of  p(a, s) (u(b, s) - u(a, s))  <=  0.

Rows are divided by their largest entry, so that small stakes weigh as much with the solver as
large ones, and left out where the options pay the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.concepts.advice_programme import SparseArray, optima
from counterplay.concepts.dominance import by_option, certain_gap
from counterplay.games import Game
from counterplay.numeric import PROBABILITY_FLOOR, REGRET_TOLERANCE, ROUNDING_FLOOR, FloatArray


@dataclass(frozen=True, eq=False)
class Polytope:
    """The correlated equilibria of a game, or the coarse ones.

    Attributes
    ----------
    game : Game
    rows : sparse array A, shape (rows, profiles)
        The distributions p with A p <= 0, profiles in lexicographic order.
    coarse : bool
    """

    game: Game
    rows: SparseArray
    coarse: bool = False

    def regrets(self, distribution: FloatArray) -> FloatArray:
        """Return each player's gain from disobeying at its best, as a share of its range, (n,).

        Told its part of a profile a player may pick the best option for each advice; in the
        coarse case one option in place of all advice.
        """
        gains = []
        for player, table in enumerate(self.game.scaled):
            chances = by_option(distribution.reshape(self.game.shape), player)
            instead = chances @ by_option(table, player).T
            gain = instead - instead.diagonal()[:, None]
            gains.append(gain.sum(axis=0).max() if self.coarse else gain.max(axis=1).sum())
        return np.maximum(gains, 0.0)


def obedience(game: Game) -> Polytope:
    """Return the polytope of correlated equilibria."""
    from scipy.sparse import csr_array

    profiles = np.arange(game.profiles, dtype=np.int32).reshape(game.shape)
    entries, columns, lengths = [], [], []
    for player, count in enumerate(game.shape):
        told, other = np.nonzero(~np.eye(count, dtype=bool))
        paid = by_option(game.scaled[player], player)
        gains, differ = _unit_rows(paid[other] - paid[told], certain_gap(game, player))
        entries.append(gains.ravel())
        columns.append(by_option(profiles, player)[told[differ]].ravel())
        lengths.append(np.full(len(gains), gains.shape[1]))
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int32)
    cells = (np.concatenate(entries), np.concatenate(columns), starts)
    return Polytope(game, csr_array(cells, shape=(len(starts) - 1, game.profiles)))


def participation(game: Game) -> Polytope:
    """Return the polytope of coarse correlated equilibria."""
    from scipy.sparse import csr_array

    rows = []
    for player, table in enumerate(game.scaled):
        instead = [np.take(table, [option], axis=player) for option in range(game.shape[player])]
        gains = np.array([(paid - table).ravel() for paid in instead])
        rows.append(_unit_rows(gains, certain_gap(game, player))[0])
    return Polytope(game, csr_array(np.concatenate(rows)), coarse=True)


def best_point(
    polytope: Polytope, aim: FloatArray, floors: FloatArray | None = None
) -> FloatArray | None:
    """Return the distribution in the polytope that maximises one amount.

    Parameters
    ----------
    polytope : Polytope
    aim : ndarray, shape (profiles,)
        Its largest entries should be near 1.
    floors : ndarray, shape (k, profiles), optional
        Amounts whose means must be 0 or more.

    Returns
    -------
    ndarray, shape (profiles,), or None
        None if no method gives one whose regrets are at most 1e-9 of the players' ranges.
    """
    from scipy.sparse import csr_array, vstack

    rows = polytope.rows if floors is None else vstack([polytope.rows, csr_array(-floors)])
    return _best(polytope, aim, rows)


def fairest_point(polytope: Polytope, amounts: FloatArray) -> FloatArray | None:
    """Return the distribution in the polytope that maximises the least mean of several amounts.

    Parameters
    ----------
    polytope : Polytope
    amounts : ndarray, shape (k, profiles)
        Not negative.

    Returns
    -------
    ndarray, shape (profiles,), or None
        As for `best_point`.
    """
    from scipy.sparse import csr_array, hstack, vstack

    count = len(amounts)
    rows = vstack(
        [
            hstack([polytope.rows, csr_array((polytope.rows.shape[0], 1))]),
            hstack([csr_array(-amounts), csr_array(np.ones((count, 1)))]),
        ]
    )
    least = np.append(np.zeros(amounts.shape[1]), 1.0)
    return _best(polytope, least, rows)


def _unit_rows(gains: FloatArray, nothing: float) -> tuple[FloatArray, npt.NDArray[np.intp]]:
    """Return the rows that are not nothing, their largest entry at 1 or -1, and which they are."""
    sizes = np.abs(gains).max(axis=1, initial=0.0)
    differ = np.flatnonzero(sizes > nothing)
    return gains[differ] / sizes[differ, None], differ


def _best(polytope: Polytope, aim: FloatArray, rows: SparseArray) -> FloatArray | None:
    """Maximise `aim` over x >= 0 with A x <= 0, the shares of the profiles summing to 1."""
    profiles = polytope.game.profiles
    for vector in optima(aim, rows, profiles):
        for floor in (PROBABILITY_FLOOR, ROUNDING_FLOOR):
            shares = np.where(vector[:profiles] > floor, vector[:profiles], 0.0)
            if shares.any():
                shares /= shares.sum()
                if polytope.regrets(shares).max() <= REGRET_TOLERANCE:
                    return shares
    return None
