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
    from counterplay.concepts import Commitment as Commitment
    from counterplay.concepts import CorrelatedEquilibrium as CorrelatedEquilibrium
    from counterplay.concepts import Elimination as Elimination
    from counterplay.concepts import Equilibrium as Equilibrium
    from counterplay.concepts import MixedCommitment as MixedCommitment
    from counterplay.concepts import PrecisionFit as PrecisionFit
    from counterplay.concepts import QuantalBranch as QuantalBranch
    from counterplay.concepts import QuantalResponse as QuantalResponse
    from counterplay.concepts import Rationalizability as Rationalizability
    from counterplay.concepts import Region as Region
    from counterplay.concepts import SelectionTable as SelectionTable
    from counterplay.concepts import Solution as Solution
    from counterplay.concepts import certify as certify
    from counterplay.concepts import commitment as commitment
    from counterplay.concepts import correlated as correlated
    from counterplay.concepts import correlated_range as correlated_range
    from counterplay.concepts import fit_precision as fit_precision
    from counterplay.concepts import iterated_strict_dominance as iterated_strict_dominance
    from counterplay.concepts import iterated_weak_dominance as iterated_weak_dominance
    from counterplay.concepts import mixed_commitment as mixed_commitment
    from counterplay.concepts import nash as nash
    from counterplay.concepts import nash_many as nash_many
    from counterplay.concepts import nashpy_agrees as nashpy_agrees
    from counterplay.concepts import quantal as quantal
    from counterplay.concepts import quantal_branch as quantal_branch
    from counterplay.concepts import quick_equilibrium as quick_equilibrium
    from counterplay.concepts import rationalizable as rationalizable
    from counterplay.concepts import selection_table as selection_table
    from counterplay.concepts import undominated as undominated
    from counterplay.concepts import warm as warm
    from counterplay.errors import CounterplayError as CounterplayError
    from counterplay.errors import EditError as EditError
    from counterplay.errors import Fault as Fault
    from counterplay.errors import GameError as GameError
    from counterplay.errors import MissingExtraError as MissingExtraError
    from counterplay.errors import NotAnEquilibriumError as NotAnEquilibriumError
    from counterplay.errors import ReportError as ReportError
    from counterplay.errors import ScenarioError as ScenarioError
    from counterplay.errors import StoreConflictError as StoreConflictError
    from counterplay.errors import StoreError as StoreError
    from counterplay.errors import ValuesError as ValuesError
    from counterplay.explain import ProfileAccount as ProfileAccount
    from counterplay.findings import Analysis as Analysis
    from counterplay.findings import BlocView as BlocView
    from counterplay.findings import Findings as Findings
    from counterplay.findings import WhatChanged as WhatChanged
    from counterplay.findings import analyse as analyse
    from counterplay.findings import bloc_view as bloc_view
    from counterplay.findings import inputs_digest as inputs_digest
    from counterplay.findings import profile_account as profile_account
    from counterplay.findings import study as study
    from counterplay.findings import what_changed as what_changed
    from counterplay.findings.checks import required_checks as required_checks
    from counterplay.findings.side_by_side import comparison_digest as comparison_digest
    from counterplay.games import Game as Game
    from counterplay.games.interop import read_nfg as read_nfg
    from counterplay.games.interop import to_nashpy as to_nashpy
    from counterplay.games.interop import to_pygambit as to_pygambit
    from counterplay.games.interop import write_nfg as write_nfg
    from counterplay.games.payoff_table import payoff_table as payoff_table
    from counterplay.games.payoff_table import write_payoff_table as write_payoff_table
    from counterplay.payoffs import game as game
    from counterplay.payoffs.check import check as check
    from counterplay.payoffs.completeness import Completeness as Completeness
    from counterplay.payoffs.completeness import completeness as completeness
    from counterplay.report import Verification as Verification
    from counterplay.report import render as render
    from counterplay.report import verify as verify
    from counterplay.report import write_report as write_report
    from counterplay.report.how_sure import how_often as how_often
    from counterplay.report.how_sure import how_sure as how_sure
    from counterplay.report.notes import checked_notes as checked_notes
    from counterplay.report.notes import optional_sections as optional_sections
    from counterplay.report.phase_map_files import write_phase_map as write_phase_map
    from counterplay.scenario import Scenario as Scenario
    from counterplay.scenario import load as load
    from counterplay.scenario import scenarios as scenarios
    from counterplay.scenario.editing.differences import Difference as Difference
    from counterplay.scenario.editing.differences import (
        scenario_differences as scenario_differences,
    )
    from counterplay.scenario.editing.differences import text_difference as text_difference
    from counterplay.scenario.editing.draft import Draft as Draft
    from counterplay.scenario.editing.edits import set_field as set_field
    from counterplay.scenario.editing.edits import set_fields as set_fields
    from counterplay.scenario.editing.entries import add_entry as add_entry
    from counterplay.scenario.editing.entries import move_entry as move_entry
    from counterplay.scenario.editing.entries import remove_entry as remove_entry
    from counterplay.scenario.editing.opening import draft_of_bytes as draft_of_bytes
    from counterplay.scenario.editing.opening import new_draft as new_draft
    from counterplay.scenario.editing.opening import open_draft as open_draft
    from counterplay.scenario.editing.opening import save_draft as save_draft
    from counterplay.scenario.editing.payoff_import import (
        draft_of_payoff_table as draft_of_payoff_table,
    )
    from counterplay.scenario.editing.payoff_rows import payoff_rows as payoff_rows
    from counterplay.scenario.editing.payoff_rows import with_payoff_rows as with_payoff_rows
    from counterplay.scenario.editing.renaming import mentions as mentions
    from counterplay.scenario.editing.renaming import rename_id as rename_id
    from counterplay.scenario.editing.table_edits import with_entry_rows as with_entry_rows
    from counterplay.scenario.editing.tables import entry_columns as entry_columns
    from counterplay.scenario.editing.tables import entry_rows as entry_rows
    from counterplay.scenario.editing.whole import scenario_text as scenario_text
    from counterplay.sensitivity import BreakPoint as BreakPoint
    from counterplay.sensitivity import break_points as break_points
    from counterplay.sensitivity.attribution.result import SettingChange as SettingChange
    from counterplay.sensitivity.attribution.result import SettingsComparison as SettingsComparison
    from counterplay.sensitivity.attribution.scenarios import DifferingInput as DifferingInput
    from counterplay.sensitivity.attribution.scenarios import (
        ScenariosComparison as ScenariosComparison,
    )
    from counterplay.sensitivity.attribution.scenarios import (
        compare_scenarios as compare_scenarios,
    )
    from counterplay.sensitivity.attribution.settings import compare_settings as compare_settings
    from counterplay.sensitivity.attribution.settings import (
        compared_together as compared_together,
    )
    from counterplay.sensitivity.discovery.boxes_found import Discovery as Discovery
    from counterplay.sensitivity.discovery.boxes_found import discover as discover
    from counterplay.sensitivity.drivers.ranking import drivers as drivers
    from counterplay.sensitivity.drivers.regional import regional as regional
    from counterplay.sensitivity.drivers.results import Drivers as Drivers
    from counterplay.sensitivity.executors import WorkerPool as WorkerPool
    from counterplay.sensitivity.executors import executor_for as executor_for
    from counterplay.sensitivity.executors.timing import timed as timed
    from counterplay.sensitivity.maps.moved import moved_map as moved_map
    from counterplay.sensitivity.maps.phase import phase_map as phase_map
    from counterplay.sensitivity.maps.result import PhaseMap as PhaseMap
    from counterplay.sensitivity.nearest.changes import nearest_that_breaks as nearest_that_breaks
    from counterplay.sensitivity.nearest.changes import nearest_that_makes as nearest_that_makes
    from counterplay.sensitivity.nearest.isolating import (
        nearest_that_isolates as nearest_that_isolates,
    )
    from counterplay.sensitivity.outcomes import Outcome as Outcome
    from counterplay.sensitivity.outcomes import outcome_words as outcome_words
    from counterplay.sensitivity.payments.least import least_side_payment as least_side_payment
    from counterplay.sensitivity.robust.choice import robust_choice as robust_choice
    from counterplay.sensitivity.robust.levers import robust_levers as robust_levers
    from counterplay.sensitivity.robust.results import RobustChoice as RobustChoice
    from counterplay.sensitivity.robust.results import RobustLevers as RobustLevers
    from counterplay.sensitivity.tipping.points import tipping_points as tipping_points
    from counterplay.sensitivity.tipping.reply_intervals import ReplyIntervals as ReplyIntervals
    from counterplay.sensitivity.tipping.reply_intervals import reply_intervals as reply_intervals
    from counterplay.sensitivity.tipping.table import TippingPoint as TippingPoint
    from counterplay.sensitivity.tipping.table import TippingTable as TippingTable
    from counterplay.sensitivity.uncertainty import Sample as Sample
    from counterplay.sensitivity.uncertainty import pure_sample as pure_sample
    from counterplay.sensitivity.uncertainty import run_to_file as run_to_file
    from counterplay.sensitivity.uncertainty import sample as sample
    from counterplay.store.contents import SavedReport as SavedReport
    from counterplay.store.contents import SavedSetting as SavedSetting
    from counterplay.store.entries import LogEntry as LogEntry
    from counterplay.store.items import StoredItem as StoredItem
    from counterplay.store.items import replay as replay
    from counterplay.store.opening import open_store as open_store
    from counterplay.store.opening import read_store as read_store
    from counterplay.store.reading import StoreReader as StoreReader
    from counterplay.store.shared import Store as Store
    from counterplay.store.signing import Signature as Signature
    from counterplay.store.soundness import StoreCheck as StoreCheck

_HOME = {
    "Analysis": "findings",
    "BlocView": "findings",
    "BreakPoint": "sensitivity",
    "Commitment": "concepts",
    "Completeness": "payoffs.completeness",
    "CorrelatedEquilibrium": "concepts",
    "CounterplayError": "errors",
    "Difference": "scenario.editing.differences",
    "DifferingInput": "sensitivity.attribution.scenarios",
    "Discovery": "sensitivity.discovery.boxes_found",
    "Draft": "scenario.editing.draft",
    "Drivers": "sensitivity.drivers.results",
    "EditError": "errors",
    "Elimination": "concepts",
    "Equilibrium": "concepts",
    "Fault": "errors",
    "Findings": "findings",
    "Game": "games",
    "GameError": "errors",
    "LogEntry": "store.entries",
    "MissingExtraError": "errors",
    "MixedCommitment": "concepts",
    "NotAnEquilibriumError": "errors",
    "Outcome": "sensitivity.outcomes",
    "PhaseMap": "sensitivity.maps.result",
    "PrecisionFit": "concepts",
    "ProfileAccount": "explain",
    "QuantalBranch": "concepts",
    "QuantalResponse": "concepts",
    "Rationalizability": "concepts",
    "Region": "concepts",
    "ReplyIntervals": "sensitivity.tipping.reply_intervals",
    "ReportError": "errors",
    "RobustChoice": "sensitivity.robust.results",
    "RobustLevers": "sensitivity.robust.results",
    "Sample": "sensitivity.uncertainty",
    "SavedReport": "store.contents",
    "SavedSetting": "store.contents",
    "Scenario": "scenario",
    "ScenarioError": "errors",
    "ScenariosComparison": "sensitivity.attribution.scenarios",
    "SelectionTable": "concepts",
    "SettingChange": "sensitivity.attribution.result",
    "SettingsComparison": "sensitivity.attribution.result",
    "Signature": "store.signing",
    "Solution": "concepts",
    "Store": "store.shared",
    "StoreCheck": "store.soundness",
    "StoreConflictError": "errors",
    "StoreError": "errors",
    "StoreReader": "store.reading",
    "StoredItem": "store.items",
    "TippingPoint": "sensitivity.tipping.table",
    "TippingTable": "sensitivity.tipping.table",
    "ValuesError": "errors",
    "Verification": "report",
    "WhatChanged": "findings",
    "WorkerPool": "sensitivity.executors",
    "add_entry": "scenario.editing.entries",
    "analyse": "findings",
    "bloc_view": "findings",
    "break_points": "sensitivity",
    "certify": "concepts",
    "check": "payoffs.check",
    "checked_notes": "report.notes",
    "commitment": "concepts",
    "compare_scenarios": "sensitivity.attribution.scenarios",
    "compare_settings": "sensitivity.attribution.settings",
    "compared_together": "sensitivity.attribution.settings",
    "comparison_digest": "findings.side_by_side",
    "completeness": "payoffs.completeness",
    "correlated": "concepts",
    "correlated_range": "concepts",
    "discover": "sensitivity.discovery.boxes_found",
    "draft_of_bytes": "scenario.editing.opening",
    "draft_of_payoff_table": "scenario.editing.payoff_import",
    "drivers": "sensitivity.drivers.ranking",
    "entry_columns": "scenario.editing.tables",
    "entry_rows": "scenario.editing.tables",
    "executor_for": "sensitivity.executors",
    "fit_precision": "concepts",
    "game": "payoffs",
    "how_often": "report.how_sure",
    "how_sure": "report.how_sure",
    "inputs_digest": "findings",
    "iterated_strict_dominance": "concepts",
    "iterated_weak_dominance": "concepts",
    "least_side_payment": "sensitivity.payments.least",
    "load": "scenario",
    "mentions": "scenario.editing.renaming",
    "mixed_commitment": "concepts",
    "move_entry": "scenario.editing.entries",
    "moved_map": "sensitivity.maps.moved",
    "nash": "concepts",
    "nash_many": "concepts",
    "nashpy_agrees": "concepts",
    "nearest_that_breaks": "sensitivity.nearest.changes",
    "nearest_that_isolates": "sensitivity.nearest.isolating",
    "nearest_that_makes": "sensitivity.nearest.changes",
    "new_draft": "scenario.editing.opening",
    "open_draft": "scenario.editing.opening",
    "optional_sections": "report.notes",
    "open_store": "store.opening",
    "outcome_words": "sensitivity.outcomes",
    "payoff_rows": "scenario.editing.payoff_rows",
    "payoff_table": "games.payoff_table",
    "phase_map": "sensitivity.maps.phase",
    "profile_account": "findings",
    "pure_sample": "sensitivity.uncertainty",
    "quantal": "concepts",
    "quantal_branch": "concepts",
    "quick_equilibrium": "concepts",
    "rationalizable": "concepts",
    "read_nfg": "games.interop",
    "read_store": "store.opening",
    "regional": "sensitivity.drivers.regional",
    "remove_entry": "scenario.editing.entries",
    "rename_id": "scenario.editing.renaming",
    "render": "report",
    "required_checks": "findings.checks",
    "replay": "store.items",
    "reply_intervals": "sensitivity.tipping.reply_intervals",
    "robust_choice": "sensitivity.robust.choice",
    "robust_levers": "sensitivity.robust.levers",
    "run_to_file": "sensitivity.uncertainty",
    "sample": "sensitivity.uncertainty",
    "save_draft": "scenario.editing.opening",
    "scenario_differences": "scenario.editing.differences",
    "scenario_text": "scenario.editing.whole",
    "scenarios": "scenario",
    "selection_table": "concepts",
    "set_field": "scenario.editing.edits",
    "set_fields": "scenario.editing.edits",
    "study": "findings",
    "text_difference": "scenario.editing.differences",
    "timed": "sensitivity.executors.timing",
    "tipping_points": "sensitivity.tipping.points",
    "to_nashpy": "games.interop",
    "to_pygambit": "games.interop",
    "undominated": "concepts",
    "verify": "report",
    "warm": "concepts",
    "what_changed": "findings",
    "with_entry_rows": "scenario.editing.table_edits",
    "with_payoff_rows": "scenario.editing.payoff_rows",
    "write_nfg": "games.interop",
    "write_payoff_table": "games.payoff_table",
    "write_phase_map": "report.phase_map_files",
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
