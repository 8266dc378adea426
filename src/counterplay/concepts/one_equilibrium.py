"""One certified equilibrium of any game: logit path first, polished on its support."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from counterplay.concepts.certify import certify
from counterplay.concepts.indifference import Support, solve_support
from counterplay.concepts.logit_path import LARGEST_MOVE, PathPoint, logit_path
from counterplay.concepts.solution import Equilibrium
from counterplay.errors import NotAnEquilibriumError
from counterplay.games import Game

_MOVES = (LARGEST_MOVE, 0.03)
"""Step sizes along the path; the smaller one follows it where the larger one jumps off."""

_TRY_BELOW = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-8)
_PROBABILITIES = (1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-9)
_RANDOM_STARTS = 200


def one_equilibrium(game: Game) -> Equilibrium | None:
    """Return one certified equilibrium.

    The logit path is followed until rounding its profile to a support and solving the
    indifference equations there gives a certified equilibrium.  Where the path breaks off
    it is followed once more in smaller steps; after that seeded starts over small supports take
    over.

    Returns
    -------
    Equilibrium or None
        None only if every attempt failed; no such game is known.
    """
    for largest_move in _MOVES:
        found = _along_path(game, largest_move)
        if found is not None:
            return found
    return _from_supports(game)


def _along_path(game: Game, largest_move: float) -> Equilibrium | None:
    pending = list(_TRY_BELOW)
    last: PathPoint | None = None
    for last in logit_path(game, largest_move):
        if pending and last.regret <= pending[0]:
            while pending and last.regret <= pending[0]:
                pending.pop(0)
            found = _polished(game, last)
            if found is not None:
                return found
        if not pending:
            break
    return None if last is None else _polished(game, last)


def _polished(game: Game, point: PathPoint) -> Equilibrium | None:
    for support in _likely_supports(game, point):
        found = _certified_on(game, support, point.strategies)
        if found is not None:
            return found
    return None


def _likely_supports(game: Game, point: PathPoint) -> Iterator[Support]:
    replies = game.scaled_reply_payoffs(point.strategies)
    near = tuple(
        tuple(int(k) for k in np.flatnonzero(u >= u.max() - 4 * point.regret - 1e-12))
        for u in replies
    )
    seen = set()
    by_share = (
        tuple(
            tuple(int(k) for k in np.flatnonzero(vector >= min(floor, vector.max())))
            for vector in point.strategies
        )
        for floor in _PROBABILITIES
    )
    for support in itertools.chain(by_share, [near]):
        if support not in seen:
            seen.add(support)
            yield support


def _certified_on(
    game: Game, support: Support, start: tuple[np.ndarray, ...]
) -> Equilibrium | None:
    strategies = solve_support(game, support, start)
    if strategies is None:
        return None
    try:
        return certify(game, strategies)
    except NotAnEquilibriumError:
        return None


def _from_supports(game: Game) -> Equilibrium | None:
    """Try supports from small to large, each from a few seeded starts."""
    generator = np.random.default_rng(0)
    subsets = [
        [
            c
            for size in range(1, min(count, 3) + 1)
            for c in itertools.combinations(range(count), size)
        ]
        for count in game.shape
    ]
    supports = itertools.islice(_by_size(subsets), 20_000)
    for attempt, support in enumerate(supports):
        starts = 1 if all(len(s) == 1 for s in support) else 3
        for _ in range(starts if attempt < _RANDOM_STARTS * 50 else 1):
            start = tuple(generator.dirichlet(np.ones(count)) for count in game.shape)
            found = _certified_on(game, support, start)
            if found is not None:
                return found
    return None


def _by_size(subsets: list[list[tuple[int, ...]]]) -> Iterator[Support]:
    for extra in range(sum(max(map(len, options)) - 1 for options in subsets) + 1):
        for support in itertools.product(*subsets):
            if sum(len(options) - 1 for options in support) == extra:
                yield support
