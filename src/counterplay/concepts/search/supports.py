"""Supports that conditional dominance cannot exclude.

An option is conditionally dominated, given which options the others may play, when another option
of its player pays more against all of those.  No equilibrium on that support plays it (Porter,
Nudelman and Shoham 2008, "Simple search methods for finding a Nash equilibrium").  For every
pair of options the least payoff gap over every product of subsets of the others' options is
tabulated: the least over a subset is the lesser of the least over the subset without its lowest
option and the value there.
"""

from __future__ import annotations

import numpy as np

from counterplay.concepts.search.layout import IntArray, flat_steps
from counterplay.numeric import FloatArray


def mask_steps(shape: IntArray) -> IntArray:
    """Return (n, n) steps: of player j's subset in the table of player i; 0 for i itself."""
    n = shape.shape[0]
    steps = np.zeros((n, n), np.int64)
    for i in range(n):
        step = 1
        for j in range(n - 1, -1, -1):
            if j != i:
                steps[i, j] = step
                step *= 1 << shape[j]
    return steps


def table_starts(shape: IntArray) -> IntArray:
    """Return (n + 1,) where each player's table begins in the array of all tables."""
    n = shape.shape[0]
    starts = np.zeros(n + 1, np.int64)
    for i in range(n):
        size = 1
        for j in range(n):
            if j != i:
                size *= 1 << shape[j]
        starts[i + 1] = starts[i] + size
    return starts


def undominated_tables(
    payoffs: FloatArray, shape: IntArray, starts: IntArray, slack: float, tables: IntArray
) -> bool:
    """Fill in, for each player and all subsets of the others' options, the undominated options.

    Returns
    -------
    bool
        Whether two options of a player ever pay the same, within the slack.
    """
    n = shape.shape[0]
    steps = flat_steps(shape)
    largest = 1
    for i in range(n):
        largest = max(largest, starts[i + 1] - starts[i])
    one = np.empty(largest)
    two = np.empty(largest)
    ties = False
    for i in range(n):
        size = starts[i + 1] - starts[i]
        table = tables[starts[i] : starts[i + 1]]
        for q in range(size):
            table[q] = (1 << shape[i]) - 1
        for a in range(shape[i]):
            for b in range(shape[i]):
                if a != b:
                    count = _gaps(payoffs[i], shape[i], steps[i], (a, b), one)
                    for t in range(count):
                        ties = ties or abs(one[t]) <= slack
                    least = _least_over_subsets(shape, i, one, two)
                    bit = ~(1 << a)
                    for q in range(size):
                        if slack < least[q] < 1e299:
                            table[q] &= bit
    return ties


def _gaps(
    table: FloatArray, options: int, step: int, pair: tuple[int, int], gaps: FloatArray
) -> int:
    """Write how much more the second option pays than the first against each of the others'."""
    a, b = pair
    at = 0
    for block in range(table.shape[0] // (step * options)):
        for s in range(step):
            gaps[at] = table[(block * options + b) * step + s]
            gaps[at] -= table[(block * options + a) * step + s]
            at += 1
    return at


def _least_over_subsets(
    shape: IntArray, player: int, one: FloatArray, two: FloatArray
) -> FloatArray:
    """Extend each axis of the gaps from options to subsets; return the array that holds them."""
    n = shape.shape[0]
    before = 1
    after = 1
    for j in range(n):
        if j != player:
            after *= shape[j]
    source = one
    target = two
    for j in range(n):
        if j == player:
            continue
        options = shape[j]
        after //= options
        _extend(source, target, (before, options, after))
        before *= 1 << options
        held = source
        source = target
        target = held
    return source


def _extend(source: FloatArray, target: FloatArray, sizes: tuple[int, int, int]) -> None:
    before, options, after = sizes
    subsets = 1 << options
    for block in range(before):
        start = block * subsets * after
        for s in range(after):
            target[start + s] = 1e300
        for mask in range(1, subsets):
            lowest = 0
            while not (mask >> lowest) & 1:
                lowest += 1
            rest = start + (mask & (mask - 1)) * after
            here = start + mask * after
            there = (block * options + lowest) * after
            for s in range(after):
                target[here + s] = min(target[rest + s], source[there + s])


def list_supports(
    tables: IntArray, shape: IntArray, starts: IntArray, room: IntArray, nodes: int
) -> int:
    """Write the supports that survive conditional dominance into `room`, (capacity, n) bit masks.

    The search tree fixes one player's options after the other; those not fixed yet count as all
    undominated options, so that a branch is cut as soon as an option fixed is dominated.

    Returns
    -------
    int
        Their number; one more than the capacity where there are more, or where the search tree
        has more than so many nodes.
    """
    n = shape.shape[0]
    steps = mask_steps(shape)
    kept = _iterated(tables, shape, starts, steps)
    masks = kept.copy()
    level = 0
    masks[0] = 0
    found = 0
    looked = 0
    while level >= 0:
        looked += 1
        if found > room.shape[0] or looked > nodes:
            return int(room.shape[0] + 1)
        masks[level] = (masks[level] - kept[level]) & kept[level]
        if masks[level] == 0:
            masks[level] = kept[level]
            level -= 1
            continue
        if not _survives(tables, starts, steps, masks, level):
            continue
        if level == n - 1:
            if found < room.shape[0]:
                for j in range(n):
                    room[found, j] = masks[j]
            found += 1
        else:
            level += 1
            masks[level] = 0
    return found


def _iterated(tables: IntArray, shape: IntArray, starts: IntArray, steps: IntArray) -> IntArray:
    """Return each player's options that survive iterated dominance by single options."""
    n = shape.shape[0]
    kept = np.empty(n, np.int64)
    for i in range(n):
        kept[i] = (1 << shape[i]) - 1
    changed = True
    while changed:
        changed = False
        for i in range(n):
            left = kept[i] & tables[_place(starts, steps, kept, i)]
            if left != kept[i]:
                kept[i] = left
                changed = True
    return kept


def _place(starts: IntArray, steps: IntArray, masks: IntArray, player: int) -> int:
    place: int = starts[player]
    for j in range(masks.shape[0]):
        place += masks[j] * steps[player, j]
    return place


def _survives(
    tables: IntArray, starts: IntArray, steps: IntArray, masks: IntArray, level: int
) -> bool:
    survives = True
    for i in range(level + 1):
        if masks[i] & ~tables[_place(starts, steps, masks, i)]:
            survives = False
            break
    return survives


def sort_by_size(supports: IntArray, count: int) -> IntArray:
    """Return the numbers of the supports from small to large, in their order among equals."""
    n = supports.shape[1]
    sizes = np.empty(count, np.int64)
    largest = 0
    for s in range(count):
        size = 0
        for j in range(n):
            mask = supports[s, j]
            while mask:
                mask &= mask - 1
                size += 1
        sizes[s] = size
        largest = max(largest, size)
    starts = np.zeros(largest + 2, np.int64)
    for s in range(count):
        starts[sizes[s] + 1] += 1
    for size in range(largest + 1):
        starts[size + 1] += starts[size]
    order = np.empty(count, np.int64)
    for s in range(count):
        order[starts[sizes[s]]] = s
        starts[sizes[s]] += 1
    return order
