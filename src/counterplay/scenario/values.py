"""Values of parameters and constants: full, finite and in range, or refused by name."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence

from counterplay.errors import ValuesError
from counterplay.scenario.parts import Constant, Parameter, Preset

_MOST_NAMES = 8


def full_values(
    parameters: Sequence[Parameter],
    constants: Sequence[Constant],
    presets: Sequence[Preset],
    numbers: Mapping[str, float],
    preset: str | None = None,
) -> dict[str, float]:
    """Return every parameter and constant with its value, in the file's order.

    `numbers` win over the preset, the preset over the defaults.

    Raises
    ------
    ValuesError
        If the preset or an id is unknown, or a value is not finite or outside its range.
    """
    values = {parameter.id: parameter.default for parameter in parameters}
    values |= {constant.id: constant.value for constant in constants}
    ranges = {parameter.id: (parameter.low, parameter.high) for parameter in parameters}
    moved = _preset_numbers(presets, preset) if preset is not None else {}
    for name, number in {**moved, **numbers}.items():
        if name not in values:
            raise ValuesError(f"{name}: no such parameter or constant{_hint(str(name), values)}")
        values[name] = _checked(name, number, ranges.get(name))
    return values


def as_numbers(values: object) -> dict[str, float]:
    """Return values as a dict.

    Raises
    ------
    ValuesError
        If they are no mapping.
    """
    try:
        return dict(values)  # type: ignore[call-overload, no-any-return]  # whatever it takes
    except (TypeError, ValueError):
        raise ValuesError(
            f"values: this is a {type(values).__name__}; give a mapping from parameter or "
            "constant ids to numbers"
        ) from None


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint with the names most like `name`, or an empty string.

    Examples
    --------
    >>> nearest("thret", ["threat", "cost"])
    '; did you mean threat?'
    """
    close = difflib.get_close_matches(name, list(known), n=2, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _hint(name: str, values: Mapping[str, float]) -> str:
    """Return the names most like one that is unknown, or else those that there are."""
    listed = ", ".join(list(values)[:_MOST_NAMES]) or "none"
    more = len(values) - _MOST_NAMES
    end = f" and {more} more" if more > 0 else ""
    return nearest(name, values) or f"; there are {listed}{end}"


def _preset_numbers(presets: Sequence[Preset], preset: object) -> Mapping[str, float]:
    for candidate in presets:
        if isinstance(preset, str) and candidate.id == preset:
            return candidate.set
    known = [candidate.id for candidate in presets]
    listed = f"; the presets are {', '.join(known)}" if known else "; this scenario has none"
    raise ValuesError(f"preset: no {preset!r}{nearest(str(preset), known) or listed}")


def _checked(name: str, number: float, within: tuple[float, float] | None) -> float:
    try:
        value = float(number)
    except (TypeError, ValueError, OverflowError):
        raise ValuesError(f"{name}: {number!r} is not a number") from None
    if not math.isfinite(value):
        raise ValuesError(f"{name}: {value} is not a finite number")
    if within is not None and not within[0] <= value <= within[1]:
        raise ValuesError(f"{name}: {value!r} is outside its range {within[0]:g} to {within[1]:g}")
    return value + 0.0
