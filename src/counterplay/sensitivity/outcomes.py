"""Outcome sets: what two settings must share to count as the same answer.

The outcome set of a game is the set of the supports of its equilibria, with the names of the
regimes of its pure members.  Probabilities that merely move do not change it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from counterplay.concepts import Solution
from counterplay.explain.narrate import in_words, pure_clause
from counterplay.scenario import Player, Scenario

Supports = tuple[tuple[str, ...], ...]
"""The options that each player may play, by id."""


@dataclass(frozen=True)
class Outcome:
    """An outcome set.

    Attributes
    ----------
    supports : tuple of n tuples of str each
        The support of each equilibrium, in the order of the options; pure ones first.
    regimes : tuple of str
        Ids of the regimes of the pure members, in the order of the file.
    sets : int
        Number of connected sets of equilibria that are not single points.
    complete : bool
        Whether it is proved that no equilibrium is missing.
    """

    supports: tuple[Supports, ...]
    regimes: tuple[str, ...]
    sets: int = 0
    complete: bool = True

    @cached_property
    def pure(self) -> tuple[tuple[str, ...], ...]:
        """The pure equilibria, as one option id a player."""
        return tuple(
            tuple(options[0] for options in support)
            for support in self.supports
            if all(len(options) == 1 for options in support)
        )

    @cached_property
    def label(self) -> str:
        """The supports as text: options joined by +, players by /, equilibria by |."""
        text = "|".join("/".join(map("+".join, support)) for support in self.supports)
        notes = [f"{self.sets} sets"] if self.sets else []
        notes += [] if self.complete else ["incomplete"]
        return f"{text} ({', '.join(notes)})" if notes else text

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON data, by option ids."""
        return {
            "label": self.label,
            "supports": [[list(options) for options in support] for support in self.supports],
            "pure": [list(profile) for profile in self.pure],
            "regimes": list(self.regimes),
            "sets": self.sets,
            "complete": self.complete,
        }


def outcome_of(scenario: Scenario, solution: Solution) -> Outcome:
    """Return the outcome set of a solution of a scenario's game."""
    order = [{option.id: k for k, option in enumerate(p.options)} for p in scenario.players]
    supports = sorted(
        {equilibrium.support for equilibrium in solution},
        key=lambda support: (
            any(len(options) > 1 for options in support),
            [
                [places[option] for option in options]
                for places, options in zip(order, support, strict=True)
            ],
        ),
    )
    return Outcome(
        supports=tuple(supports),
        regimes=regimes_of(scenario, supports),
        sets=len(solution.regions),
        complete=solution.completeness != "unproved",
    )


def regimes_of(scenario: Scenario, supports: list[Supports]) -> tuple[str, ...]:
    """Return the ids of the regimes of the pure ones among some supports, in the file's order."""
    named = {
        regime.id
        for support in supports
        if all(len(options) == 1 for options in support)
        and (regime := scenario.regime([options[0] for options in support])) is not None
    }
    return tuple(regime.id for regime in scenario.regimes if regime.id in named)


def outcome_words(scenario: Scenario, outcome: Outcome) -> str:
    """Say in words what an outcome set holds.

    Regimes are named by their labels; equilibria by who does what.

    Parameters
    ----------
    scenario : Scenario
    outcome : Outcome
        Of a game of this scenario.

    Returns
    -------
    str
        A part of a sentence, without a full stop.
    """
    told = [_support_words(scenario.players, support) for support in outcome.supports]
    if not told:
        return "no stable outcome found"
    labels = [regime.label for regime in scenario.regimes if regime.id in outcome.regimes]
    start = f"{in_words([f'“{label}”' for label in labels])}: " if labels else ""
    ends = ["" if outcome.complete else "; there may be more"]
    if outcome.sets:
        ends.insert(
            0,
            "; connected sets of outcomes"
            if outcome.sets > 1
            else "; a connected set of outcomes",
        )
    return f"{start}{'; or '.join(told)}{''.join(ends)}"


def _support_words(players: tuple[Player, ...], support: Supports) -> str:
    clauses = []
    for player, options in zip(players, support, strict=True):
        if len(options) == 1:
            clauses.append(pure_clause(player, options[0]))
        else:
            labels = [f"“{option.label}”" for option in player.options if option.id in options]
            clauses.append(f"{player.name} is undecided between {in_words(labels)}")
    return ", ".join(clauses)
