"""A canvas for maps: areas and lines of any outline, and words that stay legible over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import altair as alt

from counterplay.report.figures.canvas import Canvas, Row
from counterplay.report.figures.text import clean

_TRUE_SIZE = 4
"""Area of a symbol at which an outline in pixels is drawn as it is."""


@dataclass(frozen=True)
class MapCanvas(Canvas):
    """A drawing area for maps."""

    def areas(self, name: str, rows: Iterable[Row]) -> alt.Chart:
        """Fill outlines from rows with path (in pixels, as SVG writes it) and fill."""
        fill = alt.Fill("fill:N", scale=None)
        chart = _outlines(name, rows).mark_point(
            filled=True, opacity=1, size=_TRUE_SIZE, strokeWidth=0
        )
        drawn: alt.Chart = chart.encode(*self._place(), alt.Shape("path:N", scale=None), fill)
        return drawn

    def lines(self, name: str, rows: Iterable[Row], thickness: float) -> alt.Chart:
        """Draw lines from rows with path and stroke."""
        stroke = alt.Stroke("stroke:N", scale=None)
        chart = _outlines(name, rows).mark_point(
            filled=False,
            fill=None,
            opacity=1,
            size=_TRUE_SIZE,
            strokeWidth=thickness,
            strokeJoin="round",
            strokeCap="round",
        )
        drawn: alt.Chart = chart.encode(*self._place(), alt.Shape("path:N", scale=None), stroke)
        return drawn

    def dashed(
        self, name: str, rows: Iterable[Row], thickness: float, dash: Sequence[float]
    ) -> alt.Chart:
        """Draw lines from rows with path and stroke, of dashes and gaps in pixels."""
        chart = _outlines(name, rows).mark_point(
            filled=False,
            fill=None,
            opacity=1,
            size=_TRUE_SIZE,
            strokeWidth=thickness,
            strokeDash=list(dash),
        )
        stroke = alt.Stroke("stroke:N", scale=None)
        drawn: alt.Chart = chart.encode(*self._place(), alt.Shape("path:N", scale=None), stroke)
        return drawn

    def dots(self, name: str, rows: Iterable[Row], size: float) -> alt.Chart:
        """Draw round dots from rows with x, y and fill; `size` is their area."""
        return self.symbols(name, [{**row, "shape": "circle"} for row in rows], size)

    def halos(self, name: str, rows: Iterable[Row], size: float) -> alt.Chart:
        """Draw what lies behind words: the same words, widened, in the colour given as halo."""
        cleaned = [{**row, "text": clean(row["text"])} for row in rows]
        chart = alt.Chart(alt.InlineData(values=cleaned), name=name).mark_text(
            align="center",
            baseline="middle",
            fontSize=size,
            fontWeight=600,
            limit=0,
            strokeWidth=4,
            strokeJoin="round",
        )
        halo = alt.Stroke("halo:N", scale=None)
        fill = alt.Fill("halo:N", scale=None)
        drawn: alt.Chart = chart.encode(*self._place(), alt.Text("text:N"), halo, fill)
        return drawn


def _outlines(name: str, rows: Iterable[Row]) -> alt.Chart:
    placed = [{"x": 0, "y": 0, **row} for row in rows]
    return alt.Chart(alt.InlineData(values=placed), name=name)
