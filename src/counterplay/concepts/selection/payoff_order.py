"""The order of each player's payoffs over all profiles, decided exactly where they come close.

Whether a coalition gains by changing pure options is a question of order alone.  Whole numbers
that rise where a player's payoffs rise answer it without rounding, for all profiles at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from counterplay.games import Game
from counterplay.games.replies import BoolArray, rounding
from counterplay.numeric import CLOSE_CALL, ROUNDING_TIE, ExactArray

RankArray = npt.NDArray[np.intp]
"""Whole numbers that are ordered as payoffs are."""


def payoff_ranks(game: Game) -> RankArray:
    """Return for each player the rank of its payoff in every profile, 0 for the least.

    Equal payoffs share a rank.  Gaps too small for floating point are decided on the exact
    payoffs; where a game has none, payoffs that rounding could have parted count as equal, as in
    `counterplay.games.replies`.

    Returns
    -------
    ndarray of int, shape (n, m_1, ..., m_n)

    Examples
    --------
    >>> payoff_ranks(Game.from_payoffs([[[0.3, 0.1 + 0.2], [-5, 0]], [[1, 1], [1, 1]]])).tolist()
    [[[2, 3], [0, 1]], [[0, 0], [0, 0]]]
    """
    return np.stack([_ranks_of(game, player) for player in range(len(game.players))])


def ranked_best_replies(ranks: RankArray) -> BoolArray:
    """Say for every profile whether each player's option is a best reply, given the ranks.

    Returns
    -------
    ndarray of bool, shape (n, m_1, ..., m_n)
    """
    return np.stack([own == own.max(axis=i, keepdims=True) for i, own in enumerate(ranks)])


def _ranks_of(game: Game, player: int) -> RankArray:
    payoffs = game.payoffs[player].ravel()
    order = np.argsort(payoffs, kind="stable")
    steps = np.diff(payoffs[order])
    rises = steps > max(CLOSE_CALL * float(game.ranges[player]), ROUNDING_TIE * game.formula_size)
    if not rises.all():
        if game.exact is None:
            rises |= steps > rounding(game, player)
        else:
            exact: ExactArray = game.exact[player].ravel()
            order, rises = _exact_order(exact, order, rises)
    ranks = np.empty(len(payoffs), dtype=np.intp)
    ranks[order] = np.concatenate([[0], np.cumsum(rises)])
    return ranks.reshape(game.shape)


def _exact_order(
    exact: ExactArray, order: RankArray, rises: BoolArray
) -> tuple[RankArray, BoolArray]:
    """Sort each run of close payoffs by the exact ones, and say where those rise."""
    ordered: list[Any] = []
    for run in np.split(order, np.flatnonzero(rises) + 1):
        ordered += sorted(run.tolist(), key=exact.__getitem__)
    values = exact[ordered]
    return np.array(ordered, dtype=np.intp), np.asarray(values[1:] > values[:-1], dtype=np.bool_)
