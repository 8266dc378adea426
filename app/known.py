"""What is known about a number of the model, as Markdown for the help beside its widget."""

from __future__ import annotations

from collections.abc import Sequence

import counterplay as cp
import link
from text import plain, shortened
from words import say

_LONGEST_CLAIM = 140


def parameter_help(scenario: cp.Scenario, number: int) -> str:
    """Return what is known about parameter `number`."""
    parameter = scenario.parameters[number]
    facts = [
        say("controls.unit", unit=plain(parameter.unit)),
        say(
            "controls.range",
            low=link.number_text(parameter.low),
            high=link.number_text(parameter.high),
            default=link.number_text(parameter.default),
        ),
        say(f"controls.role-{parameter.role}"),
        _basis(parameter.basis, parameter.confidence),
        _evidence(scenario, parameter.evidence),
    ]
    lines = [plain(parameter.meaning or parameter.label), "  \n".join(facts)]
    if parameter.if_wrong:
        lines.append(say("controls.if-wrong", text=plain(parameter.if_wrong)))
    if parameter.observable:
        lines.append(say("controls.to-watch", text=plain(parameter.observable)))
    return "\n\n".join([*lines, *_claims(scenario, parameter.evidence)])


def constant_help(scenario: cp.Scenario, number: int) -> str:
    """Return what is known about constant `number`."""
    constant = scenario.constants[number]
    facts = [
        say("controls.constant-basis", basis=say(f"controls.basis-{constant.basis}")),
        _evidence(scenario, constant.evidence),
    ]
    return "\n\n".join(["  \n".join(facts), *_claims(scenario, constant.evidence)])


def _basis(basis: str, confidence: str) -> str:
    return say("controls.basis", basis=say(f"controls.basis-{basis}"), confidence=confidence)


def _evidence(scenario: cp.Scenario, ids: Sequence[str]) -> str:
    listed = [f"{plain(name)} ({scenario.record(name).status})" for name in ids]
    return say("controls.evidence", listed=", ".join(listed) or say("controls.no-evidence"))


def _claims(scenario: cp.Scenario, ids: Sequence[str]) -> list[str]:
    return [
        f"{plain(name)}: {plain(shortened(scenario.record(name).claim, _LONGEST_CLAIM))}"
        for name in ids
    ]
