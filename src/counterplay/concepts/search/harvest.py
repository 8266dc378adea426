"""What a search found, moved from supports to whole profiles, with payoffs and regrets."""

from __future__ import annotations

from counterplay.concepts.search.layout import IntArray
from counterplay.concepts.search.root import SIGN
from counterplay.concepts.search.state import (
    NO_EQUILIBRIUM,
    ROOT_KIND,
    ROOT_SUPPORT,
    ROOTS,
    State,
)
from counterplay.numeric import FloatArray

KIND, INDEX, NUMBER, MASKS = range(4)
"""Columns of the labels: kind of root, index, its number in the search, then a bit mask of each
player's options."""


def gather(state: State, shape: IntArray, points: FloatArray, labels: IntArray) -> int:
    """Write the roots that may be equilibria as flat profiles, and their labels.

    Parameters
    ----------
    points : (at least as many as roots, X), zero
    labels : (likewise, 3 + n)

    Returns
    -------
    int
        Their number.
    """
    n = shape.shape[0]
    count = 0
    for r in range(state.counters[ROOTS]):
        kind = int(state.certificates[r, ROOT_KIND])
        if kind == NO_EQUILIBRIUM:
            continue
        s = int(state.certificates[r, ROOT_SUPPORT])
        index = int(state.certificates[r, SIGN])
        at = 0
        start = 0
        for i in range(n):
            mask = state.supports[s, i]
            labels[count, MASKS + i] = mask
            mixing = -1
            for option in range(shape[i]):
                if (mask >> option) & 1:
                    points[count, start + option] = state.roots[r, at]
                    at += 1
                    mixing += 1
            start += shape[i]
            if mixing % 2:
                index = -index
        labels[count, KIND] = kind
        labels[count, INDEX] = index
        labels[count, NUMBER] = r
        count += 1
    return count


def evaluate(
    points: FloatArray,
    shape: IntArray,
    tables: tuple[FloatArray, FloatArray, FloatArray],
    room: FloatArray,
    results: tuple[FloatArray, FloatArray],
) -> None:
    """Compute payoffs and the largest regret of flat profiles.

    Parameters
    ----------
    points : (k, X)
    tables : payoffs and scaled payoffs, (n, profiles) each, and ranges (n,)
    room : (at least profiles,)
    results : payoffs (k, n) and regrets (k,), overwritten
    """
    raw, scaled, ranges = tables
    payoffs, regrets = results
    for row in range(points.shape[0]):
        regrets[row] = 0.0
        start = 0
        for i in range(shape.shape[0]):
            count = shape[i]
            _replies(raw[i], shape, i, points[row], room)
            total = 0.0
            for p in range(count):
                total += points[row, start + p] * room[p]
            payoffs[row, i] = total
            _replies(scaled[i], shape, i, points[row], room)
            mean = 0.0
            best = room[0]
            for p in range(count):
                mean += points[row, start + p] * room[p]
                best = max(best, room[p])
            regrets[row] = max(regrets[row], (best - mean) * ranges[i])
            start += count


def _replies(
    table: FloatArray, shape: IntArray, player: int, point: FloatArray, room: FloatArray
) -> None:
    """Write the mean payoff of each option of a player against the others into `room`."""
    length = table.shape[0]
    for t in range(length):
        room[t] = table[t]
    tail = 1
    start = point.shape[0]
    for j in range(shape.shape[0] - 1, -1, -1):
        count = shape[j]
        start -= count
        if j == player:
            tail = count
            continue
        blocks = length // (count * tail)
        for block in range(blocks):
            for s in range(tail):
                total = 0.0
                for p in range(count):
                    total += point[start + p] * room[(block * count + p) * tail + s]
                room[block * tail + s] = total
        length = blocks * tail
