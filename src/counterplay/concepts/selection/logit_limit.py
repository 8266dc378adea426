"""Which equilibrium the principal branch of logit equilibria leads to.

Logit quantal response equilibria (McKelvey and Palfrey, Quantal response equilibria for normal
form games, Games and Economic Behavior 10, 1995) start from uniform play at precision 0.  For
almost all games the branch that starts there has a single limit as precision grows, and that is
a Nash equilibrium: the logit equilibrium.  One precision multiplies all players' payoffs as given
(`quantal`), so that the units of payoffs matter to which it is.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from counterplay.concepts.quantal_branch import quantal_branch
from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game

_SAME = 1e-6
"""Most that probabilities of one and the same equilibrium may differ."""


def logit_limit(game: Game, equilibria: Sequence[Equilibrium]) -> int | None:
    """Return the position of the equilibrium that the principal logit branch tends to.

    Returns
    -------
    int or None
        None where the limit was not identified, or is not in the list.

    Raises
    ------
    GameError
        If an equilibrium does not fit the game.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> hunt = Game.from_payoffs([[[4, 0], [3, 3]], [[4, 3], [0, 3]]])
    >>> logit_limit(hunt, pure_equilibria(hunt))
    1
    """
    check_fit(game, equilibria)
    limit = quantal_branch(game).limit if equilibria else None
    if limit is None:
        return None
    reached = np.concatenate(limit.strategies)
    for position, equilibrium in enumerate(equilibria):
        if np.abs(np.concatenate(equilibrium.strategies) - reached).max() <= _SAME:
            return position
    return None
