"""Pure Nash equilibria: profiles in which every option is a best reply, decided exactly."""

from __future__ import annotations

import numpy as np

from counterplay.concepts.certify import certify
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game, Profile, best_replies, pure_strategies


def pure_profiles(game: Game) -> tuple[Profile, ...]:
    """Return every pure equilibrium as a profile of option indices, in lexicographic order."""
    stable = best_replies(game).all(axis=0)
    return tuple(tuple(int(k) for k in profile) for profile in np.argwhere(stable))


def pure_equilibria(game: Game) -> tuple[Equilibrium, ...]:
    """Return every pure equilibrium with its certificate, in lexicographic order.

    The scan of all profiles is complete: payoff gaps too close for floating point are decided on
    exact payoffs.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 2], [4, 1]], [[3, 4], [2, 1]]])
    >>> [equilibrium.support for equilibrium in pure_equilibria(game)]
    [(('o1',), ('o2',)), (('o2',), ('o1',))]
    """
    return tuple(
        certify(game, pure_strategies(profile, game.shape)) for profile in pure_profiles(game)
    )
