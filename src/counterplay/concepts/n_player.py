"""All Nash equilibria of an n-player game, with a proof, or what could not be settled.

Formulate: scale the payoffs, list the supports that conditional dominance leaves (Porter, Nudelman
and Shoham 2008).  Solve: branch and contract on each of them (`search`).  Filter: group what is
left into isolated roots and clusters, decide single points with ties exactly, find indices.
Certify: recompute regrets from the payoffs; compare with the scan of all pure profiles, which is
independent of the search; check that indices sum to +1 (Shapley 1974).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from counterplay.concepts.listing import equilibrium_at, ordered, split
from counterplay.concepts.pure import pure_equilibria
from counterplay.concepts.search.clusters import Clustered
from counterplay.concepts.search.component_index import cluster_indices
from counterplay.concepts.search.cover import MAX_BOXES, Budget, Cover, Search
from counterplay.concepts.search.problem import problem
from counterplay.concepts.search.refine import refined
from counterplay.concepts.search.region import region_of
from counterplay.concepts.search.resolve import Verdict, decided
from counterplay.concepts.search.state import REGULAR
from counterplay.concepts.solution import Equilibrium, Region, Solution
from counterplay.games import Game, Profile, Strategies

METHOD = "support enumeration with branch and contract"


@dataclass(frozen=True, eq=False)
class _Settled:
    """What a finished search amounts to."""

    isolated: tuple[Equilibrium, ...]
    regions: tuple[Region, ...]
    indices_known: bool


def n_player_nash(game: Game, budget: Budget) -> Solution:
    """Return every equilibrium that the search finds within the budget, and what it proves."""
    pure = pure_equilibria(game)
    search = Search(problem(game), budget, MAX_BOXES)
    search.cover()
    found = search.result()
    if not found.finished:
        return _unfinished(game, found, pure)
    found, groups = refined(found, search)
    settled = _settle(game, found, groups, pure, budget)
    return _stated(found, settled, pure)


def _settle(
    game: Game,
    found: Cover,
    groups: Clustered,
    pure: tuple[Equilibrium, ...],
    budget: Budget,
) -> _Settled:
    """Turn roots and clusters into equilibria and regions."""
    known = {e.profile: e for e in pure}
    indices = cluster_indices(found, groups, budget)
    isolated = [
        _listed(game, split(found.points[r], game.shape), int(found.indices[r]), known)
        for r in groups.isolated
    ]
    regions = []
    for cluster, index in zip(groups.clusters, indices, strict=True):
        verdict, point = decided(game, found, cluster)
        if verdict is Verdict.EQUILIBRIUM and point is not None:
            flat = np.array([float(share) for vector in point for share in vector])
            isolated.append(_listed(game, split(flat, game.shape), index, known))
        elif verdict is Verdict.OPEN:
            regions.append(region_of(game, found, cluster, index, pure))
    return _Settled(tuple(isolated), tuple(regions), None not in indices)


def _listed(
    game: Game, strategies: Strategies, index: int | None, pure: dict[Profile | None, Equilibrium]
) -> Equilibrium:
    """Return the equilibrium at a point that is proved to be one; a pure one as scanned."""
    if all(np.count_nonzero(vector) == 1 for vector in strategies):
        profile = tuple(int(vector.argmax()) for vector in strategies)
        if profile in pure:
            return replace(pure[profile], index=index)
    return equilibrium_at(game, strategies, index)


def _stated(found: Cover, settled: _Settled, pure: tuple[Equilibrium, ...]) -> Solution:
    """Put the statement into words, unless an independent check contradicts it."""
    isolated, regions = settled.isolated, settled.regions
    within = {profile for region in regions for profile in region.pure}
    alone = {e.profile for e in isolated}
    lost = [e for e in pure if e.profile not in within and e.profile not in alone]
    members = [e for e in pure if e.profile not in alone]
    examples = [r.example for r in regions if not r.pure and r.example is not None]
    listed = ordered([*isolated, *members, *examples])
    total = sum(e.index or 0 for e in isolated) + sum(r.index or 0 for r in regions)
    if lost or (settled.indices_known and total != 1) or not listed:
        return Solution(listed, "unproved", _CONTRADICTED, regions, METHOD)
    if regions:
        reason = _continuum_reason(found, settled)
        return Solution(listed, "continuum", reason, regions, METHOD)
    return Solution(listed, "proved", _proved_reason(found, listed), (), METHOD)


def _unfinished(game: Game, found: Cover, pure: tuple[Equilibrium, ...]) -> Solution:
    """Return what was found before a limit was hit."""
    mixed = [
        equilibrium_at(game, split(found.points[r], game.shape), int(found.indices[r]))
        for r in np.flatnonzero(found.kinds == REGULAR)
        if any(int(bits).bit_count() > 1 for bits in found.masks[r])
    ]
    return Solution(ordered([*pure, *mixed]), "unproved", _limit_reason(found), (), METHOD)


_CONTRADICTED = (
    "The search ended, but an independent check (the scan of all pure profiles, and the sum of "
    "the indices) contradicts its statement; nothing is claimed beyond the equilibria listed."
)


def _proved_reason(found: Cover, listed: tuple[Equilibrium, ...]) -> str:
    checked = (
        "their indices sum to +1, as they must"
        if all(e.index is not None for e in listed)
        else "the indices of some were not settled"
    )
    return (
        f"Of all combinations of options that could be played together, dominance leaves "
        f"{_count(found.supports)}; each was searched to the end with bounds on all rounding. "
        f"These are all the equilibria ({checked})."
    )


def _continuum_reason(found: Cover, settled: _Settled) -> str:
    sets = len(settled.regions)
    alone = len(settled.isolated)
    return (
        "Payoffs tie, so equilibria need not be single points. It is proved, with bounds on all "
        f"rounding, that every equilibrium is {_alone(alone)}lies in "
        f"{'the one set' if sets == 1 else f'one of the {sets} separate sets'} given by ranges "
        f"(boxes up to {found.floor:g} wide)."
    )


def _alone(count: int) -> str:
    if count == 0:
        return "not isolated but "
    return "the isolated one listed or " if count == 1 else f"one of the {count} isolated ones or "


def _limit_reason(found: Cover) -> str:
    checked = f"All pure profiles were checked. {_LIMIT}"
    if found.supports == 0:
        return f"{checked}the game is too large to list what could be played together."
    return (
        f"{checked}{_count(found.left)} of {_count(found.supports)} combinations of options "
        "that could be played together were not searched to the end, so there may be more "
        "mixed equilibria."
    )


_LIMIT = "The search for mixed equilibria was cut short by a limit: "


def _count(number: int) -> str:
    return f"{number:,}"
