"""Polishing an approximate equilibrium on a support.

On a given support an equilibrium solves polynomial equations: every option played pays the same,
and probabilities sum to 1.  Newton's method with least-squares steps solves them from a nearby
start, also where the equations are degenerate (a player who does not matter, duplicated options).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from counterplay.games import Game, Strategies
from counterplay.numeric import FloatArray

Support = tuple[tuple[int, ...], ...]
"""For each player the indices of the options that may be played."""

_STEPS = 40
_CONVERGED = 1e-14
_SLACK = 1e-10


def solve_support(game: Game, support: Support, start: Strategies) -> Strategies | None:
    """Solve the indifference equations of `support` from `start`.

    Returns
    -------
    Strategies or None
        A profile on the support whose options all pay the same, or None where Newton's method
        leaves the simplex or does not converge.  Best replies off the support are the caller's to
        check.
    """
    vectors = [_on_support(vector, s) for vector, s in zip(start, support, strict=True)]
    for _ in range(_STEPS):
        residual, jacobian = _equations(game.scaled, support, vectors)
        solved = np.linalg.lstsq(jacobian, -residual, rcond=1e-12)
        step = np.asarray(solved[0], dtype=np.float64)
        if not np.all(np.isfinite(step)):
            return None
        _move(vectors, support, step)
        if np.abs(step).max() < _CONVERGED:
            break
    residual, _ = _equations(game.scaled, support, vectors)
    if np.abs(residual).max() > _SLACK or min(vector.min() for vector in vectors) < -_SLACK:
        return None
    clipped = [np.clip(vector, 0.0, 1.0) for vector in vectors]
    return tuple(vector / vector.sum() for vector in clipped)


def reply_derivative(
    payoffs: FloatArray, player: int, other: int, strategies: Sequence[FloatArray]
) -> FloatArray:
    """Return how the payoff of each option of `player` depends on each option of `other`.

    Parameters
    ----------
    payoffs : ndarray, shape (n, m_1, ..., m_n)

    Returns
    -------
    ndarray, shape (m_player, m_other)
        Its product with `other`'s probabilities is the payoff of each option of `player`.
    """
    table: FloatArray = payoffs[player]
    for axis in range(table.ndim - 1, -1, -1):
        if axis not in (player, other):
            table = np.tensordot(table, strategies[axis], axes=([axis], [0]))
    return table if player < other else table.T


def _on_support(vector: FloatArray, support: tuple[int, ...]) -> FloatArray:
    kept = np.zeros(len(vector))
    kept[list(support)] = np.maximum(vector[list(support)], 1e-6)
    shares: FloatArray = kept / kept.sum()
    return shares


def _equations(
    payoffs: FloatArray, support: Support, vectors: list[FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """Return residuals and Jacobian: each player's equal payoffs on the support, then the sum."""
    sizes = [len(options) for options in support]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    residual = np.zeros(starts[-1])
    jacobian = np.zeros((starts[-1], starts[-1]))
    for i, options in enumerate(support):
        rows = slice(starts[i], starts[i + 1] - 1)
        for j in range(len(support)):
            if j != i:
                block = reply_derivative(payoffs, i, j, vectors)
                gaps = block[list(options[1:])] - block[options[0]]
                jacobian[rows, starts[j] : starts[j + 1]] = gaps[:, list(support[j])]
                residual[rows] = gaps @ vectors[j]
        last = starts[i + 1] - 1
        jacobian[last, starts[i] : starts[i + 1]] = 1.0
        residual[last] = vectors[i].sum() - 1.0
    return residual, jacobian


def _move(vectors: list[FloatArray], support: Support, step: FloatArray) -> None:
    at = 0
    for vector, options in zip(vectors, support, strict=True):
        vector[list(options)] += step[at : at + len(options)]
        at += len(options)
