"""Writing a report as an Excel workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any

from counterplay.errors import MissingExtraError
from counterplay.report.blocks import Document
from counterplay.report.packages import PROPERTIES, packed, properties, unpacked, with_data
from counterplay.report.workbook.cells import Sheet
from counterplay.report.workbook.cover import cover


def workbook(
    document: Document,
    sheets: Sequence[Sheet],
    data: Mapping[str, Any],
    *,
    created: datetime | None = None,
) -> bytes:
    """Write a report as an Excel workbook; the same input gives the same bytes.

    Parameters
    ----------
    document : Document
        What the report says; its page one is the cover.
    sheets : sequence of Sheet
    data : mapping
        The report as JSON data; it is kept as a custom XML part, so that the file verifies.
    created : datetime, optional
        The date that the file gives itself, in UTC.

    Raises
    ------
    MissingExtraError
        If XlsxWriter is not installed.
    """
    try:
        import_module("xlsxwriter")
    except ImportError as error:
        raise MissingExtraError("an Excel report", "report") from error
    from counterplay.report.workbook.drawing_up import Workbook

    made = io.BytesIO()
    with Workbook(made, document.masthead) as book:
        book.add_cover(cover(document, sheets))
        for sheet in sheets:
            book.add(sheet)
    parts = unpacked(made.getvalue(), "workbook")
    parts[PROPERTIES] = properties(document.masthead, created)
    return packed(with_data(parts, "xl/workbook.xml", data))
