"""What is asked of the nearest change: a profile, what may move, and the game as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from counterplay.concepts.pure import pure_profiles
from counterplay.errors import ValuesError
from counterplay.games import Game, Profile
from counterplay.games.replies import BoolArray
from counterplay.numeric import FloatArray
from counterplay.payoffs import game
from counterplay.scenario import Scenario
from counterplay.scenario.schema import loaded
from counterplay.sensitivity.many import pure_at
from counterplay.sensitivity.nearest.gaps import Gap, PayoffPolynomials
from counterplay.sensitivity.nearest.moving import Movable, Moving, Norm, checked_norm, moving_of
from counterplay.sensitivity.nearest.polynomial import NotPolynomialError


@dataclass(frozen=True, eq=False)
class Question:
    """A profile, what may move, and the game as it is now."""

    scenario: Scenario
    profile: Profile
    moving: Moving
    norm: Norm
    game: Game

    def gaps(self) -> tuple[Gap, ...] | None:
        """Return the losses by deviating as polynomials, or None where one is none."""
        try:
            return PayoffPolynomials(self.scenario, self.moving, self.game).gaps(self.profile)
        except NotPolynomialError:
            return None

    def stable(self, moves: FloatArray) -> BoolArray:
        """Say at each of many moves, shape (k, count), whether the profile is an equilibrium.

        Where payoffs are not finite it is none.
        """
        count = moves.shape[1]
        try:
            index, sets = pure_at(self.scenario, self.moving.columns(moves), count)
        except ValuesError:
            return np.array([self._is_stable(move) for move in moves.T])
        return np.array([self.profile in profiles for profiles in sets])[index]

    def _is_stable(self, move: FloatArray) -> bool:
        try:
            one = game(self.scenario, self.moving.setting(move))
        except ValuesError:
            return False
        return self.profile in pure_profiles(one)


def asked(
    scenario: Scenario,
    profile: Sequence[str | int],
    values: Mapping[str, float] | None,
    norm: object,
    parameters: Movable | None,
) -> Question:
    """Check the arguments and collect them."""
    full = loaded(scenario).full_values(values)
    known = checked_norm(norm)
    moving = moving_of(scenario, full, parameters)
    now = game(scenario, full)
    return Question(scenario, now.profile(profile), moving, known, now)
