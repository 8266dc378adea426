"""Tables of a Word report."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from counterplay.report.figures import TOKENS
from counterplay.report.figures.text import clean, text_width
from counterplay.report.tables import GLYPHS, Table
from counterplay.report.word.elements import element, put
from counterplay.report.word.styles import CELL, CELL_HEAD, CELL_HEAD_NUMBER, CELL_NUMBER, TABLE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell, _Row

WIDTH = 493.0
"""Points between the margins."""

_SIZE = 8.5
_SMALL = 7.5
_MANY = 6
_GAP = 9.0
_EVEN = 0.6
_ROOMY = 1.08
_LONGEST_WORD = 28
_LEADING = 1.2
_KEPT_WHOLE = 330.0
_UNCUT = 200.0
_SUMS = ("Total", "Payoff")
_BEFORE_LOOK = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize",
    "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd",
    "tblLayout", "tblCellMar",
)  # fmt: skip


def add_table(document: Document, table: Table, names: Mapping[str, int]) -> None:
    """Add a table whose head stands again on every page and whose rows are not cut.

    Parameters
    ----------
    document : Document
    table : Table
    names : mapping from str to int
        The position of each player, by name: the first column carries its mark.
    """
    made = document.add_table(len(table.rows) + 1, len(table.columns))
    made.style = document.styles[TABLE]
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    _describe(made, table)
    small = len(table.columns) >= _MANY
    widths = column_widths(table, _SMALL if small else _SIZE)
    heights = [_height(row, widths, _SMALL if small else _SIZE) for row in table.rows]
    whole = sum(heights) <= _KEPT_WHOLE
    texts = (table.columns, *table.rows)
    for number, (row, cells) in enumerate(zip(made.rows, texts, strict=True)):
        for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Pt(widths[place])
            _fill(cell, text, _style(table, number, place), names if place == 0 else {})
            if whole and number < len(table.rows):
                cell.paragraphs[0].paragraph_format.keep_with_next = True
            for run in cell.paragraphs[0].runs if small else ():
                run.font.size = Pt(_SMALL)
        _set_row(row, head=number == 0, uncut=number == 0 or heights[number - 1] <= _UNCUT)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Pt(width)


def column_widths(table: Table, size: float) -> list[float]:
    """Return the width of each column in points: its longest word, then a share of the rest.

    Parameters
    ----------
    table : Table
    size : float
        Points of its text.
    """
    columns = list(zip(table.columns, *table.rows, strict=True))
    fair = WIDTH / len(columns)
    least = [min(max(_word(cell, size) for cell in column) + _GAP, fair) for column in columns]
    most = [
        max(text_width(clean(cell), size) * _ROOMY for cell in column) + _GAP for column in columns
    ]
    if sum(most) <= WIDTH:
        return [wide * WIDTH / sum(most) for wide in most]
    wanted = [max(m - n, 0.0) ** _EVEN for m, n in zip(most, least, strict=True)]
    left = WIDTH - sum(least)
    return [n + left * w / sum(wanted) for n, w in zip(least, wanted, strict=True)]


def _word(cell: str, size: float) -> float:
    words = [word[:_LONGEST_WORD] for word in clean(cell).split()]
    return max((text_width(word, size) * _ROOMY for word in words), default=0.0)


def _height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    """Estimate how high a row stands, in points."""
    lines = max(
        math.ceil(text_width(clean(cell), size) * _ROOMY / max(width - _GAP, size))
        for cell, width in zip(row, widths, strict=True)
    )
    return lines * size * _LEADING + 4


def _style(table: Table, row: int, column: int) -> str:
    if row == 0:
        return CELL_HEAD_NUMBER if table.numeric[column] else CELL_HEAD
    return CELL_NUMBER if table.numeric[column] else CELL


def _fill(cell: _Cell, text: str, style: str, names: Mapping[str, int]) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    line = clean(text)
    player = names.get(text)
    if line[1:2] == " " and line[0] in GLYPHS and names:
        player, line = GLYPHS.index(line[0]), line[2:]
    if player is not None:
        mark = paragraph.add_run(f"{GLYPHS[player]}\u00a0")
        mark.font.color.rgb = RGBColor.from_string(TOKENS["light"].players[player][1:])
    paragraph.add_run(line)


def _describe(made: WordTable, table: Table) -> None:
    """Say what a table is for those who hear it, and which row and column name the rest."""
    properties = made._element.tblPr  # noqa: SLF001 - there is no other way
    last = bool(table.rows) and table.rows[-1][0] in _SUMS
    look = element(
        "tblLook", val="04A0", firstRow="1", lastRow=str(int(last)), firstColumn="1",
        lastColumn="0", noHBand="1", noVBand="1",
    )  # fmt: skip
    put(properties, look, *_BEFORE_LOOK)
    title = clean(table.title)
    put(properties, element("tblCaption", val=title[:250]), *_BEFORE_LOOK, "tblLook")
    told = f"{title}. Columns: {', '.join(_named(table.columns))}. {len(table.rows)} rows."
    put(
        properties,
        element("tblDescription", val=told[:1000]),
        *(*_BEFORE_LOOK, "tblLook", "tblCaption"),
    )


def _named(columns: Sequence[str]) -> list[str]:
    return [clean(column) for column in columns if clean(column)]


def _set_row(row: _Row, *, head: bool, uncut: bool) -> None:
    properties = row._element.get_or_add_trPr()  # noqa: SLF001 - the same
    if uncut:
        properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    for cell in row._element.findall(qn("w:tc")):  # noqa: SLF001 - the same
        put(cell.get_or_add_tcPr(), element("vAlign", val="top"), "tcW", "gridSpan", "shd")
