"""Where the numbers of one support lie: players, functions, tensors, coordinates.

On a support every player i has k_i options that may be played.  An equilibrium on it solves, for
each player, k_i - 1 equations (an option pays as much as the first one played) and m_i - k_i
inequalities (an option left out pays no more).  None of player i's functions depends on its own
strategy, so each is a tensor over the options that the *other* players may choose.

All tensors of a support lie in one flat array, those of player 0 first, equations before
inequalities.  A *vertex tuple* names one option for each player; it is numbered with the last
player moving fastest.

A support is an array of integers, `support[ROW, player]`, so that compiled code passes it about as
one pointer:

COUNT      k_i
FUNCTION   m_i - 1 functions of player i, of which the first k_i - 1 are equations
LENGTH     entries of one tensor of player i: the product of the other counts
FIRST      where player i's tensors begin; at n: the entries of all tensors
ROW        number of player i's first equation; at n: the number of equations
PLACE      where player i's probabilities begin; at n: the number of probabilities
CORNER     where player i's k_i x k_i matrix of cell vertices begins; at n: entries of all
TAIL       step of player i's option in the number of a vertex tuple; at n: vertex tuples
STRIDE + i step of each player's option in a tensor of player i
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray

IntArray = npt.NDArray[np.int64]

COUNT, FUNCTION, LENGTH, FIRST, ROW, PLACE, CORNER, TAIL, STRIDE = range(9)


def flat_steps(shape: IntArray) -> IntArray:
    """Return the step of each player's option in a flat payoff table."""
    n = shape.shape[0]
    steps = np.ones(n, np.int64)
    for i in range(n - 2, -1, -1):
        steps[i] = steps[i + 1] * shape[i + 1]
    return steps


def empty_support(shape: IntArray) -> IntArray:
    """Return room for the layout of any support of a game of this shape."""
    n = shape.shape[0]
    return np.zeros((STRIDE + n, n + 1), np.int64)


def lay_out(support: IntArray, shape: IntArray, masks: IntArray) -> None:
    """Fill in the layout of the support whose options are the bits of `masks`."""
    n = shape.shape[0]
    tail = 1
    for i in range(n - 1, -1, -1):
        count = 0
        mask = masks[i]
        while mask:
            mask &= mask - 1
            count += 1
        support[COUNT, i] = count
        support[FUNCTION, i] = shape[i] - 1
        support[TAIL, i] = tail
        tail *= count
    support[TAIL, n] = tail
    for i in range(n):
        count = support[COUNT, i]
        length = tail // count
        support[LENGTH, i] = length
        support[FIRST, i + 1] = support[FIRST, i] + support[FUNCTION, i] * length
        support[ROW, i + 1] = support[ROW, i] + count - 1
        support[PLACE, i + 1] = support[PLACE, i] + count
        support[CORNER, i + 1] = support[CORNER, i] + count * count
        step = 1
        for j in range(n - 1, -1, -1):
            support[STRIDE + i, j] = 0
            if j != i:
                support[STRIDE + i, j] = step
                step *= support[COUNT, j]


def fill_root(
    support: IntArray,
    masks: IntArray,
    payoffs: FloatArray,
    options: IntArray,
    tensors: FloatArray,
) -> None:
    """Write the tensors of the whole support into `tensors`.

    Parameters
    ----------
    payoffs : (n, profiles)
        Scaled payoffs, flat.
    options : (2 n + 1, at least n and any m_i)
        Room for the options inside and outside of the support; the last row holds the step of
        each player's option in a flat payoff table.
    """
    n = support.shape[1] - 1
    inside = options[:n]
    outside = options[n : 2 * n]
    steps = options[2 * n]
    for i in range(n):
        _options(support[FUNCTION, i] + 1, masks[i], inside[i], outside[i])
    for i in range(n):
        length = support[LENGTH, i]
        step = steps[i]
        equations = support[COUNT, i] - 1
        for t in range(length):
            place = inside[i, 0] * step
            rest = t
            for j in range(n - 1, -1, -1):
                if j != i:
                    count = support[COUNT, j]
                    place += inside[j, rest % count] * steps[j]
                    rest //= count
            base = payoffs[i, place]
            place -= inside[i, 0] * step
            at = support[FIRST, i] + t
            for f in range(equations):
                tensors[at] = payoffs[i, place + inside[i, f + 1] * step] - base
                at += length
            for f in range(support[FUNCTION, i] - equations):
                tensors[at] = payoffs[i, place + outside[i, f] * step] - base
                at += length


def _options(options: int, mask: int, inside: IntArray, outside: IntArray) -> None:
    used = 0
    left = 0
    for option in range(options):
        if (mask >> option) & 1:
            inside[used] = option
            used += 1
        else:
            outside[left] = option
            left += 1
