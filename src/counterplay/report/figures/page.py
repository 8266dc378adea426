"""One page of a game: two players' options against each other, everybody else's option fixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from counterplay.errors import GameError
from counterplay.findings import Findings
from counterplay.games import best_replies
from counterplay.numeric import FloatArray

_Scalar = TypeVar("_Scalar", bound=np.generic)


@dataclass(frozen=True)
class Cell:
    """One profile on a page.

    Attributes
    ----------
    row, column : int
        Options of the two players.
    payoffs : tuple of 2 float
        Of the row player and of the column player.
    tints : tuple of 2 float
        Where each payoff lies from the player's worst (0) to its best (1) along its own options.
    best : tuple of 2 bool
        Whether each of the two plays a best reply to all others.
    leavers : tuple of int
        All players, shown or fixed, that would gain by leaving.
    """

    row: int
    column: int
    payoffs: tuple[float, float]
    tints: tuple[float, float]
    best: tuple[bool, bool]
    leavers: tuple[int, ...]

    @property
    def stable(self) -> bool:
        """Whether nobody would gain by leaving: a pure equilibrium."""
        return not self.leavers


@dataclass(frozen=True)
class Page:
    """The cells of a page, row by row; `row` and `column` are the positions of the two players."""

    row: int
    column: int
    fixed: Mapping[int, int]
    cells: Sequence[Cell]


def page(findings: Findings, row: str, column: str, fixed: Mapping[str, str]) -> Page:
    """Read one page of the game.

    Raises
    ------
    GameError
        If a player or option is unknown, the two are the same, or another player has no option
        in `fixed`.
    """
    game = findings.game
    i, j = game.player_index(row), game.player_index(column)
    if i == j:
        raise GameError(f"column: {column!r} stands in the rows already; name another player")
    held = {
        game.player_index(player): game.option_index(player, option)
        for player, option in fixed.items()
        if game.player_index(player) not in (i, j)
    }
    for index, player in enumerate(game.players):
        if index not in held and index not in (i, j):
            raise GameError(f"fixed: name an option for {player!r}")
    at = tuple(slice(None) if k in (i, j) else held[k] for k in range(len(game.players)))
    replies = np.stack([_table(mask[at], i, j) for mask in best_replies(game)])
    payoffs = [_table(game.payoffs[k][at], i, j) for k in (i, j)]
    tints = [_ranked(payoffs[0], 0), _ranked(payoffs[1], 1)]
    cells = [
        Cell(
            a,
            b,
            (float(payoffs[0][a, b]), float(payoffs[1][a, b])),
            (float(tints[0][a, b]), float(tints[1][a, b])),
            (bool(replies[i, a, b]), bool(replies[j, a, b])),
            tuple(int(k) for k in np.flatnonzero(np.logical_not(replies[:, a, b]))),
        )
        for a in range(game.shape[i])
        for b in range(game.shape[j])
    ]
    return Page(i, j, held, cells)


def _table(values: npt.NDArray[_Scalar], row: int, column: int) -> npt.NDArray[_Scalar]:
    return values if row < column else values.T


def _ranked(table: FloatArray, axis: int) -> FloatArray:
    halves = table / 2  # their differences cannot overflow
    worst = halves.min(axis=axis, keepdims=True)
    span = halves.max(axis=axis, keepdims=True) - worst
    ranked: FloatArray = np.divide(halves - worst, span, out=np.zeros_like(halves), where=span > 0)
    return ranked
