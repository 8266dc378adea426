"""What differs between the settings, or the scenarios, of a comparison."""

from __future__ import annotations

from counterplay.explain.narrate import number_text
from counterplay.findings.side_by_side import Comparison
from counterplay.report import tables
from counterplay.report.tables.table import Table, table_of
from counterplay.sensitivity.attribution.result import SettingsComparison


def differing_inputs(comparison: Comparison) -> Table:
    """Return every input that differs, with its value in each setting or scenario."""
    if isinstance(comparison, SettingsComparison):
        return tables.compared_inputs(comparison)
    rows = [
        (each.label, each.id, _number(each.before), _number(each.after))
        for each in comparison.inputs
    ]
    columns = ("Input", "Id", *(setting.name for setting in comparison.settings))
    return table_of("What differs", columns, rows, {2, 3})


def _number(value: float | None) -> str:
    return "none" if value is None else number_text(value)
