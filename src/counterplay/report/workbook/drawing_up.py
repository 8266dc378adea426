"""Sheets of a workbook as XlsxWriter writes them: text always as text, numbers as numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from counterplay.report.blocks import Masthead
from counterplay.report.workbook.cells import Cell, Number, Sheet, display_format, one_line
from counterplay.report.workbook.cover import NAME, Line
from counterplay.report.workbook.room import column_widths, row_height

_SIZE = 10
_FONT = {"font_name": "Arial", "font_size": _SIZE, "valign": "top"}
_INK, _SECOND, _PANEL = "#1C232B", "#4A5560", "#F5F6F8"
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "text_wrap": True},
    "marking": {"bold": True},
    "finding": {"bold": True, "font_size": 12, "text_wrap": True},
    "text": {"text_wrap": True, "align": "left", "indent": 1},
    "count": {"align": "left"},
    "label": {"bold": True, "font_color": _SECOND, "text_wrap": True},
    "link": {"font_color": "#1B4592", "underline": 1},
    "heading": {"bold": True, "font_size": 13},
    "aside": {"font_color": _SECOND},
    "head": {
        "bold": True, "font_color": _INK, "bg_color": _PANEL, "bottom": 1, "text_wrap": True,
        "valign": "vcenter", "align": "left", "indent": 1,
    },
    "head number": {
        "bold": True, "font_color": _INK, "bg_color": _PANEL, "bottom": 1, "text_wrap": True,
        "valign": "vcenter", "align": "right",
    },
}  # fmt: skip
_HEAD_ROW = 2
_COVER = (24, 92)
_A4 = 9
_MARKING = 80
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Workbook:
    """A workbook that is written when it is left."""

    def __init__(self, made: io.BytesIO, masthead: Masthead) -> None:
        self._book = xlsxwriter.Workbook(made, _OPTIONS)
        self._marking = _running(masthead.marking or "")
        self._foot = masthead.short_hashes
        self._format = cache(self._made_format)

    def __enter__(self) -> Workbook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._book.close()

    def add_cover(self, lines: Iterable[Line]) -> None:
        """Add the cover."""
        page = self._book.add_worksheet(NAME)
        self._set_up(page, landscape=False)
        page.hide_gridlines(2)
        for column, width in enumerate(_COVER):
            page.set_column(column, column, width)
        for row, line in enumerate(lines):
            if line.sheet:
                place = f"internal:'{line.sheet}'!A1"
                page.write_url(row, 0, place, self._format("link"), one_line(line.sheet))
            else:
                page.write_string(row, 0, one_line(line.label), self._format("label"))
            page.write_string(row, 1, one_line(line.text), self._format(line.look))
            size = _LOOKS[line.look].get("font_size", _SIZE)
            scaled = _COVER[0], _COVER[1] * _SIZE / size
            page.set_row(row, row_height((line.label, line.text), scaled, size))

    def add(self, sheet: Sheet) -> None:
        """Add a table on a sheet of its own; its head stays in sight and on every printed page."""
        page = self._book.add_worksheet(sheet.name)
        self._set_up(page, landscape=True)
        page.write_string(0, 0, sheet.name, self._format("heading"))
        page.write_string(1, 0, one_line(sheet.note), self._format("aside"))
        last = _HEAD_ROW + len(sheet.rows), len(sheet.columns) - 1
        page.add_table(
            _HEAD_ROW, 0, *last,
            {
                "name": sheet.name.replace(" ", "_"),
                "style": "Table Style Light 1",
                "banded_rows": False,
                "columns": [{"header": head} for head in sheet.columns],
            },
        )  # fmt: skip
        widths = column_widths(sheet)
        for place, (head, width) in enumerate(zip(sheet.columns, widths, strict=True)):
            numeric = place and isinstance(sheet.rows[0][place], Number)
            look = "head number" if numeric else "head"
            page.write_string(_HEAD_ROW, place, head, self._format(look))
            page.set_column(place, place, width)
        page.set_row(_HEAD_ROW, row_height(sheet.columns, widths, _SIZE, bold=True))
        for number, row in enumerate(sheet.rows, _HEAD_ROW + 1):
            for place, cell in enumerate(row):
                self._write(page, number, place, cell)
            page.set_row(number, row_height(row, widths, _SIZE))
        page.freeze_panes(_HEAD_ROW + 1, 1)
        page.repeat_rows(_HEAD_ROW)

    def _write(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, Number):
            shown = self._format("text" if column else "count", display_format(cell))
            page.write_number(row, column, cell.value, shown)
        else:
            page.write_string(row, column, one_line(cell), self._format("text"))

    def _set_up(self, page: Worksheet, *, landscape: bool) -> None:
        """Set how a sheet is printed: marked, numbered, as wide as the paper."""
        (page.set_landscape if landscape else page.set_portrait)()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        page.set_header(f"&C&B{self._marking}" if self._marking else "")
        middle = f"&C&B{self._marking}&B" if self._marking else ""
        page.set_footer(f"&L{self._foot}{middle}&RPage &P of &N")

    def _made_format(self, look: str, shown: str = "") -> Format:
        number = {"num_format": shown} if shown else {}
        side = {"align": "right", "indent": 0} if shown and look == "text" else {}
        return self._book.add_format({**_FONT, **_LOOKS[look], **number, **side})


def _running(text: str) -> str:
    """Return text for the margin of a page, where an ampersand has a meaning.

    A letter or digit right behind a code would be read as part of it, so a space goes before.
    """
    line = one_line(text)
    cut = line if len(line) <= _MARKING else f"{line[: _MARKING - 1]}…"
    return f" {cut.replace('&', '&&')}" if cut else ""
