"""How long work takes where it is done, without the time in which it waits for a worker."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Do some work and say how long it took.

    Parameters
    ----------
    work : callable
        Such as ``partial(sample, scenario, 64, 0)``.

    Returns
    -------
    seconds : float
    result : object
        What `work` returns.

    Examples
    --------
    >>> seconds, result = timed(lambda: 2 + 2)
    >>> result
    4
    """
    start = perf_counter()
    result = work()
    return perf_counter() - start, result
