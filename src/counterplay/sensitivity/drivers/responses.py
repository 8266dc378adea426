"""What each of many settings answers: which regimes occur, and what every player gets.

A regime occurs at a setting if it names one of the pure equilibria there.  A player's payoff at a
setting is the mean over the pure equilibria; where there is none, over all equilibria listed,
which are mixed.  The mean is a convention: the model does not say which of several equilibria is
played.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.games import Profile
from counterplay.numeric import FloatArray
from counterplay.scenario import Scenario
from counterplay.sensitivity.many import Columns, payoff_chunks, pure_at, solutions_at
from counterplay.sensitivity.outcomes import Supports, regimes_of

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Responses:
    """Answers of many settings.

    Attributes
    ----------
    regimes : ndarray of bool, shape (settings, regimes)
        Whether each regime names one of the pure equilibria.
    payoffs : ndarray, shape (settings, n)
        Means over the pure equilibria, or, where there is none, over the equilibria listed.
    mixed, unproved : int
        Settings without a pure equilibrium, and those among them where more equilibria may exist
        than are listed.
    largest : ndarray, shape (n,)
        Each player's largest payoff in size, over all profiles and settings.
    """

    regimes: BoolArray
    payoffs: FloatArray
    mixed: int
    unproved: int
    largest: FloatArray


def responses_at(scenario: Scenario, columns: Columns, count: int) -> Responses:
    """Work out the answers at each of many settings.

    Raises
    ------
    ValuesError
        If a payoff is not finite at some setting; the message gives the values.
    """
    index, sets = pure_at(scenario, columns, count)
    payoffs = np.empty((count, len(scenario.players)))
    largest = np.zeros(len(scenario.players))
    for start, tables in payoff_chunks(scenario, columns, count):
        flat = tables.reshape(len(largest), -1)
        largest = np.maximum(largest, np.maximum(flat.max(axis=1), -flat.min(axis=1)))
        rows = payoffs[start : start + tables.shape[-1]]
        _fill_means(rows, tables, index[start : start + len(rows)], sets)
    empty = [number for number, profiles in enumerate(sets) if not profiles]
    mixed = np.flatnonzero(np.isin(index, empty))
    unproved = _fill_mixed(scenario, columns, payoffs, mixed)
    return Responses(_named(scenario, sets)[index], payoffs, len(mixed), unproved, largest)


def occurrences(scenario: Scenario, columns: Columns, count: int, regime: str) -> BoolArray:
    """Say of each of many settings whether a regime names one of its pure equilibria."""
    index, sets = pure_at(scenario, columns, count)
    number = [candidate.id for candidate in scenario.regimes].index(regime)
    occurs: BoolArray = _named(scenario, sets)[index, number]
    return occurs


def _fill_means(
    rows: FloatArray,
    tables: FloatArray,
    index: npt.NDArray[np.int64],
    sets: tuple[tuple[Profile, ...], ...],
) -> None:
    for number in np.unique(index):
        at = np.flatnonzero(index == number)
        if sets[number]:
            cells = [tables[(slice(None), *profile)][:, at] for profile in sets[number]]
            rows[at] = np.mean(cells, axis=0).T


def _fill_mixed(
    scenario: Scenario, columns: Columns, payoffs: FloatArray, settings: npt.NDArray[np.int64]
) -> int:
    """Fill in the settings without a pure equilibrium; return how many are not proved."""
    part = {
        name: column[settings] if isinstance(column, np.ndarray) else column
        for name, column in columns.items()
    }
    unproved = 0
    for setting, solution in zip(
        settings, solutions_at(scenario, part, len(settings)), strict=True
    ):
        payoffs[setting] = np.mean([equilibrium.payoffs for equilibrium in solution], axis=0)
        unproved += solution.completeness == "unproved"
    return unproved


def _named(scenario: Scenario, sets: tuple[tuple[Profile, ...], ...]) -> BoolArray:
    """Return which regimes name a member of each set of pure equilibria."""
    options = [[option.id for option in player.options] for player in scenario.players]
    table = np.zeros((len(sets), len(scenario.regimes)), bool)
    for number, profiles in enumerate(sets):
        supports: list[Supports] = [
            tuple((names[k],) for names, k in zip(options, profile, strict=True))
            for profile in profiles
        ]
        occurring = regimes_of(scenario, supports)
        table[number] = [regime.id in occurring for regime in scenario.regimes]
    return table
