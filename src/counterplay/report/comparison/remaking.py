"""Making a comparison again from the data of its report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counterplay.errors import ReportError
from counterplay.findings.side_by_side import Comparison
from counterplay.report.comparison.material import ComparedMaterial, compared_material
from counterplay.report.notes import signed_in
from counterplay.scenario import Scenario
from counterplay.scenario.catalogue import inspect_data
from counterplay.sensitivity.attribution.scenarios import compare_scenarios
from counterplay.sensitivity.attribution.settings import compare_settings


def remade(data: Mapping[str, Any], name: str) -> ComparedMaterial:
    """Make the comparison of a report again.

    Parameters
    ----------
    data : mapping
        Of the report.
    name : str
        How messages call it.

    Raises
    ------
    ReportError
        If it holds no comparison.
    CounterplayError
        If its scenarios, settings or names do not hold.
    """
    listed = data.get("scenarios")
    if not isinstance(listed, list) or len(listed) not in (1, 2):
        raise ReportError(f"{name}: the report holds no scenario, or more than two")
    scenarios = [inspect_data(each, name) for each in listed]
    return compared_material(_again(scenarios, _settings(data, name)), **signed_in(data))


def _again(scenarios: list[Scenario], settings: list[tuple[str, dict[str, Any]]]) -> Comparison:
    if len(scenarios) == 1:
        return compare_settings(scenarios[0], dict(settings))
    first, second = scenarios
    (_, before), (_, after) = settings
    return compare_scenarios(first, second, before, after)


def _settings(data: Mapping[str, Any], name: str) -> list[tuple[str, dict[str, Any]]]:
    recorded = data.get("comparison")
    listed = recorded.get("settings") if isinstance(recorded, dict) else None
    fits = isinstance(listed, list) and (len(data["scenarios"]) == 1 or len(listed) == 2)
    if not isinstance(listed, list) or not fits:
        raise ReportError(f"{name}: the report holds no settings to compare")
    found = []
    for each in listed:
        values = each.get("values") if isinstance(each, dict) else None
        if not isinstance(values, dict) or not isinstance(each.get("name"), str):
            raise ReportError(f"{name}: a setting of the report has no name or no values")
        found.append((each["name"], values))
    if len({key for key, _ in found}) < len(found):
        raise ReportError(f"{name}: two settings of the report have the same name")
    return found
