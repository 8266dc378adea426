"""Named tolerances, and decimals as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from numbers import Rational

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
"""Real numbers in double precision."""

ExactArray = npt.NDArray[np.object_]
"""An array of `fractions.Fraction`."""

REGRET_TOLERANCE = 1e-9
"""Largest regret of a certified equilibrium, as a share of the player's payoff range (or of 1)."""

CLOSE_CALL = 1e-9
"""Payoff gaps below this share of a player's range are decided by exact arithmetic."""

ROUNDING_TIE = 1e-12
"""Where no exact payoffs exist, gaps below this share of the largest payoff count as ties."""

PROBABILITY_FLOOR = 1e-9
"""Probabilities up to this are taken for zero where the profile is an equilibrium without them."""

ROUNDING_FLOOR = 1e-14
"""Probabilities up to this are rounding and always taken for zero."""


def exact_decimal(number: float | int | Fraction) -> Fraction:
    """Read a number as the shortest decimal that prints as it: ``0.1`` is 1/10.

    Examples
    --------
    >>> exact_decimal(0.1) + exact_decimal(0.2) == exact_decimal(0.3)
    True
    """
    if isinstance(number, float) or not isinstance(number, Rational):
        return Fraction(repr(float(number)))
    # Whole numbers of other libraries would overflow.
    return Fraction(int(number.numerator), int(number.denominator))
