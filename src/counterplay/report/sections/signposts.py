"""What to watch, and how this could go wrong."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.explain.narrate import number_text
from counterplay.findings import Findings
from counterplay.report.blocks import Block, Bullets, Paragraph, Section
from counterplay.report.material import Material
from counterplay.report.tables.table import Table, table_of
from counterplay.report.tipping_words import change_of, change_sentence, threshold
from counterplay.sensitivity.tipping.table import TippingPoint, TippingTable

NOTHING_NAMED = "nothing to watch is named"


_SHOWN = {"brief": 6, "standard": 12, "full": 60}
_CHEAPEST = 3


def signpost_sections(material: Material) -> Iterator[Section]:
    """Yield what to watch, then the cheapest ways in which the finding ends."""
    table = material.analysis.tipping if material.analysis else None
    if table is None or not watched(table):
        return
    findings, most = material.findings, _SHOWN[material.level]
    blocks: list[Block] = [
        Paragraph(
            "Each row is a value of one assumption at which the settled choices change, all "
            "others as they are: seen beyond it, the answer is no longer the one of page one."
        ),
        signposts(findings, table, most),
    ]
    if len(watched(table)) > most:
        words = f"The nearest {most} of {len(watched(table))} are shown."
        blocks.append(Paragraph(words, role="note"))
    yield Section("Indicators and signposts", 2, tuple(blocks), "signposts")
    yield _wrong(material, table)


def _wrong(material: Material, table: TippingTable) -> Section:
    scenario = material.findings.scenario
    cheapest = cheapest_ways(material.findings, table)
    blocks: list[Block] = [
        Paragraph(
            "The nearest changes of a single assumption after which something else is stable, "
            "each with another result:"
        ),
        Bullets(tuple(change_sentence(scenario, p, table.held[p.parameter]) for p in cheapest)),
    ]
    together = material.analysis.nearest if material.analysis else ()
    if together and material.requires("nearest"):
        blocks.append(Paragraph("The least change of several assumptions at once:"))
        blocks.append(Bullets(tuple(change.words for change in together)))
    count = {1: "The cheapest way", 2: "The two cheapest ways"}
    title = count.get(len(cheapest), "The three cheapest ways")
    return Section(f"{title} this goes wrong", 2, tuple(blocks), "wrong")


def cheapest_ways(findings: Findings, table: TippingTable) -> tuple[TippingPoint, ...]:
    """Return the three nearest tipping points with different results."""
    ways: dict[str, TippingPoint] = {}
    for point in watched(table):
        ways.setdefault(change_of(findings.scenario, point, table.held[point.parameter]), point)
    return tuple(ways.values())[:_CHEAPEST]


def signposts(findings: Findings, table: TippingTable, most: int) -> Table:
    """Return what to watch for the tipping points of settled choices, nearest first.

    Parameters
    ----------
    findings : Findings
    table : TippingTable
        Of these findings.
    most : int
        Rows at most.
    """
    rows = [_row(findings, table, point) for point in watched(table)[:most]]
    columns = ("Assumption", "What to watch", "Now", "Signal", "Then")
    return table_of("Signposts, nearest first", columns, rows, {2})


def watched(table: TippingTable) -> tuple[TippingPoint, ...]:
    """Return the tipping points that change settled choices, nearest first."""
    return tuple(point for point in table if point.pure)


def _row(findings: Findings, table: TippingTable, point: TippingPoint) -> tuple[str, ...]:
    parameter = next(p for p in findings.scenario.parameters if p.id == point.parameter)
    now = table.held[point.parameter]
    return (
        parameter.label,
        parameter.observable or NOTHING_NAMED,
        number_text(now),
        threshold(point, now),
        change_of(findings.scenario, point, now),
    )
