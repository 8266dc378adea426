"""From a cover to isolated roots and separate clusters of boxes.

Boxes that touch belong to one cluster; different clusters are proved not to be connected.  A root
with a tie (an option left out that pays as much, or one played with probability zero) counts as a
tiny box of its own, since the same point can be a root of several supports.  A regular root that
lies in a box belongs to its cluster.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.concepts.search import state
from counterplay.concepts.search.cover import Cover
from counterplay.concepts.search.layout import IntArray
from counterplay.numeric import FloatArray

_TOUCHING = 1e-9
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Cluster:
    """A set of boxes that touch, with the roots in them.

    Attributes
    ----------
    boxes : ndarray of int
        Numbers of the cover's boxes.
    roots : ndarray of int
        Numbers of the cover's roots.
    low, high : ndarray, shape (k, X)
        Bounds of each box and each tied root, in probabilities.
    """

    boxes: IntArray
    roots: IntArray
    low: FloatArray
    high: FloatArray

    @property
    def extent(self) -> float:
        """The largest range of a probability."""
        return float((self.high.max(axis=0) - self.low.min(axis=0)).max())

    def contains(self, point: FloatArray, tolerance: float) -> bool:
        """Say whether a flat profile lies in one of the boxes."""
        inside = (self.low <= point + tolerance) & (self.high >= point - tolerance)
        return bool(inside.all(axis=1).any())

    def touches(self, other: Cluster, tolerance: float) -> bool:
        """Say whether a box of this cluster touches one of the other's."""
        return any(
            bool(((other.low <= high + tolerance) & (other.high >= low - tolerance)).all(1).any())
            for low, high in zip(self.low, self.high, strict=True)
        )


@dataclass(frozen=True, eq=False)
class Clustered:
    """Isolated regular roots (numbers of the cover's roots), and clusters."""

    isolated: IntArray
    clusters: tuple[Cluster, ...]


def clustered(cover: Cover) -> Clustered:
    """Group what a cover found."""
    distinct = _distinct(cover)
    regular = distinct[cover.kinds[distinct] == state.REGULAR]
    tied = distinct[cover.kinds[distinct] == state.TIED]
    if len(tied) == 0 and len(cover.solid) == 0:
        return Clustered(regular, ())
    low, high = box_bounds(cover)
    low = np.concatenate([low, cover.points[tied] - root_pad(cover, tied)])
    high = np.concatenate([high, cover.points[tied] + root_pad(cover, tied)])
    labels = _components(low, high)
    boxes = len(cover.solid)
    groups = [np.flatnonzero(labels == k) for k in range(labels.max(initial=-1) + 1)]
    inside = [_inside(cover.points[regular], low[members], high[members]) for members in groups]
    pad = root_pad(cover, regular)
    around = cover.points[regular] - pad, cover.points[regular] + pad
    clusters = tuple(
        Cluster(
            members[members < boxes],
            np.concatenate([tied[members[members >= boxes] - boxes], regular[within]]),
            np.concatenate([low[members], around[0][within]]),
            np.concatenate([high[members], around[1][within]]),
        )
        for members, within in zip(groups, inside, strict=True)
    )
    covered = np.zeros(len(regular), bool)
    for within in inside:
        covered |= within
    return Clustered(regular[~covered], clusters)


def root_pad(cover: Cover, roots: IntArray) -> FloatArray:
    """Return how far each root may lie from its point in any probability, shape (roots, 1)."""
    pad: FloatArray = 2.0 * cover.radii[roots, None] * float(cover.problem.shape.max()) + _ROUNDING
    return pad


def box_bounds(cover: Cover) -> tuple[FloatArray, FloatArray]:
    """Return the least and greatest probabilities of each box, shape (B, X) each."""
    pad = box_pad(cover)
    low = np.concatenate([corner.min(axis=1) for corner in cover.vertices], axis=1) - pad
    high = np.concatenate([corner.max(axis=1) for corner in cover.vertices], axis=1) + pad
    return low, high


def box_pad(cover: Cover) -> FloatArray:
    """Return how far rounding may have moved each box, shape (B, 1); solid ones are as found."""
    pad = _ROUNDING * (1 + cover.box_steps[:, None] * 0.01)
    return np.where(cover.solid[:, None] > 0, 0.0, pad)


def _distinct(cover: Cover) -> IntArray:
    """Return each root once: two of a support are one where either of them is alone."""
    kept: list[int] = []
    of_support: dict[tuple[int, ...], list[int]] = {}
    for r, masks in enumerate(map(tuple, cover.masks.tolist())):
        others = of_support.setdefault(masks, [])
        if not any(_same_root(cover, q, r) for q in others):
            others.append(r)
            kept.append(r)
    return np.array(kept, np.int64)


def _same_root(cover: Cover, one: int, other: int) -> bool:
    """Say whether one root's enclosure lies where the other is alone."""
    distance = np.abs(cover.points[one] - cover.points[other]).max()
    return bool(
        distance + cover.radii[other] <= cover.alone[one]
        or distance + cover.radii[one] <= cover.alone[other]
    )


def _inside(points: FloatArray, low: FloatArray, high: FloatArray) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(points), bool)
    for row, point in enumerate(points):
        within = (low <= point + _TOUCHING) & (high >= point - _TOUCHING)
        found[row] = within.all(axis=1).any()
    return found


def _components(low: FloatArray, high: FloatArray) -> IntArray:
    """Label boxes so that touching ones share a label, in the order of their first members."""
    count = len(low)
    if count == 0:
        return np.zeros(0, np.int64)
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    chunk = max(1, 4_000_000 // count)
    rows, columns = [], []
    for start in range(0, count, chunk):
        touching = np.ones((min(chunk, count - start), count), bool)
        for x in range(low.shape[1]):
            here = slice(start, start + chunk)
            touching &= low[here, x][:, None] <= high[None, :, x] + _TOUCHING
            touching &= high[here, x][:, None] >= low[None, :, x] - _TOUCHING
        i, j = np.nonzero(touching)
        rows.append(i + start)
        columns.append(j)
    pairs = (np.concatenate(rows), np.concatenate(columns))
    graph = coo_matrix((np.ones(len(pairs[0]), bool), pairs), shape=(count, count))
    labels = connected_components(graph, directed=False)[1]
    return np.asarray(labels, dtype=np.int64)
