"""The principal branch of logit quantal response equilibria as a whole, for plots.

See `quantal` for the definition.  The branch is recorded by arc length: where it folds, precision
goes back and forth along it (Turocy 2005), and a plot shows the fold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from counterplay.concepts.certify import certify
from counterplay.concepts.logit_path import first_crossings, logit_path
from counterplay.concepts.logit_system import EXACT, LogitSystem, PathPoint
from counterplay.concepts.one_equilibrium import limit_equilibrium
from counterplay.concepts.quantal import branch_system, checked_precision
from counterplay.concepts.solution import Equilibrium
from counterplay.errors import GameError, NotAnEquilibriumError
from counterplay.games import Game, checked_game
from counterplay.numeric import FloatArray

_STRIDE = replace(EXACT, near=1e-8)
_SHOWN = 1e6
_ENOUGH = 1e11
_CLOSE = 1e-3


@dataclass(frozen=True, eq=False)
class QuantalBranch:
    """Points of the principal branch in order, from uniform play at precision 0.

    Attributes
    ----------
    precision : ndarray, shape (k,)
        Multiplies the payoffs as given.  Not increasing throughout where the branch folds.
    strategies : tuple of n ndarrays, shape (k, m_i)
        Each player's probabilities.
    payoffs : ndarray, shape (k, n)
        Expected payoffs.
    folds : int
        Number of turning points of the precision.
    limit : Equilibrium or None
        The certified Nash equilibrium that the branch tends to; None where it was not identified.
    """

    precision: FloatArray
    strategies: tuple[FloatArray, ...]
    payoffs: FloatArray
    folds: int
    limit: Equilibrium | None


def quantal_branch(game: Game, largest_precision: float | None = None) -> QuantalBranch:
    """Follow the principal branch of logit quantal response equilibria.

    Parameters
    ----------
    game : Game
    largest_precision : float, optional
        The branch ends where it first reaches this; without it, where precision × payoff range
        reaches 1e6 for every player whose payoffs differ.  The limit is sought beyond.

    Returns
    -------
    QuantalBranch
        Points along the branch from precision 0 on, with precisions in 1 / the unit of the
        payoffs, and the equilibrium that the branch tends to.

    Raises
    ------
    GameError
        If `largest_precision` is not a finite number above 0.

    Examples
    --------
    >>> game = Game.from_payoffs([[[2, 0], [0, 1]], [[1, 0], [0, 2]]])
    >>> branch = quantal_branch(game, 5)
    >>> float(branch.precision[0]), float(branch.precision[-1]), branch.folds
    (0.0, 5.0, 0)
    >>> branch.limit.support
    (('o1', 'o2'), ('o1', 'o2'))
    """
    checked_game(game)
    system, exponent = branch_system(game)
    active = game.ranges[game.ranges > 0]
    flattest = float(active.min() / active.max()) if active.size else 1.0
    if largest_precision is None:
        end = _SHOWN / flattest
    else:
        if checked_precision(largest_precision, "largest_precision") == 0:
            raise GameError("largest_precision: 0.0; give a finite number above 0")
        with np.errstate(over="ignore"):
            end = float(np.ldexp(float(largest_precision), exponent))
    points, limit = _followed(game, system, end, flattest)
    if largest_precision is not None and points[-1].precision > end:
        points[-1:] = [point for point, _ in first_crossings(system, [end], _STRIDE)]
    return _recorded(game, system, exponent, points, limit)


def _followed(
    game: Game, system: LogitSystem, end: float, flattest: float
) -> tuple[list[PathPoint], Equilibrium | None]:
    """Return the points up to the first beyond `end`, and the limit."""
    points: list[PathPoint] = []
    limit: Equilibrium | None = None
    point: PathPoint | None = None
    for point in logit_path(system, _STRIDE):
        if not points or points[-1].precision < end:
            points.append(point)
        if point.precision * flattest >= _SHOWN and limit is None:
            limit = _near_limit(game, system, point)
        if point.precision >= end and (limit or point.precision * flattest >= _ENOUGH):
            break
    if limit is None and point is not None:
        limit = _as_it_is(game, system, point)
    return points, limit


def _near_limit(game: Game, system: LogitSystem, point: PathPoint) -> Equilibrium | None:
    limit = limit_equilibrium(game, system, point)
    if limit is None:
        return None
    gaps = np.abs(np.concatenate(limit.strategies) - system.shares(point))
    return limit if gaps.max() <= _CLOSE else None


def _as_it_is(game: Game, system: LogitSystem, point: PathPoint) -> Equilibrium | None:
    try:
        return certify(game, system.strategies(point))
    except NotAnEquilibriumError:
        return None


def _recorded(
    game: Game,
    system: LogitSystem,
    exponent: int,
    points: list[PathPoint],
    limit: Equilibrium | None,
) -> QuantalBranch:
    profiles = [system.strategies(point) for point in points]
    rising = [bool(point.tangent[-1] > 0) for point in points]
    with np.errstate(over="ignore"):
        precision = np.ldexp([point.precision for point in points], -exponent)
    strategies = tuple(np.stack(vectors) for vectors in zip(*profiles, strict=True))
    payoffs = np.stack([game.payoff(profile) for profile in profiles])
    for array in (precision, *strategies, payoffs):
        array.flags.writeable = False
    folds = int(np.count_nonzero(np.diff(rising)))
    return QuantalBranch(precision, strategies, payoffs, folds, limit)
