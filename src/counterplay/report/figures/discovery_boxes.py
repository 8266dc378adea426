"""Scenario discovery: the conditions under which a kind of outcome is concentrated."""

from __future__ import annotations

from collections import defaultdict

import altair as alt

from counterplay.errors import ReportError
from counterplay.explain.narrate import percent
from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.sentence import sentence_chart
from counterplay.report.figures.text import fit, listed, quoted, text_width
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.figures.tipping_frame import upright
from counterplay.report.tables.futures import bound_words, condition_boxes
from counterplay.scenario import Parameter, Scenario
from counterplay.sensitivity.discovery.boxes import Bound, Box
from counterplay.sensitivity.discovery.boxes_found import Discovery

MOST = 3
"""Boxes drawn; the table holds all."""

_LABELS, _TRACK, _ROW, _HEAD, _GAP, _BAR = 240, 260, 30, 28, 14, 12


def discovery_boxes(scenario: Scenario, found: Discovery, theme: ThemeName = "light") -> Figure:
    """Show for each box which part of each restricted assumption's range it takes.

    Parameters
    ----------
    scenario : Scenario
    found : Discovery
        Of this scenario.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If the scenario has no such parameter, or there is no such theme.
    """
    tokens_of(theme)
    ranges = {parameter.id: parameter for parameter in scenario.parameters}
    missing = [b.parameter for box in found.boxes for b in box.bounds if b.parameter not in ranges]
    if missing:
        raise ReportError(f"found: its parameter {missing[0]!r} is not in this scenario")
    label = next((r.label for r in scenario.regimes if r.id == found.regime), found.regime)
    title, caption = _title(found, label), _caption(found)
    words = f"Bars, one an assumption of each box. {title}. {caption} {found.words}"
    chart = (
        _draw(found.boxes[:MOST], ranges, theme)
        if found.boxes
        else sentence_chart(found.words, theme)
    )
    return Figure(title, caption, chart, words, condition_boxes(scenario, found))


def _title(found: Discovery, label: str) -> str:
    if not found.boxes:
        return f"No conditions were found that tell where {quoted(label)} is stable"
    first = found.boxes[0]
    where = listed(_clause(bound) for bound in first.bounds)
    shares = f"{percent(first.fresh.density)} of the draws, against {percent(found.fresh_share)}"
    return f"Where {where}, {quoted(label)} is stable in {shares} of all"


def _clause(bound: Bound) -> str:
    return f"{quoted(bound.label)} is {bound_words(bound)}"


def _caption(found: Discovery) -> str:
    boxes = len(found.boxes)
    sentences = [
        f"Fitted on {found.draws:,} draws (seed {found.seed}); shares counted on as many fresh "
        "ones. All bounds of a box must hold; levers held.",
        "Filled: the part of the range in the box. Upright line: default." if boxes else "",
        f"The {MOST} boxes that cover most are drawn; the table has all {boxes}."
        if boxes > MOST
        else "",
        f"No box reaches the density of {found.wanted:.2f} that was wanted."
        if boxes and max(box.found.density for box in found.boxes) < found.wanted
        else "",
        "Shares describe the ranges drawn, not chances of events.",
    ]
    return " ".join(filter(None, sentences))


def _draw(boxes: tuple[Box, ...], ranges: dict[str, Parameter], theme: str) -> alt.LayerChart:
    tokens = tokens_of(theme)
    layers: defaultdict[str, list[Row]] = defaultdict(list)
    labels = [line for box in boxes for b in box.bounds for line in fit(b.label, 13, _LABELS, 2)]
    start = round(max(text_width(line, 13) for line in labels) * 1.06) + 16.0
    sides = [text_width(bound_words(bound), 13) * 1.1 for box in boxes for bound in box.bounds]
    top = 0.0
    for number, box in enumerate(boxes, 1):
        told = (
            f"Box {number}: stable in {percent(box.fresh.density)} of the draws inside; covers "
            f"{percent(box.fresh.coverage)} of the draws where it is stable"
        )
        row = {"x": 0, "y": top + 12, "text": told, "fill": tokens.ink}
        layers["heads"].append({**row, "width": text_width(told, 13) * 1.1})
        top += _HEAD
        for bound in box.bounds:
            _add_bound(layers, (bound, ranges[bound.parameter]), (start, top), theme)
            top += _ROW
        top += _GAP
    width = max(start + _TRACK + 12 + max(sides), *(row["width"] for row in layers["heads"]))
    canvas = Canvas(round(width), top - _GAP + 4, theme)
    return canvas.picture(
        [
            canvas.bars("tracks", layers["tracks"]),
            canvas.bars("parts", layers["parts"]),
            canvas.frames("frames", layers["frames"], 1),
            canvas.rules("halo", layers["halo"], 6),
            canvas.rules("defaults", layers["defaults"], 2.5),
            canvas.texts("heads", layers["heads"], "left", 13, 600),
            canvas.texts("labels", layers["labels"], "right"),
            canvas.texts("sides", layers["sides"], "left"),
        ]
    )


def _add_bound(
    layers: defaultdict[str, list[Row]],
    told: tuple[Bound, Parameter],
    place: tuple[float, float],
    theme: str,
) -> None:
    """Add one restricted assumption: its range, and the part of it in the box."""
    tokens, (bound, parameter), (start, top) = tokens_of(theme), told, place
    y = top + _ROW / 2

    def at(value: float | None, end: float) -> float:
        kept = end if value is None else min(max(value, parameter.low), parameter.high)
        return start + _TRACK * (kept - parameter.low) / (parameter.high - parameter.low)

    low, high = at(bound.above, parameter.low), at(bound.below, parameter.high)
    box = {"y": y - _BAR / 2, "y2": y + _BAR / 2}
    track = {**box, "x": start, "x2": start + _TRACK}
    layers["tracks"].append({**track, "fill": tokens.background})
    layers["frames"].append({**track, "stroke": tokens.muted})
    layers["parts"].append({**box, "x": low, "x2": high, "fill": tokens.muted})
    default = at(parameter.default, parameter.low)
    layers["halo"].append(upright(default, y - _BAR / 2, y + _BAR / 2, tokens.background))
    layers["defaults"].append(upright(default, y - _BAR / 2 - 3, y + _BAR / 2 + 3, tokens.ink))
    layers["labels"] += lines_at(fit(bound.label, 13, _LABELS, 2), start - 12, y, tokens.ink, 14)
    side = {"x": start + _TRACK + 12, "y": y, "text": bound_words(bound), "fill": tokens.ink}
    layers["sides"].append(side)
