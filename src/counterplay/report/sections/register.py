"""The register of assumptions, sorted by what they do to the answer."""

from __future__ import annotations

import math
from collections.abc import Iterator

from counterplay.explain.narrate import number_text, percent
from counterplay.findings import Findings
from counterplay.report.blocks import Paragraph, Section
from counterplay.report.tables.table import Table, table_of
from counterplay.report.tipping_words import threshold
from counterplay.scenario import Parameter
from counterplay.sensitivity.tipping.table import TippingPoint, TippingTable


def register_sections(findings: Findings, tipping: TippingTable | None) -> Iterator[Section]:
    """Yield the register of assumptions where there are some."""
    if not findings.scenario.parameters:
        return
    lead = Paragraph(
        "Sorted by effect: first what changes the answer when moved least, alone, as a share of "
        "its range. Confidence is the author's in each number.",
        role="note",
    )
    blocks = (lead, register(findings, tipping))
    yield Section("Assumption register", 2, blocks, "register")


def register(findings: Findings, tipping: TippingTable | None) -> Table:
    """Return every assumption with its basis and sources, those nearest to a change first.

    Parameters
    ----------
    findings : Findings
    tipping : TippingTable or None
        Of these findings; without it the effect is how far an outcome holds.
    """
    effects = {p.id: _effect(findings, tipping, p.id) for p in findings.scenario.parameters}
    ordered = sorted(findings.scenario.parameters, key=lambda p: effects[p.id][0])
    rows = [
        (
            parameter.label,
            number_text(findings.values[parameter.id]),
            effects[parameter.id][1],
            parameter.basis,
            _sources(findings, parameter),
            parameter.confidence,
            parameter.if_wrong or "–",
        )
        for parameter in ordered
    ]
    columns = (
        "Assumption", "Value", "Answer changes", "Basis", "Source and status", "Confidence",
        "If wrong",
    )  # fmt: skip
    return table_of("Assumptions by their effect on the answer", columns, rows, {1})


def _effect(findings: Findings, tipping: TippingTable | None, name: str) -> tuple[float, str]:
    """Return the distance to the nearest change, and the change in a few words."""
    if tipping is None:
        return _break_effect(findings, name)
    points = sorted(tipping.of(name), key=lambda point: (not point.pure, point.distance))
    if not points:
        return (
            math.inf,
            "none: no payoff depends on it" if name in tipping.unused else "none found",
        )
    return points[0].distance + (0.0 if points[0].pure else 1.0), _words(findings, points[0])


def _words(findings: Findings, point: TippingPoint) -> str:
    place = threshold(point, findings.values[point.parameter])
    what = "" if point.pure else ", mixed outcomes only"
    return f"{place}, {percent(point.distance)} away{what}"


def _break_effect(findings: Findings, name: str) -> tuple[float, str]:
    found = [p for points in findings.breaks for p in points if p.parameter == name]
    if not found:
        return math.inf, "none found"
    first = min(found, key=lambda point: point.distance)
    return first.distance, (
        f"{first.side} {number_text(first.value)}, {percent(first.distance)} away"
    )


def _sources(findings: Findings, parameter: Parameter) -> str:
    records = map(findings.scenario.record, parameter.evidence)
    return ", ".join(f"{r.id} ({r.status})" for r in records) or "no source"
