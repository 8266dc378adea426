"""What is possible under an outcome set: labels do not add up, but whether each is there does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterplay.scenario import Scenario
from counterplay.sensitivity.outcomes import Outcome

MIXED = "no settled choice"


@dataclass(frozen=True)
class Possible:
    """One thing that may be possible.

    Attributes
    ----------
    kind : str
        ``"regime"``; ``"profile"``, for a pure equilibrium that no regime names; ``"mixed"``,
        where no equilibrium is pure.
    id, label : str
    place : tuple of int
        Sorts: regimes in the order of the file, then profiles, then mixed.
    """

    kind: Literal["regime", "profile", "mixed"]
    id: str
    label: str
    place: tuple[int, ...]


def possible_in(scenario: Scenario, outcome: Outcome) -> frozenset[Possible]:
    """Return what an outcome set makes possible.

    The pure equilibria of an outcome set are always all there are; where there is none, some
    mixed one exists (Nash), found or not.
    """
    found = {
        Possible("regime", regime.id, regime.label, (0, place))
        for place, regime in enumerate(scenario.regimes)
        if regime.id in outcome.regimes
    }
    found |= {
        _profile(scenario, options) for options in outcome.pure if scenario.regime(options) is None
    }
    if not outcome.pure:
        found.add(Possible("mixed", "mixed", MIXED, (2,)))
    return frozenset(found)


def _profile(scenario: Scenario, options: tuple[str, ...]) -> Possible:
    places = [
        [option.id for option in player.options].index(chosen)
        for player, chosen in zip(scenario.players, options, strict=True)
    ]
    label = " / ".join(
        player.options[place].label for player, place in zip(scenario.players, places, strict=True)
    )
    return Possible("profile", "/".join(options), label, (1, *places))
