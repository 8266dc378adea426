"""Rules between the fields of a scenario file.

Each rule is a function that reads the file's plain data and yields faults, so that a file with
ten faults is told all ten at once, even where some of them keep the models from being built.
Rules that need payoffs are in `payoffs.check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from counterplay.errors import Fault
from counterplay.scenario.rules.formulas import formulas, unused_names
from counterplay.scenario.rules.gaps import players_without_terms
from counterplay.scenario.rules.names import duplicate_ids, reserved_names
from counterplay.scenario.rules.numbers import preset_values, ranges
from counterplay.scenario.rules.payoff_form import payoff_form, unmentioned_options
from counterplay.scenario.rules.references import (
    bloc_form,
    confirmed_by_nobody,
    incomplete_profiles,
    unknown_evidence,
    unknown_options,
    unknown_players,
)
from counterplay.scenario.rules.sizes import overlong, sizes
from counterplay.scenario.source import Source

__all__ = ["RULES", "WARNINGS", "Rule", "faults_of", "warnings_of"]

Rule = Callable[[Source], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    duplicate_ids, reserved_names, ranges, unknown_players, unknown_options, incomplete_profiles,
    preset_values, formulas, unknown_evidence, payoff_form, bloc_form, sizes,
)  # fmt: skip
"""Rules whose violation refuses the file."""

WARNINGS: tuple[Rule, ...] = (
    unused_names, unmentioned_options, players_without_terms, confirmed_by_nobody,
)  # fmt: skip
"""Rules whose violation is told, but not refused."""


def faults_of(source: Source) -> list[Fault]:
    """Return every fault that the rules find, in the order of the file.

    Of a file whose lists are too long, only that is told.
    """
    rules = (sizes,) if overlong(source) else RULES
    found = [fault for rule in rules for fault in rule(source)]
    return sorted(found, key=lambda fault: fault.line)


def warnings_of(source: Source) -> list[Fault]:
    """Return what works but deserves a look."""
    rules = () if overlong(source) else WARNINGS
    return [replace(found, severity="warning") for rule in rules for found in rule(source)]
