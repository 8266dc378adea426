"""A PDF report opened again: the data attached to it, and what its pages show.

The file may come from anywhere, so everything is read within limits, nothing in it is run, and
whatever a reader can stumble over ends in one refusal.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from counterplay.errors import MissingExtraError, ReportError
from counterplay.report.opened import Opened, no_data
from counterplay.report.pdf.typesetting import ATTACHED, MADE_WITH

if TYPE_CHECKING:  # an extra brings it; without it there is one plain message
    from pypdf import PageObject, PdfReader

MAX_PAGES = 400
MAX_DATA = 20_000_000
MAX_PAGE = 4_000_000
"""Bytes that the drawing of one page may have."""

_STUMBLES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_CHANGING = re.compile(
    r"<(xmp:CreatorTool|xmpMM:InstanceID|xmpMM:DocumentID|xmp:CreateDate|xmp:ModifyDate"
    r"|pdf:Keywords)>[^<]*</\1>"
)
_TAG = re.compile(r"<[^>]*>")
_TEXT_SHOWN = (b"Tj", b"TJ", b"'", b'"', b"Tf")


def opened_pdf(raw: bytes, name: str) -> Opened:
    """Open a PDF report.

    Parameters
    ----------
    raw : bytes
        The file.
    name : str
        How messages call the file.

    Raises
    ------
    ReportError
        If it is no PDF, no report, or larger than any report.
    MissingExtraError
        If pypdf is not installed.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtraError("reading a PDF report", "report") from error
    try:
        with _quiet():
            return _read(PdfReader(io.BytesIO(raw), strict=True), name)
    except ReportError:
        raise
    except (PyPdfError, *_STUMBLES):
        raise ReportError(f"{name}: not readable as PDF, so not a report") from None


def _read(reader: PdfReader, name: str) -> Opened:
    if reader.is_encrypted:
        raise ReportError(f"{name}: encrypted; verify the report as it was written")
    data = _data(reader, name)
    shown = dict(_shown(reader, name))
    return Opened(data, shown, tuple(_drawings(reader)), _made_with(reader))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the reader's own remarks on a broken file from the terminal."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _attached(reader: PdfReader) -> dict[str, Any]:
    """Return what is attached by its name; typst lists it in one flat array."""
    found: Any = reader.root_object
    for key in ("/Names", "/EmbeddedFiles", "/Names"):
        found = found.get_object().get(key) if found is not None else None
    listed = found.get_object() if found is not None else []
    return {str(name): file for name, file in zip(listed[::2], listed[1::2], strict=True)}


def _data(reader: PdfReader, name: str) -> str:
    """Return the data attached to a report."""
    file = _attached(reader).get(ATTACHED)
    if file is None:
        raise no_data(name)
    raw = file.get_object()["/EF"]["/F"].get_object().get_data()
    if len(raw) > MAX_DATA:
        raise ReportError(f"{name}: larger than any report; not one of Counterplay's")
    return str(raw.decode())


def _shown(reader: PdfReader, name: str) -> Iterator[tuple[str, str]]:
    """Yield what a reader sees and a screen reader says, each with its place."""
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise ReportError(f"{name}: more than {MAX_PAGES} pages; not a report")
    yield "parts of the file", " ".join(sorted(reader.root_object))
    yield "attached", " ".join(_attached(reader))
    for key in ("/Title", "/Subject", "/Author"):
        yield f"metadata {key}", _metadata(reader, key)
    yield "metadata in XML", _xmp(reader.root_object)
    keywords, _, _ = _metadata(reader, "/Keywords").partition(MADE_WITH)
    yield "keywords", keywords
    for number, page in enumerate(reader.pages, 1):
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MAX_PAGE:
            raise ReportError(f"{name}: page {number} is larger than any of a report")
        yield f"page {number}, parts", _parts(page)
        for line, text in enumerate(_paragraphs(page), 1):
            yield f"page {number}, line {line}", text


def _metadata(reader: PdfReader, key: str) -> str:
    return "" if reader.metadata is None else str(reader.metadata.get(key, ""))


def _made_with(reader: PdfReader) -> str:
    """Return the versions on which the drawing of pages depends."""
    return _metadata(reader, "/Keywords").partition(MADE_WITH)[2]


def _xmp(root: Mapping[str, Any]) -> str:
    stream = root["/Metadata"].get_object().get_data().decode()
    return " ".join(_TAG.sub(" ", _CHANGING.sub("", stream)).split())


def _parts(page: PageObject) -> str:
    """Name what a page holds beside its text and drawing, such as notes and pictures."""
    notes: Any = page["/Annots"].get_object() if "/Annots" in page else []
    kinds = [
        str(thing.get_object().get("/Subtype")) for thing in (*_embedded(page).values(), *notes)
    ]
    return " ".join([*sorted(page), *sorted(kinds)])


def _embedded(page: PageObject) -> dict[str, Any]:
    """Return the drawings and pictures that a page refers to, by their names."""
    resources: Any = page["/Resources"].get_object() if "/Resources" in page else {}
    return dict(resources["/XObject"].get_object()) if "/XObject" in resources else {}


def _paragraphs(page: PageObject) -> list[str]:
    """Return the words of a page; where typst breaks a line, the space before stays."""
    return page.extract_text().replace(" \n", " ").splitlines()


def _drawings(reader: PdfReader) -> Iterator[str]:
    """Yield a hash of what each page draws, apart from its letters."""
    from pypdf.generic import ContentStream

    for page in reader.pages:
        stream = ContentStream(page.get_contents(), reader)
        hashed = hashlib.sha256()
        for operands, operator in stream.operations:
            told = [] if operator in _TEXT_SHOWN else [_rounded(operand) for operand in operands]
            hashed.update(repr((operator, told)).encode())
        for part in _embedded(page).values():
            hashed.update(part.get_object().get_data())
        yield hashed.hexdigest()


def _rounded(operand: object) -> str:
    return f"{operand:.2f}" if isinstance(operand, (int, float)) else str(operand)
