"""A phase map on whose cells one can click, so that a page moves the point there."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import altair as alt

from counterplay.report.figures.figure import Figure
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_drawing import MapDrawing
from counterplay.report.figures.map_shapes import Frame
from counterplay.report.figures.phase_map import phase_map
from counterplay.report.figures.theme import ThemeName
from counterplay.report.phase_map_key import Key
from counterplay.sensitivity.maps.result import PhaseMap

PICKED = "picked"
"""Name of the selection: at most one record, with the values `x` and `y` of the cell clicked."""

MOST_PLACES = 60
"""Places along one axis that can be clicked apart."""


def movable_phase_map(found: PhaseMap, theme: ThemeName = "light") -> Figure:
    """Show a phase map with a point selection named ``picked``.

    A click selects the middle of a cell, with `x` and `y` in the units of the two parameters; a
    double click selects nothing.

    Parameters
    ----------
    found : PhaseMap
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If there is no such theme.
    """
    figure = phase_map(found, theme)
    canvas = MapCanvas(figure.chart.width, figure.chart.height, theme)
    places = _places(canvas, MapDrawing(Key(found)).frame, found.index.shape)
    drawn = cast("list[alt.Chart]", figure.chart.layer)
    caption = f"{figure.caption} Click on the map to move the point."
    return replace(figure, caption=caption, chart=canvas.picture([*drawn, places]))


def _places(canvas: MapCanvas, frame: Frame, shape: tuple[int, ...]) -> alt.Chart:
    """Lay unseen cells over the map.

    The browser makes them from their number, so that a fine map does not send thousands of rows.
    """
    rows, columns = (min(count, MOST_PLACES) for count in shape)
    width, height = frame.width / columns, frame.height / rows
    spans = [(high - low) for low, high in zip(frame.low, frame.high, strict=True)]
    column, row = f"datum.cell % {columns}", f"floor(datum.cell / {columns})"
    across, down = canvas.scales()
    drawn: alt.Chart = (
        alt.Chart(alt.sequence(0, rows * columns, as_="cell"), name="places")
        .transform_calculate(
            x=f"{frame.low[0]!r} + {spans[0]!r} * (({column}) + 0.5) / {columns}",
            y=f"{frame.low[1]!r} + {spans[1]!r} * ({row} + 0.5) / {rows}",
            left=f"{frame.left!r} + {width!r} * ({column})",
            right=f"{frame.left!r} + {width!r} * (({column}) + 1)",
            top=f"{frame.top!r} + {height!r} * ({rows} - 1 - {row})",
            bottom=f"{frame.top!r} + {height!r} * ({rows} - {row})",
        )
        .mark_rect(fill="transparent", stroke=None, cursor="crosshair")
        .encode(
            alt.X("left:Q", axis=None, scale=across),
            alt.X2("right:Q"),
            alt.Y("top:Q", axis=None, scale=down),
            alt.Y2("bottom:Q"),
        )
        .add_params(alt.selection_point(name=PICKED, fields=["x", "y"], toggle=False))
    )
    return drawn
