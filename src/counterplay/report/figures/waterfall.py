"""The waterfall: amounts one under another, each beginning where the last ended, and their result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import altair as alt

from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.scale import exponent_of, scaled, ticks, unit_words
from counterplay.report.figures.text import fit, text_width
from counterplay.report.figures.theme import SHAPES, tokens_of
from counterplay.report.tables import signed

PLOT_WIDTH = 430
MAX_STEPS = 14
"""Terms drawn one by one; smaller ones become one bar."""

_LABEL_WIDTH, _LEADING, _BAR, _HEAD, _FOOT = 260, 16, 22, 30, 44
_HATCH = 6.0


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

    Losses are in the player's colour, gains grey, the result in ink; white ticks across a bar say that it cites no
    source.
    """
    tokens = tokens_of(theme)
    steps = [*folded(fall.steps), fall.result]
    labels = [fit(step.label, 13, _LABEL_WIDTH, 3) for step in steps]
    height = 18 + max(_LEADING, _LEADING * max(map(len, labels)))
    line = _NumberLine.of(steps)
    bars = [
        {
            "x": line.at(min(start, end)),
            "x2": line.at(max(start, end)),
            "y": _HEAD + height * (number + 0.5) - _BAR / 2,
            "y2": _HEAD + height * (number + 0.5) + _BAR / 2,
            "fill": tokens.gain if end > start else tokens.players[fall.player],
            "amount": step.amount,
        }
        for number, (step, (start, end)) in enumerate(zip(steps, line.spans, strict=True))
    ]
    bars[-1]["fill"] = tokens.ink
    middles = [(bar["y"] + bar["y2"]) / 2 for bar in bars]
    bottom = _HEAD + height * len(steps)
    canvas = Canvas(PLOT_WIDTH, bottom + _FOOT, theme)
    names = [
        row
        for lines, y in zip(labels, middles, strict=True)
        for row in lines_at(lines, -12, y, tokens.ink, _LEADING)
    ]
    hatched = [bar for bar, step in zip(bars, steps, strict=True) if not step.sourced]
    return canvas.picture(
        [
            *_scale(canvas, line, bottom, fall.measure),
            canvas.bars("bars", bars),
            canvas.rules("hatch", _hatch(hatched, tokens.background), 1.4),
            canvas.rules("links", _links(bars, line, tokens.muted)),
            canvas.rules("zero", [_upright(line.at(0), _HEAD, bottom, tokens.ink)]),
            canvas.texts("names", names[: -len(labels[-1])], "right"),
            canvas.texts("result", names[-len(labels[-1]) :], "right", 13, 600),
            *_amounts(canvas, bars),
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
    def of(cls, steps: Sequence[Step]) -> _NumberLine:
        exponent = exponent_of(step.amount for step in steps)
        *sizes, result = scaled((step.amount for step in steps), exponent)
        spans = [*pairwise(accumulate(sizes, initial=0.0)), (0.0, result)]
        ends = [end for span in spans for end in span]
        low, high = min(ends), max(ends)
        losses = [_room(step) for step in steps if step.amount < 0]
        gains = [_room(step) for step in steps if step.amount >= 0]
        left, right = max(losses, default=12), max(gains, default=12)
        scale = (PLOT_WIDTH - left - right) / (high - low) if high > low else 1.0
        return cls(spans, exponent, low, high, left, scale)

    def at(self, value: float) -> float:
        return round(self.left + (value - self.low) * self.scale, 2)


def _room(step: Step) -> float:
    return text_width(signed(step.amount), 13) * 1.08 + 14


def _scale(canvas: Canvas, line: _NumberLine, bottom: float, measure: str) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    places = [(line.at(value), text) for value, text in ticks(line.low, line.high)]
    title = {
        "x": PLOT_WIDTH / 2,
        "y": bottom + 34,
        "text": f"{measure}, {unit_words(line.exponent)}",
        "fill": tokens.second,
    }
    labels = [{"x": x, "y": bottom + 12, "text": text, "fill": tokens.ink} for x, text in places]
    return [
        canvas.rules("grid", [_upright(x, _HEAD, bottom, tokens.line) for x, _ in places]),
        canvas.texts("ticks", labels, "center"),
        canvas.texts("measure", [title], "center"),
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


def _amounts(canvas: Canvas, bars: Sequence[Row]) -> list[alt.Chart]:
    ink = tokens_of(canvas.theme).ink
    left, right = (
        [
            {
                "x": bar[edge] + gap,
                "y": (bar["y"] + bar["y2"]) / 2,
                "text": signed(bar["amount"]),
                "fill": ink,
            }
            for bar in bars
            if (bar["amount"] < 0) == (edge == "x")
        ]
        for edge, gap in (("x", -6), ("x2", 6))
    )
    return [
        canvas.texts("losses", left, "right", 13, 600),
        canvas.texts("gains", right, "left", 13, 600),
    ]


def _head(canvas: Canvas, fall: Waterfall) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    mark = {"x": 7, "y": 10, "shape": SHAPES[fall.player], "fill": tokens.players[fall.player]}
    name = fit(fall.name, 14, PLOT_WIDTH - 30)[0]
    return [
        canvas.symbols("player", [mark], 110),
        canvas.texts(
            "name", [{"x": 20, "y": 10, "text": name, "fill": tokens.ink}], "left", 14, 600
        ),
    ]
