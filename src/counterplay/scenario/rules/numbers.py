"""Numbers and their ranges: parameters, their distributions, and what presets set."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.errors import Fault
from counterplay.scenario.rules.reading import Entry, entries, finite_number, ids_of, mapped
from counterplay.scenario.rules.references import unknown
from counterplay.scenario.source import Place, Source


def ranges(source: Source) -> Iterator[Fault]:
    """A parameter's range must not be empty, and its default and distribution lie inside it."""
    for place, parameter in entries(source, "parameters"):
        low, high, default = (
            finite_number(parameter.get(key)) for key in ("low", "high", "default")
        )
        if low is None or high is None:
            continue
        if low > high:
            message = f"low {low:g} is above high {high:g}; swap them"
            yield source.fault((*place, "low"), message, "empty-range")
        elif default is not None and not low <= default <= high:
            message = f"{default:g} is outside the range {low:g} to {high:g}; move one of them"
            yield source.fault((*place, "default"), message, "default-outside-range")
        spread = parameter.get("distribution")
        if isinstance(spread, dict):
            yield from _distribution(source, (*place, "distribution"), spread, low, high)


def _distribution(
    source: Source, place: Place, spread: Entry, low: float, high: float
) -> Iterator[Fault]:
    given = [(key, finite_number(spread.get(key))) for key in ("low", "mode", "high")]
    numbers = [(key, number) for key, number in given if number is not None]
    for key, number in numbers:
        if not low <= number <= high:
            message = f"{number:g} is outside the parameter's range {low:g} to {high:g}"
            yield source.fault((*place, key), message, "distribution-outside-range")
    if [n for _, n in numbers] != sorted(n for _, n in numbers):
        message = "low, mode and high must not decrease"
        yield source.fault(place, message, "distribution-outside-range")


def preset_values(source: Source) -> Iterator[Fault]:
    """Presets set parameters and constants that exist, inside their ranges."""
    parameters = {
        p["id"]: p for _, p in entries(source, "parameters") if isinstance(p.get("id"), str)
    }
    known = {**parameters, **ids_of(source, "constants")}
    for place, preset in entries(source, "presets"):
        for name, given in mapped(preset.get("set")).items():
            at = (*place, "set", name)
            if name not in known:
                yield unknown(source, at, name, known, "parameter or constant")
                continue
            bounds = parameters.get(name, {})
            low, high = finite_number(bounds.get("low")), finite_number(bounds.get("high"))
            number = finite_number(given)
            if low is None or high is None or number is None or low <= number <= high:
                continue
            message = f"{number:g} is outside the range {low:g} to {high:g} of {name}"
            yield source.fault(at, message, "preset-outside-range")
    presets = ids_of(source, "presets")
    for place, caveat in entries(source, "caveats"):
        condition = caveat.get("preset")
        if isinstance(condition, str) and condition not in presets:
            yield unknown(source, (*place, "preset"), condition, presets, "preset")
