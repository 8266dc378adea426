"""Maximal Nash subsets: the convex pieces that all equilibria of a two-player game form.

Any strategy mixed from extreme ones X' against any mixed from Y' is an equilibrium when every
pair of X' x Y' is one.  So the set of equilibria is the union of conv X' x conv Y' over the
maximal such pairs, the maximal bicliques of the graph of extreme equilibria; pieces with a
strategy in common hang together, and the connected components of the graph are those of the set
(Winkels 1979; Jansen 1981; Avis, Rosenberg, Savani and von Stengel 2010, section 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

from counterplay.concepts.two_player.extreme import Edge, ExtremeEquilibria, bits
from counterplay.concepts.two_player.integer_payoffs import Matrix, transposed
from counterplay.concepts.two_player.limits import MAX_SUBSETS, LimitReachedError, Limits
from counterplay.concepts.two_player.polytope import Vertex

NashSubset = tuple[tuple[int, ...], tuple[int, ...]]
"""The vertices of either player of which the strategies are mixed."""


def components(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Return the edges of each connected component, ordered by their first edges.

    Examples
    --------
    >>> components([(0, 0), (1, 1), (2, 0)])
    [[(0, 0), (2, 0)], [(1, 1)]]
    """
    across = [_neighbours(edges), _neighbours([(b, a) for a, b in edges])]
    seen: set[int] = set()
    found = []
    for start in across[0]:
        if start in seen:
            continue
        met, pending = [{start}, set[int]()], [(0, start)]
        while pending:
            side, vertex = pending.pop()
            new = set(across[side][vertex]) - met[1 - side]
            met[1 - side] |= new
            pending.extend((1 - side, other) for other in new)
        seen |= met[0]
        found.append(sorted((a, b) for a in met[0] for b in across[0][a]))
    return found


def maximal_nash_subsets(
    component: Sequence[Edge], limits: Limits, most: int = MAX_SUBSETS
) -> list[NashSubset]:
    """Return the maximal bicliques of a connected component, in rising order.

    Their second sides are the intersections of neighbourhoods of first vertices.

    Raises
    ------
    LimitReachedError
        Where there are more than `most`.

    Examples
    --------
    >>> maximal_nash_subsets([(0, 0), (0, 1), (1, 1)], Limits())
    [((0,), (0, 1)), ((0, 1), (1,))]
    """
    if len({b for _, b in component}) < len({a for a, _ in component}):
        turned = maximal_nash_subsets([(b, a) for a, b in component], limits, most)
        return sorted((own, other) for other, own in turned)
    reach = {a: _mask(opposite) for a, opposite in _neighbours(component).items()}
    return sorted(
        (tuple(a for a in sorted(reach) if reach[a] & side == side), tuple(bits(side)))
        for side in _intersections(set(reach.values()), limits, most)
    )


def dimension(
    subsets: Sequence[NashSubset], extreme: ExtremeEquilibria, A: Matrix, B: Matrix
) -> int:
    """Return the largest dimension of some maximal Nash subsets.

    Parameters
    ----------
    subsets : maximal Nash subsets of one component
    extreme : the extreme equilibria whose places they name
    A, B : positive integers, rows are the first player's options
    """
    columns = transposed(B)
    faces = [
        (
            _equalities([extreme.first[a] for a in own], columns),
            _equalities([extreme.second[b] for b in other], A),
        )
        for own, other in subsets
    ]
    largest = 0
    for pair in sorted(faces, key=lambda pair: -_at_most(pair)):
        if _at_most(pair) <= largest:
            break
        largest = max(largest, sum(len(rows[0]) - 1 - rank(rows) for rows in pair))
    return largest


def rank(rows: Sequence[Sequence[int]]) -> int:
    """Return the rank of an integer matrix, exactly.

    Examples
    --------
    >>> rank([[1, 0, 1], [0, 2, 0], [1, 2, 1]])
    2
    """
    left = [list(row) for row in rows]
    found = 0
    for column in range(len(left[0])):
        at = next((k for k, row in enumerate(left) if row[column]), None)
        if at is not None:
            pivot = left.pop(at)
            left = [_reduced(row, pivot, column) for row in left]
            found += 1
    return found


def _neighbours(edges: Sequence[Edge]) -> dict[int, list[int]]:
    reach: dict[int, list[int]] = {}
    for a, b in edges:
        reach.setdefault(a, []).append(b)
    return reach


def _mask(places: Sequence[int]) -> int:
    return sum(1 << place for place in places)


def _intersections(sets: set[int], limits: Limits, most: int) -> set[int]:
    """Return all intersections of some sets, given as masks, that are not empty."""
    closed = set(sets)
    pending = list(sets)
    while pending:
        limits.poll()
        if len(closed) > most:
            raise LimitReachedError("too many maximal Nash subsets")
        one = pending.pop()
        new = {one & other for other in sets} - closed - {0}
        closed |= new
        pending.extend(new)
    return closed


def _equalities(vertices: Sequence[Vertex], columns: Matrix) -> Matrix:
    """Return the equations of the face that some vertices span.

    The face is where the replies that are best at all of them stay equally good.  Its dimension
    is the number of options played anywhere on it less the rank of the equations.

    Returns
    -------
    list of rows
        For each common best reply its payoffs against the options played, and 1 for their level.
    """
    unplayed = replies = -1
    for vertex in vertices:
        unplayed &= vertex.unplayed
        replies &= vertex.replies
    played = [i for i in range(len(columns[0])) if not unplayed >> i & 1]
    return [[*(columns[k][i] for i in played), 1] for k in bits(replies)]


def _at_most(pair: tuple[Matrix, Matrix]) -> int:
    return sum(len(rows[0]) - 2 for rows in pair)


def _reduced(row: list[int], pivot: list[int], column: int) -> list[int]:
    if not row[column]:
        return row
    mixed = [pivot[column] * x - row[column] * y for x, y in zip(row, pivot, strict=True)]
    shared = gcd(*mixed)
    return [x // shared for x in mixed] if shared > 1 else mixed
