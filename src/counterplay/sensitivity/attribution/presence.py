"""What pure equilibria make possible: labels do not add up, but whether each is there does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from counterplay.games import Profile
from counterplay.scenario import Scenario

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


def possible_with(scenario: Scenario, pure: Sequence[Profile]) -> frozenset[Possible]:
    """Return what is possible where these are all the pure equilibria.

    Where there is none, some mixed one exists (Nash), found or not.
    """
    if not pure:
        return frozenset({Possible("mixed", "mixed", MIXED, (2,))})
    return frozenset(_named(scenario, profile) for profile in pure)


def _named(scenario: Scenario, profile: Profile) -> Possible:
    options = [
        player.options[place] for player, place in zip(scenario.players, profile, strict=True)
    ]
    ids = [option.id for option in options]
    regime = scenario.regime(ids)
    if regime is None:
        label = " / ".join(option.label for option in options)
        return Possible("profile", "/".join(ids), label, (1, *profile))
    return Possible("regime", regime.id, regime.label, (0, scenario.regimes.index(regime)))
