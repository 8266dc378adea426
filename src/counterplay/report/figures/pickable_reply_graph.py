"""A best-reply graph on whose dots one can click, so that a page explains that combination."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import altair as alt

from counterplay.findings import Findings
from counterplay.games import Profile
from counterplay.report.figures.best_reply_graph import best_reply_graph, graph_of
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.map_canvas import MapCanvas
from counterplay.report.figures.reply_drawing import layout_of
from counterplay.report.figures.reply_layout import Layout
from counterplay.report.figures.text import clean
from counterplay.report.figures.theme import ThemeName, tokens_of

PICKED = "picked"
"""Name of the selection: at most one record, its `profile` being option ids joined by a slash."""

_REACH, _FRAME = 20, 17


def pickable_reply_graph(findings: Findings, shown: Profile, theme: ThemeName = "light") -> Figure:
    """Show a best-reply graph with a point selection named ``picked``, and a square at one dot.

    Parameters
    ----------
    findings : Findings
    shown : tuple of int
        The profile that is explained beside the graph: the square stands at it if it is drawn.
    theme : {"light", "dark"}

    Raises
    ------
    GameError
        If the profile does not fit the game.
    ReportError
        If there is no such theme.
    """
    figure = best_reply_graph(findings, theme)
    checked = findings.game.profile(shown)
    layout = layout_of(findings, graph_of(findings))
    canvas = MapCanvas(figure.chart.width, figure.chart.height, theme)
    drawn = [
        *cast("list[alt.Chart]", figure.chart.layer),
        _square(canvas, layout, checked),
        _places(canvas, layout, findings),
    ]
    caption = f"{figure.caption} Square: the combination explained below; click a dot for another."
    return replace(figure, caption=caption, chart=canvas.picture(drawn))


def _square(canvas: MapCanvas, layout: Layout, profile: Profile) -> alt.Chart:
    rows = []
    if profile in layout.graph.profiles:
        x, y = layout.at(profile)
        row = {"x": x - _FRAME, "x2": x + _FRAME, "y": y - _FRAME, "y2": y + _FRAME}
        rows.append({**row, "stroke": tokens_of(canvas.theme).ink})
    return canvas.frames("shown", rows, 2)


def _places(canvas: MapCanvas, layout: Layout, findings: Findings) -> alt.Chart:
    """Lay unseen squares over the dots, larger than these."""
    rows = []
    for profile in layout.graph.profiles:
        x, y = layout.at(profile)
        labels = [
            player.options[option].label
            for player, option in zip(findings.scenario.players, profile, strict=True)
        ]
        rows.append(
            {
                "left": x - _REACH,
                "right": x + _REACH,
                "top": y - _REACH,
                "bottom": y + _REACH,
                "profile": "/".join(findings.game.profile_ids(profile)),
                "choices": clean(" / ".join(labels)),
            }
        )
    across, down = canvas.scales()
    drawn: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows), name="places")
        .mark_rect(fill="transparent", stroke=None, cursor="pointer")
        .encode(
            alt.X("left:Q", axis=None, scale=across),
            alt.X2("right:Q"),
            alt.Y("top:Q", axis=None, scale=down),
            alt.Y2("bottom:Q"),
            tooltip=alt.Tooltip("choices:N", title="Choices"),
        )
        .add_params(alt.selection_point(name=PICKED, fields=["profile"], toggle=False))
    )
    return drawn
