"""Several equilibria side by side: who prefers which, and which are better for nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.concepts import Equilibrium
from counterplay.games import Game
from counterplay.numeric import REGRET_TOLERANCE
from counterplay.scenario import Scenario


@dataclass(frozen=True)
class Comparison:
    """How several equilibria rank; positions count from 0 in the solution's order.

    Attributes
    ----------
    rankings : tuple of n tuples of tuple of int
        For each player the equilibria from best to worst; equal ones share a group.
    dominated_by : tuple of tuple of int
        For each equilibrium those that are at least as good for every player and better for one
        (Pareto).
    words : tuple of str
        The same as sentences; nothing is selected.
    """

    rankings: tuple[tuple[tuple[int, ...], ...], ...]
    dominated_by: tuple[tuple[int, ...], ...]
    words: tuple[str, ...]


def compare(scenario: Scenario, game: Game, equilibria: Sequence[Equilibrium]) -> Comparison:
    """Rank equilibria for every player and by Pareto dominance."""
    payoffs = np.array([e.payoffs for e in equilibria]).reshape(-1, len(game.players))
    equal = REGRET_TOLERANCE * game.ranges
    rankings = tuple(
        _ranking(payoffs[:, player], float(equal[player])) for player in range(len(game.players))
    )
    dominated = tuple(
        tuple(
            other
            for other in range(len(equilibria))
            if np.all(payoffs[other] >= payoffs[k] - equal)
            and np.any(payoffs[other] > payoffs[k] + equal)
        )
        for k in range(len(equilibria))
    )
    words = _words(scenario, rankings, dominated) if len(equilibria) > 1 else ()
    return Comparison(rankings, dominated, words)


def _ranking(payoffs: np.ndarray, equal: float) -> tuple[tuple[int, ...], ...]:
    groups: list[list[int]] = []
    for k in sorted(range(len(payoffs)), key=lambda index: (-payoffs[index], index)):
        if groups and payoffs[groups[-1][0]] - payoffs[k] <= equal:
            groups[-1].append(k)
        else:
            groups.append([k])
    return tuple(tuple(sorted(group)) for group in groups)


def _words(
    scenario: Scenario,
    rankings: tuple[tuple[tuple[int, ...], ...], ...],
    dominated: tuple[tuple[int, ...], ...],
) -> tuple[str, ...]:
    sentences = ["The model does not say which of these outcomes occurs."]
    for player, ranking in zip(scenario.players, rankings, strict=True):
        if len(ranking) == 1:
            sentences.append(f"{player.name} is equally well off in all of them.")
        else:
            order = ", then ".join(_outcomes(group) for group in ranking)
            sentences.append(f"{player.name} is best off in {order}.")
    worse = [(k, better) for k, better in enumerate(dominated) if better]
    for k, better in worse:
        sentences.append(
            f"Outcome {k + 1} is worse for somebody and better for nobody than "
            f"{_outcomes(better)} (Pareto-dominated)."
        )
    if not worse:
        sentences.append(
            "None of them is better for somebody without being worse for another "
            "(no Pareto ranking)."
        )
    return tuple(sentences)


def _outcomes(group: Sequence[int]) -> str:
    return "outcome " + " or ".join(str(k + 1) for k in group)
