"""What is played: labelled, frozen games in strategic form; pure mathematics, no policy."""

from counterplay.games.blocs import BlocGame, bloc_game
from counterplay.games.profiles import Profile, Strategies, pure_strategies
from counterplay.games.replies import best_replies, margins, sole_replies
from counterplay.games.strategic import Game, checked_game

__all__ = [
    "BlocGame",
    "Game",
    "Profile",
    "Strategies",
    "best_replies",
    "bloc_game",
    "checked_game",
    "margins",
    "pure_strategies",
    "sole_replies",
]
