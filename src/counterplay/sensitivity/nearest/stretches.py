"""Stretches of one number on which something holds, and the nearest value in them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from counterplay.numeric import FloatArray, exact_decimal
from counterplay.sensitivity.nearest.moving import Moving

_SAME = Fraction(1, 10**9)
_MOST_DIGITS = 17


class Stretch(NamedTuple):
    """Values of one number from `low` to `high`, both included.

    Attributes
    ----------
    low, high : Fraction
    sure : bool
        Whether what is wanted holds at all of them, or at some of them perhaps.
    """

    low: Fraction
    high: Fraction
    sure: bool

    def distance(self, now: Fraction) -> Fraction:
        """Return how far it is from a value, 0 inside."""
        return max(self.low - now, now - self.high, Fraction(0))


def nearest_move(
    moving: Moving, name: str, stretches: Iterable[Stretch]
) -> tuple[FloatArray | None, float]:
    """Return the shortest move of one number into a stretch that is sure, and a lower bound.

    The number reached has as few digits as a billionth of its range allows.  A stretch without a
    number that a double can hold and a move can hit, such as the single point 1/3, only counts for
    the bound.
    """
    now, span = moving.exact(name)
    found = sorted(stretches, key=lambda stretch: stretch.distance(now))
    bound = float(found[0].distance(now) / span) if found else np.inf
    place = moving.ids.index(name)
    for stretch in found:
        value = _nearest_number(stretch, now, _SAME * span) if stretch.sure else None
        if value is not None:
            move = np.zeros(len(moving.ids))
            move[place] = float((exact_decimal(value) - now) / span)
            if moving.at(move)[place] == value:
                return move, bound
    return None, bound


def _nearest_number(stretch: Stretch, now: Fraction, width: Fraction) -> float | None:
    if stretch.low <= now <= stretch.high:
        return float(now)
    if now < stretch.low:
        return _short_number(stretch.low, min(stretch.high, stretch.low + width))
    return _short_number(max(stretch.low, stretch.high - width), stretch.high)


def _short_number(low: Fraction, high: Fraction) -> float | None:
    """Return a number between two that takes few digits to write, if doubles have one."""
    if low <= 0 <= high:
        return 0.0
    for digits in range(1, _MOST_DIGITS + 1):
        number = float(f"{float((low + high) / 2):.{digits}g}")
        if low <= exact_decimal(number) <= high:
            return number
    return None
