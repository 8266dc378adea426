"""Screening: Morris' elementary effects, a coarse look at which parameters move an answer at all.

Along random paths one parameter at a time takes a step of two thirds of its distribution's
probability (Morris 1991; Campolongo, Cariboni and Saltelli 2007; SALib).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.drivers.sobol_indices import unit_cube

_LEVELS = 4
_RESAMPLES = 200


@dataclass(frozen=True)
class Screening:
    """Elementary effects of one parameter on one answer.

    Attributes
    ----------
    mean_size : float
        Mean size of the change of the answer by a step, per unit of the probability of the
        parameter's distribution (mu star).
    low, high : float
        A 95 % interval of `mean_size`, cut off at 0.
    mean : float
        The mean with signs (mu): how far the answer rises with the parameter on the whole.
    spread : float
        Standard deviation (sigma): large where the other parameters decide what a step does.
    """

    mean_size: float
    low: float
    high: float
    mean: float
    spread: float


def morris_points(parameters: int, paths: int, seed: int) -> FloatArray:
    """Return the points of random paths, shape (paths * (parameters + 1), parameters).

    Coordinates are probabilities: 0, 1/3, 2/3 or 1.
    """
    from SALib.sample import morris

    points: FloatArray = morris.sample(
        unit_cube(parameters), paths, num_levels=_LEVELS, seed=np.random.default_rng(seed)
    )
    return points


def screen(points: FloatArray, answers: FloatArray, seed: int) -> list[Screening]:
    """Return the elementary effects of every parameter on one answer, given at `points`."""
    from SALib.analyze import morris

    found = morris.analyze(
        unit_cube(points.shape[1]),
        points,
        np.asarray(answers, np.float64),
        num_levels=_LEVELS,
        num_resamples=_RESAMPLES,
        seed=np.random.default_rng(seed),
    )
    rows = zip(
        *(np.asarray(found[key]).tolist() for key in ("mu_star", "mu_star_conf", "mu", "sigma")),
        strict=True,
    )
    return [
        Screening(size, max(0.0, size - half), size + half, mean, spread)
        for size, half, mean, spread in rows
    ]
