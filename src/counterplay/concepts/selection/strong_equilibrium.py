"""Strong equilibria: no coalition can change its options together so that every member gains.

Aumann, Acceptable points in general cooperative n-person games, in Contributions to the Theory of
Games IV (1959).  The deviations looked at are joint pure ones: each member changes to one option
for sure while the players outside keep their strategies.  All coalitions and all such deviations
are looked at.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.selection.payoff_order import RankArray, payoff_ranks
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game, Profile, Strategies
from counterplay.numeric import REGRET_TOLERANCE

Coalition = tuple[int, ...]
"""Indices of the players that act together."""


def strong(game: Game, equilibrium: Equilibrium) -> bool:
    """Say whether no coalition has a joint pure deviation from which every member gains.

    Exact for pure equilibria.  For mixed ones the others' probabilities are kept, expected payoffs
    are compared, and gains up to 1e-9 of a player's range do not count.

    Raises
    ------
    GameError
        If the equilibrium does not fit the game.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> dilemma = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> [strong(dilemma, equilibrium) for equilibrium in pure_equilibria(dilemma)]
    [False]
    """
    check_fit(game, [equilibrium])
    if equilibrium.profile is not None:
        return unblocked(payoff_ranks(game), equilibrium.profile)
    return not any(
        _all_gain(game, coalition, equilibrium.strategies)
        for coalition in coalitions(len(game.players))
    )


def unblocked(ranks: RankArray, profile: Profile) -> bool:
    """Say whether a pure profile is strong, given the players' ranks of all profiles."""
    return not any(
        gainful(ranks, coalition, profile).any() for coalition in coalitions(len(profile))
    )


def coalitions(players: int) -> Iterator[Coalition]:
    """Yield every coalition, small ones first."""
    for size in range(1, players + 1):
        yield from itertools.combinations(range(players), size)


def gainful(ranks: RankArray, coalition: Coalition, profile: Profile) -> np.ndarray:
    """Say for every joint option of a coalition whether each member gains by it.

    Returns
    -------
    ndarray of bool, one axis a member
    """
    cells = tuple(slice(None) if i in coalition else k for i, k in enumerate(profile))
    gains = np.ones([ranks.shape[1 + i] for i in coalition], dtype=np.bool_)
    for member in coalition:
        gains &= ranks[member][cells] > ranks[member][profile]
    return gains


def _all_gain(game: Game, coalition: Coalition, vectors: Strategies) -> bool:
    """Say whether some joint option pays every member more than the mixed profile."""
    gains = np.ones([game.shape[i] for i in coalition], dtype=np.bool_)
    for member in coalition:
        table = game.scaled[member]
        for other in range(len(vectors) - 1, -1, -1):
            if other not in coalition:
                table = np.tensordot(table, vectors[other], axes=([other], [0]))
        here = table
        for i in coalition:
            here = np.tensordot(vectors[i], here, axes=([0], [0]))
        gains &= table > float(here) + REGRET_TOLERANCE
    return bool(gains.any())
