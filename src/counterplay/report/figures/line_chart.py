"""Lines of shares over a number from 0 upwards, each with its dash and its label at the end."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import altair as alt

from counterplay.explain.narrate import number_text
from counterplay.report.figures.canvas import Row, lines_at
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.map_shapes import path_of
from counterplay.report.figures.text import fit, text_width
from counterplay.report.figures.theme import tokens_of

MOST = 6
"""Lines with a label and a dash of their own; further ones are thin."""

_DASHES = ((1, 0), (7, 3), (2, 3), (9, 3, 2, 3), (4, 4), (12, 4))
_WIDTH, _HEIGHT, _LEFT, _TOP, _FOOT = 430, 240, 48, 30, 52
_LABEL, _SAMPLE, _APART, _TICKS_APART = 230, 30, 17, 46


@dataclass(frozen=True)
class Curve:
    """One line: its label, and its points as (number, share)."""

    label: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class LineChart:
    """Lines.

    Attributes
    ----------
    curves : sequence of Curve
    unit : float
        Numbers times this are drawn evenly while small, and by their logarithm when large.
    across, up : str
        What both axes measure.
    """

    curves: Sequence[Curve]
    unit: float
    across: str
    up: str

    def draw(self, colour: str, theme: str) -> alt.LayerChart:
        """Draw the lines: the largest at the end in `colour`, the others in greys."""
        tokens = tokens_of(theme)
        order = sorted(self.curves, key=lambda c: (-c.points[-1][1], -max(y for _, y in c.points)))
        shades = [colour, tokens.ink, tokens.second, tokens.muted, tokens.gain, tokens.gain]
        labels = [fit(curve.label, 13, _LABEL)[0] for curve in order[:MOST]]
        start = _LEFT + _WIDTH + 14
        words = max(text_width(label, 13) for label in labels) * 1.1
        rest = f"thin: {len(order) - MOST} more" if len(order) > MOST else ""
        width = round(start + _SAMPLE + 8 + max(words, text_width(rest, 13)))
        canvas = MapCanvas(width, _TOP + _HEIGHT + _FOOT, theme)
        layers = [*self._scale(canvas)]
        for number, curve in enumerate(order[MOST:]):
            row = {"path": self._path(curve), "stroke": tokens.line}
            layers.append(canvas.lines(f"thin {number}", [row], 1))
        heights = _spread([self._y(curve.points[-1][1]) for curve in order[:MOST]])
        named: list[Row] = []
        for number, (curve, label, y) in enumerate(zip(order, labels, heights, strict=False)):
            sample = f"M{start},{y}L{start + _SAMPLE},{y}"
            rows = [{"path": self._path(curve), "label": label}, {"path": sample}]
            strokes = [{**row, "stroke": shades[number]} for row in rows]
            layers.append(canvas.dashed(f"line {number}", strokes, 2.2, _DASHES[number]))
            named.append({"x": start + _SAMPLE + 7, "y": y, "text": label, "fill": tokens.ink})
        layers.append(canvas.texts("labels", named, "left"))
        note = {"x": start, "y": _TOP - 12, "text": rest, "fill": tokens.second}
        layers.append(canvas.texts("rest", [note] if rest else [], "left"))
        return canvas.picture(layers)

    @cached_property
    def _end(self) -> float:
        greatest = max(x for curve in self.curves for x, _ in curve.points)
        return math.log1p(greatest * self.unit) or 1.0

    def _x(self, value: float) -> float:
        return _LEFT + _WIDTH * math.log1p(value * self.unit) / self._end

    def _y(self, share: float) -> float:
        return _TOP + _HEIGHT * (1 - share)

    def _path(self, curve: Curve) -> str:
        return path_of([(self._x(x), self._y(y)) for x, y in curve.points], closed=False)

    def _ticks(self) -> Iterator[tuple[float, str]]:
        """Yield 0 and round numbers far enough apart."""
        yield self._x(0.0), "0"
        last = self._x(0.0)
        first = math.floor(math.log10(1 / self.unit)) - 1
        for power in range(first, first + 20):
            for digit in (1, 3):
                value = digit * 10.0**power
                x = self._x(value)
                if x <= _LEFT + _WIDTH and x - last >= _TICKS_APART:
                    yield x, number_text(value)
                    last = x

    def _scale(self, canvas: MapCanvas) -> Iterator[alt.Chart]:
        tokens = tokens_of(canvas.theme)
        bottom, right = _TOP + _HEIGHT, _LEFT + _WIDTH
        grid: list[Row] = []
        shares: list[Row] = []
        for quarter in range(5):
            y = self._y(quarter / 4)
            stroke = tokens.muted if quarter == 0 else tokens.line
            grid.append({"x": _LEFT, "x2": right, "y": y, "y2": y, "stroke": stroke})
            shares.append({"x": _LEFT - 7, "y": y, "text": f"{25 * quarter}%", "fill": tokens.ink})
        ticks = list(self._ticks())
        grid += [
            {"x": x, "x2": x, "y": bottom, "y2": bottom + 5, "stroke": tokens.muted}
            for x, _ in ticks
        ]
        numbers = [{"x": x, "y": bottom + 15, "text": t, "fill": tokens.ink} for x, t in ticks]
        across = lines_at(
            fit(self.across, 13, _WIDTH), _LEFT + _WIDTH / 2, bottom + 37, tokens.second
        )
        up = lines_at(fit(self.up, 13, _WIDTH), _LEFT, 8, tokens.second)
        yield canvas.rules("grid", grid)
        yield canvas.texts("shares", shares, "right")
        yield canvas.texts("numbers", numbers, "center")
        yield canvas.texts("across", across, "center")
        yield canvas.texts("up", up, "left")


def _spread(heights: Sequence[float]) -> list[float]:
    """Move labels apart, those lowest in the picture upwards."""
    order = sorted(range(len(heights)), key=lambda k: (-heights[k], -k))
    placed = list(heights)
    free = math.inf
    for k in order:
        placed[k] = min(heights[k], free)
        free = placed[k] - _APART
    return placed
