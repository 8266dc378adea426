"""Coalitions as players: a game between two blocs.

Each bloc chooses its members' options together and is paid the weighted sum of their payoffs.
Since utilities are not comparable between players, each player's payoffs are first scaled to a
range of 1; the weights then say how much one member's range counts beside another's.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from counterplay.errors import GameError
from counterplay.games.profiles import Profile, Strategies
from counterplay.games.strategic import MAX_OPTIONS, Game, checked_game
from counterplay.numeric import FloatArray


@dataclass(frozen=True, eq=False)
class BlocGame:
    """A two-player game between two coalitions of another game's players.

    Attributes
    ----------
    game : Game
        The two-player game; a bloc's options are its members' joint options, ids joined by ``+``.
    original : Game
        The game that the blocs were formed in.
    members : tuple of two tuples of int
        Player indices of each bloc.
    joint : tuple of two tuples of Profile
        For each bloc option, the option index of each member.
    weights : tuple of float
        Weight of each player's scaled payoffs inside its bloc, in the order of the players.
    """

    game: Game
    original: Game
    members: tuple[tuple[int, ...], tuple[int, ...]]
    joint: tuple[tuple[Profile, ...], tuple[Profile, ...]]
    weights: tuple[float, ...]

    def profile(self, bloc_profile: Profile) -> Profile:
        """Map a pure profile of the blocs back to the players."""
        choice = [0] * len(self.original.players)
        for members, joint, option in zip(self.members, self.joint, bloc_profile, strict=True):
            for member, member_option in zip(members, joint[option], strict=True):
                choice[member] = member_option
        return tuple(choice)

    def marginals(self, strategies: Strategies) -> Strategies:
        """Map mixed strategies of the blocs back to each player's own probabilities.

        Members of one bloc may be correlated with each other; the marginals do not show that.
        """
        shape = self.original.shape
        shares = [np.zeros(count) for count in shape]
        for members, joint, vector in zip(self.members, self.joint, strategies, strict=True):
            for options, probability in zip(joint, vector, strict=True):
                for member, option in zip(members, options, strict=True):
                    shares[member][option] += probability
        return tuple(shares)


def bloc_game(
    game: Game,
    blocs: Sequence[Sequence[str | int]],
    weights: Mapping[str, float] | None = None,
) -> BlocGame:
    """Form the two-player game between two coalitions.

    Parameters
    ----------
    game : Game
        At least two players.
    blocs : two sequences of player ids or indices
        A partition of the players.
    weights : mapping from player id to weight, optional
        Weight of a player's scaled payoffs, 0 or more; 1 where left out.

    Raises
    ------
    GameError
        If the blocs are not a partition into two, a weight is negative, not finite or for an
        unknown player, all weights of a bloc are 0, or a bloc would have more than 1,024 joint
        options.
    """
    members = _partition(checked_game(game), blocs)
    scale = _checked_weights(game, members, {} if weights is None else weights)
    joint = tuple(
        tuple(itertools.product(*(range(game.shape[i]) for i in bloc))) for bloc in members
    )
    if max(len(options) for options in joint) > MAX_OPTIONS**2:
        raise GameError(f"blocs: more than {MAX_OPTIONS**2} joint options in a bloc")
    payoffs = np.stack([_bloc_payoffs(game, bloc, members, scale) for bloc in members])
    payoffs.flags.writeable = False
    two_player = Game(
        payoffs,
        tuple("+".join(game.players[i] for i in bloc) for bloc in members),
        tuple(
            _joint_names(game.options, bloc, rows, "+")
            for bloc, rows in zip(members, joint, strict=True)
        ),
        tuple(" with ".join(game.player_labels[i] for i in bloc) for bloc in members),
        tuple(
            _joint_names(game.option_labels, bloc, rows, "; ")
            for bloc, rows in zip(members, joint, strict=True)
        ),
        formula_size=max(sum(scale[i] for i in bloc) for bloc in members),
    )
    return BlocGame(two_player, game, members, (joint[0], joint[1]), scale)


def _partition(
    game: Game, blocs: Sequence[Sequence[str | int]]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    try:
        groups = [tuple(bloc) for bloc in blocs]
    except TypeError:
        groups = []
    indices = [tuple(map(game.player_index, group)) for group in groups]
    flat = sorted(i for bloc in indices for i in bloc)
    if len(indices) != 2 or not all(indices) or flat != list(range(len(game.players))):
        raise GameError(
            f"blocs: give two groups that hold each of {', '.join(game.players)} exactly once"
        )
    return indices[0], indices[1]


def _checked_weights(
    game: Game, members: Sequence[tuple[int, ...]], weights: Mapping[str, float]
) -> tuple[float, ...]:
    if not isinstance(weights, Mapping):
        raise GameError(
            f"weights: this is a {type(weights).__name__}; give a mapping from player ids to "
            "numbers from 0 to 1,000,000"
        )
    for player, weight in weights.items():
        if player not in game.players:
            raise GameError(f"weights: no {player!r}; the players are {', '.join(game.players)}")
        if not (_is_real(weight) and 0 <= weight <= 1e6):
            raise GameError(f"weights.{player}: {weight!r} is not a number from 0 to 1,000,000")
    full = tuple(float(weights.get(player, 1.0)) for player in game.players)
    for bloc in members:
        if all(full[i] == 0 for i in bloc):
            raise GameError("weights: at least one member of each bloc needs a weight above 0")
    return full


def _is_real(number: object) -> bool:
    return isinstance(number, int | float | Fraction | np.integer | np.floating)


def _bloc_payoffs(
    game: Game,
    bloc: tuple[int, ...],
    members: tuple[tuple[int, ...], tuple[int, ...]],
    weights: tuple[float, ...],
) -> FloatArray:
    total = sum(weights[i] * game.scaled[i] for i in bloc)
    ordered = np.transpose(total, members[0] + members[1])
    rows = int(np.prod([game.shape[i] for i in members[0]]))
    return np.ascontiguousarray(ordered.reshape(rows, -1))


def _joint_names(
    names: Sequence[Sequence[str]], bloc: tuple[int, ...], rows: Sequence[Profile], mark: str
) -> tuple[str, ...]:
    return tuple(mark.join(names[i][k] for i, k in zip(bloc, row, strict=True)) for row in rows)
