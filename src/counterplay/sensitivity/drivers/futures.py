"""Futures: draws of the uncertain parameters as columns, with everything else held.

The draws are those of a sample with the same number and seed.  Levers and constants are held: they
are somebody's choice, or fixed on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter, Scenario
from counterplay.scenario.schema import loaded
from counterplay.scenario.setting import Values
from counterplay.sensitivity.draws import (
    checked_draws,
    checked_seed,
    design_of,
    drawn_parameters,
    settled_values,
    values_from_unit,
)


@dataclass(frozen=True, eq=False)
class Futures:
    """Many settings of the uncertain parameters.

    Attributes
    ----------
    columns : dict
        Every parameter and constant: an array (draws,) where it is drawn, else a number.
    parameters : tuple of str
        Ids of those that are drawn, in the order of the file.
    held : Values
        Values of all others.
    draws, seed : int
    """

    columns: dict[str, FloatArray | float]
    parameters: tuple[str, ...]
    held: Values
    draws: int
    seed: int

    @property
    def matrix(self) -> FloatArray:
        """The draws, shape (draws, parameters)."""
        columns = [np.asarray(self.columns[name], np.float64) for name in self.parameters]
        return np.column_stack(columns) if columns else np.zeros((self.draws, 0))


def futures(
    scenario: Scenario, draws: int, seed: int, values: Mapping[str, float] | None = None
) -> Futures:
    """Draw the uncertain parameters of a scenario, independently of each other.

    Parameters
    ----------
    draws : int
        1 or more.
    seed : int
        0 or more; the same seed gives the same draws.
    values : mapping, optional
        Levers and constants are held at these values, others of them at their defaults; an
        uncertain parameter is drawn all the same.

    Raises
    ------
    ValuesError
        If `draws` or `seed` is no such number, or `values` are refused.
    """
    full = settled_values(loaded(scenario), values)
    count, start = checked_draws(draws), checked_seed(seed)
    drawn = drawn_parameters(scenario)
    unit = np.zeros((count, 0))
    if drawn:
        unit = design_of("sobol", count, len(drawn), start).rows(0, count)
    columns = at_quantiles(drawn, unit)
    return Futures(
        columns={**full, **columns},
        parameters=tuple(columns),
        held=held_values(scenario, full),
        draws=count,
        seed=start,
    )


def held_values(scenario: Scenario, values: Mapping[str, float]) -> Values:
    """Return the values of all parameters and constants that are not drawn."""
    drawn = {parameter.id for parameter in drawn_parameters(scenario)}
    return Values({name: number for name, number in values.items() if name not in drawn})


def at_quantiles(parameters: tuple[Parameter, ...], unit: FloatArray) -> dict[str, FloatArray]:
    """Return each parameter's values at probabilities `unit`, shape (draws, parameters)."""
    return {
        p.id: values_from_unit(p, column) for p, column in zip(parameters, unit.T, strict=True)
    }
