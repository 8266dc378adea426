"""Sobol' indices of one quantity: shares of its variance, with bootstrap intervals.

The first-order index of a parameter is the share of the variance that it explains alone, the total
index the share that would go if every other parameter were known (Sobol' 2001; estimators of
Saltelli et al. 2010 and Jansen 1999, as SALib has them, Iwanaga, Usher and Herman 2022).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from counterplay.numeric import FloatArray

RESAMPLES = 500
LEVEL = 0.95


@dataclass(frozen=True)
class Index:
    """An estimated share with its interval.

    Attributes
    ----------
    estimate : float
        Between 0 and 1; an estimate that comes out below 0 stands as 0.
    low, high : float
        A 95 % bootstrap interval, within 0 to 1.
    clear : bool
        Whether the interval excludes 0.  Where it does not, the share cannot be told from none.
    """

    estimate: float
    low: float
    high: float
    clear: bool


@dataclass(frozen=True, eq=False)
class Design:
    """A quantity at the points of Saltelli's design.

    Attributes
    ----------
    first, second : ndarray, shape (points,)
        At two independent samples.
    crossed : ndarray, shape (points, parameters)
        At the first sample with one parameter taken from the second.
    """

    first: FloatArray
    second: FloatArray
    crossed: FloatArray

    @classmethod
    def of(cls, answers: FloatArray, parameters: int) -> Design:
        """Read answers in the order of SALib's design without second-order terms."""
        rows = answers.reshape(-1, parameters + 2)
        return cls(rows[:, 0], rows[:, -1], rows[:, 1:-1])

    @property
    def base(self) -> FloatArray:
        """The two independent samples together."""
        return np.concatenate([self.first, self.second])


def unit_cube(parameters: int) -> dict[str, Any]:
    """Return SALib's description of that many independent probabilities."""
    names = [f"x{number}" for number in range(parameters)]
    return {"num_vars": parameters, "names": names, "bounds": [[0.0, 1.0]] * parameters}


def saltelli_points(parameters: int, points: int, seed: int) -> FloatArray:
    """Return Saltelli's design from a scrambled Sobol' sequence, as probabilities.

    Parameters
    ----------
    points : int
        A power of two.

    Returns
    -------
    ndarray, shape (points * (parameters + 2), parameters)
    """
    from SALib.sample import sobol

    design: FloatArray = sobol.sample(
        unit_cube(parameters), points, calc_second_order=False, seed=np.random.default_rng(seed)
    )
    return design


def sobol_indices(design: Design, seed: int) -> tuple[list[Index], list[Index]]:
    """Return every parameter's first-order and total index.

    Parameters
    ----------
    design : Design
        Of a quantity that varies over its base samples.
    seed : int
        Of the bootstrap, which resamples the points of the design.
    """
    from SALib.analyze.sobol import first_order, total_order

    centre, spread = design.base.mean(), design.base.std()
    first, second, crossed = (
        (part - centre) / spread for part in (design.first, design.second, design.crossed)
    )
    columns = range(crossed.shape[1])
    alone = [float(first_order(first, crossed[:, j], second)) for j in columns]
    whole = [float(total_order(first, crossed[:, j], second)) for j in columns]
    weights = _weights(len(first), seed)
    variance = _variances(weights, first, second)
    alone_again = _shares(weights, second[:, None] * (crossed - first[:, None]), variance)
    whole_again = _shares(weights, 0.5 * (crossed - first[:, None]) ** 2, variance)
    return _indices(alone, alone_again), _indices(whole, whole_again)


def _weights(points: int, seed: int) -> FloatArray:
    """Return how often each resample takes each point, as shares, shape (resamples, points)."""
    generator = np.random.default_rng(seed)
    counts = generator.multinomial(points, np.full(points, 1 / points), RESAMPLES)
    return np.asarray(counts / points, np.float64)


def _variances(weights: FloatArray, first: FloatArray, second: FloatArray) -> FloatArray:
    mean = weights @ ((first + second) / 2)
    variance: FloatArray = weights @ ((first**2 + second**2) / 2) - mean**2
    return variance


def _shares(weights: FloatArray, parts: FloatArray, variance: FloatArray) -> FloatArray:
    """Return each resample's estimates; 0 where a resample holds one value only."""
    sums = weights @ parts
    varies = variance > np.finfo(float).eps
    divisor = np.where(varies, variance, 1.0)[:, None]
    shares: FloatArray = np.where(varies[:, None], sums / divisor, 0.0)
    return shares


def _indices(estimates: list[float], resampled: FloatArray) -> list[Index]:
    tail = (1 - LEVEL) / 2
    lows, highs = np.quantile(resampled, [tail, 1 - tail], axis=0)
    return [
        Index(
            estimate=float(np.clip(estimate, 0, 1)),
            low=float(np.clip(low, 0, 1)),
            high=float(np.clip(high, 0, 1)),
            clear=bool(low > 0 and estimate > 0),
        )
        for estimate, low, high in zip(estimates, lows, highs, strict=True)
    ]
