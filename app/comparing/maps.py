"""One map of two assumptions for each setting of a comparison, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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


def show(found: cp.Findings, sides: Sequence[Side]) -> None:
    """Offer the maps of those settings that are of the model on screen.

    Parameters
    ----------
    found : Findings
        Of the setting on screen, which is the first of `sides`.
    """
    with choices.folder(say("compare.maps"), "open-maps") as is_open:
        if is_open:
            own = [side for side in sides if side.chosen.model == sides[0].chosen.model]
            _opened(found, own)


def _opened(found: cp.Findings, sides: Sequence[Side]) -> None:
    scenario = sides[0].scenario
    movable = {p.id: p.label for p in scenario.parameters if p.low < p.high}
    if len(sides) < 2 or len(movable) < 2:
        st.markdown(say("compare.maps-need-two"))
        return
    x, y = choices.axes(movable, _order(found, sides, movable))
    names = told_apart(side.label for side in sides)
    key = ("maps", scenario.sha256, x, y, tuple(tuple(side.values.items()) for side in sides))

    def parts() -> list[jobs.Part]:
        return [partial(cp.phase_map, scenario, x, y, side.values, steps=_STEPS) for side in sides]

    def look() -> tuple[Mapping[str, cp.PhaseMap] | None, jobs.Job]:
        _, job = watching.of_one_job(key, parts)
        maps = dict(zip(names, job.results, strict=True)) if job.is_whole else None
        return maps, job

    busy = say("compare.maps-busy", cells=_STEPS[0])
    subject = (scenario.sha256, x, y, tuple(names))
    watching.watch(watching.Task(_NAME, subject, look, _draw, busy))


def _order(found: cp.Findings, sides: Sequence[Side], movable: Iterable[str]) -> list[str]:
    """Put first the assumptions at which the first setting's outcomes break first.

    Those on which the settings differ come last: with them as axes only the point would differ.
    """
    breaking = [point.parameter for points in found.breaks for point in points]
    nearest = dict.fromkeys([*breaking, *movable])
    return sorted(nearest, key=lambda name: len({side.values[name] for side in sides}) > 1)


def _draw(maps: Mapping[str, cp.PhaseMap]) -> None:
    frame.figure(lambda: figures.phase_maps(maps, theme=frame.theme()), "phase-maps")
