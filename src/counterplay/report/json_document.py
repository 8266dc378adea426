"""A report as JSON: the findings with the whole scenario, so that it verifies anywhere."""

from __future__ import annotations

import json
from typing import Any

from counterplay.findings import Findings
from counterplay.report.reasons import NO_REASONS, Reasons, reasons_data

KIND = "counterplay report"


def report_data(findings: Findings, level: str, reasons: Reasons = NO_REASONS) -> dict[str, Any]:
    """Return a report as plain JSON data; it names reasons for moved numbers if there are some."""
    return {
        "kind": KIND,
        "format": 1,
        "level": level,
        **reasons_data(reasons),
        "findings": findings.to_dict(),
        "scenario": findings.scenario.canonical(),
    }


def json_text(data: object) -> str:
    """Write JSON with shortest round-trip numbers; the same data gives the same bytes."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
