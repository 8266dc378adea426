"""All Nash equilibria of a two-player game, exactly: isolated ones and connected sets."""

from counterplay.concepts.solution import Equilibrium
from counterplay.concepts.two_player.solve import exact_two_player, within_reach
from counterplay.games import Game

__all__ = ["exact_two_player", "within_reach"]


def vertex_equilibria(game: Game) -> tuple[Equilibrium, ...]:
    """Return the listed equilibria; only until `nash` calls `exact_two_player` itself."""
    solution = exact_two_player(game)
    return () if solution is None else solution.equilibria
