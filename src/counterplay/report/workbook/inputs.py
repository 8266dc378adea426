"""Sheets of inputs: assumptions, constants and the evidence that they cite."""

from __future__ import annotations

from counterplay.explain.narrate import number_text
from counterplay.findings import Findings
from counterplay.report.reasons import Reasons
from counterplay.report.workbook.cells import Cell, Number, Sheet, sheet_of


def assumptions(findings: Findings, reasons: Reasons) -> Sheet:
    """Return every parameter with its value, range, basis, evidence and the reason noted."""
    owners = {player.id: player.name for player in findings.scenario.players} | {"world": "World"}
    rows = [
        (
            parameter.label,
            parameter.id,
            _value(findings.values[parameter.id]),
            _value(parameter.default),
            _moved(findings.values[parameter.id], parameter.default),
            _value(parameter.low),
            _value(parameter.high),
            parameter.unit,
            owners[parameter.player],
            parameter.basis,
            parameter.confidence,
            ", ".join(parameter.evidence) or "no source",
            reasons.get(parameter.id, ""),
        )
        for parameter in findings.scenario.parameters
    ]
    columns = (
        "Assumption", "Id", "Value", "Default", "Moved", "Low", "High", "Unit", "About", "Basis",
        "Confidence", "Evidence", "Reason",
    )  # fmt: skip
    note = "Values as solved, with the range in which each can be moved."
    return sheet_of("Assumptions", note, columns, rows)


def constants(findings: Findings, reasons: Reasons) -> Sheet:
    """Return every constant with its value, basis, evidence and the reason noted."""
    rows = [
        (
            constant.meaning or constant.id,
            constant.id,
            _value(findings.values[constant.id]),
            _value(constant.value),
            _moved(findings.values[constant.id], constant.value),
            constant.basis,
            ", ".join(constant.evidence) or "no source",
            reasons.get(constant.id, ""),
        )
        for constant in findings.scenario.constants
    ]
    columns = ("Meaning", "Id", "Value", "Default", "Moved", "Basis", "Evidence", "Reason")
    return sheet_of("Constants", "Numbers that the scenario holds fixed.", columns, rows)


def evidence(findings: Findings) -> Sheet:
    """Return the records of the register, and what cites each."""
    scenario = findings.scenario
    cited = {
        part.id: part.evidence
        for parts in (scenario.parameters, scenario.constants, scenario.terms)
        for part in parts
    }
    rows: list[tuple[Cell, ...]] = [
        (
            record.id,
            record.claim,
            record.claimant,
            record.date,
            record.status,
            record.confirmed_by or "–",
            record.as_of,
            record.disputed_by or "–",
            record.source,
            ", ".join(name for name, ids in cited.items() if record.id in ids) or "nothing",
        )
        for record in scenario.evidence
    ]
    columns = (
        "Id", "Claim", "Claimant", "Date", "Status", "Confirmed by", "As of", "Disputed by",
        "Source", "Cited by",
    )  # fmt: skip
    note = "Claims are not confirmed unless their status says so."
    return sheet_of("Evidence", note, columns, rows)


def _moved(value: float, default: float) -> str:
    return "" if value == default else "moved"


def _value(value: float) -> Number:
    return Number(value, number_text(value))
