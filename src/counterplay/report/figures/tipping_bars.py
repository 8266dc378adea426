"""Tipping bars: along each assumption, where the answer stays and what comes instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import altair as alt

from counterplay.explain.narrate import number_text, percent
from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.sentence import sentence_chart
from counterplay.report.figures.text import fit, quoted, short, text_width
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.figures.tipping_frame import (
    HEAD,
    TRACK,
    Columns,
    dashes,
    fill_of,
    hatch,
    head_layers,
    key_layers,
    upright,
)
from counterplay.report.tipping_answers import Answers, answers_along
from counterplay.report.tipping_words import tipping_twin
from counterplay.scenario import Scenario
from counterplay.sensitivity.tipping.table import TippingTable

MOST = 10
"""Assumptions drawn; the table holds all."""

_LABELS, _WORDS, _BAR = 230, 300, 16
_FOOT, _GAP, _LEADING = 42, 12, 16


def tipping_bars(scenario: Scenario, table: TippingTable, theme: ThemeName = "light") -> Figure:
    """Show the assumptions that change the answer when moved alone, nearest first.

    Each bar is one assumption's range, from its least value to its greatest.

    Parameters
    ----------
    scenario : Scenario
    table : TippingTable
        Of this scenario.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If the table is not of this scenario, or there is no such theme.
    """
    tokens_of(theme)
    every = [answers_along(scenario, table, name) for name in table.moved]
    tipping = sorted(
        (one for one in every if one.first is not None),
        key=lambda one: one.first.distance if one.first else 0.0,
    )
    shown = tipping[:MOST]
    title, caption = _title(tipping, len(every)), _caption(table, shown, len(tipping))
    told = "; ".join(
        f"{quoted(one.parameter.label)}, now {number_text(one.now)}, {one.words}" for one in shown
    )
    words = f"Bars, one an assumption. {title}. {caption} {told or 'Nothing is drawn'}."
    return Figure(title, caption, _draw(shown, theme), words, tipping_twin(scenario, table))


def _title(tipping: Sequence[Answers], moved: int) -> str:
    if not tipping:
        return "Moved alone, no assumption was found to change the answer"
    first = tipping[0]
    away = percent(first.first.distance) if first.first else "0%"
    if len(tipping) == 1:
        return (
            f"Only {quoted(first.parameter.label)} changes the answer alone, {away} of its range "
            "away"
        )
    return (
        f"{len(tipping)} of {moved} assumptions change the answer alone; the nearest is "
        f"{quoted(first.parameter.label)}, {away} of its range away"
    )


def _caption(table: TippingTable, shown: Sequence[Answers], tipping: int) -> str:
    sentences = ["Each assumption moved alone over its range, all others held."]
    if shown:
        sentences.append("Thick line: value now. Triangle: nearest tipping point.")
    if any(one.mixed for one in shown):
        sentences.append("Thin lines in a bar: only mixed outcomes change.")
    if tipping > len(shown):
        sentences.append(f"The {len(shown)} nearest are drawn; the table has all {tipping}.")
    elif not shown:
        sentences.append("The table says what was moved.")
    if table.unproved:
        sentences.append(
            f"At {table.unproved} of the settings solved the list of outcomes is not proved "
            "complete; dashed lines run along such parts."
        )
    return " ".join(sentences)


def _draw(shown: Sequence[Answers], theme: str) -> alt.LayerChart:
    if not shown:
        return sentence_chart("No assumption, moved alone, was found to change the answer.", theme)
    columns = _columns(shown)
    layers: defaultdict[str, list[Row]] = defaultdict(list)
    top = float(HEAD)
    for one in shown:
        top += _add_row(layers, one, columns, top, theme)
    canvas = Canvas(columns.width, top + _FOOT, theme)
    return canvas.picture(
        [
            *key_layers(canvas, columns),
            canvas.bars("bars", layers["bars"]),
            canvas.rules("hatch", layers["hatch"], 1.4),
            canvas.rules("mixed", layers["mixed"]),
            canvas.frames("frames", layers["frames"], 1),
            canvas.rules("unproved", layers["unproved"], 1.4),
            canvas.rules("halo", layers["halo"], 6),
            canvas.rules("now", layers["now"], 3),
            canvas.symbols("tips", layers["tips"], 60),
            canvas.texts("labels", layers["labels"], "right"),
            canvas.texts("values", layers["values"], "left", 13, 600),
            canvas.texts("words", layers["words"], "left"),
            *head_layers(canvas, columns, top),
        ]
    )


def _columns(shown: Sequence[Answers]) -> Columns:
    lines = [line for one in shown for line in _label(one)]
    label = round(max(text_width(line, 13) for line in lines) * 1.06 + 4)
    bar = label + _GAP
    now = bar + TRACK + 14
    values = max(text_width(text, 13) for text in ("now", *(number_text(o.now) for o in shown)))
    words = round(now + values * 1.1 + 18)
    widest = max(text_width(line, 13) for one in shown for line in _sentence(one))
    return Columns(label, bar, now, words, words + max(90, round(widest * 1.06) + 4))


def _label(one: Answers) -> tuple[str, ...]:
    return fit(one.parameter.label, 13, _LABELS, 2)


def _sentence(one: Answers) -> tuple[str, ...]:
    return fit(short(one.words, 200), 13, _WORDS, 3)


def _add_row(
    layers: defaultdict[str, list[Row]], one: Answers, columns: Columns, top: float, theme: str
) -> float:
    """Add the marks of one assumption below `top` and return the height they need."""
    tokens = tokens_of(theme)
    label, sentence = _label(one), _sentence(one)
    height = max(36, 14 + _LEADING * max(len(label), len(sentence)))
    y = top + height / 2
    low, span = one.parameter.low, one.parameter.high - one.parameter.low

    def at(value: float) -> float:
        return round(columns.bar + TRACK * (value - low) / span, 2)

    upper, lower = y - _BAR / 2, y + _BAR / 2
    for part in one.segments:
        box = {"x": at(part.low), "x2": at(part.high), "y": upper, "y2": lower}
        layers["bars"].append({**box, "fill": fill_of(part.kind, theme), "kind": part.kind})
        layers["frames"].append({**box, "stroke": tokens.muted})
        if part.kind == "joined":
            layers["hatch"] += hatch(box, tokens.background)
        if not part.complete:
            layers["unproved"] += dashes(box, tokens.ink)
    layers["mixed"] += [
        upright(at(point.value), upper, lower, tokens.second) for point in one.mixed
    ]
    now = at(one.now)
    layers["halo"].append(upright(now, upper, lower, tokens.background))
    layers["now"].append(upright(now, upper - 4, lower + 4, tokens.ink))
    if one.first is not None:
        mark = {"x": at(one.first.value), "y": upper - 6, "fill": tokens.ink}
        layers["tips"].append({**mark, "shape": "triangle-down", "value": one.first.value})
    layers["labels"] += lines_at(label, columns.label, y, tokens.ink)
    value = {"x": columns.now, "y": y, "text": number_text(one.now), "fill": tokens.ink}
    layers["values"].append(value)
    layers["words"] += lines_at(sentence, columns.words, y, tokens.ink)
    return height
