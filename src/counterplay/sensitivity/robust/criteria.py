"""Criteria of choice under deep uncertainty, from a table of what each choice is worth where.

Expected value over the draws; the worst future (maximin, Wald 1950); regret against the best
choice of each future, its greatest (minimax regret, Savage 1951) and its 90th percentile; and the
share of futures in which a choice is good enough (satisficing; Lempert, Groves, Popper and Bankes
2006).  No criterion is the right one: they differ in how much they trust the draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from counterplay.numeric import CLOSE_CALL, ROUNDING_TIE, FloatArray

_SAME_SHARE = 1e-9
"""Shares of futures that differ by less are one share."""


@dataclass(frozen=True)
class Criteria:
    """How one choice does across the futures, in the player's own payoff units.

    Attributes
    ----------
    expected, error : float
        Mean over the draws, and its standard error as of independent draws.
    least : float
        In the worst of the futures drawn.
    greatest_regret, regret_90 : float
        The most that it falls short of the best choice of a future; and the shortfall that nine in
        ten futures do not exceed.
    good_enough : float
        Share of futures in which it falls short by no more than the amount that is good enough.
    """

    expected: float
    error: float
    least: float
    greatest_regret: float
    regret_90: float
    good_enough: float


@dataclass(frozen=True)
class Best:
    """The choices that do best by one criterion.

    Attributes
    ----------
    criterion : str
        A field of `Criteria`.
    choices : tuple of int
        Numbers of the choices, several where they tie.
    close : tuple of int
        Of the criterion ``expected``: other choices whose mean is within two standard errors of
        the paired difference, so that the draws do not tell them apart.
    """

    criterion: str
    choices: tuple[int, ...]
    close: tuple[int, ...] = ()


_SMALL_IS_GOOD = frozenset({"greatest_regret", "regret_90"})
CRITERIA = ("expected", "least", "greatest_regret", "regret_90", "good_enough")


def tie_within(least: float, greatest: float) -> float:
    """Return the difference up to which choices tie: 1e-9 of a range of payoffs, or rounding.

    Parameters
    ----------
    least, greatest : float
        What the player can get at all.
    """
    return max(CLOSE_CALL * (greatest - least), ROUNDING_TIE * max(abs(least), abs(greatest)))


def criteria(worth: FloatArray, good_enough: float, tie: float) -> tuple[Criteria, ...]:
    """Judge every choice.

    Parameters
    ----------
    worth : ndarray, shape (futures, choices)
    good_enough : float
        Shortfall from the best choice of a future that is still good enough, 0 or more.
    tie : float
        Differences up to this are none.

    Examples
    --------
    >>> safe, bold = criteria(np.array([[2.0, 5.0], [2.0, 0.0]]), good_enough=2.0, tie=1e-9)
    >>> safe.least, safe.greatest_regret, bold.least, bold.greatest_regret
    (2.0, 3.0, 0.0, 2.0)
    """
    regret = worth.max(axis=1, keepdims=True) - worth
    return tuple(
        Criteria(
            expected=float(own.mean()),
            error=_standard_error(own),
            least=float(own.min()),
            greatest_regret=float(short.max()),
            regret_90=float(np.quantile(short, 0.9, method="inverted_cdf")),
            good_enough=float(np.mean(short <= good_enough + tie)),
        )
        for own, short in zip(worth.T, regret.T, strict=True)
    )


def best_by(worth: FloatArray, judged: tuple[Criteria, ...], tie: float) -> tuple[Best, ...]:
    """Return the choices that do best by each criterion, several where they differ by no more."""
    return tuple(_best(name, worth, judged, tie) for name in CRITERIA)


def _best(criterion: str, worth: FloatArray, judged: tuple[Criteria, ...], tie: float) -> Best:
    scores = np.array([getattr(one, criterion) for one in judged])
    scores = -scores if criterion in _SMALL_IS_GOOD else scores
    slack = _SAME_SHARE if criterion == "good_enough" else tie
    choices = tuple(np.flatnonzero(scores >= scores.max() - slack).tolist())
    if criterion != "expected":
        return Best(criterion, choices)
    first = worth[:, choices[0]]
    others = [k for k in range(len(judged)) if k not in choices]
    return Best(criterion, choices, tuple(k for k in others if _is_close(first, worth[:, k])))


def _is_close(first: FloatArray, second: FloatArray) -> bool:
    gap = first - second
    return bool(gap.mean() <= 2 * _standard_error(gap))


def _standard_error(values: FloatArray) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0
