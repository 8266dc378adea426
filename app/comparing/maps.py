"""One map of two assumptions for each setting of a comparison, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

import choices
import counterplay as cp
import frame
from background import jobs, watching
from comparing.compared import Side
from counterplay.report import figures
from text import told_apart
from words import say

_NAME = "compare-maps"
_STEPS = (32, 32)


def show(sides: Sequence[Side]) -> None:
    """Offer the maps of those settings that are of the model on screen."""
    with choices.folder(say("compare.maps"), "open-maps") as is_open:
        if is_open:
            _opened([side for side in sides if side.chosen.model == sides[0].chosen.model])


def _opened(sides: Sequence[Side]) -> None:
    scenario = sides[0].scenario
    movable = {p.id: p.label for p in scenario.parameters if p.low < p.high}
    if len(sides) < 2 or len(movable) < 2:
        st.markdown(say("compare.maps-need-two"))
        return
    first, second = _axes(sides)
    with st.container(horizontal=True):
        x = choices.dropdown(say("sure.map-x"), "map-x", list(movable), first, movable.__getitem__)
        others = [name for name in movable if name != x]
        default = first if x == second else second
        y = choices.dropdown(say("sure.map-y"), "map-y", others, default, movable.__getitem__)
    names = told_apart(side.label for side in sides)
    key = ("maps", scenario.sha256, x, y, tuple(tuple(side.values.items()) for side in sides))

    def parts() -> list[jobs.Part]:
        return [partial(cp.phase_map, scenario, x, y, side.values, steps=_STEPS) for side in sides]

    def look() -> tuple[Mapping[str, cp.PhaseMap] | None, jobs.Job]:
        _, job = watching.of_one_job(key, parts)
        maps = dict(zip(names, job.results, strict=False)) if job.is_whole else None
        return maps, job

    busy = say("compare.maps-busy", cells=_STEPS[0])
    subject = (scenario.sha256, x, y, tuple(names))
    watching.watch(watching.Task(_NAME, subject, look, _draw, busy))


def _axes(sides: Sequence[Side]) -> tuple[str, str]:
    """Return the two assumptions that differ most between the settings, in parts of their ranges.

    Those of the file come first where none differ.
    """

    ranges = {p.id: p.high - p.low for p in sides[0].scenario.parameters if p.low < p.high}

    def spread(name: str) -> float:
        values = [side.values[name] for side in sides]
        return (max(values) - min(values)) / ranges[name]

    first, second, *_ = sorted(ranges, key=spread, reverse=True)
    return first, second


def _draw(maps: Mapping[str, cp.PhaseMap]) -> None:
    frame.figure(lambda: figures.phase_maps(maps, theme=frame.theme()), "phase-maps")
