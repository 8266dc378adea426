"""The shortest move that meets polynomial inequalities: by exact roots, or by branch and bound."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from counterplay.numeric import FloatArray
from counterplay.sensitivity.nearest.least_move import CLOSED, least_move
from counterplay.sensitivity.nearest.moving import length
from counterplay.sensitivity.nearest.one_polynomial_number import only_name, stretches_of
from counterplay.sensitivity.nearest.polynomial import Polynomial
from counterplay.sensitivity.nearest.polynomial_system import System
from counterplay.sensitivity.nearest.question import Question
from counterplay.sensitivity.nearest.stretches import nearest_move

EFFORT = 600
"""Boxes that branch and bound looks at for each system of inequalities; about two seconds."""

ENCLOSED = (
    "Only one number matters: all values at which a loss is zero are enclosed, and what holds "
    "between them is decided."
)


def shortest(
    question: Question,
    rows: Sequence[Polynomial],
    margins: tuple[float, float],
    cutoff: float = np.inf,
    effort: int = EFFORT,
) -> tuple[FloatArray | None, float, int]:
    """Return the shortest move that meets the rows, what is proved, and the boxes looked at.

    No box is looked at where the rows have one name alone.
    """
    moving = question.moving
    name = only_name(rows)
    stretches = stretches_of(rows, moving, name, margins[0]) if name is not None else None
    if name is not None and stretches is not None:
        alone, bound = nearest_move(moving, name, stretches)
        shorter = alone is not None and length(alone, question.norm) < cutoff
        return alone if shorter else None, min(bound, cutoff), 0
    system = System.of(rows)
    places = [moving.ids.index(name) for name in system.names]
    low, high = moving.shares
    least = least_move(system, question.norm, (low[places], high[places]), margins, effort, cutoff)
    if least.shares is None:
        return None, least.bound, least.parts
    move = np.zeros(len(moving.ids))
    move[places] = least.shares
    return move, least.bound, least.parts


def method_of(parts: int) -> str:
    """Say how the shortest move was found, given how many boxes were looked at."""
    if parts == 0:
        return ENCLOSED
    if parts == 1:
        return "One linear programme over affine losses, with a proof by its dual prices."
    return (
        f"Branch and bound over {parts} boxes, each bounded by a linear programme; no change is "
        f"smaller than the bound, and {CLOSED:g} of a range counts as nothing."
    )
