"""Best-reply dynamics: where players who revise one at a time come to rest.

Players revise one at a time, each round in a new random order.  Who revises keeps its option if
that is a best reply to what the others do now, and else changes to a best reply, to one of several
with equal chance.  A pure equilibrium is a rest point (Milchtaich, Congestion games with
player-specific payoff functions, Games and Economic Behavior 13, 1996, studies such paths).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.selection.payoff_order import payoff_ranks, ranked_best_replies
from counterplay.concepts.selection.shares import BasinShares, check_starts, counted
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game
from counterplay.games.replies import BoolArray

ROUNDS = 100
"""Rounds after which a start counts as ended in no equilibrium."""

_Indices = npt.NDArray[np.intp]


def best_reply_share(
    game: Game, equilibria: Sequence[Equilibrium], starts: int = 1000, seed: int = 0
) -> BasinShares:
    """Return the share of random pure profiles from which best replies lead to each equilibrium.

    Starts are drawn uniformly from all profiles.  After 100 rounds in which every player revised
    once, a start that has not come to rest is counted under `none`.  Mixed equilibria are never
    reached, since choices stay firm.

    Parameters
    ----------
    game : Game
    equilibria : sequence of Equilibrium
    starts : int, 1 to 1,000,000
    seed : int, 0 or more

    Raises
    ------
    GameError
        If an equilibrium does not fit the game, or starts or seed cannot be used.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> hunt = Game.from_payoffs([[[2, 0], [1, 1]], [[2, 1], [0, 1]]])
    >>> found = best_reply_share(hunt, pure_equilibria(hunt))
    >>> [round(share.value, 1) for share in found.shares], found.none.count
    ([0.5, 0.5], 0)
    """
    check_starts(starts, seed)
    check_fit(game, equilibria)
    return best_reply_basins(
        game, ranked_best_replies(payoff_ranks(game)), equilibria, starts, seed
    )


def best_reply_basins(
    game: Game, best: BoolArray, equilibria: Sequence[Equilibrium], starts: int, seed: int
) -> BasinShares:
    """Return the same, given which options are best replies in every profile."""
    generator = np.random.default_rng(seed)
    state = generator.integers(0, game.profiles, size=starts)
    replies = best.reshape(len(game.players), -1)
    resting: BoolArray = np.asarray(replies.all(axis=0))
    for _ in range(ROUNDS):
        moving = np.flatnonzero(~resting[state])
        if len(moving) == 0:
            break
        state[moving] = _one_round(game, replies, state[moving], generator)
    places = _places(game, equilibria)
    ends = [places.get(profile, -1) for profile in state.tolist()]
    return counted(ends, len(equilibria), starts, seed)


def _one_round(
    game: Game, replies: BoolArray, state: _Indices, generator: np.random.Generator
) -> _Indices:
    """Let every player revise once, in an order drawn for each start."""
    players = np.tile(np.arange(len(game.players)), (len(state), 1))
    for revising in generator.permuted(players, axis=1).T:
        state = _revised(game, replies, state, revising, generator)
    return state


def _revised(
    game: Game,
    replies: BoolArray,
    state: _Indices,
    revising: _Indices,
    generator: np.random.Generator,
) -> _Indices:
    """Return each profile after one player in it has revised its option.

    A profile is the number of its cell in C order, so that a player's next option lies a fixed
    stride further on.
    """
    counts = np.array(game.shape)
    stride = (np.append(np.cumprod(counts[::-1])[::-1], 1)[1:])[revising]
    first = state - state // stride % counts[revising] * stride
    options = np.arange(counts.max())
    there = options < counts[revising][:, None]
    cells = np.where(there, first[:, None] + stride[:, None] * options, state[:, None])
    best = replies[revising[:, None], cells] & there
    chosen = np.where(best, generator.random(best.shape), -1.0).argmax(axis=1)
    stays = replies[revising, state]
    return np.where(stays, state, first + stride * chosen)


def _places(game: Game, equilibria: Sequence[Equilibrium]) -> dict[int, int]:
    """Return the position in the list by the number of the profile's cell."""
    places: dict[int, int] = {}
    for position, equilibrium in enumerate(equilibria):
        if equilibrium.profile is not None:
            places[int(np.ravel_multi_index(equilibrium.profile, game.shape))] = position
    return places
