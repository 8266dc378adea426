"""Writing a report as an Excel workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import import_module
from typing import Any

from counterplay.errors import MissingExtraError
from counterplay.findings import Findings
from counterplay.report.blocks import Document
from counterplay.report.packages import PROPERTIES, packed, properties, unpacked, with_data
from counterplay.report.reasons import NO_REASONS, Reasons
from counterplay.report.workbook import inputs, outcomes
from counterplay.report.workbook.cells import Sheet
from counterplay.report.workbook.cover import cover


def workbook(
    findings: Findings,
    document: Document,
    data: Mapping[str, Any],
    *,
    created: datetime | None = None,
) -> bytes:
    """Write a report as an Excel workbook; the same input gives the same bytes.

    Parameters
    ----------
    findings : Findings
    document : Document
        What the report says; its page one is the cover.
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

    sheets = tuple(_sheets(findings, str(data["level"]), data.get("reasons", NO_REASONS)))
    made = io.BytesIO()
    with Workbook(made, findings, document) as book:
        book.add_cover(cover(findings, document, sheets))
        for sheet in sheets:
            book.add(sheet)
    parts = unpacked(made.getvalue(), "workbook")
    parts[PROPERTIES] = properties(findings, created)
    return packed(with_data(parts, "xl/workbook.xml", data))


def _sheets(findings: Findings, level: str, reasons: Reasons) -> Iterator[Sheet]:
    """Yield the sheets of a level that have something to say; levels nest."""
    wanted = [outcomes.outcomes(findings), outcomes.choices(findings), outcomes.breaks(findings)]
    if level != "brief":
        wanted += [
            outcomes.switching(findings),
            outcomes.payoffs(findings),
            inputs.assumptions(findings, reasons),
            inputs.constants(findings, reasons),
            inputs.evidence(findings),
            outcomes.caveats(findings),
        ]
    yield from (sheet for sheet in wanted if sheet.rows)
