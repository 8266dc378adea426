"""The data of a report of a comparison: all that it rests on, so that it verifies anywhere."""

from __future__ import annotations

from typing import Any

from counterplay.report.comparison.material import ComparedMaterial
from counterplay.report.notes import signed_data

KIND = "counterplay comparison"


def comparison_data(material: ComparedMaterial) -> dict[str, Any]:
    """Return a report of a comparison as plain JSON data."""
    return {
        "kind": KIND,
        "format": 1,
        **signed_data(material.sign_off),
        "comparison": material.comparison.to_dict(),
        "findings": [found.to_dict() for found in material.findings],
        "scenarios": [scenario.canonical() for scenario in material.comparison.scenarios],
    }
