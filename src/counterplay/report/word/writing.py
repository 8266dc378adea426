"""Writing a report as a Word document."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from typing import Any

from counterplay.errors import MissingExtraError
from counterplay.report.blocks import Document
from counterplay.report.packages import PROPERTIES, packed, properties, unpacked, with_data

_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://'
    'schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Counterplay</Application></Properties>"
)


def word(
    document: Document,
    data: Mapping[str, Any],
    *,
    created: datetime | None = None,
) -> bytes:
    """Write a report as a Word document; the same input gives the same bytes.

    Parameters
    ----------
    document : Document
        What the report says.
    data : mapping
        The report as JSON data; it is kept as a custom XML part, so that the file verifies.
    created : datetime, optional
        The date that the file gives itself, in UTC.

    Raises
    ------
    MissingExtraError
        If python-docx, altair or vl-convert is not installed.
    """
    for package in ("docx", "altair", "vl_convert"):
        try:
            import_module(package)
        except ImportError as error:
            raise MissingExtraError("a Word report", "report") from error
    from counterplay.report.word.body import written
    from counterplay.report.word.pictures import drawing

    made = io.BytesIO()
    written(document).save(made)
    parts = unpacked(made.getvalue(), "document")
    parts[PROPERTIES] = properties(document.masthead, created)
    parts["docProps/app.xml"] = _APPLICATION.encode()
    return packed(with_data(parts, "word/document.xml", data, drawing()))
