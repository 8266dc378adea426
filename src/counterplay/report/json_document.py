"""A report as JSON: the findings with the whole scenario, so that it verifies anywhere."""

from __future__ import annotations

import json
from typing import Any

from counterplay.findings import Findings

KIND = "counterplay report"


def report_data(findings: Findings, level: str) -> dict[str, Any]:
    """Return a report as plain JSON data."""
    return {
        "kind": KIND,
        "format": 1,
        "level": level,
        "findings": findings.to_dict(),
        "scenario": findings.scenario.canonical(),
    }


def json_text(data: object) -> str:
    """Write JSON with shortest round-trip numbers; the same data gives the same bytes."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
