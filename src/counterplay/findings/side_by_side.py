"""A comparison with the findings of each of its settings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from counterplay.findings.one_question import Findings, study
from counterplay.sensitivity.attribution.result import SettingsComparison
from counterplay.sensitivity.attribution.scenarios import ScenariosComparison

Comparison = SettingsComparison | ScenariosComparison


@dataclass(frozen=True)
class SideBySide:
    """A comparison with the findings of each of its settings.

    Attributes
    ----------
    comparison : SettingsComparison or ScenariosComparison
    findings : tuple of Findings
        Of each setting in turn.
    """

    comparison: Comparison
    findings: tuple[Findings, ...]


def comparison_digest(comparison: Comparison) -> str:
    """Return a short hash of what is compared.

    Parameters
    ----------
    comparison : SettingsComparison or ScenariosComparison

    Returns
    -------
    str
        12 hexadecimal digits; the same scenarios, names and values give the same ones.
    """
    scenarios = [scenario.sha256 for scenario in comparison.scenarios]
    settings = [[each.name, dict(each.values)] for each in comparison.settings]
    text = json.dumps([scenarios, settings], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def side_by_side(comparison: Comparison) -> SideBySide:
    """Study each setting of a comparison by itself.

    Raises
    ------
    CounterplayError
        If a setting cannot be solved.
    """
    scenarios = comparison.scenarios
    last = len(scenarios) - 1
    return SideBySide(
        comparison,
        tuple(
            study(scenarios[min(number, last)], setting.values)
            for number, setting in enumerate(comparison.settings)
        ),
    )
