"""Where polynomials in one number are not negative: exact stretches between their exact roots."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm

from counterplay.numeric import exact_decimal
from counterplay.sensitivity.nearest import polynomial as shares
from counterplay.sensitivity.nearest.moving import Moving
from counterplay.sensitivity.nearest.stretches import Stretch
from counterplay.sensitivity.tipping.integer_polynomials import (
    Polynomial,
    primitive,
    scaled_value,
    trimmed,
)
from counterplay.sensitivity.tipping.rational_functions import MOST_BITS, MOST_DEGREE
from counterplay.sensitivity.tipping.real_roots import Enclosure, roots_between


def only_name(rows: Sequence[shares.Polynomial]) -> str | None:
    """Return the name that alone occurs in the rows, if one does."""
    names = {name for row in rows for monomial in row for name in monomial}
    return names.pop() if len(names) == 1 else None


def stretches_of(
    rows: Sequence[shares.Polynomial], moving: Moving, name: str, margin: float
) -> list[Stretch] | None:
    """Return where every row is at least `margin`, or None where roots would take too long.

    Parameters
    ----------
    rows : sequence of Polynomial
        In the share by which `name` moves, and in nothing else.

    Examples
    --------
    >>> import numpy as np
    >>> moving = Moving({"a": 0.25}, ("a",), np.zeros(1), np.ones(1), np.ones(1))
    >>> row = {(): Fraction(-1, 16), ("a",): Fraction(1, 2), ("a", "a"): Fraction(-1)}
    >>> stretches_of([row], moving, "a", 0.0)
    [Stretch(low=Fraction(1, 2), high=Fraction(1, 2), sure=True)]
    """
    polynomials = [_in_whole_numbers(row, exact_decimal(margin)) for row in rows]
    if any(map(_is_beyond_reach, polynomials)):
        return None
    now, span = moving.exact(name)
    place = moving.ids.index(name)
    ends = [
        (exact_decimal(float(limit[place])) - now) / span for limit in (moving.low, moving.high)
    ]
    found = _stretches(polynomials, ends[0], ends[1])
    return [Stretch(now + low * span, now + high * span, sure) for low, high, sure in found]


def _in_whole_numbers(row: shares.Polynomial, margin: Fraction) -> Polynomial:
    """Return a positive multiple of a row less the margin, lowest power first."""
    powers = [Fraction(0)] * (1 + max((len(monomial) for monomial in row), default=0))
    for monomial, coefficient in row.items():
        powers[len(monomial)] += coefficient
    powers[0] -= margin
    unit = lcm(*(power.denominator for power in powers))
    return primitive(trimmed([int(power * unit) for power in powers]))


def _is_beyond_reach(polynomial: Polynomial) -> bool:
    bits = max(map(int.bit_length, polynomial), default=0)
    return len(polynomial) > MOST_DEGREE + 1 or bits > MOST_BITS


def _stretches(polynomials: Sequence[Polynomial], low: Fraction, high: Fraction) -> list[Stretch]:
    roots = [roots_between(polynomial, low, high) for polynomial in polynomials]
    places = _apart(
        [Enclosure(low, low), Enclosure(high, high), *(r for own in roots for r in own)]
    )

    def holds(at: Fraction) -> bool:
        return all(scaled_value(polynomial, at) >= 0 for polynomial in polynomials)

    found = []
    for place in places:
        if place.low == place.high:
            if holds(place.low):
                found.append(Stretch(place.low, place.high, sure=True))
        elif _may_hold(polynomials, roots, place):
            found.append(Stretch(place.low, place.high, sure=False))
    for before, after in pairwise(places):
        if holds((before.high + after.low) / 2):
            found.append(Stretch(before.high, after.low, sure=True))
    return sorted(found)


def _apart(places: list[Enclosure]) -> list[Enclosure]:
    """Return places in order, those that overlap made one."""
    made: list[Enclosure] = []
    for place in sorted(places):
        if made and place.low <= made[-1].high:
            made[-1] = Enclosure(made[-1].low, max(place.high, made[-1].high))
        else:
            made.append(place)
    return made


def _may_hold(
    polynomials: Sequence[Polynomial], roots: Sequence[list[Enclosure]], place: Enclosure
) -> bool:
    """Say whether no row is negative all over an enclosure: one without a root keeps its sign."""
    return all(
        scaled_value(polynomial, place.middle) >= 0
        for polynomial, own in zip(polynomials, roots, strict=True)
        if not any(root.low <= place.high and place.low <= root.high for root in own)
    )
