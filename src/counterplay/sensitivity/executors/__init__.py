"""Where the work of a run is done: here, in processes of this machine, or on a cluster."""

from counterplay.errors import ValuesError
from counterplay.sensitivity.executors.cluster import ClusterExecutor
from counterplay.sensitivity.executors.processes import ProcessExecutor, WorkerPool
from counterplay.sensitivity.executors.protocol import Executor, ExecutorError
from counterplay.sensitivity.executors.serial import SerialExecutor

__all__ = [
    "ClusterExecutor",
    "Executor",
    "ExecutorError",
    "ProcessExecutor",
    "SerialExecutor",
    "WorkerPool",
    "executor_for",
]


def executor_for(workers: int | None = None, cluster: str | None = None) -> Executor:
    """Return the executor that two command-line options ask for.

    Parameters
    ----------
    workers : int, optional
        Processes on this machine; 1, or left out, works in this process.
    cluster : str, optional
        Address of a Dask scheduler.

    Returns
    -------
    Executor
        To be given to `sample`, `pure_sample` or `run_to_file`.

    Raises
    ------
    ValuesError
        If both are given, or there are fewer than one worker.
    """
    if cluster is not None:
        if workers is not None:
            raise ValuesError("workers: a cluster has its own; give workers or cluster, not both")
        return ClusterExecutor(cluster)
    if workers is None or workers == 1:
        return SerialExecutor()
    return ProcessExecutor(workers)
