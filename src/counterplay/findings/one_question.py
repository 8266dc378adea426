"""One question: `study(scenario, values)` gives all that app, command line and reports show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from counterplay.concepts import Solution, nash, nashpy_agrees, prompt_work
from counterplay.concepts.selection import SelectionTable, selection_table
from counterplay.explain import Account, Comparison, account, compare
from counterplay.explain.narrate import count_title
from counterplay.findings.blocs import BlocView, bloc_view
from counterplay.findings.caveats import result_caveats
from counterplay.findings.document import account_dict, equilibrium_dict, region_dict
from counterplay.findings.identity import inputs_digest, provenance
from counterplay.games import Game
from counterplay.payoffs import Ledger, game, ledger
from counterplay.scenario import Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.setting import Values
from counterplay.sensitivity import BreakPoint, break_points
from counterplay.sensitivity.tipping.points import tipping_points
from counterplay.sensitivity.tipping.table import TippingTable

MAX_ACCOUNTS = 12
"""Equilibria explained in full; games of many ties can have thousands of pure ones."""


@dataclass(frozen=True, eq=False)
class Findings:
    """What a scenario says at given values.

    Attributes
    ----------
    scenario : Scenario
    values : Values
        Every parameter and constant.
    preset : str or None
        The preset whose setting these values are.
    game : Game
    ledger : Ledger
    solution : Solution
    accounts : tuple of Account
        Why each of the first 12 equilibria is one, in the solution's order.
    comparison : Comparison
    breaks : tuple of tuple of BreakPoint
        For each account how far each assumption can move before that equilibrium breaks; empty
        for mixed ones.
    """

    scenario: Scenario
    values: Values
    preset: str | None
    game: Game
    ledger: Ledger
    solution: Solution
    accounts: tuple[Account, ...]
    comparison: Comparison
    breaks: tuple[tuple[BreakPoint, ...], ...]

    @property
    def title(self) -> str:
        """How many stable outcomes were found."""
        return count_title(self.solution)

    @property
    def moved(self) -> dict[str, float]:
        """The values that differ from the defaults."""
        defaults = self.scenario.full_values()
        return {name: value for name, value in self.values.items() if value != defaults[name]}

    @cached_property
    def tipping(self) -> TippingTable:
        """Where the outcome set changes, each parameter moved alone; worked when first asked."""
        return tipping_points(self.scenario, self.values)

    @property
    def caveats(self) -> tuple[str, ...]:
        """The scenario's caveats that hold at these values, then those that the result adds."""
        written = [c.text for c in self.scenario.caveats if c.preset in (None, self.preset)]
        return (*written, *result_caveats(self.scenario, self.solution, self.accounts))

    @cached_property
    def digest(self) -> str:
        """Short hash of scenario and values: equal digests mean the same inputs were solved."""
        return inputs_digest(self.scenario, self.values)

    @cached_property
    def second_opinion(self) -> bool | None:
        """Whether nashpy finds nothing that is not listed; None where it cannot tell.

        Two players with 2 to 5 options each are within its reach.
        """
        return nashpy_agrees(self.game, self.solution)

    @cached_property
    def blocs(self) -> BlocView | None:
        """The default two-bloc view at equal weights; None where the scenario names no blocs."""
        return bloc_view(self.game, self.scenario.blocs) if self.scenario.blocs else None

    @cached_property
    def selection(self) -> SelectionTable | None:
        """What sets the equilibria listed apart; None where there are fewer than two."""
        listed = self.solution.equilibria
        return selection_table(self.game, listed) if len(listed) > 1 else None

    def to_dict(self) -> dict[str, Any]:
        """Return the findings as plain JSON data; numbers are not rounded."""
        parameters = [parameter.id for parameter in self.scenario.parameters]
        constants = [constant.id for constant in self.scenario.constants]
        return {
            "scenario": {
                "id": self.scenario.id,
                "title": self.scenario.title,
                "as_of": self.scenario.as_of,
                "marking": self.scenario.marking,
                "sha256": self.scenario.sha256,
            },
            "digest": self.digest,
            "preset": self.preset,
            "parameters": {name: self.values[name] for name in parameters},
            "constants": {name: self.values[name] for name in constants},
            "players": [
                {
                    "id": player.id,
                    "label": player.label,
                    "options": [{"id": o.id, "label": o.label} for o in player.options],
                }
                for player in self.scenario.players
            ],
            "finding": self.title,
            "completeness": self.solution.completeness,
            "reason": self.solution.reason,
            "equilibria": [self._equilibrium(k) for k in range(len(self.solution.equilibria))],
            "regions": [region_dict(self.game, region) for region in self.solution.regions],
            "comparison": list(self.comparison.words),
            "selection": None if self.selection is None else self.selection.to_dict(),
            "caveats": list(self.caveats),
            "provenance": provenance(self.game, self.solution),
        }

    def _equilibrium(self, position: int) -> dict[str, Any]:
        document = equilibrium_dict(self.game, self.solution.equilibria[position])
        if position < len(self.accounts):
            document |= account_dict(self.accounts[position], self.breaks[position])
        return document


def study(scenario: Scenario, values: Mapping[str, float] | None = None) -> Findings:
    """Answer one question: who does what at these values, why, and what would break it.

    Parameters
    ----------
    scenario : Scenario
    values : mapping from parameter or constant id to number, optional
        All others keep their defaults.

    Returns
    -------
    Findings
        The game, its equilibria, the reasons for each, and what would break it; write it with
        `write_report`.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded.
    ValuesError
        If `values` is no mapping, an id is unknown, a value is out of range or not finite, or a
        payoff is not finite.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> study(load("chicken")).title
    'Three stable outcomes'
    """
    full = loaded(scenario).full_values(values)
    built = game(scenario, full)
    terms = ledger(scenario, full)
    solution = nash(built, work_limit=prompt_work(built))
    explained = solution.equilibria[:MAX_ACCOUNTS]
    return Findings(
        scenario=scenario,
        values=Values(full),
        preset=scenario.matching_preset(full),
        game=built,
        ledger=terms,
        solution=solution,
        accounts=tuple(account(scenario, built, terms, equilibrium) for equilibrium in explained),
        comparison=compare(scenario, built, explained),
        breaks=tuple(
            ()
            if equilibrium.profile is None
            else break_points(scenario, built, full, equilibrium.profile)
            for equilibrium in explained
        ),
    )
