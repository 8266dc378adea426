"""A number line for payoffs of any size: one power of ten, round ticks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal

import numpy as np

_PLAIN = range(-2, 6)


def exponent_of(amounts: Iterable[float]) -> int:
    """Return the power of ten by which amounts are shown: 0 for ordinary sizes."""
    greatest = max((abs(amount) for amount in finite(amounts)), default=0.0)
    if greatest == 0:
        return 0
    exponent = math.floor(math.log10(greatest))
    return 0 if exponent in _PLAIN else exponent


def scaled(amounts: Iterable[float], exponent: int) -> list[float]:
    """Return amounts divided by a power of ten, exactly enough for denormal and huge numbers."""
    return [float(Decimal(amount).scaleb(-exponent)) for amount in finite(amounts)]


def finite(amounts: Iterable[float]) -> list[float]:
    """Return amounts with overflow brought back to the greatest number."""
    return [float(amount) for amount in np.nan_to_num(np.array(list(amounts), dtype=np.float64))]


def unit_words(exponent: int) -> str:
    """Name the unit in which a number line is labelled."""
    if exponent == 0:
        return "own points"
    return f"own points × 1e{exponent:+d}"


def ticks(low: float, high: float, count: int = 5) -> Sequence[tuple[float, str]]:
    """Return round places between `low` and `high` with signed labels.

    Examples
    --------
    >>> [text for _, text in ticks(-0.92, 0.0)]
    ['−0.8', '−0.6', '−0.4', '−0.2', '0']
    """
    step = round_up((high - low) / count)
    if step == 0:
        return [(0.0, "0")]
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [(number * step, _label(number * step, decimals)) for number in range(first, last + 1)]


def round_up(number: float) -> float:
    """Return the least of 1, 2, 5 times a power of ten that is not below `number`."""
    if number <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(number))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= number * (1 - 1e-9))


def _label(value: float, decimals: int) -> str:
    if abs(value) < 10.0**-decimals / 2:
        return "0"
    return f"{'−' if value < 0 else '+'}{abs(value):.{decimals}f}"
