"""One certified equilibrium of any finite game, quickly: the end of the logit path.

The principal branch of logit equilibria leads from uniform play to a Nash equilibrium for almost
all games (McKelvey and Palfrey 1995).  Long before its end the branch shows which options will be
played: the log-probability of an option played in the limit levels off, that of any other falls in
proportion to the precision.  The indifference equations of the options suggested are then solved
by Newton's method, and the answer certified.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from counterplay.concepts.certify import certify
from counterplay.concepts.indifference import (
    BoolArray,
    Interactions,
    Support,
    solve_indifference,
    solve_support,
)
from counterplay.concepts.logit_path import logit_path
from counterplay.concepts.logit_system import EXACT, ROUGH, LogitSystem, PathPoint, Stride
from counterplay.concepts.solution import Equilibrium
from counterplay.errors import NotAnEquilibriumError
from counterplay.games import Game, Profile, Strategies, checked_game, pure_strategies
from counterplay.numeric import REGRET_TOLERANCE, FloatArray

_ENOUGH = 1e11
"""At this precision no logit equilibrium has a regret above ln(32) / 1e11 of the payoff range."""

_AGAIN = 1.5
_FALL = 0.2
_HALF = -np.log(2)
_RANDOM_STARTS = 10_000
_SUPPORTS = 20_000


def quick_equilibrium(game: Game) -> Equilibrium | None:
    """Return one certified equilibrium, found near the logit path.

    The path is followed until everybody leans to one option and these are an equilibrium, or until
    the support that it suggests carries a certified one.  Often this is the equilibrium that the
    path tends to, but not always; `quantal_branch(game).limit` is.  Where the path breaks off it
    is followed once more in smaller steps; after that seeded starts over small supports take over.

    Parameters
    ----------
    game : Game

    Returns
    -------
    Equilibrium or None
        Regret at most 1e-9 of the payoff range.  None only if every attempt failed; no such game
        is known.

    Raises
    ------
    GameError
        If `game` is no game.

    Examples
    --------
    >>> game = Game.from_payoffs([[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]])
    >>> [x.tolist() for x in quick_equilibrium(game).strategies]
    [[0.5, 0.5], [0.5, 0.5]]
    """
    checked_game(game)
    system = LogitSystem(game.scaled)
    for stride in (ROUGH, EXACT):
        found = _along_path(game, system, stride)
        if found is not None:
            return found
    return _from_supports(game)


def limit_equilibrium(game: Game, system: LogitSystem, point: PathPoint) -> Equilibrium | None:
    """Return the certified equilibrium on the support that a point of a branch suggests.

    Parameters
    ----------
    game : Game
    system : LogitSystem
        The branch's equations, in any unit of payoffs.
    point : PathPoint
    """
    played = likely_support(system, point)
    return _certified_on(game, Interactions(game.scaled), played, point)


def likely_support(system: LogitSystem, point: PathPoint) -> BoolArray:
    """Say which options the path seems to play in its limit, shape (m_1 + ... + m_n,).

    As precision grows by a small share, the log-probability of an option left behind falls by
    that share of itself, while that of an option kept hardly moves.
    """
    interactions = system.interactions
    logs, slope = point.place[:-1], point.tangent[-1]
    best = np.maximum.reduceat(logs, interactions.starts)[interactions.owner]
    if slope <= 0:
        return np.ones(interactions.size, dtype=bool)
    with np.errstate(over="ignore"):
        falls = point.precision * (point.tangent[:-1] / slope)
    kept: BoolArray = (falls >= _FALL * (logs - best) - _FALL) | (logs >= best)
    return kept


def _along_path(game: Game, system: LogitSystem, stride: Stride) -> Equilibrium | None:
    tried: dict[bytes, float] = {}
    leanings: set[Profile] = set()
    point: PathPoint | None = None
    for point in logit_path(system, stride):
        leaning = _leaning(system, point)
        if leaning is not None and leaning not in leanings:
            leanings.add(leaning)
            if _nobody_gains(game, leaning):
                found = _certified(game, pure_strategies(leaning, game.shape))
                if found is not None:
                    return found
        played = likely_support(system, point)
        key = played.tobytes()
        if point.precision > tried.get(key, 0.0):
            tried[key] = _AGAIN * point.precision
            found = _certified_on(game, system.interactions, played, point)
            if found is not None:
                return found
        if point.precision > _ENOUGH:
            break
    return None if point is None else _certified(game, system.strategies(point))


def _leaning(system: LogitSystem, point: PathPoint) -> Profile | None:
    """Return the option that each player plays more often than not, if all have one.

    Two options that are both played half the time can, by rounding, both seem likelier than that.
    """
    interactions = system.interactions
    likely = np.flatnonzero(point.place[:-1] > _HALF)
    if not np.array_equal(interactions.owner[likely], np.arange(len(interactions.shape))):
        return None
    return tuple((likely - interactions.starts).tolist())


def _nobody_gains(game: Game, profile: Profile) -> bool:
    for player, option in enumerate(profile):
        line = game.payoffs[player][(*profile[:player], slice(None), *profile[player + 1 :])]
        if line[option] < line.max():
            return False
    return True


def _certified_on(
    game: Game, interactions: Interactions, played: BoolArray, point: PathPoint
) -> Equilibrium | None:
    shares = solve_indifference(interactions, played, np.exp(point.place[:-1]))
    if shares is None or _regret(interactions, shares) > REGRET_TOLERANCE:
        return None
    return _certified(game, interactions.split(shares))


def _regret(interactions: Interactions, shares: FloatArray) -> float:
    """Return the largest regret; a cheap check before the full certificate."""
    payoffs = interactions.payoffs(interactions.matrix(shares), shares)
    best = np.maximum.reduceat(payoffs, interactions.starts)
    return float((best - np.add.reduceat(payoffs * shares, interactions.starts)).max())


def _certified(game: Game, strategies: Strategies) -> Equilibrium | None:
    try:
        return certify(game, strategies)
    except NotAnEquilibriumError:
        return None


def _from_supports(game: Game) -> Equilibrium | None:
    """Try supports from small to large, each from a few seeded starts."""
    generator = np.random.default_rng(0)
    subsets = [
        [
            options
            for size in range(1, min(count, 3) + 1)
            for options in itertools.combinations(range(count), size)
        ]
        for count in game.shape
    ]
    for attempt, support in enumerate(itertools.islice(_by_size(subsets), _SUPPORTS)):
        pure = all(len(options) == 1 for options in support)
        for _ in range(1 if pure or attempt >= _RANDOM_STARTS else 3):
            start = tuple(generator.dirichlet(np.ones(count)) for count in game.shape)
            solved = solve_support(game, support, start)
            found = None if solved is None else _certified(game, solved)
            if found is not None:
                return found
    return None


def _by_size(subsets: list[list[tuple[int, ...]]]) -> Iterator[Support]:
    for extra in range(sum(max(map(len, options)) - 1 for options in subsets) + 1):
        for support in itertools.product(*subsets):
            if sum(len(options) - 1 for options in support) == extra:
                yield support
