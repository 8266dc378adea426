"""Extreme equilibria as certified results in double precision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.concepts.solution import Equilibrium
from counterplay.concepts.two_player.extreme import Edge, ExtremeEquilibria
from counterplay.concepts.two_player.integer_payoffs import SMALLEST_FLOAT
from counterplay.concepts.two_player.polytope import Vertex
from counterplay.games import Game
from counterplay.numeric import FloatArray


@dataclass(frozen=True)
class Listing:
    """The vertices of both players in double precision, and their certificates.

    Attributes
    ----------
    first, second : ndarray, shape (vertices, m_i)
        A probability vector in each row.
    equilibria : dict
        The certified equilibrium at each pair of vertices that is one, pure ones first.
    """

    first: FloatArray
    second: FloatArray
    equilibria: dict[Edge, Equilibrium]


def certified(game: Game, extreme: ExtremeEquilibria, index: dict[Edge, int | None]) -> Listing:
    """Return every extreme equilibrium with payoffs and regret recomputed from `game.payoffs`.

    Parameters
    ----------
    game : Game
    extreme : its extreme equilibria
    index : the index of each that is isolated
    """
    first, second = _probabilities(extreme.first), _probabilities(extreme.second)
    places = np.array(extreme.edges)
    x, y = first[places[:, 0]], second[places[:, 1]]
    payoffs = np.column_stack([_paid(table, x, y) for table in game.payoffs])
    payoffs.flags.writeable = False
    regrets = _regrets(game, x, y)
    names = [
        [_played(row, options) for row in vectors]
        for vectors, options in zip((first, second), game.options, strict=True)
    ]
    own, other = list(first), list(second)
    equilibria = {}
    for k in _order(x, y):
        edge = a, b = extreme.edges[k]
        strict = _is_sole_reply(extreme.first[a]) and _is_sole_reply(extreme.second[b])
        equilibria[edge] = Equilibrium(
            strategies=(own[a], other[b]),
            payoffs=payoffs[k],
            regret=regrets[k],
            strict=strict,
            support=(names[0][a], names[1][b]),
            index=1 if strict else index.get(edge),
        )
    return Listing(first, second, equilibria)


def _order(x: FloatArray, y: FloatArray) -> list[int]:
    """Return the order of pairs of rows: pure ones by profile, then mixed ones by strategies."""
    shares = -np.hstack([x, y])
    mixed = (np.count_nonzero(shares, axis=1) > 2).tolist()
    keys = list(zip(mixed, np.round(shares, 6).tolist(), shares.tolist(), strict=True))
    return sorted(range(len(keys)), key=keys.__getitem__)


def _probabilities(vertices: Sequence[Vertex]) -> FloatArray:
    vectors = np.array([_shares(vertex.weights) for vertex in vertices])
    vectors.flags.writeable = False
    return vectors


def _shares(weights: Sequence[int]) -> list[float]:
    """Return weights as probabilities; one too small for a float stays positive."""
    total = sum(weights)
    return [max(weight / total, SMALLEST_FLOAT) if weight else 0.0 for weight in weights]


def _paid(table: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the expected payoff of one player under each pair of rows."""
    paid: FloatArray = np.einsum("ei,ei->e", x, y @ table.T)
    return paid


def _regrets(game: Game, x: FloatArray, y: FloatArray) -> list[float]:
    """Return the larger of the two players' regrets under each pair of rows."""
    gains = []
    for player, (own, replies) in enumerate(((x, y @ game.scaled[0].T), (y, x @ game.scaled[1]))):
        gain = replies.max(axis=1) - np.einsum("ei,ei->e", own, replies)
        gains.append(np.maximum(gain, 0.0) * game.ranges[player])
    regrets: list[float] = np.maximum(*gains).tolist()
    return regrets


def _played(vector: FloatArray, options: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name, share in zip(options, vector.tolist(), strict=True) if share)


def _is_sole_reply(vertex: Vertex) -> bool:
    """Say whether a strategy is pure and leaves the other player one best reply."""
    played = len(vertex.weights) - vertex.unplayed.bit_count()
    return played == 1 and vertex.replies.bit_count() == 1
