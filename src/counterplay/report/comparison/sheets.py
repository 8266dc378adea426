"""The sheets of a report of a comparison: live numbers of what differs and what did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from counterplay.explain.narrate import number_text, points, signed
from counterplay.report import tables
from counterplay.report.comparison.inputs import differing_inputs
from counterplay.report.comparison.material import ComparedMaterial
from counterplay.report.tables.table import Table
from counterplay.report.workbook.cells import Cell, Number, Sheet, sheet_of
from counterplay.sensitivity.attribution.result import Attribution, SettingsComparison

_OWN = "Payoffs are each player's own and do not compare between players."
_KINDS = {"least": "least payoff", "greatest": "greatest payoff"}


def comparison_sheets(material: ComparedMaterial) -> Iterator[Sheet]:
    """Yield the sheets that have something to say."""
    wanted = (_inputs(material), _outcomes(material), _payoffs(material), _shares(material))
    yield from (sheet for sheet in wanted if sheet.rows)


def _inputs(material: ComparedMaterial) -> Sheet:
    comparison = material.comparison
    table = differing_inputs(comparison)
    if isinstance(comparison, SettingsComparison):
        rows: Iterable[Iterable[Cell]] = [
            (label, name, *(_value(setting.values[name]) for setting in comparison.settings))
            for label, name, *_ in table.rows
        ]
    else:
        rows = [
            (each.label, each.id, _value(each.before), _value(each.after))
            for each in comparison.inputs
        ]
    return sheet_of("What differs", "Inputs that are not the same.", table.columns, rows)


def _outcomes(material: ComparedMaterial) -> Sheet:
    table: Table = tables.compared_outcomes(material.comparison)
    return sheet_of("Outcomes", "What is stable under each setting.", table.columns, table.rows)


def _payoffs(material: ComparedMaterial) -> Sheet:
    rows = [
        (setting.name, span.name, _points(span.least), _points(span.greatest))
        for setting in material.comparison.settings
        for span in setting.payoffs
    ]
    note = f"The least and the greatest among the stable outcomes listed. {_OWN}"
    return sheet_of("Payoffs", note, ("Setting", "Player", "Least", "Greatest"), rows)


def _shares(material: ComparedMaterial) -> Sheet:
    rows = [
        (
            change.before,
            change.after,
            f"{each.label}: {_measure(each)}",
            factor.label,
            Number(part, signed(part)),
            Number(each.change, signed(each.change)),
        )
        for change in material.changes
        for each in (*change.payoffs, *change.presence)
        for factor, part in zip(change.factors, each.parts, strict=True)
    ]
    note = "What each input adds on average over all orders of change (Shapley value)."
    columns = ("From", "To", "What changes", "Input", "Share", "Whole change")
    return sheet_of("Shares", note, columns, rows)


def _measure(each: Attribution) -> str:
    return _KINDS.get(each.kind, "possible (1) or not (0)")


def _value(value: float | None) -> Cell:
    return "none" if value is None else Number(value, number_text(value))


def _points(value: float) -> Number:
    return Number(value, points(value))
