"""Intervals of double precision, rounded outward, in each of several cells at once.

An infinite bound says that none was found.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray

_LIBRARY = 4 * np.finfo(np.float64).eps
"""How far exp, log and sqrt of the numerical library may be off, as a share, and more."""

_LEAST = np.finfo(np.float64).smallest_subnormal
_MOST = np.finfo(np.float64).max

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class Interval:
    """Bounds of a number in each of several cells.

    Attributes
    ----------
    low, high : ndarray
        One entry a cell, or a single one for all.
    """

    low: FloatArray
    high: FloatArray

    @classmethod
    def of(cls, low: FloatArray, high: FloatArray) -> Interval:
        """Return bounds; what is not a number is unbounded, and what overflows is large."""
        low = np.where(np.isnan(low), -np.inf, np.minimum(low, _MOST))
        high = np.where(np.isnan(high), np.inf, np.maximum(high, -_MOST))
        return cls(low, high)

    @classmethod
    def exactly(cls, number: Fraction) -> Interval:
        """Return the doubles next to an exact number, or the double that it is."""
        near = float(number)
        low = near if Fraction(near) <= number else np.nextafter(near, -np.inf)
        high = near if Fraction(near) >= number else np.nextafter(near, np.inf)
        return cls(np.array([low]), np.array([high]))

    def __add__(self, other: Interval) -> Interval:
        """Return the sum."""
        return Interval.of(_sum(self.low, other.low, -1), _sum(self.high, other.high, 1))

    def __neg__(self) -> Interval:
        """Return the negative."""
        return Interval(-self.high, -self.low)

    def __sub__(self, other: Interval) -> Interval:
        """Return the difference."""
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        """Return the product; zero times what is unbounded is zero."""
        ends = np.broadcast_arrays(
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        )
        products = np.where(np.isnan(ends), 0.0, ends)
        exact = self.is_unit | other.is_unit
        return _outward(products.min(axis=0), products.max(axis=0), exact)

    def __truediv__(self, other: Interval) -> Interval:
        """Return the quotient; unbounded where the divisor may be zero."""
        positive, negative = other.low >= 0, other.high <= 0
        low = np.where(positive | (other.high < 0), 1 / other.high, -np.inf)
        high = np.where(negative | (other.low > 0), 1 / other.low, np.inf)
        inverse = _outward(low, high, other.is_unit & (other.low != 0))
        quotient = self * inverse
        # Zero divided by zero may be anything.
        void = (self.holds_zero & other.holds_zero) | ((other.low == 0) & (other.high == 0))
        return _EVERYTHING.where(void, quotient)

    @property
    def is_unit(self) -> BoolArray:
        """Where it is 0, 1 or -1, by which a product is not rounded."""
        unit: BoolArray = (self.low == self.high) & ((self.low == 0) | (np.abs(self.low) == 1))
        return unit

    @property
    def holds_zero(self) -> BoolArray:
        """Where it may be zero."""
        return (self.low <= 0) & (self.high >= 0)

    @property
    def is_bounded(self) -> BoolArray:
        """Where both bounds are finite."""
        return np.isfinite(self.low) & np.isfinite(self.high)

    def take(self, cells: npt.NDArray[np.int64]) -> Interval:
        """Return some of the cells."""
        if len(self.low) == 1:
            return self
        return Interval(self.low[cells], self.high[cells])

    def within(self, other: Interval) -> Interval:
        """Return what two bounds of the same number leave together."""
        return Interval(np.maximum(self.low, other.low), np.minimum(self.high, other.high))

    def hull(self, other: Interval) -> Interval:
        """Return bounds of a number that is either."""
        return Interval(np.minimum(self.low, other.low), np.maximum(self.high, other.high))

    def where(self, chosen: BoolArray, other: Interval) -> Interval:
        """Return this where `chosen`, else the other."""
        return Interval(
            np.where(chosen, self.low, other.low), np.where(chosen, self.high, other.high)
        )


def _sum(first: FloatArray, second: FloatArray, way: int) -> FloatArray:
    """Return a sum rounded down or up, and not at all where it is exact (Knuth's two-sum)."""
    total = first + second
    part = total - first
    error = (first - (total - part)) + (second - part)
    rounded: FloatArray = np.where(error * way > 0, np.nextafter(total, way * np.inf), total)
    return rounded


def _outward(low: FloatArray, high: FloatArray, exact: BoolArray) -> Interval:
    return Interval.of(
        np.where(exact, low, np.nextafter(low, -np.inf)),
        np.where(exact, high, np.nextafter(high, np.inf)),
    )


def widened(low: FloatArray, high: FloatArray) -> Interval:
    """Return bounds that the numerical library gave, widened by more than it can be off."""
    return Interval.of(
        np.where(np.isinf(low), low, low - _LIBRARY * np.abs(low) - _LEAST),
        np.where(np.isinf(high), high, high + _LIBRARY * np.abs(high) + _LEAST),
    )


def power(base: Interval, exponent: int) -> Interval:
    """Return a whole power."""
    if exponent == 0:
        return Interval.exactly(Fraction(1))
    if exponent % 2:
        return base if exponent == 1 else power(base, exponent - 1) * base
    ends = np.abs(base.low), np.abs(base.high)
    least = np.where(base.holds_zero, 0.0, np.minimum(*ends))
    size = Interval(least, np.maximum(*ends))
    return reduce(Interval.__mul__, [size] * exponent)


_EVERYTHING = Interval(np.array([-np.inf]), np.array([np.inf]))
