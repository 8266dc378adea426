"""Many settings of one scenario: payoffs in chunks, equilibria of each, outcome sets counted.

Every number is the one that a single setting gets: the same formulas are worked along a batch
axis.  Payoff gaps below 1e-9 of a player's range are decided on the exact payoffs of that
setting; games that the plain search does not settle are solved one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.concepts import Solution, nash, prompt_work
from counterplay.concepts.nash_batch import settled
from counterplay.concepts.pure import pure_profiles
from counterplay.errors import ValuesError
from counterplay.games import Game, Profile
from counterplay.games.strategic import LARGEST_PAYOFF
from counterplay.numeric import CLOSE_CALL, ROUNDING_TIE, FloatArray
from counterplay.payoffs import game
from counterplay.payoffs.build import game_of, payoff_batch
from counterplay.scenario import Scenario
from counterplay.sensitivity.outcomes import Outcome, outcome_of

Columns = Mapping[str, FloatArray | float]
"""Every parameter and constant: a number, or an array of one number a setting."""

_CHUNK_BYTES = 1 << 20
_LEAST_CHUNK = 16
_MOST_CHUNK = 4_096


@dataclass(frozen=True, eq=False)
class Counted:
    """What each of many settings leads to.

    Attributes
    ----------
    index : ndarray of int, shape (settings,)
        Number of the outcome set in `outcomes`.
    outcomes : tuple of Outcome
        In the order in which they first occur.
    completeness : ndarray of str, shape (settings,)
        What is proved of each setting's equilibria.
    """

    index: npt.NDArray[np.int64]
    outcomes: tuple[Outcome, ...]
    completeness: npt.NDArray[np.str_]


def values_at(columns: Columns, setting: int) -> dict[str, float]:
    """Return one setting as a mapping from ids to numbers."""
    return {
        name: float(column[setting]) if isinstance(column, np.ndarray) else float(column)
        for name, column in columns.items()
    }


def outcomes_at(scenario: Scenario, columns: Columns, count: int) -> Counted:
    """Find all equilibria at each of many settings, and count the outcome sets.

    Parameters
    ----------
    columns : mapping
        Every parameter and constant.
    count : int
        Number of settings.

    Raises
    ------
    ValuesError
        If a payoff is not finite at some setting; the message gives the values.
    """
    numbers: dict[Outcome, int] = {}
    index = np.empty(count, np.int64)
    completeness = np.empty(count, "<U9")
    for setting, solution in enumerate(solutions_at(scenario, columns, count)):
        outcome = outcome_of(scenario, solution)
        index[setting] = numbers.setdefault(outcome, len(numbers))
        completeness[setting] = solution.completeness
    return Counted(index, tuple(numbers), completeness)


def solutions_at(scenario: Scenario, columns: Columns, count: int) -> Iterator[Solution]:
    """Yield all equilibria at each of many settings, with what is proved of them.

    The reason of a proof may name the search where `nash` would name dominance.
    """
    for start, payoffs in payoff_chunks(scenario, columns, count):
        tables = np.ascontiguousarray(np.moveaxis(payoffs, -1, 0))
        first = game_of(scenario, values_at(columns, start), tables[0])
        for k, solution in enumerate(settled(first, tables, ROUNDING_TIE)):
            if solution is None:
                one = game(scenario, values_at(columns, start + k))
                yield nash(one, work_limit=prompt_work(one))
            else:
                yield solution


def pure_at(
    scenario: Scenario, columns: Columns, count: int
) -> tuple[npt.NDArray[np.int64], tuple[tuple[Profile, ...], ...]]:
    """Find the pure equilibria at each of many settings.

    Returns
    -------
    index, sets : (settings,), tuple of tuples of Profile
        The number of each setting's set of pure equilibria, and those sets in the order in which
        they first occur.
    """
    numbers: dict[bytes, int] = {}
    index = np.empty(count, np.int64)
    for start, payoffs in payoff_chunks(scenario, columns, count):
        stable, doubtful = _scanned(payoffs)
        for k in np.flatnonzero(doubtful):
            stable[..., k] = _decided(game(scenario, values_at(columns, start + int(k))))
        keys = np.packbits(stable.reshape(-1, stable.shape[-1]), axis=0).T
        rows, which = np.unique(keys, axis=0, return_inverse=True)
        known = [numbers.setdefault(row.tobytes(), len(numbers)) for row in rows]
        index[start : start + len(keys)] = np.array(known)[which.ravel()]
    return _by_appearance(index, [_profiles(scenario, key) for key in numbers])


def payoff_chunks(
    scenario: Scenario, columns: Columns, count: int
) -> Iterator[tuple[int, FloatArray]]:
    """Yield payoffs (n, m_1, ..., m_n, settings) of consecutive settings, a cacheful at a time.

    Raises
    ------
    ValuesError
        If a payoff is not finite, or too large to be compared; the message gives the values.
    """
    entries = len(scenario.players) * int(np.prod([len(p.options) for p in scenario.players]))
    size = min(max(_CHUNK_BYTES // (8 * entries), _LEAST_CHUNK), _MOST_CHUNK)
    for start in range(0, count, size):
        stop = min(start + size, count)
        part = {
            name: column[start:stop] if isinstance(column, np.ndarray) else column
            for name, column in columns.items()
        }
        payoffs = payoff_batch(scenario, part)
        payoffs = np.broadcast_to(payoffs, (*payoffs.shape[:-1], stop - start))
        sound = (np.abs(payoffs) <= LARGEST_PAYOFF).reshape(-1, stop - start).all(axis=0)
        if not sound.all():
            bad = start + int(np.flatnonzero(~sound)[0])
            # Building the one game names the term and the values.
            game(scenario, values_at(columns, bad))
            raise ValuesError("payoffs: not finite at these values; bound the formulas")
        yield start, payoffs


def _scanned(payoffs: FloatArray) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return the profiles that are equilibria as floats tell, and the settings to decide exactly.

    A setting is doubtful if some profile may be an equilibrium, and a player has another option
    there that pays as much to within 1e-9 of its range.
    """
    count = payoffs.shape[-1]
    possible = np.ones(payoffs.shape[1:], bool)
    contested = np.zeros(payoffs.shape[1:], bool)
    for player, table in enumerate(payoffs):
        flat = table.reshape(-1, count)
        spread = flat.max(axis=0) - flat.min(axis=0)
        close = np.maximum(CLOSE_CALL * spread, ROUNDING_TIE)
        near = table.max(axis=player, keepdims=True) - table <= close
        possible &= near
        contested |= near.sum(axis=player, keepdims=True) > 1
    doubtful = (possible & contested).reshape(-1, count).any(axis=0)
    return possible, np.asarray(doubtful)


def _decided(one: Game) -> npt.NDArray[np.bool_]:
    stable = np.zeros(one.shape, bool)
    for profile in pure_profiles(one):
        stable[profile] = True
    return stable


def _profiles(scenario: Scenario, key: bytes) -> tuple[Profile, ...]:
    shape = [len(player.options) for player in scenario.players]
    bits = np.unpackbits(np.frombuffer(key, np.uint8), count=int(np.prod(shape)))
    return tuple(map(tuple, np.argwhere(bits.reshape(shape)).tolist()))


def _by_appearance(
    index: npt.NDArray[np.int64], sets: list[tuple[Profile, ...]]
) -> tuple[npt.NDArray[np.int64], tuple[tuple[Profile, ...], ...]]:
    """Renumber the sets in the order in which they first occur."""
    _, first = np.unique(index, return_index=True)
    order = np.argsort(first)
    place = np.empty(len(sets), np.int64)
    place[order] = np.arange(len(sets))
    return place[index], tuple(sets[k] for k in order)
