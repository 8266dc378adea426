"""The nearest joint change after which an outcome is the only equilibrium.

A change that isolates a profile also makes it an equilibrium, so what is proved of the latter is a
lower bound here.  Upper bounds come from a search.  Some settings where the profile is the only
pure equilibrium are found: linear programmes that make it one and let one deviation gain from each
other pure equilibrium, and seeded points.  Those where it is proved to be the only equilibrium,
mixed ones included, are pulled towards where things stand: by shorter programmes, along lines, and
one number after another.  What is found is short, and least only if it meets the bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from counterplay.concepts.pure import pure_profiles
from counterplay.games import Profile
from counterplay.games.replies import BoolArray
from counterplay.numeric import FloatArray
from counterplay.payoffs import game
from counterplay.scenario import Scenario
from counterplay.sensitivity.many import pure_at, solutions_at
from counterplay.sensitivity.nearest.changes import MARGIN, made
from counterplay.sensitivity.nearest.gaps import Gap, PayoffPolynomials
from counterplay.sensitivity.nearest.local_search import sobol_moves
from counterplay.sensitivity.nearest.moving import Movable, Norm, length
from counterplay.sensitivity.nearest.polishing import (
    in_few_digits,
    nearest_on_line,
    polished,
    tidied,
)
from counterplay.sensitivity.nearest.polynomial import NotPolynomialError, Polynomial, scaled
from counterplay.sensitivity.nearest.question import Question, asked
from counterplay.sensitivity.nearest.report import Answer, is_only, reported, solved
from counterplay.sensitivity.nearest.result import NearestChange
from counterplay.sensitivity.nearest.shortest import shortest

_DRAWS = 2_048
_BLENDS = (1.0, 0.5, 0.25, 0.1)
_SOLVED = 32
_KEPT = 2
_ROUNDS = 2
_ROWS = 60
_EFFORT = 20
_WORTHWHILE = 1e-3

_METHOD = (
    "Search from linear programmes and seeded points, shortened by programmes, lines and single "
    "numbers; the bound is that of making the outcome an equilibrium at all."
)


def nearest_that_isolates(
    scenario: Scenario,
    profile: Sequence[str | int],
    values: Mapping[str, float] | None = None,
    *,
    norm: Norm = "l1",
    parameters: Movable | None = None,
) -> NearestChange:
    """Find a short joint change after which a pure profile is the only equilibrium.

    Parameters
    ----------
    scenario, profile, values, norm, parameters
        As for `nearest_that_makes`.

    Returns
    -------
    NearestChange
        Settings count only where it is proved that there is no other equilibrium, mixed ones
        included.  ``"least found"`` unless it is as short as any change that makes the profile
        an equilibrium, and ``"impossible"`` only where nothing makes it one.

    Raises
    ------
    ValuesError, GameError
        As `nearest_that_makes` does.

    Examples
    --------
    >>> from counterplay.scenario import load
    >>> profile = ["pledge", "deny", "conv", "expose"]
    >>> nearest_that_isolates(load("korea-ukraine"), profile).status
    'already'
    """
    question = asked(scenario, profile, values, norm, parameters)
    return reported(question, "isolates", _isolated(question))


def _isolated(question: Question) -> Answer:
    moving = question.moving
    if is_only(solved(question.game), question.profile):
        return Answer(np.zeros(len(moving.ids)), 0.0, "It is the only one now.")
    first = made(question)
    if first.move is None and np.isinf(first.bound):
        return Answer(None, np.inf, first.method)
    search = _Search(question)
    best: FloatArray | None = None
    for move in search.starts(first.move):
        shorter = search.shortened(move)
        if best is None or length(shorter, question.norm) < length(best, question.norm):
            best = shorter
    if best is None:
        return Answer(None, first.bound, _METHOD)
    best = in_few_digits(moving, tidied(best, search.holds), question.norm, search.holds)
    return Answer(best, first.bound, _METHOD)


@dataclass(frozen=True, eq=False)
class _Search:
    """Looks for moves after which a profile is the only equilibrium."""

    question: Question

    def holds(self, moves: FloatArray) -> BoolArray:
        """Say at each of many moves whether the profile is proved the only equilibrium."""
        only = self._alone(moves)
        places = np.flatnonzero(only)
        columns = self.question.moving.columns(moves[:, places])
        solutions = solutions_at(self.question.scenario, columns, len(places))
        for place, solution in zip(places, solutions, strict=True):
            only[place] = is_only(solution, self.question.profile)
        return only

    def starts(self, made_move: FloatArray | None) -> list[FloatArray]:
        """Return some moves that isolate, shortest first."""
        question = self.question
        low, high = question.moving.shares
        points = sobol_moves((low, high), _DRAWS)
        centre = np.zeros(len(low)) if made_move is None else made_move
        blends = [self._shortest_alone(centre, points, share) for share in _BLENDS]
        candidates = np.concatenate(blends, axis=1)
        programme = self._programme(centre)
        if programme is not None:
            candidates = np.column_stack([programme, candidates])
        found = candidates[:, self.holds(candidates)].T
        return sorted(found, key=lambda move: length(move, question.norm))[:_KEPT]

    def _shortest_alone(self, centre: FloatArray, points: FloatArray, share: float) -> FloatArray:
        """Return the shortest moves, a share of the way to some points, without a pure rival."""
        moves = centre[:, None] + share * (points - centre[:, None])
        moves = moves[:, self._alone(moves)]
        sizes = [length(move, self.question.norm) for move in moves.T]
        return moves[:, np.argsort(sizes, kind="stable")[:_SOLVED]]

    def shortened(self, move: FloatArray) -> FloatArray:
        """Pull a move that isolates towards nothing, while it still does."""
        norm = self.question.norm
        for _ in range(_ROUNDS):
            size = length(move, norm)
            shorter = self._programme(move)
            if shorter is not None:
                move = nearest_on_line(shorter, move, self.holds)
            move = polished(move, norm, self.holds)
            if length(move, norm) > (1 - _WORTHWHILE) * size:
                break
        return move

    def _alone(self, moves: FloatArray) -> BoolArray:
        """Say at each of many moves whether the profile is the only pure equilibrium."""
        question = self.question
        columns = question.moving.columns(moves)
        index, sets = pure_at(question.scenario, columns, moves.shape[1])
        only = np.array([profiles == (question.profile,) for profiles in sets], dtype=bool)
        found: BoolArray = only[index]
        return found

    @cached_property
    def _polynomials(self) -> PayoffPolynomials:
        question = self.question
        return PayoffPolynomials(question.scenario, question.moving, question.game)

    def _programme(self, towards: FloatArray) -> FloatArray | None:
        """Return the shortest move that leaves the profile the only pure equilibrium.

        Of each other pure equilibrium that comes up, the deviation that gains most at `towards`
        (or loses least there) is made to gain; which one is a choice that others could beat.
        """
        question = self.question
        try:
            rows = [gap.loss for gap in self._polynomials.gaps(question.profile)]
            for _ in range(_ROWS):
                move, _, _ = shortest(question, rows, (MARGIN, MARGIN), effort=_EFFORT)
                if move is None:
                    return None
                others = self._others(move)
                if not others:
                    return move
                rows += [self._breaking(other, towards) for other in others]
        except NotPolynomialError:
            return None
        return None

    def _others(self, move: FloatArray) -> list[Profile]:
        question = self.question
        there = game(question.scenario, question.moving.setting(move))
        return [other for other in pure_profiles(there) if other != question.profile]

    def _breaking(self, other: Profile, towards: FloatArray) -> Polynomial:
        """Return the gain by one deviation from another profile."""
        ids = self.question.moving.ids
        at = dict(zip(ids, towards.tolist(), strict=True))

        def loss(gap: Gap) -> float:
            return sum(
                float(coefficient) * float(np.prod([at[name] for name in monomial]))
                for monomial, coefficient in gap.loss.items()
            )

        gap = min(self._polynomials.gaps(other), key=loss)
        return scaled(gap.loss, Fraction(-1))
