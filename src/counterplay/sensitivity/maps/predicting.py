"""Where outcomes change on short ways of a plane, foreseen as along one parameter."""

from __future__ import annotations

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.maps.plane import Plane
from counterplay.sensitivity.tipping.foreseeing import (
    Least,
    falls_to_zero,
    least_probabilities,
)


def foreseen(plane: Plane, inside: FloatArray, outside: FloatArray) -> FloatArray:
    """Guess where on the short ways from inside to outside (k, 2) the outcome set changes.

    Returns
    -------
    ndarray, shape (k,)
        As a share of the way; NaN where nothing falls to zero.
    """
    way = outside - inside
    places = np.concatenate([inside - way, inside, outside, outside + way])
    solutions = list(plane.solutions(places))
    count = len(inside)
    least = [least_probabilities(solution) for solution in solutions]
    guesses = [
        _zero(least[k], least[count + k], least[2 * count + k], least[3 * count + k])
        for k in range(count)
    ]
    return np.array(guesses, np.float64)


def _zero(before: Least, last: Least, first: Least, after: Least) -> float:
    """Return the share of the way at which a support of one side only plays an option no more."""
    zeros = [
        *falls_to_zero((-1.0, 0.0), (before, last), first),
        *falls_to_zero((2.0, 1.0), (after, first), last),
    ]
    near = [zero for zero in zeros if 0 <= zero <= 1]
    return near[0] if near else np.nan
