"""One question: `study(scenario, values)` gives all that app, command line and reports show."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from counterplay.concepts import (
    Equilibrium,
    Region,
    Solution,
    nash,
    nashpy_agrees,
    prompt_work,
)
from counterplay.concepts.selection import SelectionTable, selection_table
from counterplay.explain import Account, Comparison, account, compare
from counterplay.explain.narrate import count_title, points
from counterplay.games import BlocGame, Game, Profile, bloc_game
from counterplay.numeric import REGRET_TOLERANCE
from counterplay.payoffs import Ledger, game, ledger
from counterplay.scenario import Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.values import as_numbers
from counterplay.sensitivity import BreakPoint, WeightFlip, break_points, weight_flips

VERSIONED = ("counterplay", "python", "numpy", "scipy", "numba", "nashpy", "pydantic")
"""What a result names the version of."""

MAX_ACCOUNTS = 12
"""Equilibria explained in full; games of many ties can have thousands of pure ones."""


@dataclass(frozen=True, eq=False)
class BlocView:
    """The same game between two coalitions.

    Attributes
    ----------
    view : BlocGame
    solution : Solution
        Of the two-player game.
    profiles : tuple of Profile
        Its pure equilibria as option indices of all players.
    flips : tuple of WeightFlip
        Weights at which what is played changes.
    """

    view: BlocGame
    solution: Solution
    profiles: tuple[Profile, ...]
    flips: tuple[WeightFlip, ...]


class Values(Mapping[str, float]):
    """Numbers by parameter or constant id, in the file's order; cannot be changed."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, name: str) -> float:
        """Return the number of a parameter or constant."""
        return self._numbers[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._numbers)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._numbers)

    def __or__(self, moved: Mapping[str, float]) -> dict[str, float]:
        """Return a dictionary of the numbers with those of `moved` in their place."""
        return {**self._numbers, **moved}

    def __repr__(self) -> str:
        """Return the numbers as a dictionary is written."""
        return repr(self._numbers)


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

    @property
    def caveats(self) -> tuple[str, ...]:
        """The scenario's caveats that hold at these values, then those that the result adds."""
        written = [c.text for c in self.scenario.caveats if c.preset in (None, self.preset)]
        return (*written, *self._computed_caveats())

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
            "regions": [_region_dict(self.game, region) for region in self.solution.regions],
            "comparison": list(self.comparison.words),
            "selection": None if self.selection is None else self.selection.to_dict(),
            "caveats": list(self.caveats),
            "provenance": provenance(self.game, self.solution),
        }

    def _equilibrium(self, position: int) -> dict[str, Any]:
        equilibrium = self.solution.equilibria[position]
        document = _equilibrium_dict(self.game, equilibrium)
        if position < len(self.accounts):
            found = self.accounts[position]
            document |= {
                "headline": found.headline,
                "outcomes": [
                    {"id": regime.id if regime else None, "share": share}
                    for regime, share in found.outcomes
                ],
                "weakest": found.weakest,
                "why": [_stance_dict(k, found) for k in range(len(self.scenario.players))],
                "terms": dict(zip(self.game.players, found.contributions, strict=True)),
                "evidence": list(found.evidence),
                "breaks": [_break_dict(point) for point in self.breaks[position]],
            }
        return document

    def _computed_caveats(self) -> list[str]:
        caveats = []
        if self.solution.completeness == "unproved":
            caveats.append(
                f"The list of equilibria is not proved complete. {self.solution.reason}"
            )
        for number, found in enumerate(self.accounts, 1):
            weakest = [s for s in found.stances if s.player == found.weakest and s.thin]
            for stance in weakest:
                name = self.scenario.player(stance.player).name
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
        if len(self.solution.equilibria) > len(self.accounts):
            caveats.append(f"Only the first {len(self.accounts)} equilibria are explained.")
        return caveats


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


def bloc_view(
    game: Game,
    blocs: Sequence[Sequence[str | int]],
    weights: Mapping[str, float] | None = None,
) -> BlocView:
    """Play a game between two coalitions, and say at which weights the answer flips.

    Parameters
    ----------
    game : Game
    blocs : two sequences of player ids or indices
        A partition of the players.
    weights : mapping from player id to weight, optional
        How much a member's payoff range counts in its bloc; 1 where left out.

    Returns
    -------
    BlocView
        The game of the two blocs, its equilibria, the profiles of the players behind them, and
        the weights at which the answer flips.

    Raises
    ------
    GameError
        If the blocs are not a partition into two, or the weights cannot be used.
    """
    view = bloc_game(game, blocs, weights)
    solution = nash(view.game, work_limit=prompt_work(view.game))
    pure = [equilibrium.profile for equilibrium in solution.equilibria]
    return BlocView(
        view=view,
        solution=solution,
        profiles=tuple(view.profile(profile) for profile in pure if profile is not None),
        flips=weight_flips(game, blocs, weights),
    )


def inputs_digest(scenario: Scenario, values: Mapping[str, float]) -> str:
    """Return a short hash of a scenario and the values at which it is solved.

    Parameters
    ----------
    scenario : Scenario
    values : mapping from parameter or constant id to number

    Returns
    -------
    str
        12 hexadecimal digits; the same inputs give the same ones.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded, or `values` is no mapping.
    """
    numbers = sorted(as_numbers(values).items(), key=lambda pair: str(pair[0]))
    text = loaded(scenario).sha256 + "".join(f";{name}={value!r}" for name, value in numbers)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def provenance(game: Game, solution: Solution) -> dict[str, Any]:
    """Return what reproduces a result: versions, method, tolerance and limit of work."""
    return {
        **{name: _version(name) for name in VERSIONED},
        "method": solution.method,
        "regret_tolerance": REGRET_TOLERANCE,
        "work_limit": prompt_work(game),
    }


def _version(package: str) -> str:
    if package == "python":
        return platform.python_version()
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _equilibrium_dict(game: Game, equilibrium: Equilibrium) -> dict[str, Any]:
    return {
        "strategies": {
            player: dict(zip(names, map(float, vector), strict=True))
            for player, names, vector in zip(
                game.players, game.options, equilibrium.strategies, strict=True
            )
        },
        "payoffs": dict(zip(game.players, map(float, equilibrium.payoffs), strict=True)),
        "regret": equilibrium.regret,
        "strict": equilibrium.strict,
        "support": {
            player: list(options)
            for player, options in zip(game.players, equilibrium.support, strict=True)
        },
        "index": equilibrium.index,
    }


def _region_dict(game: Game, region: Region) -> dict[str, Any]:
    example = region.example
    return {
        "ranges": {
            player: dict(zip(names, ranges.tolist(), strict=True))
            for player, names, ranges in zip(
                game.players, game.options, region.ranges, strict=True
            )
        },
        "payoffs": dict(zip(game.players, region.payoffs.tolist(), strict=True)),
        "index": region.index,
        "dimension": region.dimension,
        "pure": [list(game.profile_ids(profile)) for profile in region.pure],
        "example": None if example is None else _equilibrium_dict(game, example),
    }


def _stance_dict(player: int, found: Account) -> dict[str, Any]:
    stance = found.stances[player]
    return {
        "player": stance.player,
        "margin": stance.margin,
        "thin": stance.thin,
        "sentence": found.sentences[player],
        "alternatives": [
            {
                "option": deviation.option,
                "loss": deviation.loss,
                "terms": [
                    {
                        "id": change.id,
                        "change": change.amount,
                        "evidence": list(change.evidence),
                        "statuses": list(change.statuses),
                    }
                    for change in deviation.changes
                ],
            }
            for deviation in stance.deviations
        ],
    }


def _break_dict(point: BreakPoint) -> dict[str, Any]:
    return {
        "parameter": point.parameter,
        "value": point.value,
        "side": point.side,
        "distance": point.distance,
        "player": point.player,
        "option": point.option,
        "certainty": point.certainty,
    }
