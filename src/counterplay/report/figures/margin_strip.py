"""The small bar of the equilibrium card: one player's margin beside its number."""

from __future__ import annotations

from dataclasses import replace

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.figures.canvas import Canvas
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.margin_bar import (
    MORE,
    BarPlace,
    bar_rows,
    cost_of,
    explained,
    more_rows,
    number_of,
    plays_of,
)
from counterplay.report.figures.text import short, text_width
from counterplay.report.figures.theme import ThemeName, tokens_of
from counterplay.report.margin_scale import common_limit

WIDTH, HEIGHT = 132, 20


def margin_strip(findings: Findings, k: int, player: str, theme: ThemeName = "light") -> Figure:
    """Show what one player would lose by leaving equilibrium `k`, on 132 × 20 pixels.

    Parameters
    ----------
    findings : Findings
    k : int
        Position of the equilibrium among `findings.accounts`.
    player : str
        Id.
    theme : {"light", "dark"}

    Raises
    ------
    ReportError
        If equilibrium `k` is not explained, or there is no such theme.
    GameError
        If there is no such player.
    """
    index = findings.game.player_index(player)
    stance = explained(findings, k).stances[index]
    name = short(findings.scenario.players[index].name)
    ink = tokens_of(theme).ink
    number = number_of(stance)
    size = 15 if text_width(number, 15) < 70 else 12
    place = BarPlace(max(42, text_width(number, size) * 1.06 + 8), WIDTH - 10, HEIGHT / 2, 8)
    canvas = Canvas(WIDTH, HEIGHT, theme)
    words = [{"x": 0, "y": HEIGHT / 2, "text": number, "fill": ink}]
    chart = canvas.picture(
        [
            canvas.bars("bars", bar_rows(findings, stance, place, theme)),
            canvas.texts("more", more_rows(findings, stance, place, theme), "left", 16, 600),
            canvas.texts("number", words, "left", size, 600),
        ]
    )
    title = f"{name} plays {plays_of(findings, stance)} and {cost_of(stance)}"
    caption = (
        f"The others’ choices held fixed. {name}’s own points; the bar runs to "
        f"{points(common_limit(findings))}, and {MORE} marks a longer one."
    )
    table = tables.stances(findings, k)
    return Figure(
        title,
        caption,
        chart,
        f"Bar. {title}. {caption}",
        replace(table, rows=(table.rows[index],)),
    )
