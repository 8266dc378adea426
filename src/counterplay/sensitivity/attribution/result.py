"""What a comparison of settings holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from counterplay.concepts.solution import Completeness
from counterplay.scenario import Scenario
from counterplay.sensitivity.attribution.inputs import ChangedInput, Factor
from counterplay.sensitivity.outcomes import Outcome

Case = Literal["least", "greatest"]
Kind = Literal["least", "greatest", "regime", "profile", "mixed"]


@dataclass(frozen=True)
class PayoffSpan:
    """A player's least and greatest payoff among the stable outcomes listed.

    Attributes
    ----------
    player, name : str
        Id, and the name used in sentences.
    least, greatest : float
        In the player's own payoff units.
    """

    player: str
    name: str
    least: float
    greatest: float


@dataclass(frozen=True)
class Setting:
    """One setting and what is stable under it.

    Attributes
    ----------
    name : str
    values : mapping from str to float
        Every parameter and constant.
    outcome : Outcome
    completeness, reason : str
        What is proved of the list of equilibria, and the sentence that says so.
    payoffs : tuple of n PayoffSpan
        Empty where no equilibrium was found.
    words : str
        What is stable, as part of a sentence.
    """

    name: str
    values: Mapping[str, float]
    outcome: Outcome
    completeness: Completeness
    reason: str
    payoffs: tuple[PayoffSpan, ...]
    words: str

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "name": self.name,
            "values": dict(self.values),
            "outcome": self.outcome.to_dict(),
            "completeness": self.completeness,
            "reason": self.reason,
            "payoffs": [vars(span) for span in self.payoffs],
            "words": self.words,
        }


@dataclass(frozen=True)
class Attribution:
    """One change, shared out among the factors.

    Attributes
    ----------
    kind : str
        ``"least"`` or ``"greatest"``: a player's payoff among the stable outcomes.  Else the
        presence of an outcome, 1 or 0: of those of a ``"regime"``, of a pure ``"profile"`` that
        no regime names, or ``"mixed"``: no equilibrium is pure.
    of, label : str
        Id and name of the player or the outcome.
    before, after : float
    parts : tuple of float
        The share of each factor; they add up to `change` to 1e-9.
    """

    kind: Kind
    of: str
    label: str
    before: float
    after: float
    parts: tuple[float, ...]

    @property
    def change(self) -> float:
        """What there is to share out."""
        return self.after - self.before + 0.0

    def to_dict(self, factors: tuple[Factor, ...]) -> dict[str, Any]:
        """Return plain data for JSON, shares by the ids of the factors."""
        return {
            "kind": self.kind,
            "of": self.of,
            "label": self.label,
            "before": self.before,
            "after": self.after,
            "change": self.change,
            "parts": {factor.id: part for factor, part in zip(factors, self.parts, strict=True)},
        }


@dataclass(frozen=True)
class SettingChange:
    """What differs between two settings, and how much each difference did.

    Attributes
    ----------
    before, after : str
        Names of the settings.
    inputs : tuple of ChangedInput
        In the order of the file.
    factors : tuple of Factor
        What shares are given to: each input that some payoff uses, or groups of them where more
        than 12 differ.
    payoffs : tuple of Attribution
        Least and greatest payoff of each player in turn; empty where at some combination no
        equilibrium was found, or not every combination was solved in time.
    presence : tuple of Attribution
        Outcomes that are possible before or after.
    combinations : int
        Ways to change some of the factors and not the others.
    solved : int
        Those solved; fewer only where the time was up.
    unproved : int
        Those solved at which it is not proved that no equilibrium is missing.
    sets : int
        Those solved at which equilibria form connected sets.
    words : tuple of str
        The same as sentences.
    """

    before: str
    after: str
    inputs: tuple[ChangedInput, ...]
    factors: tuple[Factor, ...]
    payoffs: tuple[Attribution, ...]
    presence: tuple[Attribution, ...]
    combinations: int
    solved: int
    unproved: int
    sets: int
    words: tuple[str, ...] = ()

    def moves(self, factor: Factor) -> tuple[ChangedInput, ...]:
        """Return the inputs of a factor, with their values before and after."""
        return tuple(each for each in self.inputs if each.id in factor.inputs)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "before": self.before,
            "after": self.after,
            "inputs": [each.to_dict() for each in self.inputs],
            "factors": [each.to_dict() for each in self.factors],
            "payoffs": [each.to_dict(self.factors) for each in self.payoffs],
            "presence": [each.to_dict(self.factors) for each in self.presence],
            "combinations": self.combinations,
            "solved": self.solved,
            "unproved": self.unproved,
            "sets": self.sets,
            "words": list(self.words),
        }


@dataclass(frozen=True)
class SettingsComparison:
    """Settings of one scenario side by side.

    Attributes
    ----------
    settings : tuple of Setting
        The first is what the others are compared with.
    changes : tuple of SettingChange
        From the first to each other, in turn.
    method : str
        What shares mean, and how payoffs are read where several outcomes are stable.
    words : tuple of str
        The whole comparison as sentences.
    scenarios : tuple of one Scenario
        What the settings are of.
    """

    settings: tuple[Setting, ...]
    changes: tuple[SettingChange, ...]
    method: str
    words: tuple[str, ...]
    scenarios: tuple[Scenario] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "settings": [each.to_dict() for each in self.settings],
            "changes": [each.to_dict() for each in self.changes],
            "method": self.method,
            "words": list(self.words),
        }
