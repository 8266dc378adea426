"""Styles of a Word report: headings, captions and the roles of paragraphs, and one for tables.

All looks are in styles: whoever replaces them gives the whole report another look.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from counterplay.report.figures import TOKENS
from counterplay.report.word.elements import element, put

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle

FONT = "Arial"
"""On every machine, or one of the same widths; its letters hold Latin, Greek and Cyrillic."""

TABLE = "Counterplay Table"
QUESTION, FINDING, STATUS, CAUTION = "Question", "Finding", "Status", "Caution"
NOTE, FACTS, CELL, CELL_NUMBER = "Note", "Facts", "Table Text", "Table Number"
CELL_HEAD, CELL_HEAD_NUMBER = "Table Heading", "Table Heading Number"
PICTURE, MARKING, SPACE = "Figure", "Marking", "Space after Table"

_LIGHT = TOKENS["light"]


@dataclass(frozen=True)
class _Look:
    """How a paragraph looks: sizes and spaces in points."""

    size: float
    before: float = 0.0
    after: float = 6.0
    bold: bool = False
    colour: str = _LIGHT.ink
    tint: str = ""
    with_next: bool = False
    base: str = "Normal"
    line: float = 1.08
    right: bool = False


_LOOKS = {
    "Normal": _Look(9, base="", after=3),
    "Title": _Look(16, 0, 4, bold=True, with_next=True, line=1.0),
    "Heading 1": _Look(11.5, 7, 2, bold=True, with_next=True, line=1.0),
    "Heading 2": _Look(10.5, 8, 3, bold=True, with_next=True, line=1.0),
    "List Bullet": _Look(9, after=1.5),
    "Caption": _Look(8.5, 5, 2, bold=True, with_next=True, line=1.0),
    "Header": _Look(8, after=0, colour=_LIGHT.second),
    "Footer": _Look(8, after=0, colour=_LIGHT.second),
    QUESTION: _Look(10, after=4, colour=_LIGHT.second),
    FINDING: _Look(11, 2, 4, bold=True),
    STATUS: _Look(8.5, after=1, bold=True, colour=_LIGHT.second),
    CAUTION: _Look(8.5, after=1, bold=True, colour=_LIGHT.caution, tint=_LIGHT.caution_tint),
    NOTE: _Look(8, 0, 3, colour=_LIGHT.second, line=1.05),
    FACTS: _Look(8.5, after=1, line=1.0),
    CELL: _Look(8.5, 1, 1, line=1.0),
    CELL_NUMBER: _Look(8.5, 1, 1, base=CELL, line=1.0, right=True),
    CELL_HEAD: _Look(8, 1.5, 1.5, bold=True, colour=_LIGHT.second, base=CELL, line=1.0),
    CELL_HEAD_NUMBER: _Look(
        8, 1.5, 1.5, bold=True, colour=_LIGHT.second, base=CELL_HEAD, line=1.0, right=True
    ),
    SPACE: _Look(4, after=0, line=1.0),
    PICTURE: _Look(10, 2, 2, with_next=True, line=1.0),
    MARKING: _Look(9, after=2, bold=True),
}

_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="CounterplayTable">
<w:name w:val="{TABLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/><w:qFormat/>
<w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="8" w:space="0" w:color="{_LIGHT.ink[1:]}"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{_LIGHT.ink[1:]}"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_LIGHT.line[1:]}"/>
</w:tblBorders><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>
</w:tblCellMar></w:tblPr>
<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="6" w:space="0" w:color="{_LIGHT.ink[1:]}"/></w:tcBorders>
<w:shd w:val="clear" w:color="auto" w:fill="{_LIGHT.panel[1:]}"/></w:tcPr></w:tblStylePr>
<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>
</w:style>
"""


def set_styles(document: Document) -> None:
    """Give a document the styles of a report, and none besides that it does not need."""
    listed = document.styles
    for style in list(listed):
        is_default = style.element.get(qn("w:default")) == "1"
        if style.type == WD_STYLE_TYPE.TABLE and not is_default:
            style.delete()
    listed.element.append(parse_xml(_TABLE_STYLE))
    for name, look in _LOOKS.items():
        if name not in listed:
            listed.add_style(name, WD_STYLE_TYPE.PARAGRAPH).quick_style = True
        _set_look(document, name, look)
    _set_defaults(document)


def _set_look(document: Document, name: str, look: _Look) -> None:
    style: ParagraphStyle = document.styles[name]
    if look.base:
        style.base_style = document.styles[look.base]
    _set_font(style)
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic = look.bold, False
    style.font.color.rgb = RGBColor.from_string(look.colour[1:])
    space = style.paragraph_format
    space.space_before, space.space_after = Pt(look.before), Pt(look.after)
    space.line_spacing_rule = WD_LINE_SPACING.MULTIPLE
    space.line_spacing = look.line
    space.keep_with_next, space.widow_control = look.with_next, True
    if look.right:
        space.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    properties = style.element.get_or_add_pPr()
    for tag in ("pBdr", "contextualSpacing", "tabs"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    if look.tint:
        shade = element("shd", val="clear", color="auto", fill=look.tint[1:])
        put(properties, shade, "keepNext", "keepLines", "widowControl", "numPr", "pBdr")


def _set_font(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_rPr()
    for tag in ("rFonts", "spacing", "kern"):
        for old in properties.findall(qn(f"w:{tag}")):
            properties.remove(old)
    fonts = element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT)
    properties.insert(0, fonts)


def _set_defaults(document: Document) -> None:
    """Set the language, and let Word show the file as one of today."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}//{qn('w:rPr')}")
    if defaults is not None:
        for tag in ("rFonts", "lang"):
            for old in defaults.findall(qn(f"w:{tag}")):
                defaults.remove(old)
        defaults.insert(0, element("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT))
        defaults.append(element("lang", val="en-GB", eastAsia="ko-KR", bidi="ar-SA"))
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
