"""The arithmetic of formulas: one postfix programme, worked in doubles or in exact fractions.

A programme is a tuple of steps. A name or a number puts a value on a stack; an operation takes its
operands from the top of the stack and puts its result back. The last value left is the answer, so
working a programme needs no recursion, however deep the formula was.

Operations are called ``+ - * / negate min max abs exp log sqrt clip`` and ``**0`` to ``**8``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial, reduce
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from counterplay.errors import FormulaError
from counterplay.numeric import FloatArray

SMALLEST, LARGEST = 1e-15, 1e15
"""Range of the numbers in a formula, in size; 0 is also a number."""

OUT_OF_RANGE = "the number is out of range; write 0 or a size between 1e-15 and 1e15"

MAX_BITS = 4096
"""Longest numerator or denominator of exact arithmetic; beyond it there is no exact answer."""

MAX_EXPONENT = 8


class Number(NamedTuple):
    """A number written in a formula: its exact decimal value, and the double nearest to it."""

    exact: Fraction
    rounded: np.float64


class Operation(NamedTuple):
    """An operation, and how many operands it takes from the stack."""

    name: str
    operands: int


Step: TypeAlias = str | Number | Operation
"""One step of a programme; a string is a name, whose value is given later."""

Double: TypeAlias = np.float64 | FloatArray


def read_number(text: str, column: int) -> Number:
    """Read an unsigned decimal number that stands in a formula at `column`.

    Raises
    ------
    FormulaError
        If `text` is not such a number, or out of range.
    """
    if not _NUMBER.fullmatch(text):
        message = f"{text!r} is not a number; write 12, 0.5 or 1e-3, and * for a product"
        raise FormulaError(message, column)
    if not text.lower().partition("e")[0].strip("0."):
        return Number(Fraction(0), np.float64(0.0))
    rounded = np.float64(text)
    # Before the fraction is made, for which 1e999999999 has that many digits.
    if not SMALLEST <= rounded <= LARGEST:
        raise FormulaError(OUT_OF_RANGE, column)
    return Number(Fraction(text), rounded)


def in_doubles(
    programme: tuple[Step, ...], values: Mapping[str, float | FloatArray]
) -> float | FloatArray:
    """Work `programme` in double precision, elementwise where values are arrays.

    Returns
    -------
    float or ndarray of float64
        Infinite or not a number where the arithmetic is. An array, never one of `values` itself,
        if a name in the programme has one; its shape is theirs, broadcast together.

    Notes
    -----
    Powers are products taken in a fixed order and so the same on every processor; the last digits
    may differ from those of Python's ``**``.
    """
    stack: list[Double] = []
    with np.errstate(all="ignore"):
        for step in programme:
            if isinstance(step, str):
                stack.append(_double(values[step]))
            elif isinstance(step, Number):
                stack.append(step.rounded)
            else:
                operands = stack[-step.operands :]
                del stack[-step.operands :]
                stack.append(_IN_DOUBLES[step.name](*operands))
    answer = stack[-1]
    if not isinstance(answer, np.ndarray):
        return float(answer)
    return answer.copy() if len(programme) == 1 else answer


def in_fractions(programme: tuple[Step, ...], values: Mapping[str, Fraction]) -> Fraction | None:
    """Work `programme` exactly, or not at all.

    Returns
    -------
    Fraction or None
        None where exp, log or sqrt occurs, on division by zero, and where a numerator or
        denominator is longer than `MAX_BITS`, so that no programme costs more than a few
        milliseconds.
    """
    stack: list[Fraction] = []
    for step in programme:
        if isinstance(step, str):
            result: Fraction | None = values[step]
        elif isinstance(step, Number):
            result = step.exact
        elif step.name in _IN_FRACTIONS:
            operands = stack[-step.operands :]
            del stack[-step.operands :]
            result = _IN_FRACTIONS[step.name](*operands)
        else:
            return None
        if result is None or _bits(result) > MAX_BITS:
            return None
        stack.append(result)
    return stack[-1]


def _double(value: float | FloatArray) -> Double:
    if isinstance(value, float):
        return np.float64(value)
    # Contiguous, because numpy may work exp and log of strided draws by another routine.
    array: FloatArray = np.asarray(value, dtype=np.float64, order="C")
    return array if array.ndim else np.float64(array)


def _power(base: Double, exponent: int) -> Double:
    product: Double = base**0
    while exponent:
        if exponent & 1:
            product = product * base
        base = base * base
        exponent >>= 1
    return product


def _exact_power(base: Fraction, exponent: int) -> Fraction | None:
    # In lowest terms the power of a fraction has at least this length.
    least_bits = exponent * (_bits(base) - 1) + 1
    return base**exponent if least_bits <= MAX_BITS else None


def _exact_quotient(dividend: Fraction, divisor: Fraction) -> Fraction | None:
    return dividend / divisor if divisor else None


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


_NUMBER = re.compile(r"([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")

_IN_DOUBLES: Mapping[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "negate": operator.neg,
    "min": lambda *operands: reduce(np.minimum, operands),
    "max": lambda *operands: reduce(np.maximum, operands),
    "abs": operator.abs,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "clip": lambda value, low, high: np.minimum(np.maximum(value, low), high),
    **{f"**{n}": partial(_power, exponent=n) for n in range(MAX_EXPONENT + 1)},
}

_IN_FRACTIONS: Mapping[str, Callable[..., Fraction | None]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _exact_quotient,
    "negate": operator.neg,
    "min": min,
    "max": max,
    "abs": operator.abs,
    "clip": lambda value, low, high: min(max(value, low), high),
    **{f"**{n}": partial(_exact_power, exponent=n) for n in range(MAX_EXPONENT + 1)},
}
