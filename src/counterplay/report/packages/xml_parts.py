"""XML inside packages, read without entities, without network and within limits."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from counterplay.errors import MissingExtraError, ReportError
from counterplay.report.packages.archive import Parts

if TYPE_CHECKING:  # an extra brings it
    from lxml.etree import _Element

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def root_of(parts: Parts, part: str, name: str) -> _Element:
    """Return the root element of a part.

    Parameters
    ----------
    parts : Parts
    part : str
        Its name.
    name : str
        How messages call the file.

    Raises
    ------
    ReportError
        If there is no such part, or it is no plain XML.
    MissingExtraError
        If lxml is not installed.
    """
    try:
        from lxml import etree
    except ImportError as error:
        raise MissingExtraError("reading Office files", "report") from error
    if part not in parts:
        raise ReportError(f"{name}: {part} is missing, so not a report")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(parts[part], parser)
    except (etree.XMLSyntaxError, ValueError):
        raise ReportError(f"{name}: {part} is not readable as XML, so not a report") from None
    if root.getroottree().docinfo.doctype:
        raise ReportError(f"{name}: {part} declares entities, so not a report")
    return root


def targets(parts: Parts, part: str, name: str) -> dict[str, str]:
    """Return the parts that a part refers to, by the id of the relationship.

    What lies outside the package has the word ``external:`` before it.
    """
    folder, file = posixpath.split(part)
    listed = f"{folder}/_rels/{file}.rels"
    if listed not in parts:
        return {}
    found = {}
    for entry in root_of(parts, listed, name).iter(f"{{{RELATIONSHIPS}}}Relationship"):
        target = entry.get("Target", "")
        if entry.get("TargetMode") == "External":
            found[entry.get("Id", "")] = f"external:{target}"
        else:
            place = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            found[entry.get("Id", "")] = posixpath.normpath(place)
    return found
