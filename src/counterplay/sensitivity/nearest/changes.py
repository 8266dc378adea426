"""The nearest joint change of assumptions that makes or breaks an outcome.

A pure profile is an equilibrium where every unilateral deviation loses or ties.  Each such loss is
a function of the numbers that move.  Where one number alone matters, all places where a loss is
zero are enclosed, and the result is proved least.  Of several, formulas that are sums and products
give polynomials with exact coefficients: affine ones take one linear programme, others branch and
bound (`least_move`), with proof.  Otherwise successive linear programmes from seeded starts find a
short change.  Whatever is found is tidied, and solved anew before it is reported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from counterplay.concepts.pure import pure_profiles
from counterplay.games.replies import BoolArray
from counterplay.games.strategic import LARGEST_PAYOFF
from counterplay.numeric import FloatArray
from counterplay.payoffs.build import payoff_batch
from counterplay.scenario import Scenario
from counterplay.sensitivity.nearest.local_search import Rows, short_move
from counterplay.sensitivity.nearest.moving import Movable, Norm, length
from counterplay.sensitivity.nearest.one_curved_number import only_moving, stable_stretches
from counterplay.sensitivity.nearest.polishing import Holds, in_few_digits, tidied
from counterplay.sensitivity.nearest.polynomial import Polynomial, scaled
from counterplay.sensitivity.nearest.question import Question, asked
from counterplay.sensitivity.nearest.report import Answer, reported
from counterplay.sensitivity.nearest.result import NearestChange
from counterplay.sensitivity.nearest.shortest import ENCLOSED, method_of, shortest
from counterplay.sensitivity.nearest.stretches import nearest_move

MARGIN = 1e-9
"""By how much of the player's payoff range a deviation pays after a change that breaks."""


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
        losses that are polynomials in what moves, or one number alone that moves them.

    Raises
    ------
    ValuesError
        If an id is unknown, a range is not right, there is no such norm, or one number alone
        matters and payoffs are not finite somewhere on its range.
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
        return _made_along_curves(question)
    rows = [gap.loss for gap in gaps if not _is_never_negative(gap.loss)]
    # A profile that ties is an equilibrium, so a margin is only tried first, against rounding.
    move, bound, parts = shortest(question, rows, (0.0, MARGIN))
    if move is None and parts and np.isfinite(bound):
        move, bound, parts = shortest(question, rows, (0.0, 0.0))
    return _finished(question, move, bound, method_of(parts), question.stable)


def _is_never_negative(row: Polynomial) -> bool:
    return set(row) <= {()} and row.get((), Fraction(0)) >= 0


def _made_along_curves(question: Question) -> Answer:
    """Return the shortest move found where losses are no polynomials; proved for one number."""
    moving = question.moving
    name = only_moving(question)
    if name is not None:
        alone, bound = nearest_move(moving, name, stable_stretches(question, name))
        return _finished(question, alone, bound, ENCLOSED, question.stable)
    losses = _losses(question)
    move = short_move(losses, moving.shares, question.norm, MARGIN)
    if move is None:
        move = short_move(losses, moving.shares, question.norm, 0.0)
    return _finished(question, move, 0.0, _SEARCHED, question.stable)


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
    return _finished(question, best, bound, method_of(looked), unstable)


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
        # Beyond what a game takes, no loss counts as one.
        payoffs = np.where(np.abs(payoffs) <= LARGEST_PAYOFF, payoffs, np.nan)
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


_SEARCHED = (
    "Losses are no polynomials in what moves: successive linear programmes from nine seeded "
    "starts, with no proof that nothing smaller does it."
)
