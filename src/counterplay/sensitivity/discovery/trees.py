"""Trees: the leaves of a classification tree as boxes, rounded and made as simple as may be."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter
from counterplay.sensitivity.discovery.boxes import Limits, counted, inside
from counterplay.sensitivity.draws import spread
from counterplay.sensitivity.drivers.responses import BoolArray

SMALLEST_LEAF = 0.05
"""Draws in a leaf at least, as a share of the draws with the regime, or without if fewer."""

_FEWEST_IN_LEAF = 10
_GIVEN_UP = 0.005
"""Share of its density that a box may lose with one bound."""

_ROUNDED_AWAY = 0.02
"""Share of its density, and of its coverage, that a box may lose as its bounds are rounded."""

_MOST_DIGITS = 12
"""Decimals tried, after those that show a hundredth of a range."""


def leaf_boxes(
    matrix: FloatArray, parameters: Sequence[Parameter], occurs: BoolArray, depth: int
) -> list[Limits]:
    """Return the leaves of a classification tree in the order in which it holds them.

    Parameters
    ----------
    matrix : ndarray, shape (draws, parameters)
        Of parameters whose distribution has a width.
    depth : int
        Most bounds on the way to a leaf.
    """
    from sklearn.tree import DecisionTreeClassifier

    smallest = max(_FEWEST_IN_LEAF, int(SMALLEST_LEAF * min(occurs.sum(), (~occurs).sum())))
    # Ties between splits are broken by the order of the features, which a fixed seed fixes.
    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=smallest, random_state=0)
    ends = [spread(parameter) for parameter in parameters]
    lows, widths = np.array([(low, high - low) for low, _, high in ends]).T
    # The library reads 32-bit floats, which tell shares of a range apart but not any unit.
    grown = tree.fit((matrix - lows) / widths, occurs).tree_
    boxes: list[Limits] = []
    pending: list[tuple[int, dict[str, tuple[float | None, float | None]]]] = [(0, {})]
    while pending:
        node, limits = pending.pop()
        if grown.children_left[node] < 0:
            boxes.append(limits)
            continue
        split = grown.feature[node]
        name = parameters[split].id
        at = float(lows[split] + widths[split] * grown.threshold[node])
        above, below = limits.get(name, (None, None))
        pending.append((int(grown.children_right[node]), {**limits, name: (at, below)}))
        pending.append((int(grown.children_left[node]), {**limits, name: (above, at)}))
    return boxes


def rounded(
    limits: Limits, matrix: FloatArray, parameters: Sequence[Parameter], occurs: BoolArray
) -> Limits:
    """Return bounds with the fewest digits that keep the box, and without those at a range's ends.

    Bounds show a hundredth of each range, or finer where the box would else lose more than a
    fiftieth of its density or of its coverage on the sample that it was fitted to.
    """
    names = [parameter.id for parameter in parameters]
    whole = counted(inside(matrix, names, limits), occurs)
    for more in range(_MOST_DIGITS + 1):
        found = _with_digits(limits, parameters, more)
        now = counted(inside(matrix, names, found), occurs)
        kept = 1 - _ROUNDED_AWAY
        if now.density >= kept * whole.density and now.coverage >= kept * whole.coverage:
            return found
    return limits


def _with_digits(limits: Limits, parameters: Sequence[Parameter], more: int) -> Limits:
    """Return bounds to a hundredth of each range, with some digits more."""
    shapes = {parameter.id: spread(parameter) for parameter in parameters}
    found: dict[str, tuple[float | None, float | None]] = {}
    for name, (above, below) in limits.items():
        low, _, high = shapes[name]
        digits = 2 + more - floor(log10(high - low))
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
        if without[name] < (1 - _GIVEN_UP) * now:
            break
        del kept[name]
    return kept
