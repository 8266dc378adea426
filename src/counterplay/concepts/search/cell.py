"""Cells: products of simplices inside a support, one simplex a player.

A cell is kept as the vertices of each player's simplex and as the values of every function at its
vertex tuples.  A multilinear function on a product of simplices takes its least and greatest value
at vertex tuples, so the entries of a tensor give the exact range of the function on the cell.

Rounding.  u is 2^-53.  Entries lie in [-1, 1].  `halve` adds an error of at most u to an entry.
`shrink` forms sum_q low_q T_q + w T_p from k + 1 products with weights that sum to 1 up to 64 u
(see `contraction`): weights, products and sums together add at most (2 k + 67) u.  Both form
convex combinations, so an error already there does not grow.  After `steps` such steps an entry
is therefore off by at most `steps` times `step_error` beyond its error at the root.
"""

from __future__ import annotations

from counterplay.concepts.search.layout import (
    CORNER,
    COUNT,
    FIRST,
    FUNCTION,
    LENGTH,
    PLACE,
    STRIDE,
    IntArray,
)
from counterplay.numeric import FloatArray

U = 2.0**-53


def step_error(support: IntArray) -> float:
    """Return how much one step of `halve` or `shrink` can add to the error of an entry."""
    return (2 * most_options(support) + 67) * U


def most_options(support: IntArray) -> int:
    """Return the largest number of options that a player may play."""
    most = 0
    for i in range(support.shape[1] - 1):
        most = max(most, support[COUNT, i])
    return most


def whole(support: IntArray, corners: FloatArray) -> None:
    """Make a cell's vertices those of the whole support."""
    for i in range(support.shape[1] - 1):
        count = support[COUNT, i]
        at = support[CORNER, i]
        for p in range(count):
            for c in range(count):
                corners[at + p * count + c] = 1.0 if p == c else 0.0


def restrict(
    support: IntArray,
    root: FloatArray,
    corners: FloatArray,
    tensors: FloatArray,
    values: FloatArray,
) -> None:
    """Write the tensors of the cell with these vertices, from those of the whole support.

    `values` is room for as many numbers as a player has options.
    """
    n = support.shape[1] - 1
    for t in range(support[FIRST, n]):
        tensors[t] = root[t]
    for j in range(n):
        count = support[COUNT, j]
        if count == 1:
            continue
        corner = support[CORNER, j]
        for i in range(n):
            if i == j:
                continue
            step = support[STRIDE + i, j]
            blocks = support[FUNCTION, i] * support[LENGTH, i] // (step * count)
            for block in range(blocks):
                for s in range(step):
                    at = support[FIRST, i] + block * count * step + s
                    for p in range(count):
                        total = 0.0
                        for c in range(count):
                            total += corners[corner + p * count + c] * tensors[at + c * step]
                        values[p] = total
                    for p in range(count):
                        tensors[at + p * step] = values[p]


def shrink(
    support: IntArray,
    tensors: FloatArray,
    corners: FloatArray,
    low: FloatArray,
    share: FloatArray,
) -> int:
    """Contract the cell to local coordinates of at least `low`; `share` is what is left of each.

    Returns
    -------
    int
        How many players' simplices were contracted.
    """
    n = support.shape[1] - 1
    done = 0
    for j in range(n):
        count = support[COUNT, j]
        rest = share[j]
        if count == 1 or rest > 0.999:
            continue
        done += 1
        place = support[PLACE, j]
        for i in range(n):
            if i != j:
                step = support[STRIDE + i, j]
                blocks = support[FUNCTION, i] * support[LENGTH, i] // (step * count)
                start = support[FIRST, i]
                for block in range(blocks):
                    at = start + block * count * step
                    some = tensors[at : at + count * step]
                    for s in range(step):
                        total = 0.0
                        for q in range(count):
                            total += low[place + q] * some[q * step + s]
                        for p in range(count):
                            some[p * step + s] = total + rest * some[p * step + s]
        at = support[CORNER, j]
        for c in range(count):
            total = 0.0
            for q in range(count):
                total += low[place + q] * corners[at + q * count + c]
            for p in range(count):
                corners[at + p * count + c] = total + rest * corners[at + p * count + c]
    return done


def halve(
    support: IntArray, tensors: FloatArray, corners: FloatArray, player: int, edge: tuple[int, int]
) -> None:
    """Move vertex `edge[0]` of a player's simplex to the middle of the edge to `edge[1]`."""
    count = support[COUNT, player]
    moved, other = edge
    for i in range(support.shape[1] - 1):
        if i == player:
            continue
        step = support[STRIDE + i, player]
        blocks = support[FUNCTION, i] * support[LENGTH, i] // (step * count)
        for block in range(blocks):
            here = support[FIRST, i] + (block * count + moved) * step
            there = support[FIRST, i] + (block * count + other) * step
            one = tensors[here : here + step]
            two = tensors[there : there + step]
            for s in range(step):
                one[s] = 0.5 * (one[s] + two[s])
    here = support[CORNER, player] + moved * count
    there = support[CORNER, player] + other * count
    for c in range(count):
        corners[here + c] = 0.5 * (corners[here + c] + corners[there + c])


def edge_length(support: IntArray, corners: FloatArray, player: int, p: int, q: int) -> float:
    """Return the largest difference of a probability between two vertices of a simplex."""
    count = support[COUNT, player]
    first = support[CORNER, player] + p * count
    second = support[CORNER, player] + q * count
    longest = 0.0
    for c in range(count):
        longest = max(longest, abs(corners[first + c] - corners[second + c]))
    return longest


def width(support: IntArray, corners: FloatArray) -> float:
    """Return the longest edge of the cell."""
    longest = 0.0
    for j in range(support.shape[1] - 1):
        for p in range(support[COUNT, j]):
            for q in range(p):
                longest = max(longest, edge_length(support, corners, j, p, q))
    return longest


def centre(support: IntArray, corners: FloatArray, point: FloatArray) -> None:
    """Write the cell's centre, in probabilities, into `point`."""
    for j in range(support.shape[1] - 1):
        count = support[COUNT, j]
        at = support[CORNER, j]
        for c in range(count):
            total = 0.0
            for p in range(count):
                total += corners[at + p * count + c]
            point[support[PLACE, j] + c] = total / count


def reach(support: IntArray, corners: FloatArray, point: FloatArray) -> float:
    """Return how far the cell reaches from a point, in the largest difference of a probability."""
    farthest = 0.0
    for j in range(support.shape[1] - 1):
        count = support[COUNT, j]
        at = support[CORNER, j]
        place = support[PLACE, j]
        for p in range(count):
            for c in range(count):
                farthest = max(farthest, abs(corners[at + p * count + c] - point[place + c]))
    return farthest
