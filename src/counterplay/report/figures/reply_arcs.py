"""The curves of a best-reply graph, as outlines in pixels."""

from __future__ import annotations

import math
from collections.abc import Iterable

from counterplay.report.figures.map_shapes import Place

_BEND, _LARGEST_ACROSS, _LARGEST_DOWN = 0.15, 17.0, 32.0
_NODE, _HEAD = 10.0, 7.0

DASHES = ((1, 0), (6, 2), (2, 2), (8, 2, 2, 2), (4, 4), (10, 3), (1, 3), (6, 2, 1, 2))
"""Dash of each player's arrows, by position: the second channel beside colour."""


def curves(ends: Iterable[tuple[Place, Place]]) -> str:
    """Return curved lines between pairs of places, beside the nodes at either end."""
    return "".join(_curve(*_bent(start, end)) for start, end in ends)


def heads(ends: Iterable[tuple[Place, Place]], size: float = _HEAD) -> str:
    """Return the arrow heads of `curves`."""
    return "".join(_head(*_bent(start, end)[1:], size) for start, end in ends)


def _bent(start: Place, end: Place) -> tuple[Place, Place, Place]:
    """Return the curve's ends and its control point; there and back bend to opposite sides."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = math.hypot(across, down)
    largest = _LARGEST_ACROSS if abs(across) > abs(down) else _LARGEST_DOWN
    bend = 2 * min(_BEND * length, largest) / length
    middle = (start[0] + end[0]) / 2 - down * bend, (start[1] + end[1]) / 2 + across * bend
    share = min(0.4, _NODE / length)
    return _between(start, middle, end, share), middle, _between(start, middle, end, 1 - share)


def _between(start: Place, middle: Place, end: Place, share: float) -> Place:
    first, second, third = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return (
        first * start[0] + second * middle[0] + third * end[0],
        first * start[1] + second * middle[1] + third * end[1],
    )


def _curve(start: Place, middle: Place, end: Place) -> str:
    return f"M{_text(start)}Q{_text(middle)} {_text(end)}"


def _head(middle: Place, end: Place, size: float) -> str:
    across, down = end[0] - middle[0], end[1] - middle[1]
    length = math.hypot(across, down) or 1.0
    along, beside = (across / length, down / length), (-down / length, across / length)
    back = end[0] - size * along[0], end[1] - size * along[1]
    left = back[0] + size * 0.45 * beside[0], back[1] + size * 0.45 * beside[1]
    right = back[0] - size * 0.45 * beside[0], back[1] - size * 0.45 * beside[1]
    return f"M{_text(end)}L{_text(left)}L{_text(right)}Z"


def _text(place: Place) -> str:
    return f"{place[0]:.1f},{place[1]:.1f}"
