"""What sets several outcomes apart: the table of selection, each criterion defined below it."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.blocks import Block, Bullets, Paragraph, Section


def selection_section(findings: Findings) -> Iterator[Section]:
    """Yield the section where two or more outcomes are listed."""
    table = findings.selection
    if table is None:
        return
    shown = tables.selection(table)
    told = {row[0] for row in shown.rows}
    silent = [column.title for column in table.columns if column.title not in told]
    blocks: list[Block] = [
        Paragraph(
            "Each criterion asks a question of its own, and they may disagree; none says which "
            "outcome occurs. A dash: not defined there, or not decided."
        ),
        shown,
        Bullets(
            tuple(
                f"{column.title}: {column.definition}"
                for column in table.columns
                if column.title in told
            )
        ),
        Paragraph(tables.selection_starts(table), role="note"),
    ]
    if silent:
        words = f"Not defined or not decided here: {'; '.join(silent)}."
        blocks.append(Paragraph(words, role="note"))
    if table.listed > len(table.rows):
        words = f"The first {len(table.rows)} of {table.listed} are shown, compared with all."
        blocks.append(Paragraph(words, role="note"))
    yield Section("What sets the outcomes apart", 2, tuple(blocks), "selection")
