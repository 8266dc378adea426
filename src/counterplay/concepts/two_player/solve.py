"""All Nash equilibria of a two-player game, in exact arithmetic.

Formulate: payoffs as integers.  Solve: enumerate the vertices of both best-reply polyhedra, and
pair them to extreme equilibria.  Structure: join these to maximal Nash subsets and connected
components, with dimension and index.  Certify: recompute payoffs and regret of each.  Avis,
Rosenberg, Savani and von Stengel, "Enumeration of Nash equilibria for two-player games", Economic
Theory 42 (2010), describe the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from counterplay.concepts.solution import Equilibrium, Region, Solution
from counterplay.concepts.two_player.component_index import component_indices
from counterplay.concepts.two_player.extreme import Edge, ExtremeEquilibria, extreme_equilibria
from counterplay.concepts.two_player.integer_payoffs import Matrix, integer_payoffs
from counterplay.concepts.two_player.limits import (
    MAX_RAYS,
    LimitReachedError,
    Limits,
    StoppedError,
)
from counterplay.concepts.two_player.listing import Listing, certified
from counterplay.concepts.two_player.nash_subsets import (
    components,
    dimension,
    maximal_nash_subsets,
)
from counterplay.errors import GameError
from counterplay.games import Game


def exact_two_player(
    game: Game, max_rays: int = MAX_RAYS, stop: Callable[[], bool] | None = None
) -> Solution | None:
    """Find all Nash equilibria of a two-player game.

    Parameters
    ----------
    game : Game
        With two players, each with one option or more.
    max_rays : int, optional
        Work allowed, in rays made by the double descriptions; about 50,000 take a second.
    stop : callable, optional
        Polled while working; the search ends where it returns True.

    Returns
    -------
    Solution or None
        ``"proved"`` with all equilibria where each is isolated; else ``"continuum"`` with every
        extreme equilibrium and a region for every connected set.  None where the work runs out.

    Raises
    ------
    GameError
        If the game has not two players.

    Examples
    --------
    >>> solution = exact_two_player(Game.from_payoffs([[[2, 0], [0, 1]], [[1, 0], [0, 2]]]))
    >>> [equilibrium.index for equilibrium in solution], solution.completeness
    ([1, 1, -1], 'proved')
    """
    if len(game.shape) != 2:
        raise GameError(f"game: {len(game.shape)} players; this method is for two")
    limits = Limits(max_rays, stop)
    A, B = integer_payoffs(game)
    try:
        extreme = extreme_equilibria(A, B, limits)
        parts = components(extreme.edges)
        dimensions = [_dimension(part, extreme, A, B, limits) for part in parts]
        indices = component_indices(A, B, extreme, parts, limits)
    except (LimitReachedError, StoppedError):
        return None
    isolated = {part[0]: k for part, k in zip(parts, indices, strict=True) if len(part) == 1}
    listing = certified(game, extreme, isolated)
    regions = [
        _region(listing, part, index, dim)
        for part, index, dim in zip(parts, indices, dimensions, strict=True)
        if len(part) > 1
    ]
    return _told(game, listing, len(isolated), regions)


def within_reach(game: Game) -> bool:
    """Say whether `exact_two_player` should answer within about two seconds.

    Options that pay their owner the same against everything count once.
    """
    if len(game.shape) != 2:
        return False
    rows = len(np.unique(game.payoffs[0], axis=0))
    columns = len(np.unique(game.payoffs[1], axis=1).T)
    return _is_small(game.shape[0], columns) and _is_small(game.shape[1], rows)


_LONGEST = {7: 28, 8: 22, 9: 18, 10: 17, 11: 16, 12: 14, 13: 13}
"""By the smaller number of options, up to how many the other player may have: measured on random
payoffs, with ties and without."""


def _is_small(options: int, replies: int) -> bool:
    """Say whether a best-reply polyhedron with so many coordinates and rows is enumerated soon."""
    fewer, more = sorted((options, replies))
    return fewer < min(_LONGEST) or more <= _LONGEST.get(fewer, 0)


def _dimension(
    part: Sequence[Edge], extreme: ExtremeEquilibria, A: Matrix, B: Matrix, limits: Limits
) -> int:
    if len(part) == 1:
        return 0
    return dimension(maximal_nash_subsets(part, limits), extreme, A, B)


def _region(listing: Listing, part: Sequence[Edge], index: int | None, dim: int) -> Region:
    inside = set(part)
    members = [member for edge, member in listing.equilibria.items() if edge in inside]
    payoffs = np.array([member.payoffs for member in members])
    bounds = [
        np.column_stack([vectors[list(used)].min(axis=0), vectors[list(used)].max(axis=0)])
        for vectors, used in (
            (listing.first, {a for a, _ in part}),
            (listing.second, {b for _, b in part}),
        )
    ]
    paid = np.column_stack([payoffs.min(axis=0), payoffs.max(axis=0)])
    for array in (*bounds, paid):
        array.flags.writeable = False
    return Region(
        ranges=tuple(bounds),
        payoffs=paid,
        index=index,
        dimension=dim,
        pure=tuple(m.profile for m in members if m.profile is not None),
        example=min(members, key=_options_played),
    )


def _options_played(equilibrium: Equilibrium) -> int:
    return sum(len(options) for options in equilibrium.support)


def _told(game: Game, listing: Listing, isolated: int, regions: list[Region]) -> Solution:
    listed = tuple(listing.equilibria.values())
    place = {id(equilibrium): k for k, equilibrium in enumerate(listed)}
    regions.sort(key=lambda region: place[id(region.example)])
    reason = f"{_METHOD}: {_extent(isolated, len(regions))}{_rounding(game)}."
    return Solution(
        listed,
        "continuum" if regions else "proved",
        reason,
        tuple(regions),
        method="exact vertex enumeration",
    )


_METHOD = "Exact arithmetic on the vertices of both best-reply polytopes"


def _extent(isolated: int, regions: int) -> str:
    if not regions:
        return "these are all the equilibria" if isolated > 1 else "this is the only equilibrium"
    sets = "the one connected set" if regions == 1 else f"one of the {regions} connected sets"
    if not isolated:
        return f"every equilibrium lies in {sets}"
    alone = "the one isolated" if isolated == 1 else f"one of the {isolated} isolated ones"
    return f"every equilibrium is {alone} or lies in {sets}"


def _rounding(game: Game) -> str:
    if game.exact is not None:
        return ""
    return (
        " (payoffs come from exp, log or sqrt formulas and were first rounded to less than 1e-12 "
        "of the largest, so that payoffs equal but for rounding count as tied)"
    )
