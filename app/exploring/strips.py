"""Strips under the sliders: where each value stands between the points at which the answer tips.

The answer does not wait for them: they are worked beside the page and drawn when they are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import counterplay as cp
import frame
from background import jobs
from counterplay.report import figures
from drawn import drawn_once
from text import plain
from words import say

_HEIGHT = 18
_POLL = 1.0  # seconds; every look draws all strips that are there
_PATIENCE = 3.0  # a strip of values that were moved on is not waited for


def draw(found: cp.Findings, places: Mapping[str, DeltaGenerator]) -> None:
    """Draw the strip of each parameter into its place, now or as soon as it is worked out."""
    if not places:
        return
    key = ("strips", found.digest, tuple(places))

    def job() -> jobs.Job:
        return jobs.desk().job(key, lambda: _parts(found, places), patience=_PATIENCE)

    was_done = job().is_done

    def shown() -> None:
        now = job()
        tables = dict(zip(places, now.results, strict=False))
        for name, place in places.items():
            if name in tables:
                with place:
                    _strip(found, name, tables[name])
            else:
                place.space(_HEIGHT)
        _say_where(now)
        if now.is_done and not was_done:
            st.rerun()

    jobs.look_again(shown, None if was_done else _POLL)


def _parts(found: cp.Findings, places: Mapping[str, DeltaGenerator]) -> list[jobs.Part]:
    values = dict(found.values)
    return [
        partial(cp.tipping_points, found.scenario, values, parameters=[name]) for name in places
    ]


def _strip(found: cp.Findings, name: str, table: cp.TippingTable) -> None:
    theme = frame.theme()
    strip = drawn_once(
        ("strip", found.digest, name, theme),
        lambda: figures.tipping_strip(found.scenario, table, name, theme=theme),
    )
    frame.wide_picture(strip, f"strip-{name}", _HEIGHT)


def _say_where(job: jobs.Job) -> None:
    if job.error:
        st.caption(say("controls.strip-failed", reason=plain(job.error)))
    elif job.is_done:
        st.caption(say("controls.strip-legend"))
    else:
        st.caption(say("controls.strip-busy", done=len(job.results), total=job.total))
