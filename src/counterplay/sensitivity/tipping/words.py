"""What a table of tipping points comes to, and how it was made, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counterplay.explain.narrate import in_words, number_text
from counterplay.scenario import Scenario
from counterplay.sensitivity.outcomes import Outcome, Supports, outcome_words, regimes_of
from counterplay.sensitivity.tipping.closing_in import WIDTH
from counterplay.sensitivity.tipping.search import BESIDE, GRID_STEPS, Found
from counterplay.sensitivity.tipping.sign_changes import Stretch
from counterplay.sensitivity.tipping.table import TippingPoint

_WIDE = 1e-7
"""Share of its range from which on the bounds of a change are told in words."""


def sides_words(scenario: Scenario, below: Outcome, above: Outcome) -> str:
    """Say what holds on either side of a tipping point; what holds on both, once."""
    alike = (below.sets, below.complete) == (above.sets, above.complete) == (0, True)
    shared = [support for support in below.supports if support in above.supports]
    if not alike or not shared:
        return (
            f"Below it, {outcome_words(scenario, below)}. "
            f"Above it, {outcome_words(scenario, above)}."
        )
    gone = [support for support in below.supports if support not in shared]
    new = [support for support in above.supports if support not in shared]
    common, lost, gained = (_part_words(scenario, part) for part in (shared, gone, new))
    if not gone:
        return f"Below it, {common}. Above it there is also {gained}."
    if not new:
        return f"Above it, {common}. Below it there is also {lost}."
    return f"Only below it, {lost}. Only above it, {gained}. On both sides, {common}."


def _part_words(scenario: Scenario, supports: list[Supports]) -> str:
    part = Outcome(tuple(supports), regimes_of(scenario, supports))
    return outcome_words(scenario, part)


def method_words() -> str:
    """Say how tipping points were found, and what may be missed."""
    return (
        "Each parameter is moved alone over its range: all changes among pure equilibria, as "
        "roots of payoff differences; changes among mixed equilibria on "
        f"{GRID_STEPS} steps, closed in to one part in {1 / WIDTH:,.0f} of the range, so that one "
        "that comes and goes within a step is missed. All equilibria are solved on both sides, "
        f"one part in {1 / BESIDE:,.0f} of the range beside a change among pure ones."
    )


def summary_words(
    scenario: Scenario,
    items: Sequence[TippingPoint],
    parts: tuple[int, Sequence[str], Sequence[str], Sequence[str]],
    found: Found,
) -> str:
    """Say what was found.

    Parameters
    ----------
    parts : (int, ids, ids, ids)
        How many parameters were moved; those without a change, those that no payoff depends on,
        and those whose range is a single value.
    found : Found
        What the search says of settings that are not proved, and of stretches that are not.
    """
    count, steady, unused, fixed = parts
    labels = {p.id: f"“{p.label}”" for p in scenario.parameters}
    told = [_nearest_told(items, count - len(steady), count, labels)]
    for ids, words in (
        (steady, "No change of the outcome set was found over the whole range of"),
        (unused, "No payoff depends on"),
        (fixed, "The range is a single value for"),
    ):
        if ids:
            told.append(f"{words} {in_words([labels[name] for name in ids])}.")
    told += [_doubt(labels[name], stretches) for name, stretches in found.doubtful.items()]
    spans = {p.id: p.high - p.low for p in scenario.parameters}
    wide = [i for i in items if i.within[1] - i.within[0] > _WIDE * spans[i.parameter]]
    if wide:
        told.append(
            f"{len(wide)} of these changes {'is' if len(wide) == 1 else 'are'} known only to lie "
            "between two values, since the limit of work was reached or it is not proved what "
            "holds between them."
        )
    if found.unproved:
        told.append(
            f"At {found.unproved} of the settings solved it is not proved that none is missing."
        )
    return " ".join(told)


def _doubt(label: str, stretches: Sequence[Stretch]) -> str:
    """Say where the pure equilibria may change and change back without being seen."""
    low, high = stretches[0]
    place = f"near {number_text((low + high) / 2)}, on a stretch of {high - low:.1g}"
    if len(stretches) > 1:
        place += f", nor on {len(stretches) - 1} more"
    return (
        "Rounding does not allow to rule out that stable outcomes without mixing change and "
        f"change back in {label} {place}."
    )


def _nearest_told(
    items: Sequence[TippingPoint], flipping: int, count: int, labels: Mapping[str, str]
) -> str:
    if not labels:
        return "The scenario has no parameters, so that there is nothing to move."
    if not count:
        return "No payoff depends on a parameter that could be moved, so that nothing can change."
    if not items:
        return f"Moved alone, none of {count} parameters changes the outcome set, as far as found."
    first = items[0]
    return (
        f"Moved alone, {flipping} of {count} parameters can change the outcome set. The change "
        f"nearest to its present value, as a share of the range, is in {labels[first.parameter]} "
        f"at {number_text(first.value)}."
    )
