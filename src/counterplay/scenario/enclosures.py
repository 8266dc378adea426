"""Formulas worked on whole intervals at once, with their slopes: bounds that rounding keeps.

Every result is rounded outward, so that the value of a formula anywhere in a cell, and its slope
there, lie inside what is returned (Moore 1966).  An infinite bound says that none was found.  All
bounds are arrays with one entry a cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.scenario.arithmetic import MAX_EXPONENT, Number, Step
from counterplay.scenario.intervals import BoolArray, Interval, power, widened


@dataclass(frozen=True, eq=False, slots=True)
class Enclosed:
    """Bounds of a quantity and of its slope in each of several cells.

    Attributes
    ----------
    value, slope : Interval
        The slope is that along the one unknown; at a kink it takes in those on both sides.
    undefined, partial : ndarray of bool
        Where it has no value anywhere in the cell, or perhaps none in a part of it: the root or
        logarithm of what is, or may be, below zero.
    """

    value: Interval
    slope: Interval
    undefined: BoolArray
    partial: BoolArray

    @classmethod
    def exactly(cls, number: Fraction) -> Enclosed:
        """Return a number that is the same in every cell."""
        return cls(Interval.exactly(number), _ZERO, _NOWHERE, _NOWHERE)

    @classmethod
    def unknown(cls, low: FloatArray, high: FloatArray, slope: float = 1.0) -> Enclosed:
        """Return the unknown, or any other number that moves from cell to cell."""
        return cls(Interval(low, high), Interval.exactly(Fraction(slope)), _NOWHERE, _NOWHERE)

    def __add__(self, other: Enclosed) -> Enclosed:
        """Return the sum."""
        return self._with(other, self.value + other.value, self.slope + other.slope)

    def __neg__(self) -> Enclosed:
        """Return the negative."""
        return Enclosed(-self.value, -self.slope, self.undefined, self.partial)

    def __sub__(self, other: Enclosed) -> Enclosed:
        """Return the difference."""
        return self._with(other, self.value - other.value, self.slope - other.slope)

    def __mul__(self, other: Enclosed) -> Enclosed:
        """Return the product."""
        slope = self.slope * other.value + other.slope * self.value
        return self._with(other, self.value * other.value, slope)

    def __truediv__(self, other: Enclosed) -> Enclosed:
        """Return the quotient."""
        value = self.value / other.value
        return self._with(other, value, (self.slope - value * other.slope) / other.value)

    def smaller(self, other: Enclosed) -> Enclosed:
        """Return the smaller of two."""
        low = np.minimum(self.value.low, other.value.low)
        value = Interval(low, np.minimum(self.value.high, other.value.high))
        own, its = self.value.high < other.value.low, other.value.high < self.value.low
        slope = self.slope.where(own, other.slope.where(its, self.slope.hull(other.slope)))
        return self._with(other, value, slope)

    def larger(self, other: Enclosed) -> Enclosed:
        """Return the larger of two."""
        return -(-self).smaller(-other)

    def size(self) -> Enclosed:
        """Return the absolute value."""
        return self.larger(-self)

    def power(self, exponent: int) -> Enclosed:
        """Return a whole power."""
        if exponent == 0:
            return Enclosed.exactly(Fraction(1))
        one_less = power(self.value, exponent - 1)
        factor = Interval.exactly(Fraction(exponent))
        return self._like(power(self.value, exponent), factor * one_less * self.slope)

    def exp(self) -> Enclosed:
        """Return the exponential."""
        value = widened(np.exp(self.value.low), np.exp(self.value.high))
        value = Interval(np.maximum(value.low, 0.0), value.high)
        return self._like(value, value * self.slope)

    def log(self) -> Enclosed:
        """Return the natural logarithm."""
        inside = Interval(np.maximum(self.value.low, 0.0), np.maximum(self.value.high, 0.0))
        value = widened(np.log(inside.low), np.log(inside.high))
        return self._above_zero(value, self.slope / inside)

    def sqrt(self) -> Enclosed:
        """Return the square root."""
        inside = Interval(np.maximum(self.value.low, 0.0), np.maximum(self.value.high, 0.0))
        value = widened(np.sqrt(inside.low), np.sqrt(inside.high))
        value = Interval(np.maximum(value.low, 0.0), value.high)
        return self._above_zero(value, self.slope / (value + value))

    def take(self, cells: npt.NDArray[np.int64]) -> Enclosed:
        """Return some of the cells."""
        gone = [mask[cells] if len(mask) > 1 else mask for mask in (self.undefined, self.partial)]
        return Enclosed(self.value.take(cells), self.slope.take(cells), gone[0], gone[1])

    def _with(self, other: Enclosed, value: Interval, slope: Interval) -> Enclosed:
        undefined, partial = self.undefined | other.undefined, self.partial | other.partial
        return Enclosed(value, slope, undefined, partial)

    def _like(self, value: Interval, slope: Interval) -> Enclosed:
        return Enclosed(value, slope, self.undefined, self.partial)

    def _above_zero(self, value: Interval, slope: Interval) -> Enclosed:
        """Return what has a value only where this is not below zero."""
        undefined = self.undefined | (self.value.high < 0)
        return Enclosed(value, slope, undefined, self.partial | (self.value.low < 0))


def in_enclosures(programme: tuple[Step, ...], values: Mapping[str, Enclosed]) -> Enclosed:
    """Work a programme of `arithmetic` on cells.

    Parameters
    ----------
    values : mapping
        Every name in the programme.

    Examples
    --------
    >>> from counterplay.scenario.formula import Formula
    >>> cell = Enclosed.unknown(np.array([0.25]), np.array([0.5]))
    >>> found = in_enclosures(Formula.parse("4*a - a**2").programme, {"a": cell})
    >>> bool(found.value.low[0] <= 0.9375), bool(found.slope.low[0] > 0)
    (True, True)
    """
    stack: list[Enclosed] = []
    with np.errstate(all="ignore"):
        for step in programme:
            if isinstance(step, str):
                stack.append(values[step])
            elif isinstance(step, Number):
                stack.append(Enclosed.exactly(step.exact))
            else:
                operands = stack[-step.operands :]
                del stack[-step.operands :]
                stack.append(_IN_ENCLOSURES[step.name](*operands))
    return stack[-1]


_ZERO = Interval(np.zeros(1), np.zeros(1))
_NOWHERE = np.zeros(1, bool)

_IN_ENCLOSURES: Mapping[str, Callable[..., Enclosed]] = {
    "+": Enclosed.__add__,
    "-": Enclosed.__sub__,
    "*": Enclosed.__mul__,
    "/": Enclosed.__truediv__,
    "negate": Enclosed.__neg__,
    "min": lambda *operands: reduce(Enclosed.smaller, operands),
    "max": lambda *operands: reduce(Enclosed.larger, operands),
    "abs": Enclosed.size,
    "exp": Enclosed.exp,
    "log": Enclosed.log,
    "sqrt": Enclosed.sqrt,
    "clip": lambda value, low, high: value.larger(low).smaller(high),
    **{f"**{n}": partial(Enclosed.power, exponent=n) for n in range(MAX_EXPONENT + 1)},
}
