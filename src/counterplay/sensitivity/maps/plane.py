"""Two parameters of a scenario moved together, all else held: outcome sets by place.

Outcome sets are numbered in the order in which they are first met, so that two places share a
number exactly where they share an outcome set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from counterplay.concepts import Solution
from counterplay.games import Profile
from counterplay.numeric import FloatArray
from counterplay.scenario import Parameter, Scenario
from counterplay.sensitivity.many import outcomes_at, payoff_chunks, pure_at, solutions_at
from counterplay.sensitivity.outcomes import Outcome

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane that two parameters span.

    Attributes
    ----------
    scenario : Scenario
    x, y : Parameter
    values : mapping
        Every parameter and constant; those of `x` and `y` are the current point.
    met : dict from Outcome to int
        Outcome sets met so far, with their numbers.
    solved : dict
        Numbers of the outcome sets at single places solved so far.
    pure_met, float_met : dict
        The same for sets of pure equilibria, decided exactly, and as floating point sees them.
    """

    scenario: Scenario
    x: Parameter
    y: Parameter
    values: Mapping[str, float]
    met: dict[Outcome, int] = field(default_factory=dict)
    solved: dict[bytes, int] = field(default_factory=dict)
    pure_met: dict[tuple[Profile, ...], int] = field(default_factory=dict)
    float_met: dict[bytes, int] = field(default_factory=dict)

    @property
    def low(self) -> FloatArray:
        """The least values of both parameters, shape (2,)."""
        return np.array([self.x.low, self.y.low])

    @property
    def spans(self) -> FloatArray:
        """The lengths of both ranges, shape (2,)."""
        return np.array([self.x.high - self.x.low, self.y.high - self.y.low])

    @property
    def point(self) -> FloatArray:
        """The current values of both parameters, shape (2,)."""
        return np.array([self.values[self.x.id], self.values[self.y.id]])

    def outcomes(self, places: FloatArray) -> tuple[Numbers, npt.NDArray[np.str_]]:
        """Solve for all equilibria at places (k, 2): numbers of outcome sets, completeness."""
        counted = outcomes_at(self.scenario, self._columns(places), len(places))
        numbers = [self.met.setdefault(outcome, len(self.met)) for outcome in counted.outcomes]
        return np.array(numbers, np.int64)[counted.index], counted.completeness

    def solutions(self, places: FloatArray) -> Iterator[Solution]:
        """Yield all equilibria at places (k, 2)."""
        return solutions_at(self.scenario, self._columns(places), len(places))

    def outcome_numbers(self, places: FloatArray) -> Numbers:
        """Return the numbers of the outcome sets at places (k, 2); each is solved once."""
        keys = [place.tobytes() for place in self.within(places)]
        new = list(dict.fromkeys(key for key in keys if key not in self.solved))
        if new:
            numbers, _ = self.outcomes(np.frombuffer(b"".join(new), np.float64).reshape(-1, 2))
            self.solved.update(zip(new, numbers.tolist(), strict=True))
        return np.array([self.solved[key] for key in keys], np.int64)

    def pure_numbers(self, places: FloatArray) -> Numbers:
        """Return the numbers of the sets of pure equilibria at places (k, 2)."""
        index, sets = pure_at(self.scenario, self._columns(places), len(places))
        numbers = [self.pure_met.setdefault(pure, len(self.pure_met)) for pure in sets]
        return np.array(numbers, np.int64)[index]

    def float_numbers(self, places: FloatArray) -> Numbers:
        """Return numbers for the sets of pure equilibria that floating point sees at places.

        Quick, and right but for rounding next to a tie; whoever uses it solves the places that
        matter afterwards.
        """
        index = np.empty(len(places), np.int64)
        columns = self._columns(places)
        for start, payoffs in payoff_chunks(self.scenario, columns, len(places)):
            stable = np.ones(payoffs.shape[1:], bool)
            for player, table in enumerate(payoffs):
                stable &= table == table.max(axis=player, keepdims=True)
            keys = np.packbits(stable.reshape(-1, payoffs.shape[-1]), axis=0).T
            for k, key in enumerate(keys):
                index[start + k] = self.float_met.setdefault(key.tobytes(), len(self.float_met))
        return index

    def within(self, places: FloatArray) -> FloatArray:
        """Return places moved into the ranges, which rounding may have left by a hair."""
        clipped: FloatArray = np.clip(places, self.low, np.array([self.x.high, self.y.high]))
        return clipped

    def _columns(self, places: FloatArray) -> dict[str, FloatArray | float]:
        inside = self.within(places)
        return {
            **self.values,
            self.x.id: np.ascontiguousarray(inside[:, 0]),
            self.y.id: np.ascontiguousarray(inside[:, 1]),
        }
