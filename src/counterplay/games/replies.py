"""Best replies against pure profiles, decided exactly where payoffs come close.

Float payoffs carry rounding: ``0.1 + 0.2`` and ``0.3`` differ in the last bit.  A gap below
`CLOSE_CALL` of the player's payoff range is therefore decided on the exact payoffs; where a game
has none (its formulas use `exp`, `log` or `sqrt`), gaps below `ROUNDING_TIE` of the player's
largest payoff count as ties.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from counterplay.games.profiles import Profile
from counterplay.games.strategic import Game
from counterplay.numeric import CLOSE_CALL, ROUNDING_TIE, FloatArray

BoolArray = npt.NDArray[np.bool_]


def best_replies(game: Game) -> BoolArray:
    """Say for every profile whether each player's option is a best reply to the others.

    Returns
    -------
    ndarray of bool, shape (n, m_1, ..., m_n)
    """
    return np.stack([_best_replies_of(game, player) for player in range(len(game.players))])


def sole_replies(replies: BoolArray) -> BoolArray:
    """Say for every profile whether each player's option is its only one of `best_replies`."""
    return np.stack(
        [mask & (mask.sum(axis=i, keepdims=True) == 1) for i, mask in enumerate(replies)]
    )


def margins(game: Game, profile: Profile) -> FloatArray:
    """Return what each player would lose by its best deviation from a pure profile, shape (n,).

    Negative where the player gains by deviating, exactly 0 where it is indifferent, infinite
    where it has one option only.
    """
    return np.array([_margin(game, profile, player) for player in range(len(game.players))])


def _best_replies_of(game: Game, player: int) -> BoolArray:
    payoffs: FloatArray = game.payoffs[player]
    gap = payoffs.max(axis=player, keepdims=True) - payoffs
    close: BoolArray = gap <= _close(game, player)
    if not np.any(close.sum(axis=player) > 1):
        return close
    if game.exact is None:
        tied: BoolArray = close & (gap <= rounding(game, player))
        return tied
    exact = game.exact[player]
    best = np.where(close, exact, exact.min()).max(axis=player, keepdims=True)
    among_close: BoolArray = close & np.asarray(exact == best, dtype=bool)
    return among_close


def _margin(game: Game, profile: Profile, player: int) -> float:
    line = tuple(slice(None) if i == player else k for i, k in enumerate(profile))
    payoffs = game.payoffs[player][line]
    own = profile[player]
    others = [k for k in range(len(payoffs)) if k != own]
    if not others:
        return np.inf
    margin = float(payoffs[own] - payoffs[others].max())
    if abs(margin) > _close(game, player):
        return margin
    if game.exact is not None:
        exact = game.exact[player][line]
        return float(exact[own] - max(exact[others]))
    return 0.0 if abs(margin) <= rounding(game, player) else margin


def _close(game: Game, player: int) -> float:
    """Return the gap up to which floating point does not decide."""
    return max(CLOSE_CALL * float(game.ranges[player]), ROUNDING_TIE * game.formula_size)


def rounding(game: Game, player: int) -> float:
    """Return the gap up to which payoffs without exact values count as tied."""
    return ROUNDING_TIE * max(game.formula_size, float(np.abs(game.payoffs[player]).max()))
