"""Showing work that takes seconds: what is there so far, what is still done, how to stop it.

While it is in work a fragment looks again and again; once it ends, the page is run as a whole.
What was there for the values before stays until something newer is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

import state
from background import jobs
from text import plain
from words import say

Draw = Callable[[Any], None]
"""Shows a result."""

_KEPT = "counterplay.watched"
_PATIENCE = 3.0  # what nobody looks at any more makes room for what somebody does


@dataclass(frozen=True)
class Task:
    """What a place shows.

    Attributes
    ----------
    name : str
        Of the place; with a hyphen.
    subject : object
        Results of the same subject may stand while newer ones are worked out.
    look : callable
        Gives the newest result for the values on screen, or None, and the job in work.
    draw : callable
        Shows a result.
    busy : str
        What is being done, for the reader.
    progress : callable, optional
        Shows how far the job is, where there is more to say than its part.
    """

    name: str
    subject: object
    look: Callable[[], tuple[Any, jobs.Job]]
    draw: Draw
    busy: str
    progress: Callable[[jobs.Job], None] | None = None


def of_one_job(key: object, parts: Callable[[], Sequence[jobs.Part]]) -> tuple[Any, jobs.Job]:
    """Return the last result of a job and the job; it is begun where there is none."""
    job = jobs.desk().job(key, parts, patience=_PATIENCE)
    return (job.results[-1] if job.results else None), job


def begin(key: object, parts: Callable[[], Sequence[jobs.Part]]) -> None:
    """Begin a job that was asked for; one that ended early is begun anew."""
    known = jobs.desk().known(key)
    if known is not None and known.is_done and not known.is_whole:
        jobs.desk().forget(key)
    of_one_job(key, parts)


def watch(task: Task) -> None:
    """Show what a task gives, and go on looking until it is done."""
    was_done = task.look()[1].is_done
    moved = dict(state.inputs().moved)

    def shown() -> None:
        if state.inputs().moved != moved:  # a click in the fragment moved a number
            st.rerun()
        result, job = task.look()
        _result(task, result, job)
        _status(task, job)
        if job.is_done and not was_done:
            st.rerun()

    if was_done:
        shown()
    else:
        jobs.look_again(shown)


def last(name: str, subject: object) -> Any:  # noqa: ANN401 - whatever the place shows
    """Return what a place showed last of a subject, or None."""
    about, result = st.session_state.get(_KEPT, {}).get(name, (None, None))
    return result if about == subject else None


def seconds_text(seconds: float) -> str:
    """Write a duration as one reads it."""
    if seconds < 1:
        return say("watching.under-a-second")
    if seconds < 100:
        return say("watching.seconds", number=f"{seconds:.0f}")
    return say("watching.minutes", number=f"{seconds / 60:.0f}")


def _result(task: Task, result: Any, job: jobs.Job) -> None:  # noqa: ANN401
    # In containers of their own, since what follows would be drawn anew where lines come and go.
    note, place = st.container(), st.container()
    if job.error:
        return
    if result is not None:
        st.session_state.setdefault(_KEPT, {})[task.name] = (task.subject, result)
    shown = last(task.name, task.subject)
    if result is None and shown is not None:
        note.caption(say("watching.before"))
    if shown is not None:
        with place:
            task.draw(shown)


def _status(task: Task, job: jobs.Job) -> None:
    """Say where the work is; a line is always there, so that nothing jumps."""
    progress = st.container()
    if job.error:
        st.error(plain(job.error))
        return
    if task.progress is not None and not job.is_done:
        with progress:
            task.progress(job)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if job.is_whole:
            st.caption(say("watching.done", time=seconds_text(sum(job.seconds))))
        elif job.stopped:
            st.caption(say("watching.stopped"))
            st.button(
                say("watching.again"),
                key=f"{task.name}-again",
                type="tertiary",
                on_click=partial(_begin_again, job),
            )
        else:
            since = seconds_text(time.monotonic() - job.begun) if job.begun else ""
            entry = "watching.busy" if since else "watching.waits"
            st.caption(say(entry, what=task.busy, time=since, part=_part(job)))
            st.button(
                say("watching.stop"), key=f"{task.name}-stop", type="tertiary", on_click=job.stop
            )


def _part(job: jobs.Job) -> str:
    if job.total == 1:
        return ""
    return say("watching.part", number=len(job.results) + 1, total=job.total)


def _begin_again(job: jobs.Job) -> None:
    jobs.desk().forget_job(job)
