"""Points of a box at which no polynomial row is negative, near where a relaxation sees one."""

from __future__ import annotations

from itertools import product

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.nearest.moving import Norm
from counterplay.sensitivity.nearest.polynomial_system import System

_MOST_CORNERS = 64
_STEP = 1e-6
_ITERATIONS = 25
_LENGTHS = np.array([0.25, 0.5, 1.0, 1.5, 2.0, 3.0])
_GAINED = 1e-3


def shortest_candidate(
    system: System,
    norm: Norm,
    box: tuple[FloatArray, FloatArray],
    margin: float,
    start: FloatArray,
) -> FloatArray | None:
    """Return the shortest of the start, the middle and the corners whose rows are met, if any."""
    points = np.column_stack([start, (box[0] + box[1]) / 2, *_corners(box)])
    points = points[:, (system.at_many(points) >= margin).all(axis=0)]
    if not points.shape[1]:
        return None
    sizes = np.abs(points).sum(axis=0) if norm == "l1" else np.abs(points).max(axis=0)
    shortest: FloatArray = points[:, int(np.argmin(sizes))]
    return shortest


def _corners(box: tuple[FloatArray, FloatArray]) -> list[FloatArray]:
    """Return all corners of a box of few names; of many, the two at its ends."""
    if 2 ** len(box[0]) > _MOST_CORNERS:
        return [box[0], box[1]]
    return [np.array(corner) for corner in product(*zip(box[0], box[1], strict=True))]


def climbed(
    system: System, box: tuple[FloatArray, FloatArray], margin: float, start: FloatArray
) -> FloatArray | None:
    """Raise the least row from a start until all are met, or return None where that stalls.

    Each step is the shortest that mends the negative rows' tangents (Gauss and Newton), shortened
    or lengthened to what raises the least row most: at twice the length it goes to the middle of
    a narrow window, of which a tangent only sees the near side.
    """
    point = np.clip(start, *box)
    least = float((system.rows(point) - margin).min())
    for _ in range(_ITERATIONS):
        if least >= 0:
            return point
        step = _mending(system, box, margin, point)
        trials = np.clip(
            point[:, None] + step[:, None] * _LENGTHS, box[0][:, None], box[1][:, None]
        )
        reached = (system.at_many(trials) - margin).min(axis=0)
        best = int(np.argmax(reached))
        if not reached[best] > least * (1 - _GAINED):
            return None
        point, least = trials[:, best], float(reached[best])
    return None


def _mending(
    system: System, box: tuple[FloatArray, FloatArray], margin: float, point: FloatArray
) -> FloatArray:
    """Return the least step along which tangents of the negative rows rise to the margin."""
    sides = np.diag(np.full(len(point), _STEP))
    both = system.at_many(np.hstack([point[:, None] + sides, point[:, None] - sides]))
    slopes = (both[:, : len(point)] - both[:, len(point) :]) / (2 * _STEP)
    missing = margin - system.rows(point)
    short = missing > 0
    step = _least_step(slopes[short], missing[short])
    # A step that the box stops is taken anew along its sides.
    stopped = ((point <= box[0]) & (step < 0)) | ((point >= box[1]) & (step > 0))
    if stopped.any():
        slopes = np.where(stopped, 0.0, slopes)
        step = _least_step(slopes[short], missing[short])
    return step


def _least_step(slopes: FloatArray, missing: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.lstsq(slopes, missing, rcond=None)[0], dtype=np.float64)
