"""p-dominance: how sure of the others everybody must be for an equilibrium to hold.

Morris, Rob and Shin, p-Dominance and belief potential, Econometrica 63 (1995), for two players;
Kajii and Morris, The robustness of equilibria to incomplete information, Econometrica 65 (1997),
for more.  A pure equilibrium is p-dominant if each player's option is a best reply to every belief
that gives at least probability p to the event that all others play their parts.  The least such p
is 0 where no other option ever pays more, and below 1/2 for one strict equilibrium at most.
"""

from __future__ import annotations

import numpy as np

from counterplay.concepts.dominance import by_option
from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game, Profile
from counterplay.numeric import ROUNDING_TIE, FloatArray


def least_p_dominance(game: Game, equilibrium: Equilibrium) -> float | None:
    """Return the least p for which a pure equilibrium is p-dominant, from 0 to 1.

    Returns
    -------
    float or None
        1 where a player needs certainty, because it is otherwise indifferent.  None for a mixed
        equilibrium.

    Raises
    ------
    GameError
        If the equilibrium does not fit the game.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> hunt = Game.from_payoffs([[[4, 0], [3, 3]], [[4, 3], [0, 3]]])
    >>> [least_p_dominance(hunt, equilibrium) for equilibrium in pure_equilibria(hunt)]
    [0.75, 0.25]
    """
    check_fit(game, [equilibrium])
    if equilibrium.profile is None:
        return None
    return float(needed_beliefs(game, equilibrium.profile).max())


def needed_beliefs(game: Game, profile: Profile) -> FloatArray:
    """Return for each player how probable the others' parts must be to it, shape (n,).

    A belief that gives them probability p is worst for an option where the rest of it lies on
    the one combination in which another option gains most.
    """
    return np.array([_needed_belief(game, profile, i) for i in range(len(profile))])


def _needed_belief(game: Game, profile: Profile, player: int) -> float:
    if game.shape[player] == 1:
        return 0.0
    table = game.scaled[player]
    leads = table.take([profile[player]], axis=player) - table
    leads = np.where(np.abs(leads) <= ROUNDING_TIE, 0.0, leads)
    line = tuple(slice(None) if i == player else k for i, k in enumerate(profile))
    here = np.maximum(leads[line], 0.0)
    worst = np.maximum(-by_option(leads, player).min(axis=1), 0.0)
    total = here + worst
    return float((worst / np.where(total > 0, total, 1.0)).max())
