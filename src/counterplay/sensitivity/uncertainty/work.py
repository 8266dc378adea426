"""What a worker does with a piece of a run."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.games import Profile
from counterplay.numeric import FloatArray
from counterplay.sensitivity.executors import ExecutorError
from counterplay.sensitivity.many import Counted, outcomes_at, pure_at
from counterplay.sensitivity.uncertainty.plan import ENGINE, Task

_ALONE = threading.Lock()
"""Some cluster workers run tasks in threads; the solver prepares itself once in a process."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A piece of a run, done.

    Attributes
    ----------
    values : ndarray, shape (draws, k)
    counted : Counted
        The outcome set of each draw.
    """

    values: FloatArray
    counted: Counted


@dataclass(frozen=True, eq=False)
class PurePiece:
    """A piece of a run for pure equilibria, done.

    Attributes
    ----------
    values : ndarray, shape (draws, k)
    index : ndarray of int, shape (draws,)
        Number of each draw's set in `sets`.
    sets : tuple of tuples of Profile
    """

    values: FloatArray
    index: npt.NDArray[np.int64]
    sets: tuple[tuple[Profile, ...], ...]


def all_equilibria(task: Task) -> Piece:
    """Find all equilibria at each draw.

    Raises
    ------
    ExecutorError
        If another version of Counterplay planned the run: it might give other rows.
    """
    _check_version(task)
    drawn = task.drawn()
    with _ALONE:
        return Piece(drawn, outcomes_at(task.scenario, task.columns(drawn), task.count))


def pure_equilibria(task: Task) -> PurePiece:
    """Find the pure equilibria at each draw.

    Raises
    ------
    ExecutorError
        As for `all_equilibria`.
    """
    _check_version(task)
    drawn = task.drawn()
    with _ALONE:
        return PurePiece(drawn, *pure_at(task.scenario, task.columns(drawn), task.count))


def _check_version(task: Task) -> None:
    if task.engine != ENGINE:
        raise ExecutorError(
            f"workers: one has counterplay {ENGINE}, but {task.engine} plans this run; install "
            "the same everywhere"
        )
