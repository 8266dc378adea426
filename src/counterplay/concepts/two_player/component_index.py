"""Index of a connected component of equilibria, exactly.

Divide the payoffs of a player's option k by 1 + t e_k, with t > 0 as small as we like and
different numbers e_k > 0.  All vertices of the perturbed polyhedra are simple, so that the
perturbed equilibria are isolated and regular, with index (-1)^(s+1) sign(det A_ST det B_ST) where
S and T are the s options played (Shapley, "A note on the Lemke-Howson algorithm", 1974; payoffs
positive).  As t tends to 0 they tend to equilibria of the game, and the index of a component is
the sum over those that tend into it.

A vertex splits into the vertices of the cone tangent to the polyhedron there, with the row of
each best reply k moved outward by e_k.  Their shape does not depend on t: nothing need be small,
nothing is rounded, and no point must be assigned to the component that it is nearest to.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from counterplay.concepts.two_player.double_description import extreme_rays
from counterplay.concepts.two_player.extreme import Edge, ExtremeEquilibria, bits
from counterplay.concepts.two_player.integer_payoffs import Matrix, transposed
from counterplay.concepts.two_player.limits import LimitReachedError, Limits
from counterplay.concepts.two_player.polytope import Vertex

_ATTEMPTS = 3
_LARGEST_SHIFT = 2**31

_Labels = tuple[int, int]
"""The options unplayed and the other player's best replies at a perturbed vertex."""


class _NotGenericError(Exception):
    """The shifts left a vertex that is not simple."""


def component_indices(
    A: Matrix,
    B: Matrix,
    extreme: ExtremeEquilibria,
    components: Sequence[Sequence[Edge]],
    limits: Limits,
) -> list[int | None]:
    """Return the index of each connected component.

    Parameters
    ----------
    A, B : positive integers, rows are the first player's options
    extreme : all extreme equilibria of (A, B)
    components : their connected components
    limits : Limits

    Returns
    -------
    list of int or None
        They sum to 1.  All None where the work runs out.

    Raises
    ------
    StoppedError
    """
    for attempt in range(_ATTEMPTS):
        try:
            found = _indices(A, B, extreme, components, limits, _shifts(attempt, A))
        except LimitReachedError:
            break
        except _NotGenericError:
            continue
        if sum(found) == 1:
            return list(found)
    return [None] * len(components)


def _shifts(attempt: int, A: Matrix) -> tuple[list[int], list[int]]:
    generator = np.random.default_rng(attempt)
    drawn = generator.integers(1, _LARGEST_SHIFT, size=len(A) + len(A[0])).tolist()
    return drawn[: len(A)], drawn[len(A) :]


def _indices(
    A: Matrix,
    B: Matrix,
    extreme: ExtremeEquilibria,
    components: Sequence[Sequence[Edge]],
    limits: Limits,
    shifts: tuple[list[int], list[int]],
) -> list[int]:
    rows, columns = shifts
    reach = _played_nearby(extreme)
    paying_second = transposed(B)
    first = [
        _split(vertex, near, paying_second, columns, limits)
        for vertex, near in zip(extreme.first, reach[0], strict=True)
    ]
    second = [
        _split(vertex, near, A, rows, limits)
        for vertex, near in zip(extreme.second, reach[1], strict=True)
    ]
    found = []
    for edges in components:
        limits.poll()
        near = [labels for a, b in edges for labels in _matched(first[a], second[b], A)]
        found.append(sum(_regular_index(A, B, labels) for labels in near))
    return found


def _played_nearby(extreme: ExtremeEquilibria) -> tuple[list[int], list[int]]:
    """Return for each vertex the options that are best replies in an equilibrium with it.

    No other is played in a perturbed equilibrium near that vertex.
    """
    first, second = [0] * len(extreme.first), [0] * len(extreme.second)
    for a, b in extreme.edges:
        first[a] |= extreme.second[b].replies
        second[b] |= extreme.first[a].replies
    return first, second


def _split(
    vertex: Vertex, near: int, columns: Matrix, shifts: Sequence[int], limits: Limits
) -> set[_Labels]:
    """Return the labels of the perturbed vertices near one, with no option outside `near` played.

    The tangent cone is written in the changes d of the weights and a last coordinate by which the
    shifts are multiplied.
    """
    if vertex.unplayed.bit_count() + vertex.replies.bit_count() == len(vertex.weights):
        return {(vertex.unplayed, vertex.replies)}
    free = bits(near)
    replies = bits(vertex.replies)
    bounded = [at for at, option in enumerate(free) if vertex.unplayed >> option & 1]
    size = len(free)
    rows = [tuple(int(i == at) for i in range(size + 1)) for at in (size, *bounded)]
    rows += [(*(-columns[k][option] for option in free), shifts[k]) for k in replies]
    tight = [mask for _, mask in extreme_rays(rows, limits) if not mask & 1]
    if any(mask.bit_count() != size for mask in tight):
        raise _NotGenericError
    names = [1 << free[at] for at in bounded], [1 << k for k in replies]
    return {
        (
            vertex.unplayed & ~near | _named(mask >> 1, names[0]),
            _named(mask >> 1 + len(bounded), names[1]),
        )
        for mask in tight
    }


def _named(mask: int, names: Sequence[int]) -> int:
    return sum(name for k, name in enumerate(names) if mask >> k & 1)


def _matched(first: set[_Labels], second: set[_Labels], A: Matrix) -> list[_Labels]:
    """Return the labels of the perturbed vertices of `first` that form an equilibrium."""
    rows, columns = (1 << len(A)) - 1, (1 << len(A[0])) - 1
    return [
        (unplayed, replies)
        for unplayed, replies in first
        if (columns ^ replies, rows ^ unplayed) in second
    ]


def _regular_index(A: Matrix, B: Matrix, labels: _Labels) -> int:
    """Return the index of the equilibrium in which just the best replies are played."""
    unplayed, replies = labels
    own = [i for i in range(len(A)) if not unplayed >> i & 1]
    other = bits(replies)
    signs = [_determinant_sign([[M[i][j] for j in other] for i in own]) for M in (A, B)]
    return signs[0] * signs[1] * (1 if len(own) % 2 else -1)


def _determinant_sign(matrix: Matrix) -> int:
    """Return the sign of a determinant, by elimination without fractions (Bareiss 1968)."""
    sign, last = 1, 1
    while len(matrix) > 1:
        at = next((k for k, row in enumerate(matrix) if row[0]), None)
        if at is None:
            return 0
        pivot = matrix[at]
        rest = matrix[:at] + matrix[at + 1 :]
        sign = -sign if at % 2 else sign
        matrix = [
            [(pivot[0] * x - row[0] * y) // last for x, y in zip(row[1:], pivot[1:], strict=True)]
            for row in rest
        ]
        last = pivot[0]
    corner = matrix[0][0]
    return sign * ((corner > 0) - (corner < 0))
