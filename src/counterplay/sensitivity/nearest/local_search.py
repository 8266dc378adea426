"""Short moves where payoffs are no polynomials: successive linear programmes from seeded starts.

At each step the inequalities are replaced by their tangents, the shortest move that meets those
is taken inside a trust region, and it shrinks where the step did not pay (Fletcher and Sainz
de la Maza, "Nonlinear programming and nonsmooth optimization by successive linear programming",
Mathematical Programming 43, 1989).  What is found is short, not proved least.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.nearest.moving import Norm, length

Rows = Callable[[FloatArray], FloatArray]
"""Gives the rows that shall not be negative, shape (rows, count), at moves of shape (k, count)."""

SEED = 20_241_022
PENALTY = 100.0
_DRAWS = 1_024
_STARTS = 8
_ITERATIONS = 40
_STEP = 1e-6
_LEAST_REGION = 1e-9


def short_move(
    rows: Rows, box: tuple[FloatArray, FloatArray], norm: Norm, margin: float
) -> FloatArray | None:
    """Return the shortest move found at which every row is at least `margin`, or None."""
    best, size = None, np.inf
    for start in _starts(rows, box, norm, margin):
        move = descended(rows, box, norm, margin, start)
        if (rows(move[:, None]) >= margin / 2).all() and length(move, norm) < size:
            best, size = move, length(move, norm)
    return best


def sobol_moves(box: tuple[FloatArray, FloatArray], count: int) -> FloatArray:
    """Return seeded Sobol points of a box, shape (k, count)."""
    from scipy.stats import qmc

    points = qmc.Sobol(len(box[0]), rng=np.random.default_rng(SEED)).random(count).T
    spread: FloatArray = box[0][:, None] + (box[1] - box[0])[:, None] * points
    return spread


def _starts(
    rows: Rows, box: tuple[FloatArray, FloatArray], norm: Norm, margin: float
) -> list[FloatArray]:
    """Return where to start: here, and the seeded points that violate least, then shortest."""
    points = sobol_moves(box, _DRAWS)
    violation = np.maximum(margin - rows(points), 0.0).sum(axis=0)
    sizes = np.abs(points).sum(axis=0) if norm == "l1" else np.abs(points).max(axis=0)
    order = np.lexsort((sizes, np.nan_to_num(violation, nan=np.inf)))
    return [np.zeros(len(box[0])), *(points[:, k] for k in order[:_STARTS])]


def descended(
    rows: Rows,
    box: tuple[FloatArray, FloatArray],
    norm: Norm,
    margin: float,
    move: FloatArray,
    penalty: float = PENALTY,
) -> FloatArray:
    """Follow tangents from one start to a short point that violates the rows little or not.

    Rows that rise by less than 1 over `penalty` for each share moved are rather violated.
    """
    region = 0.25

    def merit(at: FloatArray) -> float:
        missing = float(np.maximum(margin - rows(at[:, None]), 0.0).sum())
        total = length(at, norm) + penalty * missing
        return total if np.isfinite(total) else np.inf

    now = merit(move)
    for _ in range(_ITERATIONS):
        level, slopes = _tangents(rows, box, move)
        if not (np.isfinite(level).all() and np.isfinite(slopes).all()):
            break
        near = np.maximum(box[0], move - region), np.minimum(box[1], move + region)
        candidate = _programme(level - slopes @ move - margin, slopes, near, norm, penalty)
        value = merit(candidate) if candidate is not None else np.inf
        if candidate is not None and value < now - 1e-12:
            move, now, region = candidate, value, 2 * region
        else:
            region /= 4
        if region < _LEAST_REGION:
            break
    return move


def _tangents(
    rows: Rows, box: tuple[FloatArray, FloatArray], move: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the rows and their slopes by one-sided differences that stay inside the box."""
    step = np.where(move + _STEP <= box[1], _STEP, -_STEP)
    values = rows(np.column_stack([move, move[:, None] + np.diag(step)]))
    return values[:, 0], (values[:, 1:] - values[:, :1]) / step


def _programme(
    level: FloatArray,
    slopes: FloatArray,
    box: tuple[FloatArray, FloatArray],
    norm: Norm,
    penalty: float,
) -> FloatArray | None:
    """Return the shortest move that meets the tangents, or that violates them least."""
    from scipy.optimize import linprog

    count, size = slopes.shape
    lengths = np.eye(size) if norm == "l1" else np.ones((size, 1))
    wide = lengths.shape[1]
    matrix = np.block(
        [
            [-slopes, np.zeros((count, wide)), -np.eye(count)],
            [np.eye(size), -lengths, np.zeros((size, count))],
            [-np.eye(size), -lengths, np.zeros((size, count))],
        ]
    )
    cost = np.concatenate([np.zeros(size), np.ones(wide), np.full(count, penalty)])
    low = np.append(box[0], np.zeros(wide + count))
    high = np.append(box[1], np.full(wide + count, np.inf))
    answer = linprog(
        cost,
        A_ub=matrix,
        b_ub=np.append(level, np.zeros(2 * size)),
        bounds=np.column_stack([low, high]),
        method="highs-ds",
    )
    return np.clip(answer.x[:size], *box) if answer.status == 0 else None
