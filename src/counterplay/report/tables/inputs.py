"""Assumptions, constants and evidence, and what would break an outcome first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from counterplay.explain.narrate import number_text, percent
from counterplay.findings import Findings
from counterplay.report.tables.table import Table, table_of
from counterplay.report.tables.wording import option_label
from counterplay.sensitivity import BreakPoint


def values(findings: Findings) -> Table:
    """Return every parameter with its value, default, range and unit."""
    rows = []
    for parameter in findings.scenario.parameters:
        value = findings.values[parameter.id]
        owner = (
            "World"
            if parameter.player == "world"
            else findings.scenario.player(parameter.player).name
        )
        rows.append(
            (
                parameter.label,
                parameter.id,
                number_text(value) + ("" if value == parameter.default else " (moved)"),
                number_text(parameter.default),
                f"{number_text(parameter.low)} to {number_text(parameter.high)}",
                parameter.unit,
                owner,
            )
        )
    columns = ("Assumption", "Id", "Value", "Default", "Range", "Unit", "About")
    return table_of("Values, defaults and ranges", columns, rows, {2, 3, 4})


def moved(findings: Findings, reasons: Mapping[str, str]) -> Table:
    """Return every number that differs from its default or has a reason, and the reason noted.

    Parameters
    ----------
    findings : Findings
    reasons : mapping from parameter or constant id to text
    """
    scenario, defaults = findings.scenario, findings.scenario.full_values()
    labels = {constant.id: constant.meaning or constant.id for constant in scenario.constants}
    labels |= {parameter.id: parameter.label for parameter in scenario.parameters}
    rows = [
        (
            labels[name],
            name,
            number_text(defaults[name]),
            number_text(value),
            reasons.get(name, "no reason noted"),
        )
        for name, value in findings.values.items()
        if name in findings.moved or name in reasons
    ]
    columns = ("Assumption", "Id", "Default", "Value", "Reason")
    return table_of("Moved, and why", columns, rows, {2, 3})


def constants(findings: Findings) -> Table:
    """Return every constant with its value, basis and evidence."""
    rows = [
        (
            constant.meaning or constant.id,
            constant.id,
            number_text(findings.values[constant.id])
            + ("" if findings.values[constant.id] == constant.value else " (moved)"),
            constant.basis,
            ", ".join(constant.evidence) or "no source",
        )
        for constant in findings.scenario.constants
    ]
    return table_of("Constants", ("Meaning", "Id", "Value", "Basis", "Evidence"), rows, {2})


def breaks(findings: Findings, k: int) -> Table:
    """Return how far each assumption can move alone before equilibrium `k` breaks, by distance."""
    labels = {parameter.id: parameter for parameter in findings.scenario.parameters}
    rows = [
        (
            labels[point.parameter].label,
            number_text(findings.values[point.parameter]),
            f"{point.side} {number_text(point.value)}",
            percent(point.distance),
            _leaver(findings, point),
        )
        for point in findings.breaks[k]
    ]
    columns = ("Assumption", "Now", "Breaks", "Distance, share of range", "Who leaves")
    return table_of("What would break it first", columns, rows, {1, 3})


def evidence(findings: Findings, ids: Iterable[str]) -> Table:
    """Return the records cited, with claimant, dates, status, dispute and source."""
    wanted = set(ids)
    rows = [
        (
            record.id,
            record.claim,
            f"{record.claimant}, {record.date}",
            record.status
            + (f" by {record.confirmed_by}" if record.confirmed_by else "")
            + f" (as of {record.as_of})",
            record.disputed_by or "–",
            record.source,
        )
        for record in findings.scenario.evidence
        if record.id in wanted
    ]
    columns = ("Id", "Claim", "Claimant, date", "Status", "Disputed by", "Source")
    return table_of("Evidence", columns, rows, ())


def _leaver(findings: Findings, point: BreakPoint) -> str:
    name = findings.scenario.player(point.player).name
    return f"{name}, to “{option_label(findings, point.player, point.option)}”"
