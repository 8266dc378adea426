"""What an executor does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

from counterplay.errors import CounterplayError

Task = TypeVar("Task")
Result = TypeVar("Result")


class ExecutorError(CounterplayError):
    """Workers that cannot be reached, or that die again and again."""


class Executor(Protocol):
    """Does tasks that do not depend on each other."""

    def run(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[int, Result]]:
        """Yield the number of each task and its result, in any order.

        Tasks are taken as they can be worked on, a few ahead, so that they may be made on the
        way.  Closing the iterator stops the work.  An error in a task is raised here.

        Parameters
        ----------
        function : callable
            A function of a module, which workers can import.
        tasks : iterable
            Each can be pickled.

        Raises
        ------
        ExecutorError
            If workers cannot be reached, or die on the same task again and again.
        """
