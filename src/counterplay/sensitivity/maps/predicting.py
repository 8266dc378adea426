"""Where a mixed equilibrium ends, foreseen from the least probability that it plays.

Where the set of supports changes, some support gains or loses an option whose probability falls
to zero there.  Between two close places that fall is nearly a straight line.  What is foreseen is
only a guess; whoever uses it solves both sides.
"""

from __future__ import annotations

import numpy as np

from counterplay.concepts import Solution
from counterplay.numeric import FloatArray
from counterplay.sensitivity.maps.plane import Plane
from counterplay.sensitivity.outcomes import Supports


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
    least = [_least_probabilities(solution) for solution in solutions]
    guesses = [
        _zero(least[k], least[count + k], least[2 * count + k], least[3 * count + k])
        for k in range(count)
    ]
    return np.array(guesses, np.float64)


def _least_probabilities(solution: Solution) -> dict[Supports, float]:
    """Return the least probability that an equilibrium plays, by support, if mixed and alone."""
    found: dict[Supports, float] = {}
    twice: set[Supports] = set()
    for equilibrium in solution:
        support = equilibrium.support
        if support in found:
            twice.add(support)
        found[support] = min(float(v[v > 0].min()) for v in equilibrium.strategies)
    return {s: p for s, p in found.items() if p < 1 and s not in twice}


def _zero(
    before: dict[Supports, float],
    last: dict[Supports, float],
    first: dict[Supports, float],
    after: dict[Supports, float],
) -> float:
    """Return the share of the way at which a support of one side only plays an option no more."""
    zeros = [
        last[support] / (before[support] - last[support])
        for support in last
        if support not in first and before.get(support, 0.0) > last[support]
    ]
    zeros += [
        1 - first[support] / (after[support] - first[support])
        for support in first
        if support not in last and after.get(support, 0.0) > first[support]
    ]
    near = [zero for zero in zeros if 0 <= zero <= 1]
    return near[0] if near else np.nan
