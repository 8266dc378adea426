"""Zip archives: written alike every time, and read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from counterplay.errors import ReportError

Parts = dict[str, bytes]
"""The parts of a package by name, in their order."""

MOST_PARTS = 2_000
MOST_BYTES = 100_000_000
"""All parts together, unpacked."""

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_ON_UNIX = 3
_READABLE = 0o600 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def packed(parts: Parts) -> bytes:
    """Return an archive of parts that tells no time and no machine: same parts, same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _ON_UNIX
            entry.external_attr = _READABLE
            target.writestr(entry, content)
    return archive.getvalue()


def unpacked(raw: bytes, name: str) -> Parts:
    """Return the parts of an archive.

    Parameters
    ----------
    raw : bytes
    name : str
        How messages call the file.

    Raises
    ------
    ReportError
        If it is no archive, is damaged or encrypted, names a part twice, or holds more than 2,000
        parts or 100,000,000 bytes.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(entries, name)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (
        zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
        NotImplementedError, IndexError, KeyError,
    ) as error:  # fmt: skip
        if isinstance(error, ReportError):
            raise
        raise ReportError(f"{name}: not an Office file, or damaged, so not a report") from None


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    """Refuse what no report is; reading stops at the size that an entry declares."""
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ReportError(f"{name}: unpacks to more than any report; not one of Counterplay's")
    if len({entry.filename for entry in entries}) < len(entries):
        raise ReportError(f"{name}: holds two parts of one name, so not a report")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise ReportError(f"{name}: packed in a way that Office files are not, so not a report")
