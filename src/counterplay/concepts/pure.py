"""Pure Nash equilibria: profiles in which every option is a best reply, decided exactly."""

from __future__ import annotations

import numpy as np

from counterplay.concepts.solution import Equilibrium
from counterplay.games import (
    Game,
    Profile,
    best_replies,
    pure_strategies,
    sole_replies,
)
from counterplay.games.replies import BoolArray
from counterplay.numeric import FloatArray


def pure_profiles(game: Game) -> tuple[Profile, ...]:
    """Return every pure equilibrium as a profile of option indices, in lexicographic order."""
    return _stable(best_replies(game))


def _stable(replies: BoolArray) -> tuple[Profile, ...]:
    return tuple(map(tuple, np.argwhere(replies.all(axis=0)).tolist()))


def pure_equilibria(game: Game) -> tuple[Equilibrium, ...]:
    """Return every pure equilibrium with its certificate, in lexicographic order.

    The scan of all profiles is complete: payoff gaps too close for floating point are decided on
    exact payoffs.  Certificates are `certify`'s, worked out for all profiles at once.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 2], [4, 1]], [[3, 4], [2, 1]]])
    >>> [equilibrium.support for equilibrium in pure_equilibria(game)]
    [(('o1',), ('o2',)), (('o2',), ('o1',))]
    """
    replies = best_replies(game)
    strict: BoolArray = np.asarray(sole_replies(replies).all(axis=0))
    gains = [
        (table.max(axis=player, keepdims=True) - table) * game.ranges[player]
        for player, table in enumerate(game.scaled)
    ]
    regret: FloatArray = np.stack(gains).max(axis=0)
    return tuple(
        pure_certificate(game, profile, float(regret[profile]), strict=bool(strict[profile]))
        for profile in _stable(replies)
    )


def pure_certificate(game: Game, profile: Profile, regret: float, *, strict: bool) -> Equilibrium:
    """Return a pure equilibrium with its certificate, given what was found out about it."""
    payoffs = np.array([table[profile] for table in game.payoffs])
    payoffs.flags.writeable = False
    return Equilibrium(
        strategies=pure_strategies(profile, game.shape),
        payoffs=payoffs,
        regret=regret,
        strict=strict,
        support=tuple((option,) for option in game.profile_ids(profile)),
        index=1 if strict else None,
    )
