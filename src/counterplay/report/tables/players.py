"""Who decides, and between what."""

from __future__ import annotations

from counterplay.findings import Findings
from counterplay.report.tables.table import GLYPHS, Table, table_of


def players(findings: Findings) -> Table:
    """Return every option of every player with what it means, and which holds today."""
    scenario = findings.scenario
    rows = [
        (
            f"{glyph} {player.name}" if number == 0 else "",
            option.label + (" (today)" if scenario.status_quo.get(player.id) == option.id else ""),
            option.description or "–",
        )
        for glyph, player in zip(_glyphs(len(scenario.players)), scenario.players, strict=True)
        for number, option in enumerate(player.options)
    ]
    return table_of("Players and options", ("Player", "Option", "What it means"), rows, ())


def _glyphs(count: int) -> str:
    return GLYPHS[:count].ljust(count)
