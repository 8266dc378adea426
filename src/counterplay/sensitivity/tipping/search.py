"""Where the outcome set changes along each of several parameters, each moved alone.

First every change among pure equilibria: between two neighbouring turns of preference (`turning`)
no payoff difference changes sign, so the pure equilibria are the same all along, and one setting
tells them.  Then all equilibria are solved on a grid and just beside every change of the pure
ones; where two neighbours differ with no such change between them, a mixed equilibrium is born,
dies or changes its support, and the place is closed in on (`closing_in`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter
from counterplay.sensitivity.many import pure_at
from counterplay.sensitivity.tipping.closing_in import WIDTH, brackets_of, closed_in
from counterplay.sensitivity.tipping.finite_range import (
    refuse_unless_bounded,
    refuse_unless_finite,
)
from counterplay.sensitivity.tipping.one_parameter import Lines
from counterplay.sensitivity.tipping.outcome_changes import (
    Change,
    Solver,
    Stop,
    moved_columns,
)
from counterplay.sensitivity.tipping.real_roots import Enclosure
from counterplay.sensitivity.tipping.sign_changes import Stretch, joined
from counterplay.sensitivity.tipping.turning import Turn, merged, spaces, turns_of

GRID_STEPS = 64
BESIDE = 1e-7
"""How far beside a change all equilibria are solved, as a share of the range."""

_OFFSET = 0.381966
"""Grid points lie this share of a step after the even ones: ties are common at round values."""

_TRANSIENT = 1e-5


@dataclass(frozen=True)
class Found:
    """What the search found along all parameters.

    Attributes
    ----------
    changes : dict from str to tuple of Change
        By parameter, in order of value.
    doubtful : dict from str to tuple of (float, float)
        By parameter, stretches in which the pure equilibria may change and change back.
    solves, unproved : int
        Settings at which all equilibria were solved, and those where that is not proved.
    """

    changes: dict[str, tuple[Change, ...]]
    doubtful: dict[str, tuple[Stretch, ...]]
    solves: int
    unproved: int


def search(lines: Lines, moving: Sequence[Parameter]) -> Found:
    """Find the changes of the outcome set along each parameter.

    Raises
    ------
    ValuesError
        If a payoff is not finite at some value of a parameter.
    """
    turns, doubtful = _pure_changes(lines, moving)
    solver = Solver(lines.scenario, lines.held)
    stretches = _stretches(solver, moving, turns)
    found: dict[str, list[Change]] = {parameter.id: [] for parameter in moving}
    brackets = []
    for parameter, own in zip(moving, turns, strict=True):
        runs = stretches[parameter.id]
        for turn, (before, after) in zip(own, pairwise(runs), strict=True):
            found[parameter.id].append(Change(before[-1], after[0], turn))
        for run in runs:
            brackets += brackets_of(parameter, run)
    for bracket in closed_in(solver, brackets):
        found[bracket.parameter.id].append(bracket.change)
    spans = {parameter.id: parameter.high - parameter.low for parameter in moving}
    changes = {name: _told_once(listed, spans[name]) for name, listed in found.items()}
    return Found(changes, doubtful, solver.solves, solver.unproved)


def _pure_changes(
    lines: Lines, moving: Sequence[Parameter]
) -> tuple[list[list[Turn]], dict[str, tuple[Stretch, ...]]]:
    """Return the turns at which the pure equilibria change, and where others may be hidden."""
    candidates, doubtful = [], {}
    for parameter in moving:
        ends = np.union1d(_grid(parameter), [parameter.low, parameter.high])
        refuse_unless_finite(lines.scenario, lines.held, parameter, ends)
        refuse_unless_bounded(lines.scenario, lines.held, [parameter])
        found = [turns_of(lines, parameter, player) for player in range(len(lines.shape))]
        candidates.append(merged([turn for turns in found for turn in turns.listed], parameter))
        if hidden := joined([stretch for turns in found for stretch in turns.doubtful]):
            doubtful[parameter.id] = tuple(hidden)
    settings = [
        (parameter, (low + high) / 2)
        for parameter, turns in zip(moving, candidates, strict=True)
        for low, high in spaces(turns, parameter)
    ]
    sets = iter(_pure_sets(lines, settings))
    changed = []
    for turns in candidates:
        own = [next(sets) for _ in range(len(turns) + 1)]
        changed.append([turn for turn, a, b in zip(turns, own, own[1:], strict=False) if a != b])
    return changed, doubtful


def _pure_sets(lines: Lines, settings: Sequence[tuple[Parameter, float]]) -> list[int]:
    if not settings:
        return []
    columns = moved_columns(lines.held, settings)
    index, _ = pure_at(lines.scenario, columns, len(settings))
    return [int(number) for number in index]


def _grid(parameter: Parameter) -> FloatArray:
    span = parameter.high - parameter.low
    grid: FloatArray = parameter.low + span * (np.arange(GRID_STEPS) + _OFFSET) / GRID_STEPS
    return grid


def _stretches(
    solver: Solver, moving: Sequence[Parameter], turns: list[list[Turn]]
) -> dict[str, list[list[Stop]]]:
    """Solve on the grid, stretch by stretch between changes of the pure equilibria.

    Settings where it is not proved that all equilibria were found are left out, unless a stretch
    has no others.
    """
    plans = [
        [(parameter, _points(parameter, run)) for run in _runs(parameter, own)]
        for parameter, own in zip(moving, turns, strict=True)
    ]
    settings = [
        (parameter, value) for plan in plans for parameter, points in plan for value in points
    ]
    stops = iter(solver.stops(settings))
    stretches = {}
    for parameter, plan in zip(moving, plans, strict=True):
        runs = [[next(stops) for _ in points] for _, points in plan]
        stretches[parameter.id] = [
            [stop for stop in run if stop.outcome.complete] or run for run in runs
        ]
    return stretches


def _runs(parameter: Parameter, turns: list[Turn]) -> list[tuple[float, float]]:
    """Return stretches between changes, a little in from their ends."""
    margin = BESIDE * (parameter.high - parameter.low)
    runs = []
    for low, high in spaces(turns, parameter):
        inset = min(margin, (high - low) / 4)
        runs.append((low + inset, high - inset))
    return runs


def _points(parameter: Parameter, run: tuple[float, float]) -> list[float]:
    low, high = run
    grid = [value for value in _grid(parameter).tolist() if low < value < high]
    return sorted({low, high, (low + high) / 2, *grid})


def _told_once(changes: list[Change], span: float) -> tuple[Change, ...]:
    """Order changes; those that hang together by a passing degenerate state become one.

    Close to where two equilibria meet, the solver can only say that some lie within a region, and
    payoffs that are not exact tie within rounding.  Such a state is an artefact of the numbers,
    not an outcome set of its own.
    """
    told: list[Change] = []
    for change in sorted(changes, key=lambda change: change.before.value):
        if told and _is_passing(told[-1], change, span):
            turn = _joined(told[-1].turn, change.turn)
            told[-1] = Change(told[-1].before, change.after, turn)
        else:
            told.append(change)
    return tuple(change for change in told if change.before.outcome != change.after.outcome)


def _is_passing(first: Change, second: Change, span: float) -> bool:
    if all(change.turn is not None and change.turn.exact for change in (first, second)):
        return False
    length = second.before.value - first.after.value
    if length <= 4 * WIDTH * span and (first.turn is None or second.turn is None):
        return True
    between = first.after.outcome
    degenerate = between.sets > 0 or not between.complete
    ordinary = first.before.outcome.sets == 0 and second.after.outcome.sets == 0
    return degenerate and ordinary and length <= _TRANSIENT * span


def _joined(first: Turn | None, second: Turn | None) -> Turn | None:
    if first is None or second is None:
        return first or second
    return Turn(Enclosure(first.place.low, second.place.high), exact=False)
