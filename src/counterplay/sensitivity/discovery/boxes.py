"""Boxes: bounds on a few parameters, what they hold, and how they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.explain.narrate import exact_text, in_words, percent
from counterplay.numeric import FloatArray
from counterplay.sensitivity.drivers.responses import BoolArray

Limits = Mapping[str, tuple[float | None, float | None]]
"""A lower and an upper bound for each restricted parameter; None where it is not bounded."""


@dataclass(frozen=True)
class BoxCount:
    """What a box holds in one sample.

    Attributes
    ----------
    inside : int
        Draws in the box.
    mass : float
        Their share of all draws.
    coverage : float
        Share of the draws with the regime that are in the box; 0 where there are none.
    density : float
        Share of the draws in the box that have the regime; 0 where the box is empty.
    """

    inside: int
    mass: float
    coverage: float
    density: float


@dataclass(frozen=True)
class Bound:
    """The bounds of a box in one parameter; at least one of them is set.

    Attributes
    ----------
    parameter, label : str
    above, below : float or None
        None where the box reaches the end of the parameter's range.
    """

    parameter: str
    label: str
    above: float | None
    below: float | None

    @property
    def words(self) -> str:
        """The bounds in words."""
        if self.above is None:
            return f"“{self.label}” is at most {exact_text(self.below or 0.0)}"
        if self.below is None:
            return f"“{self.label}” is above {exact_text(self.above)}"
        return (
            f"“{self.label}” is above {exact_text(self.above)} and at most "
            f"{exact_text(self.below)}"
        )


@dataclass(frozen=True)
class Box:
    """A region of the uncertain parameters in which a regime is concentrated.

    Attributes
    ----------
    bounds : tuple of Bound
        All must hold; each lower bound is excluded, each upper one included.
    found, fresh : BoxCount
        Counted on the sample that the box was fitted to, and on a second one that it never saw.
    restricted : int
        Number of parameters with a bound.
    words : str
    """

    bounds: tuple[Bound, ...]
    found: BoxCount
    fresh: BoxCount
    restricted: int
    words: str


def inside(matrix: FloatArray, parameters: Sequence[str], limits: Limits) -> BoolArray:
    """Say which rows of a sample (draws, parameters) lie in a box."""
    within = np.ones(len(matrix), bool)
    for name, (above, below) in limits.items():
        column = matrix[:, parameters.index(name)]
        if above is not None:
            within &= column > above
        if below is not None:
            within &= column <= below
    return within


def counted(within: BoolArray, occurs: BoolArray) -> BoxCount:
    """Count a box on one sample."""
    both, held, having = (int(part.sum()) for part in (within & occurs, within, occurs))
    return BoxCount(
        inside=held,
        mass=held / len(within),
        coverage=both / having if having else 0.0,
        density=both / held if held else 0.0,
    )


def box_words(bounds: Sequence[Bound], found: BoxCount, fresh: BoxCount) -> str:
    """Say where a box lies, and what it covers in both samples."""
    where = in_words([bound.words for bound in bounds])
    return (
        f"where {where}: covers {percent(found.coverage)} of its draws, density "
        f"{found.density:.2f} (on fresh draws {percent(fresh.coverage)} and {fresh.density:.2f})"
    )
