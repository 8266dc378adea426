"""Indices of clusters, by homotopy invariance.

The index of a connected set of equilibria is the sum of the indices of the equilibria that it
breaks up into in any nearby generic game; all indices of a game sum to +1 (Shapley 1974; Govindan
and Wilson 2005).  Take a cover that holds for *all* games whose payoff differences are within
delta, and one generic game among them.  On the way to it no equilibrium leaves the boxes, so the
indices of those that it has in the boxes of one coarse cluster sum to the indices of what the game
itself has there.  Where that is a single cluster besides isolated roots, its index follows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterplay.concepts.search.clusters import Cluster, Clustered, clustered
from counterplay.concepts.search.cover import Budget, Cover, Search, cover
from counterplay.numeric import FloatArray

_DISTANCES = (1e-4, 1e-5, 1e-6)
_SEEDS = (1, 2)
_CELLS = 400_000
_BOXES = 3_000
_CLOSE = 1e-6

_NOISE = 0.45
"""Noise in a payoff as a share of the distance, so that differences change by less than that."""

_RESOLVED = 1e-11
"""A generic game is searched until every root is certified."""


@dataclass(frozen=True)
class ClusterIndices:
    """The index of each cluster.

    Attributes
    ----------
    values : tuple of int or None
        None where it could not be settled.
    checked : bool
        Whether each was found by itself, so that their sum with the rest is an independent check;
        not so where the last one is what the others leave of +1.
    """

    values: tuple[int | None, ...]
    checked: bool


def cluster_indices(found: Cover, groups: Clustered, budget: Budget) -> ClusterIndices:
    """Find the index of each cluster."""
    count = len(groups.clusters)
    known = int(found.indices[groups.isolated].sum())
    indices: list[int | None] = [None] * count
    if count == 1:
        return ClusterIndices((1 - known,), checked=False)
    for distance in _DISTANCES:
        if count == 0 or budget.is_spent:
            break
        for position, index in _by_perturbation(found, groups, distance, budget):
            if indices[position] is None:
                indices[position] = index
        if None not in indices:
            break
    unknown = [k for k in range(count) if indices[k] is None]
    rest = 1 - known - sum(index for index in indices if index is not None)
    if len(unknown) == 1:
        indices[unknown[0]] = rest
    elif not unknown and rest != 0:
        return ClusterIndices((None,) * count, checked=False)
    return ClusterIndices(tuple(indices), checked=not unknown)


def _by_perturbation(
    found: Cover, groups: Clustered, distance: float, budget: Budget
) -> list[tuple[int, int]]:
    """Return (cluster, index) for what one distance settles."""
    wide = cover(found.problem.within(distance), budget.part(_CELLS), _BOXES)
    budget.spend(wide.cells)
    if not wide.finished:
        return []
    coarse = clustered(wide)
    for seed in _SEEDS:
        search = Search(found.problem.perturbed(_NOISE * distance, seed), budget.part(_CELLS), 64)
        search.run(_RESOLVED)
        budget.spend(search.cells)
        generic = search.result()
        if not generic.finished or len(generic.solid):
            continue
        roots = clustered(generic)
        if roots.clusters or int(generic.indices[roots.isolated].sum()) != 1:
            continue
        settled = _matched((found, groups), (wide, coarse), (generic, roots))
        if settled is not None:
            return settled
    return []


def _matched(
    exact: tuple[Cover, Clustered],
    wide: tuple[Cover, Clustered],
    generic: tuple[Cover, Clustered],
) -> list[tuple[int, int]] | None:
    """Gather isolated roots, clusters, coarse sets and generic roots that belong together."""
    found, groups = exact
    coarse_sets = _coarse_sets(*wide)
    singles = len(groups.isolated)
    first = singles + len(groups.clusters)
    parent = list(range(first + len(coarse_sets)))
    for position, root in enumerate(groups.isolated):
        homes = _homes(found.points[root], coarse_sets)
        if not homes:
            return None
        for home in homes:
            _join(parent, position, first + home)
    for position, cluster in enumerate(groups.clusters):
        for home, other in enumerate(coarse_sets):
            if cluster.touches(other, _CLOSE):
                _join(parent, singles + position, first + home)
    totals = [0] * len(parent)
    generic_cover, generic_groups = generic
    for root in generic_groups.isolated:
        homes = _homes(generic_cover.points[root], coarse_sets)
        if not homes:
            return None
        for home in homes[1:]:
            _join(parent, first + homes[0], first + home)
        totals[first + homes[0]] += int(generic_cover.indices[root])
    return _settled(parent, totals, found.indices[groups.isolated].tolist(), first)


def _coarse_sets(found: Cover, groups: Clustered) -> list[Cluster]:
    """Return the coarse cover's clusters, and each isolated root as a ball that holds it."""
    most = float(found.problem.shape.max())
    balls = [
        Cluster(
            np.zeros(0, np.int64),
            np.array([root]),
            found.points[root][None] - found.radii[root] * most - _CLOSE,
            found.points[root][None] + found.radii[root] * most + _CLOSE,
        )
        for root in groups.isolated
    ]
    return [*groups.clusters, *balls]


def _homes(point: FloatArray, sets: list[Cluster]) -> list[int]:
    return [k for k, one in enumerate(sets) if one.contains(point, _CLOSE)]


def _settled(
    parent: list[int], totals: list[int], isolated: list[int], first: int
) -> list[tuple[int, int]] | None:
    """Find the index of each cluster alone in its family; None if some family disagrees."""
    families: dict[int, list[int]] = {}
    for member in range(len(parent)):
        families.setdefault(_head(parent, member), []).append(member)
    settled = []
    for members in families.values():
        unknown = [m for m in members if len(isolated) <= m < first]
        known = sum(isolated[m] for m in members if m < len(isolated))
        total = sum(totals[m] for m in members)
        if not unknown and known != total:
            return None
        if len(unknown) == 1:
            settled.append((unknown[0] - len(isolated), total - known))
    return settled


def _head(parent: list[int], member: int) -> int:
    while parent[member] != member:
        member = parent[member]
    return member


def _join(parent: list[int], one: int, other: int) -> None:
    parent[_head(parent, one)] = _head(parent, other)
