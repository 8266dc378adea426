"""What dominates one option: another option, or a mixture, checked exactly where that is possible.

Linear programmes propose a mixture in floating point.  Where the game's payoffs are rational its
shares are rounded to the smallest denominators with which it still dominates in exact arithmetic,
so that the reason reads well and holds without tolerance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from counterplay.concepts.dominance import (
    Kept,
    certain_gap,
    dominating_mixture,
    never_losing_mixture,
    option_rows,
)
from counterplay.games import Game
from counterplay.numeric import ExactArray, FloatArray

_DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 100, 1_000, 10**6, 10**9, 10**15)

_WORTH_CHECKING = 1e-9
"""A mixture that falls short by less, as a share of the range, is checked in exact arithmetic."""


@dataclass(frozen=True, eq=False)
class Rows:
    """One player's payoffs while every player keeps some options only.

    Row k belongs to the player's k-th kept option; columns are what the others can still do.
    """

    game: Game
    kept: Kept
    player: int

    @cached_property
    def scaled(self) -> FloatArray:
        """Payoffs on the player's own range, shape (options, columns)."""
        rows: FloatArray = option_rows(self.game.scaled[self.player], self.kept, self.player)
        return rows

    @cached_property
    def exact(self) -> ExactArray | None:
        """The same in the payoffs' units as Fractions, or None where the game has none."""
        if self.game.exact is None:
            return None
        rows: ExactArray = option_rows(self.game.exact[self.player], self.kept, self.player)
        return rows

    @cached_property
    def certain(self) -> float:
        """The gap, as a share of the player's range, that cannot be rounding."""
        return certain_gap(self.game, self.player)

    @property
    def spread(self) -> float:
        """The player's payoff range."""
        return float(self.game.ranges[self.player])


@dataclass(frozen=True, eq=False)
class Dominator:
    """A mixture that dominates an option.

    Attributes
    ----------
    shares : mapping from row to share
        Fractions where domination was checked in exact arithmetic, else floats.
    margin : float
        The least gain over all columns in the payoffs' units; 0 where it is weak only.
    """

    shares: Mapping[int, Fraction | float]
    margin: float


Finder = Callable[[Rows, int, Sequence[int]], Dominator | None]
"""Looks for a dominator of one row among mixtures of others."""


def strictly_dominating_option(rows: Rows, row: int, others: Sequence[int]) -> Dominator | None:
    """Return the other row whose least gain over `row` is greatest, if that is positive."""
    least = (rows.scaled[list(others)] - rows.scaled[row]).min(axis=1)
    best = int(least.argmax())
    if least[best] <= rows.certain:
        return None
    return _checked(rows, row, {others[best]: Fraction(1)}, _strict)


def strictly_dominating_mixture(rows: Rows, row: int, others: Sequence[int]) -> Dominator | None:
    """Return a mixture of other rows that gains over `row` in every column."""
    among, own = rows.scaled[list(others)], rows.scaled[row]
    if np.any(own >= among.max(axis=0) - rows.certain):
        return None
    mixture = dominating_mixture(among, own)
    return None if mixture is None else _simplest(rows, row, others, mixture, _strict)


def weakly_dominating(rows: Rows, row: int, others: Sequence[int]) -> Dominator | None:
    """Return another row, or else a mixture, that never loses against `row` and gains somewhere.

    Among single rows the one whose least gain is greatest is taken.
    """
    among, own = rows.scaled[list(others)], rows.scaled[row]
    least = (among - own).min(axis=1)
    for k in np.argsort(-least, kind="stable"):
        if least[k] < -rows.certain:
            break
        found = _checked(rows, row, {others[k]: Fraction(1)}, _weak)
        if found is not None:
            return found
    if np.any(own > among.max(axis=0) + rows.certain):
        return None
    solved = never_losing_mixture(among, own)
    return None if solved is None else _simplest(rows, row, others, solved[0], _weak)


def _strict(gaps: FloatArray | ExactArray, nothing: float) -> bool:
    return bool(gaps.min() > nothing)


def _weak(gaps: FloatArray | ExactArray, nothing: float) -> bool:
    return bool(gaps.min() >= -nothing and gaps.max() > nothing)


Claim = Callable[[FloatArray | ExactArray, float], bool]
"""Says whether gains, one a column, dominate; gains up to the second argument count as none."""


def _simplest(
    rows: Rows, row: int, others: Sequence[int], mixture: FloatArray, claim: Claim
) -> Dominator | None:
    """Return the mixture, its shares rounded as far as it still dominates."""
    plain = {k: float(share) for k, share in zip(others, mixture, strict=True) if share > 0}
    if rows.exact is not None:
        for shares in _roundings(plain):
            if _gains(rows.scaled, row, shares).min() >= -_WORTH_CHECKING:
                found = _checked(rows, row, shares, claim)
                if found is not None:
                    return found
        if claim is _weak:
            return None
    total = sum(plain.values())
    return _in_floats(rows, row, {k: share / total for k, share in plain.items()}, claim)


def _roundings(shares: Mapping[int, float]) -> Iterator[dict[int, Fraction]]:
    """Yield fractions near the shares, of sum 1, by growing denominators."""
    for largest in _DENOMINATORS:
        near = {k: Fraction(share).limit_denominator(largest) for k, share in shares.items()}
        total = sum(near.values())
        if total > 0:
            yield {k: share / total for k, share in near.items() if share > 0}


def _checked(
    rows: Rows, row: int, shares: Mapping[int, Fraction], claim: Claim
) -> Dominator | None:
    """Return the mixture if it dominates, decided exactly where the game has exact payoffs."""
    if rows.exact is None:
        return _in_floats(rows, row, {k: float(share) for k, share in shares.items()}, claim)
    gains = _gains(rows.exact, row, shares)
    return Dominator(shares, float(gains.min())) if claim(gains, 0) else None


def _in_floats(
    rows: Rows, row: int, shares: Mapping[int, float], claim: Claim
) -> Dominator | None:
    gains = _gains(rows.scaled, row, shares)
    if not claim(gains, rows.certain):
        return None
    least = float(gains.min())
    return Dominator(shares, least * rows.spread if least > rows.certain else 0.0)


def _gains(
    table: FloatArray | ExactArray, row: int, shares: Mapping[int, Fraction | float]
) -> FloatArray | ExactArray:
    """Return what a mixture pays more than `row`, one amount a column."""
    if table.dtype != object:
        shares = {k: float(share) for k, share in shares.items()}
    total = sum(share * table[k] for k, share in shares.items())
    gains: FloatArray | ExactArray = total - table[row]
    return gains
