"""Tasks done one after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from counterplay.sensitivity.executors.protocol import Result, Task


class SerialExecutor:
    """Does one task after the other."""

    def run(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[int, Result]]:
        """Yield the number of each task and its result, in their order."""
        for number, task in enumerate(tasks):
            yield number, function(task)
