"""The equilibria compared must be those of the game."""

from __future__ import annotations

from collections.abc import Iterable

from counterplay.concepts.solution import Equilibrium
from counterplay.errors import GameError
from counterplay.games import Game, checked_game


def check_fit(game: Game, equilibria: Iterable[Equilibrium]) -> None:
    """Refuse what are no equilibria, or those of a game with other numbers of options.

    Raises
    ------
    GameError
    """
    checked_game(game)
    for position, equilibrium in enumerate(equilibria):
        if not isinstance(equilibrium, Equilibrium):
            raise GameError(
                f"equilibria[{position}]: this is a {type(equilibrium).__name__}; "
                "give equilibria, such as nash(game) returns"
            )
        shape = tuple(len(vector) for vector in equilibrium.strategies)
        if shape != game.shape:
            raise GameError(
                f"equilibria[{position}]: made for option counts {shape}; those of this game are "
                f"{game.shape}, so give equilibria that were found in it"
            )
