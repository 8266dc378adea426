"""Settings of one scenario side by side, and what each changed number did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from counterplay.errors import ValuesError
from counterplay.numeric import FloatArray
from counterplay.scenario import Scenario
from counterplay.scenario.schema import loaded
from counterplay.sensitivity.attribution.combinations import (
    Combinations,
    Limits,
    solved_combinations,
)
from counterplay.sensitivity.attribution.inputs import changed_inputs, factors_of
from counterplay.sensitivity.attribution.one_setting import solved_setting
from counterplay.sensitivity.attribution.result import (
    Attribution,
    Kind,
    SettingChange,
    SettingsComparison,
)
from counterplay.sensitivity.attribution.shapley import shapley
from counterplay.sensitivity.attribution.words import METHOD, change_words, comparison_words

MOST_SETTINGS = 8
MOST_SECONDS = 60.0
"""Seconds for one change; all 4,096 combinations of the flagship's numbers take a few."""


def compare_settings(
    scenario: Scenario,
    settings: Mapping[str, Mapping[str, float] | None],
    *,
    time_limit: float | None = MOST_SECONDS,
    progress: Callable[[int, int], None] | None = None,
) -> SettingsComparison:
    """Compare settings of one scenario, and share out each change among the numbers that differ.

    Parameters
    ----------
    scenario : Scenario
    settings : mapping from name to values
        2 to 8 settings, each a mapping from parameter or constant id to number, all others at
        their defaults (None: all of them).  The first is what the others are compared with.
    time_limit : float, optional
        Seconds for each change.  Where hard games take longer, changes of payoffs are not shared
        out, and the result says so; None for no limit.
    progress : callable, optional
        Called with the number of combinations solved and of all, for each change in turn.

    Returns
    -------
    SettingsComparison
        Of each setting the outcome set and every player's least and greatest payoff among the
        stable outcomes listed.  Of each change the Shapley value of every number that differs, by
        which these payoffs and the presence of each kind of outcome (1 or 0) change: exact over
        all combinations of up to 12 numbers; more are grouped by whom they are about.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded.
    ValuesError
        If there are not 2 to 8 settings, a value or the limit is not right, or payoffs are not
        finite at some combination of two settings; the message says at which.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> found = compare_settings(load("korea-ukraine"), {"now": {}, "then": {"spent": 0.75}})
    >>> [(each.label, each.change, each.parts) for each in found.changes[0].presence]
    [('Arms spiral', 1.0, (1.0,)), ('Hedged payment, denied deployment', 0.0, (0.0,))]
    """
    named = _named(loaded(scenario), settings)
    limits = Limits(_seconds(time_limit), progress)
    shown = tuple(solved_setting(scenario, name, values) for name, values in named.items())
    first, *others = named
    changes = tuple(
        _change(scenario, (first, name), (named[first], named[name]), limits) for name in others
    )
    words = comparison_words(shown, changes)
    return SettingsComparison(shown, changes, METHOD, words, (scenario,))


def compared_together(comparisons: Sequence[SettingsComparison]) -> SettingsComparison:
    """Return comparisons with the same first setting as one comparison of all.

    Parameters
    ----------
    comparisons : sequence of SettingsComparison
        At least one, each of settings of the same scenario, with the same first one.

    Returns
    -------
    SettingsComparison
        As if all settings had been compared at once.

    Raises
    ------
    ValuesError
        If there is none, or they do not have the scenario and the first setting in common.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> scenario = load("korea-ukraine")
    >>> pairs = [
    ...     compare_settings(scenario, {"now": {}, name: values})
    ...     for name, values in {"spent": {"spent": 0.75}, "bold": {"cred": 0.9}}.items()
    ... ]
    >>> [setting.name for setting in compared_together(pairs).settings]
    ['now', 'spent', 'bold']
    """
    firsts = {(each.scenarios[0].sha256, each.settings[0].name) for each in comparisons}
    if len(firsts) != 1 or any(
        each.settings[0].values != comparisons[0].settings[0].values for each in comparisons
    ):
        raise ValuesError("comparisons: give some that have the same first setting")
    shown = (
        comparisons[0].settings[0],
        *(setting for each in comparisons for setting in each.settings[1:]),
    )
    changes = tuple(change for each in comparisons for change in each.changes)
    words = comparison_words(shown, changes)
    return SettingsComparison(shown, changes, METHOD, words, comparisons[0].scenarios)


def _named(scenario: Scenario, settings: object) -> dict[str, dict[str, float]]:
    wanted = f"give 2 to {MOST_SETTINGS} settings, as a mapping from a name to values"
    if not isinstance(settings, Mapping):
        raise ValuesError(f"settings: this is a {type(settings).__name__}; {wanted}")
    if not 2 <= len(settings) <= MOST_SETTINGS:
        raise ValuesError(f"settings: {len(settings)} given; {wanted}")
    named = {}
    for name, values in settings.items():
        if not isinstance(name, str) or not name.strip():
            raise ValuesError(f"settings: {name!r} is no name; name each setting by some text")
        try:
            named[name] = scenario.full_values(values)
        except ValuesError as error:
            raise ValuesError(f"settings[{name!r}]: {error}") from None
    return named


def _seconds(time_limit: object) -> float | None:
    if time_limit is None:
        return None
    number = isinstance(time_limit, int | float) and not isinstance(time_limit, bool)
    if not number or not time_limit >= 0:  # type: ignore[operator]  # a number here
        raise ValuesError(f"time_limit: {time_limit!r}; give seconds, or None for no limit")
    return float(time_limit)  # type: ignore[arg-type]  # the same


def _change(
    scenario: Scenario,
    names: tuple[str, str],
    values: tuple[Mapping[str, float], Mapping[str, float]],
    limits: Limits,
) -> SettingChange:
    inputs = changed_inputs(scenario, *values)
    factors = factors_of(scenario, inputs)
    solved = solved_combinations(scenario, *values, factors, limits)
    change = SettingChange(
        *names,
        inputs,
        factors,
        tuple(_payoff_shares(scenario, solved)),
        tuple(_presence_shares(solved)),
        len(solved.possible),
        solved.solved,
        solved.unproved,
        solved.sets,
    )
    return replace(change, words=change_words(change))


def _payoff_shares(scenario: Scenario, solved: Combinations) -> Iterator[Attribution]:
    if np.isnan(solved.least).any():
        return
    for index, player in enumerate(scenario.players):
        yield _attribution("least", player.id, player.name, solved.least[:, index])
        yield _attribution("greatest", player.id, player.name, solved.greatest[:, index])


def _presence_shares(solved: Combinations) -> Iterator[Attribution]:
    ends = solved.possible[0] | solved.possible[-1]
    for each in sorted(ends, key=lambda possible: possible.place):
        there = np.array([float(each in possible) for possible in solved.possible])
        yield _attribution(each.kind, each.id, each.label, there)


def _attribution(kind: Kind, of: str, label: str, values: FloatArray) -> Attribution:
    before, after = float(values[0]) + 0.0, float(values[-1]) + 0.0
    return Attribution(kind, of, label, before, after, shapley(values))
