"""Extreme equilibria: pairs of polytope vertices at which every option bears a label.

A pair of strategies is an equilibrium when each option is not played or a best reply.  The
equilibria that are no mixture of others are found among the pairs of vertices (Mangasarian,
"Equilibrium points of bimatrix games", 1964; Avis, Rosenberg, Savani and von Stengel,
"Enumeration of Nash equilibria for two-player games", 2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterplay.concepts.two_player.integer_payoffs import Matrix, transposed
from counterplay.concepts.two_player.limits import Limits
from counterplay.concepts.two_player.polytope import Vertex, best_reply_vertices

Edge = tuple[int, int]
"""An extreme equilibrium: the places of its two strategies in the lists of vertices."""


@dataclass(frozen=True)
class ExtremeEquilibria:
    """All extreme equilibria of a game.

    Attributes
    ----------
    first, second : list of Vertex
        The strategies of either player that occur in one.
    edges : list of (int, int)
        The pairs that are equilibria, in rising order.
    """

    first: list[Vertex]
    second: list[Vertex]
    edges: list[Edge]


def extreme_equilibria(A: Matrix, B: Matrix, limits: Limits) -> ExtremeEquilibria:
    """Return all extreme equilibria of the bimatrix game (A, B).

    Parameters
    ----------
    A, B : positive integers, rows are the first player's options
    limits : Limits

    Raises
    ------
    LimitReachedError

    Examples
    --------
    >>> found = extreme_equilibria([[3, 1], [1, 2]], [[2, 1], [1, 3]], Limits())
    >>> [(found.first[a].weights, found.second[b].weights) for a, b in found.edges]
    [((1, 0), (1, 0)), ((2, 1), (1, 2)), ((0, 1), (0, 1))]
    """
    if len(A) <= len(A[0]):
        return _paired(transposed(B), A, limits)
    turned = _paired(A, transposed(B), limits)
    edges = sorted((a, b) for b, a in turned.edges)
    return ExtremeEquilibria(turned.second, turned.first, edges)


def _paired(paying_other: Matrix, paying_own: Matrix, limits: Limits) -> ExtremeEquilibria:
    """Return the extreme equilibria, the player with fewer options first.

    The other's options that are never a best reply are not played in any equilibrium, and left
    out of its polyhedron.

    Parameters
    ----------
    paying_other : a vector over the own options for each of the other player's options
    paying_own : a vector over the other player's options for each of the own options
    """
    own = best_reply_vertices(paying_other, limits)
    used = 0
    for vertex in own:
        used |= vertex.replies
    kept = bits(used)
    narrow = [[vector[k] for k in kept] for vector in paying_own]
    other = best_reply_vertices(narrow, limits)
    edges = _complementary(own, other, kept, limits)
    first, second = sorted({a for a, _ in edges}), sorted({b for _, b in edges})
    places = {a: k for k, a in enumerate(first)}, {b: k for k, b in enumerate(second)}
    return ExtremeEquilibria(
        [own[a] for a in first],
        [_widened(other[b], kept, len(paying_other)) for b in second],
        [(places[0][a], places[1][b]) for a, b in edges],
    )


def _complementary(
    own: list[Vertex], other: list[Vertex], kept: Sequence[int], limits: Limits
) -> list[Edge]:
    """Return the pairs of vertices at which every option is unplayed or a best reply.

    Parameters
    ----------
    kept : for each option of `other` its place among the best replies of `own`
    """
    replied = _holders([vertex.replies for vertex in other], len(own[0].weights))
    unplayed = _holders([vertex.unplayed for vertex in other], len(kept))
    edges: list[Edge] = []
    for a, vertex in enumerate(own):
        matching = (1 << len(other)) - 1
        for i, holders in enumerate(replied):
            if not vertex.unplayed >> i & 1:
                matching &= holders
        for k, holders in zip(kept, unplayed, strict=True):
            if not vertex.replies >> k & 1:
                matching &= holders
        found = bits(matching)
        limits.spend(len(found))
        edges.extend((a, b) for b in found)
    return edges


def _holders(masks: list[int], count: int) -> list[int]:
    """Return for each bit which of `masks` have it, itself as a mask."""
    return [
        int("".join("1" if mask >> bit & 1 else "0" for mask in reversed(masks)), 2)
        for bit in range(count)
    ]


def bits(mask: int) -> list[int]:
    """Return the places of the bits of a mask, in rising order.

    Examples
    --------
    >>> bits(0b1010)
    [1, 3]
    """
    places = []
    while mask:
        lowest = mask & -mask
        places.append(lowest.bit_length() - 1)
        mask ^= lowest
    return places


def _widened(vertex: Vertex, kept: Sequence[int], count: int) -> Vertex:
    """Return a vertex over the options `kept` as one over all, the others unplayed."""
    weights = [0] * count
    for k, weight in zip(kept, vertex.weights, strict=True):
        weights[k] = weight
    unplayed = sum(1 << k for k, weight in enumerate(weights) if not weight)
    return Vertex(tuple(weights), unplayed, vertex.replies)
