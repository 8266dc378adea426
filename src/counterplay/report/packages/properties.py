"""The properties that a package states of itself: title, question, hashes, and a date if given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from counterplay.report.blocks import Masthead
from counterplay.report.packages.archive import Parts
from counterplay.report.packages.xml_parts import root_of
from counterplay.scenario.source import printable

PROPERTIES = "docProps/core.xml"
"""Name of the part."""

_SEPARATOR = re.compile(r"[;,]")  # each program has its own
_SHOWN = ("title", "subject", "keywords")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


def properties(masthead: Masthead, created: datetime | None) -> bytes:
    """Return the properties of a report as a part; without a date it has none."""
    keywords = "; ".join(masthead.keywords)
    told = [
        f"<dc:title>{_text(masthead.title)}</dc:title>",
        f"<dc:subject>{_text(masthead.question or '')}</dc:subject>",
        "<dc:creator>Counterplay</dc:creator>",
        f"<cp:keywords>{keywords}</cp:keywords>",
        "<dc:language>en-GB</dc:language>",
        "<cp:lastModifiedBy>Counterplay</cp:lastModifiedBy>",
    ]
    if created is not None:
        told += [
            f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{created:%Y-%m-%dT%H:%M:%SZ}'
            f"</dcterms:{name}>"
            for name in ("created", "modified")
        ]
    return f"{_HEAD}{''.join(told)}</cp:coreProperties>".encode()


def property_places(parts: Parts, name: str) -> Iterator[tuple[str, str]]:
    """Yield what a package states of itself, for the comparison with the same made again."""
    found = {
        str(element.tag).rpartition("}")[2]: element.text or ""
        for element in root_of(parts, PROPERTIES, name)
    }
    for kind in _SHOWN:
        text = found.get(kind, "")
        told = _SEPARATOR.sub(" ", text) if kind == "keywords" else text
        yield f"properties, {kind}", " ".join(told.split())


def _text(text: str) -> str:
    return escape(" ".join(printable(text).split()))
