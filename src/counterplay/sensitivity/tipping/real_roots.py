"""Real roots of polynomials with whole coefficients, all of them, in an interval.

Roots are counted by Sturm's theorem (1829) and enclosed by halving, all in whole numbers, so that
none is missed and none invented; a multiple root is found once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isqrt

from counterplay.sensitivity.tipping.integer_polynomials import (
    Polynomial,
    negative,
    plus,
    primitive,
    quotient,
    remainder,
    scaled_value,
    times,
)

PRECISION = Fraction(1, 2**42)
"""Widest enclosure of a root, as a share of the interval searched: below 1e-12."""

_ROUND = 10**6


@dataclass(frozen=True, order=True)
class Enclosure:
    """An interval that holds one root, or one group of roots too close to tell apart.

    Attributes
    ----------
    low, high : Fraction
        Its ends; equal where the root is rational and known.
    """

    low: Fraction
    high: Fraction

    @property
    def middle(self) -> Fraction:
        """The point halfway."""
        return (self.low + self.high) / 2


def roots_between(polynomial: Polynomial, low: Fraction, high: Fraction) -> list[Enclosure]:
    """Enclose every real root in the open interval from `low` to `high`, in order.

    Enclosures are disjoint, at most `PRECISION` of the interval wide, and a point where a root of
    small denominator is hit exactly.  The zero polynomial has none.

    Examples
    --------
    >>> [root.low for root in roots_between((6, -5, 1), Fraction(0), Fraction(5))]
    [Fraction(2, 1), Fraction(3, 1)]
    >>> root, = roots_between((-2, 0, 1), Fraction(0), Fraction(5))
    >>> float(root.middle)
    1.4142135623
    """
    if len(polynomial) <= 1 or low >= high:
        return []
    if len(polynomial) == 2:
        root = Fraction(-polynomial[0], polynomial[1])
        return [Enclosure(root, root)] if low < root < high else []
    if len(polynomial) == 3:
        found = _of_quadratic(polynomial, (high - low) * PRECISION)
        return [root for root in found if low < root.middle < high]
    return [_sharpened(polynomial, root) for root in _by_sturm(polynomial, low, high)]


def _of_quadratic(polynomial: Polynomial, width: Fraction) -> list[Enclosure]:
    c, b, a = polynomial if polynomial[2] > 0 else negative(polynomial)
    square = b * b - 4 * a * c
    if square < 0:
        return []
    root = isqrt(square)
    least = most = Fraction(root)
    if root * root != square:
        # The width of the square root, in halvings of 1.
        shift = max(0, (1 / (width * a)).__ceil__().bit_length())
        root = isqrt(square << (2 * shift))
        least, most = Fraction(root, 1 << shift), Fraction(root + 1, 1 << shift)
    ends = [((-b - most), (-b - least))] + ([(-b + least, -b + most)] if square else [])
    return [Enclosure(first / (2 * a), last / (2 * a)) for first, last in ends]


def _by_sturm(polynomial: Polynomial, low: Fraction, high: Fraction) -> Iterator[Enclosure]:
    """Yield enclosures, by halving the interval until each part holds one root."""
    span = high - low
    moved = _without_ends(primitive(_on_unit_interval(polynomial, low, span)))
    if _variations(_reversed_onto_positive(moved)) == 0:
        return
    chain = _sturm_chain(moved)
    if len(chain[-1]) > 1:
        moved = quotient(moved, chain[-1])
        chain = _sturm_chain(moved)
    zero, one = Fraction(0), Fraction(1)
    parts = [(zero, one, _changes(chain, zero), _changes(chain, one))]
    while parts:
        left, right, before, after = parts.pop()
        if before - after == 1:
            yield _mapped(_closed_in(moved, left, right), low, span)
        elif before > after:
            middle = (left + right) / 2
            between = _changes(chain, middle)
            parts += [(middle, right, between, after), (left, middle, before, between)]


def _on_unit_interval(polynomial: Polynomial, low: Fraction, span: Fraction) -> Polynomial:
    """Return a positive multiple of the polynomial in t, where the unknown is low + span t."""
    unit = low.denominator * span.denominator
    line = (low.numerator * span.denominator, span.numerator * low.denominator)
    result: Polynomial = ()
    power = 1
    for coefficient in reversed(polynomial):
        result = plus(times(result, line), (coefficient * power,) if coefficient else ())
        power *= unit
    return result


def _without_ends(polynomial: Polynomial) -> Polynomial:
    """Divide by t and t - 1 as often as that goes."""
    while polynomial[0] == 0:
        polynomial = polynomial[1:]
    while sum(polynomial) == 0:
        polynomial = quotient(polynomial, (-1, 1))
    return polynomial


def _reversed_onto_positive(polynomial: Polynomial) -> Polynomial:
    """Return the polynomial whose positive roots are those of `polynomial` between 0 and 1."""
    coefficients = list(reversed(polynomial))
    for start in range(len(coefficients)):
        for k in range(len(coefficients) - 2, start - 1, -1):
            coefficients[k] += coefficients[k + 1]
    return tuple(coefficients)


def _sturm_chain(polynomial: Polynomial) -> list[Polynomial]:
    slope = tuple(k * c for k, c in enumerate(polynomial))[1:]
    chain = [polynomial, primitive(slope)]
    while len(chain[-1]) > 1:
        rest = primitive(negative(remainder(chain[-2], chain[-1])))
        if not rest:
            break
        chain.append(rest)
    return chain


def _changes(chain: list[Polynomial], at: Fraction) -> int:
    return _variations(tuple(scaled_value(polynomial, at) for polynomial in chain))


def _variations(numbers: Polynomial) -> int:
    signs = [number > 0 for number in numbers if number]
    return sum(a != b for a, b in pairwise(signs))


def _closed_in(polynomial: Polynomial, left: Fraction, right: Fraction) -> Enclosure:
    """Halve an interval that holds one simple root, its right end included."""
    beyond = scaled_value(polynomial, right)
    if beyond == 0:
        return Enclosure(right, right)
    while right - left > PRECISION:
        middle = (left + right) / 2
        value = scaled_value(polynomial, middle)
        if value == 0:
            return Enclosure(middle, middle)
        if (value > 0) == (beyond > 0):
            right = middle
        else:
            left = middle
    return Enclosure(left, right)


def _mapped(root: Enclosure, low: Fraction, span: Fraction) -> Enclosure:
    return Enclosure(low + span * root.low, low + span * root.high)


def _sharpened(polynomial: Polynomial, root: Enclosure) -> Enclosure:
    """Return the root itself where it is a number of small denominator."""
    near = root.middle.limit_denominator(_ROUND)
    if root.low <= near <= root.high and scaled_value(polynomial, near) == 0:
        return Enclosure(near, near)
    return root
