"""A phase map on a sheet of its own: with its finding, how to read it, and where it comes from."""

from __future__ import annotations

from dataclasses import replace

import altair as alt

from counterplay.explain.narrate import number_text
from counterplay.report.figures.canvas import lines_at
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_drawing import WIDTH, MapDrawing
from counterplay.report.figures.phase_map import phase_map
from counterplay.report.figures.text import BOLD, fit, short
from counterplay.report.figures.theme import TOKENS
from counterplay.report.phase_map_key import Key
from counterplay.sensitivity.maps.result import PhaseMap

_MARGIN, _TITLE, _SMALL = 24, 20, 12
_TITLE_LINE, _LINE = 25, 17
_LEFT = 8


def phase_map_sheet(found: PhaseMap) -> Figure:
    """Return the figure as one picture that stands alone, on white.

    The scenario's marking is at its top and at its foot.

    Parameters
    ----------
    found : PhaseMap
    """
    figure = phase_map(found)
    marking = (
        fit(found.scenario.marking, 13 * BOLD, WIDTH - 2 * _LEFT, 2)
        if found.scenario.marking
        else ()
    )
    room = WIDTH - 2 * _LEFT
    heading = fit(figure.title, _TITLE * BOLD, room, 4)
    reading = fit(figure.caption, 13, room, 8)
    at = _MARGIN + _LINE * len(marking)
    title_middle = at + _TITLE_LINE * len(heading) / 2
    at += _TITLE_LINE * len(heading) + 6
    reading_middle = at + _LINE * len(reading) / 2
    drawing = MapDrawing(Key(found), at + _LINE * len(reading) + 12)
    foot = fit(_origin(found), _SMALL, room, 6)
    end = drawing.bottom + 8
    canvas = MapCanvas(WIDTH, end + _LINE * (len(foot) + len(marking)) + 14, "light")
    tokens = TOKENS["light"]
    foot_middle = end + _LINE * len(foot) / 2
    marks = [
        *lines_at(marking, WIDTH / 2, _LINE * (len(marking) + 1) / 2, tokens.ink, _LINE),
        *lines_at(
            marking, WIDTH / 2, canvas.height - _LINE * len(marking) / 2 - 4, tokens.ink, _LINE
        ),
    ]
    page = {"x": 0, "x2": WIDTH, "y": 0, "y2": canvas.height, "fill": tokens.background}
    layers: list[alt.Chart] = [
        canvas.bars("page", [page]),
        canvas.texts("marking", marks, "center", 13, 600),
        canvas.texts(
            "title",
            lines_at(heading, _LEFT, title_middle, tokens.ink, _TITLE_LINE),
            "left",
            _TITLE,
            600,
        ),
        canvas.texts(
            "reading", lines_at(reading, _LEFT, reading_middle, tokens.second, _LINE), "left"
        ),
        *drawing.layers(canvas),
        canvas.texts(
            "origin", lines_at(foot, _LEFT, foot_middle, tokens.muted, _LINE), "left", _SMALL
        ),
    ]
    return replace(figure, chart=canvas.picture(layers))


def _origin(found: PhaseMap) -> str:
    """Say which scenario this is, and which held values differ from the file's."""
    scenario = found.scenario
    defaults = scenario.full_values()
    moved = [
        f"{name} = {number_text(value)}"
        for name, value in found.held.items()
        if value != defaults[name]
    ]
    held = (
        f"Held away from their defaults: {', '.join(moved)}"
        if moved
        else ("All that is held is at its default")
    )
    as_of = f", as of {short(scenario.as_of, 40)}" if scenario.as_of else ""
    return f"{short(scenario.title, 120)}{as_of}. Scenario {scenario.id}. {held}."
