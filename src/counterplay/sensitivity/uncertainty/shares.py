"""Shares of draws, and how far they may be off because the draws are finitely many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from counterplay.numeric import FloatArray
from counterplay.sensitivity.draws import STREAMS, Method
from counterplay.sensitivity.uncertainty.plan import Plan

CONFIDENCE = 0.95

Kind = Literal["outcome", "pure", "regime", "profile"]
"""What a share is the share of."""


@dataclass(frozen=True)
class Share:
    """How often an answer occurs among the draws.

    Attributes
    ----------
    kind : str
        ``"outcome"``: the draws with this outcome set; ``"pure"``: those with this set of pure
        equilibria; ``"regime"``: those with at least one pure equilibrium of this regime;
        ``"profile"``: those in which it is among the pure equilibria.  Shares of regimes and
        profiles may add up to more than 1, or to less.
    id : str
        Label of the set, or id of the regime.
    words : str
        The same in words.
    count : int
        Draws in which it occurs.
    share : float
        Of all draws.
    low, high : float
        95 % interval of the share that ever more draws would come to; see `intervals`.
    """

    kind: Kind
    id: str
    words: str
    count: int
    share: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return dict(vars(self))


@dataclass(frozen=True)
class Name:
    """What a share is the share of: as `Share` has it."""

    kind: Kind
    id: str
    words: str


def answer_shares(
    plan: Plan,
    names: Sequence[Name],
    regimes: Sequence[tuple[str, ...]],
    counts: npt.NDArray[np.int64],
) -> tuple[Share, ...]:
    """Return the share of each answer, then of each regime of the file.

    Parameters
    ----------
    names : sequence of Name
        The answers.
    regimes : sequence of tuple of str
        Ids of the regimes of each answer.
    counts : (answers, 16)
        Draws with each answer, by the sequence they belong to.
    """
    sizes = counts.sum(axis=0)
    named = [Name("regime", regime.id, regime.label) for regime in plan.scenario.regimes]
    by_regime = [
        counts[[regime.id in own for own in regimes]].sum(axis=0)
        for regime in plan.scenario.regimes
    ]
    all_counts = np.concatenate([counts, np.reshape(by_regime, (-1, STREAMS)).astype(np.int64)])
    low, high = intervals(all_counts, sizes, plan.method)
    totals, draws = all_counts.sum(axis=1), int(sizes.sum())
    return tuple(
        Share(name.kind, name.id, name.words, int(n), int(n) / draws, float(a), float(b))
        for name, n, a, b in zip([*names, *named], totals, low, high, strict=True)
    )


def stream_counts(index: npt.NDArray[np.integer], kinds: int) -> npt.NDArray[np.int64]:
    """Return how often each of `kinds` numbers occurs, by sequence, shape (kinds, 16)."""
    streams = np.arange(len(index)) % STREAMS
    flat = np.bincount(index * STREAMS + streams, minlength=kinds * STREAMS)
    counts: npt.NDArray[np.int64] = flat.reshape(kinds, STREAMS)
    return counts


def intervals(
    counts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64], method: Method
) -> tuple[FloatArray, FloatArray]:
    """Return 95 % intervals of shares.

    For independent draws it is the exact binomial interval of Clopper and Pearson (1934).  The
    variance of a share over a Latin hypercube is at most n/(n - 1) times that of n independent
    draws (Owen 1997), so the same interval is given.  Scrambled Sobol' points carry no such bound
    that is of use; their interval is the wider, on either side, of that one and of Student's
    interval over the 16 sequences, which are scrambled independently (L'Ecuyer, Nakayama, Owen
    and Tuffin 2023 on its coverage).  With fewer than 16 draws it is the binomial one alone.

    Parameters
    ----------
    counts : (answers, 16)
        Draws with each answer, by sequence.
    sizes : (16,)
        Draws of each sequence.
    """
    from scipy.stats import beta, t

    found, draws = counts.sum(axis=1), int(sizes.sum())
    tail = (1 - CONFIDENCE) / 2
    # At 0 and at all draws the interval ends where shares end; the formula is not defined there.
    low = np.where(found == 0, 0.0, beta.ppf(tail, np.maximum(found, 1), draws - found + 1))
    missing = np.maximum(draws - found, 1)
    high = np.where(found == draws, 1.0, beta.ppf(1 - tail, found + 1, missing))
    if method == "sobol" and sizes.min() > 0:
        share = found / draws
        scatter = (counts / sizes).std(axis=1, ddof=1) / np.sqrt(STREAMS)
        reach = float(t.ppf(1 - tail, STREAMS - 1)) * scatter
        low = np.minimum(low, np.maximum(share - reach, 0.0))
        high = np.maximum(high, np.minimum(share + reach, 1.0))
    return low, high
