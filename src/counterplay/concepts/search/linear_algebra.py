"""Small dense matrices for the search: written out, so that compiled and plain runs agree.

Both give the same bits because both follow the same order of operations; a library that blocks
and reorders sums would not.
"""

from __future__ import annotations

from counterplay.concepts.search.layout import IntArray
from counterplay.concepts.search.scratch import PIVOT_COLUMN, PIVOT_ROW
from counterplay.numeric import FloatArray


def invert(
    matrix: FloatArray,
    left: FloatArray,
    order: IntArray,
    size: int,
    threshold: float,
) -> int:
    """Reduce `matrix` by Gauss-Jordan steps with complete pivoting, and count the pivots.

    On return `left` holds the row operations: `left @ original` has unit columns at the pivots.
    Row `order[PIVOT_ROW, q]` and column `order[PIVOT_COLUMN, q]` hold pivot q; the rows beyond
    the rank, whose combination of the original rows nearly vanishes, follow.

    Parameters
    ----------
    matrix : (size, size) at least, destroyed
    left : (size, size) at least, overwritten
    order : (2, size) at least, overwritten
    threshold : float
        Stop at a pivot below this share of the first one.

    Returns
    -------
    int
        The numerical rank.
    """
    for a in range(size):
        order[PIVOT_ROW, a] = a
        order[PIVOT_COLUMN, a] = a
        for b in range(size):
            left[a, b] = 1.0 if a == b else 0.0
    greatest = 0.0
    for rank in range(size):
        pivot = _largest(matrix, order, rank, size)
        if rank == 0:
            greatest = pivot
        if pivot <= threshold * greatest or pivot < 1e-200:
            return rank
        _eliminate(matrix, left, order[PIVOT_ROW, rank], order[PIVOT_COLUMN, rank], size)
    return size


def _largest(matrix: FloatArray, order: IntArray, rank: int, size: int) -> float:
    """Bring the largest entry of the rows and columns not used yet to position `rank`."""
    best = -1.0
    at_row = rank
    at_column = rank
    for a in range(rank, size):
        for b in range(rank, size):
            entry = abs(matrix[order[PIVOT_ROW, a], order[PIVOT_COLUMN, b]])
            if entry > best:
                best = entry
                at_row = a
                at_column = b
    held = order[PIVOT_ROW, rank]
    order[PIVOT_ROW, rank] = order[PIVOT_ROW, at_row]
    order[PIVOT_ROW, at_row] = held
    held = order[PIVOT_COLUMN, rank]
    order[PIVOT_COLUMN, rank] = order[PIVOT_COLUMN, at_column]
    order[PIVOT_COLUMN, at_column] = held
    return best


def _eliminate(matrix: FloatArray, left: FloatArray, row: int, column: int, size: int) -> None:
    factor = 1.0 / matrix[row, column]
    for b in range(size):
        matrix[row, b] *= factor
        left[row, b] *= factor
    for a in range(size):
        weight = matrix[a, column]
        if a != row and weight != 0.0:
            for b in range(size):
                matrix[a, b] -= weight * matrix[row, b]
                left[a, b] -= weight * left[row, b]


def unscramble(
    left: FloatArray, order: IntArray, rank: int, size: int, inverse: FloatArray
) -> None:
    """Write the generalised inverse: the row of each pivot, at the place of its column."""
    for a in range(size):
        for b in range(size):
            inverse[a, b] = 0.0
    for q in range(rank):
        for b in range(size):
            inverse[order[PIVOT_COLUMN, q], b] = left[order[PIVOT_ROW, q], b]


def determinant_sign(matrix: FloatArray, size: int) -> float:
    """Return the sign of the determinant; `matrix` is destroyed."""
    sign = 1.0
    for c in range(size):
        best = c
        for a in range(c + 1, size):
            if abs(matrix[a, c]) > abs(matrix[best, c]):
                best = a
        if matrix[best, c] == 0.0:
            return 0.0
        if best != c:
            sign = -sign
            for b in range(size):
                held = matrix[c, b]
                matrix[c, b] = matrix[best, b]
                matrix[best, b] = held
        if matrix[c, c] < 0.0:
            sign = -sign
        for a in range(c + 1, size):
            weight = matrix[a, c] / matrix[c, c]
            if weight != 0.0:
                for b in range(c, size):
                    matrix[a, b] -= weight * matrix[c, b]
    return sign
