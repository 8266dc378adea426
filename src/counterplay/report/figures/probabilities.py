"""What everybody plays in one equilibrium, as shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import altair as alt
import numpy as np

from counterplay.concepts import Equilibrium
from counterplay.errors import ReportError
from counterplay.explain.narrate import percent
from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.figures.canvas import Canvas, Row, lines_at
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.text import fit, listed, quoted, short
from counterplay.report.figures.theme import SHAPES, ThemeName, tokens_of
from counterplay.scenario import Player

MAX_ROWS = 48
"""Options drawn one by one; in larger games those that nobody plays are only counted."""

_NAME, _LABEL_END, _ZERO, _ONE, _WIDTH = 22, 370, 380, 620, 670
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


def _shares(player: Player, vector: Sequence[float]) -> str:
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
    everything = sum(findings.game.shape) <= MAX_ROWS
    top = 0.0
    for index, vector in enumerate(found.strategies):
        player = findings.scenario.players[index]
        entries = _entries(player, np.asarray(vector), everything)
        colour = tokens.players[index]
        names = fit(player.name, 14, 130, max(1, len(entries)))
        mark = {"x": 8, "y": top + _ROW / 2, "shape": SHAPES[index], "fill": colour}
        layers["players"].append(mark)
        layers["names"] += lines_at(
            names, _NAME, top + _ROW / 2 + 8 * (len(names) - 1), tokens.ink
        )
        start = top
        for label, share in entries:
            top += _add_option(layers, label, share, top, (colour, tokens.ink))
        layers["zero"].append(
            {"x": _ZERO, "x2": _ZERO, "y": start, "y2": top, "stroke": tokens.muted}
        )
        top += _GAP
    canvas = Canvas(_WIDTH, top + 34, theme)
    return canvas.picture([*_layers(canvas, layers), *_scale(canvas, top)])


def _entries(
    player: Player, vector: np.ndarray, everything: bool
) -> list[tuple[str, float | None]]:
    entries: list[tuple[str, float | None]] = [
        (option.label, float(share))
        for option, share in zip(player.options, vector, strict=True)
        if everything or share > 0
    ]
    left = len(player.options) - len(entries)
    return [*entries, (f"{left} options not played", None)] if left else entries


def _add_option(
    layers: defaultdict[str, list[Row]],
    label: str,
    share: float | None,
    top: float,
    colours: tuple[str, str],
) -> float:
    """Add one option's label and bar below `top` and return the height they need."""
    fill, ink = colours
    lines = fit(label, 13, _LABEL_END - 160, 2)
    height = _ROW + _LEADING * (len(lines) - 1)
    y = top + height / 2
    layers["options"] += lines_at(lines, _LABEL_END, y, ink)
    if share:
        end = _ZERO + share * (_ONE - _ZERO)
        layers["bars"].append(
            {"x": _ZERO, "x2": end, "y": y - _BAR / 2, "y2": y + _BAR / 2, "fill": fill}
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


def _scale(canvas: Canvas, y: float) -> list[alt.Chart]:
    tokens = tokens_of(canvas.theme)
    places = [(_ZERO + part * (_ONE - _ZERO), percent(part)) for part in (0.0, 0.5, 1.0)]
    labels = [{"x": x, "y": y + 6, "text": text, "fill": tokens.second} for x, text in places]
    middle = (_ZERO + _ONE) / 2
    title = {"x": middle, "y": y + 26, "text": "share in the others’ belief", "fill": tokens.second}
    return [
        canvas.texts("ticks", labels, "center", 12),
        canvas.texts("measure", [title], "center"),
    ]
