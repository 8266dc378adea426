"""The principal branch of logit equilibria, followed from the centroid.

The logit equilibria of almost every game contain a path that starts at uniform play and precision
0 and whose limit, as precision grows, is a Nash equilibrium (McKelvey and Palfrey 1995).  It is
followed by arc length in log-probabilities and precision (Turocy 2005, "A dynamic homotopy
interpretation of the logistic quantal response equilibrium correspondence"), so that folds, where
precision turns back, do not stop it: predict along a parabola, correct by Newton's method in the
plane normal to the tangent, and shorten the step where the two differ much.

Steps over a pitchfork of a symmetric game stay on the symmetric branch: no equation singles out a
side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from counterplay.concepts.logit_system import (
    EXACT,
    LogitSystem,
    PathPoint,
    Stride,
    relative_size,
)
from counterplay.numeric import FloatArray

LARGEST_PRECISION = 1e13
"""Beyond this precision (on payoffs with a range of about 1) rounding decides what is played."""

_MAX_STEPS = 4000
_FIRST_STEP, _SHORT_STEP = 2.0, 0.3
_LEAST_STEP = 1e-10
_LEAST_SLOPE = 1e-300
_SETTLED = 1e6
_LARGEST_GROWTH, _SHRINK = 3.0, 0.4
_STRAIGHT = 0.8
_HALVINGS = 5
_CLOSE = 0.1
_HUMP = 0.05


def logit_path(system: LogitSystem, stride: Stride = EXACT) -> Iterator[PathPoint]:
    """Follow the principal branch, yielding its points in order, the centroid first.

    The path ends where a step cannot be corrected however short it is, at a precision beyond
    1e13, and after 4,000 steps.  The caller stops when a point serves.

    Parameters
    ----------
    system : LogitSystem
    stride : Stride
    """
    point = system.centroid()
    length, bend = _FIRST_STEP, np.zeros_like(point.place)
    for _ in range(_MAX_STEPS):
        yield point
        step = _step(system, point, bend, min(length, _clear_length(point)), stride)
        if step is None:
            return
        following, taken, growth = step
        if not 0 <= following.precision <= LARGEST_PRECISION:
            return
        length = taken * growth
        bend = (following.tangent - point.tangent) / taken
        point = following


def _clear_length(point: PathPoint) -> float:
    """Return how far to go before an option that is hardly played comes into play."""
    logs, slopes = point.place[:-1], point.tangent[:-1]
    rising = (slopes > 0) & (logs < -1.5)
    if not rising.any():
        return np.inf
    fastest = float((slopes[rising] / -logs[rising]).max())
    return max(_SHORT_STEP, 0.9 / max(fastest, _LEAST_SLOPE))


def _step(
    system: LogitSystem, point: PathPoint, bend: FloatArray, length: float, stride: Stride
) -> tuple[PathPoint, float, float] | None:
    """Return the next point, the length of the step and its growth; None if no step works."""
    while length > _LEAST_STEP:
        guess = point.place + length * (point.tangent + (0.5 * length) * bend)
        corrected = system.correct(guess, point.tangent, stride.miss * length, stride)
        if corrected is not None:
            following, first = corrected
            straight = following.tangent @ point.tangent > _STRAIGHT
            if straight and (length <= stride.blind or system.same_orientation(following, point)):
                growth = min(
                    (stride.aim / max(relative_size(first, guess), 1e-12)) ** (1 / 3),
                    (stride.miss * length / (3 * max(float(np.abs(first).max()), 1e-300)))
                    ** (1 / 2),
                )
                return following, length, min(max(growth, _SHRINK), _LARGEST_GROWTH)
        length *= _SHRINK
    return None


def first_crossings(
    system: LogitSystem, precisions: Sequence[float], stride: Stride = EXACT
) -> list[tuple[PathPoint, int]]:
    """Return where the principal branch first reaches each of some precisions.

    Parameters
    ----------
    system : LogitSystem
    precisions : sequence of float
        In increasing order, 0 or more.
    stride : Stride

    Returns
    -------
    list of tuple of PathPoint and int
        The points, each with the number of folds before it.  Where the branch could not be
        followed to the end: the last point instead if its precision is 1e6 or more, else fewer.
    """
    found: list[tuple[PathPoint, int]] = []
    folds, before = 0, system.centroid()
    for point in logit_path(system, stride):
        while len(found) < len(precisions):
            reached = _crossing(system, before, point, precisions[len(found)], _HALVINGS)
            if reached is None:
                break
            found.append((reached, folds))
        if len(found) == len(precisions):
            break
        folds += (before.tangent[-1] > 0) != (point.tangent[-1] > 0)
        before = point
    if before.precision >= _SETTLED:
        # Rounding outweighs what is left to change: every further point is the last one.
        found += [(before, folds)] * (len(precisions) - len(found))
    return found


def midpoint(system: LogitSystem, start: PathPoint, end: PathPoint) -> PathPoint | None:
    """Return a point of the branch halfway between two neighbouring points."""
    chord = end.place - start.place
    length = float(np.linalg.norm(chord))
    if length == 0:
        return None
    corrected = system.correct(_Piece(start, end).place(0.5), chord / length, length)
    return None if corrected is None else corrected[0]


def _crossing(
    system: LogitSystem, start: PathPoint, end: PathPoint, precision: float, halvings: int
) -> PathPoint | None:
    """Return the first point of that precision between two neighbouring points, if any."""
    piece = _Piece(start, end)
    share = piece.first_share(precision)
    if share is None:
        if halvings == 0 or not piece.may_reach(precision):
            return None
    else:
        guess = piece.place(share)
        guess[-1] = precision
        found = system.at_precision(guess)
        if (
            found is not None
            and relative_size(found.place - guess, guess) <= _CLOSE
            and found.tangent @ piece.direction(share) >= 0
        ):
            return found
        if halvings == 0:
            return None
    middle = midpoint(system, start, end)
    if middle is None:
        return None
    return _crossing(system, start, middle, precision, halvings - 1) or _crossing(
        system, middle, end, precision, halvings - 1
    )


class _Piece:
    """The cubic through two neighbouring points with their tangents (Hermite)."""

    def __init__(self, start: PathPoint, end: PathPoint) -> None:
        length = float(np.linalg.norm(end.place - start.place))
        ahead = length * start.tangent
        self.coefficients = (
            start.place,
            ahead,
            3 * (end.place - start.place) - 2 * ahead - length * end.tangent,
            2 * (start.place - end.place) + ahead + length * end.tangent,
        )
        self.turns_back = start.tangent[-1] > 0 >= end.tangent[-1]

    def place(self, share: float) -> FloatArray:
        """Return the place at a share of the way from 0 to 1."""
        a, b, c, d = self.coefficients
        return np.asarray(a + share * (b + share * (c + share * d)))

    def direction(self, share: float) -> FloatArray:
        """Return the direction there, of no particular length."""
        _, b, c, d = self.coefficients
        return np.asarray(b + share * (2 * c + share * 3 * d))

    def first_share(self, precision: float) -> float | None:
        """Return the first share of the way at which the precision is reached."""
        a, b, c, d = (float(x[-1]) for x in self.coefficients)

        def height(share: float) -> float:
            return a + share * (b + share * (c + share * d)) - precision

        shares = np.linspace(0.0, 1.0, 17)
        reached = np.flatnonzero([height(share) >= 0 for share in shares])
        if not reached.size:
            return None
        first = int(reached[0])
        if first == 0:
            return 0.0
        low, high = float(shares[first - 1]), float(shares[first])
        for _ in range(60):
            middle = 0.5 * (low + high)
            low, high = (low, middle) if height(middle) >= 0 else (middle, high)
        return high

    def may_reach(self, precision: float) -> bool:
        """Say whether the piece folds back so near the precision that the cubic may err."""
        if not self.turns_back:
            return False
        heights = [float(self.place(share)[-1]) for share in np.linspace(0.0, 1.0, 33)]
        top, foot = max(heights), min(heights[0], heights[-1])
        return precision - top <= _HUMP * (top - foot)
