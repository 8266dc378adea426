"""The pure equilibria at many draws of the uncertain parameters."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from counterplay.games import Profile
from counterplay.numeric import FloatArray
from counterplay.scenario import Scenario
from counterplay.sensitivity.draws import Method
from counterplay.sensitivity.executors import Executor
from counterplay.sensitivity.outcomes import Outcome, Supports, outcome_words, regimes_of
from counterplay.sensitivity.uncertainty.digest import RowDigest
from counterplay.sensitivity.uncertainty.numbering import Numbering
from counterplay.sensitivity.uncertainty.plan import Plan, Progress, pieces_done, planned
from counterplay.sensitivity.uncertainty.rows import data_frame, pure_text
from counterplay.sensitivity.uncertainty.shares import Name, Share, answer_shares, stream_counts
from counterplay.sensitivity.uncertainty.words import pure_proof_words, run_words
from counterplay.sensitivity.uncertainty.work import pure_equilibria

if TYPE_CHECKING:
    import pandas as pd

PureSet = tuple[tuple[str, ...], ...]
"""Pure equilibria, as one option id a player."""


@dataclass(frozen=True, eq=False)
class PureSample:
    """The pure equilibria at many draws; ties are decided exactly, and none is missing.

    Attributes
    ----------
    plan : Plan
        Scenario, seed and method.
    values : ndarray, shape (draws, k), read-only
        The values drawn, in each parameter's own unit.
    pure : ndarray of int, shape (draws,), read-only
        Number of each draw's set of pure equilibria in `sets`.
    sets : tuple of tuples of tuples of str
        The sets, in the order of the first draw that gives each: one option id a player for each
        equilibrium.
    """

    plan: Plan
    values: FloatArray
    pure: npt.NDArray[np.int64]
    sets: tuple[PureSet, ...]

    def __len__(self) -> int:
        """Return the number of draws."""
        return len(self.pure)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Ids of the parameters drawn: the columns of `values`."""
        return self.plan.parameters

    @property
    def held(self) -> dict[str, float]:
        """Levers, constants and parameters without a width, with their values."""
        return self.plan.held

    @cached_property
    def regimes(self) -> tuple[str, ...]:
        """Ids of the regimes that occur, in the order of the file."""
        named = {regime for one in self.sets for regime in _regimes(self.plan.scenario, one)}
        return tuple(r.id for r in self.plan.scenario.regimes if r.id in named)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """Share of draws of each set, in their order, then of each regime of the file."""
        scenario = self.plan.scenario
        names = [Name("pure", pure_text(one), _set_words(scenario, one)) for one in self.sets]
        regimes = [_regimes(scenario, one) for one in self.sets]
        counts = stream_counts(self.pure, len(self.sets))
        return answer_shares(self.plan, names, regimes, counts)

    @cached_property
    def words(self) -> str:
        """What the run found, and how to read it."""
        empty = [number for number, one in enumerate(self.sets) if not one]
        without = int(np.isin(self.pure, empty).sum())
        own = [share for share in self.shares if share.kind == "pure"]
        return run_words(self.plan, own, pure_proof_words(without, len(self)))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the rows; it does not depend on who worked, or on how many."""
        digest = RowDigest(self.parameters)
        digest.add(self.values, self.pure, np.full(len(self), "pure only"))
        return digest.hexdigest([pure_text(one) for one in self.sets])

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame: the draw, every parameter, `pure` and `regimes`.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.
        ValuesError
            If a parameter has the name of another column.
        """
        answers = [
            {"pure": pure_text(one), "regimes": "|".join(_regimes(self.plan.scenario, one))}
            for one in self.sets
        ]
        return data_frame(self.plan, self.values, self.pure, answers)

    def to_dict(self) -> dict[str, Any]:
        """Return everything but the rows, as JSON data."""
        return {
            **self.plan.description(),
            "sets": [share.to_dict() for share in self.shares if share.kind == "pure"],
            "regimes": [share.to_dict() for share in self.shares if share.kind == "regime"],
            "words": self.words,
            "digest": self.digest,
        }


def pure_sample(  # noqa: PLR0913 - as `sample`
    scenario: Scenario,
    draws: int,
    seed: int,
    values: Mapping[str, float] | None = None,
    *,
    method: Method = "sobol",
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> PureSample:
    """Draw the uncertain parameters many times, and find the pure equilibria at each draw.

    The draws are those of `sample`, and this is dozens of times faster on a game of four players
    with three or four options; mixed equilibria are not looked for.

    Parameters
    ----------
    scenario, draws, seed, values, method, executor, progress
        As for `sample`.

    Returns
    -------
    PureSample

    Raises
    ------
    CounterplayError
        As `sample` does.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> found = pure_sample(load("korea-ukraine"), 64, seed=1)
    >>> found.values.shape
    (64, 22)
    """
    plan = planned(scenario, draws, seed, values, method)
    drawn = np.empty((plan.draws, len(plan.drawn)))
    index = np.empty(plan.draws, np.int64)
    bounds = plan.bounds
    numbering: Numbering[tuple[Profile, ...]] = Numbering(len(bounds))
    run = pieces_done(plan, list(range(len(bounds))), pure_equilibria, executor, progress)
    with closing(run) as pieces:
        for number, piece in pieces:
            place = slice(*bounds[number])
            drawn[place], index[place] = piece.values, piece.index
            numbering.note(number, piece.sets)
    sets = numbering.settle(index, bounds)
    for column in (drawn, index):
        column.flags.writeable = False
    return PureSample(plan, drawn, index, tuple(_named(plan.scenario, one) for one in sets))


def _named(scenario: Scenario, profiles: tuple[Profile, ...]) -> PureSet:
    return tuple(
        tuple(player.options[k].id for player, k in zip(scenario.players, profile, strict=True))
        for profile in profiles
    )


def _regimes(scenario: Scenario, one: PureSet) -> tuple[str, ...]:
    return regimes_of(scenario, _supports(one))


def _supports(one: PureSet) -> list[Supports]:
    return [tuple((option,) for option in profile) for profile in one]


def _set_words(scenario: Scenario, one: PureSet) -> str:
    if not one:
        return "no stable outcome in which everybody plays one option for sure"
    supports = tuple(_supports(one))
    return outcome_words(scenario, Outcome(supports, _regimes(scenario, one)))
