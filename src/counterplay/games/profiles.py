"""Strategies and profiles: the vocabulary of the whole package on one screen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from counterplay.errors import GameError
from counterplay.numeric import FloatArray

Profile = tuple[int, ...]
"""A pure strategy profile: the index of one option for each player."""

Strategies = tuple[FloatArray, ...]
"""A mixed strategy profile: for each player a probability vector over its options."""

SUM_TOLERANCE = 1e-9


def pure_strategies(profile: Sequence[int], shape: Sequence[int]) -> Strategies:
    """Return the mixed profile that plays `profile` for sure, in exact zeros and ones.

    Examples
    --------
    >>> [x.tolist() for x in pure_strategies((1, 0), (2, 2))]
    [[0.0, 1.0], [1.0, 0.0]]
    """
    vectors = []
    for option, count in zip(profile, shape, strict=True):
        vector = np.zeros(count)
        vector[option] = 1.0
        vector.flags.writeable = False
        vectors.append(vector)
    return tuple(vectors)


def checked_strategies(strategies: Sequence[object], shape: Sequence[int]) -> Strategies:
    """Return `strategies` as read-only probability vectors that fit `shape`.

    Raises
    ------
    GameError
        If the number or the lengths of the vectors are wrong, or one is not a distribution.
    """
    try:
        count = len(strategies)
    except TypeError:
        count = 0
    if count != len(shape):
        raise GameError(f"strategies: {count} vectors for {len(shape)} players; give one each")
    vectors = []
    for player, (given, count) in enumerate(zip(strategies, shape, strict=True)):
        try:
            vector = np.array(given, dtype=np.float64)
        except (TypeError, ValueError, OverflowError):
            raise GameError(
                f"strategies[{player}]: give {count} probabilities, one for each option"
            ) from None
        if vector.shape != (count,):
            raise GameError(
                f"strategies[{player}]: shape {vector.shape}; "
                f"player {player} has {count} options, so give {count} probabilities"
            )
        if not np.all(np.isfinite(vector)) or vector.min() < -SUM_TOLERANCE:
            raise GameError(f"strategies[{player}]: probabilities must be finite and not negative")
        if abs(vector.sum() - 1) > SUM_TOLERANCE:
            raise GameError(
                f"strategies[{player}]: probabilities sum to {vector.sum():.12g}, not 1"
            )
        vector = np.clip(vector, 0.0, 1.0)
        vector.flags.writeable = False
        vectors.append(vector)
    return tuple(vectors)
