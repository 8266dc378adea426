"""Looking closer at small clusters, until a weak point is a point and a hard root is certified."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from counterplay.concepts.search.clusters import Clustered, clustered
from counterplay.concepts.search.cover import FLOORS, Cover, Search
from counterplay.concepts.search.layout import IntArray

_FLOOR = 1e-5
_SMALL = 0.1
_FEW = 200


def refined(found: Cover, search: Search) -> tuple[Cover, Clustered]:
    """Search the undecided boxes of small clusters again to a finer floor, if that helps."""
    groups = clustered(found)
    again = [
        cluster.boxes[found.solid[cluster.boxes] == 0]
        for cluster in groups.clusters
        if len(cluster.boxes) <= _FEW and cluster.extent <= _SMALL
    ]
    boxes = np.concatenate([*again, np.zeros(0, np.int64)]).astype(np.int64)
    if len(boxes) == 0 or found.floor > FLOORS[0] or search.budget.is_spent:
        return found, groups
    store = search.state
    numbers = store.box_facts[boxes, 0].copy()
    if not search.seed(store.boxes[boxes].copy(), numbers, _steps(found, boxes), _FLOOR):
        return found, groups
    closer = search.result()
    if not closer.finished or len(closer.solid) > len(boxes) + _FEW:
        return found, groups
    kept = np.setdiff1d(np.arange(len(found.solid)), boxes)
    merged = _merged(found, closer, kept)
    return merged, clustered(merged)


def _steps(found: Cover, boxes: IntArray) -> IntArray:
    """Return the rounding steps behind tensors rebuilt from vertices.

    An error in a vertex enters once a player, twice as large: vertices are off by as many steps as
    the tensors were, and rebuilding adds one step a player.
    """
    n = len(found.problem.shape)
    steps: IntArray = found.box_steps[boxes] * (2 * n + 1) + n
    return steps


def _merged(found: Cover, closer: Cover, kept: IntArray) -> Cover:
    return replace(
        found,
        cells=closer.cells,
        points=np.concatenate([found.points, closer.points]),
        kinds=np.concatenate([found.kinds, closer.kinds]),
        radii=np.concatenate([found.radii, closer.radii]),
        alone=np.concatenate([found.alone, closer.alone]),
        indices=np.concatenate([found.indices, closer.indices]),
        masks=np.concatenate([found.masks, closer.masks]),
        vertices=tuple(
            np.concatenate([old[kept], new])
            for old, new in zip(found.vertices, closer.vertices, strict=True)
        ),
        box_masks=np.concatenate([found.box_masks[kept], closer.box_masks]),
        solid=np.concatenate([found.solid[kept], closer.solid]),
        box_steps=np.concatenate([found.box_steps[kept], closer.box_steps]),
    )
