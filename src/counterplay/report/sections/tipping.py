"""Where the answer changes: one assumption moved alone, and two together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from counterplay.explain.narrate import percent
from counterplay.report.blocks import Block, Bullets, Paragraph, Picture, Section
from counterplay.report.material import Material
from counterplay.report.phase_map_key import Key
from counterplay.report.tables.table import Table, table_of
from counterplay.report.tipping_words import tipping_twin
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.maps.words import pure_words
from counterplay.sensitivity.tipping.table import TippingTable


def tipping_sections(material: Material) -> Iterator[Section]:
    """Yield the tipping points, then the phase map, if an analysis has them."""
    analysis = material.analysis
    if analysis is None:
        return
    table, found = analysis.tipping, analysis.phase_map
    if table is not None:
        blocks = tuple(_tipping(material, table))
        yield Section("What would change the answer", 2, blocks, "tipping")
    if found is not None:
        picture = Picture("phase_map", (found,), _map_table(found))
        sentences = Bullets(found.words)
        yield Section("Two assumptions together", 2, (picture, sentences), "map")


def _tipping(material: Material, table: TippingTable) -> Iterator[Block]:
    """Yield the tipping points; a standard report leaves those of mixed outcomes to the data."""
    firm = replace(table, items=tuple(point for point in table if point.pure))
    shown = table if material.level == "full" or not firm else firm
    scenario = material.findings.scenario
    yield Picture("tipping_bars", (scenario, table), tipping_twin(scenario, shown))
    if len(shown) < len(table):
        yield Paragraph(
            f"{len(table) - len(shown)} more tipping points change mixed outcomes alone; the full "
            "report and the data have them.",
            role="note",
        )
    yield Paragraph(table.words)
    yield Paragraph(table.method, role="note")


def _map_table(found: PhaseMap) -> Table:
    """Return each set of settled choices on a map with its letters and its share."""
    key = Key(found)
    rows = [
        (
            key.name(pure),
            pure_words(found.scenario, pure),
            f"{count:,}",
            percent(count / found.index.size),
        )
        for pure, count in found.pure_counts.items()
    ]
    columns = ("Letters", "Settled choices", "Cells", "Share")
    title = "Settled choices on the map, most cells first; a share of a map is not a likelihood"
    return table_of(title, columns, rows, {2, 3})
