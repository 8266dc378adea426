"""One equilibrium of any finite game: the end of the logit path.

Logit quantal response equilibria (McKelvey and Palfrey 1995) form a path from the centroid at
precision 0; for almost all games its limit as precision grows is a Nash equilibrium.  The path is
followed by arc-length predictor-corrector continuation in log-probabilities (Turocy 2005, "A
dynamic homotopy interpretation of the logistic quantal response equilibrium correspondence"), so
that folds do not stop it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from counterplay.concepts.indifference import reply_derivative
from counterplay.games import Game, Strategies
from counterplay.numeric import FloatArray

MAX_STEPS = 3000
_FIRST_STEP = 0.03
_LEAST_STEP = 1e-10
_MAX_PRECISION = 1e7
LARGEST_MOVE = 0.3


@dataclass(frozen=True)
class PathPoint:
    """A point of the logit path.

    Attributes
    ----------
    precision : float
        Precision on payoffs scaled to a range of 1.
    strategies : Strategies
    regret : float
        Largest gain from deviating, as a share of the payoff range.
    """

    precision: float
    strategies: Strategies
    regret: float


def logit_path(game: Game, largest_move: float = LARGEST_MOVE) -> Iterator[PathPoint]:
    """Follow the principal branch of logit equilibria, yielding each point.

    The path ends where it cannot be followed further (precision above 1e7 on scaled payoffs,
    3,000 steps, or a step that does not converge), and where a step has jumped to another branch,
    which shows in a precision below 0.  The caller stops earlier when a point is good enough.

    Parameters
    ----------
    largest_move : float
        Most that a probability may change in one step; smaller values jump less.
    """
    system = _LogitSystem(game)
    point = system.centroid()
    tangent: FloatArray | None = None
    length = _FIRST_STEP
    for _ in range(MAX_STEPS):
        yield system.path_point(point)
        tangent = system.tangent(point, tangent)
        if tangent is None:
            return
        step = _next_point(system, point, tangent, length, largest_move)
        if step is None:
            return
        point, length = step
        if not 0 <= point[-1] <= _MAX_PRECISION:
            return


def _next_point(
    system: _LogitSystem,
    point: FloatArray,
    tangent: FloatArray,
    length: float,
    largest_move: float,
) -> tuple[FloatArray, float] | None:
    """Predict along the tangent, correct by Newton's method; shorten the step until it works."""
    while length > _LEAST_STEP:
        corrected, rounds = system.correct(point + length * tangent, tangent)
        if corrected is not None:
            move = np.abs(np.exp(corrected[:-1]) - np.exp(point[:-1])).max()
            if move < largest_move:
                growth = 2.0 if rounds <= 2 else 1.3 if rounds <= 3 else 1.0
                return corrected, length * growth
        length *= 0.5
    return None


class _LogitSystem:
    """The equations of logit equilibria in log-probabilities and precision.

    For each player: probabilities sum to 1, and every other option's log-odds against the first
    equals precision times its payoff advantage.  A point is the vector of all log-probabilities
    followed by the precision.
    """

    def __init__(self, game: Game) -> None:
        self.payoffs = game.scaled
        self.shape = game.shape
        self.starts = np.concatenate([[0], np.cumsum(game.shape)])
        self.size = int(self.starts[-1])

    def centroid(self) -> FloatArray:
        """Return the start of the path: uniform play at precision 0."""
        logs = [np.full(count, -np.log(count)) for count in self.shape]
        return np.append(np.concatenate(logs), 0.0)

    def strategies(self, point: FloatArray) -> list[FloatArray]:
        """Return the probabilities at a point, normalised."""
        vectors = [np.exp(point[a:b]) for a, b in zip(self.starts, self.starts[1:], strict=False)]
        return [vector / vector.sum() for vector in vectors]

    def path_point(self, point: FloatArray) -> PathPoint:
        """Return a point as strategies with their regret."""
        vectors = self.strategies(point)
        regret = 0.0
        for i in range(len(self.shape)):
            replies = self._replies(i, vectors)
            regret = max(regret, float(replies.max() - replies @ vectors[i]))
        return PathPoint(float(point[-1]), tuple(vectors), regret)

    def equations(self, point: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return residuals, shape (size,), and Jacobian, shape (size, size + 1)."""
        precision = point[-1]
        vectors = [np.exp(point[a:b]) for a, b in zip(self.starts, self.starts[1:], strict=False)]
        residual = np.zeros(self.size)
        jacobian = np.zeros((self.size, self.size + 1))
        for i, start in enumerate(self.starts[:-1]):
            end = self.starts[i + 1]
            residual[start] = vectors[i].sum() - 1.0
            jacobian[start, start:end] = vectors[i]
            rows = slice(start + 1, end)
            advantage = np.zeros(end - start - 1)
            for j, other in enumerate(self.starts[:-1]):
                if j != i:
                    block = reply_derivative(self.payoffs, i, j, vectors)
                    gaps = block[1:] - block[0]
                    advantage = gaps @ vectors[j]
                    columns = slice(other, self.starts[j + 1])
                    jacobian[rows, columns] = -precision * gaps * vectors[j]
            residual[rows] = point[rows] - point[start] - precision * advantage
            jacobian[rows, rows] += np.eye(end - start - 1)
            jacobian[rows, start] -= 1.0
            jacobian[rows, -1] = -advantage
        return residual, jacobian

    def tangent(self, point: FloatArray, previous: FloatArray | None) -> FloatArray | None:
        """Return the unit tangent of the path that goes on in the direction of `previous`."""
        _, jacobian = self.equations(point)
        guide = np.zeros(self.size + 1)
        guide[-1] = 1.0
        if previous is not None:
            guide = previous
        try:
            direction = np.linalg.solve(
                np.vstack([jacobian, guide]), np.append(np.zeros(self.size), 1.0)
            )
        except np.linalg.LinAlgError:
            return None
        norm = np.linalg.norm(direction)
        if not np.isfinite(norm) or norm == 0:
            return None
        return np.asarray(direction / norm)

    def correct(self, guess: FloatArray, tangent: FloatArray) -> tuple[FloatArray | None, int]:
        """Return the path's point in the plane normal to `tangent` at `guess`, and rounds used.

        The point is None where Newton's method does not converge.
        """
        point, last = guess, np.inf
        for rounds in range(1, 7):
            with np.errstate(over="ignore", invalid="ignore"):
                residual, jacobian = self.equations(point)
            matrix = np.vstack([jacobian, tangent])
            if not (np.all(np.isfinite(matrix)) and np.all(np.isfinite(residual))):
                return None, rounds
            try:
                change = np.linalg.solve(matrix, np.append(-residual, 0.0))
            except np.linalg.LinAlgError:
                return None, rounds
            point = point + change
            size = float(np.abs(change / (1.0 + np.abs(point))).max())
            if size < 1e-8:
                return point, rounds
            if size > 0.5 * last:
                return None, rounds
            last = size
        return None, rounds

    def _replies(self, player: int, vectors: list[FloatArray]) -> FloatArray:
        if len(self.shape) == 1:
            lone: FloatArray = self.payoffs[0]
            return lone
        other = 1 if player == 0 else 0
        return reply_derivative(self.payoffs, player, other, vectors) @ vectors[other]
