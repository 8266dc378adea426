"""What may move, how far, and in which unit changes are measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, isfinite, log10
from typing import Any, Literal, get_args

import numpy as np

from counterplay.errors import ValuesError
from counterplay.numeric import FloatArray, exact_decimal
from counterplay.scenario import Scenario
from counterplay.scenario.values import nearest

Norm = Literal["l1", "linf"]
"""How a joint change is measured: the sum of its shares, or the largest."""

Movable = Sequence[str] | Mapping[str, tuple[float, float] | None]
"""Ids that may move, or ids with the range in which each may; None is a parameter's own range."""


_EXACT_POWERS = 22
"""Powers of ten up to this one are doubles."""


@dataclass(frozen=True, eq=False)
class Moving:
    """The numbers that may move, each measured in shares of its range from where it is now.

    Attributes
    ----------
    values : dict
        Every parameter and constant where it is now.
    ids : tuple of k str
    low, high : ndarray, shape (k,)
        Between which each may move.
    span : ndarray, shape (k,)
        The length that counts as a share of 1: a parameter's range, or that given for a constant.
    """

    values: dict[str, float]
    ids: tuple[str, ...]
    low: FloatArray
    high: FloatArray
    span: FloatArray

    @property
    def now(self) -> FloatArray:
        """Where they are now, shape (k,)."""
        return np.array([self.values[name] for name in self.ids])

    @property
    def shares(self) -> tuple[FloatArray, FloatArray]:
        """How far each may move down and up, as shares."""
        return (self.low - self.now) / self.span, (self.high - self.now) / self.span

    @property
    def reach(self) -> FloatArray:
        """The greatest size of each number within its limits, or of its span."""
        return np.maximum(np.maximum(np.abs(self.low), np.abs(self.high)), self.span)

    def exact(self, name: str) -> tuple[Fraction, Fraction]:
        """Return where one is now and its span, as exact decimals."""
        return exact_decimal(self.values[name]), exact_decimal(
            float(self.span[self.ids.index(name)])
        )

    def at(self, shares: FloatArray) -> FloatArray:
        """Return the numbers at given shares, shape (k, ...), inside their ranges."""
        column = (-1, *[1] * (shares.ndim - 1))
        moved = self.now.reshape(column) + shares * self.span.reshape(column)
        moved = self._in_decimals(moved)
        moved = np.where(shares == 0, self.now.reshape(column), moved)
        inside: FloatArray = np.clip(moved, self.low.reshape(column), self.high.reshape(column))
        return inside

    def _in_decimals(self, numbers: FloatArray) -> FloatArray:
        """Round to 15 digits of the reach, so that a decimal is hit whatever it is moved from."""
        rounded = numbers.copy()
        for k, reach in enumerate(self.reach.tolist()):
            places = 15 - ceil(log10(reach))
            if abs(places) <= _EXACT_POWERS:
                rounded[k] = np.round(rounded[k], places)
        return rounded

    def columns(self, shares: FloatArray) -> dict[str, FloatArray | float]:
        """Return every parameter and constant at many settings, `shares` of shape (k, count)."""
        return {**self.values, **dict(zip(self.ids, self.at(shares), strict=True))}

    def setting(self, shares: FloatArray) -> dict[str, float]:
        """Return every parameter and constant at one setting, `shares` of shape (k,)."""
        return {**self.values, **dict(zip(self.ids, self.at(shares).tolist(), strict=True))}


def length(shares: FloatArray, norm: Norm) -> float:
    """Measure a change."""
    sizes = np.abs(shares)
    return float(sizes.sum() if norm == "l1" else sizes.max(initial=0.0))


def checked_norm(norm: object) -> Norm:
    """Return a norm, or say which there are.

    Raises
    ------
    ValuesError
        If it is none.
    """
    for known in get_args(Norm):
        if isinstance(norm, str) and norm == known:
            return known  # type: ignore[no-any-return]
    raise ValuesError(f'norm: no {norm!r}; give "l1" (sum of shares) or "linf" (largest share)')


def moving_of(
    scenario: Scenario, values: Mapping[str, float], parameters: Movable | None
) -> Moving:
    """Return what may move.

    Parameters
    ----------
    values : mapping
        Every parameter and constant.
    parameters : ids, or mapping from id to (low, high), or None for every parameter
        Constants need a range.

    Raises
    ------
    ValuesError
        If an id is unknown or given twice, or a range is missing, reversed, wider than the
        parameter's own, or without the value that holds now.
    """
    wanted = _wanted(scenario, parameters)
    own = {p.id: (p.low, p.high) for p in scenario.parameters}
    kept = []
    for name, given in wanted.items():
        low, high = _checked_range(name, given, own.get(name), values[name])
        span = own[name][1] - own[name][0] if name in own else high - low
        if high > low:
            kept.append((name, low, high, span))
    return Moving(
        dict(values),
        tuple(name for name, *_ in kept),
        np.array([low for _, low, _, _ in kept]),
        np.array([high for _, _, high, _ in kept]),
        np.array([span for *_, span in kept]),
    )


def _wanted(scenario: Scenario, parameters: object) -> dict[str, Any]:
    if parameters is None:
        return {p.id: None for p in scenario.parameters}
    if isinstance(parameters, str) or not isinstance(parameters, Mapping | Sequence):
        raise ValuesError(
            f"parameters: this is a {type(parameters).__name__}; give a list of ids, or a mapping "
            "from ids to (low, high)"
        )
    wanted = dict(parameters) if isinstance(parameters, Mapping) else dict.fromkeys(parameters)
    if len(wanted) < len(parameters):
        raise ValuesError("parameters: an id is given twice; name each once")
    known = [p.id for p in scenario.parameters] + [c.id for c in scenario.constants]
    for name in wanted:
        if name not in known:
            raise ValuesError(
                f"parameters: no parameter or constant {name!r}{nearest(str(name), known)}"
            )
    return {name: wanted[name] for name in known if name in wanted}


def _checked_range(
    name: str, given: object, own: tuple[float, float] | None, now: float
) -> tuple[float, float]:
    if given is None:
        if own is None:
            raise ValuesError(
                f"parameters: {name} is a constant and has no range; give a mapping with "
                f'{{"{name}": (low, high)}}'
            )
        return own
    try:
        low, high = map(float, given)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        raise ValuesError(f"parameters: {name}: {given!r} is no (low, high)") from None
    if not (isfinite(low) and isfinite(high) and low <= high):
        raise ValuesError(f"parameters: {name}: {low:g} to {high:g} is no range; give low <= high")
    if own is not None and not own[0] <= low <= high <= own[1]:
        raise ValuesError(
            f"parameters: {name}: {low:g} to {high:g} is wider than its range "
            f"{own[0]:g} to {own[1]:g}"
        )
    if not low <= now <= high:
        raise ValuesError(
            f"parameters: {name}: {low:g} to {high:g} leaves out its value {now:g}; widen it"
        )
    return low, high
