"""The strip under a slider: where the answer stays, and where it tips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from counterplay.explain.narrate import number_text
from counterplay.report.figures.canvas import Row
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.text import quoted
from counterplay.report.figures.theme import ThemeName, chart_config, tokens_of
from counterplay.report.tables import Table
from counterplay.report.tipping_answers import KINDS, Answers, answers_along
from counterplay.report.tipping_words import three_digits
from counterplay.scenario import Scenario
from counterplay.sensitivity.tipping.table import TippingTable

WIDTH, HEIGHT = 300, 18
"""In pixels; a page may stretch the width to that of its slider."""

THUMB_RADIUS = 6
"""Pixels by which the track of a slider is inset on either side."""

_BAR, _MARKS = (2.0, 7.0), 12.5

_Y: Any = alt.YValue  # many strips are drawn at once: alt.value() would look each up in the schema
_Y2: Any = alt.Y2Value


def tipping_strip(
    scenario: Scenario, table: TippingTable, parameter: str, theme: ThemeName = "light"
) -> Figure:
    """Show along one slider where the answer stays, on 18 pixels of height.

    Places are shares of the range, so that the ends meet those of the slider's track at any width.

    Parameters
    ----------
    scenario : Scenario
    table : TippingTable
        Of this scenario.
    parameter : str
        Id.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If the table has nothing on the parameter, or there is no such theme.
    """
    tokens_of(theme)
    found = answers_along(scenario, table, parameter)
    title = f"{quoted(found.parameter.label)}: {_stays(table, found)}"
    caption = (
        "All others held. Strong: the answer stays; faint: it changes. Triangle: tipping point; "
        "upright line: default."
    )
    if not all(part.complete for part in found.segments):
        caption += " In part the list of outcomes is not proved complete."
    words = f"{title}. Now {number_text(found.now)}; {found.words}. {caption}"
    return Figure(title, caption, _draw(found, theme), words, _table(found))


def _stays(table: TippingTable, found: Answers) -> str:
    if found.parameter.id in table.unused:
        return "no payoff depends on it"
    low, high = found.stays
    if found.first is None:
        span = f"{number_text(found.parameter.low)} to {number_text(found.parameter.high)}"
        return f"no change of the answer found from {span}"
    return f"stays between {_end(found, low)} and {_end(found, high)}"


def _end(found: Answers, value: float) -> str:
    ends = (found.parameter.low, found.parameter.high)
    return number_text(value) if value in ends else three_digits(value)


def _draw(found: Answers, theme: str) -> alt.LayerChart:
    tokens = tokens_of(theme)
    low, high = found.parameter.low, found.parameter.high

    def share(value: float) -> float:
        return (value - low) / (high - low) if high > low else 0.5

    bars = [
        {
            "x": share(part.low) if high > low else 0.0,
            "x2": share(part.high) if high > low else 1.0,
            "fill": tokens.muted if part.kind == "same" else tokens.line,
        }
        for part in found.segments
    ]
    default = [{"x": share(found.parameter.default)}]
    tips = [{"x": share(p.value), "at": three_digits(p.value)} for p in found.changes]
    across = alt.X(
        "x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False, padding=THUMB_RADIUS)
    )
    fill = alt.Fill("fill:N", scale=None)
    layers = [
        _chart("bars", bars)
        .mark_rect()
        .encode(across, alt.X2("x2:Q"), fill, y=_Y(_BAR[0]), y2=_Y2(_BAR[1])),
        _chart("default", default)
        .mark_rule(color=tokens.ink, strokeWidth=2)
        .encode(across, y=_Y(0), y2=_Y2(_BAR[1] + 2)),
        _chart("tips", tips)
        .mark_point(shape="triangle-up", size=44, filled=True, color=tokens.ink, opacity=1)
        .encode(across, alt.Tooltip("at:N", title="tips at"), y=_Y(_MARKS)),
    ]
    return alt.LayerChart(
        layer=[layer for layer in layers if layer.data.values],
        width=WIDTH,
        height=HEIGHT,
        padding={"left": 0, "right": 0, "top": 0, "bottom": 0},
        config=chart_config(theme),
    )


def _chart(name: str, rows: Sequence[Row]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows), name=name)


def _table(found: Answers) -> Table:
    rows = tuple(
        (three_digits(part.low), three_digits(part.high), KINDS[part.kind])
        for part in found.segments
    )
    title = f"{found.parameter.label}: the answer along its range"
    return Table(title, ("From", "To", "Answer"), rows, (True, True, False))
