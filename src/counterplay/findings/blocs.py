"""The same game between two coalitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from counterplay.concepts import Solution, nash, prompt_work
from counterplay.games import BlocGame, Game, Profile, bloc_game
from counterplay.sensitivity import WeightFlip, weight_flips


@dataclass(frozen=True, eq=False)
class BlocView:
    """The same game between two coalitions.

    Attributes
    ----------
    view : BlocGame
    solution : Solution
        Of the two-player game.
    profiles : tuple of Profile
        Its pure equilibria as option indices of all players.
    flips : tuple of WeightFlip
        Weights at which what is played changes.
    """

    view: BlocGame
    solution: Solution
    profiles: tuple[Profile, ...]
    flips: tuple[WeightFlip, ...]


def bloc_view(
    game: Game,
    blocs: Sequence[Sequence[str | int]],
    weights: Mapping[str, float] | None = None,
) -> BlocView:
    """Play a game between two coalitions, and say at which weights the answer flips.

    Parameters
    ----------
    game : Game
    blocs : two sequences of player ids or indices
        A partition of the players.
    weights : mapping from player id to weight, optional
        How much a member's payoff range counts in its bloc; 1 where left out.

    Returns
    -------
    BlocView
        The game of the two blocs, its equilibria, the profiles of the players behind them, and
        the weights at which the answer flips.

    Raises
    ------
    GameError
        If the blocs are not a partition into two, or the weights cannot be used.
    """
    view = bloc_game(game, blocs, weights)
    solution = nash(view.game, work_limit=prompt_work(view.game))
    pure = [equilibrium.profile for equilibrium in solution.equilibria]
    return BlocView(
        view=view,
        solution=solution,
        profiles=tuple(view.profile(profile) for profile in pure if profile is not None),
        flips=weight_flips(game, blocs, weights),
    )
