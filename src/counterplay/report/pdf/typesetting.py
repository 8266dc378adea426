"""Setting a report in type."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from counterplay.errors import MissingExtraError, ReportError
from counterplay.report import fonts
from counterplay.report.blocks import Document

ATTACHED = "counterplay-report.json"
"""Name of the data inside the file."""

MADE_WITH = "drawn with "
"""Begins the keyword that names the programs and fonts by which pages are drawn."""

ABSENT = "□"
"""Stands for a letter that no font at hand can draw."""

_DRAWING = ("typst", "vl-convert-python", "altair")
_DATA = "data.json"
_TRIES = 4
_NOT_DRAWN = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]{1,6})\}|(.))")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def pdf(
    document: Document,
    data: Mapping[str, Any],
    *,
    font_dir: Path | None = None,
    created: datetime | None = None,
) -> bytes:
    """Set a report as PDF; the same input gives the same bytes.

    The file is tagged as PDF/UA-1 asks, so that it can be read aloud.

    Parameters
    ----------
    document : Document
        What the report says.
    data : mapping
        The report as JSON data; it is attached, so that the file verifies.
    font_dir : Path, optional
        A folder with fonts for scripts that the shipped font lacks.
    created : datetime, optional
        The date that the file gives itself, in UTC.

    Raises
    ------
    MissingExtraError
        If typst, altair or vl-convert is not installed.
    ReportError
        If the folder holds no font.
    """
    for package in ("typst", "altair", "vl_convert"):
        try:
            import_module(package)
        except ImportError as error:
            raise MissingExtraError("a PDF report", "report") from error
    from counterplay.report.pdf.parts import document_parts

    said, pictures = document_parts(document)
    families = _families(font_dir) if font_dir else []
    said |= {"fonts": [fonts.FAMILY, *families], "dated": created is not None}
    said["keywords"] += [_drawn_with(families)]
    kept = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _set(said, pictures | {_DATA: kept}, font_dir, created)


def _families(font_dir: Path) -> list[str]:
    """Return the names of the fonts in a folder."""
    from typst import Fonts

    if not font_dir.is_dir():
        raise ReportError(f"font_dir: {font_dir} is not a folder; name one that holds fonts")
    found = Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_dir)]
    ).families()
    if not found:
        raise ReportError(f"font_dir: {font_dir} holds no font; put .ttf or .otf files there")
    return sorted(found)


def _drawn_with(families: list[str]) -> str:
    versions = [f"{name} {version(name)}" for name in _DRAWING]
    return MADE_WITH + "; ".join([*versions, fonts.FAMILY, *families])


def _set(
    said: dict[str, Any], given: Mapping[str, str], font_dir: Path | None, created: datetime | None
) -> bytes:
    """Set the report, with a box for each letter that cannot be drawn: the standard wants no gap.

    Each pass names the letters that the one before could not draw.
    """
    from typst import TypstError

    absent: set[str] = set()
    message = ""
    for _ in range(_TRIES):
        told = json.dumps(said | {"lacks_letters": bool(absent)}, ensure_ascii=False)
        texts = {name: _without(text, absent) for name, text in given.items() if name != _DATA}
        texts |= {_DATA: given[_DATA], "report.json": _without(told, absent)}
        try:
            return _compiled(texts, font_dir, created)
        except TypstError as error:
            found = set(_absent(error.diagnostic)) - absent
            message = error.message
        if not found:
            break
        absent |= found
    raise ReportError(f"path: no PDF could be set: {message}")


def _compiled(texts: Mapping[str, str], font_dir: Path | None, created: datetime | None) -> bytes:
    import typst

    template = files("counterplay.report").joinpath("templates/report.typ").read_bytes()
    sources: Any = {"main.typ": template, **{name: t.encode() for name, t in texts.items()}}
    return typst.compile(
        sources,
        format="pdf",
        font_paths=[str(folder) for folder in (fonts.FOLDER, font_dir) if folder],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=created or datetime.fromtimestamp(0, UTC),
    )


def _absent(diagnostic: str) -> Iterator[str]:
    """Yield the texts that typst says it could not draw; it writes them as Rust does."""
    for found in _NOT_DRAWN.findall(diagnostic):
        yield _ESCAPED.sub(
            lambda sign: chr(int(sign[1], 16)) if sign[1] else _SIGNS.get(sign[2], sign[2]), found
        )


def _without(text: str, absent: set[str]) -> str:
    for letters in sorted(absent, key=len, reverse=True):
        text = text.replace(letters, ABSENT)
    return text
