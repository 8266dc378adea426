"""Strategies that are weakly dominated: another one never pays less, and sometimes more.

No equilibrium that plays such a strategy is trembling-hand perfect (van Damme, Stability and
Perfection of Nash Equilibria, 1987, section 2.2).  By linear programming duality a strategy is
either weakly dominated by a mixture, or a best reply to a belief that gives every combination of
the others' options positive probability; which of the two depends on its support alone.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from counterplay.concepts.dominance import by_option, never_losing_mixture
from counterplay.concepts.selection.listing import check_fit
from counterplay.concepts.selection.payoff_order import (
    RankArray,
    payoff_ranks,
    ranked_best_replies,
)
from counterplay.concepts.solution import Equilibrium
from counterplay.games import Game
from counterplay.games.replies import BoolArray
from counterplay.numeric import ExactArray, FloatArray

_CERTAIN = 1e-12
"""Losses up to this share of the payoff range may be rounding."""

_LEAST_GAIN = 1e-9
"""Gains up to this share of the payoff range are not looked for among mixtures."""

_MOST_COLUMNS = 4096
"""Combinations of the others' options beyond which no linear programme is set up."""

_DENOMINATORS = (1_000, 1_000_000, 10**12)

Support = tuple[int, ...]


def uses_weakly_dominated(game: Game, equilibrium: Equilibrium) -> bool | None:
    """Say whether some player's strategy is weakly dominated, by a mixture too.

    Returns
    -------
    bool or None
        Domination by one option is decided exactly, and a dominating mixture is verified on the
        exact payoffs where there are any.  None where a mixture comes too close to tell, or the
        others have more than 4,096 combinations of options.

    Raises
    ------
    GameError
        If the equilibrium does not fit the game.

    Examples
    --------
    >>> from counterplay.concepts import pure_equilibria
    >>> game = Game.from_payoffs([[[1, 0], [0, 0]], [[1, 0], [0, 0]]])
    >>> [uses_weakly_dominated(game, equilibrium) for equilibrium in pure_equilibria(game)]
    [False, True]
    """
    check_fit(game, [equilibrium])
    return WeakDominance(game, payoff_ranks(game)).used_by(equilibrium)


class WeakDominance:
    """Which strategies of one game are weakly dominated; what was found is remembered."""

    def __init__(self, game: Game, ranks: RankArray) -> None:
        self.game, self.ranks = game, ranks
        self.best = ranked_best_replies(ranks)
        self.known: dict[tuple[int, Support], bool | None] = {}

    def used_by(self, equilibrium: Equilibrium) -> bool | None:
        """Say whether some player's strategy in an equilibrium is weakly dominated."""
        supports = [
            tuple(int(k) for k in np.flatnonzero(vector)) for vector in equilibrium.strategies
        ]
        found = [self.dominated(player, support) for player, support in enumerate(supports)]
        return True if True in found else None if None in found else False

    def dominated(self, player: int, support: Support) -> bool | None:
        """Say whether a player's strategies with this support are weakly dominated."""
        if (player, support) not in self.known:
            ranks, best = (by_option(part[player], player) for part in (self.ranks, self.best))
            found = _at_once(ranks, best, support)
            self.known[player, support] = (
                _by_mixture(self.game, player, support) if found is None else found
            )
        return self.known[player, support]


def _at_once(ranks: RankArray, best: BoolArray, support: Support) -> bool | None:
    """Decide by single options: exactly, or not at all."""
    for option in support:
        better = (ranks >= ranks[option]).all(axis=1) & (ranks > ranks[option]).any(axis=1)
        if better.any():
            return True
    if best[list(support)].all():
        return False
    only_best = best[support[0]] & (best.sum(axis=0) == 1)
    return False if len(support) == 1 and only_best.any() else None


def _by_mixture(game: Game, player: int, support: Support) -> bool | None:
    """Look for a dominating mixture; else for a belief that makes the strategy a best reply."""
    rows: FloatArray = by_option(game.scaled[player], player)
    if rows.shape[1] > _MOST_COLUMNS:
        return None
    own: FloatArray = rows[list(support)].mean(axis=0)
    solved = never_losing_mixture(rows, own)
    if solved is None:
        return None
    mixture, prices = solved
    if (mixture @ rows - own).max() > _LEAST_GAIN and _dominates(game, player, mixture, support):
        return True
    # Against these weights nothing pays more than `own` if the mixture gains nothing (duality).
    belief = (1.0 + prices) / (1.0 + prices).sum()
    lead = float((rows @ belief).max() - own @ belief)
    return False if lead <= _LEAST_GAIN else None


def _dominates(game: Game, player: int, mixture: FloatArray, support: Support) -> bool:
    """Verify a dominating mixture: on the exact payoffs where the game has them."""
    if game.exact is None:
        rows: FloatArray = by_option(game.scaled[player], player)
        gains = mixture @ rows - rows[list(support)].mean(axis=0)
        return bool(gains.min() >= -_CERTAIN and gains.max() > _LEAST_GAIN)
    exact: ExactArray = by_option(game.exact[player], player)
    own = exact[list(support)].sum(axis=0) / len(support)
    return any(
        _never_less_and_once_more(_rational(mixture, denominator), exact, own)
        for denominator in _DENOMINATORS
    )


def _rational(mixture: FloatArray, denominator: int) -> ExactArray:
    """Return a mixture in simple fractions nearby; simple payoffs have simple ones."""
    shares = [Fraction(float(p)).limit_denominator(denominator) for p in mixture]
    return np.array([share / sum(shares) for share in shares], dtype=object)


def _never_less_and_once_more(mixture: ExactArray, exact: ExactArray, own: ExactArray) -> bool:
    used = [k for k, share in enumerate(mixture) if share > 0]
    gains = mixture[used] @ exact[used] - own
    return bool(gains.min() >= 0 and gains.max() > 0)
