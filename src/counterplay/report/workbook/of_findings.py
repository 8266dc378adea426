"""The sheets of a report of findings."""

from __future__ import annotations

from collections.abc import Iterator

from counterplay.report.material import Material
from counterplay.report.workbook import inputs, outcomes
from counterplay.report.workbook.cells import Sheet
from counterplay.report.workbook.futures import analysis_sheets


def findings_sheets(material: Material) -> Iterator[Sheet]:
    """Yield the sheets of a level that have something to say; levels nest."""
    findings, reasons = material.findings, material.notes.reasons
    wanted = [outcomes.outcomes(findings), outcomes.choices(findings), outcomes.breaks(findings)]
    if material.level != "brief":
        wanted += [
            outcomes.switching(findings),
            outcomes.payoffs(findings),
            inputs.assumptions(findings, reasons),
            inputs.constants(findings, reasons),
            inputs.evidence(findings),
            outcomes.caveats(findings),
        ]
    if material.analysis is not None and material.level != "brief":
        wanted += analysis_sheets(material.analysis)
    yield from (sheet for sheet in wanted if sheet.rows)
