"""One setting, solved as one column of a comparison."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from counterplay.concepts import Solution
from counterplay.concepts.nash import explained
from counterplay.payoffs import game
from counterplay.scenario import Scenario
from counterplay.scenario.setting import Values
from counterplay.sensitivity.attribution.result import PayoffSpan, Setting
from counterplay.sensitivity.many import solutions_at
from counterplay.sensitivity.outcomes import outcome_of, outcome_words


def solved_setting(scenario: Scenario, name: str, values: Mapping[str, float]) -> Setting:
    """Solve a scenario at full values.

    Raises
    ------
    ValuesError
        If a payoff is not finite.
    """
    (solution,) = solutions_at(scenario, values, 1)
    solution = explained(game(scenario, values), solution)
    outcome = outcome_of(scenario, solution)
    return Setting(
        name,
        Values(values),
        outcome,
        solution.completeness,
        solution.reason,
        _spans(scenario, solution),
        outcome_words(scenario, outcome),
    )


def _spans(scenario: Scenario, solution: Solution) -> tuple[PayoffSpan, ...]:
    if not solution.equilibria:
        return ()
    paid = np.array([equilibrium.payoffs for equilibrium in solution])
    return tuple(
        PayoffSpan(player.id, player.name, float(column.min()) + 0.0, float(column.max()) + 0.0)
        for player, column in zip(scenario.players, paid.T, strict=True)
    )
