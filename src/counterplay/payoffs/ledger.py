"""What each payoff is made of: every term's contribution, in pure and in mixed profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from counterplay.games import Strategies
from counterplay.numeric import ROUNDING_TIE, FloatArray
from counterplay.payoffs.finite import finite_terms
from counterplay.scenario.schema import Scenario, loaded


@dataclass(frozen=True, eq=False)
class LedgerTerm:
    """One named reason in one player's payoff.

    Attributes
    ----------
    id, label : str
    player : int
        Index of the player who is paid.
    cells : ndarray, shape (k_1, ..., k_n)
        What it pays in each profile; k_j is 1 where player j's choice does not matter.
    """

    id: str
    label: str
    player: int
    cells: FloatArray

    def expected(self, strategies: Strategies) -> float:
        """Return the term's expected contribution under a mixed profile."""
        cells = self.cells
        for axis in range(cells.ndim - 1, -1, -1):
            cells = cells[..., 0] if cells.shape[axis] == 1 else cells @ strategies[axis]
        return float(cells)


@dataclass(frozen=True, eq=False)
class Ledger:
    """The terms of every player; their sums are the payoffs.

    Attributes
    ----------
    terms : tuple of LedgerTerm
    """

    terms: tuple[LedgerTerm, ...]

    def contributions(self, player: int, strategies: Strategies) -> dict[str, float]:
        """Return the player's terms with their expected contributions, in the file's order."""
        return {term.id: term.expected(strategies) for term in self.terms if term.player == player}

    def difference(
        self, player: int, strategies: Strategies, instead: Strategies
    ) -> dict[str, float]:
        """Return how each of the player's terms changes when `instead` is played, largest first.

        The changes add up to the change of the player's payoff; terms that do not change are left
        out.
        """
        before = self.contributions(player, strategies)
        after = self.contributions(player, instead)
        changes = {
            name: after[name] - before[name]
            for name in before
            if abs(after[name] - before[name])
            > ROUNDING_TIE * max(abs(before[name]), abs(after[name]))
        }
        return dict(sorted(changes.items(), key=lambda item: (-abs(item[1]), item[0])))


def ledger(scenario: Scenario, values: Mapping[str, float] | None = None) -> Ledger:
    """Return the ledger of a scenario.

    Raises
    ------
    ValuesError
        As `game` does.
    """
    full = loaded(scenario).full_values(values)
    return Ledger(
        tuple(
            LedgerTerm(term.id, term.label, term.player, np.ascontiguousarray(term.cells[..., 0]))
            for term in finite_terms(scenario, full)
        )
    )
