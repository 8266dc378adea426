"""Newton rows: exact ranges of preconditioned equations contract a cell or discard it.

Let Y be any matrix, here a (generalised) inverse of the equations' Jacobian at the centre of the
cell, in local barycentric coordinates.  At a root every equation T_e is zero, so each local
coordinate equals h_p = lambda_p - sum_e Y[p, e] T_e there.  h_p is multilinear: its least and
greatest value over the cell are attained at vertex tuples.  A root therefore has
min h_p <= lambda_p <= max h_p (Krawczyk 1969, with exact ranges in place of interval arithmetic).
If every min h_p is positive, p = 0 included, h maps the cell into its interior and a root exists
(Brouwer).

Rounding.  A combination sum_e w_e T_e of N entries of size at most 1 is off by at most
(slack + (N + 4) u) sum_e |w_e|; `branch` keeps slack above (N + 4) u, so every bound below is
widened by 2 slack (1 + sum_e |w_e|), whatever the rounding in Y.  Lower bounds that sum to more
than 1 discard the cell only beyond 64 u, the most that their own sums can be off.
"""

from __future__ import annotations

from counterplay.concepts.search.exclusion import extremes
from counterplay.concepts.search.layout import (
    COUNT,
    FIRST,
    FUNCTION,
    LENGTH,
    PLACE,
    ROW,
    STRIDE,
    TAIL,
    IntArray,
)
from counterplay.concepts.search.linear_algebra import invert, unscramble
from counterplay.concepts.search.scratch import (
    GRADIENT,
    HIGH,
    INVERSE,
    JACOBIAN,
    LEFT,
    LOW,
    MARGINAL,
    MEANS,
    NEWTON,
    PART,
    PIVOT_ROW,
    PLAYER,
    SHARE,
    SUMS,
    VALUES,
    VERTEX,
    WEIGHTS,
    Scratch,
)
from counterplay.numeric import FloatArray

KEPT, DISCARDED, CONTRACTED = range(3)
"""What the rows did to the cell."""

_WORTH = 0.8
"""A contraction is carried out if it leaves some player at most this share of its simplex."""

_LIKELY = 0.5
"""Rows whose Newton coordinate is beyond this cannot discard the cell; others are tried first."""

_SHORT = 4
"""Runs of entries shorter than this are not worth a view of their own."""

_OVERFULL = 1.0 + 64 * 2.0**-53


def linearise(support: IntArray, scratch: Scratch, threshold: float) -> int:
    """Compute means, centre values and Jacobian of the equations, and its inverse.

    Returns
    -------
    int
        The Jacobian's numerical rank.
    """
    n = support.shape[1] - 1
    size = support[ROW, n]
    _marginals(support, scratch)
    rank = invert(scratch.matrix[JACOBIAN], scratch.matrix[LEFT], scratch.order, size, threshold)
    unscramble(scratch.matrix[LEFT], scratch.order, rank, size, scratch.matrix[INVERSE])
    return rank


def _marginals(support: IntArray, scratch: Scratch) -> None:
    n = support.shape[1] - 1
    jacobian = scratch.matrix[JACOBIAN]
    marginal = scratch.matrix[MARGINAL]
    for i in range(n):
        length = support[LENGTH, i]
        for a in range(support[COUNT, i] - 1):
            e = support[ROW, i] + a
            at = support[FIRST, i] + a * length
            for c in range(support[ROW, i], support[ROW, i + 1]):
                jacobian[e, c] = 0.0
            mean = scratch.tensor[at]
            for j in range(n):
                count = support[COUNT, j]
                if j == i or count == 1:
                    continue
                x = support[PLACE, j]
                stride = support[STRIDE + i, j]
                slice_means(scratch.tensor, (at, length), (count, stride), marginal, (e, x))
                column = support[ROW, j] - 1
                mean = marginal[e, x]
                for p in range(1, count):
                    jacobian[e, column + p] = marginal[e, x + p] - marginal[e, x]
                    mean += marginal[e, x + p]
                mean /= count
            scratch.vector[VALUES, e] = mean


def slice_means(
    values: FloatArray,
    span: tuple[int, int],
    axis: tuple[int, int],
    means: FloatArray,
    at: tuple[int, int],
) -> None:
    """Write the mean of each slice of a tensor along one axis.

    Parameters
    ----------
    span : where the tensor begins, and its number of entries
    axis : number of slices, and step between them
    at : row and first column of `means`
    """
    start, length = span
    count, step = axis
    row, column = at
    blocks = length // (step * count)
    share = 1.0 / (blocks * step)
    for p in range(count):
        total = 0.0
        for block in range(blocks):
            first = start + (block * count + p) * step
            for s in range(step):
                total += values[first + s]
        means[row, column + p] = total * share


def combine(support: IntArray, scratch: Scratch, sign: float) -> float:
    """Add sign * sum_e weights_e T_e to the sums at every vertex tuple; return sum |weights_e|."""
    size = 0.0
    part = scratch.tuples[PART]
    for i in range(support.shape[1] - 1):
        count = support[COUNT, i]
        if count == 1:
            continue
        length = support[LENGTH, i]
        at = support[FIRST, i]
        row = support[ROW, i]
        values = scratch.tensor[at : at + length]
        weight = sign * scratch.vector[WEIGHTS, row]
        size += abs(weight)
        if count > 2:
            for t in range(length):
                part[t] = weight * values[t]
            for a in range(1, count - 1):
                weight = sign * scratch.vector[WEIGHTS, row + a]
                size += abs(weight)
                at += length
                values = scratch.tensor[at : at + length]
                for t in range(length):
                    part[t] += weight * values[t]
            values = part
            weight = 1.0
        _spread(scratch.tuples[SUMS], values, weight, (count, support[TAIL, i], length))
    return size


def _spread(
    sums: FloatArray, values: FloatArray, weight: float, sizes: tuple[int, int, int]
) -> None:
    """Add a weighted function of the other players' vertices to every vertex of its owner."""
    count, tail, length = sizes
    at = 0
    if tail < _SHORT:
        for block in range(length // tail):
            for _ in range(count):
                for s in range(tail):
                    sums[at] += weight * values[block * tail + s]
                    at += 1
        return
    for block in range(length // tail):
        source = values[block * tail : block * tail + tail]
        for _ in range(count):
            target = sums[at : at + tail]
            for s in range(tail):
                target[s] += weight * source[s]
            at += tail


def inconsistent(support: IntArray, scratch: Scratch, rank: int, slack: float) -> bool:
    """Say whether a combination of equations with no gradient at the centre keeps its sign.

    Such combinations are left over where the Jacobian has no full rank.
    """
    n = support.shape[1] - 1
    size = support[ROW, n]
    tuples = support[TAIL, n]
    sums = scratch.tuples[SUMS]
    for q in range(rank, size):
        row = scratch.order[PIVOT_ROW, q]
        at_centre = 0.0
        for e in range(size):
            weight = scratch.matrix[LEFT, row, e]
            scratch.vector[WEIGHTS, e] = weight
            at_centre += weight * scratch.vector[VALUES, e]
        if abs(at_centre) <= slack:
            continue
        for v in range(tuples):
            sums[v] = 0.0
        bound = 2.0 * slack * (1.0 + combine(support, scratch, 1.0))
        least, greatest = extremes(sums, 0, tuples)
        if least > bound or greatest < -bound:
            return True
    return False


def newton_point(support: IntArray, scratch: Scratch) -> float:
    """Write the Newton step from the centre into `NEWTON`; return its least coordinate.

    Also sorts the local coordinates by it: the most negative is the likeliest to discard the cell.
    """
    n = support.shape[1] - 1
    size = support[ROW, n]
    newton = scratch.vector[NEWTON]
    rows = 0
    for j in range(n):
        count = support[COUNT, j]
        if count == 1:
            continue
        moved = 0.0
        place = support[PLACE, j]
        for p in range(1, count):
            step = 0.0
            for e in range(size):
                step -= (
                    scratch.matrix[INVERSE, support[ROW, j] + p - 1, e] * scratch.vector[VALUES, e]
                )
            newton[place + p] = 1.0 / count + step
            moved += step
        newton[place] = 1.0 / count - moved
        for p in range(count):
            _insert(support, scratch, rows, j, p)
            rows += 1
    least: float = newton[support[PLACE, scratch.order[PLAYER, 0]] + scratch.order[VERTEX, 0]]
    return least


def _insert(support: IntArray, scratch: Scratch, rows: int, player: int, vertex: int) -> None:
    newton = scratch.vector[NEWTON]
    order = scratch.order
    value = newton[support[PLACE, player] + vertex]
    at = rows
    while at > 0:
        before = support[PLACE, order[PLAYER, at - 1]] + order[VERTEX, at - 1]
        if newton[before] <= value:
            break
        order[PLAYER, at] = order[PLAYER, at - 1]
        order[VERTEX, at] = order[VERTEX, at - 1]
        at -= 1
    order[PLAYER, at] = player
    order[VERTEX, at] = vertex


def replies_better(support: IntArray, scratch: Scratch, slack: float) -> bool:
    """Say whether an option left out pays more at every root in the cell.

    The combination of equations that cancels the gradient of the gap at the centre is added to the
    gap; at a root that changes nothing.  If the sum is positive at every vertex tuple, no root in
    the cell is an equilibrium.
    """
    n = support.shape[1] - 1
    tuples = support[TAIL, n]
    sums = scratch.tuples[SUMS]
    for i in range(n):
        length = support[LENGTH, i]
        for f in range(support[COUNT, i] - 1, support[FUNCTION, i]):
            at = support[FIRST, i] + f * length
            greatest = extremes(scratch.tensor, at, length)[1]
            if greatest <= slack or _predicted_gap(support, scratch, i, at) <= slack:
                continue
            for v in range(tuples):
                sums[v] = 0.0
            values = scratch.tensor[at : at + length]
            _spread(sums, values, 1.0, (support[COUNT, i], support[TAIL, i], length))
            total = combine(support, scratch, 1.0)
            if extremes(sums, 0, tuples)[0] > 2.0 * slack * (1.0 + total):
                return True
    return False


def _predicted_gap(support: IntArray, scratch: Scratch, player: int, at: int) -> float:
    """Write the cancelling combination into `WEIGHTS`; return the gap at the Newton point."""
    n = support.shape[1] - 1
    size = support[ROW, n]
    length = support[LENGTH, player]
    vector = scratch.vector
    gap: float = scratch.tensor[at]
    for j in range(n):
        count = support[COUNT, j]
        row = support[ROW, j]
        if j == player:
            for p in range(count - 1):
                vector[GRADIENT, row + p] = 0.0
        elif count > 1:
            axis = (count, support[STRIDE + player, j])
            slice_means(scratch.tensor, (at, length), axis, vector, (MEANS, 0))
            gap = vector[MEANS, 0]
            for p in range(1, count):
                vector[GRADIENT, row + p - 1] = vector[MEANS, p] - vector[MEANS, 0]
                gap += vector[MEANS, p]
            gap /= count
    for e in range(size):
        total = 0.0
        for c in range(size):
            total -= vector[GRADIENT, c] * scratch.matrix[INVERSE, c, e]
        vector[WEIGHTS, e] = total
        gap += total * vector[VALUES, e]
    return gap


def contract(support: IntArray, scratch: Scratch, slack: float, least_newton: float) -> int:
    """Evaluate the Newton rows; write lower bounds and shares for `cell.shrink`.

    Returns
    -------
    int
        KEPT, DISCARDED or CONTRACTED.
    """
    n = support.shape[1] - 1
    tuples = support[TAIL, n]
    vector = scratch.vector
    rows = 0
    for j in range(n):
        if support[COUNT, j] > 1:
            rows += support[COUNT, j]
        for x in range(support[PLACE, j], support[PLACE, j + 1]):
            vector[LOW, x] = 0.0
            vector[HIGH, x] = 1.0
    for r in range(rows):
        j = scratch.order[PLAYER, r]
        p = scratch.order[VERTEX, r]
        x = support[PLACE, j] + p
        if least_newton < 0.0 and vector[NEWTON, x] > _LIKELY:
            break
        if support[COUNT, j] == 2 and r > 0 and _comes_before(scratch, support[PLACE, j], p):
            continue
        bound = _row(support, scratch, j, p, slack)
        least, greatest = extremes(scratch.tuples[SUMS], 0, tuples)
        if greatest < -bound:
            return DISCARDED
        vector[LOW, x] = max(0.0, least - bound)
        vector[HIGH, x] = min(1.0, greatest + bound)
        if support[COUNT, j] == 2:
            # The other coordinate is one less this one.
            if least > 1.0 + bound:
                return DISCARDED
            x = support[PLACE, j] + 1 - p
            vector[LOW, x] = max(0.0, 1.0 - greatest - bound)
            vector[HIGH, x] = min(1.0, 1.0 - least + bound)
    return _shares(support, scratch)


def _comes_before(scratch: Scratch, place: int, vertex: int) -> bool:
    """Say whether the other one of two vertices is evaluated first."""
    own = scratch.vector[NEWTON, place + vertex]
    other = scratch.vector[NEWTON, place + 1 - vertex]
    return bool(other < own or (other == own and vertex == 1))


def _row(support: IntArray, scratch: Scratch, player: int, vertex: int, slack: float) -> float:
    """Write h of one local coordinate into the sums; return how far rounding can move it."""
    n = support.shape[1] - 1
    first = support[ROW, player]
    count = support[COUNT, player]
    for e in range(support[ROW, n]):
        if vertex > 0:
            scratch.vector[WEIGHTS, e] = scratch.matrix[INVERSE, first + vertex - 1, e]
        else:
            total = 0.0
            for p in range(count - 1):
                total -= scratch.matrix[INVERSE, first + p, e]
            scratch.vector[WEIGHTS, e] = total
    sums = scratch.tuples[SUMS]
    tail = support[TAIL, player]
    for v in range(support[TAIL, n]):
        sums[v] = 0.0
    for block in range(support[LENGTH, player] // tail):
        start = (block * count + vertex) * tail
        for s in range(tail):
            sums[start + s] = 1.0
    return 2.0 * slack * (1.0 + combine(support, scratch, -1.0))


def _shares(support: IntArray, scratch: Scratch) -> int:
    """Tighten lower bounds by the others' upper bounds, and say what is left of each simplex."""
    vector = scratch.vector
    least_share = 1.0
    for j in range(support.shape[1] - 1):
        vector[SHARE, j] = 1.0
        count = support[COUNT, j]
        if count == 1:
            continue
        x = support[PLACE, j]
        for p in range(count):
            others = 1e-14
            for q in range(count):
                if q != p:
                    others += vector[HIGH, x + q]
            vector[LOW, x + p] = max(vector[LOW, x + p], 1.0 - others)
        total = 0.0
        for p in range(count):
            total += vector[LOW, x + p]
        if total > _OVERFULL:
            return DISCARDED
        vector[SHARE, j] = max(1.0 - total, 0.0)
        least_share = min(least_share, vector[SHARE, j])
    return CONTRACTED if least_share < _WORTH else KEPT
