"""The waterfall: amounts one under another, each beginning where the last ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import altair as alt

from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.text import fit, text_width
from counterplay.report.figures.theme import SHAPES, tokens_of
from counterplay.report.scale import exponent_of, finite, scaled, ticks, unit_words
from counterplay.report.tables import signed

PLOT_WIDTH = 400
"""Pixels for bars and their amounts; labels stand to the left of them."""

MAX_STEPS = 14
"""Terms drawn one by one; smaller ones become one bar."""

_LABEL_WIDTH, _LEADING, _BAR, _HEAD, _FOOT = 260, 16, 22, 30, 44
_HATCH, _BESIDE, _GAP = 6, 6, 12


@dataclass(frozen=True)
class Step:
    """One bar: what it stands for, how much, and whether it cites a source."""

    label: str
    amount: float
    sourced: bool = True


@dataclass(frozen=True)
class Waterfall:
    """What a waterfall shows.

    Attributes
    ----------
    player : int
        Position of the player in whose points everything is measured.
    name : str
    steps : sequence of Step
        Largest first.
    result : Step
        Its amount is the sum of the steps.
    measure : str
        What the number line measures, without its unit.
    """

    player: int
    name: str
    steps: Sequence[Step]
    result: Step
    measure: str


def folded(steps: Sequence[Step]) -> Sequence[Step]:
    """Return the steps with the smallest of many put together as one."""
    if len(steps) <= MAX_STEPS:
        return steps
    rest = steps[MAX_STEPS - 1 :]
    together = Step(
        f"{len(rest)} smaller terms together",
        sum(step.amount for step in rest),
        all(step.sourced for step in rest),
    )
    return (*steps[: MAX_STEPS - 1], together)


def draw(fall: Waterfall, theme: str) -> alt.LayerChart:
    """Draw a waterfall.

    Losses are in the player's colour, gains grey, the result in ink; ticks of the background
    across a bar say that its term cites no source.
    """
    tokens = tokens_of(theme)
    steps = [*folded(fall.steps), fall.result]
    labels = [fit(step.label, 13, _LABEL_WIDTH, 3) for step in steps]
    margin = round(max(text_width(line, 13) for lines in labels for line in lines) * 1.08 + 4)
    line = _NumberLine.of(steps, margin + _GAP)
    heights = [max(34, 14 + _LEADING * len(lines)) for lines in labels]
    edges = list(accumulate(heights, initial=_HEAD))
    middles = [(top + bottom) / 2 for top, bottom in pairwise(edges)]
    bars = _bars(steps, line, middles, (tokens.players[fall.player], tokens.gain))
    bars[-1]["fill"] = tokens.ink
    canvas = Canvas(margin + _GAP + PLOT_WIDTH, edges[-1] + _FOOT, theme)
    names, result = (
        [
            row
            for lines, y in list(zip(labels, middles, strict=True))[part]
            for row in lines_at(lines, margin, y, tokens.ink, _LEADING)
        ]
        for part in (slice(-1), slice(-1, None))
    )
    hatched = [bar for bar, step in zip(bars, steps, strict=True) if not step.sourced]
    return canvas.picture(
        [
            *_scale(canvas, line, edges[-1], fall.measure),
            canvas.bars("bars", bars),
            canvas.rules("hatch", _hatch(hatched, tokens.background), 1.4),
            canvas.rules("links", _links(bars, line, tokens.muted)),
            canvas.rules("zero", [_upright(line.at(0), _HEAD, edges[-1], tokens.ink)]),
            canvas.texts("names", names, "right"),
            canvas.texts("result", result, "right", 13, 600),
            *_amounts(canvas, bars, line.at(0)),
            *_head(canvas, fall),
        ]
    )


@dataclass(frozen=True)
class _NumberLine:
    """Where amounts lie: `spans` in units of a power of ten, `at` in pixels."""

    spans: Sequence[tuple[float, float]]
    exponent: int
    low: float
    high: float
    left: float
    scale: float

    @classmethod
    def of(cls, steps: Sequence[Step], start: float) -> _NumberLine:
        exponent = exponent_of(step.amount for step in steps)
        *sizes, result = scaled((step.amount for step in steps), exponent)
        spans = [*pairwise(accumulate(sizes, initial=0.0)), (0.0, result)]
        ends = [end for span in spans for end in span]
        low, high = min(ends), max(ends)
        losses = [_room(step) for step in steps if step.amount < 0]
        gains = [_room(step) for step in steps if step.amount >= 0]
        left, right = max(losses, default=12), max(gains, default=12)
        scale = (PLOT_WIDTH - left - right) / (high - low) if high > low else 1.0
        return cls(spans, exponent, low, high, start + left, scale)

    def at(self, value: float) -> float:
        return round(self.left + (value - self.low) * self.scale, 2)


def _room(step: Step) -> float:
    return text_width(signed(step.amount), 13) * 1.08 + 14


def _bars(
    steps: Sequence[Step], line: _NumberLine, middles: Sequence[float], fills: tuple[str, str]
) -> list[Row]:
    loss, gain = fills
    return [
        {
            "x": line.at(min(span)),
            "x2": line.at(max(span)),
            "y": middle - _BAR / 2,
            "y2": middle + _BAR / 2,
            "fill": loss if step.amount < 0 else gain,
            "amount": finite([step.amount])[0],
        }
        for step, span, middle in zip(steps, line.spans, middles, strict=True)
    ]


def _scale(canvas: Canvas, line: _NumberLine, bottom: float, measure: str) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    places = [(line.at(value), text) for value, text in ticks(line.low, line.high)]
    words = fit(f"{measure}, {unit_words(line.exponent)}", 13, PLOT_WIDTH, 2)
    middle = canvas.width - PLOT_WIDTH / 2
    title = lines_at(words, middle, bottom + 26 + 8 * len(words), tokens.second)
    labels = [{"x": x, "y": bottom + 12, "text": text, "fill": tokens.ink} for x, text in places]
    return [
        canvas.rules("grid", [_upright(x, _HEAD, bottom, tokens.line) for x, _ in places]),
        canvas.texts("ticks", labels, "center"),
        canvas.texts("measure", title, "center"),
    ]


def _upright(x: float, top: float, bottom: float, stroke: str) -> Row:
    return {"x": x, "x2": x, "y": top, "y2": bottom, "stroke": stroke}


def _hatch(bars: Sequence[Row], stroke: str) -> list[Row]:
    rows = []
    for bar in bars:
        count = max(1, int((bar["x2"] - bar["x"]) / _HATCH))
        gap = (bar["x2"] - bar["x"]) / count
        rows += [
            _upright(bar["x"] + gap * (number + 0.5), bar["y"], bar["y2"], stroke)
            for number in range(count)
        ]
    return rows


def _links(bars: Sequence[Row], line: _NumberLine, stroke: str) -> list[Row]:
    ends = [line.at(end) for _, end in line.spans[:-1]]
    return [
        _upright(x, upper["y2"], lower["y"], stroke)
        for x, (upper, lower) in zip(ends, pairwise(bars), strict=True)
    ]


def _amounts(canvas: Canvas, bars: Sequence[Row], zero: float) -> list[alt.Chart]:
    """Write losses before and gains behind their bars, unless the zero line would cross them."""
    ink = tokens_of(canvas.theme).ink
    before: list[Row] = []
    behind: list[Row] = []
    for bar in bars:
        text = signed(bar["amount"])
        room = text_width(text, 13) * 1.08 + _BESIDE
        crossed = bar["x"] - room < zero < bar["x"], bar["x2"] < zero < bar["x2"] + room
        default = 0 if bar["amount"] < 0 else 1
        side = 1 - default if crossed[default] and not crossed[1 - default] else default
        x = bar["x2"] + _BESIDE if side else bar["x"] - _BESIDE
        row = {"x": x, "y": (bar["y"] + bar["y2"]) / 2, "text": text, "fill": ink}
        (behind if side else before).append(row)
    return [
        canvas.texts("before", before, "right", 13, 600),
        canvas.texts("behind", behind, "left", 13, 600),
    ]


def _head(canvas: Canvas, fall: Waterfall) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    mark = {"x": 7, "y": 10, "shape": SHAPES[fall.player], "fill": tokens.players[fall.player]}
    name = fit(fall.name, 14, PLOT_WIDTH)[0]
    return [
        canvas.symbols("player", [mark], 110),
        canvas.texts(
            "name", [{"x": 20, "y": 10, "text": name, "fill": tokens.ink}], "left", 14, 600
        ),
    ]
