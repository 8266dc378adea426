"""Results in order: equilibria made from proved points, each with its certificate, and sorted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game, Strategies
from counterplay.numeric import FloatArray


def split(flat: FloatArray, shape: Sequence[int]) -> Strategies:
    """Return a flat profile as one read-only probability vector a player, summing to 1."""
    vectors = []
    start = 0
    for count in shape:
        vector = np.clip(flat[start : start + count], 0.0, 1.0)
        if np.count_nonzero(vector) > 1:
            vector = vector / vector.sum()
        vector.flags.writeable = False
        vectors.append(vector)
        start += count
    return tuple(vectors)


def joined(strategies: Strategies) -> FloatArray:
    """Return a profile as one flat vector."""
    return np.concatenate(strategies)


def equilibrium_at(game: Game, strategies: Strategies, index: int | None) -> Equilibrium:
    """Return a mixed equilibrium that is proved to be one, with its regret recomputed."""
    payoffs = game.payoff(strategies)
    payoffs.flags.writeable = False
    return Equilibrium(
        strategies=strategies,
        payoffs=payoffs,
        regret=float((game.scaled_regret(strategies) * game.ranges).max()),
        strict=False,
        support=tuple(
            tuple(name for name, share in zip(names, vector.tolist(), strict=True) if share > 0)
            for names, vector in zip(game.options, strategies, strict=True)
        ),
        index=index,
    )


def ordered(equilibria: Iterable[Equilibrium]) -> tuple[Equilibrium, ...]:
    """Return equilibria in a fixed order: pure ones by profile, then mixed ones by strategies."""
    return tuple(sorted(equilibria, key=_key))


def _key(equilibrium: Equilibrium) -> tuple[bool, list[float], list[float]]:
    shares = [-p for vector in equilibrium.strategies for p in vector.tolist()]
    mixed = any(len(options) > 1 for options in equilibrium.support)
    return (mixed, [round(p, 6) for p in shares], shares)
