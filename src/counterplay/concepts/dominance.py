"""Iterated elimination of strictly dominated options.

An option is strictly dominated when some mixture of the player's other options pays more against
everything the others can still do.  What survives does not depend on the order of elimination,
and no eliminated option is played in any equilibrium (Osborne and Rubinstein, A Course in Game
Theory, section 4.2).
"""

from __future__ import annotations

import numpy as np

from counterplay.games import Game
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
    kept: list[tuple[int, ...]] = [tuple(range(count)) for count in game.shape]
    changed = True
    while changed:
        changed = False
        for player in range(len(kept)):
            left = _undominated_rows(_rows(game, kept, player), kept[player])
            changed = changed or left != kept[player]
            kept[player] = left
    return tuple(kept)


def _rows(game: Game, kept: list[tuple[int, ...]], player: int) -> FloatArray:
    table = game.scaled[player][np.ix_(*kept)]
    rows: FloatArray = np.moveaxis(table, player, 0).reshape(len(kept[player]), -1)
    return rows


def _undominated_rows(rows: FloatArray, names: tuple[int, ...]) -> tuple[int, ...]:
    kept = list(range(len(names)))
    for row in range(len(names)):
        if len(kept) > 1 and row in kept and _is_dominated(rows[kept], kept.index(row)):
            kept.remove(row)
    return tuple(names[row] for row in kept)


def _is_dominated(rows: FloatArray, row: int) -> bool:
    """Say whether a mixture of the other rows is greater than `row` in every column."""
    best = rows.max(axis=0)
    if np.any(rows[row] >= best - _CERTAIN):
        return False
    others = np.delete(rows, row, axis=0)
    if np.any((others - rows[row]).min(axis=1) > _CERTAIN):
        return True
    mixture = _dominating_mixture(others, rows[row])
    return mixture is not None and _pays_more(mixture, others, rows[row])


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
    return bool(np.all(shares / shares.sum() @ others > row + _CERTAIN))
