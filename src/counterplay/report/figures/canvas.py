"""Marks at given places: every chart is computed here in pixels and drawn by Vega-Lite as it is.

Axes and legends of a grammar of graphics cut labels, merge equal ones and choose their own ticks.
Placing each text ourselves keeps long, equal and hostile labels whole, and gives the same picture
everywhere.  x grows to the right and y downwards from the top left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from counterplay.report.figures.text import clean
from counterplay.report.figures.theme import chart_config

Row = dict[str, Any]
Align = Literal["left", "center", "right"]
Weight = Literal[400, 600]


@dataclass(frozen=True)
class Canvas:
    """A drawing area.

    Attributes
    ----------
    width, height : float
        Pixels.
    theme : str
    """

    width: float
    height: float
    theme: str

    def bars(self, name: str, rows: Iterable[Row]) -> alt.Chart:
        """Draw filled rectangles from rows with x, x2, y, y2, fill and, if below 1, opacity."""
        fill = alt.Fill("fill:N", scale=None)
        opacity = alt.Opacity("opacity:Q", scale=None)
        chart = _chart(name, [{"opacity": 1.0, **row} for row in rows]).mark_rect()
        drawn: alt.Chart = chart.encode(*self._box(), fill, opacity)
        return drawn

    def frames(self, name: str, rows: Iterable[Row], thickness: float) -> alt.Chart:
        """Draw empty rectangles from rows with x, x2, y, y2 and stroke."""
        stroke = alt.Stroke("stroke:N", scale=None)
        chart = _chart(name, rows).mark_rect(fill=None, strokeWidth=thickness)
        drawn: alt.Chart = chart.encode(*self._box(), stroke)
        return drawn

    def rules(self, name: str, rows: Iterable[Row], thickness: float = 1) -> alt.Chart:
        """Draw lines from rows with x, x2, y, y2 and stroke."""
        stroke = alt.Stroke("stroke:N", scale=None)
        chart = _chart(name, rows).mark_rule(strokeWidth=thickness)
        drawn: alt.Chart = chart.encode(*self._box(), stroke)
        return drawn

    def symbols(self, name: str, rows: Iterable[Row], size: float) -> alt.Chart:
        """Draw symbols from rows with x, y, shape and fill; `size` is their area."""
        shape = alt.Shape("shape:N", scale=None)
        fill = alt.Fill("fill:N", scale=None)
        chart = _chart(name, rows).mark_point(filled=True, opacity=1, size=size, strokeWidth=0)
        drawn: alt.Chart = chart.encode(*self._place(), shape, fill)
        return drawn

    def texts(
        self, name: str, rows: Iterable[Row], align: Align, size: float = 13, weight: Weight = 400
    ) -> alt.Chart:
        """Write texts, centred on their y, from rows with x, y, text and fill."""
        cleaned = [{**row, "text": clean(row["text"])} for row in rows]
        fill = alt.Fill("fill:N", scale=None)
        chart = _chart(name, cleaned).mark_text(
            align=align, baseline="middle", fontSize=size, fontWeight=weight, limit=0
        )
        drawn: alt.Chart = chart.encode(*self._place(), alt.Text("text:N"), fill)
        return drawn

    def picture(self, layers: Sequence[alt.Chart]) -> alt.LayerChart:
        """Lay marks over one another, the first at the bottom; empty layers are left out."""
        drawn = [layer for layer in layers if getattr(layer.data, "values", True)]
        return alt.LayerChart(
            layer=drawn,
            width=self.width,
            height=self.height,
            padding={
                "left": 0,
                "right": 0,
                "top": 0,
                "bottom": 0,
            },  # Streamlit adds what is not said
            config=chart_config(self.theme),
        )

    def scales(self) -> tuple[alt.Scale, alt.Scale]:
        """Return the scales that make pixels of x and y."""
        return (
            alt.Scale(domain=[0, self.width], nice=False, zero=False),
            alt.Scale(domain=[self.height, 0], nice=False, zero=False),
        )

    def _place(self) -> tuple[alt.X, alt.Y]:
        across, down = self.scales()
        return alt.X("x:Q", axis=None, scale=across), alt.Y("y:Q", axis=None, scale=down)

    def _box(self) -> tuple[alt.X, alt.X2, alt.Y, alt.Y2]:
        x, y = self._place()
        return x, alt.X2("x2:Q"), y, alt.Y2("y2:Q")


def lines_at(
    lines: Sequence[str], x: float, y: float, fill: str, leading: float = 16
) -> list[Row]:
    """Return the text rows of a label of several lines, centred on `y`."""
    top = y - leading * (len(lines) - 1) / 2
    return [
        {"x": x, "y": top + leading * number, "text": line, "fill": fill}
        for number, line in enumerate(lines)
    ]


def _chart(name: str, rows: Iterable[Row]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)), name=name)
