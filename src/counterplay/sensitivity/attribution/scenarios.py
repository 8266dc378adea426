"""Two scenarios side by side: other numbers in the same model, or different models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from counterplay.explain.narrate import in_words, number_text
from counterplay.scenario import Scenario
from counterplay.scenario.schema import loaded
from counterplay.sensitivity.attribution.inputs import constant_label
from counterplay.sensitivity.attribution.one_setting import solved_setting
from counterplay.sensitivity.attribution.result import Setting, SettingChange
from counterplay.sensitivity.attribution.settings import MOST_SECONDS, compare_settings
from counterplay.sensitivity.attribution.words import quoted

Values = Mapping[str, float]

_TOLD = 12


@dataclass(frozen=True)
class DifferingInput:
    """A parameter or constant that differs between two scenarios, by its id.

    Attributes
    ----------
    id, label : str
    before, after : float or None
        None where the scenario has no such input.
    """

    id: str
    label: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class ScenariosComparison:
    """Two scenarios side by side.

    Attributes
    ----------
    settings : tuple of two Setting
        Named by the titles.
    inputs : tuple of DifferingInput
        In the order of the first file, then those that only the second has.
    change : SettingChange or None
        The change shared out among the inputs, where the two differ in numbers alone.
    why_not : str
        Why it is not shared out; empty where it is.
    words : tuple of str
        The comparison as sentences.
    scenarios : tuple of two Scenario
    """

    settings: tuple[Setting, Setting]
    inputs: tuple[DifferingInput, ...]
    change: SettingChange | None
    why_not: str
    words: tuple[str, ...]
    scenarios: tuple[Scenario, Scenario] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "settings": [each.to_dict() for each in self.settings],
            "inputs": [vars(each) for each in self.inputs],
            "change": None if self.change is None else self.change.to_dict(),
            "why_not": self.why_not,
            "words": list(self.words),
        }


def compare_scenarios(
    first: Scenario,
    second: Scenario,
    values: Values | None = None,
    second_values: Values | None = None,
    *,
    time_limit: float | None = MOST_SECONDS,
) -> ScenariosComparison:
    """Compare two scenarios: inputs that differ, what is stable, and what did it.

    Parameters
    ----------
    first, second : Scenario
    values, second_values : mapping from parameter or constant id to number, optional
        Of each scenario; all others at their defaults.
    time_limit : float, optional
        Seconds for sharing out the change; None for no limit.

    Returns
    -------
    ScenariosComparison
        The change is shared out as `compare_settings` does it if both have the same players,
        options, inputs, formulas and regimes; else it says which of them differ.

    Raises
    ------
    CounterplayError
        If a scenario is not loaded.
    ValuesError
        If a value is not right, or payoffs are not finite.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> found = compare_scenarios(load("korea-ukraine"), load("chicken"))
    >>> found.why_not
    'the two have different players or options'
    """
    before = loaded(first).full_values(values)
    after = loaded(second).full_values(second_values)
    names = first.title, second.title + (" (second)" if first.title == second.title else "")
    inputs = tuple(_differing(first, second, before, after))
    why_not = _different_structure(first, second)
    if why_not:
        shown = (
            solved_setting(first, names[0], before),
            solved_setting(second, names[1], after),
        )
        words = _words(shown, inputs, why_not)
        return ScenariosComparison(shown, inputs, None, why_not, words, (first, second))
    found = compare_settings(
        _with_both_ranges(first, second),
        dict(zip(names, (before, after), strict=True)),
        time_limit=time_limit,
    )
    shown = found.settings[0], found.settings[1]
    return ScenariosComparison(shown, inputs, found.changes[0], "", found.words, (first, second))


def _differing(
    first: Scenario, second: Scenario, before: Values, after: Values
) -> Iterator[DifferingInput]:
    labels = _labels(second) | _labels(first)
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield DifferingInput(name, labels[name], before.get(name), after.get(name))


def _labels(scenario: Scenario) -> dict[str, str]:
    labels = {constant.id: constant_label(constant) for constant in scenario.constants}
    return labels | {parameter.id: parameter.label for parameter in scenario.parameters}


def _different_structure(first: Scenario, second: Scenario) -> str:
    for what, one, other in zip(_STRUCTURE, _structure(first), _structure(second), strict=True):
        if one != other:
            return f"the two have different {what}"
    return ""


_STRUCTURE = ("players or options", "parameters or constants", "formulas", "regimes")


def _structure(scenario: Scenario) -> tuple[object, ...]:
    return (
        [(each.id, [option.id for option in each.options]) for each in scenario.players],
        (
            {each.id for each in scenario.parameters},
            {each.id for each in scenario.constants},
        ),
        (
            [(each.id, each.value) for each in scenario.derived],
            [(each.id, each.player, each.value, each.when) for each in scenario.terms],
            scenario.payoffs,
        ),
        [(each.id, each.when) for each in scenario.regimes],
    )


def _with_both_ranges(first: Scenario, second: Scenario) -> Scenario:
    """Return the first scenario with ranges that hold the values of both."""
    others = {each.id: each for each in second.parameters}
    return first.model_copy(
        update={
            "parameters": tuple(
                each.model_copy(
                    update={
                        "low": min(each.low, others[each.id].low),
                        "high": max(each.high, others[each.id].high),
                    }
                )
                for each in first.parameters
            )
        }
    )


def _words(
    shown: tuple[Setting, Setting], inputs: tuple[DifferingInput, ...], why_not: str
) -> tuple[str, ...]:
    first, second = (quoted(setting.name) for setting in shown)
    both = [
        f"{quoted(each.label)} from {number_text(each.before)} to {number_text(each.after)}"
        for each in inputs
        if each.before is not None and each.after is not None
    ]
    only_first = [quoted(each.label) for each in inputs if each.after is None]
    only_second = [quoted(each.label) for each in inputs if each.before is None]
    return (
        *(f"Under {quoted(setting.name)}: {setting.words}." for setting in shown),
        *([f"Inputs that differ: {in_words(_few(both))}."] if both else []),
        *([f"Only {first} has {in_words(_few(only_first))}."] if only_first else []),
        *([f"Only {second} has {in_words(_few(only_second))}."] if only_second else []),
        f"The change is not shared out among inputs: {why_not}.",
    )


def _few(items: list[str]) -> list[str]:
    more = len(items) - _TOLD
    return [*items[:_TOLD], f"{more} more"] if more > 0 else items
