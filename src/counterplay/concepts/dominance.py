"""Iterated elimination of strictly dominated options.

An option is strictly dominated when some mixture of the player's other options pays more against
everything the others can still do.  What survives does not depend on the order of elimination,
and no eliminated option is played in any equilibrium (Osborne and Rubinstein, A Course in Game
Theory, section 4.2).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from counterplay.games import Game, checked_game
from counterplay.games.replies import rounding
from counterplay.numeric import FloatArray

Kept = tuple[tuple[int, ...], ...]
"""For each player the indices of the options that are left."""

_CERTAIN = 1e-12
"""Gaps above this share of the payoff range cannot be rounding."""

_ROUNDING = 4 * float(np.finfo(np.float64).eps)
"""Rounding of the payoffs themselves, as a share of the largest."""


def undominated(game: Game) -> tuple[tuple[str, ...], ...]:
    """Return the options of each player that survive iterated strict dominance, by mixtures too.

    Parameters
    ----------
    game : Game

    Returns
    -------
    tuple of n tuples of str
        Ids of the options that are left, in their order; at least one a player.

    Raises
    ------
    GameError
        If `game` is no game.

    Examples
    --------
    >>> game = Game.from_payoffs([[[2, 0], [3, 1]], [[2, 3], [0, 1]]])  # the prisoner's dilemma
    >>> undominated(game)
    (('o2',), ('o2',))
    """
    checked_game(game)
    return tuple(
        tuple(names[k] for k in keep)
        for names, keep in zip(game.options, survivors(game), strict=True)
    )


def survivors(game: Game) -> Kept:
    """Return the indices of the options that survive iterated strict dominance.

    Every elimination is certified: the payoff gap of the dominating mixture is far above rounding.
    """
    kept = tuple(tuple(range(count)) for count in game.shape)
    certain = [certain_gap(game, player) for player in range(len(kept))]
    while True:
        left = _one_pass(game, kept, certain, _unbeaten_by_one)
        if left == kept:
            left = _one_pass(game, kept, certain, _unbeaten_by_mixture)
        if left == kept:
            return kept
        kept = left


def unbeaten(game: Game) -> Kept:
    """Return the indices of the options that survive iterated dominance by single options."""
    certain = [certain_gap(game, player) for player in range(len(game.shape))]
    kept: Kept = ()
    left: Kept = tuple(tuple(range(count)) for count in game.shape)
    while left != kept:
        kept = left
        left = _one_pass(game, kept, certain, _unbeaten_by_one)
    return kept


def _one_pass(
    game: Game,
    kept: Kept,
    certain: Sequence[float],
    unbeaten: Callable[[FloatArray, float], Sequence[int]],
) -> Kept:
    """Go through the players once; each keeps the options that are not beaten."""
    left = list(kept)
    for player, gap in enumerate(certain):
        if len(left[player]) > 1:
            rows = option_rows(game.scaled[player], left, player)
            left[player] = tuple(left[player][row] for row in unbeaten(rows, gap))
    return tuple(left)


def option_rows(table: Any, kept: Sequence[Sequence[int]], player: int) -> Any:  # noqa: ANN401 - floats or fractions
    """Return one row for each kept option of `player`, one column for all that others may do."""
    part = table if table.size == math.prod(map(len, kept)) else table[np.ix_(*kept)]
    return by_option(part, player)


def by_option(table: Any, player: int) -> Any:  # noqa: ANN401 - payoffs, exact ones, ranks, marks, indices
    """Return a table over profiles with one row for each option of `player`."""
    return np.moveaxis(table, player, 0).reshape(table.shape[player], -1)


def certain_gap(game: Game, player: int) -> float:
    """Return the gap, as a share of the player's range, that cannot be rounding."""
    spread = float(game.ranges[player])
    if spread == 0:
        return _CERTAIN
    size = _ROUNDING * float(np.abs(game.payoffs[player]).max())
    if game.formula_size > 0:
        size = max(size, rounding(game, player))
    return max(_CERTAIN, size / spread)


def _unbeaten_by_one(rows: FloatArray, certain: float) -> Sequence[int]:
    """Return the rows to which no other row is greater in every column."""
    return [k for k, row in enumerate(rows) if not ((rows - row).min(axis=1) > certain).any()]


def _unbeaten_by_mixture(rows: FloatArray, certain: float) -> Sequence[int]:
    """Return the rows to which no mixture of other rows is greater in every column."""
    best = (rows >= rows.max(axis=0) - certain).any(axis=1)
    left = list(range(len(rows)))
    for row in np.flatnonzero(~best):
        others = rows[[k for k in left if k != row]]
        mixture = dominating_mixture(others, rows[row])
        if mixture is not None and _pays_more(mixture, others, rows[row] + certain):
            left.remove(int(row))
    return left


def dominating_mixture(others: FloatArray, row: FloatArray) -> FloatArray | None:
    """Return the mixture of `others` whose least gap to `row` is greatest, if that is positive.

    It is the solver's word; who uses it checks it.
    """
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
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if answer.status != 0 or -answer.fun <= _CERTAIN:
        return None
    return np.asarray(answer.x[:count], dtype=np.float64)


def never_losing_mixture(
    others: FloatArray, row: FloatArray
) -> tuple[FloatArray, FloatArray] | None:
    """Return the mixture of `others` that gains most over `row` in total and loses nowhere.

    With it come the columns' prices, 0 or more: how much the total would gain for each unit that
    the mixture might lose there.  Both are the solver's word; who uses them checks them.
    """
    from scipy.optimize import linprog

    answer = linprog(
        -others.sum(axis=1),
        A_ub=-others.T,
        b_ub=-row,
        A_eq=np.ones((1, len(others))),
        b_eq=[1.0],
        bounds=(0, 1),
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if answer.status != 0:
        return None
    mixture = np.clip(answer.x, 0.0, None)
    return mixture / mixture.sum(), -np.minimum(answer.ineqlin.marginals, 0.0)


def _pays_more(mixture: FloatArray, others: FloatArray, row: FloatArray) -> bool:
    shares = np.clip(mixture, 0.0, None)
    return bool(np.all(shares / shares.sum() @ others > row))
