"""The nearest joint change of assumptions that makes or breaks an outcome.

A pure profile is an equilibrium where every unilateral deviation loses or ties.  Each such loss is
a function of the numbers that move.  Where formulas are sums and products these functions are
polynomials with exact coefficients: affine ones take one linear programme, others branch and bound
(`least_move`), and the result is proved least.  Otherwise successive linear programmes from seeded
starts find a short change.  Whatever is found is tidied, and solved anew before it is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from counterplay.concepts.pure import pure_profiles
from counterplay.games.replies import BoolArray
from counterplay.numeric import FloatArray
from counterplay.payoffs.build import payoff_batch
from counterplay.scenario import Scenario
from counterplay.sensitivity.nearest.least_move import CLOSED, least_move
from counterplay.sensitivity.nearest.local_search import Rows, short_move
from counterplay.sensitivity.nearest.moving import Movable, Norm, length
from counterplay.sensitivity.nearest.polishing import Holds, in_few_digits, tidied
from counterplay.sensitivity.nearest.polynomial import Polynomial, scaled
from counterplay.sensitivity.nearest.polynomial_system import System
from counterplay.sensitivity.nearest.question import Question, asked
from counterplay.sensitivity.nearest.report import Answer, reported
from counterplay.sensitivity.nearest.result import NearestChange

MARGIN = 1e-9
"""By how much of the player's payoff range a deviation pays after a change that breaks."""

EFFORT = 600
"""Boxes that branch and bound looks at for each system of inequalities; about two seconds."""


def nearest_that_makes(
    scenario: Scenario,
    profile: Sequence[str | int],
    values: Mapping[str, float] | None = None,
    *,
    norm: Norm = "l1",
    parameters: Movable | None = None,
) -> NearestChange:
    """Find the least joint change after which a pure profile is an equilibrium.

    Parameters
    ----------
    scenario : Scenario
    profile : sequence of ids or indices
        One option for each player.
    values : mapping from parameter or constant id to number, optional
        Where things stand now; all others at their defaults.
    norm : "l1" or "linf"
        Changes are shares of each parameter's range: ``"l1"`` adds them up, ``"linf"`` takes the
        largest.
    parameters : sequence of ids, or mapping from id to (low, high) or None, optional
        What may move: every parameter where left out.  A constant needs a range, which is also
        what its change is measured in.

    Returns
    -------
    NearestChange
        ``"least"`` where it is proved that no change is smaller by more than 1e-6, which needs
        losses that are polynomials in what moves.

    Raises
    ------
    ValuesError
        If an id is unknown, a range is not right, or there is no such norm.
    GameError
        If the profile does not name one option for each player.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> change = nearest_that_makes(load("korea-ukraine"), ["hum", "none", "withhold", "stay"])
    >>> change.status, dict(change.changes)
    ('least', {'cash': (4.5, 4.075), 'dependence': (5.0, 4.625)})
    """
    question = asked(scenario, profile, values, norm, parameters)
    return reported(question, "makes", made(question))


def nearest_that_breaks(
    scenario: Scenario,
    profile: Sequence[str | int],
    values: Mapping[str, float] | None = None,
    *,
    norm: Norm = "l1",
    parameters: Movable | None = None,
) -> NearestChange:
    """Find the least joint change after which a pure profile is no equilibrium any more.

    At the border itself the profile still holds, so there is a least lower limit but no least
    change.  What is found breaks it by 1e-9 of a player's payoff range, and ``"least"`` means
    least among the changes that do.

    Parameters
    ----------
    scenario, profile, values, norm, parameters
        As for `nearest_that_makes`.

    Returns
    -------
    NearestChange
        Its `binding` names who then gains, and by which option.

    Raises
    ------
    ValuesError, GameError
        As `nearest_that_makes` does.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> profile = ["pledge", "deny", "conv", "expose"]
    >>> change = nearest_that_breaks(load("korea-ukraine"), profile)
    >>> change.status, list(change.changes), change.binding
    ('least', ['prestige'], (('dprk', 'open'),))
    """
    question = asked(scenario, profile, values, norm, parameters)
    return reported(question, "breaks", _broken(question))


def made(question: Question) -> Answer:
    """Return the shortest move that makes the profile an equilibrium."""
    moving = question.moving
    if question.profile in pure_profiles(question.game):
        return Answer(np.zeros(len(moving.ids)), 0.0, "It is one now.")
    gaps = question.gaps()
    if gaps is None:
        move = short_move(_losses(question), moving.shares, question.norm, MARGIN)
        return _finished(question, move, 0.0, _SEARCHED, question.stable)
    # A profile that ties is an equilibrium, so a margin is only tried first, against rounding.
    move, bound, parts = shortest(question, [gap.loss for gap in gaps], (0.0, MARGIN))
    if move is None and np.isfinite(bound):
        move, bound, parts = shortest(question, [gap.loss for gap in gaps], (0.0, 0.0))
    return _finished(question, move, bound, _proved(parts), question.stable)


def _broken(question: Question) -> Answer:
    """Return the shortest move that lets one deviation gain."""
    moving = question.moving
    if question.profile not in pure_profiles(question.game):
        return Answer(np.zeros(len(moving.ids)), 0.0, "It is none now.")

    def unstable(moves: FloatArray) -> BoolArray:
        return ~question.stable(moves)

    gaps = question.gaps()
    best, size, bound, looked = None, np.inf, np.inf, 0
    if gaps is None:
        losses = _losses(question)
        for row in range(len(losses(np.zeros((len(moving.ids), 1))))):
            move = short_move(_one_gain(losses, row), moving.shares, question.norm, MARGIN)
            if move is not None and length(move, question.norm) < size:
                best, size = move, length(move, question.norm)
        return _finished(question, best, 0.0, _SEARCHED, unstable)
    for gap in gaps:
        gain = scaled(gap.loss, Fraction(-1))
        move, lower, parts = shortest(question, [gain], (MARGIN, MARGIN), size)
        bound, looked = min(bound, lower), looked + parts
        if move is not None:
            best, size = move, length(move, question.norm)
    return _finished(question, best, bound, _proved(looked), unstable)


def shortest(
    question: Question,
    rows: Sequence[Polynomial],
    margins: tuple[float, float],
    cutoff: float = np.inf,
    effort: int = EFFORT,
) -> tuple[FloatArray | None, float, int]:
    """Return the shortest move that meets the rows, what is proved, and the boxes looked at."""
    moving = question.moving
    system = System.of(rows)
    places = [moving.ids.index(name) for name in system.names]
    low, high = moving.shares
    least = least_move(system, question.norm, (low[places], high[places]), margins, effort, cutoff)
    if least.shares is None:
        return None, least.bound, least.parts
    move = np.zeros(len(moving.ids))
    move[places] = least.shares
    return move, least.bound, least.parts


def _finished(
    question: Question, move: FloatArray | None, bound: float, method: str, holds: Holds
) -> Answer:
    if move is None or not holds(move[:, None])[0]:
        return Answer(None, bound, method)
    move = tidied(move, holds)
    return Answer(in_few_digits(question.moving, move, question.norm, holds), bound, method)


def _losses(question: Question) -> Rows:
    """Return what each deviation loses at many moves, as shares of payoff ranges."""
    units = np.where(question.game.ranges > 0, question.game.ranges, 1.0)

    def rows(moves: FloatArray) -> FloatArray:
        payoffs = payoff_batch(question.scenario, question.moving.columns(moves))
        payoffs = np.broadcast_to(payoffs, (*payoffs.shape[:-1], moves.shape[1]))
        found = []
        for player, own in enumerate(question.profile):
            line = tuple(slice(None) if i == player else k for i, k in enumerate(question.profile))
            table = payoffs[player][line] / units[player]
            with np.errstate(invalid="ignore"):
                found.append(np.delete(table[own] - table, own, axis=0))
        return np.concatenate(found)

    return rows


def _one_gain(losses: Rows, row: int) -> Rows:
    return lambda moves: -losses(moves)[row : row + 1]


def _proved(parts: int) -> str:
    if parts == 1:
        return "One linear programme over affine losses, with a proof by its dual prices."
    return (
        f"Branch and bound over {parts} boxes, each bounded by a linear programme; no change is "
        f"smaller than the bound, and {CLOSED:g} of a range counts as nothing."
    )


_SEARCHED = (
    "Losses are no polynomials in what moves: successive linear programmes from nine seeded "
    "starts, with no proof that nothing smaller does it."
)
