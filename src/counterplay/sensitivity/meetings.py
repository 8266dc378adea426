"""Where three or more outcome sets meet, closed in by quartering the square that they share."""

from __future__ import annotations

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.plane import Numbers, Plane

ROUNDS = 6
"""Times that a square is quartered; it ends at a sixty-fourth of a cell."""

_WHOLE, _LEAST = 3, 3


def meeting_places(
    plane: Plane, lows: FloatArray, sides: FloatArray, corners: Numbers
) -> FloatArray:
    """Follow the quarter whose corners have most outcome sets, three or more.

    Parameters
    ----------
    plane : Plane
    lows : ndarray, shape (k, 2)
        The lowest corner of each square.
    sides : ndarray, shape (2,)
        Lengths of the squares' sides.
    corners : ndarray of int, shape (k, 2, 2)
        Numbers of the outcome sets at the corners, by y and x.

    Returns
    -------
    ndarray, shape (k, 2)
        The middle of the last quarter with three outcome sets at its corners; NaN where no
        quarter of the square has as many.
    """
    lows = lows.copy()
    last = corners.copy()
    depth = np.zeros(len(lows), np.int64)
    moving = np.arange(len(lows))
    for level in range(ROUNDS):
        if not len(moving):
            break
        length = sides / 2 ** (level + 1)
        numbers = _quartered(plane, lows[moving], length, last[moving])
        counts, quarters = _most_varied(numbers)
        follow = counts >= _LEAST
        moving, row, column = moving[follow], quarters[follow] // 2, quarters[follow] % 2
        lows[moving] += np.stack([column, row], axis=1) * length
        depth[moving] = level + 1
        kept = np.flatnonzero(follow)
        for k, (square, j, i) in enumerate(zip(kept, row, column, strict=True)):
            last[moving[k]] = numbers[square, j : j + 2, i : i + 2]
    middles = lows + sides / 2.0 ** (depth[:, None] + 1)
    return np.where(depth[:, None] > 0, middles, np.nan)


def _quartered(plane: Plane, lows: FloatArray, length: FloatArray, corners: Numbers) -> Numbers:
    """Return the outcome sets on the three by three places of each square."""
    numbers = np.empty((len(lows), _WHOLE, _WHOLE), np.int64)
    numbers[:, ::2, ::2] = corners
    new = [(0, 1), (1, 0), (1, 1), (1, 2), (2, 1)]
    places = np.concatenate([lows + np.array([i, j]) * length for j, i in new])
    found = plane.outcome_numbers(places).reshape(len(new), -1)
    for (j, i), values in zip(new, found, strict=True):
        numbers[:, j, i] = values
    return numbers


def _most_varied(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Return how many outcome sets the most varied quarter of each square has, and which it is."""
    quarters = np.stack(
        [numbers[:, j : j + 2, i : i + 2].reshape(-1, 4) for j in (0, 1) for i in (0, 1)], axis=1
    )
    ordered = np.sort(quarters, axis=2)
    counts = 1 + (np.diff(ordered, axis=2) != 0).sum(axis=2)
    best = counts.argmax(axis=1)
    return counts[np.arange(len(counts)), best], best
