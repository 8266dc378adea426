"""What other solution concepts say of the game, beside its Nash equilibria."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from counterplay.concepts import (
    Commitment,
    CorrelatedEquilibrium,
    Elimination,
    Equilibrium,
    Solution,
    commitment,
    correlated,
    iterated_strict_dominance,
    quantal_branch,
)
from counterplay.errors import GameError
from counterplay.games import Game

MOST_PROFILES = 4_000
"""Combinations of options up to which other concepts are worked out."""

_SAME = 1e-6


@dataclass(frozen=True, eq=False)
class OtherConcepts:
    """What other solution concepts say.

    Attributes
    ----------
    dominance : Elimination
        Options that no belief supports, removed round by round.
    quantal_limit : Equilibrium or None
        Where choices with ever fewer mistakes lead, on the principal logit branch; None where the
        limit was not reached.
    quantal_listed : int or None
        Number of the listed equilibrium that it is, from 0; None where it is none of them.
    advice : CorrelatedEquilibrium
        The correlated equilibrium that is best for the worst-off player.
    commitments : tuple of Commitment
        For each player the best option to bind itself to first.
    """

    dominance: Elimination
    quantal_limit: Equilibrium | None
    quantal_listed: int | None
    advice: CorrelatedEquilibrium
    commitments: tuple[Commitment, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain JSON data; what is not known is None."""
        limit = self.quantal_limit
        return {
            "undominated": [list(options) for options in self.dominance.kept],
            "quantal_limit": None
            if limit is None
            else {
                "strategies": [vector.tolist() for vector in limit.strategies],
                "listed": self.quantal_listed,
            },
            "advice": {
                "payoffs": self.advice.payoffs.tolist(),
                "regret": self.advice.regret,
            },
            "commitments": [_commitment_dict(one) for one in self.commitments],
        }


def other_concepts(game: Game, solution: Solution) -> OtherConcepts:
    """Work out what other solution concepts say of a game.

    Parameters
    ----------
    game : Game
    solution : Solution
        Its equilibria.

    Raises
    ------
    GameError
        If the game has more than 4,000 combinations of options, or a concept cannot be certified.
    """
    if math.prod(game.shape) > MOST_PROFILES:
        raise GameError(
            f"the game has {math.prod(game.shape):,} combinations of options; other concepts are "
            f"worked out up to {MOST_PROFILES:,}"
        )
    limit = quantal_branch(game).limit
    return OtherConcepts(
        dominance=iterated_strict_dominance(game),
        quantal_limit=limit,
        quantal_listed=None if limit is None else _number(limit, solution),
        advice=correlated(game, "fairness"),
        commitments=tuple(
            commitment(game, player, solution) for player in range(len(game.players))
        ),
    )


def _number(limit: Equilibrium, solution: Solution) -> int | None:
    for number, listed in enumerate(solution.equilibria):
        pairs = zip(limit.strategies, listed.strategies, strict=True)
        if all(float(abs(a - b).max()) <= _SAME for a, b in pairs):
            return number
    return None


def _commitment_dict(found: Commitment) -> dict[str, Any]:
    return {
        "player": found.leader,
        "option": found.option,
        "value": _finite(found.value),
        "guaranteed": {
            "option": found.guaranteed.option,
            "value": _finite(found.guaranteed.value),
        },
        "without": {
            "least": _finite(found.nash.least),
            "greatest": _finite(found.nash.greatest),
        },
    }


def _finite(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None
