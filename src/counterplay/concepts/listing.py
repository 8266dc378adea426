"""Results in order: equilibria made from proved points, each with its certificate, and sorted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np

from counterplay.concepts.search.compiled import at_hand
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game, Strategies
from counterplay.numeric import FloatArray

_FEW = 20_000


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


def equilibria_at(
    game: Game, points: FloatArray, indices: Sequence[int | None]
) -> tuple[Equilibrium, ...]:
    """Return the equilibria at flat profiles that are proved to be ones, regrets recomputed."""
    n = len(game.players)
    tables = (game.payoffs, game.scaled.reshape(n, -1), game.ranges)
    return RootListing(game.options, game.shape).equilibria(tables, points, indices)


class RootListing:
    """Makes equilibria of games of one shape from flat profiles, many at a time."""

    def __init__(self, options: tuple[tuple[str, ...], ...], shape: tuple[int, ...]) -> None:
        self.options = options
        self.shape = shape
        self.starts = (0, *np.cumsum(shape).tolist())
        self._sizes = np.array(shape, np.int64)
        self._pairs = tuple(itertools.pairwise(self.starts))
        self._names: dict[bytes, tuple[tuple[str, ...], ...]] = {}

    def equilibria(
        self,
        tables: tuple[FloatArray, FloatArray, FloatArray],
        points: FloatArray,
        indices: Sequence[int | None],
    ) -> tuple[Equilibrium, ...]:
        """Return the equilibria at `points`, in order; a pure one is taken to be strict.

        Parameters
        ----------
        tables : payoffs (n, m_1, ..., m_n), scaled payoffs (n, profiles), ranges (n,)
        points : (k, sum of m_i)
        """
        if len(points) == 0:
            return ()
        played = np.maximum(points, 0.0)
        played /= np.repeat(np.add.reduceat(played, self.starts[:-1], axis=1), self.shape, axis=1)
        payoffs, regrets = self._evaluated(tables, played)
        played.flags.writeable = False
        order = sorted(range(len(points)), key=self._keys(played).__getitem__)
        return tuple(
            self._equilibrium(played[k], payoffs[k], regrets[k], indices[k]) for k in order
        )

    def _evaluated(
        self, tables: tuple[FloatArray, FloatArray, FloatArray], played: FloatArray
    ) -> tuple[FloatArray, list[float]]:
        """Return payoffs (k, n) and the largest regret of each profile.

        Few numbers are added one after the other, many by matrix products; which of them depends
        on the size alone, so that the same profile always gets the same bits.
        """
        raw, scaled, ranges = tables
        results = np.empty((len(played), len(self.shape))), np.empty(len(played))
        if played.shape[0] * scaled.size <= _FEW:
            # Copies, since compiled code takes arrays that are read-only for another type.
            flat = (np.array(raw).reshape(scaled.shape), np.array(scaled), np.array(ranges))
            room = np.empty(scaled.shape[1])
            at_hand().evaluate(played, self._sizes, flat, room, results)
        else:
            self._multiplied(tables, played, results)
        results[0].flags.writeable = False
        return results[0], results[1].tolist()

    def _multiplied(
        self,
        tables: tuple[FloatArray, FloatArray, FloatArray],
        played: FloatArray,
        results: tuple[FloatArray, FloatArray],
    ) -> None:
        raw, scaled, ranges = tables
        vectors = [played[:, first:last] for first, last in itertools.pairwise(self.starts)]
        results[1][:] = 0.0
        for player, own in enumerate(vectors):
            both = np.stack([raw[player].ravel(), scaled[player]])
            replies = _replies(both.reshape(2, *self.shape), player, vectors)
            results[0][:, player] = (replies[0] * own).sum(axis=1)
            gain = replies[1].max(axis=1) - (replies[1] * own).sum(axis=1)
            np.maximum(results[1], gain * ranges[player], out=results[1])

    def _keys(self, played: FloatArray) -> list[tuple[bool, list[float], list[float]]]:
        mixed = (np.count_nonzero(played, axis=1) > len(self.shape)).tolist()
        shares = -played
        return list(zip(mixed, np.round(shares, 6).tolist(), shares.tolist(), strict=True))

    def _equilibrium(
        self, played: FloatArray, payoffs: FloatArray, regret: float, index: int | None
    ) -> Equilibrium:
        support = self._support(played)
        return Equilibrium(
            strategies=tuple(played[first:last] for first, last in self._pairs),
            payoffs=payoffs,
            regret=regret,
            strict=max(map(len, support)) == 1,
            support=support,
            index=index,
        )

    def _support(self, played: FloatArray) -> tuple[tuple[str, ...], ...]:
        positive = played > 0
        key = positive.tobytes()
        if key not in self._names:
            self._names[key] = tuple(
                tuple(itertools.compress(names, positive[first:last]))
                for names, (first, last) in zip(
                    self.options, itertools.pairwise(self.starts), strict=True
                )
            )
        return self._names[key]


def _replies(tables: FloatArray, player: int, vectors: list[FloatArray]) -> FloatArray:
    """Average tables (t, m_1, ..., m_n) over the others' rows; return (t, k, m_player)."""
    count = len(vectors[player])
    left = np.moveaxis(tables, player + 1, 1)
    others = [vector for other, vector in enumerate(vectors) if other != player]
    if others:
        values: FloatArray = left.reshape(-1, others[-1].shape[1]) @ others[-1].T
    else:
        values = np.repeat(left.reshape(-1, 1), count, axis=1)
    for vector in reversed(others[:-1]):
        values = (values.reshape(-1, vector.shape[1], count) * vector.T).sum(axis=1)
    return np.moveaxis(values.reshape(len(tables), -1, count), 2, 1)


def ordered(equilibria: Iterable[Equilibrium]) -> tuple[Equilibrium, ...]:
    """Return equilibria in a fixed order: pure ones by profile, then mixed ones by strategies."""
    return tuple(sorted(equilibria, key=_key))


def _key(equilibrium: Equilibrium) -> tuple[bool, list[float], list[float]]:
    shares = [-p for vector in equilibrium.strategies for p in vector.tolist()]
    mixed = any(len(options) > 1 for options in equilibrium.support)
    return (mixed, [round(p, 6) for p in shares], shares)
