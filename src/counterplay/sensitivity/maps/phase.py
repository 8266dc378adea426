"""Phase maps: the outcome set at every pair of values of two parameters, all else held.

Every cell is solved for all equilibria at its centre; none is guessed from its neighbours.  Where
neighbours differ the change between their centres is closed in to 1e-9 of the range and solved on
both sides.  What lies wholly between the centres of neighbouring cells can be missed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter, Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.setting import Values
from counterplay.sensitivity.maps.borders import borders_of, lattice
from counterplay.sensitivity.maps.nearest import nearest_borders
from counterplay.sensitivity.maps.plane import Plane
from counterplay.sensitivity.maps.request import axes, step_counts
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.maps.words import words_of
from counterplay.sensitivity.tipping.finite_range import refuse_unless_bounded

_Kind = TypeVar("_Kind", bound=np.generic)


def phase_map(
    scenario: Scenario,
    x: str,
    y: str,
    values: Mapping[str, float] | None = None,
    *,
    steps: tuple[int, int] = (60, 60),
) -> PhaseMap:
    """Map the outcome set over the ranges of two parameters, all others held.

    Parameters
    ----------
    scenario : Scenario
    x, y : str
        Ids of two parameters with a range; constants have none.
    values : mapping from parameter or constant id to number, optional
        The current point and what is held; all others keep their defaults.
    steps : tuple of two int
        Cells along x and y, 2 to 1000 each and at most 250,000 together.

    Returns
    -------
    PhaseMap
        Each cell solved for all equilibria at its centre, borders between cells closed in to
        1e-9 of the range, and the nearest change that was found around the current point.

    Raises
    ------
    CounterplayError
        If `scenario` is not loaded.
    ValuesError
        If an id, a value or a step count is not as above, or a payoff is not finite somewhere on
        the map.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> found = phase_map(load("korea-ukraine"), "detect", "expose", steps=(4, 3))
    >>> found.index.shape
    (3, 4)
    >>> found.outcomes[found.here].label
    'pledge/deny/conv/expose'
    >>> round(found.nearest.point[0], 6), found.nearest.beyond.regimes
    (0.380952, ('spiral', 'hedged_denial'))
    """
    across, upward = axes(loaded(scenario), x, y)
    nx, ny = step_counts(steps)
    plane = Plane(scenario, across, upward, scenario.full_values(values))
    refuse_unless_bounded(scenario, plane.values, (across, upward))
    columns, rows = _centres(across, nx), _centres(upward, ny)
    centres: FloatArray = np.stack(np.meshgrid(columns, rows), axis=-1)
    numbers, completeness = plane.outcomes(centres.reshape(-1, 2))
    index = numbers.reshape(ny, nx)
    found = lattice(plane, centres, index)
    here = int(plane.outcome_numbers(plane.point[None])[0])
    nearest, nearest_pure = nearest_borders(plane, found, 0.5 / max(nx, ny))
    mapped = PhaseMap(
        scenario=scenario,
        x_id=across.id,
        y_id=upward.id,
        x=_read_only(columns),
        y=_read_only(rows),
        index=_read_only(index),
        completeness=_read_only(completeness.reshape(ny, nx)),
        outcomes=tuple(plane.met),
        borders=borders_of(found, index),
        lattice=found,
        slivers=found.crossings.slivers,
        point=(float(plane.point[0]), float(plane.point[1])),
        here=here,
        nearest=nearest,
        nearest_pure=nearest_pure,
        values=Values(plane.values),
    )
    return replace(mapped, words=words_of(mapped))


def _centres(parameter: Parameter, count: int) -> FloatArray:
    centres: FloatArray = parameter.low + (np.arange(count, dtype=np.float64) + 0.5) * (
        (parameter.high - parameter.low) / count
    )
    return centres


def _read_only(array: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
    array.flags.writeable = False
    return array
