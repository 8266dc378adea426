"""How well the evidence behind a finding is established, by one rule.

The rule: the weakest status among the terms that carry the result.  A term carries it if, without
that term alone, some player would lose nothing by switching.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from counterplay.explain.deviation import STATUS_ORDER, Deviation, TermChange
from counterplay.findings.one_question import Findings

Confidence = Literal["low", "moderate", "high"]

UNSOURCED = "no source"
"""Stands for the status of a term that cites nothing: weaker than any claim."""

_ORDER = (*STATUS_ORDER, UNSOURCED)
_ROUNDING = 1e-9
_HIGH = ("confirmed",)
_MODERATE = ("reported", "published-work", "assessment", "estimate", "stated-intention")


@dataclass(frozen=True)
class CarryingTerm:
    """A term without which a player would lose nothing by switching.

    Attributes
    ----------
    player : str
        Whose payoff it is part of.
    id, label : str
        Of the term.
    status : str
        The weakest status among the claims that it cites, or "no source".
    disputed : bool
        Whether somebody contests one of them.
    """

    player: str
    id: str
    label: str
    status: str
    disputed: bool


@dataclass(frozen=True)
class EvidenceConfidence:
    """Confidence in the evidence behind the outcomes listed.

    Attributes
    ----------
    level : {"low", "moderate", "high"} or None
        High where the weakest status is confirmed; moderate down to a stated intention; low below
        that.  None where no term carries the result alone.
    terms : tuple of CarryingTerm
        The terms that carry it, the weakest status first.
    """

    level: Confidence | None
    terms: tuple[CarryingTerm, ...]


def evidence_confidence(findings: Findings) -> EvidenceConfidence:
    """Apply the rule to every outcome that is explained.

    Parameters
    ----------
    findings : Findings

    Examples
    --------
    >>> from counterplay.findings import study
    >>> from counterplay.scenario import load
    >>> evidence_confidence(study(load("chicken"))).level
    'low'
    """
    found = {
        (term.player, term.id): term
        for account in findings.accounts
        for stance in account.stances
        for deviation in stance.deviations
        for term in _carrying(findings, deviation)
    }
    terms = sorted(found.values(), key=lambda term: -_ORDER.index(term.status))
    return EvidenceConfidence(_level(terms[0].status) if terms else None, tuple(terms))


def _carrying(findings: Findings, deviation: Deviation) -> Iterator[CarryingTerm]:
    for change in deviation.changes:
        if change.amount < 0 and -change.amount >= deviation.loss * (1 - _ROUNDING):
            yield CarryingTerm(
                deviation.player,
                change.id,
                change.label,
                change.statuses[-1] if change.statuses else UNSOURCED,
                _is_disputed(findings, change),
            )


def _is_disputed(findings: Findings, change: TermChange) -> bool:
    return any(findings.scenario.record(name).disputed_by for name in change.evidence)


def _level(status: str) -> Confidence:
    if status in _HIGH:
        return "high"
    return "moderate" if status in _MODERATE else "low"
