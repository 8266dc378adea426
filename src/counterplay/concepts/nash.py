"""Nash equilibria of a game, with what is known about the list.

Formulate: remove options that no equilibrium can use.  Solve: scan every pure profile; for two
players enumerate the vertices of the best-reply polytopes; where nothing pure exists follow the
logit path to one mixed equilibrium. Filter: certify each.  Tell: say what was proved and what was
not searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from counterplay.concepts.certify import certify
from counterplay.concepts.dominance import Kept, survivors
from counterplay.concepts.one_equilibrium import one_equilibrium
from counterplay.concepts.pure import pure_equilibria
from counterplay.concepts.solution import Equilibrium, Solution
from counterplay.concepts.two_player import vertex_equilibria, within_reach
from counterplay.games import Game, Strategies

_SAME = 1e-7


def nash(
    game: Game,
    time_limit: float | None = None,  # noqa: ARG001 - part of the contract for methods to come
    work_limit: int | None = None,  # noqa: ARG001 - likewise
) -> Solution:
    """Find Nash equilibria: every pure one, and mixed ones as far as the method reaches.

    Parameters
    ----------
    game : Game
    time_limit : seconds, optional
    work_limit : number of profiles scanned, optional
        Today's methods take a fixed amount of work, so limits change nothing; they never raise.

    Returns
    -------
    Solution
        With at least one certified equilibrium.  The list of pure equilibria is complete.
        `completeness` is ``"proved"`` only where strict dominance leaves a single profile; else
        ``"unproved"``, with the reason.

    Examples
    --------
    >>> game = Game.from_payoffs([[[3, 2], [4, 1]], [[3, 4], [2, 1]]])
    >>> [x.tolist() for x in nash(game).equilibria[2].strategies]
    [[0.5, 0.5], [0.5, 0.5]]
    """
    kept = survivors(game)
    pure = pure_equilibria(game)
    if len(pure) == 1 and all(len(options) == 1 for options in kept):
        return Solution(
            pure, "proved", _dominance_reason(game), method="iterated strict dominance"
        )
    reduced = game.restrict(kept)
    if within_reach(reduced):
        mixed = [_lifted(game, kept, found) for found in vertex_equilibria(reduced)]
        listed = _distinct([*pure, *mixed])
        if listed:
            return Solution(listed, "unproved", _VERTICES, method="vertex enumeration")
    if pure:
        return Solution(pure, "unproved", _pure_reason(game, pure), method="scan of pure profiles")
    found = one_equilibrium(reduced)
    if found is None:
        return Solution((), "unproved", _NOTHING, method="logit path")
    return Solution(
        (_lifted(game, kept, found),), "unproved", _path_reason(game), method="logit path"
    )


_VERTICES = (
    "Every combination of firm choices was checked, and mixed equilibria were sought at all "
    "vertices of the best-reply polytopes; that there are no others, or none between those "
    "listed, is not proved."
)
_NOTHING = (
    "No combination of firm choices is an equilibrium, and the search for a mixed one ended "
    "without a certified result; one exists, since every finite game has an equilibrium."
)


def _dominance_reason(game: Game) -> str:
    return (
        "Strict dominance removes every other option, so this is the only equilibrium "
        f"(all {game.profiles} combinations of firm choices were also checked)."
    )


def _pure_reason(game: Game, pure: Sequence[Equilibrium]) -> str:
    checked = f"All {game.profiles} combinations of firm choices were checked"
    if sum(equilibrium.strict for equilibrium in pure) >= 2:
        return (
            f"{checked}: these are all the pure equilibria. With two or more strict ones at least "
            "one mixed equilibrium exists besides (their indices must sum to 1); mixed ones were "
            "not searched."
        )
    return (
        f"{checked}: these are all the pure equilibria. Mixed equilibria were not searched, so "
        "there may be more."
    )


def _path_reason(game: Game) -> str:
    return (
        f"All {game.profiles} combinations of firm choices were checked and none is an "
        "equilibrium; one mixed equilibrium was found at the end of the logit path and verified. "
        "Others may exist."
    )


def _lifted(game: Game, kept: Kept, equilibrium: Equilibrium) -> Equilibrium:
    """Return an equilibrium of a restricted game as one of the whole game, certified anew."""
    return certify(game, _lift(equilibrium.strategies, kept, game.shape))


def _lift(strategies: Strategies, kept: Kept, shape: Sequence[int]) -> Strategies:
    lifted = []
    for vector, options, count in zip(strategies, kept, shape, strict=True):
        whole = np.zeros(count)
        whole[list(options)] = vector
        lifted.append(whole)
    return tuple(lifted)


def _distinct(equilibria: Iterable[Equilibrium]) -> tuple[Equilibrium, ...]:
    """Return equilibria, each once: pure ones in their order, then mixed ones by strategies."""
    kept: list[Equilibrium] = []
    for candidate in equilibria:
        if not any(_close(candidate, other) for other in kept):
            kept.append(candidate)
    pure = [e for e in kept if e.profile is not None]
    mixed = [e for e in kept if e.profile is None]
    return (*pure, *sorted(mixed, key=_order))


def _close(first: Equilibrium, second: Equilibrium) -> bool:
    return all(
        np.abs(x - y).max() < _SAME
        for x, y in zip(first.strategies, second.strategies, strict=True)
    )


def _order(equilibrium: Equilibrium) -> tuple[float, ...]:
    return tuple(-round(float(p), 6) for vector in equilibrium.strategies for p in vector)
