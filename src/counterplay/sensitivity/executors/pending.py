"""Tasks that are still to be done, those of a worker that died before all others."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from counterplay.sensitivity.executors.protocol import ExecutorError

Work = TypeVar("Work")

ATTEMPTS = 4
"""How often a task is begun before the run gives up."""


class Pending(Generic[Work]):
    """A queue of numbered tasks that takes tasks back."""

    def __init__(self, tasks: Iterable[Work]) -> None:
        self._fresh: Iterator[tuple[int, Work]] = iter(enumerate(tasks))
        self._again: deque[tuple[int, Work]] = deque()
        self._lost: Counter[int] = Counter()

    def take(self) -> tuple[int, Work] | None:
        """Return the next task with its number, or None."""
        return self._again.popleft() if self._again else next(self._fresh, None)

    def give_back(self, number: int, task: Work) -> None:
        """Queue a task that was begun for another attempt.

        Raises
        ------
        ExecutorError
            If it was begun often enough.
        """
        self._lost[number] += 1
        if self._lost[number] >= ATTEMPTS:
            raise ExecutorError(
                f"workers: {ATTEMPTS} workers in a row died on the same piece of work; they may "
                "be out of memory"
            )
        self._again.append((number, task))
