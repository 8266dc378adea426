"""Excel reports opened again: what each cell holds and how it shows."""

from __future__ import annotations

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

_MAIN = "xl/workbook.xml"
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN = {
    "0": "General", "1": "0", "2": "0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00",
}  # fmt: skip
_LOOK = re.compile(r'&"[^"]*"|&B|&\d+(?= )')
_ESCAPED = re.compile(r"\\(.)")
_FOREIGN = re.compile(
    r"xl/(comments|threadedComments|drawings|charts|externalLinks|embeddings|macrosheets|"
    r"dialogsheets|chartsheets|media|queryTables|pivotTables|vbaProject|connections).*"
)


def opened_workbook(raw: bytes, name: str) -> Opened:
    """Open an Excel report.

    Parameters
    ----------
    raw : bytes
        The file.
    name : str
        How messages call it.

    Returns
    -------
    Opened
        What is shown is each cell by sheet and address, a number with its format, and what stands
        in the margins of printed pages and in the properties.

    Raises
    ------
    ReportError
        If it is not an Excel report, or more than any report is.
    MissingExtraError
        If lxml is not installed.
    """
    parts = unpacked(raw, name)
    kept = kept_data(parts, name)
    found = targets(parts, _MAIN, name)
    strings = _shared_strings(parts, name)
    formats = _formats(parts, name)
    shown: dict[str, str] = {}
    listed = root_of(parts, _MAIN, name).iter(f"{_S}sheet")
    for number, entry in enumerate(listed, 1):
        title = entry.get("name", "")
        shown[f"sheet {number}"] = f"{title}, {entry.get('state', 'visible')}"
        sheet = root_of(parts, found.get(entry.get(_ID, ""), ""), name)
        shown |= {f"{title}, {place}": text for place, text in _around(sheet)}
        for cell in sheet.iter(f"{_S}c"):
            text = _cell(cell, strings, formats)
            if text:
                shown[f"{title}!{cell.get('r', '')}"] = text
    shown |= dict.fromkeys(filter(_FOREIGN.fullmatch, parts), "[added]")
    shown |= dict(property_places(parts, name))
    return Opened(kept.data, shown)


def _shared_strings(parts: Parts, name: str) -> list[str]:
    if _STRINGS not in parts:
        return []
    return [_text(entry) for entry in root_of(parts, _STRINGS, name).iter(f"{_S}si")]


def _formats(parts: Parts, name: str) -> list[str]:
    """Return how numbers show, by the style of a cell."""
    root = root_of(parts, _STYLES, name)
    named = _BUILT_IN | {
        entry.get("numFmtId", ""): entry.get("formatCode", "")
        for entry in root.iter(f"{_S}numFmt")
    }
    styles = root.find(f"{_S}cellXfs")
    ids = [] if styles is None else [entry.get("numFmtId", "0") for entry in styles]
    codes = [named.get(number, f"format {number}") for number in ids]
    return [_ESCAPED.sub(r'"\1"', code).replace('""', "") for code in codes]


def _cell(cell: _Element, strings: list[str], formats: list[str]) -> str:
    value = cell.findtext(f"{_S}v") or ""
    formula = cell.find(f"{_S}f")
    kind = cell.get("t", "n")
    if formula is not None:
        return f"[formula {formula.text or ''}] {value}"
    if kind == "inlineStr":
        return _text(cell)
    if kind == "s":
        return _at(strings, value)
    if not value or kind != "n":
        return value
    return f"{value} shown as {_at(formats, cell.get('s', '0'))}"


def _at(listed: list[str], position: str) -> str:
    number = int(position) if position.isascii() and position.isdecimal() else -1
    return listed[number] if 0 <= number < len(listed) else f"[{position}]"


def _around(sheet: _Element) -> Iterator[tuple[str, str]]:
    """Yield what hides, colours or marks the cells of a sheet."""
    margins = [entry.text or "" for part in sheet.iter(f"{_S}headerFooter") for entry in part]
    yield "margins", " ".join(_LOOK.sub("", " ".join(margins)).split())
    hidden = sum(
        entry.get("hidden") in ("1", "true") for entry in sheet.iter(f"{_S}row", f"{_S}col")
    )
    yield "hidden rows and columns", str(hidden)
    rules = sum(1 for _ in sheet.iter(f"{_S}conditionalFormatting", f"{_S}dataValidation"))
    yield "rules", str(rules)


def _text(entry: _Element) -> str:
    return "".join(part.text or "" for part in entry.iter(f"{_S}t"))
