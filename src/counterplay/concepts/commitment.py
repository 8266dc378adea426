"""Commitment: what one player can gain by binding itself first.

The leader commits to an option that everybody sees and believes; the others then play an
equilibrium of the game that is left.  In the *strong Stackelberg* solution they play the one that
is best for the leader (Leitmann, "On generalized Stackelberg strategies", Journal of Optimization
Theory and Applications 26, 1978); von Stengel and Zamir ("Leadership games with convex strategy
sets", Games and Economic Behavior 69, 2010) show how much may hang on that, so the worst one is
told beside it.  The value is never below an equilibrium in which the leader plays one option.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from counterplay.concepts.correlated import payoff_range
from counterplay.concepts.correlated_polytope import obedience
from counterplay.concepts.nash import nash
from counterplay.concepts.solution import Completeness, Solution, checked_solution
from counterplay.games import Game, best_replies, checked_game
from counterplay.games.replies import rounding
from counterplay.numeric import REGRET_TOLERANCE, FloatArray

WORK_LIMIT = 100_000
"""Enough for three followers with four options each; seconds where it is not enough."""


class Guaranteed(NamedTuple):
    """The option that is best for the leader at worst, and what it is then worth."""

    option: str
    value: float


@dataclass(frozen=True, eq=False)
class Answers:
    """What the leader gets from one option, once the others have answered.

    Attributes
    ----------
    option : str
    best, worst : float
        The leader's greatest and least payoff over the equilibria found among the others; nan
        where none was.
    payoffs : ndarray, shape (n,)
        Everybody's payoffs in the best of them.
    bounds : (float, float)
        Between these lies the leader's payoff in every equilibrium among the others, found or not.
    equilibria : int
        How many were found; of one follower, its best replies.
    completeness : str
        Whether these are all; see `Solution`.
    """

    option: str
    best: float
    worst: float
    payoffs: FloatArray
    bounds: tuple[float, float]
    equilibria: int
    completeness: Completeness


@dataclass(frozen=True)
class NashRange:
    """The leader's payoff in the equilibria without commitment.

    Attributes
    ----------
    least, greatest : float
        Over the equilibria listed, and the outer bounds of the regions where they are many.
    completeness : str
        Whether these are all; see `Solution`.
    """

    least: float
    greatest: float
    completeness: Completeness


@dataclass(frozen=True, eq=False)
class Commitment:
    """The best option to commit to, and what every other one would bring.

    Attributes
    ----------
    leader, option : str
        Who commits, and to what.
    payoffs : ndarray, shape (n,)
        Everybody's payoffs if the others then play what is best for the leader.
    value : float
        The leader's among them.
    options : tuple of Answers
        One for each option of the leader, in their order.
    guaranteed : Guaranteed
        The option with the greatest lower bound, and that bound.
    nash : NashRange
        What the leader gets in equilibrium without commitment.
    reason : str
        What was searched, and whether a commitment worth more can exist.
    """

    leader: str
    option: str
    payoffs: FloatArray
    value: float
    options: tuple[Answers, ...]
    guaranteed: Guaranteed
    nash: NashRange
    reason: str


def commitment(
    game: Game,
    leader: str | int,
    solution: Solution | None = None,
    work_limit: int = WORK_LIMIT,
) -> Commitment:
    """Find the best single option for one player to commit to.

    Parameters
    ----------
    game : Game
    leader : id or index
    solution : Solution, optional
        The equilibria of `game`, where they are known already; else they are computed, for
        comparison.
    work_limit : int
        Cells that `nash` may look at in each game it solves; the limit never raises.

    Returns
    -------
    Commitment
        The option that is worth most if the others then play what is best for the leader, and
        what every other option would bring; amounts in the leader's own payoff units.

    Raises
    ------
    GameError
        If there is no such player, or the solution is none of this game.

    Notes
    -----
    Among options of the same value the first is taken.  One follower's best replies are decided
    exactly; equilibria among several come from `nash`.  Where those may not be all, the bounds
    are the leader's least and greatest payoff over the others' correlated equilibria, and over
    the regions where equilibria form a continuum.

    Examples
    --------
    >>> game = Game.from_payoffs([[[2, 4], [1, 3]], [[1, 0], [0, 1]]], options=["UD", "LR"])
    >>> best = commitment(game, leader=0)
    >>> best.option, best.value, best.nash.greatest
    ('D', 3.0, 2.0)
    """
    checked_game(game)
    index = game.player_index(leader)
    if solution is not None:
        checked_solution(game, solution)
    options = tuple(
        _answers(game, index, option, work_limit) for option in range(game.shape[index])
    )
    if solution is None:
        solution = nash(game, work_limit=work_limit)
    best = _first_greatest([answers.best for answers in options], rounding(game, index))
    safest = _first_greatest([answers.bounds[0] for answers in options], rounding(game, index))
    chosen = options[best]
    return Commitment(
        leader=game.players[index],
        option=chosen.option,
        payoffs=chosen.payoffs,
        value=chosen.best,
        options=options,
        guaranteed=Guaranteed(options[safest].option, options[safest].bounds[0]),
        nash=_nash_range(solution, index),
        reason=_reason(game, index, options, chosen.best),
    )


def _answers(game: Game, leader: int, option: int, work_limit: int) -> Answers:
    """Solve the game that is left once the leader has committed."""
    kept = [range(count) for count in game.shape]
    kept[leader] = range(option, option + 1)
    left = game.restrict([tuple(options) for options in kept])
    if len(game.players) > 2:
        solution = nash(left, work_limit=work_limit)
        found = np.array([equilibrium.payoffs for equilibrium in solution])
        beyond = _beyond(left, leader, solution)
        return _unpacked(left, leader, found, beyond, solution.completeness)
    # Mixtures of the only follower's best replies pay the leader no more than one of them.
    found = left.payoffs[:, best_replies(left).all(axis=0)].T
    return _unpacked(left, leader, found, (), "proved" if len(found) == 1 else "continuum")


def _beyond(left: Game, leader: int, solution: Solution) -> tuple[float, ...]:
    """Return amounts between which the leader's payoff lies in equilibria that are not listed."""
    if solution.completeness == "unproved":
        return payoff_range(obedience(left), leader)
    return tuple(float(end) for region in solution.regions for end in region.payoffs[leader])


def _unpacked(
    left: Game,
    leader: int,
    found: FloatArray,
    beyond: Sequence[float],
    completeness: Completeness,
) -> Answers:
    if not len(found):
        found = np.full((1, len(left.players)), np.nan)
    own = found[:, leader]
    payoffs = found[int(own.argmax())]
    payoffs.flags.writeable = False
    reach = [*own[np.isfinite(own)].tolist(), *beyond]
    return Answers(
        option=left.options[leader][0],
        best=float(own.max()),
        worst=float(own.min()),
        payoffs=payoffs,
        bounds=(min(reach), max(reach)),
        equilibria=int(np.isfinite(own).sum()),
        completeness=completeness,
    )


def _first_greatest(values: Sequence[float], tie: float) -> int:
    known = np.nan_to_num(np.array(values), nan=-np.inf)
    return int(np.flatnonzero(known >= known.max() - tie)[0])


def _nash_range(solution: Solution, leader: int) -> NashRange:
    own = [float(equilibrium.payoffs[leader]) for equilibrium in solution]
    own += [float(end) for region in solution.regions for end in region.payoffs[leader]]
    return NashRange(min(own, default=np.nan), max(own, default=np.nan), solution.completeness)


def _reason(game: Game, leader: int, options: Sequence[Answers], value: float) -> str:
    """Say what was searched, and whether a commitment worth more can exist."""
    others = [label for i, label in enumerate(game.player_labels) if i != leader]
    if not others:
        return "There is nobody to answer, so the option that pays most is taken."
    if len(others) == 1:
        return f"Every best reply of {others[0]} to each option was found, so none is worth more."
    if all(answers.completeness == "proved" for answers in options):
        return (
            "Every equilibrium among the others after each option is listed; none is worth more."
        )
    tie = REGRET_TOLERANCE * float(game.ranges[leader]) + rounding(game, leader)
    more = [answers for answers in options if answers.bounds[1] > value + tie]
    if not more:
        return "Not every equilibrium among the others is listed, but bounds show none worth more."
    names = ", ".join(repr(answers.option) for answers in more[:3])
    return (
        "Not every equilibrium among the others is listed; with one that is not, "
        f"{names if len(more) <= 3 else f'{len(more)} of the options'} may be worth up to "
        f"{max(answers.bounds[1] for answers in more):.6g}."
    )
