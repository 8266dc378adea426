"""Sets of equilibria in words and ranges, where payoffs tie and outcomes are not single points."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.findings import Findings
from counterplay.report import tables
from counterplay.report.blocks import Block, Bullets, Paragraph, Section


def region_sections(findings: Findings) -> Iterator[Section]:
    """Yield a section with a table for each connected set of outcomes."""
    regions = findings.solution.regions
    if not regions:
        return
    blocks: list[Block] = [
        Paragraph(
            "Where payoffs tie, outcomes need not be single points. Each set below holds outcomes "
            "between the limits shown, and different sets are not connected. The limits are "
            "outer ones: not every point between them is an outcome, and numbers of different "
            "players cannot be combined freely."
        )
    ]
    for k in range(min(len(regions), tables.REGIONS_SHOWN)):
        blocks.append(tables.region_table(findings, k))
        blocks.append(Bullets(tuple(tables.region_words(findings, regions[k]))))
    if len(regions) > tables.REGIONS_SHOWN:
        blocks.append(
            Paragraph(
                f"The first {tables.REGIONS_SHOWN} of {len(regions)} are shown.", role="note"
            )
        )
    yield Section("Sets of outcomes", 2, tuple(blocks), "regions")
