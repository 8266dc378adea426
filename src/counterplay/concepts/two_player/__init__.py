"""All Nash equilibria of a two-player game, exactly: isolated ones and connected sets."""

from counterplay.concepts.two_player.solve import exact_two_player, within_reach

__all__ = ["exact_two_player", "within_reach"]
