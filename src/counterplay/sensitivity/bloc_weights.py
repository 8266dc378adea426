"""The weight at which the two-bloc answer flips.

A bloc's payoffs are linear in the weight of each member, so which joint option is a best reply
can change only where two of these lines cross.  All crossings are computed and the pure
equilibria compared between neighbours: no such flip is missed, apart from those closer to each
other than rounding.  Where no pure equilibrium exists the supports of the mixed ones are compared
on a grid instead, and a change between two grid points is closed in by bisection.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from counterplay.concepts import nash, prompt_work
from counterplay.games import BlocGame, Game, Profile, best_replies, bloc_game
from counterplay.numeric import ROUNDING_TIE, FloatArray

MAX_WEIGHT = 10.0
GRID_POINTS = 8
_EDGE = 1e-6
_BRACKET = 1e-5
_MAX_CHANGES = 8
_SAME_WEIGHT = 1e-9


@dataclass(frozen=True)
class WeightFlip:
    """A member's weight at which the equilibria between the blocs change.

    Attributes
    ----------
    player : str
        The member whose weight moves; the other weights are held.
    weight : float
    below, above : tuple of Profile
        What is played on either side, as option indices of all players: the pure equilibria, or,
        where there is none, the profiles that the mixed ones can play.
    certainty : str
        ``"exact"`` between pure equilibria; ``"bracketed"`` where mixed ones are compared.
    """

    player: str
    weight: float
    below: tuple[Profile, ...]
    above: tuple[Profile, ...]
    certainty: Literal["exact", "bracketed"] = "exact"


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
            found += _flips_of(game, blocs, full, member)
    return tuple(found)


def _flips_of(
    game: Game,
    blocs: Sequence[Sequence[str | int]],
    weights: Mapping[str, float],
    member: int,
) -> list[WeightFlip]:
    name = game.players[member]
    segments = _pure_segments(game, blocs, weights, member)

    def played(weight: float) -> tuple[Profile, ...]:
        return _played(game, blocs, {**weights, name: weight})

    flips: list[WeightFlip] = []
    before: tuple[Profile, ...] | None = None
    for start, end, pure in segments:
        first = pure or played(start + _EDGE * (end - start))
        if before is not None and before != first:
            certainty: Literal["exact", "bracketed"] = "exact" if pure else "bracketed"
            flips.append(WeightFlip(name, start, before, first, certainty))
        before = first
        if not pure:
            inside = _mixed_flips(name, start, end, played)
            flips += inside
            before = inside[-1].above if inside else first
    return flips


def _pure_segments(
    game: Game,
    blocs: Sequence[Sequence[str | int]],
    weights: Mapping[str, float],
    member: int,
) -> list[tuple[float, float, tuple[Profile, ...]]]:
    """Return the stretches of weights with the same pure equilibria: start, end, equilibria."""
    view = bloc_game(game, blocs, {**weights, game.players[member]: 1.0})
    own = next(k for k, bloc in enumerate(view.members) if member in bloc)
    slope, rest = _lines(view, own, weights, member)
    crossings = _crossings(slope, rest)
    edges = np.concatenate([[0.0], crossings, [MAX_WEIGHT]])
    answers = _pure_between(view, own, slope, rest, (edges[1:] + edges[:-1]) / 2)
    segments: list[tuple[float, float, tuple[Profile, ...]]] = []
    for start, end, answer in zip(edges, edges[1:], answers, strict=False):
        if segments and segments[-1][2] == answer:
            segments[-1] = (segments[-1][0], float(end), answer)
        else:
            segments.append((float(start), float(end), answer))
    return segments


def _mixed_flips(
    name: str, start: float, end: float, played: Callable[[float], tuple[Profile, ...]]
) -> list[WeightFlip]:
    """Return where the mixed equilibria change their supports between two weights."""
    width = end - start
    shares = np.concatenate([[_EDGE], np.geomspace(0.01, 1 - _EDGE, GRID_POINTS)])
    grid = [start + float(share) * width for share in shares]
    answers = [played(weight) for weight in grid]
    flips = []
    for low, high, below, above in zip(grid, grid[1:], answers, answers[1:], strict=False):
        at, now = low, below
        for _ in range(_MAX_CHANGES):
            if now == above:
                break
            at, now, earlier = *_next_change(at, high, now, above, played), now
            flips.append(WeightFlip(name, at, earlier, now, "bracketed"))
    return flips


def _next_change(
    low: float,
    high: float,
    below: tuple[Profile, ...],
    above: tuple[Profile, ...],
    played: Callable[[float], tuple[Profile, ...]],
) -> tuple[float, tuple[Profile, ...]]:
    """Return a weight just above one where the answer leaves `below`, and the answer there."""
    beyond = above
    while high - low > _BRACKET * MAX_WEIGHT:
        middle = (low + high) / 2
        answer = played(middle)
        if answer == below:
            low = middle
        else:
            high, beyond = middle, answer
    return high, beyond


def _played(
    game: Game, blocs: Sequence[Sequence[str | int]], weights: Mapping[str, float]
) -> tuple[Profile, ...]:
    """Return the profiles that the equilibria between the blocs can play."""
    view = bloc_game(game, blocs, weights)
    found = set()
    for equilibrium in nash(view.game, work_limit=prompt_work(view.game)).equilibria:
        supports = [[int(k) for k in np.flatnonzero(x)] for x in equilibrium.strategies]
        found |= {view.profile(pair) for pair in itertools.product(*supports)}
    return tuple(sorted(found))


def _lines(
    view: BlocGame, own: int, weights: Mapping[str, float], member: int
) -> tuple[FloatArray, FloatArray]:
    """Return the bloc's payoffs as slope and rest in the member's weight; rows are its options."""
    game, members = view.original, view.members[own]
    order = (*members, *view.members[1 - own])
    rows = len(view.joint[own])

    def table(player: int) -> FloatArray:
        return np.transpose(game.scaled[player], order).reshape(rows, -1)

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
    """Return the pure equilibria, as profiles of all players, at each weight in `middles`."""
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
