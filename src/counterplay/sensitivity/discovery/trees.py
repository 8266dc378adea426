"""Trees: the leaves of a classification tree as boxes, rounded and made as simple as may be."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter
from counterplay.sensitivity.discovery.boxes import Limits, counted, inside
from counterplay.sensitivity.draws import spread
from counterplay.sensitivity.drivers.responses import BoolArray

SMALLEST_LEAF = 0.05
"""Draws in a leaf at least, as a share of the draws with the regime, or without if fewer."""

_FEWEST_IN_LEAF = 10
_DENSITY_GIVEN_UP = 0.005
"""Density that may be lost by dropping one bound."""


def leaf_boxes(
    matrix: FloatArray, parameters: Sequence[str], occurs: BoolArray, depth: int
) -> list[Limits]:
    """Return the leaves of a classification tree in the order in which it holds them.

    Parameters
    ----------
    matrix : ndarray, shape (draws, parameters)
    depth : int
        Most bounds on the way to a leaf.
    """
    from sklearn.tree import DecisionTreeClassifier

    smallest = max(_FEWEST_IN_LEAF, int(SMALLEST_LEAF * min(occurs.sum(), (~occurs).sum())))
    # Ties between splits are broken by the order of the features, which a fixed seed fixes.
    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=smallest, random_state=0)
    grown = tree.fit(matrix, occurs).tree_
    boxes: list[Limits] = []
    pending: list[tuple[int, dict[str, tuple[float | None, float | None]]]] = [(0, {})]
    while pending:
        node, limits = pending.pop()
        if grown.children_left[node] < 0:
            boxes.append(limits)
            continue
        name, at = parameters[grown.feature[node]], float(grown.threshold[node])
        above, below = limits.get(name, (None, None))
        pending.append((int(grown.children_right[node]), {**limits, name: (at, below)}))
        pending.append((int(grown.children_left[node]), {**limits, name: (above, at)}))
    return boxes


def rounded(limits: Limits, parameters: Sequence[Parameter]) -> Limits:
    """Return bounds to a hundredth of each range or finer, and without those at its ends."""
    shapes = {parameter.id: spread(parameter) for parameter in parameters}
    found: dict[str, tuple[float | None, float | None]] = {}
    for name, (above, below) in limits.items():
        low, _, high = shapes[name]
        digits = 2 - floor(log10(high - low)) if high > low else 0
        ends = [None if end is None else round(end, digits) for end in (above, below)]
        lower = ends[0] if ends[0] is not None and ends[0] > low else None
        upper = ends[1] if ends[1] is not None and ends[1] < high else None
        if lower is not None or upper is not None:
            found[name] = (lower, upper)
    return found


def simplified(
    limits: Limits, matrix: FloatArray, parameters: Sequence[str], occurs: BoolArray
) -> Limits:
    """Return a box without the bounds that hardly add density, least useful first."""
    kept = dict(limits)
    while kept:
        now = counted(inside(matrix, parameters, kept), occurs).density
        without = {
            name: counted(
                inside(matrix, parameters, {k: v for k, v in kept.items() if k != name}), occurs
            ).density
            for name in kept
        }
        name = max(without, key=lambda key: without[key])
        if without[name] < now - _DENSITY_GIVEN_UP:
            break
        del kept[name]
    return kept
