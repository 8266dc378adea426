"""How sure: a map of two assumptions on which the point can be moved."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import streamlit as st

import choices
import counterplay as cp
import frame
import state
from background import jobs, watching
from counterplay.report import figures
from exploring import scales
from handing_out import File, hand_out
from how_sure import tipping
from text import plain
from words import say

_NAME, _PICTURE, _PICKED = "sure-map", "map-picture", "picked"
_FORMATS = {"png": "image/png", "svg": "image/svg+xml", "csv": "text/csv"}
_STEPS = ((24, 24), (48, 48))


def begin(found: cp.Findings) -> None:
    """Have the map worked before what else the page needs, where its axes are known."""
    movable = [p.id for p in found.scenario.parameters if p.low < p.high]
    x, y = (state.choice(axis, movable, "") for axis in ("map-x", "map-y"))
    if x and y and x != y:
        _look(found, x, y)


def show(found: cp.Findings) -> None:
    """Show the map of the two assumptions chosen."""
    st.subheader(say("sure.map"), anchor=False)
    movable = {p.id: p.label for p in found.scenario.parameters if p.low < p.high}
    if len(movable) < 2:
        st.markdown(say("sure.map-needs-two"))
        return
    nearest = tipping.table_so_far(found)
    first = dict.fromkeys(point.parameter for point in nearest or ())
    order = [*first, *(name for name in movable if name not in first)]
    x, y = choices.axes(movable, order)
    if nearest is None and "map-x" not in state.inputs().choices:
        st.caption(say("sure.map-waits"))
        return
    watching.watch(
        watching.Task(
            _NAME,
            (found.scenario.sha256, x, y),
            lambda: _look(found, x, y),
            partial(_draw, found),
            say("sure.map-busy", first=_STEPS[0][0], last=_STEPS[-1][0]),
        )
    )


def _look(found: cp.Findings, x: str, y: str) -> tuple[cp.PhaseMap | None, jobs.Job]:
    """Return the finest map with the point on screen; cells are solved once for all points."""
    held = {name: value for name, value in found.values.items() if name not in (x, y)}
    key = ("map", found.scenario.sha256, x, y, tuple(held.values()))
    values = dict(found.values)
    cells, job = watching.of_one_job(
        key,
        lambda: [
            partial(cp.phase_map, found.scenario, x, y, values, steps=steps) for steps in _STEPS
        ],
    )
    if cells is None or cells.point == (values[x], values[y]):
        return cells, job
    return _moved(key, job, (values[x], values[y]), values)


def _moved(
    key: tuple[object, ...], job: jobs.Job, point: tuple[float, float], values: dict[str, float]
) -> tuple[cp.PhaseMap | None, jobs.Job]:
    """Return the map seen from another point, from the finest cells that there are."""
    number, cells = len(job.results) - 1, job.results[-1]
    coarser = jobs.desk().known((*key, number - 1, point))
    seen, moving = watching.of_one_job(
        (*key, number, point), lambda: [partial(cp.moved_map, cells, values)]
    )
    if seen is None and coarser is not None and coarser.results:
        seen = coarser.results[-1]
    return seen, moving if job.is_done else job


def _draw(found: cp.Findings, cells: cp.PhaseMap) -> None:
    shown = frame.attempt(
        say("common.cannot-draw"), lambda: figures.movable_phase_map(cells, theme=frame.theme())
    )
    st.markdown(f"**{plain(shown.title)}**")
    st.caption(plain(shown.caption))
    take = partial(_take_click, cells.x_id, cells.y_id)
    frame.clickable_picture(shown, _PICTURE, take)
    with st.expander(say("sure.map-words")):
        st.markdown("\n".join(f"- {plain(words)}" for words in cells.words))
    with st.expander(say("common.as-table")):
        frame.table(shown.table)
    hand_out("map", partial(_files, cells, f"{found.scenario.id}-{cells.x_id}-{cells.y_id}"))


def _files(cells: cp.PhaseMap, name: str) -> File | None:
    asked = None
    with st.container(horizontal=True):
        for suffix, mime in _FORMATS.items():
            if st.button(
                say("sure.map-file", format=suffix.upper()),
                key=f"map-file.{suffix}",
                icon=":material/download:",
                type="tertiary",
            ):
                asked = File(f"{name}.{suffix}", mime, partial(_file, cells, f".{suffix}"))
    return asked


def _file(cells: cp.PhaseMap, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return cp.write_phase_map(cells, Path(folder) / f"map{suffix}").read_bytes()


def _take_click(x: str, y: str) -> None:
    """Move both assumptions to where the map was clicked, on the steps of their sliders."""
    picked = st.session_state[_PICTURE]["selection"].get(_PICKED, [])
    if not picked:
        return
    state.set_choice("map-x", x, "")  # other points have other nearest changes; the axes stay
    state.set_choice("map-y", y, "")
    ranges = {p.id: (p.low, p.default, p.high) for p in state.scenario().parameters}
    state.set_values(
        {name: _on_step(*ranges[name], picked[0][axis]) for name, axis in ((x, "x"), (y, "y"))}
    )


def _on_step(low: float, default: float, high: float, value: float) -> float:
    step = scales.slider_step(low, default, high)
    return scales.without_noise(min(max(low + step * round((value - low) / step), low), high))
