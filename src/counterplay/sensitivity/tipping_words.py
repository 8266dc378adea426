"""What a table of tipping points comes to, and how it was made, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from counterplay.explain.narrate import in_words, number_text
from counterplay.scenario import Scenario
from counterplay.sensitivity.outcome_changes import WIDTH
from counterplay.sensitivity.sign_changes import FINE_STEPS
from counterplay.sensitivity.tipping_search import BESIDE, GRID_STEPS
from counterplay.sensitivity.tipping_table import TippingPoint


def method_words(on_grid: Sequence[str]) -> str:
    """Say how tipping points were found, and what may be missed."""
    pure = "all changes among pure equilibria, as roots of exact payoff differences"
    if on_grid:
        pure += (
            f" (for {in_words(on_grid)} in part as sign changes on {FINE_STEPS} even steps, "
            "so that one that comes and goes within a step is missed)"
        )
    missed = "so that one that comes and goes within a step is missed"
    return (
        f"Each parameter is moved alone over its range: {pure}; changes among mixed equilibria on "
        f"{GRID_STEPS} steps, closed in to {WIDTH:g} of the range, {missed}. All equilibria are "
        f"solved on both sides, {BESIDE:g} of the range from a change among pure ones."
    )


def summary_words(
    scenario: Scenario,
    items: Sequence[TippingPoint],
    parts: tuple[int, Sequence[str], Sequence[str], Sequence[str]],
    unproved: int,
) -> str:
    """Say what was found.

    Parameters
    ----------
    parts : (int, ids, ids, ids)
        How many parameters were moved; those without a change, those that no payoff depends on,
        and those whose range is a single value.
    unproved : int
        Settings at which it is not proved that no equilibrium is missing.
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
    if unproved:
        told.append(f"At {unproved} of the settings solved it is not proved that none is missing.")
    return " ".join(told)


def _nearest_told(
    items: Sequence[TippingPoint], flipping: int, count: int, labels: Mapping[str, str]
) -> str:
    if not items:
        return f"Moved alone, none of {count} parameters changes the outcome set, as far as found."
    first = items[0]
    return (
        f"Moved alone, {flipping} of {count} parameters can change the outcome set. The change "
        f"nearest to its present value, as a share of the range, is in {labels[first.parameter]} "
        f"at {number_text(first.value)}."
    )
