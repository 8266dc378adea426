"""A two-player game in positive integers, with the same best replies."""

from __future__ import annotations

from fractions import Fraction
from math import frexp, gcd, lcm

import numpy as np

from counterplay.games import Game
from counterplay.games.replies import rounding
from counterplay.numeric import FloatArray

Matrix = list[list[int]]
"""Payoffs of one player; rows are the first player's options, columns the second's."""

SMALLEST_FLOAT = 5e-324
"""The smallest positive number in double precision."""


def integer_payoffs(game: Game) -> tuple[Matrix, Matrix]:
    """Return positive integer payoffs under which every mixed strategy has the same best replies.

    A player's payoffs are multiplied by one positive number.  Against each option of the other
    player another constant is taken off, which changes no best reply and keeps integers small.
    Without exact payoffs, see `_on_grid`.

    Examples
    --------
    >>> integer_payoffs(Game.from_payoffs([[[0.3, -2], [0.6, 7]], [[5, 5], [5, 5]]]))
    ([[1, 1], [2, 31]], [[1, 1], [1, 1]])
    """
    first, second = (_gaps(game, player) for player in range(2))
    return _positive(first), transposed(_positive(second))


def transposed(matrix: Matrix) -> Matrix:
    """Return the columns of a matrix as rows."""
    return [list(column) for column in zip(*matrix, strict=True)]


def _gaps(game: Game, player: int) -> Matrix:
    """Return how far each own option (row) is above the worst against each other option."""
    if game.exact is None:
        own_first: FloatArray = game.payoffs[0] if player == 0 else game.payoffs[1].T
        return _on_grid(own_first.max(axis=0) - own_first, rounding(game, player))
    table = game.exact[0] if player == 0 else game.exact[1].T
    cells: list[list[Fraction]] = table.tolist()
    scale = lcm(*(cell.denominator for row in cells for cell in row))
    return [[cell.numerator * (scale // cell.denominator) for cell in row] for row in cells]


def _on_grid(losses: FloatArray, step: float) -> Matrix:
    """Return gaps between float payoffs as whole numbers, equal where less than a step apart.

    The unit is the power of 2 next below the step, so that whole numbers and halves stay exact.

    Parameters
    ----------
    losses : ndarray, shape (own options, other options)
        What each option loses against the best one.
    step : float
        Up to this payoffs may differ by rounding alone.
    """
    step = max(step, SMALLEST_FLOAT)
    flat = np.sort(losses, axis=None)
    starts = np.concatenate([[True], np.diff(flat) > step])
    heads = flat[starts]
    snapped = heads[np.searchsorted(heads, losses, side="right") - 1]
    unit = Fraction(2) ** (frexp(step)[1] - 1)
    return [[-round(Fraction(cell) / unit) for cell in row] for row in snapped.tolist()]


def _positive(gaps: Matrix) -> Matrix:
    lowest = [min(column) for column in zip(*gaps, strict=True)]
    above = [[cell - low for cell, low in zip(row, lowest, strict=True)] for row in gaps]
    shared = gcd(*(cell for row in above for cell in row)) or 1
    return [[cell // shared + 1 for cell in row] for row in above]
