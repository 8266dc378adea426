"""Word reports opened again: what each paragraph says, whoever has restyled or saved the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from counterplay.report.opened import Opened
from counterplay.report.packages import (
    Parts,
    kept_data,
    property_places,
    root_of,
    targets,
    unpacked,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "word/document.xml"
_MARGIN = re.compile(r"word/(header|footer)\d*\.xml")
_ASIDE = re.compile(r"word/(footnotes|endnotes|comments|glossary/document)\w*\.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}link"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_WORDS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FOREIGN = {f"{_W}{tag}" for tag in ("altChunk", "object", "pict", "subDoc", "control")}
_BREAKS = {f"{_W}{tag}" for tag in ("tab", "br", "cr")}
_COUNTED_BY_WORD = re.compile(r"\s*(PAGE|NUMPAGES)\s*")
_OURS = re.compile(r"\s*(PAGE|NUMPAGES|SEQ (Table|Figure) \\\* ARABIC)\s*")


def opened_word(raw: bytes, name: str) -> Opened:
    """Open a Word report.

    Parameters
    ----------
    raw : bytes
        The file.
    name : str
        How messages call it.

    Returns
    -------
    Opened
        What is shown is the words of each paragraph, of pictures, margins and properties; styles
        do not count.

    Raises
    ------
    ReportError
        If it is not a Word report, or more than any report is.
    MissingExtraError
        If lxml is not installed.
    """
    parts = unpacked(raw, name)
    kept = kept_data(parts, name)
    body = root_of(parts, _MAIN, name)
    shown = {
        f"paragraph {number}": text
        for number, text in enumerate(filter(None, map(_words, _paragraphs(body))), 1)
    }
    margins = {
        text
        for part in filter(_MARGIN.fullmatch, parts)
        for text in map(_words, _paragraphs(root_of(parts, part, name)))
        if text
    }
    shown["header and footer"] = "\n".join(sorted(margins))
    shown |= dict(_asides(parts, name))
    shown |= dict(property_places(parts, name))
    return Opened(kept.data, shown, tuple(_pictures(parts, body, name)), kept.drawing)


def _paragraphs(root: _Element) -> Iterator[_Element]:
    yield from root.iter(f"{_W}p", *_FOREIGN)


def _words(paragraph: _Element) -> str:
    """Return the words of a paragraph; what a field for page numbers gave last does not count."""
    if paragraph.tag in _FOREIGN:
        return f"[{str(paragraph.tag).rpartition('}')[2]}]"
    said: list[str] = []
    code, in_result = "", False
    for part in paragraph.iter():
        if part.tag == f"{_W}fldChar":
            kind = part.get(f"{_W}fldCharType")
            code = "" if kind in {"begin", "end"} else code
            in_result = kind == "separate"
        elif part.tag == f"{_W}instrText":
            code += part.text or ""
            said.append("" if _OURS.fullmatch(code) else f"[{code}]")
        said.append("" if in_result and _COUNTED_BY_WORD.fullmatch(code) else _said(part))
    return " ".join("".join(said).split())


def _said(part: _Element) -> str:
    if part.tag == f"{_W}t":
        return part.text or ""
    if part.tag in _BREAKS:
        return " "
    if part.tag == f"{_W}vanish" and part.get(f"{_W}val", "1") not in ("0", "false", "off"):
        return "[hidden]"
    if part.tag == f"{_W}fldSimple":
        return f"[{part.get(f'{_W}instr', '')}]"
    if part.tag == _WORDS:
        return f"[{part.get('descr', '')}]"
    return ""


def _asides(parts: Parts, name: str) -> Iterator[tuple[str, str]]:
    """Yield notes and comments that somebody has added."""
    for part in filter(_ASIDE.fullmatch, parts):
        said = " ".join(filter(None, map(_words, _paragraphs(root_of(parts, part, name)))))
        if said:
            yield part, said


def _pictures(parts: Parts, body: _Element, name: str) -> Iterator[str]:
    """Yield a hash for each picture, or where it would be fetched from."""
    found = targets(parts, _MAIN, name)
    for drawn in body.iter(_DRAWN):
        target = found.get(drawn.get(_EMBED, drawn.get(_LINK, "")), "")
        content = parts.get(target)
        yield target if content is None else hashlib.sha256(content).hexdigest()
