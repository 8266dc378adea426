"""Drivers: which uncertain parameters decide what happens, and what each player gets.

Two readings of the same question.  Sobol' indices split the variance of an answer into shares of
parameters (`sobol_indices`), on Saltelli's design put through the inverse distribution functions.
Morris' elementary effects (Morris 1991; Campolongo, Cariboni and Saltelli 2007) step one parameter
at a time along random paths and are a coarse second opinion: a parameter that never moved an
answer there is worth no slider.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from counterplay.errors import MissingExtraError, ValuesError
from counterplay.explain.narrate import in_words
from counterplay.numeric import ROUNDING_TIE, FloatArray
from counterplay.scenario import Parameter, Player, Regime, Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.values import nearest
from counterplay.sensitivity.draws import (
    checked_draws,
    checked_seed,
    drawn_parameters,
    settled_values,
)
from counterplay.sensitivity.drivers.futures import at_quantiles, held_values
from counterplay.sensitivity.drivers.responses import Responses, responses_at
from counterplay.sensitivity.drivers.results import Driver, Drivers, Status, Target, target_words
from counterplay.sensitivity.drivers.screening import morris_points, screen
from counterplay.sensitivity.drivers.sobol_indices import Design, saltelli_points, sobol_indices
from counterplay.sensitivity.usage import used_names

FEWEST_OCCURRENCES = 10
"""Draws that must have an answer, and as many that must not, before its variance is split."""

_FEWEST_DRAWS = 4
_MOST_DRAWS = 1 << 16
_FEWEST_PATHS = 4
_DRAWS_A_PATH = 8


def drivers(
    scenario: Scenario,
    draws: int,
    seed: int,
    values: Mapping[str, float] | None = None,
    *,
    target: str | None = None,
) -> Drivers:
    """Find which uncertain parameters decide the regimes and payoffs.

    Parameters
    ----------
    draws : int
        Points in each of the two samples of the design, 4 or more; raised to the next power of
        two, which Sobol' sequences need.  (Moving parameters + 2) times as many settings are
        worked out.
    seed : int
    values : mapping, optional
        Levers and constants are held at these values; uncertain parameters are drawn all the same.
    target : id of a regime or a player, optional
        Only this answer; all where left out.

    Returns
    -------
    Drivers
        Every interval stands alone: of many parameters without any effect a few may pass it.

    Raises
    ------
    MissingExtraError
        Without SALib.
    ValuesError
        If an argument is refused, or a payoff is not finite at some draw.
    """
    full = settled_values(loaded(scenario), values)
    asked = checked_draws(draws, _FEWEST_DRAWS, _MOST_DRAWS)
    start = checked_seed(seed)
    wanted = _wanted(scenario, target)
    _require_salib()
    used, drawn = used_names(scenario), drawn_parameters(scenario)
    moving = tuple(p for p in drawn if p.id in used)
    answered = _answered(scenario, full, moving, 1 << (asked - 1).bit_length(), start)
    targets = tuple(_target(scenario, one, moving, answered, start) for one in wanted)
    unused = tuple(p.id for p in scenario.parameters if _is_unused(p, used))
    return Drivers(
        targets=targets,
        draws=answered.draws,
        seed=start,
        evaluations=len(answered.crossed.payoffs),
        trajectories=answered.paths,
        held=held_values(scenario, full),
        unused=unused,
        fixed=tuple(p.id for p in scenario.parameters if _is_fixed(p, used, drawn)),
        mixed=answered.crossed.mixed,
        unproved=answered.crossed.unproved,
        words=_words(scenario, targets, unused, answered),
    )


_Wanted = tuple[Literal["regime", "payoff"], int]
"""A regime or a player, by number."""


@dataclass(frozen=True, eq=False)
class _Answered:
    """Answers on both designs."""

    draws: int
    crossed: Responses
    paths: int
    steps: FloatArray
    walked: Responses


def _wanted(scenario: Scenario, target: str | None) -> list[_Wanted]:
    regimes: list[_Wanted] = [("regime", k) for k in range(len(scenario.regimes))]
    players: list[_Wanted] = [("payoff", k) for k in range(len(scenario.players))]
    everything = [*regimes, *players]
    if target is None:
        return everything
    named = [one for one in everything if _entry(scenario, one).id == target]
    if not named:
        known = [_entry(scenario, one).id for one in everything]
        hint = nearest(str(target), known) or f"; there are {', '.join(known)}"
        raise ValuesError(f"target: no regime or player {target!r}{hint}")
    return named


def _entry(scenario: Scenario, one: _Wanted) -> Regime | Player:
    kind, number = one
    return scenario.regimes[number] if kind == "regime" else scenario.players[number]


def _require_salib() -> None:
    try:
        import SALib  # noqa: F401 - only to see whether it is there
    except ImportError as error:
        raise MissingExtraError("finding drivers", "drivers") from error


def _is_unused(parameter: Parameter, used: frozenset[str]) -> bool:
    return parameter.role == "uncertain" and parameter.id not in used


def _is_fixed(parameter: Parameter, used: frozenset[str], drawn: tuple[Parameter, ...]) -> bool:
    return parameter.role == "uncertain" and parameter.id in used and parameter not in drawn


def _answered(
    scenario: Scenario,
    values: Mapping[str, float],
    moving: tuple[Parameter, ...],
    draws: int,
    seed: int,
) -> _Answered:
    paths = max(_FEWEST_PATHS, draws // _DRAWS_A_PATH)
    if not moving:
        still = responses_at(scenario, values, 2)
        return _Answered(draws, still, paths, np.zeros((0, 0)), still)
    points = saltelli_points(len(moving), draws, seed)
    steps = morris_points(len(moving), paths, seed)
    crossed, walked = (
        responses_at(scenario, {**values, **at_quantiles(moving, unit)}, len(unit))
        for unit in (points, steps)
    )
    return _Answered(draws, crossed, paths, steps, walked)


def _column(responses: Responses, one: _Wanted) -> FloatArray:
    kind, number = one
    table = responses.regimes if kind == "regime" else responses.payoffs
    return table[:, number].astype(np.float64)


def _target(
    scenario: Scenario,
    one: _Wanted,
    moving: tuple[Parameter, ...],
    answered: _Answered,
    seed: int,
) -> Target:
    design = Design.of(_column(answered.crossed, one), len(moving))
    largest = 1.0 if one[0] == "regime" else float(answered.crossed.largest[one[1]])
    status = _status(design, one, largest)
    found: tuple[Driver, ...] = ()
    if status == "varies":
        first, total = sobol_indices(design, seed)
        screened = screen(answered.steps, _column(answered.walked, one), seed)
        each = [
            Driver(p.id, p.label, alone, whole, steps)
            for p, alone, whole, steps in zip(moving, first, total, screened, strict=True)
        ]
        found = tuple(sorted(each, key=lambda driver: -driver.total.estimate))
    entry = _entry(scenario, one)
    label = entry.label if isinstance(entry, Regime) else entry.name
    mean, spread = float(design.base.mean()), float(design.base.std())
    told = Target(one[0], entry.id, label, status, mean, spread, found, "")
    return replace(told, words=target_words(told))


def _status(design: Design, one: _Wanted, largest: float) -> Status:
    answers = np.concatenate([design.base, design.crossed.ravel()])
    if np.ptp(answers) <= ROUNDING_TIE * largest:
        return "nothing varies"
    if one[0] == "regime":
        occurs = int(design.base.sum())
        rare = min(occurs, len(design.base) - occurs) < FEWEST_OCCURRENCES
        return "too rare" if rare else "varies"
    return "varies" if design.base.std() > 0 else "too rare"


def _words(
    scenario: Scenario, targets: tuple[Target, ...], unused: tuple[str, ...], answered: _Answered
) -> str:
    told = [target.words for target in targets]
    if not answered.steps.size:
        told.append("No parameter that a payoff uses is drawn over a range, so nothing varies.")
    if unused:
        labels = [f"“{p.label}”" for p in scenario.parameters if p.id in unused]
        told.append(f"No payoff uses {in_words(labels)}.")
    if answered.crossed.unproved:
        told.append(
            f"In {answered.crossed.unproved} settings more stable outcomes may exist than were "
            "found; payoffs there are means over those found."
        )
    told.append(
        f"From {len(answered.crossed.payoffs):,} settings drawn over the stated ranges; shares "
        "describe these ranges and are no probabilities of events."
    )
    return "\n".join(told)
