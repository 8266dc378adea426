"""Work beside the pages: in parts, stopped, resting while nobody looks, failing in words."""

import importlib
import os
import signal
import sys
import threading
from functools import partial

import pytest

import counterplay as cp

WAIT = 60


@pytest.fixture
def jobs(app_modules):
    return importlib.import_module("background.jobs")


@pytest.fixture
def desk(jobs):
    made = jobs.Desk(1)
    yield made
    made.close()


def finished(desk, key):
    """Wait until nothing more comes from a job."""
    job = desk.known(key)
    assert job.ended.wait(WAIT)
    return job


def test_parts_are_done_in_their_order_and_shown_as_they_come(desk):
    desk.job("powers", lambda: [partial(pow, 2, k) for k in range(5)])
    job = finished(desk, "powers")
    assert job.results == [1, 2, 4, 8, 16]
    assert job.is_whole
    assert desk.job("powers", list) is job


def test_what_the_engine_refuses_is_told_in_its_words(desk):
    scenario = cp.load("korea-ukraine")
    desk.job("bad", lambda: [partial(cp.tipping_points, scenario, {"cred": 9.0})])
    assert "cred" in finished(desk, "bad").error


def test_other_faults_are_told_without_their_details(desk):
    desk.job("worse", lambda: [partial(divmod, 1, 0)])
    job = finished(desk, "worse")
    assert "ZeroDivisionError" in job.error
    assert not job.is_whole


def test_a_stopped_job_begins_no_further_part(jobs):
    job = jobs.Job([partial(pow, 2, 2), partial(pow, 2, 3)], patience=60)
    assert job.next_part() is not None
    job.results.append(4)
    job.stop()
    assert job.next_part() is None
    assert job.is_done
    assert not job.is_whole


def test_a_job_rests_while_nobody_looks_and_goes_on_when_somebody_does(desk, jobs, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(jobs.time, "monotonic", lambda: clock[0])
    job = jobs.Job([partial(pow, 2, 2)], patience=3)
    clock[0] = 4.0
    assert job.next_part() is None
    assert job.is_idle
    assert not job.is_done
    job.look()
    assert job.next_part() is not None


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signals")
def test_a_worker_that_is_killed_ends_its_job_in_words_and_the_next_one_works(desk):
    desk.job("killed", lambda: [partial(os.kill, 0, 0), os.getpid])
    worker = finished(desk, "killed").results[1]
    held = threading.Event()
    desk.job("victim", lambda: [partial(signal.pause)])
    os.kill(worker, signal.SIGKILL)
    assert "memory" in finished(desk, "victim").error
    held.set()
    desk.job("after", lambda: [partial(pow, 3, 2)])
    assert finished(desk, "after").results == [9]


def test_the_oldest_results_are_dropped(desk, jobs, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_JOBS", 3)
    for key in range(5):
        desk.job(key, lambda: [partial(abs, -1)])
    assert [desk.known(key) is None for key in range(5)] == [True, True, False, False, False]
