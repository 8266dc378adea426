"""From a move that was found to a result that was solved anew."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from counterplay.concepts import Solution, nash, prompt_work
from counterplay.concepts.pure import pure_profiles
from counterplay.games import Game, Profile
from counterplay.numeric import FloatArray
from counterplay.payoffs import game
from counterplay.scenario.setting import Values
from counterplay.sensitivity.nearest.least_move import CLOSED
from counterplay.sensitivity.nearest.moving import length
from counterplay.sensitivity.nearest.question import Question
from counterplay.sensitivity.nearest.result import Goal, NearestChange, Status
from counterplay.sensitivity.nearest.words import change_words
from counterplay.sensitivity.outcomes import outcome_of

NEARLY = 0.99
"""The share of a change that must not be enough."""

_EVEN = 1e-7


@dataclass(frozen=True, eq=False)
class Answer:
    """What a search found: a move or None, the proved bound, and how."""

    move: FloatArray | None
    bound: float
    method: str


def reported(question: Question, goal: Goal, answer: Answer) -> NearestChange:
    """Solve before and after, check the move and 99 % of it, and put it into words."""
    moving, move = question.moving, answer.move
    before = outcome_of(question.scenario, solved(question.game))
    size = length(move, question.norm) if move is not None else np.inf
    values = moving.setting(move) if move is not None else dict(moving.values)
    then = game(question.scenario, values)
    tied = move is not None and 0 < size <= CLOSED and _is_tied(question, goal, move)
    change = NearestChange(
        goal=goal,
        profile=question.game.profile_ids(question.profile),
        norm=question.norm,
        status="tied" if tied else _status(size, answer.bound),
        changes={
            name: (moving.values[name], values[name])
            for name in moving.ids
            if values[name] != moving.values[name]
        },
        size=size,
        bound=min(answer.bound, size),
        values=Values(values),
        method=answer.method,
        before=before,
        after=outcome_of(question.scenario, solved(then)) if size > 0 else before,
        binding=_binding(question, then, goal) if 0 < size < np.inf else (),
        verified=tied or (move is not None and _verified(question, goal, move)),
    )
    return replace(change, words=change_words(question.scenario, change))


def solved(one: Game) -> Solution:
    """Solve one game with the effort of an answer that is waited for."""
    return nash(one, work_limit=prompt_work(one))


def holds_in(one: Game, profile: Profile, goal: Goal) -> bool:
    """Say whether a goal is reached in one game, as exactly as the game allows."""
    if goal == "isolates":
        return is_only(solved(one), profile)
    return (profile in pure_profiles(one)) == (goal == "makes")


def is_only(solution: Solution, profile: Profile) -> bool:
    """Say whether it is proved that a pure profile is the only equilibrium."""
    return (
        solution.completeness == "proved"
        and len(solution) == 1
        and solution.equilibria[0].profile == profile
    )


def _status(size: float, bound: float) -> Status:
    if size == 0:
        return "already"
    if np.isfinite(size):
        return "least" if size - bound <= CLOSED else "least found"
    return "none found" if np.isfinite(bound) else "impossible"


def _is_tied(question: Question, goal: Goal, move: FloatArray) -> bool:
    """Say whether the profile ties now, so that half of a tiny move that breaks it does so too."""
    moved = (game(question.scenario, question.moving.setting(s * move)) for s in (1.0, 0.5))
    return goal == "breaks" and all(holds_in(one, question.profile, goal) for one in moved)


def _verified(question: Question, goal: Goal, move: FloatArray) -> bool:
    moving = question.moving
    there = game(question.scenario, moving.setting(move))
    if not holds_in(there, question.profile, goal):
        return False
    if not move.any():
        return True
    short = game(question.scenario, moving.setting(NEARLY * move))
    return not holds_in(short, question.profile, goal)


def _binding(question: Question, then: Game, goal: Goal) -> tuple[tuple[str, str], ...]:
    """Return the deviations that decide: those that tie, or those that gain."""
    found = []
    for player, own in enumerate(question.profile):
        line = tuple(slice(None) if i == player else k for i, k in enumerate(question.profile))
        row = then.payoffs[player][line]
        even = _EVEN * float(question.game.ranges[player])
        for option, loss in enumerate((row[own] - row).tolist()):
            decisive = loss < 0 if goal == "breaks" else abs(loss) <= even
            if option != own and decisive:
                found.append((then.players[player], then.options[player][option]))
    return tuple(found)
