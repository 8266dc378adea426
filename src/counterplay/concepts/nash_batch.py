"""All Nash equilibria of many games of one shape: the same answers as one at a time.

Games are scaled together and searched one after the other in the same working memory.  A game in
which every root is regular and the indices sum to +1 is finished there; any other, with ties or
too much work, goes through `nash`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from counterplay.concepts.listing import RootListing
from counterplay.concepts.n_player import METHOD, proved_reason
from counterplay.concepts.nash import explained, is_large, nash
from counterplay.concepts.search import compiled, state
from counterplay.concepts.search.cover import (
    MOST_NODES,
    PLAIN_STEPS,
    roots_of,
    support_bound,
    table_size,
    tabulating,
)
from counterplay.concepts.search.harvest import INDEX, KIND, MASKS
from counterplay.concepts.search.problem import FAR, TINY, scaled_tables, slack_of
from counterplay.concepts.solution import Solution
from counterplay.errors import GameError
from counterplay.games import Game
from counterplay.games.strategic import LARGEST_PAYOFF
from counterplay.numeric import FloatArray

_CELLS = 200_000
_ROOTS = 2_000
_SUPPORTS = 200_000
_DEPTH = 160
_FLOOR = 0.01
_PLAIN_CELLS = 32

_MANY = 16
"""Games for which compiled code is loaded at once where it lies in the cache."""


def nash_many(payoffs: npt.ArrayLike) -> list[Solution]:
    """Find all Nash equilibria of each of many games.

    Parameters
    ----------
    payoffs : array of shape (games, n, m_1, ..., m_n)
        `payoffs[g, i][profile]` is player i's utility in game g.

    Returns
    -------
    list of Solution
        As `nash` gives them, options and players numbered.

    Raises
    ------
    GameError
        If the array has another shape, or a game passes the limits of `Game.from_payoffs`.

    Examples
    --------
    >>> pennies = [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]
    >>> [solution.completeness for solution in nash_many([pennies, pennies])]
    ['proved', 'proved']
    """
    tables = _checked(payoffs)
    if len(tables) == 0:
        return []
    first = Game.from_payoffs(tables[0])
    return [
        explained(replace(first, payoffs=game, exact_source=None), solution)
        if solution is not None
        else nash(Game.from_payoffs(game))
        for game, solution in zip(tables, settled(first, tables, 0.0), strict=True)
    ]


def settled(first: Game, tables: FloatArray, doubt: float) -> Iterator[Solution | None]:
    """Yield the solution of each game that is proved and has no tie near by, None for any other.

    The reason given is always the search, which takes less time than looking for dominance.

    Parameters
    ----------
    first : Game
        Its ids name players and options.
    tables : (games, n, m_1, ..., m_n)
        Finite payoffs.
    doubt : float
        How far a payoff may be off, as a share of the largest payoff of its player and of 1; 0 for
        payoffs that stand for the decimals they print as.
    """
    shape = np.array(first.shape, np.int64)
    if len(shape) == 2 or is_large(first) or support_bound(shape) > _SUPPORTS:
        return (None for _ in tables)
    return _searched(first, shape, tables, doubt)


def _checked(payoffs: npt.ArrayLike) -> FloatArray:
    try:
        # An array of complex numbers would lose half of each; single ones refuse.
        given = np.asarray(payoffs)
        plain = given.astype(object) if np.iscomplexobj(given) else given
        tables = np.ascontiguousarray(plain, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        raise GameError(
            "payoffs: give numbers, one array of shape (n, m_1, ..., m_n) a game"
        ) from None
    if tables.ndim < 3 or tables.shape[1] != tables.ndim - 2:
        raise GameError(
            f"payoffs: shape {tables.shape}; give (games, n, m_1, ..., m_n), one axis a player"
        )
    if not np.all(np.isfinite(tables)):
        raise GameError("payoffs: every payoff must be a finite number")
    if np.abs(tables).max(initial=0.0) > LARGEST_PAYOFF:
        raise GameError(f"payoffs: beyond {LARGEST_PAYOFF:g}; measure them in a larger unit")
    return tables


def _searched(
    first: Game, shape: npt.NDArray[np.int64], tables: FloatArray, doubt: float
) -> Iterator[Solution | None]:
    count, n = tables.shape[:2]
    scaled, spreads = scaled_tables(tables.reshape(count, n, -1))
    largest = np.where(scaled.any(axis=2), np.abs(tables).reshape(count, n, -1).max(axis=2), 0.0)
    slacks = slack_of(largest, spreads, first.shape)
    if doubt > 0:
        slacks += (2 * doubt * np.maximum(largest, 1.0) / spreads).max(axis=1)
    ordinary = np.all((largest / FAR <= spreads) & (spreads >= TINY), axis=1).tolist()
    pure = _pure_counts(scaled.reshape(tables.shape), slacks)
    working = state.empty_state(shape, support_bound(shape), _DEPTH, (_ROOTS, 8))
    room = np.empty(table_size(shape), np.int64)
    listing = RootListing(first.options, first.shape)
    if count >= _MANY and compiled.is_warm():
        compiled.compiled()
    for game in range(count):
        one, slack = scaled[game], float(slacks[game])
        kernels = _kernels(shape)
        supports = kernels.prepare(working, one, shape, room, slack, MOST_NODES)
        done = _advanced(working, one, shape, slack)
        counters = working.counters
        if not done or counters[state.BOXES] or counters[state.FULL] or not ordinary[game]:
            yield None
            continue
        points, labels, _ = roots_of(working, shape)
        if not _is_plain(labels, int(pure[game])):
            yield None
            continue
        own = (tables[game], one, spreads[game])
        found = listing.equilibria(own, points, labels[:, INDEX].tolist())
        yield Solution(found, "proved", proved_reason(int(supports), checked=True), (), METHOD)


def _kernels(shape: npt.NDArray[np.int64]) -> compiled.Kernels:
    if tabulating(shape) > PLAIN_STEPS or compiled.is_worth_it(np.inf):
        return compiled.compiled()
    return compiled.at_hand()


def _advanced(
    working: state.State, payoffs: FloatArray, shape: npt.NDArray[np.int64], slack: float
) -> bool:
    """Search to the end, as long as that takes few cells; compiled, once plain code takes long."""
    limits = np.array([slack, _FLOOR])
    counters = working.counters
    while not counters[state.FULL] and counters[state.CELLS] < _CELLS:
        kernels = _kernels(shape)
        if kernels != compiled.plain():
            return kernels.advance(working, payoffs, shape, limits, _CELLS)
        start = time.perf_counter()
        if kernels.advance(working, payoffs, shape, limits, _PLAIN_CELLS):
            return True
        compiled.note_plain_work(time.perf_counter() - start)
    return False


def _is_plain(labels: npt.NDArray[np.int64], pure: int) -> bool:
    """Say whether all roots are regular, with as many pure ones as there are, and sum to +1."""
    masks = labels[:, MASKS:]
    single = int(((masks & (masks - 1)) == 0).all(axis=1).sum())
    regular = not labels[:, KIND].any()
    return regular and int(labels[:, INDEX].sum()) == 1 and single == pure


def _pure_counts(scaled: FloatArray, slacks: FloatArray) -> npt.NDArray[np.int64]:
    """Return the number of pure equilibria of each game, counting what may be one."""
    games, n = scaled.shape[:2]
    stable = np.ones((games, *scaled.shape[2:]), bool)
    edge = slacks.reshape(-1, *[1] * n)
    for player in range(n):
        table = scaled[:, player]
        stable &= table.max(axis=player + 1, keepdims=True) - table <= edge
    counts: npt.NDArray[np.int64] = stable.reshape(games, -1).sum(axis=1)
    return counts
