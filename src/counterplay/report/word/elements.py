"""The few elements of WordprocessingML that python-docx has no call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """Return an element of the main namespace with attributes of the same.

    Examples
    --------
    >>> element("tblHeader", val="true").tag.rpartition("}")[2]
    'tblHeader'
    """
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def put(parent: BaseOxmlElement, child: BaseOxmlElement, *after: str) -> None:
    """Put a child in place of any of its kind, behind the children that the schema has first.

    Parameters
    ----------
    parent, child : element
    *after : str
        Tags of the main namespace that go before it.
    """
    for old in parent.findall(child.tag):
        parent.remove(old)
    before = {qn(f"w:{tag}") for tag in after}
    places = [number for number, other in enumerate(parent, 1) if other.tag in before]
    parent.insert(max(places, default=0), child)


def add_field(paragraph: Paragraph, code: str, result: str) -> None:
    """Add a field that Word works out, such as the number of the page, as it reads until then."""
    for part in ("begin", "code", "separate", "result", "end"):
        run = paragraph.add_run()
        if part == "code":
            told = element("instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {code} "
            run.element.append(told)
        elif part == "result":
            run.text = result
        else:
            run.element.append(element("fldChar", fldCharType=part))


def keep_language(run: Run) -> None:
    """Mark a run as no text to be proofed, such as a hash."""
    run.element.get_or_add_rPr().append(element("noProof"))
