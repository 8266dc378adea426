"""Tasks done by the workers of a Dask cluster that exists already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from typing import Any

from counterplay.errors import MissingExtraError, ValuesError
from counterplay.sensitivity.executors.protocol import ExecutorError, Result, Task

PATIENCE = 4.0
"""Seconds that the scheduler may take to answer, and again that the first worker may."""

_RETRIES = 3
_AHEAD = 2
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

    Raises
    ------
    ValuesError
        If `address` is no text.
    """

    def __init__(self, address: str, security: object = None) -> None:
        self.address = _checked(address)
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
        from distributed import KilledWorker, as_completed

        fresh = iter(enumerate(tasks))
        numbers: dict[str, int] = {}
        running: Any = as_completed(loop=client.loop)  # type: ignore[no-untyped-call]
        room = done = 0
        while True:
            if done % _RECOUNT == 0:
                room = _AHEAD * max(1, sum(client.nthreads().values()))
            while len(numbers) < room and (taken := next(fresh, None)) is not None:
                future = client.submit(function, taken[1], pure=False, retries=_RETRIES)
                numbers[future.key] = taken[0]
                running.add(future)
            if not numbers:
                return
            future = next(running)
            try:
                result = future.result()
            except KilledWorker:
                raise ExecutorError(
                    "cluster: several workers in a row died on the same piece of work; they may "
                    "be out of memory"
                ) from None
            except (ImportError, RuntimeError) as error:
                raise ExecutorError(
                    f"cluster: {self.address} cannot do this work: {_first_line(error)}; its "
                    "scheduler and workers need the packages that are installed here"
                ) from None
            except CancelledError:
                raise ExecutorError(f"cluster: {self.address} went away in the middle") from None
            yield numbers.pop(future.key), result
            done += 1

    def _connected(self) -> Any:  # noqa: ANN401 - Dask has no types
        try:
            from distributed import Client, Security
        except ImportError:
            raise MissingExtraError("a run on a cluster", "cluster") from None
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


def _checked(address: object) -> str:
    if not isinstance(address, str) or not address.strip():
        raise ValuesError(
            f"cluster: {address!r} is no address; one looks like tcp://10.0.0.1:8786"
        )
    return address.strip()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or f"no answer in {PATIENCE:g} s").splitlines()[0]
