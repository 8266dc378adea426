"""What each option is worth to a player that commits to it, at each of many settings.

The others play an equilibrium of the game that is left (`concepts.commitment`).  All equilibria
count, so each option has a worst and a best case.  Restricted games are solved in batches; where
one of a setting has ties or is not settled there, `commitment` answers for that setting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from counterplay.concepts import Solution, commitment, nash, prompt_work
from counterplay.concepts.nash_batch import settled
from counterplay.games import Game
from counterplay.numeric import ROUNDING_TIE, FloatArray
from counterplay.payoffs import game
from counterplay.scenario import Scenario
from counterplay.sensitivity.drivers.responses import BoolArray
from counterplay.sensitivity.many import Columns, payoff_chunks, values_at


@dataclass(frozen=True, eq=False)
class Committed:
    """The player's worth of each option, and of the simultaneous game, at many settings.

    Attributes
    ----------
    worst, best : ndarray, shape (settings, options)
        Over the equilibria among the others.  Where not all are listed, outer bounds: no
        equilibrium pays less than `worst` or more than `best`.
    unproved, ranges : ndarray of bool, shape (settings, options)
        Where a limit was hit before all equilibria among several others were found; where they
        form connected sets.  In both, `worst` and `best` are outer bounds.
    simultaneous : ndarray, shape (settings, 2)
        Least and greatest payoff over the equilibria without commitment.
    simultaneous_unproved : ndarray of bool, shape (settings,)
        Where there may be more of those than were found.
    least, greatest : float
        The player's payoffs over all profiles at all settings.
    """

    worst: FloatArray
    best: FloatArray
    unproved: BoolArray
    ranges: BoolArray
    simultaneous: FloatArray
    simultaneous_unproved: BoolArray
    least: float
    greatest: float


def committed_at(scenario: Scenario, columns: Columns, count: int, player: int) -> Committed:
    """Work out the worth of every option of a player at each of many settings.

    Parameters
    ----------
    player : int
        Index of the player that commits.

    Raises
    ------
    ValuesError
        If a payoff is not finite at some setting; the message gives the values.
    """
    options = len(scenario.players[player].options)
    worst, best = np.empty((2, count, options))
    unproved, ranges = np.zeros((2, count, options), bool)
    simultaneous = np.empty((count, 2))
    loose = np.zeros(count, bool)
    least, greatest = np.inf, -np.inf
    first = game(scenario, values_at(columns, 0))
    for start, payoffs in payoff_chunks(scenario, columns, count):
        least = min(least, payoffs[player].min())
        greatest = max(greatest, payoffs[player].max())
        for setting, (whole, parts) in enumerate(_solved(first, payoffs, player), start):
            if whole is not None and parts is not None:
                simultaneous[setting] = _ends(whole, player)
                worst[setting], best[setting] = np.array([_ends(one, player) for one in parts]).T
                continue
            one = game(scenario, values_at(columns, setting))
            answers = commitment(one, player, whole or nash(one, work_limit=prompt_work(one)))
            worst[setting], best[setting] = np.array([a.bounds for a in answers.options]).T
            several = len(scenario.players) > 2
            told = [answer.completeness for answer in answers.options]
            unproved[setting] = [several and state == "unproved" for state in told]
            ranges[setting] = [several and state == "continuum" for state in told]
            simultaneous[setting] = answers.nash.least, answers.nash.greatest
            loose[setting] = answers.nash.completeness == "unproved"
    for table in (worst, best, unproved, ranges, simultaneous, loose):
        table.flags.writeable = False
    ends = float(least), float(greatest)
    return Committed(worst, best, unproved, ranges, simultaneous, loose, *ends)


_Parts = list[Solution] | None


def _solved(
    first: Game, payoffs: FloatArray, player: int
) -> Iterator[tuple[Solution | None, _Parts]]:
    """Yield each setting's equilibria, and those after each option; None where not settled.

    Parameters
    ----------
    first : Game
        One of the settings, whose names all others share.
    payoffs : ndarray, shape (n, m_1, ..., m_n, settings)
    """
    tables = np.ascontiguousarray(np.moveaxis(payoffs, -1, 0))
    whole = settled(first, tables, ROUNDING_TIE)
    parts = [
        settled(_left(first, player, option), _kept(tables, player, option), ROUNDING_TIE)
        for option in range(first.shape[player])
    ]
    for solution, *after in zip(whole, *parts, strict=True):
        found = [part for part in after if part is not None]
        yield solution, found if len(found) == len(after) else None


def _left(whole: Game, player: int, option: int) -> Game:
    """Return the game that is left once the player has committed."""
    kept = [range(count) for count in whole.shape]
    kept[player] = range(option, option + 1)
    return whole.restrict([tuple(options) for options in kept])


def _kept(tables: FloatArray, player: int, option: int) -> FloatArray:
    """Return the payoffs that are left, shape (settings, n, ..., 1, ...)."""
    return np.ascontiguousarray(np.take(tables, [option], axis=player + 2))


def _ends(solution: Solution, player: int) -> npt.NDArray[np.float64]:
    own = [float(equilibrium.payoffs[player]) for equilibrium in solution]
    return np.array([min(own), max(own)])
