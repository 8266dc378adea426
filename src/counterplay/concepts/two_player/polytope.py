"""Vertices of a best-reply polyhedron, labelled.

Against a strategy x of one player the other one's best payoff is v = max_k c_k . x.  The pairs
(x, v) with x a distribution and v >= c_k . x for every option k form the best-reply polyhedron of
von Stengel ("Equilibrium computation for two-player games in strategic and extensive form",
Algorithmic Game Theory, 2007, section 3.4).  A point of it carries the label of every own option
that is not played and of every option of the other player that is a best reply.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counterplay.concepts.two_player.double_description import extreme_rays
from counterplay.concepts.two_player.limits import Limits


class Vertex(NamedTuple):
    """A strategy at a vertex.

    Attributes
    ----------
    weights : tuple of int
        In proportion to the probabilities.
    unplayed, replies : int
        Bit masks of the own options that are not played, and of the other player's best replies.
    """

    weights: tuple[int, ...]
    unplayed: int
    replies: int


def best_reply_vertices(columns: Sequence[Sequence[int]], limits: Limits) -> list[Vertex]:
    """Return the vertices of the polyhedron {(x, v) : x >= 0, sum x = 1, v >= c . x}.

    Parameters
    ----------
    columns : positive integer vectors of one length m
        `columns[k][i]` is what the other player gets from its option k against option i.
    limits : Limits

    Raises
    ------
    LimitReachedError

    Examples
    --------
    >>> vertices = best_reply_vertices([(1, 3), (2, 1)], Limits())
    >>> sorted(vertex.weights for vertex in vertices)
    [(0, 1), (1, 0), (2, 1)]
    """
    count = len(columns[0])
    alike: dict[tuple[int, ...], int] = {}
    for k, column in enumerate(columns):
        alike[tuple(column)] = alike.get(tuple(column), 0) | 1 << k
    rows = [tuple(int(i == k) for i in range(count + 1)) for k in range(count)]
    rows += [(*(-cell for cell in column), 1) for column in alike]
    return [
        Vertex(ray[:-1], mask & (1 << count) - 1, _united(mask >> count, list(alike.values())))
        for ray, mask in extreme_rays(rows, limits)
        if any(ray[:-1])
    ]


def _united(chosen: int, masks: list[int]) -> int:
    return sum(mask for k, mask in enumerate(masks) if chosen >> k & 1)
