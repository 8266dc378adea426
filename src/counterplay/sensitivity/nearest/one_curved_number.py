"""Where a profile is stable as one number moves by which losses are no polynomials.

All places where some player's preference may turn are enclosed as for tipping points (`turning`);
between two of them stability does not change, and one game decides it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from counterplay.concepts.pure import pure_profiles
from counterplay.games import Profile
from counterplay.numeric import exact_decimal
from counterplay.payoffs import game
from counterplay.scenario import Parameter
from counterplay.sensitivity.nearest.question import Question
from counterplay.sensitivity.nearest.stretches import Stretch
from counterplay.sensitivity.tipping.beliefs import Belief
from counterplay.sensitivity.tipping.finite_range import (
    refuse_unless_bounded,
    refuse_unless_finite,
)
from counterplay.sensitivity.tipping.one_parameter import Lines
from counterplay.sensitivity.tipping.turning import Turn, Turns, merged, turns_of

_GRID = 65
_NEARLY = 1e-6


def only_moving(question: Question) -> str | None:
    """Return the moving number that alone moves preferences between own options, if one does."""
    lines = Lines(question.scenario, question.moving.values)
    players = range(len(question.profile))
    used = [n for n in question.moving.ids if any(lines.uses(player, n) for player in players)]
    return used[0] if len(used) == 1 else None


def stable_stretches(question: Question, name: str) -> list[Stretch]:
    """Return where the profile is stable along one number, and where it may be.

    Raises
    ------
    ValuesError
        If payoffs are not finite somewhere between the ends of what may move; it names where.
    """
    parameter = _parameter(question, name)
    held = question.moving.values
    grid = np.linspace(parameter.low, parameter.high, _GRID)
    refuse_unless_finite(question.scenario, held, parameter, grid)
    refuse_unless_bounded(question.scenario, held, [parameter])
    lines = Lines(question.scenario, held)
    each = [
        turns_of(lines, parameter, player, _belief(lines.shape, question.profile, player))
        for player in range(len(question.profile))
    ]
    return sorted(_stretches(question, parameter, each))


def _parameter(question: Question, name: str) -> Parameter:
    """Return the number as a parameter with the range in which it may move."""
    moving = question.moving
    place = moving.ids.index(name)
    low, high = float(moving.low[place]), float(moving.high[place])
    return Parameter(id=name, label=name, default=moving.values[name], low=low, high=high)


def _belief(shape: tuple[int, ...], profile: Profile, player: int) -> Belief:
    """Return the belief that the others do their part of a profile."""
    belief = np.full(tuple(1 if k == player else n for k, n in enumerate(shape)), Fraction(0))
    belief[tuple(0 if k == player else own for k, own in enumerate(profile))] = Fraction(1)
    return belief


def _stretches(question: Question, parameter: Parameter, each: list[Turns]) -> Iterator[Stretch]:
    low, high = exact_decimal(parameter.low), exact_decimal(parameter.high)
    turns = merged([turn for found in each for turn in found.listed], parameter)
    for end in (low, high):
        if _is_stable(question, parameter, float(end)):
            yield Stretch(end, end, sure=True)
    for turn in turns:
        yield from _at_turn(question, parameter, turn)
    lows = [low, *(turn.place.high for turn in turns)]
    highs = [*(turn.place.low for turn in turns), high]
    for before, after in zip(lows, highs, strict=True):
        if _is_stable(question, parameter, float((before + after) / 2)):
            yield Stretch(before, after, sure=True)
    for found in each:
        for start, stop in found.doubtful:
            yield Stretch(exact_decimal(start), exact_decimal(stop), sure=False)


def _at_turn(question: Question, parameter: Parameter, turn: Turn) -> Iterator[Stretch]:
    """Yield the turn itself, where the profile may be stable at that value alone."""
    if _is_stable(question, parameter, turn.value):
        value = exact_decimal(turn.value)
        yield Stretch(value, value, sure=True)
    if turn.place.low < turn.place.high and _is_nearly_stable(question, parameter, turn.value):
        yield Stretch(turn.place.low, turn.place.high, sure=False)


def _is_stable(question: Question, parameter: Parameter, value: float) -> bool:
    one = game(question.scenario, {**question.moving.values, parameter.id: value})
    return question.profile in pure_profiles(one)


def _is_nearly_stable(question: Question, parameter: Parameter, value: float) -> bool:
    """Say whether no deviation gains more than what payoffs may differ by within an enclosure."""
    one = game(question.scenario, {**question.moving.values, parameter.id: value})
    for player, own in enumerate(question.profile):
        line = tuple(slice(None) if i == player else k for i, k in enumerate(question.profile))
        row = one.payoffs[player][line]
        if float(row.max() - row[own]) > _NEARLY * max(float(np.abs(row).max()), 1.0):
            return False
    return True
