"""Where a mixed equilibrium ends, foreseen from the least probability that it plays.

Where the set of supports changes, some support gains or loses an option whose probability falls
to zero there.  Between two close places that fall is nearly a straight line.  What is foreseen is
only a guess; whoever uses it solves both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from counterplay.concepts import Solution
from counterplay.sensitivity.outcomes import Supports

Least = Mapping[Supports, float]
"""The least probability that an equilibrium plays, by support."""


def least_probabilities(solution: Solution) -> dict[Supports, float]:
    """Return the least probability of each mixed equilibrium that is alone in its support."""
    found: dict[Supports, float] = {}
    twice: set[Supports] = set()
    for equilibrium in solution:
        support = equilibrium.support
        if support in found:
            twice.add(support)
        found[support] = min(float(v[v > 0].min()) for v in equilibrium.strategies)
    return {s: p for s, p in found.items() if p < 1 and s not in twice}


def falls_to_zero(
    stops: tuple[float, float], least: tuple[Least, Least], beyond: Least
) -> Iterator[float]:
    """Yield where supports that are gone beyond the second stop play an option no more.

    Parameters
    ----------
    stops : tuple of two float
        Two places on one side of the change, the second nearer to it.
    least : tuple of two mappings
        The least probabilities there.
    beyond : mapping
        The least probabilities on the other side.
    """
    (far, near), (before, last) = stops, least
    for support, probability in last.items():
        fall = before.get(support, 0.0) - probability
        if support not in beyond and fall > 0:
            yield near + (near - far) * probability / fall
