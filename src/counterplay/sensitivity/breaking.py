"""How far each assumption can move alone before a pure equilibrium stops being one.

For every parameter the least margin of the equilibrium (the smallest loss by any deviation of any
player) is computed on an even grid over the parameter's range; the first sign change on either
side of the current value is then closed in by the chord and by halves.  All
parameters are evaluated in one batch.  A break that comes and goes between two neighbouring grid
points would be missed; results therefore say ``"bracketed"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from counterplay.games import Game, Profile
from counterplay.numeric import FloatArray
from counterplay.payoffs.build import payoff_batch
from counterplay.scenario import Parameter, Scenario

GRID_STEPS = 32
_ROUNDS = 40
_PRECISION = 1e-10


@dataclass(frozen=True)
class BreakPoint:
    """A value of one parameter beyond which an equilibrium no longer holds.

    Attributes
    ----------
    parameter : str
    value : float
        Where it breaks.
    side : str
        ``"above"`` or ``"below"``: it no longer holds for values above, or below.
    distance : float
        From the current value, as a share of the parameter's range.
    player, option : str
        Who would then gain by deviating, and to which option.
    certainty : str
        ``"bracketed"``: found on a grid of 32 steps, then closed in to 1e-10 of the range.
    """

    parameter: str
    value: float
    side: Literal["above", "below"]
    distance: float
    player: str
    option: str
    certainty: Literal["bracketed"] = "bracketed"


@dataclass
class _Bracket:
    """A parameter between a value where the equilibrium holds and one where it does not."""

    parameter: Parameter
    holds: float
    breaks: float
    margin_holds: float
    margin_breaks: float


def break_points(
    scenario: Scenario, game: Game, values: Mapping[str, float], profile: Profile
) -> tuple[BreakPoint, ...]:
    """Return where each parameter, moved alone, breaks a pure equilibrium; nearest first.

    Parameters
    ----------
    values : mapping
        Every parameter and constant, at which `profile` is an equilibrium of `game`.

    Returns
    -------
    tuple of BreakPoint
        At most one below and one above for each parameter; none where the equilibrium holds on
        the whole range.
    """
    moving = [p for p in scenario.parameters if p.high > p.low]
    brackets = _brackets(scenario, values, profile, moving)
    _close_in(scenario, values, profile, brackets)
    found = _break_points_of(scenario, game, values, profile, brackets)
    return tuple(sorted(found, key=lambda b: (b.distance, b.parameter, b.side)))


def _brackets(
    scenario: Scenario, values: Mapping[str, float], profile: Profile, moving: list[Parameter]
) -> list[_Bracket]:
    grids = [_grid(parameter, values[parameter.id]) for parameter in moving]
    margins = _least_margins(scenario, values, profile, list(zip(moving, grids, strict=True)))
    brackets = []
    at = 0
    for parameter, grid in zip(moving, grids, strict=True):
        line = margins[at : at + len(grid)]
        at += len(grid)
        here = int(np.searchsorted(grid, values[parameter.id]))
        for step in (-1, 1):
            k = here
            while 0 <= k + step < len(grid):
                if not line[k + step] >= 0:
                    pair = (
                        float(grid[k]),
                        float(grid[k + step]),
                        float(line[k]),
                        float(line[k + step]),
                    )
                    brackets.append(_Bracket(parameter, *pair))
                    break
                k += step
    return brackets


def _grid(parameter: Parameter, value: float) -> FloatArray:
    return np.union1d(np.linspace(parameter.low, parameter.high, GRID_STEPS + 1), [value])


def _least_margins(
    scenario: Scenario,
    values: Mapping[str, float],
    profile: Profile,
    moves: list[tuple[Parameter, FloatArray]],
) -> FloatArray:
    """Return the least margin at each moved value, in order; NaN where payoffs are not finite."""
    total = sum(len(grid) for _, grid in moves)
    if total == 0:
        return np.zeros(0)
    payoffs = payoff_batch(scenario, _moved(values, moves))
    gaps = [_gaps(payoffs, profile, player) for player in range(len(profile))]
    least = np.min(np.concatenate(gaps), axis=0, initial=np.inf)
    finite = np.isfinite(payoffs.reshape(-1, total)).all(axis=0)
    return np.where(finite, least, np.nan)


def _moved(
    values: Mapping[str, float], moves: list[tuple[Parameter, FloatArray]]
) -> dict[str, FloatArray | float]:
    """Return a batch in which one parameter at a time takes its values, all others as they are."""
    total = sum(len(grid) for _, grid in moves)
    columns = {p.id: np.full(total, values[p.id]) for p, _ in moves}
    at = 0
    for parameter, grid in moves:
        columns[parameter.id][at : at + len(grid)] = grid
        at += len(grid)
    return {**values, **columns}


def _gaps(payoffs: FloatArray, profile: Profile, player: int) -> FloatArray:
    """Return what the player loses by each other option, shape (m_i - 1, batch)."""
    line = tuple(slice(None) if i == player else k for i, k in enumerate(profile))
    options = payoffs[player][line]
    with np.errstate(invalid="ignore"):
        gaps: FloatArray = np.delete(options[profile[player]] - options, profile[player], axis=0)
    return gaps


def _close_in(
    scenario: Scenario, values: Mapping[str, float], profile: Profile, brackets: list[_Bracket]
) -> None:
    """Shrink every bracket to 1e-10 of its range, all in one batch a round.

    Each round looks just before and just after where the chord crosses zero, so a margin that is
    linear in the parameter, as most are, is closed in at once.
    """
    for _ in range(_ROUNDS):
        pending = [bracket for bracket in brackets if not _is_closed(bracket)]
        if not pending:
            return
        moves = [(bracket.parameter, _guesses(bracket)) for bracket in pending]
        margins = _least_margins(scenario, values, profile, moves).reshape(len(pending), -1)
        for bracket, (_, guesses), found in zip(pending, moves, margins, strict=True):
            for guess, margin in zip(guesses, found, strict=True):
                _replace(bracket, float(guess), float(margin))


def _is_closed(bracket: _Bracket) -> bool:
    span = bracket.parameter.high - bracket.parameter.low
    return abs(bracket.breaks - bracket.holds) <= _PRECISION * span


def _guesses(bracket: _Bracket) -> FloatArray:
    """Return two points close around the chord's root, and the middle."""
    width = bracket.breaks - bracket.holds
    fall = bracket.margin_holds - bracket.margin_breaks
    share = bracket.margin_holds / fall if np.isfinite(fall) and fall > 0 else 0.5
    half = 0.45 * _PRECISION * (bracket.parameter.high - bracket.parameter.low) / abs(width)
    ends = np.clip([share - half, share + half, 0.5], 0.01 * half, 1 - 0.01 * half)
    guesses: FloatArray = bracket.holds + width * ends
    return guesses


def _replace(bracket: _Bracket, value: float, margin: float) -> None:
    """Let a point inside the bracket become one of its ends."""
    forward = 1.0 if bracket.breaks > bracket.holds else -1.0
    if not bracket.holds * forward < value * forward < bracket.breaks * forward:
        return
    if margin >= 0:
        bracket.holds, bracket.margin_holds = value, margin
    else:
        bracket.breaks, bracket.margin_breaks = value, margin


def _break_points_of(
    scenario: Scenario,
    game: Game,
    values: Mapping[str, float],
    profile: Profile,
    brackets: list[_Bracket],
) -> list[BreakPoint]:
    if not brackets:
        return []
    moves = [(bracket.parameter, np.array([bracket.breaks])) for bracket in brackets]
    payoffs = payoff_batch(scenario, _moved(values, moves))
    found = []
    for k, bracket in enumerate(brackets):
        player, option = _first_to_leave(payoffs[..., k], profile)
        parameter = bracket.parameter
        now = values[parameter.id]
        found.append(
            BreakPoint(
                parameter=parameter.id,
                value=(bracket.holds + bracket.breaks) / 2,
                side="above" if bracket.breaks > bracket.holds else "below",
                distance=abs(bracket.holds - now) / (parameter.high - parameter.low),
                player=game.players[player],
                option=game.options[player][option],
            )
        )
    return found


def _first_to_leave(payoffs: FloatArray, profile: Profile) -> tuple[int, int]:
    """Return the player and option of the deviation that gains most."""
    best = (-np.inf, 0, 0)
    for player, own in enumerate(profile):
        line = tuple(slice(None) if i == player else k for i, k in enumerate(profile))
        with np.errstate(invalid="ignore"):
            gains = payoffs[player][line] - payoffs[player][line][own]
        gains[own] = -np.inf
        best = max(
            best, (float(gains.max()), player, int(gains.argmax())), key=lambda item: item[0]
        )
    return best[1], best[2]
