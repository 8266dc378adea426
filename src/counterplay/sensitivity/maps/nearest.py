"""The nearest changes around the current point of a phase map, with what lies beyond."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterplay.sensitivity.maps.borders import Lattice
from counterplay.sensitivity.maps.crossings import PRECISION
from counterplay.sensitivity.maps.distance import Found, Search
from counterplay.sensitivity.maps.plane import Plane
from counterplay.sensitivity.outcomes import Outcome


@dataclass(frozen=True)
class NearestBorder:
    """The nearest change that was found around the current point.

    Attributes
    ----------
    distance : float
        From the point, each range counted as 1; 0 where the point lies on a border.
    point : tuple of two float
        Values of x and y just beyond it, solved.
    beyond : Outcome
        The outcome set there.
    certainty : str
        ``"found"``: the least over rays from the point and over the map's borders, closed in to
        1e-9 of the ranges and solved on both sides; there may be a nearer one.
    """

    distance: float
    point: tuple[float, float]
    beyond: Outcome
    certainty: str = "found"


def nearest_borders(
    plane: Plane, found: Lattice, spacing: float
) -> tuple[NearestBorder | None, NearestBorder | None]:
    """Return the nearest change of the outcome set, and of the pure equilibria."""
    places = found.crossings.places
    pure = [outcome.pure for outcome in plane.met]
    firm = np.array(
        [
            pure[before] != pure[after]
            for before, after in zip(found.crossings.before, found.crossings.after, strict=True)
        ],
        bool,
    )
    changed = Search(plane, plane.outcome_numbers, spacing).nearest(places)
    left = Search(plane, plane.pure_numbers, spacing).nearest(places[firm])
    if left is not None and (changed is None or left.distance < changed.distance):
        changed = left
    return _told(plane, changed), _told(plane, left)


def _told(plane: Plane, found: Found | None) -> NearestBorder | None:
    if found is None:
        return None
    number = int(plane.outcome_numbers(found.outside[None])[0])
    return NearestBorder(
        distance=found.distance if found.distance > PRECISION else 0.0,
        point=(float(found.outside[0]), float(found.outside[1])),
        beyond=tuple(plane.met)[number],
    )
