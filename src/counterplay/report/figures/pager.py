"""The payoff matrix of two players, cell by cell, with everybody else's option fixed."""

from __future__ import annotations

from collections.abc import Mapping

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.page import Cell, Page, page
from counterplay.report.figures.pager_grid import draw
from counterplay.report.figures.text import listed, quoted, short
from counterplay.report.figures.theme import ThemeName

MAX_CELLS_IN_WORDS = 36
"""Cells told one by one in the alternative text; of larger pages only the stable ones are."""


def pager(
    findings: Findings,
    row: str,
    column: str,
    fixed: Mapping[str, str],
    theme: ThemeName = "light",
) -> Figure:
    """Show both payoffs in every cell, boxes around best replies, and stars where everybody stays.

    Parameters
    ----------
    findings : Findings
    row, column : str
        Ids of the two players.
    fixed : mapping from player id to option id
        An option for each of the other players; entries for the two shown are ignored.
    theme : {"light", "dark"}

    Raises
    ------
    GameError
        If a player or option is unknown, the two are the same, or another player has no option
        in `fixed`.
    ReportError
        If there is no such theme.
    """
    shown = page(findings, row, column, fixed)
    title = _title(findings, shown)
    caption = _caption(findings, shown)
    held = {
        findings.game.players[player]: findings.game.options[player][option]
        for player, option in shown.fixed.items()
    }
    return Figure(
        title,
        caption,
        draw(findings, shown, theme),
        _alt(findings, shown, title, caption),
        tables.pager(findings, row, column, held),
    )


def _title(findings: Findings, shown: Page) -> str:
    stable = [cell for cell in shown.cells if cell.stable]
    if not stable:
        return "No cell holds: in each of them somebody gains by leaving"
    if len(stable) == len(shown.cells):
        return "Every cell holds: nobody gains by leaving"
    if len(stable) == 1:
        return f"Only one cell holds: {_pair(findings, shown, stable[0])}"
    return f"{len(stable)} of {len(shown.cells)} cells hold: nobody gains by leaving them"


def _caption(findings: Findings, shown: Page) -> str:
    held = "; ".join(
        f"{short(findings.scenario.players[player].name)} "
        f"{quoted(findings.scenario.players[player].options[option].label)}"
        for player, option in shown.fixed.items()
    )
    start = f"Held fixed: {held}." if held else "Nobody else decides."
    return (
        f"{start} Box: best reply to all others. Star: nobody gains by leaving. Stronger tint: "
        "better for that player among its own options; points of different players do not compare."
    )


def _alt(findings: Findings, shown: Page, title: str, caption: str) -> str:
    first, second = (short(findings.scenario.players[k].name) for k in (shown.row, shown.column))
    start = f"Payoff table, {first} in the rows, {second} in the columns. {title}. {caption}"
    if len(shown.cells) <= MAX_CELLS_IN_WORDS:
        return " ".join([start, *(_cell_words(findings, shown, cell) for cell in shown.cells)])
    stable = [_cell_words(findings, shown, cell) for cell in shown.cells if cell.stable]
    rest = len(shown.cells) - len(stable)
    return " ".join([start, *stable, f"The table lists the other {rest} cells."])


def _cell_words(findings: Findings, shown: Page, cell: Cell) -> str:
    pays = ", ".join(
        f"{short(findings.scenario.players[k].name)} {points(payoff)}"
        f"{' (best reply)' if best else ''}"
        for k, payoff, best in zip((shown.row, shown.column), cell.payoffs, cell.best, strict=True)
    )
    leavers = [short(findings.scenario.players[k].name) for k in cell.leavers]
    end = f"{listed(leavers)} would gain by leaving" if leavers else "everybody stays"
    return f"{_pair(findings, shown, cell)}: {pays}; {end}."


def _pair(findings: Findings, shown: Page, cell: Cell) -> str:
    players = findings.scenario.players
    row, column = (
        quoted(players[player].options[option].label)
        for player, option in ((shown.row, cell.row), (shown.column, cell.column))
    )
    return f"{row} with {column}"
