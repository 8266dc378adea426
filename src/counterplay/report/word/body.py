"""The body of a Word report, its page and its margins."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from counterplay.report import figures
from counterplay.report.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Masthead,
    Paragraph,
    Picture,
)
from counterplay.report.figures.text import clean, short
from counterplay.report.tables import Table
from counterplay.report.word import styles
from counterplay.report.word.cells import WIDTH, add_table
from counterplay.report.word.elements import add_field, keep_language
from counterplay.report.word.pictures import POINTS, TIGHT, add_picture

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import _Footer, _Header
    from docx.text.paragraph import Paragraph as WordParagraph

_RUNNING = 90
_FACT = 110.0
_HEADINGS = {1: "Title", 2: "Heading 1", 3: "Heading 2"}
_ROLES = {
    "text": "Normal",
    "question": styles.QUESTION,
    "status": styles.STATUS,
    "caution": styles.CAUTION,
    "note": styles.NOTE,
}


def written(document: Document) -> WordDocument:
    """Return a report as a document of python-docx."""
    made = docx.Document()
    _strip(made)
    styles.set_styles(made)
    _set_page(made, document.masthead)
    _Body(made, document.masthead).add(document)
    return made


class _Body:
    """Adds the blocks of a report one after another, and counts its tables and figures."""

    def __init__(self, made: WordDocument, masthead: Masthead) -> None:
        self._made = made
        self._names = {name: k for k, name in enumerate(masthead.players)}
        self._tables = itertools.count(1)
        self._figures = itertools.count(1)
        self._points = TIGHT

    def add(self, document: Document) -> None:
        for section in document.sections:
            heading = self._made.add_paragraph(clean(section.title), _HEADINGS[section.depth])
            if section.new_page:
                self._points = POINTS
                heading.paragraph_format.page_break_before = True
            for block in section.blocks:
                self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            style = styles.FINDING if block.strong else _ROLES[block.role]
            self._made.add_paragraph(clean(block.text), style)
        elif isinstance(block, Bullets):
            for item in block.items:
                self._made.add_paragraph(clean(item), "List Bullet")
        elif isinstance(block, Facts):
            for name, value in block.items:
                self._fact(name, value)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self._table(block)

    def _fact(self, name: str, value: str) -> None:
        paragraph = self._made.add_paragraph("", styles.FACTS)
        paragraph.add_run(clean(name)).bold = True
        keep_language(paragraph.add_run(f"\t{clean(value)}"))

    def _table(self, table: Table) -> None:
        self._caption("Table", next(self._tables), table.title)
        add_table(self._made, table, self._names)
        self._made.add_paragraph("", styles.SPACE)

    def _picture(self, picture: Picture) -> None:
        number = next(self._figures)
        figure = getattr(figures, picture.kind)(*picture.arguments)
        self._caption("Figure", number, figure.title)
        add_picture(self._made.add_paragraph("", styles.PICTURE), figure, number, self._points)
        self._made.add_paragraph(clean(figure.caption), styles.NOTE)

    def _caption(self, kind: str, number: int, text: str) -> None:
        paragraph = self._made.add_paragraph(f"{kind} ", "Caption")
        add_field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
        paragraph.add_run(f". {clean(text)}")


def _strip(made: WordDocument) -> None:
    """Take out what the template of python-docx brings: a picture of it, and parts of its own."""
    part = made.part
    for owner in (part.rels, part.package.rels):
        for name, link in list(owner.items()):
            if link.reltype.endswith(("/customXml", "/stylesWithEffects", "/thumbnail")):
                del owner[name]


def _set_page(made: WordDocument, masthead: Masthead) -> None:
    (section,) = made.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(16), Mm(16)
    section.header_distance, section.footer_distance = Mm(8), Mm(7)
    facts = made.styles[styles.FACTS].paragraph_format
    facts.tab_stops.add_tab_stop(Pt(_FACT))
    facts.left_indent, facts.first_line_indent = Pt(_FACT), Pt(-_FACT)
    marking = made.styles[styles.MARKING].paragraph_format
    marking.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _mark(section.header, masthead.marking)
    _mark(section.footer, masthead.marking)
    foot = section.footer.add_paragraph("", "Footer")
    _stop_right(foot)
    keep_language(foot.add_run(f"{masthead.short_hashes}\tPage "))
    add_field(foot, "PAGE", "1")
    foot.add_run(" of ")
    add_field(foot, "NUMPAGES", "1")


def _mark(margin: _Header | _Footer, marking: str | None) -> None:
    first = margin.paragraphs[0]
    if marking:
        first.style = styles.MARKING
        first.add_run(short(marking, _RUNNING))


def _stop_right(paragraph: WordParagraph) -> None:
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(Pt(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
