"""A run on a Dask cluster: the same rows, though a worker is killed in the middle."""

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from tests.sensitivity import yielding

import counterplay as cp
from counterplay.errors import MissingExtraError
from counterplay.sensitivity.executors import ClusterExecutor, ExecutorError, cluster
from counterplay.sensitivity.uncertainty import sample

pytest.importorskip("distributed")


@contextmanager
def started(module, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def address():
    with scheduler() as (address, _):
        yield address


@contextmanager
def scheduler():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
    with started("dask_scheduler", *arguments) as process:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"tcp://127.0.0.1:{port}", process


def worker(address, folder):
    return started(
        "dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
        "--local-directory", str(folder),
    )  # fmt: skip


def test_a_cluster_without_workers_is_told(address, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with pytest.raises(ExecutorError, match="has no workers"):
        list(ClusterExecutor(address).run(yielding.square, [1]))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")
def test_rows_are_the_same_though_a_worker_is_killed(address, tmp_path):
    scenario = cp.load("korea-ukraine")
    killed = []
    with worker(address, tmp_path / "a") as first, worker(address, tmp_path / "b") as second:
        with connected(address) as client:
            client.wait_for_workers(2, timeout=30)

        def kill_one(done, total):
            if done * 4 >= total and not killed:
                os.kill(first.pid, signal.SIGKILL)
                killed.append(done)

        shared = sample(scenario, 1_500, 4, executor=ClusterExecutor(address), progress=kill_one)
        assert first.wait(timeout=10) == -signal.SIGKILL
        assert second.poll() is None
    assert killed[0] < 1_500
    assert shared.digest == sample(scenario, 1_500, 4).digest


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")
def test_a_run_does_not_wait_for_ever_when_all_workers_are_lost(address, tmp_path):
    with worker(address, tmp_path) as only:
        with connected(address) as client:
            client.wait_for_workers(1, timeout=30)
        results = ClusterExecutor(address, alone=2).run(time.sleep, [0, 60])
        next(results)
        only.kill()
        with pytest.raises(ExecutorError, match="lost all its workers"):
            next(results)


MID_RUN = """
import os, signal, sys, time
from counterplay.sensitivity.executors import ClusterExecutor, ExecutorError
results = ClusterExecutor(sys.argv[1]).run(time.sleep, [0, 30])
next(results)
os.kill(int(sys.argv[2]), signal.SIGKILL)
try:
    next(results)
except ExecutorError as error:
    print(error)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")
def test_a_scheduler_that_dies_in_mid_run_is_told_in_one_line(tmp_path):
    with scheduler() as (address, process), worker(address, tmp_path):
        told = subprocess.run(
            [sys.executable, "-c", MID_RUN, address, str(process.pid)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert told.stdout == f"cluster: {address} went away in the middle\n"
    assert told.stderr == ""


def test_what_dask_logs_is_heard_again_after_a_run(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    with pytest.raises(ExecutorError):
        list(ClusterExecutor("tcp://127.0.0.1:1").run(yielding.square, [1]))
    assert [logger.level for logger in loggers] == levels


@contextmanager
def connected(address):
    from distributed import Client

    client = Client(address, set_as_default=False, timeout=20)
    try:
        yield client
    finally:
        client.close()


@pytest.mark.slow
def test_a_port_that_never_answers_is_told_within_ten_seconds():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        began = time.monotonic()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ExecutorError, match="does not answer"):
            list(ClusterExecutor(address).run(yielding.square, [1]))
        assert time.monotonic() - began < 10


def test_a_closed_port_is_told(monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 1.0)
    with pytest.raises(ExecutorError, match=r"tcp://127.0.0.1:1 does not answer"):
        list(ClusterExecutor("tcp://127.0.0.1:1").run(yielding.square, [1]))


@pytest.mark.parametrize("address", ["nowhere", "zzz://a:1"])
def test_what_is_no_address_is_told(address):
    with pytest.raises(ExecutorError, match=address):
        list(ClusterExecutor(address).run(yielding.square, [1]))


def test_a_missing_extra_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"counterplay\[cluster\]"):
        list(ClusterExecutor("tcp://127.0.0.1:1").run(yielding.square, [1]))
