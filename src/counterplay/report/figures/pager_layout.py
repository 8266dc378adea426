"""The measures of a page: how large its cells are, and how its words break into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from counterplay.explain.narrate import points
from counterplay.findings import Findings
from counterplay.report.figures.page import Cell, Page
from counterplay.report.figures.text import fit, text_width

FOOT_SIZE, GAP, LINE = 12, 10, 22
"""Size of the words at the foot of a cell, space after row labels, height of a line of keys."""

_WIDEST, _NARROWEST, _ALL_COLUMNS = 176, 96, 900
_ROW_LABELS, _KEY_LINE, _NAME = 180, 420, 110
_LARGE, _SMALL = 16, 12
_ALL = ("", "", "both", "all three", "all four", "all five", "all six", "all seven", "all eight")
_MARK_WORDS = "mark at the foot of a cell: would gain by leaving"


@dataclass(frozen=True)
class Grid:
    """Measures of a page, in pixels, and its words.

    Attributes
    ----------
    names : sequence of str
        Of all players.
    rows, columns : sequences of sequences of str
        Option labels, line by line.
    keys : sequence of sequences of (int, str)
        Lines of players' positions with what stands beside their marks; -1 for words alone.
    left, top : float
        Where the cells begin.
    cell, height, band : float
        Width and height of a cell, and height of its numbers.
    number : int
        Size of the numbers.
    marks : bool
        Whether the feet of cells show players' marks, because their names would not fit.
    """

    names: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns: Sequence[Sequence[str]]
    keys: Sequence[Sequence[tuple[int, str]]]
    left: float
    top: float
    cell: float
    height: float
    band: float
    number: int
    marks: bool

    def corner(self, cell: Cell) -> tuple[float, float]:
        """Return the top left corner of a cell."""
        return self.left + self.cell * cell.column, self.top + self.height * cell.row


def grid_of(findings: Findings, shown: Page) -> Grid:
    """Return the measures of a page: narrow cells for many columns, marks where names are long."""
    players = findings.scenario.players
    names = [fit(player.name, FOOT_SIZE, _NAME)[0] for player in players]
    rows = [fit(option.label, 13, _ROW_LABELS, 3) for option in players[shown.row].options]
    options = players[shown.column].options
    widest = max(text_width(points(p), _SMALL) for cell in shown.cells for p in cell.payoffs)
    share = min(_WIDEST, max(_NARROWEST, _ALL_COLUMNS / len(options)))
    width = round(max(share, 2 * (widest + 24)))
    columns = [fit(option.label, 13, width - 10, 4) for option in options]
    large = widest * _LARGE / _SMALL + 24 <= width / 2
    feet = max(len(fit(foot_of(cell, names), FOOT_SIZE, width - 12, 9)) for cell in shown.cells)
    band, foot = (44 if large else 38), (18 if feet > 2 else 15 * feet + 4)
    left = round(max(text_width(line, 13) for lines in rows for line in lines) + GAP + 4)
    keys = _key_lines(_keys(shown, names, feet > 2), max(_KEY_LINE, left + width * len(options)))
    return Grid(
        names=names,
        rows=rows,
        columns=columns,
        keys=keys,
        left=left,
        top=LINE * len(keys) + 16 * max(map(len, columns)) + 12,
        cell=width,
        height=max(band + foot + 4, 16 * max(map(len, rows)) + 8),
        band=band,
        number=_LARGE if large else _SMALL,
        marks=feet > 2,
    )


def foot_of(cell: Cell, names: Sequence[str]) -> str:
    """Say at the foot of a cell who would gain by leaving it."""
    if cell.stable:
        return f"{_ALL[len(names)]} stay"
    return f"leave: {', '.join(names[k] for k in cell.leavers)}"


def key_width(text: str) -> float:
    """Return the width of a key: its mark, its words and a space."""
    return text_width(text, 13) * 1.08 + 42


def _keys(shown: Page, names: Sequence[str], marks: object) -> list[tuple[int, str]]:
    entries = [
        (shown.row, f"{names[shown.row]}: rows, left number"),
        (shown.column, f"{names[shown.column]}: columns, right number"),
    ]
    if marks:
        entries += [(player, names[player]) for player in shown.fixed]
        entries.append((-1, _MARK_WORDS))
    return entries


def _key_lines(
    entries: Sequence[tuple[int, str]], width: float
) -> Sequence[Sequence[tuple[int, str]]]:
    lines: list[list[tuple[int, str]]] = [[]]
    used = 0.0
    for entry in entries:
        need = key_width(entry[1])
        if lines[-1] and used + need > width:
            lines.append([])
            used = 0.0
        lines[-1].append(entry)
        used += need
    return lines
