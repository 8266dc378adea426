"""Robust levers: settings of a player's own levers, searched and not sampled.

Every setting of a design meets the same futures, so that differences between settings are not
differences between draws.  The best row of the table is the best one tried: nothing is claimed of
settings between the steps.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from counterplay.errors import ValuesError
from counterplay.payoffs import game
from counterplay.scenario import Parameter, Player, Scenario
from counterplay.scenario.setting import Values
from counterplay.sensitivity.drivers.futures import futures
from counterplay.sensitivity.robust.choice import chooser, enough_of
from counterplay.sensitivity.robust.committed import Committed, committed_at
from counterplay.sensitivity.robust.criteria import Criteria, best_by, criteria, tie_within
from counterplay.sensitivity.robust.results import LeverRow, RobustLevers
from counterplay.sensitivity.robust.words import levers_words
from counterplay.sensitivity.usage import used_names

MOST_ON_A_GRID = 100
"""Settings up to which every combination of the steps is tried."""

MOST_LEVERS = 7
MOST_STEPS = 50

Setting = dict[str, float]


def robust_levers(  # noqa: PLR0913 - those of `robust_choice`, and one
    scenario: Scenario,
    draws: int,
    seed: int,
    values: Mapping[str, float] | None = None,
    *,
    player: str | int | None = None,
    good_enough: float | None = None,
    steps: int = 3,
) -> RobustLevers:
    """Compare settings of a player's levers, each with every option, across the same futures.

    Parameters
    ----------
    draws, seed : int
    values : mapping, optional
        As in `robust_choice`; the player's levers as they stand here are one of the settings.
    player : id or index, optional
        Whose levers are moved and who chooses; the focal player, or the first, where left out.
    good_enough : float, optional
        How far a row may fall short of the best one of its future; as in `robust_choice`.
    steps : int
        Even steps over each lever's range, ends included, 2 to 50.  Where that makes more than 100
        settings only corners and middle are tried.

    Returns
    -------
    RobustLevers
        Every setting with every option, by each criterion.

    Raises
    ------
    CounterplayError
        If an argument is refused, no lever of the player moves anything, more than 7 do, or a
        payoff is not finite somewhere.
    """
    drawn = futures(scenario, draws, seed, values)
    index = chooser(scenario, player)
    _check_steps(steps)
    enough = enough_of(good_enough, float(game(scenario, values).ranges[index]))
    moving, unmoved = _levers(scenario, index)
    design, settings = _settings(moving, steps, drawn.held)
    found = [
        committed_at(scenario, {**drawn.columns, **setting}, drawn.draws, index)
        for setting in settings
    ]
    worst, best = np.hstack([w.worst for w in found]), np.hstack([w.best for w in found])
    tie = tie_within(min(w.least for w in found), max(w.greatest for w in found))
    judged = criteria(worst, enough, tie), criteria(best, enough, tie)
    who = scenario.players[index]
    result = RobustLevers(
        player=who.id,
        label=who.name,
        design=design,
        levers={p.id: tuple(sorted({s[p.id] for s in settings})) for p in moving},
        unmoved=unmoved,
        rows=_rows(who, settings, found, judged),
        best_in_worst_case=best_by(worst, judged[0], tie),
        best_in_best_case=best_by(best, judged[1], tie),
        good_enough=enough,
        draws=drawn.draws,
        seed=drawn.seed,
        drawn=drawn.parameters,
        held=drawn.held,
        unproved=_unproved(found),
        words="",
    )
    labels = {parameter.id: parameter.label for parameter in scenario.parameters}
    return replace(result, words=levers_words(result, labels))


def _check_steps(steps: object) -> None:
    if isinstance(steps, bool) or not isinstance(steps, int) or not 2 <= steps <= MOST_STEPS:
        raise ValuesError(f"steps: {steps!r}; give a whole number from 2 to {MOST_STEPS}")


def _rows(
    who: Player,
    settings: list[Setting],
    found: list[Committed],
    judged: tuple[tuple[Criteria, ...], tuple[Criteria, ...]],
) -> tuple[LeverRow, ...]:
    rows: list[LeverRow] = []
    for setting, worth in zip(settings, found, strict=True):
        for k, option in enumerate(who.options):
            low, high = (case[len(rows)] for case in judged)
            unproved, ranges = int(worth.unproved[:, k].sum()), int(worth.ranges[:, k].sum())
            rows.append(
                LeverRow(Values(setting), option.id, option.label, low, high, unproved, ranges)
            )
    return tuple(rows)


def _levers(scenario: Scenario, index: int) -> tuple[list[Parameter], tuple[str, ...]]:
    """Return the player's levers that move something, and the ids of those that do not."""
    who = scenario.players[index]
    own = [p for p in scenario.parameters if p.role == "lever" and p.player == who.id]
    used = used_names(scenario)
    moving = [p for p in own if p.id in used and p.high > p.low]
    if not moving:
        others = sorted({p.player for p in scenario.parameters if p.role == "lever"} - {who.id})
        hint = f"; there are levers of {', '.join(others)}" if others else ""
        raise ValuesError(f"player: no lever of {who.id} moves any payoff{hint}")
    if len(moving) > MOST_LEVERS:
        raise ValuesError(
            f"player: {who.id} has {len(moving)} levers, but at most {MOST_LEVERS} are searched; "
            "make some of them constants"
        )
    return moving, tuple(p.id for p in own if p not in moving)


def _settings(
    moving: list[Parameter], steps: int, held: Mapping[str, float]
) -> tuple[str, list[Setting]]:
    """Return the design's name, and its settings with the held one."""
    names = [parameter.id for parameter in moving]
    if steps ** len(moving) <= MOST_ON_A_GRID:
        design = "grid"
        tried = [np.linspace(p.low, p.high, steps).tolist() for p in moving]
        points = list(itertools.product(*tried))
    else:
        design = "corners and middle"
        points = list(itertools.product(*([p.low, p.high] for p in moving)))
        points.append(tuple((p.low + p.high) / 2 for p in moving))
    now = tuple(held[name] for name in names)
    points += [now] if now not in points else []
    return design, [dict(zip(names, map(float, point), strict=True)) for point in points]


def _unproved(found: list[Committed]) -> int:
    loose = np.any([worth.unproved.any(axis=1) for worth in found], axis=0)
    return int(loose.sum())
