"""A report as Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from counterplay.report.blocks import Block, Bullets, Document, Facts, Paragraph, Picture
from counterplay.report.tables import Table
from counterplay.scenario.source import printable


def markdown(document: Document, data: Mapping[str, Any]) -> str:
    """Write a report as Markdown; figures become their tables, and text from files is escaped.

    `data` is the report as JSON data; it is kept in a comment at the end, so that the file
    verifies.
    """
    parts = []
    for section in document.sections:
        parts.append(f"{'#' * section.depth} {escaped(section.title)}")
        if section.depth == 1 and document.masthead.marking:
            parts.append(f"**{escaped(document.masthead.marking)}**")
        parts += [_block(block) for block in section.blocks]
    if document.masthead.marking:
        parts.append(f"**{escaped(document.masthead.marking)}**")
    parts.append(f"<!-- counterplay-report {_comment(data)} -->")
    return "\n\n".join(part for part in parts if part) + "\n"


def _comment(data: Mapping[str, Any]) -> str:
    """Return JSON that cannot end the comment it stands in."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return text.replace("-->", "--\\u003e").replace("--!>", "--!\\u003e")


def escaped(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    flat = re.sub(r" +", " ", printable(text)).strip()
    marked = re.sub(r"([\\`*_{}\[\]<>#|$~&])", r"\\\1", flat)
    return re.sub(r"^(\d*)([-+.)])(?=\s|-*$)", r"\1\\\2", marked)


def _block(block: Block) -> str:
    if isinstance(block, Paragraph):
        text = escaped(block.text)
        return f"**{text}**" if block.strong else text
    if isinstance(block, Bullets):
        return "\n".join(f"- {escaped(item)}" for item in block.items)
    if isinstance(block, Facts):
        return "\n".join(f"- {escaped(name)}: {escaped(value)}" for name, value in block.items)
    return _table(block.table if isinstance(block, Picture) else block)


def _table(table: Table) -> str:
    head = "| " + " | ".join(escaped(column) for column in table.columns) + " |"
    rule = "|" + "|".join(" ---: " if right else " --- " for right in table.numeric) + "|"
    rows = ["| " + " | ".join(escaped(cell) for cell in row) + " |" for row in table.rows]
    return "\n".join([f"*{escaped(table.title)}*", "", head, rule, *rows])
