"""An uncertainty run, done: which answer at which draw."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.sensitivity.many import Counted
from counterplay.sensitivity.outcomes import Outcome, outcome_words
from counterplay.sensitivity.uncertainty.digest import RowDigest
from counterplay.sensitivity.uncertainty.plan import Plan
from counterplay.sensitivity.uncertainty.rows import answers_of, data_frame
from counterplay.sensitivity.uncertainty.shares import Name, Share, answer_shares, stream_counts
from counterplay.sensitivity.uncertainty.table_file import save_table
from counterplay.sensitivity.uncertainty.words import proof_words, run_words
from counterplay.sensitivity.uncertainty.work import Piece

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Sample:
    """All equilibria at many draws of the uncertain parameters.

    Attributes
    ----------
    plan : Plan
        Scenario, seed and method.
    values : ndarray, shape (draws, k), read-only
        The values drawn, in each parameter's own unit.
    outcome : ndarray of int, shape (draws,), read-only
        Number of each draw's outcome set in `outcomes`.
    outcomes : tuple of Outcome
        In the order of the first draw that gives each.
    completeness : ndarray of str, shape (draws,), read-only
        ``"proved"``, ``"continuum"`` or ``"unproved"``: what is known of each draw's list.
    """

    plan: Plan
    values: FloatArray
    outcome: npt.NDArray[np.int64]
    outcomes: tuple[Outcome, ...]
    completeness: npt.NDArray[np.str_]

    def __len__(self) -> int:
        """Return the number of draws."""
        return len(self.outcome)

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
        named = {regime for outcome in self.outcomes for regime in outcome.regimes}
        return tuple(r.id for r in self.plan.scenario.regimes if r.id in named)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """Share of draws of each outcome set, in their order, then of each regime of the file."""
        counts = stream_counts(self.outcome, len(self.outcomes))
        return outcome_shares(self.plan, self.outcomes, counts)

    @cached_property
    def proved(self) -> dict[str, int]:
        """Number of draws by `completeness`."""
        return dict(sorted(Counter(self.completeness.tolist()).items()))

    @cached_property
    def words(self) -> str:
        """What the run found, and how to read it."""
        return sample_words(self.plan, self.shares, self.proved)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the rows; it does not depend on who worked, or on how many."""
        digest = RowDigest(self.parameters)
        digest.add(self.values, self.outcome, self.completeness)
        return digest.hexdigest([outcome.label for outcome in self.outcomes])

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a data frame, with the columns that `save` writes.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.
        ValuesError
            If a parameter has the name of another column.
        """
        frame = data_frame(self.plan, self.values, self.outcome, answers_of(self.outcomes))
        return frame.assign(completeness=self.completeness)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the rows to a ``.csv`` or ``.parquet`` file, and a manifest beside it.

        The bytes are those that `run_to_file` writes.  Folders are not created.

        Raises
        ------
        MissingExtraError
            If it is a ``.parquet`` file and pyarrow is not installed.
        ValuesError
            If the file cannot be written, or a parameter has the name of another column.
        """
        save_table(self.plan, self._pieces(), path)

    def _pieces(self) -> Iterator[Piece]:
        for start, stop in self.plan.bounds:
            present, index = np.unique(self.outcome[start:stop], return_inverse=True)
            outcomes = tuple(self.outcomes[k] for k in present)
            counted = Counted(index.astype(np.int64), outcomes, self.completeness[start:stop])
            yield Piece(self.values[start:stop], counted)

    def to_dict(self) -> dict[str, Any]:
        """Return everything but the rows, as JSON data."""
        return {
            **self.plan.description(),
            "outcomes": [share.to_dict() for share in self.shares if share.kind == "outcome"],
            "regimes": [share.to_dict() for share in self.shares if share.kind == "regime"],
            "completeness": self.proved,
            "words": self.words,
            "digest": self.digest,
        }


def outcome_shares(
    plan: Plan, outcomes: tuple[Outcome, ...], counts: npt.NDArray[np.int64]
) -> tuple[Share, ...]:
    """Return the share of each outcome set, then of each regime of the file.

    Parameters
    ----------
    counts : (outcome sets, 16)
        Draws by the sequence they belong to.
    """
    names = [Name("outcome", o.label, outcome_words(plan.scenario, o)) for o in outcomes]
    return answer_shares(plan, names, [outcome.regimes for outcome in outcomes], counts)


def sample_words(plan: Plan, shares: tuple[Share, ...], proved: dict[str, int]) -> str:
    """Return what a run found, and how to read it."""
    proof = proof_words(proved.get("unproved", 0), proved.get("continuum", 0), plan.draws)
    return run_words(plan, [share for share in shares if share.kind == "outcome"], proof)
