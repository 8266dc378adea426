"""Caveats that a result adds to those of its scenario."""

from __future__ import annotations

from collections.abc import Sequence

from counterplay.concepts import Solution
from counterplay.explain import Account
from counterplay.explain.narrate import points
from counterplay.scenario import Scenario


def result_caveats(
    scenario: Scenario, solution: Solution, accounts: Sequence[Account]
) -> list[str]:
    """Return what a reader must know of a result: what is not proved, thin, mixed or left out."""
    caveats = []
    if solution.completeness == "unproved":
        caveats.append(f"The list of equilibria is not proved complete. {solution.reason}")
    for number, found in enumerate(accounts, 1):
        weakest = [s for s in found.stances if s.player == found.weakest and s.thin]
        for stance in weakest:
            name = scenario.player(stance.player).name
            margin = points(stance.margin or 0.0)
            caveats.append(
                f"Outcome {number} hangs on a thin margin: {name} could switch at no cost."
                if stance.margin == 0
                else f"Outcome {number} hangs on a thin margin: {name}'s choice is ahead by "
                f"only {margin} points, under 5% of the range of its own payoffs."
            )
        if found.equilibrium.profile is None:
            caveats.append(
                f"Outcome {number} is mixed: its percentages are beliefs about the others, "
                "not advice to randomise and not chances of events."
            )
    if len(solution.equilibria) > len(accounts):
        caveats.append(f"Only the first {len(accounts)} equilibria are explained.")
    return caveats
