"""Quotients of polynomials in one unknown, in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd

from counterplay.sensitivity.tipping.integer_polynomials import (
    Polynomial,
    common_divisor,
    divided,
    negative,
    plus,
    quotient,
    scaled_value,
    times,
)

MOST_DEGREE = 24
MOST_BITS = 8192
_CANCEL_ABOVE = 8


class BeyondReachError(Exception):
    """A formula that is no quotient of polynomials, or one of too high a degree."""


@dataclass(frozen=True, slots=True)
class RationalFunction:
    """A quotient of two polynomials; those of high degree have no common divisor.

    Attributes
    ----------
    numerator, denominator : tuple of int
        Lowest power first.
    """

    numerator: Polynomial
    denominator: Polynomial

    def __add__(self, other: RationalFunction) -> RationalFunction:
        """Return the sum."""
        if self.denominator == other.denominator:
            return reduced(plus(self.numerator, other.numerator), self.denominator)
        numerator = plus(
            times(self.numerator, other.denominator), times(other.numerator, self.denominator)
        )
        return reduced(numerator, times(self.denominator, other.denominator))

    def __neg__(self) -> RationalFunction:
        """Return the negative."""
        return RationalFunction(negative(self.numerator), self.denominator)

    def __sub__(self, other: RationalFunction) -> RationalFunction:
        """Return the difference."""
        return self + -other

    def __mul__(self, other: RationalFunction) -> RationalFunction:
        """Return the product."""
        return reduced(
            times(self.numerator, other.numerator), times(self.denominator, other.denominator)
        )

    def __truediv__(self, other: RationalFunction) -> RationalFunction:
        """Return the quotient by a function that is not zero everywhere."""
        return self * RationalFunction(other.denominator, other.numerator)

    def gap_numerator(self, other: RationalFunction) -> Polynomial:
        """Return a polynomial that is zero where the two are equal and finite."""
        if self.denominator == other.denominator:
            return plus(self.numerator, negative(other.numerator))
        return plus(
            times(self.numerator, other.denominator),
            negative(times(other.numerator, self.denominator)),
        )

    def sign_at(self, at: Fraction) -> int:
        """Return -1, 0 or 1 at a point where the denominator is not zero."""
        value = scaled_value(self.numerator, at) * scaled_value(self.denominator, at)
        return (value > 0) - (value < 0)

    @property
    def is_constant(self) -> bool:
        """Whether it is one number everywhere."""
        return len(self.numerator) <= 1 and len(self.denominator) == 1


UNKNOWN = RationalFunction((0, 1), (1,))
ZERO = RationalFunction((), (1,))
ONE = RationalFunction((1,), (1,))


def constant(number: Fraction) -> RationalFunction:
    """Return the function that is one number everywhere."""
    return RationalFunction((number.numerator,) if number else (), (number.denominator,))


def reduced(numerator: Polynomial, denominator: Polynomial) -> RationalFunction:
    """Return a quotient without common numbers, nor common divisors once its degree is high.

    Raises
    ------
    BeyondReachError
        If degree or coefficients pass the limits.
    """
    if not numerator:
        return ZERO
    if min(len(numerator), len(denominator)) > _CANCEL_ABOVE + 1:
        shared = common_divisor(numerator, denominator)
        if len(shared) > 1:
            numerator, denominator = _cancelled(numerator, denominator, shared)
    common = gcd(*numerator, *denominator)
    if common > 1:
        numerator, denominator = divided(numerator, common), divided(denominator, common)
    if max(len(numerator), len(denominator)) > MOST_DEGREE + 1:
        raise BeyondReachError
    if max(map(int.bit_length, (*numerator, *denominator))) > MOST_BITS:
        raise BeyondReachError
    return RationalFunction(numerator, denominator)


def _cancelled(
    numerator: Polynomial, denominator: Polynomial, shared: Polynomial
) -> tuple[Polynomial, Polynomial]:
    """Divide both by a common divisor; what each quotient lost as a factor is put back."""
    above, below = quotient(numerator, shared), quotient(denominator, shared)
    # By Gauss's lemma the leading coefficients tell the factor of each.
    over = Fraction(numerator[-1], above[-1] * shared[-1])
    under = Fraction(denominator[-1], below[-1] * shared[-1])
    factor = over / under
    return (
        tuple(c * factor.numerator for c in above),
        tuple(c * factor.denominator for c in below),
    )
