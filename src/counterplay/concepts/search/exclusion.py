"""Tests that discard a cell: some function keeps its sign at every vertex tuple.

A test discards only where the sign is certain: `slack` bounds the error of every entry of the
cell's tensors (see `cell`), so an entry above it is positive in exact arithmetic too, and the
difference of two entries is certain beyond twice the slack, in which `branch` leaves room for the
rounding of the difference.
"""

from __future__ import annotations

from counterplay.concepts.search.layout import COUNT, FIRST, FUNCTION, LENGTH, IntArray
from counterplay.numeric import FloatArray


def no_sign_change(support: IntArray, tensors: FloatArray, slack: float) -> bool:
    """Say whether an equation has no zero on the cell, or an inequality fails everywhere on it.

    Differences of two functions of one player are tested too: two options that are both played
    pay the same, and an option left out pays no more than any option played.
    """
    for i in range(support.shape[1] - 1):
        length = support[LENGTH, i]
        equations = support[COUNT, i] - 1
        for f in range(support[FUNCTION, i]):
            at = support[FIRST, i] + f * length
            least, greatest = extremes(tensors, at, length)
            if least > slack or (f < equations and greatest < -slack):
                return True
            for e in range(min(f, equations)):
                least, greatest = _gap(tensors, at, support[FIRST, i] + e * length, length)
                if least > 2.0 * slack or (f < equations and greatest < -2.0 * slack):
                    return True
    return False


def is_solid(support: IntArray, tensors: FloatArray, slack: float) -> bool:
    """Say whether every point of the cell is an equilibrium, as far as the slack can tell."""
    for i in range(support.shape[1] - 1):
        length = support[LENGTH, i]
        equations = support[COUNT, i] - 1
        for f in range(support[FUNCTION, i]):
            least, greatest = extremes(tensors, support[FIRST, i] + f * length, length)
            if greatest > slack or (f < equations and least < -slack):
                return False
    return True


def extremes(values: FloatArray, start: int, count: int) -> tuple[float, float]:
    """Return the least and the greatest of `count` values from `start` on."""
    some = values[start : start + count]
    least = some[0]
    greatest = least
    for v in range(count):
        least = min(least, some[v])
        greatest = max(greatest, some[v])
    return least, greatest


def _gap(values: FloatArray, one: int, other: int, count: int) -> tuple[float, float]:
    first = values[one : one + count]
    second = values[other : other + count]
    least = first[0] - second[0]
    greatest = least
    for v in range(count):
        gap = first[v] - second[v]
        least = min(least, gap)
        greatest = max(greatest, gap)
    return least, greatest
