"""The precision that makes observed choices likeliest.

Given how often each option was chosen, the log-likelihood of a precision is the sum of count ×
log-probability in its logit quantal response equilibrium.  It is maximised along the principal
branch, as McKelvey and Palfrey (Games and Economic Behavior 10, 1995, section 5) do for
experiments.  Its derivative along the branch is the sum of count × slope of log-probability, so
that every local maximum between two points of the branch shows as a change of sign, and is closed
in on; the best of them, and of the two ends, is returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from counterplay.concepts.logit_path import first_crossings, logit_path, midpoint
from counterplay.concepts.logit_system import EXACT, LogitSystem, PathPoint
from counterplay.concepts.quantal import branch_system, checked_precision
from counterplay.errors import GameError
from counterplay.games import Game, Strategies, checked_game
from counterplay.numeric import FloatArray

Maximum = Literal["interior", "zero", "unbounded"]

_LARGEST = 1e6
_TIE = 1e-11
_BISECTIONS = 60
_SPLITS = 1


@dataclass(frozen=True, eq=False)
class PrecisionFit:
    """The precision of maximum likelihood, and what it explains.

    Attributes
    ----------
    precision : float
        Multiplies the payoffs as given.
    maximum : str
        ``"interior"``; ``"zero"``: no precision does better than uniform play; ``"unbounded"``:
        the likelihood is still highest at the largest precision looked at, which is returned.
    strategies : tuple of n ndarrays
        Probabilities at the optimum.  Where the branch folds this may be another point than the
        one at which the branch first reaches the precision.
    log_likelihood : float
    uniform_log_likelihood : float
        At precision 0: every option equally likely.
    saturated_log_likelihood : float
        At the observed frequencies themselves: no model does better.
    """

    precision: float
    maximum: Maximum
    strategies: Strategies
    log_likelihood: float
    uniform_log_likelihood: float
    saturated_log_likelihood: float


def fit_precision(
    game: Game, frequencies: Sequence[object], largest_precision: float | None = None
) -> PrecisionFit:
    """Fit the precision of logit quantal response equilibrium to observed choices.

    Parameters
    ----------
    game : Game
    frequencies : n vectors of counts
        How often each player's options were chosen; 0 or more, not all 0.  A player who was not
        observed has zeros only.
    largest_precision : float, optional
        Where the search ends; without it, at precision × largest payoff range = 1e6.

    Returns
    -------
    PrecisionFit
        The precision, in 1 / the unit of the payoffs, the probabilities there, and natural
        logarithms of likelihood beside those of uniform play and of the frequencies themselves.

    Raises
    ------
    GameError
        If the counts do not fit the game, are negative, not finite or all 0, or if
        `largest_precision` is not a finite number of 0 or more.

    Examples
    --------
    >>> pennies = Game.from_payoffs([[[9, 0], [0, 1]], [[0, 1], [1, 0]]])
    >>> fit = fit_precision(pennies, [[64, 36], [43, 57]])
    >>> round(fit.precision, 2), fit.maximum
    (0.16, 'interior')
    """
    checked_game(game)
    counts = np.concatenate(_checked_counts(game, frequencies))
    largest_count = float(counts.max())
    weights = counts / largest_count
    system, exponent = branch_system(game)
    points = _candidates(system, weights, _end(exponent, largest_precision))
    values = [_log_likelihood(weights, point) for point in points]
    best, maximum = _best(values, _TIE * float(weights.sum()))
    with np.errstate(over="ignore"):
        precision = float(np.ldexp(points[best].precision, -exponent))
    strategies = system.strategies(points[best])
    for vector in strategies:
        vector.flags.writeable = False
    return PrecisionFit(
        precision,
        maximum,
        strategies,
        log_likelihood=largest_count * values[best],
        uniform_log_likelihood=largest_count * values[0],
        saturated_log_likelihood=largest_count * _saturated(system, weights),
    )


def _checked_counts(game: Game, frequencies: Sequence[object]) -> list[FloatArray]:
    names = ", ".join(game.players)
    try:
        given = list(frequencies)
    except TypeError:
        given = []
    if len(given) != len(game.players):
        raise GameError(f"frequencies: give one vector of counts for each of {names}")
    vectors = []
    for player, count, cells in zip(game.players, game.shape, given, strict=True):
        try:
            vector = np.array(cells, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            vector = np.empty(0)
        if vector.shape != (count,):
            raise GameError(
                f"frequencies: {player} has {count} options; give {count} counts, one for each"
            )
        if not np.all(np.isfinite(vector)) or vector.min() < 0:
            raise GameError(f"frequencies: {player}: counts must be finite and 0 or more")
        vectors.append(vector)
    if not any(vector.any() for vector in vectors):
        raise GameError("frequencies: all counts are 0; nothing was observed")
    return vectors


def _end(exponent: int, largest_precision: float | None) -> float:
    """Return where the search ends, in the system's unit."""
    if largest_precision is None:
        return _LARGEST
    largest = checked_precision(largest_precision, "largest_precision")
    with np.errstate(over="ignore"):
        return float(np.ldexp(largest, exponent))


def _candidates(system: LogitSystem, weights: FloatArray, end: float) -> list[PathPoint]:
    """Return the start of the branch, every local maximum of the likelihood, and the end."""
    before = start = system.centroid()
    summits: list[PathPoint] = []
    for point in logit_path(system, EXACT):
        summits += _summits(system, weights, before, point, _SPLITS)
        before = point
        if point.precision >= end:
            break
    last = [point for point, _ in first_crossings(system, [end])] or [before]
    inside = [point for point in summits if point.precision < end]
    return [start, *(system.at_precision(point.place.copy()) or point for point in inside), *last]


def _summits(
    system: LogitSystem, weights: FloatArray, start: PathPoint, end: PathPoint, splits: int
) -> list[PathPoint]:
    """Return the local maxima between two neighbouring points of the branch."""
    rising, falling = _slope(weights, start) > 0, _slope(weights, end) <= 0
    if rising and falling:
        return [_summit(system, weights, start, end)]
    middle = midpoint(system, start, end) if splits else None
    if middle is None or (_slope(weights, middle) > 0) == rising == (not falling):
        return []
    return [
        *_summits(system, weights, start, middle, splits - 1),
        *_summits(system, weights, middle, end, splits - 1),
    ]


def _summit(
    system: LogitSystem, weights: FloatArray, start: PathPoint, end: PathPoint
) -> PathPoint:
    """Close in on the point at which the likelihood stops rising."""
    for _ in range(_BISECTIONS):
        middle = midpoint(system, start, end)
        if middle is None:
            break
        if _slope(weights, middle) > 0:
            start = middle
        else:
            end = middle
    return max(start, end, key=lambda point: _log_likelihood(weights, point))


def _slope(weights: FloatArray, point: PathPoint) -> float:
    return float(weights @ point.tangent[:-1])


def _log_likelihood(weights: FloatArray, point: PathPoint) -> float:
    return float(weights @ point.place[:-1])


def _best(values: Sequence[float], tie: float) -> tuple[int, Maximum]:
    """Return which value is greatest; a tie goes to precision 0, then to the largest precision."""
    greatest = max(values) - tie
    if values[0] >= greatest:
        return 0, "zero"
    if values[-1] >= greatest:
        return len(values) - 1, "unbounded"
    return int(np.argmax(values)), "interior"


def _saturated(system: LogitSystem, weights: FloatArray) -> float:
    starts, owner = system.interactions.starts, system.interactions.owner
    observed = weights > 0
    totals = np.add.reduceat(weights, starts)[owner]
    return float(weights[observed] @ np.log(weights[observed] / totals[observed]))
