"""Iterated elimination of strictly dominated options.

An option is strictly dominated when some mixture of the player's other options pays more against
everything the others can still do.  What survives does not depend on the order of elimination,
and no eliminated option is played in any equilibrium (Osborne and Rubinstein, A Course in Game
Theory, section 4.2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from counterplay.games import Game
from counterplay.games.replies import rounding
from counterplay.numeric import FloatArray

Kept = tuple[tuple[int, ...], ...]
"""For each player the indices of the options that are left."""

_CERTAIN = 1e-12
"""Gaps above this share of the payoff range cannot be rounding."""


def undominated(game: Game) -> tuple[tuple[str, ...], ...]:
    """Return the options of each player that survive iterated strict dominance, by mixtures too.

    Examples
    --------
    >>> game = Game.from_payoffs([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])  # the prisoner's dilemma
    >>> undominated(game)
    (('o2',), ('o2',))
    """
    return tuple(
        tuple(names[k] for k in keep)
        for names, keep in zip(game.options, survivors(game), strict=True)
    )


def survivors(game: Game) -> Kept:
    """Return the indices of the options that survive iterated strict dominance.

    Every elimination is certified: the payoff gap of the dominating mixture is far above rounding.
    """
    kept = tuple(tuple(range(count)) for count in game.shape)
    while True:
        left = _one_pass(game, kept, _beaten_by_one)
        if left == kept:
            left = _one_pass(game, kept, _beaten_by_mixture)
        if left == kept:
            return kept
        kept = left


def _one_pass(game: Game, kept: Kept, beaten: Callable[[FloatArray, int, float], bool]) -> Kept:
    """Go through the players once; each loses the options that are beaten."""
    left = list(kept)
    for player in range(len(left)):
        rows = _rows(game, left, player)
        certain = _certain(game, player)
        names = list(range(len(rows)))
        for row in range(len(rows)):
            if len(names) > 1 and beaten(rows[names], names.index(row), certain):
                names.remove(row)
        left[player] = tuple(left[player][row] for row in names)
    return tuple(left)


def _rows(game: Game, kept: Sequence[tuple[int, ...]], player: int) -> FloatArray:
    table = game.scaled[player][np.ix_(*kept)]
    rows: FloatArray = np.moveaxis(table, player, 0).reshape(len(kept[player]), -1)
    return rows


def _certain(game: Game, player: int) -> float:
    """Return the gap, as a share of the player's range, that cannot be rounding."""
    spread = float(game.ranges[player])
    if game.formula_size == 0 or spread == 0:
        return _CERTAIN
    return max(_CERTAIN, rounding(game, player) / spread)


def _beaten_by_one(rows: FloatArray, row: int, certain: float) -> bool:
    """Say whether another row is greater than `row` in every column."""
    return bool(np.any((rows - rows[row]).min(axis=1) > certain))


def _beaten_by_mixture(rows: FloatArray, row: int, certain: float) -> bool:
    """Say whether a mixture of the other rows is greater than `row` in every column."""
    if np.any(rows[row] >= rows.max(axis=0) - certain):
        return False
    others = np.delete(rows, row, axis=0)
    mixture = _dominating_mixture(others, rows[row])
    return mixture is not None and _pays_more(mixture, others, rows[row] + certain)


def _dominating_mixture(others: FloatArray, row: FloatArray) -> FloatArray | None:
    from scipy.optimize import linprog

    count = len(others)
    answer = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.hstack([-others.T, np.ones((len(row), 1))]),
        b_ub=-row,
        A_eq=np.append(np.ones(count), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0, 1)] * count + [(None, None)],
        method="highs",
    )
    if answer.status != 0 or -answer.fun <= _CERTAIN:
        return None
    return np.asarray(answer.x[:count], dtype=np.float64)


def _pays_more(mixture: FloatArray, others: FloatArray, row: FloatArray) -> bool:
    shares = np.clip(mixture, 0.0, None)
    return bool(np.all(shares / shares.sum() @ others > row))
