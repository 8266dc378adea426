"""Shares of seeded starts from which a dynamic process ends in each equilibrium.

Counts of independent starts are binomial; their intervals are Wilson's (Probable inference, the
law of succession, and statistical inference, Journal of the American Statistical Association 22,
1927).
A share of starts measures a basin of attraction under one process.  It is not a likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass

from counterplay.errors import GameError

_NORMAL = 1.959963984540054
"""Quantile of the normal distribution for intervals of 95 %."""

MOST_STARTS = 1_000_000


@dataclass(frozen=True)
class Share:
    """How many of the starts ended in one place.

    Attributes
    ----------
    count, starts : int
    """

    count: int
    starts: int

    @property
    def value(self) -> float:
        """The share itself, from 0 to 1."""
        return self.count / self.starts

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval for the share of all possible starts.

        Examples
        --------
        >>> [round(end, 3) for end in Share(0, 100).interval]
        [0.0, 0.037]
        """
        share, total, z = self.value, self.starts, _NORMAL
        centre = (share + z * z / (2 * total)) / (1 + z * z / total)
        half = z * (share * (1 - share) / total + z * z / (4 * total * total)) ** 0.5
        half /= 1 + z * z / total
        low = 0.0 if self.count == 0 else max(centre - half, 0.0)
        high = 1.0 if self.count == total else min(centre + half, 1.0)
        return low, high


@dataclass(frozen=True)
class BasinShares:
    """Where a process ended from seeded starts.

    Attributes
    ----------
    shares : tuple of Share
        For each equilibrium listed, in the order of the list.
    none : Share
        Starts that ended in none of them: in a cycle, elsewhere, or nowhere yet.
    starts, seed : int
    """

    shares: tuple[Share, ...]
    none: Share
    starts: int
    seed: int


def counted(ends: list[int], listed: int, starts: int, seed: int) -> BasinShares:
    """Return shares from the position in the list where each start ended, -1 for none."""
    counts = [0] * listed
    for end in ends:
        if end >= 0:
            counts[end] += 1
    return BasinShares(
        tuple(Share(count, starts) for count in counts),
        Share(starts - sum(counts), starts),
        starts,
        seed,
    )


def check_starts(starts: int, seed: int) -> None:
    """Refuse numbers of starts and seeds that cannot be used.

    Raises
    ------
    GameError
    """
    if not (_is_whole(starts) and 1 <= starts <= MOST_STARTS):
        raise GameError(f"starts: {starts!r} is not a whole number from 1 to {MOST_STARTS:,}")
    if not (_is_whole(seed) and seed >= 0):
        raise GameError(f"seed: {seed!r} is not a whole number from 0 on")


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)
