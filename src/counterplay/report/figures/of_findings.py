"""Figures of an analysis as a report asks for each of its pictures: the findings come first."""

from __future__ import annotations

from counterplay.findings import Findings
from counterplay.report.figures.discovery_boxes import discovery_boxes
from counterplay.report.figures.driver_bars import driver_bars
from counterplay.report.figures.figure import Figure
from counterplay.report.figures.outcome_shares import outcome_shares
from counterplay.report.figures.phase_map import phase_map
from counterplay.report.figures.robust_options import robust_options
from counterplay.report.figures.theme import ThemeName
from counterplay.report.figures.tipping_bars import tipping_bars
from counterplay.sensitivity.discovery.boxes_found import Discovery
from counterplay.sensitivity.drivers.results import Drivers
from counterplay.sensitivity.maps.result import PhaseMap
from counterplay.sensitivity.robust.results import RobustChoice
from counterplay.sensitivity.tipping.table import TippingTable
from counterplay.sensitivity.uncertainty import Sample


def tipping_of(findings: Findings, table: TippingTable, theme: ThemeName = "light") -> Figure:
    """Show the tipping points of these findings; see `tipping_bars`."""
    return tipping_bars(findings.scenario, table, theme)


def map_of(_findings: Findings, found: PhaseMap, theme: ThemeName = "light") -> Figure:
    """Show a phase map; see `phase_map`."""
    return phase_map(found, theme)


def shares_of(_findings: Findings, sample: Sample, theme: ThemeName = "light") -> Figure:
    """Show the shares of an uncertainty run; see `outcome_shares`."""
    return outcome_shares(sample, theme)


def drivers_of(
    _findings: Findings, found: Drivers, target: str, theme: ThemeName = "light"
) -> Figure:
    """Show what decides one answer; see `driver_bars`."""
    return driver_bars(found, target, theme)


def conditions_of(findings: Findings, found: Discovery, theme: ThemeName = "light") -> Figure:
    """Show where a kind of outcome is concentrated; see `discovery_boxes`."""
    return discovery_boxes(findings.scenario, found, theme)


def options_of(findings: Findings, found: RobustChoice, theme: ThemeName = "light") -> Figure:
    """Show a player's options across futures; see `robust_options`."""
    return robust_options(findings.scenario, found, theme)
