"""The report as data inside a package: a custom XML part, which office programs keep."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from counterplay.errors import ReportError
from counterplay.report.opened import no_data
from counterplay.report.packages.archive import Parts
from counterplay.report.packages.xml_parts import root_of

NAMESPACE = "urn:counterplay:report"

_PIECE = 1_000_000
_ITEM = "{5C1E6A1B-9B7D-4C56-8C0E-6F2D0A6E1C57}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES = (
    f'{_XML}<ds:datastoreItem ds:itemID="{_ITEM}" xmlns:ds="{_OFFICE}/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_TYPE = (
    '<Override PartName="/customXml/itemProps1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.customXmlProperties+xml"/></Types>'
)
_DATA_PART = re.compile(r"customXml/item\d{1,4}\.xml")


@dataclass(frozen=True)
class Kept:
    """What a package keeps for the check.

    Attributes
    ----------
    data : str
        The report as JSON text.
    drawing : str
        Equal on machines that draw the same picture with the same bytes; empty without pictures.
    """

    data: str
    drawing: str


def with_data(parts: Parts, main: str, data: Mapping[str, Any], drawing: str = "") -> Parts:
    """Return a package with the report's data in it.

    Parameters
    ----------
    parts : Parts
        Without custom XML of its own.
    main : str
        Name of the part that refers to the data: the document or the workbook.
    data : mapping
        The report as JSON data.
    drawing : str
        See `Kept`.
    """
    folder, _, file = main.rpartition("/")
    listed = f"{folder}/_rels/{file}.rels"
    return {
        **parts,
        "[Content_Types].xml": _ending(parts["[Content_Types].xml"], "</Types>", _TYPE),
        listed: _ending(
            parts[listed],
            "</Relationships>",
            f"{_relationship('rIdReport', 'customXml', '../customXml/item1.xml')}</Relationships>",
        ),
        "customXml/item1.xml": _item(data, drawing).encode(),
        "customXml/itemProps1.xml": _PROPERTIES.encode(),
        "customXml/_rels/item1.xml.rels": (
            f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships">{_relationship("rId1", "customXmlProps", "itemProps1.xml")}'
            "</Relationships>"
        ).encode(),
    }


def kept_data(parts: Parts, name: str) -> Kept:
    """Return what `with_data` put into a package.

    Raises
    ------
    ReportError
        If it is not there; `name` is how the message calls the file.
    """
    for part in filter(_DATA_PART.fullmatch, parts):
        try:
            root = root_of(parts, part, name)
        except ReportError:
            continue
        if root.tag == f"{{{NAMESPACE}}}report":
            pieces = [piece.text or "" for piece in root.iter(f"{{{NAMESPACE}}}piece")]
            return Kept("".join(pieces), root.get("drawing", ""))
    raise no_data(name)


def _item(data: Mapping[str, Any], drawing: str) -> str:
    """Return the data as XML: JSON in ASCII has no character that XML cannot hold."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    pieces = "".join(
        f"<piece>{escape(text[start : start + _PIECE])}</piece>"
        for start in range(0, len(text), _PIECE)
    )
    return f'{_XML}<report xmlns="{NAMESPACE}" drawing={quoteattr(drawing)}>{pieces}</report>'


def _relationship(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'


def _ending(part: bytes, end: str, more: str) -> bytes:
    before, found, _ = part.decode().rpartition(end)
    if not found:
        raise AssertionError(end)
    return f"{before}{more}".encode()
