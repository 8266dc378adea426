"""Steps and decimals of sliders and number fields."""

from __future__ import annotations

import math
from fractions import Fraction


def slider_step(low: float, default: float, high: float) -> float:
    """Return a round step, about a hundredth of the range, that meets the default.

    It meets the upper end as well where that is possible.

    Examples
    --------
    >>> slider_step(1.0, 3.5, 6.0), slider_step(0.0, 0.8, 3.0), slider_step(0.05, 0.35, 0.75)
    (0.05, 0.05, 0.01)
    """
    ends = [Fraction(repr(number)) for number in (low, default, high)]
    target = float(ends[2] - ends[0]) / 100
    power = math.floor(math.log10(target))
    round_steps = [
        Fraction(digit) * Fraction(10) ** exponent
        for exponent in range(power - 3, power + 2)
        for digit in (1, 2, 5)
    ]
    # Of two steps equally near the coarser reads better: 0.01 for a range of 0.7.
    near = sorted(round_steps, key=lambda step: abs(math.log(float(step) / (1.1 * target))))
    for marks in (ends[1:], ends[1:2]):
        for step in near:
            if 0.2 * target < step < 3 * target and all((m - ends[0]) % step == 0 for m in marks):
                return float(step)
    span = float(ends[1] - ends[0]) or float(ends[2] - ends[0])
    return span / max(1, round(span / target))


def number_format(*numbers: float) -> str:
    """Return the format that shows all the numbers alike, with six decimals at most.

    Examples
    --------
    >>> number_format(0.05, 3.5), number_format(1.0), number_format(0.4137), number_format(1e-9)
    ('%.2f', '%.0f', '%.4f', '%.6g')
    """
    sizes = [abs(number) for number in numbers if number != 0]
    if sizes and (min(sizes) < 1e-6 or max(sizes) >= 1e9):
        return "%.6g"
    for places in range(6):
        if all(math.isclose(number, round(number, places), abs_tol=1e-12) for number in numbers):
            return f"%.{places}f"
    return "%.6f"


def without_noise(value: float) -> float:
    """Return what was meant: a browser counts in steps, and 0.1 + 0.2 is 0.30000000000000004."""
    return float(f"{value:.12g}")
