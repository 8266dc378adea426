"""How wide columns and how high rows are: spreadsheets do not all work it out on opening."""

from __future__ import annotations

import math
from collections.abc import Sequence

from counterplay.report.workbook.cells import Cell, Number, Sheet

_NARROW = 10
_WIDEST = ((1, 100), (8, 40), (math.inf, 28))
_MARGIN, _SLACK = 2.5, 0.1
_LEADING = 1.32
_HIGHEST = 400.0
_LARGE, _HUGE, _SMALL = 1.25, 2.0, 0.92
_BOLD = 1.1


def column_widths(sheet: Sheet) -> list[float]:
    """Return the width of each column, in digits of the font."""
    most = next(wide for count, wide in _WIDEST if len(sheet.columns) <= count)
    return [
        _width(head, [row[place] for row in sheet.rows], most)
        for place, head in enumerate(sheet.columns)
    ]


def row_height(
    cells: Sequence[Cell], widths: Sequence[float], size: float, *, bold: bool = False
) -> float:
    """Return the height of a row in points, by how many lines its longest cell breaks into."""
    factor = _BOLD if bold else 1.0
    lines = max(
        _lines(_text(cell), width - _MARGIN, factor)
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(_HIGHEST, size * _LEADING * lines + 3)


def _lines(text: str, width: float, factor: float) -> int:
    """Return the lines of a text that breaks between words, and within those that do not fit."""
    lines, used = 1, 0.0
    for word in text.split():
        wide = factor * _length(word)
        if used and used + wide > width:
            lines, used = lines + 1, 0.0
        lines += math.ceil(wide / width) - 1 if wide > width else 0
        used += wide % width + _SMALL
    return lines


def _length(word: str) -> float:
    """Return the length of a word in digits; capitals and scripts beyond Latin are wide."""
    return sum(_LARGE if sign.isupper() else _HUGE if sign > "\u2e7f" else _SMALL for sign in word)


def _width(head: str, column: Sequence[Cell], most: float) -> float:
    word = max(map(_length, head.split()), default=0.0) * _BOLD
    longest = max(map(_length, map(_text, column)), default=0.0)
    return max(_NARROW, min(most, max(longest, word) + _MARGIN + _SLACK))


def _text(cell: Cell) -> str:
    return cell.text if isinstance(cell, Number) else cell
