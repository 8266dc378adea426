"""The frame of a map: ticks with their values, and the names of both parameters."""

from __future__ import annotations

import math

import altair as alt

from counterplay.report.figures.canvas import Row
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_shapes import Frame
from counterplay.report.figures.text import clean, fit, text_width
from counterplay.report.figures.theme import tokens_of
from counterplay.report.scale import round_up
from counterplay.scenario import Parameter
from counterplay.sensitivity.maps.result import PhaseMap

_TICKS = 6


def axis_layers(canvas: MapCanvas, frame: Frame, found: PhaseMap) -> list[alt.Chart]:
    """Draw the frame, ticks at round values and the names of both axes with their units."""
    tokens = tokens_of(canvas.theme)
    bottom, right = frame.top + frame.height, frame.left + frame.width
    rules: list[Row] = []
    across: list[Row] = []
    upward: list[Row] = []
    for value, text in round_values(found.x_parameter):
        x, _ = frame.at(value, frame.low[1])
        rules.append({"x": x, "x2": x, "y": bottom, "y2": bottom + 5})
        across.append({"x": x, "y": bottom + 16, "text": text, "fill": tokens.ink})
    for value, text in round_values(found.y_parameter):
        _, y = frame.at(frame.low[0], value)
        rules.append({"x": frame.left - 5, "x2": frame.left, "y": y, "y2": y})
        upward.append({"x": frame.left - 9, "y": y, "text": text, "fill": tokens.ink})
    box = {"x": frame.left, "x2": right, "y": frame.top, "y2": bottom, "stroke": tokens.muted}
    middle = frame.left + frame.width / 2
    names = [
        {"x": middle, "y": bottom + 38, "text": _name(found.x_parameter, frame)},
    ]
    above = [{"x": frame.left, "y": frame.top - 20, "text": _name(found.y_parameter, frame)}]
    return [
        canvas.frames("frame", [box], 1),
        canvas.rules("ticks", [{**rule, "stroke": tokens.muted} for rule in rules]),
        canvas.texts("x values", across, "center"),
        canvas.texts("y values", upward, "right"),
        canvas.texts("x name", [{**row, "fill": tokens.second} for row in names], "center"),
        canvas.texts("y name", [{**row, "fill": tokens.second} for row in above], "left"),
    ]


def round_values(parameter: Parameter) -> list[tuple[float, str]]:
    """Return round values in a parameter's range, as they are written on its axis.

    Examples
    --------
    >>> axis = Parameter(id="p", label="P", default=0.1, low=-0.15, high=0.75)
    >>> [text for _, text in round_values(axis)]
    ['0.0', '0.2', '0.4', '0.6']
    """
    step = round_up((parameter.high - parameter.low) / _TICKS)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first = math.ceil(parameter.low / step - 1e-9)
    last = math.floor(parameter.high / step + 1e-9)
    values = [(number * step, number) for number in range(first, last + 1)]
    return [(value, _text(value if number else 0.0, decimals)) for value, number in values]


def _text(value: float, decimals: int) -> str:
    if abs(value) >= 1e6 or decimals > 6:
        return f"{value:.3g}".replace("-", "−")
    return f"{'−' if value < 0 else ''}{abs(value):.{decimals}f}"


def _name(parameter: Parameter, frame: Frame) -> str:
    """Write what an axis shows, with its unit where both fit."""
    room = frame.width - 8
    whole = f"{parameter.label} ({parameter.unit})"
    return fit(whole if text_width(clean(whole), 13) <= room else parameter.label, 13, room)[0]
