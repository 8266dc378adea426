"""Work comes out the same whoever does it, and survives workers that are killed."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from tests.sensitivity import yielding

import counterplay as cp
from counterplay.errors import ValuesError
from counterplay.sensitivity.executors import (
    ClusterExecutor,
    ExecutorError,
    ProcessExecutor,
    SerialExecutor,
    WorkerPool,
    executor_for,
)
from counterplay.sensitivity.uncertainty import pure_sample, sample
from counterplay.sensitivity.uncertainty.plan import planned
from counterplay.sensitivity.uncertainty.work import all_equilibria

posix = pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2)])
def test_every_task_is_done_once_and_carries_its_number(executor):
    assert sorted(executor.run(yielding.square, iter(range(5, 25)))) == [
        (number, (number + 5) ** 2) for number in range(20)
    ]


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(1)])
def test_an_error_in_a_task_is_raised(executor):
    with pytest.raises(ValueError, match="no 3"):
        list(executor.run(yielding.refuse, [3]))


def test_no_task_is_made_long_before_it_is_worked_on():
    made = []

    def tasks():
        for number in range(100):
            made.append(number)
            yield number

    results = ProcessExecutor(1).run(yielding.square, tasks())
    next(results)
    assert len(made) < 10
    results.close()


@pytest.mark.slow
def test_rows_do_not_depend_on_workers():
    scenario = cp.load("korea-ukraine")
    alone = sample(scenario, 300, 4)
    shared = sample(scenario, 300, 4, executor=ProcessExecutor(2))
    assert shared.digest == alone.digest
    assert shared.outcomes == alone.outcomes
    assert (
        pure_sample(scenario, 300, 4, executor=ProcessExecutor(2)).digest
        == pure_sample(scenario, 300, 4).digest
    )


def test_a_worker_with_another_version_refuses():
    from dataclasses import replace

    task = next(planned(yielding.scenario(), 10, 1, None, "sobol").tasks([0]))
    assert len(all_equilibria(task).values) == 10
    with pytest.raises(ExecutorError, match=r"0\.0\.9 plans this run"):
        all_equilibria(replace(task, engine="0.0.9"))


@posix
def test_a_killed_worker_is_replaced_and_its_task_done_again(tmp_path):
    tasks = [str(tmp_path)] * 6
    results = sorted(ProcessExecutor(2).run(yielding.die_once, tasks))
    assert results == [(number, "alive") for number in range(6)]
    assert (tmp_path / "died").exists()


@posix
def test_a_task_that_kills_every_worker_ends_the_run():
    with pytest.raises(ExecutorError, match="4 workers in a row died"):
        list(ProcessExecutor(1).run(yielding.die, [0]))


PARENT = """
import sys, time
from contextlib import closing
from counterplay.sensitivity.executors import ProcessExecutor
if __name__ == "__main__":
    with closing(ProcessExecutor(2).run(time.sleep, [0.01, 60, 60])) as results:
        next(results)
        print("started", flush=True)
        next(results)
"""


@posix
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for children in /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_parent(tmp_path, how):
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert parent.stdout.readline() == "started\n"
    workers = _children(parent.pid)
    assert len(workers) >= 2
    if how == signal.SIGINT:
        os.killpg(parent.pid, how)  # as a terminal does
    else:
        os.kill(parent.pid, how)
    _, complaint = parent.communicate(timeout=120)
    deadline = time.monotonic() + 10
    while any(map(_is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_is_alive, workers))
    # The parent alone speaks of the interruption.
    assert complaint.count("Traceback") == (how == signal.SIGINT)


def _children(process):
    found = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += [int(child) for child in (task / "children").read_text().split()]
    return found


def _is_alive(process):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.parametrize("wrong", [0, -1, 1.5, True, "2", 513])
def test_numbers_of_workers(wrong):
    with pytest.raises(ValuesError, match="workers"):
        ProcessExecutor(wrong)


def test_the_executor_that_options_ask_for():
    assert isinstance(executor_for(), SerialExecutor)
    assert isinstance(executor_for(workers=1), SerialExecutor)
    assert executor_for(workers=3).workers == 3
    assert executor_for(cluster="tcp://a:1").address == "tcp://a:1"
    with pytest.raises(ValuesError, match="not both"):
        executor_for(2, "tcp://a:1")
    with pytest.raises(ValuesError, match="address"):
        ClusterExecutor(" ")


def test_workers_leave_the_script_alone(monkeypatch, tmp_path):
    page = ModuleType("__main__")
    page.__file__ = str(tmp_path / "page.py")
    (tmp_path / "page.py").write_text("raise SystemExit(1)", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "__main__", page)
    assert dict(ProcessExecutor(1).run(abs, [-1, 2])) == {0: 1, 1: 2}
    assert sys.modules["__main__"] is page


def test_a_pool_for_programs_that_stay_calls_functions_with_their_arguments():
    with WorkerPool(1) as pool:
        assert pool.submit(divmod, 7, 2).result() == (3, 1)
        assert pool.submit(os.getpid).result() != os.getpid()


@pytest.mark.parametrize("workers", [0, -1, 513, True, "two"])
def test_a_pool_needs_a_number_of_workers(workers):
    with pytest.raises(ValuesError, match="workers"):
        WorkerPool(workers)


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such thing")
def test_a_pool_can_give_way_to_others():
    with WorkerPool(1, niceness=3) as pool:
        assert pool.submit(os.nice, 0).result() == os.nice(0) + 3
    for niceness in (-1, 20, True):
        with pytest.raises(ValuesError, match="niceness"):
            WorkerPool(1, niceness)
