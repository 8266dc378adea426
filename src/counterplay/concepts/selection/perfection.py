"""Trembling-hand perfect equilibria of two players: those in which nobody's strategy is dominated.

An equilibrium is perfect if it is the limit of equilibria of games in which every option is played
with at least some small probability by mistake (Selten, Reexamination of the perfectness concept
for equilibrium points in extensive games, International Journal of Game Theory 4, 1975).  With two
players these are exactly the equilibria in which no strategy is weakly dominated (van Damme,
Stability and Perfection of Nash Equilibria, 1987, theorem 3.2.2).  With more players that is
necessary but not enough.
"""

from __future__ import annotations

from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.selection.payoff_order import payoff_ranks
from counterplay.concepts.selection.weak_dominance import WeakDominance
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game


def trembling_hand_perfect(game: Game, equilibrium: Equilibrium) -> bool | None:
    """Say whether an equilibrium of two players is trembling-hand perfect.

    Players with one option only are not counted.

    Returns
    -------
    bool or None
        None with three or more players who have a choice, and where `uses_weakly_dominated` is
        not decided.

    Raises
    ------
    GameError
        If the equilibrium does not fit the game.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> game = Game.from_payoffs([[[1, 0], [0, 0]], [[1, 0], [0, 0]]])
    >>> [trembling_hand_perfect(game, equilibrium) for equilibrium in pure_equilibria(game)]
    [True, False]
    """
    check_fit(game, [equilibrium])
    if not within_two_players(game):
        return None
    dominated = WeakDominance(game, payoff_ranks(game)).used_by(equilibrium)
    return None if dominated is None else not dominated


def within_two_players(game: Game) -> bool:
    """Say whether at most two players have a choice."""
    return sum(count > 1 for count in game.shape) <= 2
