"""The cells of the first sheet of an Excel workbook: their values, never their formulas."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from counterplay.errors import MissingExtraError, ScenarioError
from counterplay.files import unreadable

MAX_WORKBOOK_BYTES = 2_000_000
MAX_UNPACKED_BYTES = 40_000_000
"""Of all parts of a workbook together."""

_BEGINNING = b"PK\x03\x04"
_CHUNK = 1_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)


def is_workbook(raw: bytes) -> bool:
    """Say whether bytes begin as those of an Excel workbook do; no text does."""
    return raw.startswith(_BEGINNING)


def excel_rows(raw: bytes, file: str, lines: int, columns: int) -> list[tuple[int, list[str]]]:
    """Return the rows of the first sheet that have something in them.

    A formula counts as the value that it had when the workbook was saved.

    Parameters
    ----------
    raw : bytes
    file : str
        How faults name it.
    lines, columns : int
        How many of the sheet may be used; what stands further right is left out.

    Returns
    -------
    list of (int, list of str)
        Each row with its number, counted from 1.

    Raises
    ------
    ScenarioError
        If it is no workbook, or too large.
    MissingExtraError
        If the package that reads workbooks is not installed.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError("an Excel file", "app") from None
    _check_size(raw, file)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return list(_rows(sheet.iter_rows(max_col=columns, values_only=True), file, lines))
    except ScenarioError:
        raise
    except Exception:  # the package has no one word for all that can be wrong in a file
        raise unreadable(file, 1, "no Excel workbook that can be read; save it as CSV") from None


def _check_size(raw: bytes, file: str) -> None:
    """Unpack everything once, since what a workbook says of its sizes need not be true."""
    if len(raw) > MAX_WORKBOOK_BYTES:
        raise unreadable(file, 1, f"larger than {MAX_WORKBOOK_BYTES} bytes; save it as CSV")
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as book:
            for part in book.infolist():
                with book.open(part) as stream:
                    while chunk := stream.read(_CHUNK):
                        unpacked += len(chunk)
                        if unpacked > MAX_UNPACKED_BYTES:
                            message = f"unpacks to more than {MAX_UNPACKED_BYTES} bytes"
                            raise unreadable(file, 1, f"{message}; save it as CSV")
    except _BROKEN:
        raise unreadable(file, 1, "no Excel workbook that can be read; save it as CSV") from None


def _rows(
    sheet: Iterator[tuple[object, ...]], file: str, lines: int
) -> Iterator[tuple[int, list[str]]]:
    for line, values in enumerate(sheet, 1):
        if line > lines:
            raise unreadable(file, line, f"more than {lines} lines")
        cells = [_text(value) for value in values]
        if any(cells):
            yield line, cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value).strip()
