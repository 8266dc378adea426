"""Shorter moves that still do it: along a line, one number at a time, and in fewer digits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from counterplay.games.replies import BoolArray
from counterplay.numeric import FloatArray
from counterplay.sensitivity.nearest.moving import Moving, Norm, length

Holds = Callable[[FloatArray], BoolArray]
"""Says at each of many moves, shape (k, count), whether what is wanted holds there."""

_STEPS = 8
_FINE, _COARSE = 1e-6, 5e-3
_SAME = 1e-9
_WORTHWHILE = 1e-3
_ROUNDS = 3


def nearest_on_line(
    start: FloatArray, goal: FloatArray, holds: Holds, fineness: float = _FINE
) -> FloatArray:
    """Return the point nearest to `start` on the way to `goal`, where it holds, that holds.

    Looks at 8 even steps, then closes in by eighths to `fineness` of the way; an island that falls
    between two steps is missed.
    """
    low, high = 0.0, 1.0
    while high - low > fineness:
        ways = np.linspace(low, high, _STEPS + 1)[:-1]
        found = holds(start[:, None] + (goal - start)[:, None] * ways)
        if found.any():
            first = int(np.argmax(found))
            high = float(ways[first])
            if first == 0:
                break
            low = float(ways[first - 1])
        else:
            low = float(ways[-1])
    return start + (goal - start) * high


def polished(move: FloatArray, norm: Norm, holds: Holds) -> FloatArray:
    """Shorten a move along its line, then one number after another, until nothing is gained."""
    size = length(move, norm)
    for _ in range(_ROUNDS):
        move = tidied(move, holds)
        move = nearest_on_line(np.zeros_like(move), move, holds)
        for k in np.argsort(-np.abs(move), kind="stable"):
            if move[k] != 0:
                without = move.copy()
                without[k] = 0.0
                move = nearest_on_line(without, move, holds, _COARSE)
        if norm == "linf":
            move = _evened(move, holds)
        if length(move, norm) > (1 - _WORTHWHILE) * size:
            break
        size = length(move, norm)
    return nearest_on_line(np.zeros_like(move), move, holds)


def _evened(move: FloatArray, holds: Holds) -> FloatArray:
    """Cap all changes at the least common size that still does it."""
    top = float(np.abs(move).max(initial=0.0))
    caps = np.linspace(0.0, top, _STEPS + 1)[:-1]
    found = holds(np.clip(move[:, None], -caps, caps))
    return np.clip(move, -caps[np.argmax(found)], caps[np.argmax(found)]) if found.any() else move


def tidied(move: FloatArray, holds: Holds) -> FloatArray:
    """Leave every number where it is whose change is not needed, smallest changes first."""
    for k in np.argsort(np.abs(move), kind="stable"):
        if move[k] != 0:
            without = move.copy()
            without[k] = 0.0
            if holds(without[:, None])[0]:
                move = without
    return move


def in_few_digits(moving: Moving, move: FloatArray, norm: Norm, holds: Holds) -> FloatArray:
    """Write the new numbers with as few digits as still do it without moving farther."""
    size = length(move, norm)
    numbers = moving.at(move)
    for digits in range(2, 12):
        rounded = np.array([float(f"{number:.{digits}g}") for number in numbers])
        rounded = np.where(move == 0, moving.now, np.clip(rounded, moving.low, moving.high))
        shorter = (rounded - moving.now) / moving.span
        if length(shorter, norm) <= size + _SAME and holds(shorter[:, None])[0]:
            return shorter
    return move
