"""Counterplay: what each player does, why, and which assumption would change it.

    import counterplay as cp

    scenario = cp.load("korea-ukraine")
    findings = cp.study(scenario, {"cred": 0.2})
    cp.write_report(findings, "brief.html")

Names are loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counterplay.concepts import Equilibrium as Equilibrium
    from counterplay.concepts import Region as Region
    from counterplay.concepts import Solution as Solution
    from counterplay.concepts import certify as certify
    from counterplay.concepts import nash as nash
    from counterplay.concepts import undominated as undominated
    from counterplay.errors import CounterplayError as CounterplayError
    from counterplay.errors import GameError as GameError
    from counterplay.errors import MissingExtraError as MissingExtraError
    from counterplay.errors import NotAnEquilibriumError as NotAnEquilibriumError
    from counterplay.errors import ReportError as ReportError
    from counterplay.errors import ScenarioError as ScenarioError
    from counterplay.errors import ValuesError as ValuesError
    from counterplay.findings import BlocView as BlocView
    from counterplay.findings import Findings as Findings
    from counterplay.findings import bloc_view as bloc_view
    from counterplay.findings import inputs_digest as inputs_digest
    from counterplay.findings import study as study
    from counterplay.games import Game as Game
    from counterplay.payoffs import game as game
    from counterplay.payoffs.check import check as check
    from counterplay.report import Verification as Verification
    from counterplay.report import render as render
    from counterplay.report import verify as verify
    from counterplay.report import write_report as write_report
    from counterplay.scenario import Scenario as Scenario
    from counterplay.scenario import load as load
    from counterplay.scenario import scenarios as scenarios
    from counterplay.sensitivity import BreakPoint as BreakPoint
    from counterplay.sensitivity import break_points as break_points

_HOME = {
    "BlocView": "findings",
    "BreakPoint": "sensitivity",
    "CounterplayError": "errors",
    "Equilibrium": "concepts",
    "Findings": "findings",
    "Game": "games",
    "GameError": "errors",
    "MissingExtraError": "errors",
    "NotAnEquilibriumError": "errors",
    "Region": "concepts",
    "ReportError": "errors",
    "Scenario": "scenario",
    "ScenarioError": "errors",
    "Solution": "concepts",
    "ValuesError": "errors",
    "Verification": "report",
    "bloc_view": "findings",
    "break_points": "sensitivity",
    "certify": "concepts",
    "check": "payoffs.check",
    "game": "payoffs",
    "inputs_digest": "findings",
    "load": "scenario",
    "nash": "concepts",
    "render": "report",
    "scenarios": "scenario",
    "study": "findings",
    "undominated": "concepts",
    "verify": "report",
    "write_report": "report",
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - the list is the table's keys


def __getattr__(name: str) -> object:
    if name in _HOME:
        value: object = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
