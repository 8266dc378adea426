"""How far a point of a phase map is from the nearest border that was found.

Rays go out from the point in even directions and towards the nearest border points; the first
change along each is closed in, and the direction of the nearest is then turned by ever smaller
angles as long as that brings it nearer.  A border that lies between two samples of every ray can
be missed: the distance is the least *found*.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.maps.crossings import closed_in
from counterplay.sensitivity.maps.plane import Numbers, Plane

RAYS = 32
"""Even directions in which a border is looked for."""

_NEAREST = 8
_SAMPLES = 24
_LEAST_TURN = 1e-4

NumbersAt = Callable[[FloatArray], Numbers]


@dataclass(frozen=True, eq=False)
class Found:
    """The nearest change found.

    Attributes
    ----------
    distance : float
        In units of the ranges: the straight distance, each range counted as 1.
    inside, outside : ndarray, shape (2,)
        Values of x and y solved on this and on the far side.
    """

    distance: float
    inside: FloatArray
    outside: FloatArray


@dataclass(frozen=True, eq=False)
class Search:
    """What counts as a change around the current point.

    Attributes
    ----------
    plane : Plane
    numbers : callable
        Numbers of what holds at places (k, 2): of outcome sets, or of sets of pure equilibria.
    spacing : float
        Least distance between samples of a ray, as a share of the ranges.
    """

    plane: Plane
    numbers: NumbersAt
    spacing: float

    def nearest(self, known: FloatArray) -> Found | None:
        """Return the nearest change; None if there is none on any ray.

        Parameters
        ----------
        known : ndarray, shape (k, 2)
            Values of x and y of borders that are known.
        """
        ways = (known - self.plane.point) / self.plane.spans
        lengths = np.linalg.norm(ways, axis=1)
        close = [k for k in np.argsort(lengths, kind="stable")[:_NEAREST] if lengths[k] > 0]
        turns = 2 * np.pi * np.arange(RAYS) / RAYS
        even = np.stack([np.cos(turns), np.sin(turns)], axis=1)
        towards = ways[close] / lengths[close, None]
        # A little beyond what is known, so that its far side is seen as well.
        reach = float(lengths[close[0]]) + 2 * self.spacing if close else np.inf
        found = self._on_rays(np.concatenate([even, towards]), reach)
        return None if found is None else self._turned(found)

    def _on_rays(self, ways: FloatArray, reach: float) -> Found | None:
        """Return the nearest first change on straight ways (k, 2) of length 1."""
        lengths = np.minimum(self._to_rim(ways), reach)
        greatest = float(lengths.max())
        if greatest <= 0:
            return None
        step = max(self.spacing, greatest / _SAMPLES)
        counts = np.ceil(lengths / step).astype(int)
        steps = [
            length * np.arange(1, count + 1) / count
            for length, count in zip(lengths, counts, strict=True)
            if count
        ]
        ray = np.repeat(np.arange(len(ways)), counts)
        far = np.concatenate(steps)
        here = self._here()
        numbers = self.numbers(self._at(ways[ray], far))
        changed = np.flatnonzero(numbers != here)
        if not len(changed):
            return None
        _, which = np.unique(ray[changed], return_index=True)
        first = changed[which]
        before = np.where(ray[first] == ray[first - 1], far[first - 1], 0.0)
        before[first == 0] = 0.0
        able = before <= far[first].min()
        return self._least(ways[ray[first[able]]], before[able], far[first[able]])

    def _least(self, ways: FloatArray, near: FloatArray, far: FloatArray) -> Found:
        starts = self._at(ways, near)
        starts[near == 0] = self.plane.point
        inside, outside = closed_in(self.plane, self.numbers, starts, self._at(ways, far))
        lengths = np.linalg.norm(
            ((inside + outside) / 2 - self.plane.point) / self.plane.spans, axis=1
        )
        k = int(np.argmin(lengths))
        return Found(float(lengths[k]), inside[k], outside[k])

    def _turned(self, found: Found) -> Found:
        """Turn the way to a change by ever smaller angles while that brings it nearer."""
        turn = np.pi / RAYS
        here = self._here()
        while turn > _LEAST_TURN:
            way = (found.outside - self.plane.point) / self.plane.spans
            angle = np.arctan2(way[1], way[0])
            angles = np.array([angle - turn, angle + turn])
            ways = np.stack([np.cos(angles), np.sin(angles)], axis=1)
            lengths = np.full(2, found.distance * (1 - 1e-9))
            inside_map = self._to_rim(ways) >= lengths
            nearer = inside_map & (self.numbers(self._at(ways, lengths)) != here)
            if nearer.any():
                better = self._least(ways[nearer], np.zeros(int(nearer.sum())), lengths[nearer])
                if better.distance < found.distance:
                    found = better
                    continue
            turn /= 2
        return found

    def _here(self) -> int:
        return int(self.numbers(self.plane.point[None])[0])

    def _at(self, ways: FloatArray, lengths: FloatArray) -> FloatArray:
        return self.plane.within(self.plane.point + ways * lengths[:, None] * self.plane.spans)

    def _to_rim(self, ways: FloatArray) -> FloatArray:
        """Return how far each way goes before it leaves the ranges."""
        start = (self.plane.point - self.plane.low) / self.plane.spans
        with np.errstate(divide="ignore", invalid="ignore"):
            lengths = np.where(ways > 0, (1 - start) / ways, -start / ways)
        rim: FloatArray = np.where(np.abs(ways) < 1e-12, np.inf, lengths).min(axis=1)
        return np.maximum(rim, 0.0)
