"""What stands around tipping bars: the key of their fills, heads and the axis."""

from __future__ import annotations

from dataclasses import dataclass

import altair as alt

from counterplay.report.figures.canvas import Canvas, Row
from counterplay.report.figures.theme import tokens_of
from counterplay.report.tipping_answers import KINDS, Kind

TRACK, HEAD = 300, 58
"""Length of a bar, and height of the key and the heads, in pixels."""

_HATCH = 6


@dataclass(frozen=True)
class Columns:
    """Where columns stand: labels end at `label`, bars begin at `bar`."""

    label: float
    bar: float
    now: float
    words: float
    width: float


def fill_of(kind: Kind, theme: str) -> str:
    """Return the fill of a kind of answer; `hatch` tells the second from the first."""
    tokens = tokens_of(theme)
    fills: dict[Kind, str] = {
        "same": tokens.muted,
        "joined": tokens.gain,
        "other": tokens.line,
        "unsettled": tokens.background,
    }
    return fills[kind]


def hatch(box: Row, stroke: str) -> list[Row]:
    """Return ticks across a part."""
    count = int((box["x2"] - box["x"]) / _HATCH)
    return [
        upright(box["x"] + _HATCH * (number + 0.5), box["y"], box["y2"], stroke)
        for number in range(count)
    ]


def dashes(box: Row, stroke: str) -> list[Row]:
    """Return a dashed line along the foot of a part."""
    ends = range(int(box["x"]), int(box["x2"]), 8)
    return [
        {"x": x, "x2": min(x + 5, box["x2"]), "y": box["y2"] + 3, "y2": box["y2"] + 3}
        | {"stroke": stroke}
        for x in ends
    ]


def upright(x: float, top: float, bottom: float, stroke: str) -> Row:
    """Return an upright line."""
    return {"x": x, "x2": x, "y": top, "y2": bottom, "stroke": stroke}


def key_layers(canvas: Canvas, columns: Columns) -> list[alt.Chart]:
    """Draw what each fill stands for."""
    tokens = tokens_of(canvas.theme)
    chips: list[Row] = []
    words: list[Row] = []
    for number, (kind, text) in enumerate(KINDS.items()):
        x, y = columns.bar + (number % 2) * 130.0, 8.0 + (number // 2) * 19
        chips.append({"x": x, "x2": x + 13, "y": y - 6.5, "y2": y + 6.5} | {"kind": kind})
        words.append({"x": x + 19, "y": y, "text": text, "fill": tokens.ink})
    fills = [{**chip, "fill": fill_of(chip["kind"], canvas.theme)} for chip in chips]
    ticks = [row for chip in chips if chip["kind"] == "joined" for row in hatch(chip, "")]
    return [
        canvas.bars("key", fills),
        canvas.rules("key hatch", [{**row, "stroke": tokens.background} for row in ticks], 1.4),
        canvas.frames("key frames", [{**chip, "stroke": tokens.muted} for chip in chips], 1),
        canvas.texts("key words", words, "left"),
    ]


def head_layers(canvas: Canvas, columns: Columns, bottom: float) -> list[alt.Chart]:
    """Draw the heads of the columns, and the ends of the ranges below `bottom`."""
    tokens = tokens_of(canvas.theme)
    end = columns.bar + TRACK
    line = bottom + 2
    axis = [
        {"x": columns.bar, "x2": end, "y": line, "y2": line},
        {"x": columns.bar, "x2": columns.bar, "y": line, "y2": line + 5},
        {"x": end, "x2": end, "y": line, "y2": line + 5},
    ]
    lowest = {"x": columns.bar, "y": line + 15, "text": "lowest", "fill": tokens.ink}
    highest = {"x": end, "y": line + 15, "text": "highest", "fill": tokens.ink}
    middle = (columns.bar + end) / 2
    measure = {"x": middle, "y": line + 33, "text": "position in its range", "fill": tokens.second}
    heads = [
        {"x": x, "y": HEAD - 8, "text": text, "fill": tokens.second}
        for x, text in ((columns.now, "now"), (columns.words, "first change"))
    ]
    return [
        canvas.rules("axis", [{**row, "stroke": tokens.muted} for row in axis]),
        canvas.texts("lowest", [lowest], "left"),
        canvas.texts("highest", [highest], "right"),
        canvas.texts("measure", [measure], "center"),
        canvas.texts("heads", heads, "left"),
    ]
