"""Refusing parameters on whose ranges payoffs are not finite somewhere.

What divides, or takes a logarithm, a root or an exponential, is bounded on whole cells of the
range, and cells without a bound are halved.  One that still has none at a part in 10^12 of the
range holds a pole, or something that double precision cannot tell from one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from counterplay.errors import CounterplayError, ValuesError
from counterplay.games.strategic import LARGEST_PAYOFF
from counterplay.numeric import FloatArray, exact_decimal
from counterplay.payoffs import game
from counterplay.payoffs.build import payoff_batch
from counterplay.scenario import Parameter, Scenario
from counterplay.scenario.arithmetic import Operation
from counterplay.scenario.enclosures import Enclosed, in_enclosures
from counterplay.scenario.formula import Formula
from counterplay.sensitivity.usage import payoff_formulas

_UNBOUNDED = frozenset({"/", "exp", "log", "sqrt"})
_FIRST_CELLS = {1: 64, 2: 12}
_FINEST = 2.0**-40
_AT_ONCE = 512
_MOST_CELLS = 40_000


def refuse_unless_finite(
    scenario: Scenario, held: Mapping[str, float], parameter: Parameter, values: FloatArray
) -> None:
    """Refuse a parameter if some payoff is not finite at some of its values.

    Raises
    ------
    ValuesError
        Naming the parameter and the value.
    """
    payoffs = payoff_batch(scenario, {**held, parameter.id: values})
    with np.errstate(invalid="ignore"):
        fine = (np.abs(payoffs) <= LARGEST_PAYOFF).reshape(-1, payoffs.shape[-1]).all(axis=0)
    if fine.all():
        return
    bad = float(values[int(np.flatnonzero(~fine)[0])])
    try:
        game(scenario, {**held, parameter.id: bad})
    except CounterplayError as error:
        raise not_finite(parameter, bad, str(error)) from None
    raise not_finite(parameter, bad, "they are too large to compare")


def not_finite(parameter: Parameter, value: float, reason: str) -> ValuesError:
    """Return the refusal of a parameter that leads to payoffs that are not finite."""
    return ValuesError(
        f"{parameter.id}: at {value:.10g}, within its range {parameter.low:g} to "
        f"{parameter.high:g}, payoffs are not finite ({reason}); bound the formula with max, min "
        "or clip, or narrow the range"
    )


def refuse_unless_bounded(
    scenario: Scenario, held: Mapping[str, float], moving: Sequence[Parameter]
) -> None:
    """Refuse one or two parameters, moved together, if a formula is not finite on their ranges.

    Raises
    ------
    ValuesError
        Naming the parameters and where.
    """
    for formula, used in _may_be_unbounded(scenario, moving):
        low, high = _first_cells(used)
        shares = np.array([p.high - p.low for p in used]) * _FINEST
        looked = 0
        while len(low) and looked < _MOST_CELLS:
            looked += _AT_ONCE
            cells = low[-_AT_ONCE:], high[-_AT_ONCE:]
            low, high = low[:-_AT_ONCE], high[:-_AT_ONCE]
            found = _worked(scenario, held, used, formula, cells)
            size = np.maximum(np.abs(found.value.low), np.abs(found.value.high))
            unbounded = ~(size <= LARGEST_PAYOFF) | np.zeros(len(cells[0]), bool)
            fine = (cells[1] - cells[0] <= shares).all(axis=1)
            for place in np.flatnonzero(found.undefined | (unbounded & fine))[:1]:
                raise _refusal(scenario, held, used, (cells[0][place], cells[1][place]))
            # A root of what may be zero is told from one of what is below zero in smaller cells.
            open_ = (unbounded | found.partial) & ~fine
            for part in _halves(cells[0][open_], cells[1][open_]):
                low, high = np.concatenate([low, part[0]]), np.concatenate([high, part[1]])


def _may_be_unbounded(
    scenario: Scenario, moving: Sequence[Parameter]
) -> Iterator[tuple[Formula, list[Parameter]]]:
    """Yield formulas that a parameter moves and that may be unbounded, with those parameters."""
    derived = {d.id: Formula.parse(d.value) for d in scenario.derived}
    for formula in dict.fromkeys(payoff_formulas(scenario)):
        reached, parts = set(formula.names), [formula]
        for name in reversed(derived):
            if name in reached:
                reached |= derived[name].names
                parts.append(derived[name])
        used = [p for p in moving if p.id in reached and p.low < p.high]
        steps = (step for part in parts for step in part.programme)
        if used and any(isinstance(s, Operation) and s.name in _UNBOUNDED for s in steps):
            yield formula, used


def _first_cells(used: Sequence[Parameter]) -> tuple[FloatArray, FloatArray]:
    """Return the ends of even cells, each of shape (cells, parameters)."""
    lines = [np.linspace(p.low, p.high, _FIRST_CELLS[len(used)] + 1) for p in used]
    low = np.stack(np.meshgrid(*(line[:-1] for line in lines), indexing="ij"), axis=-1)
    high = np.stack(np.meshgrid(*(line[1:] for line in lines), indexing="ij"), axis=-1)
    return low.reshape(-1, len(used)), high.reshape(-1, len(used))


def _halves(low: FloatArray, high: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Halve cells along every parameter."""
    parts = [(low, high)]
    for axis in range(low.shape[1]):
        halved = []
        for least, most in parts:
            first, last = most.copy(), least.copy()
            first[:, axis] = last[:, axis] = (least[:, axis] + most[:, axis]) / 2
            halved += [(least, first), (last, most)]
        parts = halved
    return parts


def _worked(
    scenario: Scenario,
    held: Mapping[str, float],
    used: Sequence[Parameter],
    formula: Formula,
    cells: tuple[FloatArray, FloatArray],
) -> Enclosed:
    values = {name: Enclosed.exactly(exact_decimal(value)) for name, value in held.items()}
    for k, parameter in enumerate(used):
        values[parameter.id] = Enclosed.unknown(cells[0][:, k].copy(), cells[1][:, k].copy())
    for derived in scenario.derived:
        values[derived.id] = in_enclosures(Formula.parse(derived.value).programme, values)
    return in_enclosures(formula.programme, values)


def _refusal(
    scenario: Scenario,
    held: Mapping[str, float],
    used: Sequence[Parameter],
    cell: tuple[FloatArray, FloatArray],
) -> ValuesError:
    place = [_written(a, b) for a, b in zip(*(ends.tolist() for ends in cell), strict=True)]
    moved = dict(zip((p.id for p in used), place, strict=True))
    reason = "a formula divides by zero there, or grows without bound"
    try:
        game(scenario, {**held, **moved})
    except CounterplayError as error:
        reason = str(error)
    if len(used) == 1:
        return not_finite(used[0], place[0], reason)
    names = " and ".join(p.id for p in used)
    return ValuesError(
        f"{names}: at {' and '.join(f'{value:.10g}' for value in place)}, within their ranges, "
        f"payoffs are not finite ({reason}); bound the formula with max, min or clip, or narrow "
        "the ranges"
    )


def _written(low: float, high: float) -> float:
    """Return the number in a narrow cell that takes fewest digits to write."""
    if low <= 0 <= high:
        return 0.0
    for digits in range(1, 17):
        near = float(f"{(low + high) / 2:.{digits}g}")
        if low <= near <= high:
            return near
    return (low + high) / 2
