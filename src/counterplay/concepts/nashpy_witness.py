"""A second opinion on two-player equilibria, from somebody else's program.

nashpy enumerates the vertices of the best-reply polytopes in floating point (algorithm 3.5 of von
Stengel, "Equilibrium computation for two-player games", Algorithmic Game Theory, 2007).  Ties can
make it miss equilibria or propose wrong ones, so it serves as a witness only: each profile that
it proposes is solved for again in fractions on its own support, and where it proves to be an
equilibrium the solution must contain it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from counterplay.concepts.solution import Region, Solution, checked_solution
from counterplay.games import Game, checked_game
from counterplay.numeric import FloatArray

LONGEST = 5
"""nashpy takes seconds where a player has more options."""

_CLOSE = 1e-7
"""Up to this, shares that nashpy gives are zero and replies that it finds as good are tied."""

_SAME = 1e-9
"""Up to this, two probabilities in double precision are those of one equilibrium."""

Fractions = tuple[Fraction, ...]


def nashpy_agrees(game: Game, solution: Solution) -> bool | None:
    """Say whether a solution contains every equilibrium that nashpy finds.

    Parameters
    ----------
    game : Game
    solution : Solution
        Of that game.

    Returns
    -------
    bool or None
        None where nashpy is not asked (it must be two players with 2 to 5 options each, and exact
        payoffs), fails, or proposes nothing that proves to be an equilibrium.

    Raises
    ------
    GameError
        If the solution is none of this game.

    Examples
    --------
    >>> from counterplay.concepts.nash import nash
    >>> game = Game.from_payoffs([[[3, 2], [4, 1]], [[3, 4], [2, 1]]])
    >>> nashpy_agrees(game, nash(game))
    True
    """
    checked_solution(checked_game(game), solution)
    if len(game.shape) != 2 or min(game.shape) < 2 or max(game.shape) > LONGEST:
        return None
    if game.exact is None:
        return None
    A, B = game.exact[0].tolist(), game.exact[1].T.tolist()
    proposed = [_solved_again(profile, A, B) for profile in _proposals(game)]
    proved = [p for p in proposed if p is not None and _is_equilibrium(p, A, B)]
    if not proved:
        return None
    return all(_is_contained(profile, solution) for profile in proved)


def _proposals(game: Game) -> list[tuple[FloatArray, FloatArray]]:
    import nashpy
    from scipy.spatial import QhullError

    first, second = (table + 1.0 for table in game.scaled)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            pairs = [
                (np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64))
                for x, y in nashpy.Game(first, second).vertex_enumeration()
            ]
        except (QhullError, ValueError, IndexError, np.linalg.LinAlgError):
            return []
    return [pair for pair in pairs if all(np.all(np.isfinite(vector)) for vector in pair)]


def _solved_again(
    profile: tuple[FloatArray, FloatArray], A: list[list[Fraction]], B: list[list[Fraction]]
) -> tuple[Fractions, Fractions] | None:
    """Return the only profile on the same supports with the same best replies, in fractions.

    Parameters
    ----------
    A, B : each player's payoffs, its own options first
    """
    x, y = profile
    own = _mixture(x, B)
    other = _mixture(y, A)
    return None if own is None or other is None else (own, other)


def _mixture(near: FloatArray, replies: list[list[Fraction]]) -> Fractions | None:
    """Return the mixture on the support of `near` under which its best replies pay the same.

    Parameters
    ----------
    near : ndarray
        A mixture in double precision.
    replies : what the other player gets, for each of its options, against each option mixed
    """
    played = [int(k) for k in np.flatnonzero(near > _CLOSE)]
    paid = np.array(replies, dtype=np.float64) @ near
    spread = np.ptp(np.array(replies, dtype=np.float64))
    best = [int(k) for k in np.flatnonzero(paid >= paid.max() - _CLOSE * spread)]
    level = replies[best[0]]
    gaps = [[replies[k][i] - level[i] for i in played] for k in best[1:]]
    shares = _only_solution([*gaps, [Fraction(1)] * len(played)])
    if shares is None:
        return None
    vector = [Fraction(0)] * len(near)
    for i, share in zip(played, shares, strict=True):
        vector[i] = share
    return tuple(vector)


def _only_solution(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """Solve rows . z = (0, ..., 0, 1); None where there is no solution or more than one."""
    left = [[*row, Fraction(k == len(rows) - 1)] for k, row in enumerate(rows)]
    width = len(rows[0])
    for column in range(width):
        at = next((k for k in range(column, len(left)) if left[k][column]), None)
        if at is None:
            return None
        left[column], left[at] = left[at], left[column]
        pivot = [x / left[column][column] for x in left[column]]
        left = [
            pivot
            if k == column
            else [x - row[column] * y for x, y in zip(row, pivot, strict=True)]
            for k, row in enumerate(left)
        ]
    if any(row[-1] for row in left[width:]):
        return None
    return [row[-1] for row in left[:width]]


def _is_equilibrium(
    profile: tuple[Fractions, Fractions], A: list[list[Fraction]], B: list[list[Fraction]]
) -> bool:
    x, y = profile
    if min(x) < 0 or min(y) < 0:
        return False
    return _is_best(x, A, y) and _is_best(y, B, x)


def _is_best(own: Fractions, payoffs: list[list[Fraction]], other: Fractions) -> bool:
    paid = [sum(u * p for u, p in zip(row, other, strict=True)) for row in payoffs]
    return all(value == max(paid) for value, share in zip(paid, own, strict=True) if share)


def _is_contained(profile: tuple[Fractions, Fractions], solution: Solution) -> bool:
    vectors = [np.array(vector, dtype=np.float64) for vector in profile]
    listed = any(_is_near(vectors, equilibrium.strategies) for equilibrium in solution)
    return listed or any(_covers(region, vectors) for region in solution.regions)


def _is_near(first: Sequence[FloatArray], second: Sequence[FloatArray]) -> bool:
    return all(np.abs(x - y).max() <= _SAME for x, y in zip(first, second, strict=True))


def _covers(region: Region, vectors: Sequence[FloatArray]) -> bool:
    return all(
        np.all(vector >= bounds[:, 0] - _SAME) and np.all(vector <= bounds[:, 1] + _SAME)
        for vector, bounds in zip(vectors, region.ranges, strict=True)
    )
