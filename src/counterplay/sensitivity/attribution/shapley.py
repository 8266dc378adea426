"""The Shapley value: a change shared out among what changed, so that the shares add up.

The share of a factor is the average of what it adds over all orders in which the factors could
change one after the other (Shapley, "A value for n-person games", 1953).  It is the only rule
under which shares add up to the whole, factors that do the same get the same, one that never does
anything gets nothing, and shares of a sum are sums of shares.
"""

from __future__ import annotations

from math import comb, fsum

import numpy as np

from counterplay.numeric import FloatArray


def shapley(values: FloatArray) -> tuple[float, ...]:
    """Share out a change among factors.

    Parameters
    ----------
    values : ndarray, shape (2**k,)
        What is measured at each combination; bit j of the position says whether factor j has
        changed.

    Returns
    -------
    tuple of k floats
        They add up to the last value less the first, up to rounding.  Values given in the
        opposite order give exactly the opposite shares; a factor that changes no value gets
        exactly 0.

    Examples
    --------
    >>> import numpy as np
    >>> shapley(np.array([0.0, 1.0, 0.0, 3.0]))
    (2.0, 1.0)
    """
    count = len(values).bit_length() - 1
    positions = np.arange(len(values))
    sizes = sum(((positions >> bit) & 1 for bit in range(count)), start=np.zeros_like(positions))
    weights = np.array([1 / (count * comb(count - 1, size)) for size in range(count)])
    shares = []
    for bit in range(count):
        without = positions[(positions >> bit) & 1 == 0]
        added = values[without | (1 << bit)] - values[without]
        # The correctly rounded sum does not depend on the order, so that opposites are exact.
        shares.append(fsum((weights[sizes[without]] * added).tolist()) + 0.0)
    return tuple(shares)


def without_rounding(values: FloatArray, tie: float) -> FloatArray:
    """Return values in which those that differ by rounding alone are equal.

    Neighbours in size that are within `tie` of each other all take the least of them.
    """
    sizes, which = np.unique(values, return_inverse=True)
    starts = np.concatenate([[True], np.diff(sizes) > tie])
    kept: FloatArray = sizes[starts][np.cumsum(starts) - 1][which.ravel()]
    return kept
