"""How wide the columns of a table are on paper."""

from __future__ import annotations

import math

from counterplay.report.blocks import BarTable
from counterplay.report.figures.text import text_width
from counterplay.report.tables import Table

PAGE = 493.0
"""Points between the margins of A4."""

BAR = 145.0
"""Points that a number with the bar beside it takes."""

_GAP = 9.0
_MARK = 12.0
_BOLD = 1.06
_EVEN = 0.6
_RAGGED = 1.1
_LINE = 1.15
_ROW = 6.0
_HEAD = 40.0


def font_size(table: Table) -> float:
    """Return the size of a table's text in points: smaller where many columns stand."""
    return 9.5 if len(table.columns) < 5 else 8.5


def column_widths(table: Table) -> list[float] | None:
    """Return the width of each column in points, or None if every cell fits on one line.

    Columns that need no more than an even share get what they need; the others divide the rest,
    the longer more, but less than in proportion.
    """
    needed = [_needed(table, column) for column in range(len(table.columns))]
    if sum(needed) <= PAGE:
        return None
    given: dict[int, float] = {}
    while True:
        open_ones = [k for k in range(len(needed)) if k not in given]
        left = PAGE - sum(given.values())
        modest = [k for k in open_ones if needed[k] <= left / len(open_ones)]
        if not modest:
            break
        given |= {k: needed[k] for k in modest}
    weights = {k: needed[k] ** _EVEN for k in open_ones}
    total = sum(weights.values())
    given |= {k: left * weight / total for k, weight in weights.items()}
    return [given[k] for k in range(len(needed))]


def height(table: Table) -> float:
    """Estimate how high a table stands with its title, in points."""
    size = font_size(table)
    widths = column_widths(table) or [PAGE] * len(table.columns)
    lines = sum(
        max(
            math.ceil(text_width(cell, size) * _RAGGED / max(width - _GAP, size))
            for cell, width in zip(row, widths, strict=True)
        )
        for row in table.rows
    )
    return _HEAD + lines * size * _LINE + len(table.rows) * _ROW


def _needed(table: Table, column: int) -> float:
    size = font_size(table)
    cells = [table.columns[column], *(row[column] for row in table.rows)]
    wide = max(text_width(cell, size) for cell in cells)
    if isinstance(table, BarTable) and column == table.column:
        return max(wide, BAR) + _GAP
    return wide * (_BOLD if column == 0 else 1.0) + _GAP + (_MARK if column == 0 else 0.0)
