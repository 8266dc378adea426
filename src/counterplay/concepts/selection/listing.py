"""The equilibria compared must be those of the game."""

from __future__ import annotations

from collections.abc import Iterable

from counterplay.concepts.solution import Equilibrium
from counterplay.errors import GameError
from counterplay.games import Game


def check_fit(game: Game, equilibria: Iterable[Equilibrium]) -> None:
    """Refuse equilibria of a game with other numbers of options.

    Raises
    ------
    GameError
    """
    for position, equilibrium in enumerate(equilibria):
        shape = tuple(len(vector) for vector in equilibrium.strategies)
        if shape != game.shape:
            raise GameError(
                f"equilibria[{position}]: made for option counts {shape}; those of this game are "
                f"{game.shape}, so give equilibria that were found in it"
            )
