"""Tipping points in short sentences, and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.explain.narrate import in_words, number_text, percent
from counterplay.report.tables import Table
from counterplay.scenario import Scenario
from counterplay.sensitivity.maps.words import PureSet, pure_words
from counterplay.sensitivity.outcomes import Outcome
from counterplay.sensitivity.tipping.table import TippingPoint, TippingTable

_NAMED = 2
"""Outcomes named one by one in a sentence."""


def point_words(scenario: Scenario, point: TippingPoint, now: float) -> str:
    """Say what passing a tipping point, away from the present value, changes."""
    return f"{threshold(point, now)}: {change_of(scenario, point, now)}"


def threshold(point: TippingPoint, now: float) -> str:
    """Say beyond which value, away from the present one, something changes.

    There are as many digits as tell it from the present value.
    """
    side = "above" if point.value >= now else "below"
    text = three_digits(point.value)
    if text in (three_digits(now), number_text(now)) and point.value != now:
        text = f"{point.value:.9g}".replace("-", "−", 1)
    return f"{side} {text}"


def change_of(scenario: Scenario, point: TippingPoint, now: float) -> str:
    """Say what is stable instead, or beside, once a tipping point is passed."""
    upwards = point.value >= now
    inner, outer = (point.below, point.above) if upwards else (point.above, point.below)
    return _change_words(scenario, inner, outer)


def change_sentence(scenario: Scenario, point: TippingPoint, now: float) -> str:
    """Say in a sentence which assumption passes which value, how far that is, and what follows."""
    return f"{move_words(scenario, point, now)}: {change_of(scenario, point, now)}."


def move_words(scenario: Scenario, point: TippingPoint, now: float) -> str:
    """Say which assumption passes which value, and how far that is, without a full stop."""
    label = next(p.label for p in scenario.parameters if p.id == point.parameter)
    place = threshold(point, now)
    verb = "rises" if place.startswith("above") else "falls"
    away = f"{percent(point.distance)} of its range away"
    return f"“{label}” {verb} {place} (now {number_text(now)}, {away})"


def nearest_points(table: TippingTable, most: int) -> tuple[TippingPoint, ...]:
    """Return the nearest tipping point of each assumption, settled choices before mixed ones."""
    ordered = sorted(table, key=lambda point: (not point.pure, point.distance))
    first = {point.parameter: point for point in reversed(ordered)}
    return tuple(point for point in ordered if first[point.parameter] is point)[:most]


def three_digits(number: float) -> str:
    """Write a value where something tips, with three significant digits or more, and a true minus.

    Examples
    --------
    >>> three_digits(0.38095), three_digits(-3.75), three_digits(12345.0)
    ('0.381', '−3.75', '12345')
    """
    text = f"{number:.3g}"
    return number_text(number) if "e" in text else text.replace("-", "−")


def tipping_twin(scenario: Scenario, table: TippingTable) -> Table:
    """Return every tipping point of a table, nearest first, and what never changes the answer."""
    labels = {parameter.id: parameter.label for parameter in scenario.parameters}
    rows: list[tuple[str, ...]] = [
        (
            labels[point.parameter],
            number_text(table.held[point.parameter]),
            three_digits(point.value),
            percent(point.distance),
            point_words(scenario, point, table.held[point.parameter]).split(": ", 1)[1],
            point.certainty,
        )
        for point in table
    ]
    for ids, words in (
        (table.steady, "no change found over the whole range"),
        (table.unused, "no payoff depends on it"),
        (table.fixed, "its range is a single value"),
    ):
        rows += [
            (labels[name], number_text(table.held[name]), "–", "–", words, "–") for name in ids
        ]
    return Table(
        "Tipping points, nearest first; each assumption moved alone",
        ("Assumption", "Now", "Changes at", "Distance, share of range", "What changes", "Found"),
        tuple(rows),
        (False, True, True, True, False, False),
    )


def _change_words(scenario: Scenario, inner: Outcome, outer: Outcome) -> str:
    doubt = "" if outer.complete else " (not proved complete)"
    if set(inner.pure) == set(outer.pure):
        return f"only mixed outcomes change{doubt}"
    if not outer.pure:
        return f"no settled choice{doubt}"
    return f"{_firm_words(scenario, inner.pure, outer.pure)}{doubt}"


def _firm_words(scenario: Scenario, inner: PureSet, outer: PureSet) -> str:
    gained = [profile for profile in outer if profile not in inner]
    lost = [profile for profile in inner if profile not in outer]
    if not gained:
        return f"{_named(scenario, lost, outer)} no longer possible"
    new = _named(scenario, gained, inner)
    if not lost:
        verb = "becomes" if len(gained) == 1 else "become"
        return f"{new} {verb} possible{' too' if inner else ''}"
    if len(lost) == len(inner):
        return f"{new} instead"
    return f"{new} instead of {_named(scenario, lost, outer)}"


def _named(scenario: Scenario, profiles: Sequence[tuple[str, ...]], beside: PureSet) -> str:
    """Name outcomes by kind, or where the kind is there already by who does otherwise."""
    known = {regime.id for p in beside if (regime := scenario.regime(p)) is not None}
    names = []
    for profile in profiles:
        regime = scenario.regime(profile)
        if regime is not None and regime.id not in known:
            names.append(f"“{regime.label}”")
        else:
            names.append(_otherwise(scenario, profile, beside))
    kept = list(dict.fromkeys(names))
    told = kept if len(kept) <= _NAMED else [*kept[:_NAMED], f"{len(kept) - _NAMED} more"]
    return in_words(told)


def _otherwise(scenario: Scenario, profile: tuple[str, ...], beside: PureSet) -> str:
    if not beside:
        return pure_words(scenario, (profile,))
    near = min(beside, key=lambda p: sum(a != b for a, b in zip(p, profile, strict=True)))
    moved = [
        f"{player.name} with “{next(o.label for o in player.options if o.id == new)}”"
        for player, old, new in zip(scenario.players, near, profile, strict=True)
        if old != new
    ]
    return in_words(moved)
