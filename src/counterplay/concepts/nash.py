"""Nash equilibria of a game, with what is proved about the list.

Two players are solved in exact arithmetic (`two_player`), more by branch and contract
(`n_player`).  Where a limit is hit, the pure equilibria, which a scan of all profiles finds, stand
with the mixed ones found so far, and one equilibrium at least (`quick_equilibrium`).
"""

from __future__ import annotations

from dataclasses import replace
from numbers import Integral

import numpy as np

from counterplay.concepts.dominance import unbeaten
from counterplay.concepts.lifting import lifted
from counterplay.concepts.listing import ordered
from counterplay.concepts.n_player import n_player_nash
from counterplay.concepts.one_equilibrium import quick_equilibrium
from counterplay.concepts.search.cover import Budget, is_searchable
from counterplay.concepts.solution import Solution
from counterplay.concepts.two_player import exact_two_player, within_reach
from counterplay.errors import GameError
from counterplay.games import Game, checked_game

_FOREVER = 1e9
_LARGE = 1_000
_RAYS = 100_000
_PATIENT = 50_000_000_000
_PROMPT = 1_000_000_000
"""Work that a search may do where no limit is given, and where somebody waits for the answer:
cells times the numbers in a cell times equations; minutes and seconds for the hardest games."""


def nash(game: Game, time_limit: float | None = None, work_limit: int | None = None) -> Solution:
    """Find all Nash equilibria, with a proof that they are all; or say what was not settled.

    Parameters
    ----------
    game : Game
    time_limit : seconds, optional
        Compiling is not counted.  A result that a clock cut short can differ between runs.
    work_limit : int, optional
        Number of cells to look at; the same limit gives the same result on every run.
        Where neither limit is given, as many as take minutes for games of this size.

    Returns
    -------
    Solution
        With at least one certified equilibrium; every pure one is listed.  `completeness` is
        ``"proved"`` where the list is all there is, ``"continuum"`` where every equilibrium is in
        the list or in one of `regions`, ``"unproved"`` where a limit was hit.  Limits never
        raise.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 2], [4, 1]], [[3, 4], [2, 1]]])
    >>> solution = nash(game)
    >>> [x.tolist() for x in solution.equilibria[2].strategies]
    [[0.5, 0.5], [0.5, 0.5]]
    >>> solution.completeness
    'proved'
    """
    checked_game(game)
    _check_limits(time_limit, work_limit)
    if time_limit is None and work_limit is None:
        work_limit = _cells_within(game, _PATIENT)
    budget = Budget(None if time_limit is None else min(time_limit, _FOREVER), work_limit)
    solution = _reduced(game, budget) or _searched(game, budget)
    return explained(game, solution) if solution.equilibria else _with_one(game, solution)


def _check_limits(time_limit: object, work_limit: object) -> None:
    if time_limit is not None and not (
        isinstance(time_limit, int | float) and 0 <= time_limit < float("inf")
    ):
        raise GameError(f"time_limit: {time_limit!r}; give seconds, 0 or more, or None")
    if work_limit is not None and not (isinstance(work_limit, Integral) and int(work_limit) >= 0):
        raise GameError(f"work_limit: {work_limit!r}; give a number of cells, 0 or more, or None")


def _reduced(game: Game, budget: Budget) -> Solution | None:
    """Solve without options that another one strictly dominates, where that is worth its time."""
    if not is_large(game):
        return None
    kept = unbeaten(game)
    smaller = game.restrict(kept)
    if smaller.profiles == game.profiles:
        return None
    return lifted(game, kept, _searched(smaller, budget))


def is_large(game: Game) -> bool:
    """Say whether dominance by single options is looked at before a game is searched."""
    if len(game.players) == 2:
        return not within_reach(game)
    return game.profiles > _LARGE or not is_searchable(np.array(game.shape))


def _searched(game: Game, budget: Budget) -> Solution:
    if len(game.players) == 2 and within_reach(game) and not budget.is_spent:
        rays = budget.quantum(_RAYS)
        solution = exact_two_player(game, rays, lambda: budget.is_spent)
        if solution is not None:
            return solution
    found = n_player_nash(game, budget)
    return _without_extremes(found) if len(game.players) == 2 else found


def _without_extremes(found: Solution) -> Solution:
    """Say of two players' sets of equilibria that their extreme points were not all worked out."""
    if found.completeness != "continuum":
        return found
    reason = f"{found.reason} A limit was hit before their extreme points were worked out."
    return replace(found, completeness="unproved", reason=reason)


def prompt_work(game: Game) -> int:
    """Return a `work_limit` under which the hardest games of this size take seconds."""
    return _cells_within(game, _PROMPT)


def _cells_within(game: Game, work: int) -> int:
    entries = sum((count - 1) * (game.profiles // count) for count in game.shape)
    equations = sum(count - 1 for count in game.shape)
    return max(200, work // ((entries + 1) * (equations + 1)))


def explained(game: Game, solution: Solution) -> Solution:
    """Give dominance by single options as the reason where it alone leaves one profile."""
    if len(solution.equilibria) != 1 or not solution.equilibria[0].strict:
        return solution
    if any(len(options) > 1 for options in unbeaten(game)):
        return solution
    return replace(solution, completeness="proved", reason=_DOMINANCE)


_DOMINANCE = (
    "Strict dominance removes every other option, one after the other, so this is the only "
    "equilibrium."
)


def _with_one(game: Game, solution: Solution) -> Solution:
    """Add one equilibrium to an empty list: every finite game has one."""
    found = quick_equilibrium(game)
    if found is None:
        return solution
    reason = f"{solution.reason} The equilibrium listed is the end of the logit path, verified."
    return replace(solution, equilibria=ordered([found]), reason=reason)
