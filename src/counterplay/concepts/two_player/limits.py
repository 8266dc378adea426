"""How much work an exact enumeration may take, and how it is told to stop."""

from __future__ import annotations

from collections.abc import Callable

from counterplay.errors import CounterplayError

MAX_RAYS = 100_000
"""Rays that the double descriptions of one game may make together: about two seconds."""

MAX_SUBSETS = 5_000
"""Maximal Nash subsets that one game may have."""


class LimitReachedError(CounterplayError):
    """The enumeration takes more work than it is allowed."""


class StoppedError(CounterplayError):
    """The caller no longer wants the result."""


class Limits:
    """What is left of the work that one game is allowed.

    Parameters
    ----------
    rays : int
        Rays that may be made in all.  The same number gives the same result everywhere.
    stop : callable, optional
        Polled often; the enumeration ends where it returns True.
    """

    def __init__(self, rays: int = MAX_RAYS, stop: Callable[[], bool] | None = None) -> None:
        self._rays, self._stop = rays, stop

    def poll(self) -> None:
        """Raise `StoppedError` where the caller wants to stop."""
        if self._stop is not None and self._stop():
            raise StoppedError("stopped by the caller")

    def spend(self, rays: int) -> None:
        """Count rays made or equilibria found; raise `LimitReachedError` past the limit."""
        self._rays -= rays
        if self._rays < 0:
            raise LimitReachedError("more rays than allowed")
        self.poll()
