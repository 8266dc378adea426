"""Formulas worked as quotients of polynomials in one unknown, piece by piece of its range.

Within a piece on which no argument of min, max, abs or clip changes order, a formula over
+ - * / and powers is one such quotient.  Where an order does change, `SplitError` says at which
roots; the caller cuts the piece there and works it again.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import isfinite

from counterplay.scenario.arithmetic import MAX_EXPONENT, Number, Operation, in_doubles
from counterplay.scenario.formula import Formula
from counterplay.sensitivity.tipping.rational_functions import (
    ONE,
    BeyondReachError,
    RationalFunction,
    constant,
)
from counterplay.sensitivity.tipping.real_roots import Enclosure, roots_between


class SplitError(Exception):
    """Arguments of min, max, abs or clip that change order within a piece."""

    def __init__(self, roots: list[Enclosure]) -> None:
        self.roots = roots
        super().__init__()


class PoleError(Exception):
    """A divisor that is zero somewhere on a piece."""

    def __init__(self, root: Enclosure) -> None:
        self.root = root
        super().__init__()


@dataclass(frozen=True)
class Piece:
    """A part of the unknown's range.

    Attributes
    ----------
    low, high : Fraction
        Ends of the part on which orders are told.
    reach : tuple of two Fraction
        Ends of the part on which divisors must not be zero: it takes in the enclosures of the
        roots at either end.
    """

    low: Fraction
    high: Fraction
    reach: tuple[Fraction, Fraction]

    @property
    def middle(self) -> Fraction:
        """The point halfway."""
        return (self.low + self.high) / 2

    def parts(self, cuts: list[Enclosure]) -> list[Piece]:
        """Return what is left between cuts, in order."""
        cuts = sorted(cuts)
        lows = [self.low, *(cut.high for cut in cuts)]
        highs = [*(cut.low for cut in cuts), self.high]
        reach_lows = [self.reach[0], *(cut.low for cut in cuts)]
        reach_highs = [*(cut.high for cut in cuts), self.reach[1]]
        parts = zip(lows, highs, zip(reach_lows, reach_highs, strict=True), strict=True)
        return [Piece(low, high, reach) for low, high, reach in parts if low < high]


class PieceArithmetic:
    """Works formulas on one piece.

    Attributes
    ----------
    rounded : bool
        Whether exp, log or sqrt of a fixed number was taken, in double precision.
    """

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.rounded = False

    def evaluate(
        self, formula: Formula, values: Mapping[str, RationalFunction]
    ) -> RationalFunction:
        """Return a formula as a quotient of polynomials on the piece.

        Raises
        ------
        SplitError, PoleError, BeyondReachError
        """
        stack: list[RationalFunction] = []
        for step in formula.programme:
            if isinstance(step, Number):
                stack.append(constant(step.exact))
            elif isinstance(step, Operation):
                operands = stack[-step.operands :]
                del stack[-step.operands :]
                stack.append(self._worked(step, operands))
            else:
                stack.append(values[step])
        return stack[-1]

    def _worked(self, step: Operation, operands: list[RationalFunction]) -> RationalFunction:
        if step.name in _PLAIN:
            return _PLAIN[step.name](*operands)
        if step.name == "/":
            return self._quotient(*operands)
        if step.name in {"min", "max"}:
            pick = self._smaller if step.name == "min" else self._larger
            return reduce(pick, operands)
        if step.name == "clip":
            value, low, high = operands
            return self._smaller(self._larger(value, low), high)
        if step.name == "abs":
            return self._larger(operands[0], -operands[0])
        return self._rounded(step, operands[0])

    def _smaller(self, first: RationalFunction, second: RationalFunction) -> RationalFunction:
        return first if self._order(first, second) <= 0 else second

    def _larger(self, first: RationalFunction, second: RationalFunction) -> RationalFunction:
        return first if self._order(first, second) >= 0 else second

    def _order(self, first: RationalFunction, second: RationalFunction) -> int:
        gap = first - second
        if cuts := roots_between(gap.numerator, self.piece.low, self.piece.high):
            raise SplitError(cuts)
        return gap.sign_at(self.piece.middle)

    def _quotient(self, above: RationalFunction, below: RationalFunction) -> RationalFunction:
        low, high = self.piece.reach
        if not below.numerator:
            raise PoleError(Enclosure(self.piece.middle, self.piece.middle))
        ends = [Enclosure(end, end) for end in (low, high) if not below.sign_at(end)]
        for root in ends + roots_between(below.numerator, low, high):
            raise PoleError(root)
        return above / below

    def _rounded(self, step: Operation, operand: RationalFunction) -> RationalFunction:
        if not operand.is_constant:
            raise BeyondReachError
        number = Fraction(sum(operand.numerator), operand.denominator[0])
        try:
            value = in_doubles(("operand", step), {"operand": float(number)})
        except OverflowError:
            raise BeyondReachError from None
        if not isinstance(value, float) or not isfinite(value):
            raise BeyondReachError
        self.rounded = True
        return constant(Fraction(value))


def _power(base: RationalFunction, exponent: int) -> RationalFunction:
    product = ONE
    for _ in range(exponent):
        product = product * base
    return product


_PLAIN: Mapping[str, Callable[..., RationalFunction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "negate": operator.neg,
    **{f"**{n}": lambda base, exponent=n: _power(base, exponent) for n in range(MAX_EXPONENT + 1)},
}
