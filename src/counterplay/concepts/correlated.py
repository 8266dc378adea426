"""Correlated equilibria: what a mediator can advise so that nobody gains by disobeying.

Somebody trusted by all draws a profile from a published distribution and tells each player its own
part.  The distribution is a *correlated equilibrium* (Aumann, "Subjectivity and correlation in
randomized strategies", Journal of Mathematical Economics 1, 1974) when no player gains by
choosing something else than it is told.  It is a *coarse* one (Moulin and Vial, "Strategically
zero-sum games", International Journal of Game Theory 7, 1978) when no player gains by refusing
the advice before it hears it.  Every Nash equilibrium is a correlated one, and every correlated
one is coarse.  Both sets are polytopes, so the best member for an aim is a linear programme.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from counterplay.concepts.correlated_polytope import (
    Polytope,
    best_point,
    fairest_point,
    obedience,
    participation,
)
from counterplay.errors import GameError
from counterplay.games import Game, checked_game
from counterplay.numeric import FloatArray

_SLACK = 1e-10
"""Share of a range that the second aim may cost the first; less is rounding."""


@dataclass(frozen=True, eq=False)
class CorrelatedEquilibrium:
    """A certified correlated equilibrium, or a coarse one.

    Attributes
    ----------
    distribution : ndarray, shape (m_1, ..., m_n)
        Probability of every profile; not negative, sum 1.
    payoffs : ndarray, shape (n,)
        Expected payoffs.
    regret : float
        The largest gain from disobeying at one's best, recomputed from the payoffs and in their
        own units; at most 1e-9 of the player's payoff range.
    value : float
        What was maximised: the sum of the payoffs, the least payoff as a share of its player's
        range, or the payoff of one player.
    coarse : bool
        Whether players decide about the advice before they hear it.
    """

    distribution: FloatArray
    payoffs: FloatArray
    regret: float
    value: float
    coarse: bool


def correlated(
    game: Game,
    maximise: Literal["welfare", "fairness"] = "welfare",
    player: str | int | None = None,
    coarse: bool = False,  # noqa: FBT001, FBT002 - part of the public contract
) -> CorrelatedEquilibrium:
    """Find the correlated equilibrium that is best by one aim.

    Parameters
    ----------
    game : Game
    maximise : "welfare" or "fairness"
        The plain sum of the payoffs as given; or the least payoff, each player's measured from 0
        to 1 on its own range, and among the distributions that reach it the greatest sum.  A
        player whose payoffs are all equal has no say in fairness.
    player : id or index, optional
        Maximise this player's payoff; `maximise` is then ignored.
    coarse : bool
        Look among the coarse correlated equilibria.

    Returns
    -------
    CorrelatedEquilibrium
        One that is best by the aim: a probability for every profile, shape (m_1, ..., m_n), with
        expected payoffs and regret in the payoffs' own units.  There may be others as good.

    Raises
    ------
    GameError
        If `maximise` is neither, there is no such player, `coarse` is not True or False, or no
        method of HiGHS finds a distribution that passes the check.

    Examples
    --------
    >>> chicken = Game.from_payoffs([[[6, 2], [7, 0]], [[6, 7], [2, 0]]])  # Aumann 1974
    >>> best = correlated(chicken)
    >>> best.distribution.round(6).tolist()
    [[0.5, 0.25], [0.25, 0.0]]
    >>> round(best.value, 6)
    10.5
    """
    checked_game(game)
    _check_aim(maximise)
    polytope = _polytope(game, coarse)
    if player is not None:
        own = game.player_index(player)
        found = _certified(polytope, best_point(polytope, game.scaled[own].ravel()))
        return replace(found, value=float(found.payoffs[own]))
    if maximise == "welfare":
        found = _certified(polytope, best_point(polytope, _welfare(game)))
        return replace(found, value=sum(found.payoffs.tolist()))
    found = _certified(polytope, _fairest(polytope))
    return replace(found, value=float(_shares(game, found.distribution).min(initial=1.0)))


def correlated_range(
    game: Game,
    coarse: bool = False,  # noqa: FBT001, FBT002 - as in `correlated`
) -> FloatArray:
    """Return the least and the greatest payoff of each player in all correlated equilibria.

    Every Nash equilibrium is a correlated one, so its payoffs lie in these ranges.

    Parameters
    ----------
    game : Game
    coarse : bool
        Look among the coarse correlated equilibria.

    Returns
    -------
    ndarray, shape (n, 2)
        A row for each player: its least and its greatest expected payoff, in its own units.
        Read-only.

    Raises
    ------
    GameError
        If `coarse` is not True or False, or no method of HiGHS finds distributions that pass the
        check.

    Examples
    --------
    >>> chicken = Game.from_payoffs([[[6, 2], [7, 0]], [[6, 7], [2, 0]]])
    >>> correlated_range(chicken).round(6).tolist()
    [[2.0, 7.0], [2.0, 7.0]]
    """
    checked_game(game)
    polytope = _polytope(game, coarse)
    ranges = np.array([payoff_range(polytope, player) for player in range(len(game.players))])
    ranges.flags.writeable = False
    return ranges


def payoff_range(polytope: Polytope, player: int) -> tuple[float, float]:
    """Return the least and the greatest payoff of one player in a polytope of equilibria."""
    table = polytope.game.scaled[player].ravel()
    least, most = (
        float(_certified(polytope, best_point(polytope, aim)).payoffs[player])
        for aim in (-table, table)
    )
    return min(least, most), max(least, most)


def _check_aim(maximise: object) -> None:
    if not isinstance(maximise, str) or maximise not in ("welfare", "fairness"):
        raise GameError(f"maximise: {maximise!r}; give 'welfare' or 'fairness'")


def _polytope(game: Game, coarse: object) -> Polytope:
    if not isinstance(coarse, bool | np.bool_):
        raise GameError(f"coarse: {coarse!r}; give True or False")
    return participation(game) if coarse else obedience(game)


def _welfare(game: Game) -> FloatArray:
    """Return the sum of the payoffs, up to a constant and a factor that keep it from 0 to n."""
    largest = float(game.ranges.max())
    weights = game.ranges / largest if largest > 0 else game.ranges
    return np.tensordot(weights, game.scaled, axes=1).ravel()


def _fairest(polytope: Polytope) -> FloatArray | None:
    """Maximise the least share, then welfare among the distributions that reach it."""
    game = polytope.game
    amounts = game.scaled[game.ranges > 0].reshape(-1, game.profiles)
    if not len(amounts):
        return best_point(polytope, _welfare(game))
    first = fairest_point(polytope, amounts)
    if first is None:
        return None
    reached = float((amounts @ first).min()) - _SLACK
    second = best_point(polytope, _welfare(game), floors=amounts - reached)
    return first if second is None else second


def _shares(game: Game, distribution: FloatArray) -> FloatArray:
    """Return the mean payoffs of the players with something at stake, each on its own range."""
    amounts = game.scaled[game.ranges > 0].reshape(-1, game.profiles)
    return amounts @ distribution.ravel()


def _certified(polytope: Polytope, found: FloatArray | None) -> CorrelatedEquilibrium:
    game = polytope.game
    if found is None:
        raise GameError(
            "payoffs: HiGHS found no correlated equilibrium that passes the check; payoffs of "
            "one player that differ by many powers of ten may do that, so measure them more evenly"
        )
    distribution = found.reshape(game.shape)
    payoffs = game.payoffs.reshape(len(game.players), -1) @ found
    for array in (distribution, payoffs):
        array.flags.writeable = False
    regret = float((polytope.regrets(distribution) * game.ranges).max())
    return CorrelatedEquilibrium(distribution, payoffs, regret, np.nan, polytope.coarse)
