"""Tasks done by the workers of a Dask cluster that exists already."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from counterplay.errors import MissingExtraError, ValuesError
from counterplay.sensitivity.executors.protocol import ExecutorError, Result, Task

PATIENCE = 4.0
"""Seconds that the scheduler may take to answer, and again that the first worker may."""

_RETRIES = 3
_AHEAD = 2
_GLANCE = 1.0
"""Seconds between looks at the workers, where no result comes."""

_RECOUNT = 16
"""Results after which the workers are counted again: some may have come or gone."""


class ClusterExecutor:
    """Does tasks on a Dask cluster.

    A worker that is lost is harmless: the scheduler gives its tasks to others.  Dask unpickles
    what it receives, so whoever reaches a scheduler runs code on it: use a trusted network, or
    a ``tls://`` address with certificates.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://10.0.0.1:8786`` or ``tls://10.0.0.1:8786``.
    security : distributed.Security, optional
        Certificates; those of Dask's configuration where left out.
    alone : float
        Seconds that a run waits for workers when all are lost.

    Raises
    ------
    ValuesError
        If `address` is no text.
    """

    def __init__(self, address: str, security: object = None, alone: float = 60.0) -> None:
        self.address = _checked(address)
        self.alone = alone
        self._security = security

    def run(
        self, function: Callable[[Task], Result], tasks: Iterable[Task]
    ) -> Iterator[tuple[int, Result]]:
        """Yield the number of each task and its result, as they are done.

        Raises
        ------
        MissingExtraError
            If Dask is not installed.
        ExecutorError
            If the scheduler or its first worker does not answer within some seconds, the cluster
            goes away, or workers die on the same task again and again.
        """
        _require_dask()
        with _quiet():
            client = self._connected()
            try:
                yield from self._results(client, function, tasks)
            finally:
                client.close(timeout=PATIENCE)

    def _results(
        self,
        client: Any,  # noqa: ANN401 - Dask has no types
        function: Callable[[Task], Result],
        tasks: Iterable[Task],
    ) -> Iterator[tuple[int, Result]]:
        fresh = iter(enumerate(tasks))
        running: dict[Any, int] = {}
        room = done = 0
        while True:
            if done % _RECOUNT == 0:
                room = _AHEAD * max(1, _threads(client))
            while len(running) < room and (taken := next(fresh, None)) is not None:
                future = client.submit(function, taken[1], pure=False, retries=_RETRIES)
                running[future] = taken[0]
            if not running:
                return
            for future in self._some_done(client, list(running)):
                result = self._result(future)
                yield running.pop(future), result
                done += 1

    def _some_done(self, client: Any, futures: list[Any]) -> list[Any]:  # noqa: ANN401 - Dask has no types
        """Wait for futures, as long as there are workers or some may come."""
        from distributed import wait

        alone = 0.0
        while True:
            try:
                with client.as_current():
                    found = wait(futures, _GLANCE, "FIRST_COMPLETED")  # type: ignore[no-untyped-call]
            except TimeoutError:
                alone = 0.0 if _threads(client) else alone + _GLANCE
            except CancelledError:
                raise self._gone() from None
            else:
                return list(found.done)
            if alone >= self.alone:
                raise ExecutorError(
                    f"cluster: {self.address} has lost all its workers, and none came in "
                    f"{self.alone:g} s; look at their logs"
                )

    def _result(self, future: Any) -> Any:  # noqa: ANN401 - Dask has no types
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            raise ExecutorError(
                "cluster: several workers in a row died on the same piece of work; they may be "
                "out of memory"
            ) from None
        except (ImportError, RuntimeError) as error:
            raise ExecutorError(
                f"cluster: {self.address} cannot do this work: {_first_line(error)}; its "
                "scheduler and workers need the packages that are installed here"
            ) from None
        except CancelledError:
            raise self._gone() from None

    def _gone(self) -> ExecutorError:
        return ExecutorError(f"cluster: {self.address} went away in the middle")

    def _connected(self) -> Any:  # noqa: ANN401 - Dask has no types
        from distributed import Client, Security

        security = self._security or Security()  # type: ignore[no-untyped-call]
        try:
            # Without asking first, a client would wait for ever on a port that never answers.
            with ThreadPoolExecutor(1) as aside:
                aside.submit(asyncio.run, _ask(self.address, security)).result()
            client: Any = Client(  # type: ignore[no-untyped-call]
                self.address, timeout=PATIENCE, set_as_default=False, security=security
            )
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise ExecutorError(
                f"cluster: {self.address} does not answer as a Dask scheduler does: "
                f"{_first_line(error)}"
            ) from None
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError):
            client.close(timeout=PATIENCE)
            raise ExecutorError(
                f"cluster: {self.address} has no workers; start some with dask worker"
            ) from None
        return client


def _require_dask() -> None:
    try:
        import distributed  # noqa: F401 - it sets its levels of logging when it is first read
    except ImportError:
        raise MissingExtraError("a run on a cluster", "cluster") from None


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from printing tracebacks of what an `ExecutorError` tells in one line."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


async def _ask(address: str, security: Any) -> None:  # noqa: ANN401 - Dask has no types
    """Ask a scheduler who it is, and give it some seconds to say so.

    Raises
    ------
    OSError
        If it does not.
    """
    from distributed.comm.core import connect

    async with asyncio.timeout(PATIENCE):
        arguments = security.get_connection_args("client")
        comm: Any = await connect(  # type: ignore[no-untyped-call]
            address, timeout=PATIENCE, **arguments
        )
        try:
            await comm.write({"op": "identity", "reply": True})
            answer = await comm.read()
        finally:
            comm.abort()
    if not isinstance(answer, dict) or answer.get("type") != "Scheduler":
        raise OSError("it is something else")


def _threads(client: Any) -> int:  # noqa: ANN401 - Dask has no types
    """Return how many tasks the workers can do at once; none where the scheduler is silent."""
    try:
        return sum(client.nthreads().values())
    except OSError:
        return 0


def _checked(address: object) -> str:
    if not isinstance(address, str) or not address.strip():
        raise ValuesError(
            f"cluster: {address!r} is no address; one looks like tcp://10.0.0.1:8786"
        )
    return address.strip()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or f"no answer in {PATIENCE:g} s").splitlines()[0]
