"""Tasks done by processes of this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for_end
from types import ModuleType

from counterplay.errors import ValuesError
from counterplay.sensitivity.executors.pending import Pending
from counterplay.sensitivity.executors.protocol import Result, Task

_AHEAD = 2
"""Tasks handed out for each worker, so that none waits for the next."""

_MOST_WORKERS = 512
_MOST_NICE = 19


class ProcessExecutor:
    """Does tasks in processes of this machine.

    The function of the tasks must lie in a module, not in the script that is run.
    Where the system kills a worker, the workers are started again and what they had begun is
    done again, a few times at most.

    Parameters
    ----------
    workers : int, optional
        Number of processes; as many as there are processors where left out.

    Raises
    ------
    ValuesError
        Unless `workers` is a whole number from 1 to 512.
    """

    def __init__(self, workers: int | None = None) -> None:
        self.workers = _checked((os.cpu_count() or 1) if workers is None else workers)

    def run(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[int, Result]]:
        """Yield the number of each task and its result, as they are done."""
        pending = Pending(tasks)
        while True:
            with _workers(self.workers) as pool:
                running: dict[Future[Result], tuple[int, Task]] = {}
                broken = False
                while not broken:
                    broken = not _filled(pool, function, pending, running, self.workers * _AHEAD)
                    if not running and not broken:
                        return
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        number, task = running.pop(future)
                        if isinstance(future.exception(), BrokenProcessPool):
                            broken = True
                            pending.give_back(number, task)
                        else:
                            yield number, future.result()
                # Nothing comes from these any more.
                for number, task in running.values():
                    pending.give_back(number, task)


class WorkerPool(ProcessPoolExecutor):
    """Processes of this machine that do one function call after another, for a program that stays.

    Unlike those of the standard library they leave the script of their parent alone, end with it
    however that ends, and are deaf to Ctrl-C.  Functions and results must be such as can be
    pickled.

    Parameters
    ----------
    workers : int
        Number of processes; they are started when there is work for them.
    niceness : int
        By how much they give way to other processes, from 0 to 19, where the system knows that.

    Raises
    ------
    ValuesError
        Unless `workers` is a whole number from 1 to 512, and `niceness` one from 0 to 19.
    """

    def __init__(self, workers: int, niceness: int = 0) -> None:
        if type(niceness) is not int or not 0 <= niceness <= _MOST_NICE:
            raise ValuesError(
                f"niceness: {niceness!r} is not a whole number from 0 to {_MOST_NICE}"
            )
        context = multiprocessing.get_context("spawn")
        super().__init__(
            _checked(workers), mp_context=context, initializer=_begin, initargs=(niceness,)
        )

    def submit(
        self, fn: Callable[..., Result], /, *args: object, **kwargs: object
    ) -> Future[Result]:
        """Queue a call, and return what will hold its result.

        Raises
        ------
        BrokenProcessPool
            If the system ended a worker; the pool is of no use any more.
        """
        with _no_interrupt(), _no_script():
            return super().submit(fn, *args, **kwargs)


def _checked(workers: object) -> int:
    whole = workers if isinstance(workers, int) and not isinstance(workers, bool) else 0
    if not 0 < whole <= _MOST_WORKERS:
        raise ValuesError(f"workers: {workers!r}; give a whole number from 1 to {_MOST_WORKERS}")
    return whole


def _filled(
    pool: ProcessPoolExecutor,
    function: Callable[[Task], Result],
    pending: Pending[Task],
    running: dict[Future[Result], tuple[int, Task]],
    most: int,
) -> bool:
    """Hand out tasks, and say whether the workers are alive."""
    while len(running) < most:
        taken = pending.take()
        if taken is None:
            return True
        try:
            running[pool.submit(function, taken[1])] = taken
        except BrokenProcessPool:
            pending.give_back(*taken)
            return False
    return True


@contextmanager
def _workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Give workers that are gone afterwards, even those in the middle of a task."""
    pool = WorkerPool(count)
    try:
        yield pool
        pool.shutdown(wait=True, cancel_futures=True)
    except BaseException:
        # The pool has no word for this before Python 3.14.
        processes = list((pool._processes or {}).values())  # noqa: SLF001
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        raise


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Let processes that are started now be deaf to Ctrl-C, which is for their parent.

    One that is pressed meanwhile is not lost: it arrives at the end.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _no_script() -> Iterator[None]:
    """Let processes that are started now leave the parent's script alone.

    They would run it again, which a script must be written for, and which the server of the
    browser front end, whose pages pass for the script, is not.
    """
    script, nothing = sys.modules["__main__"], ModuleType("__main__")
    sys.modules["__main__"] = nothing
    try:
        yield
    finally:
        if sys.modules["__main__"] is nothing:
            sys.modules["__main__"] = script


def _begin(niceness: int) -> None:
    """Make a worker deaf to Ctrl-C, and let it end with its parent however that ends."""
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for_end([parent.sentinel])
        os._exit(1)
