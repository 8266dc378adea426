"""Commitment to probabilities, between two players.

A leader that can bind itself to a mixture, and be believed, does at least as well as by any single
option and in any Nash equilibrium (von Stengel and Zamir, "Leadership games with convex strategy
sets", Games and Economic Behavior 69, 2010); in a zero-sum game it gets the minimax value.  For
each reply of the follower one linear programme finds the mixture that is best for the leader among
those to which it is a best reply; the best of these is optimal (Conitzer and Sandholm, "Computing
the optimal strategy to commit to", ACM Conference on Electronic Commerce 7, 2006, theorem 2).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterplay.concepts.dominance import certain_gap
from counterplay.errors import GameError
from counterplay.games import Game, checked_game
from counterplay.numeric import (
    PROBABILITY_FLOOR,
    REGRET_TOLERANCE,
    ROUNDING_FLOOR,
    ROUNDING_TIE,
    FloatArray,
)

_PRECISION = 1e-10
"""Feasibility asked of the solver: a tenth of what the certificate allows."""


@dataclass(frozen=True, eq=False)
class MixedCommitment:
    """The best mixture for a leader to commit to.

    Attributes
    ----------
    leader : str
    strategy : ndarray, shape (m,)
        The leader's probabilities.
    reply : str
        The follower's option: among its best replies the one that is best for the leader.
    payoffs : ndarray, shape (2,)
        Expected payoffs of both.
    value : float
        The leader's.
    regret : float
        What the follower would gain by its best other reply, recomputed from the payoffs; at
        most 1e-9 of its payoff range.
    """

    leader: str
    strategy: FloatArray
    reply: str
    payoffs: FloatArray
    value: float
    regret: float


def mixed_commitment(game: Game, leader: str | int) -> MixedCommitment:
    """Find the best mixture for one of two players to commit to.

    Parameters
    ----------
    game : Game
        Two players.
    leader : id or index

    Returns
    -------
    MixedCommitment
        The leader's probabilities and the follower's reply, with both players' expected payoffs
        in their own units and the follower's regret as certificate.

    Raises
    ------
    GameError
        If there are not two players, or no such player, or HiGHS finds no mixture that passes
        the check.

    Notes
    -----
    At the optimum the follower is often indifferent and breaks the tie in the leader's favour; by
    a slightly different mixture the leader can make that reply the only best one, unless some
    mixture of the follower's other options is as good as it everywhere.

    Examples
    --------
    >>> game = Game.from_payoffs([[[2, 4], [1, 3]], [[1, 0], [0, 1]]])
    >>> best = mixed_commitment(game, leader="p1")
    >>> best.strategy.tolist(), best.reply, best.value
    ([0.5, 0.5], 'o2', 3.5)
    """
    checked_game(game)
    if len(game.players) != 2:
        raise GameError(f"game: {len(game.players)} players; give a game of two")
    index = game.player_index(leader)
    offers = (_offer(game, index, reply) for reply in range(game.shape[1 - index]))
    found = [offer for offer in offers if offer is not None]
    if not found:
        raise GameError("payoffs: HiGHS found no commitment that passes the check")
    tie = ROUNDING_TIE * float(game.ranges[index])
    most = max(offer.value for offer in found)
    return next(offer for offer in found if offer.value >= most - tie)


def _offer(game: Game, leader: int, reply: int) -> MixedCommitment | None:
    mixture = _best_mixture(game, leader, reply)
    return None if mixture is None else _certified(game, leader, reply, mixture)


def _best_mixture(game: Game, leader: int, reply: int) -> FloatArray | None:
    """Return the leader's best mixture against which `reply` is a best reply, if there is any."""
    from scipy.optimize import linprog

    gains = np.moveaxis(game.scaled[leader], leader, 0)[:, reply]
    answers = np.moveaxis(game.scaled[1 - leader], leader, 1)
    better = answers - answers[reply]
    sizes = np.abs(better).max(axis=1)
    better = better[sizes > certain_gap(game, 1 - leader)]
    programme = linprog(
        -gains,
        A_ub=better / np.abs(better).max(axis=1, keepdims=True, initial=0.0),
        b_ub=np.zeros(len(better)),
        A_eq=np.ones((1, len(gains))),
        b_eq=[1.0],
        bounds=(0, None),
        method="highs-ds",
        options={
            "primal_feasibility_tolerance": _PRECISION,
            "dual_feasibility_tolerance": _PRECISION,
        },
    )
    return np.asarray(programme.x, dtype=np.float64) if programme.status == 0 else None


def _certified(game: Game, leader: int, reply: int, mixture: FloatArray) -> MixedCommitment | None:
    """Return the offer with its certificate, or None where the follower has a better reply."""
    for floor in (PROBABILITY_FLOOR, ROUNDING_FLOOR):
        strategy = np.where(mixture > floor, mixture, 0.0)
        strategy /= strategy.sum()
        pair = [strategy, np.eye(game.shape[1 - leader])[reply]]
        strategies = tuple(pair if leader == 0 else pair[::-1])
        regret = float(game.scaled_regret(strategies)[1 - leader])
        if regret <= REGRET_TOLERANCE:
            payoffs = game.payoff(strategies)
            for array in (strategy, payoffs):
                array.flags.writeable = False
            return MixedCommitment(
                leader=game.players[leader],
                strategy=strategy,
                reply=game.options[1 - leader][reply],
                payoffs=payoffs,
                value=float(payoffs[leader]),
                regret=regret * float(game.ranges[1 - leader]),
            )
    return None
