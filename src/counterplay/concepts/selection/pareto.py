"""Pareto-undominated equilibria: no other equilibrium listed is better for some, worse for none.

The comparison is between the equilibria given, so what it says is relative to that list; profiles
that are no equilibria do not count (Harsanyi and Selten, A General Theory of Equilibrium Selection
in Games, 1988, call this payoff dominance).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game
from counterplay.numeric import REGRET_TOLERANCE


def pareto_undominated(
    game: Game, equilibria: Sequence[Equilibrium], first: int | None = None
) -> tuple[bool, ...]:
    """Say of each equilibrium whether no other one listed is better for some and worse for none.

    Payoffs within 1e-9 of a player's range count as equal.

    Parameters
    ----------
    game : Game
    equilibria : sequence of Equilibrium
        The list; the answer is relative to it.
    first : int, optional
        Answer for so many only, though compared with all: long lists take long.

    Raises
    ------
    GameError
        If an equilibrium does not fit the game.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> hunt = Game.from_payoffs([[[2, 0], [1, 1]], [[2, 1], [0, 1]]])
    >>> pareto_undominated(hunt, pure_equilibria(hunt))
    (True, False)
    """
    check_fit(game, equilibria)
    payoffs = np.array([e.payoffs for e in equilibria]).reshape(-1, len(game.players))
    scale = np.where(game.ranges > 0, game.ranges, 1.0)
    gains = ((payoffs - own.payoffs) / scale for own in equilibria[:first])
    return tuple(
        not np.any((gain >= -REGRET_TOLERANCE).all(axis=1) & (gain > REGRET_TOLERANCE).any(axis=1))
        for gain in gains
    )
