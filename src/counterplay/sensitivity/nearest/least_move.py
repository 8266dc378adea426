"""The shortest move that meets polynomial inequalities, by branch and bound.

Affine inequalities take one linear programme.  Where moving numbers multiply one another, the box
is split along those that, once fixed, leave the rest affine; each part is bounded from below by a
linear relaxation, and points found by linear programmes with those numbers fixed bound from above.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.nearest.feasible import climbed, shortest_candidate
from counterplay.sensitivity.nearest.local_search import PENALTY, descended
from counterplay.sensitivity.nearest.moving import Norm, length
from counterplay.sensitivity.nearest.polynomial_system import System
from counterplay.sensitivity.nearest.relaxation import Relaxation, shortest_with_fixed

CLOSED = 1e-6
"""A move is called least where no shorter one is left by more than this, in shares of ranges."""

_SMALL, _RARELY = 0.01, 0.1
_WORTHWHILE = 1e-5
_PENALTIES = (PENALTY, 1e4, 1e6)

Box: TypeAlias = tuple[FloatArray, FloatArray]
"""Least and greatest share of each name."""


@dataclass(frozen=True, eq=False)
class Least:
    """The shortest move found.

    Attributes
    ----------
    shares : ndarray or None
        For each name of the system; None where no move was found.
    size : float
        Infinite where none was found.
    bound : float
        Proved: no move is shorter; infinite where none exists.
    parts : int
        How many boxes were looked at.
    """

    shares: FloatArray | None
    size: float
    bound: float
    parts: int


def least_move(
    system: System,
    norm: Norm,
    box: Box,
    margins: tuple[float, float],
    effort: int,
    cutoff: float = np.inf,
) -> Least:
    """Find the shortest point of a box at which no row is negative.

    Parameters
    ----------
    box : (low, high)
        Between which the names of the system may move, in shares; 0 is inside.
    margins : (proved, found)
        Least row for which shorter moves are excluded, and least row of the point found.
    effort : int
        Most boxes to look at.
    cutoff : float
        Moves that are not shorter are of no interest.
    """
    search = _Search(system, Relaxation(system, norm), norm, box, margins, cutoff)
    search.push(box, 0.0)
    while search.queue:
        bound, _, part, values = heapq.heappop(search.queue)
        if bound >= search.size - CLOSED or search.parts >= effort:
            return search.ended(bound)
        search.improve(part, values)
        if not system.branching:
            return search.ended(bound)
        for half in _halves(system, _within(part, search.size), values):
            search.push(half, bound)
    return search.ended(np.inf)


@dataclass
class _Search:
    """The boxes still to look at, and the shortest move so far."""

    system: System
    relaxation: Relaxation
    norm: Norm
    box: Box
    margins: tuple[float, float]
    size: float
    best: FloatArray | None = None
    parts: int = 0
    next_descent: int = 1
    queue: list[tuple[float, int, Box, FloatArray]] = field(default_factory=list)

    def push(self, part: Box, above: float) -> None:
        """Bound a box, and keep it if it may hold a shorter move."""
        self.parts += 1
        smaller = _within(part, self.size)
        if (smaller[0] > smaller[1]).any():
            return
        answer = self.relaxation.solve(smaller, self.margins[0])
        bound = max(above, answer.bound)
        if bound < self.size:
            middle = self.system.products((smaller[0] + smaller[1]) / 2)
            values = middle if answer.values is None else answer.values
            # The count keeps equal bounds apart, so that arrays are never compared.
            heapq.heappush(self.queue, (bound, self.parts, smaller, values))

    def improve(self, part: Box, values: FloatArray) -> None:
        """Look for a shorter move in a box, and near what its relaxation takes for one."""
        size, margin = self.size, self.margins[1]
        for point in _guesses(self.system, values):
            self.offer(shortest_with_fixed(self.system, self.norm, self.box, point, margin))
        start = np.clip(values[: len(self.system.names)], *self.box)
        self.offer(shortest_candidate(self.system, self.norm, part, margin, start))
        if self.best is None:
            self.offer(climbed(self.system, self.box, margin, start))
        if self.best is not None and self.size < (1 - _WORTHWHILE) * size:
            self.shorten(self.best, _PENALTIES)
        elif self.parts >= self.next_descent:
            # Tangents find points where fixing names leaves none; they cost more, so ever rarer.
            self.next_descent = 4 * self.parts
            self.shorten(start, _PENALTIES[:1])

    def shorten(self, start: FloatArray, penalties: Sequence[float]) -> None:
        """Follow tangents from a start; the narrower a window, the greater a penalty it needs."""
        for penalty in penalties:
            self.offer(
                descended(
                    self.system.at_many, self.box, self.norm, self.margins[1], start, penalty
                )
            )

    def offer(self, point: FloatArray | None) -> None:
        """Keep a point if it meets the rows and is shorter than the best."""
        if point is None or length(point, self.norm) >= self.size:
            return
        if (self.system.rows(point) >= self.margins[1] / 2).all():
            self.best, self.size = point, length(point, self.norm)

    def ended(self, bound: float) -> Least:
        """Return what is known: no move is shorter than `bound`, or than the best one."""
        found = self.size if self.best is not None else np.inf
        return Least(self.best, found, min(bound, self.size), self.parts)


def _guesses(system: System, values: FloatArray) -> Iterator[FloatArray]:
    """Yield where to fix the branching names: as the relaxation has them, and small ones at 0."""
    point = values[: len(system.names)]
    yield point
    fewer = np.where(np.abs(point) < _SMALL, 0.0, point)
    if system.branching and (fewer != point)[list(system.branching)].any():
        yield fewer


def _within(box: Box, size: float) -> Box:
    """Leave out what is farther than the best point known, in either norm."""
    if not np.isfinite(size):
        return box
    return np.maximum(box[0], -size), np.minimum(box[1], size)


def _halves(system: System, box: Box, values: FloatArray) -> list[Box]:
    """Split the box along the name whose products the relaxation misses most."""
    low, high = box
    size = len(system.names)
    misses = np.zeros(size)
    weights = np.abs(system.coefficients).sum(axis=0)
    for product, first, last in system.factors():
        miss = abs(values[product] - values[first] * values[last]) * weights[product]
        for name in set(system.monomials[product]):
            # Above zero, so that names in products are split before all others.
            misses[system.names.index(name)] += miss + 1e-9
    # The branching names first, but not only: where all factors are split, products are missed by
    # the square of the box's width, and the boxes around the least move close quickly.
    favour = np.full(size, _RARELY)
    favour[list(system.branching)] = 1.0
    split = int(np.argmax(misses * favour * (high - low)))
    middle, fifth = 0.5 * (low[split] + high[split]), 0.2 * (high[split] - low[split])
    inside = np.clip(values[split], low[split] + fifth, high[split] - fifth)
    upper, lower = low.copy(), high.copy()
    upper[split] = lower[split] = 0.5 * (inside + middle)
    return [(low, lower), (upper, high)]
