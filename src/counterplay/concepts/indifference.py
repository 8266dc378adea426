"""Polishing an approximate equilibrium on a support.

On a given support an equilibrium solves polynomial equations: every option played pays the same,
and probabilities sum to 1.  Newton's method solves them from a nearby start; where the equations
are degenerate (a player who does not matter, duplicated options) its steps are least-squares ones.

The Jacobian consists of how each option's payoff depends on each probability of another player.
`Interactions` contracts the payoff tensor to all these blocks at once: the other players are
halved again and again, so that every partial average is shared by all the blocks that need it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from counterplay.games import Game, Strategies
from counterplay.numeric import FloatArray

Support = tuple[tuple[int, ...], ...]
"""For each player the indices of the options that may be played."""

IndexArray = npt.NDArray[np.intp]
BoolArray = npt.NDArray[np.bool_]

_STEPS = 40
_CONVERGED = 1e-9
_SLACK = 1e-9
_CONTRACTION = 0.7
_FARTHEST_STEP = 1.0
_FARTHEST_OUT = 0.25
_FLOOR = 1e-6
_SINGULAR = 1e3


def solve_support(game: Game, support: Support, start: Strategies) -> Strategies | None:
    """Solve the indifference equations of `support` from `start`.

    Returns
    -------
    Strategies or None
        A profile on the support whose options all pay the same, or None where Newton's method
        leaves the simplex or does not converge.  Best replies off the support are the caller's to
        check.
    """
    played = [
        np.isin(np.arange(count), options)
        for count, options in zip(game.shape, support, strict=True)
    ]
    interactions = Interactions(game.scaled)
    solved = solve_indifference(interactions, np.concatenate(played), np.concatenate(start))
    return None if solved is None else interactions.split(solved)


def solve_indifference(
    interactions: Interactions, played: BoolArray, start: FloatArray
) -> FloatArray | None:
    """Solve the indifference equations of the options `played`, as `solve_support` does.

    Parameters
    ----------
    interactions : Interactions
        Of payoffs scaled to a range of about 1.
    played : ndarray of bool, shape (m_1 + ... + m_n,)
        At least one option of each player.
    start : ndarray, shape (m_1 + ... + m_n,)
        The players' probabilities one after another.

    Returns
    -------
    ndarray or None
        Probabilities in the form of `start`.
    """
    on = np.flatnonzero(played)
    owners = interactions.owner[on]
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    block, players = np.ix_(on, on), len(interactions.shape)
    matrix = np.zeros((len(on) + players, len(on) + players))
    matrix[np.arange(len(on)), len(on) + owners] = -1.0
    matrix[len(on) + owners, np.arange(len(on))] = 1.0
    right = np.zeros(len(on) + players)
    shares = interactions.normalised(np.where(played, np.maximum(start, _FLOOR), 0.0))
    last = _FARTHEST_STEP / _CONTRACTION
    for _ in range(_STEPS):
        slopes = interactions.matrix(shares)
        payoffs = interactions.payoffs(slopes, shares)[on]
        matrix[: len(on), : len(on)] = slopes[block]
        right[: len(on)] = np.maximum.reduceat(payoffs, firsts)[owners] - payoffs
        step = _newton_step(matrix, right)[: len(on)]
        size = float(np.abs(step).max())
        if not size <= max(_CONTRACTION * last, _CONVERGED):
            return None
        shares[on] += step
        if shares.min() < -_FARTHEST_OUT:
            return None
        if size <= _CONVERGED:
            if shares.min() < -_SLACK:
                return None
            return interactions.normalised(np.clip(shares, 0.0, 1.0))
        last = size
    return None


def _newton_step(matrix: FloatArray, right: FloatArray) -> FloatArray:
    try:
        step: FloatArray = np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
    except np.linalg.LinAlgError:
        step = np.full(len(right), np.inf)
    if np.abs(step).max() <= _SINGULAR:
        return step
    return np.asarray(np.linalg.lstsq(matrix, right, rcond=1e-12)[0], dtype=np.float64)


@dataclass(frozen=True)
class _Alike:
    """Players whose tables have one shape once their own axis is turned to the front.

    `columns[k]` and `cells[k]` say for the k-th other player where its probabilities stand, and
    where its block goes; `axes` turns each member's table.
    """

    members: tuple[int, ...]
    axes: tuple[tuple[int, ...], ...]
    columns: tuple[IndexArray, ...]
    cells: tuple[slice, ...]


class Interactions:
    """How the payoff of each option depends on the probabilities of the others' options.

    Probabilities of all players stand in one vector, one player after another.

    Parameters
    ----------
    tables : ndarray, shape (n, m_1, ..., m_n)
        Payoffs, as in `Game.payoffs`.

    Attributes
    ----------
    starts, owner : ndarrays of int
        Where each player's probabilities start, and whose each probability is.
    """

    def __init__(self, tables: FloatArray) -> None:
        self.shape: tuple[int, ...] = tables.shape[1:]
        self.starts, self.owner, self._alike, self._gather = _layout(self.shape)
        self.size = len(self.owner)
        self._lone: FloatArray | None = tables[0] if len(self.shape) == 1 else None
        self._tables = [_turned(tables, alike) for alike in self._alike]

    def matrix(self, shares: FloatArray) -> FloatArray:
        """Return d payoff of option / d probability of another player's option, square.

        Blocks of a player with itself are 0.  A row times one other player's probabilities is the
        payoff of the row's option.
        """
        buffer = np.empty(self.size * self.size + 1)
        buffer[-1] = 0.0
        for alike, table in zip(self._alike, self._tables, strict=True):
            if alike.columns:
                vectors = [shares[columns] for columns in alike.columns]
                _descend(table, vectors, alike.cells, buffer)
        return buffer[self._gather]

    def payoffs(self, matrix: FloatArray, shares: FloatArray) -> FloatArray:
        """Return the payoff of each option, given `matrix(shares)`."""
        if self._lone is not None:
            return self._lone
        payoffs: FloatArray = (matrix @ shares) / (len(self.shape) - 1)
        return payoffs

    def normalised(self, shares: FloatArray) -> FloatArray:
        """Return the vector with each player's probabilities scaled to a sum of 1."""
        scaled: FloatArray = shares / np.add.reduceat(shares, self.starts)[self.owner]
        return scaled

    def split(self, shares: FloatArray) -> Strategies:
        """Return a vector of all probabilities as one vector for each player."""
        return tuple(np.split(shares, self.starts[1:]))


def _turned(tables: FloatArray, alike: _Alike) -> FloatArray:
    turned = [tables[i].transpose(a) for i, a in zip(alike.members, alike.axes, strict=True)]
    own = turned[0].shape[0]
    return np.ascontiguousarray(turned).reshape(len(turned), own, -1)


@lru_cache(maxsize=256)
def _layout(
    shape: tuple[int, ...],
) -> tuple[IndexArray, IndexArray, tuple[_Alike, ...], IndexArray]:
    """Return where everything stands for games of a shape: starts, owners, groups, and cells."""
    players = len(shape)
    bounds = np.concatenate([[0], np.cumsum(shape)]).astype(np.intp)
    blocks = [np.arange(a, b) for a, b in itertools.pairwise(bounds)]
    gather = np.full((bounds[-1], bounds[-1]), -1, dtype=np.intp)
    turned: dict[tuple[int, ...], list[int]] = {}
    for i in range(players):
        turned.setdefault(shape[i:] + shape[:i], []).append(i)
    groups, at = [], 0
    for members in turned.values():
        axes = tuple(tuple((i + k) % players for k in range(players)) for i in members)
        columns, cells = [], []
        for others in list(zip(*axes, strict=True))[1:]:
            columns.append(np.stack([blocks[j] for j in others]))
            sizes = (len(members), shape[members[0]], shape[others[0]])
            cells.append(slice(at, at + math.prod(sizes)))
            places = np.arange(at, at + math.prod(sizes)).reshape(sizes)
            for i, j, block in zip(members, others, places, strict=True):
                gather[np.ix_(blocks[i], blocks[j])] = block
            at += math.prod(sizes)
        groups.append(_Alike(tuple(members), axes, tuple(columns), tuple(cells)))
    return bounds[:-1], np.repeat(np.arange(players), shape), tuple(groups), gather


def _descend(
    table: FloatArray,
    vectors: Sequence[FloatArray],
    cells: Sequence[slice],
    buffer: npt.NDArray[Any],
) -> None:
    """Average out one half of the other players for the blocks of the other half, and so on."""
    if len(vectors) == 1:
        buffer[cells[0]] = table.ravel()
        return
    half = len(vectors) // 2
    left, right = _joint(vectors[:half]), _joint(vectors[half:])
    halves = table.reshape(*table.shape[:2], left.shape[1], right.shape[1])
    without_right = np.matmul(halves, right[:, None, :, None])[..., 0]
    _descend(without_right, vectors[:half], cells[:half], buffer)
    without_left = np.matmul(left[:, None, None, :], halves)[:, :, 0]
    _descend(without_left, vectors[half:], cells[half:], buffer)


def _joint(vectors: Sequence[FloatArray]) -> FloatArray:
    """Return the joint probabilities of independent players, shape (alike, profiles)."""
    if len(vectors) == 1:
        return vectors[0]
    half = len(vectors) // 2
    left, right = _joint(vectors[:half]), _joint(vectors[half:])
    joint: FloatArray = (left[:, :, None] * right[:, None, :]).reshape(len(left), -1)
    return joint
