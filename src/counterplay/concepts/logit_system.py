"""The equations of logit equilibria, and Newton's method for them.

In a logit quantal response equilibrium (McKelvey and Palfrey 1995) each player plays each option
with a probability proportional to exp(precision × the option's payoff).  In logarithms: the
log-probability of an option is precision × payoff, less the number for each player that makes the
probabilities sum to 1.  Log-probabilities keep their digits however small the probability, and
level off or fall in straight lines as precision grows.

A point has one coordinate more than there are equations, the precision, so that Newton's method
needs one more: to stay in a plane, or at a given precision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterplay.concepts.indifference import Interactions
from counterplay.games import Strategies
from counterplay.numeric import FloatArray

_FARTHEST = 0.3
_ROUNDS = 6
_NOISE, _ROUNDING = 1e-9, 4e-15
_HUGE = 1e150


@dataclass(frozen=True)
class PathPoint:
    """A point of the branch.

    Attributes
    ----------
    place : ndarray, shape (m_1 + ... + m_n + 1,)
        Log-probabilities, one player after another, then the precision.
    tangent : ndarray, same shape
        Direction of the branch, of length 1.
    """

    place: FloatArray
    tangent: FloatArray

    @property
    def precision(self) -> float:
        """Precision, in the unit of the system's payoffs."""
        return float(self.place[-1])


@dataclass(frozen=True)
class Stride:
    """How boldly the branch is followed.

    Attributes
    ----------
    miss : float
        Most that a corrected point may differ from its prediction, as a share of the step.
    contraction : float
        Most that a correction may be of the one before.
    near : float
        A point is accepted when its last correction was smaller.
    steady : float
        Most that the tangent may change in the last correction.
    aim : float
        Size of the first correction (in log-probabilities) that steps are chosen for.
    blind : float
        Length of the steps that may change the branch's orientation, as happens at pitchforks;
        a longer step that does has jumped to another branch or to another part of this one.
    """

    miss: float
    contraction: float
    near: float
    steady: float
    aim: float
    blind: float


EXACT = Stride(miss=0.2, contraction=0.3, near=1e-4, steady=0.05, aim=0.02, blind=1e-3)
"""Keeps to the branch through sharp folds, and past other branches nearby."""

FINE = Stride(miss=0.05, contraction=0.1, near=1e-7, steady=0.01, aim=1e-3, blind=1e-4)
"""For the rare branch that `EXACT` loses."""

ROUGH = Stride(miss=0.3, contraction=0.5, near=1e-3, steady=np.inf, aim=0.03, blind=np.inf)
"""Takes three quarters of the time, and now and then loses the branch."""


class LogitSystem:
    """The equations of logit equilibria: log-probabilities equal the log of the logit response.

    Parameters
    ----------
    tables : ndarray, shape (n, m_1, ..., m_n)
        Payoffs, in a unit in which the largest range is about 1.
    """

    def __init__(self, tables: FloatArray) -> None:
        self.interactions = Interactions(tables)
        self._starts, self._owner = self.interactions.starts, self.interactions.owner
        self._size = self.interactions.size
        self._blocks = np.equal.outer(np.arange(len(self.interactions.shape)), self._owner) * 1.0
        self._ahead = np.append(np.zeros(self._size), 1.0)

    def centroid(self) -> PathPoint:
        """Return the start: uniform play at precision 0."""
        logs = -np.log(np.asarray(self.interactions.shape, dtype=np.float64))[self._owner]
        place = np.append(logs, 0.0)
        return PathPoint(place, _unit(self._newton(place, self._ahead)[1]))

    def shares(self, point: PathPoint) -> FloatArray:
        """Return the probabilities at a point as one vector."""
        return self.interactions.normalised(np.exp(point.place[:-1]))

    def strategies(self, point: PathPoint) -> Strategies:
        """Return the probabilities at a point, one vector for each player."""
        return self.interactions.split(self.shares(point))

    def correct(
        self, guess: FloatArray, normal: FloatArray, farthest: float, stride: Stride = EXACT
    ) -> tuple[PathPoint, FloatArray] | None:
        """Return the branch's point in the plane normal to `normal` at `guess`.

        Returns
        -------
        tuple of PathPoint and ndarray, or None
            The point and the first correction; None where that is larger than `farthest`, or
            where Newton's method does not contract.
        """
        place, last, tangent = guess, np.inf, normal
        noise = _NOISE + _ROUNDING * abs(float(guess[-1]))
        first: FloatArray | None = None
        for _ in range(_ROUNDS):
            np.minimum(place[:-1], 0.0, out=place[:-1])
            change, direction = self._newton(place, normal)
            size = relative_size(change, place)
            if first is None:
                first = change
                if not (size <= _FARTHEST and np.abs(change).max() <= farthest):
                    return None
            elif not size <= max(stride.contraction * last, noise):
                return None
            place = place + change
            before, tangent, last = tangent, _unit(direction), size
            if size < noise or (
                size < stride.near and np.abs(tangent - before).max() < stride.steady
            ):
                return PathPoint(place, tangent), first
        return None

    def same_orientation(self, first: PathPoint, second: PathPoint) -> bool:
        """Say whether the branch runs through two points in the same sense.

        The sign of the determinant of the equations bordered by the tangent changes along a
        branch only where another one crosses it.
        """
        return self._orientation(first) == self._orientation(second)

    def _orientation(self, point: PathPoint) -> float:
        _, matrix = self._equations(point.place)
        matrix[-1] = point.tangent
        return float(np.linalg.slogdet(matrix)[0])

    def at_precision(self, guess: FloatArray) -> PathPoint | None:
        """Return the logit equilibrium near `guess` at its precision, to the last digits."""
        place, last = self._settled(guess), np.inf
        for _ in range(4 * _ROUNDS):
            change, direction = self._newton(place, self._ahead)
            if not relative_size(change, place) <= _FARTHEST:
                return None
            better = self._settled(place + change)
            better[-1] = guess[-1]
            moved = float(np.abs(np.exp(better[:-1]) - np.exp(place[:-1])).max())
            if moved >= last and last < _NOISE:
                return PathPoint(place, _unit(direction))
            place, last = better, moved
        return None

    def _newton(self, place: FloatArray, border: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return Newton's change normal to `border`, and the direction of the branch."""
        residual, matrix = self._equations(place)
        matrix[-1] = border
        right = np.zeros((self._size + 1, 2))
        right[:-1, 0] = -residual
        right[-1, 1] = 1.0
        try:
            solved: FloatArray = np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
        except np.linalg.LinAlgError:
            solved = np.asarray(np.linalg.lstsq(matrix, right, rcond=None)[0], dtype=np.float64)
        return solved[:, 0], solved[:, 1]

    def _equations(self, place: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return residuals, shape (size,), and their Jacobian with one more row to fill."""
        shares, precision = np.exp(place[:-1]), place[-1]
        slopes = self.interactions.matrix(shares)
        payoffs = self.interactions.payoffs(slopes, shares)
        response = self._normalised_logs(precision * payoffs)
        weights = self._blocks * np.exp(response)
        matrix = np.zeros((self._size + 1, self._size + 1))
        square = matrix[:-1, :-1]
        np.multiply((weights @ slopes)[self._owner] - slopes, precision * shares, out=square)
        matrix.reshape(-1)[:: self._size + 2] += 1.0
        matrix[:-1, -1] = (weights @ payoffs)[self._owner] - payoffs
        return place[:-1] - response, matrix

    def _settled(self, place: FloatArray) -> FloatArray:
        return np.append(self._normalised_logs(place[:-1]), place[-1])

    def _normalised_logs(self, values: FloatArray) -> FloatArray:
        """Return values less one number for each player, so that their exponentials sum to 1."""
        shifted = values - np.maximum.reduceat(values, self._starts)[self._owner]
        sums = np.add.reduceat(np.exp(shifted), self._starts)
        logs: FloatArray = shifted - np.log(sums)[self._owner]
        return logs


def relative_size(change: FloatArray, place: FloatArray) -> float:
    """Return the size of a change of log-probabilities, relative where these are large."""
    size = float((np.abs(change) / (1.0 + np.abs(place))).max())
    return size if np.isfinite(size) else np.inf


def _unit(vector: FloatArray) -> FloatArray:
    largest = float(np.abs(vector).max())
    if not 0 < largest < _HUGE:
        return np.zeros_like(vector)
    unit: FloatArray = vector / np.sqrt(vector @ vector)
    return unit
