"""Formulas as exact polynomials in the numbers that may move.

Sums, differences, products, powers and division by what stays fixed give polynomials, and so
nearly every payoff is one.  ``min``, ``max``, ``abs`` and ``clip`` are kept where the ranges
decide which branch holds throughout.  Everything else of a moving number is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from counterplay.numeric import exact_decimal
from counterplay.scenario.arithmetic import Number, Step, in_doubles, in_fractions
from counterplay.scenario.formula import Formula

Monomial: TypeAlias = tuple[str, ...]
"""The names that are multiplied, sorted, each as often as its power."""

Polynomial: TypeAlias = dict[Monomial, Fraction]
"""Monomials with their coefficients, none of them zero."""

Ranges: TypeAlias = Mapping[str, tuple[Fraction, Fraction]]
"""Least and greatest value of each moving name."""

MAX_MONOMIALS = 400


class NotPolynomialError(Exception):
    """A formula is no polynomial in the moving numbers, or one too long to work with."""


def constant(number: Fraction) -> Polynomial:
    """Return a polynomial without names."""
    return {(): number} if number else {}


def added(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the sum."""
    total = dict(left)
    for monomial, coefficient in right.items():
        total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def scaled(polynomial: Polynomial, factor: Fraction) -> Polynomial:
    """Return a multiple."""
    return {m: coefficient * factor for m, coefficient in polynomial.items()} if factor else {}


def subtracted(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the difference."""
    return added(left, scaled(right, Fraction(-1)))


def multiplied(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return the product.

    Raises
    ------
    NotPolynomialError
        If it has more than 400 monomials.
    """
    total: Polynomial = {}
    for one, first in left.items():
        for other, second in right.items():
            monomial = tuple(sorted(one + other))
            total[monomial] = total.get(monomial, Fraction(0)) + first * second
    if len(total) > MAX_MONOMIALS:
        raise NotPolynomialError
    return {monomial: coefficient for monomial, coefficient in total.items() if coefficient}


def bounds(polynomial: Polynomial, ranges: Ranges) -> tuple[Fraction, Fraction]:
    """Return outer bounds of a polynomial's values on the ranges, by interval arithmetic."""
    low = high = Fraction(0)
    for monomial, coefficient in polynomial.items():
        least = greatest = coefficient
        for name in monomial:
            ends = [end * side for end in (least, greatest) for side in ranges[name]]
            least, greatest = min(ends), max(ends)
        low, high = low + least, high + greatest
    return low, high


def polynomial_of(
    formula: Formula, numbers: Mapping[str, Polynomial], ranges: Ranges
) -> Polynomial:
    """Return a formula as a polynomial.

    Parameters
    ----------
    numbers : mapping
        For each name in the formula its polynomial in the moving names; one that is left out has
        none.
    ranges : mapping
        Where the moving names lie.

    Raises
    ------
    NotPolynomialError
        If it is none.

    Examples
    --------
    >>> x = {("x",): Fraction(1)}
    >>> polynomial_of(Formula.parse("2*x*(1 - x)"), {"x": x}, {"x": (Fraction(0), Fraction(1))})
    {('x',): Fraction(2, 1), ('x', 'x'): Fraction(-2, 1)}
    """
    stack: list[Polynomial] = []
    for step in formula.programme:
        if isinstance(step, str):
            if step not in numbers:
                raise NotPolynomialError
            stack.append(numbers[step])
        elif isinstance(step, Number):
            stack.append(constant(step.exact))
        else:
            operands = stack[-step.operands :]
            del stack[-step.operands :]
            stack.append(_worked(step, operands, ranges))
    return stack[-1]


def _worked(step: Step, operands: list[Polynomial], ranges: Ranges) -> Polynomial:
    name = step.name  # type: ignore[union-attr]  # an operation: names and numbers are done with
    if name in _OPERATIONS:
        return _OPERATIONS[name](*operands)
    if name.startswith("**"):
        return reduce(multiplied, [operands[0]] * int(name[2:]), constant(Fraction(1)))
    if all(not operand or set(operand) == {()} for operand in operands):
        return _fixed(step, [operand.get((), Fraction(0)) for operand in operands])
    if name in _BRANCHES:
        return _BRANCHES[name](operands, ranges)
    raise NotPolynomialError


def _quotient(dividend: Polynomial, divisor: Polynomial) -> Polynomial:
    if set(divisor) != {()}:
        raise NotPolynomialError
    return scaled(dividend, 1 / divisor[()])


def _fixed(step: Step, operands: list[Fraction]) -> Polynomial:
    """Work an operation on what stays fixed: exactly, or as the nearest double."""
    names = [f"x{k}" for k in range(len(operands))]
    values = dict(zip(names, operands, strict=True))
    exact = in_fractions((*names, step), values)
    if exact is not None:
        return constant(exact)
    rounded = in_doubles((*names, step), {n: float(value) for n, value in values.items()})
    try:
        return constant(exact_decimal(float(rounded)))
    except (ValueError, OverflowError):
        raise NotPolynomialError from None


def _greatest(operands: list[Polynomial], ranges: Ranges) -> Polynomial:
    """Return the operand that is greatest wherever the moving names lie."""
    for one in operands:
        if all(bounds(subtracted(one, other), ranges)[0] >= 0 for other in operands):
            return one
    raise NotPolynomialError


def _least(operands: list[Polynomial], ranges: Ranges) -> Polynomial:
    for one in operands:
        if all(bounds(subtracted(one, other), ranges)[1] <= 0 for other in operands):
            return one
    raise NotPolynomialError


_OPERATIONS: Mapping[str, Callable[..., Polynomial]] = {
    "+": added,
    "-": subtracted,
    "*": multiplied,
    "/": _quotient,
    "negate": lambda operand: scaled(operand, Fraction(-1)),
}

_BRANCHES: Mapping[str, Callable[[list[Polynomial], Ranges], Polynomial]] = {
    "max": _greatest,
    "min": _least,
    "abs": lambda given, ranges: _greatest([given[0], scaled(given[0], Fraction(-1))], ranges),
    "clip": lambda given, ranges: _least([_greatest(given[:2], ranges), given[2]], ranges),
}
