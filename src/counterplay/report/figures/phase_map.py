"""The phase map: which outcomes are stable at each pair of values of two parameters."""

from __future__ import annotations

from counterplay.report.figures.figure import Figure
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_drawing import WIDTH, MapDrawing
from counterplay.report.figures.map_text import alt_text, caption, title
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.phase_map_key import Key
from counterplay.sensitivity.maps.result import PhaseMap


def phase_map(found: PhaseMap, theme: ThemeName = "light") -> Figure:
    """Show where each outcome is stable, with the borders, the current point and a key.

    Parameters
    ----------
    found : PhaseMap
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If there is no such theme.
    """
    tokens_of(theme)
    key = Key(found)
    drawing = MapDrawing(key)
    canvas = MapCanvas(WIDTH, drawing.bottom, theme)
    return Figure(
        title(found),
        caption(found),
        canvas.picture(drawing.layers(canvas)),
        alt_text(found, key),
        key.table(),
    )
