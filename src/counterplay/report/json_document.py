"""A report as JSON: the findings with the whole scenario, so that it verifies anywhere."""

from __future__ import annotations

import json
from typing import Any

from counterplay.findings import Analysis, Findings
from counterplay.report.notes import NO_NOTES, Notes

KIND = "counterplay report"


def report_data(
    findings: Findings, level: str, notes: Notes = NO_NOTES, analysis: Analysis | None = None
) -> dict[str, Any]:
    """Return a report as plain JSON data; notes and an analysis stand in it where there are."""
    return {
        "kind": KIND,
        "format": 1,
        "level": level,
        **notes.to_dict(),
        "findings": findings.to_dict(),
        **({} if analysis is None else {"analysis": analysis.to_dict()}),
        "scenario": findings.scenario.canonical(),
    }


def json_text(data: object) -> str:
    """Write JSON with shortest round-trip numbers; the same data gives the same bytes."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
