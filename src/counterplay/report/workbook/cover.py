"""The cover of a workbook: page one in words, and what the sheets hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from counterplay.report.blocks import Bullets, Document, Facts, Paragraph, Section
from counterplay.report.workbook.cells import Sheet

NAME = "Summary"

Look = Literal["title", "marking", "finding", "text"]


@dataclass(frozen=True)
class Line:
    """A line of the cover.

    Attributes
    ----------
    label, text : str
    look : str
    sheet : str
        The sheet to which the label leads, if it does.
    """

    label: str
    text: str
    look: Look = "text"
    sheet: str = ""


def cover(document: Document, sheets: Sequence[Sheet]) -> Iterator[Line]:
    """Yield the lines of the cover, in the words of page one."""
    if document.masthead.marking:
        yield Line("", document.masthead.marking, "marking")
    for section in itertools.takewhile(lambda part: not part.new_page, document.sections):
        yield from _section(section)
    yield Line("Solved with", document.masthead.solved)
    yield Line("Rounding", "Cells hold every digit and show as many as the report does.")
    for sheet in sheets:
        yield Line(sheet.name, sheet.note, sheet=sheet.name)


def _section(section: Section) -> Iterator[Line]:
    label = section.title
    if section.depth == 1:
        yield Line("", section.title, "title")
        label = "Question"
    for block in section.blocks:
        if isinstance(block, Facts):
            for name, value in block.items:
                yield Line(name, value)
            continue
        for text, look in _texts(block):
            yield Line(label, text, look)
            label = "Finding" if label == "Question" else ""


def _texts(block: object) -> Iterator[tuple[str, Look]]:
    if isinstance(block, Paragraph):
        yield block.text, "finding" if block.strong else "text"
    elif isinstance(block, Bullets):
        for item in block.items:
            yield item, "text"
