"""What a move changed: two findings of one scenario, told as the second against the first."""

from __future__ import annotations

from dataclasses import dataclass

from counterplay.explain import Account
from counterplay.explain.narrate import number_text, points
from counterplay.findings.one_question import Findings

Supports = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class WhatChanged:
    """How one answer differs from another.

    Attributes
    ----------
    inputs : tuple of str
        Each number that differs, with its value before and after.
    gained, lost : tuple of str
        Headlines of the outcomes that are stable only after, or only before.
    words : str
        The change of the answer in a sentence or two.
    """

    inputs: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    words: str


def what_changed(before: Findings, after: Findings) -> WhatChanged:
    """Say what the answer at one setting has that the answer at another has not.

    Outcomes are told apart by who may choose what (the supports of the equilibria), so that
    percentages of a mixed outcome which merely move are no change.

    Parameters
    ----------
    before, after : Findings
        Of the same scenario, or of two versions of it.

    Returns
    -------
    WhatChanged
        Empty tuples and a sentence that says so where nothing differs.
    """
    old, new = _outcomes(before), _outcomes(after)
    gained = tuple(found.headline for support, found in new.items() if support not in old)
    lost = tuple(found.headline for support, found in old.items() if support not in new)
    return WhatChanged(
        inputs=_inputs(before, after),
        gained=gained,
        lost=lost,
        words=_words(before, after, gained, lost),
    )


def _outcomes(found: Findings) -> dict[Supports, Account]:
    return {account.equilibrium.support: account for account in found.accounts}


def _inputs(before: Findings, after: Findings) -> tuple[str, ...]:
    scenario = after.scenario
    labels = {parameter.id: parameter.label for parameter in scenario.parameters}
    labels |= {constant.id: constant.meaning or constant.id for constant in scenario.constants}
    return tuple(
        f"{labels[name]}: {number_text(before.values[name])} → {number_text(value)}"
        for name, value in after.values.items()
        if name in before.values and before.values[name] != value
    )


def _words(
    before: Findings, after: Findings, gained: tuple[str, ...], lost: tuple[str, ...]
) -> str:
    if not gained and not lost:
        if len(before.solution.regions) != len(after.solution.regions):
            return "The firm outcomes stay; what lies between them in a range changes."
        return f"The answer stays the same. {_margin_words(before, after)}".rstrip()
    if gained and lost and len(lost) == len(before.accounts):
        return f"The answer changes. Now: {' Or: '.join(gained)} Before: {' Or: '.join(lost)}"
    parts = []
    if gained:
        parts.append(f"Now possible too: {' Or: '.join(gained)}")
    if lost:
        parts.append(f"No longer stable: {' Or: '.join(lost)}")
    return " ".join(parts)


def _margin_words(before: Findings, after: Findings) -> str:
    """Say how the thinnest margin of the first outcome moved, where it has one."""
    old, new = _thinnest(before), _thinnest(after)
    if old is None or new is None:
        return ""
    (_, old_text), (name, new_text) = old, new
    if old == new:
        return f"The thinnest margin is still {name}'s, {new_text} points."
    if old[0] == name:
        return f"The thinnest margin, {name}'s, goes from {old_text} to {new_text} points."
    return (
        f"The thinnest margin was {old[0]}'s, {old_text} points, and is now {name}'s, "
        f"{new_text} points."
    )


def _thinnest(found: Findings) -> tuple[str, str] | None:
    first = found.accounts[0] if found.accounts else None
    if first is None or first.weakest is None:
        return None
    stance = next(stance for stance in first.stances if stance.player == first.weakest)
    if stance.margin is None:
        return None
    return found.scenario.player(stance.player).name, points(stance.margin)
