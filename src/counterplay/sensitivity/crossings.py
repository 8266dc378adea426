"""Where an outcome set ends on the way from one place to another, closed in by bisection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.sensitivity.plane import Numbers, Plane

PRECISION = 1e-9
"""Width to which a crossing is closed in, as a share of the ranges."""

_ROUNDS = 60


@dataclass(frozen=True, eq=False)
class Crossings:
    """Places where an outcome set ends, each between two places that were solved.

    Attributes
    ----------
    inside, outside : ndarray, shape (k, 2)
        The last place found with the outcome set of the start, and the first found without.
    before, after : ndarray of int, shape (k,)
        Numbers of the outcome sets solved there.
    ends : ndarray of int, shape (k,)
        Numbers of the outcome sets at the far ends of the ways.
    """

    inside: FloatArray
    outside: FloatArray
    before: Numbers
    after: Numbers
    ends: Numbers

    @property
    def places(self) -> FloatArray:
        """The middle of each bracket, shape (k, 2)."""
        middle: FloatArray = (self.inside + self.outside) / 2
        return middle


def crossings(plane: Plane, starts: FloatArray, ends: FloatArray, sides: Numbers) -> Crossings:
    """Close in where the outcome set of each start ends on the straight way to its end.

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
        Brackets at most 1e-9 of the ranges wide, or as narrow as floating point allows.  With
        several changes on the way it is one of those at which the outcome set of the start ends.

    Where the pure equilibria differ too, their change is closed in first in floating point, which
    is cheap, and all equilibria are then solved on both sides of it.  Whatever does not end there
    is closed in by solving for all equilibria at every step.
    """
    inside, outside = starts.copy(), ends.copy()
    after = sides[:, 1].copy()
    firm = np.flatnonzero(plane.float_numbers(starts) != plane.float_numbers(ends))
    last, first = closed_in(plane, plane.float_numbers, starts[firm], ends[firm])
    reached = plane.outcome_numbers(last) == sides[firm, 0]
    beyond = plane.outcome_numbers(first)
    left = beyond != sides[firm, 0]
    # The outcome set of the start ends before the pure equilibria change, there, or after.
    outside[firm[~reached]] = last[~reached]
    inside[firm[reached & ~left]] = first[reached & ~left]
    done = firm[reached & left]
    inside[done], outside[done] = last[reached & left], first[reached & left]
    after[done] = beyond[reached & left]
    rest = np.setdiff1d(np.arange(len(starts)), done)
    inside[rest], outside[rest] = closed_in(
        plane, plane.outcome_numbers, inside[rest], outside[rest]
    )
    after[rest] = plane.outcome_numbers(outside[rest])
    return Crossings(inside, outside, sides[:, 0], after, sides[:, 1])


def closed_in(
    plane: Plane, numbers: Callable[[FloatArray], Numbers], starts: FloatArray, ends: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Halve each way (k, 2) from start to end until it is 1e-9 of the ranges long.

    Returns the last place found with the number of the start, and the first found without.
    """
    inside, outside = starts.copy(), ends.copy()
    if not len(starts):
        return inside, outside
    wanted = numbers(starts)
    for _ in range(_ROUNDS):
        middle = (inside + outside) / 2
        moving = np.flatnonzero(_open(plane, inside, outside, middle))
        if not len(moving):
            break
        same = numbers(middle[moving]) == wanted[moving]
        inside[moving[same]] = middle[moving[same]]
        outside[moving[~same]] = middle[moving[~same]]
    return inside, outside


def _open(
    plane: Plane, inside: FloatArray, outside: FloatArray, middle: FloatArray
) -> npt.NDArray[np.bool_]:
    """Return which brackets are too wide and hold a place strictly between their ends."""
    wide = np.linalg.norm((outside - inside) / plane.spans, axis=1) > PRECISION
    between = (middle != inside).any(axis=1) & (middle != outside).any(axis=1)
    return np.asarray(wide & between)
