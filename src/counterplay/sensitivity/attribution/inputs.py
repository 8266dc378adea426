"""Inputs that differ between two settings, and the factors that shares are given to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from counterplay.scenario import Scenario
from counterplay.scenario.parts import Constant
from counterplay.sensitivity.usage import used_names

MOST_FACTORS = 12
"""Factors weighed one by one: all 4,096 combinations of them are solved."""

CONSTANTS = "constants"


@dataclass(frozen=True)
class ChangedInput:
    """A parameter or constant that differs.

    Attributes
    ----------
    id, label : str
    about : str
        Whose judgement it is about: a player id, ``"world"``, or ``"constants"`` for a constant.
    before, after : float
        In the unit that the scenario gives it.
    used : bool
        Whether some payoff depends on it.
    evidence : tuple of str
        Ids of the claims that inform it.
    """

    id: str
    label: str
    about: str
    before: float
    after: float
    used: bool
    evidence: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {**vars(self), "evidence": list(self.evidence)}


@dataclass(frozen=True)
class Factor:
    """What one share is given to.

    Attributes
    ----------
    id, label : str
        Of the input, or of the group.
    inputs : tuple of str
        Ids of the inputs that change together; more than one in a group.
    sourced : bool
        Whether each of them cites evidence.
    """

    id: str
    label: str
    inputs: tuple[str, ...]
    sourced: bool

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {**vars(self), "inputs": list(self.inputs)}


def changed_inputs(
    scenario: Scenario, before: Mapping[str, float], after: Mapping[str, float]
) -> tuple[ChangedInput, ...]:
    """Return the inputs that differ, in the order of the file."""
    used = used_names(scenario)
    named = [(each.id, each.label, each.player, each.evidence) for each in scenario.parameters]
    named += [
        (each.id, constant_label(each), CONSTANTS, each.evidence) for each in scenario.constants
    ]
    return tuple(
        ChangedInput(name, label, about, before[name], after[name], name in used, evidence)
        for name, label, about, evidence in named
        if before[name] != after[name]
    )


def constant_label(constant: Constant) -> str:
    """Return what a constant stands for, as a label."""
    return (constant.meaning or constant.id).rstrip(". ") or constant.id


def factors_of(scenario: Scenario, inputs: Sequence[ChangedInput]) -> tuple[Factor, ...]:
    """Return what shares are given to: at most 12 inputs or groups.

    Beyond 12 inputs, those about one player, about the world, and the constants change together,
    the largest such group first, until 12 are left.
    """
    used = [each for each in inputs if each.used]
    groups: dict[str, list[ChangedInput]] = {}
    for each in used:
        groups.setdefault(each.about, []).append(each)
    together = set()
    left = len(used)
    for about in sorted(groups, key=lambda name: -len(groups[name])):
        if left > MOST_FACTORS:
            together.add(about)
            left -= len(groups[about]) - 1
    return tuple(_factors(scenario, used, groups, together))


def _factors(
    scenario: Scenario,
    used: Sequence[ChangedInput],
    groups: Mapping[str, Sequence[ChangedInput]],
    together: set[str],
) -> Iterator[Factor]:
    for each in used:
        members = groups[each.about]
        if each.about not in together or len(members) == 1:
            yield Factor(each.id, each.label, (each.id,), bool(each.evidence))
        elif each is members[0]:
            yield Factor(
                f"group:{each.about}",
                _group_label(scenario, each.about, len(members)),
                tuple(member.id for member in members),
                all(member.evidence for member in members),
            )


def _group_label(scenario: Scenario, about: str, count: int) -> str:
    if about == CONSTANTS:
        return f"{count} constants together"
    name = "the world" if about == "world" else scenario.player(about).name
    return f"{count} assumptions about {name} together"
