"""Where outcomes change on the way from one place to another, closed in by bisection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.sensitivity.maps.plane import Numbers, Plane
from counterplay.sensitivity.maps.predicting import foreseen

PRECISION = 1e-9
"""Width to which a crossing is closed in, as a share of the ranges."""

_ROUNDS = 60

_FORESEEN = 1e-5
"""Width from which on a probability that falls to zero is followed on a straight line."""


@dataclass(frozen=True, eq=False)
class Crossings:
    """Places where outcomes change, each between two places that were solved.

    Attributes
    ----------
    inside, outside : ndarray, shape (k, 2)
        The last place found with what holds at the start, and the first found without.
    before, after : ndarray of int, shape (k,)
        Numbers of the outcome sets solved there.
    sides : ndarray of int, shape (k, 2)
        Numbers of the outcome sets at the two ends of each way.
    """

    inside: FloatArray
    outside: FloatArray
    before: Numbers
    after: Numbers
    sides: Numbers

    @property
    def slivers(self) -> int:
        """How many have beside them a third outcome set, which neither end of the way shows."""
        third = (self.before != self.sides[:, 0]) | (self.after != self.sides[:, 1])
        return int(third.sum())

    @property
    def places(self) -> FloatArray:
        """The middle of each bracket, shape (k, 2)."""
        middle: FloatArray = (self.inside + self.outside) / 2
        return middle


def crossings(plane: Plane, starts: FloatArray, ends: FloatArray, sides: Numbers) -> Crossings:
    """Close in where outcomes change on the straight way from each start to its end.

    Parameters
    ----------
    plane : Plane
    starts, ends : ndarray, shape (k, 2)
        With different outcome sets.
    sides : ndarray of int, shape (k, 2)
        The numbers of their outcome sets.

    Returns
    -------
    Crossings
        Brackets at most 1e-9 of the ranges wide, or as narrow as floating point allows.  Where the
        pure equilibria differ it is their change that is closed in, else that of the outcome set;
        with several on the way, it is one at which what holds at the start ends.

    The change of pure equilibria is closed in by floating point, which is cheap, or exactly where
    that fails; all equilibria are then solved on both sides of it.
    """
    inside, outside = starts.copy(), ends.copy()
    pure = [outcome.pure for outcome in plane.met]
    firm = np.array([pure[one] != pure[other] for one, other in sides], bool)
    inside[firm], outside[firm] = closed_in(plane, plane.float_numbers, starts[firm], ends[firm])
    last, first = plane.outcome_numbers(inside[firm]), plane.outcome_numbers(outside[firm])
    pure = [outcome.pure for outcome in plane.met]
    right = np.array(
        [
            pure[before] == pure[start] != pure[after]
            for before, after, start in zip(last, first, sides[firm, 0], strict=True)
        ],
        bool,
    )
    wrong = np.flatnonzero(firm)[~right]
    inside[wrong], outside[wrong] = closed_in(
        plane, plane.pure_numbers, starts[wrong], ends[wrong]
    )
    inside[~firm], outside[~firm] = _mixed_change(plane, starts[~firm], ends[~firm])
    before, after = plane.outcome_numbers(inside), plane.outcome_numbers(outside)
    return Crossings(inside, outside, before, after, sides)


def _mixed_change(
    plane: Plane, starts: FloatArray, ends: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Close in a change of the outcome set, in few solves where it can be foreseen."""
    inside, outside = closed_in(plane, plane.outcome_numbers, starts, ends, _FORESEEN)
    if not len(inside):
        return inside, outside
    wanted = plane.outcome_numbers(inside)
    origin, way = inside.copy(), outside - inside
    share = foreseen(plane, inside, outside)
    lengths = np.maximum(np.linalg.norm(way / plane.spans, axis=1), PRECISION)
    known = np.flatnonzero(~np.isnan(share))
    for side in (-0.45, 0.45):
        moved = np.clip(share + side * PRECISION / lengths, 0.0, 1.0)[known]
        guesses = origin[known] + moved[:, None] * way[known]
        same = plane.outcome_numbers(guesses) == wanted[known]
        inside[known[same]] = guesses[same]
        outside[known[~same]] = guesses[~same]
    return closed_in(plane, plane.outcome_numbers, inside, outside)


def closed_in(
    plane: Plane,
    numbers: Callable[[FloatArray], Numbers],
    starts: FloatArray,
    ends: FloatArray,
    width: float = PRECISION,
) -> tuple[FloatArray, FloatArray]:
    """Halve each way (k, 2) from start to end until it is `width` of the ranges long.

    Returns the last place found with the number of the start, and the first found without.
    """
    inside, outside = starts.copy(), ends.copy()
    if not len(starts):
        return inside, outside
    wanted = numbers(starts)
    for _ in range(_ROUNDS):
        middle = (inside + outside) / 2
        moving = np.flatnonzero(_open(plane, inside, outside, middle, width))
        if not len(moving):
            break
        same = numbers(middle[moving]) == wanted[moving]
        inside[moving[same]] = middle[moving[same]]
        outside[moving[~same]] = middle[moving[~same]]
    return inside, outside


def _open(
    plane: Plane, inside: FloatArray, outside: FloatArray, middle: FloatArray, width: float
) -> npt.NDArray[np.bool_]:
    """Return which brackets are too wide and hold a place strictly between their ends."""
    wide = np.linalg.norm((outside - inside) / plane.spans, axis=1) > width
    between = (middle != inside).any(axis=1) & (middle != outside).any(axis=1)
    return np.asarray(wide & between)
