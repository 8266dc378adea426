"""Robust choice: which option of a player holds up across the sampled futures.

In each future the player commits to an option and the others play an equilibrium of the game that
is left; where they have several, the option has a worst and a best case, and regret is worked out
within each case.  That sees the player move first; the equilibria of the simultaneous game stand
beside it.  After Lempert, Popper and Bankes, "Shaping the Next One Hundred Years" (2003).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from counterplay.errors import ValuesError
from counterplay.payoffs import game
from counterplay.scenario import Scenario
from counterplay.sensitivity.draws import settled_values
from counterplay.sensitivity.drivers.futures import futures
from counterplay.sensitivity.robust.committed import Committed, committed_at
from counterplay.sensitivity.robust.criteria import best_by, criteria, tie_within
from counterplay.sensitivity.robust.results import Benchmarks, OptionScore, RobustChoice
from counterplay.sensitivity.robust.words import choice_words

SHARE_GOOD_ENOUGH = 0.05
"""Shortfall that is good enough where none is given, as a share of the player's payoff range."""


def robust_choice(
    scenario: Scenario,
    draws: int,
    seed: int,
    values: Mapping[str, float] | None = None,
    *,
    player: str | int | None = None,
    good_enough: float | None = None,
) -> RobustChoice:
    """Compare the options of a player across sampled futures.

    Parameters
    ----------
    draws, seed : int
    values : mapping, optional
        Levers and constants are held at these values; uncertain parameters are drawn all the same.
    player : id or index, optional
        Who chooses; the focal player, or the first, where left out.
    good_enough : float, optional
        How far an option may fall short of the best of its future, in the player's payoff units;
        5 % of the player's payoff range at the held values where left out.

    Returns
    -------
    RobustChoice
        Each option by each criterion, where the others' equilibrium is the worst and the best for
        the player.

    Raises
    ------
    CounterplayError
        If an argument is refused, or a payoff is not finite at some draw.
    """
    drawn = futures(scenario, draws, seed, values)
    central = game(scenario, settled_values(scenario, values))
    index = chooser(scenario, player)
    enough = enough_of(good_enough, float(central.ranges[index]))
    worth = committed_at(scenario, drawn.columns, drawn.draws, index)
    who = scenario.players[index]
    tie = tie_within(worth.least, worth.greatest)
    low, high = (criteria(table, enough, tie) for table in (worth.worst, worth.best))
    options = tuple(
        OptionScore(
            option.id,
            option.label,
            low[k],
            high[k],
            int(worth.unproved[:, k].sum()),
            int(worth.ranges[:, k].sum()),
        )
        for k, option in enumerate(who.options)
    )
    choice = RobustChoice(
        player=who.id,
        label=who.name,
        options=options,
        best_in_worst_case=best_by(worth.worst, low, tie),
        best_in_best_case=best_by(worth.best, high, tie),
        benchmarks=_benchmarks(worth),
        good_enough=enough,
        draws=drawn.draws,
        seed=drawn.seed,
        drawn=drawn.parameters,
        held=drawn.held,
        unproved=int(worth.unproved.any(axis=1).sum()),
        words="",
        worst=worth.worst,
        best=worth.best,
    )
    return replace(choice, words=choice_words(choice))


def chooser(scenario: Scenario, player: str | int | None) -> int:
    """Return the index of the player that chooses: the one named, the focal one, or the first.

    Raises
    ------
    ValuesError
        If there is no such player.
    """
    ids = [candidate.id for candidate in scenario.players]
    if player is None:
        return ids.index(scenario.focal) if scenario.focal else 0
    if isinstance(player, str) and player in ids:
        return ids.index(player)
    if not isinstance(player, str | bool) and player in range(len(ids)):
        return int(player)
    raise ValuesError(f"player: no {player!r}; the players are {', '.join(ids)}")


def enough_of(good_enough: float | None, payoff_range: float) -> float:
    """Return the shortfall that is good enough.

    Raises
    ------
    ValuesError
        If it is no number, negative or not finite.
    """
    if good_enough is None:
        return SHARE_GOOD_ENOUGH * payoff_range
    given: object = good_enough
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given < np.inf:
        return float(given)
    raise ValuesError(f"good_enough: {good_enough!r}; give payoff points, 0 or more")


def _benchmarks(worth: Committed) -> Benchmarks:
    least, greatest = worth.simultaneous.mean(axis=0).tolist()
    return Benchmarks(
        commitment=float(worth.best.max(axis=1).mean()),
        guaranteed=float(worth.worst.max(axis=1).mean()),
        simultaneous_worst=least,
        simultaneous_best=greatest,
        unproved=int(worth.simultaneous_unproved.sum()),
    )
