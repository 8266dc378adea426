"""Points with their intervals along number lines, one row each: the drawing of several figures."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import altair as alt

from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.text import fit, text_width
from counterplay.report.figures.theme import tokens_of
from counterplay.report.scale import round_up

PANEL = 300
"""Length of a number line in pixels."""

_LABELS, _LEADING, _APART, _GAP, _BETWEEN = 250, 16, 16, 14, 40
_KEY, _FOOT, _BESIDE = 26, 30, 9


@dataclass(frozen=True)
class Mark:
    """A point on a line from `low` to `high`, and the words behind it; one kind is hollow."""

    low: float
    point: float
    high: float
    words: str = ""
    hollow: bool = False


@dataclass(frozen=True)
class Entry:
    """One row: its label, and the marks on each number line, one under another."""

    label: str
    panels: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True)
class NumberLine:
    """A number line: its ends, what it measures, and the unit written at its ticks."""

    low: float
    high: float
    measure: str
    unit: str = ""

    @classmethod
    def around(
        cls, entries: Sequence[Entry], panel: int, measure: str, unit: str = ""
    ) -> NumberLine:
        """Return a line on which all marks of a panel and zero lie, ending at round values."""
        ends = [
            end
            for entry in entries
            for mark in entry.panels[panel]
            for end in (mark.low, mark.point, mark.high)
        ]
        low, high = min(0.0, *ends), max(0.0, *ends)
        step = round_up((high - low) / 4) or 1.0
        lowest, highest = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        return cls(lowest * step, max(highest, lowest + 1) * step, measure, unit)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Yield round values with their texts."""
        step = round_up((self.high - self.low) / 5)
        decimals = max(0, -math.floor(math.log10(step) + 1e-9))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        for number in range(first, last + 1):
            sign = "−" if number < 0 else ""
            yield number * step, f"{sign}{abs(number * step):.{decimals}f}{self.unit}"


@dataclass(frozen=True)
class IntervalChart:
    """Rows of points with intervals.

    Attributes
    ----------
    entries : sequence of Entry
        At least one.
    lines : sequence of NumberLine
        One for each panel.
    key : tuple of str
        What filled and what hollow points stand for; empty where all are filled.
    colour : str
        Of all marks.
    """

    entries: Sequence[Entry]
    lines: Sequence[NumberLine]
    key: tuple[str, ...]
    colour: str

    def draw(self, theme: str) -> alt.LayerChart:
        """Draw the chart."""
        tokens = tokens_of(theme)
        labels = [fit(entry.label, 13, _LABELS, 3) for entry in self.entries]
        margin = max(text_width(line, 13) for lines in labels for line in lines) * 1.06 + 4
        top = _KEY if self.key else 4
        edges = list(accumulate(map(_height, self.entries, labels), initial=top))
        middles = [(upper + lower) / 2 for upper, lower in pairwise(edges)]
        layers: defaultdict[str, list[Row]] = defaultdict(list)
        for lines, y in zip(labels, middles, strict=True):
            layers["labels"] += lines_at(lines, margin, y, tokens.ink)
        start = left = float(round(margin) + _GAP)
        deepest = 0.0
        for number, line in enumerate(self.lines):
            panel = _Panel(line, left, (top, edges[-1]), theme)
            deepest = max(deepest, panel.add_scale(layers))
            for entry, y in zip(self.entries, middles, strict=True):
                panel.add_marks(layers, entry.panels[number], y, self.colour)
            left = panel.right(mark for e in self.entries for mark in e.panels[number]) + _BETWEEN
        canvas = Canvas(left - _BETWEEN, deepest, theme)
        return canvas.picture(
            [*_key(canvas, self.key, start, self.colour), *_layers(canvas, layers)]
        )


def _layers(canvas: Canvas, layers: defaultdict[str, list[Row]]) -> list[alt.Chart]:
    return [
        canvas.rules("grid", layers["grid"]),
        canvas.rules("intervals", layers["intervals"], 2),
        canvas.symbols("points", layers["points"], 90),
        canvas.symbols("holes", layers["holes"], 34),
        canvas.texts("labels", layers["labels"], "right"),
        canvas.texts("words", layers["words"], "left", 13, 600),
        canvas.texts("ticks", layers["ticks"], "center"),
        canvas.texts("measures", layers["measures"], "center"),
    ]


def _height(entry: Entry, label: Sequence[str]) -> float:
    return max(28, 12 + _LEADING * len(label), 12 + _APART * max(map(len, entry.panels)))


@dataclass(frozen=True)
class _Panel:
    """A number line from `left`, over the heights of all rows."""

    line: NumberLine
    left: float
    span: tuple[float, float]
    theme: str

    def at(self, value: float) -> float:
        share = (value - self.line.low) / (self.line.high - self.line.low)
        return round(self.left + PANEL * share, 2)

    def behind(self, mark: Mark) -> float:
        """Return where the words of a mark begin."""
        return self.at(max(mark.high, mark.point)) + _BESIDE

    def right(self, marks: Iterable[Mark]) -> float:
        """Return where the panel ends, with all words on it."""
        ends = [self.behind(mark) + text_width(mark.words, 13) * 1.1 for mark in marks]
        return round(max(self.left + PANEL + 20, *ends))

    def add_scale(self, layers: defaultdict[str, list[Row]]) -> float:
        """Add ticks and what they measure, and return where that ends."""
        tokens = tokens_of(self.theme)
        top, bottom = self.span
        for value, text in self.line.ticks():
            x = self.at(value)
            stroke = tokens.muted if value == 0 else tokens.line
            layers["grid"].append({"x": x, "x2": x, "y": top, "y2": bottom, "stroke": stroke})
            layers["ticks"].append({"x": x, "y": bottom + 12, "text": text, "fill": tokens.ink})
        words = fit(self.line.measure, 13, PANEL + 30, 3)
        y = bottom + 24 + _LEADING * len(words) / 2
        layers["measures"] += lines_at(words, self.left + PANEL / 2, y, tokens.second)
        return bottom + _FOOT + _LEADING * len(words)

    def add_marks(
        self, layers: defaultdict[str, list[Row]], marks: Sequence[Mark], y: float, colour: str
    ) -> None:
        tokens = tokens_of(self.theme)
        first = y - _APART * (len(marks) - 1) / 2
        for number, mark in enumerate(marks):
            at = first + _APART * number
            line = {"x": self.at(mark.low), "x2": self.at(mark.high), "y": at, "y2": at}
            layers["intervals"].append({**line, "stroke": colour})
            point = {"x": self.at(mark.point), "y": at, "shape": "circle", "fill": colour}
            layers["points"].append({**point, "value": mark.point})
            if mark.hollow:
                layers["holes"].append({**point, "fill": tokens.background})
            if mark.words:
                words = {"x": self.behind(mark), "y": at, "text": mark.words}
                layers["words"].append({**words, "fill": tokens.ink})


def _key(canvas: Canvas, key: Sequence[str], left: float, colour: str) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    points: list[Row] = []
    words: list[Row] = []
    x = left + 6
    for text in key:
        points.append({"x": x, "y": 8, "shape": "circle", "fill": colour})
        words.append({"x": x + 11, "y": 8, "text": text, "fill": tokens.ink})
        x += round(text_width(text, 13) * 1.06) + 34
    holes = [{**point, "fill": tokens.background} for point in points[1:]]
    return [
        canvas.symbols("key points", points, 90),
        canvas.symbols("key holes", holes, 34),
        canvas.texts("key words", words, "left"),
    ]
