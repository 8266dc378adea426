"""Work that takes seconds, done beside the pages: begun, watched, stopped, its parts shown.

All sessions share one pool of processes, so that a long run neither holds up a page nor slows
another user's sliders; jobs take turns, a part at a time.  A job is known by what it computes.
Results lie in a bounded cache; a job that nobody watches any more is dropped.
"""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import streamlit as st

import counterplay as cp
from words import say

Part = Callable[[], Any]
"""A function of the public face with its arguments, such as ``partial(cp.drivers, ...)``."""

POLL = 0.5
"""Seconds between two looks at a job."""

MOST_JOBS = 64
_LOOKS = itertools.count()
_NICENESS = 10  # the pages come first
_PATIENCE = 20.0  # seconds without a look; a browser that is gone does not look


class Job:
    """Parts that are worked one after the other.

    Attributes
    ----------
    results : list
        Of the parts that are done, in their order.
    total : int
        Number of parts.
    fault : BaseException or None
        What ended it early.
    stopped : bool
        Whether it was stopped on request.
    seconds : list of float
        How long each part that is done took, without the time in which it waited.
    begun : float
        When its part in work was begun, by the monotonic clock; 0 while it waits for its turn.
    ended : Event
        Set when no more comes from it.
    is_idle : bool
        Whether it rests because nobody looked at it; the next look sets it going again.
    """

    def __init__(self, parts: Sequence[Part], patience: float) -> None:
        self.results: list[Any] = []
        self.total = len(parts)
        self.fault: BaseException | None = None
        self.stopped = False
        self.seconds: list[float] = []
        self.begun = 0.0
        self.is_idle = False
        self.ended = threading.Event()
        self._parts = list(parts)
        self._patience = patience
        self._seen = time.monotonic()

    @property
    def is_done(self) -> bool:
        """Whether no more comes from it."""
        return self.stopped or self.fault is not None or len(self.results) == self.total

    @property
    def error(self) -> str:
        """Why it ended early, in the language of the page that asks; empty if it did not."""
        if self.fault is None:
            return ""
        if isinstance(self.fault, cp.CounterplayError):
            return str(self.fault)
        if isinstance(self.fault, BrokenProcessPool):
            return say("jobs.worker-ended")
        return say("jobs.failed", kind=type(self.fault).__name__)

    @property
    def is_whole(self) -> bool:
        """Whether every part is done."""
        return len(self.results) == self.total

    def look(self) -> None:
        """Say that somebody waits for it."""
        self._seen = time.monotonic()

    def stop(self) -> None:
        """Begin no further part."""
        self.stopped = True
        self.ended.set()

    def next_part(self) -> Part | None:
        """Return the part to work next, or None."""
        if self.is_done:
            return None
        if time.monotonic() - self._seen > self._patience:
            self.is_idle = True
            return None
        return self._parts[len(self.results)]


class Desk:
    """Begins jobs and keeps them by key, the most recently used 64 of them."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._lock = threading.RLock()
        self._jobs: OrderedDict[object, Job] = OrderedDict()
        self._queue: list[Job] = []  # whose parts the pool has: it begins the first of them
        self._pool: cp.WorkerPool | None = None

    def job(
        self, key: object, parts: Callable[[], Sequence[Part]], patience: float = _PATIENCE
    ) -> Job:
        """Return the job of a key; begin it where there is none.

        Parameters
        ----------
        key : hashable
            Says all that the result depends on.
        parts : callable
            Gives the parts of the job if it is to be begun.
        patience : float
            Seconds after which it rests if nobody looks at it.
        """
        with self._lock:
            found = self._jobs.get(key)
            if found is None:
                found = self._jobs[key] = Job(parts(), patience)
                found.is_idle = True
            found.look()
            if found.is_idle:
                found.is_idle = False
                self._go_on(found)
            self._jobs.move_to_end(key)
            while len(self._jobs) > MOST_JOBS:
                _, oldest = self._jobs.popitem(last=False)
                oldest.stop()
            return found

    def known(self, key: object) -> Job | None:
        """Return the job of a key if it was begun."""
        with self._lock:
            return self.job(key, list) if key in self._jobs else None

    def forget(self, key: object) -> None:
        """Stop a job and drop its results."""
        with self._lock:
            found = self._jobs.pop(key, None)
            if found is not None:
                found.stop()

    def forget_job(self, job: Job) -> None:
        """Drop a job by itself, so that the next look begins it anew."""
        with self._lock:
            for key in [key for key, known in self._jobs.items() if known is job]:
                self.forget(key)

    def close(self) -> None:
        """Stop all jobs and end the workers."""
        with self._lock:
            for job in self._jobs.values():
                job.stop()
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)

    def _go_on(self, job: Job) -> None:
        part = job.next_part()
        if part is None:
            if job.is_done:
                job.ended.set()
            return
        try:
            future = self._submitted(part)
        except (OSError, RuntimeError) as error:  # the system gives no process, or is ending
            job.fault = error
            job.ended.set()
            return
        job.begun = 0.0
        self._queue.append(job)
        self._note_begun()
        future.add_done_callback(lambda done: self._take(job, done))

    def _submitted(self, part: Part) -> Future[Any]:
        try:
            self._pool = self._pool or cp.WorkerPool(self._workers, _NICENESS)
            return self._pool.submit(cp.timed, part)
        except BrokenProcessPool:
            self._pool = cp.WorkerPool(self._workers, _NICENESS)
            return self._pool.submit(cp.timed, part)

    def _note_begun(self) -> None:
        for job in self._queue[: self._workers]:
            job.begun = job.begun or time.monotonic()

    def _take(self, job: Job, done: Future[Any]) -> None:
        with self._lock:
            self._queue.remove(job)
            self._note_begun()
            error = done.exception() if not done.cancelled() else None
            if isinstance(error, BrokenProcessPool):
                self._pool = None
            if error is None:
                seconds, result = done.result()
                job.seconds.append(seconds)
                job.results.append(result)
            job.fault = error
            self._go_on(job)


def look_again(shown: Callable[[], None], every: float | None = POLL) -> None:
    """Draw a part of the page now, and again every so many seconds."""
    # Under a name of its own in each run of the page: a look that comes late from the browser
    # would start a run that supplants the page's own before its last words are sent
    # (github.com/streamlit/streamlit/issues/9921).
    shown.__qualname__ = f"{shown.__qualname__}-{next(_LOOKS)}"
    st.fragment(shown, run_every=every)()


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """Return the desk that all sessions share."""
    # Two at least, so that a short question does not wait for a long one to end.
    return Desk(max(2, (os.cpu_count() or 2) - 1))
