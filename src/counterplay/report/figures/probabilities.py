"""What everybody plays in one equilibrium, as shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import altair as alt
import numpy as np

from counterplay.concepts import Equilibrium
from counterplay.errors import ReportError
from counterplay.explain.narrate import percent
from counterplay.findings import Findings
from counterplay.numeric import FloatArray
from counterplay.report import tables
from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.text import fit, listed, quoted, short, text_width
from counterplay.report.figures.theme import SHAPES, ThemeName, tokens_of
from counterplay.scenario import Player

_MEASURE = "share in the others’ belief"

MAX_ROWS = 48
"""Options drawn one by one; in larger games those that nobody plays are only counted."""

_NAME, _NAMES, _LABELS, _LENGTH = 22, 150, 240, 240
_ROW, _LEADING, _GAP, _BAR = 24, 16, 14, 15


def probabilities(findings: Findings, k: int, theme: ThemeName = "light") -> Figure:
    """Show with which probability each option is played in equilibrium `k`.

    Parameters
    ----------
    findings : Findings
    k : int
        Position of the equilibrium in `findings.solution`.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If there is no equilibrium `k`, or no such theme.
    """
    found = findings.solution.equilibria
    if not 0 <= k < len(found):
        raise ReportError(f"k: no equilibrium {k}; {len(found)} were found")
    title = _title(findings, found[k])
    caption = _caption(findings, found[k], k)
    words = "; ".join(
        f"{short(player.name)}: {_shares(player, vector)}"
        for player, vector in zip(findings.scenario.players, found[k].strategies, strict=True)
    )
    return Figure(
        title,
        caption,
        _draw(findings, found[k], theme),
        f"Bar chart, one bar an option. {title}. {caption} {words}.",
        tables.strategies(findings, k),
    )


def _title(findings: Findings, found: Equilibrium) -> str:
    mixing = [
        short(player.name)
        for player, support in zip(findings.scenario.players, found.support, strict=True)
        if len(support) > 1
    ]
    if not mixing:
        return "Every player has one firm choice"
    if len(mixing) == len(findings.scenario.players):
        return "No player has a firm choice"
    return f"{listed(mixing)} {'is' if len(mixing) == 1 else 'are'} undecided; the others are firm"


def _caption(findings: Findings, found: Equilibrium, k: int) -> str:
    place = f"Outcome {k + 1} of {len(findings.solution.equilibria)}"
    if findings.solution.completeness == "unproved":
        place = f"{place} found; the list is not proved complete"
    if found.profile is not None:
        return f"{place}. All assumptions held at their present values."
    return (
        f"{place}. All assumptions held at their present values. A percentage is the belief that "
        "keeps the others undecided; it is not advice to toss a coin."
    )


def _shares(player: Player, vector: FloatArray) -> str:
    played = [
        f"{quoted(option.label)} {percent(float(share))}"
        for option, share in zip(player.options, vector, strict=True)
        if share > 0
    ]
    unused = len(player.options) - len(played)
    return listed(played) + (f", the other {unused} not at all" if unused else "")


def _draw(findings: Findings, found: Equilibrium, theme: str) -> alt.LayerChart:
    tokens = tokens_of(theme)
    layers: defaultdict[str, list[Row]] = defaultdict(list)
    crowded = sum(findings.game.shape) > MAX_ROWS
    zero = _zero(findings)
    top = 0.0
    for index, vector in enumerate(found.strategies):
        player = findings.scenario.players[index]
        kept = np.flatnonzero(vector > 0) if crowded else range(len(vector))
        entries = _entries(player, vector, kept)
        colour = tokens.players[index]
        names = fit(player.name, 14, _NAMES, len(entries))
        mark = {"x": 8, "y": top + _ROW / 2, "shape": SHAPES[index], "fill": colour}
        layers["players"].append(mark)
        layers["names"] += lines_at(
            names, _NAME, top + _ROW / 2 + 8 * (len(names) - 1), tokens.ink
        )
        start = top
        for label, share in entries:
            top += _add_option(layers, (label, share), (zero, top), (colour, tokens.ink))
        layers["zero"].append(
            {"x": zero, "x2": zero, "y": start, "y2": top, "stroke": tokens.muted}
        )
        top += _GAP
    canvas = Canvas(zero + _LENGTH + 50, top + 34, theme)
    return canvas.picture([*_layers(canvas, layers), *_scale(canvas, zero, top)])


def _zero(findings: Findings) -> float:
    """Return where bars begin: behind the widest name and the widest label."""
    players = findings.scenario.players
    names = max(
        text_width(line, 14) * 1.08 for p in players for line in fit(p.name, 14, _NAMES, 2)
    )
    labels = max(
        text_width(line, 13)
        for p in players
        for o in p.options
        for line in fit(o.label, 13, _LABELS, 2)
    )
    return round(_NAME + names + 24 + labels + 10)


def _entries(
    player: Player, vector: FloatArray, kept: Iterable[int]
) -> list[tuple[str, float | None]]:
    """Return the options kept with their shares, and a line that counts the others."""
    entries: list[tuple[str, float | None]] = [
        (player.options[k].label, float(vector[k])) for k in kept
    ]
    left = len(player.options) - len(entries)
    return [*entries, (f"{left} options not played", None)] if left else entries


def _add_option(
    layers: defaultdict[str, list[Row]],
    entry: tuple[str, float | None],
    place: tuple[float, float],
    colours: tuple[str, str],
) -> float:
    """Add one option's label and bar below `top` and return the height they need."""
    (label, share), (zero, top), (fill, ink) = entry, place, colours
    lines = fit(label, 13, _LABELS, 2)
    height = _ROW + _LEADING * (len(lines) - 1)
    y = top + height / 2
    layers["options"] += lines_at(lines, zero - 10, y, ink)
    if share:
        end = zero + share * _LENGTH
        layers["bars"].append(
            {"x": zero, "x2": end, "y": y - _BAR / 2, "y2": y + _BAR / 2, "fill": fill}
        )
        layers["shares"].append({"x": end + 6, "y": y, "text": percent(share), "fill": ink})
    return height


def _layers(canvas: Canvas, layers: defaultdict[str, list[Row]]) -> list[alt.Chart]:
    return [
        canvas.bars("bars", layers["bars"]),
        canvas.rules("zero", layers["zero"]),
        canvas.symbols("players", layers["players"], 110),
        canvas.texts("names", layers["names"], "left", 14, 600),
        canvas.texts("options", layers["options"], "right"),
        canvas.texts("shares", layers["shares"], "left", 13, 600),
    ]


def _scale(canvas: Canvas, zero: float, y: float) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    places = [(zero + part * _LENGTH, percent(part)) for part in (0.0, 0.5, 1.0)]
    labels = [{"x": x, "y": y + 6, "text": text, "fill": tokens.second} for x, text in places]
    middle = zero + _LENGTH / 2
    title = {
        "x": middle,
        "y": y + 26,
        "text": _MEASURE,
        "fill": tokens.second,
    }
    return [
        canvas.texts("ticks", labels, "center", 12),
        canvas.texts("measure", [title], "center"),
    ]
