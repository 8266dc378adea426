"""The weight at which the two-bloc answer flips.

A bloc's payoffs are linear in the weight of each member, so which joint option is a best reply
can change only where two of these lines cross.  All crossings are computed and the pure
equilibria compared between neighbours: no flip is missed, apart from those closer to each other
than rounding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.games import BlocGame, Game, Profile, best_replies, bloc_game
from counterplay.numeric import ROUNDING_TIE, FloatArray, payoff_scale

MAX_WEIGHT = 10.0
_SAME_WEIGHT = 1e-9


@dataclass(frozen=True)
class WeightFlip:
    """A member's weight at which the pure equilibria between the blocs change.

    Attributes
    ----------
    player : str
        The member whose weight moves; the other weights are held.
    weight : float
    below, above : tuple of Profile
        The pure equilibria on either side, as option indices of all players.
    """

    player: str
    weight: float
    below: tuple[Profile, ...]
    above: tuple[Profile, ...]


def weight_flips(
    game: Game, blocs: Sequence[Sequence[str | int]], weights: Mapping[str, float] | None = None
) -> tuple[WeightFlip, ...]:
    """Return every flip of the two-bloc answer as one member's weight moves from 0 to 10.

    Members that are alone in their bloc have no flips: scaling a lone payoff changes nothing.
    """
    full = dict.fromkeys(game.players, 1.0) | dict(weights or {})
    found: list[WeightFlip] = []
    for bloc in blocs:
        members = [game.player_index(player) for player in bloc]
        for member in members if len(members) > 1 else ():
            found += _flips_of(game, blocs, full, member, members)
    return tuple(found)


def _flips_of(
    game: Game,
    blocs: Sequence[Sequence[str | int]],
    weights: Mapping[str, float],
    member: int,
    members: list[int],
) -> list[WeightFlip]:
    name = game.players[member]
    slope, rest = _lines(game, weights, member, members)
    crossings = _crossings(slope, rest)
    edges = np.concatenate([[0.0], crossings, [MAX_WEIGHT]])
    view = bloc_game(game, blocs, {**weights, name: 1.0})
    own = next(k for k, bloc in enumerate(view.members) if member in bloc)
    answers = _pure_between(view, own, slope, rest, (edges[1:] + edges[:-1]) / 2)
    return [
        WeightFlip(name, float(weight), below, above)
        for weight, below, above in zip(crossings, answers, answers[1:], strict=False)
        if below != above
    ]


def _lines(
    game: Game, weights: Mapping[str, float], member: int, members: list[int]
) -> tuple[FloatArray, FloatArray]:
    """Return the bloc's payoffs as slope and rest in the member's weight, rows the bloc's options."""
    order = (*members, *(i for i in range(len(game.shape)) if i not in members))
    rows = int(np.prod([game.shape[i] for i in members]))

    def table(player: int) -> FloatArray:
        scaled = game.payoffs[player] / payoff_scale(game.payoffs[player])
        return np.transpose(scaled, order).reshape(rows, -1)

    slope = table(member)
    rest = np.zeros_like(slope)
    for other in members:
        if other != member:
            rest = rest + weights[game.players[other]] * table(other)
    return slope, rest


def _crossings(slope: FloatArray, rest: FloatArray) -> FloatArray:
    """Return the weights at which two joint options of the bloc pay the same in some column."""
    first, second = np.triu_indices(len(slope), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = ((rest[second] - rest[first]) / (slope[first] - slope[second])).ravel()
    at = np.sort(at[np.isfinite(at) & (at > _SAME_WEIGHT) & (at < MAX_WEIGHT)])
    if at.size == 0:
        return at
    distinct: FloatArray = at[np.append(True, np.diff(at) > _SAME_WEIGHT)]
    return distinct


def _pure_between(
    view: BlocGame, own: int, slope: FloatArray, rest: FloatArray, middles: FloatArray
) -> list[tuple[Profile, ...]]:
    """Return the pure equilibria, as profiles of all players, at each weight between two crossings."""
    theirs = best_replies(view.game)[1 - own]
    theirs = theirs if own == 0 else theirs.T
    answers = []
    for weight in middles:
        payoffs = rest + weight * slope
        mine = payoffs >= payoffs.max(axis=0) - ROUNDING_TIE * max(1.0, float(weight))
        cells = [(int(a), int(b)) for a, b in np.argwhere(mine & theirs)]
        pairs = cells if own == 0 else [(b, a) for a, b in cells]
        answers.append(tuple(sorted(view.profile(pair) for pair in pairs)))
    return answers
