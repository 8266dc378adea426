"""Seeded games for the benchmarks, as float64 payoffs of shape (n, m_1, ..., m_n).

The same seed gives the same game.  Gaussian payoffs without rounding are nondegenerate with
probability one; scores on a short scale are tied almost always.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

Payoffs = npt.NDArray[np.float64]
Shape = Sequence[int]


def gaussian(
    shape: Shape, seed: int, correlation: float = 0.0, digits: int | None = None
) -> Payoffs:
    """Return standard normal payoffs, each profile on its own.

    Parameters
    ----------
    correlation : float
        Between the payoffs of any two players in one profile, at least -1 / (n - 1): -1 / (n - 1)
        is a game of pure conflict, 1 one of common interest.
    digits : int, optional
        Decimals kept; rounding to 3 ties about one game in ten.
    """
    players = len(shape)
    covariance = np.full((players, players), correlation) + (1 - correlation) * np.eye(players)
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.clip(values, 0, None))
    normal = np.random.default_rng(seed).standard_normal((players, *shape))
    return _rounded(np.tensordot(root, normal, axes=1), digits)


def structured(shape: Shape, seed: int, digits: int | None = None) -> Payoffs:
    """Return policy-like payoffs: sums of a few effects instead of independent cells.

    For each player an effect of its own option, an effect of its own option together with that of
    each other player, all standard normal, and 0.3 of a term that all players share.
    """
    generator = np.random.default_rng(seed)
    shared = 0.3 * generator.standard_normal(tuple(shape))
    tables = [
        _effect(shape, (i,), generator.standard_normal)
        + sum(
            _effect(shape, (i, j), generator.standard_normal) for j in range(len(shape)) if j != i
        )
        + shared
        for i in range(len(shape))
    ]
    return _rounded(np.array(tables), digits)


def uniform_scores(shape: Shape, seed: int, top: int) -> Payoffs:
    """Return integers from 0 to `top`, each cell on its own."""
    generator = np.random.default_rng(seed)
    return generator.integers(0, top + 1, size=(len(shape), *shape)).astype(np.float64)


def policy_scores(shape: Shape, seed: int, top: int) -> Payoffs:
    """Return sums of expert scores.

    For each player a score from 0 to `top` of its own option, one of every pair of options of two
    players, and a term of 0 or 1 that all players share.
    """
    generator = np.random.default_rng(seed)
    shared = generator.integers(0, 2, size=tuple(shape)).astype(np.float64)
    pairs = list(combinations(range(len(shape)), 2))

    def scores(size: tuple[int, ...]) -> Payoffs:
        return generator.integers(0, top + 1, size=size).astype(np.float64)

    return np.array(
        [
            _effect(shape, (i,), scores)
            + sum(_effect(shape, pair, scores) for pair in pairs)
            + shared
            for i in range(len(shape))
        ]
    )


def sparse_scores(shape: Shape, seed: int, top: int) -> Payoffs:
    """Return sums of few scores, in which many options do not touch many players.

    For each player a score from 0 to `top` / 2 of its own option, and one of its own option
    together with that of each other player with probability 1/2.
    """
    generator = np.random.default_rng(seed)

    def scores(size: tuple[int, ...]) -> Payoffs:
        return generator.integers(0, top // 2 + 1, size=size).astype(np.float64)

    tables = []
    for i in range(len(shape)):
        table = _effect(shape, (i,), scores)
        for j in range(len(shape)):
            if j != i and generator.random() < 0.5:
                table = table + _effect(shape, (i, j), scores)
        tables.append(table)
    return np.array(tables)


def _effect(shape: Shape, players: tuple[int, ...], draw: object) -> Payoffs:
    """Return a table that depends on the options of some players only."""
    ordered = sorted(players)
    values = np.asarray(draw(tuple(shape[k] for k in ordered)))  # type: ignore[operator]
    wide = [shape[k] if k in ordered else 1 for k in range(len(shape))]
    return np.broadcast_to(values.reshape(wide), tuple(shape)).astype(np.float64)


def _rounded(payoffs: Payoffs, digits: int | None) -> Payoffs:
    return payoffs if digits is None else np.round(payoffs, digits)
