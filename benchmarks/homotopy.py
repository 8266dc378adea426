"""Every equilibrium of small generic games by homotopy continuation: slow, complete, independent.

On a support an equilibrium makes each player indifferent among its options there: a system of
multilinear equations, one block of variables a player.  A start system whose equations are
products of random affine forms has as many solutions as a generic system of that shape has complex
roots (McKelvey and McLennan, "The maximal number of regular totally mixed Nash equilibria", 1997).
Its solutions are followed along straight lines through the space of systems to those of the game
(Sommese and Wampler, "The Numerical Solution of Systems of Polynomials", 2005); the roots that are
real, positive and best replies are the equilibria.  All supports are taken; none is pruned.

It shares no idea with the package's solver, which makes it a test of it.  Small shapes only:
2^3, 2^4, 3x2x2, 3x2x3x2, 3^3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from benchmarks.homotopy_paths import Complex, Real, Sizes, System, root_count

ATTEMPTS = 4
BATCH = 20_000
CLOSE = 1e-7
REAL = 1e-8


@dataclass
class Roots:
    """What the homotopy found in one game.

    Attributes
    ----------
    equilibria : list of n probability vectors each
    paths, failed : int
        Paths followed, and those that got lost or met another in every attempt.
    close : int
        Roots for which a sign was decided by less than 1e-7: the game is hardly generic.
    """

    equilibria: list[tuple[Real, ...]] = field(default_factory=list)
    paths: int = 0
    failed: int = 0
    close: int = 0


def all_equilibria(payoffs: Real) -> list[tuple[Real, ...]]:
    """Return every equilibrium of a generic game, payoffs of shape (n, m_1, ..., m_n)."""
    return roots_of_many(np.asarray(payoffs, dtype=np.float64)[None])[0].equilibria


def roots_of_many(games: Real) -> list[Roots]:
    """Return what the homotopy finds in each game, shape (games, n, m_1, ..., m_n)."""
    scale = games.reshape(*games.shape[:2], -1)
    spread = (scale.max(axis=2) - scale.min(axis=2)).reshape(
        *games.shape[:2], *[1] * (games.ndim - 2)
    )
    scaled = games / np.where(spread > 0, spread, 1.0)
    found = [Roots() for _ in games]
    for sizes in product(*(range(1, count + 1) for count in games.shape[2:])):
        if root_count(sizes):
            _solve_sizes(scaled, sizes, found)
    return found


def _solve_sizes(games: Real, sizes: Sizes, found: list[Roots]) -> None:
    """Add the equilibria on all supports of these sizes."""
    counts = games.shape[2:]
    supports = list(
        product(*(combinations(range(m), k) for m, k in zip(counts, sizes, strict=True)))
    )
    cases = [(g, support) for g in range(len(games)) for support in supports]
    each = root_count(sizes)
    for start in range(0, len(cases), max(1, BATCH // each)):
        part = cases[start : start + max(1, BATCH // each)]
        restricted = np.stack([games[g][(slice(None), *np.ix_(*support))] for g, support in part])
        roots, failed = _roots(restricted, sizes)
        for (g, support), points, lost in zip(part, roots, failed, strict=True):
            found[g].paths += each
            found[g].failed += lost
            for point in points:
                _judge(games[g], support, _blocks(point, sizes), found[g])


def _judge(
    game: Real, support: Sequence[Sequence[int]], blocks: list[Complex], found: Roots
) -> None:
    """Add a root to what was found if it is an equilibrium."""
    imaginary = max(float(np.abs(block.imag).max(initial=0)) for block in blocks)
    least = min(float(block.real.min()) for block in blocks)
    found.close += REAL < imaginary < CLOSE and least > -CLOSE
    if imaginary > REAL or least < -CLOSE:
        return
    vectors = []
    for options, block, count in zip(support, blocks, game.shape[1:], strict=True):
        vector = np.zeros(count)
        vector[list(options)] = block.real
        vectors.append(vector)
    gain = _gain(game, vectors)
    found.close += abs(least) < CLOSE or (
        gain < CLOSE and _outside_gap(game, support, vectors) < CLOSE
    )
    if least > 0 and gain < 1e-9:
        found.equilibria.append(tuple(vectors))


def _replies(game: Real, vectors: list[Real], player: int) -> Real:
    table: Real = game[player]
    for other in range(len(vectors) - 1, -1, -1):
        if other != player:
            table = np.tensordot(table, vectors[other], axes=([other], [0]))
    return table


def _gain(game: Real, vectors: list[Real]) -> float:
    replies = [_replies(game, vectors, i) for i in range(len(vectors))]
    return max(float(u.max() - u @ x) for u, x in zip(replies, vectors, strict=True))


def _outside_gap(game: Real, support: Sequence[Sequence[int]], vectors: list[Real]) -> float:
    """Return the least loss from an option outside the support."""
    gap = np.inf
    for i, options in enumerate(support):
        replies = _replies(game, vectors, i)
        outside = np.delete(replies, list(options))
        if outside.size:
            gap = min(gap, float(replies[list(options)].max() - outside.max()))
    return gap


def _blocks(point: Complex, sizes: Sizes) -> list[Complex]:
    """Return full probability blocks: the first entry of each is 1 less the others."""
    blocks, at = [], 0
    for size in sizes:
        own = point[at : at + size - 1]
        blocks.append(np.concatenate([[1 - own.sum()], own]))
        at += size - 1
    return blocks


def _roots(games: Real, sizes: Sizes) -> tuple[list[Complex], list[int]]:
    """Return for each game all roots of its full support, and how many were lost.

    A game whose paths get lost, or two of which end in one point, is tried again from another
    start in smaller steps.
    """
    each = root_count(sizes)
    if max(sizes) == 1:
        return [np.zeros((1, 0), complex)] * len(games), [0] * len(games)
    roots = [np.zeros((0, 0), complex)] * len(games)
    failed = [each] * len(games)
    todo = np.arange(len(games))
    for attempt in range(ATTEMPTS):
        system = System(games[todo], sizes, seed=attempt)
        points, good = system.follow(first_step=0.05 / 4**attempt)
        shaped, kept = points.reshape(len(todo), each, -1), good.reshape(len(todo), each)
        for g, ends, arrived in zip(todo, shaped, kept, strict=True):
            distinct = _distinct(ends[arrived])
            if each - len(distinct) < failed[g] or attempt == 0:
                roots[g], failed[g] = distinct, each - len(distinct)
        todo = np.array([g for g in todo if failed[g]], dtype=int)
        if not len(todo):
            break
    return roots, failed


def _distinct(points: Complex) -> Complex:
    kept: list[Complex] = []
    for point in points:
        if all(np.abs(point - other).max() > 1e-7 * (1 + np.abs(point).max()) for other in kept):
            kept.append(point)
    return np.array(kept) if kept else np.zeros((0, points.shape[1]), complex)
