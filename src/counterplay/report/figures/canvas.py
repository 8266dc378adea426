"""Marks at given places: every chart is computed here in pixels and drawn by Vega-Lite as it is.

Axes and legends of a grammar of graphics cut labels, merge equal ones and choose their own ticks.  Placing each text
ourselves keeps long, equal and hostile labels whole, and gives the same picture everywhere.  x grows to the right and y
downwards from the top left corner; a mark may lie outside of the canvas, which then grows.
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
        """Filled rectangles from rows with x, x2, y, y2, fill and (1 where left out) opacity."""
        full = [{"opacity": 1.0, **row} for row in rows]
        return self._area(name, full).encode(
            fill=alt.Fill("fill:N", scale=None), opacity=alt.Opacity("opacity:Q", scale=None)
        )

    def frames(self, name: str, rows: Iterable[Row], thickness: float) -> alt.Chart:
        """Empty rectangles from rows with x, x2, y, y2 and stroke."""
        return self._area(name, rows, fill=None, strokeWidth=thickness).encode(
            stroke=alt.Stroke("stroke:N", scale=None)
        )

    def rules(self, name: str, rows: Iterable[Row], thickness: float = 1) -> alt.Chart:
        """Lines from rows with x, x2, y, y2 and stroke."""
        return (
            self._chart(name, rows)
            .mark_rule(strokeWidth=thickness)
            .encode(
                self._x(), self._y(), x2="x2:Q", y2="y2:Q", color=alt.Color("stroke:N", scale=None)
            )
        )

    def symbols(self, name: str, rows: Iterable[Row], size: float) -> alt.Chart:
        """Points from rows with x, y, shape (a name or an outline) and fill; `size` is their area."""
        return (
            self._chart(name, rows)
            .mark_point(filled=True, opacity=1, size=size)
            .encode(
                self._x(),
                self._y(),
                shape=alt.Shape("shape:N", scale=None),
                color=alt.Color("fill:N", scale=None),
            )
        )

    def texts(
        self, name: str, rows: Iterable[Row], align: Align, size: float = 13, weight: Weight = 400
    ) -> alt.Chart:
        """Texts, centred on their y, from rows with x, y, text and fill."""
        drawn = [{**row, "text": clean(row["text"])} for row in rows]
        return (
            self._chart(name, drawn)
            .mark_text(align=align, baseline="middle", fontSize=size, fontWeight=weight, limit=0)
            .encode(self._x(), self._y(), text="text:N", color=alt.Color("fill:N", scale=None))
        )

    def picture(self, layers: Sequence[alt.Chart], padding: int = 4) -> alt.LayerChart:
        """Lay marks over one another, the first at the bottom; empty layers are left out."""
        drawn = [layer for layer in layers if layer.data.values]
        return alt.LayerChart(
            layer=drawn,
            width=self.width,
            height=self.height,
            config=alt.Config.from_dict({**chart_config(self.theme), "padding": padding}),
        )

    def _chart(self, name: str, rows: Iterable[Row]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=list(rows)), name=name)

    def _area(self, name: str, rows: Iterable[Row], **look: Any) -> alt.Chart:
        chart = self._chart(name, rows).mark_rect(**look)
        return chart.encode(self._x(), self._y(), x2="x2:Q", y2="y2:Q")

    def _x(self) -> alt.X:
        scale = alt.Scale(domain=[0, self.width], nice=False, zero=False)
        return alt.X("x:Q", axis=None, scale=scale)

    def _y(self) -> alt.Y:
        scale = alt.Scale(domain=[self.height, 0], nice=False, zero=False)
        return alt.Y("y:Q", axis=None, scale=scale)


def lines_at(
    lines: Sequence[str], x: float, y: float, fill: str, leading: float = 16
) -> list[Row]:
    """Return the text rows of a label of several lines, centred on `y`."""
    top = y - leading * (len(lines) - 1) / 2
    return [
        {"x": x, "y": top + leading * number, "text": line, "fill": fill}
        for number, line in enumerate(lines)
    ]
