"""What a phase map holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter, Scenario
from counterplay.sensitivity.maps.borders import Border, Lattice
from counterplay.sensitivity.maps.data import axis_data, nearest_data
from counterplay.sensitivity.maps.nearest import NearestBorder
from counterplay.sensitivity.maps.plane import Numbers
from counterplay.sensitivity.outcomes import Outcome


@dataclass(frozen=True, eq=False)
class PhaseMap:
    """Outcome sets over the ranges of two parameters.

    Attributes
    ----------
    scenario : Scenario
    x_id, y_id : str
        Ids of the parameters.
    x, y : ndarray, shapes (nx,) and (ny,)
        Their values at the centres of the cells, in their units, from low to high.
    index : ndarray of int, shape (ny, nx)
        Number of each cell's outcome set in `outcomes`; row 0 is the lowest y.
    completeness : ndarray of str, shape (ny, nx)
        What is proved of each cell's equilibria.
    outcomes : tuple of Outcome
        In the order in which they first occur, row by row; then those met only between cells or
        at the current point.
    borders : tuple of Border
        Lines between cells of different outcome sets.
    lattice : Lattice
        The places on the grid lines at which those lines were closed in.
    slivers : int
        Border points with a third outcome set beside them, which neither cell shows.
    point : tuple of two float
        The current values of x and y.
    here : int
        Number of the outcome set at the current point.
    nearest : NearestBorder or None
        The nearest change of the outcome set; None if none was found.
    nearest_pure : NearestBorder or None
        The nearest change of the set of pure equilibria.
    values : dict
        Every parameter and constant at the current point.
    words : tuple of str
        The map in plain sentences.
    """

    scenario: Scenario
    x_id: str
    y_id: str
    x: FloatArray
    y: FloatArray
    index: Numbers
    completeness: npt.NDArray[np.str_]
    outcomes: tuple[Outcome, ...]
    borders: tuple[Border, ...]
    lattice: Lattice
    slivers: int
    point: tuple[float, float]
    here: int
    nearest: NearestBorder | None
    nearest_pure: NearestBorder | None
    values: Mapping[str, float]
    words: tuple[str, ...] = ()

    @property
    def x_parameter(self) -> Parameter:
        """The parameter along x."""
        return next(p for p in self.scenario.parameters if p.id == self.x_id)

    @property
    def y_parameter(self) -> Parameter:
        """The parameter along y."""
        return next(p for p in self.scenario.parameters if p.id == self.y_id)

    @property
    def distance(self) -> float | None:
        """The least distance found from the point to a border, each range counted as 1."""
        return None if self.nearest is None else self.nearest.distance

    @property
    def held(self) -> dict[str, float]:
        """Every other parameter and constant with the value that it keeps."""
        moved = (self.x_id, self.y_id)
        return {name: value for name, value in self.values.items() if name not in moved}

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """Cells of each outcome set, in the order of `outcomes`."""
        return tuple(np.bincount(self.index.ravel(), minlength=len(self.outcomes)).tolist())

    @cached_property
    def shares(self) -> tuple[float, ...]:
        """Share of the cells of each outcome set; a share of a map is not a likelihood."""
        return tuple(count / self.index.size for count in self.counts)

    @cached_property
    def pure_counts(self) -> dict[tuple[tuple[str, ...], ...], int]:
        """Cells of each set of pure equilibria, most first."""
        return self._summed([outcome.pure for outcome in self.outcomes])

    @cached_property
    def regime_counts(self) -> dict[tuple[str, ...], int]:
        """Cells of each set of regimes of the pure equilibria, most first."""
        return self._summed([outcome.regimes for outcome in self.outcomes])

    @cached_property
    def unproved(self) -> int:
        """Cells at which a limit was hit, so that an equilibrium may be missing."""
        return int((self.completeness == "unproved").sum())

    def to_dict(self) -> dict[str, Any]:
        """Return the map as plain JSON data; numbers are not rounded."""
        return {
            "scenario": {"id": self.scenario.id, "sha256": self.scenario.sha256},
            "x": axis_data(self.x_parameter, self.x),
            "y": axis_data(self.y_parameter, self.y),
            "index": self.index.tolist(),
            "completeness": self.completeness.tolist(),
            "outcomes": [
                {**outcome.to_dict(), "cells": count, "share": share}
                for outcome, count, share in zip(
                    self.outcomes, self.counts, self.shares, strict=True
                )
            ],
            "borders": [
                {
                    "outcomes": list(border.outcomes),
                    "points": border.points.tolist(),
                    "refined": border.refined.tolist(),
                }
                for border in self.borders
            ],
            "slivers": self.slivers,
            "unproved": self.unproved,
            "point": list(self.point),
            "here": self.here,
            "nearest": nearest_data(self.nearest),
            "nearest_pure": nearest_data(self.nearest_pure),
            "held": self.held,
            "words": list(self.words),
        }

    def _summed(self, names: list[Any]) -> dict[Any, int]:
        total: Counter[Any] = Counter()
        for name, count in zip(names, self.counts, strict=True):
            total[name] += count
        return {name: count for name, count in total.most_common() if count}
