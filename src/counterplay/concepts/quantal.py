"""Logit quantal response equilibria: people choose better options more often, not always.

In a logit quantal response equilibrium of precision λ (McKelvey and Palfrey, "Quantal Response
Equilibria for Normal Form Games", Games and Economic Behavior 10, 1995) every player i plays each
option k with probability exp(λ u_ik) / Σ_l exp(λ u_il), where u_ik is what the option pays against
the others' probabilities.  At precision 0 play is uniform; as precision grows the principal
branch, which starts there, tends to a Nash equilibrium for almost all games.

Precision multiplies payoffs as given: with payoffs in units c times smaller it must be c times
smaller.  Where the principal branch folds it passes some precisions more than once; the response
of a precision is then the point at which the branch reaches it first.

Examples
--------
>>> pennies = Game.from_payoffs([[[9, 0], [0, 1]], [[0, 1], [1, 0]]])
>>> response = quantal(pennies, 1.0)
>>> [x.round(4).tolist() for x in response.strategies]
[[0.8936, 0.1064], [0.3128, 0.6872]]
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from counterplay.concepts.logit_path import first_crossings
from counterplay.concepts.logit_system import EXACT, FINE, LogitSystem, PathPoint
from counterplay.errors import GameError
from counterplay.games import Game, Strategies, checked_game
from counterplay.numeric import FloatArray

_SETTLED = 1e12
"""Precision × payoff range from which on a player's options are best replies to the last digit."""


@dataclass(frozen=True, eq=False)
class QuantalResponse:
    """The logit quantal response equilibrium of one precision, on the principal branch.

    Attributes
    ----------
    precision : float
        As asked for; it multiplies the payoffs as given.
    strategies : tuple of n ndarrays
        Each player's probabilities; positive, except where they are too small for a float.
    payoffs : ndarray, shape (n,)
        Expected payoffs.
    residual : float
        Largest difference between a probability and the logit response to the strategies,
        recomputed from the game's payoffs.  Rounding alone makes it about precision × payoff
        range × 1e-16.
    regret : float
        The largest gain from deviating, in the payoffs' own units.
    folds : int
        Turning points of the branch on the way to this, the first point at this precision.
    """

    precision: float
    strategies: Strategies
    payoffs: FloatArray
    residual: float
    regret: float
    folds: int


@overload
def quantal(game: Game, precision: float) -> QuantalResponse: ...


@overload
def quantal(
    game: Game, precision: Sequence[float] | FloatArray
) -> tuple[QuantalResponse, ...]: ...


def quantal(
    game: Game, precision: float | Sequence[float] | FloatArray
) -> QuantalResponse | tuple[QuantalResponse, ...]:
    """Return the logit quantal response equilibrium on the principal branch.

    Parameters
    ----------
    game : Game
    precision : float, or sequence of floats
        0 or more; multiplies payoffs as given.  The branch is followed once for all.

    Returns
    -------
    QuantalResponse, or tuple of them
        In the order of the precisions.  Where the branch folds, the first point that has the
        precision.  Past precision × payoff range = 1e12, or earlier where rounding ends the
        branch, the last point reached, which is the limit to about the digits a float holds.

    Raises
    ------
    GameError
        If a precision is negative or not finite, or if the branch cannot be followed to it.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> [round(float(r.strategies[0][1]), 4) for r in quantal(game, [0, 1, 10])]
    [0.5, 0.7732, 1.0]
    """
    checked_game(game)
    if isinstance(precision, str | bytes) or not isinstance(precision, Iterable):
        return _responses(game, [checked_precision(precision)])[0]
    if isinstance(precision, np.ndarray) and precision.ndim == 0:
        return _responses(game, [checked_precision(precision[()])])[0]
    return _responses(game, [checked_precision(number) for number in precision])


def checked_precision(given: object, name: str = "precision") -> float:
    """Return a precision as a float.

    Raises
    ------
    GameError
        Unless it is a finite number of 0 or more.
    """
    try:
        number = float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not 0 <= number < math.inf:
        raise GameError(f"{name}: {given!r}; give a finite number of 0 or more")
    return number + 0.0


def branch_system(game: Game) -> tuple[LogitSystem, int]:
    """Return the branch's equations with payoffs in a unit of 2**exponent, and the exponent.

    A power of two costs no digits; the precision in that unit is ldexp(precision, exponent).
    """
    exponent = math.frexp(float(game.ranges.max()))[1]
    flat = game.payoffs.reshape(len(game.players), -1)
    least = flat.min(axis=1).reshape(-1, *[1] * len(game.shape))
    return LogitSystem(np.ldexp(game.payoffs - least, -exponent)), exponent


def _responses(game: Game, precisions: Sequence[float]) -> tuple[QuantalResponse, ...]:
    """Return the response of each precision, those in reach along one branch."""
    system, exponent = branch_system(game)
    steepest = float(game.ranges.max())
    near = sorted({number for number in precisions if number * steepest <= _SETTLED})
    scaled = [math.ldexp(number, exponent) if steepest > 0 else 0.0 for number in near]
    points = _reached(system, scaled)
    found = {
        number: _certified(game, number, system, *point)
        for number, point in zip(near, points, strict=True)
    }
    for number in set(precisions) - set(near):
        found[number] = _settled(game, number)
    return tuple(found[number] for number in precisions)


def _settled(game: Game, precision: float) -> QuantalResponse:
    """Return the response where precision × payoff range passes 1e12 for some player.

    Such a player's precision is cut there, which changes nothing but digits beyond the last.
    """
    with np.errstate(over="ignore"):
        steepness = np.minimum(precision * game.ranges, _SETTLED)
    column = (-1, *[1] * len(game.shape))
    system = LogitSystem(game.scaled * (steepness / steepness.max()).reshape(column))
    (point,) = _reached(system, [float(steepness.max())])
    return _certified(game, precision, system, *point)


def _reached(system: LogitSystem, precisions: Sequence[float]) -> list[tuple[PathPoint, int]]:
    points = first_crossings(system, precisions, EXACT)
    if len(points) < len(precisions):
        points = first_crossings(system, precisions, FINE)
    if len(points) < len(precisions):
        raise GameError(
            f"precision: the branch of logit equilibria could be followed to {len(points)} of "
            f"the {len(precisions)} precisions only; try smaller ones"
        )
    return points


def _certified(
    game: Game, precision: float, system: LogitSystem, point: PathPoint, folds: int
) -> QuantalResponse:
    strategies = system.strategies(point)
    payoffs = game.payoff(strategies)
    for vector in (*strategies, payoffs):
        vector.flags.writeable = False
    return QuantalResponse(
        precision,
        strategies,
        payoffs,
        residual=_residual(game, precision, strategies),
        regret=float(game.regret(strategies).max()),
        folds=folds,
    )


def _residual(game: Game, precision: float, strategies: Strategies) -> float:
    """Return the largest difference between a probability and the logit response."""
    largest = 0.0
    for replies, vector in zip(game.reply_payoffs(strategies), strategies, strict=True):
        with np.errstate(over="ignore", under="ignore"):
            weights = np.exp(precision * (replies - replies.max()))
        largest = max(largest, float(np.abs(weights / weights.sum() - vector).max()))
    return largest
