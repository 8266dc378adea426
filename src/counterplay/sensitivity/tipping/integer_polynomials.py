"""Polynomials in one unknown with whole coefficients.

A polynomial is a tuple of integers, lowest power first, the last one not zero; the zero polynomial
is empty.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import zip_longest
from math import gcd

Polynomial = tuple[int, ...]


def plus(first: Polynomial, second: Polynomial) -> Polynomial:
    """Return the sum."""
    return trimmed([a + b for a, b in zip_longest(first, second, fillvalue=0)])


def times(first: Polynomial, second: Polynomial) -> Polynomial:
    """Return the product."""
    if not first or not second:
        return ()
    product = [0] * (len(first) + len(second) - 1)
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            product[i + j] += a * b
    return tuple(product)


def negative(polynomial: Polynomial) -> Polynomial:
    """Return the negative."""
    return tuple(-c for c in polynomial)


def divided(polynomial: Polynomial, number: int) -> Polynomial:
    """Return a polynomial divided by a common divisor of its coefficients."""
    return tuple(c // number for c in polynomial)


def primitive(polynomial: Polynomial) -> Polynomial:
    """Return a polynomial without the positive common divisor of its coefficients."""
    common = gcd(*polynomial)
    return divided(polynomial, common) if common > 1 else polynomial


def scaled_value(polynomial: Polynomial, at: Fraction) -> int:
    """Return the value times a positive number: the power of the denominator that makes it whole.

    Examples
    --------
    >>> scaled_value((-1, 0, 4), Fraction(1, 2)), scaled_value((1, 1), Fraction(1, 3))
    (0, 4)
    """
    value, power = 0, 1
    for coefficient in reversed(polynomial):
        value = value * at.numerator + coefficient * power
        power *= at.denominator
    return value


def common_divisor(first: Polynomial, second: Polynomial) -> Polynomial:
    """Return the greatest common divisor, primitive."""
    while second:
        first, second = second, primitive(remainder(first, second))
    return primitive(first)


def quotient(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    """Return the primitive quotient by an exact divisor, up to a positive factor."""
    rest = list(dividend)
    parts: list[int] = []
    size = abs(divisor[-1])
    sign = 1 if divisor[-1] > 0 else -1
    for k in range(len(dividend) - len(divisor), -1, -1):
        lead = sign * rest[k + len(divisor) - 1]
        rest = [size * c for c in rest]
        parts = [size * c for c in parts]
        for j, c in enumerate(divisor):
            rest[k + j] -= lead * c
        parts.append(lead)
    return primitive(trimmed(parts[::-1]))


def remainder(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    """Return the remainder times a positive number."""
    size = abs(divisor[-1])
    sign = 1 if divisor[-1] > 0 else -1
    while len(dividend) >= len(divisor):
        lead = sign * dividend[-1]
        shift = len(dividend) - len(divisor)
        rest = [size * c for c in dividend]
        for j, c in enumerate(divisor):
            rest[shift + j] -= lead * c
        dividend = primitive(trimmed(rest))
    return dividend


def trimmed(coefficients: list[int]) -> Polynomial:
    """Return the polynomial without leading zeros."""
    while coefficients and coefficients[-1] == 0:
        coefficients.pop()
    return tuple(coefficients)
