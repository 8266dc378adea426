"""Coalition-proof equilibria: no coalition has a gainful deviation that would itself hold.

Bernheim, Peleg and Whinston, Coalition-proof Nash equilibria I: Concepts, Journal of Economic
Theory 42 (1987).  A joint deviation of a coalition is credible if no smaller coalition inside it
has a credible deviation from there by which each of its members gains; what a single player does
is always credible.  An equilibrium is coalition-proof if no coalition has a credible deviation by
which every member gains.  The deviations looked at are pure.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.selection.payoff_order import (
    RankArray,
    payoff_ranks,
    ranked_best_replies,
)
from counterplay.concepts.selection.strong_equilibrium import Coalition, coalitions, gainful
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game, Profile

WORK_LIMIT = 5_000_000
"""Payoffs looked at before a search is given up."""

_CALL = 500
"""What one look at a coalition costs beside the payoffs it reads, in their number."""


class _WorkLimitError(Exception):
    """The search takes more work than allowed."""


def coalition_proof(
    game: Game, equilibrium: Equilibrium, work_limit: int = WORK_LIMIT
) -> bool | None:
    """Say whether no coalition has a credible joint pure deviation by which every member gains.

    Parameters
    ----------
    game : Game
    equilibrium : Equilibrium
    work_limit : int
        Number of payoffs that may be looked at.

    Returns
    -------
    bool or None
        Exact.  None for a mixed equilibrium, and where the limit was reached first.

    Raises
    ------
    GameError
        If the equilibrium does not fit the game.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> dilemma = Game.from_payoffs([[[3, 0], [5, 1]], [[3, 5], [0, 1]]])
    >>> [coalition_proof(dilemma, equilibrium) for equilibrium in pure_equilibria(dilemma)]
    [True]
    """
    check_fit(game, [equilibrium])
    if equilibrium.profile is None:
        return None
    search = CredibleDeviations(payoff_ranks(game))
    return search.absent(equilibrium.profile, work_limit)


class CredibleDeviations:
    """The search for credible deviations in one game; what it has found it remembers."""

    def __init__(self, ranks: RankArray) -> None:
        self.ranks, self.replies = ranks, ranked_best_replies(ranks)
        self.known: dict[tuple[Coalition, Profile], bool] = {}
        self.work_left = 0

    def absent(self, profile: Profile, work_limit: int) -> bool | None:
        """Say whether no coalition has one from a pure profile; None beyond the limit."""
        self.work_left = work_limit
        try:
            return not any(
                self._exists(coalition, profile) for coalition in coalitions(len(profile))
            )
        except _WorkLimitError:
            return None

    def _exists(self, coalition: Coalition, profile: Profile) -> bool:
        """Say whether this very coalition has a credible gainful deviation."""
        if len(coalition) == 1:
            (player,) = coalition
            return not self.replies[player][profile]
        found = self.known.get((coalition, profile))
        if found is None:
            found = any(
                self._is_credible(coalition, deviation)
                for deviation in self._gainful(coalition, profile)
            )
            self.known[coalition, profile] = found
        return found

    def _is_credible(self, coalition: Coalition, deviation: Profile) -> bool:
        """Say whether no smaller coalition inside has a credible gainful deviation from here."""
        return not any(
            self._exists(smaller, deviation)
            for size in range(2, len(coalition))
            for smaller in itertools.combinations(coalition, size)
        )

    def _gainful(self, coalition: Coalition, profile: Profile) -> Iterator[Profile]:
        """Yield the deviations by which all members gain and which no single member leaves."""
        gains = gainful(self.ranks, coalition, profile)
        self.work_left -= gains.size * len(coalition) + _CALL
        if self.work_left < 0:
            raise _WorkLimitError
        if not gains.any():
            return
        cells = tuple(slice(None) if i in coalition else k for i, k in enumerate(profile))
        for member in coalition:
            gains &= self.replies[member][cells]
        for options in np.argwhere(gains).tolist():
            deviation = list(profile)
            for member, option in zip(coalition, options, strict=True):
                deviation[member] = option
            yield tuple(deviation)
